"""GeoJSON (RFC 7946): a feature for each event, without a geometry where it has no coordinates."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import msgspec

from strife.exchange.target import text_file
from strife.exchange.writers.fields import record_of
from strife.exchange.writers.happening import REPORTED, Happening, Items, Voices, Written, happenings


def write_geojson(
    path: str | Path, items: Items, statuses: Collection[str] = REPORTED, voices: Voices | None = None
) -> Written:
    """Write a FeatureCollection, a line a feature."""
    written = Written()
    with text_file(Path(path)) as stream:
        stream.write('{"type":"FeatureCollection","features":[')
        for happening in happenings(items, written, statuses, voices):
            stream.write(",\n" if written.rows else "\n")
            stream.write(msgspec.json.encode(feature_of(happening)).decode())
            written.rows += 1
        stream.write("\n]}\n")
    return written


def feature_of(happening: Happening) -> dict[str, Any]:
    """The feature of one event; longitude comes first there."""
    properties = {name: value for name, value in record_of(happening).items() if name not in {"id", "lat", "lon"}}
    where = happening.where
    located = where is not None and where.lat is not None and where.lon is not None
    return {
        "type": "Feature",
        "id": happening.id,
        "geometry": {"type": "Point", "coordinates": [where.lon, where.lat]} if where and located else None,
        "properties": properties,
    }
