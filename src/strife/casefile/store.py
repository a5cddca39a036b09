"""The file itself: opening and making one, its schema and migration, transactions, and what can go wrong with it."""

from __future__ import annotations

import math
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from strife.errors import BadCase, Unknown
from strife.gazetteer.names import bare, fold

APPLICATION = 0x53545246  # "STRF": tells a case from other SQLite files
SCHEMA = 3  # of this program; migrations/N.sql leads from N - 1 to N
WAIT = 20.0  # seconds that a writer waits for another one
CACHE, SMALL = 65_536, 8_192  # kilobytes of the file held in memory, for searching and for adding
MAPPED = 2_147_418_112  # bytes of the file that may be mapped into memory
KILOMETRES = 6371.0  # radius of the earth
MAGIC = b"SQLite format 3\0"
KIND = re.compile(r"^CREATE TABLE (\w+) \(|^  (\w+) (INTEGER|TEXT|REAL|BLOB)\b", re.MULTILINE)
COLUMN = re.compile(r"^  (\w+) [A-Z ].*? -- (.+)$|^CREATE (?:TABLE|VIEW) (\w+) (?:\(|AS) -- (.+)$", re.MULTILINE)

Row = tuple[Any, ...]


class Store:
    """An open case file. All SQL errors come out as BadCase, with the file's name and the remedy."""

    keeps_order = True  # whether a join keeps the order of the subquery it starts from

    def __init__(self, path: Path, connection: sqlite3.Connection, *, writable: bool) -> None:
        self.path = path
        self.writable = writable
        self.connection = connection
        for name, arguments, function in FUNCTIONS:
            connection.create_function(name, arguments, function, deterministic=True)

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""
        with self.guarded():
            return self.connection.execute(query, values).fetchall()

    def each(self, query: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """The rows of a query, one by one."""
        with self.guarded():
            for row in self.connection.execute(query, values):  # noqa: UP028 -- "yield from" would close the cursor after the case
                yield row

    def row(self, query: str, values: Sequence[object] = ()) -> Row | None:
        """The first row of a query, None where there is none."""
        with self.guarded():
            row: Row | None = self.connection.execute(query, values).fetchone()
            return row

    def one(self, query: str, values: Sequence[object] = ()) -> Any:
        """The first value of the first row, None where there is none."""
        row = self.row(query, values)
        return row[0] if row else None

    def run(self, query: str, values: Sequence[object] = ()) -> int:
        """Execute a statement; the number of the last row that was inserted."""
        with self.guarded():
            return self.connection.execute(query, values).lastrowid or 0

    def run_many(self, query: str, values: Iterable[Sequence[object]]) -> None:
        """Execute a statement for each tuple of values."""
        with self.guarded():
            self.connection.executemany(query, values)

    def require_writable(self) -> None:
        """BadCase where the file or its folder cannot be written."""
        if not self.writable:
            raise BadCase(f"{self.path}: is read-only here; copy it to a place where it can be written")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is written inside is written whole or not at all; waits for another writer."""
        self.require_writable()
        with self.guarded():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def frugal(self) -> Iterator[None]:
        """Inside, little of the file is held in memory, however large it grows."""
        with self.guarded():
            _take_memory(self.connection, SMALL, 0)
        try:
            yield
        finally:
            with self.guarded():
                _take_memory(self.connection, CACHE, MAPPED)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """SQL errors inside come out as BadCase, values that no case can hold as Unknown."""
        try:
            yield
        except UnicodeEncodeError as error:
            raise Unknown(f"{error.object[:40]!r}: holds bytes that are not UTF-8; type it anew") from error
        except OverflowError as error:
            raise Unknown(f"a number that is beyond all measure ({error})") from error
        except sqlite3.Error as error:
            raise self.trouble(error) from error

    def trouble(self, error: sqlite3.Error) -> BadCase:
        """What an SQL error means to the user."""
        return BadCase(f"{self.path}: {_remedy(error, self)}")

    @property
    def size(self) -> int:
        """The bytes of the file."""
        return self.path.stat().st_size

    def close(self) -> None:
        """Close the file; the last to do so folds the write-ahead log into it."""
        with self.guarded():
            self.connection.close()


def opened(path: Path, *, create: bool = False) -> Store:
    """The case at a path, brought to this program's schema; made where it does not exist and `create` is true."""
    if not path.exists():
        if not create:
            raise BadCase(f"{path}: no such case; make one by: strife add {path} INPUT")
        return _created(path)
    if path.is_dir():
        from strife.casefile.dataset import is_dataset, open_dataset

        if is_dataset(path):
            return open_dataset(path)
        raise BadCase(f"{path}: is a folder; name the case file in it")
    if create and _unfinished(path):
        return _created(path)
    _require_case(path)
    store = _connected(path)
    try:
        _require_schema(store)
    except BaseException:
        store.connection.close()
        raise
    return store


def _connected(path: Path) -> Store:
    """A connection that can write, else one that can read."""
    trouble: sqlite3.Error | None = None
    address = path.absolute().as_uri()
    for options, writable in (("?mode=rw", True), ("?mode=ro", False), ("?mode=ro&immutable=1", False)):
        if writable and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            continue
        if "immutable" in options and _logged(path):
            break  # what is in the log would be missing
        connection = None
        try:
            connection = sqlite3.connect(
                address + options, uri=True, timeout=WAIT, isolation_level=None, check_same_thread=False
            )
            _prepare(connection, writable)
            return Store(path, connection, writable=writable)
        except sqlite3.Error as error:
            trouble = trouble or error
            if connection is not None:
                connection.close()
    if trouble is None:
        raise BadCase(
            f"{path}: has unsaved changes beside it ({path.name}-wal) and cannot be written; copy both elsewhere"
        )
    raise BadCase(f"{path}: {_remedy(trouble, None)}")


def _prepare(connection: sqlite3.Connection, writable: bool) -> None:
    if writable:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # what was reported as saved outlives a power cut
    connection.execute("PRAGMA foreign_keys = ON")
    _take_memory(connection, CACHE, MAPPED)
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _take_memory(connection: sqlite3.Connection, cache: int, mapped: int) -> None:
    connection.execute(f"PRAGMA cache_size = -{cache}")
    connection.execute(f"PRAGMA mmap_size = {mapped}")


def _created(path: Path) -> Store:
    """A new case; nothing is left behind where that fails."""
    if not path.parent.is_dir():
        raise BadCase(f"{path}: the folder {path.parent} does not exist; make it first")
    try:
        connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:  # none was faster
            _build(connection)
        connection.execute("COMMIT")
        _prepare(connection, writable=True)
    except sqlite3.Error as error:
        raise BadCase(f"{path}: cannot be made; {_remedy(error, None)}") from error
    store = Store(path, connection, writable=True)
    _require_schema(store)
    return store


def _build(connection: sqlite3.Connection) -> None:
    from strife import __version__

    for statement in statements(_sql("schema.sql")):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [("made_by", f"strife {__version__}"), ("made", now())])
    explain(connection)


