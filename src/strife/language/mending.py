"""Arcs that the parser often hangs wrongly in news prose, hung right by rule before anything reads the tree."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from strife.language.analysis import Token, ancestors, child, subtree
from strife.language.lostcommas import apart_from_subject, speaker_out_of_place

CHARGING = {"accuse", "suspect", "convict", "acquit", "absolve", "rob", "strip", "deprive"}
HITTING = {"hit", "strike", "target", "bomb", "shell", "pound", "rock", "attack"}
OUTCOMES = {"kill", "wound", "injure", "leave", "destroy", "damage", "maim", "hurt"}
LEADING = {"near", "inside", "outside", "around"}
DEEDS = frozenset(
    """
    attack strike airstrike bombing explosion blast raid shelling ambush shooting clash battle assault offensive
    massacre bombardment barrage crackdown operation incident crash stampede siege riot
    """.split()
)
HARMING = OUTCOMES | HITTING | {"claim", "injure", "rock", "devastate", "shake", "begin", "last", "occur", "follow"}
SUFFERED = OUTCOMES | {
    "shoot",
    "arrest",
    "detain",
    "abduct",
    "kidnap",
    "capture",
    "execute",
    "behead",
    "displace",
    "jail",
}
CALLING = {"call", "urge", "demand", "say", "add", "stress", "warn", "ask", "insist", "describe", "accuse", "vow"}
NOUNS = {"shelling", "bombing", "fighting", "shooting", "killing", "looting", "rioting", "firing"}
FIGHTING = {"clash", "fight", "battle", "engage", "skirmish"}
CAPTIVES = {"hostage", "prisoner", "captive"}
SPOTS = {"in", "at", "near", "of", "on", "outside", "around", "inside", "against", "across"}


def mend(tokens: list[Token]) -> None:
    """Mend the arcs of one paragraph in place."""
    for token in tokens:
        _misread_word(token)
        mender = BY_RELATION.get(token.dep)
        if mender is not None:
            mender(token)
        if token.dep in ("nsubj", "nsubjpass"):
            _bare_passive(token)
            apart_from_subject(token, tokens, hang)
        elif token.dep == "pobj":
            speaker_out_of_place(token, tokens, hang)


def _misread_word(token: Token) -> None:
    """Words taken for another part of speech: the group "IS", "Shelling hit the town"."""
    if token.text == "IS" and token.pos == "AUX" and token.head.i > token.i:
        token.pos, token.tag, token.lemma, token.dep = "PROPN", "NNP", "is", "nsubj"
    elif token.dep == "csubj" and token.lower in NOUNS and not any(one.dep == "dobj" for one in token.children):
        token.dep, token.pos, token.tag, token.lemma = "nsubj", "NOUN", "NN", token.lower


def _charge(prep: Token) -> None:
    """ "accused the army of gassing villagers": the "of" behind who is accused belongs to the verb; "feared, or hoped
    for the loss, of the town": what two verbs share belongs to the nearer noun."""
    noun = prep.head
    if prep.lower == "of" and noun.pos in ("VERB", "AUX"):
        _of_before_comma(prep, noun)
    if prep.lower == "of" and noun.dep in ("dobj", "nsubjpass") and noun.head.lemma in CHARGING:
        hang(prep, noun.head, "prep")


def _of_before_comma(prep: Token, verb: Token) -> None:
    """Hang an "of" that a comma parts from the object of a coordinated verb on that object."""
    beside = {one.i: one for one in subtree(verb)}
    comma, noun = beside.get(prep.i - 1), beside.get(prep.i - 2)
    if comma is None or comma.text != "," or noun is None or noun.pos != "NOUN":
        return
    if any(one.dep == "conj" and one.pos == "VERB" for one in [*islice(ancestors(noun), 2)]):
        hang(prep, noun, "prep")


