"""The grammatical slots of a trigger's words: subject, object, and what stands behind prepositions."""

from __future__ import annotations

from strife.claims.trigger import VIOLENT, Trigger
from strife.language.analysis import Token, child, conjuncts
from strife.language.slots import noun_slots, particle_slots, verb_slots

Slots = dict[str, list[Token]]


def slots_of(trigger: Trigger) -> Slots:
    """A trigger's slots; what hangs on the further words of a verb's pattern counts too ("opened fire on", "pulled out of")."""
    slots: Slots = {}
    inside = set(trigger.tokens)
    for token in trigger.tokens:
        if trigger.noun and token is not trigger.head:
            continue
        for name, tokens in _given_by(token, trigger).items():
            held = slots.setdefault(name, [])
            for one in tokens:
                if not inside.intersection(conjuncts(one)) and one not in held:
                    held.append(one)
    if not trigger.noun and trigger.frame.type in VIOLENT:  # "dropped bombs out of helicopters"
        slots["of"] = [one for one in slots.get("of", []) if one.head.head.lower != "out"]
    return {name: tokens for name, tokens in slots.items() if tokens}


def _given_by(token: Token, trigger: Trigger) -> Slots:
    """The slots of one word of a trigger, by its part in the pattern: noun, verb, a verb's noun or particle."""
    if trigger.noun:
        return noun_slots(token)
    if token is trigger.head:
        return verb_slots(token)
    if token.pos not in ("NOUN", "PROPN"):
        return particle_slots(token)
    given = noun_slots(token)
    agent = child(trigger.head, "agent")
    means = agent is not None and child(agent, "pobj") in trigger.tokens  # "wounded by shells fired by rebels"
    undone = trigger.frame.type == "ASSAULT" and (agent is None or means)
    return _doers(given) if undone else given


def _doers(given: Slots) -> Slots:
    """Of a noun that a verb's pattern holds, who did it is the subject: "hurt in strikes carried out by the coalition"."""
    by = [*given.get("by", []), *given.get("possessive", [])]
    return {
        **{name: tokens for name, tokens in given.items() if name not in ("by", "possessive")},
        "by": by,
        "subject": by,
    }
