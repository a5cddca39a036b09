"""Text in capitals, recased at the same length so that the parser can read it: names known or unknown get their
capitals back, everything else becomes lower case.

A dictionary of word forms tells ordinary words from names only in part, as it holds "lima" and "ricardo" too. So a
word that is listed only as a noun is a name where the gazetteer, a list of given names or its neighbours say so, and
then throughout."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from strife.gazetteer import Gazetteer
from strife.language import recasewords as lists
from strife.registry.registry import Registry, fold, load_registry

SHARE = 0.85  # of the letters in capitals
LETTERS = 20  # fewer letters tell nothing
LARGE = 150_000  # inhabitants from which a place's name outweighs a rare noun
WORD = re.compile(r"[^\W\d_]+(?:[.'’][^\W\d_]+)*\.?")
MARKED = r"(?:\[[^\]\[]{1,60}\]\s*)*"  # "[TEXT]", "[RODRIGUEZ]": marks of a transcript before the words themselves
STARTS = re.compile(
    rf"(?:^|\n\s*\n\s*|[.!?][\"”)\]]*\s+|[\])\d]\s*--\s+)(?:\d{{1,3}}\.\s+)?{MARKED}[\"“'(]*$|[:,]\s+[\"“]$"
)
ABBREVIATED = re.compile(r"(?:\b[^\W\d_]|\b(?:" + "|".join(sorted(lists.SHORT_TITLES | {"no", "vs"})) + r"))\.\s+$")
DATELINE = re.compile(
    r"\s*[^\W\d_][^\n()]{1,60}?(?:, | \()\d{1,2} [a-z]{3,9}\b[^\n()]{0,8}(?:\([^()]{2,60}\))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word forms of the language in lower case: all of them, and those that are more than a noun."""

    known: frozenset[str]
    sure: frozenset[str]


@dataclass(slots=True)
class _Text:
    """A text in lower case, its words, and what was found about them by their number."""

    lower: str
    words: list[re.Match[str]]
    vocabulary: Vocabulary
    registry: Registry
    named: dict[int, str] = field(default_factory=dict)  # number -> the form that a registry name gives
    names: set[int] = field(default_factory=set)

    def bare(self, number: int) -> str:
        """A word without possessive and full stop; "" beyond the ends."""
        if not 0 <= number < len(self.words):
            return ""
        return self.words[number].group().removesuffix("'s").removesuffix("’s").rstrip(".")

    def beside(self, number: int) -> bool:
        """Whether only a space parts a word from the one before."""
        if not 0 < number < len(self.words):
            return False
        gap = self.lower[self.words[number - 1].end() : self.words[number].start()]
        return gap.strip() == "" and gap.count("\n") < 2

    def before(self, number: int, size: int = 90) -> str:
        """The text before a word."""
        start = self.words[number].start()
        return self.lower[max(0, start - size) : start]


def in_capitals(text: str) -> bool:
    """Whether a text is written in capitals throughout."""
    letters = [c for c in text[:20_000] if c.isalpha()]
    return len(letters) >= LETTERS and sum(c.isupper() for c in letters) >= SHARE * len(letters)


def recase(text: str, vocabulary: Vocabulary) -> str:
    """A copy of a text in capitals with the capitals of ordinary prose, of the same length."""
    lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    here = _Text(lower, list(WORD.finditer(lower)), vocabulary, load_registry())
    _registry_names(here)
    _other_names(here)
    letters = list(lower)
    for number, word in enumerate(here.words):
        letters[word.start() : word.end()] = list(_form(here, number))
    return "".join(letters)


# --- names ------------------------------------------------------------------------------------------------------
def _registry_names(here: _Text) -> None:
    """Mark the words that belong to names of the registry, with the form they take."""
    number = 0
    while number < len(here.words):
        size = here.registry.longest.get(fold(here.bare(number)), 0)
        for length in range(min(size, len(here.words) - number), 0, -1):
            key = tuple(fold(here.bare(one)) for one in range(number, number + length))
            if key in here.registry.names and (length > 1 or _alone(here, number, key)):
                for one in range(number, number + length):
                    here.named[one] = _within(here, one, first=one == number, size=length)
                number += length - 1
                break
        number += 1


def _within(here: _Text, number: int, *, first: bool, size: int) -> str:
    """A word of a registry name: acronyms in capitals, "of" and the like small, the rest with a capital."""
    plain, bare = here.words[number].group(), here.bare(number)
    acronym = (fold(bare),) in here.registry.capitals and bare not in here.vocabulary.sure
    if acronym and (size == 1 or bare not in here.vocabulary.known):
        return bare.upper() + plain[len(bare) :]
    return plain if bare in lists.INSIDE and not first else _capital(plain)


