"""When events were: rows of texts with the start and basis of each event's date, by its trigger; null for none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from strife.reading import read
from strife.records import Document, Event

ROWS = [json.loads(line) for line in (Path(__file__).parent / "data" / "timing.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['text'][:50]} {row['published']}" for row in ROWS])
def test_row(row: dict[str, Any]) -> None:
    reading = read(Document(id="t", text=row["text"], published=row["published"]), rules_only=True)
    events = [one for one in reading.claims if isinstance(one, Event)]
    for trigger, wanted in row["when"].items():
        start = row["text"].index(trigger)
        met = [one for one in events if one.trigger.start < start + len(trigger) and start < one.trigger.end]
        got = {(one.when.start, one.when.basis) if one.when else None for one in met}
        assert got == {tuple(wanted) if wanted else None}, trigger


def test_every_date_handed_on_says_so() -> None:
    text = "Rebels attacked a post on 3 June 2013. They killed two guards."
    own, handed = (
        one.when for one in read(Document(id="t", text=text), rules_only=True).claims if isinstance(one, Event)
    )
    assert own is not None
    assert handed is not None
    assert (own.start, own.basis) == ("2013-06-03", "explicit")
    assert (handed.start, handed.basis, handed.quote) == ("2013-06-03", "relative", "3 June 2013")
