"""The ledger of a case: what people said would happen, and whether it did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from strife.errors import Unknown
from strife.gazetteer.names import fold
from strife.outlook.ledger_entries import Entry, entries
from strife.outlook.ledger_record import STATES, Expectation, State
from strife.outlook.ledger_resolve import Verdict, resolve
from strife.outlook.ledger_source import record_of, sayings_of, settled

if TYPE_CHECKING:
    from strife.casefile import Case


@dataclass(frozen=True, slots=True)
class Asked:
    """Which expectations are asked for: all that is given must hold; `about` stands in the words, place or parties."""

    voice: str | None = None
    about: str | None = None
    states: frozenset[State] = frozenset()


def ledger_of(case: Case, asked: Asked | None = None, on: date | None = None) -> list[Expectation]:
    """The expectations of a case with what became of them by a day (default: the last of its reports), in the order of saying.

    Claims of later reports are left out where a day is given. What people decided goes before what the record says."""
    found = [one for one in judged(case, on) if fits(one, asked or Asked())]
    return sorted(found, key=lambda one: (one.said or "", one.document, one.claim))


def judged(case: Case, on: date | None = None) -> Iterator[Expectation]:
    """All expectations of a case, judged."""
    record = record_of(case, on)
    decided = settled(case)
    for entry in entries(sayings_of(case, on)):
        one = _judged(entry, resolve(entry, record, on or record.last))
        who = next((decided[claim] for claim in (one.claim, *one.claims) if claim in decided), None)
        if who is not None:
            one = msgspec.structs.replace(
                one, state=who[0], decided_by=who[1], why=f"decided by {who[1]}: {who[2] or 'no note'}"
            )
        yield one


def _judged(entry: Entry, verdict: Verdict) -> Expectation:
    expectation = entry.expectation
    condition = expectation.condition
    if condition is not None and verdict.met is not None:
        condition = msgspec.structs.replace(condition, met=verdict.met)
    return msgspec.structs.replace(
        expectation, state=verdict.state, evidence=verdict.evidence, why=verdict.why, condition=condition
    )


def state_named(name: str) -> State:
    """A state by its name, with blanks or hyphens for underscores. Unknown where there is none."""
    found = next((state for state in STATES if state == name.strip().lower().replace("-", "_").replace(" ", "_")), None)
    if found is None:
        raise Unknown(f"state {name!r}: there are {', '.join(STATES)}")
    return found


def fits(one: Expectation, asked: Asked) -> bool:
    """Whether an expectation is one of those that are asked for."""
    if asked.states and one.state not in asked.states:
        return False
    if asked.voice is not None and not _voiced(one, asked.voice):
        return False
    if asked.about is None:
        return True
    parties = [*one.what.actors, *one.what.recipients, *([one.what.holder] if one.what.holder else [])]
    named = [one.quote, one.what.words, *(part for party in parties for part in (party.name, party.quote) if part)]
    named += [part for part in (one.where.name, one.where.quote) if part] if one.where else []
    wanted = fold(asked.about)
    return any(wanted in fold(text) for text in named)


def _voiced(one: Expectation, name: str) -> bool:
    wanted = fold(name)
    voice = one.voice
    if isinstance(voice, str):
        return wanted == "author" or (one.source is not None and wanted == fold(one.source))
    return any(wanted in fold(text) for text in (voice.name, voice.quote) if text) or voice.id == name
