"""Where quoted words stand in a text: exactly, or with other white space, quotation marks and dashes, never with other words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from strife.records import Span

MOST = 2_000  # characters of the longest quote that is looked for
MARKS = {
    **dict.fromkeys("\"“”„‟«»″'‘’‚‛`´′", "'"),
    **dict.fromkeys("-‐‑‒–—―−", "-"),
    "…": "...",
}
EDGES = " \t\r\n'\"“”„«»‘’`"
STOPS = ".,;:!?… "


@dataclass(slots=True)
class Window:
    """A stretch of a document in which quotes are looked for; offsets are those of the document."""

    text: str
    start: int
    end: int
    folded: str = field(init=False, default="")
    places: list[int] = field(init=False, default_factory=list)  # for each folded character, where it stands

    def __post_init__(self) -> None:
        """Fold the stretch once."""
        self.folded, self.places = _folded(self.text[self.start : self.end])

    def find(self, quote: str, *, near: int, inside: Span | None = None, marks: bool = False) -> Span | None:
        """The span of a quote that begins nearest to an offset, None where the words do not stand here.

        With `inside` only what lies within that span counts; with `marks` a quote may be "?" alone."""
        low, high = (inside.start, inside.end) if inside is not None else (self.start, self.end)
        if not (any(char.isalnum() for char in quote) or (marks and quote.strip())) or len(quote) > MOST:
            return None
        for words in dict.fromkeys((quote, quote.strip(), quote.strip(EDGES), quote.strip(EDGES).rstrip(STOPS))):
            for spans in (self._exact(words), self._loose(words)):
                fit = [(a, b) for a, b in spans if low <= a and b <= high and self._whole(a, b)]
                if fit:
                    start, end = min(fit, key=lambda span: (abs(span[0] - near), span[0]))
                    return Span(start=start, end=end, quote=self.text[start:end])
        return None

    def _exact(self, words: str) -> list[tuple[int, int]]:
        found = []
        at = self.text.find(words, self.start, self.end)
        while words and at >= 0:
            found.append((at, at + len(words)))
            at = self.text.find(words, at + 1, self.end)
        return found

    def _loose(self, words: str) -> list[tuple[int, int]]:
        wanted = _folded(words)[0].strip()
        found = []
        at = self.folded.find(wanted)
        while wanted and at >= 0:
            last = self.places[at + len(wanted) - 1]
            found.append((self.start + self.places[at], self.start + last + 1))
            at = self.folded.find(wanted, at + 1)
        return found

    def _whole(self, start: int, end: int) -> bool:
        """Whether no word is cut: "Iran" does not stand in "Iranian"."""
        before, after = self.text[start - 1 : start], self.text[end : end + 1]
        return not (before.isalnum() and self.text[start].isalnum()) and not (
            after.isalnum() and self.text[end - 1].isalnum()
        )


def _folded(text: str) -> tuple[str, list[int]]:
    """The text with plain marks, single spaces and nothing that is not seen, and where each character stood."""
    made: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if char.isspace():
            if not made or made[-1] != " ":
                made.append(" ")
                places.append(place)
        elif unicodedata.category(char) != "Cf" and not "\ufe00" <= char <= "\ufe0f":
            for one in MARKS.get(char, char):
                made.append(one)
                places.append(place)
    return "".join(made), places
