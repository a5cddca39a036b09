"""Arcs that the parser often hangs wrongly in news prose, hung right by rule before anything reads the tree."""

from __future__ import annotations

from strife.language.analysis import Token

CHARGING = {"accuse", "suspect", "convict", "acquit", "absolve", "rob", "strip", "deprive"}
HITTING = {"hit", "strike", "target", "bomb", "shell", "pound", "rock", "attack"}
OUTCOMES = {"kill", "wound", "injure", "leave", "destroy", "damage", "maim", "hurt"}
LEADING = {"near", "inside", "outside", "around"}


def mend(tokens: list[Token]) -> None:
    """Mend the arcs of one paragraph in place."""
    for token in tokens:
        if token.dep == "prep" and token.lower == "of" and _charged(token.head):
            _hang(token, token.head.head, "prep")  # "accused the army of gassing villagers"
        elif token.dep == "ccomp" and token.tag == "VBG" and token.lemma in OUTCOMES and token.head.lemma in HITTING:
            _outcome(token)
        elif token.lower in LEADING and token.text[:1].isupper() and token.dep == "compound":
            _place_ahead(token)


def _charged(noun: Token) -> bool:
    """Whether a noun is who is accused: the "of" behind it belongs to the verb."""
    return noun.dep in ("dobj", "nsubjpass") and noun.head.lemma in CHARGING


def _outcome(verb: Token) -> None:
    """ "a shell hit a house killing two": the house is hit, it does not kill."""
    hit = next((one for one in verb.children if one.dep == "nsubj" and one.i < verb.i), None)
    settled = any(one.dep == "dobj" for one in verb.head.children) or any(one.dep == "aux" for one in verb.children)
    if hit is not None and hit.pos in ("NOUN", "PROPN") and not settled and verb.head.i < hit.i:
        _hang(hit, verb.head, "dobj")
        verb.dep = "advcl"


def _place_ahead(prep: Token) -> None:
    """ "Near Palmyra, one strike …" at the head of a list item, where the preposition is taken for a name."""
    name, verb = prep.head, prep.head.head
    if (
        name.dep != "nsubj"
        or sum(one.dep == "nsubj" for one in verb.children) < 2
        or any(one.i < prep.i for one in name.children)
    ):
        return
    prep.pos, prep.tag = "ADP", "IN"
    _hang(prep, verb, "prep")
    _hang(name, prep, "pobj")


def _hang(token: Token, head: Token, dep: str) -> None:
    if token.head is not token and token in token.head.children:
        token.head.children.remove(token)
    token.head, token.dep = head, dep
    head.children.append(token)
    head.children.sort(key=lambda one: one.i)
