"""Which figures are of the incident, and which are of a whole war and only told beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median_low

from strife.incidents.testimony import Testimony
from strife.records import Figure

SUM = re.compile(
    r"""\bsince\b | \bso\ far\ this\ (?:year|month)\b | \b(?:over|in|during)\ the\ (?:past|last)\ (?:\w+\ ){0,2}(?:years?|months?)\b
    | \b[\w-]+[- ]year[- ](?:long\ |old\ )?(?:\w+\ )?(?:war|conflict|uprising|insurgency|crisis|revolt)\b
    | \b(?:war|conflict|uprising|insurgency|crisis|revolt)\ (?:that\ |which\ )?(?:has|have|had)\b""",
    re.IGNORECASE | re.VERBOSE,
)
COUNTED = {"deaths", "injuries", "displaced"}
VAST, BEYOND = 10_000, 30  # so many, and so many times the middle of the others: no count of the same thing
ENOUGH = 2  # other figures needed to say so


def own_figures(figures: Iterable[Testimony]) -> list[Testimony]:
    """The figures that are of the incident: not sums of years, by their words or by being beyond all others."""
    told = [one for one in figures if not _sum(one)]
    return [one for one in told if not _beyond(one, told)]


def _sum(one: Testimony) -> bool:
    claim = one.claim
    return isinstance(claim, Figure) and any(SUM.search(span.quote) for span in claim.evidence)


def _size(one: Testimony) -> float:
    claim = one.claim
    return (claim.best or claim.low or claim.high or 0.0) if isinstance(claim, Figure) else 0.0


def _beyond(one: Testimony, told: Sequence[Testimony]) -> bool:
    """Whether one figure is vast beside the others of its measure."""
    claim = one.claim
    if not isinstance(claim, Figure) or claim.measure not in COUNTED or _size(one) < VAST:
        return False
    others = [
        _size(other)
        for other in told
        if isinstance(other.claim, Figure) and other.claim.measure == claim.measure and _size(other) < _size(one)
    ]
    return len(others) >= ENOUGH and _size(one) > BEYOND * median_low(others)
