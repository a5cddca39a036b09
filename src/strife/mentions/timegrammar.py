"""The grammar of English time expressions: from words to a `TimeExpression`, before any calendar is asked.

A rule is a pattern and a builder. In patterns a space stands for any gap within a paragraph. Nothing here looks at the
parse: `times` drops readings that the tags rule out (the modal "may"), `resolve.dates` puts the rest on a calendar.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from strife.mentions import timeparts as parts
from strife.mentions import timewords as build
from strife.mentions.occasions import FEAST_PATTERN, WAR_PATTERN
from strife.mentions.timewords import MONTHS, NUMBERS, WEEKDAYS, TimeExpression


@dataclass(frozen=True, slots=True)
class Match:
    """An expression and where it stands: offsets in the text that was scanned."""

    start: int
    end: int
    expression: TimeExpression


# Pieces of patterns. A space is any gap within a paragraph, see `_compile`.
_FULL = "|".join(MONTHS)
_ABBREVIATED = r"(?:sept|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_SHORT_MONTH = rf"{_ABBREVIATED.replace('may|', '')}\b\.?"
_MONTH = rf"(?:(?:{_FULL})\b|{_SHORT_MONTH})"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1\d|20)\d\d"
_SHORT = r"(?:'\d\d|\d\d(?! ?(?:[a-z]|\d|%)))"  # "89" only where no word follows that it could count
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)}|(?:mon|tues?|wed|thurs?|fri|sat|sun)\.)"
_UNIT = r"(?:hour|day|night|morning|evening|week|fortnight|month|year|decade)"
_HOURS = r"(?: (?:early |late )?(?:morning|afternoon|evening|night)(?!s))?"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|three|four|five|six|seven|eight|nine)"
_NUMBER = rf"(?:\d{{1,3}}|{_TENS}|{'|'.join(NUMBERS)}|several|many|some|(?:a )?(?:few|couple)(?: of)?)"
_PART = (
    r"(?:(?:(?:very )?early|(?:very )?late|mid|middle|earlier|later|overnight)(?:-| in | on | | of )(?:the )?|"
    r"(?:the )?(?:very )?(?:beginning|start|middle|end|close|rest|remainder|course|turn) of (?:the year )?)?"
)
_YEAR_WHICH = r"(?P<year_which>this|last|next|that|the same|the following|the previous|the next) year"
_OF_YEAR = rf"(?:,? (?:of |in )?(?P<year>{_YEAR})|,? (?:of |in )?{_YEAR_WHICH})?"
_GAP = r"(?:[ \t]+|[ \t]*\n[ \t]*)"
_LEFT = r"(?<![\w$€£#/.])"
# not "Friday-led", not the front of a longer number
_RIGHT = r"(?![\w%]|[.,/:]\d|-(?:\d|led|born|old|based|style|era|long|time|only|bound|plus|strong|like)\b|-\d)"


def _compile(pattern: str) -> re.Pattern[str]:
    """A pattern with guards at both ends, in which every space outside [] matches a gap that is no paragraph break."""
    spaced = re.sub(r"\[[^\]]*\]| ", lambda found: _GAP if found[0] == " " else found[0], pattern)
    return re.compile(_LEFT + spaced + _RIGHT, re.IGNORECASE)


_ZONE = r"(?:utc|gmt|cet|est|local time|hours)(?: ?[+-]\d{1,2})?"
_CLOCK = (
    rf"(?:(?:[01]?\d|2[0-4])[:.][0-5]\d(?: ?[ap]\.?m\.?(?!\w))?(?: \(?{_ZONE}\)?)?|"
    rf"(?:0?\d|1[0-2]) ?[ap]\.?m\.?(?!\w)(?: \(?{_ZONE}\)?)?|[0-2]\d[0-5]\d {_ZONE})"
    rf"(?: \([0-2]?\d[:.]?[0-5]\d(?: ?[ap]\.?m\.?)?(?: {_ZONE})?\))?"
)
_QUARTERS = r"(?P<ordinal>first|second|third|fourth|last|final)"
_TO = r" ?(?:-| to | and | until | till | through | or ) ?"
_DAY_NAME = rf"(?:(?P<weekday>{_WEEKDAY}),?[ \t](?:the )?)?"
_FROM = r"(?:from |between )?"
_SOON = r"last|next|this|this past|this coming"
_TOLD = r"that|that same|the same|the following|the previous|the next"
_BESIDE = r"(?:the )?(?:following|previous|preceding|same|subsequent)|that same|that"
_TODAY = "|".join(sorted(build.DEICTIC, key=len, reverse=True))
_UNITS = r"(?P<unit>(?:hour|day|week|month|year|decade)s)"
_TIP = r"(?:very )?(?:start|end|rest|beginning|middle|close|remainder|course)"
_NTH = r"(?:3(?:0th|1st)|[12]?(?:1st|2nd|3rd)|[12]?[04-9]th|1[1-3]th)"
_AGO = r"(?P<side>ago|earlier|later|before|after|prior|previously|afterwards?|hence|from now|from today|back)"
_ABOUT = r"(?:(?:about|around|nearly|almost|more than|over|some|just|less than|barely|roughly|only) )?"
_COUNT = rf"(?P<count>{_NUMBER})"
_MONTHS, _MONTHS2 = rf"(?P<month>{_MONTH})", rf"(?P<month2>{_MONTH})"
_DAYS, _DAYS2 = rf"(?P<day>{_DAY})", rf"(?P<day2>{_DAY})"
_YEARS, _YEARS2 = rf"(?P<year>{_YEAR})", rf"(?P<year2>{_YEAR})"

Builder = Callable[["re.Match[str]"], TimeExpression | None]
_CALENDAR: tuple[tuple[str, Builder], ...] = (
    (
        r"(?:the )?(?P<span>sept(?:ember|\.)? 11(?:th)?|11(?:th)? sept(?:ember)?) (?:terror(?:ist)? )?attacks",
        parts.eleventh_of_september,
    ),
    (rf"{_YEARS}([-/])(?P<month>\d\d?)\2(?P<day>\d\d?)(?:t[\d:.]+z?)?", build.iso),
    (rf"(?P<a>\d\d?)(?P<sep>[/.-])(?P<b>\d\d?)(?P=sep)(?P<year>{_YEAR}|(?<=/)\d\d)", build.numeric),
    (
        rf"{_PART}{_DAY_NAME}(?:the )?{_DAYS}(?: of | |-){_MONTHS}"
        rf"(?:,? (?P<short>{_SHORT})|-(?P<short2>\d\d)|{_OF_YEAR})",
        build.calendar,
    ),
    (rf"{_DAYS} (?P<month>{_SHORT_MONTH}) (?P<short>[3-9]\d)", build.calendar),
    (rf"{_PART}{_DAY_NAME}{_MONTHS} (?:the )?{_DAYS}(?:{_OF_YEAR}|,? (?P<short>'\d\d))", build.calendar),
    (rf"{_PART}{_MONTHS}(?:,? (?:of |in )?|-){_YEARS}", build.calendar),
    (
        rf"{_PART}(?:(?P<which>{_SOON}|{_TOLD}|the coming) )?(?P<month>{_FULL}|sept\.)(?:,? (?:of )?{_YEAR_WHICH})?",
        build.calendar,
    ),
    (rf"{_PART}(?:the year )?{_YEARS}", build.calendar),
    (rf"{_FROM}(?:the )?{_DAYS}{_TO}(?:the )?{_DAYS2}(?: of)? {_MONTHS}{_OF_YEAR}", build.calendar_range),
    (rf"{_FROM}{_MONTHS} {_DAYS}{_TO}{_DAYS2}{_OF_YEAR}", build.calendar_range),
    (rf"{_FROM}{_MONTHS} {_DAYS}{_TO}{_MONTHS2} {_DAYS2}{_OF_YEAR}", build.calendar_range),
    (rf"{_FROM}{_DAYS} {_MONTHS}{_TO}{_DAYS2} {_MONTHS2}{_OF_YEAR}", build.calendar_range),
    (rf"{_FROM}{_PART}{_MONTHS}{_TO}{_PART}{_MONTHS2},? (?:of |in )?{_YEARS}", build.calendar_range),
    (rf"{_YEARS} ?[-/] ?(?P<year2>{_YEAR}|\d\d)", build.year_range),
    (
        rf"(?P<opening>from|between) {_PART}{_YEARS} (?P<link>to|and|until|till|through) {_PART}{_YEARS2}",
        build.year_range,
    ),
    (rf"(?:the )?{_PART}(?P<decade>(?:1[5-9]|20)\d0)'?s", parts.decade),
    (rf"the {_PART}'?(?P<decade>[0-9]0)'?s", parts.decade),
    (rf"the {_PART}(?P<decade>{'|'.join(parts.DECADES)})", parts.decade),
    (r"(?:in|since|of|by|until|from|to|through|before|after) (?P<span>(?P<short>'\d\d))", build.calendar),
    (
        rf"(?P<day>[0-3]\d)(?:[01]\d|2[0-3])[0-5]\d ?[a-z]? ?(?P<month>{_ABBREVIATED}) ?(?P<year>{_YEAR}|\d\d)?",
        parts.date_time_group,
    ),
)
_SEEN_FROM_TODAY: tuple[tuple[str, Builder], ...] = (
    (
        (
            rf"{_PART}(?:(?P<which>{_SOON}|the following|the previous|the same|that|past|coming) )?{_PART}"
            rf"(?P<weekday>{_WEEKDAY}){_HOURS}(?:,? (?:of )?(?P<week_which>this|last|next) week)?"
        ),
        build.weekday_rule,
    ),
    (rf"{_PART}(?P<word>{_TODAY}){_HOURS}(?:, (?:on )?(?:{_WEEKDAY})(?!,? (?:{_MONTH}|\d)))?", build.deictic),
    (r"(?:over|during|at|on|for|of|by) (?P<span>(?P<which>)the (?P<unit>weekend))", build.unit_rule),
    (rf"{_PART}(?P<which>{_SOON}|the current) (?P<unit>week|weekend|month|quarter|year|decade)", build.unit_rule),
    (
        (
            rf"(?:the )?(?P<which>past|last|previous|preceding|recent|coming|next|following|"
            rf"upcoming|these past) (?:{_COUNT} )?{_UNITS}"
        ),
        build.window,
    ),
    (r"the (?P<which>past|last|coming|next) (?P<count>)(?P<unit>week|month|year|decade)", build.window),
    (r"the (?P<unit>(?:day|week|month|year)s) (?:ahead|to come)(?P<count>)", build.window),
    (rf"(?P<prep>in|within) (?:the )?{_COUNT} (?P<unit>(?:hour|day|week|fortnight|month|year)s?)", build.ahead),
    (rf"(?P<prep>in) {_COUNT} (?P<unit>(?:day|week|fortnight|month|year)s?)'?s? time", build.ahead),
)
_SEEN_FROM_THE_TEXT: tuple[tuple[str, Builder], ...] = (
    (rf"{_PART}(?P<which>{_BESIDE}|the next|next) (?P<unit>day|night|morning|evening|afternoon)", build.anchored),
    (rf"{_PART}(?P<which>{_BESIDE}) (?P<unit>week|weekend|month|year|decade)", build.anchored),
    (
        (
            r"the (?P<unit>day|night|morning|evening|week|month|year) "
            r"(?P<side>before|after|prior|previous|earlier|following)"
        ),
        build.anchored,
    ),
    (
        (
            rf"(?:earlier|later|late|early|(?:the )?{_TIP} of)(?: in| on)? the (?P<unit>day|week|month|year)"
            r"(?! (?:of|when|that))"
        ),
        build.day_itself,
    ),
    (
        (
            r"(?:end(?:s|ed|ing)?|finish(?:es|ed|ing)?|clos(?:es?|ed|ing)|start(?:s|ed|ing)?|beg[ai]n(?:s|ning)?|for) "
            r"(?P<span>the (?P<unit>day|week|month|year))(?! (?:of|when|that|before|after|prior|ahead|to come|in which))"
        ),
        build.day_itself,
    ),
    (r"for (?P<span>the (?:entire|whole|full) (?P<unit>day|week|month|year))", build.day_itself),
    (
        (
            r"the same (?P<unit>day|week|month|quarter|year|time|period) (?:of |in )?"
            r"(?P<shift>last year|a year (?:ago|earlier|before|later)|the (?:previous|following) year)"
        ),
        parts.again,
    ),
    (
        (
            rf"(?:on|by|until|till|since|from|to|through|between|and) (?P<span>the (?P<day>{_NTH}))"
            r"(?= ?(?:[.;:)]|,(?! (?:the )?\d)|$|and (?!(?:the )?\d)|to |until |at |but |when |by |with |in |"
            r"he |she |they |it |we |the |a |an |his |their |our ))"
        ),
        parts.month_day,
    ),
    (
        (
            rf"the (?P<day>{_NTH}|first) of (?:(?P<which>this|last|next|that|the same|the following|the previous) |the )"
            r"month"
        ),
        parts.month_day,
    ),
    (rf"{_ABOUT}(?P<count>half a|a|one|two|three|four) centur(?:y|ies) (?P<side>ago|earlier|later)", parts.centuries),
    (rf"{_ABOUT}{_COUNT}(?: and a half| or so)? (?P<unit>{_UNIT}s?) {_AGO}", build.shift),
    (r"(?P<unit>hours|days|weeks|months|years|decades) (?P<side>ago|earlier|later|before|after)", build.bare_shift),
    (_CLOCK, parts.clock),
)
_PARTS_OF_YEARS: tuple[tuple[str, Builder], ...] = (
    (
        (
            rf"{_PART}(?:(?P<which>{_SOON}|{_TOLD}|the coming) |the )?{_PART}"
            rf"(?P<season>spring|summer|autumn|winter|fall){_OF_YEAR}"
        ),
        parts.season,
    ),
    (rf"(?:the )?{_QUARTERS}[ -]quarter{_OF_YEAR}(?P<the_year> of the year)?", parts.part_of_year("quarter")),
    (rf"q(?P<number>[1-4]){_OF_YEAR}", parts.part_of_year("quarter")),
    (
        (
            rf"(?:the )?(?P<ordinal>first|second|latter) half of "
            rf"(?:(?P<month>{_FULL})|(?P<the_year>the year)|(?={_YEAR}|last|this|next|that))"
            rf"(?:,? ?{_YEARS}|,? ?{_YEAR_WHICH})?"
        ),
        parts.part_of_year("half"),
    ),
    (rf"(?:the )?{_QUARTERS} (?:week|weekend|days) (?:of|in) {_MONTHS}{_OF_YEAR}", parts.week_of_month),
    (
        (
            rf"(?:the )?(?P<side>first|last|final|opening|closing) (?:{_COUNT} )?(?P<unit>days|weeks|months) (?:of|in) "
            rf"(?:(?:{_MONTHS}{_OF_YEAR})|(?P<year2>{_YEAR})|{_YEAR_WHICH.replace('year_which', 'year_which2')}|"
            rf"(?P<the_year>the year))"
        ),
        parts.part,
    ),
    (rf"{_PART}(?:(?P<which>last|next|this) )?(?P<feast>{FEAST_PATTERN}){_OF_YEAR}", parts.feast),
    (rf"(?:during|throughout|in|amid) (?P<span>{WAR_PATTERN})", parts.war),
)
RULES: tuple[tuple[re.Pattern[str], Builder], ...] = tuple(
    (_compile(pattern), maker)
    for pattern, maker in (*_CALENDAR, *_SEEN_FROM_TODAY, *_SEEN_FROM_THE_TEXT, *_PARTS_OF_YEARS)
)


def scan(text: str) -> Iterator[Match]:
    """Every reading of every stretch of the text, overlapping ones too, in no particular order."""
    for pattern, maker in RULES:
        for found in pattern.finditer(text):
            expression = maker(found)
            if expression is not None:
                group = "span" if "span" in pattern.groupindex else 0
                yield Match(found.start(group), found.end(group), expression)


_BEFORE_LIST = re.compile(
    rf"(?<![\w.,/:-])(?:the )?(?P<days>{_DAY}(?:, (?:the )?{_DAY})*),? (?:and|or) (?:the )?$", re.IGNORECASE
)
_ONE_DAY = re.compile(_DAY, re.IGNORECASE)
_LIST = 60  # characters that a list of days may take before the last one


def lists(text: str, found: list[Match]) -> Iterator[Match]:
    """The days in front of a day and month: "the 3rd, 4th and 7 June" has three."""
    for match in found:
        one = match.expression
        if one.kind != "calendar" or not one.day or not one.month or not text[match.start].isdigit():
            continue
        front = text[max(0, match.start - _LIST) : match.start]
        before = _BEFORE_LIST.search(front)
        for each in _ONE_DAY.finditer(before["days"]) if before else ():
            start = match.start - len(front) + before.start("days") + each.start() if before else 0
            yield Match(start, start + len(each[0]), replace(one, day=int(re.sub(r"\D", "", each[0])), word="listed"))


def longest(matches: list[Match]) -> list[Match]:
    """The longest of overlapping matches, the leftmost of equally long ones, in text order."""
    taken: list[Match] = []  # always in text order and apart, so that only the neighbours can overlap
    for match in sorted(matches, key=lambda one: (one.start - one.end, one.start)):
        place = bisect_left(taken, match.start, key=lambda one: one.start)
        apart = place == 0 or taken[place - 1].end <= match.start
        if apart and (place == len(taken) or match.end <= taken[place].start):
            taken.insert(place, match)
    return taken


_LINK = re.compile(r"\s+(?:to|until|till|through)\s+|[ \t]*-[ \t]*", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_OPENING = re.compile(r"\b(from|between)\s+(?:the\s+)?$", re.IGNORECASE)
_CLOCK_LINK = re.compile(r"[ \t]*,?[ \t]*(?:(?:on|early|late)[ \t]+)?", re.IGNORECASE)
_ENDS = {"calendar", "weekday", "unit", "deictic", "season", "numeric", "feast", "monthday"}


def join(text: str, matches: list[Match]) -> list[Match]:
    """Put ranges together ("from Monday to Thursday") and clock times with their day ("5 p.m. on Saturday")."""
    joined: list[Match] = []
    for match in matches:
        before = joined[-1] if joined else None
        together = before and _joined(text, before, match)
        if together:
            joined[-1] = together
        else:
            joined.append(match)
    return joined


def _joined(text: str, left: Match, right: Match) -> Match | None:
    between = text[left.end : right.start]
    one, two = left.expression, right.expression
    if "clock" in (one.kind, two.kind):
        if one.kind != two.kind and _CLOCK_LINK.fullmatch(between):
            return Match(left.start, right.end, two if one.kind == "clock" else one)
        return None
    if one.kind not in _ENDS or two.kind not in _ENDS:
        return None
    front = text[max(0, left.start - 20) : left.start]
    opening = _OPENING.search(front)
    opened = opening.group(1).lower() if opening else ""
    same_kind = one.kind == two.kind and (one.day is None) == (two.day is None)
    linked = _LINK.fullmatch(between) and (opened == "from" or same_kind)
    if not linked and not (opened == "between" and _AND.fullmatch(between)):
        return None
    start = left.start - len(front) + opening.start() if opening else left.start
    return Match(start, right.end, replace(one, kind="range", opens=one.kind, until=two))


_ITSELF = re.compile(r"(?:the\s+)?(?P<unit>day|week|month|year)", re.IGNORECASE)  # a date only where somebody marked it


def interpret(quote: str) -> TimeExpression | None:
    """What a delimited expression says: the longest thing the grammar can read in it."""
    if itself := _ITSELF.fullmatch(quote):
        return build.day_itself(itself)
    matches = join(quote, longest(list(scan(quote))))
    if not matches:  # some are times only behind a word that the quote may have lost: "during", "on", "for"
        return next(filter(None, (_within(context, quote) for context in _CONTEXTS)), None)
    return max(matches, key=lambda one: one.end - one.start).expression


_CONTEXTS = ("during ", "on ", "for ", "over ", "the ")


def _within(context: str, quote: str) -> TimeExpression | None:
    """What a quote says behind a word that makes it a time, if all of it belongs to that."""
    text = context + quote
    found = [one for one in scan(text) if one.end == len(text) and one.start <= len(context)]
    return longest(found)[0].expression if found else None
