"""What is asked for -> SQL: the filters of find, timeline and counts, alike for claims and incidents."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from strife.casefile.store import key_of
from strife.errors import Unknown
from strife.gazetteer.names import fold
from strife.records import IncidentStatus, PloverType, Status

Some = str | Sequence[str] | None
KINDS = ("event", "relation", "control", "figure", "statement")
ACTING = "'actor', 'subject', 'holder', 'supporter'"
RECEIVING = "'recipient', 'object'"
VOICES = "'voice', 'co_voice'"
EVERY = f"{ACTING}, {RECEIVING}, {VOICES}"
STATUSES: tuple[str, ...] = Status.__args__  # type: ignore[attr-defined]  # the words of a Literal
DEGREE = 111.19  # kilometres of a degree of latitude
OWN = "own"  # as a dataset: the incidents that are no dataset's
WORD = re.compile(r'(-?)"([^"]*)"|(-?)([^\s"]+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What claims or incidents must fulfil, all of it; of several values for one filter, any.

    Names match whole, whatever their case and accents; `*` stands for any letters. `box` is west, south, east, north in degrees,
    `near` latitude, longitude and kilometres; `since` and `until` are days, and what overlaps them counts."""

    type: Some = None
    code: Some = None
    actor: Some = None
    recipient: Some = None
    party: Some = None
    place: Some = None
    country: Some = None
    admin1: Some = None
    box: tuple[float, float, float, float] | None = None
    near: tuple[float, float, float] | None = None
    since: str | None = None
    until: str | None = None
    status: Some = None
    voice: Some = None
    source: Some = None
    document: Some = None
    measure: Some = None
    dataset: Some = None
    text: str | None = None


def with_own(dataset: Some) -> bool:
    """Whether incidents of these datasets (None: of all) may be the case's own."""
    return dataset is None or OWN in _listed(dataset)


@dataclass(slots=True)
class Where:
    """A condition in the making: its parts and their values. `table` is the one that is searched."""

    table: str
    parts: list[str]
    values: list[object]

    def add(self, part: str, *values: object) -> None:
        """One more condition; all must hold."""
        self.parts.append(part)
        self.values.extend(values)

    @property
    def sql(self) -> str:
        """The condition."""
        return " AND ".join(self.parts) or "1"


def where_of(filters: Filters, *, incidents: bool = False) -> Where:
    """The SQL condition for claims (table resolved) or incidents. Unknown where a filter has no such value or is for the other."""
    where = Where("incidents" if incidents else "resolved", [], [])
    _refuse(filters, incidents)
    _words(where, "type", _listed(filters.type), KINDS)
    _words(where, "status", _listed(filters.status), _values(IncidentStatus if incidents else Status))
    _any(where, [_code(one) for one in _listed(filters.code)])
    _parties(where, filters)
    _any(where, [_place(one) for one in _listed(filters.place)])
    _any(where, [("country = ?", [one.upper()]) for one in _listed(filters.country)])
    _any(where, [_named("admin1", one) for one in _listed(filters.admin1)])
    if incidents:
        _by_claims(where, filters)
    else:
        _said(where, filters)
    own = ("dataset IS NULL", list[str]())
    _any(where, [own if one == OWN else _named("dataset", one) for one in _listed(filters.dataset)])
    _spot(where, filters)
    if filters.country and not filters.status and (filters.since or filters.until) and not incidents:
        where.add(
            f"status IN ({', '.join('?' * len(STATUSES))})", *STATUSES
        )  # leads to the index on country, status, date
    if filters.since:
        where.add("date_end >= ?", filters.since)
    if filters.until:
        where.add("date_start <= ?", filters.until)
    if filters.text and filters.text.strip() and not incidents:
        _text(where, filters.text)
    return where


def _said(where: Where, filters: Filters) -> None:
    """What only claims have: where they stand, and what they measure."""
    _any(where, [_named("measure", one) for one in _listed(filters.measure)])
    _any(where, [_source(one) for one in _listed(filters.source)])
    _any(where, [_document(one) for one in _listed(filters.document)])


