"""Readings of many documents, streaming and in the order of the input: in this process or in a pool of them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing.connection import wait as wait_for
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from strife.records import Document, Reading

if TYPE_CHECKING:
    from strife.codebook.book import Codebook
    from strife.readers.reader import Reader

CHUNK = 8  # documents that a worker takes at once, fewer where they are long
LETTERS = 30_000  # characters after which a chunk is full
AHEAD = 2  # chunks for each worker that wait or are being read: more would fill the memory
WORN = 60  # chunks after which the workers are started anew: the parser keeps every word that it has met
PULSE = 5.0  # seconds between two signs of life while waiting


@dataclass(frozen=True, slots=True)
class Unread:
    """A document whose reading failed, and why."""

    document: Document
    reason: str


def run(
    documents: Iterable[Document],
    *,
    book: Codebook | None = None,
    progress: Callable[[str], None] | None = None,
    rules_only: bool = False,
    why: bool = False,
) -> Iterator[Reading]:
    """The reading of each document, in this process; documents are taken as they are needed.

    `progress` is told of what takes long at the first run on a machine, and why the rules work alone where the model cannot.
    With `why` the readings also say what decided for each place."""
    from strife.gazetteer import Gazetteer
    from strife.model.session import shared
    from strife.reading import read_all  # loads the parser: only where something is read

    Gazetteer.open(progress)
    if not rules_only and progress is not None and (missing := shared()[1]):
        progress(f"reading by the rules alone: {missing}")
    yield from read_all(documents, book, rules_only=rules_only, why=why)


def reader_version(*, rules_only: bool = False, reader: Reader | None = None) -> str:
    """What a reading depends on besides the text: program, rules or other reader, codebook, gazetteer and model, in one line."""
    from strife import __version__
    from strife.codebook.book import version
    from strife.gazetteer.build import gazetteer_file
    from strife.model.session import version as model_version
    from strife.reading import VERSION

    model = None if rules_only or reader is not None else model_version()
    parts = (
        f"strife {__version__}",
        VERSION if reader is None else reader.version,
        f"codebook {version()}",
        gazetteer_file().stem,
        f"model {model or 'none'}",
    )
    return "; ".join(parts)


def read_each(
    documents: Iterable[Document],
    *,
    workers: int = 1,
    rules_only: bool = False,
    progress: Callable[[str], None] | None = None,
    pulse: Callable[[], None] | None = None,
    reader: Reader | None = None,
) -> Iterator[Reading | Unread]:
    """The reading of each document, in the order of the input; one whose reading fails comes out in its place as Unread.

    With several `workers` each is a process of its own, and only a few documents for each are held at a time; `pulse` is
    called every few seconds while waiting for them. Another `reader` takes one document at a time, whatever `workers` says."""
    if reader is not None:
        yield from _read_by(reader, documents, progress, pulse)
        return
    with _Pool(workers, rules_only, progress, pulse) as pool:
        pending: deque[_Task] = deque()
        for chunk in _chunks(documents):
            if pool.worn:
                while pending:
                    yield from pool.settle(pending.popleft())
                pool.end()
            pending.append(pool.submit(chunk))
            if len(pending) >= AHEAD * workers:
                yield from pool.settle(pending.popleft())
        while pending:
            yield from pool.settle(pending.popleft())


def _read_by(
    reader: Reader,
    documents: Iterable[Document],
    progress: Callable[[str], None] | None,
    pulse: Callable[[], None] | None,
) -> Iterator[Reading | Unread]:
    """The readings of another reader, in this process."""
    from strife.gazetteer import Gazetteer
    from strife.readers.reader import Unreadable
    from strife.reading import read_by

    Gazetteer.open(progress)
    for document in documents:
        try:
            reading: Reading | Unread = read_by(reader, document, pulse=pulse)
        except Unreadable as error:
            reading = Unread(document, str(error))
        yield reading


def _chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    chunk: list[Document] = []
    for document in documents:
        chunk.append(document)
        if len(chunk) >= CHUNK or sum(len(one.text) for one in chunk) >= LETTERS:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


@dataclass(slots=True)
class _Task:
    """Documents given to the pool, and in which life of it."""

    documents: list[Document]
    future: Future[list[Reading]]
    life: int


@dataclass(slots=True)
class _Pool:
    """Workers, started when there is something to read; a worker that dies takes only the document it was reading with it."""

    workers: int
    rules_only: bool
    progress: Callable[[str], None] | None
    pulse: Callable[[], None] | None
    executor: Executor | None = None
    life: int = 0
    given: int = 0
    others: list[BaseProcess] = field(default_factory=list)

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()

    @property
    def worn(self) -> bool:
        """Whether the workers have read so much that they should be started anew."""
        return self.workers > 1 and self.given >= WORN

    def submit(self, documents: list[Document]) -> _Task:
        """Give documents to the workers."""
        if self.executor is None:
            self._start()
        assert self.executor is not None
        try:
            future = self.executor.submit(_read_chunk, documents, self.rules_only)
        except BrokenProcessPool:
            self.end()
            return self.submit(documents)
        self.given += 1
        return _Task(documents, future, self.life)

    def settle(self, task: _Task) -> Iterator[Reading | Unread]:
        """Wait for the readings of a task; where it failed, read its documents one by one to find which is to blame."""
        if self._error(task) is None:
            yield from task.future.result()
        else:
            for document in task.documents:
                yield self._alone(document)

    def _alone(self, document: Document) -> Reading | Unread:
        """One document by itself. Where its worker died it is tried again: another's document may have been to blame."""
        task = self.submit([document])
        if isinstance(self._error(task), BrokenProcessPool):
            task = self.submit([document])
        error = self._error(task)
        return task.future.result()[0] if error is None else Unread(document, _reason(error))

    def _error(self, task: _Task) -> BaseException | None:
        """What went wrong with a task, once it has ended."""
        while not wait([task.future], timeout=PULSE).done:
            if self.pulse is not None:
                self.pulse()
        error = task.future.exception()
        if isinstance(error, BrokenProcessPool) and task.life == self.life:
            self.end()
        return error

    def _start(self) -> None:
        from strife.gazetteer import Gazetteer

        Gazetteer.open(self.progress).close()  # built once, before all need it
        self.life += 1
        self.given = 0
        if self.workers == 1:
            self.executor = ThreadPoolExecutor(1)  # one thread, which keeps errors in its future
            return
        context = multiprocessing.get_context("spawn")  # a fork would copy the threads of the model's runtime
        self.others = multiprocessing.active_children()
        self.executor = ProcessPoolExecutor(self.workers, mp_context=context, initializer=_begin)

    def end(self) -> None:
        """Stop the workers at once; what they may be reading is read again at the next run."""
        executor, self.executor = self.executor, None
        if executor is None:
            return
        executor.shutdown(wait=False, cancel_futures=True)
        if self.workers > 1:
            for process in multiprocessing.active_children():
                if process not in self.others:
                    process.terminate()


def _begin() -> None:
    """In each worker: Ctrl-C is the parent's business, and without a parent there is nothing to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)


def _read_chunk(documents: list[Document], rules_only: bool) -> list[Reading]:
    from strife.reading import read_all

    return list(read_all(documents, rules_only=rules_only))


def _reason(error: BaseException) -> str:
    if isinstance(error, BrokenProcessPool):
        return "the process that read it was ended from outside, perhaps for want of memory"
    return f"reading failed: {type(error).__name__}: {error}"
