"""/control: who holds what on a day, each place with what speaks for it and against it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from strife.casefile.control import Holding
from strife.casefile.sources import Quoted, quotes
from strife.casefile.store import key_of
from strife.errors import Unknown
from strife.views.web.answers import Point, Rows, answer, few
from strife.views.web.query import Query, asked, both
from strife.views.web.render import page
from strife.views.web.site import case_of, counted
from strife.views.words import party_list

if TYPE_CHECKING:
    from strife.casefile import Case

USUAL = 60  # places of a page
FIRST = 3  # claims named for a place, and against
OWN = {"on": None, "place": None, "country": None, "holder": None}
COLUMNS = "place place_id country admin1 lat lon precision on state holders contested claimed_only since claims_for claims_against".split()
STATES = {
    "holds": "held",
    "contested": "contested",
    "claimed": "only claimed",
    "unknown": "nobody known",
}


def control(request: Request) -> Response:
    """Who holds what on the day that is asked for, else on the last day of the case."""
    query = asked(request, filters=(), own=OWN)
    if query.form != "html":
        return answer(request, query, lambda case: as_rows(query, chosen(request, case, query)))
    with case_of(request) as case:
        on = day_of(case, query)
        found = chosen(request, case, query)
        shown = found[query.offset : query.offset + (USUAL if query.limit is None else query.limit)]
        known = quotes(case.store, [claim for one in shown for claim in named(one)])
    states = [(state, sum(1 for one in found if state_of(one) == state)) for state in STATES]
    context = {"on": on, "holdings": shown, "total": len(found), "quotes": known, "states": states, "usual": USUAL}
    return page(request, "control.html", query=query, **context, named=_named, names=STATES, state_of=state_of)


def day_of(case: Case, query: Query) -> str:
    """The day that is asked for, else the last day on which a document was published, else today. Unknown where it is none."""
    given = query.value("on")
    if not given:
        return str(case.store.one("SELECT max(published) FROM documents") or date.today().isoformat())  # noqa: DTZ011
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise Unknown(f"on {given[:40]!r}: is no date; write it as 2013-06-05") from error


def chosen(request: Request, case: Case, query: Query) -> list[Holding]:
    """The places that are asked for, with who holds them; the whole case is worked out once a day."""
    on, place = day_of(case, query), query.value("place") or None
    found = counted(request, ("control", on, place), lambda: sorted(case.control(on, place), key=_told))
    country, holder = query.value("country").upper(), key_of(query.value("holder"))
    return [
        one
        for one in found
        if (not country or one.place.country == country)
        and (not holder or any(holder in key_of(party.name or party.quote) for party in one.holders))
    ]


def _told(holding: Holding) -> int:
    """Places of which most is said come first."""
    return -len(holding.claims_for) - len(holding.claims_against)


def state_of(holding: Holding) -> str:
    """How sure it is who holds a place: holds, contested, claimed (only by somebody), unknown."""
    if not holding.holders:
        return "unknown"
    return "contested" if holding.contested else "claimed" if holding.claimed_only else "holds"


def named(holding: Holding) -> list[str]:
    """The claims that are named for a place: the newest for it and against it."""
    return [*reversed(holding.claims_for[-FIRST:]), *reversed(holding.claims_against[-FIRST:])]


def _named(holding: Holding, known: dict[str, Quoted]) -> list[tuple[str, list[Quoted]]]:
    """The words of these claims: for and against."""
    sides = (("for", holding.claims_for), ("against", holding.claims_against))
    return [(side, [known[one] for one in reversed(some[-FIRST:]) if one in known]) for side, some in sides if some]


def as_rows(query: Query, found: Sequence[Holding]) -> Rows:
    """Places with who holds them, as rows of data."""
    last = None if (limit := few(query)) is None else query.offset + limit
    return Rows(COLUMNS, found[query.offset : last], _cells, _point, len(found))


def _cells(one: Holding) -> list[object]:
    where = one.place
    return [
        where.name or where.quote, where.id, where.country, where.admin1, where.lat, where.lon, where.precision, one.on, state_of(one),
        party_list(one.holders), one.contested, one.claimed_only, one.since, "; ".join(one.claims_for), "; ".join(one.claims_against),
    ]  # fmt: skip


def _point(one: Holding) -> Point | None:
    where = one.place
    return (where.lat, where.lon) if where.lat is not None and where.lon is not None else None


routes = both("/control", control)
