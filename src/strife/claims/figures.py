"""Quantities -> figure drafts: what each number measures, what words it counts, and which event it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from strife.claims.measuring import CASUALTIES, continues, is_somebody, measure_of, phrase_head, role_head
from strife.codebook.measures import Measures, load_measures
from strife.language.analysis import Analysis, Token, ancestors, child
from strife.mentions.mention import QuantityMention
from strife.records import Measure

FEW = 3  # two or three of something abstract is no figure
LOOSE = 9  # "several" (up to 9): no figure either unless the noun is concrete
MANY = 100  # a number this large says something even where its noun is not told
CLAUSE = ("ROOT", "ccomp", "advcl", "relcl", "acl", "conj", "xcomp", "parataxis", "pcomp", "csubj")
PARTS = frozenset({"including", "include", "includes", "included", "among", "amongst"})
PRONOUNS = frozenset({"them", "whom", "these", "those", "which"})
NOUNS = ("NOUN", "PROPN")
SKIPPED = frozenset({",", "-", "more", "other", "additional", "further", "extra", "its", "his", "her", "their", "our"})
MODIFIERS = ("compound", "amod", "nmod", "punct", "poss", "case")


@dataclass(frozen=True, slots=True)
class FigureDraft:
    """A figure before it is framed: `of` is the first and last token of what is counted, without the number.

    `about` is the token index of the event trigger it belongs to; `anchor` the token whose clause frames it."""

    quantity: QuantityMention
    measure: Measure
    of: tuple[Token, Token]
    unit: str | None
    about: int | None
    anchor: Token


def find_figures(
    analysis: Analysis, quantities: Sequence[QuantityMention], triggers: Mapping[int, str]
) -> list[FigureDraft]:
    """The figures of a document in text order.

    `triggers` maps the token index of an event's trigger to what its frame counts ("" where it counts nothing)."""
    book = load_measures()
    drafts: list[FigureDraft] = []
    fittings: dict[Measure, Mapping[int, str]] = {}
    for quantity in quantities:
        last = drafts[-1] if drafts and drafts[-1].anchor.sentence == quantity.head.sentence else None
        whole = last if last is not None and _is_part(quantity, analysis) else None
        listed = last is not None and continues(quantity, last.quantity, analysis)
        within = last.measure if last is not None and (whole or listed) and last.measure in CASUALTIES else None
        measure = measure_of(quantity, within, triggers, analysis, book)
        if measure not in (*CASUALTIES, "money", "weapons") and _is_trivial(quantity, triggers, analysis, book):
            continue
        fitting = fittings.setdefault(measure, fittings.get(measure) or _fitting(measure, triggers))
        about = _about(quantity, whole, fitting, analysis)
        drafts.append(
            FigureDraft(quantity, measure, _of(quantity, analysis), quantity.unit, about, phrase_head(quantity))
        )
    return drafts


def _is_part(quantity: QuantityMention, analysis: Analysis) -> bool:
    """Whether a quantity is part of the one before: "including 3 women", "among them 10 children", "15 of them"."""
    before = [token.lower for token in analysis.tokens[max(0, quantity.first.i - 2) : quantity.first.i]]
    if before[-1:] and (before[-1] in PARTS or (before[0] in PARTS and before[-1] in (*PRONOUNS, "at"))):
        return True
    if role_head(phrase_head(quantity)).head.lower in PARTS:
        return True
    of = next((one for one in quantity.head.children if one.lower == "of"), None)
    pronoun = child(of, "pobj") if of is not None else None
    return pronoun is not None and pronoun.lower in PRONOUNS


def _of(quantity: QuantityMention, analysis: Analysis) -> tuple[Token, Token]:
    """First and last token of what is counted, the number left out; the number itself where it stands alone."""
    noun = quantity.counted
    if noun is None:
        return quantity.first, quantity.last
    tokens, first = analysis.tokens, noun
    while first.i > 0:
        before = tokens[first.i - 1]
        number = quantity.first.i <= before.i <= quantity.last.i or tokens[before.i - 1].lower == "-"
        degree = before.dep in ("advmod", "npadvmod") and before.head.pos not in NOUNS  # "severely injured"
        inside = noun in ancestors(before) and (before.dep in MODIFIERS or degree) and before.lower not in SKIPPED
        if number or not inside or before.pos == "NUM":
            break
        first = before
    while first.pos == "PUNCT" and first is not noun:
        first = tokens[first.i + 1]
    return first, noun


