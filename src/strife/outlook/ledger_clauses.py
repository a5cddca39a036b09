"""The clause of a passage that speaks of what is expected, and what it says: failure, no change, delay. Pure."""

from __future__ import annotations

import itertools
import re

from strife.outlook.ledger_words import stems

PARTS = re.compile(
    r"[;:]|,?\s+\b(?:but|although|though|whereas|while|because|since|when|after|before)\b|,\s+(?:and|which|who|where|as)\b",
    re.IGNORECASE,
)
LATE = re.compile(
    r"\b(?:(?:days?|weeks?|months?) (?:late|later than|after (?:the|its|his|her|their) (?:own )?(?:date|day|deadline))"
    r"|later than|belated(?:ly)?|overdue|behind schedule|with (?:a )?delay|delayed|missed (?:the|its|his|their) (?:date|deadline))\b",
    re.IGNORECASE,
)
TAKING = re.compile(
    r"\b(?:enter|take|takes|seize|capture|retake|recapture|recover|overrun|conquer|liberate|march (?:on|into)|break into|reach"
    r"|be (?:back )?(?:in|at)|stand (?:in|on|at)|have|restore (?:\w+ )?(?:authority|control|rule)|fall|storm)\b",
    re.IGNORECASE,
)
UNMOVED = re.compile(
    r"\b(?:still (?:\w+ ){0,2}(?:holds?|held|by|under|in|with|run|ruled|far|surrounds?|out of)"
    r"|remains? (?:with|in|under)|(?:has|have) (?:stayed|remained)"
    r"|is still|are still|stood still|not moved|frozen|kilometres (?:away )?from"
    r"|were (?:stopped|halted|driven back|thrown back|beaten back))\b",
    re.IGNORECASE,
)
MAYBE = re.compile(r"\b(?:may|might|will|would|could|if|If)\b")


def clause_of(quote: str, words: frozenset[str]) -> str:
    """The clause that has most of these stems, the first of equals; the whole where a clause boundary parts what it has."""
    cuts = [0, *(match.start() for match in PARTS.finditer(quote)), len(quote)]
    parts = [quote[start:end] for start, end in itertools.pairwise(cuts) if end > start]
    best = max(parts, key=lambda part: len(stems(part) & words), default=quote)
    return best if len(stems(best) & words) == len(stems(quote) & words) else quote
