"""Control: who holds, gains, loses or contests which place, and how much of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from strife.reading import read
from strife.records import Control

ROWS = [json.loads(line) for line in (Path(__file__).parent / "data/control.jsonl").read_text("utf-8").splitlines()]


def control(text: str) -> list[Control]:
    """The claims of control in a text."""
    return [claim for claim in read(text).claims if isinstance(claim, Control)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:50])
def test_rows(row: dict[str, Any]) -> None:
    found = [
        [one.holder.quote, one.change, one.extent, one.where.quote]
        for one in control(row["text"])
        if one.where is not None
    ]
    assert sorted(found) == sorted(row["control"])


def test_a_described_place_keeps_its_words_and_gets_its_name() -> None:
    places = [
        one.where for one in control("The Taliban seized Kunduz in autumn. Afghan forces retook the city within days.")
    ]
    assert places[0] is not None
    assert places[1] is not None
    assert (places[1].quote, places[1].name) == ("city", places[0].name)
    assert places[1].name


def test_the_place_of_another_clause_is_not_taken() -> None:
    claims = read("The bombing could derail the talks being held in Geneva.").claims
    assert all(one.where is None for one in claims if getattr(getattr(one, "trigger", None), "quote", "") == "bombing")
