"""/voices: who is quoted, and what became of what they said; /voices/NAME: what one of them says about whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from strife.casefile.filters import Filters
from strife.casefile.find import count_by
from strife.casefile.rows import claim_of
from strife.casefile.voices import Saying, Voice, count, sayings
from strife.casefile.voices import voices as all_voices
from strife.records import Claim
from strife.views.web.actors import called
from strife.views.web.answers import Rows, answer, few, structs
from strife.views.web.query import CLAIM_FILTERS, Query, asked, both, name_in, page_of_one
from strife.views.web.render import page
from strife.views.web.site import case_of, counted

if TYPE_CHECKING:
    from strife.casefile import Case

USUAL = 50  # rows of a page
MOST = 80  # lines on a voice's page
LATEST = 12  # claims of each kind there
FEWEST = 5  # claims in incidents below which no share is given
FILTERS = [name for name in CLAIM_FILTERS if name != "voice"]


def voices(request: Request) -> Response:
    """Who is quoted in the claims that the filters let through."""
    query = asked(request, filters=CLAIM_FILTERS)
    if query.form != "html":
        return answer(request, query, lambda case: _rows(request, case, query))
    with case_of(request) as case:
        rows = _rows(request, case, query)
    return page(
        request, "voices.html", query=query, voices=list(rows.each), total=rows.total, usual=USUAL, fewest=FEWEST
    )


def _rows(request: Request, case: Case, query: Query) -> Rows:
    limit = few(query, USUAL) if query.form == "html" else few(query)
    store, filters = case.store, query.filters
    found = counted(
        request, ("voices", filters, limit, query.offset),
        lambda: list(all_voices(store, filters, limit=limit, offset=query.offset)),
    )  # fmt: skip
    return structs(
        found, Voice.__struct_fields__, total=counted(request, ("voices", filters), lambda: count(store, filters))
    )


def one(request: Request) -> Response:
    """One voice: what it says about whom, and what it denies and expects."""
    name = name_in(request)
    query = asked(request, filters=FILTERS)
    if query.form != "html":
        return answer(
            request, query, lambda case: structs(_sayings(request, case, name, query), Saying.__struct_fields__)
        )
    with case_of(request) as case:
        found = _sayings(request, case, name, query)
        known = counted(request, ("voice", name), lambda: _known(case, name))
    return page(request, "voice.html", query=query, name=name, sayings=found, **known, most=MOST)


def _known(case: Case, name: str) -> dict[str, Any]:
    """What the case has in a voice: its name there, its claims by status, the newest that it denies and expects. 404 where none."""
    statuses = count_by(case.store, Filters(voice=name), "status")
    if not statuses:
        raise HTTPException(404, f"Nobody of the name {name!r} is quoted in this case")
    denied = _claims(case, Filters(voice=name, status=["denied", "negated"]))
    ahead = _claims(case, Filters(voice=name, status=["expected", "intended", "possible", "conditional"]))
    return {"shown": called(case, name), "statuses": statuses, "denied": denied, "ahead": ahead}


def _sayings(request: Request, case: Case, name: str, query: Query) -> list[Saying]:
    return counted(request, ("sayings", name, query.filters), lambda: list(sayings(case.store, name, query.filters)))


def _claims(case: Case, filters: Filters) -> list[Claim]:
    """The newest claims of some kind."""
    return [claim_of(record) for record in case.records(filters, order="newest", limit=LATEST)]


routes = [*both("/voices", voices, ("json", "csv")), *page_of_one("voices", one)]
