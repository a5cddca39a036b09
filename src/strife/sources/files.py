"""Paths -> the files to read, each with its kind and the id its document will have."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from strife.errors import BadInput
from strife.sources.item import Notice

Kind = Literal["plain", "markdown", "webpage", "jsonl", "jsonl.gz", "table", "feed", "archive", "parquet", "stream"]
KINDS: dict[str, Kind] = {
    ".txt": "plain",
    ".md": "markdown",
    ".html": "webpage",
    ".htm": "webpage",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonl.gz": "jsonl.gz",
    ".csv": "table",
    ".tsv": "table",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".warc": "archive",
    ".warc.gz": "archive",
    ".parquet": "parquet",
}
STDIN = "-"
READS = ".txt .md .html .htm .jsonl .jsonl.gz .csv .tsv .rss .atom .xml .warc .warc.gz .parquet"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: its path, how to read it, the folder it was found in, and the name its documents go by."""

    path: Path
    kind: Kind
    folder: Path | None = None
    name: str = ""

    @property
    def place(self) -> str:
        """What messages call it."""
        return "standard input" if str(self.path) == STDIN else str(self.path)


def find_sources(paths: Sequence[str | Path], notice: Notice) -> list[Source | BadInput]:
    """The files that paths stand for, in their order, folders searched and sorted; failures in their place."""
    found = [one for path in paths for one in _expand(Path(path), notice)]
    names = _names([one for one in found if isinstance(one, Source)])
    return [one if isinstance(one, BadInput) else names[one] for one in found]


def kind_of(path: Path) -> Kind | None:
    """How a file of this name is read, None where its suffix is not known."""
    name = path.name.lower()
    return next((kind for suffix, kind in KINDS.items() if name.endswith(suffix) and name != suffix), None)


def _expand(path: Path, notice: Notice) -> Iterator[Source | BadInput]:
    if str(path) == STDIN:
        yield Source(path, "stream")
    elif path.is_dir():
        yield from _walk(path, notice)
    elif not os.path.lexists(path):
        yield BadInput(f"{path}: no such file or folder; check the path")
    elif not path.exists():
        yield BadInput(f"{path}: is a link to a file that does not exist")
    elif not path.is_file():  # a pipe, as from <(command)
        yield Source(path, "stream")
    elif path.suffix.lower() == ".json":
        yield BadInput(f"{path}: strife reads JSON Lines, one object a line; make it .jsonl (by: jq -c '.[]')")
    else:
        yield Source(path, kind_of(path) or "plain")


def _walk(folder: Path, notice: Notice) -> Iterator[Source | BadInput]:
    """The files of known kind below a folder, sorted; hidden ones and those of other kinds are passed over."""
    denied: list[OSError] = []
    files, others = [], 0
    for here, folders, names in os.walk(folder, onerror=denied.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        visible = [Path(here, name) for name in names if not name.startswith(".")]
        known = [path for path in visible if kind_of(path)]
        files += known
        others += len(visible) - len(known)
    yield from (unreadable(str(error.filename), error) for error in denied)
    yield from (Source(path, kind_of(path) or "plain", folder) for path in sorted(files))
    if not files and not denied:
        yield BadInput(f"{folder}: no file here that strife reads ({READS})")
    elif others:
        notice(f"{folder}: {others} files of other kinds passed over (strife reads {READS})")


def _names(sources: list[Source]) -> dict[Source, Source]:
    """Each source with its name: the stem, with its folders where stems collide, the path as given where those do."""
    stems = Counter(_stem(source) for source in sources)
    inner = Counter(_inner(source) for source in sources)
    named = {}
    for source in sources:
        name = _stem(source) if stems[_stem(source)] == 1 else _inner(source)
        if inner[name] > 1:
            name = source.path.as_posix()
        named[source] = Source(source.path, source.kind, source.folder, name)
    return named


def _stem(source: Source) -> str:
    if str(source.path) == STDIN:
        return "stdin"
    name = source.path.name
    suffix = next((one for one in KINDS if name.lower().endswith(one)), source.path.suffix)
    return name[: len(name) - len(suffix)] or name


def _inner(source: Source) -> str:
    """The path inside the folder that was given, or as given."""
    return source.path.relative_to(source.folder).as_posix() if source.folder else source.path.as_posix()


def unreadable(place: str, error: OSError) -> BadInput:
    """The message for a file that the system does not let us read."""
    if isinstance(error, PermissionError):
        return BadInput(f"{place}: no permission to read it; change its mode or ask its owner")
    return BadInput(f"{place}: cannot be read ({error.strerror or error})")
