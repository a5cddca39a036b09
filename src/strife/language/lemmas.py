"""Lemmas that the rule lemmatiser gets wrong: verbs in silent "-e" taken for short ones, and irregular verbs of war it lacks."""

from __future__ import annotations

import re
from collections.abc import Callable

SHORT = re.compile(
    r"[^aeiou]*[aeiou][bcdfgklmnprstvz]"
)  # wag, stag, rap: these would double their last letter ("wagged")
IRREGULAR = {
    "retook": "retake",
    "retaken": "retake",
    "overran": "overrun",
    "overrun": "overrun",
    "overthrew": "overthrow",
    "overthrown": "overthrow",
    "withdrew": "withdraw",
    "withdrawn": "withdraw",
    "reoccupied": "reoccupy",
    "laid": "lay",
    "beset": "beset",
    "graves": "grave",
    "cordoned": "cordon",
    "defunded": "defund",
    "installed": "install",
    "waterboarded": "waterboard",
    "slew": "slay",
    "slain": "slay",
    "held": "hold",
    "bled": "bleed",
    "strove": "strive",
    "foresaw": "foresee",
    "undertook": "undertake",
    "rebuilt": "rebuild",
}


def mended(form: str, lemma: str, tag: str, verbs: Callable[[], frozenset[str]]) -> str:
    """The lemma of a word form (all in lower case), where the lemmatiser's own is known to be wrong; `verbs` gives the known verbs."""
    if form in IRREGULAR and tag.startswith(("VB", "NN")):
        return IRREGULAR[form] if tag.startswith("VB") or form == "graves" else lemma
    if (
        tag in ("VBD", "VBN", "VBG")
        and form in (lemma + "ed", lemma + "ing")
        and SHORT.fullmatch(lemma)
        and lemma + "e" in verbs()
    ):
        return lemma + "e"
    return lemma
