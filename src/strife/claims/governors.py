"""What a governing word says of what lies below it: a demand, a denial, a doubt, a failure.

The classes are those of cues.toml."""

from __future__ import annotations

from strife.claims.modality import Found, classes_of, clause_modality, is_negated
from strife.codebook.cues import Cues
from strife.language.analysis import Token, subtree
from strife.language.grammar import is_passive
from strife.records import Stance

Step = tuple[Token, bool]  # where the walk goes on, and whether modality still flows

LIES = {
    "untrue", "false", "baseless", "unfounded", "fabricated", "lie", "fabrication", "propaganda", "hoax", "fiction", "nonsense", "myth",
    "slander", "invention", "rubbish", "disinformation", "smear", "falsehood", "incorrect", "wrong",
}  # fmt: skip
COPULAS = {"be", "look", "seem", "appear", "remain", "become"}


def note(name: str, head: Token, found: Found, cues: Cues, *, negated: bool) -> None:
    """Add what a governing verb of a class says: "did not say that" leaves it open, "did not deny" affirms."""
    if name == "says":
        if (
            negated
            or is_passive(head)
            and not any(one.dep == "agent" for one in head.children)
            and head.lemma in ("allege", "rumour", "rumor", "claim")
        ):
            found.add("supposes", head)
        return
    if name == "denies":
        if not negated:
            found.add("denies", head)
        elif head.lemma in ("rule", "exclude", "discount") or _confirms_neither(head):
            found.add("supposes", head)  # "has not ruled out", "neither confirmed nor denied"
            found.rate("possible")
            found.twisted = True
        return
    if name in ("expects", "supposes"):
        found.rate(cues.likelihood.get(head.lemma) or ("likely" if name == "expects" else None))
    if head.lemma == "doubt":
        if not negated:
            found.add("supposes", head)
            found.rate("unlikely")
        return
    if negated and name in ("expects", "intends", "supposes"):
        found.negate(head)
    found.add(stance_of(name), head)


def _confirms_neither(head: Token) -> bool:
    return any(one.lemma == "confirm" for one in [head.head, *head.children])


def stance_of(name: str) -> Stance:
    """The stance that a class of cue words stands for."""
    stances: dict[str, Stance] = {
        "supposes": "supposes",
        "expects": "expects",
        "intends": "intends",
        "demands": "demands",
        "denies": "denies",
    }
    return stances[name]


def by_adjective(copula: Token, found: Found, cues: Cues) -> bool:
    """ "It is likely that …", "The danger is that …"."""
    clause_modality(copula, found, cues)
    for one in copula.children:
        if one.dep in ("acomp", "attr", "oprd", "advmod"):
            if take(one, cues.adjectives.get(one.lower, frozenset()), found, cues):
                return True
        if one.dep in ("attr", "nsubj") and one.pos == "NOUN":
            take(one, cues.nouns.get(one.lemma, frozenset()) - {"says"}, found, cues)
    return True


def take(word: Token, classes: frozenset[str], found: Found, cues: Cues) -> bool:
    """Note what an adjective or noun of these classes says; whether it said anything."""
    for name in ("unlikely", "supposes", "expects", "intends", "demands", "denies", "fails"):
        if name in classes:
            if name == "fails":
                found.negate(word)
            elif name == "unlikely":
                found.add("supposes", word)
                found.rate("unlikely")
            else:
                found.add(stance_of(name), word)
                found.rate(cues.likelihood.get(word.lower) or ("possible" if name == "supposes" else None))
            return True
    return False


def by_noun(noun: Token, found: Found, cues: Cues, classes: frozenset[str], cue: Token) -> bool:
    """What a noun says of its complement; voices are noted elsewhere."""
    if _called_untrue(noun):
        found.add("denies", noun.head)
        return False
    denied = noun.dep in ("dobj", "nsubjpass") and "denies" in classes_of(noun.head, cues.objects)
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
            found.add(stance_of(name), cue)
            found.rate(cues.likelihood.get(noun.lemma) or ("possible" if name == "supposes" else None))
            return name != "supposes"  # whatever is done about a possibility, it stays one
    if "says" in classes and noun.lemma in ("claim", "report", "account", "accusation", "version") and not _owned(noun):
        found.add("supposes", cue)
    return False


def _called_untrue(noun: Token) -> bool:
    """ "The claim … was untrue", "called the report … a fabrication"."""
    head = noun.head
    told = [head, *(one for one in head.children if one.dep in ("acomp", "attr", "oprd", "ccomp", "prep"))]
    told += [
        one
        for clause in noun.children
        if clause.dep in ("acl", "ccomp", "relcl")
        for one in subtree(clause)
        if one.lower == "as" or one.head is clause
    ]  # hung too low
    told += [one for prep in told if prep.dep == "prep" and prep.lower == "as" for one in prep.children]
    naming = head.lemma in COPULAS or head.lemma in (
        "call",
        "label",
        "brand",
        "describe",
        "dismiss",
        "denounce",
        "term",
    )
    if noun.dep not in ("nsubj", "dobj", "nsubjpass") or not (naming or head.lemma in LIES) or is_negated(head):
        return False
    return any(one.lemma in LIES or one.lower in LIES for one in told)


def _owned(noun: Token) -> bool:
    """Whether somebody's name stands with a noun of saying: "Syria's claim", "the UN report", "a report by X"."""
    named = any(one.dep in ("amod", "compound") and one.text[:1].isupper() for one in noun.children)
    return named or any(
        one.dep == "poss" or (one.dep in ("prep", "agent") and one.lower in ("by", "from")) for one in noun.children
    )


def by_verb_and(word: str, governor: Token, table: dict[str, frozenset[str]], found: Found, cues: Cues) -> Step:
    """What a verb with its preposition says of what stands behind it: "prevented from", "accused of", "called for"."""
    classes = classes_of(governor, table, word)
    negated = is_negated(governor)
    for name in ("fails", "denies", "demands", "intends", "expects", "supposes"):
        if name in classes:
            if name == "fails":
                found.negate(governor)
                clause_modality(governor, found, cues)
                return governor, True
            note(name, governor, found, cues, negated=negated)
            return governor, False
    if "says" in classes:
        note("says", governor, found, cues, negated=negated)
        if is_passive(governor) and not any(one.dep == "agent" for one in governor.children) and "says" in classes:
            found.add("supposes", governor)  # "is accused of", by nobody named
        return governor, False
    if "succeeds" in classes or word in ("by", "in"):
        clause_modality(governor, found, cues)
        return governor, True
    return governor, False
