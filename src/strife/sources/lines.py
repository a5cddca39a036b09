"""A stream of bytes -> lines of text, one at a time and never more than the limit in memory."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from strife.sources.decode import guess, stream_encoding
from strife.sources.item import BYTES_LIMIT, Notice, too_large

PEEK = 65_536  # bytes that tell the encoding of a stream


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number from 1 and its size in bytes; `text` is None where it is over the limit."""

    number: int
    text: str | None
    size: int


def peekable(stream: BinaryIO) -> io.BufferedReader:
    """The stream, in a form whose beginning can be looked at without taking it."""
    if hasattr(stream, "peek"):
        return cast("io.BufferedReader", stream)
    return io.BufferedReader(cast("io.RawIOBase", stream))


def lines(stream: BinaryIO, place: str, notice: Notice, *, blank: bool = True) -> Iterator[Line]:
    """The lines of a stream in UTF-8 (or UTF-16 or 32, if its beginning shows it); BadInput where it is binary.

    A line that is not UTF-8 is read in the encoding that fits it; the first is told to `notice`. Without `blank`, empty
    lines are passed over."""
    reader = peekable(stream)
    encoding = stream_encoding(reader.peek(PEEK)[:PEEK], place)
    if not encoding.startswith("utf-8"):
        yield from _wide(reader, encoding, place)
        return
    told = False
    number = 0
    while data := reader.readline(BYTES_LIMIT + 1):
        number += 1
        if not blank and data == b"\n":
            continue
        if len(data) > BYTES_LIMIT:
            yield Line(number, None, len(data) + _skip(reader))
            continue
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            where = f"{place} line {number}"
            used = guess(data, where)
            text = data.decode(used, errors="replace")
            if not told:
                notice(f"{where}: not UTF-8, read as {used}, and so may be others; better convert the file first")
            told = True
        yield Line(number, text.removeprefix("\ufeff") if number == 1 else text, len(data))


def _skip(reader: io.BufferedReader) -> int:
    """Pass over the rest of a line in small pieces; its length."""
    length = 0
    while piece := reader.readline(PEEK):
        length += len(piece)
        if piece.endswith(b"\n"):
            break
    return length


def _wide(reader: io.BufferedReader, encoding: str, place: str) -> Iterator[Line]:
    """The lines of UTF-16 or UTF-32, whose line ends cannot be found in the bytes."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    width = 4 if "32" in encoding else 2
    number, rest = 0, ""
    while chunk := reader.read(PEEK):
        *whole, rest = (rest + decoder.decode(chunk)).split("\n")
        for text in whole:
            number += 1
            yield Line(number, text + "\n", width * (len(text) + 1))
        if len(rest) * width > BYTES_LIMIT:
            raise too_large(f"{place} line {number + 1}", len(rest) * width)
    if rest:
        yield Line(number + 1, rest, width * len(rest))
