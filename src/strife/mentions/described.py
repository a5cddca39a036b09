"""Parties told by what they are: "Syrian rebels", "the group called", people with a rank, and what the recogniser finds."""

from __future__ import annotations

from strife.language.analysis import Analysis, Token, child
from strife.language.mending import DEEDS
from strife.mentions.mention import PartyKind, PartyMention
from strife.mentions.names import Name
from strife.mentions.owners import LOYAL, first_word, owner_of
from strife.registry.registry import Entry, Registry

MEMBERS = frozenset(
    """
    member fighter militant rebel guerrilla insurgent troop soldier force combatant gunman militia militiaman
    jihadist extremist terrorist warplane jet aircraft plane artillery unit commando column group movement
    organization organisation faction activist supporter army element squad cell wing branch personnel front
    bloc command detachment patrol spokesman spokeswoman spokesperson
    """.split()
)
CALLED_GROUPS = frozenset(
    """
    group organization organisation movement gang band cell faction militia commando squad party
    """.split()
)
LEADING = frozenset(
    """
    leader chief head commander chairman chairwoman spokesman spokeswoman spokesperson representative negotiator delegate
    aide adviser advisor
    """.split()
)
CALLED = {"called", "named", "dubbed", "calling", "known"}
QUOTES = {'"', "\u201c", "\u201d", "``", "''"}
CIVIL = frozenset(
    """
    secretary attorney director consul governor inspector solicitor counsel manager assembly council
    """.split()
)


def agent_words(analysis: Analysis, token: Token, registry: Registry) -> tuple[int, str]:
    """How many words ending here describe a party, and its sector; general nouns need a modifier and come later."""
    tokens = analysis.tokens
    for size in (3, 2, 1):
        if token.i - size + 1 < 0:
            continue
        words = [one.lower for one in tokens[token.i - size + 1 : token.i]]
        for last in (token.lemma, token.lower):
            sector = registry.agents.get(" ".join([*words, last]))
            if sector is not None:
                return size, sector
    return (1, "") if token.lemma in registry.general else (0, "")


def described(
    analysis: Analysis, token: Token, sector: str, at: dict[int, Name], registry: Registry, *, size: int = 1
) -> PartyMention | None:
    """A described party: its head noun (`size` words), the modifiers that give country, organisation and sector."""
    first, last = first_word(analysis, token), token
    owner = owner_of(token, at, analysis)
    told = [
        registry.modifiers[one.lower]
        for one in analysis.tokens[first.i : token.i - size + 1]
        if one.lower in registry.modifiers and one.i not in at
    ]
    general = token.lemma in registry.general and size == 1
    loyal = any(one.lemma in LOYAL and one.i > token.i for one in token.children)
    if general and not told and owner is None and not sector and not loyal:
        return None
    if owner is not None and owner.last > token.i and owner.last - token.i < 8:
        last = analysis.tokens[owner.last]
    entry = owner.entry if owner else None
    if sector == "UNK" and not (told or entry and entry.sectors):
        sector = _spoken_for(token, registry) or sector
    sectors = _sectors(token, sector, told, entry, general=general)
    name = _description(analysis, first, token, entry)
    if entry is None and token.lemma in CALLED_GROUPS:
        name = _called(analysis, token)
    member = entry is not None and entry.kind == "organisation" and token.lemma in MEMBERS
    return PartyMention(
        token,
        first,
        last,
        "described",
        entry.name if member and entry else name,
        entry.id or None if member and entry else None,
        entry.country if entry else None,
        sectors,
        token.tag in ("NNS", "NNPS"),
    )


def _spoken_for(token: Token, registry: Registry) -> str | None:
    """The sector of those whom somebody leads or speaks for: "a leader of the opposition", "a spokesman for the police"."""
    for prep in token.children if token.lemma in LEADING else ():
        if prep.dep == "prep" and prep.lower in ("of", "for"):
            given = child(prep, "pobj")
            found = registry.agents.get(given.lemma) if given is not None else None
            return found if found != "UNK" else None
    return None


