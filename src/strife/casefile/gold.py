"""What people decided -> gold, as `strife measure` reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from strife.casefile.decided import Standing, standing
from strife.casefile.rows import claim_of, type_of
from strife.casefile.store import Store
from strife.measure.golden import golden_lines
from strife.records import Claim, Control, Document, Event, Figure, Reading, Relation, Statement

FIELDS = "number, id, title, published, source, url, language, text"
DECIDED = "SELECT DISTINCT document FROM decisions WHERE kind = 'claim' AND action <> 'together' AND action <> 'apart'"


def gold(store: Store) -> Iterator[str]:
    """Golden readings, JSON lines, of each document of which every claim has been decided: what stands of them, text included."""
    for document, claims, complete in _documents(store):
        if complete:
            yield from golden_lines(Reading(document=document, claims=tuple(claims)))


def notes(store: Store) -> Iterator[str]:
    """An analyst's notes, JSON lines, on documents of which some claims are undecided: those that were accepted or corrected.

    They ask only for what they name, so that what nobody has decided yet counts neither way."""
    for document, claims, complete in _documents(store):
        if not complete and claims:
            yield golden_lines(Reading(document=document, claims=()))[0]
            yield from (msgspec.json.encode(_note(claim)).decode() for claim in claims)


def _note(claim: Claim) -> dict[str, Any]:
    """A claim as a note: its kind, its passage and what it says."""
    first = claim.evidence[0]
    note: dict[str, Any] = {
        "document": claim.document,
        "id": claim.id,
        "kind": type_of(claim),
        "evidence": {"start": first.start, "end": first.end, "text": first.quote},
        "modality": claim.status,
    }
    voice = claim.frame.voice
    if not isinstance(voice, str):
        note["source" if not isinstance(claim, Statement) else "speaker"] = voice.quote
    if claim.where is not None:
        note["place"] = claim.where.quote
    return note | _own(claim)


def _own(claim: Claim) -> dict[str, Any]:
    match claim:
        case Event():
            parties = {"agents": claim.actors, "targets": claim.recipients, "supporters": claim.supporters}
            return {"plover": claim.code.plover, **{n: [p.quote for p in some] for n, some in parties.items() if some}}
        case Control():
            return {"holder": claim.holder.quote, "change": claim.change, "extent": claim.extent}
        case Relation():
            return {"subject": claim.subject.quote, "predicate": claim.predicate, "object": claim.object.quote}
        case Figure():
            return {"measure": claim.measure, "low": claim.low, "value": claim.best, "high": claim.high}
        case Statement():
            return {}


def _documents(store: Store) -> Iterator[tuple[Document, list[Claim], bool]]:
    """Each document with decisions: the claims that were decided and stand, and whether all were decided."""
    for number, *details in store.rows(f"SELECT {FIELDS} FROM documents WHERE id IN ({DECIDED}) ORDER BY number"):
        document = Document(**dict(zip(FIELDS.split(", ")[1:], details, strict=True)))
        stands = _standing(store, number)
        kept = [one.claim for one in stands if one.decision is not None and one.claim is not None]
        yield document, kept, all(one.decision is not None for one in stands)


def _standing(store: Store, number: int) -> list[Standing]:
    rows = store.rows("SELECT record FROM claims WHERE document = ? ORDER BY position", (number,))
    return [standing(store, claim_of(record)) for (record,) in rows]
