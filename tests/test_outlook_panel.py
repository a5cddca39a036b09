"""Reading panels: both forms, and what is refused or doubted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strife.errors import BadInput, Unknown
from strife.outlook.panel import find_unit
from strife.outlook.panelfile import holds_events
from strife.outlook.periods import Frequency, day_of, first_day, label, last_day, number_of
from strife.outlook.vintages import vintage_files, with_vintages
from tests.outlook_helpers import TODAY, made, read, written

WIDE = "month,Syria,Peru\n2024-01,5,0\n2024-02,6,1\n2024-03,7,0\n"
LONG = "unit,date,value\nSyria,2024-01-31,5\nPeru,2024-01-31,0\nSyria,2024-02-29,6\nPeru,2024-02-29,1\n"
BAD = {
    "empty": ("", "is empty"),
    "names alone": ("month,Syria\n", "no counts"),
    "one column": ("month\n2024-01\n", "one column"),
    "no header": ("2024-01,5,6\n2024-02,5,6\n", "no names"),
    "turned": ("unit,2024-01,2024-02\nSyria,5,6\n", "turn it round"),
    "short line": ("month,Syria,Peru\n2024-01,5\n", "line 2: has 2 cells"),
    "no date": ("month,Syria\n2024-01,5\nMay,6\n", "line 3: 'May' is no date"),
    "no number": ("month,Syria\n2024-01,many\n", "line 2, Syria: 'many' is no number"),
    "negative": ("month,Syria\n2024-01,5\n2024-02,-3\n", "line 3, Syria: -3 is below 0"),
    "absurd": ("month,Syria\n2024-01,5\n2024-02,7e9\n", "line 3, Syria: 7e9 is beyond all measure"),
    "infinite": ("month,Syria\n2024-01,inf\n", "beyond all measure"),
    "period twice": ("month,Syria\n2024-01,5\n2024-01,6\n", "stands already in line 2"),
    "unit twice": ("month,Syria,Syria\n2024-01,5,6\n", "stands in two columns"),
    "row twice": (LONG + "Peru,2024-02-29,2\n", "line 6: Peru 2024-02-29 stands already in line 5"),
    "gap": ("month,Syria\n2024-01,5\n2024-04,6\n", "2 months are missing (2024-02, 2024-03)"),
    "future": ("month,Syria\n2025-12,5\n2026-01,6\n2026-02,1\n", "figures for 2026-02, which lies in the future"),
    "mixed": ("month,Syria\n2024-01-31,5\n2024-02-07,6\n2024-02-29,6\n", "neither months nor weeks"),
    "daily": ("day,Syria\n2024-01-03,5\n2024-01-04,6\n2024-01-05,6\n", "neither months nor weeks"),
    "nothing": ("month,Syria,Peru\n2024-01,0,0\n2024-02,0,0\n", "no events at all"),
    "known": ("unit,date,value,known_at\nSyria,2024-01,5,soon\n", "known_at 'soon' is no date"),
    "nameless row": ("unit,date,value\n,2024-01,5\n", "line 2: has no unit"),
    "events": ("id,date_start,date_end,best,type_of_violence\n1,2024-01-01,2024-01-01,3,1\n", "single events"),
}


@pytest.mark.parametrize("name", BAD)
def test_refused(name: str, tmp_path: Path) -> None:
    text, reason = BAD[name]
    with pytest.raises(BadInput) as error:
        read(tmp_path / "panel.csv", text)
    assert reason in str(error.value)
    assert "panel.csv" in str(error.value)


@pytest.mark.parametrize("text", [WIDE, WIDE.replace(",", ";"), "\ufeff" + WIDE, WIDE.replace("-0", "/0"), WIDE + "\n"])
def test_wide(text: str, tmp_path: Path) -> None:
    panel = read(tmp_path / "panel.csv", text)
    assert panel.units == ("Syria", "Peru")
    assert panel.labels == ("2024-01", "2024-02", "2024-03")
    assert panel.values.tolist() == [[5, 0], [6, 1], [7, 0]]


def test_long_is_the_same(tmp_path: Path) -> None:
    panel = read(tmp_path / "panel.csv", LONG)
    assert panel.units == ("Peru", "Syria")
    assert panel.values.tolist() == [[0, 5], [1, 6]]


def test_long_without_zeros_lists_only_what_happened(tmp_path: Path) -> None:
    panel = read(tmp_path / "panel.csv", "country,month,deaths\nSyria,2024-01,5\nPeru,2024-02,2\nSyria,2024-03,1\n")
    assert panel.values.tolist() == [[0, 5], [2, 0], [0, 1]]
    assert "no line has a 0" in panel.notes[0]


def test_weeks(tmp_path: Path) -> None:
    by_day = read(tmp_path / "a.csv", "week,Harem\n2024-01-01,5\n2024-01-08,6\n2024-01-15,0\n")
    by_name = read(tmp_path / "b.csv", "week,Harem\n2024-W01,5\n2024-W02,6\n2024-W03,0\n")
    assert by_day.frequency == by_name.frequency == "week"
    assert by_day.labels == by_name.labels == ("2024-01-01", "2024-01-08", "2024-01-15")


def test_cells_not_known_are_told(tmp_path: Path) -> None:
    panel = read(tmp_path / "panel.csv", "month,Syria,Sudan\n2024-01,5,\n2024-02,NA,4\n2024-03,7,2\n")
    assert np.isnan(panel.values[1, 0])
    assert panel.notes == ("1 figures within the panel are not known and are passed over",)  # Sudan begins later


def test_last_month_without_any_event_is_not_believed(tmp_path: Path) -> None:
    rows = "".join(f"2024-{month:02},{30 + month},{month}\n" for month in range(1, 11))
    panel = read(tmp_path / "panel.csv", "month,Syria,Peru\n" + rows + "2024-11,0,0\n")
    assert panel.labels[-1] == "2024-10"
    assert "2024-11: not one event" in panel.notes[0]
    few = read(tmp_path / "few.csv", "month,Syria,Peru\n" + rows + "2024-11,1,0\n")
    assert few.labels[-1] == "2024-11"
    assert "may be incomplete" in few.notes[0]
    quiet = "".join(f"2024-{month:02},{month % 3},0\n" for month in range(1, 11))
    assert read(tmp_path / "quiet.csv", "month,Syria,Peru\n" + quiet + "2024-11,0,0\n").notes == ()


def test_period_that_has_not_ended_is_left_out(tmp_path: Path) -> None:
    panel = read(tmp_path / "panel.csv", "month,Syria\n2025-11,5\n2025-12,6\n2026-01,2\n", TODAY)
    assert panel.labels == ("2025-11", "2025-12")
    assert "has not ended" in panel.notes[0]


def test_year_and_month_apart(tmp_path: Path) -> None:
    text = "country,year,month,ged_best\nSyria,2023,12,5\nSyria,2024,1,0\nPeru,2023,12,1\nPeru,2024,01,2\n"
    panel = read(tmp_path / "panel.csv", text)
    assert (panel.labels, panel.values.tolist()) == (("2023-12", "2024-01"), [[1, 5], [2, 0]])


def test_known_at_of_what_happened_alone(tmp_path: Path) -> None:
    text = (
        "unit,date,value,known_at\nSyria,2024-01,5,2024-02-03\nPeru,2024-02,2,2024-03-05\nSyria,2024-02,1,2024-04-01\n"
    )
    panel = read(tmp_path / "panel.csv", text)
    assert panel.as_of(date(2024, 3, 5)).values.tolist() == [[0, 5], [2, 0]]
    assert panel.values.tolist() == [[0, 5], [2, 1]]


def test_known_at(tmp_path: Path) -> None:
    text = (
        "unit,date,value,known_at\nSyria,2024-01,5,2024-02-03\nSyria,2024-01,9,2024-04-01\nSyria,2024-02,6,2024-03-05\n"
        "Peru,2024-01,0,2024-02-03\nPeru,2024-02,1,2024-03-05\n"
    )
    panel = read(tmp_path / "panel.csv", text)
    assert panel.values.tolist() == [[0, 9], [1, 6]]
    assert panel.known_from == (date(2024, 2, 3), date(2024, 3, 5))
    assert panel.as_of(date(2024, 3, 5)).values.tolist() == [[0, 5], [1, 6]]
    assert panel.as_of(date(2024, 2, 10)).values.tolist() == [[0, 5]]
    assert panel.as_of(date(2024, 1, 31)).values.shape == (0, 2)


def test_without_known_at_a_figure_is_known_when_its_period_ends(tmp_path: Path) -> None:
    panel = read(tmp_path / "panel.csv", WIDE)
    assert panel.as_of(date(2024, 2, 28)).values.tolist() == [[5, 0]]
    assert panel.as_of(date(2024, 2, 29)).values.tolist() == [[5, 0], [6, 1]]


def test_vintages(tmp_path: Path) -> None:
    panel = made(40)
    older = made(40)
    older.values[10:, 0] += 3
    folder = tmp_path / "older"
    folder.mkdir()
    short = older.values[:38]
    written(type(older)("x", older.units, "month", older.first, short), folder / "state_2015-03-20.csv")
    whole = with_vintages(panel, vintage_files(folder))
    assert (whole.as_of(date(2015, 4, 1)).values == short).all()
    assert (whole.values == panel.values).all()
    (folder / "another.csv").write_text("month,Syria\n2024-01,5\n")
    with pytest.raises(BadInput, match="does not tell the day"):
        vintage_files(folder)
    with pytest.raises(BadInput, match="holds no CSV files"):
        vintage_files(tmp_path / "none")


@pytest.mark.parametrize(
    ("asked", "unit"),
    [
        ("SYR", "Syria"), ("sy", "Syria"), ("syria", "Syria"), ("Syrian Arab Republic", "Syria"), ("COD", "Dem. Rep. Congo"),
        ("Idlib", "Idlib Governorate"), ("CAF", "Central African Rep."), ("SSD", "S. Sudan"), ("SDN", "Sudan"), ("BIH", "Bosnia and Herz."),
    ],
)  # fmt: skip
def test_units_by_code_and_short_names(asked: str, unit: str) -> None:
    units = [
        "Sudan",
        "Syria",
        "Congo",
        "Dem. Rep. Congo",
        "Central African Rep.",
        "S. Sudan",
        "Bosnia and Herz.",
        "Idlib Governorate",
    ]
    found = find_unit(units, asked)
    assert found is not None
    assert units[found] == unit


def test_no_such_unit(tmp_path: Path) -> None:
    panel = read(tmp_path / "panel.csv", WIDE)
    assert panel.column("PER") == 1
    with pytest.raises(Unknown, match=r"'Mali': is no unit of panel\.csv; it has Syria, Peru"):
        panel.column("Mali")


def test_events_are_told_from_panels(tmp_path: Path) -> None:
    folder = Path(__file__).parent / "data" / "exchange"
    assert holds_events(folder / "GEDEvent_v25_1.csv")
    (tmp_path / "panel.csv").write_text(WIDE)
    assert not holds_events(tmp_path / "panel.csv")


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.sampled_from(["month", "week"]))
def test_periods(day: date, frequency: Frequency) -> None:
    number = number_of(day, frequency)
    assert first_day(number, frequency) <= day <= last_day(number, frequency)
    assert number_of(last_day(number, frequency), frequency) == number
    assert last_day(number, frequency).toordinal() + 1 == first_day(number + 1, frequency).toordinal()
    assert day_of(label(number, frequency)) == first_day(number, frequency)
