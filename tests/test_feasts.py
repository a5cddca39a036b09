"""Feasts: known days of several years, and what holds for every year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strife.mentions.occasions import FEASTS, WARS
from strife.resolve.feasts import feasts_of
from strife.resolve.wars import war_period


@pytest.mark.parametrize(
    ("word", "year", "start"),
    [
        ("easter", 2013, "2013-03-31"),
        ("orthodox easter", 2013, "2013-05-05"),
        ("passover", 2013, "2013-03-26"),
        ("yom kippur", 1973, "1973-10-06"),
        ("rosh hashanah", 2023, "2023-09-16"),
        ("hanukkah", 2013, "2013-11-28"),
        ("hanukkah", 2023, "2023-12-08"),
        ("purim", 2024, "2024-03-24"),
        ("ramadan", 2013, "2013-07-09"),
        ("eid al-fitr", 2022, "2022-05-02"),
        ("ashura", 2013, "2013-11-13"),
        ("lunar new year", 1968, "1968-01-30"),
        ("diwali", 2016, "2016-10-30"),
        ("thanksgiving", 2023, "2023-11-23"),
        ("memorial day", 2016, "2016-05-30"),
    ],
)
def test_known_days(word: str, year: int, start: str) -> None:
    assert feasts_of(word, year)[0].start.isoformat() == start


@given(st.sampled_from(sorted(FEASTS)), st.integers(1500, 2200))
def test_every_feast_begins_in_its_year_and_is_short(word: str, year: int) -> None:
    for one in feasts_of(word, year):
        assert one.start.year == year
        assert 0 <= (one.end - one.start).days <= 31


def test_feasts_of_the_moon_are_never_given_to_the_day() -> None:
    assert all(
        one.precision != "day" for word in ("eid al-fitr", "eid al-adha", "ashura") for one in feasts_of(word, 2013)
    )


def test_every_feast_and_war_named_is_known() -> None:
    assert all(feasts_of(word, 2013) for word in FEASTS)
    assert all(war_period(word) for word in WARS)
    assert war_period("a war that nobody knows") is None


def test_two_ramadans_fall_into_2030() -> None:
    assert [one.start for one in feasts_of("ramadan", 2030)] == [date(2030, 1, 5), date(2030, 12, 26)]
