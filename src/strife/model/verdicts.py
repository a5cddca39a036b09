"""What the model says of the words of a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from strife.language.analysis import Analysis
from strife.model.session import Manifest, Model
from strife.model.words import Masked, masked

if TYPE_CHECKING:
    import numpy as np

NONE = 0  # the label of "no event" among the types, and of "the rules say nothing" among the hints
MAYBE = (
    "?"  # stands before the type of a word that the codebook lists, but that the rules do not take for an event here
)
FAINT = 0.2  # probability of an event below which a word that the rules do not propose is passed over


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of one word: the probabilities of its types and statuses, calibrated where the manifest says so.

    `event` is the probability that it is an event at all; `types` and `statuses` are by label, `modes` the labels by logit."""

    event: float
    types: dict[str, float]
    statuses: dict[str, float]
    modes: dict[str, float]

    @property
    def best(self) -> list[tuple[str, float]]:
        """The two likeliest types."""
        return sorted(self.types.items(), key=lambda one: -one[1])[:2]


@dataclass(frozen=True, slots=True)
class Hints:
    """What the rules say, by token index: the type of a trigger, or what it might be (`MAYBE`), and its status."""

    types: Mapping[int, str]
    statuses: Mapping[int, str]


def rows(manifest: Manifest, sentence: Masked, hints: Hints) -> tuple[list[int], list[int]]:
    """The hints as the model takes them, a label for each piece."""
    types = [NONE] * len(sentence.ids)
    statuses = [NONE] * len(sentence.ids)
    for piece, token in enumerate(sentence.tokens):
        if token in hints.types:
            types[piece] = manifest.hints.index(hints.types[token]) + 1
        if token in hints.statuses:
            statuses[piece] = manifest.statuses.index(hints.statuses[token]) + 1
    return types, statuses


def ask(
    model: Model, analysis: Analysis, names: Mapping[int, str], hints: Hints, sentences: Iterable[int]
) -> dict[int, Verdict]:
    """The verdicts on the words of some sentences, by token index: on those that the rules propose, and on what may be an event."""
    manifest = model.manifest
    read = [masked(analysis, analysis.sentences[n], names, model.pieces, manifest.ends) for n in sorted(sentences)]
    if not read:
        return {}
    given = [rows(manifest, one, hints) for one in read]
    outputs = model.run(read, [types for types, _ in given], [statuses for _, statuses in given])
    found: dict[int, Verdict] = {}
    for one, logits in zip(read, outputs, strict=True):
        found.update(_verdicts(manifest, one, logits, hints))
    return found


def _verdicts(
    manifest: Manifest, sentence: Masked, logits: Mapping[str, np.ndarray], hints: Hints
) -> Iterable[tuple[int, Verdict]]:
    types = softmax(logits["type"] / manifest.temperature["type"])
    statuses = softmax(logits["status"] / manifest.temperature["status"])
    for piece, token in enumerate(sentence.tokens):
        event = 1.0 - float(types[piece, NONE])
        if token >= 0 and (event >= FAINT or token in hints.types):
            yield (
                token,
                Verdict(
                    event,
                    dict(zip(manifest.types[1:], map(float, types[piece, 1:]), strict=True)),
                    dict(zip(manifest.statuses, map(float, statuses[piece]), strict=True)),
                    dict(zip(manifest.modes, map(float, logits["mode"][piece]), strict=True)),
                ),
            )


def softmax(logits: np.ndarray) -> np.ndarray:
    """Probabilities of the last axis' logits."""
    import numpy as np

    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)  # type: ignore[no-any-return]
