"""ACLED events -> incidents. notes, tags and the associated actors are never read: notes name victims."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from strife.codebook.crosswalk import plover_of_acled
from strife.errors import Unknown
from strife.exchange.cells import Cells, count_of, day_of, one_of, position, required_text, text_of, values_of, when
from strife.exchange.countries import Country, countries
from strife.exchange.intake import incidents
from strife.exchange.layouts import LAYOUTS
from strife.exchange.marks import status_of
from strife.exchange.parties import party, sectors_of, told
from strife.exchange.problems import BadCell, Options
from strife.records import Code, Date, Incident, IncidentFigure, Party, Place, PlacePrecision, SourceFigure, Told

PRECISION: dict[int, PlacePrecision] = {1: "settlement", 2: "surroundings", 3: "province"}
DAY = timedelta(days=1)
ONE_WAY = {"Violence against civilians", "Explosions/Remote violence", "Riots"}
FORCE_USED = {"Excessive force against protesters", "Arrests", "Looting/property destruction"}
UNARMED = {"CVL"}


def read_acled(path: str | Path, options: Options | None = None) -> Iterator[Incident]:
    """The events of an ACLED CSV file. ACLED corrects rows without numbering releases: a release is what the options say."""
    options = options or Options()
    dataset = f"acled:{options.release}" if options.release else "acled"

    def make(cells: Cells) -> Incident:
        return _incident(cells, dataset, options)

    yield from incidents(path, LAYOUTS["acled"], options, make)


def _incident(cells: Cells, dataset: str, options: Options) -> Incident:
    row = required_text(cells, "event_id_cnty")
    sub_event = required_text(cells, "sub_event_type")
    actors, recipients = _parties(cells, sub_event)
    return Incident(
        id=f"{dataset}:{row}",
        code=code_of(sub_event),
        where=_place(cells),
        when=_when(cells, options),
        status=status_of(cells),
        sources=max(1, len(values_of(cells.get("source"), ";"))),
        actors=actors,
        recipients=recipients,
        figures=_deaths(cells, dataset),
        dataset=dataset,
        row=row,
    )


@lru_cache(maxsize=128)
def code_of(sub_event: str) -> Code | None:
    """The code of a sub-event as ACLED writes it; None for "Other", BadCell for what is none."""
    try:
        return plover_of_acled(sub_event)
    except Unknown as error:
        raise BadCell("sub_event_type", str(error)) from error


def _parties(cells: Cells, sub_event: str) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """Actors and recipients. ACLED's two actors have no direction; where force is used on the unarmed it follows from that."""
    first, second = (_actor(cells, number) for number in "12")
    one_way = cells["event_type"].strip() in ONE_WAY or sub_event in FORCE_USED
    if one_way and second is not None:
        if first is not None and UNARMED & set(first.sectors) and not UNARMED & set(second.sectors):
            first, second = second, first
        return told(first), told(second)
    return told(first, second), ()


def _actor(cells: Cells, number: str) -> Party | None:
    name = text_of(cells, f"actor{number}")
    if name is None:
        return None
    inter = (text_of(cells, f"inter{number}") or "").lower()
    place = _country(cells)
    return _inter_party(name, inter, f"inter{number}", place.iso3 if place else None)


@lru_cache(maxsize=65_536)
def _inter_party(name: str, inter: str, column: str, scene: str | None) -> Party:
    """A party by its name and its kind (1 to 8, or the words for them): what the name says is finer than the kind."""
    kinds = sectors_of("acled")
    if inter not in kinds and inter not in {"", "0"}:
        raise BadCell(column, f"{inter[:40]!r} is no kind of actor; they are 1 to 8, or State forces, Rebel group …")
    found = party(name, scene=scene)
    sector = kinds.get(inter)
    return found if found.sectors or not sector else party(name, found.country, (sector,), scene)


def _country(cells: Cells) -> Country | None:
    numeric = (text_of(cells, "iso") or "").lstrip("0")
    return countries().numeric.get(numeric) or countries().by_name(cells["country"])


def _place(cells: Cells) -> Place:
    lat, lon = position(cells, "latitude", "longitude")
    precision = PRECISION[one_of(cells, "geo_precision", range(1, 4))]
    country = _country(cells)
    if country is None:
        raise BadCell("country", f"{cells['country'][:60]!r} is no country that strife knows")
    name = text_of(cells, "location")
    return Place(
        quote=name or cells["country"].strip(),
        start=0,
        end=0,
        name=name,
        country=country.iso2,
        admin1=text_of(cells, "admin1"),
        lat=lat,
        lon=lon,
        precision=precision,
    )


def _when(cells: Cells, options: Options) -> Date:
    """The day; the week around it where only that is known; its month."""
    day = day_of(cells, "event_date", options.today)
    precision = one_of(cells, "time_precision", range(1, 4))
    quote = cells["event_date"].strip()
    if precision == 1:
        return when(day, day, quote)
    if precision == 2:
        return when(day - 3 * DAY, day + 3 * DAY, quote, "week")
    return when(day.replace(day=1), _last_of_month(day), quote, "month")


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def _deaths(cells: Cells, dataset: str) -> tuple[IncidentFigure, ...]:
    """ACLED gives the most conservative figure that is credible: the lower bound, and no upper one."""
    deaths = count_of(cells, "fatalities")
    if deaths is None:
        return ()
    source = SourceFigure(source=dataset, low=deaths, best=deaths, high=None)
    return (IncidentFigure(measure="deaths", low=deaths, best=deaths, high=None, by_source=(source,)),)
