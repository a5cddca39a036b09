"""By what means a deed was done, where other words tell it: "killed by a bomb", "the attack" that takes up the bombing."""

from __future__ import annotations

import msgspec

from strife.claims.incidents import objects_of
from strife.claims.limits import head_lemmas
from strife.claims.trigger import Trigger
from strife.codebook.frames import EventFrame
from strife.language.analysis import Token, conjuncts
from strife.language.grammar import is_predicate
from strife.language.slots import verb_slots

EXPLOSIVE = frozenset(
    """
    bomb bombing explosion blast dynamite grenade mine landmine explosive detonation bomblet bombs ied tnt
    """.split()
)
GENERAL = frozenset(
    """
    attack terror-attack kill die-by-violence wound destroy destroy-noun destroy-place political-violence murder
    massacre
    """.split()
)
NAMED_BACK = {"attack", "terror-attack", "raid-noun"}
CARRIED = frozenset(
    """
    explosives suicide-attack aerial drone heavy-weapons firearms primitive unconventional
    """.split()
)
MEANS = {"by", "in", "with", "from", "during", "after", "following", "as", "when", "of"}
RESULTS = {"result", "consequence", "explosion", "series", "pair"}  # "as a result of", "a series of"
OUTCOMES = {"kill", "wound", "destroy", "destroy-noun", "destroy-place", "die-by-violence"}
PEOPLE = frozenset(
    """
    soldier policeman troop officer guard civilian fighter rebel villager worker student marine peacekeeper patrol convoy
    journalist passenger people person man woman child official
    """.split()
)
NEAR = 3  # sentences over which "the attack" takes up what was told


def with_means(triggers: list[Trigger]) -> list[Trigger]:
    """The triggers with the means that the text tells for them: "killed by a bomb" is a bombing, "the attack" what
    was told before."""
    made: list[Trigger] = []
    by_head: dict[int, EventFrame] = {}
    for trigger in triggers:
        frame = trigger.frame
        if frame.type == "ASSAULT" and frame.mode in (None, "destroy") and frame.id in GENERAL | NAMED_BACK:
            frame = _with_means(trigger, made, by_head) or frame
        by_head[trigger.head.i] = frame
        made.append(trigger if frame is trigger.frame else under(trigger, frame))
    return [_told_later(one, made[place + 1 :]) for place, one in enumerate(made)]


def _told_later(trigger: Trigger, after: list[Trigger]) -> Trigger:
    """ "Two soldiers were attacked at dawn. The soldiers were hurt when a bomb exploded": how, told of the same people."""
    if trigger.noun or trigger.frame.id != "attack" or trigger.frame.mode is not None:
        return trigger
    whom = head_lemmas(verb_slots(trigger.head).get("object", [])) & PEOPLE
    for other in after:
        if other.head.sentence - trigger.head.sentence > 1:
            break
        harmed = other.frame.id in ("kill", "wound") and other.frame.mode in CARRIED
        if harmed and whom & head_lemmas(verb_slots(other.head).get("object", [])):
            return under(
                trigger, msgspec.structs.replace(trigger.frame, mode=other.frame.mode, cameo=other.frame.cameo)
            )
    return trigger


def under(trigger: Trigger, frame: EventFrame) -> Trigger:
    """The trigger under another frame."""
    return type(trigger)(trigger.head, trigger.tokens, frame, trigger.noun)


def _with_means(trigger: Trigger, before: list[Trigger], by_head: dict[int, EventFrame]) -> EventFrame | None:
    frame = trigger.frame
    causes = _causes(trigger.head)
    if any(_explosive(one) for one in causes):
        return msgspec.structs.replace(frame, mode="explosives", cameo="183")
    if not trigger.noun:
        above = (
            trigger.head.head if trigger.head.dep in ("advcl", "conj", "xcomp") and trigger.head.tag == "VBG" else None
        )
        for one in [*causes, *([above] if above is not None else [])]:
            known = by_head.get(one.i)
            if known is not None and known.type == "ASSAULT" and known.mode in CARRIED:
                return msgspec.structs.replace(frame, mode=known.mode, cameo=known.cameo)
        return _outcome_of(trigger, causes, before)
    verb = trigger.head.head
    while verb.dep == "conj" and verb.pos == "NOUN":
        verb = verb.head
    verb = verb.head if verb.pos == "NOUN" and verb.dep == "dobj" else verb
    if trigger.head.dep in ("dobj", "conj") and verb.lemma in ("cause", "leave", "bring"):
        if any(_explosive(one) for one in verb_slots(verb).get("subject", [])):
            return msgspec.structs.replace(frame, mode="explosives", cameo="183")
    if frame.id in NAMED_BACK and any(
        one.dep == "det" and one.lower in ("the", "this", "that", "both", "these") for one in trigger.head.children
    ):
        return _taken_up(trigger, before)
    return None