def _elliptic(noun: Token) -> None:
    """ "a guard was killed, two others wounded by rockets": the two were wounded."""
    verb = noun.head
    if verb.tag != "VBN" or noun.pos not in ("NOUN", "PRON"):
        return
    done = next((one for one in noun.children if one.dep == "acl" and one.tag == "VBN" and one.i == noun.i + 1), None)
    if done is not None and any(one.dep == "auxpass" for one in verb.children):
        hang(done, verb, "conj")
        hang(noun, done, "nsubjpass")


def _besides(clause: Token) -> None:
    """ "condemned the crimes calling on the world to act" is what the condemning one does; "strikes in support of its ally
    targeting rebels" are what targets them."""
    noun = clause.head
    verb = noun.head.head if noun.dep == "pobj" else noun.head
    if clause.tag != "VBG":
        _toll(clause, noun, verb)
        return
    if clause.lemma in CALLING and noun.dep in ("dobj", "pobj") and verb.pos == "VERB":
        hang(clause, verb, "advcl")
        return
    if (
        clause.lemma in OUTCOMES
        and noun.dep == "pobj"
        and noun.head.lower in ("with", "against")
        and verb.lemma in FIGHTING
    ):
        hang(clause, verb, "advcl")  # "clashed with rebels killing six"
        return
    for _ in range(4):
        if noun.dep != "pobj" or clause.lemma not in HITTING:
            return
        noun = noun.head.head
        if noun.lemma in DEEDS:
            hang(clause, noun, "acl")
            return


def _toll_beside(clause: Token) -> None:
    """ "Two civilians killed nine injured in a blast", where the parser takes "injured" for the killers' doing."""
    count = next((one for one in clause.head.children if one.dep == "dobj" and one.i == clause.i - 1), None)
    if clause.tag == "VBN" and count is not None and count.tag == "CD":
        _toll(clause, count, clause.head)


def _toll(clause: Token, noun: Token, verb: Token) -> None:
    """ "One killed five others hurt in a fire": nobody killed the five."""
    who = child(verb, "nsubj")
    if noun.dep != "dobj" or verb.lemma != "kill" or clause.lemma not in ("injure", "wound", "hurt"):
        return
    if who is None:
        if noun.lower == "others":
            hang(clause, verb, "conj")
            hang(noun, clause, "nsubjpass")
        return
    if who.tag == "CD" or any(one.dep == "nummod" for one in who.children):
        who.dep, verb.tag = "nsubjpass", "VBN"
        hang(clause, verb, "conj")
        hang(noun, clause, "nsubjpass")


def _doing_there(verb: Token) -> None:
    """ "is in Syria investigating": Syria is where it is done, and does nothing."""
    place, prep = child(verb, "nsubj"), verb.head
    if (
        verb.tag == "VBG"
        and place is not None
        and place.ent == "GPE"
        and prep.lower in ("in", "at", "near")
        and place.i == prep.i + 1
    ):
        hang(place, prep, "pobj")
        hang(verb, prep.head, "advcl")


def _taken_as(noun: Token) -> None:
    """ "took thirty soldiers hostage": the soldiers are taken."""
    people = next((one for one in noun.children if one.dep == "compound" and one.i == noun.i - 1), None)
    verb = noun.head
    earlier = next((one for one in verb.children if one.dep == "dobj" and one.i < noun.i), None)
    if earlier is not None and any(
        one.text in ("-", "–", "—", ",") and earlier.i < one.i < noun.i for one in verb.children
    ):
        hang(noun, earlier, "appos")  # "accused the army of theft - an accusation it dismissed"
        return
    if noun.lemma not in CAPTIVES:
        return
    if (
        noun.i == verb.i + 1
        and verb.text.lower() == "taken"
        and not any(one.dep.startswith("aux") for one in verb.children)
    ):
        noun.dep = "oprd"  # "fifty soldiers taken hostage"
        verb.tag = "VBN"
        for one in verb.children:
            one.dep = "nsubjpass" if one.dep == "nsubj" else one.dep
    if people is None or people.tag not in ("NNS", "NNPS"):
        return
    for one in [one for one in noun.children if one is not people and one.i < people.i]:
        hang(one, people, one.dep)
    hang(people, verb, "dobj")
    noun.dep = "oprd"


