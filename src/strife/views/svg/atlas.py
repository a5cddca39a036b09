"""A map that stands still: outlines, marks of what happened, and who holds which town."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from strife.records import PlacePrecision
from strife.views.svg.basemap import BaseMap, Box, base_map
from strife.views.svg.frame import RULE, SOFT, WIDTH, chart, empty
from strife.views.svg.look import SIDES, Family, Filling, form, key
from strife.views.svg.mark import WIDE, Look, Markup, el, join, lines, linked, over, path, words
from strife.views.svg.project import Projection, projection

FINE = 26.0  # degrees across up to which divisions are drawn
NEAR = 17.0  # units within which marks become one
REACH: dict[str, float] = {
    "surroundings": 15,
    "district": 30,
    "province": 80,
    "country": 250,
    "region": 300,
}  # kilometres
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HeldState = Literal["held", "claimed", "contested"]


@dataclass(frozen=True, slots=True)
class Pin:
    """Something that happened at a place known to some precision."""

    lat: float
    lon: float
    precision: PlacePrecision
    place: str
    family: Family
    filling: Filling
    title: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A place and who is said to hold it; two holders where that is contested between them."""

    lat: float
    lon: float
    place: str
    holders: tuple[str, ...]
    state: HeldState
    title: str
    href: str | None = None


@dataclass(slots=True)
class _Labels:
    """Names on a map, none over another."""

    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def block(self, x: float, y: float, radius: float) -> None:
        """Nothing is written here."""
        self.taken.append((x - radius, y - radius, x + radius, y + radius))

    def put(self, x: float, y: float, text: str, away: float = 9, size: float = 11) -> tuple[float, float, str] | None:
        """Where a name may stand beside a mark, and its anchor; None where there is no room."""
        wide = len(text) * size * WIDE + 2
        for left, top, anchor in (
            (x + away, y + 4, "start"),
            (x - away, y + 4, "end"),
            (x, y - away - 2, "middle"),
            (x, y + away + 10, "middle"),
        ):
            edge = left - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
            box = (edge, top - size, edge + wide, top + 3)
            if edge < 2 or edge + wide > WIDTH - 2 or any(_over(box, other) for other in self.taken):
                continue
            self.taken.append(box)
            return left, top, anchor
        return None


def atlas(pins: Sequence[Pin], held: Sequence[Held] = (), *, title: str, world: bool = False) -> Markup:
    """A map of all marks. What is known only to a province or a country is drawn as that area, not as a point."""
    if not pins and not held and not world:
        return empty("atlas", title, "No place that can be shown on a map.")
    spots = [*((one.lon, one.lat) for one in pins), *((one.lon, one.lat) for one in held)]
    show = projection(spots, WIDTH)
    base = base_map("fine" if show.box.east - show.box.west <= FINE else "coarse")
    ground = join(
        (el("rect", x=0, y=0, width=WIDTH, height=show.height, class_="sea", fill="#e3ebf0"), *_ground(base, show))
    )
    labels = _Labels([(0, show.height - 28, 220, show.height)])  # there is the scale
    sides = _sides(held)
    marks = [*_areas(pins, show, base_map("fine")), *_held(held, show, sides, labels), *_pins(pins, show, labels)]
    over = [_countries(base, show, labels), _rule(show)]
    drawn, height = key(8, show.height + 20, {one.family for one in pins}, {one.filling for one in pins}, WIDTH - 16)
    below = show.height + (20 + height if pins else 8)
    holders, height = _holders(held, sides, below + 12)
    below += 12 + height if held else 0
    source, height = lines(8, below + 10, base.source, room=WIDTH - 16)
    desc = _told(pins, held)
    links = any(one.href for one in pins) or any(one.href for one in held)
    inner = el("svg", ground, *marks, *over, x=0, y=0, width=WIDTH, height=show.height, overflow="hidden")
    return chart(
        "atlas",
        below + 8 + height,
        inner,
        drawn if pins else None,
        holders,
        source,
        title=title,
        desc=desc,
        links=links,
    )


def _told(pins: Sequence[Pin], held: Sequence[Held]) -> str:
    counts: dict[str, int] = defaultdict(int)
    for one in pins:
        counts[one.place] += 1
    said = [f"{place}: {number}" for place, number in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:12]]
    holds = [f"{one.place}: {' or '.join(one.holders)} ({one.state})" for one in held[:20]]
    return "; ".join([*said, *holds])


