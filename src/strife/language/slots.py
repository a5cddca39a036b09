"""What stands in the slots of a verb, a noun or a particle: deep subject and object, owners, and what prepositions bring."""

from __future__ import annotations

from strife.language.analysis import Token, child, conjuncts
from strife.language.grammar import RELATIVE, is_passive, referent, surface_subject

TAKING = frozenset(
    """
    kill injure wound maim arrest detain torture attack bomb shell destroy damage abduct murder loot burn
    besiege capture seize occupy target beat rape condemn denounce displace
    """.split()
)
NOT_DONE = frozenset(  # what is said of an act, or of a place, by others than its doers
    """
    hold control besiege rule surround occupy govern inhabit populate dominate seize capture follow precede
    condemn criticise criticize denounce oppose reject dismiss deny refute echo back report document describe see witness repel foil thwart
    monitor film fear kill overrun take mourn welcome praise verify confirm
    """.split()
)


CARRYING_OUT = {
    "perpetrate",
    "commit",
    "carry",
    "conduct",
    "launch",
    "inflict",
    "mount",
    "stage",
    "wage",
    "execute",
    "unleash",
}


TIMES = {"moment", "time", "day", "night", "week", "month", "year", "hour", "minute", "way", "reason", "manner"}


def verb_slots(verb: Token) -> dict[str, list[Token]]:
    """The tokens in a verb's slots: deep `subject` and `object`, `iobj`, and the objects of prepositions by their word."""
    slots: dict[str, list[Token]] = {}
    passive = is_passive(verb)
    surface = surface_subject(verb)
    if surface is not None:
        _put(slots, "object" if passive else "subject", surface)
    for one in verb.children:
        if one.dep in ("dobj", "nsubjpass") or (one.dep == "oprd" and one.pos in ("NOUN", "PROPN")):
            _put(slots, "object", referent(one))
        elif one.dep == "dative":
            _put(slots, "iobj" if one.pos != "ADP" else one.lower, child(one, "pobj") or one)
        elif one.dep == "agent":
            name = "subject" if passive or surface is None else one.lower  # "stands by an ally"
            if name == "subject" or not _of_the_object(verb, one):
                _put(slots, name, child(one, "pobj"))
        elif (
            one.dep == "prep"
            and one.lower == "by"
            and not passive
            and surface is not None
            and _of_the_object(verb, one)
        ):
            continue
        elif one.dep == "prep" or (one.dep == "prt" and child(one, "pobj")):
            _prepositions(slots, one)
    _relative_object(verb, slots, passive)
    _shared_ahead(verb, slots, passive)
    if (
        verb.dep == "conj"
        and verb.head.pos == "VERB"
        and "object" not in slots
        and not passive
        and verb.i < (_first(verb.head))
    ):
        _put(slots, "object", child(verb.head, "dobj"))
    return slots


def _of_the_object(verb: Token, prep: Token) -> bool:
    """ "condemned the shelling of the town by rebels": whether "by" behind an active verb's object is the object's doer."""
    thing = child(verb, "dobj")
    return thing is not None and thing.i < prep.i and any(one.lower == "of" for one in thing.children)


def _shared_ahead(verb: Token, slots: dict[str, list[Token]], passive: bool) -> None:
    """What stands behind the last of coordinated verbs and belongs to all: "bombed and killed by jets", "killed and injured civilians"."""
    name = "subject" if passive else "object"
    following = next(
        (one for one in verb.children if one.dep == "conj" and one.tag == verb.tag and one.i > verb.i), None
    )
    if (
        name in slots
        or following is None
        or following.i - verb.i > 3
        or any(one.i > verb.i and one.dep == "prep" for one in verb.children)
    ):
        return
    if passive and (agent := child(following, "agent")) is not None:
        _put(slots, name, child(agent, "pobj"))
    elif not passive and verb.lemma in TAKING and (given := child(following, "dobj")) is not None:
        _put(slots, name, given)


def _first(verb: Token) -> int:
    given = child(verb, "dobj")
    return given.i if given is not None else -1


def _relative_object(verb: Token, slots: dict[str, list[Token]], passive: bool) -> None:
    """In "the town that rebels captured" the antecedent is the object."""
    if verb.dep == "relcl" and not passive and "object" not in slots:
        subject = child(verb, "nsubj")
        if subject is not None and subject.lower not in RELATIVE and verb.head.lemma not in TIMES:
            _put(slots, "object", verb.head)


def _prepositions(slots: dict[str, list[Token]], prep: Token) -> None:
    if prep.lower in ("according", "due", "thanks", "owing", "prior"):
        return  # "according to residents" is addressed to nobody
    for one in conjuncts(prep):
        _put(slots, one.lower, child(one, "pobj"))
        for deeper in one.children:
            if deeper.dep == "prep":
                _prepositions(slots, deeper)


