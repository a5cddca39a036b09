"""Finding actors by name, for people: the exact name, names that contain it, names spelt nearly so."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Literal

from strife.registry.registry import Entry, Registry, fold, split

NEAR = 0.84  # how alike two names must be to be offered, 1 being the same
MOST = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """An actor, the name by which it was found, and how: the same name, part of one, or one spelt nearly so."""

    entry: Entry
    name: str
    how: Literal["same", "part", "near"]


def find_actors(registry: Registry, name: str, *, year: int | None = None) -> list[Hit]:
    """The actors that go by a name, best first, at most twenty; with a year, only those of that time."""
    key = tuple(fold(word) for word in split(name.strip()))
    if not key:
        return []
    found = [Hit(entry, " ".join(key), "same") for entry in registry.names.get(key, ())]
    if not found:
        found = [
            Hit(entry, " ".join(other), "part")
            for other in _containing(registry, key)
            for entry in registry.names[other]
        ]
    if not found:
        names = [" ".join(other) for other in registry.names]
        near = difflib.get_close_matches(" ".join(key), names, n=5, cutoff=NEAR)
        found = [Hit(entry, other, "near") for other in near for entry in registry.names.get(tuple(other.split()), ())]
    once = {(hit.entry.id, hit.entry.start): hit for hit in reversed(found)}
    kept = [hit for hit in found if once.get((hit.entry.id, hit.entry.start)) is hit]
    return [hit for hit in kept if year is None or hit.entry.start <= year <= hit.entry.end][:MOST]


def _containing(registry: Registry, key: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The names that hold these words in a row, shortest first."""
    size = len(key)
    found = [
        other
        for other in registry.names
        if len(other) > size and any(other[at : at + size] == key for at in range(len(other) - size + 1))
    ]
    return sorted(found, key=lambda other: (len(other), other))
