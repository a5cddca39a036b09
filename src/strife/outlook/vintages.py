"""Older states of a panel, as its producer published them: what was known when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from strife.errors import BadInput
from strife.exchange.problems import Options
from strife.outlook.panel import Array, Figures, Panel, find_unit
from strife.outlook.panelfile import read_panel

DAY = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")


def vintage_files(folder: str | Path) -> list[tuple[date, Path]]:
    """The CSV files of a folder with the day each was published, which is the first date in its name. BadInput where one has none."""
    found = []
    for path in sorted(Path(folder).glob("*.csv*")):
        named = DAY.search(path.name)
        if named is None:
            raise BadInput(
                f"{path}: its name does not tell the day it was published; put it there, as panel_2024-01-26.csv"
            )
        found.append((date.fromisoformat(named[1]), path))
    if not found:
        raise BadInput(
            f"{folder}: holds no CSV files; it is to hold older states of the panel, each with its day in its name"
        )
    return sorted(found)


def with_vintages(panel: Panel, files: Iterable[tuple[date, Path]], options: Options | None = None) -> Panel:
    """The panel with what was known of its figures on the day of each file.

    A unit that a file does not have had no event yet; units that only a file has are left out. BadInput for another frequency."""
    states: list[tuple[date, Array]] = []
    notes = list(panel.notes)
    for day, path in sorted(files):
        older = read_panel(path, options)
        if older.frequency != panel.frequency:
            raise BadInput(
                f"{path}: is by {older.frequency}, the panel by {panel.frequency}; give older states of the same panel"
            )
        states.append((day, _aligned(older, panel)))
        notes += [f"{path.name}: {note}" for note in older.notes]
    return replace(panel, figures=_figures(states), notes=tuple(notes))


def _aligned(older: Panel, panel: Panel) -> Array:
    """The figures of an older state in the rows and columns of the panel; NaN for periods it does not have."""
    values = np.full(panel.values.shape, np.nan)
    shift = older.first - panel.first
    start, end = max(shift, 0), min(shift + len(older), len(panel))
    for column, unit in enumerate(panel.units):
        own = find_unit(older.units, unit)
        rows = slice(start - shift, end - shift)
        values[start:end, column] = older.values[rows, own] if own is not None else 0.0
    return values


def _figures(states: list[tuple[date, Array]]) -> Figures:
    """The states as figures, each only where it differs from the one before."""
    parts = []
    before = np.full(states[0][1].shape, np.nan)
    for day, values in states:
        rows, columns = np.nonzero(~np.isnan(values) & (values != before))
        known = np.full(len(rows), day.toordinal())
        parts.append((columns, rows, known, values[rows, columns]))
        before = np.where(np.isnan(values), before, values)
    unit, period, known, value = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Figures(unit, period, known, value)
