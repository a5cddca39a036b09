"""How likely two episodes are of one incident: type, place against its precision, days, parties, and the words they share.

Numbers are no evidence either way: of 44 hand-coded incidents with deaths 32 had more than one best figure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from strife.incidents.telling import AHEAD, FINE, Episode, Telling
from strife.records import Code, Party, Place

Days = tuple[date, date]
NEVER = -math.inf
RADIUS = {
    "point": 3,
    "settlement": 6,
    "surroundings": 15,
    "district": 30,
    "province": 90,
    "country": 600,
    "region": 250,
}
NAMED = {"point", "settlement", "surroundings"}
APART_KM = 12  # two named spots farther apart than this are two places
LONG = timedelta(days=45)  # a span of days that tells little of when
KIN = {  # types that two reports give to one incident: one tells the attack, the other what it gained
    frozenset(pair)
    for pair in (
        ("ASSAULT", "COERCE"),
        ("ASSAULT", "MOBILIZE"),
        ("COERCE", "MOBILIZE"),
        ("COERCE", "RETREAT"),
        ("ASSAULT", "RETREAT"),
        ("COERCE", "SANCTION"),
        ("AGREE", "SUPPORT"),
        ("AGREE", "RETREAT"),
        ("AGREE", "CONCEDE"),
        ("AGREE", "COOPERATE"),
        ("SUPPORT", "RETREAT"),
        ("CONCEDE", "RETREAT"),
        ("ASSAULT", "PROTEST"),
        ("COERCE", "PROTEST"),
        ("AID", "COOPERATE"),
    )
}
SPEECH = {"ACCUSE", "REQUEST", "REJECT", "THREATEN"}  # what is said is told apart by who says it to whom
ACROSS = {  # weights in log odds for episodes of two reports
    "start": -3.0,
    "type": 1.2,
    "kin": 0.2,
    "mode": 0.6,
    "other mode": -0.4,
    "spot": 2.2,
    "within": 0.9,
    "lent": -0.2,
    "no place": -0.6,
    "day": 1.6,
    "days": 0.7,
    "fresh": 0.3,
    "day off": -0.5,
    "party": 0.6,
    "side": 0.3,
    "words": 4.0,
}
WITHIN = {  # and for two clauses of one report
    "start": -1.2,
    "type": 0.9,
    "kin": 0.3,
    "mode": 0.4,
    "other mode": -0.3,
    "spot": 1.2,
    "within": 0.3,
    "day": 0.8,
    "days": 0.2,
    "party": 0.5,
    "side": 0.2,
    "beside": 1.2,
    "near": 0.6,
    "far": -0.3,
    "again": 0.6,
    "ahead": -1.0,
    "words": 2.0,
}


class Rarity:
    """How much a shared word says: the rarer among the documents, the more."""

    def __init__(self, told: Iterable[Telling]) -> None:
        """Count the documents of each word."""
        documents = {(one.testimony.document, word) for one in told for word in one.words}
        counted = Counter(word for _, word in documents)
        total = len({document for document, _ in documents})
        self._weight = {word: math.log(1 + total / count) for word, count in counted.items()}

    def shared(self, one: frozenset[str], other: frozenset[str]) -> float:
        """How far two sets of words of these tellings are alike, 0 to 1, rare words weighing more."""
        both = one & other
        if not both:
            return 0.0
        weight = self._weight
        return sum(weight[word] for word in both) / min(
            sum(weight[word] for word in one), sum(weight[word] for word in other)
        )


def beside(one: Telling, other: Telling, rarity: Rarity) -> float:
    """How likely two clauses of one report tell one incident, in log odds; minus infinity where they cannot."""
    reasons = [
        *_types([one.event.code], [other.event.code]),
        *_spots(one.place, other.place),
        *_days(one.days, other.days),
        *_parties(one.event.code, one.event.actors, one.event.recipients, other.event.actors, other.event.recipients),
    ]
    if None in reasons:
        return NEVER
    gap = abs(one.event.trigger.start - other.event.trigger.start)
    later = max(one, other, key=lambda telling: telling.event.trigger.start)
    told = [reason for reason in reasons if reason is not None]
    told.append("beside" if gap < 160 else "near" if gap < 450 else "far")
    if _taken_up(later):
        told.append("again")
    if (one.event.status in AHEAD) != (other.event.status in AHEAD):
        told.append("ahead")
    return _sum(WITHIN, told, rarity.shared(one.words, other.words))


def likeness(one: Episode, other: Episode, rarity: Rarity) -> float:
    """How likely two episodes of two reports are of one incident, in log odds; minus infinity where they cannot."""
    told: list[str] = []
    for reason in _reasons(one, other):
        if reason is None:
            return NEVER
        told.append(reason)
    return _sum(ACROSS, told, rarity.shared(one.words, other.words))


def _reasons(one: Episode, other: Episode) -> Iterator[str | None]:
    """What speaks for and against, what rules out most first; None where they cannot be one."""
    yield from _types([each.event.code for each in one.tellings], [each.event.code for each in other.tellings])
    yield from _windows(one, other)
    yield from _places(one, other)
    yield from _parties(one.tellings[0].event.code, one.actors, one.parties, other.actors, other.parties)


def _sum(weights: dict[str, float], told: Sequence[str], shared: float) -> float:
    return weights["start"] + weights["words"] * shared + sum(weights.get(reason, 0.0) for reason in told)


def _taken_up(telling: Telling) -> bool:
    """Whether the words take up an event told before: "the attack", "the latest bombing"."""
    evidence, trigger = telling.event.evidence[0], telling.event.trigger
    before = evidence.quote[: max(0, trigger.start - evidence.start)].casefold().split()[-2:]
    return bool({"the", "this", "that", "its", "his", "their"} & set(before))


def _types(ones: Sequence[Code], others: Sequence[Code]) -> list[str | None]:
    """Whether the types agree; of several clauses the two that agree best count."""
    pairs = [(one, other) for one in ones for other in others]
    same = [(one, other) for one, other in pairs if one.plover == other.plover]
    if not same:
        return ["kin"] if any(frozenset((one.plover, other.plover)) in KIN for one, other in pairs) else [None]
    if any(one.mode and one.mode == other.mode for one, other in same):
        return ["type", "mode"]
    return ["type", "other mode"] if all(one.mode and other.mode for one, other in same) else ["type"]


def _places(one: Episode, other: Episode) -> list[str | None]:
    if one.place is None or other.place is None:
        return ["no place"]
    if one.country and other.country and one.country != other.country:
        return [None]
    found = _spots(one.place, other.place)
    if one.placed and other.placed:
        return found
    return ["no place", "lent"] if None in found else [*found, "lent"]


def _spots(one: Place | None, other: Place | None) -> list[str | None]:
    """Whether two places can be one."""
    if one is None or other is None:
        return []
    if one.id is not None and one.id == other.id:
        return ["spot" if one.precision in NAMED or one.precision == "district" else "within"]
    apart = kilometres(one, other)
    if one.precision in NAMED and other.precision in NAMED:
        return [None if apart > APART_KM else "spot"]
    if one.country and other.country and one.country != other.country:
        return [None]
    coarse = max(one, other, key=lambda place: FINE.index(place.precision)).precision
    same = bool(one.admin1) and one.admin1 == other.admin1
    if coarse in ("country", "region"):
        return ["no place"]  # "the north of the country" is anywhere in it
    if apart > RADIUS[one.precision] + RADIUS[other.precision] and not (same and coarse == "province"):
        return [None]
    return ["within"]


def kilometres(one: Place, other: Place) -> float:
    """The distance of two places in kilometres; 0 where one has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0
    east = abs(one.lon - other.lon)
    east = min(east, 360 - east) * math.cos(math.radians((one.lat + other.lat) / 2))
    return 111.2 * math.hypot(one.lat - other.lat, east)


