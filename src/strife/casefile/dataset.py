"""A Parquet dataset (strife run) in place of a case file: DuckDB answers the same questions over its tables. Nothing is written.

DuckDB understands the case's SQL but for a few words (see `_said`); the search for words goes through SQLite's own index, made
of the passages as they are asked about, so that the answers are the same."""

from __future__ import annotations

import glob
import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from strife.casefile.store import Row, Store, columns_of
from strife.errors import BadCase, StrifeError

if TYPE_CHECKING:
    import duckdb

MANIFEST = "manifest.json"
OF_SHARDS = ("documents", "claims", "parties")  # the others are of the merging
OF_PARTS = ("incidents", "incident_claims", "incident_parties", "stories", "near_copies")
OWN = 'number, id, document, position, type, start, "end", "by", score, words, why, record'
VIEWS = {
    "documents": "SELECT d.* EXCLUDE (month), coalesce(s.story, d.number) AS story, 1 AS run, 1 AS version, '' AS added"
    " FROM documents_files AS d LEFT JOIN stories_files AS s USING (number)",
    "claims": f"SELECT {OWN} FROM claims_files",
    "resolved": 'SELECT * EXCLUDE (month, number, id, position, start, "end", "by", score, words, why, record), number AS claim,'
    " NULL::VARCHAR AS decision, NULL::VARCHAR AS record FROM claims_files",
    "parties": "SELECT * EXCLUDE (month) FROM parties_files",
    "incidents": "SELECT *, NULL::VARCHAR AS dataset, NULL::VARCHAR AS row FROM incidents_files",
    "incident_claims": "SELECT * FROM incident_claims_files",
    "incident_parties": "SELECT * FROM incident_parties_files",
    "near_copies": "SELECT * FROM near_copies_files",
    "source_list": "SELECT coalesce(source, '(not said)') AS source, count(*) AS documents FROM documents_files GROUP BY 1",
}
EMPTY = ("decisions", "decision_claims", "document_versions", "former_incidents", "failures", "runs", "meta")
KINDS = {"INTEGER": "BIGINT", "TEXT": "VARCHAR", "REAL": "DOUBLE", "BLOB": "BLOB"}
CROSS = re.compile(r"\bCROSS JOIN (\w+) ON\b")
NAMES = re.compile(r"\b(?:at|by|end)\b")  # of columns; words of the language are in capitals
MATCH = "SELECT rowid FROM claims_text WHERE claims_text MATCH ?"
KILOMETRES = (
    "CREATE MACRO kilometres(a, b, c, d) AS 2 * 6371.0 * asin(least(1.0, sqrt(pow(sin(radians(c - a) / 2), 2)"
    " + cos(radians(a)) * cos(radians(c)) * pow(sin(radians(d - b) / 2), 2))))"
)
BATCH = 20_000  # passages that are searched for words at once


