"""GDELT 1.0 and 2.0 events -> incidents. Countries of places are FIPS codes there, those of actors CAMEO's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from strife.errors import BadInput
from strife.exchange.cameo import actor, code_of
from strife.exchange.cells import Cells, count_of, day_of, position, required_text, text_of, when
from strife.exchange.countries import countries
from strife.exchange.intake import incidents
from strife.exchange.layouts import LAYOUTS
from strife.exchange.parties import told
from strife.exchange.problems import BadCell, Options
from strife.records import Incident, Party, Place, PlacePrecision

PRECISION: dict[str, PlacePrecision] = {
    "1": "country",
    "2": "province",  # a state of the United States
    "3": "settlement",
    "4": "settlement",
    "5": "province",
}
VERSIONS = (1, 2)


def read_gdelt(path: str | Path, version: int, options: Options | None = None) -> Iterator[Incident]:
    """The events of a GDELT file of version 1 (58 columns, 57 before April 2013) or 2 (61 columns)."""
    if version not in VERSIONS:
        raise BadInput(f"GDELT has no version {version}; give 1 for files of 58 columns or 2 for files of 61")
    options = options or Options()
    dataset = f"gdelt:{options.release or f'{version}.0'}"

    def make(cells: Cells) -> Incident:
        return _incident(cells, dataset, options)

    yield from incidents(path, LAYOUTS[f"gdelt{version}"], options, make)


def _incident(cells: Cells, dataset: str, options: Options) -> Incident:
    row = required_text(cells, "globaleventid")
    day = day_of(cells, "sqldate", options.today)
    return Incident(
        id=f"{dataset}:{row}",
        code=code_of(cells, "eventcode"),
        where=_place(cells),
        when=when(day, day, cells["sqldate"]),
        status="reported",
        sources=max(1, count_of(cells, "numsources") or 1),
        actors=told(_actor(cells, "actor1")),
        recipients=told(_actor(cells, "actor2")),
        dataset=dataset,
        row=row,
    )


def _actor(cells: Cells, which: str) -> Party | None:
    roles = tuple(role for number in "123" if (role := cells[f"{which}type{number}code"].strip()))
    return actor(text_of(cells, f"{which}name") or "", cells[f"{which}countrycode"].strip(), roles)


def _place(cells: Cells) -> Place | None:
    kind = cells["actiongeo_type"].strip()
    if kind in {"", "0"}:
        return None
    if kind not in PRECISION:
        raise BadCell("actiongeo_type", f"{kind[:20]!r} is none of its codes; they are 0 to 5")
    lat, lon = position(cells, "actiongeo_lat", "actiongeo_long")
    full = text_of(cells, "actiongeo_fullname")
    parts = [part.strip() for part in (full or "").split(",") if part.strip()]
    country = countries().fips.get(cells["actiongeo_countrycode"].strip())
    if not parts and country is None:
        return None
    return Place(
        quote=full or (country.name if country else ""),
        start=0,
        end=0,
        name=parts[0] if parts else None,
        country=country.iso2 if country else None,
        admin1=_admin1(parts, PRECISION[kind]),
        lat=lat,
        lon=lon,
        precision=PRECISION[kind],
    )


def _admin1(parts: list[str], precision: PlacePrecision) -> str | None:
    """The first-level region: the middle of "Aleppo, Halab, Syria", the first of "Halab, Syria"."""
    if precision == "province":
        return parts[0] if parts else None
    return parts[-2] if len(parts) > 2 else None
