"""Our incidents beside the rows of another dataset: which tell the same, by place, day, type and parties, and which have no like.

What is compared is only what both could hold: happened, in the shared period and countries, with a day and a place. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from strife.errors import BadInput
from strife.gazetteer.names import bare, fold, skeleton
from strife.measure.pairing import paired
from strife.records import Incident, Party

Period = tuple[date, date]
HAPPENED = {"reported", "claimed", "disputed"}
SLACK = {"point": 0.0, "settlement": 0.0, "surroundings": 10.0, "district": 20.0, "province": 60.0}  # kilometres
LONGEST = 31  # days of a date that still says something of when
SHIFTS = 4  # other days by which chance is told
SHORT = 60  # days: shifting within a shorter period tells nothing of chance
EARTH = 111.19  # kilometres of a degree
BANDS = ((1, "no deaths told"), (5, "1 to 4 deaths"), (25, "5 to 24 deaths"), (math.inf, "25 deaths and more"))
DIVISION = re.compile(r"\b(governorate|muhafazat|province|state|region|oblast|department|district|county|wilaya|of)\b")
DAY = timedelta(days=1)


class Windows(Struct, frozen=True, kw_only=True):
    """How near two must be to be taken for one. Places that are only known as a district or province are given its size more."""

    km: float = 10.0
    days: int = 1
    any_type: bool = False
    parties: bool = False


class Side(Struct, frozen=True, kw_only=True):
    """One side of a comparison: how many were compared, how many have a like on the other side, and what was left out and why."""

    compared: int
    covered: int
    left_out: dict[str, int]


class Group(Struct, frozen=True, kw_only=True):
    """The coverage of those with one year, country, first division, type or band of deaths: compared and covered, both ways."""

    by: str
    value: str
    case: int
    case_covered: int
    dataset: int
    dataset_covered: int


class Match(Struct, frozen=True, kw_only=True):
    """An incident and the row that is its pair: kilometres and days between them, and how alike they are, 0 to 1."""

    record: Literal["match"] = "match"
    incident: str
    row: str
    km: float
    days: int
    score: float


class Comparison(Struct, frozen=True, kw_only=True):
    """A case beside a dataset. `matched` are pairs one to one; `chance` is the share of our incidents that would have a like if
    they had happened on other days of the period, None where that is too short to tell."""

    record: Literal["comparison"] = "comparison"
    dataset: str
    windows: Windows
    period: tuple[str, str]
    countries: tuple[str, ...]
    case: Side
    rows: Side
    matched: int
    chance: float | None
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparison, its pairs, and who has no like on the other side."""

    summary: Comparison
    matches: tuple[Match, ...]
    alone: tuple[Incident, ...]
    rows_alone: tuple[Incident, ...]


@dataclass(frozen=True, slots=True)
class _Spot:
    incident: Incident
    lat: float
    lon: float
    slack: float
    first: date
    last: date

    def moved(self, days: int, period: Period) -> _Spot:
        """The same on another day of the period, which begins again where it ends."""
        length = (period[1] - period[0]).days + 1
        first = period[0] + timedelta(days=((self.first - period[0]).days + days) % length)
        return _Spot(self.incident, self.lat, self.lon, self.slack, first, first + (self.last - self.first))


def compare(
    incidents: Iterable[Incident], rows: Iterable[Incident], windows: Windows, period: Period | None = None
) -> Compared:
    """Compare incidents with rows of a dataset. `period` is that of the reports; else that of the incidents' dates.

    BadInput where the two have no period or no country in common."""
    left: Counter[str] = Counter()
    rows_left: Counter[str] = Counter()
    ours, theirs = _spots(incidents, left), _spots(rows, rows_left)
    if not theirs or not ours:
        raise BadInput(f"{'the case' if theirs else 'the dataset'} has nothing with a day and a place to compare")
    shared = _shared(ours, theirs, period)
    countries = {_country(one) for one in ours} & {_country(one) for one in theirs} - {""}
    if not countries:
        raise BadInput("case and dataset have no country in common; nothing can be compared")
    types: set[str] = {one.incident.code.plover for one in theirs if one.incident.code}
    ours = [one for one in ours if _wanted(one, shared, countries, None if windows.any_type else types, left)]
    theirs = [one for one in theirs if _wanted(one, shared, countries, None, rows_left)]
    near = _near(ours, theirs, windows)
    given = paired([(score, one, other) for one, other, _, _, score in near])
    covered, rows_covered = {one for one, *_ in near}, {other for _, other, *_ in near}
    matches = [
        Match(
            incident=ours[one].incident.id,
            row=theirs[other].incident.id,
            km=round(km, 1),
            days=days,
            score=round(score, 3),
        )
        for one, other, km, days, score in near
        if given.get(one) == other
    ]
    summary = Comparison(
        dataset=", ".join(sorted({one.incident.dataset or "" for one in theirs} - {""})),
        windows=windows,
        period=(shared[0].isoformat(), shared[1].isoformat()),
        countries=tuple(sorted(countries)),
        case=Side(compared=len(ours), covered=len(covered), left_out=dict(left.most_common())),
        rows=Side(compared=len(theirs), covered=len(rows_covered), left_out=dict(rows_left.most_common())),
        matched=len(matches),
        chance=_chance(ours, theirs, windows, shared),
        groups=tuple(_groups(ours, covered, theirs, rows_covered)),
    )
    alone = tuple(one.incident for number, one in enumerate(ours) if number not in covered)
    rows_alone = tuple(one.incident for number, one in enumerate(theirs) if number not in rows_covered)
    return Compared(summary, tuple(matches), alone, rows_alone)


