"""A case file -> what the ledger needs of it: sayings about what is ahead, the record, and what people decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from strife.incidents.telling import Telling, tellings
from strife.outlook.ledger_entries import AHEAD, SAYS, Saying
from strife.outlook.ledger_record import State
from strife.outlook.ledger_sentences import looks_ahead, sentence_of, unread
from strife.outlook.ledger_told import AGAINST, TELLS, Record, Report, Told, names_of
from strife.records import Claim, Control, Event, Place, Relation, Span, Statement

if TYPE_CHECKING:
    from strife.casefile import Case

Facts = tuple[date | None, str | None, int]  # of a document: published, outlet, number its near copies share


def sayings_of(case: Case, on: date | None = None) -> Iterator[Saying]:
    """The claims about what is ahead, in the order of the case; of reports up to a day where one is given."""
    facts = _documents(case)
    told = _tellings(case)
    name, text = "", ""
    for claim in case.claims(status=sorted(AHEAD | SAYS)):
        if claim.status in SAYS and not isinstance(claim, Statement):
            continue
        published, source, story = facts[claim.document]
        if on is not None and published is not None and published > on:
            continue
        telling = told.get(claim.id)
        lent = telling.place if telling is not None else None
        if claim.document != name:
            name, text = claim.document, case.document(claim.document).text
        yield Saying(claim, claim.document, published, source, story, lent, sentence_of(text, claim))


def record_of(case: Case, on: date | None = None) -> Record:
    """All that the case tells of what happened or did not, up to a day where one is given."""
    facts = _documents(case)
    lent = _tellings(case)
    incidents = {claim: one.id for one in case.incidents(dataset="own") for claim in one.claims}
    disputed = {one.id for one in case.incidents(dataset="own") if one.status == "disputed"}
    spans: dict[str, list[Span]] = defaultdict(list)
    for claim in case.claims():
        spans[claim.document] += claim.evidence
    told, places, parties = [], defaultdict[str, list[Place]](list), defaultdict[str, set[str]](set)
    for claim in case.claims(status=sorted(TELLS | AGAINST)):
        published = facts[claim.document][0]
        if on is not None and published is not None and published > on:
            continue
        if claim.where is not None:
            places[claim.document].append(claim.where)
        if isinstance(claim, Event | Control | Relation):
            parties[claim.document] |= set(names_of(claim))
        if not (isinstance(claim, Statement) and looks_ahead(claim.content.quote)):
            told.append(_told(claim, facts[claim.document], lent.get(claim.id), incidents.get(claim.id), disputed))
    for document in case.documents():
        published = facts[document.id][0]
        if published is not None and (on is None or published <= on):
            statements = unread(document, spans[document.id])
            told += [_told(one, facts[document.id], None, document.id, set()) for one in statements]
    reports = tuple(
        Report(name, story, published, tuple(places[name]), frozenset(parties[name]))
        for name, (published, _, story) in facts.items()
        if published is not None and (on is None or published <= on)
    )
    last = on or max((one.published for one in reports), default=None)
    return Record(told, reports, last)


def _told(claim: Claim, facts: Facts, lent: Telling | None, incident: str | None, disputed: set[str]) -> Told:
    published, _, story = facts
    if lent is not None:
        place, here, first, last, stated = lent.place, lent.here, lent.first, lent.last, lent.stated
    else:
        place, here = claim.where, claim.where is not None
        first, last, stated = _days(claim, published)
    return Told(
        claim=claim,
        story=story,
        published=published,
        place=place,
        here=here,
        first=first,
        last=last,
        stated=stated,
        incident=incident,
        disputed=incident in disputed,
    )


def _days(claim: Claim, published: date | None) -> tuple[date | None, date | None, bool]:
    """The days of a statement: its own, else the day of its report."""
    when = claim.when
    if when is not None and when.start is not None and when.basis != "publication":
        return date.fromisoformat(when.start), date.fromisoformat(when.end or when.start), True
    return published, published, False


def _documents(case: Case) -> dict[str, Facts]:
    rows = case.store.each("SELECT id, published, source, story FROM documents ORDER BY number")
    return {
        name: (date.fromisoformat(published) if published else None, source, story)
        for name, published, source, story in rows
    }


def _tellings(case: Case) -> dict[str, Telling]:
    """The events by their ids, with the places and days that their reports lend them."""
    return {one.id: one for told in tellings(case.testimonies()).values() for one in told}


def settled(case: Case) -> dict[str, tuple[State, str, str | None]]:
    """What people decided of expectations: by claim the state, who says so, and why; the last decision counts."""
    return {
        one.applies: (msgspec.json.decode(one.value, type=State), one.by, one.note)
        for one in case.decisions()
        if one.action == "settle" and one.undone_at is None and one.applies is not None and one.value is not None
    }
