"""The words of parts of the calendar: seasons, quarters, weeks of months, decades, feasts, wars, days of a month.

As in `timewords`, builders turn the named groups of a pattern of `timegrammar` into a `TimeExpression`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from strife.mentions.occasions import FEASTS, FIXED, WARS
from strife.mentions.timewords import (
    MONTHS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    TimeExpression,
    calendar,
    month_number,
    number_of,
    plain_words,
    unit_called,
    which_called,
    which_year,
    year_number,
)


def season(match: re.Match[str]) -> TimeExpression:
    """ "Last summer", "the spring of 2012"; `month` is the index of the season."""
    word = match["season"].lower()
    return TimeExpression(
        kind="season",
        month=SEASONS.index("autumn" if word == "fall" else word),
        which=which_called(match["which"]),
        year=year_number(match["year"]),
        year_which=which_year(match),
        word=word,
    )


def part_of_year(kind: Literal["quarter", "half"]) -> Callable[[re.Match[str]], TimeExpression]:
    """ "The third quarter of 2012", "the first half of the year"; `count` is its number."""

    def build(match: re.Match[str]) -> TimeExpression:
        got = match.groupdict()
        number = int(got["number"]) if got.get("number") else ORDINALS[got["ordinal"].lower()]
        month = month_number(got["month"]) if got.get("month") else None
        year_which = "this" if got.get("the_year") else which_year(match)
        return TimeExpression(
            kind=kind, count=number, month=month, year=year_number(got["year"]), year_which=year_which
        )

    return build


def week_of_month(match: re.Match[str]) -> TimeExpression:
    """ "The last week of March"."""
    month = calendar(match)
    return replace(month, kind="week", count=ORDINALS[match["ordinal"].lower()])


DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


def decade(match: re.Match[str]) -> TimeExpression:
    """ "The 1990s", "the '90s", "the nineties"."""
    text = match["decade"].lower()
    digits = int(text) if text.isdigit() else 20 + 10 * DECADES.index(text)
    century = 0 if digits > 99 else 1900 if digits >= 20 else 2000
    return TimeExpression(kind="decade", year=century + digits)


_FEASTS = {word: re.compile(pattern) for word, pattern in FEASTS.items()}
_WARS = {word: re.compile(pattern) for word, pattern in WARS.items()}


def _called(text: str, names: dict[str, re.Pattern[str]]) -> str | None:
    plain = " ".join(text.lower().split())
    return next((word for word, pattern in names.items() if pattern.fullmatch(plain)), None)


def feast(match: re.Match[str]) -> TimeExpression | None:
    """ "Ramadan", "Christmas Eve", "Easter 2013"; `word` is its name in `occasions`."""
    word = _called(match["feast"], _FEASTS)
    if word is None:
        return None
    month, day = FIXED.get(word, (None, None))
    return TimeExpression(
        kind="feast",
        word=word,
        month=month,
        day=day,
        year=2001 if word == "9/11" else year_number(match["year"]),
        year_which=which_year(match),
        which=which_called(match["which"]),
    )


def eleventh_of_september(_match: re.Match[str]) -> TimeExpression:
    """ "The Sept. 11 attacks" are those of 2001, whoever writes when."""
    return TimeExpression(kind="calendar", year=2001, month=9, day=11)


def war(match: re.Match[str]) -> TimeExpression | None:
    """ "During World War II"."""
    word = _called(match["span"], _WARS)
    return TimeExpression(kind="war", word=word) if word else None


def clock(_match: re.Match[str]) -> TimeExpression:
    """A time of day, which is on the day told of."""
    return TimeExpression(kind="clock", unit="day", which="this")


def month_day(match: re.Match[str]) -> TimeExpression | None:
    """ "On the 7th", "the 22nd of this month": a day of a month named before, or of this one."""
    text = match["day"].lower()
    day = 1 if text == "first" else int(re.sub(r"\D", "", text))
    got = match.groupdict()
    return TimeExpression(kind="monthday", day=day, unit="month", which=which_called(got.get("which")))


def part(match: re.Match[str]) -> TimeExpression:
    """ "The first two weeks of May", "the last ten days of the month"; a negative `count` is counted from the end."""
    base, got = calendar(match), match.groupdict()
    year = base.year or year_number(got["year2"])
    count = number_of(got["count"]) if got.get("count") else None
    sign = -1 if match["side"].lower() in ("last", "final", "closing") else 1
    which = "this" if got.get("the_year") else base.year_which or which_called(got.get("year_which2"))
    word = "last" if sign < 0 else "first"
    unit = unit_called(match["unit"])
    return replace(base, kind="part", year=year, unit=unit, count=count and sign * count, year_which=which, word=word)


def again(match: re.Match[str]) -> TimeExpression:
    """ "The same month a year ago", "the same period last year": what was told of, moved by a year."""
    back = not re.search(r"later|following|next", match["shift"], re.IGNORECASE)
    word = match["unit"].lower()
    unit = None if word in ("time", "period") else unit_called(word)
    return TimeExpression(kind="again", unit=unit, count=-1 if back else 1)


def centuries(match: re.Match[str]) -> TimeExpression:
    """ "Half a century ago", "two centuries later"."""
    words = plain_words(match["count"])
    count = 5 if words.startswith("half") else 10 * NUMBERS.get(words.split()[-1], 1)
    back = match["side"].lower() in ("ago", "earlier")
    return TimeExpression(
        kind="shift",
        unit="decade",
        count=-count if back else count,
        text_anchor=match["side"].lower() != "ago",
        word="back" if back else "on",
    )


def date_time_group(match: re.Match[str]) -> TimeExpression:
    """A military date-time group: "051430Z JUN 13"."""
    return TimeExpression(
        kind="calendar",
        year=year_number(match["year"]) if match["year"] else None,
        month=next(number for number, name in enumerate(MONTHS, 1) if name.startswith(match["month"].lower())),
        day=int(match["day"]),
    )
