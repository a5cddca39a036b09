"""One step up the tree from an event noun: "denied the attack", "a likelihood of attack", "the attack is imminent"."""

from __future__ import annotations

from strife.claims.governors import COPULAS, Step, by_noun, by_verb_and, note, take
from strife.claims.modality import Found, classes_of, clause_modality, is_negated
from strife.codebook.cues import Cues
from strife.language.analysis import Token, child
from strife.language.grammar import has_to

TOPICS = {"regarding", "concerning", "about", "on", "over"}
TALK = {
    "meet",
    "talk",
    "negotiate",
    "confer",
    "consult",
    "speculate",
    "discussion",
    "negotiation",
    "speculation",
    "debate",
}
ASIDE = frozenset(
    """
    from against after during since amid despite following before because over about for than
    """.split()
)
OCCUR = {
    "happen", "occur", "begin", "start", "continue", "erupt", "break", "follow", "resume", "intensify", "rage", "unfold",
    "escalate", "take", "go", "come", "be", "last", "spread", "persist", "ensue", "materialise", "materialize", "proceed",
}  # fmt: skip


def nominal_step(token: Token, found: Found, cues: Cues) -> Step:
    """From an event noun to its head."""
    head = token.head
    if token.dep in ("dobj", "nsubjpass", "oprd", "dative"):
        return head, _by_object_verb(token, head, found, cues)
    if token.dep == "nsubj":
        return head, _as_subject(token, head, found, cues)
    if token.dep in ("attr", "acomp"):
        clause_modality(head, found, cues)
        return head, True
    if token.dep == "pobj":
        return _noun_behind_preposition(token, found, cues)
    if token.dep in ("conj", "appos", "dep", "ROOT", "parataxis"):
        return head, True
    if token.dep == "compound" and head.pos in ("NOUN", "PROPN"):
        return head, by_noun(
            head, found, cues, cues.nouns.get(head.lemma, frozenset()) & {"intends", "supposes", "fails"}, head
        )
    return head, False


def definite(noun: Token) -> bool:
    """Whether the noun phrase takes its event for given: "the attack", "this attack", "Israel's attack"."""
    return any(
        (one.dep == "det" and one.lower in ("the", "this", "that", "these", "those")) or one.dep == "poss"
        for one in noun.children
    )


def _by_object_verb(token: Token, head: Token, found: Found, cues: Cues) -> bool:
    classes = classes_of(head, cues.objects)
    negated = is_negated(head)
    for name in ("succeeds", "denies", "fails", "demands", "expects", "supposes", "intends"):
        if name in classes:
            if name == "succeeds":
                break
            if name == "fails":
                found.negate(head)
                clause_modality(head, found, cues)
                return True
            note(name, head, found, cues, negated=negated)
            if not found.twisted:  # "would not rule out an attack" foretells nothing
                clause_modality(head, found, cues, negation=False)
            return name in ("intends", "expects")
    if "says" in classes:
        return False
    if "succeeds" in classes:
        clause_modality(head, found, cues)
        return True
    if definite(token):
        return False
    clause_modality(head, found, cues, negation=False)
    return True


def _as_subject(token: Token, head: Token, found: Found, cues: Cues) -> bool:
    if any(one.lower == "any" for one in token.children):
        found.add("conditions", token)
    for one in head.children:
        if one.dep in ("acomp", "oprd") and head.lemma in COPULAS:
            take(one, cues.adjectives.get(one.lower, frozenset()) - {"demands", "intends"}, found, cues)
    if head.lemma in OCCUR:
        clause_modality(head, found, cues)
        return True
    if definite(token):
        return False
    clause_modality(head, found, cues, negation=False)
    return True


def _noun_behind_preposition(token: Token, found: Found, cues: Cues) -> Step:
    prep, governor = token.head, _governor(token.head)
    word = prep.lower
    if _set_phrase(prep, governor, found):
        return governor, False
    if (
        doubt := next((one for one in prep.children if "supposes" in cues.adverbs.get(one.lower, ())), None)
    ) is not None:
        found.add("supposes", doubt)  # "heard, apparently from an attack on the base"
    if governor.pos in ("VERB", "AUX"):
        thing = child(governor, "dobj") if word == "for" else None
        aims = cues.nouns.get(thing.lemma, frozenset()) & {"intends"} if thing is not None else frozenset()
        if thing is not None and aims:
            return governor, by_noun(thing, found, cues, aims, thing)  # "made preparations all week for an attack"
        if word in TOPICS and governor.lemma in TALK and not any(one.dep == "poss" for one in token.children):
            found.add("supposes", prep)  # "will talk about an invasion": a topic, no deed
            return governor, False
        if classes_of(governor, cues.objects, word):
            return by_verb_and(word, governor, cues.objects, found, cues)
        flows_on = not definite(token) and (word not in ASIDE or word == "for" and _ahead(governor))
        if flows_on:
            clause_modality(governor, found, cues, negation=False)
        return governor, flows_on
    if governor.pos == "ADJ":
        take(
            governor,
            cues.adjectives.get(governor.lower, frozenset()) & {"supposes", "expects", "unlikely"},
            found,
            cues,
        )
        return governor, False
    if word in TOPICS and governor.lemma in TALK:
        found.add("supposes", prep)  # what is talked about need not have come about
        return governor, False
    classes = cues.nouns.get(governor.lemma, frozenset())
    if word not in ("of", "in"):
        classes = classes - {"fails"}
    if classes and word in ("of", "for", "about", "to", "on", "at", "against", "in"):
        return governor, by_noun(governor, found, cues, classes, governor)
    return governor, word == "of"


def _governor(prep: Token) -> Token:
    """What a preposition hangs on, past the ones it is coordinated with: "a halt of raids and of sabotage"."""
    governor = prep.head
    while prep.dep == "conj" and governor.pos == "ADP" and governor.head is not governor:
        governor = governor.head
    return governor


def _ahead(verb: Token) -> bool:
    """Whether what is done for something is used for it, or still to be done: "will fly to Berlin for a meeting"."""
    meant = has_to(verb) or any(one.dep == "aux" and one.tag == "MD" for one in verb.children)
    return meant or verb.lemma in ("use", "employ")


def _set_phrase(prep: Token, governor: Token, found: Found) -> bool:
    """Whether "without", "in case of", "instead of", "ahead of" tell all there is to tell of the noun behind."""
    if prep.lower == "without":
        found.negate(prep)
        return True
    if governor.lower in ("case", "event") and governor.head.lower == "in":
        found.add("conditions", governor)
        return True
    if governor.dep == "prep" and governor.lower == "instead":
        found.negate(governor)
    return governor.dep == "prep" and governor.lower in ("instead", "ahead", "short")
