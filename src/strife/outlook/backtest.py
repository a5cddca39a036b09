"""A rolling origin: at each, every model forecasts from what was known then, and later figures score it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from strife.errors import BadInput
from strife.outlook import scores
from strife.outlook.models import POOL, Fitted, fit
from strife.outlook.own import WINDOW as BASELINE_WINDOW
from strife.outlook.panel import Array, Index, Panel
from strife.outlook.past import Past, past_of
from strife.outlook.samples import Samples
from strife.outlook.shares import Shares, distances

REFIT = {"month": 3, "week": 4}  # periods after which models are fitted anew
HISTORY = {"month": 60, "week": 52}  # periods before the first origin
SHORTEST = 18  # of them, in a short panel
WARM_UP = 24  # origins before the first that is scored, from which shares are learnt
ORIGINS = 120  # that are scored unless said otherwise: the newest whose outcomes are all known
LATE = 62  # days after its end by which a period's first figures must have been known


@dataclass(frozen=True)
class Backtest:
    """Scores (origins, units, horizons) by model and name of the score; NaN where there was no forecast or no outcome yet.

    `state` tells what was known of each unit at each origin: the sum of its last 12 periods and their mean."""

    panel: Panel
    horizons: tuple[int, ...]
    origins: tuple[int, ...]
    numbers: tuple[int, ...]
    scores: dict[str, dict[str, Array]]
    outcomes: Array
    before: Array
    shares: Array
    members: tuple[str, ...]
    columns: tuple[int, ...]


def origins_of(panel: Panel, horizons: Sequence[int], number: int = ORIGINS) -> list[int]:
    """The rows of the newest origins whose outcomes are all known; none where the panel is too short."""
    last = len(panel) - 1 - max(horizons)
    return [row for row in range(max(_history(panel), last - number + 1), last + 1) if _timely(panel, row)]


def _history(panel: Panel) -> int:
    """How many periods there must be before the first origin."""
    return min(HISTORY[panel.frequency], max(len(panel) // 2, SHORTEST))


def _timely(panel: Panel, row: int) -> bool:
    """Whether figures of a period were the newest there were at some time, soon after it ended: only then is it an origin.

    Figures that were first known with later ones, or long after, come from a later state: no test of what was known."""
    if panel.figures is None:
        return True
    known = panel.known_from
    newest = row + 1 == len(panel) or known[row] < known[row + 1]
    return newest and bool((panel.figures.period == row).any()) and (known[row] - panel.ends(row)).days <= LATE


class Pasts:
    """What was known at each origin."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self._whole = past_of(panel)

    def at(self, row: int) -> Past:
        """The past up to a row, as it was known when that row first was."""
        if self.panel.figures is None:
            return self._whole.until(row)
        return past_of(self.panel.as_of(self.panel.known_from[row])).until(row)


def first_states(panel: Panel) -> Array:
    """The figures as they were first known: what a pool could learn its shares from at the time."""
    if panel.figures is None:
        return panel.values
    one = panel.figures
    values = np.full(panel.values.shape, np.nan)
    for row, day in enumerate(panel.known_from):
        then = (one.period == row) & (one.known <= day.toordinal())
        order = np.argsort(one.known[then], kind="stable")
        values[row, one.unit[then][order]] = one.value[then][order]
    return values


def backtest(
    panel: Panel,
    horizons: Sequence[int] = (1, 2, 3, 4, 5, 6),
    *,
    units: Sequence[int] | None = None,
    origins: Sequence[int] | None = None,
    numbers: Sequence[int] = (1, 25),
    boosting: bool = False,
) -> Backtest:
    """Score all models at each origin (rows; the newest 120 by default) for some units (columns; all by default).

    `numbers` are those of which the probability of at least so many is scored. BadInput where the panel is too short."""
    rows = list(origins) if origins is not None else origins_of(panel, horizons)
    if not rows:
        raise BadInput(
            f"{panel.name}: has {len(panel)} {panel.frequency}s; a back-test over {max(horizons)} needs "
            f"{_history(panel) + max(horizons) + 1} at least, of which something was known in time"
        )
    table = Table(panel, tuple(horizons), rows, tuple(numbers), units)
    for step in walk(panel, horizons, rows, boosting=boosting):
        table.take(step)
    return table.done()


@dataclass(frozen=True)
class Step:
    """One origin: its row, what was known, the models, their forecasts of some units (columns), the shares of the pool."""

    row: int
    past: Past
    fitted: Fitted
    columns: Index
    found: dict[str, Samples]
    shares: Array


