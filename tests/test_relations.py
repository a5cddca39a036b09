"""Relations: who stands how to whom, and what tells of no relation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from strife.reading import read
from strife.records import Relation

ROWS = [json.loads(line) for line in (Path(__file__).parent / "data/relations.jsonl").read_text("utf-8").splitlines()]


def relations(text: str) -> list[Relation]:
    """The relations that a text tells."""
    return [claim for claim in read(text).claims if isinstance(claim, Relation)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:50])
def test_rows(row: dict[str, Any]) -> None:
    found = [[one.subject.quote, one.predicate, one.object.quote] for one in relations(row["text"])]
    if not row["relations"]:
        assert found == []
    for wanted in row["relations"]:
        assert wanted in found


def test_we_is_the_speaker() -> None:
    said = relations('"We will continue to fight Boko Haram," the Nigerian president said.')
    assert [(one.subject.quote, one.subject.country) for one in said] == [("We", "NGA")]


def test_one_relation_is_told_once_in_a_sentence() -> None:
    text = "Turkish troops attacked Kurdish rebels in the hills and Turkish troops bombed the Kurdish rebels again."
    assert len([one for one in relations(text) if one.predicate == "fights"]) <= 1


def test_intention_and_denial_keep_their_status() -> None:
    assert relations("Sudan does not support the rebels in Chad.")[0].status == "negated"
    assert relations("Sudan denied that it supports the Chadian rebels.")[0].status == "denied"