def _spots(incidents: Iterable[Incident], left: Counter[str]) -> list[_Spot]:
    """What can be compared; the reason for each that cannot goes to `left`."""
    found = []
    for one in sorted(incidents, key=lambda one: one.id):
        spot = _spot(one)
        if isinstance(spot, str):
            left[spot] += 1
        else:
            found.append(spot)
    return found


def _spot(one: Incident) -> _Spot | str:
    """An incident with its days and its point, or why it cannot be compared."""
    if one.status not in HAPPENED:
        return "only expected, or denied"
    if one.when is None or one.when.start is None:
        return "no date"
    first = date.fromisoformat(one.when.start[:10])
    last = date.fromisoformat((one.when.end or one.when.start)[:10])
    if (last - first).days >= LONGEST:
        return f"no date finer than {LONGEST} days"
    if one.where is None or one.where.lat is None or one.where.lon is None:
        return "no place on the map"
    if one.where.precision not in SLACK:
        return "only a country or region for a place"
    return _Spot(one, one.where.lat, one.where.lon, SLACK[one.where.precision], first, last)


def _shared(ours: Sequence[_Spot], theirs: Sequence[_Spot], period: Period | None) -> Period:
    first, last = period or (min(one.first for one in ours), max(one.last for one in ours))
    since, until = min(one.first for one in theirs), max(one.last for one in theirs)
    begin, end = max(first, since), min(last, until)
    if begin > end:
        raise BadInput(f"case and dataset have no day in common: {first} to {last} and {since} to {until}")
    return begin, end


def _wanted(one: _Spot, period: Period, countries: set[str], types: set[str] | None, left: Counter[str]) -> bool:
    """Whether the other side could hold it too."""
    code = one.incident.code
    if one.last < period[0] or one.first > period[1]:
        left["outside the shared period"] += 1
    elif _country(one) not in countries:
        left["in another country"] += 1
    elif types is not None and not (
        (code is not None and code.plover in types) or ("ASSAULT" in types and _deaths(one))
    ):
        left["of a type that the dataset does not have"] += 1
    else:
        return True
    return False


def _country(one: _Spot) -> str:
    return (one.incident.where.country if one.incident.where else None) or ""


def _deaths(one: _Spot) -> float:
    """The deaths told: the best number, else the least."""
    told = next((each for each in one.incident.figures if each.measure == "deaths"), None)
    return (told.best or told.low or told.high or 0) if told else 0


Near = tuple[int, int, float, int, float]


