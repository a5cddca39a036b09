"""Makes the outlines of the base map from Natural Earth's 1:10m first-level divisions (public domain).

Natural Earth 4.1, "Admin 1 - States, Provinces" and "Admin 0 - Breakaway, Disputed Areas", as QGIS packs them in
`world_map.gpkg` (Debian's package qgis-common: resources/data). Run: python tools/basemap.py world_map.gpkg

Shared boundaries become one line each ("arcs"), are simplified once and so stay shared; points are whole numbers on a
grid, lines are strings in the encoding of `strife.views.svg.outline`. What belongs to what is left as in the source.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import struct
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from strife.views.svg.outline import encoded

Point = tuple[int, int]
Line = tuple[Point, ...]

OUT = Path(__file__).parents[1] / "src" / "strife" / "views" / "svg" / "data"
SOURCE = (
    "Natural Earth 4.1 (naturalearthdata.com), public domain; simplified. Boundaries as in the source, "
    "which draws who governs in fact; disputed ones are dashed. They are no statement on sovereignty."
)
GRID = 400  # points of the grid in a degree
LEVELS = (  # degrees by which a line may move, and where the shapes come from
    ("fine", 0.008, "SELECT adm0_a3, admin, iso_a2, name, geom FROM states_provinces ORDER BY adm0_a3, name, fid"),
    ("coarse", 0.06, "SELECT ISO_A3, NAME, iso_a2, '', geom FROM countries ORDER BY ISO_A3, NAME, fid"),
)
LEFT_OUT = {"ATA"}
CODES = {
    "KOS": "XK",
    "SDS": "SS",
    "SAH": "EH",
    "PSX": "PS",
    "NOR": "NO",
    "FRA": "FR",
}  # where the source has no ISO code
NAMES = {"PS": "Palestine", "SS": "South Sudan", "EH": "Western Sahara"}  # where it has several or shortens


@dataclass
class Country:
    """A country in the making: its names and ISO codes in the source, and the box around it on the grid."""

    code: str
    names: set[str] = field(default_factory=set)
    isos: list[str] = field(default_factory=list)
    box: list[int] = field(default_factory=lambda: [10**6, 10**6, -(10**6), -(10**6)])

    def take(self, points: Sequence[Point]) -> None:
        """One more ring."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        west, south, east, north = self.box
        self.box = [min(west, *xs), min(south, *ys), max(east, *xs), max(north, *ys)]

    def row(self) -> list[object]:
        """Its row in the file: ISO 3166-1 alpha-2, empty where the source has none; name; box."""
        known = [iso for iso in self.isos if iso and len(iso) == 2 and iso.isalpha()]
        iso = CODES.get(self.code) or (max(sorted(set(known)), key=known.count) if known else "")
        return [iso, NAMES.get(iso) or min(self.names), self.box]


def main(path: str) -> None:
    """Write one file for each level of detail."""
    base = sqlite3.connect(path)
    disputed = [
        snapped(line)
        for (geom,) in base.execute("SELECT geom FROM disputed_borders ORDER BY fid")
        for line in rings_of(geom)
    ]
    for level, tolerance, query in LEVELS:
        rows = [row for row in base.execute(query) if row[0] not in LEFT_OUT]
        shapes = [[snapped(ring) for ring in rings_of(row[4])] for row in rows]
        made = built(rows, shapes, junctions_of([ring for rings in shapes for ring in rings]), tolerance * GRID)
        made["disputed"] = [encoded(simplified(line, tolerance * GRID)) for line in disputed if len(line) > 1]
        text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
        packed = gzip.compress(text.encode(), 9, mtime=0)
        OUT.mkdir(exist_ok=True)
        (OUT / f"basemap-{level}.json.gz").write_bytes(packed)
        print(f"{level}: {len(made['arcs']):,} lines, {len(text):,} bytes, {len(packed):,} packed")  # type: ignore[arg-type]


def rings_of(blob: bytes) -> Iterator[list[tuple[float, float]]]:
    """The rings or lines of a geometry in a GeoPackage."""
    envelope = (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7]
    yield from _wkb(memoryview(blob), [8 + envelope])


def _wkb(blob: memoryview, at: list[int]) -> Iterator[list[tuple[float, float]]]:
    order = "<" if blob[at[0]] else ">"
    (kind,) = struct.unpack_from(f"{order}I", blob, at[0] + 1)
    at[0] += 5
    if kind % 1000 in (2, 3):  # a line, or a polygon of rings
        number = 1 if kind % 1000 == 2 else _number(blob, at, order)
        for _ in range(number):
            count = _number(blob, at, order)
            flat = struct.unpack_from(f"{order}{2 * count}d", blob, at[0])
            at[0] += 16 * count
            yield list(zip(flat[::2], flat[1::2], strict=True))
        return
    for _ in range(_number(blob, at, order)):
        yield from _wkb(blob, at)


def _number(blob: memoryview, at: list[int], order: str) -> int:
    (number,) = struct.unpack_from(f"{order}I", blob, at[0])
    at[0] += 4
    return int(number)


