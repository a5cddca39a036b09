"""The shares of a pool's members, learnt from how they did so far: only outcomes known at an origin count there.

The CRPS of a linear pool with shares w is w·c - w·D·w/2, where c holds the members' mean distances to the outcome and D those between
members: so the best shares are those of a small quadratic programme, and few numbers are kept of each origin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from strife.outlook.panel import Array, Index
from strife.outlook.samples import Samples

CAUTION = 6.0  # origins' worth of loss by which shares are held to the first ones
STEPS, RATE = 100, 0.5


@dataclass(frozen=True, slots=True)
class Distances:
    """Of one origin, by horizon: the members' distances to the outcome and to each other, of counts and of logarithms, and how many
    units they are summed over."""

    to_outcome: Array  # (2, horizons, members)
    between: Array  # (2, horizons, members, members)
    units: Array  # (horizons,)


def distances(members: Sequence[Samples], outcome: Array) -> Distances:
    """The distances of members (units, horizons, k) to outcomes (units, horizons); NaN outcomes count for nothing."""
    known = ~np.isnan(outcome)
    target = np.where(known, outcome, 0.0)
    weights = np.concatenate([member.weights for member in members], -1)
    values = np.concatenate([member.values for member in members], -1)
    ends = np.cumsum([0, *(member.values.shape[-1] for member in members)])
    order = np.argsort(values, axis=-1)
    both = _crossed(weights, order, ends)
    to_outcome, between = [], []
    for scaled, aim in ((values, target), (np.log1p(values), np.log1p(target))):
        away = weights * np.abs(scaled - aim[..., None])
        own = np.stack([away[..., a:b].sum(-1) for a, b in pairwise(ends)], -1)
        to_outcome.append((own * known[..., None]).sum(0))
        steps = np.diff(np.take_along_axis(scaled, order, -1), axis=-1)
        one_way = both(steps * known[..., None])
        between.append(one_way + np.swapaxes(one_way, -1, -2))
    return Distances(np.stack(to_outcome), np.stack(between), known.sum(0).astype(float))


def _crossed(weights: Array, order: Index, ends: Index) -> Callable[[Array], Array]:
    """For steps between sorted outcomes (units, horizons, k - 1): the sum over units of those that the one member has reached and the
    other not, (horizons, members, members); twice over it is the mean distance between their draws."""
    parts = []
    for start, end in pairwise(ends):
        own = np.zeros(weights.shape)
        own[..., start:end] = weights[..., start:end]
        parts.append(np.cumsum(np.take_along_axis(own, order, -1), -1)[..., :-1])
    below = np.stack(parts, -2)
    above = np.swapaxes(1 - below, -1, -2)
    return lambda steps: np.asarray(((below * steps[..., None, :]) @ above).sum(0))


@dataclass(slots=True)
class Shares:
    """Keeps what was learnt of the members; `first` are the shares with which they begin."""

    first: Array
    origins: list[tuple[int, Distances]] = field(default_factory=list)

    def learn(self, row: int, found: Distances) -> None:
        """Take in the forecasts made at a row, to count at a horizon once that outcome is known."""
        self.origins.append((row, found))

    def at(self, row: int, horizons: Sequence[int]) -> Array:
        """The shares (horizons, members) from the outcomes known at a row."""
        linear = np.zeros((len(horizons), len(self.first)))
        square = np.zeros((*linear.shape, len(self.first)))
        caution = np.ones(len(horizons))
        for number, horizon in enumerate(horizons):
            known = [one for made, one in self.origins if made + horizon <= row and one.units[number] > 0]
            if known:
                linear[number], square[number] = self._loss(known, number)
                caution[number] = CAUTION / len(known)
        return best_shares(linear, square, self.first, caution)

    def _loss(self, known: list[Distances], number: int) -> tuple[Array, Array]:
        """The loss as a function of the shares: that of counts and of logarithms, each in terms of what the first shares lose."""
        units = sum(one.units[number] for one in known)
        to_outcome = np.add.reduce([one.to_outcome[:, number] for one in known]) / units
        between = np.add.reduce([one.between[:, number] for one in known]) / units
        first = to_outcome @ self.first - 0.5 * np.einsum("i,sij,j->s", self.first, between, self.first)
        size = np.maximum(first, 1e-9)
        return (to_outcome / size[:, None]).sum(0), (between / size[:, None, None]).sum(0)


def best_shares(linear: Array, square: Array, first: Array, caution: Array) -> Array:
    """For each row of `linear` the shares w that minimise w·linear - w·square·w/2 + caution·|w - first|², by exponentiated steps."""
    shares = np.broadcast_to(np.maximum(first, 1e-6), linear.shape)
    rate = RATE / (1 + caution[:, None])
    for _ in range(STEPS):
        slope = linear - (square @ shares[..., None])[..., 0] + 2 * caution[:, None] * (shares - first)
        shares = shares * np.exp(-rate * (slope - (slope * shares).sum(-1, keepdims=True)))
        shares = shares / shares.sum(-1, keepdims=True)
    return np.asarray(shares)
