"""A CSV file in the layout of UCDP GED, with status and voice in two more columns.

UCDP counts violence with at least one death between parties that are known: all else is left out and counted. Its ids of
conflicts, dyads and actors, and whether a conflict is active, are UCDP's to give and stay empty."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from strife.codebook.reference import load_reference
from strife.exchange.countries import Country, countries
from strife.exchange.layouts import UCDP_COLUMNS
from strife.exchange.marks import STATUS, VOICE
from strife.exchange.sheet import Value, cell
from strife.exchange.writers.happening import (
    REPORTED,
    Bounds,
    Happening,
    Items,
    Voices,
    Written,
    name_of,
    whole,
)
from strife.exchange.writers.layout import CannotHold, write_layout
from strife.records import Party

COLUMNS = (*UCDP_COLUMNS, STATUS, VOICE)
WHERE_PREC = {"point": 1, "settlement": 1, "surroundings": 2, "district": 3, "province": 4, "region": 5, "country": 6}
DATE_PREC = ((1, 1), (6, 2), (7, 3), (31, 4))  # (days at most, precision); longer is 5
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
REGIONS = ((199, "Americas"), (399, "Europe"), (626, "Africa"), (698, "Middle East"), (999, "Asia"))  # by country_id


def write_ucdp(
    path: str | Path, items: Items, statuses: Collection[str] = REPORTED, voices: Voices | None = None
) -> Written:
    """Write UCDP GED's 49 columns and two of ours."""
    return write_layout(path, COLUMNS, ucdp_row, items, statuses, voices)


def ucdp_row(one: Happening) -> dict[str, Value]:
    """The cells that are known; CannotHold where the layout has no place for the event."""
    if one.code is None or one.code.plover != "ASSAULT":
        raise CannotHold("no violence")
    low, best, high = _deaths(one)
    kind, first, second = sides_of(one)
    start, end, date_prec = _days(one)
    own = one.comes_from("ucdp")
    names = [", ".join(party.quote if own else name_of(party) for party in side) for side in (first, second)]
    return {
        "id": one.row if own else one.id,
        "year": start.year,
        "type_of_violence": kind,
        "dyad_name": " - ".join(names),
        "side_a": names[0],
        "side_b": names[1],
        "number_of_sources": one.sources,
        "source_office": ";".join(one.outlets),
        "source_date": one.published,
        "date_prec": date_prec,
        "date_start": start.isoformat(),
        "date_end": end.isoformat(),
        "deaths_unknown": best,  # who died is not told
        "best": best,
        "high": high,
        "low": low,
        **_place(one),
        STATUS: one.status,
        VOICE: one.voice,
    }


def _deaths(one: Happening) -> Bounds:
    deaths = one.figures.get("deaths")
    if deaths is None or not any(deaths):
        raise CannotHold("no death is counted")
    low, best, high = deaths
    return whole(low), whole(best), whole(high)


def sides_of(one: Happening) -> tuple[int, Sequence[Party], Sequence[Party]]:
    """Type of violence and both sides, a state first; CannotHold where they are not known."""
    first, second = (one.actors, one.victims) if one.victims else (one.actors[:1], one.actors[1:])
    if not first or not second:
        raise CannotHold("a side is not known")
    sides = load_reference().sides
    if one.victims and all(sides["civilian"] & set(party.sectors) for party in second):
        return ONE_SIDED, first, second
    states = [any(sides["state"] & set(party.sectors) for party in side) for side in (first, second)]
    if not any(states):
        return NON_STATE, first, second
    return STATE_BASED, *((first, second) if states[0] else (second, first))


def _days(one: Happening) -> tuple[date, date, int]:
    if one.when is None or one.when.start is None:
        raise CannotHold("no date")
    start, end = date.fromisoformat(one.when.start), date.fromisoformat(one.when.end or one.when.start)
    days = (end - start).days + 1
    return start, end, next((precision for limit, precision in DATE_PREC if days <= limit), 5)


def _place(one: Happening) -> dict[str, Value]:
    if one.where is None:
        raise CannotHold("no place")
    place = one.where
    country = countries().iso2.get(place.country or "")
    cells: dict[str, Value] = {
        "where_prec": WHERE_PREC[place.precision],
        "where_coordinates": place.name or place.quote,
        "adm_1": place.admin1,
        "country": country.ucdp if country else None,
        "country_id": int(country.gw) if country and country.gw else None,
        "region": region_of(country) if country else None,
    }
    if place.lat is not None and place.lon is not None:
        cells |= {
            "latitude": place.lat,
            "longitude": place.lon,
            "geom_wkt": f"POINT ({cell(place.lon)} {cell(place.lat)})",
            "priogrid_gid": priogrid(place.lat, place.lon),
        }
    return cells


def region_of(country: Country) -> str | None:
    """UCDP's region of a country, by its number; None for countries without one."""
    if country.gw is None:
        return None
    return next(name for last, name in REGIONS if int(country.gw) <= last)


def priogrid(lat: float, lon: float) -> int:
    """The cell of PRIO-GRID, half a degree wide, counted from the south-west corner of the world."""
    row, column = min(359, math.floor((lat + 90) * 2)), min(719, math.floor((lon + 180) * 2))
    return row * 720 + column + 1
