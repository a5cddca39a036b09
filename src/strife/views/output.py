"""Where a command writes: standard output or a file, whole lines at a time."""

from __future__ import annotations

import secrets
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal

from strife.errors import StrifeError


class OutputClosed(Exception):
    """Nobody reads the output any more, as behind `| head`; the run ends without a word."""


class Output:
    """A stream that takes what belongs together in one go, so that an interrupted run leaves whole lines."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name

    def write(self, text: str) -> None:
        """Write and flush; Ctrl-C waits until it is done."""
        try:
            with _uninterrupted():
                self._stream.write(text.encode("utf-8", "backslashreplace"))
                self._stream.flush()
        except BrokenPipeError as error:
            raise OutputClosed from error
        except OSError as error:
            raise StrifeError(
                f"{self._name}: cannot be written ({error.strerror}); make room or choose another"
            ) from error


@contextmanager
def open_output(path: Path | None) -> Iterator[Output]:
    """The file at a path, or standard output.

    A file is written beside its place and put there when all is done, so that a run that breaks off spares what stood there."""
    if path is None:
        yield Output(sys.stdout.buffer, "standard output")
        return
    if path.exists() and not path.is_file():  # a device or a pipe
        with _opened(path, "wb", path) as stream:
            yield Output(stream, str(path))
        return
    target = path.resolve()
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    with _opened(part, "xb", path) as stream:
        try:
            yield Output(stream, str(path))
        except BaseException:
            _left(part)
            raise
    if target.exists():
        shutil.copymode(target, part)
    part.replace(target)


def _opened(path: Path, mode: Literal["wb", "xb"], wanted: Path) -> BinaryIO:
    try:
        return path.open(mode)
    except OSError as error:
        raise StrifeError(f"{wanted}: cannot be written ({error.strerror}); choose another file with -o") from error


def _left(part: Path) -> None:
    """After a run that broke off: its finished lines stay beside the file it was to become."""
    if part.stat().st_size:
        sys.stderr.write(f"strife: what was read so far is in {str(part)!r}\n")
    else:
        part.unlink()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):  # not on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
