"""A long document in pieces that overlap: passages with their exact offsets, so many to a piece as a model can take at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from strife.language.normalise import paragraphs

PASSAGE = 1_200  # characters of the longest passage: longer paragraphs are cut at a sentence's end
PIECE = 4_000  # characters of a piece without what it repeats
OVERLAP = 600  # characters of the piece before that are shown once more, for what "the town" means
LEAST = 300  # characters: a smaller piece is not cut further


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the document; `number` counts from 1 over the whole document."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Passages in a row that are asked about at once."""

    passages: tuple[Passage, ...]

    @property
    def start(self) -> int:
        """Where it begins in the document."""
        return self.passages[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.passages[-1].end

    def halves(self, text: str) -> tuple[Piece, Piece] | None:
        """Two pieces of about half its length, None where it is too short to be cut."""
        if self.end - self.start < LEAST:
            return None
        if len(self.passages) == 1:
            one = self.passages[0]
            cut = _cut_before(text, one.start, one.start + (one.end - one.start) // 2 + LEAST // 4)
            first, second = Passage(one.number, one.start, cut), Passage(one.number, cut, one.end)
            return (Piece((first,)), Piece((second,))) if one.start < cut < one.end else None
        middle = (self.start + self.end) // 2
        at = next((n for n, one in enumerate(self.passages) if n and one.end > middle), len(self.passages) - 1)
        return Piece(self.passages[:at]), Piece(self.passages[at:])


def pieces(text: str, *, size: int = PIECE, overlap: int = OVERLAP) -> list[Piece]:
    """The pieces of a text, none for an empty one: together they hold all of it, each begins with the end of the one before."""
    found: list[Piece] = []
    held: list[Passage] = []
    fresh = 0  # characters in `held` that no piece has held before
    for one in passages(text):
        if held and fresh and fresh + one.end - one.start > size:
            found.append(Piece(tuple(held)))
            held, fresh = _tail(held, overlap), 0
        held.append(one)
        fresh += one.end - one.start
    return [*found, Piece(tuple(held))] if fresh else found


def passages(text: str) -> Iterator[Passage]:
    """The paragraphs of a text, long ones cut."""
    number = 0
    for first, end in paragraphs(text):
        start = first
        while start < end:
            cut = end if end - start <= PASSAGE else _cut_before(text, start, start + PASSAGE)
            number += 1
            yield Passage(number, start, cut)
            start = cut


def _tail(held: Sequence[Passage], overlap: int) -> list[Passage]:
    """The last passages that fit into the overlap."""
    kept: list[Passage] = []
    for one in reversed(held[1:]):
        if held[-1].end - one.start > overlap:
            break
        kept.insert(0, one)
    return kept


def _cut_before(text: str, start: int, limit: int) -> int:
    """The best place to cut before a limit: behind a sentence, else a line, else a word, else at the limit."""
    half = start + (limit - start) // 2
    for mark in (". ", "? ", "! ", ".\n", "\n", " "):
        at = text.rfind(mark, half, limit)
        if at >= 0:
            return at + len(mark)
    return limit
