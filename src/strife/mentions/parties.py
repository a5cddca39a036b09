"""Who is named or described in a text: names from the registry, described parties by their grammar, and what the
parser's entity recogniser adds (people and organisations that no list knows)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from strife.language.analysis import Analysis, Token
from strife.mentions.mention import PartyKind, PartyMention, PlaceMention
from strife.registry.registry import Entry, Registry, fold

LEFT = {"amod", "compound", "nmod", "poss", "det", "nummod", "quantmod", "advmod", "case", "punct", "nounmod"}
MODIFIER = {"amod", "compound", "nmod", "poss", "nounmod"}
ORDER = {"state": 0, "organisation": 1, "person": 2, "adjective": 3, "people": 4, "metonym": 5, "capital": 6}
MEMBERS = {
    "member",
    "fighter",
    "militant",
    "rebel",
    "guerrilla",
    "insurgent",
    "troop",
    "soldier",
    "force",
    "combatant",
    "gunman",
    "militia",
    "militiaman",
    "jihadist",
    "extremist",
    "terrorist",
    "warplane",
    "jet",
    "aircraft",
    "plane",
    "artillery",
    "unit",
    "commando",
    "column",
    "group",
    "movement",
    "organization",
    "organisation",
    "faction",
    "activist",
    "supporter",
    "army",
    "air force",
    "element",
    "squad",
    "cell",
    "wing",
    "branch",
    "personnel",
    "front",
    "bloc",
}
CALLED_GROUPS = frozenset(
    """
    group organization organisation movement gang band cell faction militia commando squad party
    """.split()
)
QUOTES = {'"', "\u201c", "\u201d", "``", "''"}
QUIET = {"be", "have", "fall", "lie", "see", "witness", "become", "remain", "suffer", "host", "experience"}
DEALING = frozenset(
    """
    tell urge warn accuse press ask blame condemn assure inform threaten criticise criticize help support back
    pressure persuade convince invite thank denounce sanction isolate deter provoke anger
    """.split()
)
TOWARDS = {  # a capital stands for its government behind these words
    "on": {
        "call",
        "pressure",
        "sanction",
        "demand",
        "embargo",
        "impose",
        "press",
        "urge",
        "prevail",
        "tariff",
        "focus",
    },
    "to": {
        "appeal",
        "say",
        "offer",
        "promise",
        "sell",
        "grant",
        "supply",
        "aid",
        "loan",
        "message",
        "letter",
        "warning",
        "threat",
        "help",
        "ultimatum",
        "assistance",
        "concession",
        "deliver",
        "hand",
        "reply",
        "close",
        "loyal",
        "commitment",
    },
    "from": {"demand", "request", "seek", "independence", "receive", "support", "aid", "call", "appeal", "order"},
    "against": {"sanction", "threat", "accusation", "allegation", "charge", "warn", "protest", "embargo", "accuse"},
    "by": {"accuse", "reject", "support", "back", "announce", "condemn", "decision", "statement", "move"},
}
LOYAL = frozenset(
    """
    loyal allied align ally aligned faithful affiliated affiliate link back commanded led lead command
    """.split()
)
WITHIN = ("of", "from", "in", "throughout", "across", "within", "inside", "based")
MINDED = frozenset(
    """
    ready willing prepared determined keen reluctant opposed responsible furious angry concerned unwilling
    """.split()
)
CIVIL = frozenset(
    """
    secretary attorney director consul governor inspector solicitor counsel manager assembly council
    """.split()
)
NOT_LEADING = {"the", "a", "an", "this", "that", "these", "those"}
DATELINE_WORDS = {"reuters", "afp", "ap"}


@dataclass(frozen=True, slots=True)
class _Name:
    """A registry name in the text, from token `first` to `last`."""

    first: int
    last: int
    entry: Entry


def find_parties(analysis: Analysis, registry: Registry) -> list[PartyMention]:
    """Every party named or described in the text, in text order, at most one for each head token."""
    names = list(_names(analysis, registry))
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
    return [one for one in parties if one.id or one.kind not in ("name", "person") or one.head.i not in located]


# --- names ------------------------------------------------------------------------------------------------------
def _names(analysis: Analysis, registry: Registry) -> Iterator[_Name]:
    """The registry's names in the text: the longest at each place, left to right."""
    words = [token for token in analysis.tokens if token.text != "-"]
    folded = [fold(token.text) for token in words]
    index = 0
    while index < len(words):
        size = registry.longest.get(folded[index], 0)
        name = None
        for length in range(min(size, len(words) - index), 0, -1):
            entries = registry.names.get(tuple(folded[index : index + length]))
            entries = entries or _without_s(registry, words[index : index + length], folded[index : index + length])
            if entries and (name := _name_at(analysis, registry, words[index : index + length], entries)) is not None:
                yield name
                break
        index += length if name else 1


