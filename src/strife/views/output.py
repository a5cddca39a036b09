"""Where a command writes: standard output or a file, whole lines at a time."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

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
    """The file at a path, or standard output."""
    if path is None:
        yield Output(sys.stdout.buffer, "standard output")
        return
    try:
        stream = path.open("wb")
    except OSError as error:
        raise StrifeError(f"{path}: cannot be written ({error.strerror}); choose another file with -o") from error
    with stream:
        yield Output(stream, str(path))


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
