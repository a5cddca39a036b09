"""/map: incidents, claims or control over a base map that is drawn from our own files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from strife.casefile.find import count
from strife.casefile.rows import INCIDENT, claim_of
from strife.casefile.spots import Spot, spots
from strife.errors import Unknown
from strife.views import charts
from strife.views.svg.atlas import atlas
from strife.views.svg.look import FAMILIES, FILLINGS
from strife.views.web import control as held
from strife.views.web import mapdata
from strife.views.web.answers import Rows, answer, drawing, few, records
from strife.views.web.query import CLAIM_FILTERS, INCIDENT_FILTERS, Query, asked, both
from strife.views.web.render import page
from strife.views.web.site import case_of, counted
from strife.views.web.static import assets

if TYPE_CHECKING:
    from strife.casefile import Case

LAYERS = ("incidents", "claims", "control")
DRAWN = 3_000  # marks of the map that stands still
LISTED = 30  # named on the page where no script runs
SPOT = re.compile(r"-?\d{1,3}(\.\d{1,5})?,-?\d{1,3}(\.\d{1,5})?,\d{1,2}")
OWN: dict[str, Iterable[str] | None] = {"layer": LAYERS, "at": None, "on": None}
OF_CONTROL: dict[str, Iterable[str] | None] = {"place": None, "country": None, "holder": None}
BRUSHED = ("since", "until", "at", "limit", "offset", "layer")  # what the script's marks do not depend on


def map_page(request: Request) -> Response:
    """The page, or what is on the map as data; as SVG the map that stands still."""
    query, layer = _asked(request)
    if layer == "control" and query.form in ("json", "csv", "geojson"):
        return answer(request, query, lambda case: held.as_rows(query, held.chosen(request, case, query)))
    if query.form == "svg":
        with case_of(request) as case:
            return drawing(_still(request, case, query, layer))
    if query.form != "html":
        return answer(request, query, lambda case: _rows(case, query, layer))
    with case_of(request) as case:
        on = held.day_of(case, query)
        days = case.store.row("SELECT min(date_start), max(published) FROM resolved WHERE type = 'control'") or (
            None,
            None,
        )
        marks = [] if layer == "control" else list(_spots(case, query, layer, LISTED))
        holdings = held.chosen(request, case, query)[:LISTED] if layer == "control" else []
        total = 0 if layer == "control" else count(case.store, query.filters, incidents=layer == "incidents")
    context = {
        "layer": layer,
        "layers": LAYERS,
        "on": on,
        "first": min(filter(None, (days[0], on))),
        "last": max(on, days[1] or on),
        "spots": marks,
        "holdings": holdings,
        "total": total,
        "missing": "leaflet/leaflet.js" not in assets(),
        "key": {"families": FAMILIES, "fillings": FILLINGS},
        "points": _points_address(query, layer),
    }
    return page(request, "map.html", query=query, words=_words, **context)


def _asked(request: Request) -> tuple[Query, str]:
    """What is asked for, and the layer: incidents where there are some, else claims."""
    layer = request.query_params.get("layer", "")
    if layer not in LAYERS:
        if layer:
            asked(request, own=OWN)  # refuses it
        with case_of(request) as case:
            layer = "incidents" if counted(request, "incidents", lambda: case.count(incidents=True)) else "claims"
    filters = {"incidents": INCIDENT_FILTERS, "claims": CLAIM_FILTERS, "control": ()}[layer]
    query = asked(request, filters=filters, own={**OWN, **(OF_CONTROL if layer == "control" else {})})
    if query.value("at") and not SPOT.fullmatch(query.value("at")):
        raise Unknown(f"at {query.value('at')[:40]!r}: write latitude, longitude and zoom, as 35.1,38.5,7")
    return query, layer


def _points_address(query: Query, layer: str) -> str:
    """Where the script gets its marks: all days, so that the brush has them."""
    kept = tuple((name, value) for name, value in query.pairs if name not in (*BRUSHED, "on"))
    return Query("/map/points", "json", kept).link("json", layer=layer)


def _words(spot: Spot) -> str:
    """A mark in one line."""
    what = f"{spot.code} {spot.mode}".strip()
    return " · ".join(filter(None, (spot.start, what, spot.place, spot.status)))


def _spots(case: Case, query: Query, layer: str, limit: int) -> Iterable[Spot]:
    return spots(case.store, query.filters, incidents=layer == "incidents", placed=True, limit=limit)


def _rows(case: Case, query: Query, layer: str) -> Rows:
    incidents = layer == "incidents"
    each = case.records(query.filters, incidents=incidents, limit=few(query), offset=query.offset)
    made = map(INCIDENT.decode, each) if incidents else map(claim_of, each)
    return records(made, incidents=incidents, total=count(case.store, query.filters, incidents=incidents))


def _still(request: Request, case: Case, query: Query, layer: str) -> str:
    """The map as a picture."""
    if layer == "control":
        on = held.day_of(case, query)
        return charts.control_map(
            held.chosen(request, case, query), title=f"Who is said to hold what on {on}"
        ) or atlas([], title="Control")
    rows = case.records(query.filters, incidents=layer == "incidents", order="newest", limit=DRAWN)
    made = map(INCIDENT.decode, rows) if layer == "incidents" else map(claim_of, rows)
    return atlas(charts.pins(made), title=f"{layer.title()} on the map")


routes = [*both("/map", map_page, ("json", "csv", "geojson", "svg")), *mapdata.routes]
