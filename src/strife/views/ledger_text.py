"""The ledger for people: what was expected, by whom, by when, and what became of it; and how the voices fared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from strife.outlook.ledger_record import Expectation, VoiceScore
from strife.outlook.ledger_voices import voice_name
from strife.views.words import excerpt, one_line, party_list, place_words

LONG = 200  # characters of a quote
MARKS = {
    "borne_out": "borne out",
    "not_borne_out": "not borne out",
    "condition_not_met": "condition not met",
    "cannot_tell": "cannot tell",
    "open": "open",
}
COLUMNS = (
    "claim document said voice status what who whom change place place_id country words low high range_basis from due due_basis condition"
    " condition_met state for against coverage why decided_by start end quote source claims copies"
).split()


def expectation_lines(one: Expectation) -> Iterator[str]:
    """An expectation in three or four lines."""
    by = f"by {one.due}{'' if one.due_basis == 'text' else ' (default)'}" if one.due else "no date"
    head = " · ".join(filter(None, (one.said or "undated", one_line(voice_name(one)), deed(one), by, likelihood(one))))
    decided = f" (decided by {one_line(one.decided_by)})" if one.decided_by else ""
    yield f"{one.claim}  {click.style(MARKS[one.state], bold=True)}{decided}  {head}"
    yield click.style(f"    “{excerpt(one_line(one.quote), LONG)[0]}”  {one_line(one.document)}", dim=True)
    if one.condition is not None:
        met = {True: "met", False: "not met", None: "not known whether met"}[one.condition.met]
        yield f"    hangs on: {one_line(one.condition.quote)} ({met})"
    yield f"    {one_line(one.why)}{_ids(one)}"


def _ids(one: Expectation) -> str:
    parts = [
        f"{name} {', '.join(ids)}"
        for name, ids in (("for", one.evidence.supporting), ("against", one.evidence.against))
        if ids
    ]
    copies = f"{len(one.copies)} in near copies" if one.copies else ""
    listed = "; ".join(filter(None, (*parts, copies)))
    return f"  [{listed}]" if listed else ""


def deed(one: Expectation) -> str:
    """What is expected, in a few words."""
    what = one.what
    if what.holder is not None:
        place = f" {place_words(one.where)}" if one.where else ""
        return f"{party_list([what.holder])} {what.change}{place}"
    code = f" · {what.code.plover} {what.code.mode or ''}".rstrip() if what.code else ""
    words = excerpt(one_line(what.words), 60)[0]
    told = " → ".join(filter(None, (party_list(what.actors), words, party_list(what.recipients))))
    place = f" · {place_words(one.where)}" if one.where else ""
    return f"{'not: ' if what.negated else ''}{told}{place}{code}"


def likelihood(one: Expectation) -> str:
    """The words of likelihood and the range they stand for."""
    if one.range is None:
        return one_line(one.words or "")
    low, high = (round(100 * share) for share in one.range)
    return f"{one_line(one.words or one.status)} ({low}–{high} %{'' if one.range_basis == 'words' else ' by stance'})"


def voice_lines(scores: Iterable[VoiceScore]) -> Iterator[str]:
    """How the voices fared, a line each under a heading."""
    yield f"{'expected':>8} {'resolved':>8} {'borne out':>9}  {'Brier (90 %)':<22} {'base':<6} voice"
    for one in scores:
        if one.brier is None or one.interval is None:
            score = f"({one.why})" if one.why else ""
            base = ""
        else:
            score = f"{one.brier:.3f} ({one.interval[0]:.3f}–{one.interval[1]:.3f})"
            base = f"{one.base_brier:.3f}"
        yield f"{one.expectations:>8} {one.resolved:>8} {one.borne_out:>9}  {score:<22} {base:<6} {one_line(one.voice)}".rstrip()


def expectation_cells(one: Expectation) -> list[Any]:
    """The cells of an expectation under COLUMNS; several ids stand between semicolons."""
    where, low_high = one.where, one.range or (None, None)
    condition, what = one.condition, one.what
    actors = [what.holder] if what.holder else what.actors
    return [
        one.claim,
        one.document,
        one.said,
        voice_name(one),
        one.status,
        what.words,
        party_list(actors),
        party_list(what.recipients),
        what.change,
        where.name or where.quote if where else None,
        where.id if where else None,
        where.country if where else None,
        one.words,
        *low_high,
        one.range_basis,
        one.since,
        one.due,
        one.due_basis,
        condition.quote if condition else None,
        condition.met if condition else None,
        one.state,
        "; ".join(one.evidence.supporting),
        "; ".join(one.evidence.against),
        "; ".join(one.evidence.coverage),
        one.why,
        one.decided_by,
        one.start,
        one.end,
        one.quote,
        one.source,
        "; ".join(one.claims),
        "; ".join(one.copies),
    ]
