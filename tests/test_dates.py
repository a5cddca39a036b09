"""Dates: rows of sentences with the dates they name, and what must hold for any text."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strife.errors import BadInput
from strife.language.parse import analyse
from strife.mentions.timegrammar import interpret, longest, scan
from strife.mentions.times import find_times
from strife.records import Date, Document
from strife.resolve.dateline import dateline_date
from strife.resolve.dates import read_dates, resolve_date

ROWS = [json.loads(line) for line in (Path(__file__).parent / "data" / "dates.jsonl").read_text("utf-8").splitlines()]
PIECES = [
    "on",
    "in",
    "since",
    "from",
    "to",
    "between",
    "and",
    "the",
    "of",
    "last",
    "next",
    "that",
    "May",
    "march",
    "June",
    "5",
    "12",
    "2013",
    "Tuesday",
    "Friday",
    "week",
    "weeks",
    "year",
    "years",
    "two",
    "several",
    "ago",
    "earlier",
    "later",
    "before",
    "ago.",
    "spring",
    "quarter",
    "first",
    "1990s",
    "’90s",
    "5/6/2013",
    "31",
    "–",
    "—",
    "\n\n",
    "\n",
    "will",
    "attacked",
    "(",
    ")",
    "p.m.",
    "10,000",
    "today",
    "Ramadan",
    "10000",
    "same",
    "day",
    "decades",
]
JUMBLE = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)


def document(text: str, published: str | None = "2013-06-07") -> Document:
    return Document(id="t", text=text, published=published)


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:60] for row in ROWS])
def test_row(row: dict[str, Any]) -> None:
    found = read_dates(document(row["text"], row["published"]))
    assert [[one.quote, one.start, one.end, one.precision, one.basis] for _, _, one in found] == row["dates"]


SINGLE = [row for row in ROWS if len(row["dates"]) == 1]


@pytest.mark.parametrize("row", SINGLE, ids=[row["text"][:60] for row in SINGLE])
def test_given_span_is_read_like_a_found_one(row: dict[str, Any]) -> None:
    start = row["text"].index(row["dates"][0][0])
    span = (start, start + len(row["dates"][0][0]))
    ((first, last, got),) = read_dates(document(row["text"], row["published"]), [span])
    assert (first, last) == span
    assert [got.quote, got.start, got.end, got.precision, got.basis] == row["dates"][0]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(JUMBLE, st.sampled_from([None, "2013-06-07", "0001-01-01"]))
def test_any_text(text: str, published: str | None) -> None:
    for start, end, one in read_dates(document(text, published)):
        assert text[start:end] == one.quote
        assert (one.start is None) == (one.end is None)
        assert one.start is None or one.end is None or one.start <= one.end


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | JUMBLE)
def test_scanning_stays_within_the_text(text: str) -> None:
    matches = longest(list(scan(text)))
    assert all(0 <= one.start < one.end <= len(text) for one in matches)
    assert all(left.end <= right.start for left, right in pairwise(matches))


def test_one_date_for_each_span_in_their_order() -> None:
    text = "He fled on Friday, not on Tuesday, by boat."
    spans = [(text.index("Tuesday"), text.index("Tuesday") + 7), (text.index("boat"), text.index("boat") + 4), (11, 17)]
    found = read_dates(document(text), spans)
    assert [(start, end) for start, end, _ in found] == spans
    assert [got.start for _, _, got in found] == ["2013-06-04", None, "2013-06-07"]
    assert found[1][2].precision == "unknown"


def test_span_outside_the_text_is_named() -> None:
    with pytest.raises(BadInput, match=r"\[0, 99\]"):
        read_dates(document("He fled."), [(0, 99)])


def test_future_and_anchor_are_taken_from_the_caller() -> None:
    analysis = analyse(document("Polls in July, and the day before, a rally."))
    july, before = find_times(analysis)
    assert resolve_date(july, analysis, "2013-06-07", future=True).start == "2013-07-01"
    anchor = Date(start="2013-07-06", end="2013-07-06", precision="day", quote="6 July", basis="relative")
    assert resolve_date(before, analysis, None, anchor=anchor).start == "2013-07-05"


def test_head_is_the_token_it_hangs_on() -> None:
    analysis = analyse(document("Troops left late on Friday, and shells fell between May and July."))
    friday, months = find_times(analysis)
    assert (friday.head.text, months.head.text) == ("Friday", "May")


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("LIMA, 17 FEB 90 (DPA) -- [TEXT] A BOMB WENT OFF.", None, "1990-02-17"),
        ("Damascus, June 5 (SANA) - Three shells fell.", "2013-06-07", "2013-06-05"),
        ("Damascus, June 5 (SANA) - Three shells fell.", None, None),
        ("Date of publication: 6 June 2016\n\nAt least ten died.", None, "2016-06-06"),
        ("The war began on 15 March 2011 in the south.", "2013-06-07", None),
    ],
)
def test_dateline(text: str, published: str | None, expected: str | None) -> None:
    assert dateline_date(analyse(document(text, published)), published) == expected


def test_a_publication_date_that_is_no_day_counts_as_not_given() -> None:
    ((_, _, got),) = read_dates(document("They fled on Tuesday.", "sometime in 2013"))
    assert (got.start, got.precision) == (None, "day")


def test_interpret_reads_the_longest_expression_in_a_quote() -> None:
    expression = interpret("early on Tuesday, 4 June 2013")
    assert expression is not None
    assert (expression.year, expression.month, expression.day, expression.weekday) == (2013, 6, 4, 1)