def _ground(base: BaseMap, show: Projection) -> list[Markup]:
    land = "".join(
        path(points, closed=True)
        for area in base.countries(show.box)
        for ring in area.rings
        if len(points := show.ring(ring)) > 2 and _extent(points) > 2
    )
    parts = [el("path", d=land, class_="land", fill="#f1eee5", fill_rule="evenodd")]
    drawn: tuple[tuple[Literal["division", "border"], str, float, str], ...] = (
        ("division", "#b9b4a6", 0.6, "province"),
        ("border", "#837e70", 1.1, "border"),
    )
    for kind, colour, width, name in drawn:
        strokes = "".join(path(part) for line in base.lines(show.box, kind) for part in show.line(line))
        parts.append(
            el("path", d=strokes, class_=name, stroke=colour, stroke_width=width, fill="none", stroke_linejoin="round")
        )
    dashed = "".join(path(part) for line in base.disputed(show.box) for part in show.line(line))
    if dashed:
        parts.append(
            el(
                "path",
                d=dashed,
                class_="border",
                stroke="#837e70",
                stroke_width=1.1,
                stroke_dasharray="4 3",
                fill="none",
            )
        )
    return parts


def _areas(pins: Sequence[Pin], show: Projection, base: BaseMap) -> list[Markup]:
    """The areas of what is known only roughly, each once."""
    found: dict[tuple[str, float, float], Pin] = {}
    for one in pins:
        if one.precision in REACH:
            found.setdefault((one.precision, round(one.lat, 2), round(one.lon, 2)), one)
    return [_area(one, show, base) for one in found.values()]


def _area(pin: Pin, show: Projection, base: BaseMap) -> Markup:
    look: Look = {
        "class_": "axis area",
        "stroke": SOFT,
        "stroke_width": 1.3,
        "stroke_dasharray": "5 3",
        "fill": SOFT,
        "fill_opacity": "0.1",
    }
    area = base.division_at(pin.lat, pin.lon) if pin.precision == "province" else None
    if pin.precision == "country":
        spot = Box(pin.lon, pin.lat, pin.lon, pin.lat)
        area = next((one for one in base.countries(spot) if one.holds(pin.lon, pin.lat)), None)
    if area is not None:
        shape = "".join(path(points, closed=True) for ring in area.rings if len(points := show.ring(ring)) > 2)
        if shape:
            return el("path", el("title", f"somewhere in {area.name}"), d=shape, **look)
    x, y = show.at(pin.lon, pin.lat)
    return el(
        "circle",
        el("title", f"{pin.place}: a rough place"),
        cx=x,
        cy=y,
        r=show.kilometres(REACH[pin.precision]),
        **look,
    )


def _pins(pins: Sequence[Pin], show: Projection, labels: _Labels) -> list[Markup]:
    groups: list[tuple[float, float, list[Pin]]] = []
    for one in pins:
        x, y = show.at(one.lon, one.lat)
        near = next((some for a, b, some in groups if abs(a - x) < NEAR and abs(b - y) < NEAR), None)
        if near is None:
            groups.append((x, y, [one]))
        else:
            near.append(one)
    groups.sort(key=lambda group: -len(group[2]))
    for x, y, some in groups:
        labels.block(x, y, _radius(some))
    return [_pin(x, y, some, labels) for x, y, some in groups]


def _radius(some: Sequence[Pin]) -> float:
    return 5.0 if len(some) == 1 else min(8 + len(some) ** 0.5, 15)


def _pin(x: float, y: float, some: Sequence[Pin], labels: _Labels) -> Markup:
    first = some[0]
    names = list(dict.fromkeys(one.place for one in some))
    title = "\n".join(one.title for one in some[:6]) + (f"\n… {len(some):,} in all" if len(some) > 6 else "")
    parts: list[Markup] = []
    if len(some) == 1:
        parts.append(form(x, y, first.family, first.filling, 5.5))
    else:
        radius = _radius(some)
        halo = el(
            "circle", cx=x, cy=y, r=radius, fill="#fffefb", stroke="#1c1d21", stroke_width=1.4, class_="ink paper form"
        )
        parts += [halo, words(x, y + 4, f"{len(some):,}", size=11, text_anchor="middle", font_weight=600)]
    name = names[0] if len(names) == 1 else f"{names[0]} …"
    parts += _label(x, y, name, labels, _radius(some) + 4)
    return linked(join(parts), first.href if len(some) == 1 else None, title)


def _label(x: float, y: float, name: str, labels: _Labels, away: float) -> list[Markup]:
    spot = labels.put(x, y, name, away)
    if spot is None:
        return []
    left, top, anchor = spot
    return [over(left, top, name, anchor=anchor)]


