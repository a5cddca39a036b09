"""How things look on charts and maps: form tells the type, filling the status, colour only repeats the form."""

from __future__ import annotations

import math
from typing import Literal

from strife.records import Claim, Control, Event, Figure, Incident, Relation
from strife.views.svg.mark import Look, Markup, el, join, path, words

Family = Literal["violence", "coercion", "posture", "protest", "dealing", "words", "control", "other"]
Filling = Literal["solid", "tint", "dot", "open", "barred"]

FAMILY_OF: dict[str, Family] = {
    "ASSAULT": "violence",
    "COERCE": "coercion",
    "SANCTION": "coercion",
    "MOBILIZE": "posture",
    "THREATEN": "posture",
    "PROTEST": "protest",
    "ACCUSE": "words",
    "REJECT": "words",
    "REQUEST": "words",
    "AGREE": "dealing",
    "CONSULT": "dealing",
    "SUPPORT": "dealing",
    "CONCEDE": "dealing",
    "COOPERATE": "dealing",
    "AID": "dealing",
    "RETREAT": "dealing",
}
FAMILIES: dict[Family, str] = {
    "violence": "violence",
    "coercion": "coercion, sanctions",
    "posture": "threats, troop moves",
    "protest": "protest",
    "words": "accusations, demands, refusals",
    "dealing": "talks, aid, agreements, retreat",
    "control": "who holds a place",
    "other": "other",
}
FILLING_OF: dict[str, Filling] = {
    "reported": "solid",
    "claimed": "tint",
    "disputed": "dot",
    "denied": "barred",
    "negated": "barred",
}  # all others are open: not said to have happened
FILLINGS: dict[Filling, str] = {
    "solid": "reported",
    "tint": "claimed by somebody",
    "dot": "disputed",
    "open": "expected, possible, demanded",
    "barred": "denied or negated",
}
COLOURS: dict[str, str] = {
    "violence": "#b3261e",
    "coercion": "#8a5600",
    "posture": "#6b3fb0",
    "protest": "#1d5c9e",
    "dealing": "#0a6b4d",
    "words": "#5a5e67",
    "control": "#0a6b4d",
}  # where there is no style sheet
SIDES = ("#b3261e", "#1d5c9e", "#8a5600", "#6b3fb0", "#0a6b4d", "#5a5e67")
CORNERS: dict[Family, tuple[int, float, float]] = {
    "coercion": (4, 45, 1.2),
    "posture": (3, 90, 1.3),
    "protest": (3, -90, 1.3),
    "dealing": (4, 0, 1.2),
    "words": (6, 0, 1.08),
    "control": (5, -90, 1.15),
}  # corners, the direction of the first in degrees, and how far out it lies in radii


def family_of(record: Claim | Incident) -> Family:
    """The family of a claim or an incident."""
    match record:
        case Incident() | Event():
            return FAMILY_OF.get(record.code.plover, "other") if record.code else "other"
        case Control():
            return "control"
        case Figure() | Relation():
            return "other"
    return "words"


def filling_of(status: str) -> Filling:
    """How a form is filled for a status."""
    return FILLING_OF.get(status, "open")


def form(x: float, y: float, family: Family, filling: Filling, radius: float = 5) -> Markup:
    """A mark: its form, filled."""
    shape: Look = {"stroke": "currentColor", "stroke_width": 1.5, "class_": "form"}
    if filling == "solid":
        shape |= {"fill": "currentColor"}
    elif filling == "tint":
        shape |= {"fill": "currentColor", "fill_opacity": "0.3"}
    else:
        shape |= {"fill": "none"}
    if filling == "open":
        shape |= {"stroke_dasharray": "2.5 1.8"}
    inner = None
    if filling == "dot":
        inner = el("circle", cx=x, cy=y, r=max(1.4, radius * 0.36), fill="currentColor")
    elif filling == "barred":
        inner = el(
            "path", d=path([(x - radius * 1.5, y), (x + radius * 1.5, y)]), stroke="currentColor", stroke_width=1.8
        )
    return el("g", _outline(x, y, family, radius, shape), inner, class_=family, color=COLOURS.get(family, "#1c1d21"))


def _outline(x: float, y: float, family: Family, radius: float, shape: Look) -> Markup:
    if family in CORNERS:
        number, first, reach = CORNERS[family]
        steps = [math.radians(first + 360 * step / number) for step in range(number)]
        points = [(x + radius * reach * math.cos(step), y + radius * reach * math.sin(step)) for step in steps]
        return el("path", d=path(points, closed=True), stroke_linejoin="round", **shape)
    if family == "other":
        arm, bar = radius * 1.1, radius * 0.38
        cross = [(-bar, -arm), (bar, -arm), (bar, -bar), (arm, -bar), (arm, bar), (bar, bar)]
        cross += [(bar, arm), (-bar, arm), (-bar, bar), (-arm, bar), (-arm, -bar), (-bar, -bar)]
        return el("path", d=path([(x + a, y + b) for a, b in cross], closed=True), **shape)
    return el("circle", cx=x, cy=y, r=radius, **shape)


def key(x: float, y: float, families: set[Family], fillings: set[Filling], width: float) -> tuple[Markup, float]:
    """What the forms and fillings mean, in lines below each other, and the height they take."""
    entries: list[tuple[Family, Filling, str]] = [
        (name, "solid", text) for name, text in FAMILIES.items() if name in families
    ]
    entries += [("violence", name, text) for name, text in FILLINGS.items() if name in fillings]
    parts: list[Markup] = []
    left, line = x, y
    for family, filling, text in entries:
        room = 24 + len(text) * 6.4
        if left > x and left + room > x + width:
            left, line = x, line + 18
        parts += [
            form(left + 6, line - 4, family, filling),
            words(left + 16, line, text, size=11, class_="soft", fill="#5a5e67"),
        ]
        left += room
    return join(parts), line - y + 18
