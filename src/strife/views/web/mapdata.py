"""What the map's script asks for: marks in columns, who holds what, outlines and towns. Nothing of it comes from elsewhere."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from strife.casefile.control import Holding
from strife.casefile.find import count
from strife.casefile.sources import Quoted, quotes
from strife.casefile.spots import Spot, spots
from strife.errors import Unknown
from strife.views.svg.atlas import REACH
from strife.views.svg.basemap import WORLD, Area, base_map
from strife.views.svg.look import FAMILIES, FAMILY_OF, FILLINGS, Family, filling_of
from strife.views.svg.outline import encoded
from strife.views.web import control as held
from strife.views.web.query import CLAIM_FILTERS, INCIDENT_FILTERS, address, asked
from strife.views.web.site import case_of, counted
from strife.views.words import party_words

if TYPE_CHECKING:
    from strife.gazetteer import Gazetteer

MOST = 40_000  # marks that are sent
EVIDENCE = 3  # claims named for who holds a place
TOWNS = 60  # names of towns at once
PRECISIONS = ("point", "settlement", "surroundings", "district", "province", "country", "region")
EPOCH = date(1970, 1, 1).toordinal()
GRID = 400  # points of the outlines in a degree


def points(request: Request) -> Response:
    """All marks in columns, for the script: days are counted from 1970, names stand once in a list."""
    layer = request.query_params.get("layer", "incidents")
    filters = INCIDENT_FILTERS if layer == "incidents" else CLAIM_FILTERS
    query = asked(request, filters=filters, own={"layer": ("incidents", "claims"), "on": None})
    with case_of(request) as case:
        body = counted(
            request,
            ("points", query.pairs),
            lambda: _columns(
                list(spots(case.store, query.filters, incidents=layer == "incidents", placed=True, limit=MOST))
            ),
        )
        total = count(case.store, query.filters, incidents=layer == "incidents")
    return _json({"total": total, "most": MOST}, body)


def _columns(found: Sequence[Spot]) -> bytes:
    places, whats = _Names(), _Names()
    families, fillings = list(FAMILIES), list(FILLINGS)
    days = functools.cache(_day)
    kinds = [families.index(family(one.code)) for one in found]
    columns: dict[str, Any] = {
        "id": [one.id for one in found],
        "family": kinds,
        "filling": [fillings.index(filling_of(one.status)) for one in found],
        "lat": [one.lat for one in found],
        "lon": [one.lon for one in found],
        "precision": [PRECISIONS.index(one.precision) if one.precision in PRECISIONS else 1 for one in found],
        "start": [days(one.start) for one in found],
        "end": [days(one.end or one.start) for one in found],
        "place": [places.number(one.place or "") for one in found],
        "what": [whats.number(f"{one.code} {one.mode}".strip() + f" · {one.status}") for one in found],
        "places": places.names,
        "whats": whats.names,
        "families": families,
        "fillings": fillings,
        "reach": [REACH.get(one, 0) for one in PRECISIONS],
    }
    return msgspec.json.encode(columns)


class _Names:
    """Names, each once, by their numbers."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        """The number of a name."""
        if name not in self._numbers:
            self._numbers[name] = len(self.names)
            self.names.append(name)
        return self._numbers[name]


def family(code: str) -> Family:
    """The family of a PLOVER type, or of a type of claim."""
    return "control" if code == "control" else FAMILY_OF.get(code, "words" if code == "statement" else "other")


def _day(text: str | None) -> int | None:
    try:
        return date.fromisoformat(text or "").toordinal() - EPOCH
    except ValueError:
        return None


def _json(head: dict[str, object], columns: bytes) -> Response:
    """Columns that are JSON already, with what stands before them."""
    return Response(msgspec.json.encode(head)[:-1] + b"," + columns[1:], media_type="application/json")


def holdings(request: Request) -> Response:
    """Who holds what on a day, for the script: each place with its evidence."""
    query = asked(request, filters=(), own=held.OWN)
    with case_of(request) as case:
        found = [one for one in held.chosen(request, case, query) if one.place.lat is not None]
        cited = [name for one in found for name in _evidence(one)]
        known = quotes(case.store, cited)
        on = held.day_of(case, query)
    rows = [_holding(one, known) for one in found]
    return Response(msgspec.json.encode({"on": on, "rows": rows}), media_type="application/json")


def _evidence(one: Holding) -> list[str]:
    return [*reversed(one.claims_for[-EVIDENCE + 1 :]), *reversed(one.claims_against[-1:])]


def _holding(one: Holding, known: dict[str, Quoted]) -> dict[str, object]:
    said = [(name, known[name]) for name in _evidence(one) if name in known]
    return {
        "place": one.place.name or one.place.quote,
        "lat": one.place.lat,
        "lon": one.place.lon,
        "precision": one.place.precision,
        "state": held.state_of(one),
        "holders": list(dict.fromkeys(party_words(party) for party in one.holders)),
        "since": one.since,
        "said": [
            {
                "words": quote.words, "status": quote.status, "voice": quote.voice, "source": quote.source, "day": quote.day,
                "against": name in one.claims_against, "link": f"{address('documents', quote.document)}#{name}",
            }
            for name, quote in said
        ],
    }  # fmt: skip


@functools.cache
def _world() -> bytes:
    """All countries, coarse, and where each has finer outlines: boxes of the east and the west of those that span the world."""
    fine = base_map("fine")
    areas = [
        {"iso": area.country, "name": area.name, "rings": [_ring(ring) for ring in area.rings]}
        for area in base_map("coarse").countries(WORLD)
        if area.rings
    ]
    boxes = [{"number": number, "iso": area.country, "boxes": _boxes(area)} for number, area in fine.numbered()]
    disputed = [_ring(line) for line in fine.disputed(WORLD)]
    return msgspec.json.encode(
        {"source": fine.source, "grid": GRID, "countries": areas, "fine": boxes, "disputed": disputed}
    )


def _ring(points_: Iterable[tuple[float, float]]) -> str:
    return encoded((round(lon * GRID), round(lat * GRID)) for lon, lat in points_)


def _boxes(area: Area) -> list[list[float]]:
    found = []
    for west in (True, False):
        rings = [ring for ring in area.rings if (ring[0][0] < 0) == west]
        if rings:
            lons = [lon for ring in rings for lon, _ in ring]
            lats = [lat for ring in rings for _, lat in ring]
            found.append([min(lons), min(lats), max(lons), max(lats)])
    return found


@functools.lru_cache(maxsize=64)
def _country(number: int) -> bytes:
    """The divisions of a country, fine."""
    try:
        found = list(base_map("fine").divisions_of(number))
    except IndexError:
        raise HTTPException(404, "There is no such country on the base map") from None
    own = [{"name": area.name, "rings": [_ring(ring) for ring in area.rings]} for area in found]
    return msgspec.json.encode({"divisions": own})


def base(request: Request) -> Response:
    """The outlines of the world, or of one country by its number in them."""
    name = str(request.path_params["name"])
    if name == "world":
        body = _world()
    elif name.isdigit() and len(name) < 5:
        body = _country(int(name))
    else:
        raise HTTPException(404, "There is no such outline")
    return Response(body, media_type="application/json", headers={"Cache-Control": "private, max-age=86400"})


LOCK = threading.Lock()  # one request at a time uses the gazetteer


@functools.cache
def _gazetteer() -> Gazetteer:
    from strife.gazetteer import Gazetteer

    return Gazetteer.open()


def towns(request: Request) -> Response:
    """The largest towns in a box, from the gazetteer: name, latitude, longitude, population."""
    query = asked(request, filters=("box",))
    box = query.filters.box
    if box is None:
        raise Unknown("box: write west, south, east, north in degrees, as 35.5,32.3,42.4,37.3")
    with LOCK:
        found = _gazetteer().within(*box, most=TOWNS)
    rows = [[one.name, round(one.lat, 4), round(one.lon, 4), one.population] for one in found]
    return Response(msgspec.json.encode({"rows": rows}), media_type="application/json")


routes = [
    Route("/map/points.json", points),
    Route("/map/control.json", holdings),
    Route("/map/towns.json", towns),
    Route("/map/base/{name}.json", base),
]
