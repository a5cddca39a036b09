"""A linear model of which row of a block is right: the softmax over each block, fitted by L-BFGS in plain numpy."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows of features in blocks: the first row of each block, the block of each row, which rows are right, and how much
    each block weighs."""

    features: Floats
    starts: Ints
    block: Ints
    right: Floats
    weight: Floats


def joined(samples: Sequence[Sample]) -> Sample:
    """Several samples as one."""
    rows = np.cumsum([0, *(len(each.features) for each in samples)])
    blocks = np.cumsum([0, *(len(each.starts) for each in samples)])
    return Sample(
        np.concatenate([each.features for each in samples]),
        np.concatenate([each.starts + row for each, row in zip(samples, rows, strict=False)]),
        np.concatenate([each.block + block for each, block in zip(samples, blocks, strict=False)]),
        np.concatenate([each.right for each in samples]),
        np.concatenate([each.weight for each in samples]),
    )


def loss(sample: Sample, weights: Floats, prior: Floats, l2: float) -> tuple[float, Floats]:
    """What the right rows lack in likelihood, with the pull towards the prior; and its gradient."""
    scores = sample.features @ weights
    raw = np.exp(scores - np.maximum.reduceat(scores, sample.starts)[sample.block])
    total = np.add.reduceat(raw, sample.starts)
    good = np.add.reduceat(raw * sample.right, sample.starts)
    counted = np.where(good > 0, sample.weight, 0.0)
    likely = raw / total[sample.block]
    wanted = raw * sample.right / np.maximum(good, 1e-300)[sample.block]
    value = -(counted * np.log(np.maximum(good, 1e-300) / total)).sum() + l2 * ((weights - prior) ** 2).sum() / 2
    return float(value), sample.features.T @ ((likely - wanted) * counted[sample.block]) + l2 * (weights - prior)


def fit(sample: Sample, prior: Floats, free: Floats, l2: float, start: Floats | None = None, most: int = 400) -> Floats:
    """The weights that fit best; those that are not `free` (0) stay at their prior."""
    weights = np.array(prior if start is None else start)
    value, slope = loss(sample, weights, prior, l2)
    slope = slope * free
    steps: deque[tuple[Floats, Floats]] = deque(maxlen=12)
    for number in range(most):
        direction = _direction(slope, steps)
        length = 1.0
        while length > 1e-6:
            trial = weights - length * direction
            lower, further = loss(sample, trial, prior, l2)
            if lower <= value - 1e-4 * length * float(slope @ direction):
                break
            length /= 2
        else:
            break
        further = further * free
        if (trial - weights) @ (further - slope) > 1e-12:
            steps.append((trial - weights, further - slope))
        settled = abs(value - lower) < 1e-5 * abs(value) and number > 20
        weights, value, slope = trial, lower, further
        if settled:
            break
    return weights


def _direction(slope: Floats, steps: deque[tuple[Floats, Floats]]) -> Floats:
    """The step of L-BFGS: the slope, bent by what the last steps told of the curvature."""
    found = slope.copy()
    shares = []
    for step, change in reversed(steps):
        share = float(step @ found) / float(change @ step)
        found -= share * change
        shares.append(share)
    if steps:
        step, change = steps[-1]
        found *= float(step @ change) / float(change @ change)
    else:
        found /= max(1.0, float(np.abs(slope).sum()))
    for (step, change), share in zip(steps, reversed(shares), strict=True):
        found += step * (share - float(change @ found) / float(change @ step))
    return found
