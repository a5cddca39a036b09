"""Incidents -> a panel: how many, or how many dead, by country, first-level division or place, and month or week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from strife.errors import BadInput
from strife.outlook.checks import trusted
from strife.outlook.panel import Array, Figures, Panel
from strife.outlook.periods import Frequency, last_day, number_of
from strife.records import Incident

By = Literal["country", "admin1", "place"]
What = Literal["events", "deaths"]
LONGEST = {"week": 7, "month": 31}  # days an incident may span and still be counted in the period it began in
HAPPENED = ("reported", "claimed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is counted: of which units, how often, events or deaths, of which PLOVER type (None for all)."""

    by: By = "country"
    frequency: Frequency = "month"
    what: What = "events"
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Counts with their bounds: `low` and `high` have the shape of the panel's values. `left_out` tells what is not in, and why."""

    panel: Panel
    low: Array
    high: Array
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Counted:
    unit: str
    number: int
    low: float
    best: float
    high: float
    known: date | None


def series(
    incidents: Iterable[Incident],
    choice: Choice,
    name: str,
    *,
    today: date,
    known: Mapping[str, str] | None = None,
) -> Series:
    """The series of incidents; `known` gives for the id of a document the day it was published.

    Disputed incidents count only in the upper bound; expected ones never. BadInput where nothing can be counted."""
    left: dict[str, int] = {}
    counted = []
    for incident in incidents:
        one = _counted(incident, choice, known or {}, left)
        if one is not None:
            counted.append(one)
    if not counted:
        why = "; ".join(f"{number:,} {reason}" for reason, number in left.items()) or "it holds no incidents"
        raise BadInput(f"{name}: nothing to count by {choice.by} and {choice.frequency}: {why}")
    panel, low, high = _summed(counted, choice, name)
    notes = tuple(f"{number:,} incidents are left out: {reason}" for reason, number in left.items())
    panel = trusted(replace(panel, notes=notes), today)
    return Series(panel, low[: len(panel)], high[: len(panel)], left)


def _counted(incident: Incident, choice: Choice, known: Mapping[str, str], left: dict[str, int]) -> _Counted | None:
    reason = _unfit(incident, choice)
    if reason is not None:
        left[reason] = left.get(reason, 0) + 1
        return None
    assert incident.when is not None
    assert incident.when.start is not None
    number = number_of(date.fromisoformat(incident.when.start), choice.frequency)
    days = [known[one] for one in incident.documents if known.get(one)]
    first = date.fromisoformat(min(days)) if days else None
    if incident.status == "disputed":
        low, best, high = 0.0, 0.0, _bounds(incident, choice)[2]
    else:
        low, best, high = _bounds(incident, choice)
    return _Counted(_unit(incident, choice.by) or "", number, low, best, high, first)


def _unfit(incident: Incident, choice: Choice) -> str | None:
    """Why an incident is not counted; None where it is."""
    if choice.code is not None and (incident.code is None or incident.code.plover != choice.code):
        return f"no {choice.code}"
    if incident.status not in (*HAPPENED, "disputed"):
        return "only expected"
    if incident.when is None or incident.when.start is None or incident.when.end is None:
        return "no date"
    days = (date.fromisoformat(incident.when.end) - date.fromisoformat(incident.when.start)).days + 1
    if days > LONGEST[choice.frequency]:
        return f"longer than a {choice.frequency}"
    return None if _unit(incident, choice.by) else f"no {choice.by}"


def _unit(incident: Incident, by: By) -> str | None:
    where = incident.where
    if where is None:
        return None
    if by == "country":
        return where.country
    if by == "admin1":
        return where.admin1
    return where.name if where.precision in ("point", "settlement", "surroundings") else None


def _bounds(incident: Incident, choice: Choice) -> tuple[float, float, float]:
    """Low, best and high; what is not said of the deaths counts as 0."""
    if choice.what == "events":
        return 1.0, 1.0, 1.0
    deaths = next((one for one in incident.figures if one.measure == "deaths"), None)
    if deaths is None:
        return 0.0, 0.0, 0.0
    best = deaths.best if deaths.best is not None else deaths.low if deaths.low is not None else deaths.high or 0.0
    low = best if deaths.low is None else min(deaths.low, best)
    high = best if deaths.high is None else max(deaths.high, best)
    return low, best, high


def _summed(counted: list[_Counted], choice: Choice, name: str) -> tuple[Panel, Array, Array]:
    units = sorted({one.unit for one in counted})
    first = min(one.number for one in counted)
    shape = (max(one.number for one in counted) - first + 1, len(units))
    column = {unit: index for index, unit in enumerate(units)}
    sums = [np.zeros(shape) for _ in range(3)]
    for one in counted:
        for total, value in zip(sums, (one.low, one.best, one.high), strict=True):
            total[one.number - first, column[one.unit]] += value
    low, best, high = sums
    figures = _growing(counted, choice.frequency, first, column) if any(one.known for one in counted) else None
    what = "deaths" if choice.what == "deaths" else "events"
    return Panel(name, tuple(units), choice.frequency, first, best, what, figures), low, high


def _growing(counted: list[_Counted], frequency: Frequency, first: int, column: dict[str, int]) -> Figures:
    """The states of each figure: 0 when its period ends, then more with every incident that becomes known."""
    rows = max(one.number for one in counted) - first + 1
    ends = np.array([last_day(first + row, frequency).toordinal() for row in range(rows)])
    period, unit = (part.ravel() for part in np.indices((rows, len(column))))
    told = sorted(
        (
            one.number - first,
            column[one.unit],
            max(one.known.toordinal() if one.known else 0, int(ends[one.number - first])),
            one.best,
        )
        for one in counted
    )
    states: list[tuple[int, int, int, float]] = []
    for row, place, day, best in told:
        same = bool(states) and states[-1][:2] == (row, place)
        states.append((row, place, day, best + (states[-1][3] if same else 0.0)))
    more = [np.array(part) for part in zip(*states, strict=True)]
    return Figures(
        unit=np.concatenate([unit, more[1]]),
        period=np.concatenate([period, more[0]]),
        known=np.concatenate([ends[period], more[2]]),
        value=np.concatenate([np.zeros(len(unit)), more[3]]),
    )
