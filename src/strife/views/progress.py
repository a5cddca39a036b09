"""How far a long run has come: one line on a terminal, with the rate and the time that is left."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TextIO

LONG = 20  # documents: shorter runs say nothing
PAUSE = 0.25  # seconds between two drawings
CLEAR = "\r\033[K"


@dataclass(slots=True)
class Progress:
    """Counts documents and bytes of input; `total` is None where it cannot be told, `stream` None for silence."""

    stream: TextIO | None
    total: int | None = None
    clock: Callable[[], float] = time.monotonic
    documents: int = 0
    taken: int = 0
    started: float | None = None
    drawn: float = field(default=0.0)
    shown: bool = False

    def take(self, size: int) -> None:
        """Some bytes of input have been taken."""
        if self.started is None:
            self.started = self.clock()
        self.taken += size

    def step(self) -> None:
        """One more document is done."""
        self.documents += 1
        now = self.clock()
        if self.stream is not None and self.documents > LONG and now - self.drawn >= PAUSE:
            self.stream.write(CLEAR + self.line(now))
            self.stream.flush()
            self.drawn, self.shown = now, True

    def line(self, now: float) -> str:
        """The words: "1,200 documents, 14.2 a second, about 3 min left"."""
        seconds = max(now - (self.started or now), 1e-6)
        text = f"{self.documents:,} documents, {self.documents / seconds:.1f} a second"
        if not self.total or not self.taken:
            return text
        left = seconds * max(self.total / self.taken - 1, 0)
        return f"{text}, about {_duration(left)} left"

    def clear(self) -> None:
        """Take the line away, before something else is written."""
        if self.shown and self.stream is not None:
            self.stream.write(CLEAR)
            self.stream.flush()
            self.shown = False


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
