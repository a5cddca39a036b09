"""The lines of a pack's file: plain, gzip or zip, checked byte by byte and cut into cells."""

from __future__ import annotations

import csv
import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from strife.errors import BadInput
from strife.unpacking import unpacked

LONGEST = 1 << 20  # bytes of a line; GeoNames' longest are about 20,000
CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")  # all but the tab between cells
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"


@contextmanager
def opened(path: Path, label: str) -> Iterator[IO[bytes]]:
    """The bytes of a pack, unpacked; `label` is what messages call it. BadInput where they cannot be had."""
    try:
        with path.open("rb") as raw:
            start = raw.read(4)
            raw.seek(0)
            if not start:
                raise BadInput(f"{label} is empty; fetch it again")
            if path.name.endswith(".gz") and not start.startswith(GZIP):
                raise BadInput(f"{label} is not gzip, as its name says; fetch it again or take the .gz from its name")
            if path.name.endswith(".zip") and start != ZIP:
                raise BadInput(f"{label} is not a zip archive, as its name says; fetch it again")
            if start.startswith(GZIP):
                with gzip.GzipFile(fileobj=raw) as packed, unpacked(packed, path.stat().st_size, label) as stream:
                    yield stream
            elif start == ZIP:
                with (
                    zipfile.ZipFile(raw) as archive,
                    archive.open(_member(archive, label)) as member,
                    unpacked(member, path.stat().st_size, label) as stream,
                ):
                    yield stream
            else:
                yield raw
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise BadInput(f"{label} is damaged or not whole ({error}); fetch it again") from error
    except OSError as error:
        raise BadInput(f"{label} cannot be read: {error.strerror or error}") from error


def _member(archive: zipfile.ZipFile, label: str) -> zipfile.ZipInfo:
    """The one table of a zip as GeoNames ships it, beside its readme."""
    tables = [
        one
        for one in archive.infolist()
        if one.filename.lower().endswith((".txt", ".tsv", ".csv")) and not one.filename.lower().endswith("readme.txt")
    ]
    if len(tables) != 1:
        found = ", ".join(one.filename for one in archive.infolist()[:5]) or "nothing"
        raise BadInput(f"{label} must hold one table (.txt, .tsv, .csv) and holds {found}; unpack it and add the table")
    return tables[0]


def lines(stream: IO[bytes], label: str) -> Iterator[tuple[int, str]]:
    """The lines of a pack with their numbers, empty ones left out. BadInput at what is no text."""
    number = 0
    while raw := stream.readline(LONGEST):
        number += 1
        if len(raw) == LONGEST:
            raise BadInput(f"{label}, line {number}: longer than {LONGEST:,} bytes; this is no table of places")
        try:
            text = raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise BadInput(
                f"{label}, line {number}: byte {error.start + 1} is not UTF-8; give a text file in UTF-8"
            ) from error
        if number == 1:
            text = text.removeprefix("\ufeff")
        if "\0" in text:
            raise BadInput(f"{label}, line {number}: it is binary; give a table of places as text")
        if text.strip():
            yield number, text
    if not number:
        raise BadInput(f"{label} is empty; fetch it again")


def cells(text: str, delimiter: str, place: str) -> list[str]:
    """A line cut into cells. BadInput where its quotation marks do not close."""
    if delimiter == "\t":
        return text.split("\t")
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise BadInput(f"{place}: {error}; mend the row or leave it out") from error


def refuse_control(row: list[str], columns: list[str], place: str) -> None:
    """BadInput at control characters, which a terminal would obey."""
    for column, cell in zip(columns, row, strict=True):
        found = CONTROL.search(cell)
        if found:
            code = f"U+{ord(found[0]):04X}"
            raise BadInput(f"{place}, column {column}: control character {code}; take it out or leave out the row")
