"""An expectation against the record: what became of it, by what evidence, and why. Deterministic and pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from strife.outlook.ledger_clauses import LATE, TAKING, UNMOVED
from strife.outlook.ledger_entries import Entry
from strife.outlook.ledger_match import COARSE, FAILURE, Bearing, Way, bearing, covers, likeness, tie
from strife.outlook.ledger_record import Evidence, State
from strife.outlook.ledger_terms import terms
from strife.outlook.ledger_told import AGAINST, Record, Report, Told
from strife.outlook.ledger_words import stems
from strife.records import Control, Event

STAYING = re.compile(r"\b(?:hold|last|continue|remain|stay|keep)\b", re.IGNORECASE)  # what is expected is no change
GRACE = 0.15  # of the time allowed, by which what the text says vaguely may be late
DAYS = 2  # at least so many of it
COVERING = 2  # independent reports that must tell of the place, one of them after the horizon
AROUND = (
    4  # independent reports on its country, one of them after the horizon, that would tell of a condition come true
)
AFTER = 45  # days behind the horizon in which reports still look back on it
LOOKING_BACK = 7  # days behind the horizon in which a report that gives no day still tells of what came in time
LATEST = 180  # days behind the horizon after which no report is asked any more
NEARLY = 0.8  # of the time allowed after which a denial settles it
SET_DAYS = 1  # between the days of an expectation that is set for a day
RARE = 3  # reports that have a word by which a condition is known
FAR = 3  # words that reports without a country in common must share
HALF = 0.5  # and where that time is only our default
CONTROL_EVENTS = frozenset({"COERCE", "RETREAT", "control"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an expectation, what decided, and the explanation; `met` says so of its condition."""

    state: State
    evidence: Evidence = field(default_factory=Evidence)
    why: str = ""
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What is told for it within its time, against it, and what came too late."""

    supporting: tuple[Told, ...] = ()
    against: tuple[Told, ...] = ()
    late: tuple[Told, ...] = ()


def resolve(entry: Entry, record: Record, on: date | None = None) -> Verdict:
    """What became of an expectation by a day: the last of the record where none is given.

    Silence settles nothing unless at least two independent reports tell of the place within its time, one of them after it."""
    window, last = entry.window, on or record.last
    if window is None or last is None:
        return Verdict("cannot_tell", why="its report has no date, so nobody can say what came after it")
    condition = _condition(entry, record, last)
    found = _found(entry, entry.ways, (entry.words,), record, last)
    if entry.hanging and condition.state == "not_borne_out":
        why = f"what it hangs on did not come about: {condition.why}"
        return Verdict("condition_not_met", condition.evidence, why, met=False)
    verdict = _judged(entry, found, record, last)
    if entry.hanging and condition.state == "cannot_tell" and verdict.state in ("cannot_tell", "not_borne_out"):
        covering = _around(entry, record, last)
        if covering and not found.against:
            why = f"nothing tells that what it hangs on came about, though {len(covering)} reports tell of its country in its time"
            return Verdict("condition_not_met", Evidence(coverage=tuple(covering)), why)
    if _inverted(entry):
        verdict = _turned(verdict)
    met = {"borne_out": True, "not_borne_out": False}.get(condition.state) if entry.hanging else None
    hangs = entry.expectation.condition is not None
    if hangs and verdict.state == "not_borne_out" and not met and not found.against:
        return Verdict("cannot_tell", verdict.evidence, "nothing tells whether what it hangs on came about", met=met)
    return Verdict(verdict.state, verdict.evidence, verdict.why, met=met)


def _inverted(entry: Entry) -> bool:
    """Whether it is said that the thing will hardly happen, or not."""
    return entry.expectation.likelihood == "unlikely" or entry.expectation.what.negated


def _turned(verdict: Verdict) -> Verdict:
    states: dict[State, State] = {"borne_out": "not_borne_out", "not_borne_out": "borne_out"}
    turned = Evidence(
        supporting=verdict.evidence.against,
        against=verdict.evidence.supporting,
        coverage=verdict.evidence.coverage,
    )
    return Verdict(states.get(verdict.state, verdict.state), turned, f"said to be unlikely; {verdict.why}")


def _condition(entry: Entry, record: Record, last: date) -> Verdict:
    """Whether what it hangs on came about."""
    condition = entry.expectation.condition
    if condition is None or not entry.hanging:
        return Verdict("cannot_tell")
    found = _found(entry, entry.conditions, entry.hanging, record, last)
    happened = bool(found.supporting)
    if not happened and not found.against:
        return Verdict("cannot_tell")
    if happened == condition.unless:
        evidence = _evidence(found.supporting if happened else (), () if happened else found.against)
        return Verdict("not_borne_out", Evidence(against=(*evidence.supporting, *evidence.against)), _list(found))
    return Verdict("borne_out", _evidence(found.supporting, ()), _list(found))


def _list(found: Findings) -> str:
    one = (found.supporting or found.against)[0]
    return f"“{' '.join(one.claim.evidence[0].quote.split())}” ({one.claim.document})"


def _found(entry: Entry, ways: Sequence[Way], words: Sequence[frozenset[str]], record: Record, last: date) -> Findings:
    """All that later reports tell of it."""
    window = entry.window
    assert window is not None
    limit = window.last + timedelta(days=_grace(entry))
    supporting, against, late = [], [], []
    for told, side in _told(entry, ways, words, record, last):
        if side == "against":
            against += [told] if words is entry.hanging or _settles(told, entry) else []
        elif told.first is not None and told.first > limit:
            if told.stated:
                late.append(told)
            elif told.first <= limit + timedelta(days=LOOKING_BACK):
                supporting.append(told)
        else:
            supporting.append(told)
    return Findings(_distinct(supporting), _distinct(against), _distinct(late))


def _told(
    entry: Entry, ways: Sequence[Way], words: Sequence[frozenset[str]], record: Record, last: date
) -> Iterable[tuple[Told, Bearing]]:
    """What later reports tell of it, by what it is or by its words; what it is goes first."""
    window, kinds = entry.window, set[str]()
    assert window is not None
    for way in ways:
        kinds |= CONTROL_EVENTS if isinstance(way.claim, Control) else terms().kin[way.claim.code.plover] | {"control"}
    change = STAYING.search(entry.expectation.quote) is None and not (words is entry.hanging and _unless(entry))
    contrary = (
        words is not entry.hanging and not _inverted(entry) and FAILURE.search(entry.expectation.quote) is not None
    )
    until = min(last, window.last + timedelta(days=LATEST))
    listed = {one.claim.id: one for one in record.of(kinds, window.first)}
    listed |= {one.claim.id: one for some in words for one in record.sharing(some, window.first)}
    for told in listed.values():
        if told.published is None or not window.first <= told.published <= until or told.story == entry.story:
            continue
        sides = {side for way in ways if (side := bearing(way, told)) is not None}
        if not sides and ways and all(tie(way, told) is None for way in ways):
            continue  # it is told of another place, whatever the words
        # reports on different countries must have more in common
        least = FAR if not sides and record.elsewhere(entry.expectation.document, told.claim.document) else 0
        close = [some for some in words if len(some & told.words) >= least]
        sides = sides or {
            side
            for some in close
            if (
                side := likeness(
                    some,
                    told,
                    record.rarity,
                    change=change,
                    around=entry.around if words is not entry.hanging else frozenset(),
                    contrary=contrary,
                    on_day=_on_day(entry, told),
                    rare=RARE if words is entry.hanging else 0,
                )
            )
            is not None
        }
        if not sides and words is not entry.hanging and _unmoved(entry, told):
            sides = {"against"}
        if sides == {"for"} and _elsewhere(entry, told):
            continue
        if sides:
            yield told, "for" if "for" in sides else "against"


def _unmoved(entry: Entry, told: Told) -> bool:
    """Whether somebody is expected to take or enter a place, and it is told that nothing has changed there."""
    if TAKING.search(entry.expectation.quote) is None or _holds(entry) or told.claim.status in AGAINST:
        return False
    names = {word for word in entry.words & told.words if word.startswith("^")}
    said = told.claim.evidence[0].quote
    return bool(names) and UNMOVED.search(said) is not None and LATE.search(said) is None


def _elsewhere(entry: Entry, told: Told) -> bool:
    """Whether what is told is of another town than the sentences around an expectation speak of, which itself names none."""
    place = told.place
    if any(way.here for way in entry.ways) or not told.here or place is None or place.precision in COARSE:
        return False
    named = stems(place.quote)
    lent = {word for way in entry.ways if way.place is not None for word in stems(way.place.quote)}
    return bool(entry.towns) and not named & (entry.towns | entry.words | lent)


def _on_day(entry: Entry, told: Told) -> bool:
    """Whether the text sets a day or two, and it is told of that very day."""
    window = entry.window
    if window is None or window.basis != "text" or (window.last - window.first).days > SET_DAYS:
        return False
    return (
        told.stated and told.first is not None and told.first == told.last and window.first <= told.first <= window.last
    )


def _unless(entry: Entry) -> bool:
    condition = entry.expectation.condition
    return condition is not None and condition.unless


def _settles(told: Told, entry: Entry) -> bool:
    """Whether what speaks against it is told late enough to settle it."""
    window = entry.window
    assert window is not None
    if told.published is None:
        return False
    if _holds(entry) and told.claim.status not in AGAINST:
        return True  # who has lost it does not hold it
    allowed = (window.last - window.first).days
    share = NEARLY if window.basis == "text" else HALF
    return told.published >= window.first + timedelta(days=round(share * allowed))


def _grace(entry: Entry) -> int:
    window = entry.window
    assert window is not None
    if window.basis == "default":
        return 0
    return max(DAYS, round(GRACE * (window.last - window.first).days)) if window.loose else DAYS


def _distinct(told: Iterable[Told]) -> tuple[Told, ...]:
    """Each incident once, by its first claim."""
    return tuple({one.id: one for one in reversed(list(told))}.values())[::-1]


def _judged(entry: Entry, found: Findings, record: Record, last: date) -> Verdict:
    """The state that follows from what was found."""
    window = entry.window
    assert window is not None
    if found.supporting and not (_holds(entry) and found.against) and not _outspoken(entry, found):
        reported = any(one.claim.status == "reported" and not one.disputed for one in found.supporting)
        if not reported and any(one.claim.status in AGAINST for one in found.against):
            evidence = _evidence(found.supporting, found.against)
            return Verdict("cannot_tell", evidence, "one side says that it happened, another that it did not")
        return Verdict(
            "borne_out", _evidence(found.supporting, found.against), f"told of within its time: {_list(found)}"
        )
    if found.against and (window.basis == "text" or window.last <= last or _holds(entry)):
        only = Findings(against=found.against)
        return Verdict("not_borne_out", _evidence((), found.against), f"told not to have happened: {_list(only)}")
    if found.late and window.basis == "text" and (_once(entry, found.late) or any(map(_belated, found.late))):
        only = Findings(supporting=found.late)
        return Verdict("not_borne_out", _evidence((), found.late), f"it came only after {window.last}: {_list(only)}")
    if window.last > last:
        return Verdict("open", why=f"its time runs until {window.last}, the record until {last}")
    if not entry.ways:
        return Verdict(
            "cannot_tell", why="its content is no event or change of control, and nothing told says the same"
        )
    return _silence(entry, record, last)


def _outspoken(entry: Entry, found: Findings) -> bool:
    """Whether a denial that settles it has more of its words than anything that is told for it."""
    if any(bearing(way, one) == "for" for way in entry.ways for one in found.supporting):
        return False
    denied = [one for one in found.against if one.claim.status == "negated"]
    return _closest(entry, denied) > max(1, _closest(entry, found.supporting))


def _closest(entry: Entry, told: Iterable[Told]) -> int:
    return max((len(entry.words & one.words) for one in told), default=0)


def _holds(entry: Entry) -> bool:
    """Whether it is expected that somebody keeps a place."""
    claim = entry.ways[0].claim if entry.ways else None
    return isinstance(claim, Control) and claim.change == "holds"


def _belated(told: Told) -> bool:
    """Whether it is told that it came late."""
    return LATE.search(told.claim.evidence[0].quote) is not None


def _once(entry: Entry, late: Sequence[Told]) -> bool:
    """Whether it can happen but once in its time, so that coming late means that it did not come before: a change of
    hands, or what only its words tell, three of them."""
    claim = entry.ways[0].claim if entry.ways else None
    if isinstance(claim, Event):
        return claim.code.plover == "COERCE" and claim.code.mode == "seize"
    if claim is None:
        return _closest(entry, late) >= FAR
    return claim.change in ("gains", "loses")


def _silence(entry: Entry, record: Record, last: date) -> Verdict:
    """Nothing is told of it: that counts only where the record covers its place and time."""
    covering = _covering(entry, record, last)
    window = entry.window
    assert window is not None
    evidence = Evidence(coverage=tuple(one.id for one in covering))
    stories = {one.story for one in covering}
    if len(stories) >= COVERING and any(one.published > window.last for one in covering):
        return Verdict(
            "not_borne_out", evidence, f"{len(stories)} independent reports cover place and time, none tells of it"
        )
    return Verdict("cannot_tell", evidence, "nothing is told of it, and the record does not cover its place and time")


def _covering(entry: Entry, record: Record, last: date) -> list[Report]:
    """The reports that would tell of it: they tell what happened at the place, in its time or soon after."""
    window = entry.window
    assert window is not None
    end = min(last, window.last + timedelta(days=AFTER))
    return [
        one
        for one in record.reports
        if window.first < one.published <= end
        and one.story != entry.story
        and any(covers(way, one) for way in entry.ways)
    ]


def _around(entry: Entry, record: Record, last: date) -> list[str]:
    """The reports on its country (where none is read, its parties) in its time and soon after, one of them after it; [] if too few.

    Only for conditions, which nobody reports not to have come about."""
    window, own = entry.window, entry.expectation.document
    assert window is not None
    country, parties = next(
        ((one.country, one.parties) for one in record.reports if one.id == own), (None, frozenset[str]())
    )
    end = min(last, window.last + timedelta(days=AFTER))
    found = [
        one
        for one in record.reports
        if (one.country == country if country else parties & one.parties)
        and window.first < one.published <= end
        and one.story != entry.story
    ]
    if len({one.story for one in found}) < AROUND or max(one.published for one in found) <= window.last:
        return []
    return [one.id for one in found]


def _evidence(supporting: Sequence[Told], against: Sequence[Told]) -> Evidence:
    return Evidence(supporting=tuple(one.id for one in supporting), against=tuple(one.id for one in against))
