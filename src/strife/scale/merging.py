"""Claims of a dataset -> its incidents: as one case where it is small, else by country and month, each part a task of its own."""

from __future__ import annotations

import hashlib
import multiprocessing
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from strife.casefile.merging import merge_case, program
from strife.casefile.store import Store, opened
from strife.errors import StrifeError
from strife.scale import manifest as told
from strife.scale.manifest import File, Mark
from strife.scale.pack import pack, rows_of
from strife.scale.shards import first_of, months_of
from strife.scale.tables import PARTIES, write_table

WHOLE = 50_000  # claims up to which all are merged together, as in a case file
MERGED = "merged"  # where the marks of parts lie
NOWHERE = "none"  # the part of documents whose claims name no country
INCIDENTS = (
    "number id status code mode cameo acled place place_id place_key quote_key country admin1 lat lon place_precision date_start"
    " date_end date_precision date_basis sources claims deaths_low deaths_best deaths_high disputed record"
).split()
COLUMNS = {
    "incidents": INCIDENTS,
    "incident_claims": ["incident", "claim"],
    "incident_parties": ["incident", *PARTIES[1:]],
    "stories": ["number", "story"],
    "near_copies": ["document", "other", "similarity"],
}
QUERIES = {
    "incidents": "SELECT {} FROM incidents ORDER BY number",
    "incident_claims": "SELECT {} FROM incident_claims ORDER BY 1, 2",
    "incident_parties": "SELECT {} FROM incident_parties ORDER BY 1, 2, 3",
    "stories": "SELECT {} FROM documents WHERE story <> number ORDER BY 1",
    "near_copies": "SELECT {} FROM near_copies ORDER BY 1, 2",
}
OF_INCIDENTS = frozenset({"incident"})
OF_DOCUMENTS = frozenset({"story", "document", "other"})

Each = Callable[[Callable[["Part"], Mark], Iterable["Part"]], Iterable[tuple["Part", Any]]]


@dataclass(frozen=True, slots=True)
class Part:
    """What is merged by itself: the documents of shards, of one country where one is named."""

    folder: Path
    name: str
    month: str
    country: str | None
    shards: tuple[tuple[str, str], ...]
    digest: str


def merge_dataset(folder: Path, marks: Sequence[Mark], *, workers: int = 1, each: Each | None = None) -> int:
    """Take away what is no part any more, and merge what has changed since it was merged last; the number of incidents.

    `each` runs a function over tasks elsewhere; without it a pool of `workers` does."""
    wanted = parts(folder.absolute(), marks)
    names = {part.name for part in wanted}
    for path, old in told.marks(folder, MERGED):
        if old.name not in names:
            path.unlink()
            for file in old.files:
                (folder / file.path).unlink(missing_ok=True)
    found: dict[str, Mark] = {}
    todo = []
    for part in wanted:
        mark = told.read_mark(_mark(folder, part.name))
        if mark is not None and told.stands(folder, mark, part.digest):
            found[part.name] = mark
        else:
            todo.append(part)
    for part, mark in (each or _pooled(workers))(merge_part, todo):
        if not isinstance(mark, Mark):
            raise StrifeError(f"merging {part.name} failed ({mark}); run the same command again")
        found[part.name] = mark
    return sum(mark.files[0].rows for mark in found.values())


def parts(folder: Path, marks: Sequence[Mark]) -> list[Part]:
    """The parts of a dataset: one where it is small; else each country in each month by itself."""
    marks = sorted(
        marks, key=lambda mark: first_of(mark.month, int(mark.name))
    )  # the order of their documents' numbers
    if sum(mark.claims for mark in marks) <= WHOLE:
        shards = tuple((mark.month, mark.name) for mark in marks)
        return [Part(folder, "all", "all", None, shards, _digest(marks))]
    months: dict[str, list[Mark]] = {}
    for mark in marks:
        months.setdefault(mark.month, []).append(mark)
    found = []
    for month, ones in sorted(months.items()):
        of: dict[str, list[Mark]] = {}
        for mark in ones:
            path = folder / "documents" / f"month={month}" / f"{mark.name}.parquet"
            for country in {row["country"] or NOWHERE for row in rows_of(path, columns=["country"])}:
                of.setdefault(country, []).append(mark)
        for country, some in sorted(of.items()):
            shards = tuple((month, mark.name) for mark in some)
            found.append(Part(folder, f"{month}.{country}", month, country, shards, _digest(some)))
    return found


