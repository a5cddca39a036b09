"""Clusters by the best likenesses between them, as far as their members can be one at all: none is joined through a third
with what it clashes with."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

Pair = tuple[int, int]
Link = tuple[float, ...]  # the best likenesses between two clusters' members, best first
Entry = tuple[float, int, int, int, int]
TOP = 3  # so many of them count: a report that knows little joins by those that know more
T = TypeVar("T", bound="Traits")


class Traits(Protocol):
    """What the members of a cluster have established together."""

    def clashes(self: T, other: T) -> bool:
        """Whether the two rule each other out."""
        ...

    def joined(self: T, other: T) -> T:
        """What both together have established."""
        ...


@dataclass(slots=True)
class _Cluster:
    members: list[int]
    traits: Traits
    links: dict[int, Link] = field(default_factory=dict)


def clusters(
    scores: Mapping[Pair, float], traits: Sequence[Traits], together: Iterable[Pair] = (), apart: Iterable[Pair] = ()
) -> list[list[int]]:
    """The numbers of `traits` in clusters, by likeness in log odds (of pairs i < j).

    What is `together` is joined first, whatever it clashes with; what is `apart` never. Two clusters are as alike as their
    best pairs are on average. The order of the pairs makes no difference."""
    found = {number: _Cluster([number], one) for number, one in enumerate(traits)}
    owner = list(range(len(traits)))
    barred = {pair for one, other in apart for pair in ((one, other), (other, one))}
    for (one, other), score in scores.items():
        found[one].links[other] = found[other].links[one] = (score,)
    for one, other in sorted(together):
        if owner[one] != owner[other]:
            _join(found, owner, owner[one], owner[other])
    heap = [
        entry for one in found for other in found[one].links if one < other and (entry := _entry(found, one, other))
    ]
    heapq.heapify(heap)
    while heap:
        _, one, other, sized, others = heapq.heappop(heap)
        if one not in found or other not in found:
            continue
        if (len(found[one].members), len(found[other].members)) != (sized, others):
            continue  # stale: one of them has grown, and was weighed anew then
        if found[one].traits.clashes(found[other].traits) or _barred(found[one], found[other], barred):
            del found[one].links[other], found[other].links[one]
            continue
        kept = _join(found, owner, one, other)
        for near in found[kept].links:
            if entry := _entry(found, min(kept, near), max(kept, near)):
                heapq.heappush(heap, entry)
    return sorted(sorted(cluster.members) for cluster in found.values())


def _barred(one: _Cluster, other: _Cluster, barred: set[Pair]) -> bool:
    return bool(barred) and any((here, there) in barred for here in one.members for there in other.members)


def _entry(found: Mapping[int, _Cluster], one: int, other: int) -> Entry | None:
    """What the heap keeps of two clusters; None where they are not alike."""
    likeness = mean(found[one].links[other])
    return (-likeness, one, other, len(found[one].members), len(found[other].members)) if likeness > 0 else None


def mean(link: Link) -> float:
    """The average of the best likenesses."""
    return sum(link) / len(link)


def _join(found: dict[int, _Cluster], owner: list[int], one: int, other: int) -> int:
    """Put the larger number's cluster into the smaller's; the number that stays."""
    kept, gone = min(one, other), max(one, other)
    target, source = found[kept], found.pop(gone)
    target.members += source.members
    target.traits = target.traits.joined(source.traits)
    for member in source.members:
        owner[member] = kept
    target.links.pop(gone, None)
    for near, link in source.links.items():
        if near == kept:
            continue
        beside = found[near].links
        beside.pop(gone)
        target.links[near] = beside[kept] = best(target.links[near], link) if near in target.links else link
    return kept


def best(one: Link, other: Link) -> Link:
    """The best likenesses of two links."""
    return tuple(sorted((*one, *other), reverse=True)[:TOP])
