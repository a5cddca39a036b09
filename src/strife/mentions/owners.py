"""Whose a described party is, and how far its noun phrase reaches: "Syrian rebels", "forces loyal to", "of ETA"."""

from __future__ import annotations

from strife.language.analysis import Analysis, Token, conjuncts
from strife.mentions.names import Name

LEFT = {"amod", "compound", "nmod", "poss", "det", "nummod", "quantmod", "advmod", "case", "punct", "nounmod"}
MODIFIER = {"amod", "compound", "nmod", "poss", "nounmod"}
LOYAL = frozenset(
    """
    loyal allied align ally aligned faithful affiliated affiliate link back commanded led lead command
    """.split()
)
WITHIN = ("of", "from", "in", "throughout", "across", "within", "inside", "based")
SPEAKERS = {"spokesman", "spokeswoman", "spokesperson", "spokespeople", "representative", "negotiator", "lawyer"}
NOT_LEADING = {"the", "a", "an", "this", "that", "these", "those"}


def first_word(analysis: Analysis, token: Token) -> Token:
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


def owner_of(token: Token, at: dict[int, Name], analysis: Analysis) -> Name | None:
    """The state or organisation that modifies a describing noun: "Syrian", "Israel's", "NATO", "of ETA", "in Mali"."""
    beside = [one for one in token.children if one.dep in MODIFIER and one.i in at and not _pro(one, analysis)]
    bodies = [one for one in beside if one.dep != "poss" and at[one.i].entry.kind == "organisation"]
    if len(beside) > 1 and bodies:
        return at[bodies[0].i]  # "the president's Republican Guard units": the guard's
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
        behind = one.lower in WITHIN or one.lower == "for" and token.lemma in SPEAKERS
        if one.dep == "prep" and behind and one.i - token.i <= 2:
            place = next((c for c in one.children if c.dep == "pobj"), None)
            name = at.get(place.i) if place is not None else None
            if place is not None and one.lower == "from" and any(c.i in at for c in conjuncts(place)[1:]):
                return None  # "volunteers from Chad, Niger and Mali"
            kinds = ("state", "organisation") if one.lower in ("of", "for") else ("state", "organisation", "capital")
            if name is not None and name.entry.kind in kinds:
                return name
            if place is not None and place.pos in ("NOUN", "PROPN") and one.lower in ("of", "from", "for"):
                return next((at[c.i] for c in place.children if c.dep in MODIFIER and c.i in at), None)
    return None


def _loyal(word: Token, at: dict[int, Name]) -> Name | None:
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
