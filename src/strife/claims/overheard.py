"""Attributions as the model tags them: who says, by which word, what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from strife.language.analysis import Analysis, Token


@dataclass(frozen=True, slots=True)
class Overheard:
    """The tokens of a source and of what it says, and the word that tells that it says so."""

    source: list[Token]
    content: list[Token]
    cue: Token | None


def overheard(analysis: Analysis, tags: Mapping[int, str]) -> Iterator[Overheard]:
    """The attributions of each sentence, each content with the nearest source; `tags` are the model's, by token."""
    for sentence in analysis.sentences:
        spans: dict[str, list[list[Token]]] = {"source": [], "cue": [], "content": []}
        before = ""
        for token in analysis.tokens_of(sentence):
            opens, _, part = tags.get(token.i, "O").partition("-")
            if part and (opens == "B" or part != before):
                spans[part].append([token])
            elif part:
                spans[part][-1].append(token)
            before = part
        for content in spans["content"] if spans["source"] else []:
            source = min(spans["source"], key=lambda one: _gap(one, content))
            cue = min(spans["cue"], key=lambda one: _gap(one, content), default=None)
            yield Overheard(source, content, cue[0] if cue else None)


def _gap(one: list[Token], other: list[Token]) -> int:
    """How many words lie between two stretches."""
    return max(one[0].i - other[-1].i, other[0].i - one[-1].i)
