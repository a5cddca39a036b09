"""Files of event data that are not as they should be: each bad row is named, and the rest comes in."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from strife.errors import BadInput
from strife.exchange.problems import Options, Problem
from strife.exchange.readers import read_ucdp
from tests.test_import import DATA, FILES, expected, reading, ucdp_rows

BAD_CELLS = [
    ("id", "", "is empty"),
    ("type_of_violence", "4", "4 is none of its codes; they are 1 to 3"),
    ("type_of_violence", "", "is empty; they are 1 to 3"),
    ("where_prec", "0", "0 is none of its codes"),
    ("date_prec", "x", "'x' is no whole number"),
    ("date_start", "2016-13-01", "is no date; write it as 2016-01-31"),
    ("date_start", "01/05/2016", "is no date"),
    ("date_end", "2015-05-01", "2015-05-01 is before date_start 2016-05-01"),
    ("date_end", "2031-05-01", "2031-05-01 lies in the future"),
    ("latitude", "91", "lies outside -90 to 90 degrees"),
    ("longitude", "-180.5", "lies outside -180 to 180 degrees"),
    ("latitude", "35,1", "'35,1' is no number of degrees"),
    ("latitude", "nan1", "is no number of degrees"),
    ("longitude", "", "is empty though the other coordinate is there"),
    ("best", "many", "'many' is no whole number"),
    ("best", "-3", "-3 is below 0"),
    ("low", "2.5", "'2.5' is no whole number"),
    ("country", "Atlantis", "'Atlantis' is no country that strife knows"),
]


@pytest.mark.parametrize(("column", "value", "words"), BAD_CELLS)
def test_bad_cells_are_named(tmp_path: Path, column: str, value: str, words: str) -> None:
    change = {column: value} | ({"country_id": ""} if column == "country" else {})
    path = ucdp_rows(tmp_path, {"id": "1"}, {"id": "2"} | change, {"id": "3"})
    found, problems, _ = reading(path, read_ucdp)
    assert [one.row for one in found] == ["1", "3"]
    assert [(one.line, one.field) for one in problems] == [(3, column)]
    assert words in problems[0].reason
    assert str(problems[0]).startswith(f"line 3, {column}: ")


def test_ten_thousand_bad_rows_are_each_named_and_the_rest_comes_in(tmp_path: Path) -> None:
    path = ucdp_rows(tmp_path, *({"id": str(n), "best": "?" if n % 2 else "4"} for n in range(20_000)))
    found, problems, _ = reading(path, read_ucdp)
    assert len(found) == 10_000
    assert [one.line for one in problems] == list(range(3, 20_002, 2))


def test_without_a_collector_the_first_bad_row_is_an_error(tmp_path: Path) -> None:
    path = ucdp_rows(tmp_path, {}, {"best": "?"})
    with pytest.raises(BadInput, match=r"GEDEvent_v25_1.csv line 3, best: '\?' is no whole number; mend the row"):
        list(read_ucdp(path))


def test_errors_of_whoever_collects_are_their_own(tmp_path: Path) -> None:
    def full(_problem: Problem) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        list(read_ucdp(ucdp_rows(tmp_path, {"best": "?"}), Options(on_problem=full)))


def test_a_folder_is_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        list(read_ucdp(tmp_path))


@pytest.mark.parametrize("name", ["GEDEvent_v25_1.csv", "acled.csv", "icews.tab", "gdelt2.CSV"])
def test_a_file_cut_in_half(tmp_path: Path, name: str) -> None:
    data = (DATA / name).read_bytes().rstrip(b"\n")
    (tmp_path / name).write_bytes(data[: len(data) - 60])
    found, problems, _ = reading(tmp_path / name, FILES[name])
    assert found == expected()[name][:-1]
    assert len(problems) == 1
    assert "cut short" in problems[0].reason


def test_a_compressed_file_cut_in_half(tmp_path: Path) -> None:
    rows = ucdp_rows(tmp_path, *({"id": str(n), "where_coordinates": f"{n * 7919 % 10007}"} for n in range(5000)))
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(rows.read_bytes())[:-9000])
    found, problems, _ = reading(tmp_path / "cut.csv.gz", read_ucdp)
    assert 0 < len(found) < 5000
    assert "cut short or damaged here" in problems[-1].reason
    assert problems[-1].line == len(found) + len(problems) + 1


def test_quotation_marks(tmp_path: Path) -> None:
    path = ucdp_rows(
        tmp_path,
        {"id": "1", "where_description": 'on the "old"\nroad, 3 km\r\nsouth', "adm_1": 'the "Upper" district'},
        {"id": "2"},
    )
    found, problems, _ = reading(path, read_ucdp)
    assert [one.row for one in found] == ["1", "2"]
    assert found[0].where is not None
    assert found[0].where.admin1 == 'the "Upper" district'
    assert problems == []


def test_a_quotation_mark_that_is_never_closed_spoils_its_own_row_only(tmp_path: Path) -> None:
    path = ucdp_rows(tmp_path, *({"id": str(n)} for n in range(6)))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[2] = lines[2].replace("Tal Wadi village", '"Tal Wadi village', 1)
    lines[4] = lines[4].replace("Tal Wadi village", 'Tal "Wadi village', 1)  # inside a cell it is a character
    path.write_text("".join(lines), encoding="utf-8")
    found, problems, _ = reading(path, read_ucdp)
    assert [one.row for one in found] == ["0", "2", "3", "4", "5"]
    assert [(one.line, "quotation mark" in one.reason) for one in problems] == [(3, True)]
