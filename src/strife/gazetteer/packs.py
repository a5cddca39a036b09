"""Packs: the places of a country, from a GeoNames dump, a Who's On First extract or a simple table."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from strife.errors import BadInput
from strife.gazetteer.entry import Kind
from strife.gazetteer.features import ADMIN_LEVELS, FEATURES, PLACETYPES
from strife.gazetteer.names import fold_once, usable
from strife.gazetteer.packages import Row, countries
from strife.gazetteer.packfile import CONTROL, cells, lines, opened, refuse_control

Format = Literal["geonames", "whosonfirst", "table"]
DUMP = (  # the columns of a GeoNames dump, which has no header
    "geonameid name asciiname alternatenames latitude longitude feature_class feature_code country_code cc2 "
    "admin1_code admin2_code admin3_code admin4_code population elevation dem timezone modification_date"
).split()
COLUMNS = {  # other names of the columns of a table
    "latitude": "lat",
    "geom_latitude": "lat",
    "longitude": "lon",
    "lng": "lon",
    "long": "lon",
    "geom_longitude": "lon",
    "alternatenames": "alternates",
    "aliases": "alternates",
    "kind": "placetype",
    "type": "placetype",
    "iso": "country",
    "iso2": "country",
    "iso_country": "country",
    "country_code": "country",
    "geonameid": "geonames",
    "pop": "population",
}
INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
)
BRACKETED = re.compile(r"^(.{2,}?)\s*\((.{2,})\)$")
MOST_PEOPLE = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Where:
    """The row that is read, for messages, and what fills cells that it leaves empty."""

    label: str
    pack: str
    country: str


@dataclass(slots=True)
class PackRow:
    """A place of a pack; `admin1` may be a name or, behind a dot, a GeoNames code ("SY.09")."""

    row: Row
    level: int = 0  # 1 or 2 where it is an administrative division


def read_pack(path: Path, pack: str, country: str = "", label: str = "") -> Iterator[PackRow]:
    """The places of a pack's file; `country` (alpha-2) holds where the file names none. BadInput at the first flaw."""
    where = Where(label or str(path), pack, country)
    with opened(path, where.label) as stream:
        numbered = lines(stream, where.label)
        number, first = _first(numbered, where.label)
        if _format(first, where.label) == "geonames":
            yield from _dump(number, first, numbered, where)
        else:
            yield from _table(first, numbered, where)


def pack_format(path: Path) -> Format:
    """What kind of pack a file is, by its first line. BadInput if it is none."""
    with opened(path, str(path)) as stream:
        return _format(_first(lines(stream, str(path)), str(path))[1], str(path))


def _first(numbered: Iterator[tuple[int, str]], label: str) -> tuple[int, str]:
    found = next(numbered, None)
    if found is None:
        raise BadInput(f"{label} is empty; fetch it again")
    return found


def _format(first: str, label: str) -> Format:
    tabs = first.split("\t")
    if len(tabs) == len(DUMP) and tabs[0].isdigit():
        return "geonames"
    header = _header(first)[0]
    if {"name", "lat", "lon"} <= set(header):
        return "whosonfirst" if {"wof", "wof_country", "wof_id"} & set(header) else "table"
    raise BadInput(
        f"{label}, line 1: neither a GeoNames dump ({len(DUMP)} columns, {len(tabs)} found) nor a header with the columns "
        "name, lat and lon; see docs/gazetteer.md"
    )


def _header(first: str) -> tuple[list[str], str]:
    delimiter = "\t" if "\t" in first else ","
    names = [name.strip().strip('"').lower() for name in first.split(delimiter)]
    taken = set(names)
    return [COLUMNS[name] if name in COLUMNS and COLUMNS[name] not in taken else name for name in names], delimiter


def _dump(number: int, first: str, numbered: Iterator[tuple[int, str]], where: Where) -> Iterator[PackRow]:
    """The rows of a GeoNames dump that are places people report from: no hotels, no schools."""
    known = set(countries())
    while True:
        place = f"{where.label}, line {number}"
        row = first.split("\t")
        if len(row) != len(DUMP):
            raise BadInput(f"{place}: {len(row)} columns where a GeoNames dump has {len(DUMP)}; fetch the file again")
        kind = FEATURES.get(f"{row[6]}.{row[7]}") or FEATURES.get(row[6])
        if kind is not None:
            yield _dump_row(row, kind, place, where, known)
        following = next(numbered, None)
        if following is None:
            return
        number, first = following


def _dump_row(row: list[str], kind: Kind, place: str, where: Where, known: set[str]) -> PackRow:
    if CONTROL.search("".join(row)):
        refuse_control(row, DUMP, place)
    if not row[0].isdigit():
        raise BadInput(f"{place}, column geonameid: {row[0]!r} is no number; mend the row or leave it out")
    country = _country(row[8] or where.country, place, known) if row[8] or where.country else ""
    level = ADMIN_LEVELS.get(row[7], 0) if row[6] == "A" else 0
    return PackRow(
        Row(
            id=f"geonames:{row[0]}",
            name=_name(row[1], place),
            country=country,
            kind=kind,
            lat=_degrees(row[4], 90, place, "latitude"),
            lon=_degrees(row[5], 180, place, "longitude"),
            admin1=f".{country}.{row[10]}" if row[10] and row[10] != "00" else "",
            population=_people(row[14], place),
            names=_names([row[2], *row[3].split(",")]),
            code=f"{country}.{row[10]}" if level == 1 else "",
        ),
        level,
    )


