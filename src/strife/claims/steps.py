"""One step up the tree: what a head says of the clause or the noun below it.

Each step returns where the walk goes on and whether modality still flows. The classes of cue words are those of cues.toml:
a verb like "fail" negates its complement, "urge" makes it a demand, "manage" passes its own modality on, "know" leaves a fact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from strife.claims.modality import Found, apart, classes_of, clause_modality, governing_preposition, is_negated
from strife.codebook.cues import Cues
from strife.language.analysis import Token, child
from strife.language.grammar import has_subject, has_to, is_passive, is_predicate

from strife.records import Stance

if TYPE_CHECKING:
    from strife.claims.framing import Framing

Step = tuple[Token, bool]
ORDERED = {"first", "second", "third", "last", "latest", "only", "next"}
PROVISOS = {"provide", "suppose", "assume", "grant"}
LIES = {
    "untrue", "false", "baseless", "unfounded", "fabricated", "lie", "fabrication", "propaganda", "hoax", "fiction", "nonsense", "myth",
    "slander", "invention", "rubbish", "disinformation", "smear", "falsehood", "incorrect", "wrong",
}  # fmt: skip
COPULAS = {"be", "look", "seem", "appear", "remain", "become"}
ASIDE = {"from", "against", "after", "during", "since", "amid", "despite", "following", "before", "because", "over", "about", "for", "than"}
TEMPORAL = {"until", "till", "before", "when", "once", "after", "as", "whenever"}
OCCUR = {
    "happen", "occur", "begin", "start", "continue", "erupt", "break", "follow", "resume", "intensify", "rage", "unfold",
    "escalate", "take", "go", "come", "be", "last", "spread", "persist", "ensue", "materialise", "materialize", "proceed",
}  # fmt: skip


# --- clauses ----------------------------------------------------------------------------------------------------
def clausal_step(token: Token, found: Found, framing: Framing, flows: bool) -> Step:
    """From a predicate to its head."""
    head = token.head
    if _condition(token, found, framing.cues):
        return head, False
    if token.dep == "conj":
        return _conjunct(token, found, framing)
    if has_to(token) and (prep := governing_preposition(token, head)) and is_predicate(head) and classes_of(head, framing.cues.verbs, prep):
        return _by_verb_and(prep, head, framing.cues.verbs, found, framing)
    if apart(token, head):
        return head, False
    if token.tag == "VB" and any(one.lower == "than" for one in token.children) and any(one.lower in ("rather", "sooner") for one in token.children):
        found.negate(next(one for one in token.children if one.lower == "than"))  # "rather than withdraw"
        return head, False
    if token.dep == "ccomp" and any(one.lower == "now" and one.dep == "advmod" and one.i == _first(token) - 1 for one in head.children):
        return head, False  # "now that the army has captured their base"
    if token.dep in ("ccomp", "csubj", "csubjpass"):
        return head, _finite(token, head, found, framing)
    if token.dep in ("xcomp", "acomp"):
        return head, _infinitive(token, head, found, framing)
    if token.dep == "advcl":
        return head, _adverbial(token, head, found, framing)
    if token.dep == "acl":
        return head, _on_noun(token, head, found, framing)
    if token.dep == "relcl" and has_to(token):
        return head, _on_noun(token, head, found, framing)
    if token.dep == "relcl" and _content(token):
        return head, _on_noun(token, head, found, framing)
    if token.dep == "relcl":
        if head.lower in ("anyone", "whoever", "anybody", "anything") or any(c.lower == "any" for c in head.children):
            found.add("conditions", head)
        return head, False
    if token.dep == "pcomp":
        if head.lower in ("towards", "toward"):  # "talks towards ending the war"
            found.add("intends", head)
        return _behind_preposition(token, found, framing)
    if token.dep in ("dobj", "pobj", "nsubj", "nsubjpass", "attr", "compound", "amod", "appos", "poss", "agent"):
        return nominal_step(token, found, framing, flows)
    return head, token.dep in ("parataxis", "dep", "ROOT")


def _unsettled(head: Token) -> bool:
    """ "It is unclear whether", "it was not known whether", "nobody can say whether": nobody asks, the matter is open."""
    if head.lemma in COPULAS or head.pos == "ADJ":
        return True
    return head.lemma in ("know", "say", "tell", "confirm", "establish", "determine") and (is_passive(head) or is_negated(head))


def _content(token: Token) -> bool:
    """Whether a "relative" clause is what the noun says: "the allegation that soldiers executed captives" lacks nothing."""
    that = next((one for one in token.children if one.lower == "that"), None)
    full = has_subject(token) and (child(token, "dobj") is not None or is_passive(token))
    return that is not None and full and that.dep in ("mark", "dobj", "advmod") and child(token, "nsubj", "nsubjpass") is not that


def _first(token: Token) -> int:
    return min(token.i, *(one.i for one in token.children)) if token.children else token.i


def _condition(token: Token, found: Found, cues: Cues) -> bool:
    """Whether the clause is a condition: "if", "unless", "in case", or inverted ("should the talks fail", "had they struck")."""
    marks = [one for one in token.children if one.dep in ("mark", "advmod") and one.lower in cues.conditions]
    if token.dep in ("advcl", "ccomp", "dep", "parataxis", "xcomp", "relcl") and marks:
        if token.dep in ("ccomp", "xcomp") and marks[0].lower in ("if", "whether"):
            open_question = has_to(token) or _unsettled(token.head)
            found.add("supposes" if open_question else "asks", marks[0])
        elif marks[0].lower in ("if", "unless", "whether", "whenever", "lest", "provided", "providing", "supposing", "assuming"):
            found.add("conditions", marks[0])
        return True
    if token.dep in ("advcl", "ccomp", "dep") and has_subject(token):
        front = min(token.children, key=lambda one: one.i)
        subject = child(token, "nsubj", "nsubjpass")
        if front.dep in ("aux", "auxpass") and front.lower in ("should", "had", "were") and subject is not None and front.i < subject.i:
            found.add("conditions", front)
            return True
    return False


def _conjunct(token: Token, found: Found, framing: Framing) -> Step:
    """A coordinated clause shares what governs its sibling; a bare verb shares its auxiliaries too."""
    head = token.head
    if is_predicate(head):
        shares = not has_subject(token) and not any(one.dep == "aux" for one in token.children)
        if shares and token.tag in ("VB", "VBN", "VBG") and (token.tag == head.tag or token.tag == "VB"):
            clause_modality(head, found, framing.cues, negation=token.tag == "VB")
        step = clausal_step(head, found, framing, True) if head.head is not head else (head, True)
        return step
    return head, True


def _finite(token: Token, head: Token, found: Found, framing: Framing) -> bool:
    """A that-clause, or a quoted clause, under a verb, adjective or noun."""
    cues = framing.cues
    if not is_predicate(head):
        return _by_noun(head, found, framing, cues.nouns.get(head.lemma, frozenset()), head)
    classes = classes_of(head, cues.verbs)
    negated = is_negated(head)
    if head.lemma in PROVISOS and not has_subject(head):
        found.add("conditions", head)
        return False
    if head.lemma == "have" and any(one.lower in ("rumour", "rumor", "legend") for one in head.children):
        found.add("supposes", head)
        return False
    if token.tag == "VB" and classes & {"says", "demands"} and not any(one.dep == "aux" for one in token.children):
        found.add("demands", head)  # "insists that he resign"
        return False
    if head.lemma == "be" or head.lemma in ("seem", "remain", "become", "appear"):
        return _by_adjective(head, found, framing)
    question = any(one.dep in ("mark", "advmod", "attr", "dobj", "nsubj") and one.lower in ("whether", "if") for one in token.children)
    if question and classes & {"asks", "says", "supposes", "knows"}:
        found.add("asks", head)
        return False
    for name in ("denies", "says", "supposes", "expects", "demands", "intends"):
        if name in classes and not (name == "denies" and "says" in classes):
            _note(name, head, found, framing, negated=negated)
            return False
    if "knows" in classes:
        return False
    if "fails" in classes:
        found.negate(head)
    clause_modality(head, found, cues)
    return True


def _note(name: str, head: Token, found: Found, framing: Framing, *, negated: bool) -> None:
    """Add what a governing verb of a class says: "did not say that" leaves it open, "did not deny" affirms."""
    if name == "says":
        if negated:
            found.add("supposes", head)
        elif is_passive(head) and not any(one.dep == "agent" for one in head.children) and head.lemma in ("allege", "rumour", "rumor", "claim"):
            found.add("supposes", head)
        return
    if name == "denies":
        if not negated:
            found.add("denies", head)
        elif head.lemma in ("rule", "exclude", "discount") or _confirms_neither(head):
            found.add("supposes", head)  # "has not ruled out", "neither confirmed nor denied"
            found.rate("possible")
        return
    if name in ("expects", "supposes"):
        found.rate(framing.cues.likelihood.get(head.lemma) or ("likely" if name == "expects" else None))
    if head.lemma == "doubt":
        if not negated:
            found.add("supposes", head)
            found.rate("unlikely")
        return
    if negated and name in ("expects", "intends", "supposes"):
        found.negate(head)
    found.add(_stance(name), head)


def _confirms_neither(head: Token) -> bool:
    return any(one.lemma == "confirm" for one in [head.head, *head.children])


def _stance(name: str) -> Stance:
    stances: dict[str, Stance] = {
        "supposes": "supposes", "expects": "expects", "intends": "intends", "demands": "demands", "denies": "denies",
    }  # fmt: skip
    return stances[name]


def _by_adjective(copula: Token, found: Found, framing: Framing) -> bool:
    """ "It is likely that …", "The danger is that …"."""
    cues = framing.cues
    clause_modality(copula, found, cues)
    for one in copula.children:
        if one.dep in ("acomp", "attr", "oprd", "advmod"):
            if _take(one, cues.adjectives.get(one.lower, frozenset()), found, cues):
                return True
        if one.dep in ("attr", "nsubj") and one.pos == "NOUN":
            _take(one, cues.nouns.get(one.lemma, frozenset()) - {"says"}, found, cues)
    return True


def _take(word: Token, classes: frozenset[str], found: Found, cues: Cues) -> bool:
    for name in ("unlikely", "supposes", "expects", "intends", "demands", "denies", "fails"):
        if name in classes:
            if name == "fails":
                found.negate(word)
            elif name == "unlikely":
                found.add("supposes", word)
                found.rate("unlikely")
            else:
                found.add(_stance(name), word)
                found.rate(cues.likelihood.get(word.lower) or ("possible" if name == "supposes" else None))
            return True
    return False


def _infinitive(token: Token, head: Token, found: Found, framing: Framing) -> bool:
    """An infinitive or "-ing" clause under a verb or adjective."""
    cues = framing.cues
    if head.pos == "ADJ" or (head.pos not in ("VERB", "AUX") and head.lower in cues.adjectives):
        if head.lower == "able" and head.head.tag in ("VBD", "VBN"):
            return True  # "was able to" tells a success, "is able to" a capacity
        taken = _take(head, cues.adjectives.get(head.lower, frozenset()), found, cues)
        if not taken and has_to(token):
            found.add("intends", head)
        return True
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
    if head.lemma == "have" and any(one.lower == "yet" for one in [*head.children, *token.children]):
        found.negate(next(one for one in [*head.children, *token.children] if one.lower == "yet"))
        return True
    if head.lemma in ("have", "need") and has_to(token):
        modal = next((one for one in head.children if one.tag == "MD"), None)
        if modal is None:
            found.add("demands", head)
        clause_modality(head, found, cues)
        return True
    infinitive = has_to(token) or token.tag == "VB"
    if is_passive(head) and infinitive and not any(one.dep == "dobj" for one in head.children):
        return _passive_infinitive(head, classes, found, framing)
    return _by_class(token, head, classes, found, framing, infinitive=infinitive)


def _passive_infinitive(head: Token, classes: frozenset[str], found: Found, framing: Framing) -> bool:
    """ "is said to have", "was ordered to", "are expected to", "were forced to"."""
    for name in ("fails", "succeeds", "expects", "demands", "intends"):
        if name in classes and not (name == "intends" and "supposes" in classes):
            if name == "fails":
                found.negate(head)
            elif name != "succeeds":
                found.add(_stance(name), head)
                found.rate(framing.cues.likelihood.get(head.lower) or ("likely" if name == "expects" else None))
            clause_modality(head, found, framing.cues)
            return True
    if classes & {"says", "supposes", "denies"}:
        found.add("supposes", head)
        found.rate("possible")
    elif "knows" not in classes:
        found.add("intends", head)
    clause_modality(head, found, framing.cues)
    return True


def _by_class(token: Token, head: Token, classes: frozenset[str], found: Found, framing: Framing, *, infinitive: bool) -> bool:
    given = child(head, "dobj", "dative") is not None
    order = ("denies", "fails", "succeeds", "demands", "intends", "expects", "supposes", "says", "knows")
    if "demands" in classes and "intends" in classes and not given:
        order = ("denies", "fails", "succeeds", "intends", "demands", "expects", "supposes", "says", "knows")
    name = next((one for one in order if one in classes), "")
    if name in ("knows", "says") and infinitive and "that" not in classes:
        name = "intends" if has_to(token) else name
    if not name and infinitive and has_to(token):
        name = "intends"
    if name == "fails":
        found.negate(head)
    elif name == "denies":
        found.add("denies", head)
    elif name in ("demands", "intends", "expects", "supposes"):
        found.add(_stance(name), head)
        found.rate(framing.cues.likelihood.get(head.lemma))
        if name == "demands":
            return False
    elif name in ("says", "knows"):
        return False
    clause_modality(head, found, framing.cues)
    return True


def _adverbial(token: Token, head: Token, found: Found, framing: Framing) -> bool:
    """An adverbial clause: purposes are unreal, participles share the main clause's modality, the rest is told as fact."""
    marks = [one.lower for one in token.children if one.dep in ("mark", "advmod", "prep")]
    if has_to(token):
        if any(word in ("only", "just") for word in marks):
            return True
        found.add("intends", child(token, "aux") or token)
        return False
    if "that" in marks and "now" in marks:
        return False
    if "as" in marks and any(word in ("if", "though") for word in marks):
        found.add("supposes", token)
        return False
    if TEMPORAL & set(marks) and is_predicate(head):
        main = Found()
        clause_modality(head, main, framing.cues)
        if main.stances.keys() & {"expects", "demands", "intends", "supposes"}:
            found.add("expects", next(one for one in token.children if one.lower in TEMPORAL))
        return False
    if any(one.lower == "having" for one in token.children if one.dep in ("aux", "auxpass")):
        return False
    if token.tag in ("VBG", "VBN") and not has_subject(token) and not set(marks) & framing.cues.facts:
        if "without" in marks:
            found.negate(token)
            return False
        clause_modality(head, found, framing.cues, negation=False)
        return True
    return False


