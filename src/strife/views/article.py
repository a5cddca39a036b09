"""The text of a document cut where claims begin and end, with a lane for every line that is drawn under it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

LANES = 4  # lines drawn under one word at most; what lies beyond is in the card
BREAK = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage of a claim: its number, its look (type and status), and whether it is the words the claim turns on."""

    claim: int
    start: int
    end: int
    look: str
    core: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under which nothing begins or ends. `lines` are looks by lane, None where a lane is free;
    `claims` have the most specific first; `begins` are the claims that begin here, `cores` those that turn on it."""

    start: int
    end: int
    lines: tuple[str | None, ...]
    claims: tuple[int, ...]
    begins: tuple[int, ...]
    cores: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line under the text: one or several claims of one look that overlap."""

    start: int
    end: int
    look: str
    lane: int


T = TypeVar("T", Mark, Line)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Offsets of the paragraphs: what stands between blank lines."""
    edges = [0]
    for gap in BREAK.finditer(text):
        edges += [gap.start(), gap.end()]
    edges.append(len(text))
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if text[start:end].strip()]


def segments(blocks: Sequence[tuple[int, int]], marks: Iterable[Mark]) -> Iterator[list[Segment]]:
    """The segments of each block of text, in order; linear in text and marks."""
    marks = [mark for mark in marks if mark.start < mark.end]
    lanes = _lanes(marks)
    opening, closing = _by_edge(marks)
    line_opening, line_closing = _by_edge(lanes)
    edges = sorted({*opening, *closing, *(edge for block in blocks for edge in block)})
    active: dict[Mark, None] = {}
    drawn: dict[Line, None] = {}
    begun: set[int] = set()
    place = 0
    for first, last in blocks:
        found: list[Segment] = []
        while place < len(edges) and edges[place] < last:
            edge = edges[place]
            _step(active, opening, closing, edge)
            _step(drawn, line_opening, line_closing, edge)
            place += 1
            if edge >= first:
                found.append(_segment(edge, edges[place], active, drawn, begun))
        yield found


def _lanes(marks: list[Mark]) -> list[Line]:
    """Lines such that those on one lane never overlap; what finds no free lane is left out."""
    ends: list[int] = []
    found: list[Line] = []
    for start, end, look in sorted(_merged(marks), key=lambda one: (one[0], -one[1], one[2])):
        lane = next((lane for lane, until in enumerate(ends) if until <= start), len(ends))
        if lane == LANES:
            continue
        ends[lane : lane + 1] = [end]
        found.append(Line(start, end, look, lane))
    return found


def _merged(marks: list[Mark]) -> Iterator[tuple[int, int, str]]:
    """The stretches that marks of one look cover."""
    looks: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        if not mark.core:
            looks[mark.look].append(mark)
    for look, alike in looks.items():
        start = end = -1
        for mark in sorted(alike, key=lambda one: one.start):
            if mark.start >= end:
                if end > start:
                    yield start, end, look
                start, end = mark.start, mark.end
            end = max(end, mark.end)
        yield start, end, look


def _by_edge(things: Iterable[T]) -> tuple[dict[int, list[T]], dict[int, list[T]]]:
    opening: dict[int, list[T]] = defaultdict(list)
    closing: dict[int, list[T]] = defaultdict(list)
    for thing in things:
        opening[thing.start].append(thing)
        closing[thing.end].append(thing)
    return opening, closing


def _step(current: dict[T, None], opening: dict[int, list[T]], closing: dict[int, list[T]], at: int) -> None:
    for thing in closing.get(at, ()):
        current.pop(thing, None)
    current.update(dict.fromkeys(opening.get(at, ())))


def _segment(start: int, end: int, active: Iterable[Mark], drawn: Iterable[Line], begun: set[int]) -> Segment:
    here = sorted(active, key=lambda one: (not one.core, one.end - one.start, one.claim))
    claims = tuple(dict.fromkeys(mark.claim for mark in here))
    begins = tuple(claim for claim in claims if claim not in begun)
    begun.update(begins)
    lines: list[str | None] = [None] * LANES
    for line in drawn:
        lines[line.lane] = line.look
    return Segment(start, end, tuple(lines), claims, begins, tuple(mark.claim for mark in here if mark.core))
