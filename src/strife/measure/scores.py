"""Scores: how much of what was wanted was found, by facet, and the misses behind them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Score(Struct, frozen=True, kw_only=True):
    """Right out of wanted, and out of given where that can be judged; `value` is "all" for the whole facet."""

    facet: str
    value: str
    right: int
    wanted: int
    given: int | None = None

    @property
    def precision(self) -> float | None:
        """The share of what was given that is right; None where it cannot be told or nothing was given."""
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """The share of what was wanted that was found right; None where nothing was wanted."""
        return self.right / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where one of them is."""
        if self.given is None or not self.given + self.wanted:
            return None
        return 2 * self.right / (self.given + self.wanted)

    @property
    def best(self) -> float | None:
        """The one number to watch: F1 where there is one, else recall."""
        return self.f1 if self.given is not None else self.recall


class Miss(Struct, frozen=True, kw_only=True):
    """One thing that is not as wanted: `how` is lost, changed, extra or "told as fact"."""

    document: str
    id: str
    how: str
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.document} {self.id} {self.how}: {self.what}" + (f" ({self.why})" if self.why else "")


class Scores(Struct, frozen=True, kw_only=True):
    """The scores of one gold file, with the hash of what they were measured on."""

    name: str
    sha256: str
    documents: int
    scores: tuple[Score, ...]
    misses: tuple[Miss, ...]

    def score(self, facet: str, value: str = "all") -> Score | None:
        """The score of a facet and value, None where nothing of it was wanted or given."""
        return next((one for one in self.scores if (one.facet, one.value) == (facet, value)), None)

    def as_text(self, misses: int = 0) -> str:
        """The scores as a table, and the first misses, for people."""
        rows: list[list[str]] = [["", "right", "wanted", "given", "precision", "recall", "F1"]]
        for one in self.scores:
            label = one.facet if one.value == "all" else f"  {one.value}"
            rates = (one.precision, one.recall, one.f1)
            given = "–" if one.given is None else str(one.given)
            cells = [label, str(one.right), str(one.wanted), given]
            rows.append([*cells, *("–" if rate is None else f"{rate:.3f}" for rate in rates)])
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        table = [f"{row[0]:<{widths[0]}}  {_right(row[1:], widths[1:])}" for row in rows]
        head = f"{self.name}: {self.documents} document{'s' if self.documents != 1 else ''}, gold {self.sha256[:8]}"
        shown = [str(miss) for miss in self.misses[:misses]]
        rest = len(self.misses) - misses
        more = [f"… and {rest} more; see them by --misses {len(self.misses)}"] if misses and rest > 0 else []
        return "\n".join([head, *table, *shown, *more])


def _right(cells: Iterable[str], widths: Iterable[int]) -> str:
    return "  ".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
