"""The documents of a case as a list, without their texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from strife.casefile.filters import Filters, checked, match_of, where_of
from strife.casefile.store import Store

FIRST = (
    "SELECT first.id FROM documents AS first WHERE first.number = documents.story AND first.number <> documents.number"
)
USED = ("source", "since", "until", "text")  # filters that documents have


class Listed(Struct, frozen=True, kw_only=True):
    """A document in a list; `copy_of` is the id of the first document of which it is a near copy."""

    record: Literal["document"] = "document"
    id: str
    title: str | None
    published: str | None
    source: str | None
    url: str | None
    length: int
    claims: int
    copy_of: str | None


def listed(store: Store, filters: Filters, *, limit: int | None = None, offset: int = 0) -> Iterator[Listed]:
    """The documents that the filters let through, the newest first, those without a day last."""
    where, values = _where(filters)
    query = (
        f"SELECT id, title, published, source, url, length, claims, ({FIRST}) FROM documents WHERE {where}"
        " ORDER BY published IS NULL, published DESC, number LIMIT ? OFFSET ?"
    )
    for row in store.each(query, (*values, -1 if limit is None else limit, offset)):
        yield Listed(**dict(zip(Listed.__struct_fields__[1:], row, strict=True)))


def counted(store: Store, filters: Filters) -> int:
    """How many documents the filters let through."""
    where, values = _where(filters)
    return int(store.one(f"SELECT count(*) FROM documents WHERE {where}", values))


def outlets(store: Store, filters: Filters, limit: int) -> list[tuple[str | None, int]]:
    """The outlets of these documents with the number of each, the most first."""
    where, values = _where(filters)
    query = f"SELECT source, count(*) FROM documents WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?"
    return [(source, int(number)) for source, number in store.rows(query, (*values, limit))]


def by_month(store: Store, filters: Filters) -> list[tuple[str, int]]:
    """The months of publication of these documents with the number of each, in their order."""
    where, values = _where(filters)
    query = f"SELECT substr(published, 1, 7), count(*) FROM documents WHERE {where} AND published NOT NULL GROUP BY 1 ORDER BY 1"
    return [(month, int(number)) for month, number in store.rows(query, values)]


def _where(filters: Filters) -> tuple[str, tuple[object, ...]]:
    """The condition: days are those of publication, words are looked for in titles and texts."""
    checked(filters)
    source = where_of(Filters(source=filters.source))
    parts, values = [*source.parts], [*source.values]
    if filters.since:
        parts.append("published >= ?")
        values.append(filters.since)
    if filters.until:
        parts.append("published <= ?")
        values.append(filters.until)
    if filters.text and filters.text.strip():
        parts.append("number IN (SELECT rowid FROM documents_text WHERE documents_text MATCH ?)")
        values.append(match_of(filters.text))
    return " AND ".join(parts) or "1", tuple(values)
