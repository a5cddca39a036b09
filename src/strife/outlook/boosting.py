"""Gradient boosting, an extra: quantiles of log(1 + count) from the features and the horizon, over all units (needs lightgbm)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from strife.errors import StrifeError
from strife.outlook.analogues import HIGHEST, LATELY, LEAP, ROOM, WARM_UP
from strife.outlook.panel import Array, Index
from strife.outlook.past import Past
from strife.outlook.samples import Samples, equal, middles

LEVELS = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
ROUNDS = 40
SETTINGS: dict[str, Any] = {
    "objective": "quantile",
    "learning_rate": 0.12,
    "num_leaves": 15,
    "min_data_in_leaf": 100,
    "num_threads": 1,  # more threads are slower on small machines
    "deterministic": True,
    "seed": 1,
    "verbosity": -1,
}
FEWEST = 2000  # situations below which nothing is learnt
DRAWS = 60


@dataclass(frozen=True, slots=True)
class Boosted:
    """A model for each quantile."""

    models: tuple[Any, ...]

    def forecast(self, past: Past, columns: Index, horizons: Index) -> Samples:
        """The quantiles, drawn out to equally likely outcomes; none above 4 times the most of the last 24 periods, and 50."""
        now = np.repeat(past.features[-1, columns], len(horizons), axis=0)
        rows = np.concatenate([now, np.tile(horizons, len(columns))[:, None]], axis=1)
        found = np.sort(np.stack([model.predict(rows) for model in self.models], axis=-1), axis=-1)
        levels = middles(DRAWS)
        drawn = np.stack([np.interp(levels, LEVELS, one) for one in found])
        recent = np.nan_to_num(past.values[-LATELY:][:, columns])
        most = np.repeat(LEAP * recent.max(axis=0) + ROOM, len(horizons))[:, None]
        counts = np.clip(np.expm1(np.minimum(drawn, HIGHEST)), 0.0, most)
        counts = np.round(counts) if past.whole else counts
        return equal(counts.reshape(len(columns), len(horizons), DRAWS))


def learn_boosted(past: Past, horizons: Index) -> Boosted | None:
    """Learn from a past; None where it holds too few situations. StrifeError where lightgbm is not installed."""
    try:
        import lightgbm
    except ImportError as error:
        raise StrifeError("lightgbm is not installed; run: pip install 'strife[boosting]'") from error
    rows, outcome = _situations(past, horizons)
    if len(rows) < FEWEST:
        return None
    # The training set is consumed by each fit, so each has its own.
    fits = (
        lightgbm.train({**SETTINGS, "alpha": level}, lightgbm.Dataset(rows, outcome), num_boost_round=ROUNDS)
        for level in LEVELS
    )
    return Boosted(tuple(fits))


def _situations(past: Past, horizons: Index) -> tuple[Array, Array]:
    """Features with a horizon each, and the outcome; every situation once, the horizons in turn, since neighbours say the same."""
    periods, units = past.values.shape
    row, unit = (part.ravel() for part in np.meshgrid(np.arange(WARM_UP, periods), np.arange(units), indexing="ij"))
    horizon = horizons[(row + unit) % len(horizons)]
    inside = row + horizon < periods
    row, unit, horizon = row[inside], unit[inside], horizon[inside]
    outcome = past.values[row + horizon, unit]
    known = ~np.isnan(outcome) & ~np.isnan(past.values[row, unit])
    rows = np.concatenate([past.features[row, unit], horizon[:, None]], axis=1)
    return rows[known], np.log1p(outcome[known])
