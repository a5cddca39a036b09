"""What the grammar around a name says about its being a place."""

from __future__ import annotations

from strife.language.analysis import Analysis, Sentence, Token, ancestors, child
from strife.mentions.placewords import (
    AIMED,
    AROUND,
    DIRECTIONS,
    DISTRICTS,
    FACILITIES,
    GOVERNING,
    IN_PLACE,
    MOVING,
    OF_PLACE,
    OTHER_PREPOSITIONS,
    PARTY_PREPOSITIONS,
    PLACE_NOUNS,
    PROVINCES,
    SAYING,
    SETTLED_PLACES,
    SETTLEMENTS,
    SUFFERING,
    TAKING,
    TARGETS,
    WAYS,
)

DASHES = frozenset({"-", "--", "–", "—", "―"})
DATELINE = 14  # tokens of a dateline at most


def evidence(head: Token, last: Token, analysis: Analysis, *, named_only: bool = False) -> int:
    """2 where the grammar makes a name a place, 1 where it may be one, 0 where it makes it something else.

    With `named_only` only words for places ("the village of X", "X province") count."""
    noun = _beside(last, analysis)
    nouns = SETTLED_PLACES if named_only else PLACE_NOUNS
    if noun is not None and noun.lemma in nouns and (noun.text.islower() or not named_only):
        return 2
    governor = head.head
    above = _of_noun(head) if head.dep in ("pobj", "conj") else None
    if above is not None and above.lemma in (nouns if named_only else OF_PLACE) and above.pos == "NOUN":
        return 2
    if head.dep == "appos" and governor.lemma in nouns and governor.pos == "NOUN":
        return 2
    if named_only:
        return 0
    apposed = child(head, "appos")
    if apposed is not None and apposed.lemma in SETTLEMENTS | DISTRICTS | PROVINCES:
        return 2
    return _by_governor(head, governor)


def _by_governor(head: Token, governor: Token) -> int:
    if head.dep == "pobj":
        if governor.lower in IN_PLACE or (governor.lower == "of" and governor.head.lower in DIRECTIONS):
            return 2
        if (
            governor.lower in TARGETS
            and governor.head.lemma in AIMED
            or governor.lower in WAYS
            and governor.head.lemma in MOVING
        ):
            return 2
        return 1 if governor.lower in OTHER_PREPOSITIONS else 0
    if head.dep == "dobj" or head.dep == "nsubjpass":
        return 2 if governor.lemma in TAKING else 1
    if head.dep == "nsubj":
        return 2 if governor.lemma == "fall" else 1 if governor.lemma in SUFFERING else 0
    if head.dep in ("conj", "appos") and governor is not head:
        return _by_governor(governor, governor.head) if governor.pos == "PROPN" else 0
    if head.dep in ("poss", "compound", "nmod", "npadvmod", "amod"):
        return 1
    return 0


def _beside(last: Token, analysis: Analysis) -> Token | None:
    """The noun for a place that a name qualifies: "X province", "X's airport", "X air base"."""
    tokens = analysis.tokens
    index = last.i + 1
    if index < len(tokens) and tokens[index].tag == "POS":
        index += 1
    if index < len(tokens) and tokens[index].sentence == last.sentence and tokens[index].pos in ("NOUN", "PROPN"):
        noun = tokens[index]
        if noun.lemma in PLACE_NOUNS:
            return noun
        follower = (
            tokens[index + 1] if index + 1 < len(tokens) else None
        )  # "Aleppo international airport", "Idlib air base"
        if (
            follower is not None
            and follower.lemma in FACILITIES
            and noun.lower in ("air", "international", "military", "central", "refugee")
        ):
            return follower
    return None


def _of_noun(head: Token) -> Token | None:
    """The noun whose "of" a name depends on, through coordination: "the villages of X and Y"."""
    while head.dep == "conj" and head.head is not head:
        head = head.head
    if head.dep != "pobj" or head.head.lower != "of":
        return None
    return head.head.head


