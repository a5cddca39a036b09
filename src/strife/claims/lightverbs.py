"""What the verb over an event noun tells of its parties: "launched an attack on", "came under fire"."""

from __future__ import annotations

from strife.claims.sharing import extend
from strife.claims.stage import Stage
from strife.claims.trigger import Trigger
from strife.codebook.frames import Role
from strife.language.analysis import Token
from strife.language.grammar import is_predicate
from strife.language.slots import noun_slots, verb_slots
from strife.records import Party

SUFFERING = frozenset(
    """
    suffer face undergo experience sustain survive come escape witness receive endure see flee withstand
    """.split()
)
NOT_DOING = frozenset(
    """
    condemn report deny denounce describe criticise criticize say call claim fear expect mourn repel stop halt
    end prevent discuss investigate praise welcome reject oppose follow accuse blame cite see cause trigger
    demand urge avoid thwart foil film watch mark repulse be become seem have observe monitor cover confirm
    recall remember hear fight deplore lament regret slam decry hail applaud protest commemorate document mention note
    probe study examine justify defend recount list detail
    """.split()
)
STRIKING = {"hit", "target", "strike", "pound", "rock", "batter", "pummel", "damage", "destroy", "rattle"}


LIGHT_PHRASES = {
    ("engage", "in"),
    ("take", "in"),
    ("participate", "in"),
    ("come", "under"),
    ("be", "under"),
    ("remain", "under"),
    ("put", "under"),
    ("live", "under"),
    ("place", "under"),
    ("subject", "to"),
    ("go", "on"),
    ("go", "to"),
    ("enter", "into"),
    ("involve", "in"),
    ("hold", "on"),
    ("meet", "for"),
    ("gather", "for"),
    ("resort", "to"),
    ("join", "in"),
}


def light_verb(stage: Stage, trigger: Trigger, lists: dict[Role, list[Party]]) -> None:
    """Arguments that the verb over an event noun gives: its subject does or suffers it, its prepositions say to whom."""
    noun = trigger.head
    while noun.dep == "conj" and noun.head.pos in ("NOUN", "PROPN"):
        noun = noun.head
    verb, through = (noun.head.head, noun.head.lower) if noun.dep == "pobj" else (noun.head, "")
    if noun.dep not in ("dobj", "nsubjpass", "nsubj", "pobj", "attr") or not is_predicate(verb):
        return
    slots = noun_slots(trigger.head)
    fought = trigger.frame.mutual and through in ("in", "during") and bool({"with", "against"} & set(slots))
    travels = fought or trigger.frame.mode == "visit" and through in ("on", "during")  # "said on a visit to Rabat"
    if noun.dep == "pobj" and (verb.lemma, through) not in LIGHT_PHRASES and verb.lemma != "come" and not travels:
        return
    slots = verb_slots(verb)
    if trigger.frame.role("between", noun=True) == "both":
        extend(lists["both"], [party for token in slots.get("between", []) for party in stage.cast.parties(token)])
    if noun.dep == "nsubj":
        own = {"on", "against", "of"} & set(noun_slots(trigger.head))
        if verb.lemma in STRIKING and trigger.frame.type == "ASSAULT" and not own:
            extend(lists["recipient"], _struck(stage, slots.get("object", [])))
        return
    if verb.lemma not in NOT_DOING:
        role: Role = (
            "recipient"
            if verb.lemma in SUFFERING or through == "under"
            else "both"
            if trigger.frame.mutual
            else "actor"
        )
        if not lists["actor"] or role != "actor":
            extend(
                lists[role],
                [party for token in slots.get("subject", []) for party in stage.cast.parties(token, owners=False)],
            )
    for name in ("against", "on", "with", "to", "at"):
        role = trigger.frame.role(name, noun=True)
        if role != "none" and verb.lemma not in NOT_DOING:
            extend(lists[role], [party for token in slots.get(name, []) for party in stage.cast.parties(token)])


def _struck(stage: Stage, objects: list[Token]) -> list[Party]:
    """Who or what was hit: the party, the party whose it is, else the thing."""
    found: list[Party] = []
    for token in objects:
        pronoun = any(one.dep == "poss" and one.pos == "PRON" for one in token.children)
        found += stage.cast.parties(token, owners=not pronoun) or stage.cast.unnamed(token, things=True)
    return found
