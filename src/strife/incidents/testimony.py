"""What goes into merging: claims with their sources, and what people have decided about them."""

from __future__ import annotations

from dataclasses import dataclass

from strife.records import Claim


@dataclass(frozen=True, slots=True)
class Testimony:
    """A claim and where it stands. `source` is the outlet, or the document where none is known; copies of one text share
    it. `published` is an ISO 8601 date."""

    claim: Claim
    document: str
    source: str
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people have put together or kept apart, as pairs of claim ids; it goes before everything else."""

    together: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()
