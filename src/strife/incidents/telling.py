"""An event claim made ready for comparison: where and when it is set, by its own words or by those around it in its document.

Of the passages that tell an incident, by hand count on news from Syria, 62 in 100 name its place and 74 its day; the rest is
carried from the sentences before, as a reader does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from strife.incidents.testimony import Testimony
from strife.records import Event, Party, Place

WORD = re.compile(r"[^\W\d_]{4,}")
IDLE = frozenset(
    """
    after also been before between both could during from have having here into more most near other over said same
    since some such than that their them then there these they this those through told under until very were what when
    where which while will with would people least were against according
    """.split()
)
HAPPENED = {"reported", "claimed"}
AGAINST = {"denied", "negated"}
AHEAD = {"expected", "possible", "intended", "conditional"}
FRESH = timedelta(days=3)  # how long before its report an undated event is looked for
CARRY = 1200  # characters over which a place or a day is carried on


@dataclass(frozen=True, slots=True)
class Telling:
    """An event claim with its setting. `place` is its own unless `place_carried`; `first` to `last` are the days it may
    have happened on, firmly where its own words or those before it give them."""

    testimony: Testimony
    event: Event
    place: Place | None
    place_carried: bool
    country: str
    first: date | None
    last: date | None
    dated: bool
    words: frozenset[str]

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.event.id

    @property
    def parties(self) -> tuple[Party, ...]:
        """Everybody in it."""
        return (*self.event.actors, *self.event.recipients)


def tellings(testimonies: Iterable[Testimony]) -> list[Telling]:
    """The events among the testimonies that say whether something happened, in order of document and text."""
    documents: dict[str, list[tuple[Testimony, Event]]] = {}
    for one in sorted(testimonies, key=lambda one: (one.document, one.claim.evidence[0].start, one.claim.id)):
        if isinstance(one.claim, Event) and one.claim.status in HAPPENED | AGAINST | AHEAD:
            documents.setdefault(one.document, []).append((one, one.claim))
    return [telling for name in documents for telling in _of_document(documents[name])]


def _of_document(told: Sequence[tuple[Testimony, Event]]) -> list[Telling]:
    counted = Counter(event.where.country for _, event in told if event.where is not None and event.where.country)
    home = min(counted, key=lambda country: (-counted[country], country)) if counted else ""
    found: list[Telling] = []
    for number, (testimony, event) in enumerate(told):
        before = [other for _, other in told[:number]]
        place = event.where if event.where is not None and event.where.lat is not None else None
        carried = place is None
        if place is None:
            place = _carried_place(event, before)
        first, last, dated = _days(event, before, testimony.published)
        country = place.country if place is not None and place.country else home
        words = _words(" ".join(span.quote for span in event.evidence))
        found.append(Telling(testimony, event, place, carried, country or "", first, last, dated, words))
    return found


def _carried_place(event: Event, before: Sequence[Event]) -> Place | None:
    """The place of the event told last before of the same kind, or of any that lies close."""
    near = [one for one in reversed(before) if event.trigger.start - one.trigger.start < CARRY]
    alike = [one for one in near if one.code.plover == event.code.plover]
    placed = [one.where for one in (*alike, *near) if one.where is not None and one.where.lat is not None]
    return placed[0] if placed else None


def _days(event: Event, before: Sequence[Event], published: str | None) -> tuple[date | None, date | None, bool]:
    """The days on which an event may have happened, and whether words say so rather than the date of the report."""
    own = _span(event)
    if own is not None:
        return *own, True
    for one in reversed(before):
        if event.trigger.start - one.trigger.start < CARRY and one.code.plover == event.code.plover:
            if (span := _span(one)) is not None:
                return *span, True
    try:
        day = date.fromisoformat(published[:10]) if published else None
    except ValueError:
        day = None
    return (day - FRESH, day, False) if day is not None else (None, None, False)


def _span(event: Event) -> tuple[date, date] | None:
    """The dates of an event's own words; those taken from the publication date count as none."""
    when = event.when
    if when is None or when.basis == "publication" or when.start is None or when.end is None:
        return None
    return date.fromisoformat(when.start[:10]), date.fromisoformat(when.end[:10])


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in WORD.findall(text.casefold()) if word not in IDLE)
