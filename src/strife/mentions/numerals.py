"""Number words and digits: "1,200", "forty-three", "tens of thousands", "half a dozen", "two thirds", "one in five".

Reads one numeral at a given token; what surrounds it (hedges, ranges, units) is for `quantities`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from strife.language.analysis import Token

SMALL = {
    "zero": 0.0,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
    "six": 6.0,
    "seven": 7.0,
    "eight": 8.0,
    "nine": 9.0,
    "ten": 10.0,
    "eleven": 11.0,
    "twelve": 12.0,
    "thirteen": 13.0,
    "fourteen": 14.0,
    "fifteen": 15.0,
    "sixteen": 16.0,
    "seventeen": 17.0,
    "eighteen": 18.0,
    "nineteen": 19.0,
}
TENS = {
    "twenty": 20.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fourty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "seventy": 70.0,
    "eighty": 80.0,
    "ninety": 90.0,
}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "mln": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "bln": 1e9,
    "trillion": 1e12,
}
TIMES = {"dozen": 12.0, **SCALES}
SUFFIXES = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "million": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "billion": 1e9,
    "tn": 1e12,
}
VAGUE: dict[str, tuple[float, float]] = {
    "dozens": (24, 99),
    "scores": (40, 99),
    "tens": (20, 99),
    "hundreds": (200, 999),
    "thousands": (2e3, 9999),
    "millions": (2e6, 9_999_999),
    "billions": (2e9, 9_999_999_999),
}
PLURAL = {
    "tens": 10.0,
    "dozens": 24.0,
    "scores": 40.0,
    "hundreds": 1e2,
    "thousands": 1e3,
    "millions": 1e6,
    "billions": 1e9,
}
LOOSE = {"several": (3.0, None, 9.0), "few": (2.0, None, 5.0), "couple": (2.0, 2.0, 2.0), "handful": (2.0, None, 9.0)}
PARTS = {
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fourths": 4,
    "fifth": 5,
    "fifths": 5,
    "sixth": 6,
    "sixths": 6,
    "seventh": 7,
    "sevenths": 7,
    "eighth": 8,
    "eighths": 8,
    "tenth": 10,
    "tenths": 10,
    "half": 2,
    "halves": 2,
}
DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}|\d+(?:\.\d+)?)(\+|[a-z]+)?", re.ASCII)
RANGE = re.compile(r"(\d[\d,.]*)[-–](\d[\d,.]*\d|\d)(bn|m|mn|k)?", re.ASCII)
MONTH = re.compile(
    r"(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)\.?"
)
HALVED = frozenset({"of", "the", "its", "their", "his", "her", "our", "all", "these", "those"})
LARGEST = 1e15  # no count in a report is larger; longer runs of digits are telephone or serial numbers


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number by token index, `first` to `last` inclusive, with its bounds; `share` values are per cent."""

    first: int
    last: int
    low: float | None
    best: float | None
    high: float | None
    share: bool = False
    words: bool = False  # written in words, without a digit
    scale: float = 1.0  # the scale word that closes it: "15 million" is 1e6


def read_numeral(tokens: Sequence[Token], at: int) -> Numeral | None:
    """The longest numeral that begins at a token, if any."""
    return _share(tokens, at) or _vague(tokens, at) or _loose(tokens, at) or _exact(tokens, at) or _joined(tokens, at)


def digits(text: str) -> tuple[float, float] | None:
    """Value and scale of a token in digits: "1,200" (1200, 1), "3bn" (3e9, 1e9); None for clock times and codes."""
    match = DIGITS.fullmatch(text.lower())
    if match is None or (len(match[1]) > 1 and match[1][0] == "0" and match[1][1] != "."):
        return None
    suffix = match[2] or ""
    if suffix not in SUFFIXES and suffix not in ("", "+"):
        return None
    plain = match[1].replace(",", "")
    if plain.count(".") > 1 or re.fullmatch(r"[1-9]\d{0,2}\.000", plain):  # continental "12.000"
        plain = plain.replace(".", "")
    scale = SUFFIXES.get(suffix, 1.0)
    value = float(plain) * scale
    return (value, scale) if value < LARGEST else None


