"""The commands outlook and backtest: what they print, in which forms, and how they fail."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from strife.errors import BadInput, StrifeError
from strife.views.cli import cli
from tests.outlook_helpers import made, written

TODAY = ("--today", "2026-01-15")


def run(*arguments: object) -> Result:
    """The result of a command; errors of ours come through."""
    result = CliRunner().invoke(cli, [str(one) for one in arguments])
    if isinstance(result.exception, StrifeError):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(made(150), tmp_path_factory.mktemp("panel") / "panel.csv")


def test_outlook_in_words(panel: Path) -> None:
    result = run("outlook", panel, "--for", "carpania", "--months", "3", *TODAY)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Carpania: count by month, from panel.csv"
    assert [line.split()[0] for line in lines[2:17]] == [
        *(f"{2023 + month // 12}-{month % 12 + 1:02}" for month in range(6, 18)), "2024-07", "2024-08", "2024-09",
    ]  # fmt: skip
    assert sum("last 12" in line for line in lines) >= 2
    assert any(line.startswith("At 60 past origins") for line in lines)
    assert all(len(line) < 200 for line in lines)


def test_outlook_as_json_and_csv(panel: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    run("outlook", panel, "--for", "Carpania", "--at-least", "5", "--json", "-o", target, *TODAY)
    found: dict[str, Any] = json.loads(target.read_text())
    assert (found["record"], found["unit"], found["origin"], len(found["ahead"])) == (
        "outlook",
        "Carpania",
        "2024-06",
        6,
    )
    assert found["levels"] == [0.05, 0.25, 0.5, 0.75, 0.95]
    assert set(found["ahead"][0]["pool"]["at_least"]) == {"5"}
    assert sum(found["shares"].values()) == pytest.approx(1)
    rows = list(csv.DictReader(io.StringIO(run("outlook", panel, "--for", "Carpania", "--csv", *TODAY).stdout)))
    assert [row["model"] for row in rows] == ["pool", "conflictology"] * 6
    assert [float(row["q50"]) for row in rows[::2]] == [one["pool"]["quantiles"][2] for one in found["ahead"]]


def test_backtest(panel: Path) -> None:
    found = json.loads(run("backtest", panel, "--horizons", "1-2", "--origins", "60", "--json", *TODAY).stdout)
    assert (found["origins"], found["horizons"], found["last_origin"]) == (60, [1, 2], "2024-04")
    pool = found["skill"]["pool"]
    assert pool["interval"][0] <= pool["crps"] <= pool["interval"][1]
    assert isinstance(pool["log_crps"], float)
    assert set(found["models"]) == {"conflictology", "conflictology_ew", "negative_binomial", "analogues", "pool"}
    one = json.loads(run("backtest", panel, "--unit", "Carpania", "--since", "2022-01-01", "--json", *TODAY).stdout)
    assert (one["units"], one["first_origin"]) == (1, "2022-01")
    text = run("backtest", panel, "--horizons", "1", *TODAY).stdout
    assert "skill over conflictology" in text
    assert "escalation" in text


def test_backtest_as_of(panel: Path, tmp_path: Path) -> None:
    older = made(150)
    older.values[-3:, :5] *= 0.5
    for end in (146, 147, 148):
        short = type(older)("x", older.units, "month", older.first, older.values[:end].round())
        written(short, tmp_path / f"state_{older.label(end)}-20.csv")
    found = json.loads(run("backtest", panel, "--horizons", "1", "--vintages", tmp_path, "--json", *TODAY).stdout)
    assert (found["as_of"], found["origins"]) == (True, 3)
    assert found["skill"]["pool"]["interval"] is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("outlook", "{panel}", "--for", "Ruritania"), "is no unit of panel.csv"),
        (("outlook", "{panel}", "--for", "Avaria", "--weeks", "4"), "give --months in place of --weeks"),
        (("outlook", "{panel}", "--for", "Avaria", "--json", "--csv"), "choose one"),
        (("outlook", "{panel}", "--for", "Avaria", "--months", "99"), "99 is not in the range"),
        (("outlook", "missing.csv", "--for", "Avaria"), "cannot be opened"),
        (("backtest", "{panel}", "--horizons", "6-1"), "write 1-6"),
        (("backtest", "{panel}", "--today", "2020-01-01"), "lies in the future"),
        (("backtest", "{panel}", "--since", "May"), "no ISO date"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], words: str, panel: Path) -> None:
    filled = [one.replace("{panel}", str(panel)) for one in arguments]
    result = CliRunner().invoke(cli, filled)
    assert result.exit_code != 0
    assert words in result.output + str(result.exception)


def test_doubts_go_to_standard_error(tmp_path: Path) -> None:
    panel = made(60)
    panel.values[-1] = 0
    result = run("outlook", written(panel, tmp_path / "panel.csv"), "--for", "Avaria", "--json", *TODAY)
    assert "not believed" in result.stderr
    found = json.loads(result.stdout)
    assert found["origin"] == "2016-11"
    assert any("not believed" in note for note in found["notes"])


def test_one_country_and_no_events(tmp_path: Path) -> None:
    single = written(made(120, 1), tmp_path / "single.csv")
    assert "Tested from" in run("outlook", single, "--for", "Avaria", "--months", "1", *TODAY).stdout
    single.write_text("month,Avaria\n2024-01,0\n2024-02,0\n")
    with pytest.raises(BadInput, match="holds no events at all"):
        run("outlook", single, "--for", "Avaria", *TODAY)


def test_help_loads_no_numbers() -> None:
    code = (
        "import sys\nfrom strife.views.cli import main\nsys.argv[1:] = ['outlook', '--help']\ntry:\n    main()\n"
        "finally:\n    assert not {'numpy', 'scipy', 'strife.outlook'} & set(sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