def _sides(held: Sequence[Held]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for name in (name for one in held for name in one.holders):
        counts[name] += 1
    return {name: number for number, name in enumerate(sorted(counts, key=lambda name: (-counts[name], name)))}


def _held(held: Sequence[Held], show: Projection, sides: dict[str, int], labels: _Labels) -> list[Markup]:
    parts = []
    taken: list[tuple[float, float]] = []
    for one in held:
        x, y = show.at(one.lon, one.lat)
        while any(abs(x - a) < 17 and abs(y - b) < 17 for a, b in taken):
            y += 9  # one town close to another: both are seen
        taken.append((x, y))
        labels.block(x, y, 9)
        text = "/".join(_letter(sides[name]) for name in one.holders[:2]) or "?"
        side = min(sides[one.holders[0]], len(SIDES) - 1) if one.holders else len(SIDES) - 1
        wide = 18.0 if len(text) == 1 else 28.0
        box = el(
            "rect", x=x - wide / 2, y=y - 9, width=wide, height=18, rx=3, stroke="currentColor", stroke_width=1.6, class_="form",
            fill="currentColor" if one.state == "held" else "#fffefb", stroke_dasharray="3 2" if one.state == "claimed" else None,
        )  # fmt: skip
        if one.state != "held":
            box = Markup(box.replace('class="form"', 'class="form paper"'))
        inside: Look = {"class_": "paper", "fill": "#fffefb"} if one.state == "held" else {}
        letter = el("text", text, x=x, y=y + 4.5, text_anchor="middle", font_weight=700, **inside)
        drawn = el("g", box, class_=f"side{side}", color=SIDES[side])
        parts.append(linked(join((drawn, letter, *_label(x, y, one.place, labels, wide / 2 + 4))), one.href, one.title))
    return parts


def _letter(side: int) -> str:
    return LETTERS[side] if side < len(LETTERS) else "…"


def _holders(held: Sequence[Held], sides: dict[str, int], y: float) -> tuple[Markup | None, float]:
    """What the letters stand for, in lines."""
    if not held:
        return None, 0
    entries = [f"{_letter(side)} {name}" for name, side in sides.items() if side < len(LETTERS)]
    entries += ["filled: reported", "dashed: only claimed", "two letters: contested"]
    parts, x, top = [], 8.0, y
    for text in entries:
        room = len(text) * 6.4 + 18
        if x > 8 and x + room > WIDTH - 8:
            x, y = 8.0, y + 17
        parts.append(words(x, y, text, size=11, room=WIDTH - 16))
        x += room
    return join(parts), y - top + 12


def _countries(base: BaseMap, show: Projection, labels: _Labels) -> Markup:
    """The names of the countries, where there is room."""
    parts = []
    for area in base.countries(show.box):
        rings = [points for ring in area.rings if len(points := show.ring(ring)) > 2]
        if not area.name or not rings:
            continue
        points = max(rings, key=_extent)
        xs, ys = [x for x, _ in points], [y for _, y in points]
        x, y, wide = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, len(area.name) * 8.5
        x, y = min(max(x, wide / 2 + 4), WIDTH - wide / 2 - 4), min(max(y, 16), show.height - 12)
        box = (x - wide / 2, y - 11, x + wide / 2, y + 4)
        if max(xs) - min(xs) < wide or any(_over(box, other) for other in labels.taken):
            continue
        labels.taken.append(box)
        parts.append(
            words(
                x, y, area.name.upper(), size=10.5, letter_spacing=1.2, text_anchor="middle", class_="soft", fill=SOFT
            )
        )
    return join(parts)


def _extent(points: Sequence[tuple[float, float]]) -> float:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _rule(show: Projection) -> Markup:
    """How long so many kilometres are."""
    number = next((one for one in (1000, 500, 200, 100, 50, 20, 10) if show.kilometres(one) <= 160), 5)
    long = show.kilometres(number)
    y = show.height - 12
    line = path([(12, y - 4), (12, y), (12 + long, y), (12 + long, y - 4)])
    return join((
        el("path", d=line, class_="axis", stroke=SOFT, stroke_width=1.4, fill="none"),
        words(18 + long, y + 2, f"{number} km", size=11, class_="soft", fill=SOFT),
        el("rect", x=0.5, y=0.5, width=WIDTH - 1, height=show.height - 1, class_="rule", stroke=RULE, fill="none"),
    ))  # fmt: skip


def _over(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
