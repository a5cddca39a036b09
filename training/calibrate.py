"""Makes scores honest: temperatures of the logits, and then, on what the whole reader makes of the dev part, how often a type is right."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import torch
from sklearn.isotonic import IsotonicRegression

from strife.codebook.book import load_codebook
from strife.language.parse import analyse_all
from strife.measure.corpus import align, events_of
from strife.measure.passages import Passage
from strife.model.session import load
from strife.reading import interpret
from strife.records import Document
from training.batches import Labels, batches
from training.examples import Example
from training.network import Network

GRID = [step / 20 for step in range(8, 61)]
POINTS = 12


def temperatures(network: Network, examples: Sequence[Example], labels: Labels) -> dict[str, float]:
    """The temperature of each head that makes its probabilities likeliest on these examples."""
    network.eval()
    logits: dict[str, list[torch.Tensor]] = {"type": [], "status": []}
    wanted: dict[str, list[torch.Tensor]] = {"type": [], "status": []}
    with torch.no_grad():
        for batch in batches(examples, labels, 32):
            types, _, statuses, _ = network(batch.ids, batch.mask, batch.hint_types, batch.hint_statuses)
            for head, given, asked in (("type", types, batch.types), ("status", statuses, batch.statuses)):
                logits[head].append(given[asked >= 0])
                wanted[head].append(asked[asked >= 0])
    return {head: _best(torch.cat(logits[head]), torch.cat(wanted[head])) for head in logits}


def _best(logits: torch.Tensor, wanted: torch.Tensor) -> float:
    return min(GRID, key=lambda one: float(torch.nn.functional.cross_entropy(logits / one, wanted)))


def calibrate(folder: Path, passages: Sequence[Passage]) -> None:
    """Read passages with the model in a folder and write into its manifest how often the type of an event is right, by its probability.

    Two isotonic curves: where the rules give the same type, and where they give another or none."""
    model, book = load(folder), load_codebook()
    documents = [Document(id=one.id, text=one.text) for one in passages]
    given: dict[bool, list[tuple[float, bool]]] = {True: [], False: []}
    for passage, analysis in zip(passages, analyse_all(documents), strict=True):
        reading = interpret(analysis, book, model)
        proposals = {why.claim: why.candidates for why in reading.whys}
        found = events_of(reading)
        right = {id(other) for one, other in align(passage.events, found) if one.plover == other.code.plover}
        for one in found:
            if one.score is not None:
                agreed = f"rules: {one.code.plover}" in proposals[one.id]
                given[agreed].append((one.score, id(one) in right))
    curves = {"agreed" if agreed else "other": _curve(rows) for agreed, rows in given.items()}
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8")) | {"calibration": curves}
    file.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _curve(rows: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """A rising line of a few points through what was right; each point rests on an equal share of the rows."""
    ordered = sorted(rows)
    size = max(1, len(ordered) // POINTS)
    groups = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    middles = [sum(score for score, _ in group) / len(group) for group in groups]
    shares = [sum(right for _, right in group) / len(group) for group in groups]
    fitted = IsotonicRegression(y_min=0.02, y_max=0.98).fit_transform(middles, shares, [len(group) for group in groups])
    return [(round(x, 4), round(float(y), 4)) for x, y in zip(middles, fitted, strict=True)]
