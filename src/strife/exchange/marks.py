"""The extra columns by which our own files in others' layouts say how firmly a thing is known: read back, never lost."""

from __future__ import annotations

from strife.exchange.cells import Cells, text_of
from strife.exchange.problems import BadCell
from strife.records import IncidentStatus

STATUS, VOICE = "status", "voice"
BECOMES: dict[str, IncidentStatus] = {
    "reported": "reported",
    "claimed": "claimed",
    "disputed": "disputed",
    "expected": "expected",
    "possible": "expected",
    "conditional": "expected",
    "demanded": "expected",
    "intended": "expected",
    "asked": "expected",
}


def status_of(cells: Cells) -> IncidentStatus:
    """The status of a row: what its column says in a file that we wrote; others' datasets report."""
    value = text_of(cells, STATUS) if STATUS in cells else None
    if value is None:
        return "reported"
    if value not in BECOMES:
        raise BadCell(
            STATUS, f"{value[:40]!r} makes no incident: what is denied or negated did not happen, says the row"
        )
    return BECOMES[value]
