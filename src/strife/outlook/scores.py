"""Proper scores of forecasts given as weighted samples: smaller is better, but for coverage."""

from __future__ import annotations

import numpy as np

from strife.outlook.panel import Array
from strife.outlook.samples import TINY, Samples

BINS = np.array([0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5])  # VIEWS prediction challenge 2023/24
DRAWS = 1000  # samples a forecast stands for in the ignorance score, as VIEWS allows


def crps(forecast: Samples, outcome: Array) -> Array:
    """Continuous ranked probability score, in the unit of the counts (Gneiting & Raftery 2007)."""
    ordered = forecast.sorted()
    reached = np.cumsum(ordered.weights, axis=-1)[..., :-1]
    apart = (ordered.weights * np.abs(ordered.values - outcome[..., None])).sum(-1)
    spread = (reached * (1 - reached) * np.diff(ordered.values, axis=-1)).sum(-1)
    return np.asarray(apart - spread)


def log_crps(forecast: Samples, outcome: Array) -> Array:
    """CRPS of log(1 + count): a country of few events counts like one of many."""
    return crps(Samples(np.log1p(forecast.values), forecast.weights, forecast.rising), np.log1p(outcome))


def ignorance(forecast: Samples, outcome: Array) -> Array:
    """Bits of surprise at the bin of VIEWS' challenge that the outcome fell into; each bin has one draw of 1,000 more."""
    inside = np.searchsorted(BINS, forecast.values) == np.searchsorted(BINS, outcome)[..., None]
    share = (forecast.weights * inside).sum(-1)
    return np.asarray(-np.log2((share * DRAWS + 1) / (DRAWS + len(BINS) + 1)))


def interval_score(forecast: Samples, outcome: Array, level: float = 0.9) -> Array:
    """Interval score of the central interval: its width, and 2/alpha times how far the outcome lies outside (MIS is its mean)."""
    alpha = 1 - level
    low, high = np.moveaxis(forecast.quantiles((alpha / 2, 1 - alpha / 2)), -1, 0)
    outside = np.maximum(low - outcome, 0) + np.maximum(outcome - high, 0)
    return np.asarray(high - low + 2 / alpha * outside)


def covered(forecast: Samples, outcome: Array, level: float = 0.9) -> Array:
    """Whether the outcome lies in the closed central interval. Of whole numbers more do than the level says."""
    low, high = np.moveaxis(forecast.quantiles(((1 - level) / 2, (1 + level) / 2)), -1, 0)
    return np.asarray(((outcome >= low) & (outcome <= high)).astype(float))


def covered_mass(forecast: Samples, outcome: Array, level: float = 0.9) -> Array:
    """The share of the outcome's place in the distribution that lies in the central interval: the level itself on average where
    the forecast is right, also of whole numbers with much probability at 0 (Czado, Gneiting & Held 2009)."""
    upto = (forecast.weights * (forecast.values <= outcome[..., None] + TINY)).sum(-1)
    below = (forecast.weights * (forecast.values < outcome[..., None] - TINY)).sum(-1)
    low, high = (1 - level) / 2, (1 + level) / 2
    mass = upto - below
    share = (np.clip(upto, low, high) - np.clip(below, low, high)) / np.maximum(mass, TINY)
    return np.asarray(np.where(mass > TINY, share, (upto > low) & (upto < high)))


def brier(forecast: Samples, outcome: Array, number: float) -> Array:
    """Brier score of "at least so many"."""
    return np.asarray((forecast.at_least(number) - (outcome >= number)) ** 2)
