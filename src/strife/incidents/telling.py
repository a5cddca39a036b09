"""Event claims made ready for comparison: each with its place, its days, and how far its own clause or its report gives them.

Of the passages that tell an incident, by hand count on news from Syria, 62 in 100 name its place and 74 its day; the rest is
carried within the report, as a reader does. What a clause says itself is kept apart from what it was lent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from strife.incidents.outline import Outline
from strife.incidents.places import NAMED, place_relation
from strife.incidents.setting import Settings, day_of, settings_of, sums_up, usable
from strife.incidents.testimony import Testimony
from strife.records import Claim, Event, Party, Place

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
SOON = timedelta(days=14)  # and how long behind it one that is ahead
AROUND = 150  # characters before and after a clause whose names count as near it


@dataclass(frozen=True, slots=True)
class Telling:
    """An event claim with its place and the days from `first` to `last` that it may have happened on.

    `here` says that the reader placed it, `stated` that its own clause gives the days; else the report lends them, or its
    date. `names` and `context` (words) stand near the clause, `topic` and `matter` anywhere in the report."""

    testimony: Testimony
    document: str
    event: Event
    place: Place | None
    here: bool
    first: date | None
    last: date | None
    stated: bool
    country: str
    parties: tuple[Party, ...]
    words: frozenset[str]
    names: frozenset[str]
    topic: frozenset[str]
    context: frozenset[str]
    matter: frozenset[str]
    paragraph: int
    number: int

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.event.id


def tellings(testimonies: Iterable[Testimony]) -> dict[str, list[Telling]]:
    """The events that say whether something happened, by document, in order of the text."""
    documents: dict[str, list[Testimony]] = {}
    for one in sorted(testimonies, key=lambda one: (one.document, _start(one.claim), one.claim.id)):
        documents.setdefault(one.document, []).append(one)
    settings = settings_of(documents)
    found = {document: _tellings(told, settings[document]) for document, told in sorted(documents.items())}
    return {document: told for document, told in found.items() if told}


def _start(claim: Claim) -> int:
    return claim.trigger.start if isinstance(claim, Event) else claim.evidence[0].start


def _tellings(told: Sequence[Testimony], settings: Settings) -> list[Telling]:
    topic = told[0].outline.topic()
    matter = frozenset(word for _, word in told[0].outline.words)
    events = [
        (one, one.claim)
        for one in told
        if isinstance(one.claim, Event) and one.claim.status in HAPPENED | AGAINST | AHEAD
    ]
    return [_telling(one, event, settings, topic, matter, number) for number, (one, event) in enumerate(events)]


def _telling(
    testimony: Testimony, event: Event, settings: Settings, topic: frozenset[str], matter: frozenset[str], number: int
) -> Telling:
    outline, at = testimony.outline, event.trigger.start
    text = " ".join(span.quote for span in event.evidence)
    paragraph = outline.paragraph(at)
    own = event.where if event.where is not None and usable(event.where) else None
    here = own is not None and own.precision in NAMED
    wide = event.where.country if event.where is not None else None
    place = own if here else settings.place(event, outline, own)
    if place is not None and own is not None and place_relation(own, place) == "spot":
        here = True
    first, last, stated = _days(testimony, event, text, settings)
    return Telling(
        testimony=testimony,
        document=testimony.document,
        event=event,
        place=place,
        here=here,
        first=first,
        last=last,
        stated=stated,
        country=(place.country if place is not None else wide) or settings.home,
        parties=(*event.actors, *event.recipients),
        words=frozenset(word for word in WORD.findall(text.casefold()) if word not in IDLE),
        names=_near(outline, event, paragraph),
        topic=topic,
        context=_context(outline, event, paragraph),
        matter=matter,
        paragraph=paragraph,
        number=number,
    )


def _context(outline: Outline, event: Event, paragraph: int) -> frozenset[str]:
    start, end = min(span.start for span in event.evidence), max(span.end for span in event.evidence)
    opening = outline.breaks[paragraph - 1] if paragraph else 0
    closing = outline.breaks[paragraph] if paragraph < len(outline.breaks) else end + AROUND
    return outline.stretch(max(opening, start - AROUND), max(end, min(closing, end + AROUND)))


def _near(outline: Outline, event: Event, paragraph: int) -> frozenset[str]:
    """The names in and around a clause, as far as its paragraph goes."""
    start, end = min(span.start for span in event.evidence), max(span.end for span in event.evidence)
    opening = outline.breaks[paragraph - 1] if paragraph else 0
    closing = outline.breaks[paragraph] if paragraph < len(outline.breaks) else end + AROUND
    return outline.between(max(opening, start - AROUND), max(end, min(closing, end + AROUND)))


def _days(testimony: Testimony, event: Event, text: str, settings: Settings) -> tuple[date | None, date | None, bool]:
    """The days of an event: its own, else an older day its paragraph tells of, else the last days before the report, or what
    is ahead of it."""
    given = settings.days_of(event)
    published = day_of(testimony.published)
    if given is not None and event.when is not None:
        if published is not None and published > given[1] and sums_up(text, event.when.quote):
            return given[0], published, True
        return *given, (event.when.quote or "\0") in text
    lent = settings.days(event.trigger.start, testimony.outline)
    if lent is not None and (published is None or lent[1] < published - FRESH):
        return *lent, False
    if published is None:
        return None, None, False
    return published - FRESH, published + (SOON if event.status in AHEAD else timedelta(0)), False
