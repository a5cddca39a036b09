"""What a report lends to its clauses: the places it names and the days it tells, each where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from strife.incidents.outline import Outline, key_of
from strife.incidents.testimony import Testimony
from strife.records import Claim, Control, Event, Party, Place

Days = tuple[date, date]
T = TypeVar("T")
NAMED = {"point", "settlement", "surroundings"}
COARSE = {"country", "region"}  # too wide to lend: "the north of the country" is anywhere in it
WEIGHT = {"point": 3, "settlement": 3, "surroundings": 3, "district": 3, "province": 3, "region": 1, "country": 1}
TITLE = -1  # where a name in the title stands
FAR = 2000.0  # what stands farther from a clause than this, in characters, is not lent to it
HEADED = 300.0  # how far from any clause the title stands
FOCUS = 500.0  # how much nearer the place counts that the report names most
ELSEWHERE = 300.0  # what another paragraph costs, in characters


@dataclass(frozen=True, slots=True)
class Settings:
    """The places and days of one report by where they stand, and the country that it is about ("" where nothing tells).

    `focus` is how often each place is named, of the one named most."""

    spots: tuple[tuple[int, Place], ...]
    told: tuple[tuple[int, Days], ...]
    home: str
    focus: Mapping[str, float]

    def place(self, at: int, outline: Outline, country: str | None = None) -> Place | None:
        """The place that the report lends to a clause: what came before counts nearer than what comes behind, and the same
        paragraph nearer than another. Of one country only, where a clause names it."""

        def far(spot: tuple[int, Place]) -> tuple[float, int]:
            where, place = spot
            if where == TITLE:
                gap = HEADED
            else:
                gap = float(at - where) if where <= at else 1.5 * (where - at) + 50
                gap += ELSEWHERE if outline.paragraph(where) != outline.paragraph(at) else 0
            return gap - FOCUS * self.focus.get(name_of(place), 0.0), where

        spots = [spot for spot in self.spots if country is None or spot[1].country in (None, country)]
        best = min(spots, key=far, default=None)
        return best[1] if best is not None and far(best)[0] <= FAR else None

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


def settings_of(told: Sequence[Testimony], known: Known) -> Settings:
    """What one report, the claims of which are given, lends to its clauses."""
    places, outline = _named(told), told[0].outline
    spots = dict(_sites(outline, known))
    spots |= {place.start: place for place in places if usable(place)}
    for at, name in (*outline.names, *outline.openers, *((TITLE, name) for name in outline.title)):
        if name in known.towns and (at == TITLE or name not in known.parties):
            spots.setdefault(at, known.towns[name])
    behind = {at: place for at, place in spots.items() if at == TITLE or at >= outline.lead} or spots
    home = _home([*places, *(place for at, place in behind.items() if at not in {one.start for one in places})])
    near = {at: place for at, place in behind.items() if not home or place.country in (None, home)} or behind
    counted = Counter(name_of(place) for place in near.values())
    counted.update(name_of(place) for at, place in near.items() if at == TITLE)
    most = max(counted.values(), default=1)
    focus = {name: count / most for name, count in counted.items()}
    return Settings(tuple(sorted(near.items(), key=lambda spot: spot[0])), tuple(_told(told)), home, focus)


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
            if (days := Settings.days_of(one.claim)) is not None:
                found[evidence.start + evidence.quote.index(when.quote)] = days
    return sorted(found.items())
