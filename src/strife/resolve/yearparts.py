"""Parts of the year: seasons, quarters, halves, weeks of months, decades, feasts and wars."""

from __future__ import annotations

from dataclasses import replace

from strife.mentions.timewords import TimeExpression, Unit
from strife.resolve.calendar import (
    DAY,
    PRECISION,
    REACH,
    Period,
    day,
    months,
    nearest,
    season_of,
    step,
    unit_of,
    weekday_from,
)
from strife.resolve.feasts import feasts_of
from strife.resolve.view import AROUND, STEP, TOLD, View, anchor_for, calendar_day, told, which_of, year_meant
from strife.resolve.wars import war_period


def season_period(expression: TimeExpression, view: View) -> Period | None:
    """ "Last summer", "that autumn", "the spring of 2012"."""
    index, year = expression.month or 0, year_meant(expression, view)
    if year:
        return season_of(year, index)
    if expression.which in TOLD:
        return told(lambda one: season_of(one, index), expression.which, view)
    if view.today is None:
        return None
    choices = [season_of(view.today.year + n, index) for n in AROUND]
    if expression.which:
        return which_of(choices, expression.which, view.today)
    return nearest(choices, view.today, view.direction)


def quarter_period(expression: TimeExpression, view: View) -> Period | None:
    """ "The third quarter of 2012"; negative is the last."""
    number, year = expression.count or 1, year_meant(expression, view)
    if year:
        return months(year, 3 * (4 if number < 0 else number) - 2, 3, "season")
    if view.today is None:
        return None
    if number < 0:  # "the last quarter"
        return unit_of(step(view.today, "quarter", -1), "quarter")
    choices = [months(view.today.year + n, 3 * number - 2, 3, "season") for n in AROUND]
    return nearest(choices, view.today, view.direction)


def half_period(expression: TimeExpression, view: View) -> Period | None:
    """ "The first half of 2014", "the second half of June"."""
    number, year = expression.count or 1, year_meant(expression, view)
    if expression.month:  # half a month is given as the month: no day is named
        return calendar_day(replace(expression, kind="calendar"), view)
    return months(year, 6 * number - 5, 6, "season") if year else None


def week_period(expression: TimeExpression, view: View) -> Period | None:
    """ "The last week of March"."""
    month = calendar_day(replace(expression, kind="calendar"), view)
    if month is None:
        return None
    number = expression.count or 1
    # a week belongs to the month in which most of it lies, that is its Thursday
    thursday = weekday_from(month.end, 3, "past") if number < 0 else weekday_from(month.start, 3, "future")
    return unit_of(thursday + 7 * max(number - 1, 0) * DAY, "week")


def decade_period(expression: TimeExpression, _view: View) -> Period | None:
    """ "The 1990s"."""
    return months(expression.year, 1, 120, "decade") if expression.year else None


def feast_period(expression: TimeExpression, view: View) -> Period | None:
    """The feast of the year named, or the one before or after today that the clause is about."""
    year = year_meant(expression, view)
    if year:
        return next(iter(feasts_of(expression.word, year)), None) or months(year, 1, 12, "year")
    if view.today is None:
        return None
    choices = [one for n in AROUND for one in feasts_of(expression.word, view.today.year + n)]
    if not choices:
        return None
    if expression.which in ("last", "next", "this"):
        return which_of(choices, expression.which, view.today)
    return nearest(choices, view.today, view.direction)


def war_span(expression: TimeExpression, _view: View) -> Period | None:
    """ "During World War II"."""
    return war_period(expression.word)


def month_day(expression: TimeExpression, view: View) -> Period | None:
    """A day of a month that is told elsewhere: the one named before, else this month or the one beside it."""
    number, which = expression.day or 1, expression.which
    if which in ("last", "this", "next"):
        here = step(view.today, "month", STEP[which]) if view.today else None
        return day(here.year, here.month, number) if here else None
    anchor = anchor_for("month", view)
    if anchor:
        here = step(anchor.start, "month", STEP[which or "same"])
        return day(here.year, here.month, number)
    if view.today is None or which in ("previous", "following"):
        return None
    around = [step(view.today, "month", n) for n in AROUND]
    choices = [one for one in (day(here.year, here.month, number) for here in around) if one.precision == "day"]
    if view.direction == "future":
        return next((one for one in choices if one.start >= view.today), None)
    return next((one for one in reversed(choices) if one.start <= view.today), None)


def part_period(expression: TimeExpression, view: View) -> Period | None:
    """So many days, weeks or months at the beginning or end of a month or year; a few days are taken for a week."""
    base = calendar_day(replace(expression, kind="calendar"), view)
    if base is None:
        return None
    unit, count = expression.unit or "day", expression.count
    if count is None:
        return _tip(base, *REACH[unit], last=expression.word == "last")
    return _tip(base, unit, abs(count), last=count < 0)


def _tip(base: Period, unit: Unit, count: int, *, last: bool) -> Period:
    """The first or last units of a stretch; all of it where it is not longer."""
    start, end = (
        (step(base.end + DAY, unit, -count), base.end) if last else (base.start, step(base.start, unit, count) - DAY)
    )
    if start < base.start or end > base.end:
        return base
    return Period(start, end, PRECISION[unit])