class DatasetStore(Store):
    """An open dataset; what a case cannot do to it says so."""

    keeps_order = False

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self.writable = False
        self.duck = connection
        self.matched: dict[object, str] = {}

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""
        return list(self.each(query, values))

    def each(self, query: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """The rows of a query, one by one."""
        with self.guarded():
            cursor = self.duck.cursor()  # one of its own: rows of another query may still be coming
            found = cursor.execute(*self._said(query, values))
            while batch := found.fetchmany(1000):
                yield from batch

    def row(self, query: str, values: Sequence[object] = ()) -> Row | None:
        """The first row of a query, None where there is none."""
        return next(self.each(query, values), None)

    def _said(self, query: str, values: Sequence[object]) -> tuple[str, list[object]]:
        """A query in the words of DuckDB."""
        given = list(values)
        if MATCH in query:
            at = query[: query.index(MATCH)].count("?")
            query = query.replace(MATCH, f"SELECT number FROM {self._matching(given.pop(at))}", 1)
        return NAMES.sub(r'"\g<0>"', CROSS.sub(r"JOIN \1 ON", query)), given

    def _matching(self, asked: object) -> str:
        """The name of a table with the numbers of the claims whose passages fulfil a query for words."""
        if asked not in self.matched:
            name = f"matched_{len(self.matched)}"
            self.duck.execute(f"CREATE TABLE {name} (number BIGINT)")
            cursor = self.duck.cursor().execute("SELECT number, words FROM claims_files")
            while batch := cursor.fetchmany(BATCH):
                numbers = _with_words(batch, asked)
                self.duck.execute(f"INSERT INTO {name} SELECT unnest(?::BIGINT[])", [numbers])
            self.matched[asked] = name
        return self.matched[asked]

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Errors of DuckDB inside come out as BadCase."""
        import duckdb

        try:
            yield
        except duckdb.Error as error:
            text = str(error).partition("\n")[0]
            raise BadCase(
                f"{self.path}: this cannot be asked of a dataset ({text}); strife pack makes a case of it,"
                " and strife open --check looks at its files"
            ) from error

    @contextmanager
    def frugal(self) -> Iterator[None]:
        """DuckDB keeps house by itself."""
        yield

    def require_writable(self) -> None:
        """BadCase: datasets are only read."""
        raise BadCase(f"{self.path}: is a dataset, which is only read; make a case of it: strife pack {self.path} CASE")

    def close(self) -> None:
        """Close the dataset."""
        self.duck.close()

    @property
    def size(self) -> int:
        """The bytes of its files."""
        return sum(one.stat().st_size for one in self.path.glob("**/*.parquet"))


def _with_words(batch: Sequence[Row], asked: object) -> list[int]:
    """The numbers of the passages that fulfil a query in the language of SQLite's full-text search."""
    index = sqlite3.connect(":memory:")
    try:
        index.execute(
            "CREATE VIRTUAL TABLE t USING fts5 (words, content = '', tokenize = 'unicode61 remove_diacritics 2')"
        )
        index.executemany("INSERT INTO t (rowid, words) VALUES (?, ?)", batch)
        return [number for (number,) in index.execute("SELECT rowid FROM t WHERE t MATCH ?", (asked,))]
    finally:
        index.close()


def is_dataset(path: Path) -> bool:
    """Whether a folder is a dataset, done or not."""
    return (path / MANIFEST).is_file()


def open_dataset(path: Path) -> DatasetStore:
    """The dataset at a folder. StrifeError where DuckDB is not installed, BadCase where the dataset cannot be used."""
    try:
        import duckdb
    except ImportError as error:
        raise StrifeError(f"{path}: a dataset needs DuckDB; install it by: pip install 'strife[scale]'") from error
    try:
        manifest = json.loads((path / MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        raise BadCase(
            f"{path / MANIFEST}: cannot be read ({error}); run strife run again with the same inputs"
        ) from error
    store = DatasetStore(path, duckdb.connect(":memory:"))
    with store.guarded():
        store.duck.execute("SET default_null_order = 'sqlite'")
        store.duck.execute(KILOMETRES)
        for table in (*OF_SHARDS, *OF_PARTS):
            _files(store, table, done=bool(manifest["done"]))
        for table in EMPTY:
            _empty(store, table, table)
        for name, query in VIEWS.items():
            store.duck.execute(f"CREATE VIEW {name} AS {query}")
        _tell(store, manifest)
    return store


def _files(store: DatasetStore, table: str, *, done: bool) -> None:
    """A view over the files of a table; only what is marked as done counts."""
    folder = glob.escape(str(store.path.absolute()))
    if done:
        below = f"{table}/*.parquet" if table in OF_PARTS else f"{table}/*/*.parquet"
        paths = [f"{folder}/{below}"] if any(store.path.glob(below)) else []
    else:
        marks = store.path.glob("merged/*.json" if table in OF_PARTS else "shards/*/*.json")
        files = [file["path"] for mark in sorted(marks) for file in json.loads(mark.read_bytes())["files"]]
        paths = [f"{folder}/{one}" for one in files if one.partition("/")[0] == table]
    if not paths:
        _empty(store, table, f"{table}_files")
        return
    listed = ", ".join("'" + one.replace("'", "''") + "'" for one in paths)
    # The month stays in the name of the folder: reading it as a column costs nothing, and leaves whole months out of a query.
    hive = "false" if table in OF_PARTS else "true, hive_types = {'month': VARCHAR}"
    store.duck.execute(
        f"CREATE VIEW {table}_files AS SELECT * FROM read_parquet([{listed}], hive_partitioning = {hive})"
    )


def _empty(store: DatasetStore, table: str, name: str) -> None:
    """A table without rows, as the case has it."""
    known = [("number", "INTEGER"), ("story", "INTEGER")] if table == "stories" else columns_of(table)
    columns = [*known, ("month", "TEXT")] if table in OF_SHARDS else known
    left_out = {"dataset", "row"} if table == "incidents" else set()
    listed = ", ".join(f'"{column}" {KINDS[kind]}' for column, kind in columns if column not in left_out)
    store.duck.execute(f"CREATE TABLE {name} ({listed})")


def _tell(store: DatasetStore, manifest: dict[str, Any]) -> None:
    """What the manifest says, where a case has it: the run, the failures, of what the incidents were made."""
    documents = manifest["documents"]
    store.duck.execute(
        "INSERT INTO runs (number, started, ended, reader, doing, new, changed) VALUES (1, ?, ?, ?, 'strife run', ?, 0)",
        [manifest["started"], manifest["updated"], manifest["reader"], documents],
    )
    if manifest.get("merged"):
        stamp = {
            "at": manifest["merged"], "documents": documents, "decisions": 0, "program": manifest["merging"],
            "incidents": manifest["incidents"],
        }  # fmt: skip
        store.duck.execute("INSERT INTO meta VALUES ('merged', ?)", [json.dumps(stamp)])
    for number, one in enumerate(manifest["failures"], 1):
        store.duck.execute(
            "INSERT INTO failures (number, input, place, reason, run) VALUES (?, ?, ?, ?, 1)",
            [number, one["input"], one["place"], one["reason"]],
        )
