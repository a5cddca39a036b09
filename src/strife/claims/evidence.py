"""The passage that makes a claim: the clause around a word, without what is coordinated or embedded beside it."""

from __future__ import annotations

from strife.language.analysis import Analysis, Token, ancestors
from strife.language.grammar import has_subject, is_predicate
from strife.records import Span

EDGE = frozenset(
    """
    , ; : . - – — ? ! " “ ” ' and but or ( ) [ ] `` '' --
    """.split()
)


def clause_of(token: Token) -> Token:
    """The predicate whose clause a token stands in."""
    if is_predicate(token):
        return token
    return next((one for one in ancestors(token) if is_predicate(one)), token)


def clause_tokens(predicate: Token) -> list[Token]:
    """The tokens of a predicate's own clause, in text order; clauses coordinated with it or reported by it stay out."""
    found: list[Token] = []
    stack = [predicate]
    while stack:
        here = stack.pop()
        found.append(here)
        stack.extend(one for one in here.children if not _beside(one, here, predicate))
    return sorted(found, key=lambda one: one.i)


def _beside(one: Token, here: Token, predicate: Token) -> bool:
    if one.dep in ("conj", "parataxis") and is_predicate(one) and is_predicate(here):
        return True
    if one.dep == "cc" and here is predicate:
        return True
    if one.dep in ("ccomp", "csubj") and here is predicate:
        return has_subject(one)
    if one.dep == "relcl":
        return True
    return one.dep == "advcl" and has_subject(one)


def clause_span(analysis: Analysis, predicate: Token) -> Span:
    """A predicate's own clause as a span, from its first to its last word without a gap."""
    tokens = clause_tokens(predicate)
    return trimmed(analysis, tokens[0].i, _without_gap(tokens, predicate))


def _without_gap(tokens: list[Token], predicate: Token) -> int:
    """The last token before a gap wider than an inserted clause, never before the predicate."""
    last = tokens[0].i
    for token in tokens[1:]:
        if token.i - last > 12 and last >= predicate.i:
            break
        last = token.i
    return last


def trimmed(analysis: Analysis, first: int, last: int) -> Span:
    """The span between two tokens, without punctuation and conjunctions at its edges."""
    while first < last and analysis.tokens[first].lower in EDGE:
        first += 1
    while last > first and analysis.tokens[last].lower in EDGE:
        last -= 1
    return analysis.span_of(analysis.tokens[first], analysis.tokens[last])


def evidence_of(analysis: Analysis, token: Token) -> Span:
    """The clause that a word stands in."""
    predicate = clause_of(token)
    span = clause_span(analysis, predicate)
    if not span.start <= token.start < span.end:
        return trimmed(analysis, min(token.i, predicate.i), max(token.i, predicate.i))
    return span
