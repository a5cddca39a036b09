"""What is wrong with a row, and who is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from strife.errors import BadInput


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was left out: its line from 1, the column ("" where it is the row as a whole) and why."""

    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.field}: {self.reason}" if self.field else f"line {self.line}: {self.reason}"


class BadCell(ValueError):
    """A value that cannot be read; the row it stands in is left out."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column = column
        self.reason = reason


class BrokenRow(ValueError):
    """A row that is no row, at a line; `last` where nothing after it can be read."""

    def __init__(self, line: int, reason: str, *, last: bool = False) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason
        self.last = last


def today() -> date:
    """The day by the machine's clock, in UTC."""
    return datetime.now(UTC).date()


def _unheard(_text: str) -> None:
    """What a notice goes to where nobody asked for it."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to read a file: the dataset's release, who hears of bad rows and of doubts, and the day that ends the past.

    Without `on_problem` the first bad row is an error."""

    release: str | None = None
    on_problem: Callable[[Problem], None] | None = None
    notice: Callable[[str], None] = _unheard
    today: date = field(default_factory=today)

    def tell(self, place: str, problem: Problem) -> None:
        """Pass on a problem; BadInput where nobody collects them."""
        if self.on_problem is None:
            raise BadInput(f"{place} {problem}; mend the row, or collect problems with on_problem and keep the rest")
        self.on_problem(problem)
