"""What a dataset says of itself: manifest.json for people and programs, and one mark for each shard that is done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from strife.errors import BadCase

MANIFEST = "manifest.json"
MARKS = "shards"
LAYOUT = 1  # of the tables; another one is another dataset


class Failure(Struct, frozen=True, kw_only=True):
    """An input or a document that could not be read, and why."""

    input: str
    place: str
    reason: str


class File(Struct, frozen=True, kw_only=True):
    """A file of the dataset: rows, bytes and SHA-256 of it."""

    path: str
    rows: int
    size: int
    sha256: str


class Mark(Struct, frozen=True, kw_only=True):
    """A shard (or a part of the merging) that is done: what it was made of, and its files."""

    name: str
    month: str
    digest: str
    documents: int
    claims: int
    failures: tuple[Failure, ...] = ()
    files: tuple[File, ...] = ()


class Partition(Struct, frozen=True, kw_only=True):
    """A month of the dataset; `sha256` is over the hashes of its files."""

    month: str
    shards: int
    documents: int
    claims: int
    failed: int
    sha256: str
    done: bool


class Manifest(Struct, frozen=True, kw_only=True):
    """The dataset: what went in, what read it, what it holds. Not `done` while documents are read, or where that was cut off."""

    layout: int
    program: str
    reader: str
    inputs: tuple[str, ...]
    options: Mapping[str, str]
    shard: int
    started: str
    updated: str
    done: bool
    documents: int = 0
    claims: int = 0
    failures: tuple[Failure, ...] = ()
    merging: str | None = None
    merged: str | None = None
    incidents: int | None = None
    partitions: tuple[Partition, ...] = ()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write manifest.json, in place of the one that is there."""
    data = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    put(folder / MANIFEST, data + b"\n")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a dataset. BadCase where the folder is none, or is of another layout."""
    path = folder / MANIFEST
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        raise BadCase(
            f"{folder}: is no dataset (no {MANIFEST} in it); make one by: strife run INPUT {folder}"
        ) from None
    except (OSError, msgspec.DecodeError) as error:
        raise BadCase(f"{path}: cannot be read ({error}); run strife run again with the same inputs") from error
    if manifest.layout != LAYOUT:
        raise BadCase(f"{folder}: is of layout {manifest.layout}, this strife knows {LAYOUT}; read its inputs anew")
    return manifest


def mark_path(folder: Path, month: str, name: str) -> Path:
    """Where the mark of a shard lies."""
    return folder / MARKS / f"month={month}" / f"{name}.json"


def write_mark(path: Path, mark: Mark) -> None:
    """Say that a shard is done; its files must be in their places."""
    put(path, msgspec.json.encode(mark) + b"\n")


def read_mark(path: Path) -> Mark | None:
    """A mark, None where there is none or it was damaged: then its shard is done again."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Mark)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def marks(folder: Path, kind: str = MARKS) -> Iterator[tuple[Path, Mark]]:
    """All marks, months and shards in order."""
    for path in sorted((folder / kind).glob("**/*.json")):
        mark = read_mark(path)
        if mark is not None:
            yield path, mark


def stands(folder: Path, mark: Mark | None, digest: str) -> bool:
    """Whether what a mark tells was made of the same, and its files are there in their full size."""
    if mark is None or mark.digest != digest:
        return False
    return all((path := folder / one.path).exists() and path.stat().st_size == one.size for one in mark.files)


def partitions(found: Iterable[Mark], *, done: bool) -> tuple[Partition, ...]:
    """The months of these marks."""
    months: dict[str, list[Mark]] = {}
    for mark in found:
        months.setdefault(mark.month, []).append(mark)
    return tuple(
        Partition(
            month=month,
            shards=len(ones),
            documents=sum(one.documents for one in ones),
            claims=sum(one.claims for one in ones),
            failed=sum(len(one.failures) for one in ones),
            sha256=hashlib.sha256("".join(file.sha256 for one in ones for file in one.files).encode()).hexdigest(),
            done=done,
        )
        for month, ones in sorted(months.items())
    )


def put(path: Path, data: bytes) -> None:
    """Write a file beside its place and put it there: it is whole or not there, and the last of two writers counts."""
    import os
    import secrets

    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BadCase(
            f"{path}: cannot be written ({error.strerror or error}); make room and run the same command again"
        ) from error
