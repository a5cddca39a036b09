"""Lines -> rows of a delimited file, each with its line; a row that is broken does not take others with it."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator

from strife.exchange.problems import BrokenRow

Row = tuple[int, list[str]]
ROW_LINES = 200  # a quoted cell of more lines is a quotation mark that nobody closed
DELIMITERS = ",\t;|"


def delimiter_of(header: str) -> str:
    """The separator that stands most often in the first line."""
    return max(DELIMITERS, key=header.count)


def plain_rows(lines: Iterable[str], delimiter: str, start: int = 1) -> Iterator[Row]:
    """The rows of a file without quoting (GDELT, ICEWS, POLECAT, Phoenix): a line a row.

    Quotation marks around a whole cell, as some copies of these files have them, are taken off."""
    for number, line in enumerate(lines, start):
        text = line.rstrip("\r\n")
        if not text.strip():
            continue
        cells = text.split(delimiter)
        yield number, [_bare(cell) for cell in cells] if '"' in text else cells


def _bare(cell: str) -> str:
    whole = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if whole else cell


def quoted_rows(lines: Iterator[str], delimiter: str, width: int, start: int = 1) -> Iterator[Row | BrokenRow]:
    """The rows of a CSV file; a cell in quotation marks may hold line ends.

    Where a quotation mark is never closed, only the line it stands in is broken: the next lines are read again."""
    csv.field_size_limit(max(csv.field_size_limit(), 16_000_000))  # the module has no limit per reader
    waiting: deque[str] = deque()
    number = start
    while True:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            return
        if line.count('"') % 2 == 0:
            if line.strip():
                yield _cells([line], delimiter, number)
            number += 1
            continue
        whole, closed = _gathered(line, lines, waiting)
        row = _cells(whole, delimiter, number) if closed else None
        if isinstance(row, tuple) and len(row[1]) == width:
            yield row
            number += len(whole)
            continue
        waiting.extendleft(reversed(whole[1:]))
        alone = _cells([line], delimiter, number)
        if isinstance(alone, tuple) and len(alone[1]) == width:
            yield alone
        else:
            yield BrokenRow(number, "a quotation mark opens in this line and is not closed where the row should end")
        number += 1


def _gathered(first: str, lines: Iterator[str], waiting: deque[str]) -> tuple[list[str], bool]:
    """The line and those after it until the quotation marks are even, and whether they came to be."""
    whole = [first]
    while len(whole) < ROW_LINES:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            return whole, False
        whole.append(line)
        if line.count('"') % 2:
            return whole, True
    return whole, False


def _cells(lines: list[str], delimiter: str, number: int) -> Row | BrokenRow:
    try:
        return number, next(csv.reader(lines, delimiter=delimiter), [])
    except csv.Error as error:
        return BrokenRow(number, f"is no row of a table ({error})")
