"""Text in capitals, recased at the same length so that the parser can read it: names known or unknown get their capitals
back, everything else becomes lower case."""

from __future__ import annotations

import functools
import re

from strife.registry.registry import Registry, fold, load_registry

SHARE = 0.85  # of the letters in capitals
LETTERS = 20  # fewer letters tell nothing
WORD = re.compile(r"[^\W\d_]+(?:[.'’][^\W\d_]+)*\.?")
SENTENCE_START = re.compile(r"(?:^|[.!?][\"”)\]]*\s+|\n\s*\n\s*|\]\s+|--\s+)$")
MONTHS = {"january", "february", "april", "june", "july", "august", "september", "october", "november", "december"}
SHORT_MONTHS = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "march"}
DAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
LINKING = {"de", "del", "la", "las", "los", "el", "al", "san", "santa", "santo", "sao", "von", "van", "bin", "y", "da", "do", "new", "saint"}
COMMON_NAMES = {"us", "who", "it", "un", "so", "may", "an", "no", "are", "in", "as", "at", "or", "on", "be", "is"}


def in_capitals(text: str) -> bool:
    """Whether a text is written in capitals throughout."""
    letters = [c for c in text[:20_000] if c.isalpha()]
    return len(letters) >= LETTERS and sum(c.isupper() for c in letters) >= SHARE * len(letters)


def recase(text: str, common: frozenset[str]) -> str:
    """A copy of a text in capitals with the capitals of ordinary prose; `common` are the lower-case words of the language."""
    lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    words = list(WORD.finditer(lower))
    registry = load_registry()
    named = _known_names(words, registry, common)
    letters = list(lower)
    for number, word in enumerate(words):
        form = _form(lower, words, number, named, registry, common)
        letters[word.start() : word.end()] = list(form)
    return "".join(letters)


def _known_names(words: list[re.Match[str]], registry: Registry, common: frozenset[str]) -> set[int]:
    """The words that belong to names of the registry."""
    found: set[int] = set()
    for number, word in enumerate(words):
        size = registry.longest.get(fold(word.group()), 0)
        for length in range(min(size, len(words) - number), 0, -1):
            key = tuple(fold(one.group().removesuffix("'s").removesuffix("’s")) for one in words[number : number + length])
            if key in registry.names and (length > 1 or _sure(key[0], common, registry)):
                found.update(range(number, number + length))
                break
    return found


def _sure(word: str, common: frozenset[str], registry: Registry) -> bool:
    if word in COMMON_NAMES:
        return False
    return word not in common or any(entry.kind in ("state", "adjective", "people") for entry in registry.names[(word,)])


def _form(text: str, words: list[re.Match[str]], number: int, named: set[int], registry: Registry, common: frozenset[str]) -> str:
    word = words[number]
    plain = word.group()
    bare = plain.removesuffix("'s").removesuffix("’s").rstrip(".")
    if (bare,) in registry.capitals and bare not in common and bare not in COMMON_NAMES:
        return bare.upper() + plain[len(bare) :]
    if "." in bare or _bracketed(text, word) and bare not in common and len(bare) <= 6:
        return bare.upper() + plain[len(bare) :]
    if number in named or bare in MONTHS or bare in DAYS or bare == "i":
        return _capital(plain)
    if bare in SHORT_MONTHS and (_number_beside(text, word)):
        return _capital(plain)
    if SENTENCE_START.search(text[max(0, word.start() - 12) : word.start()]):
        return _capital(plain)
    if not _common(bare, common):
        return _capital(plain)
    following = words[number + 1].group().removesuffix("'s").rstrip(".") if number + 1 < len(words) else ""
    unknown_next = following and not _common(following, common) and following not in registry.agents
    if unknown_next and text[word.end() : words[number + 1].start()] == " " and (bare in LINKING or bare in registry.titles):
        return _capital(plain)
    return plain


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _bracketed(text: str, word: re.Match[str]) -> bool:
    return text[word.start() - 1 : word.start()] in ("[", "(") and text[word.end() : word.end() + 1] in ("]", ")")


def _number_beside(text: str, word: re.Match[str]) -> bool:
    return bool(re.search(r"\d\s$", text[: word.start()][-3:])) or bool(re.match(r"\s\d", text[word.end() :][:2]))


@functools.lru_cache(maxsize=50_000)
def _common(word: str, common: frozenset[str]) -> bool:
    """Whether a word, or what it is inflected from, is an ordinary word."""
    if word in common or len(word) < 2:
        return True
    for ending, base in (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("d", ""), ("ing", ""), ("ing", "e"), ("er", ""),
                         ("est", ""), ("ly", ""), ("ers", ""), ("n't", "")):  # fmt: skip
        if word.endswith(ending) and word.removesuffix(ending) + base in common:
            return True
    doubled = re.fullmatch(r"(.+?)([bdgklmnprt])\2(?:ed|ing)", word)
    return bool(doubled and doubled.group(1) + doubled.group(2) in common)