def _by_claims(where: Where, filters: Filters) -> None:
    """Incidents by one of their claims, which fulfils all that is asked of claims."""
    asked = Filters(
        voice=filters.voice,
        source=filters.source,
        document=filters.document,
        measure=filters.measure,
        text=filters.text,
    )
    claims = where_of(asked)
    if claims.parts:
        chosen = f"SELECT id FROM claims WHERE number IN (SELECT claim FROM resolved WHERE {claims.sql})"
        where.add(f"number IN (SELECT incident FROM incident_claims WHERE claim IN ({chosen}))", *claims.values)


def _refuse(filters: Filters, incidents: bool) -> None:
    """Unknown where a filter cannot be used here."""
    name = "type" if incidents else "dataset"
    if getattr(filters, name) is not None:
        raise Unknown(f"{name}: {'incidents' if incidents else 'claims'} are not found by that")


def _listed(value: Some) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def _values(literal: object) -> tuple[str, ...]:
    return tuple(literal.__args__)  # type: ignore[attr-defined]  # the words of a Literal


def _words(where: Where, column: str, asked: list[str], known: Sequence[str]) -> None:
    """One of the words that a column can hold."""
    for one in asked:
        if one not in known:
            hint = "; kinds of event go with --code" if column == "type" and one.upper() in _values(PloverType) else ""
            raise Unknown(f"{column} {one!r}: there are {', '.join(known)}{hint}")
    _any(where, [(f"{column} = ?", [one]) for one in asked])


def _any(where: Where, choices: Sequence[tuple[str, list[object] | list[str]]]) -> None:
    if choices:
        joined = " OR ".join(part for part, _ in choices)
        where.add(f"({joined})", *(value for _, values in choices for value in values))


def _code(asked: str) -> tuple[str, list[str]]:
    """A PLOVER type, a mode, a CAMEO code or its beginning, or an ACLED sub-event."""
    if asked.isdigit():
        return "(cameo >= ? AND cameo < ?)", [asked, asked + ":"]  # ":" comes after the digits
    if asked.upper() in _values(PloverType):
        return "code = ?", [asked.upper()]
    return "(mode = ? OR acled = ? COLLATE NOCASE)", [asked.lower(), asked]


def _parties(where: Where, filters: Filters) -> None:
    """Claims or incidents with the parties that are asked for: found among the parties alone, before anything else is looked at."""
    incidents = where.table == "incidents"
    sets, values = [], list[object]()
    voice = None if incidents else filters.voice
    roles = ((ACTING, filters.actor), (RECEIVING, filters.recipient), (EVERY, filters.party), (VOICES, voice))
    for within, asked in roles:
        names = _listed(asked)
        if within == VOICES and "author" in names:
            _any(where, [("voice = 'author'", []), *(_voice(one) for one in names if one != "author")])
        elif names:
            choices = [_party(within, one, incidents=incidents) for one in names]
            sets.append(" UNION ALL ".join(part for part, _ in choices))
            values += [value for _, some in choices for value in some]
    if sets:
        owner, key = ("incident", "number") if incidents else ("claim", "claim")
        where.add(f"{key} IN ({' INTERSECT '.join(f'SELECT {owner} FROM ({one})' for one in sets)})", *values)


def _voice(name: str) -> tuple[str, list[object]]:
    part, values = _party(VOICES, name, incidents=False)
    return f"claim IN ({part})", values


def _party(roles: str, asked: str, *, incidents: bool) -> tuple[str, list[object]]:
    """The query for claims or incidents with a party of this name, these words or this id in one of the roles."""
    table, owner = ("incident_parties", "incident") if incidents else ("parties", "claim")
    if "*" in asked:
        pattern = _pattern(fold(asked.replace("*", "\x00")).replace("\x00", "*"))
        match = "(key GLOB ? OR quote_key GLOB ?)"
        return f"SELECT {owner} FROM {table} WHERE role IN ({roles}) AND {match}", [pattern, pattern]
    columns = {"key": fold(asked), "quote_key": fold(asked), "id": asked}
    parts = [f"SELECT {owner} FROM {table} WHERE role IN ({roles}) AND {column} = ?" for column in columns]
    return " UNION ALL ".join(parts), list(columns.values())


