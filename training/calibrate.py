"""Makes scores honest: temperatures of the logits, and then, on what the whole reader makes of the dev part, how often a type is right."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import torch
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

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
AT = (
    0.01,
    0.05,
    0.1,
    0.2,
    0.3,
    0.4,
    0.5,
    0.6,
    0.7,
    0.8,
    0.85,
    0.9,
    0.93,
    0.95,
    0.97,
    0.98,
    0.985,
    0.99,
    0.993,
    0.995,
    0.997,
    0.998,
    0.999,
)


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

    Two curves: where the rules give the same type, and where they give another or none."""
    model, book = load(folder), load_codebook()
    documents = [Document(id=one.id, text=one.text) for one in passages]
    given: list[tuple[float, bool, bool]] = []
    for passage, analysis in zip(passages, analyse_all(documents), strict=True):
        reading = interpret(analysis, book, model)
        proposals = {why.claim: why.candidates for why in reading.whys}
        found = events_of(reading)
        right = {id(other) for one, other in align(passage.events, found) if one.plover == other.code.plover}
        for one in found:
            if one.score is not None:
                agreed = f"rules: {one.code.plover}" in proposals[one.id]
                given.append((one.score, agreed, id(one) in right))
    curves = _curves(given)
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8")) | {"calibration": curves}
    file.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _curves(given: Sequence[tuple[float, bool, bool]]) -> dict[str, list[tuple[float, float]]]:
    """How often a type is right by its probability, as points of lines: one logistic slope on the log odds for both curves (Platt
    1999), and then whatever rising curve fits what comes out best (isotonic regression, Zadrozny and Elkan 2002)."""
    features = [[_odds(likely), float(agreed)] for likely, agreed, _ in given]
    right = [float(one) for _, _, one in given]
    fitted = LogisticRegression(C=1e3).fit(features, right)
    rising = IsotonicRegression(out_of_bounds="clip").fit(fitted.decision_function(features), right)
    return {
        name: [(at, round(float(rising.predict(fitted.decision_function([[_odds(at), agreed]]))[0]), 4)) for at in AT]
        for name, agreed in (("agreed", 1.0), ("other", 0.0))
    }


def _odds(likely: float) -> float:
    kept = min(max(likely, AT[0]), AT[-1])
    return math.log(kept / (1 - kept))
