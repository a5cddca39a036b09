"""/actors: who acts, is acted on and speaks, and /actors/NAME: one of them, with relations over time and incidents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from strife.casefile.filters import Filters
from strife.casefile.find import count
from strife.casefile.summary import Actor, Link
from strife.casefile.summary import actors as all_actors
from strife.casefile.summary import links as all_links
from strife.records import Incident
from strife.views.svg.network import Tie, network
from strife.views.web.answers import Rows, answer, drawing, few, structs
from strife.views.web.query import CLAIM_FILTERS, Query, address, asked, both, name_in, page_of_one
from strife.views.web.render import page
from strife.views.web.site import case_of, counted

if TYPE_CHECKING:
    from strife.casefile import Case

USUAL = 100  # rows of a page
NEWEST = 12  # incidents on an actor's page
TIES = 60  # relations on an actor's page
FOR = frozenset(
    {
        "supports",
        "allied_with",
        "part_of",
        "leads",
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "AID",
        "RETREAT",
    }
)
AGAINST = frozenset(
    {"opposes", "fights", "COERCE", "ASSAULT", "SANCTION", "MOBILIZE", "PROTEST", "THREATEN", "ACCUSE", "REJECT"}
)
COLUMNS = [name for name in Actor.__struct_fields__ if name != "record"]
LINK_COLUMNS = [name for name in Link.__struct_fields__ if name != "record"]


def actors(request: Request) -> Response:
    """Who acts in the claims that the filters let through."""
    query = asked(request, filters=CLAIM_FILTERS)
    if query.form != "html":
        return answer(request, query, lambda case: _rows(request, case, query))
    with case_of(request) as case:
        rows = _rows(request, case, query)
    return page(request, "actors.html", query=query, actors=list(rows.each), total=rows.total, usual=USUAL)


def _rows(request: Request, case: Case, query: Query) -> Rows:
    found = counted(request, ("actors", query.filters), lambda: list(all_actors(case.store, query.filters)))
    limit = few(query, USUAL) if query.form == "html" else few(query)
    last = None if limit is None else query.offset + limit
    return structs(found[query.offset : last], COLUMNS, total=len(found))


@dataclass(frozen=True, slots=True)
class Relation:
    """How one party stands to another over the years: what it does to it, how often, with claims as evidence."""

    actor: str
    other: str
    what: str
    status: str
    sign: int
    claims: int
    years: tuple[tuple[str, int], ...]
    evidence: tuple[str, ...]


def one(request: Request) -> Response:
    """One actor."""
    name = name_in(request)
    query = asked(request, filters=CLAIM_FILTERS)
    if query.form not in ("html", "svg"):
        return answer(request, query, lambda case: structs(_links(request, case, name, query), LINK_COLUMNS))
    with case_of(request) as case:
        known = counted(request, ("actor", name), lambda: _known(case, name))
        links = _links(request, case, name, query)
    relations, chart = counted(request, ("relations", name, query.filters), lambda: _drawn(links, known.name))
    if query.form == "svg":
        return drawing(chart)
    return page(request, "actor.html", query=query, name=name, known=known, relations=relations, chart=chart, most=TIES)


@dataclass(frozen=True, slots=True)
class Known:
    """An actor under the name in which it stands in most claims, with the number of its claims and incidents, and the newest."""

    name: str
    claims: int
    number: int
    incidents: tuple[Incident, ...]


def _known(case: Case, name: str) -> Known:
    """What is known of an actor by its id, name or words. 404 where nobody has that."""
    claims = count(case.store, Filters(party=name))
    if not claims:
        raise HTTPException(404, f"Nobody of the name {name!r} is in this case")
    newest = tuple(case.incidents(party=name, order="newest", limit=NEWEST))
    return Known(called(case, name), claims, case.count(incidents=True, party=name), newest)


def _drawn(links: Sequence[Link], middle: str) -> tuple[list[Relation], str]:
    relations = related(links)
    return relations, network(ties(relations), title=f"How others stand to {middle}", middle=middle)


def _links(request: Request, case: Case, name: str, query: Query) -> list[Link]:
    return counted(request, ("links", name, query.filters), lambda: list(all_links(case.store, name, query.filters)))


def called(case: Case, name: str) -> str:
    """The name under which an actor of this id, name or words stands in most claims."""
    from strife.gazetteer.names import fold

    row = case.store.row(
        "SELECT name FROM parties WHERE id = ? OR key = ? OR quote_key = ? GROUP BY name ORDER BY count(*) DESC LIMIT 1",
        (name, fold(name), fold(name)),
    )
    return str(row[0]) if row else name


def related(links: Sequence[Link]) -> list[Relation]:
    """The links of all years together, those of most claims first."""
    found: dict[tuple[str, str, str, str], list[Link]] = defaultdict(list)
    for link in links:
        found[link.actor, link.other, link.what or "figure", link.status].append(link)
    relations = [
        Relation(
            actor, other, what, status, sign_of(what), sum(link.claims for link in some),
            tuple((link.year or "no date", link.claims) for link in some),
            tuple(dict.fromkeys(claim for link in reversed(some) for claim in link.evidence))[:5],
        )
        for (actor, other, what, status), some in found.items()
    ]  # fmt: skip
    return sorted(relations, key=lambda one: (-one.claims, one.actor, one.other, one.what, one.status))


def sign_of(what: str) -> int:
    """1 for what is done for somebody, -1 for what is done against them, 0 for what is neither."""
    return 1 if what in FOR else -1 if what in AGAINST else 0


def ties(relations: Sequence[Relation]) -> list[Tie]:
    """What is reported or claimed to have happened, as ties of the network: one for each pair and sign."""
    found: dict[tuple[str, str, int], list[Relation]] = defaultdict(list)
    for relation in relations:
        if relation.status in ("reported", "claimed"):
            found[relation.actor, relation.other, relation.sign].append(relation)
    return [
        Tie(
            actor, other, sign, sum(one.claims for one in some),
            f"{actor} → {other}: " + ", ".join(f"{one.what.replace('_', ' ').lower()} {one.claims:,}" for one in some[:4]),
            address("claims", some[0].evidence[0]) if some[0].evidence else None,
        )
        for (actor, other, sign), some in found.items()
    ]  # fmt: skip


routes = [*both("/actors", actors, ("json", "csv")), *page_of_one("actors", one)]
