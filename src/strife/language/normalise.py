"""A copy of the text that is easier to parse, of exactly the same length, so that every offset still holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from strife.language.commas import with_commas
from strife.language.recase import Vocabulary, in_capitals, recase

SAME = str.maketrans(
    {"’": "'", "‘": "'", "–": "-", "—": "-", "\u00a0": " ", "\t": " ", "\r": " ", ";": ".", "\u2028": "\n"}
)
PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
SENTENCE = re.compile(r"[^.!?\n]+")
JOINING = re.compile(r" ?(?:and|or)\b")
DEPENDENT = re.compile(r" ?(?:(?:and|or) )?(?:that|to|whether)\b")
FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|may|might|can|could|should|said|says|\w+ed)\b")
MARKS = re.compile(r"\[TEXT\]")  # where the body begins in FBIS transcripts
PLACE = (
    r"[^\W\d_a-z][\w.'’-]*(?:,? [^\W\d_a-z][\w.'’]*){0,4}"  # words with capitals: "NEW YORK", "The Hague, Netherlands"
)
DATE = r"(?:,? (?:[A-Z][A-Za-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][A-Za-z]{2,8}\.?)(?:,? \d{2,4})?)?"
DATELINE = re.compile(  # a place, a date, an agency in brackets, and a dash or colon: no part of the first sentence
    rf"\s*(?:{PLACE}{DATE},?(?: ?\([A-Z][\w /.-]{{1,30}}\)| [A-Z]{{2,9}})? ?--"
    rf"|{PLACE}{DATE},? ?\([A-Z][\w /.-]{{1,30}}\) ?[-:]|{PLACE}{DATE}, [A-Z]{{2,9}} -"
    r"|[A-Z][A-Z.' ]{3,30}(?:, [A-Z][\w.]+(?: [A-Z]\w+)?)? -)\s*(?=[A-Z\"'(\[\d])"
)
BULLET = re.compile(r"[ \t]*(?:[-*•‣▪]|\d{1,2}[.)])\s")
SHORT_LINE = 45  # characters: hard-wrapped prose has longer lines
LIMIT = 20_000  # characters: longer paragraphs are cut at a line or sentence end
LONGEST = 3_000  # characters without a stop: no sentence of a report is as long
STRETCH = re.compile(rf"[^.!?\n]{{{LONGEST},}}")


def sound(text: str) -> str:
    """The text with lone surrogates, which no encoding can carry, replaced one for one by U+FFFD: offsets hold."""
    return LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def _as_list(match: re.Match[str]) -> str:
    """ "an end to X; delivery of Y; and the release of Z": commas before the items of a list that are no sentences.

    Any other semicolon is left, and ends a sentence."""
    sentence = match.group()
    if ";" not in sentence:
        return sentence
    first, *items = sentence.split(";")
    if not any(JOINING.match(item) for item in items[1:]):
        return sentence
    marks = (";" if FINITE.search(item) and not DEPENDENT.match(item) else "," for item in items)
    return first + "".join(mark + item for mark, item in zip(marks, items, strict=True))


def normalise(text: str, words: Callable[[], Vocabulary]) -> tuple[str, bool]:
    """The copy, and whether the text was all in capitals (and is recased in the copy); `words` gives the ordinary words."""
    copy = SENTENCE.sub(_as_list, text).translate(SAME)
    copy = MARKS.sub(lambda match: " " * len(match.group()), copy)
    capitals = in_capitals(copy)
    return (recase(copy, words()) if capitals else with_commas(copy)), capitals


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each paragraph: what stands between empty lines, cut further where it is very long."""
    spans: list[tuple[int, int]] = []
    start = 0
    breaks = sorted([(gap.start(), gap.end()) for gap in PARAGRAPH.finditer(text)] + list(_line_breaks(text)))
    for end, following in [*breaks, (len(text), len(text))]:
        if end < start:
            continue
        body = _after_dateline(text, start, end)
        spans += [(start, body)] if body > start else []
        spans += _cut(text, body, end)
        start = following
    return [(a, b) for a, b in spans if text[a:b].strip()]


def _after_dateline(text: str, start: int, end: int) -> int:
    """Where a paragraph's first sentence begins: behind its dateline, if it has one."""
    found = DATELINE.match(text[start : min(end, start + 90)].translate(SAME))
    return start + found.end() if found is not None and end - start - found.end() > 20 else start


def _line_breaks(text: str) -> Iterator[tuple[int, int]]:
    """Single line breaks that part what belongs apart: before a list item, and after a short line without a stop (a heading)."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        line = text[start:end].strip() if end - start < 2 * SHORT_LINE else ""
        heading = 0 < len(line) < SHORT_LINE and line[-1] not in ",;:-.!?" and text[end + 1 : end + 2].isupper()
        if BULLET.match(text, end + 1) or (heading and text[max(0, start - 2) : start] in ("", "\n", "\n\n")):
            yield end, end + 1
        start = end + 1


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    while end - start > LIMIT:
        cut = max(text.rfind("\n", start, start + LIMIT), text.rfind(". ", start, start + LIMIT) + 1)
        cut = cut if cut > start else start + LIMIT
        spans += _without_end(text, start, cut)
        start = cut
    return [*spans, *_without_end(text, start, end)]


def _without_end(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A piece, cut between words where a sentence does not end: what is made of it grows with the square of its length."""
    spans = []
    for stretch in STRETCH.finditer(text, start, end) if end - start > LONGEST else ():
        while stretch.end() - max(start, stretch.start()) > LONGEST:
            first = max(start, stretch.start())
            cut = text.rfind(" ", first + 1, first + LONGEST)
            cut = cut if cut > 0 else first + LONGEST
            spans.append((start, cut))
            start = cut
    return [*spans, (start, end)]
