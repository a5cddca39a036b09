"""The base map: outlines of countries and first-level divisions, decoded where they are looked at."""

from __future__ import annotations

import functools
import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal, NamedTuple

import msgspec
from msgspec import Struct

from strife.views.svg.outline import Point, decoded

Level = Literal["coarse", "fine"]
Ring = list[tuple[float, float]]


class Box(NamedTuple):
    """West, south, east, north in degrees; never across the date line."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: Box) -> bool:
        """Whether two boxes have a point in common."""
        return (
            self.west <= other.east
            and other.west <= self.east
            and self.south <= other.north
            and other.south <= self.north
        )

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a point lies in it."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


WORLD = Box(-180, -90, 180, 90)


class _Country(NamedTuple):
    iso: str
    name: str
    box: tuple[int, int, int, int]


class _Division(NamedTuple):
    name: str
    country: int
    rings: list[list[int]]


class _File(Struct, frozen=True):
    source: str
    grid: int
    arcs: list[str]
    countries: list[_Country]
    divisions: list[_Division]
    disputed: list[str]


@dataclass(frozen=True, slots=True)
class Area:
    """A country or a first-level division: `country` is ISO 3166-1 alpha-2, empty where the source has none; rings of lon, lat."""

    name: str
    country: str
    rings: tuple[Ring, ...]

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a point lies in it, holes left out."""
        return sum(_crossings(ring, lon, lat) for ring in self.rings) % 2 == 1


class BaseMap:
    """The outlines at one level of detail. Two neighbours share the line between them, so nothing gapes."""

    def __init__(self, file: _File) -> None:
        self._file = file
        self._boxes = [Box(*(edge / file.grid for edge in country.box)) for country in file.countries]
        self._arcs: dict[int, list[Point]] = {}
        self._sides = _sides(file)
        self._own = _by_country(file)

    @property
    def source(self) -> str:
        """Where the outlines come from, and what they are not."""
        return self._file.source

    def countries(self, box: Box) -> Iterator[Area]:
        """The countries that may reach into a box."""
        for number in self._within(box):
            country = self._file.countries[number]
            rings = [ring for division in self._of(number) for ring in self._rings(division)]
            yield Area(country.name, country.iso, tuple(rings))

    def numbered(self) -> Iterator[tuple[int, Area]]:
        """All countries with their numbers, as `divisions_of` takes them."""
        for number, country in enumerate(self._file.countries):
            rings = [ring for division in self._of(number) for ring in self._rings(division)]
            if rings:
                yield number, Area(country.name, country.iso, tuple(rings))

    def country(self, iso: str) -> Area | None:
        """A country by its code."""
        for number, country in enumerate(self._file.countries):
            if country.iso == iso.upper() != "":
                rings = [ring for division in self._of(number) for ring in self._rings(division)]
                return Area(country.name, country.iso, tuple(rings))
        return None

    def divisions(self, box: Box) -> Iterator[Area]:
        """The first-level divisions of the countries that may reach into a box."""
        for number in self._within(box):
            for division in self._of(number):
                yield Area(division.name, self._file.countries[number].iso, tuple(self._rings(division)))

    def divisions_of(self, number: int) -> Iterator[Area]:
        """The first-level divisions of one country, by its number; IndexError where there is none."""
        country = self._file.countries[number]
        for division in self._own[number]:
            yield Area(division.name, country.iso, tuple(self._rings(division)))

    def division_at(self, lat: float, lon: float) -> Area | None:
        """The first-level division in which a point lies."""
        around = Box(lon, lat, lon, lat)
        return next((area for area in self.divisions(around) if area.name and area.holds(lon, lat)), None)

    def lines(self, box: Box, kind: Literal["border", "division"]) -> Iterator[Ring]:
        """Lines between countries, or between the divisions of one, of the countries that may reach into a box."""
        seen: set[int] = set()
        for number in self._within(box):
            for division in self._of(number):
                for ref in (ref for ring in division.rings for ref in ring):
                    arc = ref if ref >= 0 else -1 - ref
                    if arc not in seen and self._sides.get(arc, "coast") == kind:
                        seen.add(arc)
                        yield self._degrees(self._arc(arc))

    def disputed(self, box: Box) -> Iterator[Ring]:
        """The lines that the source calls disputed."""
        for text in self._file.disputed:
            line = self._degrees(decoded(text))
            if around(line).meets(box):
                yield line

    def _within(self, box: Box) -> Iterator[int]:
        return (number for number, own in enumerate(self._boxes) if own.meets(box))

    def _of(self, country: int) -> list[_Division]:
        return self._own[country]

    def _rings(self, division: _Division) -> Iterator[Ring]:
        for refs in division.rings:
            points: list[Point] = []
            for ref in refs:
                arc = self._arc(ref) if ref >= 0 else self._arc(-1 - ref)[::-1]
                points += arc[1:] if points else arc
            yield self._degrees(points)

    def _arc(self, number: int) -> list[Point]:
        if number not in self._arcs:
            self._arcs[number] = decoded(self._file.arcs[number])
        return self._arcs[number]

    def _degrees(self, points: Sequence[Point]) -> Ring:
        grid = self._file.grid
        return [(x / grid, y / grid) for x, y in points]


@functools.cache
def base_map(level: Level) -> BaseMap:
    """The outlines: coarse for countries on a map of the world, fine for one of a country, with its divisions."""
    packed = (files("strife.views.svg") / "data" / f"basemap-{level}.json.gz").read_bytes()
    return BaseMap(msgspec.json.decode(gzip.decompress(packed), type=_File))


def around(points: Sequence[tuple[float, float]]) -> Box:
    """The box around points of lon, lat; there must be one."""
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return Box(min(lons), min(lats), max(lons), max(lats))


def _sides(file: _File) -> dict[int, str]:
    """The arcs with an area on both sides: a border between two countries, else one between divisions."""
    first: dict[int, int] = {}
    found: dict[int, str] = {}
    for division in file.divisions:
        for ref in (ref for ring in division.rings for ref in ring):
            arc = ref if ref >= 0 else -1 - ref
            if arc in first:
                found[arc] = "division" if first[arc] == division.country else "border"
            first[arc] = division.country
    return found


def _by_country(file: _File) -> list[list[_Division]]:
    found: list[list[_Division]] = [[] for _ in file.countries]
    for division in file.divisions:
        found[division.country].append(division)
    return found


def _crossings(ring: Ring, lon: float, lat: float) -> int:
    """How often a line from a point due east crosses a ring."""
    number = 0
    for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (b > lat) != (d > lat) and lon < (c - a) * (lat - b) / (d - b) + a:
            number += 1
    return number
