"""Who is named or described in a text: names from the registry, described parties by their grammar, and what the
parser's entity recogniser adds (people and organisations that no list knows)."""

from __future__ import annotations

from strife.language.analysis import Analysis, Token
from strife.mentions.capitals import stands_for_government
from strife.mentions.described import agent_words, described, recognised
from strife.mentions.grounds import grounded
from strife.mentions.localnames import with_local_names
from strife.mentions.mention import PartyKind, PartyMention, PlaceMention
from strife.mentions.names import Name, find_names, year_of
from strife.mentions.owners import WITHIN
from strife.registry.registry import Entry, Registry


def find_parties(analysis: Analysis, registry: Registry) -> list[PartyMention]:
    """Every party named or described in the text, in text order, at most one for each head token."""
    names = grounded(analysis, registry, list(find_names(analysis, registry)))
    names = with_local_names(analysis, registry, names)
    at = {index: name for name in names for index in range(name.first, name.last + 1)}
    found: dict[int, PartyMention] = {}
    for token in analysis.tokens:
        mention = _mention(analysis, token, at, registry)
        if mention is not None:
            found[mention.head.i] = mention
    return [found[index] for index in sorted(found)]


def without_places(parties: list[PartyMention], places: list[PlaceMention]) -> list[PartyMention]:
    """The parties less those that only the entity recogniser took for one and the gazetteer knows as a place."""
    located = {place.head.i for place in places} | {place.last.i for place in places}
    inside = {
        index for place in places for index in range(place.first.i, place.last.i + 1) if place.first is not place.last
    }
    return [
        one
        for one in parties
        if (one.id or one.kind not in ("name", "person") or one.head.i not in located)
        and not (one.kind == "demonym" and one.head.i in inside)  # "Tal Afar" is no word of the Afars
    ]


def _mention(analysis: Analysis, token: Token, at: dict[int, Name], registry: Registry) -> PartyMention | None:
    name = at.get(token.i)
    if name is not None and name.last == token.i:
        return _named(analysis, token, name, at, registry)
    if name is not None or token.pos not in ("NOUN", "PROPN", "ADJ", "VERB"):
        return None
    size, sector = agent_words(analysis, token, registry)
    if size and token.dep not in ("compound", "amod") and token.pos in ("NOUN", "PROPN"):
        return described(analysis, token, sector, at, registry, size=size)
    if token.pos == "PROPN" and token.dep != "compound":
        return recognised(analysis, token, at, registry)
    return None


def _named(
    analysis: Analysis, token: Token, name: Name, at: dict[int, Name], registry: Registry
) -> PartyMention | None:
    entry, first, country = name.entry, analysis.tokens[name.first], name.entry.country
    kind: PartyKind = "name"
    if entry.kind == "capital":
        if not stands_for_government(token):
            return None
        kind = "metonym"
    elif entry.kind == "metonym":
        kind = "metonym"
    elif entry.kind in ("adjective", "people"):
        kind = "demonym"
    elif entry.kind == "person":
        first = _with_titles(analysis, first, registry)
        kind = "person"
    sectors = entry.sectors if entry.kind != "people" else ("CVL",)
    year = year_of(analysis.document.published)
    if entry.kind == "person" and year is not None:
        sectors = _in_office(entry, year) or sectors
    if entry.kind == "adjective" and token.tag in ("NNS", "NNPS"):
        sectors = ("CVL",)
    if kind == "demonym" and token.tag in ("NNS", "NNPS"):
        country = _home(token, at) or country
    head = _head(analysis, name) if entry.kind == "organisation" else token
    plural = token.tag in ("NNS", "NNPS")
    if not entry.id and entry.kind == "organisation":
        sectors = _said_before(analysis, first, registry) or sectors
    return PartyMention(head, first, token, kind, entry.name, entry.id or None, country, sectors, plural)


def _said_before(analysis: Analysis, first: Token, registry: Registry) -> tuple[str, ...]:
    """What the words before a name say of its bearer: "the rebel group Southern Storm"."""
    for size in (3, 2, 1):
        before = analysis.tokens[max(0, first.i - size) : first.i]
        sector = registry.agents.get(" ".join(one.lower for one in before)) if len(before) == size else None
        if sector and sector != "UNK" and before[0].sentence == first.sentence:
            return (sector,)
    return ()


def _head(analysis: Analysis, name: Name) -> Token:
    """The head of a name of several words: "Army" in "Army of National Liberation"."""
    words = analysis.tokens[name.first : name.last + 1]
    tops = [word for word in words if not name.first <= word.head.i <= name.last or word.head is word]
    return tops[0] if len(tops) == 1 and tops[0].pos in ("NOUN", "PROPN") else words[-1]


def _home(token: Token, at: dict[int, Name]) -> str | None:
    """The state in which a people lives that is named with it: "the Kurds of Turkey", "ethnic Serbs in Croatia"."""
    for prep in token.children:
        if prep.dep == "prep" and prep.lower in WITHIN and prep.i == token.i + 1:
            place = next((one for one in prep.children if one.dep == "pobj"), None)
            name = at.get(place.i) if place is not None else None
            return name.entry.country if name is not None and name.entry.kind == "state" else None
    return None


def _in_office(entry: Entry, year: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sector for sector, _, start, end in entry.terms if start <= year <= end))


def _with_titles(analysis: Analysis, first: Token, registry: Registry) -> Token:
    """The first word of the titles that stand before a name."""
    index = first.i
    while (
        index
        and analysis.tokens[index - 1].lower.rstrip(".") in registry.titles
        and analysis.tokens[index - 1].text[0].isupper()
    ):
        index -= 1
    return analysis.tokens[index]
