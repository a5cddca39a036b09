"""A file of a known layout -> its rows by the names of their columns -> incidents; what is wrong is told and the rest goes on."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from strife.errors import BadInput
from strife.exchange.cells import Cells
from strife.exchange.layouts import LAYOUTS, Layout, key_of, looks_like
from strife.exchange.problems import BadCell, BrokenRow, Options, Problem
from strife.exchange.rows import Row, delimiter_of, plain_rows, quoted_rows
from strife.exchange.stream import opened, text_lines
from strife.records import Incident

Maker = Callable[[Cells], Incident]


def incidents(path: str | Path, layout: Layout, options: Options, make: Maker) -> Iterator[Incident]:
    """The incidents of a file, one at a time; rows that cannot be read go to the options as problems.

    BadInput where the file cannot be opened, is no text, or has another layout."""
    with opened(Path(path)) as (stream, place):
        try:
            lines = text_lines(stream, place, options.notice)
            for row in _rows(lines, layout, place):
                try:
                    line, cells = _checked(row)
                    yield make(cells)
                except BadCell as error:
                    options.tell(place, Problem(line, error.column, error.reason))
                except BrokenRow as error:
                    options.tell(place, Problem(error.line, "", error.reason))
        except BrokenRow as error:
            options.tell(place, Problem(error.line, "", error.reason))


def layout_of(path: str | Path) -> Layout:
    """The layout that a file seems to have, by its first line. BadInput where it is none that is known."""
    with opened(Path(path)) as (stream, place):
        first = next(text_lines(stream, place, _unheard), "")
    if not first.strip():
        raise BadInput(f"{place}: is empty")
    found = looks_like(first)
    if found is None:
        raise BadInput(
            f"{place}: its first line is of no layout that is known ({', '.join(LAYOUTS)}); say which by --format"
        )
    return found


def _unheard(_text: str) -> None:
    """Notices come when the rows are read."""


Named = tuple[int, dict[str, str]]


def _checked(row: Named | BrokenRow) -> Named:
    if isinstance(row, BrokenRow):
        raise row
    return row


def _rows(lines: Iterator[str], layout: Layout, place: str) -> Iterator[Named | BrokenRow]:
    """The rows by the keys of their columns. BadInput where the file has another layout."""
    first = next(lines, "")
    if not first.strip():
        raise BadInput(f"{place}: is empty; {layout.title} files have {_shape(layout)}")
    delimiter = delimiter_of(first)
    header = _header(first, delimiter, place)
    named = layout.required <= set(header)
    if layout.header or named:
        _require(layout, header, first, place)
        body, start = lines, 2
    else:
        header, body, start = _headless(layout, first, delimiter, place), chain([first], lines), 1
    while header and not header[-1]:  # tabs at the end of every line
        header.pop()
    quoted = layout.quoted or delimiter != "\t"
    width = len(header)
    for one in quoted_rows(body, delimiter, width, start) if quoted else plain_rows(body, delimiter, start):
        yield one if isinstance(one, BrokenRow) else _named(one, header)


def _header(first: str, delimiter: str, place: str) -> list[str]:
    try:
        return [key_of(cell) for cell in next(csv.reader([first], delimiter=delimiter))]
    except csv.Error as error:
        raise BadInput(
            f"{place}: its first line is no row of a table ({error}); save it as CSV (UTF-8) anew"
        ) from error


def _named(row: Row, header: list[str]) -> Named | BrokenRow:
    line, cells = row
    if len(cells) != len(header):
        if len(cells) < len(header):
            return BrokenRow(line, f"has {len(cells)} of {len(header)} columns; is the file cut short here?")
        if any(cell.strip() for cell in cells[len(header) :]):
            return BrokenRow(line, f"has {len(cells)} columns, not {len(header)}; is a separator inside a cell?")
    return line, dict(zip(header, cells, strict=False))


def _require(layout: Layout, header: list[str], first: str, place: str) -> None:
    missing = layout.required - set(header)
    if missing:
        columns = ", ".join(sorted(missing))
        raise BadInput(f"{place}: is no {layout.title} file: it lacks {columns}; {_other(layout, first)}")


def _headless(layout: Layout, first: str, delimiter: str, place: str) -> list[str]:
    """The columns of a file that does not name them."""
    width = len(first.rstrip("\r\n").split(delimiter))
    if delimiter != "\t" or width not in layout.widths:
        raise BadInput(
            f"{place}: is no {layout.title} file: these have {_shape(layout)}, the first line has {width} columns; "
            f"{_other(layout, first)}"
        )
    return list(layout.columns[:width])


def _shape(layout: Layout) -> str:
    if layout.header:
        return f"a header with {len(layout.columns)} columns"
    return f"{len(layout.columns)} columns, separated by tabs, and no header"


def _other(layout: Layout, first: str) -> str:
    """What the file may be instead."""
    other = looks_like(first)
    if other is not None and other.name != layout.name:
        return f"it looks like {other.title}: import it as {other.name}"
    known = ", ".join(LAYOUTS)
    return f"check that the file is whole; known layouts: {known}"
