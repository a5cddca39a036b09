"""Records as CSV for spreadsheets and as GeoJSON for maps."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from strife.casefile.found import CLAIM_COLUMNS, INCIDENT_COLUMNS, row_of
from strife.exchange.sheet import cell


def csv_line(cells: Iterable[Any]) -> str:
    """One row of CSV (RFC 4180, with line feed), its cells made harmless."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([cell(one) for one in cells])
    return line.getvalue()


def csv_lines(records: Iterable[Any], *, incidents: bool = False) -> Iterator[str]:
    """Claims or incidents as CSV, with a line of column names."""
    yield csv_line(INCIDENT_COLUMNS if incidents else CLAIM_COLUMNS)
    for record in records:
        yield csv_line(row_of(record))


def geojson_lines(records: Iterable[Any], placeless: list[int], *, incidents: bool = False) -> Iterator[str]:
    """Claims or incidents as one GeoJSON collection (RFC 7946: WGS84, longitude first), a feature a line.

    Those without coordinates are left out and counted in `placeless`."""
    columns = INCIDENT_COLUMNS if incidents else CLAIM_COLUMNS
    yield '{"type":"FeatureCollection","features":['
    comma = ""
    for record in records:
        where = record.where
        if where is None or where.lat is None or where.lon is None:
            placeless.append(1)
            continue
        yield f"{comma}\n{_feature(columns, record, where.lat, where.lon)}"
        comma = ","
    yield "\n]}\n"


def _feature(columns: Sequence[str], record: Any, lat: float, lon: float) -> str:
    properties = dict(zip(columns, row_of(record), strict=True))
    point = {"type": "Point", "coordinates": [lon, lat]}
    feature = {"type": "Feature", "id": record.id, "geometry": point, "properties": properties}
    return msgspec.json.encode(feature).decode()
