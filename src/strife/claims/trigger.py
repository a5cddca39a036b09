"""The words of a text that name an event, with the frame they name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from strife.codebook.frames import EventFrame, Kind
from strife.language.analysis import Analysis, Token
from strife.model.verdicts import Verdict

WIDE = 6  # words: the longest stretch shown as one trigger
VIOLENT = {"ASSAULT", "COERCE"}  # types of violence, and of what is done to people against their will
Kinds = Callable[[Token], set[Kind]]


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that name an event, their head, and the frame they name."""

    head: Token
    tokens: tuple[Token, ...]
    frame: EventFrame
    noun: bool
    verdict: Verdict | None = None  # of the model, where it read the sentence
    proposed: str = ""  # the type that the rules gave it; "" where only the model proposes it

    @property
    def sure(self) -> float:
        """How likely the model finds its type; 0 where it was not asked."""
        return self.verdict.types[self.frame.type] if self.verdict is not None else 0.0

    @property
    def first(self) -> Token:
        """The first word."""
        return min(self.tokens, key=lambda one: one.i)

    @property
    def last(self) -> Token:
        """The last word."""
        return max(self.tokens, key=lambda one: one.i)

    def words(self, analysis: Analysis) -> tuple[Token, Token]:
        """The words to show, first and last: the head and what the frame asks for beside it, no further verb, no wide gap."""
        first = last = self.head
        for token in sorted(self.tokens, key=lambda one: abs(one.i - self.head.i)):
            between = analysis.tokens[min(token.i, last.i) : max(token.i, first.i) + 1]
            verbs = sum(one.pos == "VERB" for one in between)
            if verbs <= (self.head.pos == "VERB") and len(between) <= WIDE:
                first, last = min(first, token, key=_place), max(last, token, key=_place)
        return first, last


def _place(token: Token) -> int:
    return token.i
