"""From the forms of words to the entries of the codebook that name them, without the parser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from strife.codebook.frames import EventFrame, EventLexicon, Pattern

ALTERNATIVES = 6  # shown of one word
ARTICLES = {"a", "an", "the"}
ENDINGS = (("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"))


class Found(Struct, frozen=True):
    """A pattern that fits what was asked: its words as one entry, whether that is all of it, and its frame."""

    entry: str
    part: Literal["verb", "noun"]
    exact: bool
    frame: EventFrame


def lemmas(word: str, forms: Mapping[str, str]) -> list[str]:
    """What the dictionary form of a word may be, likeliest first; `forms` gives the irregular ones."""
    found = [word, *([forms[word]] if word in forms else [])]
    for ending, instead in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            found.append(stem + instead)
            if ending in {"ed", "ing"} and len(stem) > 2 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return list(dict.fromkeys(found))


def find_patterns(asked: str, lexicon: EventLexicon, forms: Mapping[str, str]) -> list[Found]:
    """The event patterns that a word or phrase is, the exact ones first; else those that it begins or contains."""
    words = [word for word in asked.lower().split() if word not in ARTICLES]
    apart = " ".join(words).replace("-", " - ").split()  # nouns are kept so
    verbs = _fitting(lexicon.verbs, [lemmas(word, forms) for word in words], adjacent=False)
    nouns = _fitting(lexicon.nouns, [lemmas(word, forms) for word in apart], adjacent=True)
    found = [*((one, "verb", exact) for one, exact in verbs), *((one, "noun", exact) for one, exact in nouns)]
    if (
        len(words) > 1
    ):  # of what is inside a phrase, the longest says most, and a noun in one piece more than a verb in two
        longest = max((len(one.words) for one, *_ in found), default=0)
        exact_only = any(exact for *_, exact in found)
        found = [row for row in found if (row[2] if exact_only else len(row[0].words) == longest)]
        found.sort(key=lambda row: row[1] == "verb")
    rows = [Found(_entry(one), "verb" if part == "verb" else "noun", exact, one.frame) for one, part, exact in found]
    unique = {(row.entry, row.part, row.frame.id): row for row in rows}
    return sorted(unique.values(), key=lambda row: not row.exact)


def _fitting(
    index: Mapping[str, list[Pattern]], asked: list[list[str]], *, adjacent: bool
) -> Iterator[tuple[Pattern, bool]]:
    """The patterns that are all of what was asked, longer ones headed by the one word, or those inside the phrase."""
    heads = dict.fromkeys(lemma for word in asked for lemma in word)
    for pattern in (pattern for head in heads for pattern in index.get(head, ())):
        size = len(pattern.words)
        if size == len(asked) and _inside(pattern, asked):
            yield pattern, True
        elif len(asked) == 1:
            yield pattern, False
        elif size < len(asked):
            starts = range(len(asked) - size + 1)
            pieces = [asked[start : start + size] for start in starts] if adjacent else [asked]
            if any(_inside(pattern, piece) for piece in pieces):
                yield pattern, False


def _inside(pattern: Pattern, asked: list[list[str]]) -> bool:
    """Whether the words of the pattern are found in what was asked, in order."""
    rest = iter(asked)
    return all(any(word & set(candidates) for candidates in rest) for word in pattern.words)


def _entry(pattern: Pattern) -> str:
    """The words of a pattern, alternatives as a|b, of many only some."""
    words = [sorted(word) for word in pattern.words]
    return " ".join(
        "|".join([*word[:ALTERNATIVES], *(["…"] if len(word) > ALTERNATIVES else [])]) for word in words
    ).replace(" - ", "-")
