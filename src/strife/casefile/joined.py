"""What people say of whole incidents: these are one, or these claims are another one. Kept as claims, so that it outlives ids."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from strife.casefile.store import Store, now
from strife.errors import Unknown

Pair = tuple[str, str]


def current_id(store: Store, name: str) -> str:
    """The id of an incident now, where this is one that it had before; else the name itself."""
    return store.one("SELECT now FROM former_incidents WHERE id = ?", (name,)) or name


def joined(store: Store, target: str, others: Sequence[str], by: str, note: str | None) -> int:
    """Write that incidents are one; the decision's number. Unknown where one is not an incident of this case."""
    ids = list(dict.fromkeys(current_id(store, one) for one in (target, *others)))
    if len(ids) < 2:
        raise Unknown(f"merge {target}: name at least one other incident")
    claims = [claim for one in ids for claim in _events(store, one)]
    return _written(store, ids[0], "merge", ids[1:], {0: claims}, by, note)


def parted(store: Store, target: str, claims: Sequence[str], by: str, note: str | None) -> int:
    """Write that these claims are another incident; the decision's number. Unknown where one is not of the incident, or none is left."""
    name = current_id(store, target)
    events, wanted = _events(store, name), list(dict.fromkeys(claims))
    for one in wanted:
        if one not in events:
            raise Unknown(
                f"{one!r}: is no event that {target} rests on; strife show lists them, a figure goes with its event"
            )
    rest = [one for one in events if one not in wanted]
    if not wanted or not rest:
        raise Unknown(f"split {target}: name some of its events, not {'all' if wanted else 'none'}")
    return _written(store, name, "split", wanted, {0: rest, 1: wanted}, by, note)


def _events(store: Store, incident: str) -> list[str]:
    """The events that one of our incidents rests on."""
    row = store.row("SELECT number, dataset FROM incidents WHERE id = ?", (incident,))
    if row is None:
        raise Unknown(f"{incident!r}: no incident of this id; strife incidents lists them")
    if row[1] is not None:
        raise Unknown(f"{incident}: is a row of {row[1]}; only our own incidents are merged or split")
    query = (
        "SELECT claims.id FROM incident_claims JOIN claims ON claims.id = claim WHERE incident = ? AND claims.type = 'event'"
        " ORDER BY claims.number"
    )
    return [one for (one,) in store.rows(query, (row[0],))]


def _written(
    store: Store, target: str, action: str, value: Sequence[str], parts: dict[int, list[str]], by: str, note: str | None
) -> int:
    record = store.one("SELECT record FROM incidents WHERE id = ?", (target,))
    number = store.run(
        "INSERT INTO decisions (target, kind, action, value, by, note, at, record, applies)"
        " VALUES (?, 'incident', ?, ?, ?, ?, ?, ?, ?)",
        (target, action, json.dumps(list(value)), by, note, now(), record, target),
    )
    store.run_many(
        "INSERT INTO decision_claims SELECT ?, ?, claims.id, claims.id, documents.id, claims.record FROM claims"
        " JOIN documents ON documents.number = claims.document WHERE claims.id = ?",
        ((number, part, claim) for part, claims in parts.items() for claim in claims),
    )
    return number


def pairs(store: Store) -> tuple[list[Pair], list[Pair]]:
    """The pairs of claim ids that people put together, and those they put apart; where two decisions differ, the later counts."""
    together: dict[frozenset[str], Pair] = {}
    apart: dict[frozenset[str], Pair] = {}
    for parts in _decided(store):
        for here, part in enumerate(parts):
            for other in parts[here + 1 :]:
                across = {frozenset((a, b)): (a, b) for a in part for b in other}
                together = {key: pair for key, pair in together.items() if key not in across}
                apart |= across
        for part in parts:
            members = set(part)
            apart = {key: pair for key, pair in apart.items() if not key <= members}
            together |= {frozenset((part[0], one)): (part[0], one) for one in part[1:]}
    return list(together.values()), list(apart.values())


def _decided(store: Store) -> Iterator[list[list[str]]]:
    """Of each decision that holds, in their order, the claims that are one incident, and those that are another."""
    claims = store.rows(
        "SELECT one.number, one.action, one.applies, other.applies FROM decisions AS one JOIN decisions AS other"
        " ON other.number = one.pair WHERE one.number < other.number AND one.undone_at IS NULL"
        " AND one.applies IS NOT NULL AND other.applies IS NOT NULL"
    )
    found: dict[int, list[list[str]]] = {
        number: [[a, b]] if action == "together" else [[a], [b]] for number, action, a, b in claims
    }
    whole: dict[int, dict[int, list[str]]] = {}
    rows = store.each(
        "SELECT decision, part, decision_claims.applies FROM decision_claims JOIN decisions ON number = decision"
        " WHERE undone_at IS NULL AND decision_claims.applies IS NOT NULL ORDER BY decision, part, decision_claims.applies"
    )
    for number, part, claim in rows:
        whole.setdefault(number, {}).setdefault(part, []).append(claim)
    found |= {number: list(parts.values()) for number, parts in whole.items()}
    yield from (found[number] for number in sorted(found))


def carried(store: Store, rows: Iterable[tuple[int, str, str | None]]) -> None:
    """Write which claims those of a merge or split are after a document was read again: decision, claim then, claim now."""
    store.run_many(
        "UPDATE decision_claims SET applies = ? WHERE decision = ? AND target = ?",
        ((applies, decision, target) for decision, target, applies in rows),
    )
