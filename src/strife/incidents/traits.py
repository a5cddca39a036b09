"""What rules out that two groups of clauses tell one incident: days too far apart, or two different places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from strife.incidents.likeness import SIEGE
from strife.incidents.places import place_relation
from strife.incidents.telling import Telling
from strife.records import Place


@dataclass(frozen=True, slots=True)
class Traits:
    """`first` is the latest day that any member begins on, `last` the earliest that any ends on; `places` are different in
    name or id, and all of them may be one."""

    first: date | None
    last: date | None
    places: tuple[Place, ...]

    def clashes(self, other: Traits) -> bool:
        """Whether the two rule each other out."""
        return self._long_apart(other) or self.elsewhere(other)

    def _long_apart(self, other: Traits) -> bool:
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return False
        return max(self.first, other.first) - min(self.last, other.last) > SIEGE

    def elsewhere(self, other: Traits) -> bool:
        """Whether a place of one cannot be a place of the other."""
        return any(place_relation(here, there) == "apart" for here in self.places for there in other.places)

    def joined(self, other: Traits) -> Traits:
        """What both together have established."""
        firsts = [first for first in (self.first, other.first) if first is not None]
        lasts = [last for last in (self.last, other.last) if last is not None]
        known = {(place.id, place.quote) for place in self.places}
        new = tuple(place for place in other.places if (place.id, place.quote) not in known)
        return Traits(max(firsts, default=None), min(lasts, default=None), self.places + new)


def traits_of(telling: Telling) -> Traits:
    """What one clause establishes."""
    places = (telling.place,) if telling.here and telling.place is not None else ()
    return Traits(telling.first, telling.last, places)