def _on_noun(token: Token, noun: Token, found: Found, framing: Framing) -> bool:
    """A clause on a noun: "a plan to attack", "reports that they attacked", "troops fighting in the east"."""
    classes = framing.cues.nouns.get(noun.lemma, frozenset())
    if has_to(token) and noun.lower == "order" and noun.head.lower == "in":
        found.add("intends", noun)  # "in order to"
        return False
    if has_to(token) and noun.dep == "ROOT" and noun.pos in ("PROPN", "NOUN") and not classes:
        found.add("expects", child(token, "aux") or token)  # headline: "Turkey to send troops"
        return False
    if has_to(token):
        if any(one.lower in ORDERED for one in noun.children) and "intends" not in classes:
            return False
        return _by_noun(noun, found, framing, classes or frozenset({"intends"}), noun)
    if any(one.dep == "mark" for one in token.children) or (has_subject(token) and token.tag not in ("VBG", "VBN")):
        return _by_noun(noun, found, framing, classes, noun)
    return False


def _by_noun(noun: Token, found: Found, framing: Framing, classes: frozenset[str], cue: Token) -> bool:
    """What a noun says of its complement; voices are noted elsewhere."""
    if _called_untrue(noun):
        found.add("denies", noun.head)
        return False
    denied = noun.dep in ("dobj", "nsubjpass") and "denies" in classes_of(noun.head, framing.cues.objects)
    if denied and "knows" not in classes and not any(one.dep == "neg" for one in noun.head.children):
        found.add("denies", noun.head)  # "the claim that … was dismissed"
        return False
    if "knows" in classes:
        return False
    if any(one.lower == "no" for one in noun.children) and classes:
        found.negate(noun)
    if "succeeds" in classes:
        return True
    for name in ("fails", "denies", "demands", "intends", "expects", "supposes"):
        if name in classes:
            if name == "fails":
                found.negate(cue)
                return True
            found.add(_stance(name), cue)
            found.rate(framing.cues.likelihood.get(noun.lemma) or ("possible" if name == "supposes" else None))
            return name != "supposes"  # whatever is done about a possibility, it stays one
    if "says" in classes and noun.lemma in ("claim", "report", "account", "accusation", "version") and not _owned(noun):
        found.add("supposes", cue)
    return False


