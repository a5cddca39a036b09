"""Who is said to hold a place over time: one strip a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from strife.views.svg.axis import Days
from strife.views.svg.frame import RULE, SOFT, WIDTH, chart, empty
from strife.views.svg.look import SIDES
from strife.views.svg.mark import Look, Markup, el, join, linked, over, path, words

LEFT = 170.0
HEIGHT = 30.0
State = Literal["held", "claimed", "contested", "unknown"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Who holds a place from one day to another, and how sure that is; `holder` is empty where nobody is known."""

    start: date
    end: date
    holder: str
    state: State
    title: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """A place and its stretches, in the order of their days."""

    place: str
    stretches: tuple[Stretch, ...]
    href: str | None = None


def sides_of(strips: Sequence[Strip]) -> dict[str, int]:
    """The number of each holder's colour: those with most days first; beyond the colours all have the last."""
    days: dict[str, int] = {}
    for one in (one for strip in strips for one in strip.stretches if one.holder):
        days[one.holder] = days.get(one.holder, 0) + (one.end - one.start).days + 1
    ordered = sorted(days, key=lambda name: (-days[name], name))
    return {name: min(number, len(SIDES) - 1) for number, name in enumerate(ordered)}


def strips(rows: Sequence[Strip], *, title: str) -> Markup:
    """One strip below the other. Held: filled; only claimed: pale with a dashed edge; contested: ruled across."""
    rows = [row for row in rows if row.stretches]
    if not rows:
        return empty("strips", title, "Nobody says who holds what.")
    first = min(row.stretches[0].start for row in rows)
    last = max(row.stretches[-1].end for row in rows)
    days = Days(first, last, LEFT, WIDTH - 10)
    sides = sides_of(rows)
    bottom = 6 + HEIGHT * len(rows)
    parts: list[Markup] = []
    for number, row in enumerate(rows):
        y = 6 + HEIGHT * number
        name = words(LEFT - 10, y + 17, row.place, room=LEFT - 14, text_anchor="end")
        parts.append(linked(name, row.href))
        parts += [linked(_stretch(one, days, y, sides), one.href, one.title) for one in row.stretches]
    for day, text in days.ticks():
        x = days.at(day)
        parts.append(el("path", d=path([(x, bottom), (x, bottom + 4)]), class_="axis", stroke=SOFT, fill="none"))
        parts.append(
            words(
                x,
                bottom + 17,
                text,
                size=11,
                text_anchor="end" if x > WIDTH - 40 else "middle",
                class_="soft",
                fill=SOFT,
            )
        )
    parts.append(_key(bottom + 38, sides))
    said = [f"{row.place}: " + ", then ".join(_told(one) for one in row.stretches) for row in rows[:10]]
    links = any(one.href for row in rows for one in row.stretches)
    return chart("strips", bottom + 64 + 18 * (len(sides) > 3), *parts, title=title, desc="; ".join(said), links=links)


def _told(one: Stretch) -> str:
    how = {"held": "", "claimed": " (only claimed)", "contested": " (contested)", "unknown": ""}[one.state]
    return f"{one.holder or 'nobody known'}{how} from {one.start}"


def _stretch(one: Stretch, days: Days, y: float, sides: dict[str, int]) -> Markup:
    left, right = days.at(one.start), max(days.at(one.end), days.at(one.start) + 3)
    if not one.holder:
        return el(
            "path",
            d=path([(left, y + 13), (right, y + 13)]),
            class_="rule",
            stroke=RULE,
            stroke_dasharray="2 3",
            fill="none",
        )
    side = sides[one.holder]
    box: Look = {"x": left, "y": y + 3, "width": right - left, "height": 20, "stroke": "currentColor", "class_": "form"}
    parts = [
        el(
            "rect", fill="currentColor", fill_opacity="0.85" if one.state == "held" else "0.18",
            stroke_dasharray="4 3" if one.state == "claimed" else None, **box,
        )
    ]  # fmt: skip
    if one.state == "contested":
        marks = [path([(x, y + 23), (min(x + 8, right), y + 3)]) for x in _steps(left, right - 2, 7)]
        parts.append(el("path", d="".join(marks), stroke="currentColor", fill="none"))
    inner = el("g", *parts, class_=f"side{side}", color=SIDES[side])
    if right - left > 46:
        middle, room = (left + right) / 2, right - left - 8
        if one.state == "held":
            name = words(
                middle, y + 17, one.holder, size=11, room=room, text_anchor="middle", class_="paper", fill="#fffefb"
            )
        else:
            name = over(middle, y + 17, one.holder, room=room, anchor="middle")
        return join((inner, name))
    return inner


def _steps(start: float, end: float, step: float) -> list[float]:
    return [start + step * number for number in range(max(0, int((end - start) / step)))]


def _key(y: float, sides: dict[str, int]) -> Markup:
    parts: list[Markup] = []
    x = 8.0
    several = len(sides) > len(SIDES)
    for name, side in list(sides.items())[: len(SIDES)]:
        name = "all others" if several and side == len(SIDES) - 1 else name  # noqa: PLW2901 -- they share a colour
        room = 26 + min(len(name), 30) * 6.4
        if x + room > WIDTH - 8:
            x, y = 8.0, y + 18
        box = el(
            "rect", x=x, y=y - 9, width=11, height=11, fill="currentColor", fill_opacity="0.85", stroke="currentColor"
        )
        parts += [el("g", box, class_=f"side{side}", color=SIDES[side]), words(x + 16, y, name, size=11, room=195)]
        x += room
    notes = "filled: reported · pale with a dashed edge: only claimed · ruled: contested · dotted line: nobody known"
    return join((*parts, words(8, y + 18, notes, size=11, class_="soft", fill=SOFT)))
