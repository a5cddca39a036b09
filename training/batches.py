"""Examples as tensors: batches of sentences of like length, labels where something is asked."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import torch
from torch import Tensor

from strife.records import Status
from training.examples import IGNORED, TAGS, Example

STATUSES: tuple[str, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of each head, in the order of its logits; `types` opens with NONE."""

    types: tuple[str, ...]
    hints: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...] = STATUSES
    tags: tuple[str, ...] = TAGS


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors (batch, pieces): what the network takes, and the labels (-100: not asked)."""

    ids: Tensor
    mask: Tensor
    hint_types: Tensor
    hint_statuses: Tensor
    types: Tensor
    modes: Tensor
    statuses: Tensor
    tags: Tensor


@dataclass(frozen=True, slots=True)
class Noise:
    """What is hidden from the network while it learns: the shares of hints left out, and of pieces masked by the piece `mask`."""

    draw: random.Random
    hints: float
    pieces: float
    mask: int


def batches(examples: Sequence[Example], labels: Labels, size: int, noise: Noise | None = None) -> Iterator[Batch]:
    """Batches of like length, in order; with `noise` shuffled, and some of what they hold hidden."""
    order = list(range(len(examples)))
    if noise:
        noise.draw.shuffle(order)
        chunk = size * 50
        order = [n for at in range(0, len(order), chunk) for n in _by_length(order[at : at + chunk], examples)]
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    if noise:
        noise.draw.shuffle(groups)
    for group in groups:
        yield _batch([examples[n] for n in group], labels, noise)


def _by_length(order: list[int], examples: Sequence[Example]) -> list[int]:
    return sorted(order, key=lambda n: len(examples[n].masked.ids))


def _batch(group: Sequence[Example], labels: Labels, noise: Noise | None) -> Batch:
    width = max(len(one.masked.ids) for one in group)
    types = {name: n for n, name in enumerate(labels.types)}
    modes = {name: n for n, name in enumerate(labels.modes)}
    statuses = {name: n for n, name in enumerate(labels.statuses)}
    tags = {name: n for n, name in enumerate(labels.tags)}
    hint_types = {name: n + 1 for n, name in enumerate(labels.hints)}
    hint_statuses = {name: n + 1 for name, n in statuses.items()}
    deaf = noise.hints if noise else 0.0

    def row(
        one: Example, given: Mapping[int, str], table: Mapping[str, int], empty: int, drop: float = 0.0
    ) -> list[int]:
        values = [
            table.get(given[token], empty) if token in given and not _hidden(noise, drop) else empty
            for token in one.masked.tokens
        ]
        return values + [empty] * (width - len(values))

    def ids(one: Example) -> list[int]:
        hidden = noise.pieces if noise else 0.0
        inner = [noise.mask if noise and _hidden(noise, hidden) else piece for piece in one.masked.ids[1:-1]]
        return [one.masked.ids[0], *inner, one.masked.ids[-1], *[0] * (width - len(one.masked.ids))]

    def tensor(rows: list[list[int]]) -> Tensor:
        return torch.tensor(rows, dtype=torch.long)

    return Batch(
        tensor([ids(one) for one in group]),
        tensor([[1] * len(one.masked.ids) + [0] * (width - len(one.masked.ids)) for one in group]),
        tensor([row(one, one.hints.types, hint_types, 0, deaf) for one in group]),
        tensor([row(one, one.hints.statuses, hint_statuses, 0, deaf) for one in group]),
        tensor([row(one, one.types, types, IGNORED) for one in group]),
        tensor([row(one, one.modes, modes, IGNORED) for one in group]),
        tensor([row(one, one.statuses, statuses, IGNORED) for one in group]),
        tensor([row(one, one.tags, tags, IGNORED) for one in group]),
    )


def _hidden(noise: Noise | None, share: float) -> bool:
    return noise is not None and share > 0 and noise.draw.random() < share
