"""Figures as ranges: low, best and high as each source gives them, below each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from strife.views.svg.axis import Numbers
from strife.views.svg.frame import INK, RULE, SOFT, WIDTH, chart, empty
from strife.views.svg.mark import Markup, el, join, linked, path, words
from strife.views.words import number_words

LEFT, RIGHT = 250.0, WIDTH - 130


@dataclass(frozen=True, slots=True)
class Range:
    """A figure and who gives it. A bound that is not given is open: drawn as an arrow; `strong` for the sum of all."""

    name: str
    low: float | None
    best: float | None
    high: float | None
    href: str | None = None
    strong: bool = False


def ranges(rows: Sequence[Range], *, title: str, unit: str = "") -> Markup:
    """One range a line: the line from low to high, the best as a dot. Drawn by square roots where they differ much."""
    rows = [row for row in rows if (row.low, row.best, row.high) != (None, None, None)]
    if not rows:
        return empty("ranges", title, "No figures.")
    numbers = [one for row in rows for one in (row.low, row.best, row.high) if one is not None]
    top, least = max(numbers), min((one for one in numbers if one > 0), default=1)
    scale = Numbers(top or 1, LEFT, RIGHT, root=top / least > 30)
    bottom = 10 + 26.0 * len(rows)
    parts = [_grid(scale, bottom)]
    for number, row in enumerate(rows):
        parts.append(
            linked(_range(row, scale, 10 + 26 * number + 13), row.href, f"{row.name}: {told(row)} {unit}".strip())
        )
    desc = "; ".join(f"{row.name}: {told(row)}" for row in rows[:15])
    return chart("ranges", bottom + 26, *parts, title=title, desc=desc, links=any(row.href for row in rows))


def told(row: Range) -> str:
    """The figure in words: 25, at least 25, 20 to 30 (best 25)."""
    low, best, high = row.low, row.best, row.high
    if low is not None and high is not None and low != high:
        return f"{number_words(low)} to {number_words(high)}" + (
            f" (best {number_words(best)})" if best is not None else ""
        )
    if low is not None and high is None:
        return f"at least {number_words(low)}"
    if high is not None and low is None:
        return f"at most {number_words(high)}"
    middle = next(one for one in (best, low, high) if one is not None)
    return number_words(middle) if low is not None else f"about {number_words(middle)}"


def _grid(scale: Numbers, bottom: float) -> Markup:
    parts = []
    ticks = list(scale.ticks(5))
    if scale.root:
        ticks = [one for number, one in enumerate(ticks) if number in (0, 1, len(ticks) - 1) or number % 2 == 0]
    for value in ticks:
        x = scale.at(value)
        parts.append(el("path", d=path([(x, 4), (x, bottom)]), class_="rule", stroke=RULE, fill="none"))
        parts.append(
            words(x, bottom + 15, number_words(value), size=11, text_anchor="middle", class_="soft", fill=SOFT)
        )
    return join(parts)


def _range(row: Range, scale: Numbers, y: float) -> Markup:
    middle = next(one for one in (row.best, row.low, row.high) if one is not None)
    low = row.low if row.low is not None else middle
    high = row.high if row.high is not None else middle
    left, right, dot = scale.at(low), scale.at(high), scale.at(middle)
    width = 3.5 if row.strong else 2.0
    line = {"class_": "ink form", "stroke": INK, "fill": "none"}
    parts = [
        words(LEFT - 12, y + 4, row.name, room=LEFT - 16, text_anchor="end", font_weight=600 if row.strong else None)
    ]
    parts.append(el("path", d=path([(left, y), (right, y)]), stroke_width=width, **line))
    if row.high is None:
        parts.append(
            el(
                "path",
                d=f"{path([(right, y), (right + 26, y)])}{path([(right + 21, y - 4), (right + 26, y), (right + 21, y + 4)])}",
                stroke_dasharray="3 2",
                **line,
            )
        )
    if row.low is None:
        end = max(left - 26, LEFT)
        parts.append(
            el(
                "path",
                d=f"{path([(left, y), (end, y)])}{path([(end + 5, y - 4), (end, y), (end + 5, y + 4)])}",
                stroke_dasharray="3 2",
                **line,
            )
        )
    parts += [
        el("path", d=path([(x, y - 5), (x, y + 5)]), stroke_width=width, **line)
        for x in {left, right}
        if row.low != row.high
    ]
    if row.best is not None or low == high:
        parts.append(el("circle", cx=dot, cy=y, r=5 if row.strong else 4, fill=INK, class_="dot"))
    after = max(right + (32 if row.high is None else 0), dot) + 10
    parts.append(words(after, y + 4, told(row), size=11, room=WIDTH - after + 20, class_="soft", fill=SOFT))
    return join(parts)
