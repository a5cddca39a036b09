"""Where claims come from: the document and the source of each; near copies share the source of the first."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from strife.casefile.store import Store


class Origin(Struct, frozen=True, kw_only=True):
    """A document in short; `witness` is the source it counts as when incidents are merged."""

    document: str
    title: str | None
    source: str | None
    published: str | None
    witness: str


class Quoted(Struct, frozen=True, kw_only=True):
    """A claim in short: its first words in the text, its status and voice, and its document."""

    claim: str
    document: str
    words: str
    status: str
    voice: str
    source: str | None
    day: str | None


def origins(store: Store, documents: Iterable[str]) -> dict[str, Origin]:
    """The documents of these ids, in short."""
    rows = store.rows(
        "SELECT documents.id, documents.title, documents.source, documents.published, coalesce(first.source, first.id)"
        " FROM json_each(?) JOIN documents ON documents.id = value JOIN documents AS first ON first.number = documents.story",
        (msgspec.json.encode(list(documents)).decode(),),
    )
    return {
        name: Origin(document=name, title=title, source=source, published=day, witness=witness)
        for name, title, source, day, witness in rows
    }


def quotes(store: Store, claims: Iterable[str]) -> dict[str, Quoted]:
    """The claims of these ids that stand, in short."""
    rows = store.rows(
        "SELECT claims.id, documents.id, words, status, voice, documents.source,"
        " coalesce(resolved.date_start, resolved.published)"
        " FROM json_each(?) JOIN claims ON claims.id = value JOIN resolved ON resolved.claim = claims.number"
        " JOIN documents ON documents.number = claims.document",
        (msgspec.json.encode(list(claims)).decode(),),
    )
    return {row[0]: Quoted(**dict(zip(Quoted.__struct_fields__, row, strict=True))) for row in rows}
