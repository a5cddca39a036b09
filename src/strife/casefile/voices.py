"""Who says what: each voice with what it claims, denies and expects, and what became of its claims."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from strife.casefile.filters import ACTING, RECEIVING, Filters, checked, where_of
from strife.casefile.store import Store
from strife.gazetteer.names import fold

OWN = "role IN ('voice', 'co_voice')"


class Voice(Struct, frozen=True, kw_only=True):
    """A party that is quoted. `placed` are the events it claims that belong to an incident; of these `confirmed` are told in the
    author's voice too, by a document of another story, as an event of that type; `denied` are denied there by somebody."""

    name: str
    id: str | None
    claims: int
    claimed: int
    denies: int
    ahead: int
    placed: int
    confirmed: int
    denied: int
    first: str | None
    last: str | None


class Saying(Struct, frozen=True, kw_only=True):
    """What a voice says about a party: the kind of claim, its status, and how often; `evidence` is one of the claims."""

    about: str
    role: str
    what: str
    status: str
    claims: int
    evidence: str


def voices(store: Store, filters: Filters, *, limit: int | None = None, offset: int = 0) -> Iterator[Voice]:
    """The voices of the claims that the filters let through, those that say most first."""
    where = where_of(checked(filters))
    query = (
        "SELECT coalesce(parties.id, key) AS who, max(parties.name), max(parties.id), count(DISTINCT parties.claim),"
        " count(DISTINCT CASE WHEN status = 'claimed' THEN parties.claim END),"
        " count(DISTINCT CASE WHEN status = 'denied' THEN parties.claim END),"
        " count(DISTINCT CASE WHEN status NOT IN ('claimed', 'denied', 'negated') THEN parties.claim END),"
        " min(published), max(published)"
        " FROM parties CROSS JOIN resolved ON resolved.claim = parties.claim"
        f" WHERE {OWN} AND {_only(where.parts and f'parties.claim IN (SELECT claim FROM resolved WHERE {where.sql})')}"
        " GROUP BY who ORDER BY 4 DESC, 2 LIMIT ? OFFSET ?"
    )
    rows = store.rows(query, (*where.values, -1 if limit is None else limit, offset))
    fates = _fates(store, [str(row[0]) for row in rows])
    for who, name, id_, claims, claimed, denies, ahead, first, last in rows:
        placed, confirmed, denied = fates.get(str(who), (0, 0, 0))
        yield Voice(
            name=name, id=id_, claims=claims, claimed=claimed, denies=denies, ahead=ahead,
            placed=placed, confirmed=confirmed, denied=denied, first=first, last=last,
        )  # fmt: skip


def _only(condition: object) -> object:
    return condition or "1"


def count(store: Store, filters: Filters) -> int:
    """How many voices there are in the claims that the filters let through."""
    where = where_of(checked(filters))
    within = f"claim IN (SELECT claim FROM resolved WHERE {where.sql})" if where.parts else "1"
    return int(
        store.one(f"SELECT count(DISTINCT coalesce(id, key)) FROM parties WHERE {OWN} AND {within}", where.values)
    )


def _fates(store: Store, who: list[str]) -> dict[str, tuple[int, int, int]]:
    """What became of the events that these voices claim: in an incident, confirmed there by others, denied there."""
    if not who:
        return {}
    marks = ", ".join("?" * len(who))
    query = (
        "WITH told AS MATERIALIZED ("  # of each incident and type: the least and the greatest story that reports it, and if one denies
        " SELECT incident, code, min(CASE status WHEN 'reported' THEN story END) AS low,"
        " max(CASE status WHEN 'reported' THEN story END) AS high, max(status = 'denied') AS denied"
        " FROM incident_claims JOIN claims ON claims.id = incident_claims.claim"
        " JOIN resolved ON resolved.claim = claims.number JOIN documents ON documents.number = claims.document"
        " WHERE code IS NOT NULL GROUP BY incident, code)"
        " SELECT who, count(*), sum(confirmed), sum(denied) FROM ("
        " SELECT who, own.number, max(coalesce(low <> paper.story OR high <> paper.story, 0)) AS confirmed,"
        " max(told.denied) AS denied"
        " FROM (SELECT coalesce(parties.id, key) AS who, parties.claim, code FROM parties"
        f" CROSS JOIN resolved ON resolved.claim = parties.claim WHERE {OWN} AND status = 'claimed' AND code IS NOT NULL"
        f" AND who IN ({marks})) AS said"
        " JOIN claims AS own ON own.number = said.claim JOIN documents AS paper ON paper.number = own.document"
        " JOIN incident_claims AS mine ON mine.claim = own.id JOIN told ON told.incident = mine.incident"
        " AND told.code = said.code"
        " GROUP BY who, own.number) GROUP BY who"
    )
    return {
        str(name): (int(placed), int(confirmed), int(denied))
        for name, placed, confirmed, denied in store.rows(query, who)
    }


def sayings(store: Store, name: str, filters: Filters, *, limit: int | None = None) -> Iterator[Saying]:
    """What a voice (by name, words or id) says about whom, the most said first."""
    where = where_of(checked(filters))
    key = fold(name)
    query = (
        "SELECT other.name, CASE WHEN other.role IN ('recipient', 'object') THEN 'undergoes' ELSE 'acts' END AS part,"
        " coalesce(resolved.code, predicate, change, measure, resolved.type) AS what, status, count(DISTINCT other.claim), min(claims.id)"
        " FROM (SELECT DISTINCT claim FROM parties"
        f" WHERE {OWN} AND (key = ? OR quote_key = ? OR id = ?)) AS said"
        " JOIN resolved ON resolved.claim = said.claim JOIN claims ON claims.number = said.claim"
        f" JOIN parties AS other ON other.claim = said.claim AND other.role IN ({ACTING}, {RECEIVING})"
        f" WHERE said.claim IN (SELECT claim FROM resolved WHERE {where.sql})"
        " GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 1, 2, 3, 4 LIMIT ?"
    )
    for row in store.each(query, (key, key, name, *where.values, -1 if limit is None else limit)):
        yield Saying(**dict(zip(Saying.__struct_fields__, row, strict=True)))
