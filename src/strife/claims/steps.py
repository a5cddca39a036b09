"""One step up the tree from a predicate: what a head says of the clause below it.

Each step returns where the walk goes on and whether modality still flows. The classes of cue words are those of cues.toml:
a verb like "fail" negates its complement, "urge" makes it a demand, "manage" passes its own modality on, "know" leaves a fact.
"""

from __future__ import annotations

from collections.abc import Callable

from strife.claims.governors import COPULAS, Step, by_adjective, by_noun, by_verb_and, note, take
from strife.claims.infinitives import infinitive_step
from strife.claims.modality import Found, apart, classes_of, clause_modality, governing_preposition, is_negated
from strife.claims.nominal import nominal_step
from strife.codebook.cues import Cues
from strife.language.analysis import Token, child
from strife.language.grammar import has_subject, has_to, is_passive, is_predicate

ORDERED = {"first", "second", "third", "last", "latest", "only", "next"}
WISHING = {"want", "need", "like", "prefer"}
PROVISOS = {"provide", "suppose", "assume", "grant"}
NOMINAL = {"dobj", "pobj", "nsubj", "nsubjpass", "attr", "compound", "amod", "appos", "poss", "agent"}
TEMPORAL = {"until", "till", "before", "when", "once", "after", "as", "whenever"}


CONDITIONAL = {"if", "unless", "whether", "whenever", "lest", "provided", "providing", "supposing", "assuming"}


def clausal_step(token: Token, found: Found, cues: Cues) -> Step:
    """From a predicate to its head."""
    head = token.head
    if _condition(token, found, cues):
        return head, False
    if token.dep == "conj":
        return _conjunct(token, found, cues)
    prep = governing_preposition(token, head) if has_to(token) and is_predicate(head) else ""
    if prep and classes_of(head, cues.verbs, prep):
        return by_verb_and(prep, head, cues.verbs, found, cues)
    if token.dep == "acl" and _small_clause(token):
        return head.head, True  # "will see thousands evacuated"
    if apart(token, head) or _rather_than(token, found) or _now_that(token):
        return head, False
    if token.dep == "pcomp":
        return _behind_preposition(token, found, cues)
    if token.dep in NOMINAL:
        return nominal_step(token, found, cues)
    step = BY_ARC.get(token.dep)
    return head, step(token, head, found, cues) if step is not None else token.dep in ("parataxis", "dep", "ROOT")


def _small_clause(token: Token) -> bool:
    """Whether a participle on an object tells what is seen, wanted or left so: "wants the prisoners freed"."""
    noun = token.head
    return (
        token.tag == "VBN" and noun.dep == "dobj" and noun.head.lemma in ("see", "want", "get", "need", "keep", "have")
    )


def _rather_than(token: Token, found: Found) -> bool:
    """ "Rather than withdraw, they dug in": what was not done."""
    than = next((one for one in token.children if one.lower == "than"), None)
    if token.tag != "VB" or than is None or not any(one.lower in ("rather", "sooner") for one in token.children):
        return False
    found.negate(than)
    return True


def _now_that(token: Token) -> bool:
    """ "… now that the army has captured their base": a fact, whatever governs it."""
    if token.dep != "ccomp":
        return False
    before = min(token.i, *(one.i for one in token.children)) - 1 if token.children else token.i - 1
    return any(one.lower == "now" and one.dep == "advmod" and one.i == before for one in token.head.children)


def _relative(token: Token, head: Token, found: Found, cues: Cues) -> bool:
    """A relative clause is taken for given, unless it is a purpose, what the noun says, or about "any" that there may be."""
    if has_to(token) or _content(token):
        return _on_noun(token, head, found, cues)
    if head.lower in ("anyone", "whoever", "anybody", "anything") or any(one.lower == "any" for one in head.children):
        found.add("conditions", head)
    return False


def _unsettled(head: Token) -> bool:
    """ "It is unclear whether", "it was not known whether", "nobody can say whether": nobody asks, the matter is open."""
    if head.lemma in COPULAS or head.pos == "ADJ":
        return True
    return head.lemma in ("know", "say", "tell", "confirm", "establish", "determine") and (
        is_passive(head) or is_negated(head)
    )


def _content(token: Token) -> bool:
    """Whether a "relative" clause is what the noun says: "the allegation that soldiers executed captives" lacks nothing."""
    that = next((one for one in token.children if one.lower == "that"), None)
    full = has_subject(token) and (child(token, "dobj") is not None or is_passive(token))
    return (
        that is not None
        and full
        and that.dep in ("mark", "dobj", "advmod")
        and child(token, "nsubj", "nsubjpass") is not that
    )


