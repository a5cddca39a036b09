"""What a unit's past looks like at each period: levels, share of periods with events, unrest.

Every row is computed from that row and earlier ones only, so that a back-test can slice it."""

from __future__ import annotations

import numpy as np

from strife.outlook.panel import Array

LEVELS = (0.5, 0.8, 0.9, 0.97)  # decays per period of the mean of counts
LOG_LEVELS = (0.5, 0.8, 0.93, 0.985)  # of the mean of logarithms
SHARES = (0.7, 0.93)  # of the share of periods with any event
UNREST = 0.85


def smoothed(values: Array, decay: float) -> Array:
    """The exponentially weighted mean of each column up to each row; NaN counts for nothing, 0 where nothing is known yet."""
    known = ~np.isnan(values)
    total, weight = np.where(known, values, 0.0), known.astype(float)
    for row in range(1, len(values)):  # scipy's filter would do it too, at the price of a second to load
        total[row] += decay * total[row - 1]
        weight[row] += decay * weight[row - 1]
    return np.asarray(np.divide(total, weight, out=np.zeros_like(total), where=weight > 1e-9))


def smoothed_now(values: Array, decay: float) -> Array:
    """The last row of `smoothed`."""
    known = ~np.isnan(values)
    fading = decay ** np.arange(len(values) - 1, -1, -1, dtype=float)
    weight = fading @ known
    return np.asarray(
        np.divide(fading @ np.where(known, values, 0.0), weight, out=np.zeros(len(weight)), where=weight > 1e-9)
    )


def features(values: Array) -> Array:
    """Counts (periods, units) -> features (periods, units, number of features), all on the scale of logarithms or shares."""
    logs = np.log1p(values)
    any_event = np.where(np.isnan(values), np.nan, (values > 0).astype(float))
    level = smoothed(logs, UNREST)
    steps = np.abs(np.diff(logs, axis=0, prepend=logs[:1]))
    columns = [
        np.nan_to_num(logs),
        *(np.log1p(smoothed(values, decay)) for decay in LEVELS),
        *(smoothed(logs, decay) for decay in LOG_LEVELS),
        *(smoothed(any_event, decay) for decay in SHARES),
        np.sqrt(smoothed((logs - level) ** 2, UNREST)),
        smoothed(steps, UNREST),
    ]
    return np.stack(columns, axis=-1)
