"""strife reads reports of conflict and keeps score: what happened, who says so, who holds what, what is expected next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = [
    "Claim",
    "Control",
    "Date",
    "Document",
    "Event",
    "Figure",
    "Party",
    "Place",
    "Reading",
    "Relation",
    "Statement",
    "explain",
    "open",
    "read",
    "to_json",
]

if TYPE_CHECKING:
    from strife.casefile import open_case as open  # noqa: A004  # as a module's: strife.open(path)
    from strife.codebook.explain import explain
    from strife.reading import read
    from strife.records import (
        Claim,
        Control,
        Date,
        Document,
        Event,
        Figure,
        Party,
        Place,
        Reading,
        Relation,
        Statement,
        to_json,
    )


def __getattr__(name: str) -> Any:
    """The public names, imported when they are first asked for: `import strife` alone stays fast."""
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(f"module 'strife' has no attribute {name!r}")
    if name == "open":
        return import_module("strife.casefile").open_case
    rooms = {"explain": "strife.codebook.explain", "read": "strife.reading"}
    return getattr(import_module(rooms.get(name, "strife.records")), name)
