"""From a time expression and the day it is seen from to the stretch of the calendar it means, if that can be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from strife.mentions.tense import Direction
from strife.mentions.timewords import TimeExpression, Unit, Which
from strife.records import DatePrecision
from strife.resolve.calendar import (
    DAY,
    FINENESS,
    PRECISION,
    REACH,
    SLACK,
    Period,
    day,
    month_of,
    months,
    nearest,
    one_day,
    season_of,
    step,
    unit_of,
)

_AROUND = range(-1, 2)  # a date without year lies in last year, this year or the next
_STEP: dict[Which, int] = {"last": -1, "this": 0, "next": 1, "previous": -1, "same": 0, "following": 1}


@dataclass(frozen=True, slots=True)
class View:
    """From where an expression is seen: the day of publication, a date in the text, and the direction of the clause."""

    today: date | None = None
    anchor: Period | None = None
    direction: Direction | None = None


def period_of(expression: TimeExpression, view: View) -> Period | None:
    """The days an expression means, seen from there; None where there is nothing to count from."""
    try:
        return _RESOLVERS[expression.kind](expression, view)
    except (ValueError, OverflowError):  # before year 1 or after year 9999: "10,000 years ago"
        return None


def precision_of(expression: TimeExpression) -> DatePrecision:
    """How precise an expression is by its words, wherever it lies."""
    kind = expression.kind
    if kind in ("calendar", "range", "numeric"):
        unit = expression.unit or ("day" if expression.day else "month" if expression.month is not None else "year")
        return "day" if expression.weekday is not None else PRECISION[unit]
    if kind in ("weekday", "clock", "deictic"):
        return "day"
    if kind in ("season", "quarter", "half"):
        return "season"
    if kind == "feast":
        return "day" if expression.day else "unknown"
    if kind == "week" or kind == "decade":
        return "week" if kind == "week" else "decade"
    unit = expression.unit or "day"
    vague = kind in ("window", "shift") and expression.count is None
    return PRECISION[REACH[unit][0] if vague else unit]


def is_explicit(expression: TimeExpression) -> bool:
    """Whether the words alone fix the date."""
    return expression.year is not None and expression.year_which is None


def _year(expression: TimeExpression, view: View) -> int | None:
    """The year an expression names, or points at ("July of last year", "June that year")."""
    which = expression.year_which
    if expression.year or which is None:
        return expression.year
    if which in ("last", "this", "next"):
        return view.today.year + _STEP[which] if view.today else None
    return view.anchor.start.year + _STEP[which] if view.anchor else None


def _calendar(expression: TimeExpression, view: View) -> Period | None:
    year, month = _year(expression, view), expression.month
    if month is None:
        return months(year, 1, 12, "year") if year else None
    if year:
        return day(year, month, expression.day) if expression.day else month_of(year, month)
    if view.today is None:
        return None
    here = view.today
    if expression.which and not expression.day:
        return _which_of([month_of(here.year + n, month) for n in _AROUND], expression.which, here)
    around = range(-3, 4) if expression.weekday is not None else _AROUND
    choices = [
        day(here.year + n, month, expression.day) if expression.day else month_of(here.year + n, month) for n in around
    ]
    if expression.weekday is not None:
        choices = [one for one in choices if one.start.weekday() == expression.weekday] or choices
        return nearest(choices, here, None)
    return nearest(choices, here, view.direction)


def _which_of(choices: list[Period], which: Which, today: date) -> Period:
    """ "Last July", "next winter", "this spring" among the same stretch of several years."""
    if which in ("last", "previous"):
        return nearest([one for one in choices if one.end < today], today, "past")
    if which in ("next", "following"):
        return nearest([one for one in choices if one.start > today], today, "future")
    return nearest(choices, today, None)


def _numeric(expression: TimeExpression, view: View) -> Period | None:
    """A date in figures. Where day and month may be swapped, publication decides, else both readings are spanned."""
    assert expression.year
    assert expression.month
    assert expression.day
    one = day(expression.year, expression.month, expression.day)
    if expression.other is None:
        return one
    two = day(expression.year, *expression.other)
    if view.today:
        close = [reading for reading in (one, two) if abs(reading.start - view.today) <= SLACK]
        if len(close) == 1:
            return close[0]
    return Period(min(one.start, two.start), max(one.end, two.end), "month")


def _weekday(expression: TimeExpression, view: View) -> Period | None:
    assert expression.weekday is not None
    which = expression.which
    if which in ("same", "previous", "following"):
        if view.anchor is None or view.anchor.precision not in ("day", "week"):
            return None
        start = view.anchor.start + (0 if which == "same" else _STEP[which]) * DAY
        return one_day(_weekday_from(start, expression.weekday, "past" if which == "previous" else "future"))
    if view.today is None:
        return None
    if expression.unit == "week":
        monday = unit_of(view.today, "week").start + 7 * _STEP[which or "this"] * DAY
        return one_day(monday + expression.weekday * DAY)
    if which == "last":
        return one_day(_weekday_from(view.today - DAY, expression.weekday, "past"))
    if which == "next":
        return one_day(_weekday_from(view.today + DAY, expression.weekday, "future"))
    return one_day(_weekday_from(view.today, expression.weekday, view.direction or "past"))


def _weekday_from(here: date, weekday: int, towards: Direction) -> date:
    """The next such weekday from a day on (or the last one up to it), the day itself included."""
    back = (here.weekday() - weekday) % 7
    return here - back * DAY if towards == "past" else here + (7 - back) % 7 * DAY


def _deictic(expression: TimeExpression, view: View) -> Period | None:
    return one_day(view.today + (expression.count or 0) * DAY) if view.today else None


def _unit(expression: TimeExpression, view: View) -> Period | None:
    if view.today is None or expression.unit is None:
        return None
    return unit_of(step(view.today, expression.unit, _STEP[expression.which or "this"]), expression.unit)


def _anchor_for(unit: Unit, view: View) -> Period | None:
    """The date in the text, where it is fine enough to count such units from."""
    if view.anchor is None or FINENESS.index(view.anchor.precision) > FINENESS.index(PRECISION[unit]):
        return None
    return view.anchor


def _anchored(expression: TimeExpression, view: View) -> Period | None:
    unit, which = expression.unit or "day", expression.which or "same"
    anchor = _anchor_for(unit, view)
    if anchor is None:  # "later in the day" is the day of the report where the text names no other
        return unit_of(view.today, unit) if which == "this" and view.today else None
    return unit_of(step(anchor.end if which == "following" else anchor.start, unit, _STEP[which]), unit)


def _window(expression: TimeExpression, view: View) -> Period | None:
    """So many units up to now or from now on; a vague number reaches as far as the next larger unit."""
    unit, which = expression.unit or "day", expression.which or "last"
    here = view.today
    if which in ("previous", "following", "same"):
        anchor = _anchor_for(unit, view)
        here = anchor.start if anchor else None
    if here is None:
        return None
    size, count = REACH[unit] if expression.count is None else (unit, expression.count)
    forward = which in ("next", "following")
    there = step(here, size, count if forward else -count)
    return Period(min(here, there), max(here, there), PRECISION[size])


def _shift(expression: TimeExpression, view: View) -> Period | None:
    unit = expression.unit or "day"
    anchor = _anchor_for(unit, view) if expression.text_anchor else None
    base = anchor.start if anchor else None if expression.text_anchor else view.today
    if base is None:
        return None
    if expression.count is None:
        size, count = REACH[unit]
        there = step(base, size, -count if expression.word == "back" else count)
        return Period(min(base, there), max(base, there), PRECISION[size])
    return unit_of(step(base, unit, expression.count), unit)


def _ahead(expression: TimeExpression, view: View) -> Period | None:
    if view.today is None:
        return None
    unit = expression.unit or "day"
    size, count = REACH[unit] if expression.count is None else (unit, expression.count)
    there = step(view.today, size, count)
    if expression.word == "within" or expression.count is None:
        return Period(view.today, there, PRECISION[size])
    return unit_of(there, unit)


def _season(expression: TimeExpression, view: View) -> Period | None:
    index, year = expression.month or 0, _year(expression, view)
    if year:
        return season_of(year, index)
    if view.today is None:
        return None
    choices = [season_of(view.today.year + n, index) for n in _AROUND]
    if expression.which:
        return _which_of(choices, expression.which, view.today)
    return nearest(choices, view.today, view.direction)


def _quarter(expression: TimeExpression, view: View) -> Period | None:
    number, year = expression.count or 1, _year(expression, view)
    if year:
        return months(year, 3 * (4 if number < 0 else number) - 2, 3, "season")
    if view.today is None:
        return None
    if number < 0:  # "the last quarter"
        return unit_of(step(view.today, "quarter", -1), "quarter")
    choices = [months(view.today.year + n, 3 * number - 2, 3, "season") for n in _AROUND]
    return nearest(choices, view.today, view.direction)


def _half(expression: TimeExpression, view: View) -> Period | None:
    number, year = expression.count or 1, _year(expression, view)
    if expression.month:  # half a month is given as the month: no day is named
        return _calendar(replace(expression, kind="calendar"), view)
    return months(year, 6 * number - 5, 6, "season") if year else None


def _week(expression: TimeExpression, view: View) -> Period | None:
    month = _calendar(replace(expression, kind="calendar"), view)
    if month is None:
        return None
    number = expression.count or 1
    # a week belongs to the month in which most of it lies, that is its Thursday
    thursday = _weekday_from(month.end, 3, "past") if number < 0 else _weekday_from(month.start, 3, "future")
    return unit_of(thursday + 7 * max(number - 1, 0) * DAY, "week")


def _decade(expression: TimeExpression, _view: View) -> Period | None:
    return months(expression.year, 1, 120, "decade") if expression.year else None


def _feast(expression: TimeExpression, view: View) -> Period | None:
    """Feasts with a fixed day; movable ones only as far as a year is named with them."""
    if expression.month and expression.day:
        return _calendar(replace(expression, kind="calendar"), view)
    year = _year(expression, view)
    return months(year, 1, 12, "year") if year else None


def _clock(_expression: TimeExpression, view: View) -> Period | None:
    anchor = _anchor_for("day", view)
    return anchor or (one_day(view.today) if view.today else None)


def _range(expression: TimeExpression, view: View) -> Period | None:
    """From the start of the first to the end of the second; the first lies before the second whatever the tense."""
    assert expression.until is not None
    first, last = replace(expression, kind=expression.opens or "calendar", until=None), expression.until
    end = period_of(last, view)
    if end is None:
        return None
    if first.kind == "calendar" and first.year is None and is_explicit(last):
        first = replace(first, year=last.year)
    start = period_of(first, View(end.start, view.anchor, "past"))
    if start is None or start.start > end.end:
        return None
    return Period(start.start, end.end, min(start.precision, end.precision, key=FINENESS.index))


_RESOLVERS: dict[str, Callable[[TimeExpression, View], Period | None]] = {
    "calendar": _calendar,
    "numeric": _numeric,
    "weekday": _weekday,
    "deictic": _deictic,
    "unit": _unit,
    "anchored": _anchored,
    "window": _window,
    "shift": _shift,
    "ahead": _ahead,
    "season": _season,
    "quarter": _quarter,
    "half": _half,
    "week": _week,
    "decade": _decade,
    "feast": _feast,
    "clock": _clock,
    "range": _range,
}
