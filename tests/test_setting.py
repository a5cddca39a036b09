"""Where events were: rows of texts with the place of each event and what it was taken over from, by trigger; null for none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from strife.reading import read
from strife.records import Event

ROWS = [json.loads(line) for line in (Path(__file__).parent / "data" / "setting.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:60] for row in ROWS])
def test_row(row: dict[str, Any]) -> None:
    reading = read(row["text"], rules_only=True)
    basis = {
        why.claim: one.removeprefix("place: from ")
        for why in reading.whys
        for one in why.candidates
        if one.startswith("place: from ")
    }
    for trigger, wanted in row["where"].items():
        start = row["text"].index(trigger)
        met = [
            one
            for one in reading.claims
            if isinstance(one, Event) and one.trigger.start < start + len(trigger) and start < one.trigger.end
        ]
        assert met, trigger
        got = {(one.where.name, basis.get(one.id)) if one.where else None for one in met}
        assert got == {tuple(wanted) if wanted else None}, trigger
        assert all(row["text"][one.where.start : one.where.end] == one.where.quote for one in met if one.where)