def explain(connection: sqlite3.Connection) -> None:
    """Write what tables and columns mean, as the comments of the schema have it, into the table `explained`."""
    connection.execute("DELETE FROM explained")
    connection.executemany("INSERT INTO explained VALUES (?, ?, ?)", explanations())


def explanations() -> list[tuple[str, str, str]]:
    """Table or view, column ("" for the table itself) and meaning, from the comments of the schema."""
    thing, found = "", []
    for match in COLUMN.finditer(_sql("schema.sql")):
        column, meaning, table, about = match.groups()
        thing = table or thing
        found.append((thing, column or "", meaning or about))
    return found


def columns_of(table: str) -> list[tuple[str, str]]:
    """The columns of a table in the schema, each with its type."""
    found: dict[str, list[tuple[str, str]]] = {}
    thing = ""
    for match in KIND.finditer(_sql("schema.sql")):
        thing = match[1] or thing
        if match[2]:
            found.setdefault(thing, []).append((match[2], match[3]))
    return found[table]


def _require_case(path: Path) -> None:
    """BadCase where a file is no case at all; other programs' files are not even opened as a database."""
    head = _head(path)
    if not head.startswith(MAGIC):
        raise BadCase(f"{path}: is not a case file; give the case first and the inputs after it")
    application = int.from_bytes(head[68:72], "big")
    if len(head) < 100 or not (application == APPLICATION or (application == 0 and _logged(path))):
        raise BadCase(f"{path}: is an SQLite file of another program, not a case of strife")


