"""Skill over the baseline with its interval: what share of the baseline's score a model saves, and how sure that is."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from strife.outlook.panel import Array

RESAMPLES = 2000
LEVEL = 0.9
BLOCKS = 4  # fewer blocks than these tell nothing of how sure a skill is
BLOCK = 12  # origins: neighbours share outcomes, so they are drawn together
SEED = 20130605


class Skill(Struct, frozen=True, kw_only=True):
    """Shares of the baseline's score that are saved: 0.06 is 6 % better. Intervals are of 90 %, null where origins are too few."""

    crps: float | None
    interval: tuple[float, float] | None
    log_crps: float | None
    log_interval: tuple[float, float] | None

    @property
    def proven(self) -> bool:
        """Whether the model is better than the baseline beyond doubt: the interval of its CRPS skill lies above 0."""
        return self.interval is not None and self.interval[0] > 0


def skill_of(model: dict[str, Array], baseline: dict[str, Array]) -> Skill:
    """The skill from the scores (origins, units, horizons) of a model and of the baseline."""
    crps, interval = saved(model["crps"], baseline["crps"])
    log_crps, log_interval = saved(model["log_crps"], baseline["log_crps"])
    return Skill(crps=crps, interval=interval, log_crps=log_crps, log_interval=log_interval)


def saved(model: Array, baseline: Array) -> tuple[float | None, tuple[float, float] | None]:
    """The share saved and its interval, by a bootstrap of blocks of twelve origins in a row (circular)."""
    both = ~np.isnan(model) & ~np.isnan(baseline)
    own, other = (np.where(both, scores, 0.0).sum(axis=(1, 2)) for scores in (model, baseline))
    if not other.sum() > 0:
        return None, None
    share = float(1 - own.sum() / other.sum())
    number = len(own)
    if number < BLOCKS * BLOCK:
        return share, None
    random = np.random.default_rng(SEED)
    blocks = -(-number // BLOCK)
    starts = random.integers(0, number, (RESAMPLES, blocks))
    drawn = ((starts[..., None] + np.arange(BLOCK)) % number).reshape(RESAMPLES, -1)[:, :number]
    totals = other[drawn].sum(1)
    shares = 1 - own[drawn].sum(1) / np.where(totals > 0, totals, np.nan)
    low, high = np.nanquantile(shares, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return share, (float(low), float(high))
