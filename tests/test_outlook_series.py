"""Incidents -> series: what is counted, where and when, and from which day it was known."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from strife.casefile import Case
from strife.errors import BadInput
from strife.exchange.problems import Options
from strife.outlook.expected import outlook
from strife.outlook.series import Choice, series
from strife.outlook.source import from_case, read_source
from strife.records import Code, Date, Incident, IncidentFigure, Place
from tests.case_helpers import toy
from tests.outlook_helpers import TODAY

MONTHS = Choice()
DEATHS = Choice(what="deaths", by="admin1")


def incident(number: int, start: str | None, end: str | None = None, **given: Any) -> Incident:
    """An incident of a dataset; `place` is country, division and precision, `deaths` low, best and high."""
    country, admin1, precision = given.get("place", ("SY", "Idlib", "settlement"))
    low, best, high = given.get("deaths", (None, None, None))
    when = Date(start=start, end=end or start, precision="day", quote=start, basis="explicit") if start else None
    return Incident(
        id=f"toy:{number:08}",
        code=Code(plover=given.get("code", "ASSAULT")),
        where=Place(quote="Harem", start=0, end=0, name="Harem", country=country, admin1=admin1, precision=precision),
        when=when,
        status=given.get("status", "reported"),
        sources=1,
        documents=given.get("documents", ()),
        figures=(IncidentFigure(measure="deaths", low=low, best=best, high=high),) if high is not None else (),
        dataset="toy",
        row=str(number),
    )


def test_counts_by_month_and_week() -> None:
    rows = [incident(1, "2024-01-30"), incident(2, "2024-01-31", "2024-02-02"), incident(3, "2024-02-28")]
    found = series(rows, MONTHS, "toy", today=TODAY).panel
    assert (found.units, found.labels, found.values.tolist()) == (("SY",), ("2024-01", "2024-02"), [[2], [1]])
    weekly = series(rows, Choice(frequency="week"), "toy", today=TODAY).panel
    assert weekly.labels[0] == "2024-01-29"
    assert weekly.values[:, 0].tolist() == [2, 0, 0, 0, 1]


def test_deaths_have_bounds() -> None:
    rows = [
        incident(1, "2024-01-05", deaths=(2, 3, 9)),
        incident(2, "2024-01-09", deaths=(None, None, 4)),
        incident(3, "2024-01-10", deaths=(1, 5, 5), status="disputed"),
        incident(4, "2024-01-11"),
    ]
    found = series(rows, DEATHS, "toy", today=TODAY)
    assert found.panel.values.tolist() == [[7]]
    assert (found.low.tolist(), found.high.tolist()) == ([[6]], [[18]])


def test_what_is_not_counted_is_told() -> None:
    rows = [
        incident(1, "2024-01-05"),
        incident(2, "2024-01-05", status="expected"),
        incident(3, None),
        incident(4, "2024-01-05", "2024-03-05"),
        incident(5, "2024-01-05", place=("SY", None, "country")),
        incident(6, "2024-01-05", code="AID"),
    ]
    found = series(rows, Choice(by="admin1", code="ASSAULT"), "toy", today=TODAY)
    assert found.panel.values.tolist() == [[1]]
    assert found.left_out == {
        "only expected": 1,
        "no date": 1,
        "longer than a month": 1,
        "no admin1": 1,
        "no ASSAULT": 1,
    }
    assert len(found.panel.notes) == 5
    with pytest.raises(BadInput, match="nothing to count by place and month: 1 no place"):
        series(rows[4:5], Choice(by="place"), "toy", today=TODAY)
    with pytest.raises(BadInput, match="it holds no incidents"):
        series([], MONTHS, "toy", today=TODAY)


def test_known_from_the_documents() -> None:
    rows = [
        incident(1, "2024-01-05", documents=("a", "b")),
        incident(2, "2024-01-09", documents=("c",)),
        incident(3, "2024-02-09", documents=("d",)),
    ]
    known = {"a": "2024-01-07", "b": "2024-01-06", "c": "2024-03-15", "d": "2024-02-10"}
    panel = series(rows, MONTHS, "toy", today=TODAY, known=known).panel
    assert panel.values.tolist() == [[2], [1]]
    assert panel.as_of(date(2024, 2, 29)).values.tolist() == [[1], [1]]
    assert panel.as_of(date(2024, 3, 15)).values.tolist() == [[2], [1]]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.open(tmp_path / "a.strife", create=True)


def test_outlook_of_a_case(case: Case) -> None:
    with pytest.raises(BadInput, match="holds no incidents"):
        from_case(case, MONTHS, TODAY)
    days = [
        f"{2022 + month // 12}-{month % 12 + 1:02}-{day:02}" for month in range(30) for day in range(1, 3 + month % 5)
    ]
    case.imported(incident(number, day) for number, day in enumerate(days))
    source = from_case(case, MONTHS, TODAY)
    assert source.panel.values[:, 0].tolist() == [2 + month % 5 for month in range(30)]
    assert source.bounds is None
    found = outlook(source.panel, "SYR", 2)
    assert (found.unit, found.what, len(found.seen)) == ("SY", "events", 24)
    case.put_incidents([])
    case.imported([_other(incident(900, "2024-01-01"))])
    with pytest.raises(BadInput, match="holds incidents of another, toy, which may tell of the same"):
        from_case(case, MONTHS, TODAY)
    assert from_case(case, MONTHS, TODAY, "another").panel.values.tolist() == [[1]]


def test_outlook_of_what_was_read(case: Case, toy_reader: None) -> None:
    """Our own incidents are merged when they are asked for, and known from the day they were published."""
    case.add(
        [
            toy("a", "Army attacked Rebels in Harem on 2014-01-05.", published="2014-01-07"),
            toy("b", "Army attacked Rebels in Harem on 2014-01-20.", published="2014-03-02"),
            toy(
                "c",
                "Rebels attacked Army in Harem on 2014-03-09. Union expects that Army attacked Rebels in Harem on 2014-03-20.",
            ),
        ]
    )
    panel = from_case(case, Choice(by="admin1"), TODAY).panel
    assert (panel.units, panel.labels) == (("Idlib",), ("2014-01", "2014-02", "2014-03"))
    assert panel.values[:, 0].tolist() == [2, 0, 1]
    assert panel.as_of(date(2014, 2, 28)).values[:, 0].tolist() == [1, 0]


def _other(one: Incident) -> Incident:
    from msgspec.structs import replace

    return replace(one, id="another:1", dataset="another")


def test_events_of_ucdp() -> None:
    file = Path(__file__).parent / "data" / "exchange" / "GEDEvent_v25_1.csv"
    found = read_source(file, Choice(what="deaths"), Options(today=TODAY))
    assert found.bounds is not None
    assert found.panel.values.sum() > 0
    assert (found.bounds[0] <= found.panel.values).all()
    assert (found.panel.values <= found.bounds[1]).all()
