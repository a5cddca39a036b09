"""One deed told twice in one clause: "the blast killed six", "died in an ambush". The verb's claim stays and takes what only the noun tells.

"The attack" that takes up what was told before and adds nobody, no place and no time is no claim of its own either."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from strife.claims.draft import EventDraft
from strife.claims.incidents import under
from strife.language.analysis import Token, conjuncts
from strife.language.grammar import verb_slots
from strife.records import Party

HARM = {"kill", "wound", "destroy", "destroy-place", "die-by-violence", "bomb-kills", "shoot-dead", "massacre", "destroy-noun"}
WITHIN = ("in", "during", "by", "from", "with", "after", "of")
DEFINITE = {"the", "this", "that", "these", "those", "such", "both", "its", "their", "his"}
TELLING_OF = frozenset(
    """
    launch carry conduct mount stage wage perpetrate commit resume begin start follow occur happen erupt continue take
    intensify last break
    """.split()
)


def singled(drafts: list[EventDraft]) -> list[EventDraft]:
    """The drafts with each deed once, in the order given; what was folded in is noted in `absorbed`."""
    gone: set[int] = set()
    nouns = [one for one in drafts if one.trigger.noun and one.trigger.frame.type == "ASSAULT"]
    made: list[EventDraft] = []
    for draft in drafts:
        same = [one for one in nouns if one.anchor.i not in gone and _one_deed(draft, one)]
        gone |= {one.anchor.i for one in same}
        made += _folded(draft, same) if same else [draft]
    told = [one for one in made if one.anchor.i not in gone]
    return [one for index, one in enumerate(told) if not _echo(one, told[:index])]


def _one_deed(verb: EventDraft, noun: EventDraft) -> bool:
    """Whether the noun names the deed whose outcome or doing the verb tells, and knows no parties that the verb does not."""
    if verb.trigger.noun or verb.trigger.frame.type != "ASSAULT" or noun.anchor.i not in _named(verb):
        return False
    if noun.trigger.frame.mutual and noun.actors or noun.found.negated != verb.found.negated or noun.found.stance != verb.found.stance:
        return False
    return _within(noun.actors, verb.actors) and _within([one for one in noun.recipients if _somebody(one)], verb.recipients)


def _named(verb: EventDraft) -> set[int]:
    """The nouns by, in or as which the verb says that it was done."""
    slots = verb_slots(verb.anchor)
    given = list(slots.get("subject", []))
    if verb.trigger.frame.id in HARM:
        given += [one for name in WITHIN for one in slots.get(name, [])]
    return {one.i for token in given for one in conjuncts(token)}


def _somebody(party: Party) -> bool:
    return bool(party.sectors or party.country or party.id)


def _within(some: list[Party], others: list[Party]) -> bool:
    return all(any(one.start == other.start for other in others) for one in some)


def _folded(verb: EventDraft, nouns: list[EventDraft]) -> list[EventDraft]:
    """The verb's claim with the noun's means, place and time where it has none of its own."""
    means = next((one.trigger.frame for one in nouns if one.trigger.frame.mode), None)
    frame = verb.trigger.frame
    if means is not None and frame.mode in (None, "destroy"):
        frame = msgspec.structs.replace(frame, mode=means.mode, cameo=means.cameo, acled=means.acled)
    when = verb.when or next((one.when for one in nouns if one.when), None)
    places = [one.where for one in nouns if one.where] if verb.where is None else []
    absorbed = (*verb.absorbed, *(one.anchor.i for one in nouns))
    trigger = under(verb.trigger, frame)
    return [replace(verb, trigger=trigger, when=when, where=place, absorbed=absorbed) for place in places or [verb.where]]


def _echo(draft: EventDraft, before: list[EventDraft]) -> bool:
    """Whether a noun only takes up violence told before: definite, with nobody, no place and no time, and not said to take place."""
    head = draft.anchor
    if not draft.trigger.noun or draft.trigger.frame.type != "ASSAULT" or draft.found.stance != "asserts" or draft.found.negated:
        return False
    if draft.actors or draft.recipients or draft.supporters or draft.where or draft.when:
        return False
    if not any(one.lower in DEFINITE for one in head.children) or _told(head):
        return False
    return any(one.trigger.frame.type == "ASSAULT" for one in before)


def _told(noun: Token) -> bool:
    return noun.dep in ("nsubj", "nsubjpass", "dobj") and noun.head.lemma in TELLING_OF
