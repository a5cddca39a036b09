"""A time expression with its tokens, before we believe it."""

from __future__ import annotations

from dataclasses import dataclass

from strife.language.analysis import Analysis, Token
from strife.mentions.timewords import TimeExpression


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression with its tokens, before we believe it."""

    analysis: Analysis
    expression: TimeExpression
    tokens: list[Token]

    @property
    def before(self) -> Token | None:
        """The token in front, in the same sentence."""
        here = self.tokens[0]
        one = self.analysis.tokens[here.i - 1] if here.i else None
        return one if one and one.sentence == here.sentence else None

    @property
    def after(self) -> Token | None:
        """The token behind, in the same sentence."""
        here = self.tokens[-1]
        one = self.analysis.tokens[here.i + 1] if here.i + 1 < len(self.analysis.tokens) else None
        return one if one and one.sentence == here.sentence else None

    def named(self, *names: str) -> Token | None:
        """The first token that is, or abbreviates, one of the names."""
        return next((one for one in self.tokens if _abbreviates(one.lower, names)), None)

    def capital(self, token: Token) -> bool:
        """Whether the document writes the word with a capital, or writes everything in capitals."""
        return self.analysis.capitals or self.analysis.document.text[token.start].isupper()


def _abbreviates(word: str, names: tuple[str, ...]) -> bool:
    # the tokeniser may leave "mid-June" or "June-born" in one piece
    parts = [part for part in word.rstrip(".").split("-") if len(part) > 2]
    return any(name.startswith(part) for part in parts for name in names) or word.rstrip(".") == "sept"
