"""Stretches of the calendar: the first and last day of weeks, months, seasons and years, and how to step between them.

Weeks are ISO weeks (Monday to Sunday); seasons are those of the northern half of the globe, winter from December
to February.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from strife.mentions.tense import Direction
from strife.mentions.timewords import Unit
from strife.records import DatePrecision

DAY = timedelta(days=1)
SLACK = timedelta(days=7)  # a publication date may lie some days before the day a text tells of
PRECISION: dict[Unit, DatePrecision] = {
    "hour": "day",
    "day": "day",
    "week": "week",
    "weekend": "day",
    "month": "month",
    "quarter": "season",
    "year": "year",
    "decade": "decade",
}
FINENESS: tuple[DatePrecision, ...] = ("day", "week", "month", "season", "year", "decade", "unknown")
# how far a vague number of units reaches ("in recent weeks"), and so how precise it is
REACH: dict[Unit, tuple[Unit, int]] = {
    "hour": ("day", 1),
    "day": ("week", 1),
    "week": ("month", 1),
    "weekend": ("month", 1),
    "month": ("year", 1),
    "quarter": ("year", 1),
    "year": ("decade", 1),
    "decade": ("decade", 10),
}


@dataclass(frozen=True, slots=True)
class Period:
    """Days `start` to `end` inclusive, and how precise the text was."""

    start: date
    end: date
    precision: DatePrecision


def day(year: int, month: int, number: int) -> Period:
    """One day; the whole month where it has no such day."""
    if number > calendar.monthrange(year, month)[1]:
        return month_of(year, month)
    here = date(year, month, number)
    return Period(here, here, "day")


def one_day(here: date) -> Period:
    """A day as a period."""
    return Period(here, here, "day")


def months(year: int, month: int, count: int, precision: DatePrecision) -> Period:
    """Whole months from one on; `month` may run over the end of the year."""
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return Period(first, step(first, "month", count) - DAY, precision)


def month_of(year: int, month: int) -> Period:
    """A month; `month` may run over the end of the year."""
    return months(year, month, 1, "month")


def season_of(year: int, index: int) -> Period:
    """Spring (0) to winter (3); the winter of a year begins in its December."""
    return months(year, 3 + 3 * index, 3, "season")


def unit_of(here: date, unit: Unit) -> Period:
    """The week, month, year … that a day lies in; for "weekend" the one of its week."""
    if unit in ("week", "weekend"):
        monday = here - here.weekday() * DAY
        sunday = monday + 6 * DAY
        return Period(monday, sunday, "week") if unit == "week" else Period(sunday - DAY, sunday, "day")
    if unit == "month":
        return month_of(here.year, here.month)
    if unit == "quarter":
        return months(here.year, (here.month - 1) // 3 * 3 + 1, 3, "season")
    if unit == "year":
        return months(here.year, 1, 12, "year")
    if unit == "decade":
        return months(here.year // 10 * 10, 1, 120, "decade")
    return one_day(here)


def step(here: date, unit: Unit, count: int) -> date:
    """The day so many units later (earlier where negative); ends of months are kept within the month."""
    if unit in ("hour", "day"):
        return here + (count * DAY if unit == "day" else timedelta(days=round(count / 24)))
    if unit in ("week", "weekend"):
        return here + 7 * count * DAY
    total = here.year * 12 + here.month - 1 + count * {"month": 1, "quarter": 3, "year": 12}.get(unit, 120)
    year, month = divmod(total, 12)
    return date(year, month + 1, min(here.day, calendar.monthrange(year, month + 1)[1]))


def weekday_from(here: date, weekday: int, towards: Direction) -> date:
    """The next such weekday from a day on (or the last one up to it), the day itself included."""
    back = (here.weekday() - weekday) % 7
    return here - back * DAY if towards == "past" else here + (7 - back) % 7 * DAY


def nearest(periods: Iterable[Period], today: date, direction: Direction | None) -> Period:
    """The latest period not after today (past), the earliest not before it (future), or whichever is closest."""
    choices = sorted(periods, key=lambda one: one.start)
    slack = SLACK if choices[0].precision == "day" else timedelta(0)
    if direction == "past":
        return next((one for one in reversed(choices) if one.start <= today + slack), choices[0])
    if direction == "future":
        return next((one for one in choices if one.end >= today - slack), choices[-1])
    return min(choices, key=lambda one: max((one.start - today).days, (today - one.end).days, 0))
