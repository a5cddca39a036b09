"""Days that a passage names by itself, where the reader dated no claim of it: a weekday, or a day of a month. Pure."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

NAMES = "|".join(calendar.day_name)
MONTHS = "|".join(calendar.month_name[1:])
WEEKDAY = re.compile(rf"\b({NAMES})\b")
OF_MONTH = re.compile(rf"\b(?:(\d{{1,2}}) ({MONTHS})|({MONTHS}) (\d{{1,2}})(?!\d))\b")
WEEK = 7
HALF_YEAR = 183


def day_told(quote: str, published: date | None) -> date | None:
    """The day a report tells of: the day of a month nearest before publication, else the last weekday of that name."""
    if published is None:
        return None
    if (named := _of_month(quote, published)) is not None:
        return named if named <= published else None
    found = WEEKDAY.search(quote)
    if found is None:
        return None
    return published - timedelta(days=(published.weekday() - _number(found.group(1))) % WEEK)


def day_ahead(quote: str, said: date) -> date | None:
    """The day of a month that words about the future name; None where they name none, or one that is past."""
    named = _of_month(quote, said)
    return named if named is not None and named >= said else None


def _of_month(quote: str, near: date) -> date | None:
    """The day of the year in which it is nearest."""
    found = OF_MONTH.search(quote)
    if found is None:
        return None
    day, month = found.group(1) or found.group(4), found.group(2) or found.group(3)
    number = list(calendar.month_name).index(month)
    years = (near.year - 1, near.year, near.year + 1)
    days = [date(year, number, int(day)) for year in years if 1 <= int(day) <= calendar.monthrange(year, number)[1]]
    one = min(days, key=lambda other: abs((other - near).days), default=None)
    return one if one is not None and abs((one - near).days) <= HALF_YEAR else None


def _number(name: str) -> int:
    return list(calendar.day_name).index(name)
