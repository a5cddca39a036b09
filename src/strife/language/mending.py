"""Arcs that the parser often hangs wrongly in news prose, hung right by rule before anything reads the tree."""

from __future__ import annotations

from strife.language.analysis import Token, child
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
CAPTIVES = {"hostage", "prisoner", "captive"}
SPOTS = {"in", "at", "near", "of", "on", "outside", "around", "inside", "against", "across"}


def mend(tokens: list[Token]) -> None:
    """Mend the arcs of one paragraph in place."""
    for token in tokens:
        if token.dep == "prep" and token.lower == "of" and _charged(token.head):
            hang(token, token.head.head, "prep")  # "accused the army of gassing villagers"
        elif token.dep == "ccomp" and token.tag == "VBG" and token.lemma in OUTCOMES and token.head.lemma in HITTING:
            _outcome(token)
        elif token.lower in LEADING and token.text[:1].isupper() and token.dep == "compound":
            _place_ahead(token)
        elif token.lemma in CAPTIVES and token.dep == "dobj":
            _taken_as(token)
        elif token.dep == "acl" and token.tag == "VBG":
            _besides(token)
        elif token.dep == "pcomp" and token.tag == "VBG":
            _doing_there(token)
        elif token.dep == "relcl" and token.lemma in HARMING:
            _deed_behind(token)
        if token.dep == "csubj" and token.lower in NOUNS and not any(one.dep == "dobj" for one in token.children):
            token.dep, token.pos, token.tag, token.lemma = "nsubj", "NOUN", "NN", token.lower  # "Shelling hit the town"
        if token.dep in ("nsubj", "nsubjpass"):
            _bare_passive(token)
            apart_from_subject(token, tokens, hang)
        elif token.dep == "pobj":
            speaker_out_of_place(token, tokens, hang)


def _besides(clause: Token) -> None:
    """ "condemned the crimes calling on the world to act" is what the condemning one does; "strikes in support of its ally
    targeting rebels" are what targets them."""
    noun = clause.head
    verb = noun.head.head if noun.dep == "pobj" else noun.head
    if clause.lemma in CALLING and noun.dep in ("dobj", "pobj") and verb.pos == "VERB":
        hang(clause, verb, "advcl")
        return
    for _ in range(4):
        if noun.dep != "pobj" or clause.lemma not in HITTING:
            return
        noun = noun.head.head
        if noun.lemma in DEEDS:
            hang(clause, noun, "acl")
            return


def _doing_there(verb: Token) -> None:
    """ "is in Syria investigating": Syria is where it is done, and does nothing."""
    place, prep = child(verb, "nsubj"), verb.head
    if place is not None and place.ent == "GPE" and prep.lower in ("in", "at", "near") and place.i == prep.i + 1:
        hang(place, prep, "pobj")
        hang(verb, prep.head, "advcl")


def _taken_as(noun: Token) -> None:
    """ "took thirty soldiers hostage": the soldiers are taken."""
    people = next((one for one in noun.children if one.dep == "compound" and one.i == noun.i - 1), None)
    verb = noun.head
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
    pronoun = child(clause, "nsubj", "nsubjpass")
    if pronoun is None or pronoun.lower not in ("which", "that"):
        return
    noun = clause.head
    while noun.dep == "pobj" and noun.head.lower in SPOTS and noun.head.head.pos in ("NOUN", "PROPN"):
        noun = noun.head.head
        if noun.lemma in DEEDS:
            hang(clause, noun, "relcl")
            return


def _bare_passive(subject: Token) -> None:
    """ "with ten people killed", "Two shot in market": a bare participle with a subject of its own is passive."""
    verb = subject.head
    plain = not any(one.dep in ("aux", "auxpass", "dobj", "xcomp", "ccomp") for one in verb.children)
    absolute = verb.dep == "pcomp" or verb.dep == "conj" and verb.head.dep == "pcomp" or verb.lemma in SUFFERED
    if verb.tag == "VBN" and plain and absolute and subject.dep == "nsubj" and subject.i < verb.i:
        subject.dep = "nsubjpass"


def _charged(noun: Token) -> bool:
    """Whether a noun is who is accused: the "of" behind it belongs to the verb."""
    return noun.dep in ("dobj", "nsubjpass") and noun.head.lemma in CHARGING


def _outcome(verb: Token) -> None:
    """ "a shell hit a house killing two": the house is hit, it does not kill."""
    hit = next((one for one in verb.children if one.dep == "nsubj" and one.i < verb.i), None)
    settled = any(one.dep == "dobj" for one in verb.head.children) or any(one.dep == "aux" for one in verb.children)
    if hit is not None and hit.pos in ("NOUN", "PROPN") and not settled and verb.head.i < hit.i:
        hang(hit, verb.head, "dobj")
        verb.dep = "advcl"


def _place_ahead(prep: Token) -> None:
    """ "Near Palmyra, one strike …" at the head of a list item, where the preposition is taken for a name."""
    name, verb = prep.head, prep.head.head
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
    """Hang a token on another head."""
    if token.head is not token and token in token.head.children:
        token.head.children.remove(token)
    token.head, token.dep = head, dep
    head.children.append(token)
    head.children.sort(key=lambda one: one.i)
