"""A reading -> the case: a document, its claims, what they are searched by, and its near copies, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from strife.casefile import copies
from strife.casefile.decided import carried_over, standing
from strife.casefile.incoming import Incoming, State, digest_of
from strife.casefile.rows import claim_of, claim_row, insertion, parties_of, party_row, resolved_row
from strife.casefile.store import Store, now
from strife.records import Claim, Document, Reading, document_line

PARTY = "INSERT INTO parties VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
KEPT = "title, published, source, url, sha256, digest, reader"


def write_reading(store: Store, run: int, reading: Reading, incoming: Incoming, reader: str) -> State:
    """Put a document with its claims into the case, or in place of its older version; call it inside a transaction."""
    document = reading.document
    values = _document_values(document, incoming, reader, run)
    old = store.row(f"SELECT number, {KEPT}, version, text FROM documents WHERE id = ?", (document.id,))
    if old is None:
        state, number = "new", _insert(store, values)
    else:
        number = old[0]
        if (old[6], old[7]) == (values["digest"], values["reader"]):
            return "same"  # another process has been faster
        state = "changed"
        _keep_version(store, old, values)
        _replace(store, number, int(old[8]) + 1, values)
    _write_claims(store, number, reading)
    copies.link(store, number, document.text, copies.signature(document.text))
    return state  # type: ignore[return-value]  # one of the two words above


def _document_values(document: Document, incoming: Incoming, reader: str, run: int) -> dict[str, Any]:
    line = document_line(document)
    return {
        "id": document.id,
        "given": incoming.document.id,
        "title": document.title,
        "published": document.published,
        "source": document.source,
        "url": document.url,
        "language": document.language,
        "length": line.length,
        "sha256": line.sha256,
        "digest": digest_of(document),
        "reader": reader,
        "input": incoming.input,
        "place": incoming.place,
        "run": run,
        "text": document.text,
    }


def _insert(store: Store, values: dict[str, Any]) -> int:
    # The story is the document's own until near copies are found.
    number = store.one("SELECT coalesce(max(number), 0) + 1 FROM documents")
    row = {"number": number, **values, "story": number, "added": now()}
    with store.guarded():
        store.connection.execute(insertion("documents", row), row)
    return int(number)


def _keep_version(store: Store, old: tuple[Any, ...], values: dict[str, Any]) -> None:
    number, version, text = old[0], old[8], old[9]
    changed = [name for name in ("text", "details", "reader") if _differs(name, old, values)]
    records = store.rows("SELECT record FROM claims WHERE document = ? ORDER BY position", (number,))
    store.run(
        f"INSERT INTO document_versions (document, version, {KEPT}, why, replaced, text, claims)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            version,
            *old[1:8],
            ", ".join(changed),
            now(),
            text if text != values["text"] else None,
            "\n".join(record for (record,) in records),
        ),
    )


def _differs(what: str, old: tuple[Any, ...], values: dict[str, Any]) -> bool:
    if what == "text":
        return bool(old[9] != values["text"])
    if what == "reader":
        return bool(old[7] != values["reader"])
    return tuple(old[1:5]) != (values["title"], values["published"], values["source"], values["url"])


def _replace(store: Store, number: int, version: int, values: dict[str, Any]) -> None:
    copies.unlink(store, number)
    store.run("DELETE FROM claims WHERE document = ?", (number,))  # what hangs on them goes with them
    row = {**values, "version": version, "number": number}
    changes = ", ".join(f"{name} = :{name}" for name in row if name not in ("number", "id"))
    with store.guarded():
        store.connection.execute(f"UPDATE documents SET {changes} WHERE number = :number", row)


def _write_claims(store: Store, number: int, reading: Reading) -> None:
    whys = {why.claim: why for why in reading.whys}
    first = store.one("SELECT coalesce(max(number), 0) + 1 FROM claims")
    rows = []
    for position, claim in enumerate(reading.claims):
        row = claim_row(claim, whys.get(claim.id), number, position)
        rows.append({"number": first + position, **row})
    if rows:
        with store.guarded():
            store.connection.executemany(insertion("claims", rows[0]), rows)
    store.run("UPDATE documents SET claims = ? WHERE number = ?", (len(rows), number))
    carried_over(store, reading.document.id, reading.claims)
    numbered = [(first + position, claim) for position, claim in enumerate(reading.claims)]
    resolve(store, numbered, number, reading.document)


def resolve(store: Store, claims: Sequence[tuple[int, Claim]], document: int, details: Document) -> None:
    """Write what stands of claims (with their numbers), decisions applied; nothing of them may stand there yet."""
    rows, parties = [], []
    for number, claim in claims:
        stands = standing(store, claim)
        if stands.claim is None:
            continue
        row = resolved_row(stands.claim, number, document, details)
        rows.append({**row, "decision": stands.decision, "record": stands.record})
        parties += [party_row(number, *one) for one in parties_of(stands.claim)]
    if rows:
        with store.guarded():
            store.connection.executemany(insertion("resolved", rows[0]), rows)
    store.run_many(PARTY, parties)


def resolve_again(store: Store, claim_id: str) -> None:
    """Work out anew what stands of a claim after a decision on it; nothing where the claim is not in the case."""
    row = store.row(
        "SELECT claims.number, claims.record, documents.number, documents.source, documents.published FROM claims"
        " JOIN documents ON documents.number = claims.document WHERE claims.id = ?",
        (claim_id,),
    )
    if row is None:
        return
    number, record, document, source, published = row
    store.run("DELETE FROM resolved WHERE claim = ?", (number,))
    store.run("DELETE FROM parties WHERE claim = ?", (number,))
    details = Document(id="", text="", source=source, published=published)
    resolve(store, [(number, claim_of(record))], document, details)
