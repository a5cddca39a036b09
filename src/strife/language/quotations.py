"""Which words stand between quotation marks."""

from __future__ import annotations

from strife.language.analysis import Analysis, Quotation, Token

DOUBLE = {'"', "“", "”", "„", "«", "»", "``", "''"}


def quotations(analysis: Analysis) -> list[Quotation]:
    """The quotations of a document, in text order; single quotation marks count where they open and close words."""
    found: list[Quotation] = []
    opened: int | None = None
    for token in analysis.tokens:
        if token.text not in DOUBLE:
            continue
        side = _side(analysis, token)
        if opened is None:
            if token.text not in ("”", "»") and side != "closes":
                opened = token.i
        elif side == "opens":  # what stood open was never closed: it ends with its paragraph, or was a slip
            end = _paragraph_end(analysis, opened)
            if opened + 1 < end < token.i:
                found.append(Quotation(opened + 1, end, open=True))
            opened = token.i
        else:
            if token.i > opened + 1:
                found.append(Quotation(opened + 1, token.i - 1))
            opened = token.i if token.text == "“" else None
    if opened is not None and opened + 1 < len(analysis.tokens):
        found.append(Quotation(opened + 1, _paragraph_end(analysis, opened), open=True))
    return found + _single(analysis)


def _side(analysis: Analysis, token: Token) -> str:
    """Whether a straight mark opens or closes, told by the blank beside it; "" where both or neither side is blank."""
    text = analysis.document.text
    before, after = text[token.start - 1 : token.start], text[token.end : token.end + 1]
    if token.text != '"' or (not before or before.isspace()) == (not after or after.isspace()):
        return ""
    if after.isalnum() and (not before or before.isspace()):
        return "opens"
    return "closes" if before.isalnum() or before in ".,!?" else ""


def _paragraph_end(analysis: Analysis, index: int) -> int:
    here = analysis.sentences[analysis.tokens[index].sentence].paragraph
    return max(s.last for s in analysis.sentences if s.paragraph == here)


def _single(analysis: Analysis) -> list[Quotation]:
    """'Words' in single marks: an opening mark before a letter and after a space, a closing one after a letter."""
    found: list[Quotation] = []
    text = analysis.document.text
    opened: int | None = None
    for token in analysis.tokens:
        if token.text not in ("'", "‘", "’"):
            continue
        before = text[token.start - 1 : token.start]
        after = text[token.end : token.end + 1]
        if opened is None and (not before or before.isspace()) and after.isalnum():
            opened = token.i
        elif opened is not None and token.i > opened + 1 and not after.isalnum():
            found.append(Quotation(opened + 1, token.i - 1))
            opened = None
    return found
