"""The gate: floors under the scores, pinned with the hash of their gold, so that no change lowers one unseen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from strife.errors import BadInput
from strife.measure.scores import Scores

WATCHED = (
    "claims",
    "spotted",
    "kept apart",
    "status",
    "voice",
    "place",
    "date",
    "plover",
    "actors",
    "recipients",
    "number",
)
NOISE = 1e-6  # readings are the same each time: only rounding is let through
PLACES = 6
SHOWN = 8
Pins = dict[str, dict[str, Any]]


def floors(scores: Scores) -> dict[str, float]:
    """The numbers to watch: F1 of each facet (recall where gold is not complete), of claims also type by type."""
    return {
        one.facet if one.value == "all" else f"{one.facet} {one.value}": round(one.best, PLACES)
        for one in scores.scores
        if one.facet in WATCHED and (one.value == "all" or one.facet == "claims") and one.best is not None
    }


def load_pins(path: Path) -> Pins:
    """The pinned floors: {gold file: {"sha256", "floors": {facet: floor}}}; none where the file does not exist."""
    if not path.exists():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Pins])["gold"]
    except (msgspec.DecodeError, KeyError) as error:
        raise BadInput(f"{path}: {error}; pin the floors anew by strife measure GOLD… --pin {path}") from error


def complaints(scores: Scores, pins: Pins) -> list[str]:
    """What is wrong with the scores of one gold file, by its floors; empty where nothing is."""
    pin = pins.get(scores.name)
    if pin is None:
        return [f"{scores.name} has no floors yet; pin them by strife measure … --pin"]
    if pin["sha256"] != scores.sha256:
        return [
            f"{scores.name} or its text has changed since the floors were pinned; look at the scores and pin them anew"
        ]
    now = floors(scores)
    lower = [
        f"{scores.name}: {facet} has fallen from {floor:.4f} to {now.get(facet, 0.0):.4f}"
        for facet, floor in pin["floors"].items()
        if now.get(facet, 0.0) < floor - NOISE
    ]
    rest = len(scores.misses) - SHOWN
    behind = [*map(str, scores.misses[:SHOWN]), *([f"… and {rest} more"] if rest > 0 else [])]
    return [*lower, *behind] if lower else []


def pin(path: Path, measured: Iterable[Scores], *, allow_lower: bool = False) -> list[str]:
    """Write the floors of these scores, keeping those of other gold files; what changed, in words.

    A floor that would fall on unchanged gold raises BadInput, unless `allow_lower`."""
    pins, changes = load_pins(path), []
    for scores in measured:
        before, now = pins.get(scores.name, {}), floors(scores)
        old: dict[str, float] = before.get("floors", {})
        same = before.get("sha256") == scores.sha256
        fallen = [facet for facet, floor in old.items() if now.get(facet, 0.0) < floor - NOISE]
        if fallen and same and not allow_lower:
            raise BadInput(
                f"{path}: {scores.name} would fall in {', '.join(fallen)}; if that is meant, add --allow-lower"
            )
        changes += [
            f"{scores.name}: {facet} {old.get(facet)} → {floor}"
            for facet, floor in now.items()
            if old.get(facet) != floor
        ]
        pins[scores.name] = {"sha256": scores.sha256, "floors": now}
    text = msgspec.json.format(msgspec.json.encode({"gold": dict(sorted(pins.items()))}), indent=2)
    path.write_bytes(text + b"\n")
    return changes
