"""Names made of dates: brigades, parties and squares called after a day, and days that are known by a name.

"The October 7 Brigade", "Black September", "Friday prayers", "Thursday Market": nobody tells when by them.
"""

from __future__ import annotations

from strife.language.analysis import Token
from strife.mentions.timereading import Reading
from strife.mentions.timewords import MONTHS, WEEKDAYS

_NAMED_BY_DAY = frozenset(
    """
    alliance bloc block brigade brigades bridge camp coalition division front group guerrillas hospital martyrs
    militia movement organization organisation party regiment revolution square stadium street university
    airport battalion forces cell avenue boulevard faction
    """.split()
)
_SPECIAL = {"black", "bloody", "red"}
_SPECIAL_DAYS = _SPECIAL | {"sheffield", "super", "cyber"}
_RITES = {"prayer", "prayers", "sermon", "sermons", "mass"}
_TIMED = {"in", "since", "until", "till", "by", "during", "on", "of", "from", "late", "early", "last", "next", "this"}
_WARLIKE = {"war", "offensive", "rising", "uprising", "island", "accord", "accords", "agreement", "massacre"}


def is_name(reading: Reading) -> bool:
    """Whether an expression is (part of) a name, so that nothing in it is a time."""
    expression = reading.expression
    if expression.kind in ("calendar", "range") and expression.month and not expression.year:
        return _called_by_day(reading) if expression.day else _nickname(reading, MONTHS)
    if expression.kind == "weekday":
        return _weekday_name(reading)
    return expression.kind == "feast" and not expression.year and _feast_name(reading)


def _called_by_day(reading: Reading) -> bool:
    after = reading.after
    if after is None or reading.expression.weekday is not None:
        return False
    following = reading.analysis.tokens[after.i + 1 : after.i + 3]
    if after.lower in _NAMED_BY_DAY:
        return True
    return after.tag in ("NNP", "NNPS") and any(
        one.lower in _NAMED_BY_DAY and one.tag.startswith("NNP") for one in following
    )


def _nickname(reading: Reading, names: tuple[str, ...]) -> bool:
    """ "Black September"."""
    before, word = reading.before, reading.tokens[0]
    return bool(before and before.lower in _SPECIAL and before.text[0].isupper() and reading.named(*names) is word)


def _weekday_name(reading: Reading) -> bool:
    before, after = reading.before, reading.after
    day = reading.named(*WEEKDAYS)
    if day is None or reading.expression.which or reading.expression.unit:
        return False
    if before and before.lower in _SPECIAL_DAYS and reading.tokens[0] is day:
        return True
    if after is None or reading.tokens[-1] is not day:
        return False
    if after.lower in _RITES:
        return True
    if after.lower == "of":  # "the Friday of Dignity"
        return _is_proper(reading, after.i + 1)
    return after.tag == "NNP" and day.dep == "compound" and day.head.i > day.i and not _timed(before)


def _is_proper(reading: Reading, index: int) -> bool:
    tokens = reading.analysis.tokens
    if index >= len(tokens):
        return False
    return tokens[index].tag == "NNP" and not reading.analysis.capitals and tokens[index].lower not in MONTHS


def _timed(before: Token | None) -> bool:
    return before is not None and before.lower in _TIMED


def _feast_name(reading: Reading) -> bool:
    """ "The Tet Offensive", "the Yom Kippur War"."""
    after = reading.after
    return after is not None and after.lower in _WARLIKE and (after.tag.startswith("NNP") or after.text[0].isupper())
