"""Who answers for an act of violence that a noun names, where the grammar ties them by guilt and not by doing:
"claimed responsibility for the attack", "blamed the army for the massacre", "the bombing was attributed to ETA",
"those involved in"."""

from __future__ import annotations

from dataclasses import dataclass

from strife.language.analysis import Token, child
from strife.language.grammar import is_passive, is_predicate, surface_subject
from strife.language.slots import verb_slots

GUILT = frozenset(
    """
    responsibility credit authorship blame involvement participation complicity role guilt part hand
    """.split()
)
OWNING_UP = {"claim", "take", "accept", "admit", "assume", "acknowledge", "confess"}
TAKING = {"claim", "take", "accept", "admit", "assume", "acknowledge", "have", "play", "confess"}
PUTTING = {"place", "lay", "put", "pin", "assign", "attribute", "ascribe", "blame", "credit"}
CHARGING = frozenset(
    """
    blame accuse charge suspect convict indict implicate incriminate fault condemn sentence prosecute try arrest
    detain link connect tie want seek denounce
    """.split()
)
SHARING = {"involve", "participate", "take", "join", "collaborate", "assist", "mix"}
UNPROVEN = frozenset(
    """
    blame accuse charge suspect attribute ascribe link connect tie arrest detain indict want seek hold try prosecute
    lay pin
    """.split()
)
GUILTY = {"responsible", "guilty", "accountable", "culpable", "answerable"}
DOERS = frozenset(
    """
    perpetrator author mastermind brain culprit architect organizer organiser leader planner instigator
    """.split()
)
PAPERS = frozenset(
    """
    leaflet statement communique message call letter pamphlet note video tape caller email recording post
    """.split()
)
SETS = frozenset(
    """
    wave series string spate number dozen one some many most both round majority
    """.split()
)
TIES = {"for", "of", "in", "to", "with", "over", "behind"}


@dataclass(frozen=True, slots=True)
class Answer:
    """The tokens that name who answers for it; the word that leaves it unproven, if any; the word by which they own
    up to it."""

    tokens: tuple[Token, ...] = ()
    doubt: Token | None = None
    avowal: Token | None = None


NOBODY = Answer()


def who_answers(noun: Token) -> Answer:
    """Who is held, or owns up, to be behind what an event noun names; NOBODY where nothing tells, or "no group" does."""
    answer = _answer(noun)
    return answer if not any(any(one.lower == "no" for one in token.children) for token in answer.tokens) else NOBODY


def _answer(noun: Token) -> Answer:
    while noun.dep == "conj" and noun.head.pos in ("NOUN", "PROPN"):
        noun = noun.head
    for one in noun.children:
        if one.dep in ("acl", "relcl") and one.pos in ("VERB", "AUX") and (found := _clause_on(one)).tokens:
            return found
    if noun.dep in ("dobj", "nsubjpass") and noun.head.lemma in PUTTING:
        return _put(noun.head, noun)
    if noun.dep in ("dobj", "nsubjpass") and noun.head.lemma == "claim":
        return _taken(noun.head)
    if noun.dep == "nsubj" and noun.head.lemma == "be":
        return _work_of(noun.head)
    if noun.dep != "pobj":
        return NOBODY
    prep, above = noun.head, noun.head.head
    if prep.lower == "of" and above.lemma in SETS:
        return _answer(above)
    return _through(prep.lower, above) if prep.lower in TIES else NOBODY


def _through(word: str, above: Token) -> Answer:
    """By the head of the preposition over the noun: "responsibility for", "accused of", "guilty of", "author of"."""
    if above.pos in ("NOUN", "PROPN") and above.lemma in GUILT:
        owner = child(above, "poss")
        if owner is not None:
            return Answer((owner,), None)
        return _guilt_of(above.head) if above.dep in ("dobj", "nsubjpass") and is_predicate(above.head) else NOBODY
    if above.pos in ("NOUN", "PROPN") and above.lemma in DOERS and word in ("of", "behind"):
        return _doer(above)
    if above.lemma in GUILTY:
        return _guilty(above)
    return _by_verb(word, above) if above.pos in ("VERB", "AUX") else NOBODY


