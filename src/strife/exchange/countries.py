"""Countries by every code and name that the datasets use."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import files

from strife.errors import BadData

COLUMNS = ["iso2", "iso3", "numeric", "fips", "cameo", "gw", "name", "ucdp", "names"]


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166-1 codes, its number by Gleditsch and Ward where it has one, its name, and its name in UCDP files."""

    iso2: str
    iso3: str
    numeric: str
    gw: str | None
    name: str
    ucdp: str


@dataclass(frozen=True, slots=True)
class Countries:
    """One table for each kind of code; keys of `named` are in lower case."""

    iso2: dict[str, Country]
    iso3: dict[str, Country]
    numeric: dict[str, Country]
    fips: dict[str, Country]
    cameo: dict[str, Country]
    gw: dict[str, Country]
    named: dict[str, Country]

    def by_name(self, text: str) -> Country | None:
        """The country of a name, of an ISO code, or of a name in another's words ("Syrian Arab Republic"); None if unknown."""
        text = text.strip()
        return self.iso3.get(text) or self.iso2.get(text) or self.named.get(text.lower())


@functools.cache
def countries() -> Countries:
    """The countries that strife ships."""
    table = Countries({}, {}, {}, {}, {}, {}, {})
    text = (files("strife.exchange") / "data" / "countries.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    if rows[0] != COLUMNS:
        raise BadData(f"countries.tsv: its columns are {', '.join(rows[0])}; they must be {', '.join(COLUMNS)}")
    for row in rows[1:]:
        _add(table, dict(zip(COLUMNS, row, strict=True)))
    return table


def _add(table: Countries, row: dict[str, str]) -> None:
    numbers = row["gw"].split("|") if row["gw"] else []
    country = Country(
        row["iso2"],
        row["iso3"],
        row["numeric"],
        numbers[0] if numbers else None,
        row["name"],
        row["ucdp"] or row["name"],
    )
    table.iso2[country.iso2] = table.iso3[country.iso3] = country
    table.cameo.setdefault(country.iso3, country)
    if country.numeric:
        table.numeric[str(int(country.numeric))] = country
    for column, codes in (("fips", table.fips), ("cameo", table.cameo), ("gw", table.gw)):
        for code in row[column].split("|"):
            if code:
                codes[code] = country
    for name in (country.name, country.ucdp, *row["names"].split("|")):
        if name:
            table.named.setdefault(name.lower(), country)
