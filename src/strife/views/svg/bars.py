"""Bars: how many of each, and how many a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from strife.views.svg.axis import MONTHS, Numbers
from strife.views.svg.frame import RULE, SOFT, WIDTH, chart, empty
from strife.views.svg.mark import Markup, el, join, linked, over, path, words
from strife.views.words import number_words

LEFT = 210.0  # room for the names of bars
BAR = "#1d5c9e"


@dataclass(frozen=True, slots=True)
class Bar:
    """A name and a number; `href` is where the bar leads, `note` what is said behind the number."""

    name: str
    value: float
    href: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month (as 2013-06) and a number."""

    month: str
    value: float
    href: str | None = None


def bars(rows: Sequence[Bar], *, title: str, unit: str = "") -> Markup:
    """Lying bars, one a line, in the order given."""
    if not rows:
        return empty("bars", title, "Nothing to count.")
    scale = Numbers(max(row.value for row in rows), LEFT, WIDTH - 90)
    parts = []
    for number, row in enumerate(rows):
        y = 8 + 22 * number
        end = max(scale.at(row.value), LEFT + (1 if row.value else 0))
        text = " ".join(filter(None, (number_words(row.value), unit, row.note)))
        drawn = join((
            words(LEFT - 8, y + 13, row.name, room=LEFT - 12, text_anchor="end"),
            el("rect", x=LEFT, y=y + 2, width=end - LEFT, height=15, class_="protest form", fill="currentColor", color=BAR),
            words(end + 6, y + 13, text, room=WIDTH - end - 6, class_="soft", fill=SOFT),
        ))  # fmt: skip
        parts.append(linked(drawn, row.href, f"{row.name}: {text}"))
    desc = "; ".join(f"{row.name}: {number_words(row.value)}" for row in rows[:12])
    return chart("bars", 16 + 22 * len(rows), *parts, title=title, desc=desc, links=any(row.href for row in rows))


def months(rows: Sequence[Month], *, title: str, unit: str = "", norm: float | None = None) -> Markup:
    """Standing bars, one a month, in the order given; `norm` is drawn as a dashed line."""
    if not rows:
        return empty("months", title, "Nothing has a date.")
    top = max([norm or 0, *(row.value for row in rows)])
    scale = Numbers(top, 150, 22)
    left, right = 46.0, WIDTH - 8
    step = (right - left) / len(rows)
    parts = [_grid(scale, left, right)]
    for number, row in enumerate(rows):
        y = scale.at(row.value)
        x = left + step * number
        bar = el(
            "rect", x=x + step * 0.1, y=min(y, 149.0) if row.value else 150, width=max(step * 0.8, 0.6),
            height=max(150 - y, 1 if row.value else 0), class_="protest form", fill="currentColor", color=BAR,
        )  # fmt: skip
        parts.append(linked(bar, row.href, f"{row.month}: {number_words(row.value)} {unit}".strip()))
    every = next((one for one in (1, 2, 3, 6, 12, 24, 60, 120) if step * one >= 54), 240)
    parts += [
        words(
            left + step * (number + 0.5),
            168,
            _month(row.month),
            size=11,
            text_anchor="middle",
            class_="soft",
            fill=SOFT,
        )
        for number, row in enumerate(rows)
        if number % every == 0
    ]
    if norm is not None:
        y = scale.at(norm)
        line = el(
            "path", d=path([(left, y), (right, y)]), class_="ink", stroke="#1c1d21", stroke_dasharray="5 4", fill="none"
        )
        said = over(left + 4, y - 4, f"norm {number_words(round(norm, 1))}")
        parts += [line, said]
    most = max(rows, key=lambda row: row.value)
    desc = (
        f"{len(rows)} months from {rows[0].month} to {rows[-1].month}, {number_words(sum(row.value for row in rows))} {unit} in all; "
        f"the most in {most.month}: {number_words(most.value)}."
    )
    return chart("months", 178, *parts, title=title, desc=desc, links=any(row.href for row in rows))


def _grid(scale: Numbers, left: float, right: float) -> Markup:
    parts = []
    for value in scale.ticks():
        y = scale.at(value)
        parts.append(
            el("path", d=path([(left, y), (right, y)]), class_="rule", stroke=RULE, stroke_width=1, fill="none")
        )
        parts.append(words(left - 6, y + 4, number_words(value), size=11, text_anchor="end", class_="soft", fill=SOFT))
    return join(parts)


def _month(text: str) -> str:
    """2013-06 as "Jun 13"."""
    year, _, month = text.partition("-")
    return f"{MONTHS[int(month) - 1]} {year[2:]}" if month.isdigit() and 1 <= int(month) <= 12 else text