def _alone(here: _Text, number: int, key: tuple[str, ...]) -> bool:
    """Whether a registry name of one word is that name and no ordinary word."""
    word = key[0]
    if word in lists.NEVER:
        return False
    if key in here.registry.capitals:
        return word not in here.vocabulary.sure and (word not in lists.NO_ACRONYMS or _explained(here, number))
    kinds = {entry.kind for entry in here.registry.names[key]}
    if kinds & {"state", "adjective", "people"}:
        return True
    before = here.bare(number - 1) if here.beside(number) else ""
    titled = before in here.registry.titles or before in lists.GIVEN or before in lists.SHORT_TITLES
    return not _common(word, here.vocabulary) or (titled and "person" in kinds and word not in here.vocabulary.sure)


def _explained(here: _Text, number: int) -> bool:
    """Whether the text explains an acronym somewhere: "arena [nationalist …]" or "(arena)"."""
    word = re.escape(here.bare(number))
    return bool(re.search(rf"[\[(]{word}[\])]|\b{word}\s+\[\w+ \w", here.lower))


def _other_names(here: _Text) -> None:
    """Mark the words that are names by themselves, then those that are so by their neighbours, then their
    repetitions."""
    spread: set[str] = set()
    for number in range(len(here.words)):
        bare = here.bare(number)
        if number not in here.named and _name_by_itself(here, number, bare):
            here.names.add(number)
    for number in range(len(here.words)):
        bare = here.bare(number)
        if number not in here.named and number not in here.names and _name_by_neighbours(here, number, bare):
            here.names.add(number)
            spread.add(bare)
    spread -= lists.BESIDE | lists.LINKING
    here.names.update(
        number for number in range(len(here.words)) if number not in here.named and here.bare(number) in spread
    )


def _name_by_itself(here: _Text, number: int, bare: str) -> bool:
    if bare in lists.LINKING or bare in lists.ORDINARY or bare in here.registry.titles:
        return False
    start = here.words[number].start()
    if start and (here.lower[start - 1].isdigit() or here.lower[start - 1] in "'’"):
        return False  # "1st", "'s"
    if not _common(bare, here.vocabulary):
        return True
    if bare in here.vocabulary.sure or bare in lists.NEVER or bare in here.registry.agents:
        return False
    return (bare in lists.GIVEN and bare not in lists.BESIDE) or (bare in here.vocabulary.known and _large_place(bare))


def _name_by_neighbours(here: _Text, number: int, bare: str) -> bool:
    """A given name beside a name; a rare noun behind a given name or a title ("Ricardo Palma", "Senator Luna")."""
    before, after = here.beside(number), here.beside(number + 1)
    if bare in lists.GIVEN:
        return bool(before and _leads(here, number - 1)) or bool(after and number + 1 in here.names)
    if not before or not _rare(here, bare):
        return False
    if here.bare(number - 1) in lists.GIVEN and (number - 1 in here.names or number - 1 in here.named):
        return True
    surname = bare.endswith(("a", "o", "ez", "es", "os", "is", "i"))
    return surname and (
        number - 1 in here.names
        and not STARTS.search(here.before(number - 1))
        or here.bare(number - 1) in lists.SHORT_TITLES
    )


def _leads(here: _Text, number: int) -> bool:
    return (
        number in here.names or number in here.named or here.bare(number) in here.registry.titles | lists.SHORT_TITLES
    )


def _rare(here: _Text, bare: str) -> bool:
    """Whether a word is listed as a noun alone and neither names a role nor is formed like an ordinary noun."""
    if (
        _stems(bare) & here.vocabulary.sure
        or bare in here.registry.agents
        or bare in here.registry.general
        or len(bare) < 4
    ):
        return False
    return (
        not bare.removesuffix("s").endswith(lists.SUFFIXES)
        and bare not in here.registry.titles
        and bare not in lists.ORDINARY
    )


@functools.lru_cache(maxsize=20_000)
def _large_place(word: str) -> bool:
    """Whether a word is the name of a country, a province or a city of some size."""
    if word in lists.NOT_PLACES or len(word) < 3:
        return False
    first = next((one for one in Gazetteer.shared().candidates(word) if one.match == 0), None)
    return first is not None and (first.population >= LARGE or first.kind in ("country", "province"))


# --- the form of a word -----------------------------------------------------------------------------------------
def _form(here: _Text, number: int) -> str:
    word = here.words[number]
    plain, bare = word.group(), here.bare(number)
    behind = here.lower[word.end() : word.end() + 2]
    if (
        "." in bare
        or bare in lists.UPPER
        or (len(bare) == 1 and (behind[:1] == "-" and behind[1:].isdigit() or plain.endswith(".")))
    ):
        return bare.upper() + plain[len(bare) :]
    if number in here.named:
        return here.named[number]
    if _acronym(here, number, bare):
        return bare.upper() + plain[len(bare) :]
    if bare in lists.SHORT_TITLES and here.beside(number + 1) and _proper(here, number + 1):
        return _capital(plain)
    if number in here.names or bare in lists.MONTHS or bare in lists.DAYS or bare == "i" or _in_dateline(here, word):
        return _capital(plain)
    if bare in lists.SHORT_MONTHS and _number_beside(here.lower, word):
        return _capital(plain)
    if STARTS.search(here.before(number)) and not ABBREVIATED.search(here.before(number)):
        return _capital(plain)
    return _capital(plain) if _belongs(here, number, bare) else plain


