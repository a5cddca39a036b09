"""Quantities: numbers in words and digits, hedges, ranges, shares, units, and what is no count at all."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strife.language.parse import analyse
from strife.mentions.numerals import digits, read_numeral
from strife.mentions.quantities import find_quantities
from strife.records import Document

ROWS = [json.loads(line) for line in (Path(__file__).parent / "data/quantities.jsonl").read_text("utf-8").splitlines()]
WORDS = (
    "two dozen half a hundred thousand million and - to or between at least over some of in % $ km per cent soldiers "
    "dead killed were May 2013 12 1,200 000 3.5 5:30 ( ) , . aged tens thirds one several few"
).split(" ")


def _seen(text: str) -> list[dict[str, Any]]:
    analysis = analyse(Document(id="row", text=text))
    found = []
    for mention in find_quantities(analysis):
        row: dict[str, Any] = {
            "quote": analysis.span_of(mention.first, mention.last).quote,
            "bounds": [mention.low, mention.best, mention.high],
            "counted": mention.counted.text if mention.counted else None,
        }
        found.append(
            row | ({"unit": mention.unit} if mention.unit else {}) | ({"share": True} if mention.share else {})
        )
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:50])
def test_rows(row: dict[str, Any]) -> None:
    assert _seen(row["text"]) == row["quantities"]


@pytest.mark.parametrize(
    ("words", "low", "best", "high"),
    [
        ("forty-three", 43, 43, 43),
        ("a hundred and fifty", 150, 150, 150),
        ("two thousand five hundred", 2500, 2500, 2500),
        ("three hundred thousand", 300_000, 300_000, 300_000),
        ("12 000", 12_000, 12_000, 12_000),
        ("3.5 million", 3_500_000, 3_500_000, 3_500_000),
        ("two and a half million", 2_500_000, 2_500_000, 2_500_000),
        ("half a dozen", 6, 6, 6),
        ("a couple of hundred", 200, 200, 200),
        ("several thousand", 3000, None, 9000),
        ("tens of thousands", 10_000, None, 99_999),
        ("hundreds of millions", 100_000_000, None, 999_999_999),
    ],
)
def test_numerals(words: str, low: float, best: float | None, high: float) -> None:
    analysis = analyse(Document(id="n", text=f"They saw {words} people there."))
    numeral = read_numeral(analysis.tokens, 2)
    assert numeral is not None
    assert (numeral.low, numeral.best, numeral.high) == (low, best, high)


@pytest.mark.parametrize("text", ["0914", "007", "5:30", "T-72", "20th", "1990s", "", "12,34", "+963", "9" * 20])
def test_codes_are_no_digits(text: str) -> None:
    assert digits(text) is None


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_any_words_are_read(text: str) -> None:
    analysis = analyse(Document(id="any", text=text))
    mentions = find_quantities(analysis)
    for mention in mentions:
        assert mention.first.i <= mention.head.i <= mention.last.i
        bounds = [bound for bound in (mention.low, mention.best, mention.high) if bound is not None]
        assert bounds
        assert bounds == sorted(bounds)
    assert all(left.last.i < right.first.i for left, right in itertools.pairwise(mentions))
