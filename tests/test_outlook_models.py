"""Models and back-test: nothing later than the origin is seen, what is learnt is of use, and little data claim nothing."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strife.errors import BadInput, StrifeError
from strife.outlook.analogues import learn_analogues
from strife.outlook.backtest import Step, backtest, origins_of, walk
from strife.outlook.card import card_of
from strife.outlook.expected import outlook
from strife.outlook.features import smoothed
from strife.outlook.models import BASELINE, POOL, fit
from strife.outlook.own import conflictology, fading, negative_binomial, quantiles
from strife.outlook.panel import Figures, Panel
from strife.outlook.past import past_of
from strife.outlook.selfexciting import fitted, memories, memories_now
from tests.outlook_helpers import made

HORIZONS = np.array([1, 3])


def steps(panel: Panel, rows: list[int]) -> list[Step]:
    return list(walk(panel, [1, 3], rows))


@pytest.mark.parametrize("frequency", ["month", "week"])
def test_the_future_changes_no_forecast(frequency: str) -> None:
    panel = made(100, 5, frequency)  # type: ignore[arg-type]
    other = replace(panel, values=panel.values.copy())
    other.values[81:] = np.random.default_rng(9).integers(0, 900, other.values[81:].shape)
    for one, two in zip(steps(panel, [79, 80]), steps(other, [79, 80]), strict=True):
        assert np.array_equal(one.shares, two.shares)
        for name, forecast in one.found.items():
            assert np.array_equal(forecast.values, two.found[name].values), name
            assert np.array_equal(forecast.weights, two.found[name].weights), name


def test_figures_of_later_change_no_forecast() -> None:
    """A figure that was revised after an origin is seen there as it was then."""
    panel = made(90, 4)
    rows, columns = np.indices(panel.values.shape).reshape(2, -1)
    ended = np.array([panel.ends(int(row)).toordinal() + 5 for row in rows])
    first = Figures(columns, rows, ended, panel.values.ravel())
    late = np.flatnonzero(rows > 70)
    revised = Figures(
        np.concatenate([columns, columns[late]]),
        np.concatenate([rows, rows[late]]),
        np.concatenate([ended, np.full(len(late), panel.ends(88).toordinal() + 5)]),
        np.concatenate([panel.values.ravel(), panel.values.ravel()[late] * 7 + 1]),
    )
    known = steps(replace(panel, figures=first), [80])[0]
    later = steps(replace(panel, figures=revised), [80])[0]
    assert np.array_equal(known.shares, later.shares)
    assert all(np.array_equal(one.values, later.found[name].values) for name, one in known.found.items())
    after = steps(replace(panel, figures=revised), [88])[0]
    assert not np.array_equal(after.past.values, panel.values[:89])


def test_figures_known_only_later_make_no_origin() -> None:
    panel = made(90, 4)
    rows, columns = np.indices(panel.values.shape).reshape(2, -1)
    at = [max(panel.ends(int(row)), date(2018, 6, 30)) + timedelta(days=20) for row in rows]
    figures = Figures(columns, rows, np.array([day.toordinal() for day in at]), panel.values.ravel())
    found = origins_of(replace(panel, figures=figures), [1])
    assert panel.label(found[0]) == "2018-06"


def test_conflictology_is_the_last_twelve() -> None:
    panel = made(60, 3)
    found = conflictology(past_of(panel), np.array([1]), HORIZONS)
    assert found.values.shape == (1, 2, 12)
    assert sorted(found.values[0, 1]) == sorted(panel.values[-12:, 1])
    assert np.allclose(found.weights, 1 / 12)
    panel.values[-3, 1] = np.nan
    found = conflictology(past_of(panel), np.array([1]), HORIZONS)
    assert sorted(set(found.weights[0, 0].round(6))) == [0.0, round(1 / 11, 6)]


def test_late_periods_weigh_more() -> None:
    found = fading(past_of(made(60, 3)), np.array([0]), HORIZONS)
    assert found.values.shape[-1] == 24
    assert (np.diff(found.weights[0, 0]) < 0).all()
    assert found.weights[0, 0].sum() == pytest.approx(1)


def test_negative_binomial_quantiles() -> None:
    from scipy.stats import nbinom, poisson

    mean, variance = np.array([0.4, 30.0, 4000.0, 5.0, 0.0]), np.array([1.0, 900.0, 1e7, 5.0, 0.0])
    found = quantiles(mean, variance)
    levels = (np.arange(60) + 0.5) / 60
    for number in range(3):
        size = mean[number] ** 2 / (variance[number] - mean[number])
        assert np.array_equal(found[number], nbinom.ppf(levels, size, mean[number] / variance[number]))
    assert np.array_equal(found[3], poisson.ppf(levels, 5.0))
    assert (found[4] == 0).all()


def test_a_unit_without_events_is_expected_to_have_few() -> None:
    past = past_of(made(120))
    for forecast in fit(past, HORIZONS).forecasts(past, np.array([7]), HORIZONS).values():
        assert forecast.at_least(1).max() < 0.25
    assert (negative_binomial(past, np.array([7]), HORIZONS).values == 0).all()


def test_analogues_need_enough_to_learn_from() -> None:
    assert learn_analogues(past_of(made(30, 2)), HORIZONS) is None
    assert learn_analogues(past_of(made(20, 2)), HORIZONS) is None
    assert fit(past_of(made(30, 2)), HORIZONS).members == ("conflictology_ew", "negative_binomial")
    assert "self_exciting" in fit(past_of(made(80, 4, "week")), HORIZONS).members
    assert "self_exciting" not in fit(past_of(made(80, 4, "month")), HORIZONS).members


def test_no_forecast_runs_away() -> None:
    panel = made(120)
    panel.values[-1, 0] = 4_000_000
    past = past_of(panel)
    learnt = learn_analogues(past, HORIZONS)
    assert learnt is not None
    found = learnt.forecast(past, np.arange(8), HORIZONS)
    assert found.values[1:].max() <= 4 * panel.values[-24:, 1:].max() + 50
    assert found.values.min() >= 0
    assert (found.values == np.round(found.values)).all()


def test_self_excitation_is_found() -> None:
    random = np.random.default_rng(3)
    counts = np.zeros((400, 6))
    for row in range(1, 400):
        mean = 0.3 + 0.8 * counts[row - 1]
        counts[row] = random.negative_binomial(3.0, 3.0 / (3.0 + mean))
    base, excitation, size = fitted(memories(counts)[50:-1].reshape(-1, 6), counts[51:].ravel())
    assert excitation[0] == pytest.approx(0.8, abs=0.15)  # the memory of one period
    assert base + excitation[1:].sum() < 0.6
    assert size == pytest.approx(3.0, abs=1.5)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=40), st.sampled_from([0.0, 0.5, 0.97]))
def test_smoothed_by_its_definition(counts: list[int], decay: float) -> None:
    found = smoothed(np.array(counts, dtype=float)[:, None], decay)[-1, 0]
    weights = decay ** np.arange(len(counts), dtype=float)
    assert found == pytest.approx((weights * counts[::-1]).sum() / weights.sum())


def test_memories_at_the_origin() -> None:
    values = made(60, 4, "week").values
    values[:20, 1] = np.nan
    assert np.allclose(memories_now(values), memories(values)[-1])


def test_backtest_and_card() -> None:
    panel = made(150)
    result = backtest(panel, (1, 2, 3))
    assert len(result.origins) == 150 - 3 - 60
    crps = result.scores[BASELINE]["crps"]
    assert crps.shape == (87, 8, 3)
    past = past_of(panel).until(result.origins[5])
    forecast = conflictology(past, np.array([2]), np.array([1]))
    outcome = panel.values[result.origins[5] + 1, 2]
    drawn = forecast.values[0, 0]
    assert crps[5, 2, 0] == pytest.approx(abs(drawn - outcome).mean() - abs(drawn[:, None] - drawn).mean() / 2)
    card = card_of(result)
    assert card.skill[POOL].crps == pytest.approx(1 - result.scores[POOL]["crps"].sum() / crps.sum())
    assert card.skill[POOL].crps > 0  # type: ignore[operator]  # levels of this panel fade: equal weights lose
    assert sum(card.shares.values()) == pytest.approx(1)
    assert card.strata["quiet"].forecasts + card.strata["active"].forecasts == 87 * 8 * 3
    assert card.strata["onset"].forecasts <= card.strata["quiet"].forecasts
    assert "Herzoslovakia" not in card.top.units
    assert len(card.by_horizon[POOL]["crps"]) == 3
    assert not card.as_of
    again = card_of(backtest(panel, (1, 2, 3)))
    assert again == card


def test_backtest_of_one_unit_learns_from_all() -> None:
    panel = made(120)
    whole, one = backtest(panel, (1,)), backtest(panel, (1,), units=[3])
    for name in whole.scores:
        assert np.array_equal(whole.scores[name]["crps"][:, 3:4], one.scores[name]["crps"])


def test_short_panels_are_refused() -> None:
    with pytest.raises(BadInput, match="has 20 months; a back-test over 6 needs 25 at least"):
        backtest(made(20, 3))


@pytest.mark.parametrize(
    ("panel", "unit", "words"),
    [
        (made(150), "Herzoslovakia", "whether violence will begin cannot be told"),
        (made(60), "Avaria", "too few to tell"),
        (made(16), "Avaria", "Too little is known"),
        (made(150, 1), "Avaria", ""),
        (made(90, 3, "week"), "Borduria", ""),
    ],
)
def test_verdicts(panel: Panel, unit: str, words: str) -> None:
    panel.values[-12:, 0] += 1
    found = outlook(panel, unit, 3)
    assert words in found.verdict
    assert len(found.ahead) == 3
    assert found.ahead[0].period == panel.label(len(panel))
    proven = (
        found.track.skill is not None and found.track.skill.interval is not None and found.track.skill.interval[0] > 0
    )
    assert found.claim == proven
    assert ("nothing better than the last 12" in found.verdict) == (not proven)
    for one in found.ahead:
        assert list(one.pool.quantiles) == sorted(one.pool.quantiles)
        assert 0 <= one.pool.at_least["25"] <= one.pool.at_least["1"] <= 1


def test_units_that_are_not_known_yet_are_passed_over() -> None:
    panel = made(120)
    panel.values[:100, 2] = np.nan
    result = backtest(panel, (1, 2))
    early = result.scores[POOL]["crps"][: 100 - result.origins[0] - 1, 2]
    assert np.isnan(early).all()
    assert not np.isnan(result.scores[POOL]["crps"][-1, 2]).any()


def test_boosting_is_one_more_member() -> None:
    pytest.importorskip("lightgbm")
    past = past_of(made(400))
    learnt = fit(past, HORIZONS, boosting=True)
    assert learnt.members[-1] == "boosting"
    found = learnt.forecasts(past, np.arange(8), HORIZONS)["boosting"]
    assert found.values.shape == (8, 2, 60)
    assert (np.diff(found.values, axis=-1) >= 0).all()
    assert found.at_least(1)[7].max() < 0.3  # the unit without events
    kept = fit(past, HORIZONS, learnt, boosting=True)
    assert kept.boosted is learnt.boosted
    assert "boosting" not in fit(past_of(made(60)), HORIZONS, boosting=True).members


def test_boosting_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    with pytest.raises(StrifeError, match=r"pip install 'strife\[boosting\]'"):
        fit(past_of(made(60)), HORIZONS, boosting=True)
