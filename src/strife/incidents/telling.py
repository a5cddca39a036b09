"""Event claims made ready for comparison, and what the tellings of one incident in one report know together.

Of the passages that tell an incident, by hand count on news from Syria, 62 in 100 name its place and 74 its day; the rest is
carried within the report, as a reader does."""

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
BODILY = {"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "RETREAT"}
FRESH = timedelta(days=3)  # how long before its report an undated event is looked for
FINE = ("point", "settlement", "surroundings", "district", "province", "region", "country")


@dataclass(frozen=True, slots=True)
class Telling:
    """An event claim with the place and the days that its own words give."""

    testimony: Testimony
    event: Event
    place: Place | None
    days: tuple[date, date] | None
    words: frozenset[str]

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.event.id


@dataclass(frozen=True, slots=True)
class Episode:
    """What one report tells of one incident, in one or more clauses. `first` to `last` are the days it may have happened on;
    `dated` and `placed` say that its own words tell them, and not the rest of the report or its date."""

    tellings: tuple[Telling, ...]
    place: Place | None
    placed: bool
    country: str
    first: date | None
    last: date | None
    dated: bool
    words: frozenset[str]
    parties: tuple[Party, ...]
    actors: tuple[Party, ...]

    @property
    def document(self) -> str:
        """The report's id."""
        return self.tellings[0].testimony.document

    @property
    def id(self) -> str:
        """The id of its first claim."""
        return self.tellings[0].id


def tellings(testimonies: Iterable[Testimony]) -> dict[str, list[Telling]]:
    """The events that say whether something happened, by document, in order of the text."""
    documents: dict[str, list[Telling]] = {}
    for one in sorted(testimonies, key=lambda one: (one.document, _start(one), one.claim.id)):
        if isinstance(one.claim, Event) and one.claim.status in HAPPENED | AGAINST | AHEAD:
            documents.setdefault(one.document, []).append(_telling(one, one.claim))
    return documents


def _start(one: Testimony) -> int:
    return one.claim.trigger.start if isinstance(one.claim, Event) else one.claim.evidence[0].start


def _telling(testimony: Testimony, event: Event) -> Telling:
    place = event.where if event.where is not None and event.where.lat is not None else None
    text = " ".join(span.quote for span in event.evidence)
    words = frozenset(word for word in WORD.findall(text.casefold()) if word not in IDLE)
    return Telling(testimony, event, place, _days(event), words)


def _days(event: Event) -> tuple[date, date] | None:
    """The dates of an event's own words; those taken from the publication date count as none."""
    when = event.when
    if when is None or when.basis == "publication" or when.start is None or when.end is None:
        return None
    return date.fromisoformat(when.start[:10]), date.fromisoformat(when.end[:10])


def episodes(groups: Sequence[Sequence[Telling]]) -> list[Episode]:
    """The groups of one document's tellings, each with what it knows; a place that a group lacks is lent by the next one to it."""
    told = [telling for group in groups for telling in group]
    placed = [one for one in told if one.place is not None]
    struck = [one for one in placed if one.event.code.plover in BODILY]
    counted = Counter(one.place.country for one in struck or placed if one.place is not None and one.place.country)
    home = min(counted, key=lambda country: (-counted[country], country)) if counted else ""
    return [_episode(group, home, struck if group[0].event.code.plover in BODILY else placed) for group in groups]


def _episode(group: Sequence[Telling], home: str, lenders: Sequence[Telling]) -> Episode:
    own = _finest([one.place for one in group if one.place is not None])
    here = group[0].event.trigger.start
    nearest = min(lenders, key=lambda one: (abs(one.event.trigger.start - here), one.id), default=None)
    place = own or (nearest.place if nearest is not None else None)
    first, last, dated = _window(group)
    return Episode(
        tellings=tuple(group),
        place=place,
        placed=own is not None,
        country=(own.country if own is not None else None) or home,
        first=first,
        last=last,
        dated=dated,
        words=frozenset().union(*(one.words for one in group)),
        parties=tuple(party for one in group for party in (*one.event.actors, *one.event.recipients)),
        actors=tuple(party for one in group for party in one.event.actors),
    )


def _finest(places: Sequence[Place]) -> Place | None:
    """The place named most often among the finest ones."""
    fine = min((FINE.index(place.precision) for place in places), default=0)
    spots = [place for place in places if FINE.index(place.precision) <= max(fine, 2)]
    counted = Counter(place.id or place.name for place in spots)
    return max(spots, key=lambda place: counted[place.id or place.name]) if spots else None


def _window(group: Sequence[Telling]) -> tuple[date | None, date | None, bool]:
    """The days that the narrowest of a group's dates gives; without any, the last days before the report."""
    given = [one.days for one in group if one.days is not None]
    if given:
        return *min(given, key=lambda days: (days[1] - days[0], days)), True
    published = group[0].testimony.published
    try:
        day = date.fromisoformat(published[:10]) if published else None
    except ValueError:
        day = None
    return (day - FRESH, day, False) if day is not None else (None, None, False)
