"""What keeps a text made to hurt within memory and time: no batch too large, no tree too deep. Reports never come near either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from strife.language.analysis import Token

PIECES = 64  # paragraphs parsed at once
LETTERS = 60_000  # characters parsed at once: the parser holds about 10 KB a token
DEEPEST = (
    100  # heads above a token; in reports there are hardly 40, and a walk up or down the tree takes a frame for each
)

Context = TypeVar("Context")


def batches(pieces: Iterable[tuple[str, Context]]) -> Iterator[list[tuple[str, Context]]]:
    """The pieces in lists of at most PIECES and about LETTERS."""
    batch: list[tuple[str, Context]] = []
    letters = 0
    for piece in pieces:
        if batch and (len(batch) >= PIECES or letters + len(piece[0]) > LETTERS):
            yield batch
            batch, letters = [], 0
        batch.append(piece)
        letters += len(piece[0])
    if batch:
        yield batch


def flatten(tokens: Sequence[Token]) -> None:
    """Hang what lies too deep below its root on that root, so that no walk of the tree is long."""
    level, depth = [token for token in tokens if token.head is token], 0
    roots = {token.i: token for token in level}
    while level:
        if depth == DEEPEST:
            for token in level:
                _rehang(token, roots)
        below = []
        for token in level:
            for one in token.children:
                roots[one.i] = roots[token.i]
                below.append(one)
        depth = 1 if depth == DEEPEST else depth + 1
        level = below


def _rehang(token: Token, roots: dict[int, Token]) -> None:
    root = roots[token.i]
    token.head.children.remove(token)
    token.head, token.dep = root, "dep"
    root.children.append(token)
    root.children.sort(key=lambda one: one.i)
