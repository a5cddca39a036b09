"""Claims and incidents as points and days alone: what a map and a timeline need of very many, without their records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from strife.casefile.filters import Filters, checked, where_of
from strife.casefile.store import Store

COMMON = "coalesce(mode, ''), status, place, lat, lon, place_precision, date_start, date_end"


class Spot(NamedTuple):
    """A claim or an incident in short. `code` is the PLOVER type, of a claim that is no event its type; days are ISO dates."""

    id: str
    code: str
    mode: str
    status: str
    place: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    start: str | None
    end: str | None
    deaths: float | None


def spots(
    store: Store,
    filters: Filters,
    *,
    incidents: bool,
    placed: bool = False,
    dated: bool = False,
    limit: int | None = None,
) -> Iterator[Spot]:
    """What the filters let through, the newest first; only those with a point, or a day, where that is asked for."""
    where = where_of(checked(filters), incidents=incidents)
    if placed:
        where.add("lat IS NOT NULL AND lon IS NOT NULL")
    if dated:
        where.add("date_start IS NOT NULL")
    if incidents:
        columns = f"id, coalesce(code, 'incident'), {COMMON}, deaths_best FROM incidents"
        query = f"SELECT {columns} WHERE {where.sql} ORDER BY date_start DESC, number LIMIT ?"
    else:
        chosen = (
            f"SELECT claim AS chosen, coalesce(code, type) AS kind, {COMMON}, CASE measure WHEN 'deaths' THEN best END AS deaths"
            f" FROM resolved WHERE {where.sql} ORDER BY date_start DESC, claim LIMIT ?"
        ).replace("coalesce(mode, '')", "coalesce(mode, '') AS mode")
        names = "mode, status, place, lat, lon, place_precision, date_start, date_end"
        query = f"SELECT claims.id, kind, {names}, deaths FROM ({chosen}) CROSS JOIN claims ON claims.number = chosen"
    for row in store.each(query, (*where.values, -1 if limit is None else limit)):
        yield Spot(*row)
