"""Sentences, tokens and heads: what the grammar of a document is, with nothing about politics and nothing of spaCy.

Dependency labels are those of ClearNLP/OntoNotes (nsubj, nsubjpass, dobj, pobj, ccomp …), tags are Penn Treebank tags.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from strife.records import Document, Span


class Token:
    """A word: its form, its lemma, its place in the tree and in the text."""

    __slots__ = (
        "children",
        "dep",
        "end",
        "ent",
        "head",
        "i",
        "lemma",
        "lower",
        "pos",
        "sentence",
        "start",
        "tag",
        "text",
    )

    i: int
    text: str  # as parsed: recased where the document is in capitals
    lower: str
    lemma: str  # lower case
    tag: str
    pos: str
    dep: str
    ent: str  # OntoNotes entity type, or ""
    start: int  # offsets in the document's text
    end: int
    sentence: int  # index of its sentence in the analysis
    head: Token  # itself at the root
    children: list[Token]  # in text order

    def __repr__(self) -> str:
        return f"{self.text}/{self.tag}/{self.dep}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A run of tokens, `first` to `last` inclusive (indices in the analysis), and the paragraph it stands in."""

    index: int
    first: int
    last: int
    root: Token
    paragraph: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks, by token index, marks left out; `open` where the closing mark is missing."""

    first: int
    last: int
    open: bool = False


@dataclass(slots=True)
class Analysis:
    """The grammar of one document."""

    document: Document
    tokens: list[Token] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    capitals: bool = False  # the document was all in capitals and has been recased for the parser

    def tokens_of(self, sentence: Sentence) -> list[Token]:
        """The tokens of a sentence."""
        return self.tokens[sentence.first : sentence.last + 1]

    def span(self, start: int, end: int) -> Span:
        """The document's own words between two offsets."""
        return Span(start=start, end=end, quote=self.document.text[start:end])

    def span_of(self, first: Token, last: Token) -> Span:
        """The document's own words from one token to another."""
        return self.span(first.start, last.end)


def subtree(token: Token) -> Iterator[Token]:
    """The token and everything below it, in no particular order."""
    stack = [token]
    while stack:
        here = stack.pop()
        yield here
        stack.extend(here.children)


def edges(token: Token) -> tuple[int, int]:
    """Indices of the first and last token below (and including) a token."""
    low = high = token.i
    for below in subtree(token):
        low, high = min(low, below.i), max(high, below.i)
    return low, high


def ancestors(token: Token) -> Iterator[Token]:
    """The heads of a token, nearest first, without itself."""
    while token.head is not token:
        token = token.head
        yield token


def conjuncts(token: Token) -> list[Token]:
    """The token and those coordinated below it: "X, Y and Z" from X gives X, Y, Z."""
    found = [token]
    for child in token.children:
        if child.dep == "conj":
            found.extend(conjuncts(child))
    return found


def child(token: Token, *deps: str) -> Token | None:
    """The first child in one of these relations."""
    return next((one for one in token.children if one.dep in deps), None)
