"""The score card of a back-test: every model beside the baseline, by horizon and by kind of situation."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from strife.outlook.backtest import Backtest
from strife.outlook.models import BASELINE, POOL
from strife.outlook.panel import Array
from strife.outlook.skill import Skill, skill_of

TOP = 5
RISE, RISE_BY = 2.0, 10.0  # an escalation: twice the mean of the last 12 periods, and ten more


class Marks(Struct, frozen=True, kw_only=True):
    """Mean scores of one model. `brier` is by number: of "at least so many"; `coverage` by level, of the outcome's mass, `closed` the
    share of outcomes in the closed 90 % interval, which for whole numbers is above the level."""

    crps: float
    log_crps: float
    ignorance: float
    mis: float
    brier: dict[str, float]
    coverage: dict[str, float]
    closed: float


class Stratum(Struct, frozen=True, kw_only=True):
    """Situations of one kind: how many forecasts, their share of the baseline's CRPS, CRPS and log CRPS of baseline and pool."""

    forecasts: int
    share: float
    baseline_crps: float
    crps: float
    baseline_log_crps: float
    log_crps: float


class Top(Struct, frozen=True, kw_only=True):
    """The units that make up most of the baseline's CRPS, and which share of it."""

    units: tuple[str, ...]
    share: float


class Card(Struct, frozen=True, kw_only=True):
    """The score card. `by_horizon` holds, for each model and score, one mean a horizon; `shares` are the pool's mean ones."""

    record: str = "backtest"
    panel: str
    frequency: str
    units: int
    horizons: tuple[int, ...]
    first_origin: str
    last_origin: str
    origins: int
    as_of: bool
    baseline: str
    skill: dict[str, Skill]
    models: dict[str, Marks]
    by_horizon: dict[str, dict[str, tuple[float, ...]]]
    strata: dict[str, Stratum]
    top: Top
    shares: dict[str, float]
    notes: tuple[str, ...]


def card_of(result: Backtest) -> Card:
    """The score card of a back-test."""
    baseline = result.scores[BASELINE]
    return Card(
        panel=result.panel.name,
        frequency=result.panel.frequency,
        units=result.outcomes.shape[1],
        horizons=result.horizons,
        first_origin=result.panel.label(result.origins[0]),
        last_origin=result.panel.label(result.origins[-1]),
        origins=len(result.origins),
        as_of=result.panel.figures is not None,
        baseline=BASELINE,
        skill={name: skill_of(scores, baseline) for name, scores in result.scores.items() if name != BASELINE},
        models={name: _marks(scores, result.numbers) for name, scores in result.scores.items()},
        by_horizon={name: _by_horizon(scores) for name, scores in result.scores.items()},
        strata=_strata(result),
        top=_top(result),
        shares=dict(zip(result.members, (float(one) for one in result.shares), strict=True)),
        notes=result.panel.notes,
    )


def _mean(values: Array) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else 0.0


def _marks(scores: dict[str, Array], numbers: tuple[int, ...]) -> Marks:
    return Marks(
        crps=_mean(scores["crps"]),
        log_crps=_mean(scores["log_crps"]),
        ignorance=_mean(scores["ignorance"]),
        mis=_mean(scores["mis"]),
        brier={str(number): _mean(scores[f"brier_{number}"]) for number in numbers},
        coverage={level: _mean(scores[f"coverage_{level}"]) for level in ("50", "90")},
        closed=_mean(scores["closed_90"]),
    )


def _by_horizon(scores: dict[str, Array]) -> dict[str, tuple[float, ...]]:
    return {
        name: tuple(_mean(values[..., number]) for number in range(values.shape[-1]))
        for name, values in scores.items()
        if not name.startswith("brier")
    }


def _strata(result: Backtest) -> dict[str, Stratum]:
    """Quiet and active by what was known at the origin; onset and escalation are parts of them by what came.

    A part chosen by its outcome shows where a score comes from, not which model is better."""
    total, mean = (result.before[..., number, None] for number in range(2))
    known = ~np.isnan(result.outcomes)
    quiet = known & (total == 0)
    active = known & (total > 0)
    outcome = np.nan_to_num(result.outcomes)
    masks = {
        "quiet": quiet,
        "active": active,
        "onset": quiet & (outcome > 0),
        "escalation": active & (outcome >= np.maximum(RISE * mean, mean + RISE_BY)),
    }
    return {name: _stratum(result, mask) for name, mask in masks.items()}


def _stratum(result: Backtest, mask: Array) -> Stratum:
    baseline, pool = result.scores[BASELINE], result.scores[POOL]
    total = np.nansum(baseline["crps"])
    part = float(np.nansum(baseline["crps"][mask]))
    return Stratum(
        forecasts=int(mask.sum()),
        share=part / float(total) if total > 0 else 0.0,
        baseline_crps=_mean(baseline["crps"][mask]),
        crps=_mean(pool["crps"][mask]),
        baseline_log_crps=_mean(baseline["log_crps"][mask]),
        log_crps=_mean(pool["log_crps"][mask]),
    )


def _top(result: Backtest) -> Top:
    by_unit = np.nansum(result.scores[BASELINE]["crps"], axis=(0, 2))
    most = np.argsort(-by_unit, kind="stable")[:TOP]
    total = float(by_unit.sum())
    names = tuple(result.panel.units[int(result.columns[one])] for one in most)
    return Top(units=names, share=float(by_unit[most].sum()) / total if total > 0 else 0.0)
