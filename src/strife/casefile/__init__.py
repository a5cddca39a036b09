"""The case file: a whole stack of reports in one SQLite file."""

from __future__ import annotations

from pathlib import Path

from strife.casefile.case import Case
from strife.casefile.found import Found

__all__ = ["Case", "Found", "open_case"]


def open_case(path: str | Path, *, create: bool = False) -> Case:
    """The case at a path, made where it does not exist if `create` is true: `strife.open("syria.strife")`."""
    return Case.open(path, create=create)
