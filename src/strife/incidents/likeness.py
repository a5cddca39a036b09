"""How likely two tellings are of one incident: type, place against its precision, days, parties, and the words they share.

Numbers are no evidence either way: of 44 hand-coded incidents with deaths 32 had more than one best figure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from strife.incidents.telling import Telling
from strife.records import Party, Place

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
KIN = {  # types that two reports give to one incident: one tells the attack, the other what it gained
    frozenset(pair)
    for pair in (
        ("ASSAULT", "COERCE"),
        ("ASSAULT", "MOBILIZE"),
        ("COERCE", "RETREAT"),
        ("ASSAULT", "RETREAT"),
        ("COERCE", "SANCTION"),
        ("AGREE", "CONSULT"),
        ("AGREE", "RETREAT"),
        ("AGREE", "CONCEDE"),
        ("AGREE", "COOPERATE"),
        ("CONCEDE", "RETREAT"),
        ("ASSAULT", "PROTEST"),
        ("COERCE", "PROTEST"),
        ("AID", "COOPERATE"),
    )
}
SPEECH = {"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT"}  # what is said is told apart by who says it to whom
WEIGHT = {
    "start": -3.0,
    "type": 1.2,
    "kin": -0.2,
    "mode": 0.8,
    "other mode": -0.8,
    "spot": 2.2,
    "within": 0.8,
    "no place": -0.6,
    "day": 1.4,
    "days": 0.7,
    "undated": 0.2,
    "day off": -0.3,
    "party": 0.8,
    "side": 0.3,
    "words": 3.2,
    "beside": 1.2,
    "same text": -0.4,
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """A score in log odds, above 0 where two tellings are rather of one incident; minus infinity where they cannot be."""

    score: float
    reasons: tuple[str, ...] = ()


class Rarity:
    """How much a shared word says: the rarer among the documents, the more."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        """Count the documents of each word."""
        documents = {(one.testimony.document, word) for one in tellings for word in one.words}
        counted = Counter(word for _, word in documents)
        total = len({document for document, _ in documents})
        self._weight = {word: math.log(1 + total / count) for word, count in counted.items()}

    def shared(self, one: frozenset[str], other: frozenset[str]) -> float:
        """How far two sets of words of these tellings are alike, 0 to 1, rare words weighing more."""
        both = one & other
        if not both:
            return 0.0
        weight = self._weight
        return sum(weight[word] for word in both) / sum(weight[word] for word in one | other)


def likeness(one: Telling, other: Telling, rarity: Rarity) -> Likeness:
    """How likely two tellings are of one incident, and why."""
    told: list[str] = []
    for weigh in (_type, _day, _place, _parties):
        for reason in weigh(one, other):
            if reason is None:
                return Likeness(NEVER)
            told.append(reason)
    if one.testimony.document == other.testimony.document:
        told.append("beside" if abs(one.event.trigger.start - other.event.trigger.start) < 250 else "same text")
    shared = rarity.shared(one.words, other.words)
    score = WEIGHT["start"] + WEIGHT["words"] * shared + sum(WEIGHT[reason] for reason in told)
    return Likeness(score, (*told, f"words {shared:.2f}"))


def _type(one: Telling, other: Telling) -> list[str | None]:
    first, second = one.event.code, other.event.code
    if first.plover != second.plover:
        return ["kin"] if frozenset((first.plover, second.plover)) in KIN else [None]
    if first.mode and second.mode:
        return ["type", "mode" if first.mode == second.mode else "other mode"]
    return ["type"]


def _place(one: Telling, other: Telling) -> list[str | None]:
    first, second = one.place, other.place
    if first is None or second is None:
        return ["no place"]
    if first.country and second.country and first.country != second.country:
        return [None]
    carried = one.place_carried or other.place_carried
    if first.id is not None and first.id == second.id:
        return ["spot" if {first.precision, second.precision} <= NAMED | {"district"} else "within"]
    apart = kilometres(first, second)
    if first.precision in NAMED and second.precision in NAMED:
        if apart > APART_KM:
            return ["no place"] if carried and apart < 40 else [None]
        return ["spot"]
    reach = RADIUS[first.precision] + RADIUS[second.precision]
    same = bool(first.admin1) and first.admin1 == second.admin1
    if apart > reach and not same:
        return [None] if not carried else ["no place", "no place"]
    return ["within" if "country" not in (first.precision, second.precision) else "no place"]


def kilometres(one: Place, other: Place) -> float:
    """The distance of two places in kilometres; 0 where one has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0
    east = abs(one.lon - other.lon)
    east = min(east, 360 - east) * math.cos(math.radians((one.lat + other.lat) / 2))
    return 111.2 * math.hypot(one.lat - other.lat, east)


def _day(one: Telling, other: Telling) -> list[str | None]:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return []
    gap = max(one.first, other.first) - min(one.last, other.last)
    both = one.dated and other.dated
    if gap <= timedelta(0):
        exact = max(one.last - one.first, other.last - other.first) <= timedelta(days=1)
        return ["day" if both and exact else "days" if both else "undated"]
    if gap <= timedelta(days=1):
        return ["day off"]
    return [None] if both or gap > timedelta(days=6) else ["day off", "day off"]


def _parties(one: Telling, other: Telling) -> list[str | None]:
    """A shared party; in what is said, the speaker must be shared."""
    speech = one.event.code.plover in SPEECH
    pairs = [(one.event.actors, other.event.actors)] if speech else [(one.parties, other.parties)]
    best = max((_alike(a, b) for these, those in pairs for a in these for b in those), default=0)
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
