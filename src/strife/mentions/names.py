"""The registry's names in a text: the longest at each place, where case and surroundings allow it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from strife.language.analysis import Analysis, Token
from strife.registry.registry import Entry, Registry, fold

PLACES = {"city", "town", "village", "district", "neighbourhood", "neighborhood", "camp", "street", "square", "airport"}
ORDER = {"state": 0, "organisation": 1, "person": 2, "adjective": 3, "people": 4, "metonym": 5, "capital": 6}


@dataclass(frozen=True, slots=True)
class Name:
    """A registry name in the text, from token `first` to `last`."""

    first: int
    last: int
    entry: Entry


def find_names(analysis: Analysis, registry: Registry) -> Iterator[Name]:
    """The registry's names in the text: the longest at each place, left to right."""
    words = [token for token in analysis.tokens if token.text != "-"]
    folded = [fold(token.text) for token in words]
    index = 0
    while index < len(words):
        size = registry.longest.get(folded[index], 0)
        name, length = None, 1
        for length in range(min(size, len(words) - index), 0, -1):
            entries = registry.names.get(tuple(folded[index : index + length]))
            entries = entries or _without_s(registry, words[index : index + length], folded[index : index + length])
            if entries and (name := _name_at(analysis, registry, words[index : index + length], entries)) is not None:
                yield name
                break
        length = length if name else 1
        if name is None and (name := _misspelt(analysis, registry, words[index], folded[index])) is not None:
            yield name
        index += length


def _misspelt(analysis: Analysis, registry: Registry, word: Token, folded: str) -> Name | None:
    """The state that a capitalised word misspells: "Ethopia", "the Afganistan war"."""
    if not word.text[0].isupper() or word.pos not in ("PROPN", "ADJ") or word.ent in ("PERSON", "ORG"):
        return None
    if word.dep == "compound" and word.head.pos == "PROPN":
        return None
    meant = registry.near(folded) if (folded,) not in registry.names else None
    return _name_at(analysis, registry, [word], registry.names[(meant,)]) if meant else None


def _without_s(registry: Registry, words: list[Token], folded: list[str]) -> list[Entry] | None:
    """The name behind "Assads" and "Syrias": texts that have lost their apostrophes."""
    if len(folded[-1]) < 5 or not folded[-1].endswith("s") or words[-1].text.isupper() or words[-1].pos != "PROPN":
        return None
    entries = registry.names.get((*folded[:-1], folded[-1][:-1]))
    return entries if entries and entries[0].kind in ("person", "state") else None


def _name_at(analysis: Analysis, registry: Registry, words: list[Token], entries: list[Entry]) -> Name | None:
    """The name that these words are, unless case or surroundings tell against it."""
    size = len(words)
    if words[0].sentence != words[-1].sentence or not any(word.text[0].isupper() for word in words):
        return None
    if size > 1 and not words[-1].text[0].isupper() and words[-1].pos not in ("NOUN", "PROPN", "NUM", "ADJ"):
        return None
    short = size == 1 and (fold(words[0].text),) in registry.capitals
    if short and not analysis.capitals and not words[0].text.isupper():
        entries = [one for one in entries if one.kind == "person"]  # an acronym's letters, but somebody's surname
        if not entries:
            return None
    following = analysis.tokens[words[-1].i + 1] if words[-1].i + 1 < len(analysis.tokens) else None
    if following is not None and (fold(words[-1].text), fold(following.text)) in registry.not_names:
        return None
    if size == 1 and not _stands_alone(analysis, words[0], entries):
        return None
    if size <= 2 and following is not None and following.lemma in PLACES and words[-1].dep == "compound":
        return None if entries[0].kind in ("organisation", "person") else _chosen(analysis, words, entries)
    if size == 1 and entries[0].kind == "person" and _another(analysis, registry, words[0], entries):
        return None
    return _chosen(analysis, words, entries)


def _chosen(analysis: Analysis, words: list[Token], entries: list[Entry]) -> Name:
    return Name(words[0].i, words[-1].i, _best(entries, analysis.document.published))


def _stands_alone(analysis: Analysis, word: Token, entries: list[Entry]) -> bool:
    """Whether a one-word name is not part of a longer unknown name ("Jordan Smith", "Georgia Tech")."""
    following = analysis.tokens[word.i + 1] if word.i + 1 < len(analysis.tokens) else None
    if entries[0].kind in ("state", "capital") and following and word.dep == "compound" and word.ent == "PERSON":
        return following.pos != "PROPN"
    before = analysis.tokens[word.i - 1] if word.i else None
    if (
        before is not None
        and before.text == "-"
        and word.i > 1
        and analysis.tokens[word.i - 2].lower in ("anti", "non")
    ):
        return False
    return word.pos in ("PROPN", "ADJ", "NOUN") or word.text.isupper() or word.dep in ("nsubj", "pobj", "dobj")


def _another(analysis: Analysis, registry: Registry, word: Token, entries: list[Entry]) -> bool:
    """Whether a given name before a surname is somebody else's: "Ana Duarte" is not José Napoleón Duarte."""
    before = analysis.tokens[word.i - 1] if word.i else None
    if before is None or before.head is not word or before.ent != "PERSON" or not before.text[:1].isupper():
        return False
    known = before.lower.rstrip(".") in registry.titles or before.lemma in registry.agents
    if known or (fold(before.text),) in registry.names:
        return False
    return all(before.lower[0] != part[0].lower() for entry in entries for part in entry.name.split()[:-1])


def year_of(published: str | None) -> int | None:
    """The year of a publication date; None where there is none, or it is no date."""
    year = (published or "")[:4]
    return int(year) if len(year) == 4 and year.isdecimal() else None


def _best(entries: list[Entry], published: str | None) -> Entry:
    """The entry that a name stands for: valid at the time, states before others."""
    year = year_of(published)

    def rank(entry: Entry) -> tuple[bool, int]:
        return (year is not None and not entry.start - 1 <= year <= entry.end + 3, ORDER.get(entry.kind, 9))

    return min(entries, key=rank)
