"""From where a time expression is seen, and the day, month or year it means from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from strife.mentions.tense import Direction
from strife.mentions.timewords import TimeExpression, Unit, Which
from strife.resolve.calendar import FINENESS, PRECISION, Period, day, month_of, months, nearest

AROUND = range(-1, 2)  # a date without year lies in last year, this year or the next
TOLD: tuple[Which, ...] = ("same", "previous", "following")  # seen from the story, not from today
STEP: dict[Which, int] = {"last": -1, "this": 0, "next": 1, "previous": -1, "same": 0, "following": 1}


@dataclass(frozen=True, slots=True)
class View:
    """From where an expression is seen: the day of publication, a date in the text, and the direction of the clause."""

    today: date | None = None
    anchor: Period | None = None
    direction: Direction | None = None


def year_meant(expression: TimeExpression, view: View) -> int | None:
    """The year an expression names, or points at ("July of last year", "June that year")."""
    which = expression.year_which
    if expression.year or which is None:
        return expression.year
    if which in ("last", "this", "next"):
        return view.today.year + STEP[which] if view.today else None
    return view.anchor.start.year + STEP[which] if view.anchor else None


def told(stretch: Callable[[int], Period], which: Which | None, view: View) -> Period | None:
    """ "That June", "the following spring": seen from a date in the text."""
    anchor = view.anchor
    if anchor is None:
        return None
    choices = [stretch(anchor.start.year + n) for n in AROUND]
    if which == "following":
        return next((one for one in choices if one.start > anchor.start), None)
    if which == "previous":
        return next((one for one in reversed(choices) if one.end < anchor.start), None)
    if anchor.precision in ("day", "week", "month"):
        return min(choices, key=lambda one: max((one.start - anchor.end).days, (anchor.start - one.end).days, 0))
    return choices[1]


def which_of(choices: list[Period], which: Which, today: date) -> Period:
    """ "Last July", "next winter", "this spring" among the same stretch of several years."""
    if which in ("last", "previous"):
        return nearest([one for one in choices if one.end < today], today, "past")
    if which in ("next", "following"):
        return nearest([one for one in choices if one.start > today], today, "future")
    return nearest(choices, today, None)


def anchor_for(unit: Unit, view: View) -> Period | None:
    """The date in the text, where it is fine enough to count such units from."""
    if view.anchor is None or FINENESS.index(view.anchor.precision) > FINENESS.index(PRECISION[unit]):
        return None
    return view.anchor


def calendar_day(expression: TimeExpression, view: View) -> Period | None:
    """A day, month or year as the calendar has it; without a year the one that the clause is about."""
    year, month = year_meant(expression, view), expression.month
    if month is None:
        return months(year, 1, 12, "year") if year else None
    if year:
        return day(year, month, expression.day) if expression.day else month_of(year, month)
    if expression.which in TOLD and not expression.day:
        return told(lambda year: month_of(year, month), expression.which, view)
    if view.today is None:
        return None
    here = view.today
    if expression.which in ("last", "this", "next") and not expression.day:
        return which_of([month_of(here.year + n, month) for n in AROUND], expression.which, here)
    around = range(-3, 4) if expression.weekday is not None else AROUND
    choices = [
        day(here.year + n, month, expression.day) if expression.day else month_of(here.year + n, month) for n in around
    ]
    if expression.weekday is not None:
        choices = [one for one in choices if one.start.weekday() == expression.weekday] or choices
        return nearest(choices, here, None)
    return nearest(choices, here, view.direction)
