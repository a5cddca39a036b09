"""Fits the network; after each pass the state is kept, so that an interrupted training goes on where it stopped."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from training.batches import Batch, Labels, Noise, batches
from training.examples import Example
from training.network import Network

SIZE = 16
RATE = 2e-4
PASSES = 10
DEAF = 0.3  # share of hints left out, so that the network does not lean on the rules alone
BLIND = 0.08  # share of word pieces masked, so that it does not lean on single words
MASK = 103  # the encoder's [MASK]
AVERAGE = 0.998  # of the running average of the weights, which is what comes out: it reads better than the last step's
WEIGHTS = {"type": 1.0, "mode": 0.3, "status": 0.7, "tag": 0.5}
NOTHING = 0.5  # weight of a word that is no event
SMOOTHING = 0.05


def fit(
    network: Network,
    examples: Sequence[Example],
    labels: Labels,
    seed: int,
    checkpoint: Path,
    tell: Callable[[str], None],
) -> None:
    """Train in place. `checkpoint` holds the state of the last whole pass, and is left where it is."""
    parameters = [one for one in network.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.01)
    steps = PASSES * -(-len(examples) // SIZE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, RATE, total_steps=steps + 1, pct_start=0.1, anneal_strategy="linear"
    )
    average = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGE)
    )
    given = f"{seed}/{_fingerprint(examples)}"
    done = _resume(checkpoint, given, network, optimizer, schedule, average, tell)
    losses = _losses(len(labels.types))
    for number in range(done, PASSES):
        started, total, seen = time.monotonic(), 0.0, 0
        noise = Noise(random.Random(f"{seed}/{number}"), DEAF, BLIND, MASK)  # noqa: S311 -- an order of examples, no secret
        torch.manual_seed(seed * 1000 + number)
        network.train()
        for batch in batches(examples, labels, SIZE, noise):
            loss = _loss(network, batch, losses)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            average.update_parameters(network)
            total, seen = total + float(loss.detach()), seen + 1
        _keep(checkpoint, given, number + 1, network, optimizer, schedule, average)
        seconds = time.monotonic() - started
        left = seconds * (PASSES - number - 1)
        tell(
            f"pass {number + 1} of {PASSES}: loss {total / seen:.3f}, {len(examples) / seconds:.0f} sentences/s, {left:.0f} s left"
        )


def _losses(types: int) -> dict[str, nn.CrossEntropyLoss]:
    weight = torch.ones(types)
    weight[0] = NOTHING
    return {
        "type": nn.CrossEntropyLoss(weight=weight, label_smoothing=SMOOTHING),
        "mode": nn.CrossEntropyLoss(label_smoothing=SMOOTHING),
        "status": nn.CrossEntropyLoss(label_smoothing=SMOOTHING),
        "tag": nn.CrossEntropyLoss(),
    }


def _loss(network: Network, batch: Batch, losses: dict[str, nn.CrossEntropyLoss]) -> torch.Tensor:
    outputs = network(batch.ids, batch.mask, batch.hint_types, batch.hint_statuses)
    wanted = {"type": batch.types, "mode": batch.modes, "status": batch.statuses, "tag": batch.tags}
    total = torch.zeros(())
    for (head, labels), logits in zip(wanted.items(), outputs, strict=True):
        if (labels >= 0).any():
            total = total + WEIGHTS[head] * losses[head](logits.flatten(0, 1), labels.flatten())
    return total


def _fingerprint(examples: Sequence[Example]) -> str:
    """What is learnt from, so that a training never goes on with other data."""
    content = [(one.masked.ids, sorted(one.types.items()), sorted(one.statuses.items())) for one in examples]
    return hashlib.sha256(repr(content).encode()).hexdigest()


def _keep(checkpoint: Path, given: str, passes: int, *parts: Any) -> None:
    """Write the state beside the old one and put it in its place, so that a kill leaves one that is whole."""
    new = checkpoint.with_suffix(".new")
    torch.save({"given": given, "passes": passes, "parts": [one.state_dict() for one in parts]}, new)
    new.replace(checkpoint)


def _resume(checkpoint: Path, given: str, *parts: Any) -> int:
    *stateful, tell = parts
    if not checkpoint.exists():
        return 0
    state = torch.load(checkpoint, weights_only=True)
    if state.get("given") != given:
        return 0
    for one, kept in zip(stateful, state["parts"], strict=True):
        one.load_state_dict(kept)
    tell(f"goes on after pass {state['passes']} ({checkpoint})")
    return int(state["passes"])
