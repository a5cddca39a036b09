"""Where strife keeps the gazetteer and the packs that users have added: one folder, one index, one lock."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from strife.errors import BadData, StrifeError
from strife.home import home_folder

REMEDY = "free some space there or set STRIFE_HOME to a folder that can be written"
PATIENCE = 300  # seconds to wait for another process that builds


class Pack(msgspec.Struct, frozen=True):
    """A pack that has been added: what its file is called here and was called there, and what it says of itself."""

    name: str
    file: str  # in the folder of packs; its name tells its content
    origin: str  # the file's name where it came from
    sha256: str
    country: str  # alpha-2, or "" where each row names its own
    format: str
    licence: str
    added: str  # ISO date


class Index(msgspec.Struct, frozen=True):
    """The packs in the order in which they were added."""

    packs: tuple[Pack, ...] = ()


def pack_folder() -> Path:
    """Where copies of packs are kept, with their index."""
    return home_folder() / "packs"


def read_index() -> Index:
    """The packs that have been added. BadData where the index is damaged."""
    path = pack_folder() / "index.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Index)
    except FileNotFoundError:
        return Index()
    except NotADirectoryError:
        return Index()  # building says what is wrong with the folder
    except OSError as error:
        raise StrifeError(f"{path} cannot be read: {error.strerror}; mend its permissions") from error
    except msgspec.MsgspecError as error:
        raise BadData(f"{path} is damaged ({error}); delete it and add your packs again") from error


def write_index(index: Index) -> None:
    """Put a new index in place of the old one, whole; then forget the files that it does not name."""
    folder = pack_folder()
    temporary = temporary_file(folder, ".index-")
    try:
        with temporary.open("wb") as out:
            out.write(msgspec.json.format(msgspec.json.encode(index)))
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(folder / "index.json")
    finally:
        temporary.unlink(missing_ok=True)


def keep(path: Path, name: str) -> tuple[str, str]:
    """Copy a pack to the folder of packs; the copy's name and its SHA-256. OSError where that fails."""
    folder = pack_folder()
    temporary = temporary_file(folder, ".pack-")
    try:
        shutil.copyfile(path, temporary)
        digest = sha256(temporary)
        kept = f"{name}-{digest[:12]}{''.join(path.suffixes[-2:])}"
        temporary.replace(folder / kept)
    finally:
        temporary.unlink(missing_ok=True)
    return kept, digest


def sweep(index: Index) -> None:
    """Remove what is neither the index nor a pack of it; only with the lock held."""
    named = {"index.json", *(pack.file for pack in index.packs)}
    with suppress(OSError):
        for path in pack_folder().iterdir():
            if path.name not in named:
                path.unlink(missing_ok=True)


def checked(packs: Sequence[Pack]) -> None:
    """BadData where a kept pack is not what it was."""
    for pack in packs:
        path = pack_folder() / pack.file
        if not path.is_file() or sha256(path) != pack.sha256:
            raise BadData(
                f"the pack {pack.name} ({path}) is missing or damaged; add {pack.origin} again, or run: "
                f"strife gazetteer remove {pack.name}"
            )


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def temporary_file(folder: Path, prefix: str) -> Path:
    """A new empty file in a folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=prefix, dir=folder)
    os.close(handle)
    return Path(name)


@contextmanager
def locked() -> Iterator[None]:
    """One process at a time builds or changes packs. StrifeError where the folder cannot be written."""
    folder = home_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".gazetteer.lock", timeout=PATIENCE)
        lock.acquire()
    except Timeout as error:
        raise StrifeError(
            f"another process has been building the gazetteer in {folder} for {PATIENCE} seconds; try again later"
        ) from error
    except OSError as error:
        raise StrifeError(f"the gazetteer could not be written to {folder}: {error}; {REMEDY}") from error
    try:
        yield
    finally:
        lock.release()