def _called_untrue(noun: Token) -> bool:
    """ "The claim … was untrue", "called the report … a fabrication"."""
    head = noun.head
    told = [head, *(one for one in head.children if one.dep in ("acomp", "attr", "oprd", "ccomp", "prep"))]
    told += [one for prep in told if prep.dep == "prep" and prep.lower == "as" for one in prep.children]
    naming = head.lemma in COPULAS or head.lemma in ("call", "label", "brand", "describe", "dismiss", "denounce", "term")
    if noun.dep not in ("nsubj", "dobj", "nsubjpass") or not (naming or head.lemma in LIES) or is_negated(head):
        return False
    return any(one.lemma in LIES or one.lower in LIES for one in told)


def _owned(noun: Token) -> bool:
    """Whether somebody's name stands with a noun of saying: "Syria's claim", "the UN report", "a report by X"."""
    named = any(one.dep in ("amod", "compound") and one.text[:1].isupper() for one in noun.children)
    return named or any(one.dep == "poss" or (one.dep in ("prep", "agent") and one.lower in ("by", "from")) for one in noun.children)


def _behind_preposition(token: Token, found: Found, framing: Framing) -> Step:
    """ "-ing" behind a preposition: "accused of shelling", "without firing", "prevented from leaving", "after taking"."""
    prep, governor, cues = token.head, token.head.head, framing.cues
    word = prep.lower
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
    if governor.pos in ("VERB", "AUX"):
        return _by_verb_and(word, governor, cues.verbs, found, framing)
    classes = (cues.adjectives if governor.pos == "ADJ" else cues.nouns).get(governor.lemma, frozenset())
    if governor.lower == "guilty" and any(one.dep == "neg" for one in [*governor.children, *governor.head.children]):
        found.add("denies", governor)  # "pleaded not guilty to killing"
        return governor, False
    if governor.pos == "ADJ":
        return governor, _take(governor, classes, found, cues)
    if classes and word in ("of", "for", "at", "about", "on", "to"):
        return governor, _by_noun(governor, found, framing, classes, governor)
    return governor, False


