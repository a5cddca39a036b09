"""From a time expression and the day it is seen from to the stretch of the calendar it means, if that can be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeGuard

from strife.mentions.timewords import TimeExpression, Unit
from strife.records import DatePrecision
from strife.resolve.calendar import (
    DAY,
    FINENESS,
    PRECISION,
    REACH,
    SLACK,
    Period,
    day,
    one_day,
    step,
    unit_of,
    weekday_from,
)
from strife.resolve.view import STEP, View, anchor_for, calendar_day
from strife.resolve.yearparts import (
    decade_period,
    feast_period,
    half_period,
    month_day,
    part_period,
    quarter_period,
    season_period,
    war_span,
    week_period,
)


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
    if kind in ("weekday", "clock", "deictic", "monthday"):
        return "day"
    if kind in ("season", "quarter", "half"):
        return "season"
    if kind == "feast":
        return "day" if expression.day else "unknown"
    if kind == "war":
        return "year"
    if kind == "week" or kind == "decade":
        return "week" if kind == "week" else "decade"
    unit = expression.unit or "day"
    vague = kind in ("window", "shift") and expression.count is None
    return PRECISION[REACH[unit][0] if vague else unit]


def is_explicit(expression: TimeExpression) -> bool:
    """Whether the words alone fix the date."""
    if expression.kind == "war":
        return True
    return expression.year is not None and expression.year_which is None


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
        start = view.anchor.start + (0 if which == "same" else STEP[which]) * DAY
        return one_day(weekday_from(start, expression.weekday, "past" if which == "previous" else "future"))
    if view.today is None:
        return None
    if expression.unit == "week":
        monday = unit_of(view.today, "week").start + 7 * STEP[which or "this"] * DAY
        return one_day(monday + expression.weekday * DAY)
    if which == "last":
        return one_day(weekday_from(view.today - DAY, expression.weekday, "past"))
    if which == "next":
        return one_day(weekday_from(view.today + DAY, expression.weekday, "future"))
    return one_day(weekday_from(view.today, expression.weekday, view.direction or "past"))


def _deictic(expression: TimeExpression, view: View) -> Period | None:
    if expression.word == "overnight" and view.today:  # from one day into the next, and nobody says which side
        return Period(view.today - DAY, view.today, "day")
    return one_day(view.today + (expression.count or 0) * DAY) if view.today else None


def _unit(expression: TimeExpression, view: View) -> Period | None:
    if view.today is None or expression.unit is None:
        return None
    if expression.which is None and expression.unit == "weekend":  # "over the weekend"
        weekend = unit_of(view.today, "weekend")
        past = view.direction != "future" and weekend.start > view.today
        return unit_of(step(view.today, "week", -1), "weekend") if past else weekend
    return unit_of(step(view.today, expression.unit, STEP[expression.which or "this"]), expression.unit)


def _anchored(expression: TimeExpression, view: View) -> Period | None:
    unit, which = expression.unit or "day", expression.which or "same"
    anchor = anchor_for(unit, view)
    if anchor is None and _is_feast(view.anchor) and which in ("previous", "following"):
        return _moved(view.anchor, unit, STEP[which])
    if which == "this" and view.today and view.direction == "future":  # "by the end of the year"
        return unit_of(view.today, unit)
    if anchor is None:  # "later in the day" is the day of the report where the text names no other
        return unit_of(view.today, unit) if which == "this" and view.today else None
    return unit_of(step(anchor.end if which == "following" else anchor.start, unit, STEP[which]), unit)


def _is_feast(anchor: Period | None) -> TypeGuard[Period]:
    """Whether a period is some days of which nobody knows which it was: a feast that hangs on the moon."""
    return anchor is not None and anchor.precision == "week" and (anchor.end - anchor.start).days < 6


def _moved(anchor: Period, unit: Unit, count: int) -> Period:
    """Before the first of such days or after the last of them."""
    first = step(anchor.start if count < 0 else anchor.end - DAY, unit, count)
    return Period(first, first + DAY, "week")


def _window(expression: TimeExpression, view: View) -> Period | None:
    """So many units up to now or from now on; a vague number reaches as far as the next larger unit."""
    unit, which = expression.unit or "day", expression.which or "last"
    here = view.today
    if which in ("previous", "following", "same"):
        anchor = anchor_for(unit, view)
        here = anchor.start if anchor else None
    if here is None:
        return None
    size, count = REACH[unit] if expression.count is None else (unit, expression.count)
    forward = which in ("next", "following")
    there = step(here, size, count if forward else -count)
    return Period(min(here, there), max(here, there), PRECISION[size])


def _shift(expression: TimeExpression, view: View) -> Period | None:
    unit = expression.unit or "day"
    anchor = anchor_for(unit, view) if expression.text_anchor else None
    base = anchor.start if anchor else None if expression.text_anchor else view.today
    if base is None:
        count = expression.count
        return _moved(view.anchor, unit, count) if count and expression.text_anchor and _is_feast(view.anchor) else None
    if expression.count is None:
        size, count = REACH[unit]
        there = step(base, size, -count if expression.word == "back" else count)
        return Period(min(base, there), max(base, there), PRECISION[size])
    stepped = step(base, unit, expression.count)
    # "a decade ago" is about ten years ago, not some time in the decade before
    return replace(unit_of(stepped, "year"), precision="decade") if unit == "decade" else unit_of(stepped, unit)


def _ahead(expression: TimeExpression, view: View) -> Period | None:
    if view.today is None:
        return None
    unit = expression.unit or "day"
    size, count = REACH[unit] if expression.count is None else (unit, expression.count)
    there = step(view.today, size, count)
    if expression.word == "within" or expression.count is None:
        return Period(view.today, there, PRECISION[size])
    return unit_of(there, unit)


def _again(expression: TimeExpression, view: View) -> Period | None:
    """What was told of, or this day or month where nothing was, a year earlier or later."""
    anchor, unit = view.anchor, expression.unit
    if anchor is None or (unit and FINENESS.index(anchor.precision) > FINENESS.index(PRECISION[unit])):
        anchor = one_day(view.today) if view.today else None
    if anchor is None:
        return None
    unit = unit or ("quarter" if anchor.precision == "season" else "month")
    return unit_of(step(anchor.start, "year", expression.count or -1), unit)


def _clock(_expression: TimeExpression, view: View) -> Period | None:
    anchor = anchor_for("day", view)
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
    "calendar": calendar_day,
    "numeric": _numeric,
    "weekday": _weekday,
    "deictic": _deictic,
    "unit": _unit,
    "anchored": _anchored,
    "window": _window,
    "shift": _shift,
    "ahead": _ahead,
    "season": season_period,
    "quarter": quarter_period,
    "half": half_period,
    "week": week_period,
    "decade": decade_period,
    "feast": feast_period,
    "clock": _clock,
    "range": _range,
    "war": war_span,
    "monthday": month_day,
    "part": part_period,
    "again": _again,
}
