"""The commands on a case: what goes where, with which exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from strife.casefile import Case
from strife.views import cli as command
from strife.views.sheet import csv_line

TEXT = (
    "Rebels seized bridges in Harem on 2013-06-05. Ministry denied that Army attacked Farmers in Nawa on 2013-06-04."
    " Rebels killed 25 in Harem on 2013-06-05."
)


def strife(*arguments: str | Path, stdin: str | None = None) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(command.cli, [str(one) for one in arguments], input=stdin, catch_exceptions=False)


@pytest.fixture
def file(tmp_path: Path, toy_reader: None) -> Path:
    """A case of one report, made by the command."""
    (tmp_path / "report.txt").write_text(TEXT)
    made = strife(
        "add", tmp_path / "x.strife", tmp_path / "report.txt", "--source", "Daily", "--published", "2013-06-06"
    )
    assert made.exit_code == 0, made.stderr
    assert "1 new, 0 already in, 0 changed" in made.stderr
    assert made.stdout == ""
    return tmp_path / "x.strife"


def test_add_again_and_json(file: Path) -> None:
    given = ("--source", "Daily", "--published", "2013-06-06", "--json")
    same = strife("add", file, file.parent / "report.txt", *given)
    assert json.loads(same.stdout) == {"record": "added", "id": "report", "state": "same", "claims": 0}
    changed = strife("add", file, file.parent / "report.txt", "--json")
    assert json.loads(changed.stdout) == {"record": "added", "id": "report", "state": "changed", "claims": 3}


def test_failures_and_retry(file: Path) -> None:
    rows = file.parent / "rows.jsonl"
    rows.write_text('{"id": "a", "body": "Army attacked Rebels in Nawa."}\n{"id": 1.5}\n')
    failed = strife("add", file, rows, "--text-column", "body", file.parent / "later.txt")
    assert failed.exit_code == 1
    assert "1 new" in failed.stderr
    assert "2 not read" in failed.stderr
    assert "--retry" in failed.stderr
    assert "later.txt: no such file" in strife("info", file).stdout
    rows.write_text(
        '{"id": "a", "body": "Army attacked Rebels in Nawa."}\n{"id": "b", "body": "Army attacked Farmers."}\n'
    )
    again = strife("add", file, "--retry")
    assert again.exit_code == 1  # one file is still missing
    assert "1 new, 1 already in" in again.stderr
    (file.parent / "later.txt").write_text("Army attacked Ministry.")
    last = strife("add", file, "--retry")
    assert last.exit_code == 0, last.stderr
    with Case.open(file) as case:
        assert case.failures() == []
        assert {document.id for document in case.documents()} == {"report", "a", "b", "later"}


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("add", "{case}"), 2, "name what to add"),
        (("add", "{case}", "{case}"), 2, "is the case"),
        (("add", "{case}", "x.txt", "--published", "June"), 2, "no ISO date"),
        (("find", "{case}", "--json", "--csv"), 2, "choose one of"),
        (("find", "{case}", "--near", "1,2"), 2, "3 numbers between commas"),
        (("decide", "{case}", "x"), 2, "say on what and how"),
        (("decide", "{case}", "x", "correct", "status"), 2, "FIELD=VALUE"),
    ],
)
def test_wrong_usage(file: Path, arguments: tuple[str, ...], status: int, words: str) -> None:
    result = strife(*(one.format(case=file) for one in arguments))
    assert (result.exit_code, words in result.stderr) == (status, True), result.stderr


def test_find(file: Path) -> None:
    lines = [json.loads(line) for line in strife("find", file, "--json").stdout.splitlines()]
    assert [(line["record"], line["type"], line["status"]) for line in lines] == [
        ("claim", "control", "reported"),
        ("claim", "event", "denied"),
        ("claim", "figure", "reported"),
    ]
    table = strife("find", file, "--place", "Harem", "--limit", "1")
    assert "Rebels → gains → Harem (SY)" in table.stdout
    assert "1 of 2" in table.stderr
    rows = list(csv.DictReader(io.StringIO(strife("find", file, "--csv", "--type", "figure").stdout)))
    assert [(row["what"], row["best"], row["place"]) for row in rows] == [("deaths: 25", "25", "Harem")]
    places = json.loads(strife("find", file, "--geojson").stdout)
    assert places["type"] == "FeatureCollection"
    assert places["features"][0]["geometry"] == {"type": "Point", "coordinates": [36.52, 36.21]}
    counts = strife("find", file, "--count-by", "place", "--json").stdout.splitlines()
    assert json.loads(counts[0]) == {"record": "count", "place": "Harem", "count": 2}
    output = file.parent / "out.jsonl"
    assert strife("find", file, "--json", "--since", "2013-06-05", "-o", output).stdout == ""
    assert len(output.read_text().splitlines()) == 2


def test_show_control_timeline_actors_info_check(file: Path) -> None:
    claim = json.loads(strife("find", file, "--json", "--limit", "1").stdout)
    shown = strife("show", file, claim["id"]).stdout
    for words in ("Rebels → gains", "report · Daily", "candidate one", "geonames:1", "read by: strife"):
        assert words in shown
    assert json.loads(strife("show", file, "report", "--json").stdout)["document"]["text"] == TEXT
    held = [json.loads(line) for line in strife("control", file, "--on", "2013-07-01", "--json").stdout.splitlines()]
    assert list(held[0]) == "record place on holders contested claimed_only since claims_for claims_against".split()
    assert held[0]["holders"][0]["name"] == "Rebels"
    assert (
        "Harem (SY): Rebels since 2013-06-05"
        in strife("control", file, "--on", "2013-07-01", "--place", "Harem").stdout
    )
    assert strife("timeline", file, "--by", "month").stdout.split() == ["1", "2013-06"]
    assert strife("timeline", file, "--type", "control", "--happened").stdout.startswith("2013-06\n")
    assert "Rebels" in strife("actors", file).stdout
    assert json.loads(strife("actors", file, "Army", "--json").stdout)["status"] == "denied"
    assert json.loads(strife("info", file, "--json").stdout)["documents"] == 1
    sound = strife("check", file)
    assert (sound.exit_code, "sound" in sound.stderr) == (0, True)


def test_check_fails_where_a_case_is_not_sound(file: Path) -> None:
    with Case.open(file) as case:
        case.store.run("UPDATE documents SET claims = 9")
    broken = strife("check", file)
    assert broken.exit_code == 1
    assert "another number of claims" in broken.stderr


def test_decide(file: Path) -> None:
    claim = json.loads(strife("find", file, "--json", "--limit", "1").stdout)
    corrected = strife("decide", file, claim["id"], "correct", "when=2013-06-01", "--by", "Ada", "--note", "dateline")
    assert 'correct when="2013-06-01"' in corrected.stdout
    assert json.loads(strife("find", file, "--json", "--limit", "1").stdout)["when"]["start"] == "2013-06-01"
    assert "Ada" in strife("decide", file, "--list").stdout
    exported = strife("decide", file, "--export-gold", file.parent / "gold")
    assert "notes.jsonl: 2 lines" in exported.stderr
    assert "undone by Ada" in strife("undo", file, "1", "--by", "Ada").stdout
    assert json.loads(strife("find", file, "--json", "--limit", "1").stdout) == claim


@given(st.one_of(st.text(), st.floats(allow_nan=False), st.sampled_from(["=1+1", "+x", "-x", "@x", "\t=x", "＝1"])))
def test_no_cell_runs_in_a_spreadsheet(value: str | float) -> None:
    (cell,) = next(csv.reader(io.StringIO(csv_line([value]), newline="")), [""]) or [""]
    if isinstance(value, str):
        value = value.replace("\x00", "")  # which would end the file for some readers
        assert cell in (value, f"'{value}")
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    else:
        assert float(cell) == value


def test_a_killed_run_keeps_what_it_said_was_saved(tmp_path: Path) -> None:
    """Once; benchmarks/casefile.py does it many times."""
    (tmp_path / "in.jsonl").write_text(
        "".join(
            json.dumps({"id": f"d{n}", "text": f"Army attacked Rebels in Harem on 2013-07-01. {n}"}) + "\n"
            for n in range(400)
        )
    )
    program = (
        "from strife import engine; from tests.case_helpers import toy_chunk; engine._read_chunk = toy_chunk\n"
        "from strife.views.cli import main; main()"
    )
    arguments = [sys.executable, "-c", program, "add", "x.strife", "in.jsonl", "--json"]
    root = Path(__file__).parents[1]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    process = subprocess.Popen(
        arguments, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(5)]
    time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    lines += process.stdout.read().splitlines(keepends=True)
    process.wait()
    process.stdout.close()
    said = [json.loads(line)["id"] for line in lines if line.endswith(b"\n")]
    with Case.open(tmp_path / "x.strife") as case:
        assert case.check() == []
        stored = [document.id for document in case.documents()]
    assert stored[: len(said)] == said
    assert len(stored) < 400
