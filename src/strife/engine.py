"""Readings of many documents, streaming and in the order of the input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from strife.records import Document, Reading


def run(documents: Iterable[Document]) -> Iterator[Reading]:
    """The reading of each document, in this process; documents are taken as they are needed."""
    from strife.reading import read_all  # loads the parser: only where something is read

    yield from read_all(documents)
