"""Merging: blocks of claims by country and time, and the incidents that each block holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from strife.incidents.assemble import assemble
from strife.incidents.cluster import Pair, clusters
from strife.incidents.likeness import NEVER, Rarity, likeness
from strife.incidents.telling import HAPPENED, Telling, tellings
from strife.incidents.testimony import Decisions, Testimony
from strife.records import Figure, Incident

GAP = timedelta(days=14)  # without a claim for so long, what comes later is compared with nothing before
REACH = timedelta(days=6)  # tellings farther apart than this are not compared


def merge(block: Iterable[Testimony], kept: Decisions | None = None) -> list[Incident]:
    """The incidents in a block of claims, by first day and id. Pure, and the same for any order of the claims.

    Demands, questions and the like say nothing of what happened and belong to no incident."""
    listed = list(block)
    told = tellings(listed)
    scores = _scores(told)
    number = {one.id: index for index, one in enumerate(told)}
    together = _decided(scores, number, kept or Decisions())
    about: dict[str, list[Testimony]] = defaultdict(list)
    for one in listed:
        if isinstance(one.claim, Figure) and one.claim.about is not None:
            about[one.claim.about].append(one)
    found = []
    for members in clusters(len(told), scores, together):
        cluster = [told[index] for index in members]
        found.append(assemble(cluster, [figure for one in cluster for figure in about.get(one.id, ())]))
    return sorted(found, key=lambda one: (one.when.start or "" if one.when else "", one.id))


def _scores(told: Sequence[Telling]) -> dict[Pair, float]:
    """The likeness of every two tellings that lie near each other in time."""
    rarity = Rarity(told)
    scores: dict[Pair, float] = {}
    dated = sorted((one.first, index) for index, one in enumerate(told) if one.first is not None)
    undated = [index for index, one in enumerate(told) if one.first is None]
    live: list[int] = []
    for first, index in dated:
        live = [other for other in live if (last := told[other].last) is not None and last + REACH >= first]
        for other in live:
            pair = (min(index, other), max(index, other))
            scores[pair] = likeness(told[pair[0]], told[pair[1]], rarity).score
        live.append(index)
    for position, index in enumerate(undated):
        for other in undated[:position]:
            scores[other, index] = likeness(told[other], told[index], rarity).score
    return scores


def _decided(scores: dict[Pair, float], number: Mapping[str, int], kept: Decisions) -> list[Pair]:
    """Write what people keep apart into the scores; the pairs that they put together."""
    for one, other in kept.apart:
        if one in number and other in number:
            first, second = sorted((number[one], number[other]))
            scores[first, second] = NEVER
    pairs = [(number[one], number[other]) for one, other in kept.together if one in number and other in number]
    return [(min(pair), max(pair)) for pair in pairs]


def blocks(testimonies: Iterable[Testimony]) -> Iterator[list[Testimony]]:
    """The claims parted so that no incident is in two parts: by country, and where nothing is told for two weeks."""
    listed = list(testimonies)
    told = tellings(listed)
    figures: dict[str, list[Testimony]] = defaultdict(list)
    for one in listed:
        if isinstance(one.claim, Figure) and one.claim.about is not None:
            figures[one.claim.about].append(one)
    by_country: dict[str, list[Telling]] = defaultdict(list)
    for telling in told:
        by_country[telling.country].append(telling)
    for country in sorted(by_country):
        for part in _parts(by_country[country]):
            yield [one for telling in part for one in (telling.testimony, *figures.get(telling.id, ()))]


def _parts(told: Sequence[Telling]) -> Iterator[list[Telling]]:
    """Tellings of one country cut at gaps in time; those without a date by themselves."""
    dated = sorted((one for one in told if one.first is not None), key=lambda one: (one.first, one.id))
    part: list[Telling] = []
    end = None
    for one in dated:
        if end is not None and one.first is not None and one.first > end + GAP:
            yield part
            part = []
        part.append(one)
        end = max(end, one.last) if end is not None and one.last is not None else one.last or end
    if part:
        yield part
    if undated := [one for one in told if one.first is None]:
        yield undated


__all__ = ["HAPPENED", "blocks", "merge"]
