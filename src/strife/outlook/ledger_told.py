"""The record against which expectations are judged: what later reports tell, where, of which days, and what they cover."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from strife.records import Control, Event, Place, Relation

TELLS = frozenset({"reported", "claimed"})
AGAINST = frozenset({"denied", "negated"})


@dataclass(frozen=True, slots=True)
class Told:
    """An event or a statement on control that tells whether something happened, on days from `first` to `last`.

    `here` says that its own clause gives the place, `stated` the days; else the report lends them. `story` is the number that
    near copies share, `incident` the id of the incident it is part of, `disputed` whether sources differ on that having happened."""

    claim: Event | Control
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
        """The PLOVER type, or control."""
        return self.claim.code.plover if isinstance(self.claim, Event) else "control"


@dataclass(frozen=True, slots=True)
class Report:
    """What a document covers: when it was published, and the places and parties that its claims name."""

    id: str
    story: int
    published: date
    places: tuple[Place, ...]
    parties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Record:
    """All that the case tells, and its reports; `last` is the day up to which it goes."""

    told: tuple[Told, ...]
    reports: tuple[Report, ...]
    last: date | None
    _kinds: dict[str, list[Told]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for one in sorted((one for one in self.told if one.last), key=lambda one: (_day(one), one.claim.id)):
            self._kinds[one.kind].append(one)

    def of(self, kinds: Iterable[str], since: date) -> Iterator[Told]:
        """What is told of these kinds of days not all before `since`, in the order of the last of them."""
        for kind in sorted(kinds):
            listed = self._kinds.get(kind, [])
            yield from listed[bisect_left(listed, since, key=_day) :]


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