def _condition(token: Token, found: Found, cues: Cues) -> bool:
    """Whether the clause is a condition: "if", "unless", "in case", or inverted ("should the talks fail", "had they struck")."""
    marks = [one for one in token.children if one.dep in ("mark", "advmod") and one.lower in cues.conditions]
    if token.dep in ("advcl", "ccomp", "dep", "parataxis", "xcomp", "relcl") and marks:
        if token.dep in ("ccomp", "xcomp") and marks[0].lower in ("if", "whether"):
            open_question = has_to(token) or _unsettled(token.head)
            found.add("supposes" if open_question else "asks", marks[0])
            found.stances.pop("expects", None)  # "did not say whether it would attack" foresees nothing
        elif marks[0].lower in CONDITIONAL:
            found.add("conditions", marks[0])
        return True
    front = _inverted(token) if token.dep in ("advcl", "ccomp", "dep") and has_subject(token) else None
    if front is not None:
        found.add("conditions", front)
    return front is not None


def _inverted(token: Token) -> Token | None:
    """The auxiliary before the subject of a clause: "should the talks fail"."""
    front, subject = min(token.children, key=lambda one: one.i), child(token, "nsubj", "nsubjpass")
    inverted = front.dep in ("aux", "auxpass") and front.lower in ("should", "had", "were")
    return front if inverted and subject is not None and front.i < subject.i else None


def _conjunct(token: Token, found: Found, cues: Cues) -> Step:
    """A coordinated clause shares what governs its sibling; a bare verb shares its auxiliaries too."""
    head = token.head
    if is_predicate(head):
        shares = not has_subject(token) and not any(one.dep == "aux" for one in token.children)
        if shares and any(one.dep == "auxpass" and one.tag == "VB" for one in token.children):
            clause_modality(head, found, cues, negation=False)  # "will gather and be called on"
        if shares and token.tag in ("VB", "VBN", "VBG") and (token.tag == head.tag or token.tag == "VB"):
            clause_modality(head, found, cues, negation=token.tag == "VB")
        return clausal_step(head, found, cues) if head.head is not head else (head, True)
    return head, True


def _finite(token: Token, head: Token, found: Found, cues: Cues) -> bool:
    """A that-clause, or a quoted clause, under a verb, adjective or noun."""
    if not is_predicate(head):
        return by_noun(head, found, cues, cues.nouns.get(head.lemma, frozenset()), head)
    classes = classes_of(head, cues.verbs)
    if head.lemma in PROVISOS and not has_subject(head):
        found.add("conditions", head)
        return False
    if head.lemma == "have" and any(one.lower in ("rumour", "rumor", "legend") for one in head.children):
        found.add("supposes", head)
        return False
    if _wanted(token, head, classes):
        found.add("demands", head)
        return False
    if head.lemma in ("seem", "appear") and child(head, "acomp", "oprd", "attr") is None:
        note("supposes", head, found, cues, negated=is_negated(head))  # "it appears that they left"
        return False
    if head.lemma == "be" or head.lemma in ("seem", "remain", "become", "appear"):
        return by_adjective(head, found, cues)
    if _is_question(token) and classes & {"asks", "says", "supposes", "knows"}:
        found.add("asks", head)
        return False
    for name in ("denies", "says", "supposes", "expects", "demands", "intends"):
        if name in classes and not (name == "denies" and "says" in classes):
            note(name, head, found, cues, negated=is_negated(head))
            return False
    if "knows" in classes:
        return False
    if "fails" in classes:
        found.negate(head)
    clause_modality(head, found, cues)
    return True


def _wanted(token: Token, head: Token, classes: frozenset[str]) -> bool:
    """What is asked of another: "wants Moscow to pull back", "Lay down your arms," he told them, "insists that he resign"."""
    if head.lemma in WISHING and has_to(token):
        return True
    subjunctive = token.tag == "VB" and not any(one.dep == "aux" for one in token.children)
    return bool(classes & {"says", "demands"}) and (_imperative(token) or subjunctive)


def _is_question(token: Token) -> bool:
    """Whether the clause begins with "whether" or "if"."""
    roles = ("mark", "advmod", "attr", "dobj", "nsubj")
    return any(one.dep in roles and one.lower in ("whether", "if") for one in token.children)


def _adverbial(token: Token, head: Token, found: Found, cues: Cues) -> bool:
    """An adverbial clause: purposes are unreal, participles share the main clause's modality, the rest is told as fact."""
    marks = {one.lower for one in token.children if one.dep in ("mark", "advmod", "prep")}
    if _imperative(token) and token.i < head.i and "says" in classes_of(head, cues.verbs):
        found.add("demands", token)  # "Lay down your arms," the colonel told them
        return False
    if has_to(token):
        return bool(marks & {"only", "just"}) or _purpose(token, head, found, cues)
    if marks >= {"that", "now"}:
        return False
    if "as" in marks and marks & {"if", "though"}:
        found.add("supposes", token)
        return False
    if TEMPORAL & marks and is_predicate(head):
        main = Found()
        clause_modality(head, main, cues)
        while head.dep == "xcomp" and is_predicate(head.head):  # "will keep pressing until they withdraw"
            head = head.head
            clause_modality(head, main, cues)
        if main.stances.keys() & {"expects", "demands", "intends", "supposes"}:
            found.add("expects", next(one for one in token.children if one.lower in TEMPORAL))
        return False
    return _participle(token, head, found, cues, marks)


