"""Organisations that no list knows, named in the text itself: "the Southern Storm Brigade", "the Lions of the Valley (LOV)".

They become parties of the document: one name at every mention, no id; sectors and country as far as their own words tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from strife.language.analysis import Analysis, Token
from strife.mentions.names import Name
from strife.registry.registry import Entry, Registry, fold

# What the noun of such a name tells of its bearer; () where it may be anything.
NOUNS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys("brigade brigades battalion battalions commandos militia militias guard guards".split(), ("UAF",)),
    **dict.fromkeys("army forces force front movement organisation organization resistance".split(), ()),
    **dict.fromkeys("council coalition alliance group committee league bloc network society".split(), ()),
    **dict.fromkeys("party congress".split(), ("PTY",)),
    **dict.fromkeys("union federation confederation".split(), ()),
    **dict.fromkeys("association forum foundation".split(), ("SOC",)),
    **dict.fromkeys("commission authority".split(), ("GOV",)),
    **dict.fromkeys("cartel".split(), ("CRM",)),
    "assembly": (),
}
FIGHTING = {
    "army",
    "forces",
    "force",
    "front",
    "movement",
    "organisation",
    "organization",
    "brigade",
    "brigades",
    "resistance",
}
ARMED_WORDS = {"liberation", "resistance", "mujahideen", "jihad", "revolutionary", "guerrilla", "freedom"}
LABOUR_WORDS = {
    "workers",
    "workers'",
    "teachers",
    "miners",
    "trade",
    "labour",
    "labor",
    "employees",
    "farmers",
    "peasants",
}
BEHIND = {"of", "for", "and"}  # only behind these does "the" join
JOINING = {"of", "the", "for", "and", "de", "del", "la", "las", "los", "el", "al", "a"}
MARKS = {"-", "'s", "’s", "'", "’"}
OPENING, CLOSING = {"(", "["}, {")", "]"}
LONGEST = 10  # words in a name
HEADLINE = 0.75  # share of capitalised words above which capitals tell nothing
COUNTED = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth 1st 2nd 3rd".split())


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A run of capitalised words, from token `first` to `last`."""

    words: tuple[Token, ...]  # all of them, joining words too

    @property
    def capitals(self) -> list[Token]:
        return [word for word in self.words if word.text[:1].isupper()]

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(fold(word.text) for word in self.words if word.text not in MARKS)


def with_local_names(analysis: Analysis, registry: Registry, known: list[Name]) -> list[Name]:
    """The registry's names in a text together with those of its local parties, which take in the state in their name."""
    taken = {index: name for name in known for index in range(name.first, name.last + 1)}
    entries: dict[tuple[str, ...], Entry] = {}
    for phrase, acronym in _introduced(analysis, taken):
        entry = _entry(phrase, registry, taken, acronym=acronym)
        if entry is None:
            continue
        entry = entries.setdefault(phrase.key, entry)
        for short in (acronym, _short(phrase)):
            if short and short not in registry.names:
                entries.setdefault(short, entry)
    if not entries:
        return known
    found = list(_occurrences(analysis, entries, taken))
    inside = {index for name in found for index in range(name.first, name.last + 1)}
    return sorted([*(one for one in known if one.first not in inside), *found], key=lambda name: name.first)


def _introduced(analysis: Analysis, taken: dict[int, Name]) -> Iterator[tuple[_Phrase, tuple[str, ...]]]:
    """The phrases that may name a local party, each with the acronym that brackets give it, or ()."""
    for phrase in _phrases(analysis):
        last = phrase.words[-1].i
        acronym = _bracketed(analysis, phrase, last + 1, last + 3) or _bracketed(
            analysis, phrase, phrase.words[0].i - 2, phrase.words[-1].i + 1, before=True
        )
        blocking = [taken[word.i] for word in phrase.words if word.i in taken]
        if all(name.entry.kind in ("state", "adjective", "people", "capital", "metonym") for name in blocking):
            yield phrase, acronym


def _bracketed(analysis: Analysis, phrase: _Phrase, start: int, end: int, *, before: bool = False) -> tuple[str, ...]:
    """The acronym in "Lions of the Valley (LOV)", or before the bracket in "LOV [Lions of the Valley]"."""
    tokens = analysis.tokens
    if start < 0 or end >= len(tokens) or tokens[end].text not in CLOSING:
        return ()
    opening, short = (tokens[start + 1], tokens[start]) if before else (tokens[start], tokens[start + 1])
    letters = short.text.replace(".", "").replace("-", "")
    if opening.text not in OPENING or not (2 <= len(letters) <= 8 and letters.isupper() and letters.isalpha()):
        return ()
    own = [word.text[0] for word in phrase.capitals]
    every = [word.text[0].upper() for word in phrase.words if word.text not in MARKS]
    rest = iter(every)  # LOV of "Lions of the Valley": a joining word may count, and may not
    inner = set(own) <= set(letters) and letters[0] == every[0] and all(letter in rest for letter in letters)
    fits = sorted(letters) == sorted(own) or inner
    return (fold(short.text),) if fits else ()


