"""From a cluster of tellings to an incident: what is agreed, what each source says, and what they dispute."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from statistics import median_low
from typing import TypeVar

import msgspec

from strife.codebook.crosswalk import acled_of
from strife.errors import Unknown
from strife.incidents.places import APART_KM, FINE, NAMED, kilometres
from strife.incidents.telling import AGAINST, HAPPENED, Telling
from strife.incidents.testimony import Testimony
from strife.incidents.totals import own_figures
from strife.records import (
    Code,
    Date,
    Figure,
    Incident,
    IncidentFigure,
    IncidentStatus,
    Measure,
    Party,
    Place,
    SourceFigure,
    Told,
)

T = TypeVar("T")
DATED = ("day", "week", "month", "season", "year", "decade", "unknown")
STATE, AGAINST_STATE = {"GOV", "MIL", "COP", "SPY"}, {"REB", "OPP", "SEP", "INS"}


def assemble(cluster: Sequence[Telling], figures: Iterable[Testimony]) -> Incident:
    """The incident that these tellings and their figures amount to."""
    told = sorted(
        cluster, key=lambda one: (one.testimony.published or "9999", one.testimony.document, one.event.trigger.start)
    )
    happened = [one for one in told if one.event.status in HAPPENED]
    counted = sorted(figures, key=lambda one: (one.published or "9999", one.document, one.claim.id))
    leading = happened or told
    measured, conflicting = _figures(own_figures(counted))
    documents = sorted({one.testimony.document for one in told})
    actors, recipients = (
        _told(told, lambda one: one.event.actors),
        _told(told, lambda one: one.event.recipients),
    )
    return Incident(
        id=hashlib.sha256(told[0].id.encode()).hexdigest()[:16],
        code=_sided(_code(leading), actors, recipients),
        where=_where(leading) or _where(told),
        when=_when(leading) or _when(told),
        status=_status(told),
        claims=tuple(sorted({*(one.id for one in told), *(one.claim.id for one in counted)})),
        documents=tuple(documents),
        sources=len({_witness(one) for one in told}),
        actors=actors,
        recipients=recipients,
        figures=measured,
        disputed=tuple(_disputed(told, happened, conflicting)),
    )


def _witness(one: Telling) -> str:
    """Whose word a telling rests on: the voice where one speaks, else the outlet; ten outlets may rest on one monitor."""
    voice = one.event.frame.voice
    if isinstance(voice, str):
        return f"source {one.testimony.source}"
    name = voice.id or (voice.name or "").casefold()
    return f"voice {name}" if name else f"source {one.testimony.source}"


def _most(items: Iterable[T], key: Callable[[T], Hashable]) -> list[T]:
    """The items of the commonest key, in their order; of two keys as common the first one's."""
    listed = list(items)
    counted = Counter(map(key, listed))
    best = max(counted, key=lambda one: counted[one], default=None)
    return [one for one in listed if key(one) == best]


def _code(told: Sequence[Telling]) -> Code:
    """The commonest type, and of its codes the commonest that tells a mode."""
    typed = _most((one.event.code for one in told), lambda code: code.plover)
    return _most([code for code in typed if code.mode] or typed, lambda code: (code.mode, code.cameo))[0]


def _sided(code: Code, actors: Sequence[Told], recipients: Sequence[Told]) -> Code:
    """The code with ACLED's sub-event by those whom most claims name on either side: who takes a town makes two of one act."""
    sides = [side[0].party.sectors if side else () for side in (actors, recipients)]
    try:
        acled = acled_of(code.plover, code.mode, code.contexts, actors=sides[0], recipients=sides[1])
    except Unknown:  # a mode that somebody corrected it to
        return code
    return msgspec.structs.replace(code, acled=acled or code.acled)


def _where(told: Sequence[Telling]) -> Place | None:
    """The place most tellings name, the finest of them; one carried from elsewhere in a document only where none names any."""
    given = [one.event.where for one in told if one.event.where is not None]
    fine = min((FINE.index(place.precision) for place in given), default=0)
    spots = [place for place in given if FINE.index(place.precision) == fine or place.precision in NAMED]
    return _most(spots, lambda place: place.id or place.name)[0] if spots else None


def _when(told: Sequence[Telling]) -> Date | None:
    """The finest date that most tellings give; the date of a report only where no telling has another."""
    given = [one.event.when for one in told if one.event.when is not None and one.event.when.start is not None]
    stated = [date for date in given if date.basis != "publication"] or given
    fine = min((DATED.index(date.precision) for date in stated), default=0)
    finest = [date for date in stated if DATED.index(date.precision) == fine]
    return _most(finest, lambda date: (date.start, date.end))[0] if finest else None


def _status(told: Sequence[Telling]) -> IncidentStatus:
    """What the tellings together say of its having happened."""
    statuses = {one.event.status for one in told}
    if not statuses & HAPPENED:
        return "disputed" if statuses & AGAINST else "expected"
    if statuses & AGAINST:
        return "disputed"
    return "reported" if "reported" in statuses or _both_sides(told) else "claimed"