def _place(asked: str) -> tuple[str, list[str]]:
    if "*" in asked:
        pattern = _pattern(key_of(asked.replace("*", "\x00")).replace("\x00", "*"))
        return "(place_key GLOB ? OR quote_key GLOB ?)", [pattern, pattern]
    return "(place_key = ? OR quote_key = ? OR place_id = ?)", [key_of(asked), key_of(asked), asked]


def _named(column: str, asked: str) -> tuple[str, list[str]]:
    if "*" in asked:
        return f"lower({column}) GLOB ?", [_pattern(asked.lower())]
    return f"{column} = ? COLLATE NOCASE", [asked]


def _source(asked: str) -> tuple[str, list[str]]:
    """Outlets by their spellings in the case, which are few, so that claims are found by an index."""
    part, values = _named("source", asked)
    return f"source IN (SELECT DISTINCT source FROM documents WHERE {part})", values


def _document(asked: str) -> tuple[str, list[str]]:
    return "document = (SELECT number FROM documents WHERE id = ?)", [asked]


def _pattern(asked: str) -> str:
    """A pattern in which only the star is special."""
    return asked.replace("[", "[[]").replace("?", "[?]")


def _spot(where: Where, filters: Filters) -> None:
    if filters.box is not None:
        west, south, east, north = filters.box
        where.add("lat BETWEEN ? AND ?", south, north)
        if west <= east:
            where.add("lon BETWEEN ? AND ?", west, east)
        else:  # across the date line
            where.add("(lon >= ? OR lon <= ?)", west, east)
    if filters.near is not None:
        lat, lon, radius = filters.near
        high = radius / DEGREE
        where.add("lat BETWEEN ? AND ?", lat - high, lat + high)
        wide = high / max(math.cos(math.radians(min(abs(lat) + high, 89.9))), 1e-3)
        if abs(lon) + wide < 180:
            where.add("lon BETWEEN ? AND ?", lon - wide, lon + wide)
        where.add("kilometres(lat, lon, ?, ?) <= ?", lat, lon, radius)


def _text(where: Where, asked: str) -> None:
    where.add("claim IN (SELECT rowid FROM claims_text WHERE claims_text MATCH ?)", match_of(asked))


def match_of(asked: str) -> str:
    """Words, "words in a row", begin* and -without, as an FTS5 query in which nothing else is special."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for match in WORD.finditer(asked):
        words = match[2] if match[2] is not None else match[4]
        star = match[2] is None and words.endswith("*") and len(words) > 1
        quoted = '"' + words.rstrip("*").replace('"', '""') + '"' + ("*" if star else "")
        if any(letter.isalnum() for letter in words):
            (unwanted if match[1] or match[3] else wanted).append(quoted)
    if not wanted:
        raise Unknown(f"text {asked!r}: has no word to look for")
    query = " AND ".join(wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query


def checked(filters: Filters) -> Filters:
    """The filters, where their dates and degrees are such. Unknown where they are not."""
    for name in ("since", "until"):
        value = getattr(filters, name)
        if value is not None and not _is_day(value):
            raise Unknown(f"{name} {value!r}: is no date; write it as 2013-06-05")
    if filters.box is not None and not _degrees(filters.box[1], filters.box[0], filters.box[3], filters.box[2]):
        raise Unknown("box: write west, south, east, north in degrees, as 35.5,32.3,42.4,37.3")
    if filters.near is not None and not (_degrees(*filters.near[:2], *filters.near[:2]) and filters.near[2] > 0):
        raise Unknown("near: write latitude, longitude and kilometres, as 36.2,37.16,25")
    return filters


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _degrees(south: float, west: float, north: float, east: float) -> bool:
    return -90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180


NAMES = tuple(one.name for one in fields(Filters))
