"""Merging: which clauses of all reports tell one incident.

Blocks part the claims by time, so that each can be merged by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from strife.incidents.assemble import assemble
from strife.incidents.cluster import Link, Pair, best, clusters, mean
from strife.incidents.likeness import LONG, NEVER, Rarity, likeness
from strife.incidents.telling import Telling, tellings
from strife.incidents.testimony import Decisions, Testimony
from strife.incidents.traits import Traits, traits_of
from strife.records import Figure, Incident

GAP = timedelta(days=14)  # without a claim for so long, what comes later is compared with nothing before
REACH = timedelta(days=4)  # tellings farther apart than this are not compared
BODIES = {"deaths", "injuries"}
WINDOW = 40  # clauses of one report that are compared with each other, to either side
FAINT = 0.04  # reports whose words have less in common than this are not compared


def merge(block: Iterable[Testimony], kept: Decisions | None = None) -> list[Incident]:
    """The incidents in a block of claims, by first day and id. Pure, and the same for any order of the claims.

    Demands, questions and the like say nothing of what happened and belong to no incident."""
    listed, kept = list(block), kept or Decisions()
    told = [one for document in tellings(listed).values() for one in document]
    rarity = Rarity(told)
    number = {one.id: index for index, one in enumerate(told)}
    together, apart = _pairs(kept.together, number), _pairs(kept.apart, number)
    traits = [traits_of(one) for one in told]
    groups = clusters(_scores(told, rarity), traits, together, apart)
    groups = _recalled(groups, told, traits, rarity, {index for pair in (*together, *apart) for index in pair})
    about = _figures(listed, told)
    found = []
    for members in groups:
        cluster = [told[index] for index in members]
        found.append(assemble(cluster, [figure for one in cluster for figure in about.get(one.id, ())]))
    return sorted(found, key=lambda one: (one.when.start or "" if one.when else "", one.id))


def _pairs(decided: Iterable[tuple[str, str]], number: Mapping[str, int]) -> list[Pair]:
    """What people decided, as far as the claims are here."""
    pairs = [(number[one], number[other]) for one, other in decided if one in number and other in number]
    return sorted((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1])


def _figures(testimonies: Iterable[Testimony], told: Sequence[Telling]) -> dict[str, list[Testimony]]:
    """The figures by the event they are about; dead and wounded that no event claims are of the attack told last before them
    in their paragraph: "Two people are known to have died"."""
    about: dict[str, list[Testimony]] = defaultdict(list)
    attacks: dict[tuple[str, int], list[Telling]] = defaultdict(list)
    for one in told:
        if one.event.code.plover == "ASSAULT":
            attacks[one.document, one.paragraph].append(one)
    for figure in testimonies:
        if not isinstance(figure.claim, Figure):
            continue
        if figure.claim.about is not None:
            about[figure.claim.about].append(figure)
        elif figure.claim.measure in BODIES:
            span = figure.claim.evidence[0]
            near = attacks[figure.document, figure.outline.paragraph(span.start)]
            before = [one for one in near if one.event.trigger.start <= span.end]
            if before:
                about[before[-1].id].append(figure)
    return about


def _scores(told: Sequence[Telling], rarity: Rarity) -> dict[Pair, float]:
    """The likeness of the pairs of clauses that can tell one incident."""
    scores: dict[Pair, float] = {}
    for pair in candidates(told, rarity):
        if pair not in scores and (score := likeness(told[pair[0]], told[pair[1]], rarity)) > NEVER:
            scores[pair] = score
    return scores


def candidates(told: Sequence[Telling], rarity: Rarity) -> Iterator[Pair]:
    """Clauses of one report that stand near each other, and clauses of two reports near in time."""
    for index, one in enumerate(told):
        for other in range(max(0, index - WINDOW), index):
            if told[other].document == one.document:
                yield other, index
    live: list[int] = []
    for first, index in sorted((one.first or date.min, index) for index, one in enumerate(told)):
        live = [other for other in live if (last := told[other].last) is None or last + REACH >= first]
        for other in live:
            if _may_meet(told[other], told[index], rarity):
                yield min(other, index), max(other, index)
        live.append(index)


def _may_meet(one: Telling, other: Telling, rarity: Rarity) -> bool:
    """Whether two clauses of two reports are worth comparing; what is told of months or a whole war is no incident to share."""
    if one.document == other.document or _long(one) or _long(other):
        return False
    return not one.matter or not other.matter or rarity.matter(one, other) >= FAINT


def _long(one: Telling) -> bool:
    return one.first is not None and one.last is not None and one.last - one.first >= LONG


def _recalled(
    groups: Sequence[list[int]], told: Sequence[Telling], traits: Sequence[Traits], rarity: Rarity, decided: set[int]
) -> list[list[int]]:
    """Old incidents that later reports come back to without giving the day ("the attack on the funeral"): what one report alone
    tells joins the older incident that it is most like, if it is. Nothing joins by way of another that came so."""
    firm: dict[str, list[int]] = defaultdict(list)  # by the names near their clauses
    for group, members in enumerate(groups):
        for name in {name for index in members for name in told[index].names if rarity.rare(name)}:
            firm[name].append(group)
    whole = [list(members) for members in groups]
    for group, members in enumerate(groups):
        if decided & set(members) or not _late(members, told):
            continue
        names = {name for index in members for name in told[index].names}
        older = {other for name in names for other in firm[name] if _before(groups[other], members, told)}
        links = {other: link for other in older if (link := _link(members, groups[other], told, rarity))}
        target = max(links, key=lambda other: (mean(links[other]), -other), default=None)
        if target is not None and mean(links[target]) > 0 and not _clash(members, groups[target], traits):
            whole[target] += members
            whole[group] = []
    return [sorted(members) for members in whole if members]


def _late(members: Sequence[int], told: Sequence[Telling]) -> bool:
    """Whether one report alone tells it, and gives no day."""
    return len({told[index].document for index in members}) == 1 and not any(told[index].stated for index in members)


def _before(older: Sequence[int], members: Sequence[int], told: Sequence[Telling]) -> bool:
    """Whether an incident of several clauses has a day of its own, before what is told now."""
    days = [last for index in older if told[index].stated and (last := told[index].last) is not None]
    first = told[members[0]].first
    return bool(days) and first is not None and max(days) < first


def _link(members: Sequence[int], others: Sequence[int], told: Sequence[Telling], rarity: Rarity) -> Link:
    """The best likenesses of two groups; () where any two rule each other out."""
    found: Link = ()
    for one in members:
        for other in others:
            score = likeness(told[min(one, other)], told[max(one, other)], rarity)
            if score == NEVER:
                return ()
            found = best(found, (score,))
    return found


def _clash(members: Sequence[int], others: Sequence[int], traits: Sequence[Traits]) -> bool:
    return any(traits[one].elsewhere(traits[other]) for one in members for other in others)


def blocks(testimonies: Iterable[Testimony]) -> Iterator[list[Testimony]]:
    """The claims parted by time, where nothing is told for two weeks; within a block reports with little in common are not
    compared."""
    listed = list(testimonies)
    told = [one for document in tellings(listed).values() for one in document]
    figures = _figures(listed, told)
    for part in _parts(told):
        yield [one for telling in part for one in (telling.testimony, *figures.get(telling.id, ()))]


def _parts(told: Sequence[Telling]) -> Iterator[list[Telling]]:
    """Tellings cut at gaps in time; those without a date by themselves."""
    part: list[Telling] = []
    end: date | None = None
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
