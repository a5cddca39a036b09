"""The reader behind the text box: kept warm in a process of its own, so that pages stay quick and a bad text harms nobody."""

from __future__ import annotations

import multiprocessing
import threading
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Protocol

from strife.errors import BadInput, StrifeError
from strife.records import Document, Reading

PATIENCE = 120.0  # seconds for one text
LOADING = 600.0  # seconds for loading, which builds the gazetteer at the first run on a machine
FIRST = "Rebels took the village of Harem on 5 June 2013, residents said."  # read while nobody waits


class Reads(Protocol):
    """What the application needs of a reader."""

    def start(self) -> None:
        """Begin to load what reading needs."""

    def stop(self) -> None:
        """End."""

    @property
    def warm(self) -> bool:
        """Whether a text would be read at once."""

    def read(self, document: Document) -> Reading:
        """The reading of a document. BadInput where it cannot be read."""


class Reader:
    """Reads one text at a time in a process that is started anew where a text has ended it or takes too long."""

    def __init__(self, *, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._loaded = False

    def start(self) -> None:
        """Start the process; it loads while pages are served."""
        with self._lock:
            self._begin()

    def stop(self) -> None:
        """End the process at once."""
        self._end()

    @property
    def warm(self) -> bool:
        """Whether a text would be read at once."""
        pipe = self._pipe
        return self._loaded or (pipe is not None and not pipe.closed and pipe.poll())

    def read(self, document: Document) -> Reading:
        """The reading of a document; waits for others. BadInput where it cannot be read, or not in time."""
        with self._lock:
            pipe = self._begin()
            try:
                if not self._loaded:
                    self._answer(pipe, LOADING)
                    self._loaded = True
                pipe.send(document)
                found = self._answer(pipe, self.patience)
            except TimeoutError as error:
                self._end()
                raise BadInput(
                    f"the text takes longer than {self.patience:.0f} seconds; use: strife read FILE"
                ) from error
            except (EOFError, OSError) as error:
                self._end()
                raise BadInput(
                    "the reader ended in the midst of this text; use: strife read FILE, which says why"
                ) from error
        if isinstance(found, Reading):
            return found
        raise BadInput(str(found))

    def _begin(self) -> Connection:
        if self._process is not None and self._process.is_alive() and self._pipe is not None:
            return self._pipe
        self._loaded = False
        context = multiprocessing.get_context("spawn")  # a fork would copy the server's threads and sockets
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other,), daemon=True, name="strife reader")
        self._process.start()
        other.close()
        return self._pipe

    def _end(self) -> None:
        process, pipe, self._process, self._pipe, self._loaded = self._process, self._pipe, None, None, False
        if process is not None:
            process.kill()
            process.join(5)
        if pipe is not None:
            pipe.close()

    @staticmethod
    def _answer(pipe: Connection, seconds: float) -> object:
        if not pipe.poll(seconds):
            raise TimeoutError
        return pipe.recv()


def _serve(pipe: Connection) -> None:
    """In the process: load, say so, and read what comes until nobody is there any more.

    What nobody foresaw ends the process, with its traceback in the server's log; the next text starts another."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's business
    try:
        pipe.send(_read(Document(id="first", text=FIRST)))
        while True:
            pipe.send(_read(pipe.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _read(document: Document) -> Reading | str:
    """The reading, or why there is none."""
    from strife.engine import run

    try:
        return next(run([document], why=True))
    except StrifeError as error:
        return str(error)
