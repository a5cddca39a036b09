"""One step up the tree from an infinitive or "-ing" clause: "failed to", "urged them to", "is said to have", "about to"."""

from __future__ import annotations

from strife.claims.governors import stance_of, take
from strife.claims.modality import Found, classes_of, clause_modality
from strife.codebook.cues import Cues
from strife.language.analysis import Token, child
from strife.language.grammar import has_to, is_passive

UNDERTAKINGS = frozenset(
    """
    operation offensive campaign drive effort bid attempt push mission assault attack project process investigation talk
    march advance battle fight struggle movement initiative programme program plan
    """.split()
)


def infinitive_step(token: Token, head: Token, found: Found, cues: Cues) -> bool:
    """An infinitive or "-ing" clause under a verb or adjective."""
    if head.pos == "ADJ" or (head.pos not in ("VERB", "AUX") and head.lower in cues.adjectives):
        return _under_adjective(token, head, found, cues)
    if token.pos == "ADJ" or token.dep == "acomp":
        clause_modality(head, found, cues)
        return True
    classes = classes_of(head, cues.verbs)
    if head.lower == "were" and has_to(token) and (subject := child(head, "nsubj")) is not None and head.i < subject.i:
        found.add("conditions", head)  # "Were Pakistan to attack"
        return False
    if head.lemma == "go" and head.tag == "VBG" or head.lemma == "be":
        found.add("expects", head)
        clause_modality(head, found, cues)
        return True
    yet = next((one for one in [*head.children, *token.children] if one.lower == "yet"), None)
    if head.lemma == "have" and yet is not None:
        found.negate(yet)
        return True
    if head.lemma in ("have", "need") and has_to(token):
        if all(one.tag != "MD" for one in head.children):
            found.add("demands", head)
        clause_modality(head, found, cues)
        return True
    infinitive = has_to(token) or token.tag == "VB"
    if is_passive(head) and infinitive and not any(one.dep == "dobj" for one in head.children):
        return _passive_infinitive(head, classes, found, cues)
    return _by_class(token, head, classes, found, cues, infinitive=infinitive)


def _under_adjective(token: Token, head: Token, found: Found, cues: Cues) -> bool:
    if head.lower == "able" and head.head.tag in ("VBD", "VBN"):
        return True  # "was able to" tells a success, "is able to" a capacity
    taken = take(head, cues.adjectives.get(head.lower, frozenset()), found, cues)
    if not taken and has_to(token):
        found.add("intends", head)
    return True


def _passive_infinitive(head: Token, classes: frozenset[str], found: Found, cues: Cues) -> bool:
    """ "is said to have", "was ordered to", "are expected to", "were forced to"."""
    for name in ("fails", "succeeds", "expects", "demands", "intends"):
        if name in classes and not (name == "intends" and "supposes" in classes):
            if name == "fails":
                found.negate(head)
            elif name != "succeeds":
                found.add(stance_of(name), head)
                found.rate(cues.likelihood.get(head.lower) or ("likely" if name == "expects" else None))
            clause_modality(head, found, cues)
            return True
    if classes & {"says", "supposes", "denies"}:
        found.add("supposes", head)
        found.rate("possible")
    elif "knows" not in classes:
        found.add("intends", head)
    clause_modality(head, found, cues)
    return True


def _undertaking(head: Token, token: Token) -> bool:
    """Whether what is begun is an undertaking whose aim the infinitive tells."""
    thing = child(head, "dobj")
    return thing is not None and thing.i < token.i and thing.lemma in UNDERTAKINGS


def _by_class(
    token: Token, head: Token, classes: frozenset[str], found: Found, cues: Cues, *, infinitive: bool
) -> bool:
    given = child(head, "dobj", "dative") is not None
    order = ("denies", "fails", "succeeds", "demands", "intends", "expects", "supposes", "says", "knows")
    if "demands" in classes and "intends" in classes and not given:
        order = ("denies", "fails", "succeeds", "intends", "demands", "expects", "supposes", "says", "knows")
    name = next((one for one in order if one in classes), "")
    if name == "succeeds" and has_to(token) and _undertaking(head, token):
        name = "intends"  # "began the operation to storm the town"
    if name in ("knows", "says") and infinitive and "that" not in classes:
        name = "intends" if has_to(token) else name
    if not name and infinitive and has_to(token):
        name = "intends"
    if name == "fails":
        found.negate(head)
    elif name == "denies":
        found.add("denies", head)
    elif name in ("demands", "intends", "expects", "supposes"):
        found.add(stance_of(name), head)
        found.rate(cues.likelihood.get(head.lemma))
        if name == "demands":
            return False
    elif name in ("says", "knows"):
        found.heard = (
            name == "knows" and token.tag == "VBG"
        )  # "urged X to stop arming": that X arms is the urger's word
        return False
    clause_modality(head, found, cues)
    return True
