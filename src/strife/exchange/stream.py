"""A file, compressed or not, in whatever encoding -> lines of text, one at a time."""

from __future__ import annotations

import codecs
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from strife.errors import BadInput
from strife.exchange.problems import BrokenRow
from strife.sources.decode import stream_encoding
from strife.sources.files import unreadable
from strife.unpacking import unpacked

Notice = Callable[[str], None]
LINE_LIMIT = 8_000_000  # bytes; a row of event data is some hundred, a POLECAT row some thousand
PEEK = 65_536
TABLES = (".csv", ".tsv", ".txt", ".tab")
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
Line = TypeVar("Line", str, bytes)
CUT = (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile)


@contextmanager
def opened(path: Path) -> Iterator[tuple[BinaryIO, str]]:
    """The bytes of a file, unpacked where it is .gz or a .zip of one table, and what messages call it."""
    with _file(path) as raw:
        head = raw.peek(4)[:4]
        if head.startswith(GZIP):
            size = path.stat().st_size
            with gzip.GzipFile(fileobj=raw) as packed, unpacked(packed, size, str(path)) as stream:
                yield stream, str(path)
        elif head.startswith(ZIP):
            with _archive(raw, path) as archive, archive.open(member := _member(archive, path)) as inner:
                place = f"{path} ({member.filename})"
                with unpacked(inner, path.stat().st_size, place) as stream:
                    yield stream, place
        else:
            yield raw, str(path)


def _file(path: Path) -> io.BufferedReader:
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise BadInput(f"{path}: no such file; check the path") from error
    except OSError as error:
        raise unreadable(str(path), error) from error


def _archive(raw: BinaryIO, path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(raw)
    except zipfile.BadZipFile as error:
        raise BadInput(f"{path}: is a damaged zip archive ({error}); fetch it again") from error


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    """The one table in an archive; BadInput where there is none, or a choice."""
    files = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX")]
    if any(one.filename == "[Content_Types].xml" for one in files):
        raise BadInput(f"{path}: is an Excel workbook; save its sheet as CSV (UTF-8) and import that")
    tables = [one for one in files if one.filename.lower().endswith(TABLES)]
    if len(tables) != 1:
        names = ", ".join(one.filename for one in (tables or files))[:200] or "nothing"
        raise BadInput(f"{path}: holds {len(tables)} tables ({names}); unpack it and import them one by one")
    if tables[0].flag_bits & 1:
        raise BadInput(f"{path}: {tables[0].filename} is encrypted; unpack it first")
    return tables[0]


def text_lines(stream: BinaryIO, place: str, notice: Notice) -> Iterator[str]:
    """The lines with their ends. UTF-8; UTF-16 and 32 by their marks; a line that is not UTF-8 is taken as cp1252, and told.

    BadInput for what is no text, BrokenRow where compressed data end early or a line is beyond all measure."""
    reader = cast("io.BufferedReader", stream)
    try:
        encoding = stream_encoding(reader.peek(PEEK)[:PEEK], place)
    except CUT as error:
        raise BadInput(f"{place}: is damaged from its beginning ({error}); fetch it again") from error
    if encoding.startswith("utf-8"):
        yield from _eight(reader, place, notice)
    else:
        notice(f"{place}: read as {encoding.upper()}")
        yield from _guarded(_wide(reader, encoding))


def _eight(reader: io.BufferedReader, place: str, notice: Notice) -> Iterator[str]:
    told = False
    for number, data in enumerate(_guarded(_byte_lines(reader)), start=1):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
            if not told:
                notice(
                    f"{place} line {number}: not UTF-8, read as Latin-1 (cp1252), as other such lines; "
                    "if names look wrong, convert the file to UTF-8 first"
                )
            told = True
        yield text.removeprefix("\ufeff") if number == 1 else text


def _wide(reader: io.BufferedReader, encoding: str) -> Iterator[str]:
    """The lines of UTF-16 or 32, whose line ends cannot be found in the bytes."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    rest = ""
    while chunk := reader.read(PEEK):
        *whole, rest = (rest + decoder.decode(chunk)).split("\n")
        for text in whole:
            yield text + "\n"
        if len(rest) > LINE_LIMIT:
            yield rest
    if rest:
        yield rest


def _byte_lines(reader: io.BufferedReader) -> Iterator[bytes]:
    while data := reader.readline(LINE_LIMIT):
        yield data


def _guarded(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines; BrokenRow at the place where they cannot be had or trusted."""
    number = 0
    try:
        for line in lines:
            number += 1
            if len(line) >= LINE_LIMIT:
                raise BrokenRow(number, f"is longer than {LINE_LIMIT:,} bytes: no row of event data", last=True)
            yield line
    except CUT as error:
        reason = f"the compressed file is cut short or damaged here ({error}); fetch it again"
        raise BrokenRow(number + 1, reason, last=True) from error
