"""The status that grammar gives an event, and what the model makes of it."""

from __future__ import annotations

from strife.claims.hints import status_of
from strife.claims.modality import Found
from strife.model.verdicts import Verdict
from strife.records import Status

DOUBT = 0.6  # probability from which the model turns what the grammar takes for real into something else
KIND = 0.75  # from which it turns one unreal status into another
TRUST = 0.9  # from which it turns what the grammar takes for unreal into something that happened
REAL: set[Status] = {"reported", "claimed"}


def reframed(found: Found, verdict: Verdict | None) -> Found:
    """The frame, with the model's status where it is sure enough of another; it never tells whose voice it is."""
    if verdict is None or found.twisted:
        return found  # of two negations the model sees one
    grammar = status_of(found)
    sums = dict(verdict.statuses)
    sums["reported"] = sums.pop("claimed") + sums["reported"]
    ours: Status = "reported" if grammar in REAL else grammar
    best = max(sums, key=lambda one: sums[one])
    needed = TRUST if best == "reported" else DOUBT if ours == "reported" else KIND
    if best != ours and sums[best] >= needed:
        found.settled = best  # type: ignore[assignment]  # the labels are those of the records: tested
    return found
