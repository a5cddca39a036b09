"""What goes into merging: claims with their sources, and what people have decided about them."""

from __future__ import annotations

from dataclasses import dataclass

from strife.incidents.outline import Outline
from strife.records import Claim

BARE = Outline()  # of a report of which nothing but its claims is known


@dataclass(frozen=True, slots=True)
class Testimony:
    """A claim and where it stands. `source` is the outlet, or the document where none is known; copies of one text share
    it. `published` is an ISO 8601 date. `outline` is what the report shows besides; without it only the claims' words speak."""

    claim: Claim
    document: str
    source: str
    published: str | None = None
    outline: Outline = BARE


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people have put together or kept apart, as pairs of claim ids; it goes before everything else."""

    together: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()
