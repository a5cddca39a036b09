"""Swim lanes: what happened when, one lane a type, an actor or a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from strife.views.svg.axis import Days
from strife.views.svg.frame import RULE, SOFT, chart, empty
from strife.views.svg.look import Family, Filling, form, key
from strife.views.svg.mark import Markup, el, join, linked, path, words

LEFT = 230.0  # room for the names of lanes
WIDE = 1000.0
STEP = 24.0  # marks closer than this are drawn as one with their number
HEIGHT = 34.0


@dataclass(frozen=True, slots=True)
class Moment:
    """Something dated on a lane. From `start` to `end`; a stretch where the text gives no day."""

    lane: str
    start: date
    end: date
    family: Family
    filling: Filling
    title: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane by its key in the moments; `href` is where its name leads."""

    key: str
    name: str
    href: str | None = None


def lanes(rows: Sequence[Lane], moments: Sequence[Moment], *, title: str, more: str | None = None) -> Markup:
    """One lane below the other. Marks that would lie on each other become one with their number, which leads to `more`
    with the days put in for {since} and {until} and the lane for {lane}."""
    known = {row.key for row in rows}
    shown = [one for one in moments if one.lane in known]
    if not shown:
        return empty("lanes", title, "Nothing here has a date.")
    first, last = _stretch(shown)
    days = Days(first, last, LEFT + 10, WIDE - 14)
    bottom = 8 + HEIGHT * len(rows)
    parts = [_ticks(days, bottom)]
    for number, row in enumerate(rows):
        y = 8 + HEIGHT * (number + 0.5)
        own = [one for one in shown if one.lane == row.key]
        parts.append(el("path", d=path([(LEFT, y), (WIDE - 4, y)]), class_="rule", stroke=RULE, fill="none"))
        name = words(LEFT - 10, y + 4, row.name, room=LEFT - 44, text_anchor="end")
        parts.append(linked(name, row.href))
        parts.append(words(4, y + 4, f"{len(own):,}", size=11, class_="soft", fill=SOFT))
        parts += _marks(own, days, y, more)
    drawn, height = key(
        LEFT, bottom + 48, {one.family for one in shown}, {one.filling for one in shown}, WIDE - LEFT - 8
    )
    before = sum(one.end < first for one in shown)
    if before:
        parts.append(
            words(LEFT + 10, bottom + 28, f"{before:,} earlier at the left edge", size=10, class_="soft", fill=SOFT)
        )
    desc = f"{len(shown):,} in {len(rows)} lanes from {first} to {last}. " + "; ".join(
        f"{row.name}: {sum(one.lane == row.key for one in shown):,}" for row in rows
    )
    links = more is not None or any(one.href for one in shown)
    return chart("lanes", bottom + 40 + height, *parts, drawn, title=title, desc=desc, width=WIDE, links=links)


def _stretch(shown: Sequence[Moment]) -> tuple[date, date]:
    """The days that are drawn: one report of long ago must not make all others thin, so it stands at the left edge."""
    starts = sorted(one.start for one in shown)
    last = max(one.end for one in shown)
    early = starts[len(starts) // 50]
    return (early if (last - early) * 2 < last - starts[0] else starts[0]), last


def _ticks(days: Days, bottom: float) -> Markup:
    parts = []
    for day, text in days.ticks():
        x = days.at(day)
        parts.append(
            el("path", d=path([(x, 4), (x, bottom)]), class_="rule", stroke=RULE, stroke_dasharray="1 3", fill="none")
        )
        anchor = "end" if x > WIDE - 40 else "middle"
        parts.append(words(x, bottom + 15, text, size=11, text_anchor=anchor, class_="soft", fill=SOFT))
    return join(parts)


def _marks(moments: Sequence[Moment], days: Days, y: float, more: str | None) -> list[Markup]:
    places: dict[int, list[Moment]] = defaultdict(list)
    for one in moments:
        middle = one.start + (one.end - one.start) / 2
        places[int((days.at(middle) - days.left) / STEP)].append(one)
    return [_mark(some, days, y, more) for _, some in sorted(places.items())]


def _mark(some: Sequence[Moment], days: Days, y: float, more: str | None) -> Markup:
    if len(some) == 1:
        return _single(some[0], days, y)
    start, end = min(one.start for one in some), max(one.end for one in some)
    x = sum(days.at(one.start + (one.end - one.start) / 2) for one in some) / len(some)
    counts: dict[Family, int] = defaultdict(int)
    for one in some:
        counts[one.family] += 1
    family = max(counts, key=lambda name: counts[name])
    filling: Filling = "solid" if any(one.filling == "solid" for one in some) else some[0].filling
    radius = min(5 + len(some) ** 0.5 / 2, 11.0)
    text = f"{len(some):,}"
    number = words(x, y - radius - 3, text, size=10, text_anchor="middle")
    title = f"{text} from {start} to {end}\n" if start != end else f"{text} on {start}\n"
    title += " | ".join(one.title for one in some[:5]) + (" | …" if len(some) > 5 else "")
    href = _more(more, some[0].lane, start, end)
    return linked(join((form(x, y, family, filling, radius), number)), href, title)


def _single(one: Moment, days: Days, y: float) -> Markup:
    left, right = days.at(one.start), days.at(one.end)
    x = (left + right) / 2
    drawn = form(x, y, one.family, one.filling)
    if right - left > 12:  # the text gives no day: it may be any of these
        line = el("path", d=path([(left, y), (right, y)]), class_="axis", stroke=SOFT, stroke_width=2, fill="none")
        drawn = join((line, drawn))
    return linked(drawn, one.href, one.title)


def _more(more: str | None, lane: str, start: date, end: date) -> str | None:
    """The address of what lies on one mark."""
    if more is None:
        return None
    from urllib.parse import quote

    return more.replace("{since}", str(start)).replace("{until}", str(end)).replace("{lane}", quote(lane))


def clipped(start: date, end: date, longest: int = 366) -> tuple[date, date]:
    """A stretch cut to so many days, so that "in the 1990s" does not widen a whole chart."""
    return start, min(end, start + timedelta(days=longest))
