"""Whether an event word tells an incident or only speaks of violence in general, and what the words around it add to
its code.

A codebook codes incidents. "The war", "violence", "armed struggle" are states: frames marked `background` name an
event only where something asserts that it takes place, or where they carry a place, a time, a number or parties of
their own. A bare plural ("terrorist attacks", "killings") is generic under the same test."""

from __future__ import annotations

from strife.claims.blame import who_answers
from strife.claims.tolls import untold
from strife.claims.trigger import Kinds, Trigger
from strife.language.analysis import Token, ancestors, child, conjuncts
from strife.language.grammar import is_predicate
from strife.language.slots import verb_slots

SIDES = {"by", "between", "against", "with", "on", "among", "of"}
WHERE = frozenset(
    """
    in at near around across outside inside along throughout over into north south east west
    """.split()
)
WHEN = {"on", "in", "during", "since", "from", "before", "after", "until", "between"}
SPOTS = {"in", "at", "near", "outside", "inside", "around", "across", "along", "throughout"}
ABSTRACT = frozenset(
    """
    context framework wake name form sense face way hope case past future world process interest fight struggle war
    end spirit course history level expense service absence
    """.split()
)
SUFFERERS = {"victim", "casualty", "survivor", "martyr"}
TIMES = {"DATE", "TIME"}
LANDS = {"GPE", "LOC", "FAC"}
TELLING = frozenset(
    """
    recent latest new fresh renewed heavy fierce intense bitter bloody ongoing continuing sporadic deadly
    simultaneous first second third last previous several various numerous many widespread escalating worst
    deadliest two three coordinated consecutive overnight earlier unprecedented mounting
    """.split()
)
TAKING_PLACE = frozenset(
    """
    erupt break rage begin start intensify take continue occur happen resume flare spread escalate follow ensue
    persist subside stop cease end unfold drag last engulf grip sweep rock shake hit kill claim leave force displace
    destroy drive cost injure wound send devastate uproot paralyse paralyze reach return enter abate die plague
    ravage close prevent shatter disrupt trap worsen result cause turn go come
    """.split()
)
TELLING_OF = frozenset(
    """
    launch carry conduct mount stage wage resume continue renew begin start see witness spark trigger provoke report
    suffer intensify unleash cause escalate perpetrate commit repel make hear record confirm document step register
    survive flee escape halt ignite incite direct order plan execute claim
    """.split()
)
SPANS = frozenset(
    """
    hour day week month year night decade outbreak wave spate series bout round string eruption start spiral
    """.split()
)
CAUSES = {"in", "during", "after", "amid", "by", "following", "from", "of", "to"}


STOPPING = frozenset(
    """
    stop end halt cease prevent avoid renounce abandon eradicate eliminate curb combat reject refrain
    """.split()
)
HABITUAL = {"always", "often", "usually", "generally", "normally", "regularly", "sometimes", "typically", "frequently"}
RECURRENT = {
    "constant",
    "frequent",
    "regular",
    "continual",
    "perennial",
    "occasional",
    "periodic",
    "incessant",
    "habitual",
}
TOPICS = frozenset(
    """
    problem issue question threat risk danger culture climate cause root theme subject phenomenon logic prospect fear
    matter possibility likelihood language scourge spectre specter evil
    """.split()
)


CHANCES = {"risk", "danger", "threat", "possibility", "likelihood", "prospect", "fear", "spectre", "specter"}


def tells_incident(trigger: Trigger, kinds: Kinds) -> bool:
    """Whether a trigger of violence tells that something happened or may happen, not of violence as such."""
    frame, head = trigger.frame, trigger.head
    if untold(trigger):
        return False
    if not trigger.noun:
        if frame.type in ("ASSAULT", "COERCE") and _general(trigger, kinds):
            return False
        return not _emptied(trigger) and (not frame.background or _engaged(trigger, kinds))
    violent = frame.type == "ASSAULT" or frame.id == "abduct"
    if violent and _to_be_stopped(head) and not any(_grounded(token, kinds) for token in trigger.tokens):
        return False
    if violent and _recurring(head, kinds) and not _asserted(head, background=frame.background):
        return False
    if not frame.background and not (violent and _bare(trigger, kinds)):
        return True
    topic = head.head.head.lemma if head.dep == "pobj" and head.head.lower == "of" else ""
    if topic in TOPICS and not (topic in CHANCES and any(_grounded(one, kinds, owned=False) for one in trigger.tokens)):
        return False  # "the problem of violence in the country"; "the risk of clashes with the army" is one
    if any(_grounded(token, kinds, owned=not frame.background) for token in trigger.tokens):
        return True
    if _asserted(head, frame.background):
        return True
    if head.dep == "pobj" and head.head.lower == "of" and head.head.head.lemma in SUFFERERS:
        return True  # "the survivors of raids" were there
    return bool(who_answers(head).tokens)


