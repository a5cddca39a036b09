"""Relations: who supports, opposes, fights or leads whom, told by verbs, participles, nouns and "-backed" words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import cast

from strife.claims.draft import RelationDraft
from strife.claims.evidence import evidence_of
from strife.claims.events import Stage, voices_of
from strife.codebook.words import load_words
from strife.language.analysis import Token, child, conjuncts
from strife.language.grammar import is_passive, is_predicate, verb_slots
from strife.records import Party, Predicate

MOST = 6  # parties taken from one slot
Pair = tuple[Predicate, Party, Party]


def find_relations(stage: Stage) -> list[RelationDraft]:
    """One draft for each pair of parties that a word relates, in text order."""
    drafts: list[RelationDraft] = []
    seen: set[tuple[str, int, int]] = set()
    for token in stage.analysis.tokens:
        for predicate, subject, object_ in _pairs(stage, token):
            key = (predicate, subject.start, object_.start)
            if key in seen or subject.start == object_.start or (subject.id and subject.id == object_.id):
                continue
            seen.add(key)
            found = stage.framing.work_out(token)
            drafts.append(
                RelationDraft(
                    anchor=token, found=found, evidence=(evidence_of(stage.analysis, token),), voices=voices_of(stage, found),
                    when=stage.scene.time_of(token), rule=f"relation:{predicate}", predicate=predicate, subject=subject, object=object_,
                )
            )  # fmt: skip
    return drafts


def _pairs(stage: Stage, token: Token) -> Iterator[Pair]:
    if token.pos == "VERB":
        yield from _by_verb(stage, token)
        yield from _by_suffix(stage, token)
    elif token.pos in ("NOUN", "PROPN"):
        yield from _by_noun(stage, token)
    elif token.pos == "ADJ":
        yield from _by_adjective(stage, token)
        yield from _by_suffix(stage, token)


def _parties(stage: Stage, tokens: list[Token]) -> list[Party]:
    return [party for token in tokens for party in stage.cast.parties(token)][:MOST]


def _cross(label: str, subjects: list[Party], objects: list[Party]) -> Iterator[Pair]:
    for subject, object_ in product(subjects, objects):
        yield cast(Predicate, label), subject, object_


def _by_verb(stage: Stage, verb: Token) -> Iterator[Pair]:
    words = load_words("relations")["verbs"]
    slots = verb_slots(verb)
    subjects = _parties(stage, slots.get("subject", []))
    if not subjects:
        return
    label = words.get(verb.lemma)
    if label and "object" in slots and label != "part_of":
        yield from _cross(label, subjects, _parties(stage, slots["object"]))
    particle = next((one.lower for one in verb.children if one.dep in ("prt", "dobj") and one.i - verb.i <= 3), "")
    beside = any(one.lower in ("alongside", "side", "beside", "together") for one in verb.children)
    for name, tokens in slots.items():
        label = words.get(f"{verb.lemma} {name}") or words.get(f"{verb.lemma} {particle} {name}")
        if verb.lemma == "fight" and name == "with" and beside:
            label = "supports"
        if label:
            yield from _cross(label, subjects, _parties(stage, tokens))


def _by_suffix(stage: Stage, token: Token) -> Iterator[Pair]:
    """ "Russian-backed separatists", "the US-led coalition", "militants linked to X"."""
    table = load_words("relations")
    label = table["suffixes"].get(token.lower)
    tokens = stage.analysis.tokens
    if label and token.dep in ("amod", "compound", "nmod") and token.i > 1 and tokens[token.i - 1].text == "-":
        backer = stage.cast.coreference.by_head.get(tokens[token.i - 2].i)
        if backer is not None and (party := stage.cast.party(backer)) is not None:
            yield from _cross(label, [party], stage.cast.parties(token.head, owners=False))
    if token.dep in ("acl", "relcl", "advcl") and is_passive(token):
        for one in token.children:
            if one.dep in ("prep", "agent"):
                label = table["participles"].get(f"{token.lower} {one.lower}")
                given = child(one, "pobj")
                if label and label not in ("supports", "leads") and given is not None and token.dep != "advcl":
                    yield from _cross(label, stage.cast.parties(token.head), _parties(stage, [given]))


def _by_noun(stage: Stage, noun: Token) -> Iterator[Pair]:
    """ "Turkey, the regime's biggest opponent", "Iran is an ally of Syria", "the war against IS"."""
    label = load_words("relations")["nouns"].get(noun.lemma)
    if not label:
        return
    owners = [one for one in noun.children if one.dep == "poss"]
    of = [given for one in noun.children if one.dep == "prep" and one.lower in ("of", "to", "with") and (given := child(one, "pobj"))]
    if label == "fights":
        yield from _struggle(stage, noun, owners)
        return
    modifiers = [one for one in noun.children if one.dep in ("amod", "compound", "nmod")] if label != "part_of" else []
    objects = _parties(stage, owners or of or modifiers)
    if objects:
        yield from _cross(label, [party for token in _bearers(noun) for party in stage.cast.parties(token, owners=False)], objects)


def _bearers(noun: Token) -> list[Token]:
    """Who bears a noun: the other side of an apposition or of "be", or the noun that a compound stands before."""
    found = [one for one in noun.children if one.dep == "appos"]
    if noun.dep == "appos":
        found.append(noun.head)
    if noun.dep == "attr" and is_predicate(noun.head):
        subject = child(noun.head, "nsubj")
        found += conjuncts(subject) if subject is not None else []
    if noun.dep == "pobj" and noun.head.lower == "as" and is_predicate(noun.head.head):
        found += verb_slots(noun.head.head).get("object", [])
    if noun.dep == "compound":
        found.append(noun.head)
    return found


def _struggle(stage: Stage, noun: Token, owners: list[Token]) -> Iterator[Pair]:
    against = [given for one in noun.children if one.dep == "prep" and one.lower in ("against", "on", "with") and (given := child(one, "pobj"))]
    sides = [given for one in noun.children if one.dep == "prep" and one.lower == "between" and (given := child(one, "pobj"))]
    if sides:
        parties = _parties(stage, sides)
        yield from _cross("fights", parties[:1], parties[1:])
    if against:
        modifiers = [one for one in noun.children if one.dep in ("amod", "compound", "nmod")]
        doers = _parties(stage, owners) or [party for one in modifiers for party in stage.cast.parties(one, owners=False)]
        if not doers and noun.dep == "dobj" and is_predicate(noun.head):
            doers = _parties(stage, verb_slots(noun.head).get("subject", []))
        if not doers and noun.dep == "pobj" and is_predicate(noun.head.head):
            doers = _parties(stage, verb_slots(noun.head.head).get("subject", []))
        yield from _cross("fights", doers[:MOST], _parties(stage, against))


def _by_adjective(stage: Stage, adjective: Token) -> Iterator[Pair]:
    for one in adjective.children:
        label = load_words("relations")["adjectives"].get(f"{adjective.lower} {one.lower}") if one.dep == "prep" else None
        given = child(one, "pobj")
        if label and given is not None:
            bearer = adjective.head if adjective.dep in ("amod", "acl", "relcl") else child(adjective.head, "nsubj")
            if bearer is not None:
                yield from _cross(label, stage.cast.parties(bearer, owners=False), _parties(stage, [given]))
