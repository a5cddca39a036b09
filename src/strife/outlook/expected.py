"""The outlook of one unit: what to expect, the baseline beside it, what it rests on, and how well it did before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from msgspec import Struct

from strife.outlook.backtest import Step, Table, origins_of, walk
from strife.outlook.models import BASELINE, POOL
from strife.outlook.panel import Array, Index, Panel
from strife.outlook.samples import Samples
from strife.outlook.skill import Skill, skill_of

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
ORIGINS = 60  # of the back-test of one unit
REFIT = 24  # origins after which its models are fitted anew
COMPANIONS = 10  # units, besides the one asked for, from which the pool's shares are learnt
RECENT = 24  # periods shown: the longest that a model looks back for weights


class Fan(Struct, frozen=True, kw_only=True):
    """A distribution: its 5, 25, 50, 75 and 95 % quantiles, its mean, and the probability of at least so many by number."""

    quantiles: tuple[float, ...]
    mean: float
    at_least: dict[str, float]


class Ahead(Struct, frozen=True, kw_only=True):
    """What to expect of a period `horizon` steps ahead: the pool, and the baseline (the last 12 periods) beside it."""

    horizon: int
    period: str
    pool: Fan
    baseline: Fan


class Seen(Struct, frozen=True, kw_only=True):
    """What was counted in a past period; bounds where sources give them, null where not known."""

    period: str
    count: float | None
    low: float | None = None
    high: float | None = None


class Record(Struct, frozen=True, kw_only=True):
    """How the pool did for this unit at past origins, and how often its 90 % interval held the outcome."""

    origins: int
    first: str | None
    last: str | None
    skill: Skill | None
    crps: float | None
    baseline_crps: float | None
    covered: float | None


class Outlook(Struct, frozen=True, kw_only=True):
    """What to expect of a unit. `claim`: whether the pool may be called better than the baseline for it; `verdict` says it in words.

    `seen` are the newest periods, oldest first, which the baseline (the last 12) and the pool rest on."""

    record: Literal["outlook"] = "outlook"
    source: str
    unit: str
    what: str
    frequency: str
    origin: str
    levels: tuple[float, ...] = LEVELS
    seen: tuple[Seen, ...]
    ahead: tuple[Ahead, ...]
    track: Record
    claim: bool
    verdict: str
    shares: dict[str, float]
    notes: tuple[str, ...]


def outlook(
    panel: Panel,
    unit: str,
    steps: int = 6,
    *,
    numbers: Sequence[int] = (1, 25),
    bounds: tuple[Array, Array] | None = None,
    boosting: bool = False,
) -> Outlook:
    """The outlook of a unit for so many periods after the last of the panel. Unknown where the panel has no such unit.

    `numbers` are those whose probability is told; `bounds` are the lower and upper counts of the panel."""
    column = panel.column(unit)
    horizons = list(range(1, steps + 1))
    origins = origins_of(panel, horizons, ORIGINS)
    table = Table(panel, tuple(horizons), origins, tuple(numbers), [column])
    last: Step | None = None
    start = origins[0] if origins else len(panel) - 1
    companions = _companions(panel, column, start)
    for last in walk(panel, horizons, range(start, len(panel)), companions, REFIT, boosting=boosting):
        if last.row in origins:
            table.take(last)
    assert last is not None  # the last row of the panel is always walked to
    place = np.flatnonzero(last.columns == column)
    found = {name: one[place] for name, one in last.found.items()}
    pool, baseline = last.fitted.pooled(found, last.shares), found[BASELINE]
    track = _track(table)
    claim = track.skill is not None and track.skill.proven
    return Outlook(
        source=panel.name,
        unit=panel.units[column],
        what=panel.what,
        frequency=panel.frequency,
        origin=panel.label(len(panel) - 1),
        seen=_seen(panel, column, bounds),
        ahead=tuple(_ahead(panel, pool, baseline, horizon, numbers) for horizon in horizons),
        track=track,
        claim=claim,
        verdict=_verdict(panel, column, track),
        shares={name: float(share) for name, share in zip(last.fitted.members, last.shares.mean(0), strict=True)},
        notes=panel.notes,
    )


def _companions(panel: Panel, column: int, start: int) -> Index:
    """The unit and those with most events before the first origin, in the order of the panel."""
    before = np.nansum(panel.values[max(0, start - 60) : start + 1], axis=0)
    most = [int(one) for one in np.argsort(-before, kind="stable") if one != column][:COMPANIONS]
    return np.array(sorted([column, *most]))


def _fan(forecast: Samples, numbers: Sequence[int]) -> Fan:
    """The fan of one forecast (k,)."""
    return Fan(
        quantiles=tuple(float(value) for value in forecast.quantiles(LEVELS)),
        mean=float(forecast.mean()),
        at_least={str(number): float(forecast.at_least(number)) for number in numbers},
    )


def _ahead(panel: Panel, pool: Samples, baseline: Samples, horizon: int, numbers: Sequence[int]) -> Ahead:
    place = (0, horizon - 1)
    return Ahead(
        horizon=horizon,
        period=panel.label(len(panel) - 1 + horizon),
        pool=_fan(pool[place], numbers),
        baseline=_fan(baseline[place], numbers),
    )


def _seen(panel: Panel, column: int, bounds: tuple[Array, Array] | None) -> tuple[Seen, ...]:
    def number(values: Array, row: int) -> float | None:
        return None if np.isnan(values[row, column]) else float(values[row, column])

    return tuple(
        Seen(
            period=panel.label(row),
            count=number(panel.values, row),
            low=number(bounds[0], row) if bounds else None,
            high=number(bounds[1], row) if bounds else None,
        )
        for row in range(max(0, len(panel) - RECENT), len(panel))
    )


def _track(table: Table) -> Record:
    """How it went; nothing where there was no origin."""
    if not table.rows or not table.scores or np.isnan(table.outcomes).all():
        return Record(origins=0, first=None, last=None, skill=None, crps=None, baseline_crps=None, covered=None)
    pool, baseline = table.scores[POOL], table.scores[BASELINE]
    return Record(
        origins=len(table.rows),
        first=table.panel.label(table.rows[0]),
        last=table.panel.label(table.rows[-1]),
        skill=skill_of(pool, baseline),
        crps=float(np.nanmean(pool["crps"])),
        baseline_crps=float(np.nanmean(baseline["crps"])),
        covered=float(np.nanmean(pool["coverage_90"])),
    )


def _verdict(panel: Panel, column: int, track: Record) -> str:
    """What may be claimed, in words."""
    nothing = f"nothing better than the last 12 {panel.frequency}s can be claimed"
    if not np.nansum(panel.values[-12:, column]) > 0:
        return f"No event in the last 12 {panel.frequency}s: whether violence will begin cannot be told from counts; {nothing}."
    if track.skill is None or track.skill.crps is None:
        return f"Too little is known to test the outlook: {nothing}."
    if track.skill.interval is None:
        return f"Only {track.origins} past origins, too few to tell how sure a gain is: {nothing}."
    low, high = (100 * bound for bound in track.skill.interval)
    share = f"{100 * track.skill.crps:+.1f} % CRPS, 90 % interval {low:+.1f} to {high:+.1f} %"
    if low > 0:
        return f"At {track.origins} past origins better than the last 12 {panel.frequency}s: {share}."
    return f"At {track.origins} past origins not surely better ({share}): {nothing}."
