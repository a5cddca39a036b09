"""The registry: states, organisations and people with their names, sectors and dates of validity, and the grammar of
described parties ("Syrian rebels"). Data files lie beside it; this is the one loader."""

from __future__ import annotations

import csv
import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from strife.errors import BadData

WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*\.?|[^\w\s]", re.UNICODE)
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor of the registry. `kind`: state, adjective, people, metonym, organisation or person."""

    id: str
    name: str
    kind: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    terms: tuple[tuple[str, str, int, int], ...] = ()  # (sector, title, first year, last year)
    start: int = 0
    end: int = 9999


@dataclass(slots=True)
class Registry:
    """All names by their words in lower case, and the described parties' vocabulary."""

    names: dict[tuple[str, ...], list[Entry]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)  # first word -> words of the longest name that begins so
    capitals: set[tuple[str, ...]] = field(default_factory=set)  # names that count only when written in capitals
    agents: dict[str, str] = field(default_factory=dict)  # lemma(s) of a describing noun -> sector
    modifiers: dict[str, str] = field(default_factory=dict)  # adjective -> sector
    general: set[str] = field(default_factory=set)  # nouns that are a party only with a modifier or a demonym
    titles: set[str] = field(default_factory=set)
    collective: set[str] = field(default_factory=set)  # nouns that refer back when definite
    entries: dict[str, Entry] = field(default_factory=dict)
    not_names: set[tuple[str, str]] = field(default_factory=set)  # "Arab Spring": its first word names nobody
    misspelt: dict[str, set[str]] = field(default_factory=dict)  # a long word of a state less one letter -> the word
    offices: dict[tuple[str, str], list[tuple[int, int, Entry]]] = field(
        default_factory=dict
    )  # (title, country) -> terms
    countries: dict[str, str] = field(default_factory=dict)  # alpha-2 and alpha-3 codes -> alpha-3

    def add(self, name: str, entry: Entry) -> None:
        """Make an entry known under a name."""
        words = split(name)
        if not words:
            return
        key = tuple(fold(word) for word in words)
        known = self.names.setdefault(key, [])
        if all(one.id != entry.id or one.kind != entry.kind for one in known):
            known.append(entry)
        if name.isupper() and len(words) == 1 and len(name) <= 6:
            self.capitals.add(key)
        self.longest[key[0]] = max(self.longest.get(key[0], 0), len(key))

    def near(self, word: str) -> str | None:
        """The state or adjective that a folded word misspells by one letter too few, too many or two exchanged: "Ethopia"."""
        if len(word) < LONG - 1 or not word.isalpha():
            return None
        less = shortened(word)
        found = self.misspelt.get(word, set()) | {one for one in less if one in self.misspelt and (one,) in self.names}
        swapped = {name for one in less for name in self.misspelt.get(one, ()) if sorted(name) == sorted(word)}
        fit = {one for one in found | swapped if one[0] == word[0] and one[-1] == word[-1]}
        return fit.pop() if len(fit) == 1 else None


LONG = 7  # letters in a word that may be misspelt: shorter ones are too near to others


def shortened(word: str) -> set[str]:
    """A word less each of its inner letters."""
    return {word[:at] + word[at + 1 :] for at in range(1, len(word) - 1)}


def split(name: str) -> list[str]:
    """A name's words; hyphens only part them, a leading "the" is no word of it."""
    words = [piece for piece in WORD.findall(name.translate(APOSTROPHES)) if piece != "-"]
    return (
        words[1:]
        if len(words) > 1 and words[0].lower() == "the" and words[1].islower() is False and len(words) > 2
        else words
    )


@functools.lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """A word without case, accents, apostrophes and the dots of "U.N."."""
    if word.isascii() and word.isalpha():
        return word.lower()
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", word.translate(APOSTROPHES)) if not unicodedata.combining(c)
    )
    return plain.lower().replace("'", "").replace(".", "") or word


def load_registry() -> Registry:
    """The registry that strife ships, with the actors that the user has added."""
    from strife.registry.own import own_file, stamp

    path = own_file()
    known = stamp(path)
    return shipped_registry() if known is None else _with_own(path, known)


@functools.lru_cache(maxsize=2)
def _with_own(path: Path, _known: tuple[int, int]) -> Registry:
    """The whole registry; read anew when the user's file has changed (`_known`)."""
    from strife.registry.own import own_actors

    registry = _shipped()
    for actor in own_actors(path):
        entry = actor.entry()
        registry.entries[entry.id] = entry
        for name in actor.names:
            registry.add(name, entry)
    return registry


