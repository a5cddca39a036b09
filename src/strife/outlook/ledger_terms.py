"""Words of a sentence -> the probability they stand for, and by when it would have to happen."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from typing import Literal

from strife.codebook.reference import load_reference
from strife.errors import BadData
from strife.records import Claim, Control, Date, Event

Range = tuple[float, float]
UNTIL = re.compile(r"\b(?:by|until|till|before|no later than|within|ahead of)\b[^.;]{0,24}$", re.IGNORECASE)
NUMBER = re.compile(
    r"\b(?:with)?in (?:the (?:next|coming) )?(?:about |some )?(\d+|two|three|four|five|six|seven|ten|twelve)"
    r" (hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "twelve": 12}
DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30.5, "year": 365}


@dataclass(frozen=True, slots=True)
class Terms:
    """The data file of the ledger: shares 0 to 1, days."""

    words: dict[str, Range]
    stances: dict[str, Range]
    horizons: dict[str, int]
    spans: dict[str, int]
    kin: dict[str, frozenset[str]]
    alike: dict[str, str]


@dataclass(frozen=True, slots=True)
class Window:
    """The days between which something would have to happen, whether the text or a default says so, and how loosely."""

    first: date
    last: date
    basis: Literal["text", "default"]
    loose: bool = False


@functools.cache
def terms() -> Terms:
    """The terms that are shipped. BadData where the file is broken."""
    file = resources.files("strife.outlook") / "data" / "ledger.toml"
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
        return Terms(
            words={word: _shares(pair) for word, pair in raw["words"].items()},
            stances={stance: _shares(pair) for stance, pair in raw["stances"].items()},
            horizons=dict(raw["horizons"]),
            spans=dict(raw["spans"]),
            kin={kind: frozenset(others) for kind, others in raw["kin"].items()},
            alike={word: act for act, words in raw["alike"].items() for word in words.split()},
        )
    except (OSError, KeyError, ValueError) as error:
        raise BadData(f"{file}: {error}; install strife again") from error


def _shares(pair: Sequence[float]) -> Range:
    low, high = pair
    return low / 100, high / 100


def likelihood_of(claim: Claim) -> tuple[str | None, Range | None, Literal["words", "stance"] | None]:
    """The words of likelihood in a claim's evidence, the range they stand for, and what it rests on."""
    known, said = terms(), " ".join(span.quote for span in claim.evidence).casefold()
    found = [word for word in known.words if re.search(rf"\b{re.escape(word)}\b", said)]
    cue = claim.frame.cue.quote if claim.frame.cue else None
    if found and claim.frame.likelihood in (None, "likely", "unlikely", "certain", "possible"):
        word = max(found, key=len)
        return word, known.words[word], "words"
    rated = _scale().get(claim.frame.likelihood or "")
    if rated is not None:
        return cue, rated, "words"
    return cue, known.stances.get(claim.status), "stance"


@functools.cache
def _scale() -> dict[str, Range]:
    """The codebook's range for each likelihood of a frame and each word of its scale."""
    return {name: _shares(pair) for name, pair in load_reference().ranges.items()}


def window_of(claim: Claim, said: date) -> Window:
    """When it would have to happen: what words for a span say, else the claim's own dates, else the default of its type."""
    quote = " ".join(span.quote for span in claim.evidence)
    return _spanned(claim.when, quote, said) or _dated(claim.when, quote, said) or _default(claim, said)


def _dated(when: Date | None, quote: str, said: date) -> Window | None:
    """The dates of the claim; "by" and "until" reach back to the saying. Dates that are past by then are not of what is ahead."""
    if when is None or when.basis == "publication" or not when.start or not when.end:
        return None
    first, last = date.fromisoformat(when.start), date.fromisoformat(when.end)
    if last < said or (when.quote is None and first <= said):
        return None
    at = quote.find(when.quote) if when.quote else -1
    words = (when.quote or "").casefold()
    if (at > 0 and UNTIL.search(quote[:at])) or UNTIL.match(words) or words.startswith(("by ", "until ", "before ")):
        first = said
    return Window(max(first, said), last, "text")


def _spanned(when: Date | None, quote: str, said: date) -> Window | None:
    """Words such as "within weeks", unless the claim is dated by others."""
    numbered = NUMBER.search(quote)
    if numbered is not None:
        number = numbered.group(1).lower()
        days = NUMBERS.get(number) or int(number)
        last = said + timedelta(days=round(days * DAYS[numbered.group(2).lower()]) + 1)
        return Window(said, last, "text", loose=True)
    lowered = quote.casefold()
    found = [span for span in terms().spans if re.search(rf"\b{re.escape(span)}\b", lowered)]
    if not found:
        return None
    span = max(found, key=len)
    dated = (when.quote or "").casefold() if when is not None and when.basis != "publication" else ""
    if dated and dated not in span and span not in dated:
        return None
    days = terms().spans[span]
    return Window(said, said + timedelta(days=days) if days else date(said.year, 12, 31), "text", loose=days > 0)


def _default(claim: Claim, said: date) -> Window:
    horizons = terms().horizons
    name = claim.code.plover if isinstance(claim, Event) else "control" if isinstance(claim, Control) else "other"
    return Window(said, said + timedelta(days=horizons.get(name, horizons["other"])), "default")
