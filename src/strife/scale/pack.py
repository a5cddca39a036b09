"""Documents of a dataset, with all their claims -> a case file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from strife.casefile.dataset import DatasetStore, open_dataset
from strife.casefile.filters import Filters, checked, where_of
from strife.casefile.incoming import Incoming
from strife.casefile.rows import claim_of
from strife.casefile.store import Store, opened
from strife.casefile.write import write_reading
from strife.casefile.writers import turn
from strife.errors import BadCase
from strife.records import Document, Reading, Why
from strife.scale import manifest as told
from strife.scale.shards import PLACES, first_of
from strife.scale.tables import arrow

AT_ONCE = 200  # documents written in one transaction
COUNTED = "UPDATE runs SET new = new + ?, same = same + ?, changed = changed + ? WHERE number = ?"
DETAILS = "id title published source url language text".split()


def pack(store: Store, folder: Path, shards: Iterable[tuple[str, str]], chosen: Collection[int] | None = None) -> int:
    """Write documents (by number; None for all) of these shards (month and name) and their claims into a case; their number.

    What is in the case already is passed over, so a pack that was cut off is done again by the same call."""
    total = 0
    with store.frugal():
        found = (one for month, name in shards for one in _readings(folder, month, name, chosen))
        with turn(store, "strife pack", f"dataset {folder}", patience=20.0) as run:
            for _, group in groupby(enumerate(found), key=lambda one: one[0] // AT_ONCE):
                with store.transaction():
                    for _, (reading, incoming, reader) in group:
                        state = write_reading(store, run, reading, incoming, reader)
                        store.run(COUNTED, (state == "new", state == "same", state == "changed", run))
                        total += 1
    return total


def pack_selection(folder: Path, case: Path, filters: Filters) -> tuple[int, int]:
    """Make a case of the documents of a dataset that have a claim the filters let through; how many were taken, of how many.

    BadCase where the dataset is not done or the case cannot be written."""
    manifest = told.read_manifest(folder)
    if not manifest.done:
        raise BadCase(f"{folder}: is not done; run the same strife run again")
    chosen = _chosen(folder, filters) if filters != Filters() else None
    keys = None if chosen is None else {number >> PLACES for number in chosen}
    shards = [
        (first_of(mark.month, int(mark.name)), mark.month, mark.name)
        for _, mark in told.marks(folder)
        if keys is None or first_of(mark.month, int(mark.name)) >> PLACES in keys
    ]
    with closing(opened(case, create=True)) as store:
        if isinstance(store, DatasetStore):
            store.require_writable()
        inorder = [(month, name) for _, month, name in sorted(shards)]
        return pack(store, folder, inorder, chosen), manifest.documents


def _chosen(folder: Path, filters: Filters) -> set[int]:
    """The numbers of the documents with a claim that the filters let through."""
    where = where_of(checked(filters))
    with closing(open_dataset(folder)) as store:
        query = f"SELECT DISTINCT document FROM resolved WHERE {where.sql}"  # noqa: S608 -- made of constants; values are parameters
        return {number for (number,) in store.rows(query, where.values)}


def _readings(
    folder: Path, month: str, name: str, chosen: Collection[int] | None
) -> Iterator[tuple[Reading, Incoming, str]]:
    """The readings of a shard as they were written: document, claims, and which version read them."""
    documents = rows_of(folder / "documents" / f"month={month}" / f"{name}.parquet", chosen)
    if not documents:
        return
    numbers = {row["number"] for row in documents}
    columns = ["document", "record", "why"]
    claims = rows_of(folder / "claims" / f"month={month}" / f"{name}.parquet", numbers, "document", columns)
    of: dict[int, list[dict[str, Any]]] = {}
    for row in claims:
        of.setdefault(row["document"], []).append(row)
    for row in documents:
        document = Document(**{name: row[name] for name in DETAILS})
        own = of.get(row["number"], ())
        reading = Reading(
            document=document,
            claims=tuple(claim_of(one["record"]) for one in own),
            whys=tuple(msgspec.json.decode(one["why"], type=Why) for one in own if one["why"]),
        )
        given = msgspec.structs.replace(document, id=row["given"])
        yield reading, Incoming(given, row["input"], row["place"]), row["reader"]


def rows_of(
    path: Path, chosen: Collection[int] | None = None, key: str = "number", columns: list[str] | None = None
) -> list[dict[str, Any]]:
    """The rows of a Parquet file, those whose key is chosen."""
    _, pq = arrow()
    filters = None if chosen is None else [(key, "in", set(chosen))]
    rows: list[dict[str, Any]] = pq.read_table(path, columns=columns, filters=filters, partitioning=None).to_pylist()
    return rows
