"""How likely two episodes are of one incident: type, place against its precision, days, parties, names and words they share.

Numbers are no evidence either way: of 44 hand-coded incidents with deaths 32 had more than one best figure. What a clause says
itself can rule out that two tell one thing; what it was lent can only speak against it."""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from strife.gazetteer.names import alike, bare, fold, skeleton
from strife.incidents.setting import NAMED
from strife.incidents.telling import AHEAD, Telling
from strife.records import Code, Party, Place

Reason = tuple[str, float]
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
FINE = ("point", "settlement", "surroundings", "district", "province", "region", "country")
APART_KM = 12  # two named spots farther apart than this are two places
SIEGE = timedelta(days=4)  # reports of one battle name the days of its beginning, its middle and its end
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
        ("MOBILIZE", "RETREAT"),
        ("ASSAULT", "COOPERATE"),
        ("ASSAULT", "AID"),
        ("COERCE", "AID"),
    )
}
SPEECH = {"ACCUSE", "REQUEST", "REJECT", "THREATEN"}  # what is said is told apart by who says it to whom
OTHER = frozenset("another second third separate separately elsewhere earlier previous later further similar".split())
DEFINITE = frozenset("the this that its his their".split())
RARE, COMMON = 30, 0.02  # a name in no more reports than this, or no greater share of them, is rare
ENOUGH = 6.0  # weight of shared names that counts as half of all one could wish for
WITHIN = {  # for two clauses of one report; fitted like those below by `python -m training.incidents`
    "start": -1.1,
    "again": 0.1,
    "ahead": -0.7,
    "another": -0.9,
    "beside": 0.3,
    "both lent spot": 0.3,
    "context": 0.4,
    "day": 0.3,
    "days": -0.6,
    "days off": -0.8,
    "far": -0.3,
    "half day": 1.4,
    "half days": 0.7,
    "half long": -0.1,
    "half long off": -0.7,
    "half week off": -0.7,
    "kin": -0.4,
    "lent apart": -2.0,
    "lent day": 0.4,
    "lent day off": -0.1,
    "lent days": 1.0,
    "lent long off": -0.4,
    "lent spot": 0.7,
    "lent week off": -0.7,
    "lent within": -0.1,
    "long": 0.4,
    "mode": 0.2,
    "names": -0.4,
    "no place": -0.3,
    "other mode": -0.5,
    "paragraph": 0.1,
    "party": 0.9,
    "side": 0.6,
    "spot": 1.2,
    "type": 0.4,
    "within": -0.3,
    "words": 1.0,
}
ACROSS = {  # for clauses of two reports, in log odds: logistic regression on two development
    # sets of 110 reports; places weigh more than fitted, since two villages must never merge
    "start": -1.2,
    "ahead": 0.1,
    "both lent apart": -0.6,
    "context": 1.7,
    "crossed": 0.8,
    "day": 1.2,
    "day off": -0.8,
    "days": 0.1,
    "days off": -0.6,
    "half day": 1.5,
    "half day off": -0.1,
    "half days": 0.7,
    "half long": -0.4,
    "half long off": -1.8,
    "half week off": -0.3,
    "kin": -0.5,
    "lent apart": -2.5,
    "lent day": 1.0,
    "lent day off": 0.8,
    "lent days": 0.9,
    "lent long off": -1.9,
    "lent namesake": 0.7,
    "namesake": 0.7,
    "both lent spot": 0.4,
    "lent spot": 1.0,
    "lent week off": 0.1,
    "lent within": 0.2,
    "long": -0.3,
    "main": 0.5,
    "matter": 1.6,
    "mode": 0.2,
    "names": 0.3,
    "no place": -0.2,
    "other mode": -0.6,
    "party": -0.2,
    "side": 0.7,
    "spot": 2.0,
    "topic": -0.2,
    "type": 0.5,
    "within": -0.1,
    "words": 0.7,
}