def snapped(ring: Sequence[tuple[float, float]]) -> Line:
    """The points on the grid, none twice in a row."""
    found: list[Point] = []
    for lon, lat in ring:
        point = (round(lon * GRID), round(lat * GRID))
        if not found or found[-1] != point:
            found.append(point)
    return tuple(found)


def junctions_of(rings: Sequence[Line]) -> set[Point]:
    """The points where other boundaries come in: those that have not the same two neighbours in every ring."""
    beside: dict[Point, frozenset[Point]] = {}
    found: set[Point] = set()
    for ring in rings:
        points = ring[:-1]
        for number, point in enumerate(points):
            pair = frozenset((points[number - 1], points[(number + 1) % len(points)]))
            if beside.setdefault(point, pair) != pair:
                found.add(point)
    return found


def built(
    rows: Sequence[tuple[str, ...]], shapes: Sequence[Sequence[Line]], junctions: set[Point], tolerance: float
) -> dict[str, object]:
    """The arcs, and the divisions as rings of arcs; a reversed arc is counted as -1 - number."""
    numbers: dict[Line, int] = {}
    lines: list[Line] = []
    countries: dict[str, Country] = {}
    divisions: list[list[object]] = []
    sides: dict[int, set[int]] = defaultdict(set)
    for (code, admin, iso, name, _), rings in zip(rows, shapes, strict=True):
        country = countries.setdefault(code, Country(code))
        country.names.add(admin or "")
        country.isos.append(iso)
        own = []
        for ring in rings:
            if len(ring) < 4:
                continue
            refs = [arc_number(arc, numbers, lines, tolerance) for arc in cut(ring, junctions)]
            refs = [ref for ref in refs if ref is not None]
            points = [point for ref in refs for point in (lines[ref] if ref >= 0 else lines[-1 - ref][::-1])]
            if len(set(points)) >= 4 and abs(area(points)) > 2 * tolerance * tolerance:
                own.append(refs)
                country.take(points)
        if own:
            divisions.append([name or "", list(countries).index(code), own])
    for number, division in enumerate(divisions):
        for ring in division[2]:  # type: ignore[attr-defined]
            for ref in ring:
                sides[ref if ref >= 0 else -1 - ref].add(number)
    used = sorted(sides)
    place = {old: new for new, old in enumerate(used)}
    for division in divisions:
        division[2] = [[place[ref] if ref >= 0 else -1 - place[-1 - ref] for ref in ring] for ring in division[2]]  # type: ignore[attr-defined]
    return {
        "source": SOURCE,
        "grid": GRID,
        "arcs": [encoded(lines[old]) for old in used],
        "countries": [country.row() for country in countries.values()],
        "divisions": divisions,
    }


def cut(ring: Line, junctions: set[Point]) -> Iterator[Line]:
    """A ring as the arcs between its junctions; without any, as one that begins at its least point."""
    points = ring[:-1]
    starts = [number for number, point in enumerate(points) if point in junctions]
    if not starts:
        first = points.index(min(points))
        yield (*points[first:], *points[: first + 1])
        return
    for start, end in zip(starts, [*starts[1:], starts[0] + len(points)], strict=True):
        yield tuple(points[number % len(points)] for number in range(start, end + 1))


def arc_number(arc: Line, numbers: dict[Line, int], lines: list[Line], tolerance: float) -> int | None:
    """The number of an arc, made where it is new; of its reverse -1 - number."""
    other = arc[::-1]
    if arc in numbers:
        return numbers[arc]
    if other in numbers:
        return -1 - numbers[other]
    numbers[arc] = len(lines)
    lines.append(simplified(arc, tolerance))
    return numbers[arc]


def simplified(line: Line, tolerance: float) -> Line:
    """Douglas and Peucker's line: no point left out lies further from it than the tolerance, in units of the grid."""
    keep = {0, len(line) - 1}
    stack = [(0, len(line) - 1)]
    if line[0] == line[-1] and len(line) > 3:
        far = max(range(len(line)), key=lambda number: distance(line[number], line[0], line[0]))
        keep.add(far)
        stack = [(0, far), (far, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        far = max(range(first + 1, last), key=lambda number: distance(line[number], line[first], line[last]))
        if distance(line[far], line[first], line[last]) > tolerance:
            keep.add(far)
            stack += [(first, far), (far, last)]
    return tuple(line[number] for number in sorted(keep))


def distance(point: Point, one: Point, other: Point) -> float:
    """Of a point from a stretch."""
    (x, y), (a, b), (c, d) = point, one, other
    length = (c - a) ** 2 + (d - b) ** 2
    along = max(0.0, min(1.0, ((x - a) * (c - a) + (y - b) * (d - b)) / length)) if length else 0.0
    return ((x - a - along * (c - a)) ** 2 + (y - b - along * (d - b)) ** 2) ** 0.5


def area(points: Sequence[Point]) -> float:
    """Of a ring, in squares of the grid."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True)) / 2


if __name__ == "__main__":
    main(sys.argv[1])