def _belongs(here: _Text, number: int, bare: str) -> bool:
    """A title or a small word that goes with the name behind it: "President Vinicio Cerezo", "El Paraiso", "Simon de
    la Cruz"."""
    if not here.beside(number + 1) or not _proper(here, number + 1):
        return (
            bare in lists.LINKING
            and here.beside(number + 1)
            and here.bare(number + 1) in lists.LINKING
            and _belongs(here, number + 1, bare)
        )
    if bare in here.registry.titles:
        return here.bare(number + 1) not in lists.LINKING and not _state(here, number + 1)
    inside = bare in lists.INSIDE and here.beside(number) and _proper(here, number - 1)
    return bare in lists.LINKING and not inside


def _state(here: _Text, number: int) -> bool:
    entries = here.registry.names.get((fold(here.bare(number)),), [])
    return any(entry.kind in ("state", "adjective", "people") for entry in entries)


def _proper(here: _Text, number: int) -> bool:
    return (
        number in here.names
        or number in here.named
        or here.bare(number) in here.registry.titles
        and _belongs(here, number, here.bare(number))
    )


def _acronym(here: _Text, number: int, bare: str) -> bool:
    """A short word in brackets, or one without a vowel, that the language does not know."""
    if not 2 <= len(bare) <= 6 or bare in lists.UNITS or bare in lists.SHORT_TITLES or bare in here.vocabulary.known:
        return False
    if (
        not re.search("[aeiouy]", bare)
        and bare.isascii()
        and here.lower[here.words[number].start() - 1 : here.words[number].start()] not in "'’-"
    ):
        return True
    speaks = STARTS.search(here.lower[: here.words[number].start() - 1][-90:])  # "[MENDEZ] We are ready."
    return not speaks and _bracketed(here.lower, here.words[number]) and not _common(bare, here.vocabulary)


def _in_dateline(here: _Text, word: re.Match[str]) -> bool:
    if word.start() > 140:
        return False
    line = DATELINE.match(here.lower)
    return line is not None and word.end() <= line.end()


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _bracketed(text: str, word: re.Match[str]) -> bool:
    return text[word.start() - 1 : word.start()] in ("[", "(") and text[word.end() : word.end() + 1] in ("]", ")")


def _number_beside(text: str, word: re.Match[str]) -> bool:
    return bool(re.search(r"\d\s$", text[: word.start()][-3:])) or bool(re.match(r"\s\d", text[word.end() :][:2]))


# --- ordinary words ---------------------------------------------------------------------------------------------
BASES = {
    "s": ("",),
    "es": ("",),
    "ies": ("y",),
    "ed": ("", "e"),
    "d": ("",),
    "ing": ("", "e"),
    "er": ("", "e"),
    "ier": ("y",),
    "est": ("", "e"),
    "iest": ("y",),
    "ly": ("",),
    "ily": ("y",),
    "ers": ("", "e"),
    "n't": ("",),
    "men": ("man",),
    "women": ("woman",),
    "ness": ("",),
    "less": ("",),
    "like": ("",),
    "wide": ("",),
}
ENDINGS = tuple((ending, base) for ending, bases in BASES.items() for base in bases)


def _stems(word: str) -> set[str]:
    """A word and what it may be inflected from."""
    return {word} | {word.removesuffix(ending) + base for ending, base in ENDINGS if word.endswith(ending)}


@functools.lru_cache(maxsize=50_000)
def _common(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word, or what it is inflected, derived or put together from, is an ordinary word."""
    if word in vocabulary.known or word in lists.ORDINARY or len(word) < 2:
        return True
    for ending, base in ENDINGS:
        stem = word.removesuffix(ending) + base
        # a plural of a noun that is hardly used ("torres" of "torr") is more likely a name
        if (
            word.endswith(ending)
            and len(stem) > 2
            and stem in (vocabulary.sure if len(stem) < 5 and ending in ("es", "d") else vocabulary.known)
        ):
            return True
    doubled = re.fullmatch(r"(.+?)([bdgklmnprtz])\2(?:ed|ing|er|ers|est)", word)
    if doubled and doubled.group(1) + doubled.group(2) in vocabulary.known:
        return True
    return _derived(word, vocabulary)


def _derived(word: str, vocabulary: Vocabulary) -> bool:
    """ "counterterrorism", "machinegunned": a prefix before a word, or two words in one."""
    for prefix in lists.PREFIXES:
        rest = word.removeprefix(prefix)
        if (
            rest != word
            and len(rest) > (3 if len(prefix) > 3 else 4)
            and (rest in vocabulary.known or _common(rest, vocabulary))
        ):
            return True
    return len(word) >= 9 and any(
        word[:cut] in vocabulary.known and word[cut:] in vocabulary.known for cut in range(4, len(word) - 2)
    )
