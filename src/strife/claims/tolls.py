"""Deaths that are no incident: those of a crash or a flood, and those that a whole war has cost."""

from __future__ import annotations

from strife.claims.trigger import Trigger
from strife.language.analysis import Token, ancestors, child, subtree
from strife.language.grammar import is_predicate
from strife.language.slots import verb_slots

HARM = {"kill", "wound", "die-by-violence"}
MISHAPS = frozenset(
    """
    crash accident collision derailment earthquake quake flood landslide mudslide avalanche storm hurricane typhoon cyclone
    tornado shipwreck stampede epidemic famine drought heatwave
    """.split()
)
ARMS = frozenset(
    """
    shoot gun gunman gunmen bomb bombing explosion missile rocket attack ambush clash fight fighting fire hijack hijacker
    shell shelling guerrilla rebel terrorist terrorism soldier militant raid strike airstrike sabotage mine
    down assassinate murder
    """.split()
)
TOLLED = {"kill", "murder", "massacre", "genocide", "abduct", "die-by-violence"}
MANY = 10_000  # dead of one incident are fewer
LONGEST = 15  # digits: Python reads no number of thousands of them


def untold(trigger: Trigger) -> bool:
    """Whether the harm that a trigger tells is no incident of its own."""
    frame = trigger.frame
    return frame.id in HARM and _mishap(trigger.head) or frame.id in TOLLED and _toll(trigger)


def _toll(trigger: Trigger) -> bool:
    """Whether it counts the dead of a whole war: "over 70,000 killed"; the figure says it."""
    slots = verb_slots(trigger.head) if not trigger.noun else {}
    above = [trigger.head.head] if trigger.head.dep in ("relcl", "acl") else []
    given = [*slots.get("object", []), *above, *(_of(trigger.head) if trigger.noun else [])]
    return any(_huge(one) or any(_huge(number) for number in one.children if number.dep == "nummod") for one in given)


def _huge(token: Token) -> bool:
    if token.lemma == "million" or token.lower in ("thousands", "thousand"):
        return any(
            one.lower in ("tens", "hundreds", "hundred", "ten")
            for one in [token.head.head, token.head, *token.children]
        )
    digits = token.text.replace(",", "").replace(".", "")
    return token.pos == "NUM" and digits.isdecimal() and (len(digits) > LONGEST or int(digits) >= MANY)


def _of(noun: Token) -> list[Token]:
    return [given for prep in noun.children if prep.lower == "of" and (given := child(prep, "pobj")) is not None]


def _mishap(head: Token) -> bool:
    """Whether people died of a crash or a flood: the sentence names a mishap and no arms."""
    if is_predicate(head) and (
        any(one.dep == "agent" for one in head.children) or head.tag != "VBN" and child(head, "dobj")
    ):
        return False
    words = {one.lemma for one in subtree([head, *ancestors(head)][-1])}
    return bool(words & MISHAPS) and not words & ARMS
