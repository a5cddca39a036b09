"""What changed: how often each kind of event, or each place, is told of in the last days, against the stretches before."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from strife.casefile.store import Store

Window = Literal["week", "month"]
DAYS: dict[Window, int] = {"week": 7, "month": 28}
BEFORE: dict[Window, int] = {"week": 12, "month": 6}  # stretches that make the norm
SHARE = 0.25  # of the norm by which a number differs before it counts as a change
FEW = 5  # incidents below which, now and in the norm, nothing is said
LEAST = 3  # stretches before, within the case, without which there is no norm
Verdict = Literal["more", "fewer", "as usual", "too few to tell", "no norm yet"]
HAPPENED = "('reported', 'claimed', 'disputed')"


class Change(Struct, frozen=True, kw_only=True):
    """A kind of event or a place: how often now, how often on average before, and what that means."""

    what: str
    name: str
    now: int
    norm: float
    verdict: Verdict


class Changes(Struct, frozen=True, kw_only=True):
    """The last stretch (`since` to `until`), what is counted, how many documents it has and had on average, and the changes."""

    window: Window
    since: str
    until: str
    counted: Literal["incidents", "events"]
    stretches: int
    documents: int
    documents_before: float
    kinds: tuple[Change, ...]
    places: tuple[Change, ...]


def changes(store: Store, window: Window, until: str, *, most: int = 12) -> Changes:
    """What changed in the days up to one, against the stretches before that lie within the case."""
    length, last = DAYS[window], date.fromisoformat(until)
    first = store.one("SELECT min(published) FROM documents WHERE published NOT NULL")
    reach = (last - date.fromisoformat(first)).days // length if first else 0
    stretches = max(0, min(BEFORE[window], reach))
    incidents = bool(store.one("SELECT 1 FROM incidents WHERE dataset IS NULL LIMIT 1"))
    since = (last - timedelta(days=length - 1)).isoformat()
    begin = (last - timedelta(days=length * (stretches + 1) - 1)).isoformat()

    def compared(what: str, column: str) -> tuple[Change, ...]:
        table = "incidents" if incidents else "resolved"
        own = "dataset IS NULL" if incidents else "type = 'event'"
        rows = store.rows(
            f"SELECT {column}, date_start >= ?, count(*) FROM {table} WHERE {own} AND status IN {HAPPENED}"
            " AND date_start BETWEEN ? AND ? AND date_precision IN ('day', 'week')"
            f" AND {column} IS NOT NULL GROUP BY 1, 2",
            (since, begin, until),
        )
        return _compared(what, rows, stretches)[:most]

    papers: list[tuple[int, int]] = store.rows(
        "SELECT published >= ?, count(*) FROM documents WHERE published BETWEEN ? AND ? GROUP BY 1",
        (since, begin, until),
    )
    now, before = dict(papers).get(1, 0), dict(papers).get(0, 0)
    return Changes(
        window=window,
        since=since,
        until=until,
        counted="incidents" if incidents else "events",
        stretches=stretches,
        documents=now,
        documents_before=before / stretches if stretches else 0.0,
        kinds=compared("kind", "code"),
        places=compared("place", "place"),
    )


def _compared(what: str, rows: list[tuple[str, int, int]], stretches: int) -> tuple[Change, ...]:
    now: dict[str, int] = defaultdict(int)
    before: dict[str, int] = defaultdict(int)
    for name, recent, number in rows:
        (now if recent else before)[name] += number
    found = []
    for name in {*now, *before}:
        norm = before[name] / stretches if stretches else 0.0
        found.append(
            Change(what=what, name=name, now=now[name], norm=norm, verdict=verdict(now[name], norm, stretches))
        )
    order: dict[Verdict, int] = {"more": 0, "fewer": 0, "as usual": 1, "too few to tell": 2, "no norm yet": 2}
    found.sort(key=lambda one: (order[one.verdict], -abs(one.now - one.norm), one.name))
    return tuple(found)


def verdict(now: int, norm: float, stretches: int) -> Verdict:
    """What a number means against its norm, by the rule that the page states."""
    if stretches < LEAST:
        return "no norm yet"
    if now < FEW and norm < FEW:
        return "too few to tell"
    if now > norm * (1 + SHARE):
        return "more"
    return "fewer" if now < norm * (1 - SHARE) else "as usual"
