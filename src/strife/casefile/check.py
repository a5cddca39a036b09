"""Whether a case is sound: the file, the links in it, every quote against its text, and the search index."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import msgspec

from strife.casefile.corrections import corrected
from strife.casefile.merging import merged
from strife.casefile.rows import claim_of
from strife.casefile.store import Store
from strife.errors import BadCase, Unknown
from strife.records import Claim, Party, Place, Span

MOST = 100  # troubles named; a damaged file has no end of them
STEPS = (
    (
        "{} claims stand without a claim behind them",
        "SELECT count(*) FROM resolved WHERE claim NOT IN (SELECT number FROM claims)",
    ),
    (
        "{} claims are neither rejected nor found by search",
        "SELECT count(*) FROM claims WHERE number NOT IN (SELECT claim FROM resolved) AND id NOT IN"
        " (SELECT applies FROM decisions WHERE action = 'reject' AND undone_at IS NULL AND applies IS NOT NULL)",
    ),
    (
        "{} documents have another number of claims than they say",
        "SELECT count(*) FROM documents WHERE claims <> (SELECT count(*) FROM claims WHERE claims.document = documents.number)",
    ),
    (
        "{} documents are in a group of near copies that does not exist",
        "SELECT count(*) FROM documents WHERE story NOT IN (SELECT number FROM documents)",
    ),
    (
        "{} documents have no signature",
        "SELECT count(*) FROM documents WHERE number NOT IN (SELECT document FROM signatures)",
    ),
)


def check(store: Store) -> Iterator[str]:
    """What is wrong with a case, in words; nothing where it is sound."""
    try:
        yield from _file(store)
        for words, query in STEPS:
            number = store.one(query)
            if number:
                yield words.format(number)
        yield from _incidents(store)
        yield from _texts(store)
        yield from _decisions(store)
    except BadCase as error:
        yield str(error)


def _file(store: Store) -> Iterator[str]:
    for (line,) in store.rows(f"PRAGMA integrity_check({MOST})"):
        if line != "ok":
            yield from (f"the file is damaged: {part}" for part in line.splitlines())
    for table, row, parent, _ in store.rows("PRAGMA foreign_key_check")[:MOST]:
        yield f"row {row} of {table} belongs to a row of {parent} that does not exist"
    if store.writable:  # the index says so only to a writer
        for index in ("claims_text", "documents_text"):
            try:
                store.run(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
            except BadCase:
                yield f"the search index {index} is out of step with its texts; restore a copy of the case"


def _incidents(store: Store) -> Iterator[str]:
    """Incidents that are of today's claims, and yet rest on some that are not there."""
    number = store.one("SELECT count(*) FROM incident_claims WHERE claim NOT IN (SELECT id FROM claims)")
    if number and not merged(store).stale:
        yield f"incidents rest on {number} claims that are not in the case; merge them anew: strife incidents CASE --merge"


def _texts(store: Store) -> Iterator[str]:
    """Texts against their hashes, quotes against their texts."""
    named = 0
    for number, name, text, sha256 in store.each("SELECT number, id, text, sha256 FROM documents ORDER BY number"):
        if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != sha256:
            yield f"the text of {name!r} is not the one that was added"
        query = "SELECT id, words, record FROM claims WHERE document = ? ORDER BY position"
        for claim_id, _, record in store.rows(query, (number,)):
            try:
                claim = claim_of(record)
            except msgspec.DecodeError as error:
                yield f"the claim {claim_id} of {name!r} is no claim: {error}"
                continue
            wrong = [one.quote for one in spans_of(claim) if text[one.start : one.end] != one.quote]
            if wrong or claim.id != claim_id or claim.document != name:
                named += 1
                yield f"the claim {claim_id} of {name!r} does not quote its text: {wrong[:1]}"
            if named >= MOST:
                yield "and more"
                return


def spans_of(claim: Claim) -> Iterator[Span | Party | Place]:
    """Everything in a claim that quotes its document."""
    yield from claim.evidence
    left: list[object] = [getattr(claim, name) for name in claim.__struct_fields__] + [
        claim.frame.voice,
        claim.frame.cue,
        *claim.frame.co_voices,
    ]
    for one in left:
        for item in one if isinstance(one, tuple) else (one,):
            if isinstance(item, Span | Party | Place):
                yield item


def _decisions(store: Store) -> Iterator[str]:
    """Corrections that no longer fit their claims."""
    rows = store.rows(
        "SELECT decisions.number, decisions.field, decisions.value, claims.record FROM decisions JOIN claims"
        " ON claims.id = decisions.applies WHERE action = 'correct' AND undone_at IS NULL"
    )
    for number, field, value, record in rows:
        try:
            corrected(claim_of(record), field, value)
        except Unknown as error:
            yield f"decision {number} does not fit its claim any more: {error}; undo it"
