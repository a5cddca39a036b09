"""Records -> JSON Lines, as the output contract has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from strife.records import Date, Document, Place, PlaceWhy, Reading, document_line, to_json


def reading_lines(reading: Reading, *, why: bool = False) -> Iterator[str]:
    """The document's line, then its claims in text order; with `why`, behind each claim a line on what it rests on."""
    yield to_json(document_line(reading.document))
    whys = {one.claim: one for one in reading.whys} if why else {}
    for claim in reading.claims:
        yield to_json(claim)
        if claim.id in whys:
            yield _line({"record": "why"}, whys[claim.id])


def place_lines(document: Document, places: Iterable[tuple[Place, Iterable[PlaceWhy]]]) -> Iterator[str]:
    """A line for each place mention of a document, and behind it one for each answer to why it is that place."""
    for place, whys in places:
        yield _line({"record": "place", "document": document.id}, place)
        for why in whys:
            yield _line({"record": "why", "document": document.id}, why)


def date_lines(document: Document, dates: Iterable[tuple[int, int, Date]]) -> Iterator[str]:
    """A line for each time expression of a document: `start_char`, `end_char` are offsets, `start`, `end` are days."""
    for start, end, date in dates:
        yield _line({"record": "date", "document": document.id, "start_char": start, "end_char": end}, date)


def _line(head: dict[str, object], record: msgspec.Struct) -> str:
    return msgspec.json.encode(head | msgspec.structs.asdict(record)).decode()
