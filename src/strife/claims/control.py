"""Control: who holds, gains, loses or contests a place, told by events that change it, verbs and nouns of holding,
and modifiers ("rebel-held", "the government stronghold of")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from strife.claims.draft import ControlDraft, EventDraft
from strife.claims.evidence import evidence_of
from strife.claims.events import Stage, slots_of, voices_of
from strife.codebook.words import load_words
from strife.language.analysis import Token, child, conjuncts, subtree
from strife.language.grammar import is_predicate, noun_slots, verb_slots
from strife.mentions.mention import PlaceMention
from strife.records import Change, Extent, Party

Held = tuple[Change, Party, PlaceMention, Token]  # change, holder, place, the noun phrase that names the place


def find_control(stage: Stage, events: list[EventDraft]) -> list[ControlDraft]:
    """One draft for each holder and place, in text order."""
    drafts: list[ControlDraft] = []
    seen: set[tuple[int, int]] = set()
    for event in _unique(events):
        for held in _by_event(stage, event):
            _add(stage, drafts, seen, held, event.anchor)
    for token in stage.analysis.tokens:
        for held in _by_word(stage, token):
            _add(stage, drafts, seen, held, token)
    return drafts


def _unique(events: list[EventDraft]) -> Iterator[EventDraft]:
    seen: set[int] = set()
    for event in events:
        if event.anchor.i not in seen:
            seen.add(event.anchor.i)
            yield event


def _add(stage: Stage, drafts: list[ControlDraft], seen: set[tuple[int, int]], held: Held, anchor: Token) -> None:
    change, holder, place, phrase = held
    key = (holder.start, place.head.i)
    if key in seen:
        return
    seen.add(key)
    found = stage.framing.work_out(anchor)
    drafts.append(
        ControlDraft(
            anchor=anchor, found=found, evidence=(evidence_of(stage.analysis, anchor),), voices=voices_of(stage, found), where=place,
            when=stage.scene.time_of(anchor), rule=f"control:{change}", holder=holder, change=change, extent=_extent(phrase),
        )
    )  # fmt: skip


def _extent(token: Token) -> Extent:
    """How much of the place: "most of", "parts of", "the countryside of"."""
    words = load_words("control")["extent"]
    here = token
    for _ in range(3):
        inside = [here, *(one for one in here.children if one.dep in ("amod", "compound", "advmod", "nummod"))]
        for one in inside:
            if (label := words.get(one.lower) or words.get(one.lemma)) is not None:
                return cast(Extent, label)
        if here.dep == "pobj" and here.head.lower in ("of", "in") and here.head.head.pos in ("NOUN", "PRON", "ADJ", "NUM", "PROPN"):
            here = here.head.head
        elif here.dep in ("conj", "appos"):
            here = here.head
        else:
            break
    return "whole"


def _places(stage: Stage, token: Token) -> list[tuple[PlaceMention, Token]]:
    """The places that a noun phrase names, coordinated ones each: "towns such as X and Y", "most of the city of Z"."""
    found = []
    for one in conjuncts(token):
        for below in [one, *sorted(subtree(one), key=lambda each: each.i)]:
            place = stage.scene.places.get(below.i)
            if place is not None and place not in [known for known, _ in found] and _named_by(below, one):
                found.append((place, below))
    return found


def _named_by(token: Token, phrase: Token) -> bool:
    """Whether a place inside a phrase is what the phrase names, not where it lies: no clause and no "near" between."""
    here = token
    while here is not phrase and here.head is not here:
        if here.dep in ("relcl", "acl", "advcl") or (here.dep == "prep" and here.lower not in ("of", "in", "as", "like", "including")):
            return False
        here = here.head
    return True


# --- events -----------------------------------------------------------------------------------------------------
def _by_event(stage: Stage, event: EventDraft) -> Iterator[Held]:
    frame = event.trigger.frame
    if frame.control is None:
        return
    slots = slots_of(event.trigger)
    names = [frame.control_place] if frame.control_place else ["of", "object", "modifier"] if event.trigger.noun else ["object", "from", "of"]
    holders = (event.actors if frame.control_holder == "actor" else event.recipients)[:3]
    for name in names:
        for token in slots.get(name, []):
            for place, phrase in _places(stage, token):
                for holder in holders:
                    yield frame.control, holder, place, phrase


# --- words of holding -------------------------------------------------------------------------------------------
def _by_word(stage: Stage, token: Token) -> Iterator[Held]:
    if token.pos == "VERB" and token.dep != "amod":
        yield from _by_verb(stage, token)
    if token.pos in ("NOUN", "PROPN"):
        yield from _by_noun(stage, token)
        yield from _by_modifier(stage, token)


def _by_verb(stage: Stage, verb: Token) -> Iterator[Held]:
    label = load_words("control")["verbs"].get(verb.lemma)
    if not label:
        return
    slots = verb_slots(verb)
    for token in slots.get("object", []):
        for place, phrase in _places(stage, token):
            for given in slots.get("subject", []):
                for holder in stage.cast.parties(given, owners=False)[:3]:
                    yield cast(Change, label), holder, place, phrase


def _by_noun(stage: Stage, noun: Token) -> Iterator[Held]:
    """ "rebel control of X", "the control of X by Y", "X is in the hands of Y", "its stronghold of X"."""
    words = load_words("control")
    slots = noun_slots(noun)
    if (label := words["nouns"].get(noun.lemma)) is not None:
        targets = [one for name in ("of", "over") for one in slots.get(name, [])]
        holders = [one for name in ("by", "possessive", "modifier") for one in slots.get(name, [])] or _deeper_by(noun) or _owner_above(noun)
        yield from _cross(stage, cast(Change, label), holders, targets)
    if (label := words["hands"].get(noun.lemma)) is not None and noun.dep == "pobj" and noun.head.lower in ("in", "under"):
        holders = [one for name in ("of", "possessive", "modifier") for one in slots.get(name, [])]
        yield from _cross(stage, cast(Change, label), holders, _held_things(noun.head))
    if (label := words["strongholds"].get(noun.lemma)) is not None:
        targets = [*slots.get("of", []), *(one for one in noun.children if one.dep == "appos")]
        targets += [noun.head] if noun.dep in ("appos", "compound") else []
        if noun.dep == "attr" and (subject := child(noun.head, "nsubj")) is not None:
            targets.append(subject)
        holders = [one for name in ("possessive", "modifier") for one in slots.get(name, [])]
        if noun.lemma != "capital" or any(_armed(stage, one) for one in holders):
            yield from _cross(stage, cast(Change, label), holders, targets)


def _deeper_by(noun: Token) -> list[Token]:
    """The "by" phrase that the parser hung further in: "the control of A, B and most of C by D"."""
    found = [given for one in subtree(noun) if one.dep in ("prep", "agent") and one.lower == "by" and (given := child(one, "pobj"))]
    return found[-1:]


def _owner_above(noun: Token) -> list[Token]:
    """Who has control: the subject of "take control of", "have control of"."""
    if noun.dep == "dobj" and is_predicate(noun.head) and noun.head.lemma in ("take", "have", "keep", "retain", "maintain", "seize", "regain", "gain", "hold", "tighten", "consolidate", "establish", "extend", "exercise"):
        return verb_slots(noun.head).get("subject", [])
    return []


def _armed(stage: Stage, token: Token) -> bool:
    """Whether the holder is no state: a state's capital says nothing about control."""
    return any({"REB", "UAF", "OPP", "PRM"} & set(party.sectors) for party in stage.cast.parties(token, owners=False))