def _outcome_of(trigger: Trigger, causes: list[Token], before: list[Trigger]) -> EventFrame | None:
    """ "A bomb went off outside the barracks. Six people were killed.": by what, where nothing else is told of them."""
    verb = trigger.head
    alone = trigger.frame.id in ("kill", "wound") and not causes and verb.dep in ("ROOT", "conj") and verb.tag == "VBN"
    last = next((one for one in reversed(before) if one.head.sentence < verb.sentence), None)
    if not alone or last is None or last.frame.mode != "explosives" or verb.sentence - last.head.sentence > 1:
        return None
    return msgspec.structs.replace(trigger.frame, mode="explosives", cameo="183")


def _taken_up(trigger: Trigger, before: list[Trigger]) -> EventFrame | None:
    """What "the attack" takes up: the last attack told in the sentences before, if its means are known."""
    pointing = any(one.lower in ("this", "these", "that", "those") for one in trigger.head.children)
    told = any(one.dep == "prep" and one.lower in ("on", "against", "in", "of", "at") for one in trigger.head.children)
    if told and not pointing:
        return None
    for other in reversed(before):
        if trigger.head.sentence - other.head.sentence > (NEAR if not pointing else 3 * NEAR):
            return None
        if (
            other.frame.type == "ASSAULT"
            and other.head.sentence <= trigger.head.sentence
            and other.frame.id not in OUTCOMES
        ):
            known = other.frame
            if known.mode not in CARRIED:
                return None
            return msgspec.structs.replace(trigger.frame, mode=known.mode, cameo=known.cameo, acled=known.acled)
    return None


def _causes(head: Token) -> list[Token]:
    """The words that tell by what or in what somebody was killed: agent, cause, instrument, or the deep subject."""
    found: list[Token] = []
    beside = [one for one in (*head.children, head.head) if _shares(one, head)]
    inside = [one for one in head.children if one.dep == "acl" and one.tag == "VBN" and not is_predicate(head)]
    for one in [given for token in (head, *beside, *inside) for given in token.children]:
        if one.dep in ("prep", "agent") and one.lower in MEANS:
            found += objects_of(one)
            found += [below for other in objects_of(one) if other.lemma in RESULTS for below in _behind_of(other)]
    if is_predicate(head):
        found += [
            one for clause in head.children if _time_clause(clause) for one in verb_slots(clause).get("subject", [])
        ]
        found += [one for given in verb_slots(head).get("subject", []) for one in conjuncts(given)]
        if head.dep == "relcl":
            found.append(head.head)
    return found


def _time_clause(clause: Token) -> bool:
    """ "wounded when a bomb exploded"."""
    return clause.dep == "advcl" and any(
        one.dep in ("mark", "advmod") and one.lower in ("when", "as", "after") for one in clause.children
    )


def _behind_of(noun: Token) -> list[Token]:
    return [given for prep in noun.children if prep.lower == "of" for given in objects_of(prep)]


def _shares(one: Token, verb: Token) -> bool:
    """Whether two coordinated passives tell of one act: "one was killed and three hurt by a bomb"."""
    if verb.tag != "VBN" or one.tag != "VBN" or one is verb:
        return False
    return one.dep == "conj" or (verb.dep == "conj" and one is verb.head)


def _explosive(token: Token) -> bool:
    if token.lemma in EXPLOSIVE:
        return True
    return token.lemma in ("attack", "device", "charge", "stick", "ambush") and any(
        one.lemma in EXPLOSIVE and one.dep in ("compound", "amod", "nmod") for one in token.children
    )
