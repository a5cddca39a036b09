"""Merging: first what each report tells of one incident, then which reports tell the same one.

Blocks part the claims by country and time, so that each can be merged by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from strife.incidents.assemble import assemble
from strife.incidents.cluster import Pair, clusters
from strife.incidents.likeness import NEVER, Rarity, beside, likeness
from strife.incidents.telling import Episode, Telling, episodes, tellings
from strife.incidents.testimony import Decisions, Testimony
from strife.records import Figure, Incident

GAP = timedelta(days=14)  # without a claim for so long, what comes later is compared with nothing before
REACH = timedelta(days=4)  # episodes farther apart than this are not compared
WINDOW = 40  # clauses of one report that are compared with each other, to either side


def merge(block: Iterable[Testimony], kept: Decisions | None = None) -> list[Incident]:
    """The incidents in a block of claims, by first day and id. Pure, and the same for any order of the claims.

    Demands, questions and the like say nothing of what happened and belong to no incident."""
    listed, kept = list(block), kept or Decisions()
    documents = tellings(listed)
    rarity = Rarity(one for told in documents.values() for one in told)
    told = [episode for name in sorted(documents) for episode in _episodes(documents[name], rarity, kept)]
    scores = _scores(told, rarity)
    number = {one.id: index for index, episode in enumerate(told) for one in episode.tellings}
    together = _decided(scores, number, kept)
    about = _figures(listed)
    found = []
    for members in clusters(len(told), scores, together):
        cluster = [one for index in members for one in told[index].tellings]
        found.append(assemble(cluster, [figure for one in cluster for figure in about.get(one.id, ())]))
    return sorted(found, key=lambda one: (one.when.start or "" if one.when else "", one.id))


def _figures(testimonies: Iterable[Testimony]) -> dict[str, list[Testimony]]:
    """The figures by the event they are about."""
    about: dict[str, list[Testimony]] = defaultdict(list)
    for one in testimonies:
        if isinstance(one.claim, Figure) and one.claim.about is not None:
            about[one.claim.about].append(one)
    return about


def _episodes(told: Sequence[Telling], rarity: Rarity, kept: Decisions) -> list[Episode]:
    """The clauses of one report, put together by incident."""
    scores: dict[Pair, float] = {}
    for index, one in enumerate(told):
        for other in range(max(0, index - WINDOW), index):
            scores[other, index] = beside(told[other], one, rarity)
    number = {one.id: index for index, one in enumerate(told)}
    together = _decided(scores, number, kept)
    return episodes([[told[index] for index in members] for members in clusters(len(told), scores, together)])


def _scores(told: Sequence[Episode], rarity: Rarity) -> dict[Pair, float]:
    """The likeness of every two episodes of two reports that lie near each other in time."""
    scores: dict[Pair, float] = {}
    dated = sorted((one.first, index) for index, one in enumerate(told) if one.first is not None)
    undated = [index for index, one in enumerate(told) if one.first is None]
    live: list[int] = []
    for first, index in dated:
        live = [other for other in live if (last := told[other].last) is not None and last + REACH >= first]
        for other in live:
            _compare(told, index, other, rarity, scores)
        live.append(index)
    for position, index in enumerate(undated):
        for other in undated[:position]:
            _compare(told, index, other, rarity, scores)
    return scores


def _compare(told: Sequence[Episode], one: int, other: int, rarity: Rarity, scores: dict[Pair, float]) -> None:
    first, second = min(one, other), max(one, other)
    apart = told[first].document == told[second].document  # weighed before, and told apart
    scores[first, second] = NEVER if apart else likeness(told[first], told[second], rarity)


def _decided(scores: dict[Pair, float], number: Mapping[str, int], kept: Decisions) -> list[Pair]:
    """Write what people keep apart into the scores; the pairs that they put together."""
    for one, other in kept.apart:
        if one in number and other in number and number[one] != number[other]:
            first, second = sorted((number[one], number[other]))
            scores[first, second] = NEVER
    pairs = [(number[one], number[other]) for one, other in kept.together if one in number and other in number]
    return [(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]


def blocks(testimonies: Iterable[Testimony]) -> Iterator[list[Testimony]]:
    """The claims parted so that no incident is in two parts: by country, and where nothing is told for two weeks."""
    listed = list(testimonies)
    figures = _figures(listed)
    by_country: dict[str, list[Episode]] = defaultdict(list)
    for told in tellings(listed).values():
        for episode in _episodes(told, Rarity(told), Decisions()):
            by_country[episode.country].append(episode)
    for country in sorted(by_country):
        for part in _parts(by_country[country]):
            claims = [one for episode in part for one in episode.tellings]
            yield [one for telling in claims for one in (telling.testimony, *figures.get(telling.id, ()))]


def _parts(told: Sequence[Episode]) -> Iterator[list[Episode]]:
    """Episodes of one country cut at gaps in time; those without a date by themselves."""
    part: list[Episode] = []
    end = None
    for one in sorted((one for one in told if one.first is not None), key=lambda one: (one.first, one.id)):
        if end is not None and one.first is not None and one.first > end + GAP:
            yield part
            part = []
        part.append(one)
        end = max(end, one.last) if end is not None and one.last is not None else one.last or end
    if part:
        yield part
    if undated := [one for one in told if one.first is None]:
        yield undated
