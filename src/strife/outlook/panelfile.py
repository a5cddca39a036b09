"""A table of counts in a file -> a panel: months by units, or a row for each unit and date."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from strife.errors import BadInput
from strife.exchange.layouts import UCDP_COLUMNS, key_of
from strife.exchange.problems import BrokenRow, Options
from strife.exchange.rows import delimiter_of
from strife.exchange.stream import opened, text_lines
from strife.outlook.checks import trusted
from strife.outlook.panel import Figures, Panel
from strife.outlook.periods import Frequency, day_of, frequency_of, last_day, number_of

UNIT = ("unit", "country", "name", "admin1", "region", "place", "location", "iso3", "isoab", "gwno", "country_id")
DATE = ("date", "month", "week", "period", "start", "date_start", "time")
VALUE = ("value", "count", "deaths", "fatalities", "best", "events", "incidents", "ged_best", "outcome")
KNOWN = ("known_at", "known", "as_of", "release", "vintage", "reported")
MISSING = frozenset({"", "na", "n/a", "nan", "none", "null", "."})
LARGEST = 5_000_000  # no month of any war on record comes near; what is larger is a slip
EVENTS = frozenset({"date_start", "date_end", "best", "type_of_violence"})
Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a file: its line, unit, date, when it was known (None if not said) and value (NaN if not known)."""

    line: int
    unit: str
    day: date
    text: str
    known: date | None
    value: float


def read_panel(path: str | Path, options: Options | None = None) -> Panel:
    """The panel in a CSV file, checked; BadInput where it cannot be read or trusted, with line and remedy.

    Two forms: periods by units (the first column holds the dates), or long, with columns for unit, date and value, and known_at
    where a figure has several states. Months (2024-05, or their first or last day) or weeks (2024-W22, or a day every seven)."""
    options = options or Options()
    with opened(Path(path)) as (stream, place):
        lines = text_lines(stream, place, options.notice)
        try:
            rows = list(_rows(lines))
        except BrokenRow as error:
            raise BadInput(f"{place} line {error.line}: {error.reason}") from error
    if not rows:
        raise BadInput(f"{place}: is empty; a panel has a line of names and a line for each month or week")
    header = [key_of(cell) for cell in rows[0][1]]
    if set(header) >= EVENTS:
        raise BadInput(f"{place}: holds single events, not counts; read it as UCDP events")
    columns = _columns(header)
    cells = list(_long(rows, columns, place) if columns else _wide(rows, place))
    order = [] if columns else [unit.strip() for unit in rows[0][1][1:] if unit.strip()]
    panel = _panel(cells, place, Path(path).name, order)
    if not columns and (nameless := len(rows[0][1]) - 1 - len(order)):
        note = (
            f"{nameless} columns without a name are left out" if nameless > 1 else "a column without a name is left out"
        )
        panel = replace(panel, notes=(*panel.notes, note))
    return trusted(panel, options.today)


def holds_events(path: str | Path) -> bool:
    """Whether a file is one of UCDP events rather than a panel. BadInput where it cannot be opened."""
    with opened(Path(path)) as (stream, place):
        header = next(text_lines(stream, place, lambda _text: None), "")
    names = {key_of(cell) for cell in header.split(delimiter_of(header))}
    return names >= EVENTS and names & set(UCDP_COLUMNS) >= EVENTS


def _rows(lines: Iterator[str]) -> Iterator[Row]:
    first = next(lines, "")
    reader = csv.reader(_chained(first, lines), delimiter=delimiter_of(first))
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, cells


