"""An outlook and a score card as text: a fan chart of characters, tables, and what may be claimed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from strife.views.words import one_line

if TYPE_CHECKING:
    from strife.casefile import Case
    from strife.outlook.card import Card
    from strife.outlook.expected import Ahead, Fan, Outlook

WIDTH = 48  # characters of the chart
TICKS = (0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
SHOWN = 12  # past periods in the chart: those the baseline rests on
TOP = 3
COLUMNS = "unit period horizon model q05 q25 q50 q75 q95 mean".split()
OUTER, INNER, MIDDLE, COUNT = "·", "▒", "█", "●"


def outlook_lines(outlook: Outlook) -> Iterator[str]:
    """The chart with past and expected periods, the table, the verdict, what it rests on."""
    seen = outlook.seen[-SHOWN:]
    largest = max([1.0, *(one.count or 0.0 for one in seen), *(one.pool.quantiles[-1] for one in outlook.ahead)])
    yield f"{one_line(outlook.unit)}: {outlook.what} by {outlook.frequency}, from {one_line(outlook.source)}"
    yield ""
    for one in seen:
        mark = _row([(_column(one.count, largest), COUNT)]) if one.count is not None else "not known"
        yield f"{one.period:>10}  {mark}  {number(one.count)}".rstrip()
    for ahead in outlook.ahead:
        yield f"{ahead.period:>10}  {_bar(ahead.pool, largest)}  median {number(ahead.pool.quantiles[2])}".rstrip()
    yield f"{'':>10}  {_axis(largest)}"
    yield f"{'':>10}  {COUNT} counted   {OUTER} 90 %   {INNER} 50 %   {MIDDLE} median; the scale is logarithmic"
    yield ""
    yield from _table(outlook.ahead)
    yield ""
    yield outlook.verdict
    yield from _rests(outlook)
    for note in outlook.notes:
        yield f"note: {one_line(note)}"


def outlook_columns(found: Outlook | None) -> list[str]:
    """The columns of an outlook as a table; without one those that every outlook has."""
    numbers = list(found.ahead[0].pool.at_least) if found and found.ahead else []
    return [*COLUMNS, *(f"p_at_least_{number}" for number in numbers)]


def outlook_cells(found: Outlook) -> Iterator[list[object]]:
    """An outlook as rows of a table: one for each period and model."""
    for one in found.ahead:
        for name, fan in (("pool", one.pool), ("conflictology", one.baseline)):
            yield [
                found.unit,
                one.period,
                one.horizon,
                name,
                *fan.quantiles,
                round(fan.mean, 3),
                *fan.at_least.values(),
            ]


def _table(ahead: Sequence[Ahead]) -> Iterator[str]:
    numbers = list(ahead[0].pool.at_least) if ahead else []
    chances = "  ".join(f"{f'P(≥{number})':>7}" for number in numbers)
    yield f"{'':>10}  {'median':>7}  {'50 %':>13}  {'90 %':>15}  {chances}   | last 12: median, 90 %"
    for one in ahead:
        low, quarter, middle, more, high = one.pool.quantiles
        chance = "  ".join(f"{percent(one.pool.at_least[number]):>7}" for number in numbers)
        inner, outer = f"{number(quarter)}–{number(more)}", f"{number(low)}–{number(high)}"
        base = one.baseline.quantiles
        yield (
            f"{one.period:>10}  {number(middle):>7}  {inner:>13}  {outer:>15}  {chance}   | "
            f"{number(base[2])}, {number(base[0])}–{number(base[-1])}"
        )


def _rests(outlook: Outlook) -> Iterator[str]:
    """The past periods it rests on, how it was tested, whose forecasts it mixes."""
    first = outlook.seen[0].period if outlook.seen else outlook.origin
    base = outlook.seen[-SHOWN:][0].period if outlook.seen else outlook.origin
    shares = ", ".join(f"{name.replace('_', ' ')} {100 * share:.0f} %" for name, share in outlook.shares.items())
    yield f"It rests on {first} to {outlook.origin} ({shares}); the baseline is {base} to {outlook.origin}, each as likely to come again."
    track = outlook.track
    if track.origins and track.crps is not None and track.baseline_crps is not None and track.covered is not None:
        yield (
            f"Tested from {track.first} to {track.last}: CRPS {track.crps:,.3g} against {track.baseline_crps:,.3g} of the baseline; "
            f"the 90 % interval held {100 * track.covered:.0f} %."
        )


def _bar(fan: Fan, largest: float) -> str:
    low, quarter, middle, more, high = (_column(value, largest) for value in fan.quantiles)
    marks = [(place, OUTER) for place in range(low, high + 1)]
    marks += [(place, INNER) for place in range(quarter, more + 1)]
    return _row([*marks, (middle, MIDDLE)])


def _row(marks: Sequence[tuple[int, str]]) -> str:
    cells = [" "] * WIDTH
    for place, mark in marks:
        cells[place] = mark
    return "".join(cells)


def _column(value: float, largest: float) -> int:
    share = math.log1p(min(value, largest)) / math.log1p(largest)
    return min(WIDTH - 1, round(share * (WIDTH - 1)))


def _axis(largest: float) -> str:
    cells = [" "] * (WIDTH + 8)
    free = 0
    for tick in TICKS:
        text = f"{tick:,}"
        place = _column(tick, largest)
        if tick <= largest and place >= free:
            cells[place : place + len(text)] = text
            free = place + len(text) + 1
    return "".join(cells).rstrip()


def number(value: float | None) -> str:
    """A count in words, empty where it is not known."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value == round(value) or value >= 100 else f"{value:,.1f}"


