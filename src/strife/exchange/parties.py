"""What datasets call a party -> Party: its country and sector, and its id where the registry knows the name."""

from __future__ import annotations

import functools
import re
from importlib.resources import files

from strife.exchange.countries import countries
from strife.records import Party, Told
from strife.registry.registry import Entry, fold, load_registry, split

KNOWN_KINDS = ("organisation", "state", "person")
NAMED = re.compile(r"^(Government|Military Forces|Police Forces) of (?:the )?(.+?)(?: \(\d{4}[^)]*\))?$")
SECTOR_NAMED = {"Government": "GOV", "Military Forces": "MIL", "Police Forces": "COP"}
BRACKETED = re.compile(r"^(.+?) \(([^()\d]+)\)$")  # "Civilians (Mali)"
BEGINNINGS = {
    "civilian": "CVL",
    "civilians": "CVL",
    "citizen": "CVL",
    "protesters": "CVL",
    "rioters": "CVL",
    "unidentified armed group": "UAF",
    "unidentified military forces": "MIL",
}


@functools.lru_cache(maxsize=65_536)
def party(name: str, country: str | None = None, sectors: tuple[str, ...] = (), scene: str | None = None) -> Party:
    """The party of a name, `country` (ISO 3166-1 alpha-3) and `sectors` as the dataset has them; they outrank ours.

    `scene` is the country of the event: an abbreviation such as SNA means another army in Syria than in Somalia."""
    name = name.strip()
    if named := NAMED.match(name):
        state = countries().by_name(named[2])
        return _party(name, name, None, country or (state.iso3 if state else None), (SECTOR_NAMED[named[1]],))
    entry = _registered(name)
    if entry is not None and _meant(entry, name, sectors, {country, scene}):
        return _party(name, entry.name, entry.id, country or entry.country, sectors or entry.sectors)
    bracketed = BRACKETED.match(name)
    if bracketed is not None:
        place = countries().by_name(bracketed[2])
        country = country or (place.iso3 if place else None)
    described = BEGINNINGS.get((bracketed[1] if bracketed else name).lower())
    return _party(name, name, None, country, sectors or ((described,) if described else ()))


def told(*parties: Party | None) -> tuple[Told, ...]:
    """Parties as an incident has them; a row of a dataset has no claims."""
    return tuple(Told(party=one) for one in parties if one is not None)


@functools.cache
def sectors_of(scheme: str) -> dict[str, str]:
    """What the codes or names of a scheme (cameo, icews, acled; in lower case but for cameo) become; "" is no sector."""
    text = (files("strife.exchange") / "data" / "sectors.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {code: sector for one, code, sector in rows[1:] if one == scheme}


def _party(quote: str, name: str, id_: str | None, country: str | None, sectors: tuple[str, ...]) -> Party:
    return Party(quote=quote, start=0, end=0, name=name, id=id_, country=country, sectors=sectors)


def _meant(entry: Entry, name: str, sectors: tuple[str, ...], near: set[str | None]) -> bool:
    """Whether the actor of this name is the one meant: not another land's army by an abbreviation, no state by its army."""
    if entry.kind == "state":
        return set(sectors) <= {"GOV"}
    return not name.isupper() or entry.country is None or entry.country in near


def _registered(name: str) -> Entry | None:
    """The one actor of this name; None where the registry has none, or several."""
    found = load_registry().names.get(tuple(fold(word) for word in split(name)), [])
    known = {entry.id: entry for entry in found if entry.kind in KNOWN_KINDS}
    return next(iter(known.values())) if len(known) == 1 else None
