"""Whether a panel can be trusted: gaps, periods to come, a last period that nobody filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from strife.errors import BadInput
from strife.outlook.panel import Panel

BEFORE = 12  # periods with which the last is compared
FEW = 0.1  # of what is usual: less in the last period is told, and may be a producer's gap
ENOUGH = 5.0  # events in the usual period, below which a period without any is no surprise


def trusted(panel: Panel, today: date) -> Panel:
    """The panel without periods that cannot be believed, each of them told in its notes.

    BadInput for a hole of whole periods, for figures of the future, and for a panel without anything to learn from."""
    _refuse_gaps(panel)
    panel = _past(panel, today)
    panel = _without_empty_end(panel)
    if not len(panel) or not np.nansum(panel.values) > 0:
        raise BadInput(f"{panel.name}: holds no events at all; there is nothing an outlook could rest on")
    return _told(panel)


def _refuse_gaps(panel: Panel) -> None:
    empty = np.isnan(panel.values).all(1)
    if empty.any():
        rows = np.flatnonzero(empty)
        names = ", ".join(panel.label(int(row)) for row in rows[:3]) + (" …" if len(rows) > 3 else "")
        raise BadInput(
            f"{panel.name}: {len(rows)} {panel.frequency}s are missing ({names}); add them, 0 where nothing happened"
        )


def _past(panel: Panel, today: date) -> Panel:
    """Without the period that has not ended yet. BadInput where there are figures of later ones."""
    ended = sum(1 for row in range(len(panel)) if panel.ends(row) < today)
    begun = sum(1 for row in range(len(panel)) if panel.begins(row) <= today)
    if begun < len(panel):
        name = panel.label(begun)
        raise BadInput(
            f"{panel.name}: has figures for {name}, which lies in the future; take them out, or give the day with --today"
        )
    if ended == len(panel):
        return panel
    note = f"the {panel.frequency} {panel.label(ended)} has not ended and is left out"
    return _cut(panel, ended, note)


def _without_empty_end(panel: Panel) -> Panel:
    """Without last periods in which nothing at all happened, where before something always did: a producer's gap, not peace."""
    totals = np.nansum(panel.values, axis=1)
    filled = np.flatnonzero(totals > 0)
    if not len(filled) or filled[-1] == len(panel) - 1:
        return panel
    end = int(filled[-1]) + 1
    before = totals[max(0, end - BEFORE) : end]
    if len(before) < 3 or np.median(before) < ENOUGH or before.min() == 0:
        return panel
    names = panel.label(end) if end == len(panel) - 1 else f"{panel.label(end)} to {panel.label(len(panel) - 1)}"
    note = (
        f"{names}: not one event in any unit, after {np.median(before):,.0f} in a usual {panel.frequency}; "
        "taken for missing, not believed"
    )
    return _cut(panel, end, note)


def _told(panel: Panel) -> Panel:
    """With a note where the last period looks cut short, or where units have holes."""
    totals = np.nansum(panel.values, axis=1)
    notes = list(panel.notes)
    usual = np.median(totals[-BEFORE - 1 : -1]) if len(totals) > 3 else 0.0
    if usual >= ENOUGH and totals[-1] < FEW * usual:
        name = panel.label(len(panel) - 1)
        notes.append(
            f"{name}: {totals[-1]:,.0f} in all, after {usual:,.0f} in a usual {panel.frequency}; may be incomplete"
        )
    known = ~np.isnan(panel.values)
    holes = sum(int((~column[np.argmax(column) :]).sum()) for column in known.T if column.any())
    if holes:
        notes.append(f"{holes:,} figures within the panel are not known and are passed over")
    return replace(panel, notes=tuple(notes))


def _cut(panel: Panel, rows: int, note: str) -> Panel:
    figures = panel.figures
    if figures is not None:
        kept = figures.period < rows
        parts = (part[kept] for part in (figures.unit, figures.period, figures.known))
        figures = replace(
            figures, **dict(zip(("unit", "period", "known"), parts, strict=True)), value=figures.value[kept]
        )
    return replace(panel, values=panel.values[:rows], figures=figures, notes=(*panel.notes, note))
