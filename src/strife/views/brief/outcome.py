"""What became of an expectation, as a sentence of the brief with the passages that tell so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from strife.views.brief.english import day_words

if TYPE_CHECKING:
    from strife.outlook.ledger_record import Expectation
    from strife.records import Claim
    from strife.views.brief.choose import Told
    from strife.views.brief.document import Notes, Sentence
    from strife.views.brief.material import Material

SETTLED = {
    "borne_out": "It was borne out",
    "not_borne_out": "It was not borne out",
    "condition_not_met": "What it hangs on did not come about",
}
AHEAD = frozenset({"expected", "possible", "conditional", "intended", "demanded", "asked"})
CITED = 3  # passages named for what became of it


def outcome(told: Told, material: Material, notes: Notes) -> Sentence | None:
    """What the ledger says of an expectation; None where it says nothing, or cannot tell."""
    entry = next((material.ledger[one.id] for one in (told.claim, *told.others) if one.id in material.ledger), None)
    if entry is None or entry.state == "cannot_tell":
        return None
    if entry.state == "open":
        until = f" until {day_words(entry.due)}" if entry.due else ""
        own = ", a time that is assumed, as the text gives none" if entry.due and entry.due_basis != "text" else ""
        return notes.sentence(f"That is still open{until}{own}.", told.claim)
    if entry.decided_by:
        return notes.sentence(f"{SETTLED[entry.state]}, as {entry.decided_by} decided.", told.claim)
    evidence = entry.evidence
    by = ", as later texts tell" if evidence.supporting or evidence.against else ""
    if entry.state == "not_borne_out" and not by:
        by = ", as texts that cover its place and time do not tell of it"
    return notes.sentence(f"{SETTLED[entry.state]}{by}.", *(_cited(entry, material) or [told.claim]))


def _cited(entry: Expectation, material: Material) -> list[Claim]:
    """The passages that decided it: for what was borne out those for it, else those against; never what only looks ahead."""
    evidence = entry.evidence
    names = evidence.supporting if entry.state == "borne_out" else evidence.against or evidence.supporting
    claims = [claim for name in names for claim in material.evidence(name)]
    return [one for one in claims if one.document != entry.document and one.status not in AHEAD][:CITED]