def _chained(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _columns(header: Sequence[str]) -> dict[str, int] | None:
    """The columns of the long form by what they hold; None where the file has the other form."""
    found = {}
    for what, names in (("unit", UNIT), ("date", DATE), ("value", VALUE), ("known", KNOWN)):
        place = next((header.index(name) for name in names if name in header), None)
        if place is not None:
            found[what] = place
    if "year" in header and "month" in header:
        found |= {"year": header.index("year"), "date": header.index("month")}
    return found if {"unit", "date", "value"} <= set(found) else None


def _long(rows: Sequence[Row], columns: dict[str, int], place: str) -> Iterator[Cell]:
    width = len(rows[0][1])
    for line, cells in rows[1:]:
        _require_width(cells, width, place, line)
        unit = cells[columns["unit"]].strip()
        if not unit:
            raise BadInput(f"{place} line {line}: has no unit; name it or take the line out")
        text = cells[columns["date"]].strip()
        if "year" in columns and text.isdecimal():
            text = f"{cells[columns['year']].strip()}-{text}"
        known = _known(cells[columns["known"]], place, line) if "known" in columns else None
        value = _value(cells[columns["value"]], lambda n=line, u=unit: f"{place} line {n}, {u}")  # type: ignore[misc]
        yield Cell(line, unit, _date(text, place, line), text, known, value)


def _wide(rows: Sequence[Row], place: str) -> Iterator[Cell]:
    units = [cell.strip() for cell in rows[0][1][1:]]
    _require_units(units, rows[0][1], place)
    for line, cells in rows[1:]:
        _require_width(cells, len(units) + 1, place, line)
        day = _date(cells[0], place, line)
        for unit, cell in zip(units, cells[1:], strict=True):
            if unit:
                value = _value(cell, lambda n=line, u=unit: f"{place} line {n}, {u}")  # type: ignore[misc]
                yield Cell(line, unit, day, cells[0], None, value)


def _require_units(units: Sequence[str], header: Sequence[str], place: str) -> None:
    if not units:
        raise BadInput(f"{place}: has one column; a panel has dates in the first and a column for each unit")
    if sum(day_of(unit) is not None for unit in units) > len(units) / 2:
        raise BadInput(f"{place}: has dates in its columns; turn it round, a line for each month or week")
    for number, unit in enumerate(units):
        if unit and unit in units[:number]:
            raise BadInput(f"{place}: the unit {unit!r} stands in two columns; keep one of them, or add them up")
    if day_of(header[0]) is not None:
        raise BadInput(f"{place}: its first line holds no names; put a line with the names of the units above")


def _require_width(cells: Sequence[str], width: int, place: str, line: int) -> None:
    if len(cells) != width:
        raise BadInput(f"{place} line {line}: has {len(cells)} cells, the first line has {width}; mend the line")


def _date(text: str, place: str, line: int) -> date:
    day = day_of(text)
    if day is None:
        raise BadInput(f"{place} line {line}: {text[:40]!r} is no date; write 2024-05, 2024-05-31 or 2024-W22")
    return day


def _known(text: str, place: str, line: int) -> date:
    day = day_of(text)
    if day is None:
        raise BadInput(f"{place} line {line}: known_at {text[:40]!r} is no date; write it as 2024-05-31")
    return day


def _value(text: str, where: Callable[[], str]) -> float:
    try:
        value = float(text)
    except ValueError:
        if text.strip().lower() in MISSING:
            return math.nan
        raise BadInput(f"{where()}: {text[:40]!r} is no number; leave the cell empty where nothing is known") from None
    if 0 <= value <= LARGEST:
        return value
    if math.isnan(value):
        return math.nan
    if value < 0:
        raise BadInput(f"{where()}: {text} is below 0; a count cannot be, mend it or leave the cell empty")
    raise BadInput(f"{where()}: {text} is beyond all measure (above {LARGEST:,}); mend it or leave the cell empty")


def _panel(cells: Sequence[Cell], place: str, name: str, order: Sequence[str]) -> Panel:
    """The cells as a panel. BadInput for mixed frequencies and for two values of one unit and period."""
    if not cells:
        raise BadInput(f"{place}: has names but no counts; add a line for each month or week")
    frequency = _frequency(cells, place)
    numbers = [number_of(cell.day, frequency) for cell in cells]
    units = list(order) or sorted({cell.unit for cell in cells})
    column = {unit: index for index, unit in enumerate(units)}
    seen: dict[tuple[str, int, date | None], int] = {}
    for cell, number in zip(cells, numbers, strict=True):
        before = seen.setdefault((cell.unit, number, cell.known), cell.line)
        if before != cell.line:
            raise BadInput(
                f"{place} line {cell.line}: {cell.unit} {cell.text} stands already in line {before}; keep one, or add them up"
            )
    first, rows = min(numbers), max(numbers) - min(numbers) + 1
    # A long file without a single 0 lists only where something happened; elsewhere a figure without a line is not known.
    sparse = not order and not any(cell.value == 0 for cell in cells)
    values = np.full((rows, len(units)), 0.0 if sparse else np.nan)
    newest = sorted(range(len(cells)), key=lambda one: cells[one].known or date.min)
    for one in newest:
        values[numbers[one] - first, column[cells[one].unit]] = cells[one].value
    figures = _figures(cells, numbers, first, column, frequency) if any(cell.known for cell in cells) else None
    if figures is not None and sparse:
        figures = _with_zeros(figures, rows, len(units), first, frequency)
    notes = ("no line has a 0: what has no line is taken as 0",) if sparse else ()
    return Panel(name, tuple(units), frequency, first, values, figures=figures, notes=notes)


def _figures(
    cells: Sequence[Cell], numbers: Sequence[int], first: int, column: dict[str, int], frequency: Frequency
) -> Figures:
    """Every state of every figure; one whose day is not said counts as known when its period ended."""
    known = [
        (cell.known or last_day(number, frequency)).toordinal() for cell, number in zip(cells, numbers, strict=True)
    ]
    return Figures(
        unit=np.array([column[cell.unit] for cell in cells]),
        period=np.array(numbers) - first,
        known=np.array(known),
        value=np.array([cell.value for cell in cells]),
    )


def _with_zeros(figures: Figures, rows: int, units: int, first: int, frequency: Frequency) -> Figures:
    """With a 0 for every unit when a period has ended."""
    ends = np.array([last_day(first + row, frequency).toordinal() for row in range(rows)])
    period, unit = (part.ravel() for part in np.indices((rows, units)))
    return Figures(
        unit=np.concatenate([unit, figures.unit]),
        period=np.concatenate([period, figures.period]),
        known=np.concatenate([ends[period], figures.known]),
        value=np.concatenate([np.zeros(len(unit)), figures.value]),
    )


def _frequency(cells: Sequence[Cell], place: str) -> Frequency:
    days: dict[date, Cell] = {}
    for cell in cells:
        days.setdefault(cell.day, cell)
    ordered = sorted(days)
    frequency = frequency_of(ordered, [days[day].text for day in ordered])
    if frequency is None:
        odd = next((day for day in ordered if (day - ordered[0]).days % 7 and day.day != 1), ordered[-1])
        raise BadInput(
            f"{place} line {days[odd].line}: {days[odd].text} makes the dates neither months nor weeks; "
            "use one of them throughout, and add up what is daily"
        )
    return frequency
