"""Whether a dataset is as its run left it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from strife.scale.manifest import MARKS, File, marks
from strife.scale.merging import MERGED

CHUNK = 1 << 20  # bytes read at once


def troubles(folder: Path, *, thorough: bool = False) -> Iterator[str]:
    """What is wrong with the files of a dataset: missing, or of another size; with `thorough` their hashes are compared too."""
    known = set()
    for _, mark in chain(marks(folder, MARKS), marks(folder, MERGED)):
        for file in mark.files:
            known.add(file.path)
            trouble = _trouble(folder / file.path, file, thorough)
            if trouble:
                yield f"{folder / file.path}: {trouble}; run the same strife run again"
    for path in sorted(folder.glob("**/*.parquet")):
        if path.relative_to(folder).as_posix() not in known:
            yield f"{path}: belongs to no shard that is done; run the same strife run again"


def _trouble(path: Path, file: File, thorough: bool) -> str | None:
    if not path.exists():
        return "is missing"
    if path.stat().st_size != file.size:
        return f"has {path.stat().st_size:,} bytes, not {file.size:,}"
    if thorough and _hash(path) != file.sha256:
        return "was changed"
    return None


def _hash(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(CHUNK):
            found.update(block)
    return found.hexdigest()
