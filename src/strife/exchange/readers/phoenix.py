"""Phoenix events -> incidents. Parties are CAMEO codes there: entity (a country) and role."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from strife.exchange.cameo import actor, code_of
from strife.exchange.cells import Cells, day_of, position, required_text, text_of, values_of, when
from strife.exchange.countries import countries
from strife.exchange.intake import incidents
from strife.exchange.layouts import LAYOUTS
from strife.exchange.parties import told
from strife.exchange.problems import Options
from strife.records import Incident, Party, Place


def read_phoenix(path: str | Path, options: Options | None = None) -> Iterator[Incident]:
    """The events of a Phoenix file."""
    options = options or Options()
    dataset = f"phoenix:{options.release}" if options.release else "phoenix"

    def make(cells: Cells) -> Incident:
        return _incident(cells, dataset, options)

    yield from incidents(path, LAYOUTS["phoenix"], options, make)


def _incident(cells: Cells, dataset: str, options: Options) -> Incident:
    row = required_text(cells, "eventid")
    day = day_of(cells, "date", options.today)
    return Incident(
        id=f"{dataset}:{row}",
        code=code_of(cells, "eventcode"),
        where=_place(cells),
        when=when(day, day, cells["date"].strip()),
        status="reported",
        sources=max(1, len(values_of(text_of(cells, "newssources"), ";"))),
        actors=told(_actor(cells, "source")),
        recipients=told(_actor(cells, "target")),
        dataset=dataset,
        row=row,
    )


def _actor(cells: Cells, which: str) -> Party | None:
    full, entity, role = (text_of(cells, f"{which}actor{part}") or "" for part in ("full", "entity", "role"))
    return actor(full, entity, values_of(role, ";"))


def _place(cells: Cells) -> Place | None:
    """The place; without a name of its own, the state or the country that the row names."""
    name, state = text_of(cells, "locationname"), text_of(cells, "statename")
    country = countries().by_name(cells["countrycode"]) or countries().cameo.get(cells["countrycode"].strip())
    quote = name or state or (country.name if country else None)
    if quote is None:
        return None
    lat, lon = position(cells, "lat", "lon")
    return Place(
        quote=quote,
        start=0,
        end=0,
        name=quote,
        country=country.iso2 if country else None,
        admin1=state,
        lat=lat,
        lon=lon,
        precision="settlement" if name else "province" if state else "country",
    )
