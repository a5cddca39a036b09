"""Who holds an office at a date: "Syria's president" in 1995, "the prime minister" where the country is known."""

from __future__ import annotations

import msgspec

from strife.records import Party
from strife.registry.registry import Registry, fold

SPELT = {"premier": "prime minister", "defense minister": "defence minister", "foreign secretary": "foreign minister"}
SKIPPED = {"the", "of", "s", "current", "incumbent"}


def holder(party: Party, year: int | None, registry: Registry) -> Party:
    """The party with the name and id of whoever alone held its office that year; as it is where none or several did."""
    if party.id or not party.country or year is None or "GOV" not in party.sectors:
        return party
    held = [
        entry
        for first, last, entry in registry.offices.get((_title(party, registry), party.country), ())
        if first <= year <= last
    ]
    if len({entry.id for entry in held}) != 1:
        return party
    return msgspec.structs.replace(party, name=held[0].name, id=held[0].id)


def _title(party: Party, registry: Registry) -> str:
    """The office in a description, less the words that tell whose it is; "" where more is said ("the former president")."""
    words = [fold(word) for word in party.quote.replace("'s", " ").replace("’s", " ").replace("-", " ").split()]
    left: list[str] = []
    index = 0
    while index < len(words):
        size = next((n for n in (3, 2, 1) if _of_state(words[index : index + n], party.country, registry)), 0)
        if not size and words[index] not in SKIPPED:
            left.append(words[index])
        index += size or 1
    title = " ".join(left)
    return SPELT.get(title, title)


def _of_state(words: list[str], country: str | None, registry: Registry) -> bool:
    entries = registry.names.get(tuple(words), [])
    return any(entry.kind in ("state", "adjective", "people") and entry.country == country for entry in entries)
