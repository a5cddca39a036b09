"""/search: passages and documents by words, the best first, with facets and the words marked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from strife.casefile.find import count
from strife.casefile.rows import claim_of
from strife.casefile.search import AFTER, BEFORE, papers, passages
from strife.records import Claim
from strife.views.web.answers import Rows, answer, few, records
from strife.views.web.claims import faceted
from strife.views.web.query import CLAIM_FILTERS, Query, asked, both
from strife.views.web.render import marked, page
from strife.views.web.site import case_of

if TYPE_CHECKING:
    from strife.casefile import Case

USUAL = 30  # passages of a page
PAPERS = 8  # documents above them
OWN = {"q": None}


def search(request: Request) -> Response:
    """What has the words that are asked for; `q` is another name for `text`."""
    query = asked(request, filters=CLAIM_FILTERS, own=OWN)
    text = query.value("text") or query.value("q")
    filters = replace(query.filters, text=text or None)
    query = replace(query, filters=filters)
    if query.form != "html":
        return answer(request, query, lambda case: _rows(case, query))
    context: dict[str, Any] = {"text": text, "hits": [], "papers": [], "facets": [], "total": 0, "usual": USUAL}
    if text:
        with case_of(request) as case:
            context |= {
                "hits": _hits(case, query),
                "papers": papers(case.store, filters, limit=PAPERS),
                "total": count(case.store, filters),
                "facets": faceted(request, case, filters),
            }
    return page(request, "search.html", query=query, **context)


def _hits(case: Case, query: Query) -> list[tuple[Claim, Markup]]:
    limit = few(query, USUAL)
    found = passages(case.store, query.filters, limit=limit, offset=query.offset)
    return [(claim_of(hit.record), marked(hit.words)) for hit in found]


def _rows(case: Case, query: Query) -> Rows:
    """The claims that were found, the best first; all claims where no words are asked for."""
    limit, store = few(query), case.store
    total = count(store, query.filters)
    if not query.filters.text:
        return records(map(claim_of, case.records(query.filters, limit=limit, offset=query.offset)), total=total)
    hits = passages(store, query.filters, limit=limit, offset=query.offset)
    about = {"documents": [replace_marks(one) for one in papers(store, query.filters, limit=PAPERS)]}
    return replace(records((claim_of(hit.record) for hit in hits), total=total), about=about)


def replace_marks(paper: Any) -> dict[str, Any]:
    """A document that was found as plain data: what was found stands between asterisks."""
    import msgspec

    found: dict[str, Any] = msgspec.to_builtins(paper)
    return found | {"words": paper.words.replace(BEFORE, "*").replace(AFTER, "*")}


routes = both("/search", search)
