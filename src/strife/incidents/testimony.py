"""A claim with what merging must know about where it was said."""

from __future__ import annotations

from dataclasses import dataclass

from strife.records import Control, Event, Figure


@dataclass(frozen=True)
class Testimony:
    """A claim and who tells it: `source` is the outlet or the document's id, copies share one; `published` an ISO date."""

    claim: Event | Figure | Control
    document: str
    source: str
    published: str | None
