"""Mending a parse: whatever tree it is given, a tree comes out, with every child hung on its head."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import strife
from strife.language.analysis import Token
from strife.language.lostcommas import attribution
from strife.language.mending import hang, mend
from strife.language.parse import analyse

WORDS = (
    "In Kenya Minister Osei said shelling attacks which killed others injured taken hostage IS army Monday of by that , who"
    " committed in with bombs accused calling 5 November"
).split()
DEPS = (
    "nsubj nsubjpass dobj pobj prep agent acl relcl conj compound amod ccomp pcomp csubj advcl appos aux auxpass nummod punct"
).split()
TAGS = ["NN", "NNS", "NNP", "VBD", "VBN", "VBG", "VBZ", "IN", "WDT", "CD", ","]


@st.composite
def trees(draw: st.DrawFn) -> list[Token]:
    """A random tree of up to fourteen random words."""
    size = draw(st.integers(2, 14))
    tokens: list[Token] = []
    for index in range(size):
        token = Token()
        token.i = index
        token.text = draw(st.sampled_from(WORDS))
        token.lower = token.lemma = token.text.lower()
        token.tag = draw(st.sampled_from(TAGS))
        token.pos = {"N": "NOUN", "V": "VERB", "I": "ADP"}.get(token.tag[0], "X")
        token.dep, token.ent = "ROOT", draw(st.sampled_from(["", "GPE", "PERSON"]))
        token.start, token.end, token.sentence = index * 10, index * 10 + 5, 0
        token.children, token.head = [], token
        tokens.append(token)
    order = draw(st.permutations(range(size)))
    for place, index in enumerate(order[1:], 1):
        token, head = tokens[index], tokens[order[draw(st.integers(0, place - 1))]]
        token.dep = draw(st.sampled_from(DEPS))
        hang(token, head, token.dep)
    return tokens


@settings(max_examples=400, deadline=None)
@given(trees(), st.integers(0, 13))
def test_a_tree_stays_a_tree(tokens: list[Token], comma: int) -> None:
    mend(tokens)
    attribution(tokens[comma % len(tokens)], tokens, hang)
    for token in tokens:
        above, steps = token, 0
        while above.head is not above and steps <= len(tokens):
            above, steps = above.head, steps + 1
        assert steps <= len(tokens), "a cycle"
        assert token.head is token or token in token.head.children
        assert all(one.head is token for one in token.children)


def test_a_word_is_not_hung_below_itself() -> None:
    first, second = Token(), Token()
    for place, token in enumerate((first, second)):
        token.i, token.dep, token.children, token.head = place, "ROOT", [], token
    hang(second, first, "dobj")
    hang(first, second, "dobj")
    assert first.head is first
    assert second.head is first


def test_a_speaker_whose_verb_hung_on_him() -> None:
    words = ["shells", "killed", "six", ",", "monitors", "said"]
    tokens: list[Token] = []
    for place, word in enumerate(words):
        token = Token()
        token.i, token.text, token.lower, token.tag, token.ent = place, word, word, "NN", ""
        token.lemma = {"said": "say", "killed": "kill"}.get(word, word)
        token.pos, token.dep, token.children, token.head = "NOUN", "ROOT", [], token
        tokens.append(token)
    shells, killed, six, comma, monitors, said = tokens
    killed.pos = said.pos = "VERB"
    for token, head, dep in (
        (shells, killed, "nsubj"),
        (six, killed, "dobj"),
        (comma, killed, "punct"),
        (monitors, six, "appos"),
        (said, monitors, "relcl"),
    ):
        hang(token, head, dep)
    attribution(comma, tokens, hang)
    assert said.head is killed
    assert said.dep == "parataxis"
    assert monitors.head is said
    assert monitors.dep == "nsubj"


def test_what_two_verbs_share_hangs_on_the_nearer_object() -> None:
    tokens = analyse(
        strife.Document(id="d", text="The mediators feared, or hoped for the loss, of the harbour.")
    ).tokens
    assert next(one.head.text for one in tokens if one.text == "of") == "loss"


def test_an_aside_between_commas_stays_one() -> None:
    tokens = analyse(strife.Document(id="d", text="He spoke, in the hall, of peace.")).tokens
    assert next(one.head.text for one in tokens if one.text == "of") == "spoke"
