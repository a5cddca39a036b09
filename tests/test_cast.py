"""Who did what to whom: rows of `data/cast.jsonl`, and lists parted by semicolons."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from strife.reading import read
from strife.records import Event

ROWS = [json.loads(line) for line in (Path(__file__).parent / "data/cast.jsonl").read_text("utf-8").splitlines()]


def events(text: str) -> list[Event]:
    """The events that a text tells."""
    return [claim for claim in read(text).claims if isinstance(claim, Event)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['trigger']}: {row['text'][:40]}")
def test_rows(row: dict[str, Any]) -> None:
    one = next(one for one in events(row["text"]) if one.trigger.quote == row["trigger"])
    assert one.status == row["status"]
    assert [party.quote for party in one.actors] == row["actors"]
    assert [party.quote for party in one.recipients] == row["recipients"]


def test_items_of_a_demanded_list_did_not_happen() -> None:
    text = "The envoy asked for an end to the fighting; safe passage for aid lorries; and the release of all hostages."
    assert not [one for one in events(text) if "release" in one.trigger.quote and one.status == "reported"]
