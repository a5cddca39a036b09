"""The cue lists: which words tell whose voice it is, how firm it is, and whether it happened."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import cast

from strife.errors import BadData
from strife.records import Likelihood


@dataclass(frozen=True, slots=True)
class Cues:
    """Cue words by part of speech and class; verbs map a lemma (or "lemma word") to the classes it belongs to."""

    verbs: dict[str, frozenset[str]]
    objects: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]
    adjectives: dict[str, frozenset[str]]
    adverbs: dict[str, frozenset[str]]
    likelihood: dict[str, Likelihood]
    conditions: frozenset[str]
    facts: frozenset[str]
    sources: frozenset[str]


@functools.cache
def load_cues() -> Cues:
    """The cue lists of the codebook."""
    path = files("strife.codebook") / "data" / "cues.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    if missing := {"verbs", "objects", "nouns", "adjectives", "adverbs", "likelihood", "marks", "reporting"} - set(
        table
    ):
        raise BadData(f"cues.toml: lacks the tables {', '.join(sorted(missing))}")
    likelihood = {word: cast(Likelihood, name) for name, words in table["likelihood"].items() for word in listed(words)}
    return Cues(
        verbs=_classes(table["verbs"]),
        objects=_classes(table["objects"]),
        nouns=_classes(table["nouns"]),
        adjectives=_classes(table["adjectives"]),
        adverbs=_classes(table["adverbs"]),
        likelihood=likelihood,
        conditions=frozenset(listed(table["marks"]["conditions"])),
        facts=frozenset(listed(table["marks"]["facts"])),
        sources=frozenset(listed(table["reporting"]["sources"])),
    )


def _classes(table: dict[str, str]) -> dict[str, frozenset[str]]:
    """{word: classes}; an entry of several words is a lemma followed by particles or prepositions."""
    found: dict[str, set[str]] = {}
    for name, words in table.items():
        for entry in listed(words):
            found.setdefault(entry, set()).add(name)
    return {word: frozenset(classes) for word, classes in found.items()}


def listed(words: str) -> list[str]:
    """The entries of a comma-separated list."""
    return [" ".join(entry.split()) for entry in words.split(",") if entry.strip()]
