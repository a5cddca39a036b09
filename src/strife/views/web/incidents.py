"""/incidents: what several claims together amount to, and /incidents/ID: one of them, a column for each source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from strife.casefile.find import Order, count
from strife.casefile.rows import INCIDENT
from strife.casefile.show import Shown
from strife.casefile.sources import Origin, origins
from strife.errors import Unknown
from strife.records import Claim, Event, Figure, Incident, Party, SourceFigure
from strife.views.svg.ranges import Range, ranges
from strife.views.web.answers import Rows, answer, drawing, few, records
from strife.views.web.claims import Facets, values_of
from strife.views.web.merging import freshness
from strife.views.web.query import INCIDENT_FILTERS, Query, address, asked, both, name_in, page_of_one
from strife.views.web.render import page
from strife.views.web.site import case_of, counted
from strife.views.words import date_words, figure_words, party_words, place_words, standing

if TYPE_CHECKING:
    from strife.casefile import Case

USUAL = 40  # rows of a page
OWN = {"order": ("newest", "date", "case")}
FACETS = ("code", "status", "country", "year", "dataset")


def incidents(request: Request) -> Response:
    """The incidents that the filters let through."""
    query = asked(request, filters=INCIDENT_FILTERS, own=OWN)
    if query.form != "html":
        return answer(request, query, lambda case: rows_of(case, query))
    with case_of(request) as case:
        found = rows_of(case, query)
        listed = list(found.each)

        def facets() -> Facets:
            return [(name, values_of(case, query.filters, name, incidents=True)) for name in FACETS]

        counts = counted(request, ("incidents", query.filters), facets)
        fresh = freshness(request, case)
    context = {"incidents": listed, "total": found.total, "facets": counts, "usual": USUAL, "fresh": fresh}
    return page(request, "incidents.html", query=query, **context)


def rows_of(case: Case, query: Query) -> Rows:
    """The incidents as rows, the newest first."""
    order: Order = next((one for one in ("date", "case") if query.value("order") == one), "newest")
    limit = few(query, USUAL) if query.form == "html" else few(query)
    each = case.records(query.filters, incidents=True, order=order, limit=limit, offset=query.offset)
    return records(map(INCIDENT.decode, each), incidents=True, total=count(case.store, query.filters, incidents=True))


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source says of a field: words, and the claim where it says so."""

    words: str
    claim: str
    document: str
    status: str


@dataclass(frozen=True, slots=True)
class Line:
    """A field: what all agree on or what was made of it, whether it is disputed, and what each source says."""

    name: str
    whole: str
    disputed: bool
    cells: tuple[tuple[Cell, ...], ...]


def one(request: Request) -> Response:
    """One incident."""
    name = name_in(request)
    query = asked(request, filters=())
    if query.form not in ("html", "svg"):
        return answer(request, query, lambda case: _as_rows(_found(case, name)))
    with case_of(request) as case:
        shown = _found(case, name)
        assert shown.incident is not None
        known = origins(case.store, {claim.document for claim in shown.claims})
        labels = _labels(case, shown.incident)
    chart = _deaths(shown.incident, labels)
    if query.form == "svg":
        return drawing(chart)
    sources = _sources(shown.claims, known)
    context = {"incident": shown.incident, "claims": shown.claims, "origins": known, "decisions": shown.decisions}
    lines = [line for line in _lines(shown.incident, sources) if line.whole or any(line.cells)]
    return page(
        request, "incident.html", query=query, **context, sources=sources, lines=lines, chart=chart, labels=labels
    )


def _found(case: Case, name: str) -> Shown:
    try:
        shown = case.show(name)
    except Unknown as error:
        raise HTTPException(404, f"There is no incident {name!r} in this case") from error
    if shown.incident is None:
        raise HTTPException(404, f"{name!r} is the id of a {shown.record}, not of an incident")
    return shown


def _as_rows(shown: Shown) -> Rows:
    """The incident as one row; JSON has its claims beside it."""
    return replace(records([shown.incident], incidents=True, total=1), about={"claims": shown.claims})


