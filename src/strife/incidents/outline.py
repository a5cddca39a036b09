"""What a report shows besides its claims: the names in it, its paragraphs and its dateline, which tell where its clauses belong.

On reports of opposing sides about 52 incidents 62 in 100 clauses named the place; the others are of the place that the report
goes on about, and the villages that no gazetteer has are names all the same."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from strife.gazetteer.names import bare, fold, skeleton

WORD = re.compile(r"[^\W\d_][^\W\d_’'-]*(?:[’'-][^\W\d_]+)*")
PLAIN = re.compile(r"[^\W\d_]{4,}|\d{2,}(?:[.,]\d+)*")
STEM = 6  # letters by which two forms of a word are one: "bombed", "bombing"
BREAK = re.compile(r"\n\s*\n")
ENDS = re.compile(r"(?:[.!?:][\"”’)]*\s+|\n\s*|[\"“]\s*)$")
DAY = r"(?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.? \d{1,2})(?:,? \d{4})?"
DATELINE = re.compile(rf"\s*[^\W\d_a-z]{{3,}}[^\n]{{0,60}}?(?:\s[-–—]+\s|,? {DAY}\.\s)")
SITE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Aa]round|[Ii]nto|(?:village|town|city|hamlet|settlement)s? of)\s+"
    r"((?:[^\W\d_a-z][^\W\d_]*(?:[’'-][^\W\d_]+)*)(?:[ -](?:(?:al|el|ez|de|la)[ -])?[^\W\d_a-z][^\W\d_]*(?:[’'-][^\W\d_]+)*){0,2})"
)  # where a name behind it is most likely that of a place
SHORTEST = 4  # letters of a name that tells anything
IDLE = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december this that they there their these those when where while what with from after before
    president minister general government state states united nations army ministry north south east west northern
    southern eastern western central
    """.split()
)


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the names of a text start, each with the key that its spellings share; where its paragraphs start behind the first.

    `openers` are words that open a sentence, names or not; `title` the names in the title; `lead` where the text begins behind
    its dateline, whose town is only where the report was written. `sites` are the names, as written, that stand as places do."""

    names: tuple[tuple[int, str], ...] = ()
    openers: tuple[tuple[int, str], ...] = ()
    breaks: tuple[int, ...] = ()
    title: tuple[str, ...] = ()
    lead: int = 0
    sites: tuple[tuple[int, str], ...] = ()
    words: tuple[tuple[int, str], ...] = ()

    def between(self, start: int, end: int) -> frozenset[str]:
        """The names that start within a stretch of the text."""
        return frozenset(name for at, name in self.names if start <= at < end)

    def stretch(self, start: int, end: int) -> frozenset[str]:
        """The words that start within a stretch of the text."""
        return frozenset(word for at, word in self.words if start <= at < end)

    def paragraph(self, at: int) -> int:
        """The number of the paragraph a place in the text lies in, from 0."""
        return bisect_right(self.breaks, at)

    def topic(self) -> frozenset[str]:
        """Every name of the text and its title."""
        return frozenset((*(name for _, name in self.names), *self.title))


def outline_of(text: str, title: str | None = None) -> Outline:
    """The outline of a document's text and title."""
    found = [match for match in WORD.finditer(text) if match.group()[0].isupper()]
    opening = [ENDS.search(text[max(0, match.start() - 6) : match.start()]) is not None for match in found]
    opening = [first or match.start() == 0 for first, match in zip(opening, found, strict=True)]
    firm = {match.group() for first, match in zip(opening, found, strict=True) if not first}
    keyed = [(match.start(), key, match.group() in firm) for match in found if (key := key_of(match.group()))]
    titled = [
        key for match in WORD.finditer(title or "") if match.group()[0].isupper() and (key := key_of(match.group()))
    ]
    line = DATELINE.match(text)
    return Outline(
        names=tuple((at, key) for at, key, sure in keyed if sure),
        openers=tuple((at, key) for at, key, sure in keyed if not sure),
        breaks=tuple(match.end() for match in BREAK.finditer(text)),
        title=tuple(key for key in dict.fromkeys(titled) if any(key == name for _, name, sure in keyed if sure)),
        lead=line.end() if line else 0,
        words=tuple((match.start(), match.group().casefold()[:STEM]) for match in PLAIN.finditer(text)),
        sites=tuple((match.start(1), match.group(1)) for match in SITE.finditer(text) if key_of(match.group(1))),
    )


def key_of(word: str) -> str:
    """What the spellings of a name share: its consonants where it has enough, else the folded name; "" for idle words."""
    folded = bare(fold(re.sub(r"[’']s$", "", word)))
    if len(folded) < SHORTEST or folded in IDLE:
        return ""
    sound = skeleton(folded)
    return folded[0] + sound if len(sound) >= SHORTEST else folded
