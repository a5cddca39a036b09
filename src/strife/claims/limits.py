"""A frame's limits on its arguments: which words and kinds may stand as subject, object and modifiers."""

from __future__ import annotations

from strife.claims.cast import PARTITIVE
from strife.claims.trigger import Kinds
from strife.codebook.frames import EventFrame, Kind
from strife.language.analysis import Token, child, conjuncts
from strife.language.slots import verb_slots

MUST_ACT = {"irregular", "any"}  # kinds of subject that must be told: what nobody does is no act
THINGS = {"it", "this", "that", "itself"}


def within_limits(frame: EventFrame, token: Token, words: list[Token], kinds: Kinds) -> bool:
    """Whether the arguments of a verb, and the words that modify its trigger, are those that the frame asks for."""
    if not (
        frame.object_words
        or frame.subject_words
        or frame.not_object_words
        or frame.not_subject_words
        or frame.object
        or frame.subject
        or frame.not_words
    ):
        return True
    slots = verb_slots(token)
    objects = [one for given in slots.get("object", []) for one in conjuncts(given)]
    lemmas = {one.lemma for one in objects} | {one.lower for one in objects} | _some_of(objects)
    if frame.object_words and not lemmas & set(frame.object_words):
        return False
    if frame.subject_words and not head_lemmas(slots.get("subject", [])) & set(frame.subject_words):
        return False
    if frame.not_subject_words and head_lemmas(slots.get("subject", [])) & set(frame.not_subject_words):
        return False
    if frame.not_object_words and lemmas & set(frame.not_object_words):
        return False
    if frame.object and not _fits(frame.object, objects, kinds):
        return False
    if frame.object == ("person",) and any(_thing(one, kinds) for one in objects):
        return False
    if not slots.get("subject") and MUST_ACT & set(frame.subject):
        return False
    if frame.subject and slots.get("subject") and not _fits(frame.subject, slots.get("subject", []), kinds):
        return False
    return not (frame.not_words and modifiers(words) & set(frame.not_words))


def _thing(token: Token, kinds: Kinds) -> bool:
    """Whether a token names a place or a thing and nobody."""
    return token.lower in THINGS or "place" in kinds(token) and "person" not in kinds(token)


def _some_of(objects: list[Token]) -> set[str]:
    """What is counted in "some of its troops", "thousands of soldiers"."""
    return {
        given.lemma
        for one in objects
        if one.lemma in PARTITIVE or one.pos in ("NUM", "DET", "PRON")
        for prep in one.children
        if prep.lower == "of" and (given := child(prep, "pobj")) is not None
    }


def head_lemmas(tokens: list[Token]) -> set[str]:
    """The head lemmas of coordinated phrases, and what they are some "of"."""
    found: set[str] = set()
    for token in (one for given in tokens for one in conjuncts(given)):
        found.add(token.lemma)
        found |= {
            given.lemma for prep in token.children if prep.lower == "of" and (given := child(prep, "pobj")) is not None
        }
    return found


def _fits(wanted: tuple[Kind, ...], tokens: list[Token], kinds: Kinds) -> bool:
    if not tokens:
        return "none" in wanted or "any" in wanted
    if "none" in wanted and len(wanted) == 1:
        return False
    return "any" in wanted or any(set(wanted) & kinds(one) for one in tokens)


def modifiers(words: list[Token]) -> set[str]:
    """The lemmas that modify the matched words or stand behind "of", "on", "for", "in" there."""
    found: set[str] = set()
    for word in words:
        for one in word.children:
            if one.dep in ("amod", "compound", "nmod", "advmod", "poss", "dobj", "nummod", "prt", "oprd", "acomp"):
                found |= {one.lemma, one.lower}
            if one.dep == "prep" and (given := child(one, "pobj", "pcomp")) is not None:
                found |= {given.lemma, given.lower}
    return found
