"""The day a document gives itself: its dateline ("LIMA, 4 APR 89 (DPA) --") or the date stamp at its head."""

from __future__ import annotations

import re
from datetime import date

from strife.language.analysis import Analysis
from strife.mentions.timegrammar import interpret, longest, scan
from strife.mentions.times import words_of
from strife.mentions.timewords import TimeExpression
from strife.resolve.calendar import Period
from strife.resolve.periods import is_explicit, period_of
from strife.resolve.view import View

_DATELINE = re.compile(
    r"^[ \t]*(?:\[[^\]\n]*\][ \t]*)*"  # an archive's marks
    r"(?:[^\W\d][\w.'’/-]*[ ,/]{1,2}(?:\([^)\n]*\)[ ,]*)?){1,8}?"  # a place of some words
    r"(?P<date>[A-Za-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?|\d{1,2} [A-Za-z]{3,9}\.?(?:,? \d{2,4})?)"
    r",?[ ]?(?:\([^)\n]{1,40}\)|/[^/\n]{1,40}/|[A-Z][\w ]{1,20})?[ ]?(?:--|[-–—:])",
    re.MULTILINE,
)
_HEADER = 1500  # characters within which a dateline stands
_STAMP = 300  # … and a date stamp: a full date that no clause leads up to
_LED_UP = re.compile(
    r"\b(?:on|of|since|until|till|from|in|by|to|for|the|before|after|between|and|late|early)\s+$", re.IGNORECASE
)
_POSTED = re.compile(
    r"\b(?:posted|published|updated|modified|date of publication|dated?)(?:\s+on|\s*:)?\s+$", re.IGNORECASE
)
_FAR = 60  # days from the publication date beyond which a dateline without a year cannot be placed
_TOO_FAR = 400  # days beyond which a stamp is no date of this report


def dateline_date(analysis: Analysis, published: str | None = None) -> str | None:
    """The day that a document's dateline or date stamp gives, ISO 8601; None where there is none.

    A dateline without a year takes that of the publication date, if it lies near it."""
    today = publication_day(published)
    head = words_of(analysis, 0, _HEADER)
    found = _DATELINE.search(head)
    here = _day(interpret(found["date"]), today) if found else None
    here = here or _stamp(head[:_STAMP], today)
    return here.isoformat() if here else None


def publication_day(published: str | None) -> date | None:
    """A publication date as a day; one that is not plainly a day counts as not given."""
    expression = interpret(published) if published else None
    period = period_of(expression, View()) if expression else None
    return period.start if period and period.precision == "day" else None


def _stamp(head: str, today: date | None) -> date | None:
    for match in longest(list(scan(head))):
        before = head[: match.start]
        if is_explicit(match.expression) and (_POSTED.search(before) or not _LED_UP.search(before)):
            here = _day(match.expression, today)
            if here and not (today and abs((here - today).days) > _TOO_FAR):
                return here
    return None


def _day(expression: TimeExpression | None, today: date | None) -> date | None:
    if expression is None or expression.day is None or expression.kind not in ("calendar", "numeric"):
        return None
    period: Period | None = period_of(expression, View(today))
    if period is None or period.precision != "day":
        return None
    if today and not is_explicit(expression) and abs((period.start - today).days) > _FAR:
        return None
    return period.start
