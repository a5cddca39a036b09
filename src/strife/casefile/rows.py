"""A claim or an incident -> the rows that it is stored and searched by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from strife.casefile.store import key_of
from strife.gazetteer.names import fold
from strife.records import (
    Claim,
    Code,
    Control,
    Date,
    Document,
    Event,
    Figure,
    Incident,
    Party,
    Place,
    Relation,
    Statement,
    Why,
    to_json,
)

CLAIM = msgspec.json.Decoder(Claim)
INCIDENT = msgspec.json.Decoder(Incident)
BETWEEN = " … "  # passages of one claim in what is searched

Values = dict[str, Any]


def claim_of(record: str) -> Claim:
    """The claim of a stored record."""
    claim: Claim = CLAIM.decode(record)
    return claim


def type_of(claim: Claim) -> str:
    """The claim's type as the contract names it."""
    return str(claim.__struct_config__.tag)


def claim_row(claim: Claim, why: Why | None, document: int, position: int) -> Values:
    """The row of `claims`: the claim as it was read."""
    first = claim.evidence[0]
    return {
        "id": claim.id,
        "document": document,
        "position": position,
        "type": type_of(claim),
        "start": first.start,
        "end": first.end,
        "by": claim.by,
        "score": claim.score,
        "words": BETWEEN.join(span.quote for span in claim.evidence),
        "why": to_json(why) if why else None,
        "record": to_json(claim),
    }


def resolved_row(claim: Claim, number: int, document: int, details: Document) -> Values:
    """The row of `resolved`: what the claim is searched by."""
    voice = claim.frame.voice
    return {
        "claim": number,
        "document": document,
        "type": type_of(claim),
        "status": claim.status,
        "stance": claim.frame.stance,
        "likelihood": claim.frame.likelihood,
        "voice": voice if isinstance(voice, str) else _name(voice),
        "source": details.source,
        "published": details.published,
        **_own(claim),
        **place_values(claim.where),
        **date_values(claim.when),
    }


def _own(claim: Claim) -> Values:
    """What only claims of one type have; every key is always there, so that one statement takes all rows."""
    own = dict.fromkeys("code mode cameo acled predicate change extent measure low best high".split())
    match claim:
        case Event():
            return own | code_values(claim.code)
        case Relation():
            return own | {"predicate": claim.predicate}
        case Control():
            return own | {"change": claim.change, "extent": claim.extent}
        case Figure():
            return own | {"measure": claim.measure, "low": claim.low, "best": claim.best, "high": claim.high}
        case Statement():
            return own


def code_values(code: Code | None) -> Values:
    """The columns of a code."""
    if code is None:
        return dict.fromkeys(("code", "mode", "cameo", "acled"))
    return {"code": code.plover, "mode": code.mode, "cameo": code.cameo, "acled": code.acled}


def place_values(place: Place | None) -> Values:
    """The columns of a place."""
    if place is None:
        names = "place place_id place_key quote_key country admin1 lat lon place_precision"
        return dict.fromkeys(names.split())
    name = place.name or place.quote
    key, quote = key_of(name), key_of(place.quote)
    return {
        "place": name,
        "place_id": place.id,
        "place_key": key,
        "quote_key": quote if quote != key else None,
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "place_precision": place.precision,
    }


def date_values(date: Date | None) -> Values:
    """The columns of a date."""
    if date is None:
        return dict.fromkeys(("date_start", "date_end", "date_precision", "date_basis"))
    return {
        "date_start": date.start,
        "date_end": date.end or date.start,
        "date_precision": date.precision,
        "date_basis": date.basis,
    }


def parties_of(claim: Claim) -> Iterator[tuple[str, int, Party]]:
    """Role, order within the role, and party: all who act, are acted on or speak."""
    roles: dict[str, tuple[Party, ...]] = {}
    match claim:
        case Event():
            roles = {"actor": claim.actors, "recipient": claim.recipients, "supporter": claim.supporters}
        case Relation():
            roles = {"subject": (claim.subject,), "object": (claim.object,)}
        case Control():
            roles = {"holder": (claim.holder,)}
    voice = claim.frame.voice
    roles["voice"] = () if isinstance(voice, str) else (voice,)
    roles["co_voice"] = claim.frame.co_voices
    for role, parties in roles.items():
        for position, party in enumerate(parties):
            yield role, position, party


def party_row(owner: int, role: str, position: int, party: Party) -> tuple[object, ...]:
    """The row of `parties` or `incident_parties`."""
    name = _name(party)
    key, quote = fold(name), fold(party.quote)
    other = quote if quote != key else None
    return owner, role, position, name, key, other, party.id, party.country, ",".join(party.sectors)


def incident_row(incident: Incident) -> Values:
    """The row of `incidents`."""
    deaths = next((one for one in incident.figures if one.measure == "deaths"), None)
    return {
        "id": incident.id,
        "dataset": incident.dataset,
        "row": incident.row,
        "status": incident.status,
        **code_values(incident.code),
        **place_values(incident.where),
        **date_values(incident.when),
        "sources": incident.sources,
        "claims": len(incident.claims),
        "deaths_low": deaths.low if deaths else None,
        "deaths_best": deaths.best if deaths else None,
        "deaths_high": deaths.high if deaths else None,
        "disputed": ",".join(incident.disputed),
        "record": to_json(incident),
    }


def _name(party: Party) -> str:
    return party.name or party.quote


def insertion(table: str, values: Values) -> str:
    """The statement that inserts a row with these columns, by name."""
    return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(f':{name}' for name in values)})"