@functools.cache
def shipped_registry() -> Registry:
    """The registry that strife ships."""
    return _shipped()


def _shipped() -> Registry:
    registry = Registry()
    for row in _rows("states.tsv"):
        _add_state(registry, row)
    for row in _rows("organisations.tsv"):
        _add_organisation(registry, row)
    for row in _rows("people.tsv"):
        _add_person(registry, row)
    _add_agents(registry)
    _add_misspelt(registry)
    return registry


def _add_misspelt(registry: Registry) -> None:
    for key, entries in registry.names.items():
        if len(key) == 1 and len(key[0]) >= LONG and entries[0].kind in ("state", "adjective", "people"):
            registry.misspelt.setdefault(key[0], set())
            for less in shortened(key[0]):
                registry.misspelt.setdefault(less, set()).add(key[0])


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("strife.registry") / "data" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 2):
        if None in row or not row.get("id"):
            raise BadData(f"{name}: row {number} has the wrong number of columns or no id")
        yield {key: value or "" for key, value in row.items()}


def listed(cell: str) -> list[str]:
    """The values of a cell, which "|" joins."""
    return [value.strip() for value in cell.split("|") if value.strip()]


def _years(row: dict[str, str]) -> tuple[int, int]:
    start, end = row.get("start", ""), row.get("end", "")
    return int(start[:4]) if start else 0, int(end[:4]) if end else 9999


def _add_state(registry: Registry, row: dict[str, str]) -> None:
    start, end = _years(row)
    country = row["country"] or None
    if country:
        registry.countries.setdefault(country, country)
        registry.countries.setdefault(row["iso2"] or country, country)

    def entry(kind: str, sectors: tuple[str, ...]) -> Entry:
        return Entry(row["id"], row["name"], kind, country, sectors, (), start, end)

    state = entry("state" if not row["id"].startswith("group:") else "people", ())
    registry.entries.setdefault(row["id"], state)
    for name in [row["name"], *listed(row["aliases"])]:
        registry.add(name, state)
    for name in listed(row["adjectives"]):
        registry.add(name, entry("adjective", ()))
    for name in listed(row["people"]):
        registry.add(name, entry("people", ()))
    for name in [row["capital"], *listed(row["metonyms"])]:
        word, _, sector = name.partition(":")
        kind = "metonym" if sector and sector != "GOV" or word != row["capital"] and sector else "capital"
        if word:
            registry.add(word, entry(kind, (sector or "GOV",)))


def _add_organisation(registry: Registry, row: dict[str, str]) -> None:
    start, end = _years(row)
    entry = Entry(
        row["id"], row["name"], "organisation", row["country"] or None, tuple(listed(row["sectors"])), (), start, end
    )
    registry.entries[row["id"]] = entry
    for name in [row["name"], *listed(row["aliases"])]:
        registry.add(name, entry)


def _add_person(registry: Registry, row: dict[str, str]) -> None:
    terms = []
    for term in listed(row["terms"]):
        sector, title, years = [*term.split(":"), "", ""][:3]
        start, _, end = years.partition("-")
        terms.append((sector, title, int(start[:4] or 0), int(end[:4]) if end[:4].isdigit() else 9999))
    sectors = tuple(dict.fromkeys(term[0] for term in terms))
    first, last = min((t[2] for t in terms), default=0), max((t[3] for t in terms), default=9999)
    entry = Entry(row["id"], row["name"], "person", row["country"] or None, sectors, tuple(terms), first, last)
    registry.entries[row["id"]] = entry
    for sector, title, start_year, end_year in terms:
        office = title.lower().partition(" of ")[0]
        if sector == "GOV" and entry.country and " of " in title and office in _sole_offices():
            registry.offices.setdefault((office, entry.country), []).append((start_year, end_year, entry))
    for name in [row["name"], *listed(row["aliases"])]:
        registry.add(name, entry)


@functools.cache
def _agents() -> dict[str, Any]:
    return tomllib.loads((files("strife.registry") / "data" / "agents.toml").read_text(encoding="utf-8"))


def _sole_offices() -> set[str]:
    """Offices of which a state has one."""
    return set(_agents()["offices"]["sole"])


def _add_agents(registry: Registry) -> None:
    table = _agents()
    for sector, row in table["sector"].items():
        for noun in row["nouns"]:
            registry.agents.setdefault(noun, sector)
    registry.modifiers.update(table["modifiers"])
    registry.general.update(table["general"]["nouns"])
    registry.titles.update(table["titles"]["words"])
    registry.collective.update(table["collective"]["nouns"])
    registry.not_names.update((first, second) for first, second in map(str.split, table["not_names"]["phrases"]))
