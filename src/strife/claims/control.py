"""Control: who holds, gains, loses or contests a place, told by events that change it, verbs and nouns of holding,
and modifiers ("rebel-held", "the government stronghold of")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from strife.claims.draft import ControlDraft, EventDraft
from strife.claims.evidence import evidence_of
from strife.claims.held import Held, extent_of, held_in, lying_in
from strife.claims.sides import acts, hyphened, is_somebody
from strife.claims.stage import Stage, voices_of
from strife.claims.triggerslots import slots_of
from strife.codebook.words import load_words
from strife.language.analysis import Token, child, conjuncts, subtree
from strife.language.grammar import is_predicate
from strife.language.slots import noun_slots, verb_slots
from strife.mentions.placewords import AROUND
from strife.records import Change, Party

Holding = tuple[Change, Party, Held]
TURNING = {"fall", "come", "pass", "return", "go", "bring", "place", "put"}  # "came under the control of"
ENDING = frozenset("break lift end relieve raise ease resist stop halt repel prevent announce condemn denounce".split())
MOST = 3  # holders taken from one slot
STRANGERS = {"JRN", "MED", "NGO", "BUS", "MNC", "EDU", "REF", "AGR"}  # hold no places


def find_control(stage: Stage, events: list[EventDraft]) -> list[ControlDraft]:
    """One draft for each holder and place, in text order."""
    drafts: list[ControlDraft] = []
    seen: set[tuple[int, int]] = set()
    for event in _unique(events):
        for holding in _by_event(stage, event):
            _add(stage, drafts, seen, holding, event.anchor, told=True)
    for token in stage.analysis.tokens:
        for holding in _by_word(stage, token):
            _add(stage, drafts, seen, holding, token)
    return drafts


def _unique(events: list[EventDraft]) -> Iterator[EventDraft]:
    seen: set[int] = set()
    for event in events:
        if event.anchor.i not in seen:
            seen.add(event.anchor.i)
            yield event


def _add(
    stage: Stage,
    drafts: list[ControlDraft],
    seen: set[tuple[int, int]],
    holding: Holding,
    anchor: Token,
    told: bool = False,
) -> None:
    """Add one draft unless it is there; `told`: an event has made sure that the holder acts."""
    change, holder, held = holding
    key = (holder.start, held.key)
    if key in seen or not _sound(holder, held, told=told):
        return
    seen.add(key)
    found = stage.framing.work_out(anchor)
    drafts.append(
        ControlDraft(
            anchor=anchor,
            found=found,
            evidence=(evidence_of(stage.analysis, anchor),),
            voices=voices_of(stage, found),
            where=held.place,
            when=stage.scene.time_of(anchor),
            rule=f"control:{change}",
            holder=holder,
            change=change,
            extent=extent_of(held),
            said=held.said,
            precision=held.precision,
        )
    )


def _sound(holder: Party, held: Held, *, told: bool) -> bool:
    """Whether the holder can hold a place, is no part of the place's own name, and the place is one that can be told."""
    inside = held.place is not None and held.place.first.start <= holder.start < held.place.last.end
    vague = held.place is None and held.precision in ("region", "district")  # "rebel-held areas"
    able = _holds(holder) or told and is_somebody(holder) and not set(holder.sectors) & STRANGERS
    return able and not inside and not vague


def _holds(party: Party) -> bool:
    """Whether a party can hold a place: armed men, a government, a state, a group or people; no press, no company."""
    sectors = set(party.sectors)
    return is_somebody(party) and (acts(party) or bool(party.id or sectors) and not sectors <= {*STRANGERS, "UNK"})


def _holders(stage: Stage, tokens: list[Token]) -> list[Party]:
    """The parties of slots; before a noun a bare word for a kind of party too: "rebel control"."""
    found: list[Party] = []
    for token in tokens:
        parties = stage.cast.parties(token, owners=False)[:MOST]
        found += parties or (hyphened(stage, token) if token.dep in ("amod", "compound", "nmod") else [])
    return found


def _cross(stage: Stage, change: str, holders: list[Token], targets: list[Token]) -> Iterator[Holding]:
    parties = _holders(stage, holders)
    for token in targets if parties else ():
        for held in held_in(stage, token):
            for holder in parties:
                yield cast(Change, change), holder, held


# --- events -----------------------------------------------------------------------------------------------------
def _by_event(stage: Stage, event: EventDraft) -> Iterator[Holding]:
    frame = event.trigger.frame
    if frame.control is None:
        return
    slots, head = slots_of(event.trigger), event.trigger.head
    if event.trigger.noun and head.dep == "dobj" and head.head.lemma in ENDING:
        return  # "broke the siege"
    names = (
        [frame.control_place, "on"]
        if frame.control_place
        else ["of", "object", "modifier"]
        if event.trigger.noun
        else ["object", "from", "of"]
    )
    holders = (event.actors if frame.control_holder == "actor" else event.recipients)[:MOST]
    for name in names:
        for token in slots.get(name, []):
            for held in (_set_in(one, event) for one in held_in(stage, token)):
                for holder in holders:
                    yield frame.control, holder, held
                yield from _other_side(stage, event, slots, held)


