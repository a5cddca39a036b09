"""Cells of a CSV file that a spreadsheet program may open: text that it would run as a formula stays text."""

from __future__ import annotations

import re
from datetime import date

# After OWASP's "CSV Injection": = + - @, tab, line ends, and the full-width forms that some programs take for them.
# Apostrophes before them count: so one more can be put there and taken off again by whoever reads the file back.
BEGINNINGS = "'=+-@\t\r\n＝＋－＠"
RUNS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")

Value = str | int | float | date | None


def cell(value: Value) -> str:
    """A value as a cell: numbers stay numbers, text that would run as a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, str):
        # NUL would end the file for some readers
        if "\x00" in value:
            value = value.replace("\x00", "")
        return f"'{value}" if value[:1] in BEGINNINGS and RUNS.match(value) else value
    return str(value)