def cue_of(head: Token, first: Token, last: Token, analysis: Analysis) -> str | None:
    """The word that shapes the place: "province" of "Idlib province", "suburbs" of "suburbs of Beirut", "near"."""
    noun = _beside(last, analysis)
    if noun is not None:
        return _plain(noun)
    above = _of_noun(head)
    if above is not None and (above.lemma in PLACE_NOUNS or above.lower in AROUND):
        within = above.tag == "NNS" and above.lemma in DISTRICTS and child(head, "conj") is None and head.dep != "conj"
        return None if within else _plain(above)  # "districts of Manbij" are parts of it
    if above is not None and above.lower in DIRECTIONS and above.head.dep != "nsubj":
        part = child(above, "det") is not None and above.head.lower != "to"
        return above.lower if part else "outside"  # "in the south of X" is part of it, "(to the) south of X" is not
    if head.dep == "appos" and head.head.lemma in PLACE_NOUNS and head.head.pos == "NOUN":
        return _plain(head.head)
    near = next((one.lower for one in _prepositions(head) if one.lower in ("near", "around", "outside")), None)
    if near is not None:
        return near
    before = analysis.tokens[first.i - 1] if first.i else None
    if before is not None and before.lower in DIRECTIONS and before.sentence == first.sentence:
        return before.lower
    return None


def _prepositions(head: Token) -> list[Token]:
    """The prepositions right above a name, through coordination."""
    while head.dep == "conj" and head.head is not head:
        head = head.head
    return [head.head] if head.dep == "pobj" else []


def _plain(noun: Token) -> str:
    return noun.lemma if noun.lemma in SETTLEMENTS | PROVINCES | DISTRICTS | FACILITIES else noun.lower


def is_speaker(head: Token) -> bool:
    """Whether a name acts or speaks, so that it stands for a government: "Damascus said", "by Tehran"."""
    while head.dep in ("conj", "appos") and head.head.pos == "PROPN":
        head = head.head
    if head.dep == "nsubj":
        return head.head.lemma in SAYING or head.head.lemma not in SUFFERING
    if head.dep == "pobj":
        return head.head.lower in PARTY_PREPOSITIONS
    return head.dep == "poss" and any(up.dep == "nsubj" for up in ancestors(head))


def qualifies(head: Token, last: Token, analysis: Analysis) -> bool:
    """Whether a name only says whose something is: "Beirut-based", "the Damascus government"."""
    following = analysis.tokens[last.i + 1 : last.i + 3]
    if len(following) == 2 and following[0].text in ("-", "‑") and following[0].start == last.end:
        return following[1].start == following[0].end and following[1].text.islower()
    return head.dep in ("compound", "nmod", "amod", "poss") and head.head.lemma in GOVERNING


def is_dateline(analysis: Analysis, sentence: Sentence, first: Token, last: Token) -> bool:
    """Whether a name opens a paragraph as its dateline: "ALEPPO, Syria (AP) —"."""
    opening = _opening(analysis, sentence)
    between = analysis.document.text[analysis.tokens[first.i - 1].end : first.start] if first.i else "\n"
    if "\n" not in between and first.i - opening > 6:
        return False
    if any(token.text in ("(", "[") for token in analysis.tokens[max(opening, first.i - 6) : first.i]):
        return False  # the agency, not the place
    for token in analysis.tokens[last.i + 1 : last.i + DATELINE]:
        if token.text in DASHES and token.start > last.end:
            return True
        if token.text.islower() and token.text.isalpha():
            return False
    return False


def is_byline(analysis: Analysis, last: Token) -> bool:
    """Whether a name closes the brackets of a dateline: "(RADIO UNO) --" names the agency."""
    following = [token.text for token in analysis.tokens[last.i + 1 : last.i + 3]]
    return len(following) == 2 and following[0] == ")" and following[1] in DASHES


def _opening(analysis: Analysis, sentence: Sentence) -> int:
    """The index of the first token of a sentence's paragraph."""
    index = sentence.index
    while index and analysis.sentences[index - 1].paragraph == sentence.paragraph:
        index -= 1
    return analysis.sentences[index].first
