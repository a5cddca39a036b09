"""Dates: time expressions put on the calendar with the precision the text gives, never with a day it does not give.

Expressions seen from today ("last week", "on Tuesday", "in July") are worked out from the dateline or the publication
date; those seen from the story ("the day before", "that year") from the date named last before them. What has nothing
to rest on keeps its words and has no dates.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from strife.errors import BadInput
from strife.language.analysis import Analysis, ancestors
from strife.language.parse import analyse
from strife.mentions.mention import TimeMention
from strife.mentions.tense import direction
from strife.mentions.timegrammar import interpret
from strife.mentions.times import find_times, mention_of, words_of
from strife.mentions.timewords import TimeExpression
from strife.records import Date, DatePrecision, Document
from strife.resolve.calendar import FINENESS, SLACK, Period
from strife.resolve.dateline import dateline_date, publication_day
from strife.resolve.periods import is_explicit, period_of, precision_of
from strife.resolve.view import View

MEMORY = 6  # sentences that a date named in the text stays in mind


def resolve_date(
    mention: TimeMention,
    analysis: Analysis,
    published: str | None,
    *,
    future: bool = False,
    anchor: Date | None = None,
) -> Date:
    """The date of a mention. `published` is ISO 8601; `future` says that the clause is about what is to come;
    `anchor` is the date in the text that "the day before" and its like are counted from."""
    view = View(publication_day(published), _period(anchor), "future" if future else direction(mention.head))
    return _date(_expression(mention, analysis), _quote(mention, analysis), view)


def resolve_dates(
    mentions: Sequence[TimeMention], analysis: Analysis, published: str | None, *, future: Collection[int] = ()
) -> list[Date]:
    """The dates of all mentions of a document, given in text order, each anchored in those before it.

    `future` holds the token indices of heads whose clause is about what is to come, where the tense does not tell.
    A dateline or date stamp in the text goes before `published`: the latter is often that of a copy."""
    today = publication_day(dateline_date(analysis, published) or published)
    found: list[Date] = []
    for mention in mentions:
        expression = _expression(mention, analysis)
        before = list(_recent(mention, mentions, found))
        towards = "future" if mention.head.i in future else direction(mention.head)
        anchor = _anchor(expression, [got for _, got in before])
        if mention.anchor is not None:
            anchor = _period(_dated(mention.anchor, mentions, found, analysis, today))
        view = View(today, anchor, towards)
        carried = None if towards == "future" else _carried_year(expression, mention, before, analysis, view)
        found.append(_date(expression, _quote(mention, analysis), view, carried))
    return found


def _dated(
    anchor: TimeMention, mentions: Sequence[TimeMention], found: list[Date], analysis: Analysis, today: date | None
) -> Date:
    """The date of the time that another is counted from: one that was read before, or one within it."""
    known = next((got for one, got in zip(mentions, found, strict=False) if one is anchor), None)
    view = View(today, None, direction(anchor.head))
    return known or _date(_expression(anchor, analysis), _quote(anchor, analysis), view)


def read_dates(document: Document, spans: Sequence[tuple[int, int]] | None = None) -> list[tuple[int, int, Date]]:
    """The dates of a document as (start, end, date) by character; with `spans` exactly one for each, in their order."""
    analysis = analyse(document)
    mentions = find_times(analysis)
    if spans is None:
        dates = resolve_dates(mentions, analysis, document.published)
        return [(one.first.start, one.last.end, got) for one, got in zip(mentions, dates, strict=True)]
    return _read_spans(analysis, mentions, spans)


def _read_spans(
    analysis: Analysis, found: list[TimeMention], spans: Sequence[tuple[int, int]]
) -> list[tuple[int, int, Date]]:
    """Dates for spans that somebody else found: read by themselves, or else as part of what the grammar finds there."""
    length = len(analysis.document.text)
    given: dict[tuple[int, int], TimeMention] = {}
    for start, end in spans:
        if not 0 <= start < end <= length:
            name = analysis.document.id
            raise BadInput(f"document {name}: mention [{start}, {end}] is not within its {length} characters")
        mention = mention_of(analysis, start, end)
        same = next((one for one in found if mention and (one.first, one.last) == (mention.first, mention.last)), None)
        mention = same or mention  # found with the words around it, which may tell more
        if mention and mention.says is None and interpret(words_of(analysis, start, end)) is None:
            mention = next((one for one in found if one.first.start < end and one.last.end > start), mention)
        if mention:
            given[start, end] = mention
    ordered = sorted(given, key=lambda span: (given[span].first.i, span))
    dates = dict(
        zip(
            ordered,
            resolve_dates([given[span] for span in ordered], analysis, analysis.document.published),
            strict=True,
        )
    )
    nothing = Date(start=None, end=None, precision="unknown", quote=None, basis="relative")
    quoted = [(start, end, analysis.document.text[start:end]) for start, end in spans]
    return [(start, end, _requoted(dates.get((start, end), nothing), quote)) for start, end, quote in quoted]


def _requoted(got: Date, quote: str) -> Date:
    return Date(start=got.start, end=got.end, precision=got.precision, quote=quote, basis=got.basis)


def _quote(mention: TimeMention, analysis: Analysis) -> str:
    return analysis.document.text[mention.first.start : mention.last.end]


def _expression(mention: TimeMention, analysis: Analysis) -> TimeExpression | None:
    return mention.says or interpret(words_of(analysis, mention.first.start, mention.last.end))


def _date(expression: TimeExpression | None, quote: str, view: View, carried: int | None = None) -> Date:
    """The record; `carried` is a year taken over from the date before."""
    if expression is None:
        return Date(start=None, end=None, precision="unknown", quote=quote, basis="relative")
    period = period_of(replace(expression, year=carried) if carried else expression, view)
    return Date(
        start=period.start.isoformat() if period else None,
        end=period.end.isoformat() if period else None,
        precision=period.precision if period else precision_of(expression),
        quote=quote,
        basis="explicit" if is_explicit(expression) else "relative",
    )


def _period(got: Date | None) -> Period | None:
    if got is None or got.start is None or got.end is None:
        return None
    return Period(date.fromisoformat(got.start), date.fromisoformat(got.end), got.precision)


def _recent(
    mention: TimeMention, mentions: Sequence[TimeMention], found: list[Date]
) -> Iterator[tuple[TimeMention, Date]]:
    """The dated mentions that a reader still has in mind, the last one first."""
    for place in range(len(found) - 1, -1, -1):
        if mention.first.sentence - mentions[place].first.sentence > MEMORY:
            return
        if found[place].start:
            yield mentions[place], found[place]


def _anchor(expression: TimeExpression | None, before: list[Date]) -> Period | None:
    """The last date named that is fine enough for what is counted from it."""
    if expression is None:
        return None
    if expression.kind == "again" and expression.unit is None:  # "the same period" is no day
        return next((_period(got) for got in before if got.precision in ("month", "season")), None)
    limit: DatePrecision = "year" if expression.year_which else precision_of(expression)
    if expression.kind == "shift" and expression.count is None:
        limit = "day"
    fine = FINENESS[: FINENESS.index(limit) + 1]
    return next((_period(got) for got in before if got.precision in fine), None)


def _carried_year(
    expression: TimeExpression | None,
    mention: TimeMention,
    before: list[tuple[TimeMention, Date]],
    analysis: Analysis,
    view: View,
) -> int | None:
    """The year of the sentence before, where a tale goes on: "On 15 March 2011 they rose … On 25 April tanks came".

    Only from a date in a main clause, and not from a "since": that is background to a report of today."""
    if expression is None or expression.kind != "calendar" or expression.month is None or not before:
        return None
    one, got = before[0]
    if expression.year or expression.year_which or expression.which or got.basis == "publication":
        return None
    here_in, before_in = analysis.sentences[mention.first.sentence], analysis.sentences[one.first.sentence]
    near = here_in.index - before_in.index <= 1 and here_in.paragraph == before_in.paragraph
    if not (near and got.start and got.precision in ("day", "month") and _leads(one)):
        return None
    year = int(got.start[:4])
    here = period_of(replace(expression, year=year), view)
    if (view.today and year == view.today.year) or here is None or here.end.isoformat() < got.start:
        return None
    return year if view.today is None or here.start <= view.today + SLACK else None


def _leads(mention: TimeMention) -> bool:
    """Whether a time stands in the main clause of its sentence, and tells when, not since or until when."""
    above = list(ancestors(mention.head))
    if any(one.lower in ("since", "until", "till", "from", "after", "before", "by") for one in above[:2]):
        return False
    if mention.first.lower in ("from", "between"):
        return False
    verb = next((one for one in above if one.tag.startswith("VB")), None)
    return verb is not None and (verb.head is verb or verb.dep in ("conj", "ROOT"))
