"""/ledger and /outlook: pages that say what they will hold, until they do."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from strife.casefile.filters import Filters
from strife.casefile.find import count
from strife.casefile.rows import claim_of
from strife.views.web.answers import Rows, answer, few, records
from strife.views.web.query import asked, both
from strife.views.web.render import page
from strife.views.web.site import case_of

AHEAD = ("expected", "intended", "possible", "conditional")
NEWEST = 30  # expectations that are shown


def ledger(request: Request) -> Response:
    """What is expected in the case; whether it came true is not worked out yet."""
    query = asked(request, filters=())
    filters = Filters(status=list(AHEAD))
    if query.form != "html":
        return answer(
            request,
            query,
            lambda case: records(
                map(claim_of, case.records(filters, order="newest", limit=few(query), offset=query.offset)),
                total=count(case.store, filters),
            ),
        )
    with case_of(request) as case:
        total = count(case.store, filters)
        found = [claim_of(record) for record in case.records(filters, order="newest", limit=NEWEST)]
    return page(request, "ledger.html", query=query, claims=found, total=total)


def outlook(request: Request) -> Response:
    """What a forecast will say, and when there is none."""
    query = asked(request, filters=())
    if query.form != "html":
        return answer(request, query, lambda _case: Rows(("unit", "month"), (), lambda _one: (), None, 0))
    with case_of(request):
        return page(request, "outlook.html", query=query)


routes = [*both("/ledger", ledger), *both("/outlook", outlook, ("json", "csv"))]
