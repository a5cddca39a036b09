"""Incidents as they are asked for on the command line: merged anew where something came since, with progress, or told to be old."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from strife.views.progress import CLEAR

if TYPE_CHECKING:
    from strife.casefile import Case

SLOW = 1.0  # seconds after which a terminal is told how far merging has come


def bring_up_to_date(case: Case, *, merging: bool = True, force: bool = False) -> None:
    """Merge the incidents of a case where they are not of today's claims; where that cannot be, say so."""
    case.up_to_date = False  # only here, so that it is told
    state = case.merged()
    if not (force or state.stale):
        return
    if force or (merging and can_merge(case)):
        _merge(case)
    elif state.documents or state.decisions or state.at:
        hint = f"strife incidents {case.path} --merge" if case.store.writable else "the case cannot be written here"
        _say(f"incidents are as {state}; {hint}")


def can_merge(case: Case) -> bool:
    """Whether incidents can be merged now without coming into anybody's way."""
    from strife.casefile.merging import can_merge

    return can_merge(case.store)


def _merge(case: Case) -> None:
    started = time.monotonic()
    shown = False

    def progress(done: int, total: int) -> None:
        nonlocal shown
        if sys.stderr.isatty() and total:
            sys.stderr.write(
                f"{CLEAR}merging {total:,} claims, {done * 100 // total} % done; Ctrl-C keeps what was there"
            )
            sys.stderr.flush()
            shown = True

    try:
        number = case.merge(progress)
    finally:
        if shown:
            sys.stderr.write(CLEAR)
    seconds = time.monotonic() - started
    _say(f"{case.path}: {number:,} incidents merged anew" + (f" in {seconds:.0f} s" if seconds >= SLOW else ""))


def _say(text: str) -> None:
    from strife.views.cli import say

    say(text)
