"""One claim, incident or document with everything that belongs to it; the failures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from msgspec import Struct

from strife.casefile.accounts import Account, accounts
from strife.casefile.decided import standing
from strife.casefile.decisions import Decision, decisions
from strife.casefile.joined import current_id
from strife.casefile.rows import INCIDENT, claim_of
from strife.casefile.store import Store
from strife.errors import Unknown
from strife.records import Claim, Document, Incident, Why

DOCUMENT = "id, text, title, published, source, url, language"


class Version(Struct, frozen=True, kw_only=True):
    """An older version of a document: what changed then, and when it was replaced."""

    version: int
    why: str
    replaced: str
    sha256: str
    reader: str
    claims: int


class Shown(Struct, frozen=True, kw_only=True):
    """What is known of an id: a claim as it stands (`read` as it was read, where that differs), an incident, or a document.

    `why` is the rule and what it chose from, `copies` are ids of near copies, `incidents` the incidents that a claim is part of,
    `accounts` what each source says of an incident. An id that an incident had before leads to the one it is now."""

    record: Literal["claim", "incident", "document"]
    id: str
    claim: Claim | None = None
    read: Claim | None = None
    decision: str | None = None
    why: Why | None = None
    incident: Incident | None = None
    claims: tuple[Claim, ...] = ()
    document: Document | None = None
    reader: str | None = None
    place: str | None = None
    incidents: tuple[str, ...] = ()
    accounts: tuple[Account, ...] = ()
    copies: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()
    decisions: tuple[Decision, ...] = ()


class Failure(Struct, frozen=True, kw_only=True):
    """An input that could not be read, and why."""

    input: str
    place: str
    document: str | None
    options: str | None
    reason: str


def shown(store: Store, name: str) -> Shown:
    """Everything about a claim, incident or document. Unknown where no such id is in the case."""
    for look in (_claim, _incident, _document):
        found = look(store, name)
        if found is not None:
            return found
    raise Unknown(f"{name!r}: no claim, incident or document of this id; strife find lists claims")


def _claim(store: Store, name: str) -> Shown | None:
    row = store.row("SELECT record, why, document FROM claims WHERE id = ?", (name,))
    if row is None:
        return None
    import msgspec

    read = claim_of(row[0])
    stands = standing(store, read)
    reader, place = store.row("SELECT reader, place FROM documents WHERE number = ?", (row[2],)) or (None, None)
    incidents = store.rows(
        "SELECT incidents.id FROM incident_claims JOIN incidents ON number = incident WHERE claim = ?", (name,)
    )
    return Shown(
        record="claim",
        id=name,
        claim=stands.claim or read,
        read=read if stands.record else None,
        decision=stands.decision,
        why=msgspec.json.decode(row[1], type=Why) if row[1] else None,
        document=document(store, read.document),
        reader=reader,
        place=place,
        incidents=tuple(one for (one,) in incidents),
        copies=_copies(store, row[2]),
        decisions=tuple(decisions(store, target=name)),
    )


def _incident(store: Store, asked: str) -> Shown | None:
    name = current_id(store, asked)
    row = store.row("SELECT record FROM incidents WHERE id = ?", (name,))
    if row is None:
        return None
    incident = INCIDENT.decode(row[0])
    query = (
        "SELECT coalesce(resolved.record, claims.record) FROM claims JOIN resolved ON resolved.claim = claims.number"
        " WHERE claims.id = ?"
    )
    claims = [claim_of(record) for one in incident.claims for (record,) in store.rows(query, (one,))]
    claims.sort(key=lambda claim: (claim.document, claim.evidence[0].start, claim.id))
    found = tuple(decisions(store, target=name))
    return Shown(
        record="incident",
        id=name,
        incident=incident,
        claims=tuple(claims),
        accounts=accounts(store, incident),
        decisions=found,
    )


def _document(store: Store, name: str) -> Shown | None:
    row = store.row("SELECT number, reader, place FROM documents WHERE id = ?", (name,))
    if row is None:
        return None
    number, reader, place = row
    query = (
        "SELECT coalesce(resolved.record, claims.record) FROM claims JOIN resolved ON resolved.claim = claims.number"
        " WHERE claims.document = ? ORDER BY position"
    )
    return Shown(
        record="document",
        id=name,
        document=document(store, name),
        claims=tuple(claim_of(record) for (record,) in store.rows(query, (number,))),
        reader=reader,
        place=place,
        copies=_copies(store, number),
        versions=_versions(store, number),
    )


def _versions(store: Store, number: int) -> tuple[Version, ...]:
    rows: list[tuple[Any, ...]] = store.rows(
        "SELECT version, why, replaced, sha256, reader, claims FROM document_versions WHERE document = ? ORDER BY version",
        (number,),
    )
    return tuple(
        Version(version=a, why=b, replaced=c, sha256=d, reader=e, claims=len(f.splitlines()))
        for a, b, c, d, e, f in rows
    )


def _copies(store: Store, number: int) -> tuple[str, ...]:
    query = (
        "SELECT other.id FROM documents AS own JOIN documents AS other ON other.story = own.story"
        " WHERE own.number = ? AND other.number <> own.number ORDER BY other.number"
    )
    return tuple(one for (one,) in store.rows(query, (number,)))


def document(store: Store, name: str) -> Document:
    """A document by its id. Unknown where there is none."""
    row = store.row(f"SELECT {DOCUMENT} FROM documents WHERE id = ?", (name,))
    if row is None:
        raise Unknown(f"{name!r}: no document of this id")
    return _made(row)


def documents(store: Store) -> Iterator[Document]:
    """All documents, in the order of adding."""
    for row in store.each(f"SELECT {DOCUMENT} FROM documents ORDER BY number"):
        yield _made(row)


def _made(row: tuple[Any, ...]) -> Document:
    return Document(**dict(zip(DOCUMENT.split(", "), row, strict=True)))


def failures(store: Store) -> Iterator[Failure]:
    """The inputs that could not be read, in the order of failing."""
    for row in store.each("SELECT input, place, document, options, reason FROM failures ORDER BY number"):
        yield Failure(**dict(zip(Failure.__struct_fields__, row, strict=True)))
