"""PLOVER records, one JSON object a line, in the field names of PLOVER's own gold records, with status and voice beside them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import msgspec

from strife.exchange.target import text_file
from strife.exchange.writers.happening import REPORTED, Happening, Items, Voices, Written, happenings
from strife.records import Party, Place

# The manual's auxiliary modes, which no coder built on it has had so far.
AUXILIARY = {
    "expected": "future",
    "intended": "future",
    "possible": "hypothetical",
    "conditional": "hypothetical",
    "demanded": "hypothetical",
    "asked": "hypothetical",
    "negated": "negation",
    "denied": "negation",
}
NO_TYPE = "no PLOVER type"


def write_plover(
    path: str | Path, items: Items, statuses: Collection[str] = REPORTED, voices: Voices | None = None
) -> Written:
    """Write PLOVER JSON lines; what has no PLOVER type is left out and counted."""
    written = Written()
    with text_file(Path(path)) as stream:
        for happening in happenings(items, written, statuses, voices):
            if happening.code is None:
                written.leave(NO_TYPE)
                continue
            stream.write(msgspec.json.encode(plover_record(happening)).decode() + "\n")
            written.rows += 1
    return written


def plover_record(one: Happening) -> dict[str, Any]:
    """The record of one event; what is not known is left out, as in PLOVER's records."""
    assert one.code is not None
    record = {
        "id": one.id,
        "date": one.when.start if one.when else None,
        "dateEnd": one.when.end if one.when else None,
        "datePrecision": one.when.precision if one.when else None,
        "source": [_actor(party) for party in one.actors],
        "target": [_actor(party) for party in one.recipients],
        "event": one.code.plover,
        "mode": one.code.mode,
        "auxiliaryMode": AUXILIARY.get(one.status),
        "context": list(one.code.contexts),
        "cameo": one.code.cameo,
        "location": _location(one.where) if one.where else None,
        "status": one.status,
        "voice": one.voice,
        "text": one.quote,
        "figures": {
            name: dict(zip(("low", "best", "high"), bounds, strict=True)) for name, bounds in one.figures.items()
        },
        "numberOfSources": one.sources,
        "publication": list(one.outlets),
        "documents": list(one.documents),
        "claims": list(one.claims),
        "disputed": list(one.disputed),
        "dataset": one.dataset,
        "row": one.row,
        "language": "en",
        "coder": "strife" if one.dataset is None else one.dataset,
    }
    always = {"status", "voice", "source", "target"}
    return {key: value for key, value in record.items() if key in always or value not in (None, [], {})}


def _actor(party: Party) -> dict[str, Any]:
    actor = {
        "actorText": party.quote,
        "actorName": party.name,
        "actorId": party.id,
        "code": party.country,
        "sector": ", ".join(party.sectors) or None,
    }
    return {key: value for key, value in actor.items() if value}


def _location(place: Place) -> dict[str, Any]:
    location = {
        "name": place.name or place.quote,
        "id": place.id,
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision,
    }
    return {key: value for key, value in location.items() if value is not None}
