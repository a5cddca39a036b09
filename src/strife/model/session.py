"""The model's files, verified by hash, and one call into them."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from strife.errors import BadData
from strife.model.words import Masked

if TYPE_CHECKING:
    import numpy as np

FORMAT = 1  # of the manifest: what this code can read
BATCH = 2  # sentences of like length: more of them pad more than they save
LEFT_OUT = "STRIFE_NO_MODEL"  # set in the environment, it leaves the rules alone


class Manifest(Struct, frozen=True, kw_only=True):
    """What the model's files are: their hashes, the labels of its heads, and how its numbers become probabilities."""

    format: int
    version: str
    sha256: dict[str, str]
    types: tuple[str, ...]
    hints: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...]
    tags: tuple[str, ...]
    ends: tuple[int, int]
    temperature: dict[str, float]
    threshold: dict[str, float]
    calibration: dict[str, tuple[tuple[float, float], ...]]


@dataclass(slots=True)
class Model:
    """A loaded model. `run` gives, for each masked sentence, an array of logits by head: (pieces, labels)."""

    manifest: Manifest
    session: Any = field(repr=False)
    tokenizer: Any = field(repr=False)
    known: dict[str, list[int]] = field(default_factory=dict, repr=False)

    def pieces(self, word: str) -> list[int]:
        """The ids of a word's pieces."""
        ids = self.known.get(word)
        if ids is None:
            ids = self.known[word] = self.tokenizer.encode(word, add_special_tokens=False).ids
            if len(self.known) > 100_000:
                self.known.clear()
        return ids

    def score(self, likely: float, *, agreed: bool) -> float:
        """The share of events that have the right type where the model finds theirs this likely, and the rules agree or do not."""
        return interpolated(self.manifest.calibration["agreed" if agreed else "other"], likely)

    def run(
        self, sentences: list[Masked], types: list[list[int]], statuses: list[list[int]]
    ) -> list[dict[str, np.ndarray]]:
        """The logits of each sentence by head; `types` and `statuses` are the rules' labels by piece, 0 for none."""
        order = sorted(range(len(sentences)), key=lambda n: len(sentences[n].ids))
        made: list[dict[str, np.ndarray]] = [{} for _ in sentences]
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            outputs = self._batch(
                [sentences[n] for n in batch], [types[n] for n in batch], [statuses[n] for n in batch]
            )
            for row, n in enumerate(batch):
                length = len(sentences[n].ids)
                made[n] = {head: logits[row, :length] for head, logits in outputs.items()}
        return made

    def _batch(
        self, sentences: list[Masked], types: list[list[int]], statuses: list[list[int]]
    ) -> dict[str, np.ndarray]:
        import numpy as np

        width = max(len(one.ids) for one in sentences)
        feed = {
            name: np.zeros((len(sentences), width), dtype=np.int64) for name in ("ids", "mask", "types", "statuses")
        }
        for row, one in enumerate(sentences):
            length = len(one.ids)
            feed["ids"][row, :length] = one.ids
            feed["mask"][row, :length] = 1
            feed["types"][row, :length] = types[row]
            feed["statuses"][row, :length] = statuses[row]
        heads = ("type", "mode", "status", "tag")
        return dict(zip(heads, self.session.run(list(heads), feed), strict=True))


def interpolated(points: Sequence[tuple[float, float]], x: float) -> float:
    """The value at x of a line through points, which are sorted; flat beyond both ends."""
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0) if x1 > x0 else y1
    return points[-1][1]


def load(folder: Traversable | None = None) -> Model:
    """The model in a folder, by default the one that strife ships; BadData where a file is missing, changed or of another format."""
    folder = folder or files("strife.model") / "data"
    manifest = _manifest(folder / "manifest.json")
    data = {name: _verified(folder / name, digest) for name, digest in manifest.sha256.items()}
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise BadData(
            f"the model needs {error.name}: install it, or set {LEFT_OUT}=1 to read by rules alone"
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(data["model.onnx"], options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_str(data["tokenizer.json"].decode())
    tokenizer.no_padding()  # words are encoded one by one
    tokenizer.no_truncation()
    return Model(manifest, session, tokenizer)


def _manifest(file: Traversable) -> Manifest:
    try:
        manifest = msgspec.json.decode(file.read_bytes(), type=Manifest)
    except OSError as error:
        raise BadData(f"{file}: the model's manifest cannot be read ({error.strerror}); install strife anew") from error
    except msgspec.DecodeError as error:
        raise BadData(f"{file}: {error}; install strife anew") from error
    if manifest.format != FORMAT:
        raise BadData(
            f"{file}: a model of format {manifest.format}, this strife reads {FORMAT}; install both from one release"
        )
    return manifest


def _verified(file: Traversable, digest: str) -> bytes:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise BadData(f"{file}: the model's file cannot be read ({error.strerror}); install strife anew") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise BadData(
            f"{file}: not the file that the manifest names (truncated or of another version); install strife anew"
        )
    return data


@functools.cache
def shared() -> tuple[Model | None, str]:
    """The shipped model and "", or None and the reason why the rules work alone."""
    if os.environ.get(LEFT_OUT):
        return None, f"{LEFT_OUT} is set"
    try:
        return load(), ""
    except BadData as error:
        return None, str(error)


def version() -> str | None:
    """The version of the shipped model without loading it; None where the rules work alone."""
    if os.environ.get(LEFT_OUT) or not all(find_spec(name) for name in ("onnxruntime", "tokenizers")):
        return None
    return _manifest(files("strife.model") / "data" / "manifest.json").version