def _by_verb_and(word: str, governor: Token, table: dict[str, frozenset[str]], found: Found, framing: Framing) -> Step:
    classes = classes_of(governor, table, word)
    negated = is_negated(governor)
    for name in ("fails", "denies", "demands", "intends", "expects", "supposes"):
        if name in classes:
            if name == "fails":
                found.negate(governor)
                clause_modality(governor, found, framing.cues)
                return governor, True
            _note(name, governor, found, framing, negated=negated)
            return governor, False
    if "says" in classes:
        _note("says", governor, found, framing, negated=negated)
        if is_passive(governor) and not any(one.dep == "agent" for one in governor.children) and "says" in classes:
            found.add("supposes", governor)  # "is accused of", by nobody named
        return governor, False
    if "succeeds" in classes or word in ("by", "in"):
        clause_modality(governor, found, framing.cues)
        return governor, True
    return governor, False


# --- nouns ------------------------------------------------------------------------------------------------------
def nominal_step(token: Token, found: Found, framing: Framing, flows: bool) -> Step:
    """From an event noun to its head."""
    head, cues = token.head, framing.cues
    if token.dep in ("dobj", "nsubjpass", "oprd", "dative"):
        return head, _by_object_verb(token, head, found, framing)
    if token.dep == "nsubj":
        return head, _as_subject(token, head, found, cues)
    if token.dep in ("attr", "acomp"):
        clause_modality(head, found, cues)
        return head, True
    if token.dep == "pobj":
        return _noun_behind_preposition(token, found, framing)
    if token.dep in ("conj", "appos", "dep", "ROOT", "parataxis"):
        return head, True
    if token.dep == "compound" and head.pos in ("NOUN", "PROPN"):
        return head, _by_noun(head, found, framing, cues.nouns.get(head.lemma, frozenset()) & {"intends", "supposes", "fails"}, head)
    return head, False


