"""The record against which expectations are judged: what later reports tell, where, of which days, and what they cover."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from strife.outlook.ledger_words import Rarity, rarity_of, stems
from strife.records import Claim, Control, Event, Place, Relation

TELLS = frozenset({"reported", "claimed"})
AGAINST = frozenset({"denied", "negated"})


@dataclass(frozen=True, slots=True)
class Told:
    """A claim that tells whether something happened, on days from `first` to `last`.

    `here` says that its own clause gives the place, `stated` the days; else the report lends them. `story` is the number that
    near copies share, `incident` the id of the incident it is part of, `disputed` whether sources differ on that having happened."""

    claim: Claim
    story: int
    published: date | None
    place: Place | None
    here: bool
    first: date | None
    last: date | None
    stated: bool
    incident: str | None = None
    disputed: bool = False

    @property
    def id(self) -> str:
        """What stands for it as evidence: its incident, else the claim."""
        return self.incident or self.claim.id

    @property
    def kind(self) -> str:
        """The PLOVER type, control, or other."""
        if isinstance(self.claim, Event):
            return self.claim.code.plover
        return "control" if isinstance(self.claim, Control) else "other"

    @property
    def words(self) -> frozenset[str]:
        """The stems of its evidence."""
        return stems(self.claim.evidence[0].quote)


@dataclass(frozen=True, slots=True)
class Report:
    """What a document covers: when it was published, and the places and parties that its claims name."""

    id: str
    story: int
    published: date
    places: tuple[Place, ...]
    parties: frozenset[str]

    @property
    def country(self) -> str | None:
        """The country it is about: that of most places it names."""
        counted = Counter(place.country for place in self.places if place.country)
        return max(sorted(counted), key=lambda one: counted[one], default=None)


class Record:
    """All that the case tells, and its reports; `last` is the day up to which it goes."""

    def __init__(self, told: Iterable[Told], reports: Iterable[Report], last: date | None) -> None:
        self.reports = tuple(reports)
        self.last = last
        self._countries = {one.id: {place.country for place in one.places if place.country} for one in self.reports}
        self._kinds: dict[str, list[Told]] = defaultdict(list)
        self._words: dict[str, list[Told]] = defaultdict(list)
        telling: dict[str, set[str]] = defaultdict(set)
        for one in sorted(told, key=lambda one: (_day(one), one.claim.id)):
            if one.last is not None:
                self._kinds[one.kind].append(one)
                words = one.words
                telling[one.claim.document] |= words
                for word in words:
                    self._words[word].append(one)
        self.rarity: Rarity = rarity_of(map(frozenset, telling.values()))

    def elsewhere(self, document: str, other: str) -> bool:
        """Whether two reports have no country in common, as far as that is known."""
        one, two = self._countries.get(document, set()), self._countries.get(other, set())
        return bool(one and two) and not one & two

    def of(self, kinds: Iterable[str], since: date) -> Iterator[Told]:
        """What is told of these kinds of days not all before `since`, in the order of the last of them."""
        for kind in sorted(kinds):
            listed = self._kinds.get(kind, [])
            yield from listed[bisect_left(listed, since, key=_day) :]

    def sharing(self, words: Iterable[str], since: date) -> Iterator[Told]:
        """What is told, not all before `since`, in any of these words; in the order of its days."""
        known: dict[str, Told] = {}
        for word in words:
            listed = self._words.get(word, [])
            known |= {one.claim.id: one for one in listed[bisect_left(listed, since, key=_day) :]}
        yield from sorted(known.values(), key=lambda one: (_day(one), one.claim.id))


def _day(one: Told) -> date:
    return one.last or date.min


def names_of(claim: Event | Control | Relation) -> Iterator[str]:
    """What its parties go by: their ids where they have one."""
    match claim:
        case Event():
            parties = (*claim.actors, *claim.recipients)
        case Control():
            parties = (claim.holder,)
        case Relation():
            parties = (claim.subject, claim.object)
    for party in parties:
        if party.id is not None:
            yield party.id
