"""All models by name: fitted to a past, they forecast units from its last row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from strife.outlook.analogues import Analogues, learn_analogues
from strife.outlook.boosting import Boosted, learn_boosted
from strife.outlook.own import conflictology, fading, negative_binomial
from strife.outlook.panel import Array, Index
from strife.outlook.past import Past
from strife.outlook.samples import Samples, mixture
from strife.outlook.selfexciting import Excitation, learn_excitation

BASELINE = "conflictology"
POOL = "pool"
OWN: dict[str, Callable[[Past, Index, Index], Samples]] = {
    "conflictology_ew": fading,
    "negative_binomial": negative_binomial,
}
BOOSTED_FOR = 24  # periods after which boosting is learnt anew
WHAT = {
    BASELINE: "the last 12 periods, each as likely to come again",
    "conflictology_ew": "the last 24 periods, those of late likelier",
    "negative_binomial": "negative binomial with the mean and variance of the last 24 periods",
    "self_exciting": "negative binomial that recent events excite, fitted over all units (weeks only)",
    "analogues": "what followed, anywhere in the panel, when a unit's past looked like this",
    "boosting": "gradient boosting of quantiles over all units (an extra)",
    POOL: "the models above but the baseline, in shares learnt from how they did before",
}


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learnt from a past; models that found too little to learn from are absent."""

    analogues: Analogues | None
    excitation: Excitation | None
    boosted: Boosted | None = None
    boosted_on: int = 0  # the number of periods it was learnt from

    @property
    def members(self) -> tuple[str, ...]:
        """The members of the pool."""
        learnt = (("self_exciting", self.excitation), ("analogues", self.analogues), ("boosting", self.boosted))
        return (*OWN, *(name for name, one in learnt if one is not None))

    @property
    def first_shares(self) -> Array:
        """The shares of the members before anything is known of how they do: half for those that know a unit's own past only."""
        learnt = len(self.members) - len(OWN)
        if not learnt:
            return np.full(len(OWN), 1 / len(OWN))
        return np.array([*[0.5 / len(OWN)] * len(OWN), *[0.5 / learnt] * learnt])

    def forecasts(self, past: Past, columns: Index, horizons: Index) -> dict[str, Samples]:
        """The forecasts (units, horizons, k) of the baseline and of each member."""
        found = {BASELINE: conflictology(past, columns, horizons)}
        found |= {name: model(past, columns, horizons) for name, model in OWN.items()}
        if self.excitation is not None:
            found["self_exciting"] = self.excitation.forecast(past, columns, horizons)
        if self.analogues is not None:
            found["analogues"] = self.analogues.forecast(past, columns, horizons)
        if self.boosted is not None:
            found["boosting"] = self.boosted.forecast(past, columns, horizons)
        return found

    def pooled(self, found: dict[str, Samples], shares: Array) -> Samples:
        """The pool of the members, with shares (horizons, members)."""
        return mixture([found[name] for name in self.members], shares)


def fit(past: Past, horizons: Index, before: Fitted | None = None, *, boosting: bool = False) -> Fitted:
    """Learn what there is to learn from a past; boosting takes long, so that of `before` is kept for a while."""
    excitation = learn_excitation(past, horizons) if past.frequency == "week" else None
    boosted, rows = (before.boosted, before.boosted_on) if before else (None, 0)
    if boosting and (boosted is None or len(past.values) - rows >= BOOSTED_FOR):
        boosted, rows = learn_boosted(past, horizons), len(past.values)
    return Fitted(learn_analogues(past, horizons), excitation, boosted, rows)