def _set_in(held: Held, event: EventDraft) -> Held:
    """A place told by words alone is part of the place where the event is set: "seized the airport in X"."""
    if held.place is not None or event.where is None:
        return held
    return Held(held.phrase, event.where, lying="surroundings" if event.where.cue in AROUND else "part")


def _other_side(stage: Stage, event: EventDraft, slots: dict[str, list[Token]], held: Held) -> Iterator[Holding]:
    """ "captured X from Y" and "lost X to Y": what one side gains the other loses."""
    name, change = ("from", "loses") if event.trigger.frame.control == "gains" else ("to", "gains")
    if event.trigger.frame.control not in ("gains", "loses") or event.trigger.frame.control_place == name:
        return
    nested = [
        one for given in slots.get("object", []) for each in conjuncts(given) for one in noun_slots(each).get(name, [])
    ]
    for token in [*slots.get(name, []), *nested]:
        for party in stage.cast.parties(token, owners=False)[:MOST]:
            if acts(party) and party.start not in {one.start for one in event.actors}:
                yield cast(Change, change), party, held


# --- words of holding -------------------------------------------------------------------------------------------
def _by_word(stage: Stage, token: Token) -> Iterator[Holding]:
    if token.pos == "VERB" and token.dep != "amod":
        yield from _by_verb(stage, token)
    if token.pos in ("NOUN", "PROPN"):
        yield from _by_noun(stage, token)
        yield from _by_modifier(stage, token)


def _by_verb(stage: Stage, verb: Token) -> Iterator[Holding]:
    words = load_words("control")
    slots = verb_slots(verb)
    if (label := words["verbs"].get(verb.lemma)) is not None and "object" in slots and not _small_clause(verb):
        yield from _cross(stage, label, slots.get("subject", []), [_named_by(one) for one in slots["object"]])
    if verb.lemma == "fall" and "to" in slots:
        sides = [one for one in slots["to"] if any(acts(party) for party in stage.cast.parties(one, owners=False))]
        yield from _cross(stage, "gains", sides, slots.get("subject", []))
    particles = [one.lower for one in verb.children if one.dep in ("prt", "prep", "advmod")]
    for name, tokens in slots.items():
        label = next(
            (
                found
                for key in (name, *(f"{one} {name}" for one in particles))
                if (found := words["verbs"].get(f"{verb.lemma} {key}"))
            ),
            None,
        )
        if label is not None:
            yield from _cross(stage, label, slots.get("subject", []), tokens)
        if (
            name in ("from", "of")
            and verb.lemma in words["driving"]
            and (name == "from" or any(one.lower == "out" for one in verb.children))
        ):
            yield from _cross(stage, "loses", slots.get("object", []), tokens)
            yield from _cross(stage, "gains", slots.get("subject", []), tokens)


def _small_clause(verb: Token) -> bool:
    """ "hold X responsible", "keep Y busy": no holding."""
    return any(one.dep in ("oprd", "ccomp") and one.i > verb.i for one in verb.children)


def _named_by(token: Token) -> Token:
    """What "the largest city held by" is: the subject of "be" names it, or the name it stands beside."""
    if token.dep == "appos" and token.head.pos == "PROPN":
        return token.head
    if token.dep == "attr" and token.head.lemma == "be" and (subject := child(token.head, "nsubj")) is not None:
        return subject if subject.pos in ("NOUN", "PROPN") else token
    return token


def _by_noun(stage: Stage, noun: Token) -> Iterator[Holding]:
    """ "rebel control of X", "the control of X by Y", "X is in the hands of Y", "its stronghold of X"."""
    words, slots = load_words("control"), noun_slots(noun)
    owners = [one for name in ("possessive", "modifier") for one in slots.get(name, [])]
    if (label := words["nouns"].get(noun.lemma)) is not None:
        targets = [one for name in ("of", "over") for one in slots.get(name, [])]
        yield from _cross(
            stage, label, [*slots.get("by", []), *owners] or _deeper_by(noun) or _owner_above(noun), targets
        )
    if (
        (label := words["hands"].get(noun.lemma)) is not None
        and noun.dep == "pobj"
        and noun.head.lower in ("in", "under", "into")
    ):
        yield from _in_hands(stage, noun, label, [*slots.get("of", []), *owners])
    if (label := words["strongholds"].get(noun.lemma)) is not None:
        yield from _stronghold(stage, noun, label, [*owners, *_of_parties(stage, noun, slots)], slots)