# ---- which event ---------------------------------------------------------------------------------------------------


def _fitting(measure: Measure, triggers: Mapping[int, str]) -> Mapping[int, str]:
    """The triggers that a figure may belong to: the dead of "12 dead and 30 wounded" are not those of the wounding."""
    if measure == "displaced":  # who fled belongs to what drove them out, not to whatever else is told
        return {place: counts for place, counts in triggers.items() if counts == measure}
    if measure not in CASUALTIES:
        return triggers
    return {place: counts for place, counts in triggers.items() if counts == measure or counts not in CASUALTIES}


def _about(
    quantity: QuantityMention, whole: FigureDraft | None, triggers: Mapping[int, str], analysis: Analysis
) -> int | None:
    """The trigger that the figure belongs to: its own words, what is said of them, then outward clause by clause."""
    if not triggers:
        return None
    if quantity.counted is not None and quantity.counted.i in triggers:
        return quantity.counted.i
    below = next((token.i for token in _said_below(quantity) if token.i in triggers), None)
    if below is not None:
        return below
    if whole is not None and whole.about in triggers:
        return whole.about
    seen = top = phrase_head(quantity)
    for above in ancestors(top):
        if above.i in triggers:
            return above.i
        if above.dep in CLAUSE and (beside := _beside(above, seen, triggers)) is not None:
            return beside
        seen = above
    sentence = analysis.sentences[top.sentence]
    inside = [place for place in triggers if sentence.first <= place <= sentence.last]
    return min(inside, key=lambda place: abs(place - top.i), default=None)


def _said_below(quantity: QuantityMention) -> Iterator[Token]:
    """What modifies those counted: "43 people killed", "43 dead in the raid"."""
    for noun in (quantity.counted, quantity.head):
        if noun is not None:
            yield from (one for one in noun.children if one.dep in ("acl", "relcl", "amod", "appos", "compound"))
            yield from (two for one in noun.children if one.dep == "prep" for two in one.children)


def _beside(clause: Token, seen: Token, triggers: Mapping[int, str]) -> int | None:
    """A trigger elsewhere in the same clause, nearest first: "the blast left 43 dead"."""
    found = []
    stack = [one for one in clause.children if one is not seen]
    while stack:
        here = stack.pop()
        if here.i in triggers:
            found.append(here.i)
        elif here.dep not in CLAUSE or here.pos not in ("VERB", "AUX"):
            stack.extend(here.children)
    return min(found, key=lambda place: abs(place - seen.i), default=None)


# ---- what says nothing ----------------------------------------------------------------------------------------------


def _is_trivial(quantity: QuantityMention, triggers: Mapping[int, str], analysis: Analysis, book: Measures) -> bool:
    """Whether a number says nothing worth a claim: "two sides", "several reasons", "the three leaders"."""
    noun = quantity.counted
    largest = quantity.best or quantity.high or quantity.low or 0
    loose = quantity.best is None and largest <= LOOSE
    if quantity.unit is not None or quantity.share:
        return loose
    if noun is None:
        alone = phrase_head(quantity).dep not in ("nsubj", "nsubjpass", "dobj", "conj")
        return largest < MANY or (alone and not _is_part(quantity, analysis))
    if largest == 1:
        return True
    before = analysis.tokens[quantity.first.i - 1].lower if quantity.first.i > 0 else ""
    pointing = before in book.pointing
    told = any(noun.lemma in book.by_measure[name].nouns for name in ("fighters", "participants"))
    if noun.lemma in book.concrete or told:
        return pointing and largest <= FEW
    top = role_head(phrase_head(quantity))
    suffers = top.head.i in triggers and top.dep in ("dobj", "nsubjpass")
    if suffers and not (loose or pointing or noun.lemma in book.trivial):
        return False  # "destroyed two excavators"
    states = noun.lemma in book.by_measure["states"].strong
    words = not any(mark.isdigit() for mark in quantity.head.text)
    if loose or largest <= FEW or (states and largest <= LOOSE and words):
        return loose or pointing or states or not is_somebody(noun, book)
    return noun.lemma in book.trivial and words and largest <= LOOSE
