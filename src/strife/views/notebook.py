"""What notebooks show: readings, claims, incidents and what a search found, with the parts that pages are made of."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from typing import Any

from strife.casefile.control import Holding
from strife.casefile.found import Found
from strife.records import Claim, Control, Event, Figure, Incident, Reading, Relation, Statement
from strife.views import charts
from strife.views.card import esc, look, record
from strife.views.html import fragment
from strife.views.svg.frame import style
from strife.views.words import date_words, party_list, place_words, wording

ROWS = 20  # of a list that are shown
WIDE = 160  # characters of a cell of a plain table


def shown(thing: Any) -> str:
    """The HTML of a record or of a list of records: no script, its styles kept to itself, all text escaped."""
    match thing:
        case Reading():
            return fragment(thing)
        case Event() | Relation() | Control() | Figure() | Statement():
            return _boxed(_claim(thing))
        case Incident():
            return _boxed(_incident(thing))
        case Found():
            return _boxed(_found(thing))
    raise TypeError(f"{type(thing).__name__}: a notebook shows readings, claims, incidents and what a search found")


def _boxed(body: str) -> str:
    return f'<div class="strife"><style>{_sheet()}</style><div class="doc">{body}</div></div>'


@functools.cache
def _sheet() -> str:
    own = (
        ".strife table { border-collapse: collapse; font-size: 13px; } .strife :is(th, td) { text-align: start; vertical-align: top; \
padding: 3px 12px 3px 0; border-bottom: 1px solid var(--rule); background: none; }"
    )
    return (files("strife.views") / "assets" / "reading.css").read_text(encoding="utf-8") + style() + own


def _claim(claim: Claim) -> str:
    words = wording(claim)
    who = f"<b><bdi>{esc(words.who)}</bdi></b> → " if words.who else ""
    whom = f" → <b><bdi>{esc(words.whom)}</bdi></b>" if words.whom else ""
    deed = f'{who}<u class="{look(claim)}"><bdi>{esc(words.does)}</bdi></u>{whom}'
    return f'<p class="deed">{deed}</p>{record(claim, None)}'


def _incident(incident: Incident) -> str:
    disputed = ", ".join(incident.disputed)
    facts = {
        "What": charts.code_of(incident),
        "Who": party_list(one.party for one in incident.actors),
        "To whom": party_list(one.party for one in incident.recipients),
        "Where": place_words(incident.where) if incident.where else "",
        "When": date_words(incident.when) if incident.when else "",
        "Status": incident.status + (f"; sources differ on {disputed}" if disputed else ""),
        "Rests on": f"{incident.dataset} {incident.row}"
        if incident.dataset
        else f"{len(incident.claims)} claims of {incident.sources} sources",
    }
    rows = "".join(
        f"<div><dt>{name}</dt><dd><bdi>{esc(value)}</bdi></dd></div>" for name, value in facts.items() if value
    )
    drawn = charts.figure_ranges(incident, title="Figures by source") if incident.figures else ""
    return f"<dl>{rows}</dl>{drawn}"


def _found(found: Found[Any]) -> str:
    first = found[0] if found else None
    if first is None:
        return "<p>Nothing was found.</p>"
    few = found[:ROWS]
    if isinstance(first, Holding):
        drawn = charts.control_map(found, title=f"Who is said to hold what on {first.on}")
        body = drawn + _table(("Place", "Holder", "State", "Since", "Claims for", "against"), map(_holding, few))
    elif isinstance(first, Incident):
        drawn = charts.timeline(found, by="type", title="Incidents by type") if len(found) > 1 else ""
        body = drawn + _table(("When", "What", "Who", "To whom", "Where", "Status", "Sources"), map(_incident_row, few))
    elif isinstance(first, Event | Relation | Control | Figure | Statement):
        body = _table(("When", "Claim", "Where", "Says who", "Passage"), map(_claim_row, few))
    else:
        columns = found.columns()
        body = _table([name.replace("_", " ") for name in columns], (_plain(one, columns) for one in few))
    left = len(found) - len(few)
    return body + (f"<p><small>{left:,} more; .to_pandas() has all</small></p>" if left else "")


def _table(names: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f"<th>{esc(name)}</th>" for name in names)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _safe(make: Callable[..., Iterable[str]]) -> Callable[..., list[str]]:
    """A row whose cells are text, as HTML."""

    @functools.wraps(make)
    def made(*given: Any) -> list[str]:
        return [f"<bdi>{esc(cell)}</bdi>" for cell in make(*given)]

    return made


@_safe
def _holding(one: Holding) -> Iterable[str]:
    state = (
        "contested"
        if one.contested
        else "only claimed"
        if one.claimed_only
        else "reported"
        if one.holders
        else "nobody known"
    )
    numbers = str(len(one.claims_for)), str(len(one.claims_against))
    return place_words(one.place), party_list(one.holders), state, one.since or "", *numbers


@_safe
def _incident_row(one: Incident) -> Iterable[str]:
    who, whom = (party_list(told.party for told in some[:3]) for some in (one.actors, one.recipients))
    when, where = date_words(one.when) if one.when else "", place_words(one.where) if one.where else ""
    return when, charts.code_of(one), who, whom, where, one.status, str(one.sources)


def _claim_row(claim: Claim) -> Iterable[str]:
    words = wording(claim)
    quote = claim.evidence[0].quote
    cut = quote if len(quote) <= WIDE else f"{quote[:WIDE]}…"
    deed = f'<u class="{look(claim)}"><bdi>{esc(words.deed)}</bdi></u>'
    return esc(words.when), deed, esc(words.place), esc(words.standing), f"<q>{esc(cut)}</q>"


@_safe
def _plain(one: Any, columns: Sequence[str]) -> Iterable[str]:
    for name in columns:
        value = getattr(one, name)
        text = ", ".join(map(str, value)) if isinstance(value, tuple | list) else "" if value is None else str(value)
        yield text[:WIDE]
