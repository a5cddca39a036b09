"""What a case holds, who acts in it, and how an actor stands to others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from msgspec import Struct

from strife.casefile.filters import ACTING, RECEIVING, Filters, checked, where_of
from strife.casefile.find import ALL
from strife.casefile.merging import Merged, merged
from strife.casefile.store import SCHEMA, Store
from strife.gazetteer.names import fold

EVIDENCE = 5  # claims named for each relation


class Info(Struct, frozen=True, kw_only=True):
    """A case in figures; the lists are pairs of a name and a number, the most first."""

    record: Literal["info"] = "info"
    path: str
    schema: int
    size: int
    documents: int
    stories: int
    first: str | None
    last: str | None
    claims: int
    types: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, int], ...]
    sources: tuple[tuple[str, int], ...]
    readers: tuple[tuple[str, int], ...]
    incidents: int
    merged: Merged
    imported: tuple[tuple[str, int], ...]
    decisions: int
    waiting: int
    versions: int
    failures: int


class Actor(Struct, frozen=True, kw_only=True):
    """A party with the number of claims in which it acts, is acted on and speaks, and the days of the first and the last."""

    record: Literal["actor"] = "actor"
    name: str
    id: str | None
    country: str | None
    acts: int
    undergoes: int
    speaks: int
    first: str | None
    last: str | None


class Link(Struct, frozen=True, kw_only=True):
    """What one party does to another, or how it stands to it, in a year; `evidence` are ids of claims, the first five."""

    record: Literal["link"] = "link"
    actor: str
    other: str
    what: str
    status: str
    year: str | None
    claims: int
    first: str | None
    last: str | None
    evidence: tuple[str, ...]


def info(store: Store) -> Info:
    """The case in figures."""
    first, last = store.row("SELECT min(published), max(published) FROM documents") or (None, None)

    def pairs(query: str) -> tuple[tuple[str, int], ...]:
        return tuple((str(name), int(number)) for name, number in store.rows(query))

    def number(query: str) -> int:
        return int(store.one(f"SELECT count(*) FROM {query}"))

    return Info(
        path=str(store.path),
        schema=SCHEMA,
        size=store.size,
        documents=number("documents"),
        stories=int(store.one("SELECT count(DISTINCT story) FROM documents")),
        first=first,
        last=last,
        claims=number("claims"),
        types=pairs("SELECT type, count(*) FROM resolved GROUP BY 1 ORDER BY 2 DESC, 1"),
        statuses=pairs("SELECT status, count(*) FROM resolved GROUP BY 1 ORDER BY 2 DESC, 1"),
        sources=pairs("SELECT source, documents FROM source_list ORDER BY 2 DESC, 1 LIMIT 50"),
        readers=pairs("SELECT reader, count(*) FROM documents GROUP BY 1 ORDER BY 2 DESC, 1"),
        incidents=number("incidents WHERE dataset IS NULL"),
        merged=merged(store),
        imported=pairs("SELECT dataset, count(*) FROM incidents WHERE dataset IS NOT NULL GROUP BY 1 ORDER BY 1"),
        decisions=number("decisions WHERE undone_at IS NULL"),
        waiting=number(
            "decisions WHERE undone_at IS NULL AND (kind = 'claim' AND applies IS NULL OR number IN"
            " (SELECT decision FROM decision_claims WHERE applies IS NULL))"
        ),
        versions=number("document_versions"),
        failures=number("failures"),
    )


def actors(store: Store, filters: Filters, *, limit: int | None = None) -> Iterator[Actor]:
    """The parties of the claims that the filters let through, those of most claims first; one id or name, one line."""
    where = where_of(checked(filters))
    query = (
        "SELECT max(name), max(id), max(country), sum(acts), sum(undergoes), sum(speaks), min(first), max(last) FROM ("
        " SELECT coalesce(parties.id, key) AS who, parties.name, max(parties.id) AS id, max(parties.country) AS country,"
        f" count(DISTINCT CASE WHEN role IN ({ACTING}) THEN parties.claim END) AS acts,"
        f" count(DISTINCT CASE WHEN role IN ({RECEIVING}) THEN parties.claim END) AS undergoes,"
        " count(DISTINCT CASE WHEN role IN ('voice', 'co_voice') THEN parties.claim END) AS speaks,"
        " min(resolved.date_start) AS first, max(resolved.date_end) AS last"
        " FROM parties JOIN resolved ON resolved.claim = parties.claim"
        f" WHERE parties.claim IN (SELECT claim FROM resolved WHERE {where.sql}) GROUP BY who, parties.name"
        ") GROUP BY who ORDER BY sum(acts) + sum(undergoes) + sum(speaks) DESC, 1 LIMIT ?"
    )
    for row in store.each(query, (*where.values, ALL if limit is None else limit)):
        yield Actor(**dict(zip(Actor.__struct_fields__[1:], row, strict=True)))


def links(store: Store, name: str, filters: Filters) -> Iterator[Link]:
    """What an actor (by name, words or id) does to others and others to it, and how they stand to each other, by year."""
    where = where_of(checked(filters))
    own = "(SELECT claim FROM parties WHERE key = ? OR quote_key = ? OR id = ?)"
    query = (
        "SELECT one.name, other.name, coalesce(resolved.code, resolved.predicate) AS what, resolved.status,"
        " substr(coalesce(resolved.date_start, resolved.published), 1, 4) AS year, count(DISTINCT one.claim),"
        " min(resolved.date_start), max(resolved.date_end), group_concat(DISTINCT claims.id)"
        " FROM parties AS one JOIN parties AS other ON other.claim = one.claim"
        " JOIN resolved ON resolved.claim = one.claim JOIN claims ON claims.number = one.claim"
        f" WHERE one.role IN ({ACTING}) AND other.role IN ({RECEIVING}) AND one.claim IN {own}"
        " AND (? IN (one.key, one.quote_key, other.key, other.quote_key) OR ? IN (one.id, other.id))"
        f" AND one.claim IN (SELECT claim FROM resolved WHERE {where.sql})"
        " GROUP BY 1, 2, 3, 4, 5 ORDER BY year IS NULL, year, 6 DESC, 1, 2, 3, 4"
    )
    key = fold(name)
    values: tuple[Any, ...] = (key, key, name, key, name, *where.values)
    for *rest, ids in store.each(query, values):
        evidence = tuple(sorted(ids.split(","))[:EVIDENCE])
        yield Link(**dict(zip(Link.__struct_fields__[1:-1], rest, strict=True)), evidence=evidence)
