"""Documents -> shards: dealt out by month of publication, the same for the same input, so that each can be done again alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from strife.casefile.incoming import Incoming, Unreadable, digest_of
from strife.language.normalise import sound
from strife.records import Document

SHARD = 500  # documents of a shard unless said: about a minute of one processor
LARGEST = 4_000  # documents of a shard that numbers have room for
SHARDS, PLACES = 17, 12  # bits of a document's number for the shard within its month, and for its place there
HELD = 64_000_000  # characters of waiting documents, after which the fullest month is dealt out
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-|$)")
UNKNOWN = "unknown"  # the partition of documents that do not say when they were published


@dataclass(frozen=True, slots=True)
class Dealt:
    """A document under its id in the dataset, the id its input gave it, and where it came from."""

    document: Document
    given: str
    input: str
    place: str


@dataclass(frozen=True, slots=True)
class Shard:
    """Documents of one month that are read and written together; `index` counts the month's shards from 0."""

    month: str
    index: int
    documents: tuple[Dealt, ...]

    @property
    def name(self) -> str:
        """The name of its files, without what they end in."""
        return f"{self.index:06d}"

    @property
    def first(self) -> int:
        """The number of its first document: months in order, then shards, then documents."""
        return first_of(self.month, self.index)

    def digest(self, reader: str) -> str:
        """What it was made of: the same digest gives the same files."""
        parts = (
            reader,
            self.month,
            self.name,
            *(f"{one.document.id}\x1f{digest_of(one.document)}" for one in self.documents),
        )
        return hashlib.sha256("\x1e".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def first_of(month: str, index: int) -> int:
    """The number from which the documents of a shard are counted."""
    return (months_of(month) << SHARDS | index) << PLACES


def months_of(month: str) -> int:
    """The months from the year 0 to this one; 0 for the unknown."""
    match = MONTH.match(month)
    return min(int(match[1]) * 12 + int(match[2]), 2**15 - 1) if match else 0


def month_of(published: str | None) -> str:
    """The partition of a day of publication."""
    match = MONTH.match(published or "")
    return f"{match[1]}-{match[2]}" if match else UNKNOWN


@dataclass(slots=True)
class Dealer:
    """Deals documents out into shards. A second copy of a document is passed over, a second text under an id gets an id of
    its own; for that 200 bytes are remembered of each document."""

    size: int = SHARD
    failed: Callable[[Unreadable], None] = lambda _failure: None
    notice: Callable[[str], None] = lambda _text: None
    same: int = 0
    seen: set[int] = field(default_factory=set)
    taken: set[int] = field(default_factory=set)
    waiting: dict[str, list[Dealt]] = field(default_factory=dict)
    held: int = 0
    dealt: dict[str, int] = field(default_factory=dict)

    def deal(self, incoming: Iterable[Incoming | Unreadable]) -> Iterator[Shard]:
        """The shards, each when it is full; the rest of each month at the end, months in order."""
        for one in incoming:
            if isinstance(one, Unreadable):
                self.failed(one)
                continue
            named = self._named(one)
            if named is None:
                self.same += 1
                continue
            month = month_of(named.document.published)
            self.waiting.setdefault(month, []).append(named)
            self.held += len(named.document.text)
            if len(self.waiting[month]) >= self.size:
                yield self._full(month)
            elif self.held > HELD:
                yield self._full(max(sorted(self.waiting), key=lambda month: len(self.waiting[month])))
        for month in sorted(self.waiting):
            yield self._full(month)

    def _full(self, month: str) -> Shard:
        documents = tuple(self.waiting.pop(month))
        self.held -= sum(len(one.document.text) for one in documents)
        index = self.dealt.get(month, 0)
        self.dealt[month] = index + 1
        return Shard(month, index, documents)

    def _named(self, one: Incoming) -> Dealt | None:
        """The document under the id it has in the dataset, its text as it is read; None where it came before."""
        document = msgspec.structs.replace(one.document, text=sound(one.document.text))
        mark = _short(f"{document.id}\x1f{digest_of(document)}")
        if mark in self.seen:
            return None
        self.seen.add(mark)
        name, number = document.id, 2
        while _short(name) in self.taken:
            name = f"{document.id}~{number}"
            number += 1
        self.taken.add(_short(name))
        if name != document.id:
            self.notice(f"{one.place}: the id {document.id!r} has another text already; this one is {name!r}")
        return Dealt(msgspec.structs.replace(document, id=name), one.document.id, one.input, one.place)


def _short(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
