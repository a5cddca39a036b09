"""The statements on control in the case -> who holds what on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from strife.casefile.control import Holding, Said, by_place, holding
from strife.casefile.filters import Filters, where_of
from strife.casefile.rows import claim_of
from strife.casefile.store import Store
from strife.errors import Unknown
from strife.records import Control, Place

TELLING = "('reported', 'claimed', 'denied', 'negated')"


def holdings(store: Store, on: str, place: str | None = None) -> Iterator[Holding]:
    """Who holds each place of which something is said up to a day, by country and name; of one name where it is given.

    For a name of which nothing is known one line without holders comes out. Unknown where `on` is no date."""
    try:
        day = date.fromisoformat(on).isoformat()
    except ValueError:
        raise Unknown(f"on {on!r}: is no date; write it as 2013-06-05") from None
    found = [holding(where, said, day) for where, said in by_place(_statements(store, day, place))]
    found.sort(key=lambda one: (one.place.country or "~", one.place.name or one.place.quote, one.place.id or ""))
    if not found and place is not None:
        found = [Holding(place=Place(quote=place, start=0, end=0, precision="region"), on=day)]
    yield from found


def changes(store: Store, on: str, places: Collection[str], most: int = 40) -> Iterator[list[Holding]]:
    """Who held these places (ids) on each day on which something was said of them up to a day; of many days the last."""
    for where, said in by_place(_statements(store, on, None)):
        if where.id in places:
            days = sorted({one.day for one in said if one.day})[-most:]
            yield [holding(where, said, day) for day in days]


def _statements(store: Store, on: str, place: str | None) -> Iterator[tuple[Said, str]]:
    """The statements up to a day in the order of the case, with the searched name of the place."""
    where = where_of(Filters(place=place))
    query = (
        "SELECT coalesce(resolved.record, claims.record), place_key, date_start, date_end, published FROM resolved"
        f" JOIN claims ON claims.number = resolved.claim WHERE resolved.type = 'control' AND status IN {TELLING}"
        f" AND {where.sql} ORDER BY resolved.claim"
    )
    for record, key, start, end, published in store.each(query, where.values):
        claim = claim_of(record)
        assert isinstance(claim, Control)
        if claim.where is not None and not _nameless(claim.where):
            said = Said(claim, day_of(claim, start, end, published))
            if said.day <= on:
                yield said, str(key)


def _nameless(place: Place) -> bool:
    """Whether a place is only described: "the villages" of two reports are not one place that somebody holds."""
    return place.id is None and place.name is None and place.quote.isascii() and place.quote.islower()


def day_of(claim: Control, start: str | None, end: str | None, published: str | None) -> str:
    """The day for which a statement holds: its own, as far as a text of its day can know, else that of publication; "" unknown."""
    if start is None:
        return published or ""
    last = end or start
    if claim.change in ("gains", "loses") and claim.when is not None and claim.when.precision in ("day", "week"):
        last = start
    return min(last, published) if published and published >= start else last