def percent(share: float) -> str:
    """A share in per cent; what is nearly none or nearly sure is said so."""
    if 0 < share < 0.005:
        return "<1 %"
    return ">99 %" if 0.995 < share < 1 else f"{100 * share:.0f} %"


def card_lines(card: Card) -> Iterator[str]:
    """A score card as tables."""
    known = (
        "as known at each origin"
        if card.as_of
        else "in the newest state (no older ones given: real forecasts had less)"
    )
    yield f"{one_line(card.panel)}: {card.units} units, {card.origins} origins {card.first_origin} to {card.last_origin}, figures {known}"
    yield ""
    heads = f"{'CRPS':>10}{'log CRPS':>10}{'ign.':>7}{'MIS':>10}{'in 50 %':>9}{'in 90 %':>9}{'closed':>9}"
    yield f"{'model':<20}{heads}   skill over {card.baseline}"
    for name, marks in card.models.items():
        yield (
            f"{name:<20}{marks.crps:>10.3f}{marks.log_crps:>10.4f}{marks.ignorance:>7.3f}{marks.mis:>10.1f}"
            f"{100 * marks.coverage['50']:>8.1f}%{100 * marks.coverage['90']:>8.1f}%{100 * marks.closed:>8.1f}%   {_skill(card, name)}"
        )
    yield ""
    yield f"{'horizon':<20}" + "".join(f"{horizon:>9}" for horizon in card.horizons)
    for name in (card.baseline, "pool"):
        yield f"{name + ' CRPS':<20}" + "".join(f"{value:>9.3f}" for value in card.by_horizon[name]["crps"])
    yield f"{'pool in 90 %':<20}" + "".join(f"{100 * value:>8.1f}%" for value in card.by_horizon["pool"]["coverage_90"])
    yield ""
    yield f"{'situation':<20}{'forecasts':>10}{'of CRPS':>9}{'baseline':>10}{'pool':>10}{'log base':>10}{'log pool':>10}"
    for name, one in card.strata.items():
        yield (
            f"{name:<20}{one.forecasts:>10,}{100 * one.share:>8.1f}%{one.baseline_crps:>10.3f}{one.crps:>10.3f}"
            f"{one.baseline_log_crps:>10.4f}{one.log_crps:>10.4f}"
        )
    names = ", ".join(one_line(unit) for unit in card.top.units)
    yield ""
    yield f"{100 * card.top.share:.0f} % of the baseline's CRPS come from {names}"
    yield "shares of the pool: " + ", ".join(f"{name} {100 * share:.0f} %" for name, share in card.shares.items())
    yield _claim(card)
    for note in card.notes:
        yield f"note: {one_line(note)}"


def _skill(card: Card, name: str) -> str:
    one = card.skill.get(name)
    if one is None or one.crps is None:
        return ""
    return f"{100 * one.crps:+.1f} % {_interval(one.interval)}, log {100 * (one.log_crps or 0):+.1f} % {_interval(one.log_interval)}"


def _interval(bounds: tuple[float, float] | None) -> str:
    return f"[{100 * bounds[0]:.1f}, {100 * bounds[1]:.1f}]" if bounds else "(too few origins for an interval)"


def _claim(card: Card) -> str:
    skill = card.skill["pool"]
    if skill.proven:
        return "The pool is better than the baseline here: the 90 % interval of its skill lies above 0."
    return "Nothing better than the baseline can be claimed here."


def sure_lines(case: Case, on: str, place: str | None, *, as_json: bool) -> Iterator[str]:
    """Who holds what on a day and how likely still; as JSON the line of the control with "likely" in it, null where not known."""
    import msgspec

    from strife.outlook.holders import how_sure
    from strife.views.case_text import holding_line

    for holding, likely in how_sure(case, list(case.control(on, place)), date.fromisoformat(on)):
        if as_json:
            both = {**msgspec.to_builtins(holding), "likely": msgspec.to_builtins(likely)}
            yield msgspec.json.encode(both).decode() + "\n"
        elif likely is None:
            yield f"{holding_line(holding)}; how sure is not known\n"
        else:
            words = f"{one_line(likely.holder)} {percent(likely.probability)}, evidence {likely.age:,} days old"
            yield f"{holding_line(holding)}; likely {words}\n"