def _sectors(token: Token, sector: str, told: list[str], entry: Entry | None, *, general: bool) -> tuple[str, ...]:
    """The sectors that the noun, its modifiers (`told`) and the organisation it belongs to give."""
    sectors = told if general and told else [sector, *told] if sector else told
    if entry is not None and entry.sectors and entry.kind == "organisation":
        sectors = [*([] if token.lemma in MEMBERS else sectors), *entry.sectors, *sectors]
    if general and not sectors:
        sectors = ["MIL"] if token.lemma in ("force", "unit", "troop", "position") else []
    return tuple(dict.fromkeys(one for one in sectors if one))


def _called(analysis: Analysis, head: Token) -> str | None:
    """The name that a group is given beside the word for it: 'the group "Red Dawn"', "a gang called the Owls"."""
    tokens = analysis.tokens
    if head.i + 2 < len(tokens) and tokens[head.i + 1].text in QUOTES:
        inside: list[str] = []
        for word in tokens[head.i + 2 : head.i + 9]:
            if word.text in QUOTES:
                return " ".join(inside) or None
            inside.append(word.text)
        return None
    for one in {*head.children, *tokens[head.i + 1 : head.i + 2]}:
        if one.lower in CALLED and (one.dep == "acl" or one.i == head.i + 1):
            words: list[str] = []
            for word in tokens[one.i + 1 : one.i + 9]:
                if word.text[:1].isupper() or words and word.lower in ("of", "the", "for"):
                    words.append(word.text)
                elif words:
                    break
            while words and not words[-1][:1].isupper():
                words.pop()
            return " ".join(words) or None
    return None


def _description(analysis: Analysis, first: Token, head: Token, entry: Entry | None) -> str | None:
    """The description as a name, where it says whose it is: "Syrian rebels", not "the rebels"."""
    if entry is None:
        return None
    words = [word.text for word in analysis.tokens[first.i : head.i + 1]]
    return " ".join(words).replace(" 's", "'s").replace(" - ", "-")


def _civil_general(analysis: Analysis, word: Token) -> bool:
    """Whether "general" is no rank: "Secretary-General", "Attorney General", "General Counsel"."""
    if word.lower != "general" or not word.i or word.i + 1 >= len(analysis.tokens):
        return False
    before = analysis.tokens[word.i - 1]
    return before.text == "-" or before.lower in CIVIL or analysis.tokens[word.i + 1].lower in CIVIL


def recognised(analysis: Analysis, token: Token, at: dict[int, Name], registry: Registry) -> PartyMention | None:
    """A person or an organisation that no list knows: by title, or by the entity recogniser."""
    first = first_word(analysis, token)
    while first is not token and first.tag in ("VBN", "VBD", "JJ") and analysis.tokens[first.i - 1].text == "-":
        first = analysis.tokens[first.i + 1]  # "rebel-held Kufra" is Kufra
    words = analysis.tokens[first.i : token.i + 1]
    titled = [word for word in words[:-1] if word.lower.rstrip(".") in registry.titles]
    agents = [
        registry.agents[word.lemma]
        for word in words[:-1]
        if word.lemma in registry.agents and not _civil_general(analysis, word)
    ]
    if token.ent not in ("PERSON", "ORG", "NORP") and not titled and not agents or token.lemma in DEEDS:
        return None
    owner = owner_of(token, at, analysis) or next((at[w.i] for w in words[:-1] if w.i in at), None)
    entry = owner.entry if owner else None
    kind: PartyKind = "person" if titled or agents or token.ent == "PERSON" else "name"
    after = words[words.index(titled[-1]) + 1 :] if titled else words
    bare = [w.text for w in after if w.i not in at] or [token.text]
    name = " ".join(bare).replace(" - ", "-") if kind == "name" or titled or token.ent == "PERSON" else None
    body = entry.sectors if entry is not None and entry.kind == "organisation" and not agents else ()
    sectors = tuple(dict.fromkeys((*agents, *body)))
    return PartyMention(token, first, token, kind, name, None, entry.country if entry else None, sectors)
