"""Where an export goes: a file or folder that appears whole, or not at all."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from strife.errors import StrifeError


@contextmanager
def part_of(path: Path) -> Iterator[Path]:
    """A name beside the path to write to; what is there at the end is put in the path's place."""
    target = path.resolve()
    if target.is_dir():
        raise StrifeError(f"{path}: is a folder; name the file to write")
    if _special(target):
        raise StrifeError(f"{path}: is a device or a pipe, which this format cannot be written to; name a file")
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        yield part
        part.replace(target)
    except OSError as error:
        raise StrifeError(f"{path}: cannot be written ({error.strerror or error}); choose another path") from error
    finally:
        part.unlink(missing_ok=True)


def _special(path: Path) -> bool:
    """Whether something stands there that is neither a file nor a folder, and must not be replaced by one."""
    return path.exists() and not path.is_file() and not path.is_dir()


@contextmanager
def text_file(path: Path) -> Iterator[TextIO]:
    """A text file in UTF-8 that is put in its place when all is written; a device or a pipe is written to straight."""
    if _special(path):
        try:
            with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
                yield stream
        except OSError as error:
            raise StrifeError(f"{path}: cannot be written ({error.strerror or error}); choose another path") from error
        return
    with part_of(path) as part, part.open("x", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        yield stream


@contextmanager
def folder(path: Path) -> Iterator[Path]:
    """A new folder that is put in its place when all is written; StrifeError where there is something already."""
    target = path.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise StrifeError(f"{path}: is there already; name a new or an empty folder")
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        part.mkdir()
        yield part
        if target.exists():
            target.rmdir()
        part.replace(target)
    except OSError as error:
        raise StrifeError(f"{path}: cannot be written ({error.strerror or error}); choose another path") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
