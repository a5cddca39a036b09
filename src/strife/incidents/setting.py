"""What a report lends to its clauses: the places it names and the days it tells, each where it stands."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from strife.incidents.outline import Outline, key_of
from strife.incidents.places import NAMED, place_relation
from strife.incidents.testimony import Testimony
from strife.records import Claim, Control, Event, Party, Place

Days = tuple[date, date]
COARSE = {"country", "region"}  # too wide to lend: "the north of the country" is anywhere in it
WEIGHT = {"point": 3, "settlement": 3, "surroundings": 3, "district": 3, "province": 3, "region": 1, "country": 1}
TITLE = -1  # where a name in the title stands
FAR = 800.0  # characters over which a name before a clause loses most of its claim
SINCE = re.compile(r"\bsince\b", re.IGNORECASE)
CLOSE = timedelta(days=3)  # reports published so near each other write of the same things
CLAIM = {  # what makes a place that of a clause, in log odds: fitted to the two development sets, rounded
    "clause": 0.7,
    "earlier": 0.6,
    "last": 0.6,
    "last here": 0.5,
    "lead": 1.1,
    "own": 1.4,
    "title": 1.0,
    "village": 0.8,
    "news": 2.6,
}


@dataclass(frozen=True, slots=True)
class Spots:
    """A place that a report names and where, in order of the text; `titled` in its title. `news` (0 to 1) is how much other
    reports of these days speak of it, and of all reports only few: the place of the hour, not one always spoken of."""

    place: Place
    at: tuple[int, ...]
    titled: bool
    news: float = 0.0


@dataclass(frozen=True, slots=True)
class Settings:
    """The places and days of one report by where they stand, and the country that it is about ("" where nothing tells)."""

    spots: tuple[Spots, ...]
    told: tuple[tuple[int, Days], ...]
    home: str

    def place(self, event: Event, outline: Outline, own: Place | None) -> Place | None:
        """The place that the report lends to a clause: it is named before it or in it, in the opening or the title, and in other
        reports of these days. `own` is the wide place that the clause names, if any: what is lent lies in it."""
        at = event.trigger.start
        before = max((where for one in self.spots for where in one.at if where <= at), default=None)
        start, end = min(span.start for span in event.evidence), max(span.end for span in event.evidence)
        country = event.where.country if event.where is not None else None

        def weight(one: Spots) -> tuple[float, str]:
            total = CLAIM["news"] * one.news
            total += CLAIM["title"] * one.titled
            total += CLAIM["lead"] * any(outline.paragraph(where) == 0 for where in one.at)
            total += CLAIM["clause"] * any(start <= where < end for where in one.at)
            total += CLAIM["village"] * (one.place.lat is None)
            total += CLAIM["own"] * (own is not None and place_relation(own, one.place) == "spot")
            if earlier := [where for where in one.at if where <= at]:
                total += CLAIM["earlier"] * math.exp((earlier[-1] - at) / FAR)
                if before == earlier[-1]:
                    total += CLAIM["last"]
                    total += CLAIM["last here"] * (outline.paragraph(before) == outline.paragraph(at))
            return total, name_of(one.place)

        spots = [one for one in self.spots if country is None or one.place.country in (None, country)]
        if own is not None:
            spots = [one for one in spots if place_relation(own, one.place) != "apart"]
        best = max(spots, key=weight, default=None)
        return best.place if best is not None else own

    def days(self, at: int, outline: Outline) -> Days | None:
        """The days told last before a clause in its own paragraph."""
        before = [
            days for where, days in self.told if where <= at and outline.paragraph(where) == outline.paragraph(at)
        ]
        return before[-1] if before else None

    @staticmethod
    def days_of(claim: Claim) -> Days | None:
        """The dates of a claim; those taken from the publication date count as none."""
        when = claim.when
        if when is None or when.basis == "publication" or when.start is None or when.end is None:
            return None
        return date.fromisoformat(when.start[:10]), date.fromisoformat(when.end[:10])


def usable(place: Place) -> bool:
    """Whether a place can be compared: it lies somewhere finer than a country, or is a town or village with a name, in a
    gazetteer or not."""
    if place.precision in COARSE:
        return False
    return place.lat is not None or (place.precision in NAMED and place.quote[:1].isupper())


def name_of(place: Place) -> str:
    """What a place is counted by."""
    return place.id or place.name or place.quote


@dataclass(frozen=True, slots=True)
class Known:
    """What the claims of all reports tell of places: towns and villages by the key of their name, the keys of wider places, and
    those of parties: a capital that speaks or acts is no place where something happens."""

    towns: Mapping[str, Place]
    wide: frozenset[str]
    parties: frozenset[str]


def known_places(documents: Iterable[Sequence[Testimony]]) -> Known:
    """What one report says of where a village lies helps with the others."""
    found: dict[str, Counter[str]] = {}
    places: dict[str, Place] = {}
    wide: set[str] = set()
    parties: set[str] = set()
    for told in documents:
        parties |= _parties(told)
        for place in _named(told):
            keys = {key_of(place.quote), key_of(place.name or place.quote)} - {""}
            if place.precision not in NAMED:
                wide |= keys
            elif usable(place):
                places.setdefault(name_of(place), place)
                for key in keys:
                    found.setdefault(key, Counter())[name_of(place)] += 1
    towns = {
        key: places[min(count, key=lambda one: (places[one].lat is None, -count[one], one))]
        for key, count in found.items()
    }
    return Known(towns, frozenset(wide), frozenset(parties))


def settings_of(documents: Mapping[str, Sequence[Testimony]]) -> dict[str, Settings]:
    """What each report, the claims of which are given by document, lends to its clauses."""
    known = known_places(documents.values())
    spots = {document: _spots(told, known) for document, told in documents.items()}
    days = {document: _published(told) for document, told in documents.items()}
    named: dict[str, Counter[int]] = {}
    for document, found in spots.items():
        for name in found:
            named.setdefault(name, Counter())[days[document]] += 1
    return {
        document: Settings(
            spots=_weighed(spots[document], named, days[document], len(documents)),
            told=tuple(_told(told)),
            home=_home([*_named(told), *(one.place for one in spots[document].values())]),
        )
        for document, told in documents.items()
    }


def _weighed(
    found: Mapping[str, Spots], named: Mapping[str, Counter[int]], day: int, reports: int
) -> tuple[Spots, ...]:
    """The places of a report that came out on a day, each with how much it is in the news."""
    near = {name: _near(named[name], day) for name in sorted(found)}
    most = max(near.values(), default=0)
    if not most:
        return tuple(found[name] for name in near)
    rare = {name: math.log(reports / named[name].total()) / math.log(reports) for name in near}
    return tuple(replace(found[name], news=near[name] / most * rare[name]) for name in near)


def _published(told: Sequence[Testimony]) -> int:
    """The day a report came out, counted from the year 1; 0 where it does not say."""
    day = day_of(told[0].published)
    return day.toordinal() if day is not None else 0


def _near(counted: Counter[int], day: int) -> int:
    """How many other reports with a name came out within a few days of this one."""
    return sum(counted[day + off] for off in range(-CLOSE.days, CLOSE.days + 1)) - 1 if day else 0


def _spots(told: Sequence[Testimony], known: Known) -> dict[str, Spots]:
    """The places that a report names behind its dateline, by what they are counted by; all where there is none behind it."""
    outline = told[0].outline
    found = dict(_sites(outline, known))
    found |= {place.start: place for place in _named(told) if usable(place)}
    titled: dict[str, Place] = {}
    for at, name in (*outline.names, *outline.openers):
        if name in known.towns and name not in known.parties:
            found.setdefault(at, known.towns[name])
    for name in outline.title:
        if name in known.towns:
            titled[name_of(known.towns[name])] = known.towns[name]
    behind = {at: place for at, place in found.items() if at >= outline.lead}
    if not behind and not titled:
        behind = found
    places = titled | {name_of(place): place for _, place in sorted(behind.items(), reverse=True)}
    stands: dict[str, list[int]] = {name: [] for name in places}
    for at, place in sorted(behind.items()):
        stands[name_of(place)].append(at)
    return {name: Spots(place, tuple(stands[name]), name in titled) for name, place in places.items()}


def _sites(outline: Outline, known: Known) -> Iterator[tuple[int, Place]]:
    """The names that stand as places do and are in no gazetteer and no claim: villages all the same."""
    for at, name in outline.sites:
        key = key_of(name)
        if key in known.towns:
            yield at, known.towns[key]
        elif key not in known.wide and key not in known.parties:
            yield at, Place(quote=name, start=at, end=at + len(name), precision="settlement")


def _named(told: Iterable[Testimony]) -> list[Place]:
    """The places that the claims of one report name, in order of the text."""
    named = {(one.claim.where.start, one.claim.where.quote): one.claim.where for one in told if one.claim.where}
    return [named[key] for key in sorted(named)]


def _parties(told: Iterable[Testimony]) -> set[str]:
    """The keys of the names that parties go by: a capital that speaks or acts is no place where something happens."""
    found: set[str] = set()
    for one in told:
        claim = one.claim
        named: list[Party] = [claim.frame.voice] if isinstance(claim.frame.voice, Party) else []
        if isinstance(claim, Event):
            named += [*claim.actors, *claim.recipients]
        elif isinstance(claim, Control):
            named.append(claim.holder)
        found |= {key for party in named if (key := key_of(party.quote))}
    return found


def _home(places: Sequence[Place]) -> str:
    """The country a report is about: what its places lie in, towns counting more than names of countries."""
    votes: Counter[str] = Counter()
    for place in places:
        if place.country:
            votes[place.country] += WEIGHT[place.precision]
    return min(votes, key=lambda country: (-votes[country], country)) if votes else ""


def _told(told: Iterable[Testimony]) -> list[tuple[int, Days]]:
    """The days that the claims of a report state in their own words, where they stand."""
    found: dict[int, Days] = {}
    for one in told:
        when, evidence = one.claim.when, one.claim.evidence[0]
        if when is not None and when.quote and when.quote in evidence.quote:
            if sums_up(evidence.quote, when.quote):
                continue
            if (days := Settings.days_of(one.claim)) is not None:
                found[evidence.start + evidence.quote.index(when.quote)] = days
    return sorted(found.items())


def day_of(text: str | None) -> date | None:
    """The day of an ISO 8601 date; None where there is none."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def sums_up(text: str, day: str | None) -> bool:
    """Whether a day in a clause is only where a sum begins: "killed since the war broke out in March"."""
    return SINCE.search(text.partition(day)[0] if day else text) is not None
