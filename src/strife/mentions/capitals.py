"""Capitals that stand for their governments: they act, are dealt with or spoken to."""

from __future__ import annotations

from strife.language.analysis import Token

QUIET = {"be", "have", "fall", "lie", "see", "witness", "become", "remain", "suffer", "host", "experience"}
DEALING = frozenset(
    """
    tell urge warn accuse press ask blame condemn assure inform threaten criticise criticize help support back
    pressure persuade convince invite thank denounce sanction isolate deter provoke anger
    """.split()
)
TOWARDS = {  # a capital stands for its government behind these words
    "on": frozenset(
        """
        call pressure sanction demand embargo impose press urge prevail tariff focus
        """.split()
    ),
    "to": frozenset(
        """
        appeal say offer promise sell grant supply aid loan message letter warning threat help ultimatum
        assistance concession deliver hand reply close loyal commitment
        """.split()
    ),
    "from": frozenset(
        """
        demand request seek independence receive support aid call appeal order
        """.split()
    ),
    "against": frozenset(
        """
        sanction threat accusation allegation charge warn protest embargo accuse
        """.split()
    ),
    "by": frozenset(
        """
        accuse reject support back announce condemn decision statement move
        """.split()
    ),
}
MINDED = frozenset(
    """
    ready willing prepared determined keen reluctant opposed responsible furious angry concerned unwilling
    """.split()
)


def stands_for_government(token: Token) -> bool:
    """Whether a capital's name stands for its government: it acts or is dealt with, and nothing makes it a location."""
    if token.dep == "nsubj":
        minded = any(one.dep == "acomp" and one.lower in MINDED for one in token.head.children)
        return minded or token.head.pos == "VERB" and token.head.lemma not in QUIET
    if token.dep == "conj":
        return stands_for_government(token.head)
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
