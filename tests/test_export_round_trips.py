"""Incidents written in the layouts of others and read back."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from strife.exchange.problems import Options
from strife.exchange.readers import read_acled, read_ucdp
from strife.exchange.writers import (
    Written,
    write_acled,
    write_ucdp,
)
from strife.exchange.writers.happening import STATUSES
from strife.records import (
    Code,
    Date,
    Incident,
    IncidentFigure,
    Party,
    Place,
    Told,
    to_json,
)

NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]) | st.sampled_from("=+-@'\"\n\r\t,;"),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() == text and text not in {"NA", "N/A", "NaN", "nan", "None", "NULL", "null"})
SECTORS = st.sampled_from(["GOV", "MIL", "REB", "UAF", "CVL", "PRM", "CRM", "IGO"])
TOLD = st.builds(
    lambda name, sector: Told(party=Party(quote=name, start=0, end=0, name=name, sectors=(sector,))),
    NAMES | st.sampled_from(["IS", "SNA", "Government of Mali", "Civilians (Mali)", "PKK", "Syria"]),
    SECTORS,
)
COUNTS = st.integers(0, 5000)
DEATHS = st.builds(
    lambda low, more, most: IncidentFigure(measure="deaths", low=low, best=low + more, high=low + more + most),
    COUNTS,
    COUNTS,
    COUNTS,
)
PLACES = st.builds(
    lambda name, country, lat, lon, precision: Place(
        quote=name, start=0, end=0, name=name, country=country, admin1=name, lat=lat, lon=lon, precision=precision
    ),
    NAMES,
    st.sampled_from(["SY", "ML", "PS", "XK", "NA", "US"]),
    st.floats(-90, 90, allow_subnormal=False),
    st.floats(-180, 180, allow_subnormal=False),
    st.sampled_from(["settlement", "surroundings", "district", "province", "country", "region"]),
)  # fmt: skip


def _dates(day: date, days: int) -> Date:
    end = date.fromordinal(day.toordinal() + days)
    precision = "day" if days == 0 else "week" if days <= 6 else "month"
    return Date(start=day.isoformat(), end=end.isoformat(), precision=precision, quote="then", basis="relative")  # type: ignore[arg-type]


DATES = st.builds(_dates, st.dates(date(1989, 1, 1), date(2025, 1, 1)), st.sampled_from([0, 1, 6, 7, 29]))
CODES = st.sampled_from(
    [
        Code(plover="ASSAULT"),
        Code(plover="ASSAULT", mode="aerial", cameo="195"),
        Code(plover="ASSAULT", mode="a mode of another release"),
        Code(plover="PROTEST", mode="demo"),
        Code(plover="ASSAULT", mode="abduct"),
        Code(plover="COERCE", mode="arrest", acled="Arrests"),
    ]
)
INCIDENTS = st.builds(
    Incident,
    id=st.uuids().map(str),
    code=CODES,
    where=PLACES,
    when=DATES,
    status=st.sampled_from(["reported", "claimed", "disputed", "expected"]),
    sources=st.integers(1, 9),
    actors=st.lists(TOLD, max_size=3).map(tuple),
    recipients=st.lists(TOLD, max_size=2).map(tuple),
    figures=st.tuples(DEATHS) | st.just(()),
).filter(
    lambda one: len({told.party.quote for told in one.actors + one.recipients}) == len(one.actors + one.recipients)
)


def alike(incident: Incident) -> str:
    """An incident without what ACLED's columns do not hold: the number of sources, and which day stood for a month."""
    assert incident.when is not None
    return to_json(replace(incident, sources=1, when=replace(incident.when, quote=None)))


def round_trip(
    path: Path, given_: list[Incident], write: Callable[..., Written], read: Callable[..., Iterator[Incident]]
) -> None:
    """What was written comes back with its id, time, place, deaths and status; written once more it comes back the same."""
    options = Options(release="test")
    written = write(path, given_, STATUSES)
    once = list(read(path, options))
    assert len(once) == written.rows == len(given_) - sum(written.left_out.values())
    by_id = {one.id: one for one in given_}
    for one in once:
        before = by_id[one.row or ""]
        assert one.where is not None
        assert before.where is not None
        assert (one.where.name, one.where.country, one.where.lat, one.where.lon) == (
            before.where.name, before.where.country, before.where.lat, before.where.lon,
        )  # fmt: skip
        assert one.status == before.status
        assert [(figure.low) for figure in one.figures] == [(figure.low) for figure in before.figures]
        assert one.when is not None
        assert before.when is not None
        if before.when.precision == "day":
            assert (one.when.start, one.when.end) == (before.when.start, before.when.end)
    assert write(path, once, STATUSES) == Written(rows=len(once))
    twice = list(read(path, options))
    assert [alike(one) for one in twice] == [alike(one) for one in once]


@settings(max_examples=40)
@given(st.lists(INCIDENTS, max_size=2, unique_by=lambda one: one.id))
def test_round_trip_through_acled(tmp_path_factory: pytest.TempPathFactory, incidents: list[Incident]) -> None:
    round_trip(tmp_path_factory.mktemp("acled") / "x.csv", incidents, write_acled, read_acled)


@settings(max_examples=40)
@given(st.lists(INCIDENTS, max_size=2, unique_by=lambda one: one.id))
def test_round_trip_through_ucdp(tmp_path_factory: pytest.TempPathFactory, incidents: list[Incident]) -> None:
    round_trip(tmp_path_factory.mktemp("ucdp") / "x.csv", incidents, write_ucdp, read_ucdp)


def test_real_events_come_back_from_their_own_layout(tmp_path: Path, shared: Path) -> None:
    given_ = list(read_ucdp(shared / "corpora" / "ucdp" / "ucdp_ged231_sample1000.csv"))
    written = write_ucdp(tmp_path / "ged231.csv", given_)
    back = {one.id: one for one in read_ucdp(tmp_path / "ged231.csv")}
    assert len(back) == written.rows
    assert written.rows > 950
    for one in given_:
        assert one.id not in back or back[one.id] == one
    assert math.isclose(
        sum(one.figures[0].best or 0 for one in back.values()), sum(one.figures[0].best or 0 for one in given_)
    )
