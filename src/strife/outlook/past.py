"""What a model may see at an origin: counts and features up to it, nothing later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from strife.outlook.features import features
from strife.outlook.panel import Array, Index, Panel
from strife.outlook.periods import Frequency


@dataclass(frozen=True, slots=True)
class Past:
    """Counts (periods, units) and features (periods, units, number) of which the last row is the origin. `whole`: all counts are
    whole numbers."""

    values: Array
    features: Array
    frequency: Frequency
    whole: bool = True

    def until(self, row: int) -> Past:
        """The same up to a row, that included."""
        return Past(self.values[: row + 1], self.features[: row + 1], self.frequency, self.whole)

    def window(self, columns: Index, length: int) -> tuple[Array, Array]:
        """The newest `length` counts of some units, newest first (units, length), and which are known; unknown ones are 0."""
        recent = self.values[-length:][::-1].T[columns]
        known = ~np.isnan(recent)
        return np.where(known, recent, 0.0), known.astype(float)

    @property
    def seen(self) -> Index:
        """The units of which anything is known in the last 12 periods."""
        return np.flatnonzero((~np.isnan(self.values[-12:])).any(0))


def past_of(panel: Panel) -> Past:
    """All of a panel as the past."""
    known = panel.values[~np.isnan(panel.values)]
    return Past(panel.values, features(panel.values), panel.frequency, bool((known == np.round(known)).all()))
