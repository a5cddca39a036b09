"""Claims in plain words: who, what, whom, how firmly, figures and dates; nothing that a terminal obeys."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strife.records import (
    Claim,
    Control,
    Date,
    Figure,
    Frame,
    Relation,
    Statement,
)
from strife.views.words import (
    date_words,
    excerpt,
    figure_words,
    harmless,
    number_words,
    place_words,
    short,
    standing,
)
from tests.test_views import CAPTURE, COUNCIL, HAREM, claim, party


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (CAPTURE, "Syrian Army → captured · Harem (SY) · 2013-06-05 · COERCE seize"),
        (claim(Relation), "Army units → allied with → Harem Council · relation"),
        (claim(Control, extent="most"), "Army units → gains most of → Harem (SY) · control"),
        (claim(Control, extent="surroundings"), "Army units → gains the surroundings of → Harem (SY) · control"),
        (claim(Figure), "at least 25 fighters · figure: deaths"),
        (
            claim(Statement, frame=Frame(voice=COUNCIL)),
            "“shells had hit the market” · claimed by Harem Council · quotation",
        ),
        (
            claim(actors=(COUNCIL,), supporters=(party("Army units"),)),
            "Harem Council (with Army units) → captured · COERCE seize",
        ),
        (claim(frame=Frame(negated=True)), "captured · negated · COERCE seize"),
    ],
)
def test_a_claim_in_one_line(one: Claim, words: str) -> None:
    assert short(one) == words


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (Frame(), "reported"),
        (Frame(voice=COUNCIL, co_voices=(party("Army units"),)), "claimed by Harem Council, Army units"),
        (Frame(voice=COUNCIL, stance="denies"), "denied by Harem Council"),
        (Frame(voice=COUNCIL, stance="supposes", likelihood="possible"), "possible, according to Harem Council"),
        (Frame(voice=COUNCIL, negated=True), "negated, according to Harem Council"),
        (Frame(stance="expects", likelihood="scheduled"), "expected, scheduled"),
    ],
)
def test_standing_names_the_voice_and_the_likelihood(frame: Frame, words: str) -> None:
    assert standing(frame, frame.status) == words


@pytest.mark.parametrize(
    ("low", "best", "high", "unit", "words"),
    [
        (25, 25, 25, None, "25 fighters"),
        (None, 1200, None, None, "about 1,200 fighters"),
        (20, 25, 30, None, "25 (20 to 30) fighters"),
        (None, None, 30, None, "at most 30 fighters"),
        (1e8, None, 999_999_999, "USD", "100 million to 999,999,999 USD fighters"),
        (None, None, None, None, "an unstated number of fighters"),
    ],
)
def test_figures(low: Any, best: Any, high: Any, unit: str | None, words: str) -> None:
    numbers = {name: value and float(value) for name, value in (("low", low), ("best", best), ("high", high))}
    assert figure_words(claim(Figure, **numbers, unit=unit)) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(3.0, "3"), (2.5, "2.5"), (1_234_567.0, "1,234,567"), (2.5e6, "2.5 million"), (1e12, "1 trillion"), (1e300, None)],
)
def test_numbers_are_never_rounded(number: float, words: str | None) -> None:
    assert number_words(number) == (words or number_words(number))


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2013-06-05", "2013-06-05", "day", "2013-06-05"),
        ("2013-06-05", "2013-06-07", "day", "2013-06-05 – 2013-06-07"),
        ("2013-06-03", "2013-06-09", "week", "week of 2013-06-03"),
        ("2013-06-01", "2013-06-30", "month", "2013-06"),
        ("2013-06-01", "2013-07-31", "month", "2013-06 – 2013-07"),
        ("2013-01-01", "2013-12-31", "year", "2013"),
        ("1990-01-01", "1999-12-31", "decade", "1990 – 1999"),
        (None, None, "unknown", "“last week”"),
    ],
)
def test_dates_at_their_precision(start: str | None, end: str | None, precision: Any, words: str) -> None:
    assert date_words(Date(start=start, end=end, precision=precision, quote="last week", basis="relative")) == words


def test_a_place_that_is_not_named_shows_what_it_was_resolved_to() -> None:
    assert place_words(HAREM) == "Harem (SY)"
    assert place_words(msgspec.structs.replace(HAREM, quote="the town")) == "Ḩārim (SY)"
    assert place_words(msgspec.structs.replace(HAREM, quote="Syria", precision="country")) == "Syria"


@given(st.text(), st.integers(4, 60), st.data())
def test_an_excerpt_keeps_its_middle(text: str, limit: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words, first, last = excerpt(text, limit, start, end)
    if end - start <= limit:
        assert words[first:last] == text[start:end]
    assert len(words) <= max(limit, 4) + 4


@given(st.text(st.characters()))
def test_harmless_text_has_the_same_length_and_nothing_to_obey(text: str) -> None:
    safe = harmless(text)
    assert len(safe) == len(text)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", safe)
