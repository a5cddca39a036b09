"""Searches: claims, incidents, and counts of them by a field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from strife.casefile.filters import ACTING, RECEIVING, Filters, Where, checked, where_of
from strife.casefile.store import Store
from strife.errors import Unknown

Order = Literal["case", "date", "newest"]
PLAIN = (
    "type status stance likelihood voice code mode cameo acled predicate change extent measure place place_id country admin1"
    " place_precision date_precision date_basis source published decision"
).split()
OF_INCIDENTS = (
    "dataset status code mode cameo acled place place_id country admin1 place_precision date_precision disputed".split()
)
PARTS = {"year": 4, "month": 7, "day": 10}  # characters of a date
PARTIES = {"actor": ACTING, "recipient": RECEIVING, "party": f"{ACTING}, {RECEIVING}"}
COUNTABLE = (*PLAIN, *PARTS, *PARTIES, "document")
ALL = 2**62  # more rows than there can be
LATE = "9999"  # what has no date comes last


def records(
    store: Store,
    filters: Filters,
    *,
    incidents: bool = False,
    order: Order = "case",
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[str]:
    """The JSON records of what the filters let through, decisions applied, in the order of the case or of dates (or newest first)."""
    where = where_of(checked(filters), incidents=incidents)
    key = "number" if incidents else "claim"
    sorting = {
        "case": key,
        "date": f"coalesce(date_start, '{LATE}'), {key}",
        "newest": f"coalesce(date_start, '') DESC, {key}",
    }[order]
    chosen = f"SELECT {key} AS chosen FROM {where.table} WHERE {where.sql} ORDER BY {sorting} LIMIT ? OFFSET ?"
    values = (*where.values, ALL if limit is None else limit, offset)
    if incidents:
        query = f"SELECT record FROM ({chosen}) JOIN incidents ON number = chosen"
    else:
        query = (
            f"SELECT coalesce(resolved.record, claims.record) FROM ({chosen})"
            " CROSS JOIN resolved ON resolved.claim = chosen CROSS JOIN claims ON claims.number = chosen"
        )
    if not store.keeps_order:
        query += f" ORDER BY {sorting}"
    for (record,) in store.each(query, values):
        yield record


def count(store: Store, filters: Filters, *, incidents: bool = False) -> int:
    """How many claims or incidents the filters let through."""
    where = where_of(checked(filters), incidents=incidents)
    return int(store.one(f"SELECT count(*) FROM {where.table} WHERE {where.sql}", where.values))


def count_by(
    store: Store, filters: Filters, field: str, *, incidents: bool = False, limit: int | None = None
) -> list[tuple[str | None, int]]:
    """The values of a field with the number of claims or incidents that have each, most first; days in their order.

    None stands for those that have no value. Unknown where there is no such field."""
    where = where_of(checked(filters), incidents=incidents)
    rows = [(str(value), int(number)) for value, number in store.rows(_counting(field, where), where.values)]
    if field in PARTS:
        rows = _shortened(rows, PARTS[field])
    found: list[tuple[str | None, int]] = [*rows]
    if field not in PARTIES:
        # Counting those without a value as the rest leaves the grouping to indexes that hold only the others.
        rest = count(store, filters, incidents=incidents) - sum(number for _, number in rows)
        found += [(None, rest)] if rest else []
    in_order = field in PARTS or field == "published"
    found.sort(key=lambda one: (one[0] is None, one[0] or "") if in_order else (-one[1], one[0] or ""))
    return found[:limit]


def _counting(field: str, where: Where) -> str:
    incidents = where.table == "incidents"
    known = (*OF_INCIDENTS, *PARTS, *PARTIES) if incidents else COUNTABLE
    if field not in known:
        raise Unknown(f"count by {field!r}: there are {', '.join(known)}")
    if field in PARTIES:
        return _counting_parties(PARTIES[field], where)
    if field == "document":
        inner = f"SELECT document, count(*) AS n FROM resolved WHERE {where.sql} GROUP BY document"
        return f"SELECT documents.id, n FROM ({inner}) AS own JOIN documents ON documents.number = own.document"
    column = "date_start" if field in PARTS else field
    return f"SELECT {column}, count(*) FROM {where.table} WHERE {where.sql} AND {column} IS NOT NULL GROUP BY 1"


def _shortened(days: list[tuple[str, int]], length: int) -> list[tuple[str, int]]:
    """Days counted together by their month or year."""
    found: dict[str, int] = {}
    for day, number in days:
        found[day[:length]] = found.get(day[:length], 0) + number
    return list(found.items())


def _counting_parties(roles: str, where: Where) -> str:
    """Names by the times that they stand in these roles: once a claim, but where it names them twice."""
    incidents = where.table == "incidents"
    table, owner, key = ("incident_parties", "incident", "number") if incidents else ("parties", "claim", "claim")
    chosen = f"{owner} IN (SELECT {key} FROM {where.table} WHERE {where.sql})" if where.parts else "1"
    by_role = f"SELECT name, count(*) AS n FROM {table} WHERE role IN ({roles}) AND {chosen} GROUP BY role, name"
    return f"SELECT name, sum(n) FROM ({by_role}) GROUP BY name"
