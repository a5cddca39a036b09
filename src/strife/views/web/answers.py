"""The rows of a page as data: JSON, CSV and GeoJSON from the same filters, streamed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from strife.casefile.found import CLAIM_COLUMNS, INCIDENT_COLUMNS, row_of
from strife.views.sheet import csv_line
from strife.views.svg.frame import exported
from strife.views.web.query import Query
from strife.views.web.site import case_of

if TYPE_CHECKING:
    from strife.casefile import Case

Point = tuple[float, float]  # latitude, longitude in degrees
BLOCK = 65_536  # characters sent at once
FEW = 1_000  # rows of JSON where no limit is given; CSV and GeoJSON give all
MEDIA = {
    "svg": "image/svg+xml",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
}


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows with their columns: `each` are records (or their JSON), `cells` the row of one, `point` where it lies, if anywhere.

    Without `point` the page has no GeoJSON; `total` is the number of rows there are, where it is known; `about` is what
    JSON says before the rows."""

    columns: Sequence[str]
    each: Iterable[Any]
    cells: Callable[[Any], Iterable[object]]
    point: Callable[[Any], Point | None] | None = None
    total: int | None = None
    about: Mapping[str, Any] = field(default_factory=dict)


def records(each: Iterable[Any], *, incidents: bool = False, total: int | None = None) -> Rows:
    """Claims or incidents as rows, under the columns that find and export use too."""
    return Rows(INCIDENT_COLUMNS if incidents else CLAIM_COLUMNS, each, row_of, place_of, total)


def place_of(record: Any) -> Point | None:
    """Where a claim or an incident lies, None where that is not known."""
    where = record.where
    return (where.lat, where.lon) if where and where.lat is not None and where.lon is not None else None


def structs(
    each: Iterable[Any], columns: Sequence[str], *, total: int | None = None, about: Mapping[str, Any] | None = None
) -> Rows:
    """Records whose columns are their fields; a list stands in one cell, between semicolons."""
    return Rows(columns, each, lambda one: [_cell(getattr(one, name)) for name in columns], None, total, about or {})


def _cell(value: object) -> object:
    return "; ".join(map(str, value)) if isinstance(value, tuple | list) else value


def drawing(svg: str) -> Response:
    """A chart as a file by itself, with its style in it."""
    headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
    return Response(exported(svg), media_type="image/svg+xml", headers=headers)


def few(query: Query, usual: int = FEW) -> int | None:
    """How many rows are asked for: the limit given, else `usual` for a page and for JSON, None (all) for the other forms."""
    if query.limit is not None:
        return query.limit
    return usual if query.form in ("html", "json") else None


def answer(request: Request, query: Query, make: Callable[[Case], Rows]) -> Response:
    """The rows that `make` finds in the case, in the form that is asked for; the case is held until all are sent.

    What is wrong with the query is raised before anything is sent."""
    return _streamed(query, _blocks(_sent(request, query, make)))


def given(query: Query, rows: Rows) -> Response:
    """The same for rows that are there already."""
    return _streamed(query, _blocks(text_of(query, rows)))


def _streamed(query: Query, blocks: Iterator[str]) -> Response:
    first = next(blocks, "")

    def whole() -> Iterator[str]:
        yield first
        yield from blocks

    name = query.path.strip("/").split("/")[0] or "overview"
    headers = {"Content-Disposition": f'inline; filename="{name}.{query.form}"'}
    return StreamingResponse(whole(), media_type=MEDIA[query.form], headers=headers)


def _sent(request: Request, query: Query, make: Callable[[Case], Rows]) -> Iterator[str]:
    with case_of(request) as case:
        yield from text_of(query, make(case))


def text_of(query: Query, rows: Rows) -> Iterator[str]:
    """The rows as text in the form that is asked for; 404 where they have no such form."""
    if query.form == "svg":
        raise HTTPException(404, "There is no drawing of this page")
    if query.form == "csv":
        yield csv_line(rows.columns)
        for one in rows.each:
            yield csv_line(rows.cells(one))
    elif query.form == "geojson":
        if rows.point is None:
            raise HTTPException(404, "What is listed here has no place, so there is no GeoJSON of it")
        yield from _geojson(rows, rows.point)
    else:
        yield from _json(query, rows)


def _json(query: Query, rows: Rows) -> Iterator[str]:
    head = {"page": query.path, "query": query.pairs, "total": rows.total, "offset": query.offset, "limit": few(query)}
    head |= rows.about
    yield f'{msgspec.json.encode(head).decode()[:-1]},"rows":['
    number = 0
    for one in rows.each:
        yield f"{',' if number else ''}\n{one if isinstance(one, str) else msgspec.json.encode(one).decode()}"
        number += 1
    after = query.offset + number
    more = number and rows.total is not None and after < rows.total
    following = query.link("json", offset=after) if more else None
    yield f'\n],"next":{msgspec.json.encode(following).decode()}}}\n'


def _geojson(rows: Rows, point: Callable[[Any], Point | None]) -> Iterator[str]:
    """One FeatureCollection (RFC 7946: WGS84, longitude first); what has no place on the map is left out."""
    yield '{"type":"FeatureCollection","features":['
    comma = ""
    for one in rows.each:
        spot = point(one)
        if spot is None:
            continue
        feature = {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [spot[1], spot[0]]},
            "properties": dict(zip(rows.columns, rows.cells(one), strict=True)),
        }
        yield f"{comma}\n{msgspec.json.encode(feature).decode()}"
        comma = ","
    yield "\n]}\n"


def _blocks(lines: Iterator[str]) -> Iterator[str]:
    """Lines put together: each block is handed from one thread to another."""
    block: list[str] = []
    size = 0
    for line in lines:
        block.append(line)
        size += len(line)
        if size >= BLOCK:
            yield "".join(block)
            block, size = [], 0
    if block:
        yield "".join(block)