def _lower(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def _share(tokens: Sequence[Token], at: int) -> Numeral | None:
    """ "half of", "two thirds of", "a quarter of", "one in five", "nine out of ten"."""
    word = _lower(tokens, at)
    if word == "half" and _lower(tokens, at + 1) in HALVED:
        named = at > 0 and tokens[at - 1].tag in ("JJ", "NNP", "JJR")  # "the second half of", "the northern half of"
        named = named or _lower(tokens, at - 1) == "a"  # "a month and a half"
        return None if named and tokens[at - 1].lower != "more" else _percent(at, at, 0.5)
    one = word in ("a", "an")
    count = 1.0 if one else SMALL.get(word)
    if not count:
        return None
    step = at + 2 if _lower(tokens, at + 1) == "-" else at + 1
    part = PARTS.get(_lower(tokens, step))
    if part is not None and count < part and (not one or _lower(tokens, step + 1) == "of"):
        scale = TIMES.get(_lower(tokens, step + 3))
        if scale is not None and (_lower(tokens, step + 1), _lower(tokens, step + 2)) == ("of", "a"):
            return _same(at, step + 3, scale * count / part, scale)  # "a quarter of a million"
        return _percent(at, step, count / part)
    return None if one else _in(tokens, at, count)


def _in(tokens: Sequence[Token], at: int, count: float) -> Numeral | None:
    """ "one in five", "nine out of ten"; but "killed two in three attacks" is no share."""
    if (_lower(tokens, at + 1), _lower(tokens, at + 2)) == ("out", "of"):
        step = at + 3
    elif _lower(tokens, at + 1) == "in" and (count == 1 or _lower(tokens, at + 2) == "ten"):
        step = at + 2
    else:
        return None
    whole = SMALL.get(_lower(tokens, step)) or TENS.get(_lower(tokens, step))
    if whole is None or count >= whole or _lower(tokens, step + 1) == "-":
        return None
    return _percent(at, step, count / whole)


def _percent(first: int, last: int, value: float) -> Numeral:
    value = round(100 * value, 1)
    return Numeral(first, last, value, value, value, share=True, words=True)


def _vague(tokens: Sequence[Token], at: int) -> Numeral | None:
    """ "dozens", "tens of thousands", "hundreds of millions"."""
    word = _lower(tokens, at)
    if word not in VAGUE or tokens[at].pos == "VERB":
        return None
    low, high = VAGUE[word]
    last, scale = at, 1.0
    while _lower(tokens, last + 1) == "of" and _lower(tokens, last + 2) in PLURAL:
        last += 2
        scale *= PLURAL[_lower(tokens, last)]
    if word == "tens" and last == at:
        return None
    if scale > 1 and word in PLURAL:  # anything with as many digits: 100,000,000 to 999,999,999
        low, high = PLURAL[word] * scale, 10 * PLURAL[word] * scale - 1
    else:
        low, high = low * scale, (high + 1) * scale - 1
    return Numeral(at, last, low, None, high, words=True, scale=scale)


def _loose(tokens: Sequence[Token], at: int) -> Numeral | None:
    """ "several hundred", "a few", "a couple of", "a dozen", "half a dozen", "half a million", "two dozen"."""
    word = _lower(tokens, at)
    if word == "half" and _lower(tokens, at + 1) in ("a", "-"):
        scale = TIMES.get(_lower(tokens, at + 2))
        return None if scale is None else _same(at, at + 2, scale / 2, scale)
    if word == "several":
        return _of_about(tokens, at, at, "several")
    if word in ("a", "an"):
        after = _lower(tokens, at + 1)
        if after == "dozen":
            return _same(at, at + 1, 12.0, 1.0)
        return _of_about(tokens, at, at + 1, after) if after in LOOSE else None
    if _lower(tokens, at + 1) == "dozen":
        count = SMALL.get(word) or (digits(word) or (0.0, 1.0))[0]
        return _same(at, at + 1, count * 12, 1.0) if count else None
    return None


def _of_about(tokens: Sequence[Token], first: int, at: int, word: str) -> Numeral | None:
    low, best, high = LOOSE[word]
    last, scale = _scaled(tokens, at)
    if word in ("couple", "handful") and last == at and _lower(tokens, at + 1) != "of":
        return None  # "a couple" may be husband and wife
    return Numeral(first, last, low * scale, best and best * scale, high * scale, words=True, scale=scale)


def _scaled(tokens: Sequence[Token], at: int) -> tuple[int, float]:
    """Last token and factor of the scale that follows: "several hundred", "a couple of thousand"."""
    step = at + 2 if _lower(tokens, at + 1) == "of" and _lower(tokens, at + 2) in TIMES else at + 1
    factor, last = 1.0, at
    while _lower(tokens, step) in TIMES:
        factor, last, step = factor * TIMES[_lower(tokens, step)], step, step + 1
    return last, factor


def _same(first: int, last: int, value: float, scale: float) -> Numeral:
    return Numeral(first, last, value, value, value, words=True, scale=scale)


def _exact(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Digits and number words in their usual order: "12 000", "3.5 million", "a hundred and fifty-three"."""
    total, scale, last, written = 0.0, 1.0, at, True
    word = _lower(tokens, at)
    if word in ("a", "an") and _lower(tokens, at + 1) in SCALES:
        rest = 1.0
    elif word in SMALL or word in TENS:
        rest = SMALL.get(word, 0.0) + TENS.get(word, 0.0)
    elif (value := _digit_value(tokens, at)) is not None:
        rest, scale, last = value
        written = False
    else:
        return None
    while (step := _next(tokens, last)) < len(tokens):
        word = _lower(tokens, step)
        if word in SCALES:
            total, rest = _apply(total, rest, SCALES[word])
            scale = SCALES[word]
        elif (written or last > at) and _fits(word, rest, after_scale=_lower(tokens, last) in SCALES):
            rest += SMALL.get(word, 0.0) + TENS.get(word, 0.0)
        else:
            break
        last = step
    value_all, last = _and_a_half(tokens, last, total + rest)
    if not 0 < value_all < LARGEST:
        return None
    return Numeral(at, last, value_all, value_all, value_all, words=written, scale=scale)


def _and_a_half(tokens: Sequence[Token], last: int, value: float) -> tuple[float, int]:
    """ "two and a half million" """
    if [_lower(tokens, last + step) for step in (1, 2, 3)] != ["and", "a", "half"]:
        return value, last
    factor = SCALES.get(_lower(tokens, last + 4), 1.0)
    return (value + 0.5) * factor, last + (4 if factor > 1 else 3)


def _digit_value(tokens: Sequence[Token], at: int) -> tuple[float, float, int] | None:
    """Value, scale and last token of a number in digits, groups of three apart by a space put together."""
    read = digits(tokens[at].text)
    if read is None:
        return None
    value, scale = read
    last = at
    suffix = _lower(tokens, at + 1)
    if scale == 1 and suffix in SUFFIXES and tokens[at + 1].start == tokens[at].end and _is_amount(tokens, at, suffix):
        return value * SUFFIXES[suffix], SUFFIXES[suffix], at + 1
    if tokens[at].text.isdecimal() and len(tokens[at].text) <= 3 and not is_month(tokens, at - 1):
        while _is_group(tokens, last + 1):
            value, last = value * 1000 + int(tokens[last + 1].text), last + 1
    return value, scale, last


def _is_group(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token is three digits one space after the token before: the "000" of "12 000"."""
    word = _lower(tokens, at)
    return len(word) == 3 and word.isdecimal() and tokens[at].start == tokens[at - 1].end + 1


def _is_amount(tokens: Sequence[Token], at: int, suffix: str) -> bool:
    """Whether a letter after digits multiplies them: "$3m", "5m people", but "5m" alone is metres."""
    if len(suffix) > 1 or (at > 0 and (tokens[at - 1].tag == "$" or tokens[at - 1].text[-1] in "$€£")):
        return True
    after = tokens[at + 2] if at + 2 < len(tokens) else None
    return after is not None and after.tag in ("NNS", "JJ") and after.lower not in ("high", "long", "wide", "deep")


def is_month(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token is a month, in full or cut short ("4 APR 89")."""
    return MONTH.fullmatch(_lower(tokens, at)) is not None


def _fits(word: str, rest: float, *, after_scale: bool) -> bool:
    """Whether a number word may follow what has been read: "forty three", "hundred and five", never "two three"."""
    if word in TENS:
        return after_scale
    if word not in SMALL or word == "zero":
        return False
    return after_scale or (rest % 100 >= 20 and rest % 10 == 0 and SMALL[word] < 10)


def _apply(total: float, rest: float, scale: float) -> tuple[float, float]:
    """Total and rest after a scale word: hundreds stay in the rest, thousands and more go to the total."""
    if scale == SCALES["hundred"]:
        return total, (rest or 1.0) * scale
    return (total + rest * scale, 0.0) if rest else (total * scale, 0.0)


def _next(tokens: Sequence[Token], at: int) -> int:
    """The token after `at`, past a hyphen or "and" where a number word follows."""
    after = _lower(tokens, at + 2)
    joins = _lower(tokens, at + 1)
    if joins == "-" and (after in SMALL or after in SCALES) and tokens[at + 1].start == tokens[at].end:
        return at + 2
    if joins == "and" and _lower(tokens, at) in SCALES and (after in SMALL or after in TENS):
        return at + 2
    return at + 1


def _joined(tokens: Sequence[Token], at: int) -> Numeral | None:
    """A range in one token: "10,000-15,000"."""
    match = RANGE.fullmatch(tokens[at].lower)
    if match is None:
        return None
    low, high = digits(match[1]), digits(match[2] + (match[3] or ""))
    if low is None or high is None or low[0] >= high[0]:
        return None
    return Numeral(at, at, low[0], None, high[0], scale=high[1])
