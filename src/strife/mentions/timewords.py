"""The words of time: what a matched expression says (`TimeExpression`), built from the groups of a pattern.

The patterns stand in `timegrammar`; the builders here turn their named groups into numbers and relations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal[
    "calendar",
    "numeric",
    "weekday",
    "deictic",
    "unit",
    "anchored",
    "window",
    "shift",
    "ahead",
    "season",
    "quarter",
    "half",
    "week",
    "decade",
    "feast",
    "war",
    "clock",
    "range",
    "monthday",
    "part",
    "again",
]
Unit = Literal["hour", "day", "week", "weekend", "month", "quarter", "year", "decade"]
Which = Literal["last", "this", "next", "same", "previous", "following"]

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = ("spring", "summer", "autumn", "winter")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": -1, "last": -1, "latter": 2}
NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
VAGUE = {"several", "few", "some", "many", "couple", "recent", "dozens"}


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """What a time expression says, by its words alone; fields that its kind does not use are None.

    `count` is signed for shifts (-2 days: "two days ago") and None where vague ("several weeks ago"); `which` relates
    it to the publication date (last, this, next) or to a date in the text (same, previous, following); `year_which`
    does so for the year ("July of last year"); `text_anchor` says that a shift starts from a date in the text
    ("two days earlier");
    `until` ends a range; `other` is the second reading of an ambiguous numeric date as (month, day)."""

    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # 0 Monday … 6 Sunday
    unit: Unit | None = None
    count: int | None = None
    which: Which | None = None
    year_which: Which | None = None
    text_anchor: bool = False
    until: TimeExpression | None = None
    other: tuple[int, int] | None = None
    word: str = ""
    opens: Kind | None = None  # in a range: the kind of its first end


WHICH: dict[str, Which] = {
    "last": "last",
    "past": "last",
    "this past": "last",
    "recent": "last",
    "these past": "last",
    "this": "this",
    "current": "this",
    "present": "this",
    "next": "next",
    "coming": "next",
    "this coming": "next",
    "upcoming": "next",
    "same": "same",
    "that": "same",
    "that same": "same",
    "previous": "previous",
    "preceding": "previous",
    "following": "following",
    "subsequent": "following",
}
DEICTIC = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "last night": -1,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
    "overnight": -1,
}


def plain_words(text: str | None) -> str:
    """Lower case, single spaces, no article in front; "" for None."""
    return re.sub(r"^the ", "", " ".join((text or "").lower().split()))


def which_called(text: str | None) -> Which | None:
    """Which one a word like "last", "that" or "the following" points at; None for others."""
    return WHICH.get(plain_words(text))


def month_number(text: str) -> int:
    """1 to 12, from a name or what abbreviates it."""
    return next(number for number, name in enumerate(MONTHS, 1) if name.startswith(text.lower().rstrip(".")[:3]))


def _weekday(text: str) -> int:
    return next(number for number, name in enumerate(WEEKDAYS) if name.startswith(text.lower()[:3]))


def number_of(text: str) -> int | None:
    """The value of a number word or digits; None where it is vague ("several")."""
    words = plain_words(text).split()
    if words[0].isdecimal():
        return int(words[0]) if len(words[0]) < 9 else None
    if VAGUE & set(words):
        return 2 if "couple" in words else None
    parts = [NUMBERS.get(part) for part in words[0].split("-")]  # "twenty-five"
    return None if None in parts else sum(filter(None, parts))


def year_number(text: str | None) -> int | None:
    """A year of four digits, or of two: 30 to 99 are 1930 to 1999, 00 to 29 are 2000 to 2029."""
    if not text:
        return None
    number = int(text.lstrip("'"))
    return number if number > 99 else number + (1900 if number >= 30 else 2000)


def which_year(match: re.Match[str]) -> Which | None:
    """Which year the group `year_which` points at."""
    which = plain_words(match.groupdict().get("year_which"))
    # "of the next year" in a tale of the past follows a year of the tale; "next year" is seen from today
    return (
        "following"
        if which == "next" and (match["year_which"] or "").lower().startswith("the")
        else which_called(which)
    )


def calendar(match: re.Match[str]) -> TimeExpression:
    """A day, month or year."""
    got = match.groupdict()
    return TimeExpression(
        kind="calendar",
        year=year_number(got.get("year") or got.get("short") or got.get("short2")),
        year_which=which_year(match),
        month=month_number(got["month"]) if got.get("month") else None,
        day=int(re.sub(r"\D", "", got["day"])) if got.get("day") else None,
        weekday=_weekday(got["weekday"]) if got.get("weekday") else None,
        which=which_called(got.get("which")),
    )


def calendar_range(match: re.Match[str]) -> TimeExpression | None:
    """Two days or two months in one expression: the first takes the month and year of the second where it has none."""
    start, got = calendar(match), match.groupdict()
    end = replace(
        start,
        day=int(re.sub(r"\D", "", got["day2"])) if got.get("day2") else None,
        month=month_number(got["month2"]) if got.get("month2") else start.month,
        weekday=None,
    )
    if (start.month, start.day or 0) >= (end.month, end.day or 0) and end.month == start.month:
        return None
    if _AND.search(match[0]) and not _OPENED.match(match[0]) and not _adjacent(start, end):
        return None  # "3 and 17 May": two days, not a fortnight
    return replace(start, kind="range", until=end)


_AND = re.compile(r"\s(?:and|or)\s", re.IGNORECASE)
_OPENED = re.compile(r"between|from", re.IGNORECASE)


def _adjacent(start: TimeExpression, end: TimeExpression) -> bool:
    if start.day is None or end.day is None:
        return ((end.month or 0) - (start.month or 0)) % 12 == 1
    return end.month != start.month or end.day == start.day + 1


def year_range(match: re.Match[str]) -> TimeExpression | None:
    """2011-2013, 2011-13, from 2011 to 2013; "from 2011 and 2012" is no range."""
    got = match.groupdict()
    if (got.get("opening") or "").lower() == "from" and (got.get("link") or "").lower() == "and":
        return None
    first, last = int(match["year"]), int(match["year2"])
    last = last if last > 99 else first // 100 * 100 + last
    if not first < last <= first + 99:
        return None
    return TimeExpression(kind="range", year=first, until=TimeExpression(kind="calendar", year=last))


def iso(match: re.Match[str]) -> TimeExpression | None:
    """2013-06-05."""
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return TimeExpression(kind="calendar", year=int(match["year"]), month=month, day=day)


def numeric(match: re.Match[str]) -> TimeExpression | None:
    """5/6/2013 may be 5 June or May 6: both readings are kept. With full stops the day comes first."""
    first, second, year = int(match["a"]), int(match["b"]), year_number(match["year"])
    readings = [(second, first), (first, second)] if match["sep"] != "." else [(second, first)]
    readings = [(month, day) for month, day in readings if 1 <= month <= 12 and 1 <= day <= 31]
    if not readings:
        return None
    (month, day), other = readings[0], readings[-1]
    return TimeExpression(
        kind="numeric", year=year, month=month, day=day, other=None if other == (month, day) else other
    )


def weekday_rule(match: re.Match[str]) -> TimeExpression:
    """A day of the week: "last Tuesday", "Tuesday of next week"."""
    return TimeExpression(
        kind="weekday",
        weekday=_weekday(match["weekday"]),
        which=which_called(match["which"] or match["week_which"]),
        unit="week" if match["week_which"] else None,
    )


def deictic(match: re.Match[str]) -> TimeExpression:
    """Days seen from today: "yesterday", "last night"."""
    word = " ".join(match["word"].lower().split())
    return TimeExpression(kind="deictic", unit="day", count=DEICTIC[word], word=word)


def unit_called(text: str) -> Unit:
    """The unit a word stands for; parts of the day count as days, "fortnight" is told by `_count`."""
    word = text.lower().removesuffix("s")
    if word in ("night", "morning", "evening", "afternoon"):
        return "day"
    return "week" if word == "fortnight" else word  # type: ignore[return-value]


def _count(match: re.Match[str]) -> int | None:
    count = number_of(match["count"]) if match["count"] else 1
    return count * 2 if count and match["unit"].lower().startswith("fortnight") else count


def unit_rule(match: re.Match[str]) -> TimeExpression:
    """ "Last month", "this year"."""
    return TimeExpression(kind="unit", unit=unit_called(match["unit"]), which=which_called(match["which"]))


_BACK = {"ago", "earlier", "before", "prior", "previous", "previously", "back"}


def anchored(match: re.Match[str]) -> TimeExpression:
    """ "The same day", "the following week", "the day before"."""
    got = match.groupdict()
    side = plain_words(got.get("side"))
    which = which_called(got.get("which")) or ("previous" if side in _BACK else "following")
    return TimeExpression(
        kind="anchored", unit=unit_called(got["unit"]), which="following" if which == "next" else which
    )


def day_itself(match: re.Match[str]) -> TimeExpression:
    """The day or week of the report or the story: "later in the day"."""
    return TimeExpression(kind="anchored", unit=unit_called(match["unit"]), which="this")


def window(match: re.Match[str]) -> TimeExpression:
    """ "The past two weeks", "in the coming months"."""
    got = match.groupdict()
    which = which_called(got["which"]) if got.get("which") else "next"
    plural = got["unit"].lower().endswith("s")
    count = _count(match) if got.get("count") else None if plural else 1
    return TimeExpression(kind="window", unit=unit_called(got["unit"]), which=which, count=count)


def shift(match: re.Match[str]) -> TimeExpression:
    """ "Two weeks ago", "three days later"."""
    side = plain_words(match["side"])
    count = _count(match)
    sign = -1 if side in _BACK else 1
    anchored = side not in ("ago", "back", "hence", "from now", "from today")
    return TimeExpression(
        kind="shift",
        unit=unit_called(match["unit"]),
        text_anchor=anchored,
        word="back" if sign < 0 else "on",
        count=None if count is None else sign * count,
    )


def bare_shift(match: re.Match[str]) -> TimeExpression:
    """ "Years ago", "hours later"."""
    return TimeExpression(
        kind="shift",
        unit=unit_called(match["unit"]),
        word="back" if match["side"].lower() in _BACK else "on",
        text_anchor=match["side"].lower() != "ago",
    )


def ahead(match: re.Match[str]) -> TimeExpression:
    """ "In two weeks", "within 48 hours"."""
    return TimeExpression(
        kind="ahead", unit=unit_called(match["unit"]), count=_count(match), word=match["prep"].lower()
    )
