"""Who stands how to whom: a small network with signs, drawn the same every time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from strife.views.svg.frame import PAPER, WIDTH, chart, empty
from strife.views.svg.mark import Markup, el, join, linked, over, path, words

MOST = 14  # parties on one drawing; beyond that nobody can read it
HEIGHT = 460.0
SIGNS = {
    1: ("dealing", "+", "#0a6b4d", None),
    -1: ("violence", "–", "#b3261e", "6 4"),
    0: ("words", "·", "#5a5e67", "1.5 4"),
}


@dataclass(frozen=True, slots=True)
class Tie:
    """How one party stands to another: `sign` 1 for, -1 against, 0 neither; `weight` is the number of claims."""

    source: str
    target: str
    sign: int
    weight: int
    title: str
    href: str | None = None


def network(ties: Sequence[Tie], *, title: str, middle: str | None = None) -> Markup:
    """The parties of most ties on a circle, `middle` in its middle; lines for what they do to each other."""
    ties = [one for one in ties if one.source != one.target]
    if not ties:
        return empty("network", title, "No party is said to stand for or against another.")
    weights: dict[str, int] = {}
    for tie in ties:
        for name in (tie.source, tie.target):
            weights[name] = weights.get(name, 0) + tie.weight
    names = sorted(weights, key=lambda name: (name != middle, -weights[name], name))[:MOST]
    spots = _spots(_ordered(names, ties, middle), middle)
    shown = [one for one in ties if one.source in spots and one.target in spots]
    most = max(one.weight for one in ties)
    lines = [
        _tie(one, spots, most) for one in sorted(shown, key=lambda one: (one.weight, one.source, one.target, one.sign))
    ]
    nodes = [_node(name, spots[name], name == middle) for name in names]
    desc = "; ".join(one.title for one in sorted(shown, key=lambda one: -one.weight)[:15])
    if len(weights) > len(names):
        desc += f"; {len(weights) - len(names)} further parties are left out"
    return chart(
        "network", HEIGHT, *lines, *nodes, _key(), title=title, desc=desc, links=any(one.href for one in shown)
    )


def _ordered(names: Sequence[str], ties: Sequence[Tie], middle: str | None) -> list[str]:
    """The parties such that those who stand together come next to each other."""
    rest = [name for name in names if name != middle]
    found: list[str] = rest[:1]
    left = rest[1:]
    while left:
        last = found[-1]
        best = max(left, key=lambda name: (_closeness(last, name, ties), -rest.index(name)))
        found.append(best)
        left.remove(best)
    return [name for name in names if name == middle] + found


def _closeness(one: str, other: str, ties: Sequence[Tie]) -> int:
    return sum(tie.sign * tie.weight for tie in ties if {tie.source, tie.target} == {one, other})


def _spots(names: Sequence[str], middle: str | None) -> dict[str, tuple[float, float]]:
    round_ = [name for name in names if name != middle]
    found = {name: (WIDTH / 2, HEIGHT / 2 - 10) for name in names if name == middle}
    for number, name in enumerate(round_):
        turn = 2 * math.pi * number / len(round_) - math.pi / 2
        found[name] = (WIDTH / 2 + 225 * math.cos(turn), HEIGHT / 2 - 10 + 175 * math.sin(turn))
    return found


def _tie(tie: Tie, spots: dict[str, tuple[float, float]], most: int) -> Markup:
    (x, y), (a, b) = spots[tie.source], spots[tie.target]
    length = math.hypot(a - x, b - y) or 1.0
    along, across = ((a - x) / length, (b - y) / length), (-(b - y) / length, (a - x) / length)
    bow = 16 + 6 * (tie.sign + 1)  # lines there and back, for and against, lie beside each other
    start = (x + along[0] * 13, y + along[1] * 13)
    end = (a - along[0] * 15, b - along[1] * 15)
    middle = ((x + a) / 2 + across[0] * bow, (y + b) / 2 + across[1] * bow)
    family, sign, colour, dashes = SIGNS[tie.sign]
    curve = f"M{start[0]:.1f} {start[1]:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
    width = 1.2 + 2.8 * math.sqrt(tie.weight / most)
    spot = ((start[0] + 2 * middle[0] + end[0]) / 4, (start[1] + 2 * middle[1] + end[1]) / 4)
    drawn = el(
        "g",
        el(
            "path",
            d=curve,
            fill="none",
            stroke="currentColor",
            stroke_width=width,
            stroke_dasharray=dashes,
            class_="form",
        ),
        _head(middle, end),
        el("circle", cx=spot[0], cy=spot[1], r=7, fill=PAPER, class_="paper"),
        el("text", sign, x=spot[0], y=spot[1] + 4, text_anchor="middle", font_size=13, font_weight=700),
        class_=family,
        color=colour,
    )
    return linked(drawn, tie.href, tie.title)


def _head(start: tuple[float, float], end: tuple[float, float]) -> Markup:
    """The head of an arrow."""
    turn = math.atan2(end[1] - start[1], end[0] - start[0])
    wings = [(end[0] - 9 * math.cos(turn + side), end[1] - 9 * math.sin(turn + side)) for side in (0.4, -0.4)]
    return el("path", d=path([wings[0], end, wings[1]], closed=True), fill="currentColor")


def _node(name: str, spot: tuple[float, float], middle: bool) -> Markup:
    x, y = spot
    dot = el(
        "circle", cx=x, cy=y, r=10 if middle else 7, fill="#1c1d21" if middle else PAPER, stroke="#1c1d21", stroke_width=2,
        class_="ink" if middle else "ink paper",
    )  # fmt: skip
    low = y > HEIGHT / 2 - 40
    text = over(x, y + 25 if low else y - 14, name, room=170, anchor="middle", weight=600)
    return join((dot, text))


def _key() -> Markup:
    parts = []
    for number, (sign, text) in enumerate(
        ((1, "for, helps, agrees with"), (-1, "against, attacks, accuses"), (0, "neither"))
    ):
        family, mark, colour, dashes = SIGNS[sign]
        x = 12 + 210 * number
        line = el(
            "path",
            d=path([(x, HEIGHT - 12), (x + 26, HEIGHT - 12)]),
            stroke="currentColor",
            stroke_width=2,
            stroke_dasharray=dashes,
        )
        parts.append(el("g", line, class_=family, color=colour))
        parts.append(words(x + 32, HEIGHT - 8, f"{mark} {text}", size=11, class_="soft", fill="#5a5e67"))
    return join(parts)
