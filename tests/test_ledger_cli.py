"""strife ledger and strife measure of a marked stack, as users call them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strife.casefile import Case
from strife.views.cli import cli
from strife.views.ledger_text import COLUMNS
from tests.case_helpers import toy

SAID = "Ministry expects that Army attacked Rebels in Harem on 2013-06-10."
DONE = "Army attacked Rebels in Harem on 2013-06-10."


@pytest.fixture
def path(tmp_path: Path, toy_reader: None) -> Path:
    """A case with an expectation that was borne out, and one of which nothing is told."""
    found = tmp_path / "test.strife"
    with Case.open(found, create=True) as case:
        other = "Union expects that Rebels aided Farmers in Nawa on 2013-06-08."
        case.add([toy("a", f"{SAID} {other}", published="2013-06-01"), toy("b", DONE, published="2013-06-11")])
    return found


def run(*args: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in args])


def test_table(path: Path) -> None:
    found = run("ledger", path)
    assert found.exit_code == 0, found.output
    assert SAID in found.stdout
    assert "borne out" in found.stdout
    assert "told of within its time" in found.stdout
    assert "2 expectations: 1 borne out, 1 cannot tell" in found.stderr
    assert SAID not in run("ledger", path, "--about", "Nawa").stdout
    assert SAID in run("ledger", path, "--voice", "ministry").stdout
    assert "no expectation fulfils this" in run("ledger", path, "--open").stderr
    assert "1 expectations: 1 open" in run("ledger", path, "--on", "2013-06-04", "--about", "Harem").stderr


def test_json_and_csv(path: Path) -> None:
    lines = [json.loads(line) for line in run("ledger", path, "--json").stdout.splitlines()]
    assert [line["record"] for line in lines] == ["expectation"] * 2
    assert sorted(line["state"] for line in lines) == ["borne_out", "cannot_tell"]
    rows = list(csv.DictReader(io.StringIO(run("ledger", path, "--csv").stdout)))
    assert list(rows[0]) == list(COLUMNS)
    assert {row["claim"] for row in rows} == {line["claim"] for line in lines}
    assert {row["due"] for row in rows} == {"2013-06-10", "2013-06-08"}


def test_voices(path: Path) -> None:
    assert "fewer than 10" in run("ledger", path, "--voices").stdout
    lines = [json.loads(line) for line in run("ledger", path, "--voices", "--json").stdout.splitlines()]
    assert [(line["voice"], line["resolved"]) for line in lines] == [("Ministry", 1), ("Union", 0)]
    assert run("ledger", path, "--voices", "--csv").stdout.startswith("voice,expectations,")


def test_wrong_use(path: Path) -> None:
    assert run("ledger", path, "--json", "--csv").exit_code == 2
    assert run("ledger", path, "--on", "June").exit_code == 2
    assert run("ledger", path, "--state", "won").exit_code == 2


def test_decided_on_the_command_line(path: Path) -> None:
    (claim,) = [
        json.loads(line)["claim"]
        for line in run("ledger", path, "--json", "--state", "cannot_tell").stdout.splitlines()
    ]
    assert "settle not_borne_out" in run("decide", path, claim, "settle", "not_borne_out", "--by", "Ada").stdout
    assert "decided by Ada" in run("ledger", path, "--state", "not_borne_out").stdout
    assert run("undo", path, 1, "--by", "Ada").exit_code == 0
    assert "decided by" not in run("ledger", path).stdout


def test_measure_reads_a_marked_stack(tmp_path: Path, toy_reader: None) -> None:
    gold = tmp_path / "gold.jsonl"
    marked = [{"quote": SAID, "start": 0, "state": "borne_out"}]
    rows = [
        {"id": "a", "published": "2013-06-01", "text": SAID, "expectations": marked},
        {"id": "b", "published": "2013-06-11", "text": DONE, "expectations": []},
    ]
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows))
    told = json.loads(run("measure", gold, "--json").stdout)
    assert (told["record"], told["found"], told["agreed_all"], told["unfounded"]) == ("ledger", 1.0, 1.0, 0)
    assert "resolved as a person does 1.000" in run("measure", gold).stdout
