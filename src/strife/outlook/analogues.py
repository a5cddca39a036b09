"""Analogues: what followed, anywhere in the panel, when a unit's past looked like this.

A ridge regression of log(1 + count) on the features gives each situation one number, its expected level; the outcomes of those of
nearest level are carried over, moved and stretched to the unit's own level and unrest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strife.outlook.panel import Array, Index
from strife.outlook.past import Past
from strife.outlook.samples import Samples, equal, middles

WARM_UP = 24  # periods at the beginning whose features rest on too little
FEWEST = 120  # situations below which nothing is learnt
NEIGHBOURS, PART, LEAST = 1000, 3, 60  # at most so many, at most one in so many, but so many at least
RIDGE = 10.0
FREEST = 0.2
HIGHEST = 20.0  # logarithm of a count: none is larger, and exp() stays finite
STRETCH = 3.0  # unrest is carried over by this factor at most
LEAP, ROOM, LATELY = 4.0, 50.0, 24  # no outcome above 4 times the most of the last 24 periods, and 50
DRAWS = 100


@dataclass(frozen=True, slots=True)
class Situations:
    """What was learnt for one horizon: coefficients of level and unrest, and the situations by rising level."""

    centre: Array
    scale: Array
    for_level: Array
    for_unrest: Array
    level: Array
    unrest: Array
    away: Array  # logarithms of the outcomes less the level
    any_event: NDArray[np.bool_]

    def drawn(self, features: Array, most: Array, whole: bool) -> Array:
        """Outcomes (units, 100) for the features of some units; `most` is the largest outcome that each may have."""
        rows = _standard(features, self.centre, self.scale)
        level, unrest = rows @ self.for_level, _unrest(rows @ self.for_unrest)
        number = int(np.clip(len(self.level) // PART, min(LEAST, len(self.level)), NEIGHBOURS))
        start = np.clip(np.searchsorted(self.level, level) - number // 2, 0, len(self.level) - number)
        near = start[:, None] + np.arange(number)
        stretch = np.clip(unrest[:, None] / self.unrest[near], 1 / STRETCH, STRETCH)
        moved = level[:, None] + self.away[near] * stretch
        counts = np.where(self.any_event[near], np.clip(np.expm1(np.minimum(moved, HIGHEST)), 0.0, most[:, None]), 0.0)
        counts.sort(axis=1)
        counts = counts[:, (middles(DRAWS) * number).astype(int)]
        return np.asarray(np.round(counts) if whole else counts, dtype=float)


@dataclass(frozen=True, slots=True)
class Analogues:
    """The situations of a panel, by horizon."""

    by_horizon: dict[int, Situations]

    def forecast(self, past: Past, columns: Index, horizons: Index) -> Samples:
        """What followed like situations, for each unit and horizon."""
        recent = past.values[-LATELY:][:, columns]
        most = LEAP * np.max(np.nan_to_num(recent), axis=0) + ROOM
        now = past.features[-1, columns]
        drawn = [self.by_horizon[int(horizon)].drawn(now, most, past.whole) for horizon in horizons]
        return equal(np.stack(drawn, axis=1))


def learn_analogues(past: Past, horizons: Index) -> Analogues | None:
    """Learn from a past; None where it holds too few situations of which the outcome is known."""
    width = past.features.shape[-1]
    situations = past.features[WARM_UP:].reshape(-1, width)
    if len(situations) < FEWEST:
        return None
    centre, scale = situations.mean(0), situations.std(0) + 1e-9
    rows = _standard(situations, centre, scale)
    found = {int(horizon): _learnt(past, rows, centre, scale, int(horizon)) for horizon in horizons}
    known = {horizon: one for horizon, one in found.items() if one is not None}
    return Analogues(known) if len(known) == len(found) else None


def _learnt(past: Past, rows: Array, centre: Array, scale: Array, horizon: int) -> Situations | None:
    after = past.values[WARM_UP + horizon :].ravel()
    usable = ~np.isnan(after) & ~np.isnan(past.values[WARM_UP:-horizon].ravel())
    if usable.sum() < FEWEST:
        return None
    rows, outcome = rows[: len(after)], np.log1p(after)
    if not usable.all():
        rows, outcome = rows[usable], outcome[usable]
    crossed = rows.T @ rows + np.diag([0.0, *[RIDGE] * (rows.shape[1] - 1)])
    for_level: Array = np.linalg.solve(crossed, rows.T @ outcome).astype(float)
    level = rows @ for_level
    # How far an outcome would lie from a level that was learnt without it: of few situations a fit comes too close to each.
    pull = np.einsum("ij,ij->i", rows @ np.linalg.inv(crossed), rows)
    away = (outcome - level) / np.maximum(1 - pull, FREEST)
    for_unrest: Array = np.linalg.solve(crossed, rows.T @ np.abs(away)).astype(float)
    order = np.argsort(level)
    unrest = _unrest(rows @ for_unrest)
    any_event = outcome > 0
    return Situations(centre, scale, for_level, for_unrest, level[order], unrest[order], away[order], any_event[order])


def _standard(features: Array, centre: Array, scale: Array) -> Array:
    """Features in terms of their spread, after a 1."""
    return np.concatenate([np.ones((len(features), 1)), (features - centre) / scale], axis=1)


def _unrest(fitted: Array) -> Array:
    """How far outcomes lie from the level, in logarithms; never nothing."""
    return np.maximum(fitted, 0.05)
