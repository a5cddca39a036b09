"""People's decisions as they bear on claims: what stands of one, and which claim a decision holds for after reading again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from strife.casefile.corrections import corrected
from strife.casefile.joined import carried
from strife.casefile.rows import claim_of
from strife.casefile.store import Store
from strife.errors import Unknown
from strife.records import Claim, Control, Event, Figure, Relation, Statement, to_json

ACTIVE = "undone_at IS NULL AND kind = 'claim'"


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim as it stands: None where it is rejected; the last decision on it, and its JSON where it was corrected."""

    claim: Claim | None
    decision: str | None = None
    record: str | None = None


def standing(store: Store, claim: Claim) -> Standing:
    """What stands of a claim as read, with all decisions on it, in the order in which they were made.

    A correction that does not fit the claim any more is passed over; `check` names it."""
    rows = store.rows(
        f"SELECT action, field, value FROM decisions WHERE applies = ? AND {ACTIVE} ORDER BY number", (claim.id,)
    )
    decision, now = None, claim
    for action, field, value in rows:
        if action == "correct":
            try:
                now = corrected(now, field, value)
            except Unknown:
                continue
            decision = "corrected" if decision != "rejected" else decision
        elif action in ("accept", "reject"):
            decision = {"accept": "accepted", "reject": "rejected"}[action]
    if decision == "rejected":
        return Standing(None, decision)
    return Standing(now, decision, to_json(now) if now != claim else None)


def carried_over(store: Store, document: str, claims: Sequence[Claim]) -> None:
    """After a document was read again: find for each decision on it the claim that it holds for now.

    That is the claim with the same id; else the only one that says the same of the same words."""
    rows = store.rows("SELECT number, target, record FROM decisions WHERE document = ? AND kind = 'claim'", (document,))
    joined = store.rows("SELECT decision, target, record FROM decision_claims WHERE document = ?", (document,))
    if not rows and not joined:
        return
    ids = {claim.id for claim in claims}
    alike: dict[tuple[object, ...], list[str]] = {}
    for claim in claims:
        alike.setdefault(_gist(claim), []).append(claim.id)

    def today(target: str, record: str) -> str | None:
        same = alike.get(_gist(claim_of(record)), [])
        return target if target in ids else same[0] if len(same) == 1 else None

    for number, target, record in rows:
        store.run("UPDATE decisions SET applies = ? WHERE number = ?", (today(target, record), number))
    carried(store, ((number, target, today(target, record)) for number, target, record in joined))


def _gist(claim: Claim) -> tuple[object, ...]:
    """What a claim says of which words, wherever in the text these stand."""
    quote = claim.evidence[0].quote
    match claim:
        case Event():
            return quote, "event", claim.trigger.quote
        case Relation():
            return quote, "relation", claim.predicate, claim.subject.quote, claim.object.quote
        case Control():
            return quote, "control", claim.change, claim.holder.quote, claim.where and claim.where.quote
        case Figure():
            return quote, "figure", claim.measure, claim.of.quote
        case Statement():
            return quote, "statement", claim.content.quote
