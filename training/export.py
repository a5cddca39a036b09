"""Writes the trained network as int8 ONNX with its tokenizer, manifest and hashes: what `strife.model` loads."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import warnings
from pathlib import Path

import torch

from strife.model.session import FORMAT
from training.batches import Labels
from training.network import Network

INPUTS = ("ids", "mask", "types", "statuses")
EVEN = ((0.0, 0.0), (1.0, 1.0))  # until it is calibrated, a score is the model's own probability
OUTPUTS = ("type", "mode", "status", "tag")


def export(
    network: Network,
    labels: Labels,
    tokenizer: Path,
    folder: Path,
    *,
    ends: tuple[int, int],
    temperature: dict[str, float],
    threshold: dict[str, float],
) -> None:
    """Write model.onnx, tokenizer.json and manifest.json into a folder, the manifest last."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as given:
        exact = Path(given, "exact.onnx")
        _trace(network, exact)
        _quantise(exact, folder / "model.onnx")
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    hashes = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("model.onnx", "tokenizer.json")
    }
    manifest = {
        "format": FORMAT,
        "version": hashes["model.onnx"][:8],
        "sha256": hashes,
        "types": labels.types,
        "hints": labels.hints,
        "modes": labels.modes,
        "statuses": labels.statuses,
        "tags": labels.tags,
        "ends": ends,
        "temperature": temperature,
        "threshold": threshold,
        "calibration": {"agreed": EVEN, "other": EVEN},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _trace(network: Network, file: Path) -> None:
    network.eval()
    example = tuple(torch.ones((2, 8), dtype=torch.long) for _ in INPUTS)
    axes = {name: {0: "sentence", 1: "piece"} for name in (*INPUTS, *OUTPUTS)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's notes on shapes: the axes are declared
        torch.onnx.export(
            network,
            example,
            str(file),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


def _quantise(exact: Path, file: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(str(exact), str(file), weight_type=QuantType.QInt8, per_channel=True)