def _digest(marks: Iterable[Mark]) -> str:
    hashes = (file.sha256 for mark in marks for file in mark.files)
    return hashlib.sha256("\n".join((program(), *hashes)).encode()).hexdigest()


def _mark(folder: Path, name: str) -> Path:
    return folder / MERGED / f"{name}.json"


def _pooled(workers: int) -> Each:
    def each(call: Callable[[Part], Mark], tasks: Iterable[Part]) -> Iterator[tuple[Part, Any]]:
        listed = list(tasks)
        if workers == 1 or len(listed) < 2:
            yield from ((part, call(part)) for part in listed)
            return
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            yield from zip(listed, pool.map(call, listed), strict=True)

    return each


def merge_part(part: Part) -> Mark:
    """Merge a part by way of a case file that is thrown away, so that the same claims give the same incidents there and here."""
    with tempfile.TemporaryDirectory(prefix="strife-") as place:
        store = opened(Path(place) / "part.strife", create=True)
        try:
            store.run("PRAGMA synchronous = OFF")  # nobody needs it after a power cut
            documents = pack(store, part.folder, part.shards, _chosen(part))
            merge_case(store)
            numbers = _numbers(part, store)
            files = [_written(part, store, table, numbers) for table in COLUMNS]
            claims = int(store.one("SELECT count(*) FROM claims"))
        finally:
            store.close()
    mark = Mark(
        name=part.name, month=part.month, digest=part.digest, documents=documents, claims=claims, files=tuple(files)
    )
    told.write_mark(_mark(part.folder, part.name), mark)
    return mark


def _chosen(part: Part) -> set[int] | None:
    """The numbers of a part's documents, None for all."""
    if part.country is None:
        return None
    return {
        row["number"]
        for month, name in part.shards
        for row in rows_of(
            part.folder / "documents" / f"month={month}" / f"{name}.parquet", columns=["number", "country"]
        )
        if (row["country"] or NOWHERE) == part.country
    }


def _written(part: Part, store: Store, table: str, numbers: Mapping[int, int]) -> File:
    """A table of the part's case, under the numbers that its rows have in the dataset."""
    columns = COLUMNS[table]
    rows = [dict(zip(columns, row, strict=True)) for row in store.rows(QUERIES[table].format(", ".join(columns)))]
    first = _first(part)
    for row in rows:
        for column in OF_INCIDENTS & row.keys():
            row[column] = first + row[column]
        for column in OF_DOCUMENTS & row.keys():
            row[column] = numbers[row[column]]
    if table == "incidents":
        for row in rows:
            row["number"] = first + row["number"]
    if table == "stories":
        for row in rows:
            row["number"] = numbers[row["number"]]
    texts = ("claim",) if table == "incident_claims" else ()
    return write_table(part.folder, f"{table}/{part.name}.parquet", columns, rows, texts)


def _first(part: Part) -> int:
    """The number before that of the part's first incident: months in order, then countries."""
    country = part.country if part.country and len(part.country) == 2 else "@@"  # before "A"
    return (months_of(part.month) << 10 | (ord(country[0]) - 64) << 5 | ord(country[1]) - 64) << 32


def _numbers(part: Part, store: Store) -> dict[int, int]:
    """The numbers in the dataset of the documents of the part's case, by their numbers there."""
    own: dict[str, int] = dict(store.rows("SELECT id, number FROM documents"))
    return {
        own[row["id"]]: row["number"]
        for month, name in part.shards
        for row in rows_of(part.folder / "documents" / f"month={month}" / f"{name}.parquet", columns=["number", "id"])
        if row["id"] in own
    }