def _days(one: Days | None, other: Days | None) -> list[str | None]:
    """Whether the days that two clauses give overlap."""
    if one is None or other is None:
        return []
    if max(one[0], other[0]) > min(one[1], other[1]):
        return [None]
    return ["day" if one[0] == one[1] and other[0] == other[1] else "days"]


def _windows(one: Episode, other: Episode) -> list[str | None]:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return []
    gap = max(one.first, other.first) - min(one.last, other.last)
    both = one.dated and other.dated
    if gap <= timedelta(0):
        span = max(one.last - one.first, other.last - other.first)
        if not both:
            return ["fresh"]
        return ["day" if span <= timedelta(days=1) else "days" if span < LONG else "no days"]
    if gap <= timedelta(days=1):
        return ["day off"]
    return [None] if both or gap > timedelta(days=4) else ["day off", "day off"]


def _parties(
    code: Code, actors: Sequence[Party], parties: Sequence[Party], others: Sequence[Party], rest: Sequence[Party]
) -> list[str | None]:
    """A shared party; in what is said, the speaker must be shared."""
    speech = code.plover in SPEECH
    these, those = (actors, others) if speech else ([*actors, *parties], [*others, *rest])
    best = max((_alike(one, other) for one in these for other in those), default=0)
    if speech and best < 2:
        return [None]
    return ["party"] if best == 2 else ["side"] if best == 1 else []


def _alike(one: Party, other: Party) -> int:
    """2 for one party, 1 for one side (a country and a sector in common), else 0."""
    if one.id is not None and one.id == other.id:
        return 2
    if one.name and other.name and one.name.casefold() == other.name.casefold():
        return 2
    return int(bool(one.country) and one.country == other.country and bool(set(one.sectors) & set(other.sectors)))
