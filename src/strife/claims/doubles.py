"""One deed told twice in one clause: "the blast killed six", "died in an ambush". One claim stays, with what both tell.

"The attack" that takes up what was told before and adds nobody, no place and no time is no claim of its own either."""

from __future__ import annotations

from dataclasses import replace

from strife.claims.draft import EventDraft
from strife.language.analysis import Token, conjuncts
from strife.language.slots import verb_slots
from strife.records import Party

HARM = {"kill", "wound", "die-by-violence", "bomb-kills", "shoot-dead", "massacre"}
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
    groups: dict[int, list[EventDraft]] = {}
    for draft in drafts:
        groups.setdefault(draft.anchor.i, []).append(draft)
    near: dict[int, list[int]] = {}  # sentence -> anchors: a deed is told twice within one sentence only
    for index, group in groups.items():
        near.setdefault(group[0].anchor.sentence, []).append(index)
    for beside in near.values():
        _fold(beside, groups)
    told = [one for index in dict.fromkeys(draft.anchor.i for draft in drafts) for one in groups[index]]
    first = next((index for index, one in enumerate(told) if _violent(one)), len(told))
    return [one for index, one in enumerate(told) if index <= first or not _echo(one)]


def _fold(beside: list[int], groups: dict[int, list[EventDraft]]) -> None:
    """Fold the nouns and verbs of one sentence that tell one deed into each other."""
    for noun in [one for one in beside if groups[one] and _violent(groups[one][0]) and groups[one][0].trigger.noun]:
        for verb in beside:
            if verb == noun or not groups[noun] or not groups[verb] or not _one_deed(groups[verb][0], groups[noun][0]):
                continue
            kept, gone = (noun, verb) if _telling(groups[noun][0], groups[verb][0]) else (verb, noun)
            groups[kept], groups[gone] = _folded(groups[kept], groups[gone]), []


def _violent(draft: EventDraft) -> bool:
    return draft.trigger.frame.type == "ASSAULT"


def _one_deed(verb: EventDraft, noun: EventDraft) -> bool:
    """Whether the noun names the deed that the verb tells; other doers or other means make another deed."""
    if verb.trigger.noun or not _violent(verb) or noun.anchor.i not in _named(verb):
        return False
    if (
        noun.trigger.frame.mutual
        and noun.actors
        or noun.found.negated != verb.found.negated
        or noun.found.stance != verb.found.stance
    ):
        return False
    modes = {verb.trigger.frame.mode, noun.trigger.frame.mode} - {None}
    apart = len(modes) > 1 and verb.trigger.frame.id not in HARM
    return not apart and (not noun.actors or not verb.actors or _within(noun.actors, verb.actors))


def _telling(noun: EventDraft, verb: EventDraft) -> bool:
    """Whether the noun is the one to keep: it tells the means or has parties of its own, and the verb only the harm."""
    frame = noun.trigger.frame
    if verb.trigger.frame.id not in HARM or verb.trigger.frame.mode and not frame.mode:
        return False
    own = any(one.i > noun.anchor.i and one.dep in ("prep", "agent") for one in noun.anchor.children)
    return bool(frame.mode) or own and not frame.background


def _named(verb: EventDraft) -> set[int]:
    """The nouns by, in or as which the verb says that it was done."""
    slots = verb_slots(verb.anchor)
    given = list(slots.get("subject", []))
    if verb.trigger.frame.id in HARM:
        given += [one for name in WITHIN for one in slots.get(name, [])]
    return {one.i for token in given for one in conjuncts(token)}


def _within(some: list[Party], others: list[Party]) -> bool:
    return all(any(one.start == other.start for other in others) for one in some)


def _folded(kept: list[EventDraft], gone: list[EventDraft]) -> list[EventDraft]:
    """The claims kept, with the parties, the place and the time that only the others tell."""
    first, other = kept[0], gone[0]
    actors = first.actors or other.actors
    recipients = [
        one for one in (*first.recipients, *_beyond(other.recipients, first.recipients)) if not _within([one], actors)
    ]
    supporters = first.supporters or other.supporters
    when = first.when or other.when
    places = [one.where for one in kept] if first.where else [one.where for one in gone]
    absorbed = (*first.absorbed, other.anchor.i, *other.absorbed)
    return [
        replace(
            first,
            actors=actors,
            recipients=recipients,
            supporters=supporters,
            when=when,
            where=place,
            absorbed=absorbed,
        )
        for place in places
    ]


def _beyond(some: list[Party], others: list[Party]) -> list[Party]:
    return [one for one in some if not _within([one], others)]


def _echo(draft: EventDraft) -> bool:
    """Whether a noun only takes up violence told before it: definite, with nobody, nowhere, never."""
    head = draft.anchor
    if (
        not draft.trigger.noun
        or draft.trigger.frame.type != "ASSAULT"
        or draft.found.stance != "asserts"
        or draft.found.negated
    ):
        return False
    if draft.actors or draft.recipients or draft.supporters or draft.where or draft.when:
        return False
    return any(one.lower in DEFINITE for one in head.children) and not _told(head)


def _told(noun: Token) -> bool:
    return noun.dep in ("nsubj", "nsubjpass", "dobj") and noun.head.lemma in TELLING_OF