def _held_things(prep: Token) -> list[Token]:
    """What is "in the hands of": the subject of its clause, or the noun it hangs on."""
    head = prep.head
    if is_predicate(head):
        slots = verb_slots(head)
        return [*slots.get("object", []), *slots.get("subject", [])]
    return [head]


def _cross(stage: Stage, change: Change, holders: list[Token], targets: list[Token]) -> Iterator[Held]:
    for token in targets:
        for place, phrase in _places(stage, token):
            for given in holders:
                for holder in stage.cast.parties(given, owners=False)[:3]:
                    if holder.start != place.first.start:
                        yield change, holder, place, phrase


def _by_modifier(stage: Stage, noun: Token) -> Iterator[Held]:
    """ "rebel-held Aleppo", "the ISIL-controlled city of Raqqa", "areas held by the army in Homs"."""
    suffixes = load_words("control")["suffixes"]
    tokens = stage.analysis.tokens
    for one in noun.children:
        label = suffixes.get(one.lower)
        if label is None or one.dep not in ("amod", "compound", "nmod", "acl"):
            continue
        holders: list[Party] = []
        if one.i > 1 and tokens[one.i - 1].text == "-":
            holders = _hyphened(stage, tokens[one.i - 2])
        elif (agent := child(one, "agent")) is not None and (given := child(agent, "pobj")) is not None:
            holders = stage.cast.parties(given)
        for holder in holders[:3]:
            for place, phrase in _places(stage, noun) or ([(stage.scene.places[noun.i], noun)] if noun.i in stage.scene.places else []):
                yield cast(Change, label), holder, place, phrase


def _hyphened(stage: Stage, token: Token) -> list[Party]:
    """The holder in "rebel-held": a name, or a word for a kind of party."""
    mention = stage.cast.coreference.by_head.get(token.i)
    if mention is not None:
        party = stage.cast.party(mention)
        return [party] if party else []
    registry = stage.cast.coreference.registry
    sector = registry.modifiers.get(token.lower) or registry.agents.get(token.lemma)
    span = stage.analysis.span_of(token, token)
    return [Party(quote=span.quote, start=span.start, end=span.end, sectors=(sector,))] if sector else []
