"""Axes: days and numbers as places on a line, and where their marks stand."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days on a line from `left` to `right`."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where a day lies."""
        whole = max(1, (self.last - self.first).days)
        share = (day - self.first).days / whole
        return self.left + (self.right - self.left) * min(1.0, max(0.0, share))

    def ticks(self) -> Iterator[tuple[date, str]]:
        """Days that are marked, with their words; at most about one every 60 units."""
        most = max(2, int((self.right - self.left) / 60))
        span = (self.last - self.first).days
        if span <= most * 2:
            yield from self._days(max(1, math.ceil(span / most)))
        elif span / 7 <= most:
            yield from self._days(7)
        else:
            yield from self._months(most)

    def _days(self, step: int) -> Iterator[tuple[date, str]]:
        day, year = self.first, 0
        while day <= self.last:
            yield day, f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if day.year != year else "")
            year = day.year
            if (date.max - day).days < step:
                return
            day += timedelta(days=step)

    def _months(self, most: int) -> Iterator[tuple[date, str]]:
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        step = next((one for one in (1, 2, 3, 6) if months / one <= most), 12)
        if step == 12:
            step = 12 * nice(months / 12 / most)
        number = -(-(self.first.year * 12 + self.first.month - 1) // step) * step
        year = 0
        while number <= self.last.year * 12 + self.last.month - 1:
            day = date(number // 12, number % 12 + 1, 1)
            if day >= self.first:
                if step >= 12:
                    yield day, str(day.year)
                else:
                    yield day, MONTHS[day.month - 1] + (f" {day.year}" if day.year != year else "")
                    year = day.year
            number += step


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers on a line from `at zero` to `at top`; `root` draws them by their square roots, so that small ones are seen."""

    top: float
    zero: float
    end: float
    root: bool = False

    def at(self, value: float) -> float:
        """Where a number lies."""
        share = min(1.0, max(0.0, value / self.top)) if self.top > 0 else 0.0
        return self.zero + (self.end - self.zero) * (math.sqrt(share) if self.root else share)

    def ticks(self, most: int = 4) -> Iterator[float]:
        """Round numbers from 0 to the top."""
        step = float(nice(self.top / most))
        number = 0
        while number * step <= self.top * 1.0001:
            yield number * step
            number += 1


def nice(value: float) -> int:
    """The least of 1, 2, 5, 10, 20, 50 … that is not below a value."""
    if value <= 1:
        return 1
    size = 10 ** math.floor(math.log10(value))
    return next(int(one * size) for one in (1, 2, 5, 10) if one * size >= value * 0.9999)


def day_of(text: str) -> date | None:
    """The day of an ISO date; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
