"""The reader behind the text box: kept warm in a process of its own, so that pages stay quick and a bad text harms nobody."""

from __future__ import annotations


class Reader:
    """Reads one text at a time."""

    def start(self) -> None:
        """Begin to load what reading needs."""

    def stop(self) -> None:
        """End."""
