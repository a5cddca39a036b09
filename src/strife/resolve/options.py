"""What a name may mean, with what is known of each candidate before any document is read: cached, for names recur."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strife.gazetteer import Gazetteer, PlaceEntry
from strife.gazetteer.entry import ALTERNATE, ARTICLE, SOUND
from strife.gazetteer.names import alike, bare, fold
from strife.mentions.placewords import DISTRICTS, PROVINCES
from strife.resolve.names import candidates, plain

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

KINDS = ("settlement", "province", "district", "country", "region", "point")
SETTLEMENT, PROVINCE, DISTRICT, COUNTRY, REGION, POINT = range(len(KINDS))
STATIC = (  # the columns of `Options.static`
    "size",  # logarithm (base 10) of a town's population
    "size of a province",
    "size of a district",
    "size of a country",
    "a city of more than 100,000",
    "population unknown",
    "a province",
    "a district",
    "a country",
    "a region",
    "a point",
    "another name of it",
    "another spelling of its name",
    "its name but for the article",
    "alike by sound only",
    "a capital",
    "a seat of world politics",
    "the largest of the name",
    "a province with a large town of its name",
    "a district with a town of its name",
    "a town with a district of its name",
    "a province named with its kind",
    "a district named with its kind",
    "a town named with a kind of division",
    "a namesake of a well-known region",
)
SEATS = frozenset(  # named in reports from anywhere without their country: Geneva, The Hague, Washington
    {"geonames:2660646", "geonames:2747373", "geonames:4140963"}
)
MOST = 150  # candidates weighed for one name
LARGE = 5.0  # logarithm of 100,000
FAR = 0.016  # radians, 100 km: so near lies the town that a province is called after
NEAR = 0.01  # radians, 64 km: a district's town lies so near its middle


@dataclass(frozen=True, slots=True)
class Options:
    """The candidates of a name, row by row: `country` and `admin` are numbers of a `Numbers`, `point` lies on the unit sphere."""

    entries: tuple[PlaceEntry, ...]
    static: Floats
    country: Ints
    admin: Ints
    kind: Ints
    point: Floats


class Numbers:
    """Numbers for countries and first-level divisions, given as they come; 0 stands for none."""

    def __init__(self) -> None:
        """Nothing numbered yet."""
        self._known: dict[tuple[str, str], int] = {("", ""): 0}
        self._codes: dict[int, str] = {}

    def country(self, code: str) -> int:
        """The number of a country (alpha-2)."""
        number = self._known.setdefault((code, ""), len(self._known))
        self._codes[number] = code
        return number

    def code(self, number: int) -> str:
        """The country (alpha-2) of a number."""
        return self._codes.get(number, "")

    def admin(self, country: str, name: str) -> int:
        """The number of a first-level division; 0 where it has no name."""
        return self._known.setdefault((country, name), len(self._known)) if name else 0


class Catalogue:
    """The options of names in one gazetteer; what was looked up once is kept."""

    def __init__(self, gazetteer: Gazetteer, kept: int = 50_000) -> None:
        """Nothing looked up yet; `kept` names are remembered at most."""
        self.gazetteer = gazetteer
        self.numbers = Numbers()
        self._kept = kept
        self._middles: dict[int, Floats | None] = {}
        self._options: dict[tuple[str, ...], Options] = {}

    def options(self, *names: str, behind_comma: bool = False) -> Options:
        """The candidates of a place with these names, none of them alike by sound only."""
        key = (*names, ",") if behind_comma else names
        found = self._options.get(key)
        if found is None:
            found = self._keep(key, self._look_up(names, behind_comma))
        return found

    def sounding(self, name: str, countries: frozenset[str], written: Options) -> Options:
        """The candidates with those of these countries that are alike by sound; the written ones where there are none."""
        key = (name, *sorted(countries), ":")
        found = self._options.get(key)
        if found is None:
            known = {entry.id for entry in written.entries}
            alike = [
                entry
                for entry in self.gazetteer.by_sound(plain(name))
                if entry.country in countries and entry.id not in known
            ]
            found = self._keep(key, _options_of(name, [*written.entries, *alike], self.numbers) if alike else written)
        return found

    def _keep(self, key: tuple[str, ...], options: Options) -> Options:
        if len(self._options) >= self._kept:
            self._options.clear()
        self._options[key] = options
        return options

    def middle(self, number: int) -> Floats | None:
        """The middle of a country, by its number, on the unit sphere."""
        if number not in self._middles:
            country = self.gazetteer.country(self.numbers.code(number))
            self._middles[number] = _points([country])[0] if country is not None else None
        return self._middles[number]

    def _look_up(self, names: tuple[str, ...], behind_comma: bool) -> Options:
        entries: dict[str, PlaceEntry] = {}
        for name in names:
            for entry in candidates(name, self.gazetteer, behind_comma):
                if entry.match != SOUND:
                    entries.setdefault(entry.id, entry)
        listed = list(entries.values())
        if len(listed) > MOST:
            listed = sorted(listed, key=lambda entry: (entry.match, -entry.population))[:MOST]
        return _options_of(names[0], listed, self.numbers)


def _options_of(name: str, entries: Sequence[PlaceEntry], numbers: Numbers) -> Options:
    point = _points(entries)
    kind = np.array([KINDS.index(entry.kind) for entry in entries], dtype=np.int64)
    return Options(
        tuple(entries),
        _static(name, entries, kind, point),
        np.array([numbers.country(entry.country) for entry in entries], dtype=np.int64),
        np.array([numbers.admin(entry.country, entry.admin1) for entry in entries], dtype=np.int64),
        kind,
        point,
    )


def _points(entries: Sequence[PlaceEntry]) -> Floats:
    """Places on the unit sphere."""
    angles = np.radians(np.array([(entry.lat, entry.lon) for entry in entries], dtype=float).reshape(-1, 2))
    lat, lon = angles[:, 0], angles[:, 1]
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def _static(name: str, entries: Sequence[PlaceEntry], kind: Ints, point: Floats) -> Floats:
    """The features of candidates by themselves, in the order of `STATIC`."""
    size = np.array([math.log10(entry.population + 10) for entry in entries])
    match = np.array([entry.match for entry in entries])
    town, province, district = kind == SETTLEMENT, kind == PROVINCE, kind == DISTRICT
    own = match <= ALTERNATE
    typed = fold(name).rpartition(" ")[2] in PROVINCES | DISTRICTS or fold(name).partition(" ")[0] in PROVINCES
    key = bare(fold(name))
    spelt = np.array([alike(key, bare(fold(entry.name))) for entry in entries], dtype=bool)
    rows = len(entries)
    twins = np.zeros((3, rows))
    if rows > 1 and town.any() and (province.any() or district.any()):
        twins = _twins(entries, kind, point, match <= ARTICLE)
    columns = [
        size * town,
        size * province,
        size * district,
        size * (kind == COUNTRY),
        np.maximum(0.0, size - LARGE) * town,
        town & (size < 1.1),
        province,
        district,
        kind == COUNTRY,
        kind == REGION,
        kind == POINT,
        (match == ALTERNATE) & ~spelt,
        (match == ALTERNATE) & spelt,
        match == ARTICLE,
        match == SOUND,
        np.array([entry.capital for entry in entries], dtype=bool),
        np.array([entry.id in SEATS for entry in entries], dtype=bool),
        size >= size.max() if rows else size,
        *twins,
        province & typed,
        district & typed,
        town & typed,
        (kind != REGION) & ((kind == REGION) & own).any(),
    ]
    return np.stack(columns, axis=1).astype(float) if rows else np.zeros((0, len(STATIC)))


def _twins(entries: Sequence[PlaceEntry], kind: Ints, point: Floats, own: NDArray[np.bool_]) -> Floats:
    """Provinces and districts beside a town of their name, and such towns."""
    found = np.zeros((3, len(entries)))
    towns = np.flatnonzero((kind == SETTLEMENT) & own)
    for place in np.flatnonzero((kind == PROVINCE) & own).tolist():
        one = entries[place]
        found[0, place] = any(
            entries[town].country == one.country
            and (entries[town].admin1 == one.admin1 or float(point[town] @ point[place]) > math.cos(FAR))
            and entries[town].population > one.population / 10
            for town in towns.tolist()
        )
    districts = np.flatnonzero((kind == DISTRICT) & own)
    if len(districts) and len(towns):
        close = point[districts] @ point[towns].T > math.cos(NEAR)
        found[1, districts] = close.any(axis=1)
        found[2, towns] = close.any(axis=0)
    return found
