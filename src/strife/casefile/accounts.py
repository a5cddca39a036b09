"""What each source says of an incident, side by side; near copies of a report are one source."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from strife.casefile.rows import claim_of
from strife.casefile.store import Store
from strife.records import Claim, Date, Event, Incident, Party, Place, SourceFigure, Status


class Saying(Struct, frozen=True, kw_only=True):
    """Who says it, how firmly, and in which claims; `voice` is author or the name of a party."""

    voice: str
    status: Status
    claims: tuple[str, ...]


class Account(Struct, frozen=True, kw_only=True):
    """One source's values for the fields of an incident. `copies` are those of its documents that are near copies of another."""

    source: str
    documents: tuple[str, ...]
    copies: tuple[str, ...]
    says: tuple[Saying, ...]
    when: tuple[Date, ...]
    where: tuple[Place, ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    figures: tuple[tuple[str, SourceFigure], ...]


def accounts(store: Store, incident: Incident) -> tuple[Account, ...]:
    """The accounts of an incident, the source of the earliest report first."""
    told: dict[str, list[tuple[str, bool, Claim]]] = {}
    query = (
        "SELECT coalesce(first.source, first.id), documents.id, documents.story <> documents.number,"
        " coalesce(resolved.record, claims.record) FROM incidents JOIN incident_claims ON incident = incidents.number"
        " JOIN claims ON claims.id = incident_claims.claim JOIN resolved ON resolved.claim = claims.number"
        " JOIN documents ON documents.number = claims.document JOIN documents AS first ON first.number = documents.story"
        " WHERE incidents.id = ? ORDER BY coalesce(documents.published, '9999'), documents.number, claims.position"
    )
    for source, document, copy, record in store.rows(query, (incident.id,)):
        told.setdefault(source, []).append((document, bool(copy), claim_of(record)))
    return tuple(_account(source, claims, incident) for source, claims in told.items())


def _account(source: str, told: list[tuple[str, bool, Claim]], incident: Incident) -> Account:
    events = [claim for _, _, claim in told if isinstance(claim, Event)]
    says: dict[tuple[str, Status], list[str]] = {}
    for event in events:
        voice = event.frame.voice
        name = voice if isinstance(voice, str) else voice.name or voice.quote
        says.setdefault((name, event.status), []).append(event.id)
    return Account(
        source=source,
        documents=tuple(dict.fromkeys(document for document, _, _ in told)),
        copies=tuple(dict.fromkeys(document for document, copy, _ in told if copy)),
        says=tuple(Saying(voice=voice, status=status, claims=tuple(ids)) for (voice, status), ids in says.items()),
        when=_dates(event.when for event in events),
        where=_places(event.where for event in events),
        actors=_parties(party for event in events for party in event.actors),
        recipients=_parties(party for event in events for party in event.recipients),
        figures=tuple((one.measure, own) for one in incident.figures for own in one.by_source if own.source == source),
    )


def _dates(dates: Iterable[Date | None]) -> tuple[Date, ...]:
    """Each date once, whatever the words for it."""
    return tuple({(date.start, date.end): date for date in dates if date is not None}.values())


def _places(places: Iterable[Place | None]) -> tuple[Place, ...]:
    return tuple({place.id or place.name or place.quote: place for place in places if place is not None}.values())


def _parties(parties: Iterable[Party]) -> tuple[Party, ...]:
    found: dict[str, Party] = {}
    for party in parties:
        found.setdefault(party.id or (party.name or party.quote).casefold(), party)
    return tuple(found.values())