def _near(ours: Sequence[_Spot], theirs: Sequence[_Spot], windows: Windows) -> list[Near]:
    """All pairs that may be one: numbers on both sides, kilometres, days, likeness."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for number, row in enumerate(theirs):
        for offset in range((row.last - row.first).days + 1):
            by_day[row.first + offset * DAY].append(number)
    found = []
    for number, one in enumerate(ours):
        length = (one.last - one.first).days + 2 * windows.days + 1
        days = [one.first + (offset - windows.days) * DAY for offset in range(length)]
        for other in sorted({row for day in days for row in by_day.get(day, ())}):
            pair = _pair(one, theirs[other], windows)
            if pair is not None:
                found.append((number, other, *pair))
    return found


def _pair(one: _Spot, other: _Spot, windows: Windows) -> tuple[float, int, float] | None:
    """Kilometres, days and likeness of two that are near enough."""
    reach = windows.km + one.slack + other.slack
    if abs(one.lat - other.lat) * EARTH > reach:
        return None
    km = _kilometres(one, other)
    if km > reach or not (windows.any_type or _same_type(one, other)):
        return None
    alike = _share_party(one.incident, other.incident)
    if windows.parties and not alike:
        return None
    days = max(0, (max(one.first, other.first) - min(one.last, other.last)).days)
    deaths = _deaths(one), _deaths(other)
    toll = min(deaths) / max(deaths) if max(deaths) else 0.0
    closeness = 1 - km / (reach + 1), 1 - days / (windows.days + 1)
    return km, days, 0.35 * closeness[0] + 0.35 * closeness[1] + 0.15 * alike + 0.15 * toll


def _kilometres(one: _Spot, other: _Spot) -> float:
    east = abs(one.lon - other.lon)
    east = min(east, 360 - east) * math.cos(math.radians((one.lat + other.lat) / 2))
    return EARTH * math.hypot(one.lat - other.lat, east)


def _same_type(one: _Spot, other: _Spot) -> bool:
    """One PLOVER type; what killed somebody is an assault whatever else it is."""
    ours, theirs = one.incident.code, other.incident.code
    if ours is None or theirs is None:
        return True
    return ours.plover == theirs.plover or (theirs.plover == "ASSAULT" and _deaths(one) > 0)


def _share_party(one: Incident, other: Incident) -> bool:
    ours = [told.party for told in (*one.actors, *one.recipients)]
    theirs = [told.party for told in (*other.actors, *other.recipients)]
    return any(_alike(here, there) for here in ours for there in theirs)


def _alike(one: Party, other: Party) -> bool:
    """One id or name, or one country and a sector in common."""
    if one.id is not None and one.id == other.id:
        return True
    if fold(one.name or one.quote) == fold(other.name or other.quote):
        return True
    return bool(one.country) and one.country == other.country and bool(set(one.sectors) & set(other.sectors))


def _chance(ours: Sequence[_Spot], theirs: Sequence[_Spot], windows: Windows, period: Period) -> float | None:
    """The share of ours that have a like when their days are moved within the period."""
    length = (period[1] - period[0]).days + 1
    if length < SHORT or not ours:
        return None
    total = 0
    for number in range(1, SHIFTS + 1):
        moved = [one.moved(length * number // (SHIFTS + 1), period) for one in ours]
        total += len({one for one, *_ in _near(moved, theirs, windows)})
    return round(total / (SHIFTS * len(ours)), 3)


def _groups(
    ours: Sequence[_Spot], covered: set[int], theirs: Sequence[_Spot], rows_covered: set[int]
) -> Iterable[Group]:
    """Coverage by year, country, first division, type and deaths; values in their order."""
    names: dict[str, str] = {}  # of divisions, by what their spellings share
    keys: tuple[tuple[str, Callable[[_Spot], str]], ...] = (
        ("year", lambda one: f"{one.first.year}"),
        ("country", _country),
        ("admin1", lambda one: _division(one, names)),
        ("type", lambda one: one.incident.code.plover if one.incident.code else "(none)"),
        ("deaths", _band),
    )
    for by, key in keys:
        counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        for place, spots, known in ((0, ours, covered), (2, theirs, rows_covered)):
            for number, one in enumerate(spots):
                counted[key(one)][place] += 1
                counted[key(one)][place + 1] += number in known
        shown = {value: names.get(value, value) for value in counted}
        for value in sorted(counted, key=lambda one: _in_order(shown[one])):
            case, case_covered, rows, rows_with = counted[value]
            yield Group(
                by=by,
                value=shown[value],
                case=case,
                case_covered=case_covered,
                dataset=rows,
                dataset_covered=rows_with,
            )


def _in_order(value: str) -> tuple[int, str]:
    bands = [name for _, name in BANDS]
    return (bands.index(value) if value in bands else 0, value)


def _band(one: _Spot) -> str:
    deaths = _deaths(one)
    return next(name for least, name in BANDS if deaths < least)


def _division(one: _Spot, names: dict[str, str]) -> str:
    """The first division by a name that both sides may share: "Homs" and "Homs Governorate" are one."""
    given = one.incident.where.admin1 if one.incident.where else None
    key = bare(" ".join(DIVISION.sub(" ", re.sub(r"[^\w]+", " ", fold(given or ""))).split()))
    key = skeleton(key) or key or "(none)"
    names.setdefault(key, given or "(none)")
    return key
