"""The gate: golden readings, that is readings of ours checked by a person, may not get worse unnoticed.

`golden/*.jsonl` hold a document line with its text and the claims that should come out (or an analyst's notes with the
text in a .txt beside them); `data/gate.json` holds the floors. After a change that is meant:

  python tests/test_gate.py FILE…           read these documents and write their golden readings; check the diff by eye
  python tests/test_gate.py [--allow-lower] pin the floors anew
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from strife.gazetteer import Gazetteer
from strife.measure import gate, measure
from strife.measure.golden import golden_lines
from strife.model.session import LEFT_OUT
from strife.model.session import shared as shared_model

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
GATE = HERE / "data/gate.json"  # by the rules alone
WITH_MODEL = HERE / "data/gate_model.json"  # as users read
FILES = sorted(GOLDEN.glob("*.jsonl"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_score_has_fallen(file: Path) -> None:
    Gazetteer.open(None)
    wrong = gate.complaints(measure(file), gate.load_pins(GATE))
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.usefixtures("with_model")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_score_has_fallen_with_the_model(file: Path) -> None:
    Gazetteer.open(None)
    wrong = gate.complaints(measure(file), gate.load_pins(WITH_MODEL))
    assert not wrong, "\n".join(["", *wrong])


def test_no_gold_has_gone() -> None:
    gone = set(gate.load_pins(GATE)) - {file.name for file in FILES}
    assert not gone, f"floors are pinned for {', '.join(sorted(gone))}, which is no longer in {GOLDEN.name}/"


def write(paths: list[str]) -> None:
    """Write golden readings of documents as they are read now."""
    from strife.reading import read_all
    from strife.sources.item import Item, Options
    from strife.sources.read import read_items

    GOLDEN.mkdir(exist_ok=True)
    for path in paths:
        items = [item for item in read_items([path], Options()) if isinstance(item, Item)]
        lines = [line for reading in read_all(item.document for item in items) for line in golden_lines(reading)]
        (GOLDEN / f"{Path(path).stem}.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    Gazetteer.open(None)
    if named := [argument for argument in sys.argv[1:] if not argument.startswith("-")]:
        write(named)
    else:
        lower = "--allow-lower" in sys.argv
        changes = gate.pin(WITH_MODEL, map(measure, FILES), allow_lower=lower)
        os.environ[LEFT_OUT] = "1"
        shared_model.cache_clear()
        changes += gate.pin(GATE, map(measure, FILES), allow_lower=lower)
        sys.stdout.write("".join(f"{change}\n" for change in changes))