def _recurring(noun: Token, kinds: Kinds) -> bool:
    """ "the constant raids by bandits": what goes on as a rule, with no place, time or target told."""
    often = any(one.dep == "amod" and one.lower in RECURRENT for one in noun.children)
    told = (one for one in noun.children if one.lower != "by" and one.dep != "amod")
    return often and noun.tag == "NNS" and not any(_ground(one, kinds, owned=False) for one in told)


def _emptied(trigger: Trigger) -> bool:
    """ "caused damage but no casualties": a coordinated word of the pattern that stands with "no"."""
    return any(
        token.dep == "conj" and any(one.lower == "no" for one in token.children)
        for token in trigger.tokens
        if token is not trigger.head
    )


def _engaged(trigger: Trigger, kinds: Kinds) -> bool:
    """Whether somebody is fought, or it is told where or when."""
    slots = verb_slots(trigger.head)
    for name in ("object", "with", "against", "on", "between", "by"):
        if any({"party", "place", "person"} & kinds(one) for given in slots.get(name, []) for one in conjuncts(given)):
            return True
    return any(_grounded(token, kinds) for token in trigger.tokens)


def _bare(trigger: Trigger, kinds: Kinds) -> bool:
    """Whether a noun stands without an article, number or owner: "attacks", "for murder and robbery"."""
    head = trigger.head
    around = [one for token in trigger.tokens for one in token.children]
    if any(one.dep in ("det", "poss", "nummod", "quantmod", "predet") for one in around):
        return False
    if head.tag == "NN":
        return not any(one.dep in ("amod", "compound", "nmod") and kinds(one) for one in around)
    return head.tag in ("NNS", "NNPS")


def _general(trigger: Trigger, kinds: Kinds) -> bool:
    """Whether a verb tells what is done as a rule: "those who kill", "in charge of fighting smugglers"."""
    verb = trigger.head
    if (
        verb.tag == "VBG"
        and verb.dep in ("xcomp", "dobj")
        and verb.head.lemma in STOPPING
        and verb.head.tag in ("VB", "VBZ", "VBP")
        and not any(
            _behind(one.lower, given, kinds) for one in verb.children if one.lower in WHERE for given in objects_of(one)
        )
    ):
        return True  # "must stop shelling"
    if any(_grounded(token, kinds) for token in trigger.tokens):
        return False
    if _habit(verb) or any(
        one.lower in HABITUAL for one in (*verb.children, *verb.head.children) if one.dep == "advmod"
    ):
        return True
    above = verb.head.head
    habit = (
        above is verb.head
        or verb.head.lower == "for"
        and above.lemma in ("do", "serve")
        or above.tag in ("VBZ", "VBP")
        and above.lemma != "have"
    )  # "…; by burning villages"
    rule = trigger.frame.background or habit
    if verb.tag != "VBG" or verb.dep != "pcomp" or not rule:
        return False
    objects = verb_slots(verb).get("object", [])
    return all(
        one.tag == "NNS" and not any(c.dep in ("det", "poss", "nummod") for c in one.children) for one in objects
    )


def _habit(verb: Token) -> bool:
    """A simple present in a clause on a noun or beside the main one; news tells deeds so only in main clauses."""
    while verb.dep == "conj" and is_predicate(verb.head):
        verb = verb.head
    helped = [one for one in verb.children if one.dep in ("aux", "auxpass")]
    simple = verb.tag in ("VBZ", "VBP") and not helped
    going = verb.tag == "VBG" and all(one.tag in ("VBZ", "VBP") for one in helped) and bool(helped)
    aimless = going and not verb_slots(verb).get("object")  # "gangs who are looting": what they are, no incident
    return (simple or aimless) and verb.dep == "relcl"


