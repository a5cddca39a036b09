"""What comes in: documents with the place they came from, and which of them are new, the same, or changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from strife.casefile.store import Store
from strife.language.normalise import sound
from strife.records import Document

State = Literal["new", "same", "changed", "failed"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document, the file it came from, the place in it, and what was said about that file when it was given (JSON)."""

    document: Document
    input: str
    place: str
    options: str | None = None
    size: int = 0


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input that could not be turned into a document, and why."""

    input: str
    place: str
    reason: str
    options: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one input; said after it was saved. `id` is the document's id in the case."""

    state: State
    id: str
    claims: int = 0
    reason: str = ""
    size: int = 0


def digest_of(document: Document) -> str:
    """SHA-256 over text and details: two documents of one digest are the same."""
    details = msgspec.json.encode(msgspec.structs.replace(document, id="", text=sound(document.text)))
    return hashlib.sha256(details).hexdigest()


@dataclass(slots=True)
class Sorter:
    """Tells documents that must be read from those that are in the case, and gives each its id there."""

    store: Store
    reader: str
    seen: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    coming: set[tuple[str, str]] = field(default_factory=set)

    def id_of(self, document: Document) -> str | None:
        """The id under which to read a document, None where it is in the case and its reader is the same.

        A second text under an id in one run is another document, and gets an id of its own; in a later run it is a change."""
        digest = digest_of(document)
        first = document.id not in self.seen
        self.seen.add(document.id)
        if (document.id, digest) in self.coming:
            return None
        row = self.store.row(
            "SELECT id, reader FROM documents WHERE given = ? AND digest = ? ORDER BY reader = ? DESC, number",
            (document.id, digest, self.reader),
        )
        if row and row[1] == self.reader:
            return None
        self.coming.add((document.id, digest))
        given = self._given(document.id)
        free = document.id not in self.taken and given in (None, document.id)
        chosen = str(row[0]) if row else document.id if first and free else self._unique(document.id)
        self.taken.add(chosen)
        return chosen

    def forget(self, document: Document) -> None:
        """A document that has been dealt with: the case knows it now."""
        self.coming.discard((document.id, digest_of(document)))

    def _given(self, name: str) -> str | None:
        """The given id of the document that has this id."""
        row = self.store.row("SELECT given FROM documents WHERE id = ?", (name,))
        return str(row[0]) if row else None

    def _unique(self, name: str) -> str:
        number = 2
        while (made := f"{name}~{number}") in self.taken or self._given(made) is not None:
            number += 1
        return made


def incoming_of(documents: Iterable[Document | Incoming | Unreadable]) -> Iterator[Incoming | Unreadable]:
    """Documents that came from no file, as incoming ones."""
    for one in documents:
        yield Incoming(one, one.id, one.id) if isinstance(one, Document) else one