def _deed_behind(clause: Token) -> None:
    """ "the attack in the town of Azaz which killed six": the attack did, not the town."""
    if clause.lemma not in HARMING:
        return
    pronoun = child(clause, "nsubj", "nsubjpass")
    within = any(
        one.lower in ("in", "during") and (given := child(one, "pobj")) is not None and given.lower == "which"
        for one in clause.children
    )
    if not within and (pronoun is None or pronoun.lower not in ("which", "that")):
        return
    noun = clause.head
    if within and noun.dep == "pobj" and noun.head.dep == "agent" and noun.head.head.dep == "acl":
        noun = noun.head.head.head  # "the massacre carried out by jets in which thirty died"
        if noun.lemma in DEEDS:
            hang(clause, noun, "relcl")
        return
    while noun.dep == "pobj" and noun.head.lower in SPOTS and noun.head.head.pos in ("NOUN", "PROPN"):
        noun = noun.head.head
        if noun.lemma in DEEDS:
            hang(clause, noun, "relcl")
            return


def _bare_passive(subject: Token) -> None:
    """ "with ten people killed", "Two shot in market": a bare participle with a subject of its own is passive."""
    verb = subject.head
    if verb.lemma == "commit" and any(one.dep in ("prep", "xcomp") and one.lower == "to" for one in verb.children):
        if child(verb, "agent") is None:  # "is committed to": no passive
            subject.dep = "nsubj"
            for one in verb.children:
                one.dep = "aux" if one.dep == "auxpass" else one.dep
        return
    plain = not any(one.dep in ("aux", "auxpass", "dobj", "xcomp", "ccomp") for one in verb.children)
    absolute = verb.dep == "pcomp" or verb.dep == "conj" and verb.head.dep == "pcomp" or verb.lemma in SUFFERED
    if verb.tag == "VBN" and plain and absolute and subject.dep == "nsubj" and subject.i < verb.i:
        subject.dep = "nsubjpass"


def _outcome(verb: Token) -> None:
    """ "a shell hit a house killing two": the house is hit, it does not kill."""
    if verb.tag != "VBG" or verb.lemma not in OUTCOMES or verb.head.lemma not in HITTING:
        return
    hit = next((one for one in verb.children if one.dep == "nsubj" and one.i < verb.i), None)
    settled = any(one.dep == "dobj" for one in verb.head.children) or any(one.dep == "aux" for one in verb.children)
    if hit is not None and hit.pos in ("NOUN", "PROPN") and not settled and verb.head.i < hit.i:
        hang(hit, verb.head, "dobj")
        verb.dep = "advcl"


def _place_ahead(prep: Token) -> None:
    """ "Near Palmyra, one strike …" at the head of a list item, where the preposition is taken for a name."""
    name, verb = prep.head, prep.head.head
    if prep.lower not in LEADING or not prep.text[:1].isupper():
        return
    if (
        name.dep != "nsubj"
        or sum(one.dep == "nsubj" for one in verb.children) < 2
        or any(one.i < prep.i for one in name.children)
    ):
        return
    prep.pos, prep.tag = "ADP", "IN"
    hang(prep, verb, "prep")
    hang(name, prep, "pobj")


def hang(token: Token, head: Token, dep: str) -> None:
    """Hang a token on another head, unless that one hangs below it already."""
    above = head
    while above is not token and above.head is not above:
        above = above.head
    if above is token:
        return
    if token.head is not token and token in token.head.children:
        token.head.children.remove(token)
    token.head, token.dep = head, dep
    head.children.append(token)
    head.children.sort(key=lambda one: one.i)


BY_RELATION: dict[str, Callable[[Token], None]] = {
    "prep": _charge,
    "ccomp": _outcome,
    "conj": _elliptic,
    "compound": _place_ahead,
    "dobj": _taken_as,
    "acl": _besides,
    "advcl": _toll_beside,
    "pcomp": _doing_there,
    "relcl": _deed_behind,
}