def _put(slots: dict[str, list[Token]], name: str, token: Token | None) -> None:
    if token is not None and token not in slots.setdefault(name, []):
        slots[name].append(referent(token))


def noun_slots(noun: Token) -> dict[str, list[Token]]:
    """The tokens in a noun's slots: `possessive`, `modifier`, objects of prepositions, and the doer of "carried out by"."""
    slots: dict[str, list[Token]] = {}
    for one in noun.children:
        if one.dep == "poss":
            _put(slots, "possessive", one)
        elif one.dep in ("amod", "compound", "nmod", "nounmod"):
            for deeper in [*one.children, one]:
                if deeper is one or deeper.dep in ("amod", "compound", "nmod", "conj"):
                    _put(slots, "modifier", deeper)
        elif one.dep in ("prep", "agent"):
            _prepositions(slots, one)
            if one.lower == "of" and (thing := child(one, "pobj")) is not None:
                _doer_beside(slots, thing)
        elif one.dep in ("acl", "relcl") and one.pos == "VERB":
            _clause_of_noun(slots, one)
    if "of" not in slots and noun.dep == "conj" or "of" not in slots and child(noun, "conj") is not None:
        _of_the_last(slots, noun)
    _by_of_the_verb(slots, noun)
    return slots


def _of_the_last(slots: dict[str, list[Token]], noun: Token) -> None:
    """ "the killing or wounding of several men": whose it is hangs on one of the two and belongs to both."""
    other = noun.head if noun.dep == "conj" else child(noun, "conj")
    bare = not any(
        one.dep in ("prep", "det", "poss") for one in (noun if noun.dep == "conj" else other or noun).children
    )
    for prep in other.children if other is not None and other.tag == noun.tag and abs(other.i - noun.i) == 2 else ():
        if prep.dep == "prep" and prep.lower == "of" and (bare or noun.dep != "conj"):
            _put(slots, "of", child(prep, "pobj"))


def _by_of_the_verb(slots: dict[str, list[Token]], noun: Token) -> None:
    """The doer that the parser hung on the verb: "was under siege by the army", "condemned the shelling of Tal by rebels"."""
    verb = noun.head.head if noun.dep == "pobj" and noun.head.lower == "under" else noun.head
    for one in verb.children if noun.dep in ("dobj", "pobj") and verb.pos in ("VERB", "AUX") else ():
        if one.lower != "by" or one.dep not in ("prep", "agent"):
            continue
        if one.i == noun.i + 1 or noun.dep == "dobj" and not is_passive(verb) and _of_the_object(verb, one):
            _put(slots, "by", child(one, "pobj"))


def _clause_of_noun(slots: dict[str, list[Token]], verb: Token) -> None:
    """ "an attack carried out by rebels", "strikes using drones against the camp", "a raid targeting the market"."""
    agent = child(verb, "agent")
    if agent is not None and verb.lemma not in NOT_DONE:
        _put(slots, "by", child(agent, "pobj"))
    doer = child(verb, "nsubj")
    if verb.lemma in CARRYING_OUT and doer is not None and doer.lower not in RELATIVE:  # "atrocities that it committed"
        _put(slots, "by", doer)
    if verb.lemma in CARRYING_OUT:
        for prep in (one for one in verb.children if one.dep == "prep" and one.lower in ("against", "on")):
            _put(slots, prep.lower, child(prep, "pobj"))
    if verb.lemma in ("use", "employ") and verb.tag == "VBG":
        for prep in (given for given in verb.children if given.dep == "prep" and given.lower in ("against", "on")):
            _put(slots, prep.lower, child(prep, "pobj"))
    if verb.lemma in ("target", "hit", "strike", "involve") and verb.tag == "VBG":
        _put(slots, "between" if verb.lemma == "involve" else "against", child(verb, "dobj"))


def _doer_beside(slots: dict[str, list[Token]], thing: Token) -> None:
    """ "the shelling of the town by the army": the doer hangs on the town in many parses, and is the shelling's."""
    for one in thing.children:
        if one.dep in ("prep", "agent") and one.lower == "by" and (doer := child(one, "pobj")) is not None:
            _put(slots, "by", doer)
        elif one.dep == "prep" and one.lower == "of" and (place := child(one, "pobj")) is not None:
            _doer_beside(slots, place)  # "of the town of Tal by the army"


def particle_slots(token: Token) -> dict[str, list[Token]]:
    """What hangs on a particle or preposition of a verb of several words: "pull out of", "call on"."""
    slots: dict[str, list[Token]] = {}
    if token.dep in ("prep", "prt", "advmod", "agent"):
        for one in token.children:
            if one.dep == "pobj":
                slots.setdefault(token.lower, []).append(one)
            elif one.dep == "prep" and (given := child(one, "pobj")) is not None:
                slots.setdefault(one.lower, []).append(given)
    return slots
