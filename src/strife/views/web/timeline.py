"""/timeline: what happened when, in swim lanes by type or by actor; a drawing, so that it needs no script."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from strife.casefile.filters import Filters
from strife.casefile.find import count, count_by
from strife.casefile.rows import INCIDENT, claim_of
from strife.casefile.spots import Spot, spots
from strife.views.svg.axis import day_of
from strife.views.svg.lanes import Lane, Moment, clipped, lanes
from strife.views.svg.look import FAMILIES, filling_of
from strife.views.web.answers import Rows, answer, drawing, few, records
from strife.views.web.mapdata import family
from strife.views.web.query import CLAIM_FILTERS, INCIDENT_FILTERS, Query, address, asked, both
from strife.views.web.render import page
from strife.views.web.site import case_of, counted

if TYPE_CHECKING:
    from strife.casefile import Case

LAYERS = ("incidents", "claims")
WAYS = ("type", "actor")
MOST = 20_000  # marks on one drawing, the newest
ACTORS = 12  # lanes of actors
USUAL = 40  # in the list below


def timeline(request: Request) -> Response:
    """The lanes and the list below them, or what they show as data."""
    query, layer = _asked(request)
    incidents = layer == "incidents"
    if query.form not in ("html", "svg"):
        return answer(request, query, lambda case: _rows(case, query, incidents))
    with case_of(request) as case:
        chart = counted(request, ("timeline", layer, query.pairs), lambda: _drawn(case, query, layer))
        if query.form == "svg":
            return drawing(chart)
        limit = USUAL if query.limit is None else query.limit
        each = case.records(query.filters, incidents=incidents, order="newest", limit=limit, offset=query.offset)
        made: list[Any] = list(map(INCIDENT.decode if incidents else claim_of, each))
        total = count(case.store, query.filters, incidents=incidents)
    return page(
        request, "timeline.html", query=query, layer=layer, layers=LAYERS, by=query.value("by", "type"), chart=chart, found=made,
        total=total, usual=USUAL, most=MOST,
    )  # fmt: skip


def _asked(request: Request) -> tuple[Query, str]:
    """What is asked for; incidents where there are some, else claims."""
    layer = request.query_params.get("layer", "")
    if layer not in LAYERS:
        if layer:
            asked(request, own={"layer": LAYERS, "by": WAYS})  # refused there
        with case_of(request) as case:
            layer = "incidents" if counted(request, "incidents", lambda: case.count(incidents=True)) else "claims"
    filters = INCIDENT_FILTERS if layer == "incidents" else CLAIM_FILTERS
    return asked(request, filters=filters, own={"layer": LAYERS, "by": WAYS}), layer


def _rows(case: Case, query: Query, incidents: bool) -> Rows:
    each = case.records(query.filters, incidents=incidents, order="date", limit=few(query), offset=query.offset)
    made = map(INCIDENT.decode if incidents else claim_of, each)
    return records(made, incidents=incidents, total=count(case.store, query.filters, incidents=incidents))


def _drawn(case: Case, query: Query, layer: str) -> str:
    """The lanes; marks that lie close lead to this page with only their days."""
    incidents = layer == "incidents"
    more = query.link(since="{since}", until="{until}").replace("%7B", "{").replace("%7D", "}")
    if query.value("by", "type") == "actor":
        names = [
            name for name, _ in count_by(case.store, query.filters, "actor", incidents=incidents, limit=ACTORS) if name
        ]
        found = [
            moment
            for name in names
            for moment in _moments(
                _of_actor(case, query.filters, name, incidents), layer, lambda _spot, name=name: name
            )
        ]
        dated = {one.lane for one in found}
        rows = [Lane(name, name, query.link(actor=name)) for name in names if name in dated]
        return lanes(rows, found, title=f"{layer.title()} by actor", more=more)
    some = spots(case.store, query.filters, incidents=incidents, dated=True, limit=MOST)
    found = list(_moments(some, layer, lambda spot: family(spot.code)))
    present = {one.lane for one in found}
    rows = [Lane(name, words[:1].upper() + words[1:]) for name, words in FAMILIES.items() if name in present]
    return lanes(rows, found, title=f"{layer.title()} by type", more=more)


def _of_actor(case: Case, filters: Filters, name: str, incidents: bool) -> Iterable[Spot]:
    from dataclasses import replace

    given = (filters.actor,) if isinstance(filters.actor, str) else tuple(filters.actor or ())
    if given and name not in given:
        return ()
    return spots(case.store, replace(filters, actor=name), incidents=incidents, dated=True, limit=MOST // ACTORS)


def _moments(found: Iterable[Spot], layer: str, lane: Any) -> Iterable[Moment]:
    for one in found:
        start = day_of(one.start or "")
        if start is None:
            continue
        first, last = clipped(start, day_of(one.end or "") or start)
        words = " · ".join(filter(None, (one.start, f"{one.code} {one.mode}".strip(), one.place, one.status)))
        yield Moment(
            lane(one), first, max(first, last), family(one.code), filling_of(one.status), words, address(layer, one.id)
        )


routes = both("/timeline", timeline, ("json", "csv", "geojson", "svg"))
