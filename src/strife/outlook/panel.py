"""A panel: how many there were in each unit and period, and what of it was known when."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from strife.errors import Unknown
from strife.outlook.periods import Frequency, first_day, label, last_day, number_of

Array = NDArray[np.float64]
Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Figures:
    """Every state of every figure: unit and period (by position), the day (ordinal) it was known, the value."""

    unit: Index
    period: Index
    known: Index
    value: Array


@dataclass(frozen=True)
class Panel:
    """Counts of `units` (columns) in months or weeks in a row (rows); NaN where nothing is known.

    `first` is the number of the first period. `figures` holds what was known when; without it a figure counts as known when its
    period has ended, and never changed. `notes` are doubts that users should hear."""

    name: str
    units: tuple[str, ...]
    frequency: Frequency
    first: int
    values: Array
    what: str = "count"
    figures: Figures | None = None
    notes: tuple[str, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.values)

    def label(self, row: int) -> str:
        """The name of a period, also of one after the end: 2024-05, or the Monday of a week."""
        return label(self.first + row, self.frequency)

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of all periods."""
        return tuple(self.label(row) for row in range(len(self)))

    def row(self, day: date) -> int:
        """The row of the period that a day is in; may lie before the first or after the last."""
        return number_of(day, self.frequency) - self.first

    def begins(self, row: int) -> date:
        """The first day of a period."""
        return first_day(self.first + row, self.frequency)

    def ends(self, row: int) -> date:
        """The last day of a period."""
        return last_day(self.first + row, self.frequency)

    def column(self, unit: str) -> int:
        """The column of a unit: by its name, an ISO code, or another name of the country. Unknown where there is none."""
        found = find_unit(self.units, unit)
        if found is None:
            near = ", ".join(self.units[:8]) + (" …" if len(self.units) > 8 else "")
            raise Unknown(f"{unit!r}: is no unit of {self.name}; it has {near}")
        return found

    @functools.cached_property
    def known_from(self) -> tuple[date, ...]:
        """For each period the day on which its first figures were known; never before it has ended."""
        ends = [self.ends(row).toordinal() for row in range(len(self))]
        if self.figures is not None:
            first = np.full(len(self), np.iinfo(np.int64).max)
            np.minimum.at(first, self.figures.period, self.figures.known)
            ends = [max(end, int(day)) if day < 10**7 else end for end, day in zip(ends, first, strict=True)]
        return tuple(date.fromordinal(day) for day in ends)

    def as_of(self, day: date) -> Panel:
        """What was known on a day: the periods that had ended, each figure in its newest state of then."""
        if self.figures is None:
            rows = sum(1 for row in range(len(self)) if self.ends(row) <= day)
            return replace(self, values=self.values[:rows])
        one = self.figures
        seen = one.known <= day.toordinal()
        rows = int(one.period[seen].max()) + 1 if seen.any() else 0
        rows = min(rows, sum(1 for row in range(len(self)) if self.ends(row) <= day))
        seen &= one.period < rows
        order = np.argsort(one.known[seen], kind="stable")
        unit, period, value = (part[seen][order] for part in (one.unit, one.period, one.value))
        values = np.full((rows, len(self.units)), np.nan)
        values[period, unit] = value  # of several states the newest is written last
        return replace(self, values=values, figures=None)


ABBREVIATED = {"s": "south", "n": "north", "e": "east", "w": "west", "st": "saint", "&": "and"}
PASSED_OVER = frozenset({"the", "of", "and"})


def find_unit(units: Sequence[str], asked: str) -> int | None:
    """The position of a unit by its name, whatever the case, or by a code or another name of the country; None if not there."""
    from strife.exchange.countries import countries

    folded = [unit.casefold().strip() for unit in units]
    if asked.casefold().strip() in folded:
        return folded.index(asked.casefold().strip())
    begun = [number for number, unit in enumerate(folded) if unit.startswith(f"{asked.casefold().strip()} ")]
    if len(begun) == 1:  # "Idlib" for "Idlib Governorate"
        return begun[0]
    table = countries()
    country = table.by_name(asked) or table.by_name(asked.upper())
    if country is None:
        return None
    same = (number for number, unit in enumerate(units) if table.by_name(unit) is country)
    names = [_words(name) for name, one in table.named.items() if one is country]
    short = (number for number, unit in enumerate(units) if any(_shortens(_words(unit), name) for name in names))
    return next(same, next(short, None))


def _words(name: str) -> list[str]:
    words = [ABBREVIATED.get(word.rstrip("."), word) for word in name.casefold().replace(",", " ").split()]
    return [word for word in words if word not in PASSED_OVER]


def _shortens(given: list[str], whole: list[str]) -> bool:
    """Whether a name with points in it stands for another: "dem. rep. congo" for "democratic republic of the congo"."""
    if len(given) != len(whole) or not given:
        return False
    return all(
        long.startswith(short.rstrip(".")) if short.endswith(".") else long == short
        for short, long in zip(given, whole, strict=True)
    )
