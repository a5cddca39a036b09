"""SVG elements as text: whatever is not markup already is escaped, so no name in a document can become markup."""

from __future__ import annotations

import html
from collections.abc import Iterable

from strife.views.words import one_line

ILLEGAL = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}  # what XML cannot hold besides what `harmless` takes out
Look = dict[str, str | float | None]  # attributes of an element
WIDE = 0.56  # the width of a letter in its height, on average


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def esc(text: str) -> Markup:
    """Text on one line, as XML."""
    return Markup(html.escape(one_line(text).translate(ILLEGAL)))


def el(name: str, *children: str | None, **attributes: str | float | None) -> Markup:
    """An element. Children that are no Markup are escaped; attributes of None are left out; `class_` is class, `_` a hyphen."""
    given = "".join(
        f' {_named(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None and value != ""
    )
    inner = join(children)
    return Markup(f"<{name}{given}>{inner}</{name}>" if inner else f"<{name}{given}/>")


def join(children: Iterable[str | None]) -> Markup:
    """Children in a row."""
    return Markup("".join(one if isinstance(one, Markup) else esc(one) for one in children if one is not None))


def _named(key: str) -> str:
    if key in ("viewBox", "preserveAspectRatio", "refX", "refY"):
        return key
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return number(value) if isinstance(value, int | float) else esc(value)


def number(value: float) -> str:
    """A length in units of the drawing, to a tenth."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")


def path(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """The d of a path through points."""
    text = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f"M{text}{'Z' if closed else ''}" if text else ""


def words(
    x: float, y: float, text: str, *, room: float | None = None, size: float = 12, **attributes: str | float | None
) -> Markup:
    """A line of text, cut to the room it has; then the whole is its title."""
    shown = one_line(text)
    if room is not None and len(shown) * size * WIDE > room:
        shown = shown[: max(1, int(room / (size * WIDE)) - 1)].rstrip() + "…"
        return el("text", shown, el("title", text), x=x, y=y, font_size=size, **attributes)
    return el("text", shown, x=x, y=y, font_size=size, **attributes)


def over(
    x: float, y: float, text: str, *, room: float | None = None, anchor: str | None = None, weight: int | None = None
) -> Markup:
    """A name written over what is drawn, with a rim of paper around its letters."""
    rim: Look = {
        "class_": "halo",
        "stroke": "#fffefb",
        "stroke_width": 3,
        "paint_order": "stroke",
        "stroke_linejoin": "round",
    }
    shown = one_line(text)
    cut = room is not None and len(shown) * 11 * WIDE > room
    if room is not None and cut:
        shown = shown[: max(1, int(room / (11 * WIDE)) - 1)].rstrip() + "…"
    return el(
        "text",
        shown,
        el("title", text) if cut else None,
        x=x,
        y=y,
        font_size=11,
        text_anchor=anchor,
        font_weight=weight,
        **rim,
    )


def lines(x: float, y: float, text: str, *, room: float, size: float = 10) -> tuple[Markup, float]:
    """A soft text broken into lines, and the height they take."""
    rows: list[str] = []
    for word in one_line(text).split(" "):
        if rows and (len(rows[-1]) + 1 + len(word)) * size * WIDE <= room:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    step = size * 1.4
    drawn = [
        words(x, y + step * number, row, size=size, class_="soft", fill="#5a5e67") for number, row in enumerate(rows)
    ]
    return join(drawn), step * len(rows)


def linked(inner: Markup, href: str | None, title: str | None = None) -> Markup:
    """Something drawn that leads somewhere and says what it is."""
    if title:
        inner = el("g", el("title", title), inner)
    return el("a", inner, href=href) if href else inner
