"""A CSV file in ACLED's layout, with status and voice in two more columns. ACLED tells neither: only what is reported is theirs.

What ACLED cannot hold is left out and counted: events without a sub-event of theirs, a month or a province."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from pathlib import Path

from strife.codebook.crosswalk import acled_of
from strife.codebook.reference import load_reference
from strife.errors import Unknown
from strife.exchange.countries import countries
from strife.exchange.layouts import ACLED_COLUMNS
from strife.exchange.marks import STATUS, VOICE
from strife.exchange.sheet import Value
from strife.exchange.writers.happening import REPORTED, Happening, Items, Voices, Written, name_of, whole
from strife.exchange.writers.layout import CannotHold, write_layout
from strife.records import Date, Party, Place

COLUMNS = (*ACLED_COLUMNS, STATUS, VOICE)
GEO_PRECISION = {"point": 1, "settlement": 1, "surroundings": 2, "district": 2, "province": 3}
TIME_PRECISION = {"day": 1, "week": 2, "month": 3}
STATE, REBELS, MILITIA, IDENTITY, RIOTERS, PROTESTERS, CIVILIANS, OTHERS = range(1, 9)
INTER = (  # the first that fits
    ({"REB", "IMG", "ISM"}, REBELS),
    ({"PRM", "CRM", "UAF"}, MILITIA),
    ({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"}, STATE),
    ({"IGO", "UNO", "EUR", "MNC"}, OTHERS),
)
DISORDER = {
    "Protests": "Demonstrations",
    "Violent demonstration": "Demonstrations",
    "Excessive force against protesters": "Political violence; Demonstrations",
    "Strategic developments": "Strategic developments",
}


def write_acled(
    path: str | Path, items: Items, statuses: Collection[str] = REPORTED, voices: Voices | None = None
) -> Written:
    """Write ACLED's 31 columns and two of ours."""
    return write_layout(path, COLUMNS, acled_row, items, statuses, voices)


def acled_row(one: Happening) -> dict[str, Value]:
    """The cells that are known; CannotHold where the layout has no place for the event."""
    sub_event = sub_event_of(one)
    kind = load_reference().acled[sub_event].type
    day, time_precision = _day(one.when)
    place, geo_precision = _place(one.where)
    country = countries().iso2.get(place.country or "")
    if country is None:
        raise CannotHold("no country")
    first, second = _sides(one)
    own = one.comes_from("acled")
    inters = [_inter(side, sub_event, kind, country.iso3, own) for side in (first, second)]
    deaths = one.figures.get("deaths")
    called = (lambda party: party.quote) if own else name_of
    return {
        "event_id_cnty": one.row if own else one.id,
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": time_precision,
        "disorder_type": DISORDER.get(sub_event) or DISORDER.get(kind) or "Political violence",
        "event_type": kind,
        "sub_event_type": sub_event,
        "actor1": called(first[0]) if first else None,
        "assoc_actor_1": "; ".join(map(called, first[1:])),
        "inter1": inters[0],
        "actor2": called(second[0]) if second else None,
        "assoc_actor_2": "; ".join(map(called, second[1:])),
        "inter2": inters[1],
        "interaction": _interaction(inters),
        "civilian_targeting": "Civilian targeting"
        if CIVILIANS in inters and kind != "Strategic developments"
        else None,
        "iso": int(country.numeric) if country.numeric else None,
        "country": country.name,
        "admin1": place.admin1,
        "location": place.name or place.quote,
        "latitude": place.lat,
        "longitude": place.lon,
        "geo_precision": geo_precision,
        "source": "; ".join(one.outlets),
        "notes": one.quote,
        "fatalities": whole(deaths[1] if deaths[0] is None else deaths[0]) if deaths else None,
        STATUS: one.status,
        VOICE: one.voice,
    }


def sub_event_of(one: Happening) -> str:
    """ACLED's sub-event; CannotHold where it has none."""
    if one.code is None:
        if one.comes_from("acled"):
            return "Other"
        raise CannotHold("no kind of event")
    if one.code.acled:
        return one.code.acled
    actors, victims = ([sector for party in side for sector in party.sectors] for side in (one.actors, one.victims))
    try:
        found = acled_of(one.code.plover, one.code.mode, one.code.contexts, actors=actors, recipients=victims)
    except Unknown:  # a mode of another version of PLOVER
        found = acled_of(one.code.plover, None, one.code.contexts, actors=actors, recipients=victims)
    if found is None:
        raise CannotHold(f"no ACLED sub-event for {one.code.plover}")
    return found


def _sides(one: Happening) -> tuple[Sequence[Party], Sequence[Party]]:
    """Who stands in the columns of actor 1 and of actor 2; two who fight each other stand one in each."""
    if one.victims:
        return one.actors, one.victims
    return one.actors[:1], one.actors[1:]


def _day(when: Date | None) -> tuple[date, int]:
    """The day that stands for the time: of a week or a month, its middle."""
    if when is None or when.start is None:
        raise CannotHold("no date")
    start, end = date.fromisoformat(when.start), date.fromisoformat(when.end or when.start)
    days = (end - start).days
    if when.precision not in TIME_PRECISION or days > 31:
        raise CannotHold("no date as close as a month")
    precision = TIME_PRECISION[when.precision]
    if precision == 1 and days:
        precision = 2 if days < 7 else 3
    return start + timedelta(days=days // 2), precision


def _place(where: Place | None) -> tuple[Place, int]:
    if where is None:
        raise CannotHold("no place")
    if where.precision not in GEO_PRECISION:
        raise CannotHold("no place as close as a province")
    return where, GEO_PRECISION[where.precision]


def _inter(side: Sequence[Party], sub_event: str, kind: str, here: str, own: bool) -> int | None:
    """ACLED's kind of an actor, None where it is not known."""
    if not side:
        return None
    party = side[0]
    sectors = set(party.sectors)
    if sectors & load_reference().sides["civilian"]:
        if kind == "Riots":
            return RIOTERS
        return PROTESTERS if kind == "Protests" or "protesters" in sub_event else CIVILIANS
    found = next((code for fitting, code in INTER if sectors & fitting), None)
    if own and sectors == {"UAF"}:
        return IDENTITY  # so we read its kind 4
    abroad = found == STATE and not own and party.country not in {None, here}
    return OTHERS if abroad else found


def _interaction(inters: Sequence[int | None]) -> int | None:
    """Both kinds as ACLED joins them: the lower first, 0 where there is one side only."""
    known = sorted(code for code in inters if code is not None)
    return known[0] * 10 + (known[1] if len(known) > 1 else 0) if known else None
