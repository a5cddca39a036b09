"""Speakers named at the very start or end of a sentence, where a colon, or a lost comma, sets them apart."""

from __future__ import annotations

from collections.abc import Iterator

from strife.claims.modality import classes_of
from strife.claims.speaker import OBJECTS, Speaker
from strife.codebook.cues import Cues
from strife.language.analysis import Analysis, Sentence, Token, child, conjuncts, edges

SOURCES = frozenset(
    """
    activist agency television tv radio group observatory official police source resident witness monitor media
    army ministry spokesman spokeswoman doctor medic network organisation organization newspaper statement
    military opposition campaigner rescuer minister commander lawyer report reports release document bulletin
    reporter correspondent dispatch monitors sources
    """.split()
)


def opening_attributions(analysis: Analysis) -> Iterator[tuple[int, tuple[int, Speaker]]]:
    """ "Minister: rebels shelled silos": a short noun phrase and a colon at the head of a sentence."""
    for sentence in analysis.sentences:
        tokens = analysis.tokens[sentence.first : min(sentence.first + 6, sentence.last)]
        colon = next((token for token in tokens if token.text == ":"), None)
        if (
            colon is None
            or colon.i == sentence.first
            or any(token.pos in ("VERB", "AUX") for token in tokens[: colon.i - sentence.first])
        ):
            continue
        head = analysis.tokens[colon.i - 1]
        if (
            head.pos in ("NOUN", "PROPN")
            and head.text[0].isalpha()
            and any(t.pos == "VERB" for t in analysis.tokens[colon.i : sentence.last + 1])
        ):
            yield sentence.index, (colon.i, Speaker([head], colon))


def closing_attributions(analysis: Analysis, cues: Cues) -> Iterator[tuple[int, tuple[int, Speaker]]]:
    """ "Shells hit the market residents said on Monday": where a comma is lost the parser hangs the attribution on a noun."""
    for sentence in analysis.sentences:
        for token in reversed(analysis.tokens[sentence.first : sentence.last + 1]):
            if token.pos != "VERB" or token.tag not in ("VBD", "VBZ", "VBP"):
                continue
            low, high = edges(token)
            subject = child(token, "nsubj")
            bare = subject is not None and subject.i < token.i and not any(one.dep in OBJECTS for one in token.children)
            ends = high >= sentence.last - 1 and low > sentence.first
            if (
                bare
                and ends
                and token.dep in ("relcl", "acl", "dep", "parataxis", "conj", "ccomp")
                and "says" in classes_of(token, cues.verbs)
            ):
                yield (
                    sentence.index,
                    (low, Speaker(conjuncts(subject), token)) if subject is not None else (0, Speaker([], None)),
                )
            break
        if (lost := _run_together(analysis, sentence, cues)) is not None:
            yield sentence.index, lost
        if (source := _according(analysis, sentence)) is not None:
            yield sentence.index, source
        if (before := _cut_off(analysis, sentence, cues)) is not None:
            yield sentence.index - 1, (sentence.first, before)


def _according(analysis: Analysis, sentence: Sentence) -> tuple[int, Speaker] | None:
    """ "… killed in shelling by troops according to the Observatory": without a comma it hangs on the nearest noun."""
    for token in analysis.tokens[sentence.first + 4 : sentence.last]:
        to = child(token, "prep") if token.lower == "according" else None
        given = child(to, "pobj") if to is not None else None
        inside = token.head.pos in ("VERB", "AUX") and token.head.dep not in ("acl", "relcl")
        if given is None or inside and edges(token)[1] < sentence.last - 1:
            continue
        if given.pos == "PROPN" or given.lemma in SOURCES or given.lower in SOURCES:
            return token.i, Speaker(conjuncts(given), token)
    return None


def _cut_off(analysis: Analysis, sentence: Sentence, cues: Cues) -> Speaker | None:
    """The "…, a monitor said" that the parser cut off in mid-sentence: whose words the part before is."""
    before = analysis.sentences[sentence.index - 1] if sentence.index else None
    if before is None or before.paragraph != sentence.paragraph or analysis.tokens[before.last].text[-1] in '.?!:;"”’)':
        return None
    root = sentence.root
    last = analysis.tokens[root.i - 1] if root.i > sentence.first else None
    told = root.pos == "VERB" and "says" in classes_of(root, cues.verbs) and root.i >= sentence.last - 4
    if last is None or not told or last.dep != "nsubj" or any(one.dep in OBJECTS for one in root.children):
        return None
    return Speaker([last], root)


def _run_together(analysis: Analysis, sentence: Sentence, cues: Cues) -> tuple[int, Speaker] | None:
    """ "… killed six people Syrian state television reported on Monday": a verb of saying whose subject the parser gave away."""
    for verb in reversed(analysis.tokens[sentence.first + 3 : sentence.last + 1]):
        if verb.tag not in ("VBD", "VBN", "VBZ") or verb.pos != "VERB":
            continue
        last = analysis.tokens[verb.i - 1]
        told = "says" in classes_of(verb, cues.verbs) and not any(
            one.dep in ("auxpass", "agent") for one in verb.children
        )
        if not told or any(one.dep in ("nsubj", *OBJECTS) and one.i > verb.i for one in verb.children):
            return None
        if last.ent in ("DATE", "TIME", "GPE", "CARDINAL") or last.pos != "PROPN" and last.lemma not in SOURCES:
            return None
        head = _spoken_for(last)
        low = edges(head)[0] if head.dep in ("appos", "conj", "nsubj") else head.i
        return low, Speaker([head], verb)
    return None


def _spoken_for(last: Token) -> Token:
    """The head of the name that ends in this word: "the Observatory for Human Rights"."""
    head = last
    while head.dep in ("compound", "pobj", "nmod", "amod") and head.head.i < head.i:
        above = head.head.head if head.dep == "pobj" and head.head.lower in ("for", "of") else head.head
        if head.dep == "pobj" and (above is head.head or above.pos != "PROPN"):
            break
        head = above
    return head