class Rarity:
    """How much a shared word or name says: the rarer among the documents, the more."""

    def __init__(self, told: Sequence[Telling]) -> None:
        """Count the documents of each word and name."""
        words: set[tuple[str, str]] = set()
        names: set[tuple[str, str]] = set()
        matter: set[tuple[str, str]] = set()
        for one in told:
            words |= {(one.document, word) for word in one.words}
            matter |= {(one.document, word) for word in one.matter}
            names |= {(one.document, name) for name in one.topic}
        self._matter = {word: weight**2 for word, weight in _weights(matter).items()}
        self._documents = len({one.document for one in told})
        self._cosines: dict[tuple[str, str], float] = {}
        self._topics: dict[tuple[str, str], float] = {}
        self._counts = Counter(name for _, name in names)
        self._words, self._names = _weights(words), _weights(names)
        self._norms: dict[frozenset[str], float] = {}

    def shared(self, one: frozenset[str], other: frozenset[str]) -> float:
        """How far two sets of words of these tellings are alike, 0 to 1, rare words weighing more."""
        both = one & other
        if not both:
            return 0.0
        weight = self._words
        return sum(weight[word] for word in both) / min(
            sum(weight[word] for word in one), sum(weight[word] for word in other)
        )

    def cosine(self, one: frozenset[str], other: frozenset[str]) -> float:
        """The cosine of two sets of words weighed by rarity."""
        weight = self._matter  # squared
        both = sum(weight[word] for word in one & other)
        if not both:
            return 0.0
        return both / (self._norm(one) * self._norm(other))

    def _norm(self, words: frozenset[str]) -> float:
        if words not in self._norms:
            self._norms[words] = math.sqrt(sum(self._matter[word] for word in words))
        return self._norms[words]

    def matter(self, one: Telling, other: Telling) -> float:
        """The cosine of two reports."""
        pair = (one.document, other.document)
        if pair not in self._cosines:
            self._cosines[pair] = self.cosine(one.matter, other.matter)
        return self._cosines[pair]

    def topic(self, one: Telling, other: Telling) -> float:
        """How much the names that two reports share tell, 0 to 1."""
        pair = (one.document, other.document)
        if pair not in self._topics:
            self._topics[pair] = self.named(one.topic, other.topic)
        return self._topics[pair]

    def rare(self, name: str) -> bool:
        """Whether few enough reports have a name for it to point to an old incident."""
        return self._counts[name] <= max(RARE, self._documents * COMMON)

    def named(self, one: frozenset[str], other: frozenset[str]) -> float:
        """How much the names that two sets share tell, 0 to 1; names that nearly every report has tell next to nothing."""
        told = sum(self._names[name] for name in one & other)
        return told / (told + ENOUGH)


def _weights(pairs: set[tuple[str, str]]) -> dict[str, float]:
    counted = Counter(word for _, word in pairs)
    total = len({document for document, _ in pairs})
    return {word: math.log((1 + total) / count) for word, count in counted.items()}


def likeness(one: Telling, other: Telling, rarity: Rarity) -> float:
    """How likely two tellings are of one incident, in log odds; minus infinity where they cannot be."""
    within = one.document == other.document
    weights = WITHIN if within else ACROSS
    total = weights["start"]
    for reason in reasons(one, other, rarity):
        if reason is None:
            return NEVER
        total += weights.get(reason[0], 0.0) * reason[1]
    return total


def reasons(one: Telling, other: Telling, rarity: Rarity) -> Iterator[Reason | None]:
    """What speaks for and against two tellings being of one incident, what rules out most first; None where they cannot be."""
    yield from _types(one.event.code, other.event.code)
    yield from _days(one, other)
    yield from _spots(one.place, one.here, other.place, other.here)
    if one.country and other.country and one.country != other.country:
        yield None if one.here and other.here else ("abroad", 1.0)
    yield from _parties(one, other)
    if (one.event.status in AHEAD) != (other.event.status in AHEAD):
        yield "ahead", 1.0
    yield "words", rarity.shared(one.words, other.words)
    yield "names", rarity.named(one.names, other.names)
    yield "context", rarity.cosine(one.context, other.context)
    yield from _layout(one, other) if one.document == other.document else _topics(one, other, rarity)


def _layout(one: Telling, other: Telling) -> Iterator[Reason | None]:
    """How two clauses of one report stand to each other."""
    first, later = sorted((one, other), key=lambda telling: telling.number)
    gap = later.event.trigger.start - first.event.trigger.start
    if first.event.evidence[0] == later.event.evidence[0]:
        yield "clause", 1.0
    yield "beside" if gap < 160 else "near" if gap < 450 else "far", 1.0
    if first.paragraph != later.paragraph:
        yield "paragraph", 1.0
    before = _before(later)
    if set(before[-2:]) & DEFINITE:
        yield "again", 1.0
    if OTHER & {*before[-3:], *_behind(later)}:
        yield "another", 1.0


def _topics(one: Telling, other: Telling, rarity: Rarity) -> Iterator[Reason | None]:
    """What two reports have in common."""
    yield "matter", rarity.matter(one, other)
    yield "topic", rarity.topic(one, other)
    yield "crossed", max(rarity.named(one.names, other.topic), rarity.named(one.topic, other.names))
    if one.number == 0 and other.number == 0:
        yield "main", 1.0


def _before(telling: Telling) -> list[str]:
    """The words of a clause before its trigger."""
    evidence, trigger = telling.event.evidence[0], telling.event.trigger
    return evidence.quote[: max(0, trigger.start - evidence.start)].casefold().split()