def _unfinished(path: Path) -> bool:
    """Whether a file is empty, or the making of a case was cut off before anything was in it."""
    head = _head(path)
    pages, application = int.from_bytes(head[28:32], "big"), int.from_bytes(head[68:72], "big")
    return not head or (head.startswith(MAGIC) and pages <= 1 and application == 0)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(100)
    except OSError as error:
        raise BadCase(f"{path}: cannot be read ({error.strerror}); change its mode or ask its owner") from error


def _require_schema(store: Store) -> None:
    """BadCase where a file is no case, or of a newer strife; an older one is migrated."""
    version = store.one("PRAGMA user_version")
    if store.one("PRAGMA application_id") != APPLICATION or not version:
        raise BadCase(f"{store.path}: is an SQLite file of another program, not a case of strife")
    if version > SCHEMA:
        raise BadCase(
            f"{store.path}: was made by a newer strife (schema {version}, this one knows {SCHEMA}); upgrade strife"
        )
    if version < SCHEMA:
        migrate(store, version)


def migrate(store: Store, version: int) -> None:
    """Bring an older case to this program's schema, in one transaction."""
    if not store.writable:
        raise BadCase(f"{store.path}: is of an older schema ({version}) and read-only; open a copy that can be written")
    with store.transaction():
        version = store.one("PRAGMA user_version")  # another process may have been first
        while version < SCHEMA:
            version += 1
            for statement in statements(_sql(f"migrations/{version}.sql")):
                store.run(statement)
        store.run(f"PRAGMA user_version = {SCHEMA}")
        explain(store.connection)


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, comments kept: executescript would end the transaction it runs in."""
    part = ""
    for line in script.splitlines(keepends=True):
        part += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(part):
            yield part.strip()
            part = ""


def _sql(name: str) -> str:
    return files("strife.casefile").joinpath(name).read_text(encoding="utf-8")


def _logged(path: Path) -> bool:
    """Whether a write-ahead log with something in it lies beside the file."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _remedy(error: sqlite3.Error, store: Store | None) -> str:
    """What an SQL error means, and what to do."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return f"is being written by {writer_of(store) or 'another program'}; wait until that has ended"
    if "full" in text:
        return "the disk is full; what was saved before is kept, make room and run the same command again"
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return f"is damaged ({text}); restore a copy, or rescue what can be read: sqlite3 CASE .recover | sqlite3 NEW"
    if "readonly" in text or "unable to open" in text:
        return "cannot be written; change the mode of the file and its folder, or copy it elsewhere"
    if "disk I/O" in text:
        return f"the disk failed ({text}); check its space and health, then: strife check CASE"
    return f"the case could not be used ({text}); try: strife check CASE"


def writer_of(store: Store | None) -> str:
    """Who is writing, in words; empty where that cannot be told."""
    if store is None:
        return ""
    try:
        row = store.connection.execute(
            "SELECT pid, host, user, started, doing FROM runs WHERE ended IS NULL AND pid IS NOT NULL ORDER BY beat DESC"
        ).fetchone()
    except sqlite3.Error:
        return ""
    return described(*row) if row else ""


def described(pid: int, host: str, user: str, started: str, doing: str) -> str:
    """A writer in words."""
    return f"process {pid} of {user} on {host} since {started} ({doing})"


def now() -> str:
    """This second in UTC, ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def key_of(name: str) -> str:
    """A name as it is searched: no case, accents, apostrophes or leading article."""
    return bare(fold(name))


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance of two points (degrees) in kilometres along the surface."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * KILOMETRES * math.asin(min(1.0, math.sqrt(half)))


FUNCTIONS = (("kilometres", 4, kilometres),)