def definite(noun: Token) -> bool:
    """Whether the noun phrase takes its event for given: "the attack", "this attack", "Israel's attack"."""
    return any((one.dep == "det" and one.lower in ("the", "this", "that", "these", "those")) or one.dep == "poss" for one in noun.children)


def _by_object_verb(token: Token, head: Token, found: Found, framing: Framing) -> bool:
    classes = classes_of(head, framing.cues.objects)
    negated = is_negated(head)
    for name in ("succeeds", "denies", "fails", "demands", "expects", "supposes", "intends"):
        if name in classes:
            if name == "succeeds":
                break
            if name == "fails":
                found.negate(head)
                clause_modality(head, found, framing.cues)
                return True
            _note(name, head, found, framing, negated=negated)
            clause_modality(head, found, framing.cues, negation=False)
            return name in ("intends", "expects")
    if "says" in classes:
        return False
    if "succeeds" in classes:
        clause_modality(head, found, framing.cues)
        return True
    if definite(token):
        return False
    clause_modality(head, found, framing.cues, negation=False)
    return True


def _as_subject(token: Token, head: Token, found: Found, cues: Cues) -> bool:
    if any(one.lower == "any" for one in token.children):
        found.add("conditions", token)
    for one in head.children:
        if one.dep in ("acomp", "oprd") and head.lemma in COPULAS:
            _take(one, cues.adjectives.get(one.lower, frozenset()) - {"demands", "intends"}, found, cues)
    if head.lemma in OCCUR:
        clause_modality(head, found, cues)
        return True
    if definite(token):
        return False
    clause_modality(head, found, cues, negation=False)
    return True


