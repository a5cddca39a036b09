"""When the wars were that reports date things by ("during World War II"): from first to last day of the fighting.

Dates as commonly given; what is disputed (when a war of years began) is below the precision that goes with them.
"""

from __future__ import annotations

from datetime import date

from strife.records import DatePrecision
from strife.resolve.calendar import Period

_WARS: dict[str, tuple[tuple[int, int, int], tuple[int, int, int], DatePrecision]] = {
    "world war i": ((1914, 7, 28), (1918, 11, 11), "year"),
    "world war ii": ((1939, 9, 1), (1945, 9, 2), "year"),
    "spanish civil war": ((1936, 7, 17), (1939, 4, 1), "year"),
    "korean war": ((1950, 6, 25), (1953, 7, 27), "year"),
    "six-day war": ((1967, 6, 5), (1967, 6, 10), "week"),
    "october war": ((1973, 10, 6), (1973, 10, 25), "month"),
    "iran-iraq war": ((1980, 9, 22), (1988, 8, 20), "year"),
    "falklands war": ((1982, 4, 2), (1982, 6, 14), "season"),
    "gulf war": ((1990, 8, 2), (1991, 2, 28), "year"),
    "rwandan genocide": ((1994, 4, 7), (1994, 7, 15), "season"),
}


def war_period(word: str) -> Period | None:
    """The days of a war by its name in `mentions.occasions`; None for others."""
    if word not in _WARS:
        return None
    first, last, precision = _WARS[word]
    return Period(date(*first), date(*last), precision)
