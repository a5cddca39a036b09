"""A forecast as a weighted sample: its quantiles, probabilities and mixtures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from strife.outlook.panel import Array

TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Samples:
    """Forecasts of (…, k) possible outcomes with their weights, which are of the same shape and add up to 1 over the last axis."""

    values: Array
    weights: Array
    rising: bool = False  # whether outcomes stand in rising order

    def __getitem__(self, index: Any) -> Samples:
        """Some of the forecasts, by an index over the leading axes."""
        return Samples(self.values[index], self.weights[index], self.rising)

    def sorted(self) -> Samples:
        """With outcomes in rising order."""
        if self.rising:
            return self
        order = np.argsort(self.values, axis=-1, kind="stable")
        values, weights = (np.take_along_axis(part, order, -1) for part in (self.values, self.weights))
        return Samples(values, weights, rising=True)

    def quantiles(self, levels: Sequence[float]) -> Array:
        """The smallest outcome by which each level is reached; shape (…, levels)."""
        ordered = self.sorted()
        reached = np.cumsum(ordered.weights, axis=-1)
        last = ordered.values.shape[-1] - 1
        picks = [np.minimum((reached < level - TINY).sum(-1), last)[..., None] for level in levels]
        return np.concatenate([np.take_along_axis(ordered.values, pick, -1) for pick in picks], axis=-1)

    def at_least(self, number: float) -> Array:
        """The probability of at least so many."""
        return np.asarray((self.weights * (self.values >= number)).sum(-1))

    def mean(self) -> Array:
        """The expected number."""
        return np.asarray((self.weights * self.values).sum(-1))


def equal(values: Array) -> Samples:
    """Outcomes that are all as likely."""
    return Samples(values, np.full(values.shape, 1.0 / values.shape[-1]))


def mixture(members: Sequence[Samples], shares: Array) -> Samples:
    """The linear pool of forecasts of the same things; shares (members,) or (…, members), adding up to 1."""
    parts = [member.weights * shares[..., number, None] for number, member in enumerate(members)]
    return Samples(np.concatenate([member.values for member in members], -1), np.concatenate(parts, -1))


def middles(number: int) -> Array:
    """The levels of so many equally likely outcomes: the middles of as many slices of the distribution."""
    return (np.arange(number) + 0.5) / number
