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


NAMES = {"states", "nations", "emirates", "philippines", "netherlands", "bahamas", "maldives"}


def _singulars(form: str) -> list[str]:
    """What a plural may be the plural of."""
    ends = [("ies", "y"), ("men", "man"), ("ches", "ch"), ("shes", "sh"), ("ses", "s"), ("xes", "x"), ("s", "")]
    return [form[: -len(end)] + other for end, other in ends if form.endswith(end)]


def mended(
    form: str, lemma: str, tag: str, verbs: Callable[[], frozenset[str]], nouns: Callable[[], frozenset[str]]
) -> str:
    """The lemma of a word form (all in lower case), where the lemmatiser's own is known to be wrong; `verbs` and `nouns`
    give the known lemmas."""
    if tag == "NNPS" and lemma == form and form not in NAMES:  # "Rebels shelled": a capital makes no name
        return next((one for one in _singulars(form) if one in nouns()), lemma)
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