def _in_hands(stage: Stage, noun: Token, label: str, holders: list[Token]) -> Iterator[Holding]:
    """ "X is in the hands of Y", "X fell into rebel hands", "areas under the control of Y in Z"."""
    over = noun.head.head
    change = "gains" if is_predicate(over) and over.lemma in TURNING else label
    things = [held for token in _held_things(noun.head) for held in held_in(stage, token)]
    inside = [
        given
        for one in (noun, over)
        for prep in one.children
        if prep.lower in ("in", "across") and prep is not noun.head and (given := child(prep, "pobj"))
    ]
    for holder in _holders(stage, holders):
        for held in lying_in(stage, things, inside):
            yield cast(Change, change), holder, held


def _stronghold(
    stage: Stage, noun: Token, label: str, holders: list[Token], slots: dict[str, list[Token]]
) -> Iterator[Holding]:
    targets = [*slots.get("of", []), *(one for one in noun.children if one.dep == "appos")]
    targets += [noun.head] if noun.dep in ("appos", "compound") else []
    if noun.dep == "attr" and (subject := child(noun.head, "nsubj")) is not None:
        targets.append(subject)
    if noun.lemma not in ("capital", "base", "headquarters") or any(_armed(stage, one) for one in holders):
        named = [
            one for one in targets if one.i in stage.scene.places or any(each.dep == "prep" for each in one.children)
        ]
        yield from _cross(stage, label, holders, named)
        if not named:
            parties = _holders(stage, holders)
            for held in (
                one
                for token in slots.get("in", [])
                for one in held_in(stage, token)
                if one.place is not None and one.said is None
            ):
                yield from (
                    (cast(Change, label), party, Held(held.phrase, held.place, lying="part")) for party in parties
                )


def _of_parties(stage: Stage, noun: Token, slots: dict[str, list[Token]]) -> list[Token]:
    """ "X, the stronghold of Y": behind "of" stands the holder where it is no place."""
    return [
        one
        for one in slots.get("of", [])
        if one.i not in stage.scene.places and one.i in stage.cast.coreference.by_head and noun.dep in ("appos", "attr")
    ]


def _deeper_by(noun: Token) -> list[Token]:
    """The "by" phrase that the parser hung further in: "the control of A, B and most of C by D"."""
    found = [
        given
        for one in subtree(noun)
        if one.dep in ("prep", "agent") and one.lower == "by" and (given := child(one, "pobj"))
    ]
    return found[-1:]


def _owner_above(noun: Token) -> list[Token]:
    """Who has control: the subject of "take control of", the noun in "rebels in control of"."""
    if noun.dep == "dobj" and is_predicate(noun.head) and noun.head.lemma in load_words("control")["having"]:
        return verb_slots(noun.head).get("subject", [])
    if noun.dep == "pobj" and noun.head.lower == "in":
        over = noun.head.head
        if is_predicate(over):
            return verb_slots(over).get("subject", []) if over.lemma in ("be", "remain", "stay") else []
        return [over]
    return []


def _armed(stage: Stage, token: Token) -> bool:
    """Whether the holder is no state: a state's capital says nothing about control."""
    return any({"REB", "UAF", "OPP", "PRM"} & set(party.sectors) for party in stage.cast.parties(token, owners=False))


def _held_things(prep: Token) -> list[Token]:
    """What is "in the hands of": the subject of its clause, or the noun it hangs on."""
    head = prep.head
    if is_predicate(head):
        slots = verb_slots(head)
        return [*slots.get("object", []), *slots.get("subject", [])] if head.dep != "acl" else [head.head]
    return [head]


def _by_modifier(stage: Stage, noun: Token) -> Iterator[Holding]:
    """ "rebel-held Aleppo", "the ISIL-controlled city of Raqqa", "areas held by the army in Homs"."""
    suffixes = load_words("control")["suffixes"]
    tokens = stage.analysis.tokens
    for one in noun.children:
        label = suffixes.get(one.lower)
        if label is None or one.dep not in ("amod", "compound", "nmod", "acl"):
            continue
        holders: list[Party] = []
        if one.i > 1 and tokens[one.i - 1].text == "-":
            holders = hyphened(stage, tokens[one.i - 2])
        elif (agent := child(one, "agent")) is not None and (given := child(agent, "pobj")) is not None:
            holders = stage.cast.parties(given)
        own = held_in(stage, noun, alone=noun.pos != "PROPN") if holders else []
        if all(held.place is None or held.lying for held in own) and (named := _named_by(noun)) is not noun:
            own = held_in(stage, named) or own  # "X, a rebel-held town in Y"
        for held in own:
            for holder in holders[:MOST]:
                yield cast(Change, label), holder, held
