"""/ledger: what people said would happen, what became of it and what tells so, and how the voices fared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from strife.casefile.rows import INCIDENT, claim_of
from strife.errors import Unknown
from strife.outlook.ledger_record import STATES, Expectation, VoiceScore
from strife.views.ledger_text import COLUMNS, MARKS, deed, expectation_cells, likelihood
from strife.views.web.answers import Rows, given, place_of, structs
from strife.views.web.merging import freshness
from strife.views.web.query import Query, address, asked, both
from strife.views.web.render import page
from strife.views.web.site import case_of, site_of
from strife.views.web.worker import worked_out
from strife.views.words import excerpt, one_line, wording

if TYPE_CHECKING:
    from strife.casefile import Case

OWN = {"state": STATES, "voice": None, "about": None, "open": ("yes",), "on": None, "show": ("voices",)}
USUAL = 30  # entries of a page
VOICES = 12  # voices below them
NAMED = 4  # pieces of evidence named on each side
LONG = 90  # characters of one
SCORES = tuple(name for name in VoiceScore.__struct_fields__ if name != "record")


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that decided an entry, as a link: its address, what it is, its words."""

    link: str
    kind: str
    words: str


def ledger(request: Request) -> Response:
    """The entries that are asked for, or how the voices fared."""
    query = asked(request, filters=(), own=OWN)
    on = _day(query.value("on"))
    whole = worked_out(request, ("ledger", on), lambda: _whole(request, on), page=query.form == "html")
    found = [one for one in whole or () if _fits(one, query)]
    only_voices = query.value("show") == "voices"
    if query.form != "html":
        return given(query, _scores(query, whole or []) if only_voices else _rows(query, found))
    shown = found[query.offset : query.offset + (USUAL if query.limit is None else query.limit)]
    with case_of(request) as case:
        pieces = _pieces(case, shown)
        decided = _decided(case)
        fresh = freshness(request, case)
    return page(
        request, "ledger.html", query=query, ready=whole is not None, entries=[] if only_voices else shown, total=len(found),
        usual=USUAL, counts=_counts(whole or []), marks=MARKS, pieces=pieces, decided=decided, fresh=fresh,
        token=site_of(request).token, deed=deed, likelihood=likelihood, only_voices=only_voices, named=NAMED,
        **_voices(whole or [], only_voices),
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Unknown(f"on {text[:40]!r}: is no date; write it as 2013-06-05") from error


def _whole(request: Request, on: date | None) -> list[Expectation]:
    from strife.outlook.ledger import ledger_of

    with case_of(request) as case:
        return ledger_of(case, None, on)


def _fits(one: Expectation, query: Query) -> bool:
    from strife.outlook.ledger import Asked, fits

    states = [*query.values("state"), *(["open"] if query.value("open") else [])]
    wanted = frozenset(state for state in STATES if state in states)
    return fits(one, Asked(query.value("voice") or None, query.value("about") or None, wanted))


def _counts(whole: list[Expectation]) -> list[tuple[str, int]]:
    return [(state, sum(one.state == state for one in whole)) for state in STATES]


def _voices(whole: list[Expectation], every: bool) -> dict[str, Any]:
    """How the voices fared over the whole ledger: a part of it would flatter some."""
    from strife.outlook.ledger_voices import LEAST, voice_name, voice_scores

    scores = voice_scores(whole)
    return {
        "voices": scores if every else scores[:VOICES],
        "all_voices": len(scores),
        "least": LEAST,
        "voice_name": voice_name,
    }


def _pieces(case: Case, shown: list[Expectation]) -> dict[str, Piece]:
    """What decided these entries, by id: an incident, a claim that none holds, or a document of which only words speak."""
    wanted = {
        one for entry in shown for side in (entry.evidence.supporting, entry.evidence.against) for one in side[:NAMED]
    }
    wanted |= {one for entry in shown for one in entry.evidence.coverage[:NAMED]}
    return {name: piece for name in wanted if (piece := _piece(case, name)) is not None}


def _piece(case: Case, name: str) -> Piece | None:
    store = case.store
    if row := store.row("SELECT record FROM incidents WHERE id = ?", (name,)):
        incident = INCIDENT.decode(row[0])
        kind = f"{incident.code.plover} {incident.code.mode or ''}" if incident.code else ""
        place = incident.where.name or incident.where.quote if incident.where else ""
        day = incident.when.start if incident.when else ""
        words = " · ".join(filter(None, (kind.strip(), place, day)))
        return Piece(address("incidents", name), "incident", excerpt(one_line(words or name), LONG)[0])
    if row := store.row("SELECT record FROM claims WHERE id = ?", (name,)):
        claim = claim_of(row[0])
        words = claim.evidence[0].quote if claim.evidence else str(wording(claim))
        link = f"{address('documents', claim.document)}#{claim.id}"
        return Piece(link, "claim", f"“{excerpt(one_line(words), LONG)[0]}”")
    if row := store.row("SELECT title, source, published FROM documents WHERE id = ?", (name,)):
        words = ", ".join(one_line(str(part)) for part in row if part) or name
        return Piece(address("documents", name), "report", excerpt(words, LONG)[0])
    return None


def _decided(case: Case) -> frozenset[str]:
    """The claims on which a person settled an entry."""
    from strife.outlook.ledger_source import settled

    return frozenset(settled(case))


def _rows(query: Query, found: list[Expectation]) -> Rows:
    """The entries as their records, or as rows of the table that the command writes too."""
    limit = query.limit if query.limit is not None or query.form != "json" else 1000
    last = None if limit is None else query.offset + limit
    return Rows(COLUMNS, found[query.offset : last], expectation_cells, place_of, len(found))


def _scores(query: Query, whole: list[Expectation]) -> Rows:
    from strife.outlook.ledger_voices import voice_scores

    found = voice_scores(whole)
    last = None if query.limit is None else query.offset + query.limit
    return structs(found[query.offset : last], SCORES, total=len(found))


routes = both("/ledger", ledger)
