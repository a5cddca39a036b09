"""Figures: what a number measures, the words it counts, and the event it belongs to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from strife.claims.figures import FigureDraft, find_figures
from strife.codebook import measures
from strife.codebook.measures import load_measures
from strife.errors import BadData
from strife.language.analysis import Analysis
from strife.language.parse import analyse
from strife.mentions.quantities import find_quantities
from strife.records import Document

ROWS = [json.loads(line) for line in (Path(__file__).parent / "data/figures.jsonl").read_text("utf-8").splitlines()]


def _figures(text: str, triggers: list[tuple[int, str]]) -> tuple[Analysis, list[FigureDraft]]:
    analysis = analyse(Document(id="row", text=text))
    counts = dict(triggers)
    places = {token.i: counts[token.start] for token in analysis.tokens if token.start in counts}
    assert len(places) == len(triggers), "a trigger of the row is no token of its text"
    return analysis, find_figures(analysis, find_quantities(analysis), places)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:50])
def test_rows(row: dict[str, Any]) -> None:
    analysis, drafts = _figures(row["text"], [(start, counts) for _, start, counts in row["triggers"]])
    seen = [
        {
            "number": analysis.span_of(draft.quantity.first, draft.quantity.last).quote,
            "measure": draft.measure,
            "of": analysis.span_of(*draft.of).quote,
            **({"unit": draft.unit} if draft.unit else {}),
            "about": analysis.tokens[draft.about].text if draft.about is not None else None,
        }
        for draft in drafts
    ]
    assert seen == row["figures"]


def test_measure_from_the_event() -> None:
    text = "The gunmen dispatched 12 people."
    _, drafts = _figures(text, [(text.index("dispatched"), "deaths")])
    assert [draft.measure for draft in drafts] == ["deaths"]


def test_word_lists_are_lemmas() -> None:
    book = load_measures()
    for name, words in book.by_measure.items():
        for word in words.strong | words.nouns | words.verbs | words.does | words.states | words.acts:
            assert word == word.lower().strip(), (name, word)
    for phrase in book.hedges["low"]:
        assert phrase not in book.hedges["high"]


def test_missing_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "FILE", "codebook/data/nowhere.toml")
    with pytest.raises(BadData, match=r"nowhere\.toml"):
        load_measures.__wrapped__()


def test_missing_list_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures.tomllib, "loads", lambda _: {"measures": {}})
    with pytest.raises(BadData, match="deaths"):
        load_measures.__wrapped__()
