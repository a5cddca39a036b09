"""What a gold file wants to be found, in one form for all kinds of gold."""

from __future__ import annotations

from msgspec import Struct

from strife.records import Document, Span

Names = tuple[str, ...]  # alternatives: one of them is enough
Slots = dict[str, tuple[Names, ...]]  # slot -> what must be there; each entry by one of its names


class Wanted(Struct, frozen=True, kw_only=True):
    """One thing to be found: where it stands, the types of claim that may tell it, and what its slots must say.

    `readings` are equally right; `exact` asks for the slots' very answers and no others. A thing that is not `actual`
    must not come out as having happened; `number` is low, best, high."""

    id: str
    kind: str
    passages: tuple[Span, ...]
    readings: tuple[Slots, ...] = ({},)
    types: tuple[str, ...] = ()
    number: tuple[float | None, float | None, float | None] | None = None
    exact: bool = False
    actual: bool = True


class GoldDocument(Struct, frozen=True, kw_only=True):
    """A text and what is wanted from it; of a `complete` one, everything else that is found is wrong."""

    document: Document
    wanted: tuple[Wanted, ...]
    complete: bool


class Gold(Struct, frozen=True, kw_only=True):
    """A gold file: its name, the hash of all it rests on, and its documents."""

    name: str
    sha256: str
    documents: tuple[GoldDocument, ...]
