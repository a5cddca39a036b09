"""How likely two episodes are of one incident: type, place against its precision, days, parties, names and words they share.

Numbers are no evidence either way: of 44 hand-coded incidents with deaths 32 had more than one best figure. What a clause says
itself can rule out that two tell one thing; what it was lent can only speak against it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from strife.incidents.places import place_relation
from strife.incidents.telling import AHEAD, Telling
from strife.records import Party

Reason = tuple[str, float]
NEVER = -math.inf
SIEGE = timedelta(days=4)  # reports of one battle name the days of its beginning, its middle and its end
NONE, DAY, WEEK = timedelta(0), timedelta(days=1), timedelta(days=7)
LONG = timedelta(days=45)  # a span of days that tells little of when
KIN = {  # both ways: types that two reports give to one incident: one tells the attack, the other what it gained
    pair
    for one, other in (
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
    for pair in ((one, other), (other, one))
}
SPEECH = {"ACCUSE", "REQUEST", "REJECT", "THREATEN"}  # what is said is told apart by who says it to whom
OTHER = frozenset("another second third separate separately elsewhere earlier previous later further similar".split())
DEFINITE = frozenset("the this that its his their".split())
RARE, COMMON = 30, 0.02  # a name in no more reports than this, or no greater share of them, is rare
HOPELESS = -1.5  # in log odds: reports that differ so have hardly ever the words in common that make up for it
ENOUGH = 6.0  # weight of shared names that counts as half of all one could wish for
WITHIN = {  # for two clauses of one report; fitted like those below by `python -m training.incidents`
    "start": -0.8,
    "abroad": 0.4,
    "again": 0.2,
    "ahead": -0.8,
    "another": -1.1,
    "beside": 0.4,
    "both lent apart": -0.1,
    "both lent spot": 0.1,
    "both lent within": -0.2,
    "context": 0.4,
    "day": 0.3,
    "days": -1.0,
    "days off": -1.0,
    "far": -0.4,
    "half day": 1.6,
    "half day off": 0.1,
    "half days": 0.7,
    "half long": 0.2,
    "half long off": -0.9,
    "half week off": -0.9,
    "kin": -0.4,
    "lent apart": -2.0,
    "lent day": 0.6,
    "lent day off": -0.1,
    "lent days": 1.1,
    "lent long off": -0.2,
    "lent spot": 0.6,
    "lent week off": -0.6,
    "lent within": 0.5,
    "long": 0.2,
    "mode": 0.1,
    "names": -0.7,
    "no place": -0.2,
    "other mode": -0.6,
    "paragraph": 0.1,
    "party": 0.9,
    "side": 0.6,
    "spot": 1.1,
    "type": 0.4,
    "within": -0.1,
    "words": 1.1,
}
ACROSS = {  # for clauses of two reports, in log odds: logistic regression on two development
    # sets of 110 reports; places weigh more than fitted, since two villages must never merge
    "start": -0.8,
    "abroad": -0.2,
    "ahead": 0.1,
    "both lent apart": -0.5,
    "both lent namesake": 0.4,
    "both lent spot": 0.1,
    "both lent within": -0.2,
    "context": 2.3,
    "crossed": 0.9,
    "day": 1.1,
    "day off": -1.2,
    "days": 0.1,
    "days off": -0.8,
    "half day": 1.3,
    "half day off": -0.4,
    "half days": 0.5,
    "half long": -0.2,
    "half long off": -0.9,
    "half week off": -0.6,
    "kin": -0.5,
    "lent apart": -2.5,
    "lent day": 0.8,
    "lent day off": 0.6,
    "lent days": 0.6,
    "lent long off": -0.9,
    "lent namesake": 0.8,
    "lent spot": 0.6,
    "lent week off": 0.1,
    "long": -0.1,
    "main": 0.5,
    "matter": 1.9,
    "mode": 0.3,
    "names": 0.4,
    "namesake": 0.3,
    "no place": -0.1,
    "other mode": -0.6,
    "side": 0.8,
    "spot": 1.3,
    "topic": -0.2,
    "type": 0.5,
    "within": -0.1,
    "words": 0.6,
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
    """How likely two tellings are of one incident, in log odds; minus infinity where they cannot be.

    Words are not looked at where they could not make up for what type, place and days say."""
    within = one.document == other.document
    weights = WITHIN if within else ACROSS
    total = weights["start"]
    for reason in _facts(one, other):
        if reason is None:
            return NEVER
        total += weights.get(reason[0], 0.0) * reason[1]
    if not within:
        total += weights["matter"] * rarity.matter(one, other)
        if total < HOPELESS:
            return total
    for name, value in _wording(one, other, rarity):
        total += weights.get(name, 0.0) * value
    return total


def reasons(one: Telling, other: Telling, rarity: Rarity) -> Iterator[Reason | None]:
    """What speaks for and against two tellings being of one incident, what rules out most first; None where they cannot be."""
    yield from _facts(one, other)
    if one.document != other.document:
        yield "matter", rarity.matter(one, other)
    yield from _wording(one, other, rarity)


def _facts(one: Telling, other: Telling) -> Iterator[Reason | None]:
    """What the fields of two tellings say."""
    for fact in (_types, _days, _spots, _abroad, _parties):
        found = fact(one, other)
        if found is None:
            yield None
            return
        if found:
            yield found, 1.0
    here, there = one.event, other.event
    if here.code.mode and there.code.mode and here.code.plover == there.code.plover:
        yield "mode" if here.code.mode == there.code.mode else "other mode", 1.0
    if (here.status in AHEAD) != (there.status in AHEAD):
        yield "ahead", 1.0


def _wording(one: Telling, other: Telling, rarity: Rarity) -> Iterator[Reason]:
    """What the words and names of two tellings say, and how they stand to each other."""
    yield "words", rarity.shared(one.words, other.words)
    yield "names", rarity.named(one.names, other.names)
    yield "context", rarity.cosine(one.context, other.context)
    yield from _layout(one, other) if one.document == other.document else _topics(one, other, rarity)


def _layout(one: Telling, other: Telling) -> Iterator[Reason]:
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


def _topics(one: Telling, other: Telling, rarity: Rarity) -> Iterator[Reason]:
    """What two reports have in common."""
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


def _types(one: Telling, other: Telling) -> str | None:
    """Whether the types agree."""
    here, there = one.event.code.plover, other.event.code.plover
    if here == there:
        return "type"
    return "kin" if (here, there) in KIN else None


def _spots(one: Telling, other: Telling) -> str | None:
    """Whether two places can be one. Two places that both clauses name and that lie apart rule it out."""
    if one.place is None or other.place is None:
        return "no place"
    found = place_relation(one.place, other.place)
    if found == "apart":
        return None if one.here and other.here else "lent apart" if one.here or other.here else "both lent apart"
    if found == "no place" or (one.here and other.here):
        return found
    return f"lent {found}" if one.here or other.here else f"both lent {found}"


def _abroad(one: Telling, other: Telling) -> str | None:
    """Whether both are of one country."""
    if one.country == other.country or not one.country or not other.country:
        return ""
    return None if one.here and other.here else "abroad"


def _days(one: Telling, other: Telling) -> str | None:
    """Whether the days overlap. Days that both clauses state and that lie apart rule it out."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return "no day"
    gap = max(one.first, other.first) - min(one.last, other.last)
    lent = "" if one.stated and other.stated else "half " if one.stated or other.stated else "lent "
    if gap <= NONE:
        span = max(one.last - one.first, other.last - other.first)
        return f"{lent}{'day' if span <= DAY else 'days' if span < LONG else 'long'}"
    if gap <= DAY and (lent or one.document != other.document):
        return f"{lent}day off"
    if lent:
        return f"{lent}week off" if gap <= WEEK else f"{lent}long off"
    return "days off" if gap <= SIEGE else None


def _parties(one: Telling, other: Telling) -> str | None:
    """A shared party; in what is said, the speaker must be shared."""
    speech = one.event.code.plover in SPEECH
    these, those = (one.event.actors, other.event.actors) if speech else (one.parties, other.parties)
    best = 0
    for here in these:
        for there in those:
            best = max(best, _alike(here, there))
    if speech and best < 2:
        return None
    return ("", "side", "party")[best]


def _alike(one: Party, other: Party) -> int:
    """2 for one party, 1 for one side (a country and a sector in common), else 0."""
    if one.id is not None and one.id == other.id:
        return 2
    if one.name and other.name and one.name.casefold() == other.name.casefold():
        return 2
    return int(bool(one.country) and one.country == other.country and bool(set(one.sectors) & set(other.sectors)))
