"""UCDP GED and Candidate events -> incidents, by column name: releases differ in columns and in their order.

source_article, source_headline, source_original and where_description are never read: they name the dead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from strife.codebook.reference import load_reference
from strife.exchange.cells import (
    Cells,
    count_of,
    day_of,
    one_of,
    position,
    required_text,
    text_of,
    when,
    whole_number,
)
from strife.exchange.countries import Country, countries
from strife.exchange.intake import incidents
from strife.exchange.layouts import LAYOUTS
from strife.exchange.marks import status_of
from strife.exchange.parties import party, told
from strife.exchange.problems import BadCell, Options
from strife.records import Code, Date, Incident, IncidentFigure, Party, Place, PlacePrecision, SourceFigure

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
PRECISION: dict[int, PlacePrecision] = {
    1: "settlement",
    2: "surroundings",  # within 25 km of a place
    3: "district",
    4: "province",
    5: "region",  # a line or an area without sharp bounds: its point stands for it
    6: "country",
    7: "region",  # water or air
}
CODES = {
    STATE_BASED: Code(plover="ASSAULT", contexts=("military",)),
    NON_STATE: Code(plover="ASSAULT", contexts=("military",)),
    ONE_SIDED: Code(plover="ASSAULT"),
}
SIDE_B: dict[int, tuple[str, ...]] = {STATE_BASED: ("REB",), NON_STATE: ("UAF",), ONE_SIDED: ("CVL",)}
FILE_NAME = re.compile(r"ged(?:event)?[-_ ]?v?(\d+(?:[._]\d+)*)", re.IGNORECASE)


def read_ucdp(path: str | Path, options: Options | None = None) -> Iterator[Incident]:
    """The events of a UCDP GED or Candidate file. Without a release in the options it is taken from the file's name."""
    options = options or Options()
    release = options.release or release_of(Path(path).name)
    if release is None:
        options.notice(
            f"{path}: its name does not tell the release; ids begin with ucdp:ged, give --release to tell releases apart"
        )
    dataset = f"ucdp:{release or 'ged'}"

    def make(cells: Cells) -> Incident:
        return _incident(cells, dataset, options)

    yield from incidents(path, LAYOUTS["ucdp"], options, make)


def release_of(name: str) -> str | None:
    """The release in a file's name: GEDEvent_v25_1.csv is ged251, GEDEvent_v25_0_9.csv is candidate25.0.9; None if none."""
    found = FILE_NAME.search(name)
    numbers = re.split(r"[._]", found[1]) if found else []
    if len(numbers) > 2:
        return f"candidate{'.'.join(numbers)}"
    release = "".join(numbers)
    return f"ged{release}" if len(release) == 3 else None


def _incident(cells: Cells, dataset: str, options: Options) -> Incident:
    row = required_text(cells, "id")
    kind = one_of(cells, "type_of_violence", range(1, 4))
    sides = _sides(cells, kind)
    return Incident(
        id=f"{dataset}:{row}",
        code=CODES[kind],
        where=_place(cells),
        when=_when(cells, options),
        status=status_of(cells),
        sources=max(1, whole_number(cells, "number_of_sources") or 1),  # -1: not known
        actors=told(*sides[:1]) if kind == ONE_SIDED else told(*sides),
        recipients=told(*sides[1:]) if kind == ONE_SIDED else (),
        figures=_deaths(cells, dataset),
        dataset=dataset,
        row=row,
    )


def _sides(cells: Cells, kind: int) -> tuple[Party, ...]:
    """The two sides. UCDP's definitions tell their sectors where the names do not: a state is side a of state-based
    violence, non-state violence has none, and one-sided violence is against civilians."""
    first, second = required_text(cells, "side_a"), text_of(cells, "side_b")
    place = _country(cells)
    scene = place.iso3 if place else None
    side_b = _side(second, SIDE_B[kind], scene) if second else None
    sides = [_side(first, ("GOV",) if kind == STATE_BASED else ("UAF",), scene), *([side_b] if side_b else [])]
    if kind == STATE_BASED and not any(_is(side, "state") for side in sides):
        sides[0] = replace(sides[0], sectors=("GOV",))
    if kind == NON_STATE:
        sides = [replace(side, sectors=("UAF",)) if _is(side, "state") else side for side in sides]
    if kind == ONE_SIDED:
        sides[1:] = [side if _is(side, "civilian") else replace(side, sectors=("CVL",)) for side in sides[1:]]
    return tuple(sides)


def _is(party: Party, side: str) -> bool:
    return bool(load_reference().sides[side] & set(party.sectors))


def _side(name: str, otherwise: tuple[str, ...], scene: str | None) -> Party:
    """A side, of the sector that follows from its name where it does, else from the kind of violence."""
    found = party(name, scene=scene)
    return found if found.sectors else party(name, found.country, otherwise, scene)


def _country(cells: Cells) -> Country | None:
    return countries().gw.get(cells["country_id"].strip()) or countries().by_name(cells["country"])


def _place(cells: Cells) -> Place | None:
    lat, lon = position(cells, "latitude", "longitude")
    precision = PRECISION[one_of(cells, "where_prec", range(1, 8))]
    name = text_of(cells, "where_coordinates")
    country = _country(cells)
    if country is None and text_of(cells, "country") is not None:
        raise BadCell("country", f"{cells['country'][:60]!r} is no country that strife knows")
    if name is None and country is None:
        return None
    return Place(
        quote=name or cells["country"].strip(),
        start=0,
        end=0,
        name=name,
        country=country.iso2 if country else None,
        admin1=text_of(cells, "adm_1"),
        lat=lat,
        lon=lon,
        precision=precision,
    )


def _when(cells: Cells, options: Options) -> Date:
    start, end = (day_of(cells, column, options.today) for column in ("date_start", "date_end"))
    one_of(cells, "date_prec", range(1, 6))
    if end < start:
        raise BadCell("date_end", f"{end.isoformat()} is before date_start {start.isoformat()}")
    quote = (
        cells["date_start"].strip()[:10] if start == end else f"{cells['date_start'][:10]} to {cells['date_end'][:10]}"
    )
    return when(start, end, quote)


def _deaths(cells: Cells, dataset: str) -> tuple[IncidentFigure, ...]:
    """Low, best and high as the file has them; in a hundred of 16,566 real rows the best lies outside the other two."""
    low, best, high = (count_of(cells, column) for column in ("low", "best", "high"))
    if low is best is high is None:
        return ()
    source = SourceFigure(source=dataset, low=low, best=best, high=high)
    return (IncidentFigure(measure="deaths", low=low, best=best, high=high, by_source=(source,)),)
