"""Bytes -> text: which encoding they are in, and whether they are text at all."""

from __future__ import annotations

import codecs

from strife.errors import BadInput
from strife.sources.item import Notice

SAMPLE = 200_000  # bytes that the detection of an encoding looks at
CONTROL_SHARE = 0.02  # more control characters than this, and it is no text
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")
MARKS = (  # the longer mark first: UTF-32's begins like UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
KINDS = (  # first bytes of what people most often give by mistake
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image or sound file"),
    (b"PK\x03\x04", "a zip archive or an office document (docx, xlsx, odt, epub)"),
    (b"\xd0\xcf\x11\xe0", "an old office document (doc, xls)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"BZh", "compressed with bzip2"),
    (b"7z\xbc\xaf", "a 7-zip archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
)


def decode(data: bytes, place: str, notice: Notice) -> str:
    """The text of some bytes, without byte order mark; BadInput where they are no text.

    What is not UTF-8 is read in the encoding that fits best, and `notice` is told."""
    encoding = encoding_of(data, place)
    if encoding not in {"utf-8", "utf-8-sig"}:
        notice(f"{place}: not UTF-8, read as {encoding}; if names look wrong, convert the file to UTF-8 first")
    return data.decode(encoding, errors="replace")


def encoding_of(data: bytes, place: str) -> str:
    """The encoding of some bytes, which may be only the beginning of a file; BadInput where they are no text."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    refuse_binary(data, place)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)  # incremental: a letter may be cut at the end
    except UnicodeDecodeError:
        return guess(data, place)
    return "utf-8"


def stream_encoding(head: bytes, place: str) -> str:
    """The encoding of a file of lines from its first bytes: UTF-8 unless these show UTF-16 or 32.

    One bad byte must not turn all other lines into another code page, so lines that are not UTF-8 are a matter
    for whoever reads them."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    refuse_binary(head, place)
    return guess(head, place) if _wide(head[:8192]) else "utf-8"


def refuse_binary(data: bytes, place: str) -> None:
    """BadInput for what is evidently no text; UTF-16 without a mark passes."""
    for start, kind in KINDS:
        if data.startswith(start):
            raise BadInput(f"{place}: is {kind}, not text; save or convert it as plain text (.txt) or HTML first")
    head = data[:8192]
    controls = sum(head.count(code) for code in CONTROLS)
    if controls > CONTROL_SHARE * len(head) and not _wide(head):
        raise BadInput(f"{place}: is binary, not text; save or convert it as plain text (.txt) or HTML first")


def guess(data: bytes, place: str) -> str:
    """The encoding that fits bytes which are not UTF-8."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        raise BadInput(f"{place}: its encoding cannot be told; save it as UTF-8 first")
    try:
        # Several Western code pages give the same text; then the one that people know is named.
        return "cp1252" if data[:SAMPLE].decode("cp1252") == str(best) else best.encoding
    except UnicodeDecodeError:
        return best.encoding


def _wide(head: bytes) -> bool:
    """Whether every other byte is mostly null, as in UTF-16 text of Latin letters."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    low, high = sorted((even, odd))
    return high > 0.6 * len(head) / 2 and low < 0.1 * len(head) / 2
