"""When a bare surname is the public figure's: never by itself, but by the full name, the office, or the country told with it."""

from __future__ import annotations

from dataclasses import replace

from strife.language.analysis import Analysis
from strife.mentions.mention import PartyMention
from strife.mentions.names import Name, year_of
from strife.registry.registry import Entry, Registry, fold

PLAIN = frozenset(
    "mr mrs ms miss dr prof professor sir lady lord madam mme monsieur herr frau senor señor don sr sra".split()
)
STATES = {"state", "adjective", "people", "capital", "metonym", "organisation"}


def grounded(analysis: Analysis, registry: Registry, names: list[Name]) -> list[Name]:
    """The names, bare surnames without an id where nothing else in the text speaks for the figure; of two bearers who has ground."""
    said = _Said(names)
    kept: list[Name] = []
    for name in names:
        if name.entry.kind != "person" or name.first != name.last:
            kept.append(name)
            continue
        word = analysis.tokens[name.first].text
        others = [
            one for one in registry.names.get((fold(word),), []) if one.kind == "person" and one is not name.entry
        ]
        bearers = [entry for entry in (name.entry, *others) if said.speaks_for(analysis, name, entry)]
        somebody = Entry("", analysis.tokens[name.last].text, "person")  # a person still, but who?
        kept.append(Name(name.first, name.last, bearers[0] if bearers else somebody))
    return kept


def surnames(parties: list[PartyMention], registry: Registry) -> list[PartyMention]:
    """The parties, a bare surname of the registry that acts or is acted on marked as no village."""
    return [replace(party, id="org:") if _is_surname(party, registry) else party for party in parties]


def _is_surname(party: PartyMention, registry: Registry) -> bool:
    if party.id or party.kind != "person" or party.head.dep not in ("nsubj", "nsubjpass", "dobj", "poss"):
        return False
    return any(entry.kind == "person" for entry in registry.names.get((fold(party.name or ""),), []))


class _Said:
    """What a text names besides bare surnames."""

    def __init__(self, names: list[Name]) -> None:
        self.people = {name.entry.id for name in names if name.entry.kind == "person" and name.last > name.first}
        firm = [name.entry for name in names if name.entry.kind in STATES or name.entry.id in self.people]
        self.countries = {entry.country for entry in firm if entry.country}
        self.bodies = {entry.name.lower() for entry in firm if entry.kind == "organisation"}
        self.world = any(entry.kind == "organisation" and "IGO" in entry.sectors for entry in firm)

    def speaks_for(self, analysis: Analysis, name: Name, entry: Entry) -> bool:
        """Whether the text gives ground to take a surname for this public figure."""
        if entry.id in self.people or _titled(analysis, name, entry):
            return True
        year = year_of(analysis.document.published)
        if year is not None and not entry.start - 1 <= year <= entry.end + 20:  # spoken of long after, never before
            return False
        if entry.country is None:
            return self.world
        titles = " ".join(title for _, title, _, _ in entry.terms).lower()
        return entry.country in self.countries or any(body in titles for body in self.bodies)


def _titled(analysis: Analysis, name: Name, entry: Entry) -> bool:
    """Whether the word before the surname is of an office that the figure held: "President Sadat", not "Mr Sadat"."""
    before = analysis.tokens[name.first - 1] if name.first else None
    if before is None or not before.text[:1].isupper() or before.lower.rstrip(".") in PLAIN:
        return False
    return any(before.lower in title.lower().split() for _, title, _, _ in entry.terms)