def _without_s(registry: Registry, words: list[Token], folded: list[str]) -> list[Entry] | None:
    """The name behind "Assads" and "Syrias": texts that have lost their apostrophes."""
    if len(folded[-1]) < 5 or not folded[-1].endswith("s") or words[-1].text.isupper() or words[-1].pos != "PROPN":
        return None
    entries = registry.names.get((*folded[:-1], folded[-1][:-1]))
    return entries if entries and entries[0].kind in ("person", "state") else None


def _name_at(analysis: Analysis, registry: Registry, words: list[Token], entries: list[Entry]) -> _Name | None:
    """The name that these words are, unless case or surroundings tell against it."""
    size = len(words)
    if words[0].sentence != words[-1].sentence or not any(word.text[0].isupper() for word in words):
        return None
    if size > 1 and not words[-1].text[0].isupper() and words[-1].pos not in ("NOUN", "PROPN", "NUM", "ADJ"):
        return None
    if (
        size == 1
        and (fold(words[0].text),) in registry.capitals
        and not analysis.capitals
        and not words[0].text.isupper()
    ):
        return None
    if size == 1 and not _stands_alone(analysis, words[0], entries):
        return None
    return _Name(words[0].i, words[-1].i, _best(entries, analysis.document.published))


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


# --- mentions ---------------------------------------------------------------------------------------------------
def _mention(analysis: Analysis, token: Token, at: dict[int, _Name], registry: Registry) -> PartyMention | None:
    name = at.get(token.i)
    if name is not None and name.last == token.i:
        return _named(analysis, token, name, at, registry)
    if name is not None or token.pos not in ("NOUN", "PROPN", "ADJ", "VERB"):
        return None
    size, sector = _agent(analysis, token, registry)
    if size and token.dep not in ("compound", "amod") and token.pos in ("NOUN", "PROPN"):
        return _described(analysis, token, sector, at, registry)
    if token.pos == "PROPN" and token.dep != "compound":
        return _recognised(analysis, token, at, registry)
    return None


def _named(
    analysis: Analysis, token: Token, name: _Name, at: dict[int, _Name], registry: Registry
) -> PartyMention | None:
    entry, first, country = name.entry, analysis.tokens[name.first], name.entry.country
    kind: PartyKind = "name"
    if entry.kind == "capital":
        if not _speaks(token):
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
    return PartyMention(head, first, token, kind, entry.name, entry.id, country, sectors, token.tag in ("NNS", "NNPS"))


def _head(analysis: Analysis, name: _Name) -> Token:
    """The head of a name of several words: "Army" in "Army of National Liberation"."""
    words = analysis.tokens[name.first : name.last + 1]
    tops = [word for word in words if not name.first <= word.head.i <= name.last or word.head is word]
    return tops[0] if len(tops) == 1 and tops[0].pos in ("NOUN", "PROPN") else words[-1]


def _home(token: Token, at: dict[int, _Name]) -> str | None:
    """The state in which a people lives that is named with it: "the Kurds of Turkey", "ethnic Serbs in Croatia"."""
    for prep in token.children:
        if prep.dep == "prep" and prep.lower in WITHIN and prep.i == token.i + 1:
            place = next((one for one in prep.children if one.dep == "pobj"), None)
            name = at.get(place.i) if place is not None else None
            return name.entry.country if name is not None and name.entry.kind == "state" else None
    return None


