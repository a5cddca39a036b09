"""The small model: that its files are checked, that the rules work without it, and what it adds to a reading."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from strife.codebook.reference import load_reference
from strife.errors import BadData
from strife.gazetteer import Gazetteer
from strife.language.parse import analyse_all
from strife.mentions.places import find_places
from strife.model.session import LEFT_OUT, interpolated, load, shared
from strife.model.words import LONGEST, masked, masks
from strife.reading import read
from strife.records import Document, Event
from strife.registry.registry import load_registry
from strife.views.cli import cli

TEXT = "Rebels shelled the port of Harem on Monday, and the army may attack the town, Turkish officials said."


@pytest.fixture(scope="module", autouse=True)
def _gazetteer() -> None:
    Gazetteer.open(None)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the shipped model, to be broken."""
    folder = tmp_path / "model"
    shutil.copytree(str(files("strife.model") / "data"), folder)
    return folder


def test_the_shipped_model_loads_and_its_labels_are_those_of_the_codebook() -> None:
    manifest = load().manifest
    types = load_reference().types
    assert set(manifest.types[1:]) == set(types)
    for label in manifest.modes:
        type_, _, mode = label.partition("/")
        assert mode == "-" or types[type_].mode_called(mode) is not None, label


def test_it_is_small_and_signs_what_it_is() -> None:
    folder = files("strife.model") / "data"
    assert len((folder / "model.onnx").read_bytes()) < 30_000_000
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["sha256"]["model.onnx"] in (folder / "CARD.md").read_text()


def test_a_truncated_file_is_named(copied: Path) -> None:
    model = copied / "model.onnx"
    model.write_bytes(model.read_bytes()[:-1000])
    with pytest.raises(BadData, match=r"model\.onnx.*truncated.*install"):
        load(copied)


def test_a_missing_file_is_named(copied: Path) -> None:
    (copied / "tokenizer.json").unlink()
    with pytest.raises(BadData, match=r"tokenizer\.json.*No such file"):
        load(copied)


def test_another_format_is_refused(copied: Path) -> None:
    file = copied / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"format": 99}))
    with pytest.raises(BadData, match="format 99"):
        load(copied)


def test_a_broken_manifest_is_named(copied: Path) -> None:
    (copied / "manifest.json").write_text("{")
    with pytest.raises(BadData, match=r"manifest\.json"):
        load(copied)


def test_without_it_the_rules_read_alone_and_say_why() -> None:
    model, why = shared()
    assert model is None
    assert LEFT_OUT in why
    events = [one for one in read(TEXT).claims if isinstance(one, Event)]
    assert events
    assert all(one.score is None and "model" not in one.by for one in events)


@pytest.mark.usefixtures("with_model")
def test_events_are_signed_and_scored_and_why_tells_both_sides() -> None:
    reading = read(TEXT)
    events = [one for one in reading.claims if isinstance(one, Event)]
    version = load().manifest.version
    assert events
    assert all(one.score is not None and f"model/{version}" in one.by for one in events)
    whys = {why.claim: why.candidates for why in reading.whys}
    for one in events:
        assert any(line.startswith("model: ") for line in whys[one.id])
        assert any(line.startswith("rules: ") for line in whys[one.id])


@pytest.mark.usefixtures("with_model")
def test_the_same_text_gives_the_same_reading() -> None:
    assert read(TEXT) == read(TEXT)


@pytest.mark.usefixtures("with_model")
def test_what_may_come_does_not_come_out_as_having_happened() -> None:
    (attack,) = (one for one in read(TEXT).claims if isinstance(one, Event) and one.trigger.quote == "attack")
    assert attack.status not in ("reported", "claimed")


def test_names_are_masked_and_long_sentences_cut() -> None:
    text = "Turkish officials met Hezbollah in Damascus. " + "very " * 300 + "late they shelled it."
    (analysis,) = analyse_all([Document(id="d", text=text)])
    from strife.mentions.parties import find_parties

    parties = find_parties(analysis, load_registry())
    names = masks(analysis, parties, find_places(analysis, Gazetteer.shared(), []))
    seen: list[str] = []

    def pieces(word: str) -> list[int]:
        seen.append(word)
        return [7]

    first = masked(analysis, analysis.sentences[0], names, pieces, (1, 2))
    assert not {"hezbollah", "damascus"} & set(seen)
    assert first.ids[0] == 1
    assert first.ids[-1] == 2
    assert len(first.ids) == len(first.tokens)
    assert len(masked(analysis, analysis.sentences[1], names, pieces, (1, 2)).ids) <= LONGEST + 1


@pytest.mark.parametrize(("x", "y"), [(-1.0, 0.2), (0.0, 0.2), (0.25, 0.4), (0.5, 0.6), (0.9, 0.9), (1.0, 0.9)])
def test_calibration_is_a_line_through_points(x: float, y: float) -> None:
    assert interpolated(((0.0, 0.2), (0.5, 0.6), (0.8, 0.9)), x) == pytest.approx(y)


def test_the_command_line_says_when_rules_read_alone(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(TEXT)
    told = CliRunner().invoke(cli, ["read", str(report), "--format", "jsonl"])
    assert told.exit_code == 0
    assert "rules alone" in told.stderr
