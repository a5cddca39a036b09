"""What a brief is made of: the claims of a case on its subject, what they amount to, and the documents they stand in."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from strife.casefile import Case
from strife.casefile.control import Holding
from strife.casefile.held import changes
from strife.casefile.rows import INCIDENT, claim_of
from strife.errors import Unknown
from strife.records import Claim, Incident, Place
from strife.views.brief.sentence import NOBODY, Writer
from strife.views.svg.basemap import WORLD, base_map

if TYPE_CHECKING:
    from strife.outlook.ledger_record import Expectation

JUDGED = 1_500  # claims of a case up to which a brief tells what became of expectations: above, it would take minutes
PASSAGES = 12  # claims of an incident among which evidence is looked for
MAIN = 0.6  # share of the placed claims from which a country is that of the brief, and left unsaid


@dataclass(frozen=True, slots=True)
class Source:
    """A document as a footnote names it."""

    id: str
    title: str | None
    published: str | None
    source: str | None
    url: str | None

    @property
    def outlet(self) -> str:
        """Who published it: the outlet, else the title or the id."""
        return self.source or (f"“{self.title}”" if self.title else self.id)


class Material:
    """The claims on a subject, in the order of the case, with everything that belongs to them."""

    def __init__(self, case: Case, about: str | None = None, since: str | None = None) -> None:
        """Unknown where nothing of the case is about the subject or since is no date."""
        self._case = case
        self._writers: dict[str, Writer] = {}
        self.about, self.since = about, _day(since)
        self.sources = {one.id: one for one in _sources(case)}
        self.claims = {one.id: one for one in _claims(case, about) if self._late_enough(one)}
        if not self.claims:
            raise Unknown(_nothing(about, since))
        self.incidents = [one for one in case.incidents(dataset="own") if not self.claims.keys().isdisjoint(one.claims)]
        self.documents = [self.sources[name] for name in dict.fromkeys(one.document for one in self.claims.values())]
        dated = [one.published for one in self.sources.values() if one.published]
        self.on = max(dated, default=None)
        self.home = _home(self.claims.values())
        self.holdings = [one for one in case.control(self.on or "9999-12-31") if self._concerns(one)]

    def of(self, incident: Incident) -> list[Claim]:
        """The claims of an incident that the brief is about."""
        return [self.claims[name] for name in incident.claims if name in self.claims]

    def published(self, claim: Claim) -> str:
        """The day of the text in which a claim stands, empty where that is not known."""
        return self.sources[claim.document].published or ""

    def writer(self, claim: Claim) -> Writer:
        """What writes the sentences of a claim's document."""
        name = claim.document
        if name not in self._writers:
            outlet = self.sources[name].source
            author = f"the author in {outlet}" if outlet else "the author"
            self._writers[name] = Writer(self._case.document(name).text, author, self.home)
        return self._writers[name]

    def sentence(self, claim: Claim) -> str:
        """The sentence of a claim."""
        return self.writer(claim).sentence(claim)

    def named(self, claim: Claim) -> bool:
        """Whether somebody else than the author says it, and is named."""
        writer = self.writer(claim)
        return writer.by(claim.frame) not in (writer.author, NOBODY)

    def over_time(self, places: Sequence[Place]) -> list[list[Holding]]:
        """Who held these places, day by day, in their order."""
        ids = [one.id for one in places if one.id]
        found = {one[0].place.id: one for one in changes(self._case.store, self.on or "9999-12-31", ids) if one}
        return [found[name] for name in ids if name in found]

    @functools.cached_property
    def ledger(self) -> dict[str, Expectation]:
        """What became of expectations, by the claims that say them; empty in a case that is too large to judge it meanwhile."""
        from strife.outlook.ledger import ledger_of

        if self._case.count() > JUDGED:
            return {}
        return {name: one for one in ledger_of(self._case) for name in (*one.copies, *one.claims, one.claim)}

    def evidence(self, name: str) -> list[Claim]:
        """The claims of a piece of evidence: of an incident, also those the brief is not about, or the claim itself."""
        rows = self._case.store.rows("SELECT record FROM incidents WHERE id = ?", (name,))
        claims = [claim for (record,) in rows for claim in INCIDENT.decode(record).claims] or [name]
        found = (self._case.store.row("SELECT record FROM claims WHERE id = ?", (one,)) for one in claims[:PASSAGES])
        return [claim_of(row[0]) for row in found if row]

    def _late_enough(self, claim: Claim) -> bool:
        """Whether a claim is of the time asked for: by its own day, else by that of its text."""
        if self.since is None:
            return True
        day = claim.when.end if claim.when and claim.when.end else self.published(claim)
        return day >= self.since

    def _concerns(self, holding: Holding) -> bool:
        return any(name in self.claims for name in (*holding.claims_for, *holding.claims_against))


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Unknown(f"since {text!r}: is no date; write it as 2013-06-05") from None


def _nothing(about: str | None, since: str | None) -> str:
    asked = " ".join(filter(None, (f"about {about!r}" if about else "", f"since {since}" if since else "")))
    return (
        f"{asked or 'the case'}: there is no claim to write of; strife find CASE --count-by place shows what there is"
    )


def _sources(case: Case) -> Iterator[Source]:
    for row in case.store.rows("SELECT id, title, published, source, url FROM documents ORDER BY number"):
        yield Source(*row)


def _claims(case: Case, about: str | None) -> Iterable[Claim]:
    if about is None:
        return case.claims()
    ways: list[dict[str, Any]] = [{"place": about}, {"admin1": about}, {"party": about}]
    country = next(
        (one.country for one in base_map("fine").countries(WORLD) if one.name.casefold() == about.casefold()), ""
    )
    if country:
        ways.append({"country": country})
    chosen = {claim.id for way in ways for claim in case.claims(**way)}
    return [claim for claim in case.claims() if claim.id in chosen] if chosen else []


def _home(claims: Iterable[Claim]) -> str | None:
    """The country of most claims, where they are most of all."""
    countries = Counter(one.where.country for one in claims if one.where and one.where.country)
    if not countries:
        return None
    iso, number = countries.most_common(1)[0]
    return iso if number >= MAIN * sum(countries.values()) else None
