"""People decide: each decision is a record on top of what was read, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from strife.casefile.corrections import corrected
from strife.casefile.decided import standing
from strife.casefile.joined import current_id, joined, parted
from strife.casefile.rows import claim_of
from strife.casefile.store import Store, now
from strife.casefile.write import resolve_again
from strife.errors import Unknown
from strife.records import Claim, Statement

ACTIONS = ("accept", "reject", "correct", "together", "apart", "merge", "split", "settle")
SETTLED = ("borne_out", "not_borne_out", "condition_not_met", "open", "cannot_tell")  # states of an expectation
COLUMNS = (
    "number, target, kind, action, field, value, pair, by, note, at, undone_at, undone_by, document, quote, applies"
)


class Decision(Struct, frozen=True, kw_only=True):
    """What somebody said of a claim or an incident; `value` is JSON, `applies` the id of the claim it holds for now."""

    number: int
    target: str
    kind: str
    action: str
    field: str | None
    value: str | None
    pair: int | None
    by: str
    note: str | None
    at: str
    undone_at: str | None
    undone_by: str | None
    document: str | None
    quote: str | None
    applies: str | None


def decide(
    store: Store, target: str, action: str, field: str | None, value: str | None, by: str, note: str | None
) -> Decision:
    """Write a decision on a claim or an incident, and what stands of it after that. Unknown where it cannot be meant.

    `correct` takes a field of the claim and its value in JSON; `together` and `apart` the id of another claim as value: of one
    incident, or not; of an incident `merge` takes a JSON list of other incidents, `split` one of its events that are another one;
    `settle` of a claim about what is ahead the state, in JSON, that the ledger gives it."""
    if action not in ACTIONS:
        raise Unknown(f"{action!r}: there are {', '.join(ACTIONS)}")
    if not by.strip():
        raise Unknown("a decision needs the name of who decides; say it by --by NAME")
    with store.transaction():
        number = _written(store, target, action, field, value, by.strip(), note)
    return next(decisions(store, number=number))


def _written(
    store: Store, target: str, action: str, field: str | None, value: str | None, by: str, note: str | None
) -> int:
    claim = _claim_row(store, target)
    if claim is None:
        return _on_incident(store, target, action, value, by, note)
    if action in ("merge", "split"):
        raise Unknown(f"{target}: is a claim; {action} is for incidents, together and apart are for claims")
    if action in ("together", "apart"):
        other = _claim_row(store, value or "")
        if other is None or value == target:
            raise Unknown(f"{value!r}: {action} needs the id of another claim")
        first = _insert(store, claim, action, None, value, None, by, note)
        second = _insert(store, other, action, None, target, first, by, note)
        store.run("UPDATE decisions SET pair = ? WHERE number = ?", (second, first))
        return first
    if action == "settle":
        _refuse_unsettled(target, claim_of(claim[1]), value)
    if action == "correct":
        if not field or value is None:
            raise Unknown("correct needs FIELD=VALUE, as status=claimed or where.name=Homs")
        stands = standing(store, claim_of(claim[1])).claim
        corrected(stands or claim_of(claim[1]), field, value)  # refused before it is written
    number = _insert(store, claim, action, field, value, None, by, note)
    resolve_again(store, target)
    return number


def _refuse_unsettled(target: str, claim: Claim, value: str | None) -> None:
    """Unknown where a claim says nothing of what is ahead, or the state is none."""
    ahead = claim.status in ("expected", "possible", "conditional", "intended")
    if not ahead and not isinstance(claim, Statement):
        raise Unknown(f"{target}: is {claim.status}; settle is for what is expected, possible, conditional or intended")
    state = msgspec.json.decode(value or "null")
    if state not in SETTLED:
        raise Unknown(f"settle {state!r}: there are {', '.join(SETTLED)}")


def _on_incident(store: Store, target: str, action: str, value: str | None, by: str, note: str | None) -> int:
    name = current_id(store, target)
    row = store.row("SELECT record, dataset FROM incidents WHERE id = ?", (name,))
    if row is None:
        raise Unknown(f"{target!r}: no claim or incident of this id; strife find lists them")
    if action in ("merge", "split"):
        listed = msgspec.json.decode(value or "[]", type=list[str])
        return (joined if action == "merge" else parted)(store, name, listed, by, note)
    if action not in ("accept", "reject"):
        raise Unknown(f"{action}: of an incident; merge or split it, or correct its claims")
    number = store.run(
        "INSERT INTO decisions (target, kind, action, by, note, at, record, applies) VALUES (?, 'incident', ?, ?, ?, ?, ?, ?)",
        (name, action, by, note, now(), row[0], name),
    )
    if action == "reject" and row[1] is None:
        store.run("DELETE FROM incidents WHERE id = ?", (name,))
    return number


def _claim_row(store: Store, target: str) -> tuple[str, str, str] | None:
    return store.row(
        "SELECT claims.id, claims.record, documents.id FROM claims JOIN documents ON documents.number = claims.document"
        " WHERE claims.id = ?",
        (target,),
    )


def _insert(
    store: Store,
    claim: tuple[str, str, str],
    action: str,
    field: str | None,
    value: str | None,
    pair: int | None,
    by: str,
    note: str | None,
) -> int:
    target, record, document = claim
    quote = claim_of(record).evidence[0].quote
    return store.run(
        "INSERT INTO decisions (target, kind, action, field, value, pair, by, note, at, document, quote, record, applies)"
        " VALUES (?, 'claim', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (target, action, field, value, pair, by, note, now(), document, quote, record, target),
    )


def undo(store: Store, number: int, by: str) -> Decision:
    """Take a decision back; it stays on record. Unknown where there is none, or it was taken back before."""
    with store.transaction():
        row = store.row("SELECT undone_at, undone_by, applies, pair FROM decisions WHERE number = ?", (number,))
        if row is None:
            raise Unknown(f"there is no decision {number}; strife decide CASE --list names them")
        if row[0] is not None:
            raise Unknown(f"decision {number} was taken back by {row[1]} on {row[0]} already")
        for one in (number, row[3]):
            store.run("UPDATE decisions SET undone_at = ?, undone_by = ? WHERE number = ?", (now(), by, one))
        if row[2] is not None:
            resolve_again(store, row[2])
    return next(decisions(store, number=number))


def decisions(store: Store, *, number: int | None = None, target: str | None = None) -> Iterator[Decision]:
    """All decisions in the order in which they were made, those taken back too; one by its number; those on a claim or incident."""
    where = "number = ?" if number is not None else "? IN (target, applies)" if target is not None else "1"
    values = (number,) if number is not None else (target,) if target is not None else ()
    for row in store.each(f"SELECT {COLUMNS} FROM decisions WHERE {where} ORDER BY number", values):
        yield Decision(**dict(zip(Decision.__struct_fields__, row, strict=True)))
