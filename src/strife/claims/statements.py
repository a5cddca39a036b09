"""Statements: what is said or expected that no other claim holds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from strife.claims.draft import StatementDraft
from strife.claims.evidence import clause_span, trimmed
from strife.claims.modality import Found, classes_of
from strife.claims.overheard import Overheard
from strife.claims.speaker import deep_subject
from strife.claims.stage import Stage, voices_of
from strife.language.analysis import Quotation, Token, child, conjuncts, edges, subtree
from strife.language.grammar import has_subject, has_to, is_predicate
from strife.records import Span

REPORTED = {"ccomp", "xcomp", "pcomp"}  # a clause that is said, and what one promises, denies or wants to do
CONTENT = {"that", "how", "why", "whether"}  # open a clause that is known, as against an aside
NAMED = "statement:named"
TOLD = {"asserts", "denies", "supposes", "expects"}  # stances in which a noun alone can be said
AHEAD = {"expects", "supposes"}
LONG = 400  # characters: a longer content is cut down to its own clause
WORDS = 3


def find_statements(stage: Stage, taken: set[int], heard: Iterable[Overheard] = ()) -> list[StatementDraft]:
    """Reported or expected clauses and quotations whose predicate (by token index in `taken`) makes no other claim already.

    `heard` are attributions that the model has found; they count where the grammar finds nobody's voice."""
    predicates = (token for token in stage.analysis.tokens if is_predicate(token))
    drafts = [draft for token in predicates if (draft := _clause(stage, token)) is not None]
    drafts += [draft for token in stage.analysis.tokens if (draft := _named(stage, token)) is not None]
    drafts += _quotations(stage, drafts)
    unclaimed = (one for one in heard if not any(token.i in taken for token in one.content))
    drafts += [draft for one in unclaimed if (draft := _overheard(stage, one, drafts)) is not None]
    return [draft for draft in drafts if draft.anchor.i not in taken and not _told(draft, taken)]


def _told(draft: StatementDraft, taken: set[int]) -> bool:
    """Whether what is named holds a word that makes a claim already: "accused them of lies about the massacre"."""
    return draft.rule == NAMED and any(one.i in taken for one in subtree(draft.anchor))


def _clause(stage: Stage, token: Token) -> StatementDraft | None:
    reported = token.dep in REPORTED or (token.dep == "conj" and token.head.dep in REPORTED)
    root = token.dep in ("ROOT", "conj", "ccomp", "parataxis") or _prospect(stage, token)
    owner = _planner(stage, token)
    if not (reported or root or owner is not None):
        return None
    found = stage.framing.work_out(token)
    if not found.voices and _minded(stage, token, found):
        found.voices, found.voice_cue = deep_subject(token.head), token.head
    elif not found.voices and owner is not None:
        found.voices, found.voice_cue, reported = conjuncts(owner), token.head, True
    # "denied that they were free to leave" is said of the whole
    own = token.dep != "xcomp" or found.voice_cue is token.head
    told = bool(found.voices) and reported and own
    ahead = found.stance in AHEAD and root and not found.negated
    if not told and not ahead:
        return None
    span = _content(stage, token)
    if len(span.quote.split()) < WORDS:
        return None
    return _draft(stage, token, found, span, "statement:reported" if told else "statement:expected")


def _draft(stage: Stage, token: Token, found: Found, span: Span, rule: str) -> StatementDraft:
    return StatementDraft(
        anchor=token,
        found=found,
        evidence=(span,),
        voices=voices_of(stage, found),
        when=stage.scene.time_of(token),
        rule=rule,
        content=span,
        quoted=_quoted(stage, token),
    )


def _overheard(stage: Stage, one: Overheard, drafts: list[StatementDraft]) -> StatementDraft | None:
    """What the model hears somebody say, where no draft in a voice lies on it."""
    span = trimmed(stage.analysis, one.content[0].i, one.content[-1].i)
    if len(span.quote.split()) < WORDS or any(
        draft.voices and draft.content.start < span.end and span.start < draft.content.end for draft in drafts
    ):
        return None
    token, speaker = _top(one.content), _top(one.source)
    found = stage.framing.work_out(token)
    if found.stance == "conditions":
        return None  # half of what is said
    found.voices, found.voice_cue = conjuncts(speaker), one.cue
    return _draft(stage, token, found, span, "statement:model")


def _top(tokens: Sequence[Token]) -> Token:
    """The token whose head lies outside of the others."""
    inside = {token.i for token in tokens}
    return next((token for token in tokens if token.head.i not in inside or token.head is token), tokens[0])


def _minded(stage: Stage, token: Token, found: Found) -> bool:
    """Whether the subject above means or knows it: "wants to cut taxes", "confirmed that the road was closed"."""
    if token.dep == "xcomp":
        return found.stance == "intends"
    knows = "knows" in classes_of(token.head, stage.framing.cues.verbs)
    return token.dep == "ccomp" and knows and any(one.lower in CONTENT for one in subtree(token))


def _planner(stage: Stage, token: Token) -> Token | None:
    """Whose plan it is: "the general's decision to hold a vote"."""
    if token.dep != "acl" or not has_to(token):
        return None
    classes = stage.framing.cues.nouns.get(token.head.lemma, frozenset())
    return child(token.head, "poss") if classes & {"intends", "demands"} else None


def _named(stage: Stage, token: Token) -> StatementDraft | None:
    """What is cited, denied or expected by a noun: "cited a lack of evidence", "spoke of hard months to come"."""
    if token.pos != "NOUN" or token.dep not in ("dobj", "pobj") or token.head.dep == "agent":
        return None
    verb = token.head.head if token.dep == "pobj" else token.head
    if not is_predicate(verb):
        return None
    found = stage.framing.work_out(token)
    if not found.voices or found.voice_cue is not verb or found.stance not in TOLD:
        return None
    span = trimmed(stage.analysis, *edges(token))
    if len(span.quote.split()) < WORDS or len(span.quote) > LONG:
        return None
    return _draft(stage, token, found, span, NAMED)


def _prospect(stage: Stage, token: Token) -> bool:
    """ "the risk of Lebanon becoming the next front": a clause behind a noun of likelihood."""
    if token.dep != "pcomp" or not has_subject(token):
        return False
    classes = stage.framing.cues.nouns.get(token.head.head.lemma, frozenset())
    return bool(classes & {"supposes", "expects"})


def _content(stage: Stage, token: Token) -> Span:
    low, high = edges(token)
    span = trimmed(stage.analysis, low, high)
    return span if len(span.quote) <= LONG and token.dep in {*REPORTED, "acl"} else clause_span(stage.analysis, token)


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
