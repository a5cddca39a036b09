"""A document with all its claims, also those rejected, and what the case knows of each: decisions, incidents, other tellings."""

from __future__ import annotations

from collections import defaultdict

import msgspec
from msgspec import Struct

from strife.casefile.rows import claim_of
from strife.casefile.show import document
from strife.casefile.store import Store
from strife.records import Claim, Document, Why

TOLD = 5  # other documents named for an incident


class Elsewhere(Struct, frozen=True, kw_only=True):
    """Another document that tells of the same incident, and its first claim that does."""

    document: str
    title: str | None
    source: str | None
    claim: str


class Telling(Struct, frozen=True, kw_only=True):
    """An incident that a claim is part of; `documents` counts the others that tell of it, `elsewhere` names the first."""

    incident: str
    documents: int
    elsewhere: tuple[Elsewhere, ...]


class Note(Struct, frozen=True, kw_only=True):
    """What the case knows of a claim: what was decided (accepted, corrected, rejected), its last decision, its incidents."""

    decision: str | None = None
    number: int | None = None
    tellings: tuple[Telling, ...] = ()


class Annotated(Struct, frozen=True, kw_only=True):
    """A document, its claims in text order as they stand (rejected ones as they were read), and notes by claim id."""

    document: Document
    claims: tuple[Claim, ...]
    whys: tuple[Why, ...]
    notes: dict[str, Note]


def annotated(store: Store, name: str) -> Annotated:
    """A document of this id. Unknown where there is none."""
    found = document(store, name)
    number = store.one("SELECT number FROM documents WHERE id = ?", (name,))
    rows = store.rows(
        "SELECT claims.id, coalesce(resolved.record, claims.record), claims.why, resolved.claim IS NULL, resolved.decision"
        " FROM claims LEFT JOIN resolved ON resolved.claim = claims.number WHERE claims.document = ? ORDER BY position",
        (number,),
    )
    last: dict[str, int] = dict(
        store.rows(
            "SELECT applies, max(number) FROM decisions WHERE document = ? AND kind = 'claim' AND undone_at IS NULL"
            " AND applies IS NOT NULL AND action IN ('accept', 'reject', 'correct') GROUP BY applies",
            (name,),
        )
    )
    told = _tellings(store, number)
    notes = {
        key: Note(decision="rejected" if gone else decision, number=last.get(key), tellings=told.get(key, ()))
        for key, _, _, gone, decision in rows
        if gone or decision or key in last or key in told
    }
    return Annotated(
        document=found,
        claims=tuple(claim_of(record) for _, record, *_ in rows),
        whys=tuple(msgspec.json.decode(why, type=Why) for _, _, why, *_ in rows if why),
        notes=notes,
    )


def _tellings(store: Store, number: int) -> dict[str, tuple[Telling, ...]]:
    """The incidents of each claim of a document, with the other documents that tell of them."""
    own = store.rows(
        "SELECT incident_claims.claim, incident FROM incident_claims JOIN claims ON claims.id = incident_claims.claim"
        " WHERE claims.document = ?",
        (number,),
    )
    found: dict[str, list[Telling]] = defaultdict(list)
    known: dict[int, Telling] = {}
    for claim, incident in own:
        if incident not in known:
            known[incident] = _telling(store, incident, number)
        found[claim].append(known[incident])
    return {claim: tuple(tellings) for claim, tellings in found.items()}


def _telling(store: Store, incident: int, number: int) -> Telling:
    others = store.rows(
        "SELECT documents.id, title, source, claims.id, min(position) FROM incident_claims"
        " JOIN claims ON claims.id = incident_claims.claim JOIN documents ON documents.number = claims.document"
        " WHERE incident = ? AND claims.document <> ? GROUP BY documents.number ORDER BY published, documents.number",
        (incident, number),
    )
    elsewhere = tuple(Elsewhere(document=a, title=b, source=c, claim=d) for a, b, c, d, _ in others[:TOLD])
    name = str(store.one("SELECT id FROM incidents WHERE number = ?", (incident,)))
    return Telling(incident=name, documents=len(others), elsewhere=elsewhere)
