"""How well a network reads words whose labels are known, before the rest of the reader makes claims of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import torch

from training.batches import Labels, batches
from training.examples import Example
from training.network import Network


def figures(network: Network, examples: Sequence[Example], labels: Labels, threshold: float) -> dict[str, float]:
    """F1 of "is an event" at a threshold, and the shares of type, mode and status that are right among those found."""
    network.eval()
    count: Counter[str] = Counter()
    with torch.no_grad():
        for batch in batches(examples, labels, 32):
            types, modes, statuses, _ = network(batch.ids, batch.mask, batch.hint_types, batch.hint_statuses)
            asked = batch.types >= 0
            event = 1 - types.softmax(-1)[..., 0] >= threshold
            found = asked & event & (batch.types > 0)
            count["given"] += int((asked & event).sum())
            count["wanted"] += int((batch.types > 0).sum())
            count["found"] += int(found.sum())
            count["type"] += int((types[..., 1:].argmax(-1) + 1 == batch.types)[found].sum())
            count["mode"] += int((modes.argmax(-1) == batch.modes)[found].sum())
            count["status"] += int((statuses.argmax(-1) == batch.statuses)[found].sum())
    shares = {head: count[head] / max(1, count["found"]) for head in ("type", "mode", "status")}
    return {"trigger F1": 2 * count["found"] / max(1, count["given"] + count["wanted"]), **shares}
