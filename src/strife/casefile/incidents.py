"""Incidents in the case: claims out to be merged, incidents in, our own and those of other datasets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from strife.casefile.rows import claim_of, incident_row, insertion, party_row
from strife.casefile.store import Store
from strife.errors import Unknown
from strife.records import Incident

if TYPE_CHECKING:
    from strife.incidents import Testimony

PARTY = "INSERT INTO incident_parties VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
BATCH = 5000  # incidents written at once


def testimonies(store: Store) -> Iterator[Testimony]:
    """The events, figures and statements on control that stand, with their sources; near copies share one source."""
    from strife.incidents import Outline, Testimony, outline_of

    query = (
        "SELECT coalesce(resolved.record, claims.record), documents.id, coalesce(first.source, first.id), documents.published,"
        " documents.number"
        " FROM resolved JOIN claims ON claims.number = resolved.claim"
        " JOIN documents ON documents.number = resolved.document JOIN documents AS first ON first.number = documents.story"
        " WHERE resolved.type IN ('event', 'figure', 'control') ORDER BY resolved.claim"
    )
    last, outline = None, Outline()
    for record, document, source, published, number in store.each(query):
        if number != last:  # claims of one document stand together
            text, title = store.rows("SELECT text, title FROM documents WHERE number = ?", (number,))[0]
            last, outline = number, outline_of(text, title)
        yield Testimony(claim_of(record), document, source, published, outline)


def voices_of(store: Store, incident: str) -> list[str]:
    """In whose voice an incident is told, each once: "author", or the names of those who say it in one claim."""
    query = (
        "SELECT resolved.voice, (SELECT group_concat(name, '; ') FROM parties WHERE parties.claim = resolved.claim"
        " AND role = 'co_voice') FROM incidents JOIN incident_claims ON incident = incidents.number"
        " JOIN claims ON claims.id = incident_claims.claim JOIN resolved ON resolved.claim = claims.number"
        " WHERE incidents.id = ? ORDER BY claims.number"
    )
    return list(dict.fromkeys("; ".join(filter(None, names)) for names in store.rows(query, (incident,))))


def put_incidents(store: Store, incidents: Iterable[Incident]) -> int:
    """Write our own incidents in place of those that were there; their number. Call it inside a transaction."""
    store.run("DELETE FROM incidents WHERE dataset IS NULL")
    return _insert(store, incidents)


def imported(store: Store, incidents: Iterable[Incident]) -> int:
    """Write the rows of another dataset; one with the id of one that is there replaces it. All or none."""
    with store.transaction():
        return _insert(store, map(_of_dataset, incidents))


def _of_dataset(incident: Incident) -> Incident:
    if incident.dataset is None:
        raise Unknown(f"{incident.id}: is of no dataset; a row of another dataset names it, with its row")
    return incident


def _insert(store: Store, incidents: Iterable[Incident]) -> int:
    number = before = store.one("SELECT coalesce(max(number), 0) FROM incidents")
    batch: list[tuple[int, Incident]] = []
    for incident in incidents:
        number += 1
        batch.append((number, incident))
        if len(batch) >= BATCH:
            _write(store, batch)
            batch = []
    _write(store, batch)
    return int(number - before)


def _write(store: Store, batch: list[tuple[int, Incident]]) -> None:
    if not batch:
        return
    latest = {incident.id: (number, incident) for number, incident in batch}  # one id twice: the last counts
    store.run_many("DELETE FROM incidents WHERE id = ?", ((key,) for key in latest))
    rows = [{"number": number, **incident_row(incident)} for number, incident in latest.values()]
    with store.guarded():
        store.connection.executemany(insertion("incidents", rows[0]), rows)
    store.run_many(
        "INSERT OR IGNORE INTO incident_claims VALUES (?, ?)",
        ((number, claim) for number, incident in latest.values() for claim in incident.claims),
    )
    store.run_many(
        PARTY,
        (
            party_row(number, role, position, told.party)
            for number, incident in latest.values()
            for role, parties in (("actor", incident.actors), ("recipient", incident.recipients))
            for position, told in enumerate(parties)
        ),
    )
