"""From records to the rows of charts: incidents and claims on a map and a timeline, control, relations, figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from strife.casefile.control import Holding
from strife.records import Claim, Control, Event, Incident, Relation, Statement
from strife.views.svg.atlas import Held, HeldState, Pin, atlas
from strife.views.svg.axis import day_of
from strife.views.svg.lanes import Lane, Moment, clipped, lanes
from strife.views.svg.look import FAMILIES, family_of, filling_of
from strife.views.svg.network import Tie, network
from strife.views.svg.ranges import Range, ranges
from strife.views.svg.strip import State, Stretch, Strip, strips
from strife.views.words import code_words, date_words, party_words, place_words, short

__all__ = [
    "Holding", "control_map", "control_strips", "figure_ranges", "line_of", "moments", "pins", "relations", "timeline",
]  # fmt: skip
Record = Claim | Incident
Address = Callable[[Record], str | None]
SIGNS = {"supports": 1, "allied_with": 1, "part_of": 1, "leads": 1, "opposes": -1, "fights": -1}
LANES = 12  # actors with a lane of their own


def line_of(record: Record) -> str:
    """A claim or an incident in one line."""
    if not isinstance(record, Incident):
        return short(record)
    who = ", ".join(party_words(one.party) for one in record.actors[:3])
    whom = ", ".join(party_words(one.party) for one in record.recipients[:3])
    what = f"{record.code.plover} {record.code.mode or ''}".strip() if record.code else "incident"
    place = place_words(record.where) if record.where else ""
    when = date_words(record.when) if record.when else ""
    return " · ".join(filter(None, (when, " → ".join(filter(None, (who, what, whom))), place, record.status)))


def nowhere(_record: Record) -> str | None:
    """No address: for charts in a file by itself."""
    return None


def pins(records: Iterable[Record], address: Address = nowhere) -> list[Pin]:
    """Those with a place on the map."""
    return [
        Pin(
            one.where.lat, one.where.lon, one.where.precision, place_words(one.where), family_of(one), filling_of(one.status),
            line_of(one), address(one),
        )
        for one in records
        if one.where is not None and one.where.lat is not None and one.where.lon is not None
    ]  # fmt: skip


def control_map(holdings: Iterable[Holding], more: Sequence[Pin] = (), *, title: str) -> str:
    """Who holds which town, and marks of what happened."""
    held = [
        Held(one.place.lat, one.place.lon, place_words(one.place), _holders(one), _state(one), _held_words(one))
        for one in holdings
        if one.place.lat is not None
        and one.place.lon is not None
        and one.holders
        and one.place.precision not in ("country", "region")
    ]
    return atlas(more, held, title=title) if held or more else ""


def _holders(holding: Holding) -> tuple[str, ...]:
    return tuple(dict.fromkeys(party_words(one) for one in holding.holders))


def _state(holding: Holding) -> HeldState:
    return "contested" if holding.contested else "claimed" if holding.claimed_only else "held"


def _held_words(holding: Holding) -> str:
    since = f" since {holding.since}" if holding.since else ""
    return f"{place_words(holding.place)}: {', '.join(_holders(holding))}{since}, {_state(holding)}"


def control_strips(rows: Iterable[tuple[str, Sequence[Holding]]], until: date, *, title: str) -> str:
    """Who holds each place over time: holdings of one place in the order of their days."""
    made = []
    for name, holdings in rows:
        dated = [(day, one) for one in holdings if (day := day_of(one.on))]
        # what stays as it was is one stretch
        changed = [
            (day, one)
            for number, (day, one) in enumerate(dated)
            if number == 0 or _side(one) != _side(dated[number - 1][1])
        ]
        ends = [*(day for day, _ in changed[1:]), until]
        stretches = tuple(
            Stretch(
                day, max(day, end), " / ".join(_holders(one)), _strip_state(one), f"{_held_words(one)} (from {day})"
            )
            for (day, one), end in zip(changed, ends, strict=True)
        )
        made.append(Strip(name, stretches))
    return strips(made, title=title)


def _side(holding: Holding) -> tuple[tuple[str, ...], str]:
    return _holders(holding), _strip_state(holding)


def _strip_state(holding: Holding) -> State:
    return _state(holding) if holding.holders else "unknown"


def moments(
    records: Iterable[Record], lane: Callable[[Record], Iterable[str]], address: Address = nowhere
) -> list[Moment]:
    """Those with a date, on each of their lanes."""
    found = []
    for one in records:
        when = one.when
        start = day_of(when.start) if when and when.start else None
        if when is None or start is None:
            continue
        start, end = clipped(start, day_of(when.end or when.start or "") or start)
        found += [
            Moment(key, start, end, family_of(one), filling_of(one.status), line_of(one), address(one))
            for key in lane(one)
        ]
    return found


def timeline(
    records: Sequence[Record], *, by: str, title: str, address: Address = nowhere, more: str | None = None
) -> str:
    """Swim lanes by `type` or by `actor`."""
    if by == "actor":
        counts = Counter(name for one in records if one.when and one.when.start for name in actors_of(one))
        rows = [Lane(name, name) for name, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:LANES]]
        return lanes(rows, moments(records, actors_of, address), title=title, more=more)
    found = moments(records, lambda one: [family_of(one)], address)
    present = {one.lane for one in found}
    rows = [Lane(name, words[:1].upper() + words[1:]) for name, words in FAMILIES.items() if name in present]
    return lanes(rows, found, title=title, more=more)


def actors_of(record: Record) -> list[str]:
    """The names of those who act in a claim or an incident."""
    match record:
        case Incident():
            found = [one.party for one in record.actors]
        case Event():
            found = list(record.actors)
        case Control():
            found = [record.holder]
        case Relation():
            found = [record.subject]
        case _:
            found = (
                [] if isinstance(record.frame.voice, str) or not isinstance(record, Statement) else [record.frame.voice]
            )
    return list(dict.fromkeys(map(party_words, found)))


def relations(claims: Iterable[Claim], *, title: str, middle: str | None = None) -> str:
    """The network of relations that are reported or claimed."""
    counts: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for one in claims:
        if isinstance(one, Relation) and one.status in ("reported", "claimed"):
            key = party_words(one.subject), party_words(one.object), SIGNS[one.predicate]
            counts[key].append(one.predicate.replace("_", " "))
    ties = []
    for (source, target, sign), words in counts.items():
        most = Counter(words).most_common(1)[0][0]
        number = f"{len(words)} claim{'' if len(words) == 1 else 's'}"
        ties.append(Tie(source, target, sign, len(words), f"{source} {most} {target} ({number})"))
    return network(ties, title=title, middle=middle)


def figure_ranges(incident: Incident, *, title: str) -> str:
    """The figures of an incident, measure by measure and source by source."""
    rows = []
    for figure in incident.figures:
        rows.append(Range(f"{figure.measure}, all", figure.low, figure.best, figure.high, strong=True))
        rows += [Range(one.source, one.low, one.best, one.high) for one in figure.by_source]
    return ranges(rows, title=title)


def year_before(day: date) -> date:
    """The day a year before."""
    return day - timedelta(days=365)


def code_of(record: Record) -> str:
    """The kind of a claim or an incident, in words."""
    if isinstance(record, Incident):
        return f"{record.code.plover} {record.code.mode or ''}".strip() if record.code else "incident"
    return code_words(record)