def _imperative(token: Token) -> bool:
    """Whether a verb stands bare, as an order does."""
    return token.tag in ("VB", "VBP") and not has_subject(token) and not has_to(token)


def _purpose(token: Token, head: Token, found: Found, cues: Cues) -> bool:
    """An infinitive of purpose; behind "incited villagers" or "orders went out" it is what is demanded."""
    if "demands" in classes_of(head, cues.verbs) and child(head, "dobj") is not None:
        found.add("demands", head)
        return False
    subject = child(head, "nsubj", "nsubjpass") if is_predicate(head) else None
    told = cues.nouns.get(subject.lemma, frozenset()) if subject is not None else frozenset()
    if subject is not None and told & {"demands", "intends", "expects"}:
        return by_noun(subject, found, cues, told, subject)
    found.add("intends", child(token, "aux") or token)
    return False


def _participle(token: Token, head: Token, found: Found, cues: Cues, marks: set[str]) -> bool:
    """ "…, killing six" is as firm as what it hangs on; "having killed six" and "without killing" are not."""
    perfect = any(one.lower == "having" for one in token.children if one.dep in ("aux", "auxpass"))
    if perfect or token.tag not in ("VBG", "VBN") or has_subject(token) or marks & cues.facts:
        return False
    if "without" in marks:
        found.negate(token)
        return False
    clause_modality(head, found, cues, negation=False)
    return True


def _on_noun(token: Token, noun: Token, found: Found, cues: Cues) -> bool:
    """A clause on a noun: "a plan to attack", "reports that they attacked", "troops fighting in the east"."""
    classes = cues.nouns.get(noun.lemma, frozenset())
    if has_to(token) and noun.lower == "order" and noun.head.lower == "in":
        found.add("intends", noun)  # "in order to"
        return False
    if has_to(token) and noun.dep == "ROOT" and noun.pos in ("PROPN", "NOUN") and not classes:
        found.add("expects", child(token, "aux") or token)  # headline: "Turkey to send troops"
        return False
    if has_to(token):
        if any(one.lower in ORDERED for one in noun.children) and "intends" not in classes:
            return False
        return by_noun(noun, found, cues, classes or frozenset({"intends"}), noun)
    if any(one.dep == "mark" for one in token.children) or (has_subject(token) and token.tag not in ("VBG", "VBN")):
        return by_noun(noun, found, cues, classes, noun)
    return False


def _behind_preposition(token: Token, found: Found, cues: Cues) -> Step:
    """ "-ing" behind a preposition: "accused of shelling", "without firing", "prevented from leaving", "after taking"."""
    prep, governor = token.head, token.head.head
    word = prep.lower
    if word in ("towards", "toward") or word == "to" and governor.lemma == "view":  # "talks towards ending the war"
        found.add("intends", prep)
    if governor.dep == "advmod" and governor.lower in ("back", "short", "off", "away") and governor.head.pos == "VERB":
        governor = governor.head  # "held back from storming"
    if prep.lemma in PROVISOS:
        found.add("conditions", prep)
        return governor, False
    if governor.lower in ("far", "close") or any(one.lower in ("instead", "rather") for one in prep.children):
        found.negate(governor if governor.lower in ("far", "close") else prep)
        return governor, False
    if word == "without" or governor.lower in ("instead", "rather") or word in ("instead", "rather"):
        found.negate(prep)
        return governor, False
    over = governor.head
    if governor.dep == "dobj" and is_predicate(over) and classes_of(over, cues.verbs, word):
        return by_verb_and(word, over, cues.verbs, found, cues)  # "advised the youths against attacking"
    if governor.pos in ("VERB", "AUX"):
        return by_verb_and(word, governor, cues.verbs, found, cues)
    classes = (cues.adjectives if governor.pos == "ADJ" else cues.nouns).get(governor.lemma, frozenset())
    if governor.lower == "guilty" and any(one.dep == "neg" for one in [*governor.children, *governor.head.children]):
        found.add("denies", governor)  # "pleaded not guilty to killing"
        return governor, False
    if governor.pos == "ADJ":
        return governor, take(governor, classes, found, cues)
    if classes and word in ("of", "for", "at", "about", "on", "to"):
        return governor, by_noun(governor, found, cues, classes, governor)
    return governor, False


BY_ARC: dict[str, Callable[[Token, Token, Found, Cues], bool]] = {
    "ccomp": _finite,
    "csubj": _finite,
    "csubjpass": _finite,
    "xcomp": infinitive_step,
    "acomp": infinitive_step,
    "advcl": _adverbial,
    "acl": _on_noun,
    "relcl": _relative,
}
