"""The gazetteer as the other rooms see it: names in, places out."""

from __future__ import annotations

import functools
import sqlite3
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from strife.errors import BadData
from strife.gazetteer.build import Progress, ensure
from strife.gazetteer.entry import ALTERNATE, ARTICLE, MAIN, SOUND, PlaceEntry
from strife.gazetteer.names import alike, bare, fold, skeleton
from strife.gazetteer.tables import WHOLE, Step

CACHE = 50_000
MOST = 400  # candidates kept for one name, the most populous first
COLUMNS = ", ".join(f"place.{column}" for column in "id name country admin1 lat lon population kind capital".split())
JOINED = "JOIN place ON place.number ="
LARGEST = f"ORDER BY population DESC LIMIT {MOST}"
BY_NAME = f"SELECT {COLUMNS}, name.match FROM name {JOINED} name.place WHERE key = ? {LARGEST}"
BY_SOUND = f"SELECT {COLUMNS}, sound.name FROM sound {JOINED} sound.place WHERE key = ? {LARGEST}"
COUNTRIES = f"SELECT {COLUMNS} FROM place WHERE kind = 'country'"
PEOPLE = f"SELECT {COLUMNS}, word FROM people {JOINED} people.place"
ABBREVIATIONS = f"SELECT {COLUMNS}, word FROM abbreviation {JOINED} abbreviation.place"
WITHIN = (
    f"SELECT {COLUMNS} FROM place WHERE kind = 'settlement' AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"
    " ORDER BY population DESC LIMIT ?"
)
NATIONS = "SELECT key, country FROM nation"  # names of countries


class Gazetteer:
    """Places by name. Open it once a process; look-ups are cached."""

    def __init__(self, path: Path, *, own: bool = False) -> None:
        """Open a built file; `own` says that strife built it and may do so again. BadData if it is not a gazetteer."""
        self.path = path
        self._own = own
        try:
            # one thread at a time uses a gazetteer, but it may be made in one and used in another (web server)
            address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
            self._store = sqlite3.connect(address, uri=True, check_same_thread=False)
            if not self._store.execute("SELECT 1 FROM fact WHERE key = ?", (WHOLE,)).fetchone() or self._short():
                raise sqlite3.DatabaseError("it is not whole")
            self._people = {row[9]: _entry(row) for row in self._store.execute(PEOPLE)}
            self._abbreviations = {row[9]: _entry(row) for row in self._store.execute(ABBREVIATIONS)}
            self._countries = {row[2]: _entry(row) for row in self._store.execute(COUNTRIES)}
            self._nations: dict[str, str] = dict(self._store.execute(NATIONS).fetchall())
        except sqlite3.Error as error:
            raise BadData(f"{path} is not a gazetteer ({error}); {self._remedy()}") from error
        self._cache: OrderedDict[str, list[PlaceEntry]] = OrderedDict()
        self._known: dict[str, bool] = {}

    @classmethod
    def open(cls, progress: Progress | None = None, step: Step | None = None) -> Gazetteer:
        """The user's gazetteer, built first where there is none or a damaged one.

        `progress` is told so in a line, `step` how far it has come (0 to 1)."""
        path = ensure(progress, step)
        try:
            return cls(path, own=True)
        except BadData:  # the damaged file is set aside now
            return cls(ensure(progress, step), own=True)

    @staticmethod
    @functools.cache
    def shared() -> Gazetteer:
        """The one gazetteer of this process, opened at the first call."""
        return Gazetteer.open()

    def candidates(self, name: str) -> list[PlaceEntry]:
        """Places of this name, best match first, then by population; by sound only where no name fits."""
        key = fold(name)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._look_up(key)
            if len(self._cache) > CACHE:
                self._cache.popitem(last=False)
        return found

    def by_sound(self, name: str) -> list[PlaceEntry]:
        """Places whose names are spelt otherwise but have the same consonants: "Saraqeb" finds "Saraqib"."""
        key = fold(name)
        sound = skeleton(key)
        rows = self._rows(BY_SOUND, sound) if sound else []
        return list({row[0]: _entry(row, SOUND) for row in rows if alike(row[9], key)}.values())

    def has(self, name: str) -> bool:
        """Whether some place bears this name (articles and accents aside; not by sound alone)."""
        key = fold(name)
        known = self._known.get(key)
        if known is None:
            if len(self._known) > CACHE:
                self._known.clear()
            keys = {key, bare(key)} - {""}
            known = self._known[key] = any(self._one("SELECT 1 FROM name WHERE key = ? LIMIT 1", one) for one in keys)
        return known

    def country(self, code: str) -> PlaceEntry | None:
        """The country of an ISO 3166-1 alpha-2 code."""
        return self._countries.get(code)

    def people(self, word: str) -> PlaceEntry | None:
        """The country or part of the world whose people or whose adjective a word is: "Syrian", "Turks", "European"."""
        return self._people.get(word)

    def nation(self, words: str) -> str | None:
        """The country (alpha-2) of words that name it or its people: "Syria", "Syrians", "North Korean"."""
        if words in self._people:
            return self._people[words].country or None
        if words.islower() or len(words) < 2:
            return None
        return self._nations.get(fold(words))

    def abbreviation(self, word: str) -> PlaceEntry | None:
        """The division that an abbreviation stands for: "La." gives Louisiana."""
        return self._abbreviations.get(word) or self._abbreviations.get(word + ".")

    def within(self, west: float, south: float, east: float, north: float, most: int) -> list[PlaceEntry]:
        """The largest towns in a box of degrees, at most so many."""
        return [_entry(row) for row in self._rows(WITHIN, south, north, west, east, most)]

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _look_up(self, key: str) -> list[PlaceEntry]:
        if not key:
            return []
        found = {row[0]: _entry(row, row[9]) for row in self._rows(BY_NAME, key)}
        stripped = bare(key)
        if stripped != key:
            for row in self._rows(BY_NAME, stripped):
                found.setdefault(row[0], _entry(row, max(ARTICLE, row[9])))
        if not found:
            return self.by_sound(key)
        return sorted(found.values(), key=lambda entry: (entry.match > ALTERNATE, -entry.population))

    def _rows(self, query: str, *values: str | float) -> list[tuple[Any, ...]]:
        try:
            return self._store.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise BadData(f"{self.path} is damaged ({error}); {self._remedy()}") from error

    def _short(self) -> bool:
        """Whether the file is shorter than its own first page says."""
        (pages,), (size,) = (self._store.execute(f"PRAGMA {key}").fetchone() for key in ("page_count", "page_size"))
        return self.path.stat().st_size < int(pages) * int(size)

    def _remedy(self) -> str:
        """What to do about a damaged file; strife's own is set aside at once, so that nothing uses it again."""
        if not self._own:
            return "delete it and run: strife gazetteer build"
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
        return "it is set aside; run the same command again, and it is built anew"

    def _one(self, query: str, key: str) -> bool:
        return bool(self._rows(query, key))


def _entry(row: tuple[Any, ...], match: int = MAIN) -> PlaceEntry:
    key, name, country, admin1, lat, lon, population, kind, capital = row[:9]
    return PlaceEntry(key, name, country, admin1, lat, lon, population, kind, bool(capital), match)
