"""/documents: the texts of the case, and /documents/ID: one of them with every claim underlined."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from strife.casefile.annotated import Annotated, annotated
from strife.casefile.find import count
from strife.casefile.listing import USED, Listed, counted, listed, outlets
from strife.casefile.rows import claim_of
from strife.casefile.show import document
from strife.errors import Unknown
from strife.records import Reading, document_line
from strife.views.web.answers import Rows, answer, few, records, structs
from strife.views.web.decide import CORRECTABLE
from strife.views.web.query import CLAIM_FILTERS, Query, asked, both, name_in, page_of_one
from strife.views.web.reading import reading_view
from strife.views.web.render import page
from strife.views.web.site import case_of, site_of

if TYPE_CHECKING:
    from strife.casefile import Case

USUAL = 50  # rows of a page
OUTLETS = 12  # of the facet
COLUMNS = [name for name in Listed.__struct_fields__ if name != "record"]


def documents(request: Request) -> Response:
    """The documents that the filters let through."""
    query = asked(request, filters=USED)
    if query.form != "html":
        return answer(request, query, lambda case: _rows(case, query))
    with case_of(request) as case:
        rows = _rows(case, query)
        found, facets = list(rows.each), [("source", outlets(case.store, query.filters, OUTLETS))]
    return page(request, "documents.html", query=query, documents=found, total=rows.total, facets=facets, usual=USUAL)


def _rows(case: Case, query: Query) -> Rows:
    limit = few(query, USUAL) if query.form == "html" else few(query)
    total = counted(case.store, query.filters)
    return structs(listed(case.store, query.filters, limit=limit, offset=query.offset), COLUMNS, total=total)


def one(request: Request) -> Response:
    """One document: the reading view, or its claims as data."""
    name = name_in(request)
    query = asked(request, filters=[one for one in CLAIM_FILTERS if one != "document"])
    if query.form != "html":
        return answer(request, query, lambda case: _claims(case, query, name))
    with case_of(request) as case:
        found = _found(case, name)
    reading = Reading(document=found.document, claims=found.claims, whys=found.whys)
    context: dict[str, Any] = {
        "view": reading_view(reading, found.notes),
        "document": found.document,
        "fields": CORRECTABLE,
    }
    return page(request, "document.html", query=query, **context, token=site_of(request).token)


def _found(case: Case, name: str) -> Annotated:
    try:
        return annotated(case.store, name)
    except Unknown as error:
        raise HTTPException(404, f"There is no document {name!r} in this case") from error


def _claims(case: Case, query: Query, name: str) -> Rows:
    """The claims of one document that stand, as data."""
    try:
        about = {"document": document_line(document(case.store, name))}
    except Unknown as error:
        raise HTTPException(404, f"There is no document {name!r} in this case") from error
    filters = replace(query.filters, document=name)
    each = case.records(filters, limit=few(query), offset=query.offset)
    return replace(records(map(claim_of, each), total=count(case.store, filters)), about=about)


routes = [*both("/documents", documents), *page_of_one("documents", one)]
