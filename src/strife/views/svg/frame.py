"""What every chart has: its title and description for those who do not see it, its size, and the way out to a file."""

from __future__ import annotations

import functools
from importlib.resources import files

from strife.views.svg.mark import Markup, el

WIDTH = 720.0  # units of the drawing; a page scales it
INK, SOFT, RULE, PAPER = (
    "#1c1d21",
    "#5a5e67",
    "#c9c5bb",
    "#fffefb",
)  # as in reading.css; the classes win where there is a style sheet


def chart(
    kind: str, height: float, *body: str | None, title: str, desc: str, width: float = WIDTH, links: bool = False
) -> Markup:
    """A chart. `kind` is its class; `links` says that something in it can be followed, so that it is no mere picture."""
    return el(
        "svg",
        el("title", title),
        el("desc", desc),
        *body,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"chart {kind}",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=width,
        height=height,
        role="group" if links else "img",
        font_family="system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
        font_size=12,
        fill=INK,
    )


def empty(kind: str, title: str, why: str) -> Markup:
    """What stands in place of a chart that has nothing to show."""
    note = el("text", why, x=8, y=24, class_="soft", fill=SOFT)
    return chart(kind, 40, note, title=title, desc=why)


def exported(svg: str) -> str:
    """The chart as a file by itself: with its colours, for light and dark."""
    head, rest = svg.split(">", 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}><style>{style()}</style>{rest}\n'


@functools.cache
def style() -> str:
    """The style sheet of the charts, for pages, notebooks and files; it concerns nothing but `svg.chart`."""
    return (files("strife.views") / "assets" / "chart.css").read_text(encoding="utf-8")
