"""The corpus and its tools: lines are checked as they are read, copies and leaks are found, agreement and scores are counted right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from strife.errors import BadInput
from strife.gazetteer import Gazetteer
from strife.measure.corpus import align, events_of, score_corpus
from strife.measure.passages import PARTS, Passage, read_corpus, read_passages
from strife.reading import read
from strife.records import Document
from strife.views.cli import cli
from training.agreement import agreement, kappa
from training.check import duplicates, leaks, main, split_conflicts, variety

CORPUS = Path(__file__).parents[1] / "corpus"
TEXT = "Gendarmes shot two farmers near Harem on Friday, a priest said."


def span(words: str, text: str = TEXT) -> dict[str, Any]:
    return {"start": text.index(words), "end": text.index(words) + len(words), "quote": words}


def row(**changes: Any) -> dict[str, Any]:
    event = {
        "trigger": span("shot"),
        "plover": "ASSAULT",
        "mode": "firearms",
        "status": "claimed",
        "actors": [span("Gendarmes")],
        "recipients": [span("two farmers")],
        "voice": span("a priest"),
        "cue": span("said"),
    }
    made = {"id": "harem-001", "conflict": "harem", "register": "wire", "text": TEXT, "events": [event]}
    return {**made, **changes}


def written(folder: Path, *rows: dict[str, Any], part: str = "train") -> Path:
    for name in PARTS:
        (folder / name).mkdir(exist_ok=True)
    file = folder / part / "harem.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in rows))
    return file


def test_the_corpus_is_sound_and_as_large_as_its_readme_says() -> None:
    parts = read_corpus(CORPUS)
    passages = [one for part in parts.values() for one in part]
    assert len(passages) >= 3000
    assert f"{len(passages):,} passages" in (CORPUS / "README.md").read_text()
    assert len({one.conflict for one in passages}) >= 60
    assert not list(split_conflicts(parts))
    assert not list(duplicates(passages))
    assert sum(not one.events for one in passages) >= len(passages) / 4


def test_a_sound_line_is_read(tmp_path: Path) -> None:
    (passage,) = read_passages(written(tmp_path, row()))
    assert passage.events[0].trigger.quote == "shot"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        (
            "trigger",
            {**span("shot"), "start": span("shot")["start"] + 1},
            r"events\[0\]\.trigger: .*'hot', not the quote 'shot'",
        ),
        ("actors", [{**span("Gendarmes"), "end": 8}], r"events\[0\]\.actors\[0\]: .*it stands at 0"),
        ("mode", "visit", r"events\[0\]\.mode: ASSAULT has no mode 'visit'"),
        ("plover", "FIGHT", r"FIGHT.*events.*plover"),
        ("status", "maybe", "maybe"),
        ("voice", "nobody", r"events\[0\]\.voice"),
        ("voice", "author", r"events\[0\]\.voice: what is claimed"),
    ],
)
def test_a_wrong_line_is_told_by_file_line_and_field(tmp_path: Path, field: str, value: Any, told: str) -> None:
    wrong = row(id="harem-002")
    wrong["events"][0][field] = value
    file = written(tmp_path, row(), wrong)
    with pytest.raises(BadInput, match=rf"harem\.jsonl, line 2.*{told}"):
        list(read_passages(file))


def test_a_broken_line_and_a_missing_folder_are_told(tmp_path: Path) -> None:
    file = written(tmp_path, row())
    file.write_text(file.read_text() + "{\n")
    with pytest.raises(BadInput, match="line 2"):
        read_corpus(tmp_path)
    with pytest.raises(BadInput, match="no folder 'train'"):
        read_corpus(tmp_path / "train")


def test_an_id_is_used_once(tmp_path: Path) -> None:
    written(tmp_path, row(), row())
    with pytest.raises(BadInput, match="harem-001"):
        read_corpus(tmp_path)


def passage(text: str, id_: str = "p") -> Passage:
    return Passage(id=id_, conflict="c", register="wire", text=text)


def test_copies_near_copies_and_leaks_are_found(tmp_path: Path) -> None:
    one = passage("Gendarmes shot two farmers near the river at Harem on Friday evening, a parish priest said.", "one")
    copy = passage("GENDARMES shot two farmers near the river at Harem on Friday evening; a parish priest said", "copy")
    near = passage(
        "Gendarmes shot two farmers near the river at Harem on Friday evening, a parish priest wrote.", "near"
    )
    other = passage("The river at Harem rose on Friday after two days of rain in the hills to the north.", "other")
    assert [line.split(":")[0] for line in duplicates([one, copy, near, other])] == ["copy", "near"]
    (tmp_path / "known.txt").write_text("They said: gendarmes shot two farmers near the river at Harem, and left.")
    assert [line.split(":")[0] for line in leaks([one, other], [tmp_path])] == ["one", "one"]


def test_the_checker_ends_with_the_right_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, row())
    monkeypatch.setattr("sys.argv", ["check", str(tmp_path)])
    assert main() == 0
    assert "1 passages, 0 without an event, 1 events" in capsys.readouterr().out
    written(tmp_path, row(text=TEXT.replace("shot", "shoot")))
    assert main() == 1
    assert "line 1" in capsys.readouterr().err


def test_variety_falls_where_a_template_is_used() -> None:
    varied = variety(["Gendarmes shot two farmers.", "Nobody in Harem slept that night.", "The bread was still warm."])
    same = variety([f"The army of {name} attacked the town of {name}." for name in ("A", "B", "C")])
    assert same["three-word runs that occur once"] < varied["three-word runs that occur once"]


def test_kappa_is_cohens() -> None:
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    assert kappa(pairs) == pytest.approx(0.4)


def test_an_annotation_agrees_with_itself(tmp_path: Path) -> None:
    (one,) = read_passages(written(tmp_path, row()))
    found = agreement([(one, one)])
    assert found["triggers (F1)"] == found["actors (F1)"] == found["type (kappa)"] == 1.0


def test_readings_are_scored_against_passages(tmp_path: Path) -> None:
    Gazetteer.open(None)
    (one,) = read_passages(written(tmp_path, row()))
    silent = passage("The bread was still warm.", "none")
    readings = [read(Document(id=each.id, text=each.text)) for each in (one, silent)]
    scores = score_corpus("c", [one, silent], readings)
    for facet in ("trigger", "type", "status", "voice", "actors", "recipients"):
        found = scores.score(facet)
        assert found is not None
        assert (found.right, found.wanted, found.given) == (1, 1, 1), facet
    alarms = scores.score("false alarms")
    assert alarms is not None
    assert (alarms.right, alarms.wanted) == (0, 1)
    assert len(align(one.events, events_of(readings[0]))) == 1


def test_a_corpus_can_be_measured_from_the_command_line(tmp_path: Path) -> None:
    written(tmp_path, row(), part="test")
    told = CliRunner().invoke(cli, ["measure", str(tmp_path)])
    assert told.exit_code == 0, told.output
    assert "rules alone" in told.stdout
    assert "false alarms" not in told.stdout  # no passage without an event here
