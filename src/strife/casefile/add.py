"""Documents -> the case: read by workers, written one transaction a document in the order of the input."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from strife.casefile.incoming import Incoming, Sorter, Step, Unreadable
from strife.casefile.mounts import warning
from strife.casefile.store import Store, now
from strife.casefile.write import write_reading
from strife.casefile.writers import beat, turn
from strife.engine import Unread, read_each, reader_version
from strife.readers.reader import Reader
from strife.records import Document, Reading, to_json

PATIENCE = 20.0  # seconds that a second writer waits

Progress = Callable[[Step], None]
Notice = Callable[[str], None]


@dataclass(slots=True)
class Added:
    """What a run of adding did: numbers of documents, and the ids that had to be changed (given id, id in the case)."""

    new: int = 0
    same: int = 0
    changed: int = 0
    failed: int = 0
    renamed: list[tuple[str, str]] = field(default_factory=list)


def add(
    store: Store,
    incoming: Iterable[Incoming | Unreadable],
    *,
    workers: int = 1,
    rules_only: bool = False,
    progress: Progress | None = None,
    notice: Notice | None = None,
    patience: float = PATIENCE,
    other: Reader | None = None,
) -> Added:
    """Read what is not in the case yet and write it; `progress` is told of each document after it was saved.

    `other` is another reader to read with. BadCase where another process writes for longer than `patience` seconds."""
    reader = reader_version(rules_only=rules_only, reader=other)
    if notice is not None and (doubt := warning(store.path)):
        notice(doubt)
    with store.frugal(), turn(store, "strife add", reader, patience=patience) as run:
        job = _Job(store, run, reader, progress or _unheard, notice or _unheard)
        texts = job.to_read(incoming)
        outcomes = read_each(
            texts, workers=workers, rules_only=rules_only, progress=notice, pulse=job.beat, reader=other
        )
        for outcome in outcomes:
            job.take(outcome)
        job.finish()
        return job.added


def _unheard(_what: object) -> None:
    """Where nobody listens."""


@dataclass(slots=True)
class _Job:
    store: Store
    run: int
    reader: str
    progress: Progress
    notice: Notice
    added: Added = field(default_factory=Added)
    waiting: deque[Incoming] = field(default_factory=deque)
    inputs: set[str] = field(default_factory=set)
    today: str = field(default_factory=lambda: now()[:10])
    sorter: Sorter = field(init=False)

    def __post_init__(self) -> None:
        self.sorter = Sorter(self.store, self.reader)

    def to_read(self, incoming: Iterable[Incoming | Unreadable]) -> Iterator[Document]:
        """The documents that must be read, under the ids they have in the case; the others are dealt with here."""
        for one in incoming:
            self.inputs.add(one.input)
            if isinstance(one, Unreadable):
                self._fail(one, None, 0)
                continue
            document = one.document
            chosen = self.sorter.id_of(document)
            if chosen is None:
                self.added.same += 1
                self.progress(Step("same", document.id, size=one.size))
                continue
            if chosen != document.id:
                self.added.renamed.append((document.id, chosen))
                self.notice(f"{one.place}: the id {document.id!r} has another text already; this one is {chosen!r}")
            if document.published and document.published > self.today:
                self.notice(f"{one.place}: published {document.published} lies in the future; check the date")
            self.waiting.append(one)
            yield msgspec.structs.replace(document, id=chosen, text=_sound(document.text))

    def take(self, outcome: Reading | Unread) -> None:
        """Write a reading, or why there is none."""
        one = self.waiting.popleft()
        self.sorter.forget(one.document)
        if isinstance(outcome, Unread):
            failure = Unreadable(one.input, one.place, outcome.reason, one.options)
            self._fail(failure, to_json(one.document), one.size)
            return
        with self.store.transaction():
            state = write_reading(self.store, self.run, outcome, one, self.reader)
            self.store.run("DELETE FROM failures WHERE input = ? AND place = ?", (one.input, one.place))
            self._count(state)
        setattr(self.added, state, getattr(self.added, state) + 1)
        self.progress(Step(state, outcome.document.id, len(outcome.claims), size=one.size))

    def beat(self) -> None:
        """A sign of life while nothing is written."""
        beat(self.store, self.run)

    def finish(self) -> None:
        """All inputs have been gone through: older failures of theirs are mended."""
        with self.store.transaction():
            self.store.run_many(
                "DELETE FROM failures WHERE input = ? AND run <> ?", ((one, self.run) for one in sorted(self.inputs))
            )
            self.store.run("UPDATE runs SET same = ? WHERE number = ?", (self.added.same, self.run))

    def _fail(self, failure: Unreadable, document: str | None, size: int) -> None:
        with self.store.transaction():
            self.store.run(
                "INSERT INTO failures (input, place, document, options, reason, run) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (input, place, reason) DO UPDATE SET run = excluded.run, document = excluded.document",
                (failure.input, failure.place, document, failure.options, failure.reason, self.run),
            )
            self._count("failed")
        self.added.failed += 1
        self.progress(Step("failed", failure.place, reason=failure.reason, size=size))

    def _count(self, state: str) -> None:
        query = {
            "new": "UPDATE runs SET new = new + 1, beat = unixepoch() WHERE number = ?",
            "same": "UPDATE runs SET same = same + 1, beat = unixepoch() WHERE number = ?",
            "changed": "UPDATE runs SET changed = changed + 1, beat = unixepoch() WHERE number = ?",
            "failed": "UPDATE runs SET failed = failed + 1, beat = unixepoch() WHERE number = ?",
        }
        self.store.run(query[state], (self.run,))


def _sound(text: str) -> str:
    from strife.language.normalise import sound

    return sound(text)
