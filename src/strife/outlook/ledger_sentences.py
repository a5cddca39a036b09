"""Sentences of reports: the one around a claim, and what of them no claim was made of but may tell whether something happened.

The reader makes a claim of three in four passages that decide an expectation; of the rest only their words speak."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from strife.records import Claim, Document, Frame, Span, Statement

END = re.compile(r"(?<!\b[A-Z])[.!?][\"”’)]*\s+|\n\s*")
AROUND = 250  # characters on either side of a passage in which its sentence is sought
NEGATED = re.compile(r"\b(?:not|never|no|nobody|none|neither|nor|cannot)\b|n[’']t\b", re.IGNORECASE)
AHEAD = re.compile(
    r"\b(?:will|would|shall|may|might|could|should|must|if|unless|plan(?:s|ned)?|expect(?:s|ed)?|likely|intend(?:s|ed)?|due to|going to"
    r"|want(?:s|ed)?|hope[sd]?|fear(?:s|ed)?|demand(?:s|ed)?|call(?:s|ed)? (?:for|on)|urged?"
    r"|(?:is|are) to)\b|\?",
    re.IGNORECASE,
)  # what does not tell that something happened
LEAST = 4  # words of a sentence


def sentence_of(text: str, claim: Claim) -> str:
    """The sentence that a claim's evidence stands in: a condition of which nothing was read stands beside it."""
    span = claim.evidence[0]
    before = list(END.finditer(text, max(0, span.start - AROUND), span.start))
    after = END.search(text, max(span.start, span.end - 1), min(len(text), span.end + AROUND))
    return text[before[-1].end() if before else max(0, span.start - AROUND) : after.start() if after else span.end]


def looks_ahead(quote: str) -> bool:
    """Whether words tell of what may come, not of what happened."""
    return AHEAD.search(quote) is not None


def unread(document: Document, read: Sequence[Span]) -> Iterator[Statement]:
    """The parts of sentences without a claim that tell of what happened or did not, as statements in the author's voice."""
    for start, end in _parts(document.text, read):
        quote = document.text[start:end]
        if len(quote.split()) < LEAST or looks_ahead(quote):
            continue
        negated = NEGATED.search(quote) is not None
        span = Span(start=start, end=end, quote=quote)
        yield Statement(
            id=f"{document.id}:{start:08}",
            document=document.id,
            evidence=(span,),
            frame=Frame(negated=negated),
            status="negated" if negated else "reported",
            content=span,
            quoted=False,
            by="sentence",
        )


def _parts(text: str, read: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """What claims leave of the sentences; of one that looks ahead nothing."""
    spans = sorted((span.start, span.end) for span in read)
    for start, end in _sentences(text):
        inside = [(first, last) for first, last in spans if first < end and last > start]
        if inside and looks_ahead(text[start:end]):
            continue
        free = start
        for first, last in inside:
            if first > free:
                yield free, min(first, end)
            free = max(free, last)
        if free < end:
            yield free, end


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in END.finditer(text):
        if match.start() > start:
            yield start, match.start() + (text[match.start()] in ".!?")
        start = match.end()
    if start < len(text):
        yield start, len(text)
