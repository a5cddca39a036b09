"""The actors that a user has added: one SQLite file in strife's home, which takes a whole file of actors or none of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from strife.errors import BadData, StrifeError, Unknown
from strife.home import home_folder
from strife.registry.actor import Actor

FORMAT = 1
PATIENCE = 60.0  # seconds to wait for another process that is adding
TABLE = "CREATE TABLE IF NOT EXISTS actor (id TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID"


def own_file() -> Path:
    """Where the user's actors are kept."""
    return home_folder() / "actors.sqlite"


def stamp(path: Path) -> tuple[int, int] | None:
    """What changes whenever the file does; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def own_actors(path: Path) -> list[Actor]:
    """The user's actors in order of their ids; BadData where the file is damaged."""
    if not path.is_file():
        return []
    with _reading(path) as store:
        if not store.execute("SELECT 1 FROM sqlite_master WHERE name = 'actor'").fetchone():
            return []  # an adding that was undone leaves an empty file
        rows = store.execute("SELECT record FROM actor ORDER BY id").fetchall()
    try:
        return [msgspec.json.decode(row[0], type=Actor) for row in rows]
    except (msgspec.DecodeError, TypeError) as error:
        raise BadData(f"{path}: {error}; {_remedy(path)}") from error


class Adding:
    """One transaction on the user's actors: nobody else adds meanwhile, and all of it is kept or nothing."""

    def __init__(self, store: sqlite3.Connection, path: Path) -> None:
        self.store = store
        self.path = path

    def known(self) -> list[Actor]:
        """The actors as they are now."""
        return [msgspec.json.decode(row[0], type=Actor) for row in self.store.execute("SELECT record FROM actor")]

    def put(self, actors: Iterable[Actor]) -> None:
        """Keep these actors, in place of those with their ids."""
        rows = ((actor.id, msgspec.json.encode(actor).decode()) for actor in actors)
        self.store.executemany("INSERT OR REPLACE INTO actor VALUES (?, ?)", rows)

    def drop(self, ids: Iterable[str]) -> None:
        """Forget these actors; Unknown where one is not there."""
        for one in ids:
            if not self.store.execute("DELETE FROM actor WHERE id = ?", (one,)).rowcount:
                raise Unknown(f"{one!r} is no actor that was added; strife registry info names the file they are in")

    def clear(self) -> int:
        """Forget all; how many there were."""
        return self.store.execute("DELETE FROM actor").rowcount


@contextmanager
def adding(path: Path) -> Iterator[Adding]:
    """A transaction, made final at the end and undone by any error. StrifeError where the file cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as store:
            store.execute("BEGIN IMMEDIATE")
            try:
                _check_format(store, path)
                store.execute(TABLE)
                store.execute(f"PRAGMA user_version = {FORMAT}")
                yield Adding(store, path)
            except BaseException:
                if store.in_transaction:
                    store.execute("ROLLBACK")
                raise
            store.execute("COMMIT")
    except sqlite3.OperationalError as error:
        home = "free some space there, wait for the other process, or set STRIFE_HOME to a folder that can be written"
        raise StrifeError(f"{path} could not be written: {error}; {home}") from error
    except (sqlite3.DatabaseError, msgspec.DecodeError) as error:
        raise BadData(f"{path}: {error}; {_remedy(path)}") from error
    except OSError as error:
        raise StrifeError(
            f"{path} could not be written: {error.strerror}; set STRIFE_HOME to another folder"
        ) from error


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)) as store:
            _check_format(store, path)
            yield store
    except sqlite3.Error as error:
        raise BadData(f"{path}: {error}; {_remedy(path)}") from error


def _check_format(store: sqlite3.Connection, path: Path) -> None:
    found = int(store.execute("PRAGMA user_version").fetchone()[0])
    if found > FORMAT:
        raise BadData(f"{path} was written by a later strife (format {found}, this one reads {FORMAT}); update strife")


def _remedy(path: Path) -> str:
    return f"it holds the actors you have added: put back a copy, or move it away (mv {path} {path}.damaged) and add them again"