def _noun_behind_preposition(token: Token, found: Found, framing: Framing) -> Step:
    prep, governor, cues = token.head, token.head.head, framing.cues
    word = prep.lower
    if word == "without":
        found.negate(prep)
        return governor, False
    if governor.lower in ("case", "event") and governor.head.lower == "in":
        found.add("conditions", governor)
        return governor, False
    if governor.dep == "prep" and governor.lower in ("instead", "ahead", "short"):
        if governor.lower == "instead":
            found.negate(governor)
        return governor, False
    if governor.pos in ("VERB", "AUX"):
        if classes_of(governor, cues.objects, word):
            return _by_verb_and(word, governor, cues.objects, found, framing)
        flows_on = not definite(token) and word not in ASIDE
        if flows_on:
            clause_modality(governor, found, cues, negation=False)
        return governor, flows_on
    if governor.pos == "ADJ":
        _take(governor, cues.adjectives.get(governor.lower, frozenset()) & {"supposes", "expects", "unlikely"}, found, cues)
        return governor, False
    classes = cues.nouns.get(governor.lemma, frozenset())
    if word not in ("of", "in"):
        classes = classes - {"fails"}
    if classes and word in ("of", "for", "about", "to", "on", "at", "against", "in"):
        return governor, _by_noun(governor, found, framing, classes, governor)
    return governor, word == "of"
