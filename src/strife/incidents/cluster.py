"""Clusters by average likeness: what can never be one incident is never joined, not even through a third."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from strife.incidents.likeness import NEVER

UNSEEN = -1.5  # likeness of two tellings that were not compared, since nothing brings them near each other
Pair = tuple[int, int]


@dataclass(slots=True)
class _Cluster:
    members: list[int]
    links: dict[int, float] = field(default_factory=dict)  # summed likeness to other clusters
    counts: dict[int, int] = field(default_factory=dict)  # compared pairs behind each sum


def clusters(size: int, scores: Mapping[Pair, float], together: Iterable[Pair] = ()) -> list[list[int]]:
    """Numbers 0 to `size` - 1 in clusters, by likeness in log odds (of pairs i < j); what is `together` is joined first.

    The order of the pairs makes no difference."""
    found: dict[int, _Cluster] = {number: _Cluster([number]) for number in range(size)}
    for (one, other), score in scores.items():
        for here, there in ((one, other), (other, one)):
            found[here].links[there] = score
            found[here].counts[there] = 1
    owner = list(range(size))
    for one, other in sorted(together):
        if owner[one] != owner[other]:
            _join(found, owner, owner[one], owner[other])
    heap = [
        (-_mean(found, one, other), one, other, len(found[one].members), len(found[other].members))
        for one in found
        for other in found[one].links
        if one < other
    ]
    heap = [entry for entry in heap if entry[0] < 0]
    heapq.heapify(heap)
    while heap:
        _, one, other, sized, others = heapq.heappop(heap)
        if one not in found or other not in found:
            continue
        if (len(found[one].members), len(found[other].members)) != (sized, others):
            continue  # stale: one of them has grown, and was weighed anew then
        kept = _join(found, owner, one, other)
        for near in found[kept].links:
            first, second = sorted((kept, near))
            mean = _mean(found, first, second)
            if mean > 0:
                heapq.heappush(heap, (-mean, first, second, len(found[first].members), len(found[second].members)))
    return sorted(sorted(cluster.members) for cluster in found.values())


def _mean(found: Mapping[int, _Cluster], one: int, other: int) -> float:
    """The average likeness of two clusters' members."""
    pairs = len(found[one].members) * len(found[other].members)
    total = found[one].links[other]
    return NEVER if total == NEVER else (total + UNSEEN * (pairs - found[one].counts[other])) / pairs


def _join(found: dict[int, _Cluster], owner: list[int], one: int, other: int) -> int:
    """Put the larger number's cluster into the smaller's; the number that stays."""
    kept, gone = min(one, other), max(one, other)
    target, source = found[kept], found.pop(gone)
    target.members += source.members
    for member in source.members:
        owner[member] = kept
    for links in (target.links, target.counts):
        links.pop(gone, None)
    for near, total in source.links.items():
        if near == kept:
            continue
        target.links[near] = target.links.get(near, 0.0) + total
        target.counts[near] = target.counts.get(near, 0) + source.counts[near]
        beside = found[near]
        beside.links.pop(gone), beside.counts.pop(gone)
        beside.links[kept], beside.counts[kept] = target.links[near], target.counts[near]
    return kept
