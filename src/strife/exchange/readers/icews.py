"""ICEWS coded events -> incidents. Its event ids come twice: a row's id is the event's id and date."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

from strife.exchange.cameo import code_of
from strife.exchange.cells import Cells, day_of, position, required_text, text_of, values_of, when
from strife.exchange.countries import countries
from strife.exchange.intake import incidents
from strife.exchange.layouts import LAYOUTS
from strife.exchange.parties import party, sectors_of, told
from strife.exchange.problems import Options
from strife.records import Incident, Party, Place, PlacePrecision

FINEST: tuple[tuple[str, PlacePrecision], ...] = (
    ("city", "settlement"),
    ("district", "district"),
    ("province", "province"),
    ("country", "country"),
)


def read_icews(path: str | Path, options: Options | None = None) -> Iterator[Incident]:
    """The events of an ICEWS file as Dataverse has them."""
    options = options or Options()
    dataset = f"icews:{options.release}" if options.release else "icews"

    def make(cells: Cells) -> Incident:
        return _incident(cells, dataset, options)

    yield from incidents(path, LAYOUTS["icews"], options, make)


def _incident(cells: Cells, dataset: str, options: Options) -> Incident:
    day = day_of(cells, "event_date", options.today)
    row = f"{required_text(cells, 'event_id')}@{day.isoformat()}"
    return Incident(
        id=f"{dataset}:{row}",
        code=code_of(cells, "cameo_code"),
        where=place_of(cells),
        when=when(day, day, cells["event_date"].strip()),
        status="reported",
        sources=1,
        actors=told(_actor(cells, "source")),
        recipients=told(_actor(cells, "target")),
        dataset=dataset,
        row=row,
    )


def place_of(cells: Cells) -> Place | None:
    """The finest of city, district, province and country that a row names; None where it names none."""
    named = [(value, precision) for column, precision in FINEST if (value := text_of(cells, column))]
    if not named:
        return None
    words, precision = named[0]
    lat, lon = position(cells, "latitude", "longitude") if "latitude" in cells else (None, None)
    country = countries().by_name(cells.get("country", ""))
    return Place(
        quote=words,
        start=0,
        end=0,
        name=country.name if country and precision == "country" else words,
        country=country.iso2 if country else None,
        admin1=text_of(cells, "province"),
        lat=lat,
        lon=lon,
        precision=precision,
    )


def _actor(cells: Cells, which: str) -> Party | None:
    name, sectors, country = (text_of(cells, f"{which}_{part}") or "" for part in ("name", "sectors", "country"))
    return _party(name, sectors, country)


@functools.lru_cache(maxsize=65_536)
def _party(name: str, sectors: str, country: str) -> Party | None:
    if not (name or country):
        return None
    known = sectors_of("icews")
    found = [known[word.lower()] for word in values_of(sectors, ",") if word.lower() in known]
    state = countries().by_name(country)
    return party(name or country, state.iso3 if state else None, tuple(dict.fromkeys(found)))
