"""The tables of the gazetteer's SQLite file, and how they are filled."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import msgspec

from strife.gazetteer.entry import ALTERNATE, ARTICLE, MAIN
from strife.gazetteer.layer import Layer
from strife.gazetteer.merge import Merger
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
from strife.gazetteer.packs import read_pack
from strife.gazetteer.shelf import Pack, pack_folder

FORMAT = 9  # raise when the tables or the way names are folded change
TABLES = """
CREATE TABLE place (number INTEGER PRIMARY KEY, id TEXT, name TEXT, country TEXT, admin1 TEXT, lat REAL, lon REAL,
                    population INTEGER, kind TEXT, capital INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, match INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE sound (key TEXT, place INTEGER, name TEXT, PRIMARY KEY (key, place, name)) WITHOUT ROWID;
CREATE TABLE people (word TEXT PRIMARY KEY, place INTEGER) WITHOUT ROWID;
CREATE TABLE abbreviation (word TEXT PRIMARY KEY, place INTEGER) WITHOUT ROWID;
CREATE TABLE nation (key TEXT PRIMARY KEY, country TEXT) WITHOUT ROWID;
CREATE INDEX place_country ON place (kind) WHERE kind = 'country';
CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""
WHOLE = "whole"  # the fact that is written last
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
EXPECTED = 290_000  # places of the base, to tell how far a build has come
READ, WROTE = 0.15, 0.7  # how much of a build's time has gone when places begin to come, and when names are written
Step = Callable[[float], None]  # told how much of the work is done, 0 to 1


# CROSS JOIN: names first, one look-up each; the other way round every country would read all names
NATIONS = f"""
INSERT OR REPLACE INTO nation SELECT key, country FROM name CROSS JOIN place ON place.number = name.place
    WHERE kind = 'country' AND match < {ARTICLE} ORDER BY place.number
"""


class _Writer:
    """The tables in the making: places go out as they come, names are gathered and written in order at the end."""

    def __init__(self, store: sqlite3.Connection, step: Step, expected: int) -> None:
        self.store = store
        self.step = step
        self.expected = expected
        self.number = 0
        self.names: dict[tuple[str, int], int] = {}  # key and place: how the name matches
        self.sounds: set[tuple[str, int, str]] = set()
        self.numbers: dict[str, int] = {}  # by id, all but towns

    def add(self, rows: Iterable[Row]) -> None:
        """Write places and gather their names."""
        self.store.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)", map(self._place, rows))

    def finish(self, aliases: Mapping[str, str]) -> None:
        """Write the names, and the words that lead to places; `aliases` are further ids of places."""
        names, numbers = self.names, self.numbers
        numbers |= {alias: numbers[key] for alias, key in aliases.items() if key in numbers}
        self.store.executemany("INSERT INTO name VALUES (?, ?, ?)", ((*key, names[key]) for key in sorted(names)))
        self.step(0.85)
        self.store.executemany("INSERT INTO sound VALUES (?, ?, ?)", sorted(self.sounds))
        self.step(0.95)
        self.store.executemany(CAPITAL, [(fold_once(name), code) for code, name in capitals()])
        people_of = [(word, numbers[key]) for word, key in sorted(people().items()) if key in numbers]
        self.store.executemany("INSERT INTO people VALUES (?, ?)", people_of)
        short = [(word, numbers[key]) for word, key in sorted(abbreviations().items()) if key in numbers]
        self.store.executemany("INSERT INTO abbreviation VALUES (?, ?)", short)
        self.store.execute(NATIONS)

    def _place(self, row: Row) -> tuple[object, ...]:
        self.number += 1
        if self.number % 2000 == 0:
            self.step(min(READ + (WROTE - READ) * self.number / self.expected, WROTE))
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


def write(path: Path, packs: Sequence[Pack], facts: Mapping[str, str], step: Step) -> None:
    """Fill a new file from the packages, our own layers and the packs; what it is made of goes into the table `fact`."""
    step(0.0)
    read = {pack: list(read_pack(pack_folder() / pack.file, pack.name, pack.country, pack.origin)) for pack in packs}
    found = divisions()
    admin1 = {division.code: common_name(division) for division in found.values() if division.level == 1}
    merger = Merger({one.row.country for rows in read.values() for one in rows})
    step(READ)
    with closing(sqlite3.connect(path)) as store:
        store.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;" + TABLES)
        writer = _Writer(store, step, EXPECTED + sum(map(len, read.values())))
        layer = Layer(region_rows())
        lists = (country_rows(), layer.join(division_rows(found.values())), layer.join(city_rows(admin1)), layer.rest())
        for rows in lists:
            writer.add(merger.sift(rows))
        tallies = {f"pack {pack.name}": asdict(merger.take(rows)) for pack, rows in read.items()}
        writer.add(merger.held)
        writer.finish(layer.aliases)
        told = {**facts, **{key: msgspec.json.encode(tally).decode() for key, tally in tallies.items()}, WHOLE: "yes"}
        store.executemany("INSERT INTO fact VALUES (?, ?)", told.items())
        store.commit()
    step(1.0)
