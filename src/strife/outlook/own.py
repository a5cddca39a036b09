"""Forecasts from a unit's own last periods: conflictology, with equal or fading weights, and a negative binomial."""

from __future__ import annotations

import numpy as np
from scipy.special import nbdtrik, pdtrik

from strife.outlook.panel import Array, Index
from strife.outlook.past import Past
from strife.outlook.samples import Samples, equal, middles

WINDOW = 12  # periods; the baseline of VIEWS' challenge in months
LONG, FADING = 24, 0.85  # periods and weight per period back
DRAWS = 60
NEARLY, LEEWAY = 1e-7, 1e-12  # of a count, of a probability: what rounding may take away
SMALL, REACH = 600, 12.0  # counts, and standard deviations above the mean, up to which probabilities are added up
POISSON = 1.02  # variance over mean below which counts are as good as Poisson


def conflictology(past: Past, columns: Index, horizons: Index) -> Samples:
    """The last 12 periods, each as likely to come again: the baseline that is so hard to beat."""
    return _weighted(past, columns, horizons, WINDOW, 1.0)


def fading(past: Past, columns: Index, horizons: Index) -> Samples:
    """The last 24 periods, those of late likelier to come again."""
    return _weighted(past, columns, horizons, LONG, FADING)


def _weighted(past: Past, columns: Index, horizons: Index, length: int, decay: float) -> Samples:
    values, known = past.window(columns, length)
    weights = known * decay ** np.arange(values.shape[1])
    weights = weights / np.maximum(weights.sum(1, keepdims=True), 1e-12)
    return _every(Samples(values, weights), horizons)


def _every(forecast: Samples, horizons: Index) -> Samples:
    """One forecast for all horizons."""
    shape = (len(forecast.values), len(horizons), forecast.values.shape[1])
    return Samples(np.broadcast_to(forecast.values[:, None], shape), np.broadcast_to(forecast.weights[:, None], shape))


def negative_binomial(past: Past, columns: Index, horizons: Index) -> Samples:
    """A negative binomial with the (fading) mean and variance of the last 24 periods; 0 where nothing happened in them."""
    values, known = past.window(columns, LONG)
    weights = known * FADING ** np.arange(values.shape[1])
    total = np.maximum(weights.sum(1), 1e-12)
    weights = weights / total[:, None]
    mean = (values * weights).sum(1)
    spread = ((values - mean[:, None]) ** 2 * weights).sum(1)
    freedom = np.maximum(1 - (weights**2).sum(1), 0.05)
    return _every(equal(quantiles(mean, spread / freedom)), horizons)


def quantiles(mean: Array, variance: Array) -> Array:
    """Equally likely outcomes (units, 60) of negative binomials; Poisson where the variance hardly exceeds the mean."""
    out = np.zeros((len(mean), DRAWS))
    levels = middles(DRAWS)[None]
    wide = (mean > 0) & (variance > POISSON * mean)
    small = wide & (mean + REACH * np.sqrt(variance) < SMALL)
    wide &= ~small
    narrow = (mean > 0) & ~wide & ~small
    if small.any():
        out[small] = _stepwise(mean[small], variance[small])
    if wide.any():
        size = mean[wide] ** 2 / (variance[wide] - mean[wide])
        out[wide] = nbdtrik(levels, size[:, None], (mean[wide] / variance[wide])[:, None])
    if narrow.any():
        out[narrow] = pdtrik(levels, mean[narrow][:, None])
    return np.maximum(np.ceil(np.nan_to_num(out) - NEARLY), 0.0)  # scipy.special inverts to fractions of a count


def _stepwise(mean: Array, variance: Array) -> Array:
    """The same of small counts, by adding up probabilities: a good deal faster than to invert the distribution."""
    size, share = (mean**2 / (variance - mean))[:, None], (mean / variance)[:, None]
    levels = middles(DRAWS)[None] - LEEWAY
    chance = share**size
    reached = chance.copy()
    out = np.zeros((len(mean), DRAWS))
    for count in range(SMALL):
        below = reached < levels
        if not below.any():
            break
        out += below
        chance = chance * (count + size) / (count + 1) * (1 - share)
        reached = reached + chance
    return out
