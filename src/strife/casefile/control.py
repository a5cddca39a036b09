"""Who holds what on a day: what the statements up to that day amount to. Pure; the newest evidence decides, and says its date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from msgspec import Struct

from strife.gazetteer.names import fold
from strife.records import Control, Party, Place

FRESH = 7  # days in which two sides' statements stand against each other; an older one has had its time
STATE = frozenset({"GOV", "MIL", "COP", "SPY", "PRM"})
IRREGULAR = frozenset({"REB", "OPP", "UAF", "IMG"})


class Holding(Struct, frozen=True, kw_only=True):
    """Who holds a place on a day; `since` is the day of the oldest statement for it, holders are empty where nothing is known.

    `contested`: another side is said to hold it too, or to fight for it; `claimed_only`: nobody says so in the author's voice."""

    record: Literal["control"] = "control"
    place: Place
    on: str
    holders: tuple[Party, ...] = ()
    contested: bool = False
    claimed_only: bool = False
    since: str | None = None
    claims_for: tuple[str, ...] = ()
    claims_against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A statement on control and the day for which it holds, "" where that is not known."""

    claim: Control
    day: str


@dataclass(slots=True)
class _Side:
    """Somebody who is said to hold the place, and the statements for it."""

    party: Party
    said: list[Said] = field(default_factory=list)

    @property
    def last(self) -> str:
        """The day of the newest statement."""
        return self.said[-1].day

    @property
    def reported(self) -> bool:
        """Whether somebody says so in the author's voice."""
        return any(one.claim.status == "reported" for one in self.said)


@dataclass(slots=True)
class _State:
    sides: list[_Side] = field(default_factory=list)
    against: list[Said] = field(default_factory=list)
    contested: bool = False

    def take(self, one: Said) -> None:
        """One more statement, not older than those before."""
        claim = one.claim
        own = next((side for side in self.sides if alike(side.party, claim.holder)), None)
        if claim.status in ("denied", "negated"):
            self._denied(one, own)
        elif claim.change == "contests":
            self.contested = bool(self.sides) or self.contested
            self.against.append(one)
        elif claim.extent == "surroundings":
            self.against += [one] if self.sides and own is None else []
        elif claim.change == "loses":
            self._lost(one, own)
        else:
            self._held(one, own)

    def _denied(self, one: Said, own: _Side | None) -> None:
        if own is not None and one.claim.change == "loses":
            own.said.append(one)
        elif own is not None:
            self.against.append(one)
            self.contested = True

    def _lost(self, one: Said, own: _Side | None) -> None:
        if own is None:
            if len(self.sides) == 1:
                self.sides[0].said.append(one)  # whoever is left holds it
            return
        if one.claim.status == "claimed" and own.reported and _near(own.last, one.day):
            self.against.append(one)
            self.contested = True
            return
        self.sides.remove(own)
        self.contested = False
        self.against = [] if not self.sides else self.against

    def _held(self, one: Said, own: _Side | None) -> None:
        part = one.claim.extent == "part"
        clean = one.claim.change == "gains" and one.claim.status == "reported" and not part
        if own is None:
            rivals = [side for side in self.sides if self._stands(side, one, clean=clean, part=part)]
            self.sides, self.contested, self.against = [*rivals, _Side(one.claim.holder, [one])], bool(rivals), []
            return
        own.said.append(one)
        if not part and (clean or not _near(self._other_side(own), one.day)):
            self.sides, self.contested, self.against = [own], False, []

    def _stands(self, side: _Side, one: Said, *, clean: bool, part: bool) -> bool:
        """Whether a side is still said to hold the place beside another that now is.

        A reported capture ends it, unless both captures are of one day; a bare claim or "held by" does not end what is fresh."""
        if part:
            return True
        if clean:
            return side.last == one.day and side.said[-1].claim.change == "gains"
        return _near(side.last, one.day)

    def _other_side(self, own: _Side) -> str:
        """The day of the newest statement that is not for this side."""
        rivals = [side.last for side in self.sides if side is not own]
        return max([*rivals, *(said.day for said in self.against)], default="")


def holding(place: Place, statements: Iterable[Said], on: str) -> Holding:
    """What the statements about one place up to a day amount to, in any order they are given."""
    state = _State()
    known = [one for one in statements if one.day <= on]
    for one in sorted(known, key=lambda said: said.day):  # of one day: in the order of the case
        state.take(one)
    supporting = [one for side in state.sides for one in side.said]
    return Holding(
        place=place,
        on=on,
        holders=tuple(side.party for side in state.sides),
        contested=state.contested,
        claimed_only=bool(supporting) and not any(side.reported for side in state.sides),
        since=min((side.said[0].day for side in state.sides), default="") or None,
        claims_for=tuple(dict.fromkeys(one.claim.id for one in supporting)),
        claims_against=tuple(dict.fromkeys(one.claim.id for one in state.against)),
    )


def alike(one: Party, other: Party) -> bool:
    """Whether two names may mean one side: the same actor, two arms of one state, or rebels nobody names and others."""
    if one.id and other.id and one.id == other.id:
        return True
    if {fold(one.name or one.quote), fold(one.quote)} & {fold(other.name or other.quote), fold(other.quote)}:
        return True
    if _state(one) and _state(other):
        return one.country == other.country or None in (one.country, other.country)
    named = one.id is not None and other.id is not None
    return not named and _irregular(one) and _irregular(other)


def _state(party: Party) -> bool:
    return bool(STATE & set(party.sectors)) and not _irregular(party)


def _irregular(party: Party) -> bool:
    return bool(IRREGULAR & set(party.sectors))


def _near(earlier: str, later: str) -> bool:
    """Whether two days lie so close that one statement does not simply follow the other."""
    if not earlier or not later:
        return False
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days <= FRESH


def by_place(statements: Iterable[tuple[Said, str]]) -> Iterator[tuple[Place, Sequence[Said]]]:
    """Statements with the searched name of their place -> each place with its own.

    What has no id belongs to the one place of that name, where there is just one."""
    named: dict[str, dict[str, list[Said]]] = {}
    for one, key in statements:
        where = one.claim.where
        assert where is not None  # control is always of a place
        named.setdefault(key, {}).setdefault(where.id or "", []).append(one)
    for groups in named.values():
        if len(groups) == 2 and "" in groups:
            loose = groups.pop("")
            next(iter(groups.values())).extend(loose)
        for group in groups.values():
            place = next(
                (one.claim.where for one in group if one.claim.where and one.claim.where.id), group[0].claim.where
            )
            assert place is not None
            yield place, group