def _phrases(analysis: Analysis) -> Iterator[_Phrase]:
    """Runs of at least two capitalised words, not in headlines."""
    for sentence in analysis.sentences:
        tokens = analysis.tokens_of(sentence)
        words = [one for one in tokens if one.text[0].isalpha()]
        if len(words) > 4 and sum(one.text[0].isupper() for one in words) > HEADLINE * len(words):
            continue
        run: list[Token] = []
        for token in tokens:
            if _goes_on(run, token):
                run.append(token)
            else:
                yield from _trimmed(run)
                run = []
        yield from _trimmed(run)


def _goes_on(run: list[Token], token: Token) -> bool:
    """Whether a token may begin a name, or go on with the run before it."""
    if _capital(token):
        return bool(run) or token.pos not in ("DET", "ADP", "PRON", "SCONJ", "CCONJ", "ADV", "INTJ")
    if not run or len(run) >= LONGEST or token.lower in ("the", "a") and run[-1].lower not in BEHIND:
        return False
    return token.lower in JOINING or token.text in MARKS


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() and token.text.lower() not in ("i", "the", "a")


def _trimmed(run: list[Token]) -> Iterator[_Phrase]:
    """The run without what trails off in small letters; where "and" joins two names, each by itself."""
    pieces: list[list[Token]] = [[]]
    for token in run:
        if token.lower == "and" and any(_noun(word) for word in pieces[-1]):
            pieces.append([])
        else:
            pieces[-1].append(token)
    for piece in pieces:
        while piece and not piece[-1].text[:1].isupper():
            piece.pop()
        while piece and (not piece[0].text[:1].isupper() or piece[0].ent in ("DATE", "TIME")):
            piece.pop(0)
        if sum(word.text[:1].isupper() for word in piece) >= 2 and len(piece) <= LONGEST:
            yield _Phrase(tuple(piece))


def _noun(token: Token) -> str | None:
    return token.lower if token.lower in NOUNS else None


def _entry(phrase: _Phrase, registry: Registry, taken: dict[int, Name], *, acronym: tuple[str, ...]) -> Entry | None:
    """The entry of a phrase that names a body: with the noun of one at its end or before "of", or with an acronym."""
    words = phrase.words
    behind = next((at for at, word in enumerate(words) if word.lower in ("of", "for")), len(words))
    noun = _noun(words[behind - 1]) if behind else None
    inside = [taken[word.i].entry for word in words if word.i in taken]
    owner = next((entry for entry in inside if entry.kind in ("state", "adjective", "people")), None)
    bare = [word.lower for word in words if word.i not in taken and word.text not in MARKS]
    if noun is None and not acronym or phrase.key in registry.names or _ordinary(bare, registry):
        return None
    if noun and sum(word.text[:1].isupper() for word in words[:behind]) < 2 and behind == len(words):
        return None
    if COUNTED & set(bare) or any(word.text[0].isdigit() for word in words):
        return None
    return Entry(
        "",
        _text(words),
        "organisation",
        owner.country if owner is not None else None,
        _sectors(noun, {word.lower for word in words}),
    )


def _ordinary(words: list[str], registry: Registry) -> bool:
    """Whether what is left beside a country's name only describes: "Air Force", "Supreme Court"."""
    small = [word for word in words if word not in JOINING]
    return not small or " ".join(small) in registry.agents or len(small) == 1 and small[0] in registry.agents


def _sectors(noun: str | None, words: set[str]) -> tuple[str, ...]:
    if noun in FIGHTING and words & ARMED_WORDS:
        return ("REB",)
    if noun in ("union", "federation", "confederation", "association") and words & LABOUR_WORDS:
        return ("LAB",)
    return NOUNS.get(noun or "", ())


def _text(words: tuple[Token, ...]) -> str:
    text = " ".join(word.text for word in words)
    return text.replace(" - ", "-").replace(" 's", "'s").replace(" ’s", "’s").replace(" '", "'")


def _short(phrase: _Phrase) -> tuple[str, ...]:
    """The name without its noun, where two words are left: "Southern Storm"."""
    words = [word for word in phrase.words if word.text not in MARKS]
    if len(words) > 2 and _noun(words[-1]) and not any(word.lower in JOINING for word in words):
        return tuple(fold(word.text) for word in words[:-1])
    return ()


def _occurrences(analysis: Analysis, entries: dict[tuple[str, ...], Entry], taken: dict[int, Name]) -> Iterator[Name]:
    """Every mention of the local parties, the longest name at each place."""
    words = [token for token in analysis.tokens if token.text not in MARKS]
    folded = [fold(token.text) for token in words]
    longest = max(len(key) for key in entries)
    index = 0
    while index < len(words):
        step = 1
        if words[index].text[:1].isupper():
            for size in range(min(longest, len(words) - index), 0, -1):
                entry = entries.get(tuple(folded[index : index + size]))
                span = words[index : index + size]
                fits = entry is not None and span[-1].text[:1].isupper() and span[0].sentence == span[-1].sentence
                if entry is not None and fits and not (size == 1 and not span[0].text.isupper()):
                    clear = all(
                        taken[word.i].entry.kind in ("state", "adjective", "people", "capital", "metonym")
                        for word in span
                        if word.i in taken
                    )
                    if clear:
                        yield Name(span[0].i, span[-1].i, entry)
                        step = size
                        break
        index += step