def _in_office(entry: Entry, year: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sector for sector, _, start, end in entry.terms if start <= year <= end))


def _speaks(token: Token) -> bool:
    """Whether a capital's name stands for its government: it acts or is dealt with, and nothing makes it a location."""
    if token.dep == "nsubj":
        minded = any(one.dep == "acomp" and one.lower in MINDED for one in token.head.children)
        return minded or token.head.pos == "VERB" and token.head.lemma not in QUIET
    if token.dep == "conj":
        return _speaks(token.head)
    if token.dep == "dobj":
        return token.head.lemma in DEALING
    if token.dep != "pobj":
        return token.dep == "agent"
    prep = token.head
    return (
        prep.dep == "agent"
        or prep.lower in ("with", "between", "upon")
        or prep.head.lemma in TOWARDS.get(prep.lower, ())
    )


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


def _agent(analysis: Analysis, token: Token, registry: Registry) -> tuple[int, str]:
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


def _described(
    analysis: Analysis, token: Token, sector: str, at: dict[int, _Name], registry: Registry
) -> PartyMention | None:
    """A described party: its head noun, the modifiers that give country, organisation and sector."""
    first, last = _left(analysis, token), token
    owner = _owner(token, at, analysis)
    sectors = [
        registry.modifiers[one.lower]
        for one in analysis.tokens[first.i : token.i]
        if one.lower in registry.modifiers and one.i not in at
    ]
    general = token.lemma in registry.general
    loyal = any(one.lemma in LOYAL and one.i > token.i for one in token.children)
    if general and not sectors and owner is None and not sector and not loyal:
        return None
    if owner is not None and owner.last > token.i and owner.last - token.i < 8:
        last = analysis.tokens[owner.last]
    sectors = sectors if general and sectors else [sector, *sectors] if sector else sectors
    entry = owner.entry if owner else None
    if entry is not None and entry.sectors and entry.kind == "organisation":
        sectors = [*([] if token.lemma in MEMBERS else sectors), *entry.sectors, *sectors]
    if general and not sectors:
        sectors = ["MIL"] if token.lemma in ("force", "unit", "troop", "position") else []
    name = _description(analysis, first, token, entry)
    if entry is None and token.lemma in CALLED_GROUPS:
        name = _called(analysis, token)
    member = entry is not None and entry.kind in ("organisation",) and token.lemma in MEMBERS
    return PartyMention(
        token,
        first,
        last,
        "described",
        entry.name if member and entry else name,
        entry.id if member and entry else None,
        entry.country if entry else None,
        tuple(dict.fromkeys(s for s in sectors if s)),
        token.tag in ("NNS", "NNPS"),
    )


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
    for one in head.children:
        if one.dep == "acl" and one.lower in ("called", "named", "dubbed", "calling", "known"):
            words: list[str] = []
            for word in tokens[one.i + 1 : one.i + 9]:
                if word.text[:1].isupper():
                    words.append(word.text)
                elif words:
                    break
            return " ".join(words) or None
    return None


def _description(analysis: Analysis, first: Token, head: Token, entry: Entry | None) -> str | None:
    """The description as a name, where it says whose it is: "Syrian rebels", not "the rebels"."""
    if entry is None:
        return None
    words = [word.text for word in analysis.tokens[first.i : head.i + 1]]
    return " ".join(words).replace(" 's", "'s").replace(" - ", "-")


def _left(analysis: Analysis, token: Token) -> Token:
    """The first word of the noun phrase, articles and numbers left out."""
    low = token.i
    for one in token.children:
        if one.i < low and one.dep in LEFT and token.i - one.i < 10:
            low = min(low, one.i, *(below.i for below in one.children if below.i < one.i and below.dep in LEFT))
    while low < token.i and (
        analysis.tokens[low].lower in NOT_LEADING
        or analysis.tokens[low].dep in ("nummod", "punct", "quantmod", "case", "predet")
        or analysis.tokens[low].pos in ("DET", "NUM", "PRON", "PUNCT", "ADV", "PART")
    ):
        low += 1
    numbers = [one.i for one in analysis.tokens[low : token.i] if one.pos == "NUM" or one.text in ("'", '"', "“", "‘")]
    return analysis.tokens[min(numbers[-1] + 1, token.i) if numbers else low]


