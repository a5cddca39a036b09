"""From annotated passages to what the network learns from: masked sentences with the rules' hints and a label for each word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from strife.claims.ground import ground
from strife.language.analysis import Analysis, Token
from strife.language.parse import analyse_all
from strife.measure.passages import MarkedEvent, Passage
from strife.model.verdicts import Hints
from strife.model.words import Masked, masked, masks
from strife.records import Document, Span

IGNORED = -100
CONTENT = {"VERB", "NOUN", "ADJ", "PROPN", "ADV", "AUX"}
TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence: its pieces, the rules' hints (label names by token), and the labels by token (None: not asked)."""

    passage: str
    masked: Masked
    hints: Hints
    types: dict[int, str]  # "NONE" for words that are no event
    modes: dict[int, str]
    statuses: dict[int, str]
    tags: dict[int, str]


def examples(
    passages: Iterable[Passage], pieces: Callable[[str], list[int]], ends: tuple[int, int]
) -> Iterable[Example]:
    """The examples of passages, in order."""
    passages = list(passages)
    documents = [Document(id=one.id, text=one.text) for one in passages]
    for passage, analysis in zip(passages, analyse_all(documents), strict=True):
        yield from _of(passage, analysis, pieces, ends)


def _of(
    passage: Passage, analysis: Analysis, pieces: Callable[[str], list[int]], ends: tuple[int, int]
) -> Iterable[Example]:
    base = ground(analysis)
    hints = base.hints
    names = masks(analysis, base.parties, base.places)
    types, modes, statuses = _labels(passage, analysis, {one.head.i for one in base.triggers})
    tags = _tags(passage, analysis)
    for sentence in analysis.sentences:
        inside = range(sentence.first, sentence.last + 1)
        yield Example(
            passage.id,
            masked(analysis, sentence, names, pieces, ends),
            hints,
            *({i: labels[i] for i in inside if i in labels} for labels in (types, modes, statuses, tags)),
        )


def _labels(
    passage: Passage, analysis: Analysis, proposed: set[int]
) -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    """Types, modes and statuses by token. A trigger's label stands at its head, and at a word of it that the rules propose."""
    types = {token.i: "NONE" for token in analysis.tokens if token.pos in CONTENT or token.i in proposed}
    modes: dict[int, str] = {}
    statuses: dict[int, str] = {}
    for event in passage.events:
        tokens = tokens_in(analysis, event.trigger)
        for token in tokens:
            types.pop(token.i, None)
        for token in tokens:
            if token is head_of(tokens) or token.i in proposed:
                types[token.i], statuses[token.i] = event.plover, event.status
                modes[token.i] = mode_label(event)
    return types, modes, statuses


def mode_label(event: MarkedEvent) -> str:
    """The label of an event's mode: type and mode, "-" where it has none."""
    return f"{event.plover}/{event.mode or '-'}"


def tokens_in(analysis: Analysis, span: Span) -> list[Token]:
    """The tokens that overlap a span."""
    return [token for token in analysis.tokens if token.start < span.end and span.start < token.end]


def head_of(tokens: list[Token]) -> Token | None:
    """The token of a stretch whose head lies outside it."""
    inside = {token.i for token in tokens}
    return next((token for token in tokens if token.head.i not in inside or token.head is token), None)


def _tags(passage: Passage, analysis: Analysis) -> dict[int, str]:
    """Voice tags by token; what is nested takes the innermost content, and sources and cues win over content."""
    tags = {token.i: "O" for token in analysis.tokens}
    given = sorted(passage.attributions, key=lambda one: one.content.start - one.content.end)
    layers = [("content", one.content) for one in given]
    layers += [("cue", one.cue) for one in given if one.cue]
    layers += [("source", one.source) for one in given if one.source]
    for name, span in layers:
        before = -1
        for token in tokens_in(analysis, span):
            opens = before < 0 or analysis.tokens[before].sentence != token.sentence
            tags[token.i] = f"{'B' if opens else 'I'}-{name}"
            before = token.i
    return tags
