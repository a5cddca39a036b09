"""/claims: what passages say, filtered, and /claims/ID: one claim with everything behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from strife.casefile.find import Order, count, count_by
from strife.casefile.rows import claim_of
from strife.views.web.answers import Rows, answer, few, records
from strife.views.web.query import Query, asked, both
from strife.views.web.render import page
from strife.views.web.site import case_of

if TYPE_CHECKING:
    from strife.casefile import Case

USUAL = 50  # rows of a page
OWN = {"order": ("case", "date")}
FACETS = ("type", "status", "code", "country", "source", "voice", "year")
VALUES = 8  # of each facet


def claims(request: Request) -> Response:
    """The claims that the filters let through."""
    query = asked(request, own=OWN)
    if query.form != "html":
        return answer(request, query, lambda case: _rows(case, query))
    with case_of(request) as case:
        found = list(_rows(case, query).each)
        total = count(case.store, query.filters)
        facets = [(name, count_by(case.store, query.filters, name, limit=VALUES)) for name in FACETS]
    return page(request, "claims.html", query=query, claims=found, total=total, facets=facets, usual=USUAL)


def _rows(case: Case, query: Query) -> Rows:
    order: Order = "date" if query.value("order") == "date" else "case"
    limit = few(query, USUAL) if query.form == "html" else few(query)
    each = case.records(query.filters, order=order, limit=limit, offset=query.offset)
    return records(map(claim_of, each), total=count(case.store, query.filters))


routes = both("/claims", claims)