def _behind(later: Telling) -> list[str]:
    """The two words behind the trigger of the later clause: "bombed another"."""
    evidence, trigger = later.event.evidence[0], later.event.trigger
    return evidence.quote[max(0, trigger.end - evidence.start) :].casefold().split()[:2]


def _types(one: Code, other: Code) -> Iterator[Reason | None]:
    """Whether the types agree, and where they do, the modes."""
    if one.plover != other.plover:
        yield ("kin", 1.0) if frozenset((one.plover, other.plover)) in KIN else None
        return
    yield "type", 1.0
    if one.mode and other.mode:
        yield "mode" if one.mode == other.mode else "other mode", 1.0


def _spots(one: Place | None, here: bool, other: Place | None, there: bool) -> Iterator[Reason | None]:
    """Whether two places can be one. Two places that both clauses name and that lie apart rule it out."""
    if one is None or other is None:
        yield "no place", 1.0
        return
    found = place_relation(one, other)
    if found == "apart":
        yield ("lent apart" if here or there else "both lent apart", 1.0) if not (here and there) else None
    elif found == "no place" or (here and there):
        yield found, 1.0
    else:
        yield f"{'' if here or there else 'both '}lent {found}", 1.0


@functools.lru_cache(maxsize=200_000)  # the same few places come again and again
def place_relation(one: Place, other: Place) -> str:
    """How two places lie to each other: `spot` for one and the same, `within`, `apart`, or `no place` where nothing tells."""
    if one.id is not None and one.id == other.id:
        return "within" if one.precision == "province" else "spot"
    both = one.precision in NAMED and other.precision in NAMED
    if both and same_name(one, other):
        return (
            "spot"
            if kilometres(one, other) <= 2 * APART_KM
            else "namesake"
            if one.country == other.country
            else "apart"
        )
    if both:
        located = one.lat is not None and other.lat is not None
        return "spot" if located and kilometres(one, other) <= APART_KM / 2 else "apart"
    if one.country and other.country and one.country != other.country:
        return "apart"
    coarse = max(one, other, key=lambda place: FINE.index(place.precision)).precision
    if one.lat is None or other.lat is None:
        return "no place"
    same = bool(one.admin1) and one.admin1 == other.admin1
    reach = RADIUS[one.precision] + RADIUS[other.precision]
    return "within" if kilometres(one, other) <= reach or (same and coarse == "province") else "apart"


def same_name(one: Place, other: Place) -> bool:
    """Whether two places bear one name, in whatever spelling."""
    for here in {one.quote, one.name or one.quote}:
        for there in {other.quote, other.name or other.quote}:
            first, second = bare(fold(here)), bare(fold(there))
            if first == second or (skeleton(first) and skeleton(first) == skeleton(second) and alike(first, second)):
                return True
    return False


def kilometres(one: Place, other: Place) -> float:
    """The distance of two places in kilometres; 0 where one has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0
    east = abs(one.lon - other.lon)
    east = min(east, 360 - east) * math.cos(math.radians((one.lat + other.lat) / 2))
    return 111.2 * math.hypot(one.lat - other.lat, east)


def _days(one: Telling, other: Telling) -> Iterator[Reason | None]:
    """Whether the days overlap. Days that both clauses state and that lie apart rule it out."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        yield "no day", 1.0
        return
    gap = max(one.first, other.first) - min(one.last, other.last)
    lent = "" if one.stated and other.stated else "half " if one.stated or other.stated else "lent "
    if gap <= timedelta(0):
        span = max(one.last - one.first, other.last - other.first)
        yield f"{lent}{'day' if span <= timedelta(days=1) else 'days' if span < LONG else 'long'}", 1.0
    elif gap <= timedelta(days=1) and (lent or one.document != other.document):
        yield f"{lent}day off", 1.0
    elif lent:
        yield f"{lent}week off" if gap <= timedelta(days=7) else f"{lent}long off", 1.0
    else:
        yield ("days off", 1.0) if gap <= SIEGE else None


def _parties(one: Telling, other: Telling) -> Iterator[Reason | None]:
    """A shared party; in what is said, the speaker must be shared."""
    speech = one.event.code.plover in SPEECH
    these, those = (one.event.actors, other.event.actors) if speech else (one.parties, other.parties)
    best = max((_alike(here, there) for here in these for there in those), default=0)
    if speech and best < 2:
        yield None
    elif best:
        yield "party" if best == 2 else "side", 1.0


def _alike(one: Party, other: Party) -> int:
    """2 for one party, 1 for one side (a country and a sector in common), else 0."""
    if one.id is not None and one.id == other.id:
        return 2
    if one.name and other.name and one.name.casefold() == other.name.casefold():
        return 2
    return int(bool(one.country) and one.country == other.country and bool(set(one.sectors) & set(other.sectors)))
