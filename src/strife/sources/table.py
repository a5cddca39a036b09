"""CSV and TSV -> Documents, one row at a time; the first row names the columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import BinaryIO

from strife.errors import BadInput
from strife.sources.fields import item_of
from strife.sources.item import BYTES_LIMIT, Item, Options, too_large
from strife.sources.lines import lines

DELIMITERS = ",;\t|"


def read_table(stream: BinaryIO, name: str, place: str, options: Options) -> Iterator[Item | BadInput]:
    """The document in each row; an id is the file's name and the row's number where no column has it."""
    # The module's own limit on a cell is 131,072 characters, less than a long report; there is no limit per reader.
    csv.field_size_limit(max(csv.field_size_limit(), BYTES_LIMIT))
    texts = _texts(stream, place, options)
    header = next(texts, "")
    rows = csv.reader(_chain(header, texts), delimiter=_delimiter(header))
    try:
        columns = next(rows, [])
    except csv.Error as error:
        raise BadInput(
            f"{place}: its first line is no row of a table ({error}); save it as CSV (UTF-8) anew"
        ) from error
    _require_text(columns, place, options)
    for number, row in enumerate(_rows(rows, place), start=2):
        if not any(cell.strip() for cell in row):
            continue
        values = {column: cell or None for column, cell in zip(columns, row, strict=False)}
        try:
            yield item_of(values, f"{name}:{number}", f"{place} row {number}", options, sum(map(len, row)))
        except BadInput as error:
            yield error


def _rows(rows: Iterator[list[str]], place: str) -> Iterator[list[str]]:
    """The rows; BadInput where the quoting breaks down, since no later row can be trusted."""
    number = 1
    try:
        for row in rows:
            number += 1
            yield row
    except csv.Error as error:
        raise BadInput(f"{place} after row {number}: {error}; the rest of the file is not read") from error


def _texts(stream: BinaryIO, place: str, options: Options) -> Iterator[str]:
    for line in lines(stream, place, options.notice):
        if line.text is None:
            raise too_large(f"{place} line {line.number}", line.size)
        yield line.text


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from rest


def _delimiter(header: str) -> str:
    """The separator that stands most often in the first line."""
    return max(DELIMITERS, key=header.count)


def _require_text(columns: list[str], place: str, options: Options) -> None:
    if not columns:
        raise BadInput(
            f"{place}: is empty; the first row must name the columns, {options.column('text')!r} one of them"
        )
    if options.column("text") not in columns:
        has = ", ".join(columns)[:200]
        raise BadInput(
            f"{place}: no column {options.column('text')!r} (it has: {has}); name that of the text by --text-column"
        )
