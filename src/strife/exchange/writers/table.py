"""Our own table of incidents: CSV with a description that programs read (datapackage.json), or Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from strife import __version__
from strife.errors import StrifeError
from strife.exchange.sheet import cell
from strife.exchange.target import part_of, text_file
from strife.exchange.writers.fields import FIELDS, Field, Kind, Value
from strife.exchange.writers.happening import REPORTED, Happening, Items, Voices, Written, happenings

PACKAGE = "datapackage.json"
SEPARATOR = "; "
TYPES: dict[Kind, str] = {"text": "string", "number": "number", "count": "integer", "day": "date", "list": "string"}
BATCH = 10_000  # rows of a Parquet row group


def write_csv(
    path: str | Path, items: Items, statuses: Collection[str] = REPORTED, voices: Voices | None = None
) -> Written:
    """Write a CSV file and datapackage.json beside it. A path without .csv is a folder; the table is incidents.csv in it."""
    path = Path(path)
    table = path if path.suffix.lower() == ".csv" else path / "incidents.csv"
    package = table.parent / PACKAGE
    _refuse_other(package, table.name)
    if table.parent == path:
        _make(path)
    written = Written()
    with text_file(table) as stream:
        out = csv.writer(stream)
        out.writerow([field.name for field in FIELDS])
        for happening in happenings(items, written, statuses, voices):
            out.writerow([_text(field.get(happening)) for field in FIELDS])
            written.rows += 1
    with text_file(package) as stream:
        json.dump(package_of(table.name), stream, indent=2, ensure_ascii=False)
        stream.write("\n")
    return written


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StrifeError(
            f"{folder}: cannot be made a folder ({error.strerror}); name a file that ends in .csv"
        ) from error


def _refuse_other(package: Path, table: str) -> None:
    """StrifeError where a description of something else is already there."""
    if not package.exists():
        return
    try:
        described = json.loads(package.read_text(encoding="utf-8"))["resources"][0]["path"]
    except (OSError, ValueError, LookupError, TypeError):
        described = None
    if described != table:
        raise StrifeError(f"{package}: describes another table ({described}); choose another folder")


def _text(value: Value) -> str:
    return cell(SEPARATOR.join(value) if isinstance(value, list) else value)


def package_of(table: str) -> dict[str, Any]:
    """The description of a table, after the Data Package standard."""
    fields = [
        {
            "name": field.name,
            "type": TYPES[field.kind],
            "description": field.meaning + (f"; several are joined by '{SEPARATOR}'" if field.kind == "list" else ""),
        }
        for field in FIELDS
    ]
    resource = {
        "name": "incidents",
        "path": table,
        "profile": "tabular-data-resource",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": ["id"], "missingValues": [""]},
    }
    return {
        "profile": "tabular-data-package",
        "name": "strife-incidents",
        "title": "Incidents of conflict, each with its status and in whose voice it is told",
        "description": f"Written by strife {__version__}. Text that a spreadsheet would run as a formula has an apostrophe before it.",
        "resources": [resource],
    }


def write_parquet(
    path: str | Path, items: Items, statuses: Collection[str] = REPORTED, voices: Voices | None = None
) -> Written:
    """Write a Parquet file; lists are lists there and days are dates. Needs pyarrow (the extra `parquet`)."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise StrifeError("Parquet needs pyarrow; install it by: pip install 'strife[parquet]'") from error
    types = {
        "text": pa.string(),
        "number": pa.float64(),
        "count": pa.int64(),
        "day": pa.date32(),
        "list": pa.list_(pa.string()),
    }
    schema = pa.schema(
        [pa.field(field.name, types[field.kind], metadata={"description": field.meaning}) for field in FIELDS],
        metadata={"written_by": f"strife {__version__}"},
    )
    written = Written()
    found = happenings(items, written, statuses, voices)
    with part_of(Path(path)) as part, pq.ParquetWriter(part, schema, compression="zstd") as out:
        while batch := list(islice(found, BATCH)):
            columns = [_column(field, batch) for field in FIELDS]
            arrays = [pa.array(values, kind.type) for values, kind in zip(columns, schema, strict=True)]
            out.write_batch(pa.RecordBatch.from_arrays(arrays, schema=schema))
            written.rows += len(batch)
    return written


def _column(field: Field, batch: Sequence[Happening]) -> list[Value] | list[date | None]:
    """The values of a field as Parquet has them: days are dates there."""
    values = [field.get(one) for one in batch]
    if field.kind != "day":
        return values
    return [date.fromisoformat(value) if isinstance(value, str) else None for value in values]