def _to_be_stopped(noun: Token) -> bool:
    """Whether the noun is only what shall stop: "must end the killings", "until it stops the bombings"."""
    while noun.dep == "conj" and noun.head.pos in ("NOUN", "PROPN"):
        noun = noun.head
    verb = noun.head
    return noun.dep in ("dobj", "nsubjpass") and verb.lemma in STOPPING and verb.tag in ("VB", "VBZ", "VBP")


def _grounded(head: Token, kinds: Kinds, *, owned: bool = True) -> bool:
    """Whether a noun phrase (or a verb) holds a number, a time, a place, named sides, or a clause that tells of it.

    Without `owned`, whose it is does not suffice: "the rebels' aggression" is no incident."""
    return any(_ground(one, kinds, owned=owned) for one in head.children)


def _ground(one: Token, kinds: Kinds, *, owned: bool) -> bool:
    if one.dep == "nummod" or one.dep in ("amod", "advmod") and one.lower in TELLING:
        return True
    if one.dep in ("npadvmod", "nmod", "poss", "tmod", "compound", "amod") and one.ent in TIMES:
        return True
    if one.dep in ("poss", "compound", "amod", "nmod") and one.lower not in ("its", "their", "his", "our"):
        return owned and (one.text[:1].isupper() and bool({"party", "place"} & kinds(one)) or one.ent in LANDS)
    if one.dep in ("relcl", "acl") and one.tag in ("VBD", "VBN", "VBG"):
        return one.tag != "VBG" or any(c.dep in ("dobj", "prep") for c in one.children)
    if one.dep in ("relcl", "acl"):
        return any(
            c.dep in ("aux", "auxpass") and c.tag in ("VBD", "VBZ", "VBP") and c.lemma in ("have", "be")
            for c in one.children
        )
    if one.dep in ("prep", "agent"):
        return any(_behind(one.lower, given, kinds) for given in objects_of(one))
    return False


def objects_of(prep: Token) -> list[Token]:
    """What stands behind a preposition, coordinated ones each."""
    given = child(prep, "pobj")
    return conjuncts(given) if given is not None else []


def _behind(word: str, given: Token, kinds: Kinds) -> bool:
    found = kinds(given)
    if word in SPOTS and given.lemma not in ABSTRACT and any(c.dep in ("det", "poss") for c in given.children):
        return True
    if word in SIDES and {"party", "place", "person"} & found:
        return (
            word != "of" or given.text[:1].isupper() or any(c.dep in ("nummod", "det", "poss") for c in given.children)
        )
    if word in WHERE | SIDES and ("place" in found or given.ent in LANDS):
        return True
    return word in WHEN and (given.ent in TIMES or given.tag == "CD")


def _asserted(noun: Token, background: bool) -> bool:
    """Whether a verb says that the noun's event takes place: "fighting erupted", "they resumed hostilities", "weeks
    of fighting"."""
    while noun.dep in ("conj", "appos") and noun.head.pos in ("NOUN", "PROPN"):
        noun = noun.head
    head = noun.head
    if noun.dep == "ROOT":
        return True
    if noun.dep in ("nsubj", "nsubjpass", "dobj") and _habit(head):
        return False
    if noun.dep in ("nsubj", "nsubjpass"):
        if is_predicate(head) and any(one.dep == "expl" for one in head.children):
            return True
        return head.lemma in TAKING_PLACE | TELLING_OF or (not background and _past(head))
    if noun.dep in ("dobj", "attr"):
        return head.lemma in TELLING_OF or (head.lemma == "be" and any(one.dep == "expl" for one in head.children))
    if noun.dep == "pobj":
        return _by_preposition(head, background)
    return False


def _by_preposition(prep: Token, background: bool) -> bool:
    above = prep.head
    if prep.lower == "of":
        return above.lemma in SPANS
    if prep.lower == "by" and prep.dep == "agent":
        return True
    if prep.lower not in CAUSES | {"under", "despite"} or above.pos not in ("VERB", "AUX"):
        return False
    return _past(above) and (not background or prep.lower in ("in", "during", "after", "amid", "following"))


def _past(verb: Token) -> bool:
    if verb.tag == "VBD" or any(
        one.dep in ("aux", "auxpass") and (one.tag == "VBD" or one.lemma == "have") for one in verb.children
    ):
        return True
    return verb.tag in ("VBN", "VBG") and (verb.dep != "xcomp") and any(above.tag == "VBD" for above in ancestors(verb))
