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


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model says of some sentences, by token: verdicts on what may be an event, and the tags of attributions ("B-source" …)."""

    verdicts: dict[int, Verdict]
    tags: dict[int, str]


def ask(model: Model, analysis: Analysis, names: Mapping[int, str], hints: Hints, sentences: Iterable[int]) -> Answer:
    """The model's answer on some sentences; it gives verdicts on words that the rules propose, and on others that may be an event."""
    manifest = model.manifest
    read = [masked(analysis, analysis.sentences[n], names, model.pieces, manifest.ends) for n in sorted(sentences)]
    if not read:
        return Answer({}, {})
    given = [rows(manifest, one, hints) for one in read]
    outputs = model.run(read, [types for types, _ in given], [statuses for _, statuses in given])
    answer = Answer({}, {})
    for one, logits in zip(read, outputs, strict=True):
        answer.verdicts.update(_verdicts(manifest, one, logits, hints))
        labels = logits["tag"].argmax(axis=-1)
        tagged = ((token, manifest.tags[labels[n]]) for n, token in enumerate(one.tokens) if token >= 0 and labels[n])
        answer.tags.update(tagged)
    return answer


def _verdicts(
    manifest: Manifest, sentence: Masked, logits: Mapping[str, np.ndarray], hints: Hints
) -> Iterable[tuple[int, Verdict]]:
    types = softmax(logits["type"] / manifest.temperature["type"])
    least = manifest.threshold["add"]  # a word that no rule proposes and that is likely no event is nobody's business
    asked = [
        (piece, token)
        for piece, (token, none) in enumerate(zip(sentence.tokens, types[:, NONE].tolist(), strict=True))
        if token >= 0 and (1.0 - none >= least or not hints.types.get(token, MAYBE).startswith(MAYBE))
    ]
    for piece, token in asked:
        status = softmax(logits["status"][piece] / manifest.temperature["status"])
        yield (
            token,
            Verdict(
                1.0 - float(types[piece, NONE]),
                dict(zip(manifest.types[1:], types[piece, 1:].tolist(), strict=True)),
                dict(zip(manifest.statuses, status.tolist(), strict=True)),
                dict(zip(manifest.modes, logits["mode"][piece].tolist(), strict=True)),
            ),
        )


def softmax(logits: np.ndarray) -> np.ndarray:
    """Probabilities of the last axis' logits."""
    import numpy as np

    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)  # type: ignore[no-any-return]
