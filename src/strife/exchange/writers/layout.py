"""Writing events in the columns of another project's dataset, one row each; what has no place there is counted with the reason."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from strife.exchange.sheet import Value, cell
from strife.exchange.target import text_file
from strife.exchange.writers.happening import Happening, Items, Voices, Written, happenings


class CannotHold(Exception):
    """Why a layout has no place for an event; it is counted, not raised to callers."""


def write_layout(
    path: str | Path,
    columns: Sequence[str],
    row_of: Callable[[Happening], Mapping[str, Value]],
    items: Items,
    statuses: Collection[str],
    voices: Voices | None,
) -> Written:
    """Write a CSV file of these columns; `row_of` raises CannotHold for what they cannot say."""
    written = Written()
    with text_file(Path(path)) as stream:
        out = csv.writer(stream)
        out.writerow(columns)
        for happening in happenings(items, written, statuses, voices):
            try:
                row = row_of(happening)
            except CannotHold as reason:
                written.leave(str(reason))
                continue
            out.writerow([cell(row.get(column)) for column in columns])
            written.rows += 1
    return written
