"""Scores of forecasts, against another implementation and against what must hold of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strife.outlook import scores
from strife.outlook.samples import Samples, equal, mixture
from strife.outlook.shares import best_shares, distances
from strife.outlook.skill import saved

COUNTS = st.lists(st.integers(0, 5000), min_size=1, max_size=30)


def test_crps_as_others_compute_it() -> None:
    scoringrules = pytest.importorskip("scoringrules")
    random = np.random.default_rng(1)
    values = random.negative_binomial(1, 0.02, (200, 25)).astype(float)
    outcome = random.negative_binomial(1, 0.02, 200).astype(float)
    weights = random.dirichlet(np.ones(25), 200)
    theirs = scoringrules.crps_ensemble(outcome, values, ens_w=weights, estimator="nrg")
    assert np.allclose(scores.crps(Samples(values, weights), outcome), theirs)
    logs = scoringrules.crps_ensemble(np.log1p(outcome), np.log1p(values), ens_w=weights, estimator="nrg")
    assert np.allclose(scores.log_crps(Samples(values, weights), outcome), logs)


def test_interval_score_as_others_compute_it() -> None:
    scoringrules = pytest.importorskip("scoringrules")
    random = np.random.default_rng(2)
    forecast = equal(random.gamma(2, 30, (100, 40)))
    outcome = random.gamma(2, 30, 100)
    low, high = forecast.quantiles((0.05, 0.95)).T
    assert np.allclose(scores.interval_score(forecast, outcome), scoringrules.interval_score(outcome, low, high, 0.1))


def test_brier_as_others_compute_it() -> None:
    scoringrules = pytest.importorskip("scoringrules")
    forecast = equal(np.array([[0.0, 1, 2, 30], [0, 0, 0, 1]]))
    outcome = np.array([5.0, 0.0])
    theirs = scoringrules.brier_score((outcome >= 1).astype(float), forecast.at_least(1))
    assert np.allclose(scores.brier(forecast, outcome, 1), theirs)


@given(COUNTS, st.integers(0, 5000))
def test_crps_by_its_definition(values: list[int], outcome: int) -> None:
    drawn = np.array(values, dtype=float)
    wanted = np.abs(drawn - outcome).mean() - np.abs(drawn[:, None] - drawn).mean() / 2
    assert scores.crps(equal(drawn), np.array(float(outcome))) == pytest.approx(wanted, abs=1e-6)


def test_zero_forecast_has_an_interval_score_of_twenty_times_its_crps() -> None:
    """As in the published table of VIEWS' challenge, where the forecast of exactly zero has CRPS 56.57 and MIS 1131.5."""
    forecast, outcome = equal(np.zeros((3, 1))), np.array([0.0, 7.0, 100.0])
    assert np.allclose(scores.interval_score(forecast, outcome), 20 * scores.crps(forecast, outcome))


def test_ignorance() -> None:
    forecast = equal(np.repeat([[0.0, 1.0, 2.0, 400.0]], 3, axis=0))
    found = scores.ignorance(forecast, np.array([2.0, 0.0, 5000.0]))
    assert np.allclose(found, -np.log2(np.array([501, 251, 1]) / 1011))


@given(COUNTS)
def test_quantiles_are_outcomes(values: list[int]) -> None:
    found = equal(np.array(values, dtype=float)).quantiles((0.05, 0.5, 0.95))
    assert set(found) <= set(values)
    assert list(found) == sorted(found)
    assert found[1] == np.quantile(values, 0.5, method="inverted_cdf")


def test_coverage_of_a_right_forecast() -> None:
    random = np.random.default_rng(3)
    forecast = equal(np.broadcast_to(random.negative_binomial(0.3, 0.05, 4000).astype(float), (2000, 4000)))
    outcome = random.negative_binomial(0.3, 0.05, 2000).astype(float)
    assert scores.covered_mass(forecast, outcome).mean() == pytest.approx(0.9, abs=0.02)
    assert scores.covered(forecast, outcome).mean() > 0.93  # a third of it lies on 0


def test_mixture_is_the_linear_pool() -> None:
    low, high = equal(np.array([[0.0, 2.0]])), equal(np.array([[10.0, 20.0, 30.0]]))
    pool = mixture([low, high], np.array([0.25, 0.75]))
    assert pool.at_least(10) == pytest.approx(0.75)
    assert pool.mean() == pytest.approx(0.25 * 1 + 0.75 * 20)


def test_crps_of_a_pool_follows_from_distances() -> None:
    random = np.random.default_rng(5)
    members = [equal(random.poisson(mean, (6, 2, 9)).astype(float)) for mean in (3, 8, 20)]
    outcome = random.poisson(9, (6, 2)).astype(float)
    outcome[4, 1] = np.nan
    shares = np.array([0.2, 0.5, 0.3])
    found = distances(members, outcome)
    for number in range(2):
        known = ~np.isnan(outcome[:, number])
        pool = mixture([member[:, number] for member in members], shares)
        wanted = scores.crps(pool[known], outcome[known, number]).sum()
        got = found.to_outcome[0, number] @ shares - shares @ found.between[0, number] @ shares / 2
        assert got == pytest.approx(wanted)
        assert found.units[number] == known.sum()


def test_best_shares_go_to_the_better_member() -> None:
    linear, square = np.array([[1.0, 2.0]]), np.array([[[0.0, 0.5], [0.5, 0.0]]])
    first = np.array([0.5, 0.5])
    assert best_shares(linear, square, first, np.array([0.001]))[0, 0] > 0.95
    assert best_shares(linear, square, first, np.array([1000.0]))[0] == pytest.approx(first, abs=0.01)


def test_skill_and_its_interval() -> None:
    random = np.random.default_rng(6)
    baseline = random.gamma(2, 1, (120, 5, 3))
    share, interval = saved(0.9 * baseline, baseline)
    assert share == pytest.approx(0.1)
    assert interval == pytest.approx((0.1, 0.1))
    noise = baseline * random.gamma(2, 0.5, (120, 1, 1))
    share, interval = saved(noise, baseline)
    assert interval is not None
    assert interval[0] < share < interval[1]  # type: ignore[operator]
    assert saved(baseline[:40], baseline[:40]) == (0.0, None)  # too few origins to tell
    assert saved(baseline * 0, baseline * 0) == (None, None)
