"""`strife import` and `strife export`: what they print, write and answer."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strife.casefile import Case
from strife.records import Incident
from strife.views.cli import cli

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
    assert strife("import", tmp_path / "new.strife", "acled", DATA / "ged41.csv").exit_code == 1
    assert not (tmp_path / "new.strife").exists()
    assert strife("import", tmp_path / "a", "gtd", DATA / "acled.csv").exit_code == 2
    assert strife("export", tmp_path / "a", "shapefile", "-o", tmp_path / "b").exit_code == 2
    assert strife("export", tmp_path / "a", "csv").exit_code == 2


def test_claims_and_incidents_of_a_case(tmp_path: Path) -> None:
    report = "Rebels shelled the town of Harem on 3 May 2016. The governor said that soldiers had killed nine farmers in Harem."
    (tmp_path / "report.txt").write_text(report, encoding="utf-8")
    case = tmp_path / "a.strife"
    assert strife("add", case, tmp_path / "report.txt", "--published", "2016-05-04", "--rules-only").exit_code == 0

    done = strife("export", case, "plover", "-o", tmp_path / "i.jsonl", "--status", "all")
    assert "incidents merged anew" in done.stderr
    merged = [json.loads(line) for line in (tmp_path / "i.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {one["status"] for one in merged} <= {"reported", "claimed"}
    done = strife("export", case, "plover", "-o", tmp_path / "a.jsonl", "--of", "claims")
    assert "1 claims written" in done.stderr
    assert "left out: status claimed" in done.stderr
    [record] = map(json.loads, (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines())
    assert (record["event"], record["status"], record["voice"]) == ("ASSAULT", "reported", "author")

    strife("export", case, "plover", "-o", tmp_path / "b.jsonl", "--status", "claimed", "--of", "claims")
    told = [json.loads(line) for line in (tmp_path / "b.jsonl").read_text(encoding="utf-8").splitlines()]
    assert told
    assert {(one["status"], one["voice"]) for one in told} == {("claimed", "governor")}

    with Case.open(case) as opened:
        claims = tuple(claim.id for claim in opened.claims(status="claimed"))
        opened.put_incidents(
            [Incident(id="i" * 16, code=None, where=None, when=None, status="claimed", sources=1, claims=claims)]
        )
    strife("export", case, "geojson", "-o", tmp_path / "c.geojson", "--status", "claimed")
    [feature] = json.loads((tmp_path / "c.geojson").read_text(encoding="utf-8"))["features"]
    assert (feature["properties"]["status"], feature["properties"]["voice"]) == ("claimed", "governor")

    for format_ in ("annotation", "brat"):
        assert strife("export", case, format_, "-o", tmp_path / format_, "--status", "all").exit_code == 0
    assert (tmp_path / "brat" / "report.txt").read_text(encoding="utf-8") == report
    assert "has not" not in strife("export", case, "brat", "-o", tmp_path / "c", "--of", "claims").output


def test_what_is_exported_where_a_case_has_incidents_of_both_kinds(tmp_path: Path) -> None:
    case = tmp_path / "a.strife"
    strife("import", case, "acled", DATA / "acled.csv")
    with Case.open(case) as opened:
        opened.put_incidents([Incident(id="i" * 16, code=None, where=None, when=None, status="claimed", sources=1)])
    done = strife("export", case, "csv", "-o", tmp_path / "own", "--status", "all")
    assert "1 incidents written as csv" in done.stderr
    assert (
        "4 incidents imported from other datasets are not exported; --dataset NAME exports those of one" in done.stderr
    )
    done = strife("export", case, "csv", "-o", tmp_path / "theirs", "--dataset", "acled")
    assert "4 incidents written as csv" in done.stderr
