"""/claims: what passages say, filtered, and /claims/ID: one claim with everything behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from strife.casefile.filters import Filters
from strife.casefile.find import Order, count, count_by
from strife.casefile.rows import claim_of, type_of
from strife.casefile.show import Shown
from strife.errors import Unknown
from strife.views.card import record
from strife.views.web.answers import Rows, answer, few, records
from strife.views.web.decide import CORRECTABLE
from strife.views.web.query import Query, asked, both, name_in, page_of_one
from strife.views.web.render import page
from strife.views.web.site import case_of, counted, site_of

if TYPE_CHECKING:
    from strife.casefile import Case

USUAL = 50  # rows of a page
ORDERS: tuple[Order, ...] = ("case", "date", "newest")
OWN = {"order": ORDERS}
FACETS = ("type", "status", "code", "country", "source", "voice", "year")
VALUES = 8  # of each facet
AROUND = 250  # characters of the text on each side of the evidence

Facets = list[tuple[str, list[tuple[str | None, int]]]]


def claims(request: Request) -> Response:
    """The claims that the filters let through."""
    query = asked(request, own=OWN)
    if query.form != "html":
        return answer(request, query, lambda case: _rows(case, query))
    with case_of(request) as case:
        rows = _rows(case, query)
        found, facets = list(rows.each), faceted(request, case, query.filters)
    return page(request, "claims.html", query=query, claims=found, total=rows.total, facets=facets, usual=USUAL)


def _rows(case: Case, query: Query) -> Rows:
    order: Order = next((one for one in ORDERS if query.value("order") == one), "case")
    limit = few(query, USUAL) if query.form == "html" else few(query)
    each = case.records(query.filters, order=order, limit=limit, offset=query.offset)
    return records(map(claim_of, each), total=count(case.store, query.filters))


def faceted(request: Request, case: Case, filters: Filters) -> Facets:
    """The commonest values of each facet among the claims that the filters let through."""

    def counts() -> Facets:
        return [(name, values_of(case, filters, name)) for name in FACETS]

    return counted(request, ("facets", filters), counts)


def values_of(case: Case, filters: Filters, name: str, *, incidents: bool = False) -> list[tuple[str | None, int]]:
    """The commonest values of one facet, the most first; of years the commonest too, the latest first."""
    if name != "year":
        return count_by(case.store, filters, name, incidents=incidents, limit=VALUES)
    years = [one for one in count_by(case.store, filters, name, incidents=incidents) if one[0] is not None]
    commonest = sorted(years, key=lambda one: -one[1])[:VALUES]
    return sorted(commonest, key=lambda one: one[0] or "", reverse=True)


def one(request: Request) -> Response:
    """One claim: its words in the text, what they were resolved to and why, and what people decided."""
    name = name_in(request)
    query = asked(request, filters=())
    if query.form != "html":
        return answer(request, query, lambda case: _as_rows(_found(case, name)))
    with case_of(request) as case:
        shown = _found(case, name)
    claim = shown.claim
    assert claim is not None
    context: dict[str, Any] = {
        "claim": claim,
        "shown": shown,
        "document": shown.document,
        "around": _around(shown),
        "type": type_of(claim),
        "record": Markup(record(claim, shown.why)),  # noqa: S704 -- escapes what it takes
        "open": any(one.undone_at is None for one in shown.decisions),
        "fields": CORRECTABLE,
        "token": site_of(request).token,
    }
    return page(request, "claim.html", query=query, **context)


def _found(case: Case, name: str) -> Shown:
    try:
        shown = case.show(name)
    except Unknown as error:
        raise HTTPException(404, f"There is no claim {name!r} in this case") from error
    if shown.claim is None:
        raise HTTPException(404, f"{name!r} is the id of a {shown.record}, not of a claim")
    return shown


def _around(shown: Shown) -> list[tuple[str, str, str]]:
    """The evidence of a claim with the text before and after it."""
    text = shown.document.text if shown.document else ""
    spans = shown.claim.evidence if shown.claim else ()
    return [
        (text[max(0, one.start - AROUND) : one.start], one.quote, text[one.end : one.end + AROUND]) for one in spans
    ]


def _as_rows(shown: Shown) -> Rows:
    """The claim as one row; JSON has what was read, decided and chosen from beside it."""
    about = {
        "read": shown.read,
        "decision": shown.decision,
        "why": shown.why,
        "incidents": shown.incidents,
        "decisions": shown.decisions,
    }
    return replace(records([shown.claim], total=1), about=about)


routes = [*both("/claims", claims), *page_of_one("claims", one)]
