"""The values of a row: numbers, days, coordinates; what cannot be read is a BadCell that names the column."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from strife.exchange.problems import BadCell
from strife.records import Date, DatePrecision

Cells = Mapping[str, str]
MISSING = frozenset({"", "NA", "N/A", "NaN", "nan", "None", "NULL", "null"})
MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name}
LONG_DATE = re.compile(r"(\d{1,2})[ -]([A-Za-z]+)[ -](\d{4})")
DAY = timedelta(days=1)
SPANS: tuple[tuple[int, DatePrecision], ...] = ((1, "day"), (7, "week"), (31, "month"), (92, "season"))  # days
FORMULA = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def text_of(cells: Cells, column: str) -> str | None:
    """A cell's text, None where it is missing; the apostrophe by which a CSV keeps a formula from running is taken off."""
    value = cells.get(column, "").strip(" ")
    if value in MISSING:
        return None
    return value[1:] if value[0] == "'" and FORMULA.match(value) else value


def required_text(cells: Cells, column: str) -> str:
    """A cell's text; BadCell where it is missing."""
    value = text_of(cells, column)
    if value is None:
        raise BadCell(column, "is empty")
    return value


def whole_number(cells: Cells, column: str) -> int | None:
    """A cell as a whole number ("3" or "3.0"), None where it is missing."""
    value = text_of(cells, column)
    if value is None:
        return None
    try:
        number = int(value) if value.lstrip("-").isdecimal() else float(value)
        if number == int(number) and abs(number) < 1e15:
            return int(number)
    except (ValueError, OverflowError):
        pass
    raise BadCell(column, f"{value[:40]!r} is no whole number")


def count_of(cells: Cells, column: str) -> int | None:
    """A cell as a count: a whole number, not below 0."""
    number = whole_number(cells, column)
    if number is not None and number < 0:
        raise BadCell(column, f"{number} is below 0")
    return number


def one_of(cells: Cells, column: str, allowed: range) -> int:
    """A cell as one of the codes of a scale; BadCell where it is missing or none of them."""
    number = whole_number(cells, column)
    if number is None or number not in allowed:
        given = "is empty" if number is None else f"{number} is none of its codes"
        raise BadCell(column, f"{given}; they are {allowed.start} to {allowed.stop - 1}")
    return number


def position(cells: Cells, latitude: str, longitude: str) -> tuple[float | None, float | None]:
    """Latitude and longitude in degrees (WGS84), None where both are missing."""
    lat, lon = _degrees(cells, latitude, 90), _degrees(cells, longitude, 180)
    if (lat is None) != (lon is None):
        raise BadCell(latitude if lat is None else longitude, "is empty though the other coordinate is there")
    return lat, lon


def _degrees(cells: Cells, column: str, limit: int) -> float | None:
    value = text_of(cells, column)
    if value is None:
        return None
    try:
        number = float(value)
    except ValueError:
        raise BadCell(column, f"{value[:40]!r} is no number of degrees") from None
    if not -limit <= number <= limit:
        raise BadCell(column, f"{value[:40]} lies outside -{limit} to {limit} degrees")
    return number


def day_of(cells: Cells, column: str, today: date) -> date:
    """A cell as a day: 2016-01-31, with or without a time, 20160131, or 31 January 2016; BadCell where it is to come."""
    value = required_text(cells, column)
    day = _day(value)
    if day is None:
        raise BadCell(column, f"{value[:40]!r} is no date; write it as 2016-01-31")
    if day > today + DAY:  # a day's grace: somewhere it is tomorrow
        raise BadCell(column, f"{day.isoformat()} lies in the future")
    return day


@lru_cache(maxsize=8192)
def _day(value: str) -> date | None:
    try:
        if found := LONG_DATE.fullmatch(value):
            return date(int(found[3]), MONTHS.get(found[2].lower(), 0), int(found[1]))
        if len(value) > 10 and value[10] in " T":
            value = value[:10]
        return date.fromisoformat(value) if len(value) == 10 or value.isdecimal() and len(value) == 8 else None
    except ValueError:
        return None


def when(start: date, end: date, quote: str, precision: DatePrecision | None = None) -> Date:
    """The date of a row, precise as the days it spans unless said otherwise."""
    days = (end - start).days + 1
    spanned: DatePrecision = next((name for limit, name in SPANS if days <= limit), "year")
    return Date(
        start=start.isoformat(), end=end.isoformat(), precision=precision or spanned, quote=quote, basis="explicit"
    )


def values_of(text: str | None, separator: str) -> tuple[str, ...]:
    """The values of a cell that holds several, each once."""
    return tuple(dict.fromkeys(part.strip() for part in (text or "").split(separator) if part.strip()))
