"""POLECAT events -> incidents. Headlines, titles and the people of a story are never read.

A civilian without an entry in Wikipedia may be a private victim: such a name is not kept, the sector and country are."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from strife.codebook.crosswalk import cameo_of
from strife.codebook.reference import load_reference
from strife.errors import Unknown
from strife.exchange.cells import Cells, day_of, position, required_text, text_of, values_of, when
from strife.exchange.countries import countries
from strife.exchange.intake import incidents
from strife.exchange.layouts import LAYOUTS
from strife.exchange.parties import party, told
from strife.exchange.problems import BadCell, Options
from strife.exchange.readers.icews import place_of
from strife.records import Code, Incident, Party, Place, PloverType

PLOVER_TYPES: frozenset[str] = frozenset(get_args(PloverType))


def read_polecat(path: str | Path, options: Options | None = None) -> Iterator[Incident]:
    """The events of a POLECAT file; the dataset's version is what the rows say in their last column."""
    options = options or Options()

    def make(cells: Cells) -> Incident:
        version = options.release or (text_of(cells, "version") or "").replace(" ", "-")
        return _incident(cells, f"polecat:{version}" if version else "polecat", options)

    yield from incidents(path, LAYOUTS["polecat"], options, make)


def _incident(cells: Cells, dataset: str, options: Options) -> Incident:
    row = required_text(cells, "event_id")
    day = day_of(cells, "event_date", options.today)
    return Incident(
        id=f"{dataset}:{row}",
        code=_code(required_text(cells, "event_type"), text_of(cells, "event_mode"), text_of(cells, "contexts")),
        where=_place(cells),
        when=when(day, day, cells["event_date"].strip()),
        status="reported",
        sources=1,
        actors=told(*_parties(cells, "actor")),
        recipients=told(*_parties(cells, "recipient")),
        dataset=dataset,
        row=row,
    )


@functools.lru_cache(maxsize=8192)
def _code(plover: str, mode: str | None, contexts: str | None) -> Code:
    """The code; a mode or context that PLOVER's manual does not have is kept as it is written."""
    plover = plover.upper()
    if plover not in PLOVER_TYPES:
        raise BadCell("event_type", f"{plover[:20]!r} is no PLOVER type; they are {', '.join(load_reference().types)}")
    how = mode.lower().replace("_", "-") if mode else None
    about = tuple(word.lower() for word in values_of((contexts or "").replace(",", ";"), ";"))
    try:
        cameo = cameo_of(plover, how, about)
    except Unknown:
        cameo = cameo_of(plover)
    return Code(plover=plover, mode=how, contexts=about, cameo=cameo)  # type: ignore[arg-type] # checked above


def _parties(cells: Cells, who: str) -> list[Party]:
    """The party in each of a row's names, which semicolons part, as they part countries."""
    names = values_of(text_of(cells, f"{who}_name"), ";")
    nations = values_of(text_of(cells, f"{who}_country"), ";")
    sectors = values_of((text_of(cells, f"primary_{who}_sector") or "").upper(), ";")
    public = text_of(cells, f"wikipedia_{who}_id") is not None
    if not names:
        return [one for nation in nations or ("",) if (one := _party("", nation, sectors, public=True))]
    same = len(names) == len(nations)
    found = [
        _party(name, nations[place] if same else (nations[0] if len(nations) == 1 else ""), sectors, public=public)
        for place, name in enumerate(names)
    ]
    return [one for one in found if one is not None]


@functools.lru_cache(maxsize=65_536)
def _party(name: str, nation: str, sectors: tuple[str, ...], public: bool) -> Party | None:
    known = load_reference().sectors
    kept = tuple(sector for sector in sectors if sector in known)
    state = countries().by_name(nation)
    if not public and load_reference().sides["civilian"] & set(kept):
        name = f"Civilians ({state.name})" if state else "Civilians"
    name = name or (state.name if state else "") or " ".join(kept)
    return party(name, state.iso3 if state else None, kept) if name else None


def _place(cells: Cells) -> Place | None:
    """The place by its parts; its GeoNames id is that of the named place, whatever its precision."""
    place = place_of(cells)
    number = text_of(cells, "geonames_id")
    name = text_of(cells, "placename")
    if place is None:
        if name is None:
            return None
        lat, lon = position(cells, "latitude", "longitude")
        place = Place(quote=name, start=0, end=0, name=name, lat=lat, lon=lon, precision="settlement")
    whole = (number or "").removesuffix(".0")
    return _with_id(place, f"geonames:{whole}" if whole.isdecimal() else None)


def _with_id(place: Place, id_: str | None) -> Place:
    from msgspec.structs import replace

    return replace(place, id=id_) if id_ else place
