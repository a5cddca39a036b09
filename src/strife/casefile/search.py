"""Words in the case: the passages and the documents that have them, the best first, with the words marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from msgspec import Struct

from strife.casefile.filters import Filters, checked, match_of, where_of
from strife.casefile.store import Store

BEFORE, AFTER = "\ue000", "\ue001"  # around each word that was found: letters that no text has
AROUND = 32  # words of a document that are shown around what was found


class Hit(Struct, frozen=True, kw_only=True):
    """A claim (its record as JSON) or a document, and its words with what was found between BEFORE and AFTER."""

    record: str
    words: str


class Paper(Struct, frozen=True, kw_only=True):
    """A document in which the words stand."""

    id: str
    title: str | None
    source: str | None
    published: str | None
    words: str


def passages(store: Store, filters: Filters, *, limit: int | None = None, offset: int = 0) -> Iterator[Hit]:
    """The claims whose evidence has the words, the best matches first. Unknown where there is no word to look for."""
    where = where_of(checked(replace(filters, text=None)))
    within = f"AND claims_text.rowid IN (SELECT claim FROM resolved WHERE {where.sql})" if where.parts else ""
    query = (
        f"SELECT coalesce(resolved.record, claims.record), highlight(claims_text, 0, '{BEFORE}', '{AFTER}')"
        " FROM claims_text CROSS JOIN resolved ON resolved.claim = claims_text.rowid"
        " CROSS JOIN claims ON claims.number = claims_text.rowid"
        f" WHERE claims_text MATCH ? {within} ORDER BY claims_text.rank, claims_text.rowid LIMIT ? OFFSET ?"
    )
    values = (match_of(filters.text or ""), *where.values, -1 if limit is None else limit, offset)
    for record, words in store.each(query, values):
        yield Hit(record=record, words=words)


def papers(store: Store, filters: Filters, *, limit: int) -> list[Paper]:
    """The documents whose title or text has the words, the best matches first; sources and days of publication count."""
    where = where_of(Filters(source=filters.source))
    query = (
        "SELECT documents.id, documents.title, source, published,"
        f" snippet(documents_text, 1, '{BEFORE}', '{AFTER}', ' … ', {AROUND})"
        " FROM documents_text JOIN documents ON documents.number = documents_text.rowid"
        f" WHERE documents_text MATCH ? AND {where.sql} AND (? IS NULL OR published >= ?) AND (? IS NULL OR published <= ?)"
        " ORDER BY documents_text.rank LIMIT ?"
    )
    days = (filters.since, filters.since, filters.until, filters.until)
    rows = store.rows(query, (match_of(filters.text or ""), *where.values, *days, limit))
    return [Paper(**dict(zip(Paper.__struct_fields__, row, strict=True))) for row in rows]
