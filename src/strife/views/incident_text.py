"""Incidents for people: a table of them, and one with each source's version side by side."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from strife.records import Incident, IncidentFigure, Place, SourceFigure
from strife.views.case_text import claim_lines, decision_line
from strife.views.words import date_words, number_words, one_line, party_list, place_words

if TYPE_CHECKING:
    from rich.table import Table

    from strife.casefile.accounts import Account, Saying
    from strife.casefile.decisions import Decision
    from strife.casefile.show import Shown

WIDTH = 100  # columns where the output is no terminal
LEAST = 60
DAY = 12  # columns of a date, or of the first of two


def incident_table(incidents: Iterable[Incident], width: int | None) -> str:
    """Incidents as a table in `width` columns; without colour where that is None, that is, no terminal."""
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), expand=True, pad_edge=False)
    for name, size in (
        ("day", 10),
        ("what, where, who against whom", None),
        ("deaths", 9),
        ("sources", 7),
        ("status", 18),
    ):
        table.add_column(name, width=size, ratio=None if size else 1, overflow="fold")
    for incident in incidents:
        table.add_row(*_cells(incident))
    return _printed(table, width)


def _cells(incident: Incident) -> list[str]:
    where = place_words(incident.where) if incident.where else ""
    deed = " · ".join(filter(None, (what(incident), where)))
    sides = " → ".join(filter(None, (_told(incident, "actors"), _told(incident, "recipients"))))
    rest = f"{incident.dataset} {incident.row}" if incident.dataset else incident.id
    deaths = next((bounds(one) for one in incident.figures if one.measure == "deaths"), "")
    disputed = f"disputed: {', '.join(incident.disputed)}" if incident.disputed else ""
    return [
        date_words(incident.when) if incident.when else "",
        "\n".join(filter(None, (deed, sides, one_line(rest)))),
        deaths,
        str(incident.sources),
        "\n".join(filter(None, (incident.status, disputed))),
    ]


def what(incident: Incident) -> str:
    """The type and mode of an incident."""
    return f"{incident.code.plover} {incident.code.mode or ''}".strip() if incident.code else "incident"


def _told(incident: Incident, side: str) -> str:
    return party_list(one.party for one in getattr(incident, side))


def bounds(figure: IncidentFigure | SourceFigure) -> str:
    """A figure in the order low, best, high: 12, "12–25–30", "12–?–30" where none is the best."""
    low, best, high = figure.low, figure.best, figure.high
    if best is not None and {low, high} <= {best, None}:
        return number_words(best)
    return "–".join("?" if value is None else number_words(value) for value in (low, best, high))


def shown_incident(shown: Shown, width: int | None) -> Iterator[str]:
    """Everything about an incident."""
    incident = shown.incident
    assert incident is not None
    where = place_words(incident.where) if incident.where else ""
    when = date_words(incident.when) if incident.when else ""
    sides = " → ".join(filter(None, (_told(incident, "actors"), _told(incident, "recipients"))))
    head = " · ".join(filter(None, (when, what(incident), where, sides, incident.status)))
    yield click.style(f"{incident.id}  {head}", bold=True)
    if incident.dataset:
        yield f"    row {one_line(incident.row or '')} of {one_line(incident.dataset)}"
    else:
        yield f"    {_support(incident, shown.accounts)}"
    for figure in incident.figures:
        yield f"    {figure.measure}: {bounds(figure)} (low–best–high)" if figure.by_source else ""
    if incident.disputed:
        yield f"    disputed: {', '.join(incident.disputed)}"
    if shown.accounts:
        yield ""
        yield _side_by_side(shown.accounts, width)
        yield from _claims(shown)
    yield from (_decision(one) for one in shown.decisions)


def _support(incident: Incident, accounts: Iterable[Account]) -> str:
    copies = sum(len(one.copies) for one in accounts)
    near = f", {copies} of them near copies of another" if copies else ""
    independent = "source" if incident.sources == 1 else "sources"
    number = len(incident.documents)
    reports = "report" if number == 1 else "reports"
    return f"{incident.sources} independent {independent}: {len(incident.claims)} claims in {number} {reports}{near}"


def _side_by_side(accounts: Iterable[Account], width: int | None) -> str:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), expand=True, pad_edge=False)
    for name, ratio in (("source", 3), ("says", 4), ("when", None), ("where", 3), ("who → whom", 5), ("figures", 3)):
        table.add_column(name, ratio=ratio, width=None if ratio else DAY, overflow="fold")
    for one in accounts:
        table.add_row(
            one_line(one.source) + (f" ({len(one.documents)} reports)" if len(one.documents) > 1 else ""),
            "; ".join(_saying(each) for each in one.says) or "(figures only)",
            "\n".join(date_words(each) for each in one.when),
            "\n".join(_place(each) for each in one.where),
            " → ".join(filter(None, (party_list(one.actors), party_list(one.recipients)))),
            "\n".join(f"{measure} {bounds(figure)}" for measure, figure in one.figures),
        )
    return _printed(table, width).rstrip("\n")


def _saying(saying: Saying) -> str:
    """Who says it, compactly: reported, claimed by rebels, denied by the ministry."""
    if saying.voice == "author":
        return saying.status
    return f"{saying.status} by {one_line(saying.voice)}"


def _place(place: Place) -> str:
    coarse = "" if place.precision in ("point", "settlement") else f", {place.precision}"
    return f"{place_words(place)}{coarse}"


def _claims(shown: Shown) -> Iterator[str]:
    """The claims with their words; what near copies repeat is only counted."""
    copies = {document for one in shown.accounts for document in one.copies}
    yield ""
    repeated = 0
    for claim in shown.claims:
        if claim.document in copies:
            repeated += 1
            continue
        yield from claim_lines(claim)
    if repeated:
        yield f"and {repeated} claims in near copies: {', '.join(map(one_line, sorted(copies)))}"


def _decision(decision: Decision) -> str:
    return decision_line(decision)


def _printed(table: Table, width: int | None) -> str:
    from rich.console import Console

    console = Console(
        file=io.StringIO(),
        width=max(width or WIDTH, LEAST),
        height=25,  # unused, but without it a dumb terminal always has 80 columns
        force_terminal=width is not None,
        color_system="auto" if width is not None else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(table)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO from above
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())
