"""Who most likely holds a place on a day, and how sure: the last known holder, less surely the longer ago that was.

Control changes hands at a rate that depends on how near the other side is and whether places nearby changed hands of late. The rates
are counted over the evidence itself, and begin from a stated guess where there is little. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from msgspec import Struct

from strife.outlook.panel import Array, Index

NEAR = (5.0, 10.0, 20.0, 40.0, 80.0)  # kilometres to the nearest place that another holds: bounds of the bands
GUESS = (
    0.5,
    0.4,
    0.3,
    0.2,
    0.1,
    0.05,
)  # changes of hands a year in each band, before anything is counted: a guess, not a finding
UNPLACED = 0.2  # the same where no distance is known
GUESS_YEARS = 1.0  # place-years that the guess counts for
LIVELY, LATELY = (
    3.0,
    120,
)  # times the rate where a place within reach changed hands in so many days; before it is counted
REACH = 15.0  # kilometres
EVEN = 10.0  # changes of hands for which it counts that all parties lose alike
YEAR = 365.25
SURE, CONTESTED, CLAIMED = (
    0.99,
    0.6,
    0.8,
)  # of the newest evidence itself: reported, contested, claimed by one side only
EARTH = 6371.0  # kilometres


@dataclass(frozen=True, slots=True)
class Evidence:
    """On a day somebody was said to hold a place; `sure` is how far that is to be trusted, lat and lon in degrees where known."""

    place: str
    day: date
    holder: str
    sure: float = SURE
    lat: float | None = None
    lon: float | None = None


class Likely(Struct, frozen=True, kw_only=True):
    """Who most likely holds a place on a day: `probability` of the likeliest, `holders` of each party; the newest evidence and its age.

    `rate` is how often a year such places change hands, `distance` the kilometres to the nearest place that another holds."""

    place: str
    on: str
    holder: str
    probability: float
    holders: dict[str, float]
    evidence: str
    age: int
    rate: float
    distance: float | None


@dataclass(frozen=True, slots=True)
class Rates:
    """Changes of hands a year by band of distance (the last: unknown), where nothing nearby changed of late and where something did."""

    quiet: tuple[float, ...]
    lively: tuple[float, ...]
    losing: dict[str, float]  # how many times as often as others a party loses what it holds

    def of(self, band: int, lively: bool, holder: str) -> float:
        """The rate of a place."""
        return (self.lively[band] if lively else self.quiet[band]) * self.losing.get(holder, 1.0)


@dataclass(frozen=True, slots=True)
class Front:
    """The places as last known on a day: their newest evidence, distances to the nearest of another, and whether it is lively there."""

    newest: tuple[Evidence, ...]
    distance: Array  # NaN where not known
    lively: Index


def likely(evidence: Iterable[Evidence], on: date, rates: Rates | None = None) -> list[Likely]:
    """For each place with evidence up to a day, who holds it then; without rates they are learnt from that evidence."""
    known = [one for one in evidence if one.day <= on]
    if not known:
        return []
    rates = rates or learn_rates(known)
    front = front_on(known, on)
    parties = sorted({one.holder for one in known})
    near = _weights(front, parties)
    return [_likely(front, number, on, rates, parties, near[number]) for number in range(len(front.newest))]


def _likely(front: Front, number: int, on: date, rates: Rates, parties: Sequence[str], near: Array) -> Likely:
    one, distance = front.newest[number], float(front.distance[number])
    rate = rates.of(band_of(distance), bool(front.lively[number]), one.holder)
    age = (on - one.day).days
    share = chance_unchanged(rate, age, len(parties))
    kept = one.sure * share + (1 - one.sure) * (1 - share)
    others = [(party, float(weight)) for party, weight in zip(parties, near, strict=True) if party != one.holder]
    total = sum(weight for _, weight in others)
    holders = {one.holder: kept if others else one.sure}
    holders |= {party: (1 - kept) * weight / total for party, weight in others}
    best = max(holders, key=lambda party: holders[party])
    return Likely(
        place=one.place,
        on=on.isoformat(),
        holder=best,
        probability=holders[best],
        holders=dict(sorted(holders.items(), key=lambda pair: -pair[1])),
        evidence=one.day.isoformat(),
        age=age,
        rate=rate,
        distance=None if math.isnan(distance) else distance,
    )


def chance_unchanged(rate: float, days: int, parties: int) -> float:
    """How likely a place has the same holder after so many days: from 1 down to an even chance between two, as it may come back."""
    floor = 1 / max(parties, 2)
    return floor + (1 - floor) * math.exp(-rate / (1 - floor) * days / YEAR)


def band_of(distance: float) -> int:
    """The band of a distance in kilometres; the last is for what is not known."""
    return len(NEAR) + 1 if math.isnan(distance) else int(np.searchsorted(NEAR, distance))


def front_on(evidence: Iterable[Evidence], on: date) -> Front:
    """The newest evidence of each place on a day, and what lies around it."""
    newest: dict[str, Evidence] = {}
    changed: dict[str, date] = {}
    for one in sorted((one for one in evidence if one.day <= on), key=lambda one: one.day):
        before = newest.get(one.place)
        if before is not None and before.holder != one.holder:
            changed[one.place] = one.day
        newest[one.place] = one
    places = tuple(newest.values())
    late = np.array([changed.get(one.place, date.min) >= on - timedelta(days=LATELY) for one in places])
    spots = _spots(places)
    distance, lively = np.full(len(places), np.nan), late.astype(np.int64)
    holder = np.array([one.holder for one in places])
    for name in set(holder):
        others = spots[holder != name]
        distance[holder == name] = _nearest(spots[holder == name], others)
    if late.any():
        lively |= (_nearest(spots, spots[late]) <= REACH).astype(np.int64)
    return Front(places, distance, lively)


def learn_rates(evidence: Iterable[Evidence]) -> Rates:
    """Count changes of hands between pieces of evidence on one place in a row, each as the front stood at the earlier."""
    known = sorted(evidence, key=lambda one: one.day)
    following: dict[str, list[Evidence]] = {}
    for one in known:
        following.setdefault(one.place, []).append(one)
    pairs: dict[date, list[tuple[Evidence, Evidence]]] = {}
    for said in following.values():
        for first, second in pairwise(said):
            if first.day < second.day:
                pairs.setdefault(first.day, []).append((first, second))
    steps = [step for day in sorted(pairs) for step in _steps(front_on(known, day), pairs[day])]
    changes, years = np.zeros((2, len(NEAR) + 2, 2))
    for step in steps:
        changes[step.cell] += step.changed
        years[step.cell] += step.years
    guess = np.array([*GUESS, UNPLACED])[:, None] * np.array([1.0, LIVELY])
    rates = (changes + guess * GUESS_YEARS) / (years + GUESS_YEARS)
    return Rates(tuple(map(float, rates[:, 0])), tuple(map(float, rates[:, 1])), _losing(steps, rates))


@dataclass(frozen=True, slots=True)
class _Step:
    """From one piece of evidence on a place to the next."""

    holder: str
    cell: tuple[int, int]
    changed: bool
    years: float


def _steps(front: Front, pairs: Sequence[tuple[Evidence, Evidence]]) -> Iterator[_Step]:
    position = {one.place: number for number, one in enumerate(front.newest)}
    for first, second in pairs:
        number = position[first.place]
        cell = band_of(float(front.distance[number])), int(front.lively[number])
        yield _Step(first.holder, cell, first.holder != second.holder, (second.day - first.day).days / YEAR)


def _losing(steps: Sequence[_Step], rates: Array) -> dict[str, float]:
    """How often each party lost a place, against what the rates alone would have."""
    lost: dict[str, float] = {}
    expected: dict[str, float] = {}
    for step in steps:
        lost[step.holder] = lost.get(step.holder, 0.0) + step.changed
        expected[step.holder] = expected.get(step.holder, 0.0) + step.years * float(rates[step.cell])
    return {holder: (lost[holder] + EVEN) / (expected[holder] + EVEN) for holder in lost}


def _spots(places: Sequence[Evidence]) -> Array:
    """Points on a globe of radius 1 (number, 3); NaN where a place has no coordinates."""
    lat = np.radians(np.array([np.nan if one.lat is None else one.lat for one in places]))
    lon = np.radians(np.array([np.nan if one.lon is None else one.lon for one in places]))
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)


def _nearest(spots: Array, others: Array) -> Array:
    """Kilometres from each spot to the nearest of the others; NaN where none is known."""
    from scipy.spatial import cKDTree

    found = np.full(len(spots), np.nan)
    placed, there = ~np.isnan(spots[:, 0]), ~np.isnan(others[:, 0])
    if placed.any() and there.any():
        chord, _ = cKDTree(others[there]).query(spots[placed])
        found[placed] = 2 * EARTH * np.arcsin(np.clip(chord / 2, 0, 1))
    return found


def _weights(front: Front, parties: Sequence[str]) -> Array:
    """How much of the chance that a place changed hands goes to each party (places, parties): the nearer, the more."""
    spots = _spots(front.newest)
    holder = np.array([one.holder for one in front.newest])
    columns = []
    for party in parties:
        away = _nearest(spots, spots[holder == party])
        columns.append(np.where(np.isnan(away), 1.0, 1 / (1 + away)))
    return np.stack(columns, axis=-1)


def sureness(contested: bool, claimed_only: bool) -> float:
    """How far the newest evidence of a place is to be trusted by itself."""
    return CONTESTED if contested else CLAIMED if claimed_only else SURE
