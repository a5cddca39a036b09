"""Plain text as Markdown: escaped, and in tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

SPECIAL = re.compile(r"([\\`*_{}\[\]|~])")


def plain(text: str) -> str:
    """Text that comes out as it stands, whatever Markdown would make of it, but for `code`; line ends become spaces."""
    parts = re.split(r"`([^`]+)`", " ".join(text.split()))
    return "".join(code(part) if number % 2 else _escaped(part) for number, part in enumerate(parts))


def _escaped(text: str) -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return SPECIAL.sub(r"\\\1", safe)


def code(text: str) -> str:
    """Text as code, also in a cell of a table; nothing for nothing."""
    if not text:
        return ""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}".replace("|", "\\|")


def codes(words: Iterable[str]) -> str:
    """Several words as code, with commas."""
    return ", ".join(code(word) for word in words)


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already; a blank line behind it, nothing where there is no row."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if not lines:
        return ""
    head = [f"| {' | '.join(heading)} |", f"|{'---|' * len(heading)}"]
    return "\n".join([*head, *lines]) + "\n\n"