def walk(
    panel: Panel,
    horizons: Sequence[int],
    rows: Sequence[int],
    columns: Index | None = None,
    refit: int | None = None,
    *,
    boosting: bool = False,
) -> Iterator[Step]:
    """Each origin in turn, after a warm-up in which shares are learnt; `columns` are the units that are forecast and
    learnt from (all by default)."""
    pasts, learning = Pasts(panel), first_states(panel)
    steps = np.array(horizons)
    columns = np.arange(len(panel.units)) if columns is None else columns
    fitted: Fitted | None = None
    keeper: Shares | None = None
    start = max(rows[0] - WARM_UP, min(_history(panel), rows[0]))
    walked = [*range(start, rows[0]), *rows]
    for left, row in zip(reversed(range(len(walked))), walked, strict=True):  # the last is always fitted anew
        past = pasts.at(row)
        if fitted is None or keeper is None or left % (refit or REFIT[panel.frequency]) == 0:
            before = fitted.members if fitted else ()
            fitted = fit(past, steps, fitted, boosting=boosting)
            keeper = Shares(fitted.first_shares) if keeper is None or fitted.members != before else keeper
        found = fitted.forecasts(past, columns, steps)
        if row >= rows[0]:
            yield Step(row, past, fitted, columns, found, keeper.at(row, [int(step) for step in steps]))
        outcome = outcomes_of(learning, row, steps)[columns]
        outcome[~np.isin(columns, past.seen)] = np.nan
        keeper.learn(row, distances([found[name] for name in fitted.members], outcome))


def outcomes_of(values: Array, row: int, horizons: Index) -> Array:
    """The outcomes (units, horizons) after a row; NaN after the end."""
    ahead = row + horizons
    inside = ahead < len(values)
    found = np.full((values.shape[1], len(horizons)), np.nan)
    found[:, inside] = values[ahead[inside]].T
    return found


class Table:
    """Scores in the making."""

    def __init__(
        self,
        panel: Panel,
        horizons: tuple[int, ...],
        rows: list[int],
        numbers: tuple[int, ...],
        units: Sequence[int] | None,
    ) -> None:
        self.panel, self.horizons, self.rows, self.numbers = panel, horizons, rows, numbers
        self.columns = np.array(sorted(units) if units is not None else range(len(panel.units)))
        self.shape = (len(rows), len(self.columns), len(horizons))
        self.scores: dict[str, dict[str, Array]] = {}
        self.outcomes = np.full(self.shape, np.nan)
        self.before = np.full((len(rows), len(self.columns), 2), np.nan)
        self.shares: list[Array] = []
        self.members: tuple[str, ...] = ()

    def take(self, step: Step) -> None:
        """Score the forecasts of an origin."""
        number = self.rows.index(step.row)
        places = np.flatnonzero(np.isin(step.columns, self.columns))
        some = {name: one[places] for name, one in step.found.items()}
        some[POOL] = step.fitted.pooled(some, step.shares)
        outcome = outcomes_of(self.panel.values, step.row, np.array(self.horizons))[self.columns]
        outcome[~np.isin(self.columns, step.past.seen)] = np.nan
        self.outcomes[number] = outcome
        counts, known = step.past.window(self.columns, BASELINE_WINDOW)
        self.before[number] = np.stack([counts.sum(1), counts.sum(1) / np.maximum(known.sum(1), 1)], -1)
        self.shares.append(step.shares)
        self.members = step.fitted.members
        for name, forecast in some.items():
            self._score(number, name, forecast.sorted(), outcome)

    def _score(self, number: int, name: str, forecast: Samples, outcome: Array) -> None:
        own = self.scores.setdefault(name, {})
        missing = np.isnan(outcome)
        for score, values in scored(forecast, np.nan_to_num(outcome), self.numbers).items():
            own.setdefault(score, np.full(self.shape, np.nan))[number] = np.where(missing, np.nan, values)

    def done(self) -> Backtest:
        """All of it."""
        shares = (
            np.mean(self.shares, axis=(0, 1))
            if len({one.shape for one in self.shares}) == 1
            else self.shares[-1].mean(0)
        )
        return Backtest(
            self.panel,
            self.horizons,
            tuple(self.rows),
            self.numbers,
            self.scores,
            self.outcomes,
            self.before,
            shares,
            self.members,
            tuple(int(column) for column in self.columns),
        )


def scored(forecast: Samples, outcome: Array, numbers: Sequence[int]) -> dict[str, Array]:
    """Every score of a forecast (units, horizons, k)."""
    found = {
        "crps": scores.crps(forecast, outcome),
        "log_crps": scores.log_crps(forecast, outcome),
        "ignorance": scores.ignorance(forecast, outcome),
        "mis": scores.interval_score(forecast, outcome),
        "coverage_50": scores.covered_mass(forecast, outcome, 0.5),
        "coverage_90": scores.covered_mass(forecast, outcome, 0.9),
        "closed_90": scores.covered(forecast, outcome, 0.9),
    }
    return found | {f"brier_{number}": scores.brier(forecast, outcome, number) for number in numbers}
