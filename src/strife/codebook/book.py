"""The codebook as one object: event frames and cue lists, with a version that changes with their text."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from strife.codebook.cues import Cues, load_cues
from strife.codebook.frames import EventLexicon, load_frames


@dataclass(frozen=True, slots=True)
class Codebook:
    """What words mean: `events` by frame, `cues` of voice and status, and the `version` of the data."""

    events: EventLexicon
    cues: Cues
    version: str


@functools.cache
def load_codebook() -> Codebook:
    """The codebook that strife ships."""
    return Codebook(load_frames(), load_cues(), version())


@functools.cache
def version() -> str:
    """The first 8 hex digits of a hash over all data files of the codebook and the registry."""
    digest = hashlib.sha256()
    for room in ("codebook", "registry"):
        for file in sorted(_files(files(f"strife.{room}") / "data"), key=lambda one: one.name):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:8]


def _files(folder: Traversable) -> list[Traversable]:
    return [file for one in folder.iterdir() for file in (_files(one) if one.is_dir() else [one])]