def _both_sides(told: Iterable[Telling]) -> bool:
    """Whether voices of two opposing sides tell it."""
    voices = [one.event.frame.voice for one in told if one.event.status == "claimed"]
    sectors = [set(voice.sectors) for voice in voices if not isinstance(voice, str)]
    return any(one & STATE for one in sectors) and any(one & AGAINST_STATE for one in sectors)


def _same(one: Party, other: Party) -> bool:
    """Whether two parties are one: by id or name, else by country and a shared sector."""
    if one.id is not None or other.id is not None:
        return one.id == other.id
    names = {(party.name or party.quote).casefold() for party in (one, other)}
    if len(names) == 1:
        return True
    return bool(one.country) and one.country == other.country and bool(set(one.sectors) & set(other.sectors))


def _told(told: Sequence[Telling], side: Callable[[Telling], Sequence[Party]]) -> tuple[Told, ...]:
    """The parties on one side, those most claims name first."""
    groups: list[tuple[Party, list[str]]] = []
    for one in told:
        for party in side(one):
            claims = next((claims for known, claims in groups if _same(known, party)), None)
            if claims is None:
                groups.append((party, claims := []))
            if one.id not in claims:
                claims.append(one.id)
    return tuple(
        Told(party=party, claims=tuple(claims)) for party, claims in sorted(groups, key=lambda pair: -len(pair[1]))
    )


def _figures(counted: Sequence[Testimony]) -> tuple[tuple[IncidentFigure, ...], list[Measure]]:
    """The figures by measure, and the measures on which sources conflict; a toll that rises from day to day is no conflict."""
    by_measure: dict[Measure, list[tuple[Testimony, Figure]]] = {}
    for one in counted:
        if isinstance(one.claim, Figure) and one.claim.status in HAPPENED:
            by_measure.setdefault(one.claim.measure, []).append((one, one.claim))
    made, conflicting = [], []
    for measure in sorted(by_measure):
        sources = _by_source(by_measure[measure])
        bests = [one.best for one in sources if one.best is not None]
        bounds = [bound for one in sources for bound in (one.low, one.best, one.high) if bound is not None]
        made.append(
            IncidentFigure(
                measure=measure,
                low=min(bounds, default=None),
                best=median_low(bests) if bests else None,
                high=max(bounds, default=None),
                by_source=tuple(sources),
            )
        )
        if _conflict(by_measure[measure]):
            conflicting.append(measure)
    return tuple(made), conflicting


def _by_source(told: Sequence[tuple[Testimony, Figure]]) -> list[SourceFigure]:
    """Each source's last word: of several figures in one report the largest."""
    listed: dict[str, list[tuple[Testimony, Figure]]] = {}
    for one, figure in told:
        listed.setdefault(one.source, []).append((one, figure))
    found = []
    for source in sorted(listed):
        latest = max(one.published or "" for one, _ in listed[source])
        last = max(
            (figure for one, figure in listed[source] if (one.published or "") == latest),
            key=lambda figure: figure.best or figure.low or figure.high or 0,
        )
        claims = tuple(figure.id for _, figure in listed[source])
        found.append(SourceFigure(source=source, low=last.low, best=last.best, high=last.high, claims=claims))
    return found


def _conflict(told: Sequence[tuple[Testimony, Figure]]) -> bool:
    """Whether two sources differ in reports of one day, or a later report gives less."""
    exact = [(one.published or "", one.source, figure.best) for one, figure in told if figure.best is not None]
    return any(
        here[1] != there[1]
        and (here[2] != there[2] if here[0] == there[0] else (here[2] > there[2]) == (here[0] < there[0]))
        for number, here in enumerate(exact)
        for there in exact[number + 1 :]
        if here[2] != there[2]
    )


def _disputed(told: Sequence[Telling], happened: Sequence[Telling], conflicting: Iterable[str]) -> Iterable[str]:
    """The fields on which the sources differ."""
    if any(one.event.status in AGAINST for one in told) and happened:
        yield "status"
    if _opposed(happened):
        yield "actors"
    spots = [one.place for one in happened if one.place is not None and one.here and one.place.precision in NAMED]
    if any(kilometres(spots[0], place) > APART_KM for place in spots):
        yield "where"
    if len({one.first for one in happened if one.stated and one.first == one.last}) > 1:
        yield "when"
    yield from conflicting


def _opposed(happened: Sequence[Telling]) -> bool:
    """Whether different sources name different doers, none of them in common."""
    named: dict[str, list[Party]] = {}
    for one in happened:
        named.setdefault(_witness(one), []).extend(party for party in one.event.actors if party.id or party.country)
    sides = [parties for parties in named.values() if parties]
    return any(
        not any(_same(here, there) for here in parties for there in others)
        for number, parties in enumerate(sides)
        for others in sides[number + 1 :]
    )
