"""Parquet -> Documents, one row each, a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from strife.errors import BadInput
from strife.sources.fields import item_of
from strife.sources.item import BYTES_LIMIT, FIELDS, Item, Options, too_large

BATCH = 256  # rows held in memory


def read_parquet(path: Path, name: str, place: str, options: Options) -> Iterator[Item | BadInput]:
    """The document in each row; the columns are those of JSON lines. BadInput where the file is none, or pyarrow is not there."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise BadInput(f"{place}: Parquet needs pyarrow; install it by: pip install 'strife[parquet]'") from error
    try:
        with pq.ParquetFile(path) as file:
            there = set(file.schema_arrow.names)
            columns = [column for field in FIELDS if (column := options.column(field)) in there]
            number = 0
            for batch in file.iter_batches(batch_size=BATCH, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield _item(row, f"{name}:{number}", f"{place} row {number}", options)
    except pa.ArrowInvalid as error:
        raise BadInput(f"{place}: is no Parquet file that can be read ({error})") from error


def _item(row: dict[str, object], name: str, place: str, options: Options) -> Item | BadInput:
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
    text = plain.get(options.column("text"))
    size = len(text.encode("utf-8", "surrogatepass")) if isinstance(text, str) else 0
    try:
        return too_large(place, size) if size > BYTES_LIMIT else item_of(plain, name, place, options, size)
    except BadInput as error:
        return error
