"""What is held: the places that a noun phrase names or describes ("most of the city of X", "towns such as X and Y",
"the town" named before, "a hill"), and how much of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from strife.claims.stage import Stage
from strife.codebook.words import load_words
from strife.language.analysis import Token, child, conjuncts
from strife.mentions.mention import PlaceMention
from strife.records import Extent, PlacePrecision, Span

DEEP = 4
NAMING = {"of", "as", "like", "including", "namely", "especially"}
LYING = {
    "in": "part",
    "within": "part",
    "inside": "part",
    "across": "part",
    "near": "surroundings",
    "around": "surroundings",
    "outside": "surroundings",
    "along": "part",
    "throughout": "part",
    "on": "part",
    "from": "part",
    "north": "part",
    "south": "part",
    "east": "part",
    "west": "part",
}


@dataclass(frozen=True, slots=True)
class Held:
    """A place held: named (`place`), or told by words alone (`said`, with its kind); "the town" has both."""

    phrase: Token
    place: PlaceMention | None = None
    said: Span | None = None
    precision: PlacePrecision | None = None
    lying: str | None = None  # how it lies to `place`, where that is only where it is: part, surroundings

    @property
    def key(self) -> int:
        """The index of the token that tells one place from another in a passage."""
        return self.place.head.i if self.place is not None and self.lying is None else self.phrase.i


def held_in(stage: Stage, token: Token, depth: int = 0, *, alone: bool = False) -> list[Held]:
    """The places of a noun phrase, coordinated ones each (`alone`: only the first), in text order."""
    if depth >= DEEP:
        return []
    return [held for one in ([token] if alone else conjuncts(token)) for held in _one(stage, one, depth)]


def _one(stage: Stage, token: Token, depth: int) -> list[Held]:
    if token.lower in ("it", "which", "that", "what") or token.pos not in (
        "NOUN",
        "PROPN",
        "NUM",
        "ADJ",
        "DET",
        "PRON",
        "X",
    ):
        return []
    if token.i in stage.scene.places:
        return [Held(token, stage.scene.places[token.i]), *_among(stage, token, depth, {"including", "as"})]
    kind = load_words("control")["ground"].get(token.lemma)
    named = _among(stage, token, depth, NAMING) if kind or _shares(token) else []
    if named or kind is None:
        return named
    for one in reversed(token.children):
        if (
            one.dep in ("compound", "nmod", "appos", "amod")
            and one.i in stage.scene.places
            and (one.dep != "amod" or one.i == token.i - 1)
        ):
            place = stage.scene.places[one.i]
            return [
                Held(one, place, lying="part" if stage.scene.is_state(place) else None)
            ]  # "a rebel-held Syria town"
    return _lying(stage, token) or [_described(stage, token, kind)]


def _shares(token: Token) -> bool:
    """Whether a word tells how much of a place: "most of", "80 per cent of", "the heart of"."""
    return (
        token.lemma in load_words("control")["extent"]
        or token.lower in load_words("control")["extent"]
        or token.lemma in PORTIONS
    )


PORTIONS = frozenset(
    "cent percent % all whole rest remainder heart centre center number several many dozen some one".split()
)


def _among(stage: Stage, token: Token, depth: int, words: set[str]) -> list[Held]:
    """What stands behind "of", "such as" and in apposition."""
    found: list[Held] = []
    for one in token.children:
        if one.dep == "prep" and one.lower in words:
            for given in [each for each in one.children if each.dep in ("pobj", "prep")]:
                found += held_in(stage, given if given.dep == "pobj" else child(given, "pobj") or given, depth + 1)
        elif one.dep == "appos" and one.i in stage.scene.places and words is NAMING:
            found += held_in(stage, one, depth + 1)
    return found


def _lying(stage: Stage, token: Token) -> list[Held]:
    """ "areas in X", "a hill near Y": parts of the place named, or of what surrounds it."""
    found: list[Held] = []
    for one in token.children:
        how = LYING.get(one.lower) if one.dep in ("prep", "advmod") else None
        deeper = next((each for each in one.children if each.dep == "prep"), None)
        given = child(one, "pobj") or (child(deeper, "pobj") if deeper is not None else None)
        if how and given is not None:
            found += [
                Held(held.phrase, held.place, lying=how)
                for held in held_in(stage, given, DEEP - 1)
                if held.place is not None and held.said is None
            ]
    return found


def lying_in(stage: Stage, targets: list[Held], preps: list[Token]) -> list[Held]:
    """Places told by words alone, set into the place that is named beside them: "areas under X's control in Anbar"."""
    named = [held for token in preps for held in held_in(stage, token) if held.place is not None and held.said is None]
    if not named:
        return targets
    bare = [one for one in targets if one.place is None]
    return [one for one in targets if one.place is not None] + (
        [Held(one.phrase, one.place, lying="part") for one in named] if bare else []
    )


def _described(stage: Stage, token: Token, kind: str) -> Held:
    left = [
        one
        for one in token.children
        if one.i < token.i and one.dep in ("amod", "compound", "nmod") and one.tag != "VBN"
    ]
    first = min(left, key=lambda one: one.i, default=token)
    said = stage.analysis.span_of(first, token)
    place = stage.scene.repeated(token, kind) if kind in ("settlement", "province", "region") else None
    return Held(token, place, said, cast(PlacePrecision, kind))


def extent_of(held: Held) -> Extent:
    """How much of the place: "most of", "parts of", "the countryside of", "areas in"."""
    words = load_words("control")["extent"]
    here = held.phrase
    for step in range(4):
        for one in [here, *(each for each in here.children if each.dep in ("amod", "compound", "advmod", "nummod"))]:
            if step and held.place is None and one.lemma not in ("part", "most", "half", "bulk", "majority", "portion"):
                continue
            if (label := words.get(one.lower) or words.get(one.lemma)) is not None and (
                one is not here or step or held.said is None
            ):
                return cast(Extent, label)
            if step == 0 and one is not here and one.lower in load_words("control")["sides"]:
                return "part"
        if here.lower in ("cent", "percent", "%"):
            return "most" if _share(here) >= 50 else "part"
        if (
            here.dep == "pobj"
            and here.head.lower in ("of", "in")
            and here.head.head.pos in ("NOUN", "PRON", "ADJ", "NUM", "PROPN", "DET")
        ):
            here = here.head.head
        elif here.dep in ("conj", "appos") or (
            here.dep in ("compound", "amod") and here.head.lemma in load_words("control")["ground"]
        ):
            here = here.head
        else:
            break
    return cast(Extent, held.lying) if held.lying else "whole"


def _share(token: Token) -> float:
    for one in token.children:
        digits = one.text.replace(".", "", 1)
        if digits.isdecimal():
            return float(one.text)
    return 100.0
