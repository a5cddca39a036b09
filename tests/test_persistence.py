"""Who still holds a place: less surely the longer ago, the nearer the other side, the livelier the front."""

from __future__ import annotations

import json
import math
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from strife.casefile import Case
from strife.outlook.holders import how_sure
from strife.outlook.persistence import Evidence, chance_unchanged, front_on, learn_rates, likely
from strife.views.cli import cli
from tests.case_helpers import toy

START = date(2020, 1, 1)


def on(days: int) -> date:
    return START + timedelta(days=days)


def line(month: int, front: float, seed: int = 1) -> list[Evidence]:
    """Forty towns in a row, a tenth of a degree apart; East holds those beyond the front."""
    random = np.random.default_rng(seed + month)
    east = np.arange(40) / 10 + random.normal(0, 0.02, 40) > front
    return [
        Evidence(f"town-{number}", on(30 * month), "East" if east[number] else "West", 0.99, 48.0, 30 + number / 10)
        for number in range(40)
    ]


ADVANCE = [one for month in range(12) for one in line(month, 1.0 + 0.12 * month)]  # West moves east


def test_the_last_known_holder_less_surely_with_time() -> None:
    said = [Evidence("Harem", START, "Rebels", 0.99, 36.2, 36.5), Evidence("Nawa", START, "Army", 0.99, 32.9, 36.0)]
    sure = [next(one for one in likely(said, on(days)) if one.place == "Harem") for days in (0, 30, 365, 4000, 40_000)]
    assert [one.holder for one in sure] == ["Rebels"] * 5
    chances = [one.probability for one in sure]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] == pytest.approx(0.99)
    assert chances[-1] == pytest.approx(0.5, abs=0.01)
    assert all(sum(one.holders.values()) == pytest.approx(1) for one in sure)
    assert (sure[1].age, sure[1].evidence) == (30, "2020-01-01")
    assert sure[1].distance == pytest.approx(370, abs=5)


def test_nothing_later_is_seen() -> None:
    assert likely(ADVANCE, on(100)) == likely([one for one in ADVANCE if one.day <= on(100)], on(100))
    assert likely(ADVANCE, START - timedelta(days=1)) == []


def test_rates_are_counted() -> None:
    rates = learn_rates(ADVANCE)
    assert max(rates.lively) == rates.lively[1]  # towns are some 7 km apart
    assert rates.quiet[-2] < 0.05
    assert rates.losing["East"] > 1 > rates.losing["West"]


def test_the_front_is_less_sure_than_the_rear() -> None:
    found = {one.place: one for one in likely(ADVANCE, on(30 * 14))}
    rear, front = found["town-39"], min(found.values(), key=lambda one: one.probability)
    assert rear.probability > 0.97 > 0.8 > front.probability
    assert front.distance is not None
    assert front.distance < 20


def test_better_than_the_last_known_holder() -> None:
    """The truth moves on after the evidence ends: probabilities lose less than certainty, and than one rate for all towns."""
    held = {one.place: one.holder for one in line(11, 1.0 + 0.12 * 11)}
    loss = plain = 0.0
    for month in (12, 13, 14):
        rates = [one.probability for one in likely(ADVANCE, on(30 * month))]
        constant = float(np.mean(rates))
        truth = {one.place: one.holder for one in line(month, 1.0 + 0.12 * month)}
        for one in likely(ADVANCE, on(30 * month)):
            loss -= math.log(one.holders[truth[one.place]])
            plain -= math.log(constant if held[one.place] == truth[one.place] else 1 - constant)
    assert loss < 0.8 * plain


def test_places_without_coordinates_and_single_parties() -> None:
    (one,) = likely([Evidence("Harem", START, "Rebels")], on(400))
    assert (one.holder, one.probability, one.distance) == ("Rebels", 0.99, None)  # no other side is known
    both = likely([Evidence("Harem", START, "Rebels"), Evidence("Nawa", START, "Army")], on(400))
    assert [item.distance for item in both] == [None, None]
    assert all(0.5 < item.probability < 0.99 for item in both)


def test_the_nearer_party_is_the_likelier_next() -> None:
    said = [
        Evidence("A", START, "Red", 0.99, 30.0, 30.0),
        Evidence("B", START, "Blue", 0.99, 30.1, 30.0),
        Evidence("C", START, "Green", 0.99, 34.0, 30.0),
    ]
    (one, *_) = likely(said, on(300))
    assert list(one.holders) == ["Red", "Blue", "Green"]


@given(st.floats(0, 20), st.integers(0, 20_000), st.integers(1, 6))
def test_chances_are_chances(rate: float, days: int, parties: int) -> None:
    chance = chance_unchanged(rate, days, parties)
    assert 1 / max(parties, 2) <= chance <= 1
    assert chance_unchanged(rate, days + 100, parties) <= chance


def test_a_lively_front() -> None:
    front = front_on(ADVANCE, on(330))
    lively = {one.place for one, is_so in zip(front.newest, front.lively, strict=True) if is_so}
    assert "town-0" not in lively
    assert lively & {"town-22", "town-23", "town-24"}


def test_how_sure_of_a_case(tmp_path: Path, toy_reader: None) -> None:
    path = tmp_path / "a.strife"
    with Case.open(path, create=True) as case:
        case.add(
            [
                toy("a", "Army held hills in Harem on 2013-01-01. Army held hills in Nawa on 2013-01-01."),
                toy("b", "Rebels seized hills in Harem on 2013-06-05. Union said that Rebels seized roads in Zintan on 2013-06-05."),
                toy("c", "Army seized hills in Zintan on 2013-05-01. Army lost hills in Nawa on 2013-06-20."),
            ]
        )  # fmt: skip
        found = {
            holding.place.quote: one for holding, one in how_sure(case, case.control("2013-07-01"), date(2013, 7, 1))
        }
    assert found["Nawa"] is None  # lost, and to whom is not said
    harem = found["Harem"]
    assert harem is not None
    assert (harem.holder, harem.age) == ("Rebels", 26)
    assert 0.8 < harem.probability < 0.99
    result = CliRunner().invoke(cli, ["control", str(path), "--on", "2013-07-01", "--place", "Harem", "--sure"])
    assert "likely Rebels 9" in result.stdout
    assert "evidence 26 days old" in result.stdout
    result = CliRunner().invoke(cli, ["control", str(path), "--on", "2013-07-01", "--sure", "--json"])
    lines = [json.loads(row) for row in result.stdout.splitlines()]
    assert {row["place"]["quote"]: row["likely"] and row["likely"]["holder"] for row in lines}["Harem"] == "Rebels"
