"""Statements: what is said or expected that no other claim holds."""

from __future__ import annotations

from bisect import bisect_left

from strife.claims.draft import StatementDraft
from strife.claims.evidence import clause_span, trimmed
from strife.claims.stage import Stage, voices_of
from strife.language.analysis import Quotation, Token, edges
from strife.language.grammar import has_subject, is_predicate
from strife.records import Span

AHEAD = {"expects", "supposes"}
LONG = 400  # characters: a longer content is cut down to its own clause
WORDS = 3


def find_statements(stage: Stage, taken: set[int]) -> list[StatementDraft]:
    """Reported or expected clauses and quotations whose predicate (by token index in `taken`) makes no other claim already."""
    predicates = (token for token in stage.analysis.tokens if is_predicate(token))
    drafts = [draft for token in predicates if (draft := _clause(stage, token)) is not None]
    drafts += _quotations(stage, drafts)
    return [draft for draft in drafts if draft.anchor.i not in taken]


def _clause(stage: Stage, token: Token) -> StatementDraft | None:
    reported = token.dep == "ccomp" or (token.dep == "conj" and token.head.dep == "ccomp")
    root = token.dep in ("ROOT", "conj", "ccomp", "parataxis") or _prospect(stage, token)
    if not (reported or root):
        return None
    found = stage.framing.work_out(token)
    told = bool(found.voices) and reported
    ahead = found.stance in AHEAD and root and not found.negated
    if not told and not ahead:
        return None
    span = _content(stage, token)
    if len(span.quote.split()) < WORDS:
        return None
    return StatementDraft(
        anchor=token,
        found=found,
        evidence=(span,),
        voices=voices_of(stage, found),
        when=stage.scene.time_of(token),
        rule="statement:reported" if told else "statement:expected",
        content=span,
        quoted=_quoted(stage, token),
    )


def _prospect(stage: Stage, token: Token) -> bool:
    """ "the risk of Lebanon becoming the next front": a clause behind a noun of likelihood."""
    if token.dep != "pcomp" or not has_subject(token):
        return False
    classes = stage.framing.cues.nouns.get(token.head.head.lemma, frozenset())
    return bool(classes & {"supposes", "expects"})


def _content(stage: Stage, token: Token) -> Span:
    low, high = edges(token)
    span = trimmed(stage.analysis, low, high)
    return span if len(span.quote) <= LONG and token.dep == "ccomp" else clause_span(stage.analysis, token)


def _quoted(stage: Stage, token: Token) -> bool:
    return any(quotation.first <= token.i <= quotation.last for quotation in stage.analysis.quotations)


def _quotations(stage: Stage, drafts: list[StatementDraft]) -> list[StatementDraft]:
    """Quotations with a known speaker that no reported clause covers."""
    found = []
    for quotation, speaker in stage.framing.speakers.spans:
        if quotation.last - quotation.first < WORDS - 1:
            continue
        for span in _sentences(stage, quotation):
            if any(_alike(span, draft.content) for draft in drafts):
                continue
            token = _head(stage, span)
            frame = stage.framing.work_out(token)
            if not frame.voices:
                frame.voices, frame.voice_cue = speaker.tokens, speaker.cue
            found.append(
                StatementDraft(
                    anchor=token,
                    found=frame,
                    evidence=(span,),
                    voices=voices_of(stage, frame),
                    rule="statement:quoted",
                    content=span,
                    quoted=True,
                )
            )
    return found


def _sentences(stage: Stage, quotation: Quotation) -> list[Span]:
    """The quotation, sentence by sentence."""
    tokens = stage.analysis.tokens
    numbers = range(tokens[quotation.first].sentence, tokens[quotation.last].sentence + 1)
    sentences = [stage.analysis.sentences[number] for number in numbers]
    pieces = [(max(s.first, quotation.first), min(s.last, quotation.last)) for s in sentences]
    return [trimmed(stage.analysis, first, last) for first, last in pieces if last - first >= WORDS - 1]


def _alike(span: Span, content: Span) -> bool:
    """Whether a quotation is most of what a reported clause says already."""
    shared = min(span.end, content.end) - max(span.start, content.start)
    return shared > 0.6 * len(content.quote)


def _head(stage: Stage, span: Span) -> Token:
    tokens = stage.analysis.tokens
    first = bisect_left(tokens, span.start, key=lambda token: token.start)
    inside = tokens[first : bisect_left(tokens, span.end, lo=first, key=lambda token: token.start)]
    return next(
        (token for token in inside if not span.start <= token.head.start < span.end or token.head is token), inside[0]
    )