def _table(first: str, numbered: Iterator[tuple[int, str]], where: Where) -> Iterator[PackRow]:
    """The rows of a table with a header."""
    columns, delimiter = _header(first)
    doubled = {name for name in columns if name and columns.count(name) > 1}
    if doubled:
        raise BadInput(f"{where.label}, line 1: the column {', '.join(sorted(doubled))} comes twice; take one out")
    known = set(countries())
    for number, text in numbered:
        place = f"{where.label}, line {number}"
        row = cells(text, delimiter, place)
        if len(row) != len(columns):
            raise BadInput(f"{place}: {len(row)} columns where the header has {len(columns)}; mend the row")
        if CONTROL.search(text):
            refuse_control(row, columns, place)
        values = dict(zip(columns, row, strict=True))
        if any(values.get(key) for key in ("superseded_by", "deprecated", "cessation")):
            continue
        yield _table_row(values, place, where, known)


def _table_row(values: Mapping[str, str], place: str, where: Where, known: set[str]) -> PackRow:
    name = _name(values["name"], place)
    lat = _degrees(values["lat"], 90, place, "lat")
    lon = _degrees(values["lon"], 180, place, "lon")
    placetype = values.get("placetype", "").strip().lower() or "locality"
    if placetype not in PLACETYPES:
        raise BadInput(
            f"{place}, column placetype: {placetype!r} is not known; write one of {', '.join(sorted(PLACETYPES))}"
        )
    named = values.get("country", "") or where.country
    kind, level = PLACETYPES[placetype]
    return PackRow(
        Row(
            id=_id(values, name, lat, lon, place, where),
            name=name,
            country=_country(named, place, known) if named else _no_country(place),
            kind=kind,
            lat=lat,
            lon=lon,
            admin1=values.get("admin1", "").strip(),
            population=_people(values.get("population", ""), place),
            names=_names(values.get("alternates", "").split("|")),
        ),
        level,
    )


def _id(values: Mapping[str, str], name: str, lat: float, lon: float, place: str, where: Where) -> str:
    """The id a row has, else one that stays the same as long as its name and place do."""
    geonames, given = values.get("geonames", "").strip(), values.get("id", "").strip()
    if geonames.isdigit():
        return f"geonames:{geonames}"
    if given.startswith("geonames:") and not given[9:].isdigit():
        raise BadInput(f"{place}, column id: {given!r} is no GeoNames id; write it as geonames:163843")
    if given.isdigit():
        return f"wof:{given}" if {"wof_country", "wof_id"} & set(values) else f"{where.pack}:{given}"
    if given:
        return given if ":" in given else f"{where.pack}:{given}"
    return f"{where.pack}:{hashlib.sha256(f'{name}|{lat}|{lon}'.encode()).hexdigest()[:10]}"


def _name(cell: str, place: str) -> str:
    name = " ".join(cell.translate(INVISIBLE).split())
    if not fold_once(name):
        raise BadInput(f"{place}, column name: {cell!r} is no name; mend the row or leave it out")
    return name


def _names(cells: list[str]) -> list[str]:
    """Further names that are names; "Homs (Hims)" gives both."""
    found: dict[str, None] = {}
    for cell in cells:
        name = " ".join(cell.translate(INVISIBLE).split())
        if name and usable(name):
            found[name] = None
    return list(found)


def spellings(row: Row) -> list[str]:
    """The names of a place, both of a name with a second one in brackets, its own first."""
    bracketed = BRACKETED.match(row.name)
    return [row.name, *([bracketed[1], bracketed[2]] if bracketed else []), *row.names]


def _degrees(cell: str, most: int, place: str, column: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise BadInput(f"{place}, column {column}: {cell!r} is no number; write decimal degrees, as 35.93") from None
    if not -most <= value <= most:
        raise BadInput(
            f"{place}, column {column}: {cell} is not between -{most} and {most}; correct or leave out the row"
        )
    return value


def _people(cell: str, place: str) -> int:
    cell = cell.strip()
    if not cell:
        return 0
    number = int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 12 else -1
    if not 0 <= number <= MOST_PEOPLE:
        raise BadInput(f"{place}, column population: {cell!r} is no number of people; write digits only, or nothing")
    return number


def _country(cell: str, place: str, known: set[str]) -> str:
    code = cell.strip().upper()
    if code not in known:
        raise BadInput(f"{place}, column country: {cell!r} is no ISO 3166-1 alpha-2 code; write it as SY")
    return code


def _no_country(place: str) -> str:
    raise BadInput(f"{place}: no country; give --country SY, or a column country, or name the file SY.tsv.gz")
