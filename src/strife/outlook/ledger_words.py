"""The words by which two passages are of one thing: their stems, and how rare each is in the case. Pure.

Names are kept by their consonants, so that two spellings of a town are one word."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from strife.gazetteer.names import fold, skeleton
from strife.outlook.ledger_terms import terms

WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
STEM = 6  # letters by which two forms of a word are one
SHORTEST = 4
OWNER = re.compile(r"[’']s?$")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
FIGURE = 3  # digits of a number that tells something; the years do not
COUNTS = {
    word: number
    for number, word in enumerate(
        "a two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(), start=1
    )
} | {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "one": 1}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
SPELT = re.compile(rf"\b({'|'.join(COUNTS)}) ((?:hundred|thousand|million)(?: (?:thousand|million))?)\b", re.IGNORECASE)
YEARS = range(1900, 2100)
CONSONANTS = 3  # of a name that stand for it
IDLE = frozenset(
    """
    will would shall could might should that this with from into within before after their they them have been being were
    also more most than then there here these those when where while until over under about again said says very likely unlikely
    expected scheduled plans planned intends plan next last first days weeks month months year years week coming early middle start
    begin began begun soon still some such only just many much never none nobody what which whose does done make made
    going goes went gets between against because during through since among around both each every other another
    people thousand thousands hundred hundreds
    """.split()
)
CALENDAR = frozenset(
    """
    January February March April June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    """.split()
)
ENDINGS = ("ing", "ied", "ies", "ed", "ers", "er", "es", "s", "e", "y")
DATELINE = re.compile(r"^[^\W\d_a-z]{3,}[^\n]{0,40}?\s[-–—]+\s")


@functools.lru_cache(maxsize=200_000)
def stems(text: str) -> frozenset[str]:
    """The stems of a passage's words that tell anything; words of time and grammar tell nothing."""
    found = set()
    found |= {f"#{number}" for number in _spelt(text)}
    for match in WORD.finditer(THOUSANDS.sub("", DATELINE.sub("", text))):
        word = OWNER.sub("", match.group())
        key = fold(word)
        if key.isdigit() and len(key) >= FIGURE and int(key) not in YEARS:
            found.add(f"#{key}")
            continue
        if word not in CALENDAR and (act := _act(key)):
            found.add(act)
            continue
        if (
            word in CALENDAR
            or key in IDLE
            or key.isdigit()
            or (len(key) < SHORTEST and not any(one.isdigit() for one in key))
        ):
            continue
        if word[0].isupper():
            bones = skeleton(key)
            found.add(f"^{bones if len(bones) >= CONSONANTS else _stem(key)}")
        else:
            found.add(_stem(key))
    return frozenset(found)


def _spelt(text: str) -> list[int]:
    """Numbers in words: "eight hundred", "a hundred thousand"."""
    found = []
    for match in SPELT.finditer(text):
        number = COUNTS.get(match.group(1).lower(), 1)
        for scale in match.group(2).lower().split():
            number *= SCALES[scale]
        found.append(number)
    return found


@functools.cache
def _acts() -> dict[str, str]:
    """The stems of words of one act."""
    alike = terms().alike
    return {_stem(word): f"~{act}" for word, act in alike.items()} | {word: f"~{act}" for word, act in alike.items()}


def _act(word: str) -> str | None:
    return _acts().get(word) or _acts().get(_stem(word))


def _stem(word: str) -> str:
    """What forms of a word share: its first letters, without a common ending."""
    ending = next((one for one in ENDINGS if word.endswith(one) and len(word) - len(one) >= SHORTEST - 1), "")
    return word[: len(word) - len(ending)][:STEM]


@dataclass(frozen=True, slots=True)
class Rarity:
    """In how many of the reports each stem stands."""

    counts: Counter[str]
    reports: int

    def weight(self, words: Iterable[str]) -> float:
        """How much these words tell together: the rarer, the more."""
        return sum(math.log((self.reports + 1) / max(self.counts[word], 1)) for word in words)


def rarity_of(reports: Iterable[frozenset[str]]) -> Rarity:
    """The rarity of stems in reports, each given by the stems of what it tells."""
    listed = list(reports)
    return Rarity(Counter(word for words in listed for word in words), len(listed))
