"""`strife import` and `strife export`: what they print, write and answer."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strife.views.cli import cli

pytest.importorskip("strife.casefile")
DATA = Path(__file__).parent / "data" / "exchange"


def strife(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


@pytest.mark.parametrize(
    ("dataset", "name", "rows"),
    [
        ("ucdp", "GEDEvent_v25_1.csv", 4),
        ("acled", "acled.csv", 4),
        ("gdelt1", "gdelt1.CSV", 3),
        ("gdelt2", "gdelt2.CSV", 3),
        ("icews", "icews.tab", 3),
        ("polecat", "polecat.txt", 2),
        ("phoenix", "phoenix.txt", 2),
    ],
)
def test_each_dataset_goes_in_and_out(tmp_path: Path, dataset: str, name: str, rows: int) -> None:
    case = tmp_path / "a.strife"
    for _ in range(2):  # the same rows again replace themselves
        done = strife("import", case, dataset, DATA / name)
        assert done.exit_code == 0, done.output
        assert f"{rows} rows of {dataset} imported" in done.stderr
    assert strife("export", case, "geojson", "-o", tmp_path / "a.geojson").exit_code == 0
    features = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))["features"]
    assert len(features) == rows
    assert all(one["properties"]["dataset"].split(":")[0] == dataset.rstrip("12") for one in features)


def test_bad_rows_are_named_up_to_a_number_and_listed_in_full(tmp_path: Path) -> None:
    lines = (DATA / "GEDEvent_v25_1.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    bad = [lines[1].replace("500001", str(n)).replace("2016-05-01", "2016-05-91") for n in range(50)]
    (tmp_path / "ged251.csv").write_text("".join([*lines, *bad]), encoding="utf-8")
    listed = tmp_path / "problems.csv"
    done = strife("import", tmp_path / "a.strife", "ucdp", tmp_path / "ged251.csv", "--problems", listed)
    assert done.exit_code == 1
    assert done.stderr.count("is no date; write it as") == 20
    assert "30 more rows were left out\n" in done.stderr
    assert "50 of 54 rows were left out" in done.stderr
    with listed.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["line"] for row in rows] == [str(n) for n in range(6, 56)]
    assert {row["field"] for row in rows} == {"date_start"}
    assert len(json.loads(_exported(tmp_path / "a.strife", tmp_path / "a.geojson"))["features"]) == 4


def _exported(case: Path, path: Path) -> str:
    assert strife("export", case, "geojson", "-o", path).exit_code == 0
    return path.read_text(encoding="utf-8")


def test_another_dataset_changes_nothing(tmp_path: Path) -> None:
    case = tmp_path / "a.strife"
    strife("import", case, "acled", DATA / "acled.csv")
    before = _exported(case, tmp_path / "a.geojson")
    done = strife("import", case, "acled", DATA / "ged41.csv")
    assert done.exit_code == 1
    assert "it looks like UCDP GED: import it as ucdp" in str(done.exception)
    assert _exported(case, tmp_path / "b.geojson") == before


def test_wrong_usage(tmp_path: Path) -> None:
    assert strife("import", tmp_path / "a", "gtd", DATA / "acled.csv").exit_code == 2
    assert strife("export", tmp_path / "a", "shapefile", "-o", tmp_path / "b").exit_code == 2
    assert strife("export", tmp_path / "a", "csv").exit_code == 2