def _guilt_of(verb: Token) -> Answer:
    """ "X claimed responsibility", "placed the blame on X"."""
    if verb.lemma in TAKING:
        return _taken(verb)
    return _put(verb) if verb.lemma in PUTTING else NOBODY


def _taken(verb: Token) -> Answer:
    return Answer(_subjects(verb), avowal=verb if verb.lemma in OWNING_UP else None)


def _subjects(verb: Token) -> tuple[Token, ...]:
    """The deep subjects; behind leaflets and calls the one who makes them."""
    found = verb_slots(verb).get("subject", [])
    if (
        len(found) == 1
        and found[0].lemma in PAPERS
        and found[0].dep in ("dobj", "pobj")
        and is_predicate(found[0].head)
    ):
        return tuple(verb_slots(found[0].head).get("subject", []))
    return tuple(found)


def _put(verb: Token, noun: Token | None = None) -> Answer:
    """Behind "to" or "on", which the parser may hang on the noun: "blamed the attack on X"."""
    slots = verb_slots(verb)
    found = [
        one for name in ("to", "on", "upon") for one in slots.get(name, []) if one.pos in ("NOUN", "PROPN", "PRON")
    ]
    if not found and noun is not None and verb.lemma == "blame":
        found = [
            given
            for one in noun.children
            if one.dep == "prep" and one.lower == "on" and (given := child(one, "pobj")) is not None
        ][-1:]
    return Answer(tuple(found), verb) if found else NOBODY


def _work_of(copula: Token) -> Answer:
    """ "The attack was the work of X"."""
    attribute = child(copula, "attr")
    if attribute is None or attribute.lemma not in ("work", "doing", "deed", "handiwork"):
        return NOBODY
    owner = child(attribute, "poss")
    of = next((child(one, "pobj") for one in attribute.children if one.lower == "of"), None)
    return Answer(tuple(one for one in (owner, of) if one is not None))


def _doer(noun: Token) -> Answer:
    """ "X was the mastermind of", "X, the author of"."""
    if noun.dep == "attr":
        subject = surface_subject(noun.head)
        return Answer((subject,)) if subject is not None else NOBODY
    return Answer((noun.head,)) if noun.dep == "appos" else NOBODY


def _guilty(adjective: Token) -> Answer:
    """ "X was responsible for", "hold X responsible for"."""
    above = adjective.head
    if above.lemma in ("hold", "find", "declare", "consider", "deem", "make"):
        own = child(adjective, "nsubj")
        held = [own] if own is not None else verb_slots(above).get("object", [])
        return Answer(tuple(held), above)
    if adjective.dep in ("acomp", "attr", "oprd") and is_predicate(above):
        subject = surface_subject(above)
        return Answer((subject,)) if subject is not None else NOBODY
    return (
        Answer((above,))
        if adjective.dep in ("amod", "acl", "relcl") and above.pos in ("NOUN", "PROPN", "PRON")
        else NOBODY
    )


def _by_verb(word: str, verb: Token) -> Answer:
    slots = verb_slots(verb)
    if word == "for" and verb.lemma in TAKING and any(one.lemma in GUILT for one in slots.get("object", [])):
        return _taken(verb)
    if word == "behind" and verb.lemma in ("be", "stand"):
        return Answer(tuple(slots.get("subject", [])))
    if verb.lemma in CHARGING:
        return Answer(tuple(slots.get("object", [])), verb if verb.lemma in UNPROVEN else None)
    if word == "in" and verb.lemma in SHARING:
        return Answer(tuple(slots.get("object" if is_passive(verb) else "subject", [])))
    held = next((one for one in verb.children if one.lemma in GUILTY and one.i > verb.i), None)
    return _guilty(held) if held is not None else NOBODY


def _clause_on(verb: Token) -> Answer:
    """A clause on the noun: "attributed to X", "for which X claimed responsibility"."""
    if verb.lemma in PUTTING and is_passive(verb):
        return _put(verb)
    fronted = next(
        (one for one in verb.children if one.dep == "prep" and one.lower in ("for", "of", "in") and one.i < verb.i),
        None,
    )
    if (
        verb.dep != "relcl"
        or fronted is None
        or (pronoun := child(fronted, "pobj")) is None
        or pronoun.lower != "which"
    ):
        return NOBODY
    return _by_verb(fronted.lower, verb)