def _labels(case: Case, incident: Incident) -> dict[str, str]:
    """The sources of figures by their names: one that is a document's id by the title of that document."""
    names = {one.source for figure in incident.figures for one in figure.by_source}
    return {name: origin.title or name for name, origin in origins(case.store, names).items()}


def _sources(claims: Iterable[Claim], known: dict[str, Origin]) -> list[tuple[str, list[Claim]]]:
    """The claims by their sources, those with most claims first; a source without a name is called by its title."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        origin = known.get(claim.document)
        found.setdefault(origin.witness if origin else claim.document, []).append(claim)
    return sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))


def _lines(incident: Incident, sources: Sequence[tuple[str, list[Claim]]]) -> list[Line]:
    kind = f"{incident.code.plover} {incident.code.mode or ''}".strip() if incident.code else ""

    def line(name: str, key: str, whole: str, words: Sequence[str] = ()) -> Line:
        cells = tuple(_cells(claims, key, words) for _, claims in sources)
        return Line(name, whole, key in incident.disputed, cells)

    lines = [
        line("Kind", "code", kind, (kind,)),
        line("Where", "where", place_words(incident.where) if incident.where else ""),
        line("When", "when", date_words(incident.when) if incident.when else ""),
        line("Who", "actors", _names(one.party for one in incident.actors)),
        line("To whom", "recipients", _names(one.party for one in incident.recipients)),
        line("Says so", "status", incident.status),
    ]
    for figure in incident.figures:
        whole = figure_range(figure.low, figure.best, figure.high)
        lines.append(
            replace(
                line(figure.measure.title(), "figure", whole, (figure.measure,)),
                disputed=figure.measure in incident.disputed,
            )
        )
    return lines


def _cells(claims: Iterable[Claim], key: str, words: Sequence[str]) -> tuple[Cell, ...]:
    """What the claims of one source say of a field, each wording once."""
    found: dict[str, Cell] = {}
    for claim in claims:
        said = _said(claim, key, words)
        if said:
            found.setdefault(said, Cell(said, claim.id, claim.document, claim.status))
    return tuple(found.values())


def _said(claim: Claim, key: str, words: Sequence[str]) -> str:
    if key == "figure":
        return figure_words(claim) if isinstance(claim, Figure) and claim.measure in words else ""
    if key == "status":
        return standing(claim.frame, claim.status)
    if isinstance(claim, Figure) and key in ("where", "when"):
        return ""  # the event's own words are better
    if key == "where":
        return place_words(claim.where) if claim.where else ""
    if key == "when":
        return date_words(claim.when) if claim.when else ""
    if not isinstance(claim, Event):
        return ""
    if key == "code":
        kind = f"{claim.code.plover} {claim.code.mode or ''}".strip()
        return claim.trigger.quote if kind in words else f"{claim.trigger.quote} ({kind})"
    return _names(claim.actors if key == "actors" else claim.recipients)


def _names(parties: Iterable[Party]) -> str:
    return ", ".join(dict.fromkeys(map(party_words, parties)))


def figure_range(low: float | None, best: float | None, high: float | None) -> str:
    """A figure with its bounds in short: 20–25–30, at least 20."""
    from strife.views.svg.ranges import told

    return told(Range("", low, best, high)) if (low, best, high) != (None, None, None) else ""


def _deaths(incident: Incident, labels: dict[str, str]) -> str:
    """The chart of deaths: each source, and all together."""
    figure = next((one for one in incident.figures if one.measure == "deaths"), None)
    if figure is None:
        return ranges([], title="Deaths by source")
    own = [_range(one, labels) for one in figure.by_source]
    whole = Range("All sources", figure.low, figure.best, figure.high, strong=True)
    return ranges([*own, whole], title="Deaths by source", unit="killed")


def _range(one: SourceFigure, labels: dict[str, str]) -> Range:
    href = address("claims", one.claims[0]) if one.claims else None
    return Range(labels.get(one.source, one.source), one.low, one.best, one.high, href)


routes = [*both("/incidents", incidents), *page_of_one("incidents", one)]
