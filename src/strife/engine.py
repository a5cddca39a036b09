"""Readings of many documents, streaming and in the order of the input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from strife.records import Document, Reading

if TYPE_CHECKING:
    from strife.codebook.book import Codebook


def run(
    documents: Iterable[Document],
    *,
    book: Codebook | None = None,
    progress: Callable[[str], None] | None = None,
    rules_only: bool = False,
    why: bool = False,
) -> Iterator[Reading]:
    """The reading of each document, in this process; documents are taken as they are needed.

    `progress` is told of what takes long at the first run on a machine, and why the rules work alone where the model cannot.
    With `why` the readings also say what decided for each place."""
    from strife.gazetteer import Gazetteer
    from strife.model.session import shared
    from strife.reading import read_all  # loads the parser: only where something is read

    Gazetteer.open(progress)
    if not rules_only and progress is not None and (missing := shared()[1]):
        progress(f"reading by the rules alone: {missing}")
    yield from read_all(documents, book, rules_only=rules_only, why=why)
