"""When feasts fall: fixed days, movable ones worked out, lunisolar ones from small tables.

Islamic months begin when somebody has seen the moon, so often a day later than calculated, and not everywhere on the
same day: feasts of that calendar are given with the day after as well, and never as precise as a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from strife.mentions.occasions import FIXED
from strife.records import DatePrecision
from strife.resolve.calendar import DAY, Period, one_day

_EASTER = {  # days from Easter Sunday, and how many
    "easter": (0, 1),
    "easter monday": (1, 1),
    "easter saturday": (-1, 1),
    "easter weekend": (-2, 4),
    "good friday": (-2, 1),
    "maundy thursday": (-3, 1),
    "palm sunday": (-7, 1),
    "holy week": (-7, 7),
    "ash wednesday": (-46, 1),
    "pentecost": (49, 1),
}
_ISLAMIC = {  # month and day, how many days, precision
    "ramadan": (9, 1, 29, "month"),
    "muharram": (1, 1, 29, "month"),
    "eid al-fitr": (10, 1, 3, "week"),
    "eid al-adha": (12, 10, 4, "week"),
    "ashura": (1, 10, 1, "week"),
    "arbaeen": (2, 20, 1, "week"),
    "mawlid": (3, 12, 1, "week"),
}
_JEWISH = {"passover": (0, 8), "purim": (-30, 1), "rosh hashanah": (163, 2), "yom kippur": (172, 1), "sukkot": (177, 7)}
# Days from 1 January to the lunar new year, 1945 to 2050. Source: python-holidays 0.109 (MIT), calendars/chinese.py,
# after the tables of the Hong Kong Observatory; Tet is on the same day but for a few years.
_LUNAR_FROM = 1945
_LUNAR = (
    43, 32, 21, 40, 28, 47, 36, 26, 44, 33, 23, 42, 30, 48, 38, 27, 45, 35, 24, 43, 32, 20, 39, 29, 47, 36, 26, 45,
    33, 22, 41, 30, 48, 37, 27, 46, 35, 24, 43, 32, 50, 39, 28, 47, 36, 26, 45, 34, 22, 40, 30, 49, 37, 27, 46, 35,
    23, 42, 31, 21, 39, 28, 48, 37, 25, 44, 33, 22, 40, 30, 49, 38, 27, 46, 35, 24, 42, 31, 21, 40, 28, 47, 36, 25,
    43, 33, 22, 41, 30, 49, 38, 27, 45, 34, 23, 42, 31, 21, 40, 29, 47, 36, 25, 44, 32, 22,
)  # fmt: skip
# Days from 1 October to Diwali in India, 2001 to 2035. Source: python-holidays 0.109 (MIT), calendars/hindu.py.
_DIWALI_FROM = 2001
_DIWALI = (
    44, 34, 24, 42, 31, 20, 39, 27, 16, 35, 25, 43, 33, 22, 41, 29, 18, 37, 26, 44, 34, 23, 42, 30, 19, 38, 28, 16,
    35, 25, 44, 32, 21, 40, 29,
)  # fmt: skip


def feasts_of(word: str, year: int) -> list[Period]:
    """A feast's days in a year of the common calendar: none where it is not known, two where the moon brings it twice."""
    if word in FIXED:
        return [one_day(date(year, *FIXED[word]))]
    if word == "eid":
        return sorted((*_islamic("eid al-fitr", year), *_islamic("eid al-adha", year)), key=lambda one: one.start)
    if word in _ISLAMIC:
        return list(_islamic(word, year))
    found = _by_rule(word, year)
    return [found] if found else []


def _by_rule(word: str, year: int) -> Period | None:
    if word in _EASTER:
        first, length = _EASTER[word]
        start = easter(year, EASTER_WESTERN) + first * DAY
        return Period(start, start + (length - 1) * DAY, "day" if length < 7 else "week")
    if word in _JEWISH:
        first, length = _JEWISH[word]
        return _days(_passover(year) + first * DAY, length)
    return _RULES[word](year) if word in _RULES else None


def _days(start: date, length: int, precision: DatePrecision = "week") -> Period:
    """So many days; one alone is as precise as a day."""
    return Period(start, start + (length - 1) * DAY, precision if length > 1 else "day")


def _islamic(word: str, year: int) -> Iterator[Period]:
    """By the Umm al-Qura calendar (1924 to 2077), with the day after for where the moon was seen a day later."""
    from hijridate import Gregorian, Hijri  # only texts that name such a feast need it

    month, first, length, precision = _ISLAMIC[word]
    try:
        earliest = Gregorian(year, 1, 1).to_hijri().year
        for hijri in range(earliest, earliest + 3):
            begins = Hijri(hijri, month, first)
            found = date.fromisoformat(begins.to_gregorian().isoformat())
            if found.year == year:
                days = begins.month_length() if precision == "month" else length
                yield Period(found, found + days * DAY, precision)  # type: ignore[arg-type]
    except (ValueError, OverflowError):  # outside the calendar's tables
        return


def _passover(year: int) -> date:
    """The first day of Passover: Gauss's formula of 1802."""
    a, b = (12 * year + 12) % 19, year % 4
    whole = 20.0955877 + 1.5542418 * a + 0.25 * b - 0.003177794 * year
    march = int(whole)
    rest = whole - march
    weekday = (3 * year + 5 * b + march + 1) % 7
    if weekday in (2, 4, 6):
        march += 1
    elif (weekday == 1 and a > 6 and rest >= 0.632870370) or (weekday == 0 and a > 11 and rest >= 0.897723765):
        march += 2 if weekday == 1 else 1
    julian_gap = year // 100 - year // 400 - 2
    return date(year, 3, 1) + (march + julian_gap - 1) * DAY


def _hanukkah(year: int) -> Period:
    """Eight days from 25 Kislev; the month before has a thirtieth day in long years only."""
    new_year, next_one = (_passover(one) + 163 * DAY for one in (year, year + 1))
    long = (next_one - new_year).days in (355, 385)
    return _days(new_year + (84 if long else 83) * DAY, 8)


def _lunar_new_year(year: int) -> Period | None:
    if not 0 <= year - _LUNAR_FROM < len(_LUNAR):
        return None
    return one_day(date(year, 1, 1) + _LUNAR[year - _LUNAR_FROM] * DAY)


def _diwali(year: int) -> Period | None:
    if not 0 <= year - _DIWALI_FROM < len(_DIWALI):
        return None
    return one_day(date(year, 10, 1) + _DIWALI[year - _DIWALI_FROM] * DAY)


def _nth(year: int, month: int, weekday: int, count: int) -> Period:
    """The so manieth such weekday of a month."""
    first = date(year, month, 1)
    return one_day(first + ((weekday - first.weekday()) % 7 + 7 * (count - 1)) * DAY)


_RULES: dict[str, Callable[[int], Period | None]] = {
    "orthodox easter": lambda year: one_day(easter(year, EASTER_ORTHODOX)),
    "hanukkah": _hanukkah,
    "nowruz": lambda year: Period(date(year, 3, 20), date(year, 3, 21), "week"),  # the equinox, in Tehran's time
    "lunar new year": _lunar_new_year,
    "diwali": _diwali,
    "thanksgiving": lambda year: _nth(year, 11, 3, 4),
    "martin luther king day": lambda year: _nth(year, 1, 0, 3),
    "memorial day": lambda year: one_day(_last_monday_of_may(year)),
}


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - last.weekday() * DAY
