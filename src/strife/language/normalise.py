"""A copy of the text that is easier to parse, of exactly the same length, so that every offset still holds."""

from __future__ import annotations

import re
from collections.abc import Callable

from strife.language.recase import Vocabulary, in_capitals, recase

SAME = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "\u00a0": " ", "\t": " ", "\r": " ", "\u2028": "\n"})
PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
MARKS = re.compile(r"\[TEXT\]")  # where the body begins in FBIS transcripts
LIMIT = 20_000  # characters: longer paragraphs are cut at a line or sentence end


def normalise(text: str, words: Callable[[], Vocabulary]) -> tuple[str, bool]:
    """The copy, and whether the text was all in capitals (and is recased in the copy); `words` gives the ordinary words."""
    copy = MARKS.sub(lambda match: " " * len(match.group()), text.translate(SAME))
    capitals = in_capitals(copy)
    return (recase(copy, words()) if capitals else copy), capitals


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each paragraph: what stands between empty lines, cut further where it is very long."""
    spans: list[tuple[int, int]] = []
    start = 0
    for gap in [*PARAGRAPH.finditer(text), None]:
        end = gap.start() if gap else len(text)
        spans.extend(_cut(text, start, end))
        start = gap.end() if gap else end
    return [(a, b) for a, b in spans if text[a:b].strip()]


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    while end - start > LIMIT:
        cut = max(text.rfind("\n", start, start + LIMIT), text.rfind(". ", start, start + LIMIT) + 1)
        cut = cut if cut > start else start + LIMIT
        spans.append((start, cut))
        start = cut
    return [*spans, (start, end)]
