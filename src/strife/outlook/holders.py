"""The control claims of a case as evidence: how sure it is who holds each place on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from strife.casefile.control import Holding, alike
from strife.casefile.held import day_of
from strife.gazetteer.names import fold
from strife.outlook.persistence import Evidence, Likely, likely, sureness
from strife.records import Control, Party, Place

if TYPE_CHECKING:
    from strife.casefile import Case

TELLING = ("reported", "claimed")


def evidence_of(case: Case, on: date) -> tuple[list[Evidence], dict[str, Party]]:
    """Who was said to hold or take which place up to a day, and the sides by the names they have there.

    Statements without any date are left out."""
    rows = case.store.each("SELECT id, published FROM documents WHERE published IS NOT NULL")
    published: dict[str, str] = dict(rows)
    sides: dict[str, Party] = {}
    found = []
    for claim in case.claims(type="control", status=TELLING):
        if not isinstance(claim, Control) or claim.change not in ("holds", "gains") or claim.where is None:
            continue
        start, end = (claim.when.start, claim.when.end) if claim.when else (None, None)
        told = day_of(claim, start, end, published.get(claim.document))
        if not told or claim.extent == "surroundings" or date.fromisoformat(told) > on:
            continue
        sure = sureness(contested=False, claimed_only=claim.status == "claimed")
        place, where = key_of(claim.where), claim.where
        found.append(Evidence(place, date.fromisoformat(told), _side(claim.holder, sides), sure, where.lat, where.lon))
    return found, sides


def key_of(place: Place) -> str:
    """What stands for a place: its id, else its name."""
    return place.id or fold(place.name or place.quote)


def _side(party: Party, sides: dict[str, Party]) -> str:
    """One name for all names of a side."""
    name = next((name for name, one in sides.items() if alike(one, party)), None)
    if name is None:
        name = party.name or party.quote
        sides[name] = party
    return name


def how_sure(case: Case, holdings: list[Holding], on: date) -> Iterator[tuple[Holding, Likely | None]]:
    """Each holding with how likely it still is; None where the newest dated statement is not for one who is said to hold it."""
    contested = {key_of(one.place): one.contested for one in holdings}
    evidence, sides = evidence_of(case, on)
    evidence = [
        replace(one, sure=sureness(contested=True, claimed_only=False)) if contested.get(one.place) else one
        for one in evidence
    ]
    found = {one.place: one for one in likely(evidence, on)}
    newest = {one.place: one.holder for one in sorted(evidence, key=lambda one: one.day)}
    for holding in holdings:
        key = key_of(holding.place)
        holder = sides.get(newest.get(key, ""))
        agreed = holder is not None and any(alike(holder, party) for party in holding.holders)
        yield holding, found.get(key) if agreed else None
