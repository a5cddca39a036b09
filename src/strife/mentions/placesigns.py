"""Signs in the grammar that a name which no gazetteer holds is that of a place: "at X", "outside X", "the X pass"."""

from __future__ import annotations

from collections.abc import Sequence

from strife.language.analysis import Analysis, Token, child
from strife.language.mending import DEEDS
from strife.mentions.placewords import BODIES, LANDSCAPE, PAPERS, SAYING, SETTLED_PLACES, SITES

SPOTTED = SETTLED_PLACES | SITES | LANDSCAPE
LEADING = frozenset("road track highway route railway path".split())  # "to X"
BESET = frozenset("recapture retake overrun besiege bombard mortar shell blockade garrison encircle strafe".split())
WHERE = frozenset({"in", "at", "near", "outside"})
NO_PLACES = frozenset({"NORP", "DATE", "TIME", "EVENT", "LAW", "LANGUAGE", "MONEY", "PERCENT", "CARDINAL", "ORDINAL"})
WORDED = (
    frozenset(  # what stands before an "in" or "at" that names no place: "faith in X", "an article in X", "angry at X"
        "faith trust confidence belief interest believe invest specialise specialize involve participate partner play "
        "stake share role change article interview report publish write print appear editorial column post member "
        "laugh look anger angry point rail work employ study professor student lecturer analyst fellow researcher "
        "expert executive director worker staff employee job career dress cover clothe translate speak interested "
        "engage enrol enroll serve succeed".split()
    )
)
NAMED_OTHERWISE = frozenset(  # capitalised words that stand behind "in" or "at" and are no places
    "parliament congress senate cabinet constitution bible quran koran internet facebook twitter youtube google telegram "
    "whatsapp instagram operation exercise phase chapter article section part volume act annex title protocol "
    "annexe class grade formula group hell heaven earth passover hanukkah diwali easter lent ashura muharram "
    "holocaust nakba intifada brexit olympics championship championships covid ebola aids hiv "
    "islamism communism marxism nazism zionism christianity judaism hinduism buddhism office ministry department "
    "board committee airways airlines corporation company inc ltd headquarters staff secretariat bureau "
    "directorate authority administration".split()
)
OTHERS = PAPERS | BODIES | NAMED_OTHERWISE


def is_placed(head: Token, first: Token, last: Token, analysis: Analysis) -> bool:
    """Whether the words around an unknown name make it a place: a noun for one, a preposition of place, or a siege."""
    run = analysis.tokens[first.i : last.i + 1]
    if any(token.ent in NO_PLACES for token in run) or any(token.lower in OTHERS for token in (first, last)):
        return False
    if last.lower.removesuffix("s") in DEEDS or is_titled(analysis.tokens_of(analysis.sentences[first.sentence])):
        return False
    if noun_of(head, last, analysis) is not None:
        return True
    if any(_speaks(token) for token in analysis.tokens if token.lower == head.lower):
        return False
    return _behind_preposition(head, first, last, analysis) or _fought_for(head)


def is_titled(tokens: Sequence[Token]) -> bool:
    """Whether a sentence is a headline with capitals throughout."""
    words = [token for token in tokens if token.text.isalpha() and len(token.text) > 3]
    return len(words) > 2 and sum(token.text[0].isupper() for token in words) > 0.75 * len(words)


def noun_of(head: Token, last: Token, analysis: Analysis) -> str | None:
    """The noun that tells what kind of place an unknown name is: "the X pass", "X border crossing", "the hills of X"."""
    for token in analysis.tokens[last.i + 1 : last.i + 3]:
        if token.sentence != last.sentence or not token.text.islower() or token.pos != "NOUN":
            break
        if token.lemma in SPOTTED:
            fits = head.head is token and head.dep in ("compound", "nmod", "amod")
            return token.lemma if fits and not (token.lemma == "camp" and head.ent == "PERSON") else None
    return of_what(head)


def of_what(head: Token) -> str | None:
    """The noun for a place whose name follows "of": "settlement" of "the settlement of X", "hill" of "the hills of X and Y"."""
    while head.dep == "conj" and head.head is not head and head.head.pos == "PROPN":
        head = head.head
    noun = head.head.head if head.dep == "pobj" and head.head.lower == "of" else None
    return noun.lemma if noun is not None and noun.text.islower() and noun.lemma in SPOTTED else None


def _behind_preposition(head: Token, first: Token, last: Token, analysis: Analysis) -> bool:
    """ "At X", "outside X", "the road to X", where that says where something is: no person's name, without an article."""
    word, tokens = head.head, analysis.tokens
    if head.dep != "pobj" or word.i != first.i - 1 or not word.i:
        return False
    before = {word.head.lemma, tokens[word.i - 1].lemma}
    if word.lower == "to":
        return bool(before & LEADING) and head.ent != "PERSON"
    if word.lower not in WHERE or before & WORDED or child(head, "det") is not None:
        return False
    if last.i + 1 < len(tokens) and tokens[last.i + 1].tag == "CD":
        return False  # "at Euro 2016"
    return not (first is not head and head.ent in ("PERSON", "ORG") and word.lower in ("in", "at"))


def _fought_for(head: Token) -> bool:
    """ "Shelled X", "X was overrun": what is done to places, hardly to people."""
    return head.dep in ("dobj", "nsubjpass") and head.head.lemma in BESET and head.ent != "PERSON"


def _speaks(token: Token) -> bool:
    """Whether a name is somebody who says something."""
    return token.dep == "nsubj" and token.head.lemma in SAYING
