"""POST /decide: accept, reject, correct, settle and what takes them back, from our own pages alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from strife.casefile.decided import standing
from strife.casefile.rows import claim_of
from strife.errors import Unknown
from strife.views.web.forms import own_form
from strife.views.web.site import case_of, site_of

if TYPE_CHECKING:
    from strife.casefile import Case

ACTIONS = ("accept", "reject", "correct", "undo", "settle", "unsettle")
UNDONE = {"undo": ("accept", "reject", "correct", "settle"), "unsettle": ("settle",)}  # what each takes back
ALL = "event control relation figure statement"
CORRECTABLE = (  # field, what it is called, the types of claims that have it, how it is written
    (
        "status",
        "Status",
        ALL,
        "reported, claimed, denied, possible, expected, conditional, demanded, intended, asked or negated",
    ),
    ("where", "Place", ALL, "the name of the place"),
    ("when", "Date", ALL, "2013-06-05, 2013-06, 2013 or 2013-06-01/2013-06-07"),
    ("frame.voice", "Voice", ALL, "who says so; author for the author"),
    ("actors", "Who acts", "event", "names, between semicolons"),
    ("recipients", "To whom", "event", "names, between semicolons"),
    ("code.plover", "Kind of event", "event", "ASSAULT, COERCE, PROTEST … (PLOVER)"),
    ("holder", "Holder", "control", "who holds, gains, loses or contests the place"),
    ("change", "Change", "control", "holds, gains, loses or contests"),
    ("extent", "Extent", "control", "whole, most, part or surroundings"),
    ("subject", "Who", "relation", "a name"),
    ("predicate", "Stands", "relation", "supports, opposes, fights, allied_with, part_of or leads"),
    ("object", "To whom", "relation", "a name"),
    (
        "measure",
        "Measure",
        "figure",
        "deaths, injuries, detained, displaced, fighters, participants, money, weapons, states or other",
    ),
    ("low", "Lowest", "figure", "a number, or null"),
    ("best", "Best", "figure", "a number, or null"),
    ("high", "Highest", "figure", "a number, or null"),
)


async def decide(request: Request) -> Response:
    """Write a decision, and go back to where it was made; a script gets JSON."""
    form = await own_form(request)
    action, _, name = form.get("do", "").partition(":")
    if action not in ACTIONS or not name:
        raise Unknown(f"decision {action[:40]!r}: there are {', '.join(ACTIONS)}, each with the id of a claim")
    found = await run_in_threadpool(_decided, request, action, name, form)
    if "application/json" in request.headers.get("accept", ""):
        return Response(msgspec.json.encode(found), media_type="application/json")
    return RedirectResponse(_back(form.get("back", ""), name), 303)


def _decided(request: Request, action: str, name: str, form: dict[str, str]) -> dict[str, Any]:
    """What stands of the claim after the decision."""
    by, note = site_of(request).by, form.get("note") or None
    with case_of(request) as case:
        if action in UNDONE:
            decision = case.undo(_last(case, name, UNDONE[action]), by)
        elif action == "correct":
            decision = case.decide(name, action, form.get("field"), form.get("value", ""), by, note)
        elif action == "settle":
            decision = case.decide(name, action, value=form.get("value", ""), by=by, note=note)
        else:
            decision = case.decide(name, action, by=by, note=note)
        left = [one for one in case.decisions(name) if one.undone_at is None]
        row = case.store.row("SELECT record FROM claims WHERE id = ?", (name,))
        state = standing(case.store, claim_of(row[0])).decision if row else (left[-1].action + "ed" if left else None)
    return {"claim": name, "did": decision.action, "state": state or "", "undo": bool(left), "undone": action in UNDONE}


def _last(case: Case, name: str, actions: tuple[str, ...]) -> int:
    """The last decision on a claim or incident that was not taken back."""
    numbers = [one.number for one in case.decisions(name) if one.undone_at is None and one.action in actions]
    if not numbers:
        raise Unknown(f"{name}: there is no decision to take back")
    return numbers[-1]


def _back(asked: str, name: str) -> str:
    """Where to go back to: a page of this server, nothing else."""
    if not asked.startswith("/") or asked.startswith(("//", "/\\")) or any(ord(char) < 33 for char in asked):
        return "/claims"
    return asked if "#" in asked else f"{asked}#{name}"


routes = [Route("/decide", decide, methods=["POST"])]
