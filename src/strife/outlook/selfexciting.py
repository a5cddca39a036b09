"""A self-exciting negative binomial: what happened of late raises what is expected, and fades (a Hawkes process in steps).

For counts of one kind of thing in units that are alike, as weekly events by province; fitted over all units at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, gammaln

from strife.outlook.features import smoothed, smoothed_now
from strife.outlook.own import quantiles
from strife.outlook.panel import Array, Index
from strife.outlook.past import Past
from strife.outlook.samples import Samples, equal

DECAYS = (0.0, 0.5, 0.8, 0.95)  # of the memory of a unit's own events, per period
WORLD = 0.8  # and of those of all units
WARM_UP = 12
FEWEST = 120
BOUNDS = (-9.0, 5.0)  # of the logarithms of base rate and excitation
SIZES = (-3.0, 6.0)  # of that of the size of the negative binomial


@dataclass(frozen=True, slots=True)
class Excitation:
    """Base rate, what each memory adds, and the size (smaller: wider), by horizon."""

    by_horizon: dict[int, tuple[float, Array, float]]

    def forecast(self, past: Past, columns: Index, horizons: Index) -> Samples:
        """The negative binomial that follows from the memories at the origin."""
        now = memories_now(past.values)[columns]
        drawn = []
        for horizon in horizons:
            base, excitation, size = self.by_horizon[int(horizon)]
            mean = base + now @ excitation
            drawn.append(quantiles(mean, mean + mean**2 / size))
        return equal(np.stack(drawn, axis=1))


def memories(values: Array) -> Array:
    """Counts (periods, units) -> faded means (periods, units, memories): a unit's own at several speeds, its whole past, all units."""
    own = [smoothed(values, decay) for decay in DECAYS]
    known = ~np.isnan(values)
    ever = np.cumsum(np.nan_to_num(values), axis=0) / np.maximum(np.cumsum(known, axis=0), 1)
    world = smoothed(np.nansum(values, axis=1, keepdims=True) / max(values.shape[1], 1), WORLD)
    return np.stack([*own, ever, np.broadcast_to(world, values.shape)], axis=-1)


def memories_now(values: Array) -> Array:
    """The last row of `memories`."""
    own = [smoothed_now(values, decay) for decay in DECAYS]
    total = np.nansum(values, axis=1, keepdims=True) / max(values.shape[1], 1)
    world = np.broadcast_to(smoothed_now(total, WORLD), values.shape[1:])
    return np.stack([*own, smoothed_now(values, 1.0), world], axis=-1)


def learn_excitation(past: Past, horizons: Index) -> Excitation | None:
    """Fit by maximum likelihood, one fit a horizon; None where too little is known."""
    rows = memories(past.values)
    found = {}
    for horizon in horizons:
        before, after = rows[WARM_UP : -int(horizon)], past.values[WARM_UP + int(horizon) :]
        usable = ~np.isnan(after)
        if usable.sum() < FEWEST or not np.nansum(after) > 0:
            return None
        found[int(horizon)] = fitted(before[usable], after[usable])
    return Excitation(found)


def fitted(memory: Array, counts: Array) -> tuple[float, Array, float]:
    """Base rate, excitation by memory and size of the likeliest negative binomial."""
    from scipy.optimize import minimize  # half a second to load

    width = memory.shape[1]

    def loss(parameters: Array) -> tuple[float, Array]:
        base, excitation, size = np.exp(parameters[0]), np.exp(parameters[1:-1]), np.exp(parameters[-1])
        mean = base + memory @ excitation
        both = size + mean
        fit = gammaln(counts + size) - gammaln(size) + size * np.log(size / both) + counts * np.log(mean / both)
        by_mean = counts / mean - (counts + size) / both
        by_size = digamma(counts + size) - digamma(size) + np.log(size / both) + 1 - (size + counts) / both
        slope = [by_mean.sum() * base, *((by_mean @ memory) * excitation), by_size.sum() * size]
        return -float(fit.mean()), -np.array(slope) / len(counts)

    start = np.array([np.log(0.05), *[np.log(0.9 / width)] * width, np.log(2.0)])
    bounds = [*[BOUNDS] * (width + 1), SIZES]
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return float(np.exp(best[0])), np.exp(best[1:-1]), float(np.exp(best[-1]))