def _owner(token: Token, at: dict[int, _Name], analysis: Analysis) -> _Name | None:
    """The state or organisation that modifies a describing noun: "Syrian", "Israel's", "NATO", "of ETA", "in Mali"."""
    for one in token.children:
        if one.dep in MODIFIER and one.i in at and not _pro(one, analysis):
            return at[one.i]
        if one.dep in MODIFIER and one.pos in ("NOUN", "PROPN", "ADJ"):
            deeper = next(
                (at[c.i] for c in one.children if c.dep in MODIFIER and c.i in at and not _pro(c, analysis)), None
            )
            if deeper is not None and one.pos != "ADJ":
                return deeper
    for one in token.children:
        if one.dep in ("amod", "acomp", "acl", "advmod", "relcl") and one.lemma in LOYAL and one.i > token.i:
            return _loyal(one, at)
        if one.dep == "prep" and one.lower in WITHIN and one.i - token.i <= 2:
            place = next((c for c in one.children if c.dep == "pobj"), None)
            name = at.get(place.i) if place is not None else None
            kinds = ("state", "organisation") if one.lower == "of" else ("state", "organisation", "capital")
            if name is not None and name.entry.kind in kinds:
                return name
            if place is not None and place.pos in ("NOUN", "PROPN") and one.lower in ("of", "from"):
                return next((at[c.i] for c in place.children if c.dep in MODIFIER and c.i in at), None)
    return None


def _civil_general(analysis: Analysis, word: Token) -> bool:
    """Whether "general" is no rank: "Secretary-General", "Attorney General", "General Counsel"."""
    if word.lower != "general" or not word.i or word.i + 1 >= len(analysis.tokens):
        return False
    before = analysis.tokens[word.i - 1]
    return before.text == "-" or before.lower in CIVIL or analysis.tokens[word.i + 1].lower in CIVIL


def _loyal(word: Token, at: dict[int, _Name]) -> _Name | None:
    """Whose the "forces loyal to" somebody are."""
    for prep in word.children:
        for given in prep.children:
            if given.dep == "pobj":
                return next((at[one.i] for one in [given, *given.children] if one.i in at), None)
    return None


def _pro(token: Token, analysis: Analysis) -> bool:
    """Whether the word stands in "pro-Russian", "Iran-backed" and the like, which do not tell whose a party is."""
    tokens = analysis.tokens
    before = token.i > 1 and tokens[token.i - 1].text == "-" and tokens[token.i - 2].lower in ("pro", "anti", "non")
    after = (
        token.i + 2 < len(tokens)
        and tokens[token.i + 1].text == "-"
        and tokens[token.i + 2].tag in ("VBN", "VBD", "JJ")
    )
    return before or after


def _recognised(analysis: Analysis, token: Token, at: dict[int, _Name], registry: Registry) -> PartyMention | None:
    """A person or an organisation that no list knows: by title, or by the entity recogniser."""
    first = _left(analysis, token)
    words = analysis.tokens[first.i : token.i + 1]
    titled = [word for word in words[:-1] if word.lower.rstrip(".") in registry.titles]
    agents = [
        registry.agents[word.lemma]
        for word in words[:-1]
        if word.lemma in registry.agents and not _civil_general(analysis, word)
    ]
    if token.ent not in ("PERSON", "ORG", "NORP") and not titled and not agents:
        return None
    owner = _owner(token, at, analysis) or next((at[w.i] for w in words[:-1] if w.i in at), None)
    entry = owner.entry if owner else None
    kind: PartyKind = "person" if titled or agents or token.ent == "PERSON" else "name"
    bare = [w.text for w in words if w.lower.rstrip(".") not in registry.titles and w.i not in at] or [token.text]
    name = " ".join(bare).replace(" - ", "-") if kind == "name" or titled or token.ent == "PERSON" else None
    return PartyMention(
        token, first, token, kind, name, None, entry.country if entry else None, tuple(dict.fromkeys(agents))
    )
