"""The parties that a word before an event noun names: "Israeli strikes", "a US-led coalition raid", "regime shelling"."""

from __future__ import annotations

import msgspec

from strife.claims.cast import OWNING, Cast, opening_word
from strife.language.analysis import Token, conjuncts
from strife.mentions.mention import PartyMention
from strife.records import Party

FIGHTING = {"GOV", "MIL", "REB", "PRM", "COP", "UAF", "OPP"}
DOUBTED = frozenset(
    """
    suspected alleged apparent heavy fresh new recent deadly presumed several many further
    """.split()
)
NOT_WHOSE = frozenset(
    """
    terrorist sniper bomber leader chief president minister official aircraft jet warplane plane tank helicopter
    drone gunship leadership presidential artillery missile commander candidate hostage
    """.split()
)


def modifying(cast: Cast, token: Token) -> list[Party]:
    """The parties that a word before an event noun names: "Israeli strikes", "a US-led coalition raid", "regime shelling"."""
    mention = cast.coreference.by_head.get(token.i)
    following = cast.analysis.tokens[min(token.i + 1, len(cast.analysis.tokens) - 1)]
    if mention is not None and mention.kind == "demonym" and _fighter(cast, following):
        return []  # "Syrian government strikes" are the government's
    if mention is None and (led := leading(cast, token)) is not None:
        return [led]
    if not _fighter(cast, token):
        if mention is not None and _scene(mention):
            return []
        tokens = cast.analysis.tokens
        owned = {one.start for one in conjuncts(token) if one is not token and _fighter(cast, tokens[one.i + 1])}
        return [party for party in cast.parties(token) if party.start not in owned]  # "Russian and Syrian army raids"
    first = token
    for one in (*token.children, *token.head.children):
        near = one.i < token.i and all(
            between.head in (token, token.head, one, first) for between in cast.analysis.tokens[one.i : token.i]
        )
        joined = any(below.dep == "conj" for below in one.children)  # "Russian and Syrian regime": Russia is by itself
        if (
            near
            and not joined
            and one.lower not in DOUBTED
            and (one.dep in OWNING and one.dep != "poss" or one.lower == "led")
        ):
            first = min(first, opening_word(cast.analysis, one), key=lambda below: below.i)
    before = cast.coreference.by_head.get(first.i - 1)
    if before is not None and before.kind == "demonym" and before.head.tag == "JJ":
        first = before.first
    owner = cast.coreference.by_head.get(first.i)
    party = cast.told(
        first,
        token,
        country=owner.country if owner else None,
        sectors=(cast.coreference.registry.agents[token.lemma],),
    )
    return [party if owner is None else msgspec.structs.replace(party, name=party.quote)]


def leading(cast: Cast, token: Token) -> Party | None:
    """Whoever leads in "US-led air strikes", where no coalition is named."""
    if token.lower != "led" or token.i < 2 or cast.analysis.tokens[token.i - 1].text != "-":
        return None
    leader = cast.analysis.tokens[token.i - 2]
    mention = cast.coreference.by_head.get(leader.i)
    return cast.told(leader, token, country=mention.country) if mention is not None and mention.country else None


def _scene(mention: PartyMention) -> bool:
    """Whether a country's name before a noun tells where it was: "the Syria air strike", not "the US strike"."""
    state = mention.kind == "name" and bool(mention.country) and not mention.sectors
    return (
        state
        and mention.head.tag == "NNP"
        and mention.head.dep in ("compound", "nmod")
        and not mention.head.text.isupper()
    )


def _fighter(cast: Cast, token: Token) -> bool:
    """Whether a word before an event noun is one for armed people or those in power, no mention by itself."""
    plain = (
        token.pos in ("NOUN", "ADJ", "PROPN")
        and token.i not in cast.coreference.by_head
        and token.dep in OWNING
        and token.dep != "poss"
    )
    sector = cast.coreference.registry.agents.get(token.lemma)
    return (
        plain
        and token.head.i > token.i
        and (sector in FIGHTING or token.lemma in ("coalition", "alliance"))
        and token.lemma not in NOT_WHOSE
    )
