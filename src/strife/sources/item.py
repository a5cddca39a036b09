"""What passes between the readers of this room: an item, the options of a call, and the limits on size."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from strife.errors import BadInput
from strife.records import Document

TEXT_LIMIT = 5_000_000  # characters in one document: about a thousand pages, minutes of parsing
BYTES_LIMIT = 4 * TEXT_LIMIT  # bytes of one file, page or JSON line, before its text is known
FIELDS = ("text", "id", "published", "title", "source", "url")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")

Notice = Callable[[str], None]


def _unheard(_text: str) -> None:
    """What a notice goes to where nobody asked for it."""


@dataclass(frozen=True, slots=True)
class Item:
    """A document, where it stood (for messages), the spans asked about, and the bytes of input it took."""

    document: Document
    place: str
    mentions: tuple[tuple[int, int], ...] | None = None
    size: int = 0


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller says about the inputs; `columns` maps a field of FIELDS to the name it has in the input.

    Without `repeats` a second document with the id of an earlier one is refused."""

    published: str | None = None
    title: str | None = None
    source: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    notice: Notice = _unheard
    repeats: bool = False

    def column(self, name: str) -> str:
        """The name that a field has in the input."""
        return self.columns.get(name) or name


def iso_date(text: str) -> str:
    """The day of an ISO 8601 date or date and time, as YYYY-MM-DD; ValueError where it is none."""
    text = text.strip()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return datetime.fromisoformat(text).date().isoformat()


def without_surrogates(text: str) -> str:
    """The text with lone surrogates, which no encoding can carry, replaced one for one by U+FFFD: offsets hold."""
    return LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def too_large(place: str, size: int, what: str = "bytes") -> BadInput:
    """The refusal of a document over the limit, with the limit named."""
    limit = BYTES_LIMIT if what == "bytes" else TEXT_LIMIT
    return BadInput(f"{place}: {size:,} {what} in one document, the limit is {limit:,}; split it into several")
