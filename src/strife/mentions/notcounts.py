"""Numbers that count nothing: dates, years, ages, clock times, durations, list numbers, votes, names with a number."""

from __future__ import annotations

from collections.abc import Sequence

from strife.codebook.measures import Measures
from strife.language.analysis import Token
from strife.mentions.counted import COMPOUNDS, top_of
from strife.mentions.numerals import Numeral, is_month

OLDEST = 110  # years: no age is higher
SINCE = ("in", "since", "of", "'s", "until")
SMALL_COMPOUND = 20  # "five-member commission" is a description, "28-nation alliance" a count
AT = ("at", "by", "around", "about", "since", "until", "till", "from", "of", "before", "after", "and", "between")
LIST_MARKS = (".", ")", ":", "]")


def is_name(
    tokens: Sequence[Token], numeral: Numeral, counted: Token | None, *, hedged: bool, unit: str | None, book: Measures
) -> bool:
    """Whether a numeral is no count at all; `hedged` says that "at least" or a currency sign stands before it."""
    if numeral.share or unit == "%":
        return False
    if _timed(tokens, numeral, counted, book) or _aged(tokens, numeral, counted, book) or _joined(tokens, numeral):
        return True
    if unit is not None and hedged:
        return False
    if _compound(tokens, numeral, unit) or _listed(tokens, numeral):
        return True
    if hedged:
        return False
    if _dated(tokens, numeral, counted) or _year(tokens, numeral, counted, book):
        return True
    return _named(tokens, numeral, counted, book)


def _at(tokens: Sequence[Token], at: int) -> Token | None:
    return tokens[at] if 0 <= at < len(tokens) else None


def _lower(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def _timed(tokens: Sequence[Token], numeral: Numeral, counted: Token | None, book: Measures) -> bool:
    """A duration, a clock time, a calibre: "three weeks", "two-year", "7 p.m.", "122 mm"."""
    after = _at(tokens, numeral.last + 1)
    if after is not None and after.lower == "-":
        after = _at(tokens, numeral.last + 2)
    if after is not None and (after.lemma in book.not_counted or after.lower in book.not_counted):
        return not (after.lemma in ("second", "quarter") and after.tag == "JJ")
    shown = tokens[numeral.first].text
    if counted is None and len(shown) == 4 and shown.isdecimal() and int(shown[:2]) < 24 and int(shown[2:]) < 60:
        return _lower(tokens, numeral.first - 1) in AT  # "clashes began at 1625"
    return counted is not None and counted.lemma in book.not_counted


def _aged(tokens: Sequence[Token], numeral: Numeral, counted: Token | None, book: Measures) -> bool:
    """ "aged 34", "Yusuf Haddad, 34, said", "Haddad (34)", "children under 5"."""
    before, after = _at(tokens, numeral.first - 1), _at(tokens, numeral.last + 1)
    value = numeral.best or numeral.high or 0.0
    if value > OLDEST or before is None:
        return False
    earlier = _at(tokens, numeral.first - 2)
    if before.lower in book.ages or (before.lower == "about" and earlier is not None and earlier.lower in book.ages):
        return True
    if counted is not None or numeral.words:
        return False
    if before.lower == "(" and after is not None and after.lower == ")":
        return True
    if earlier is None:
        return False
    if before.lower in ("under", "over", "below", "above") and earlier.lemma in book.persons | {"age"}:
        return True
    closed = after is None or after.lower in (",", ".", "and", ";", ")") or after.pos in ("VERB", "AUX")
    apart = top_of(tokens, numeral.first, numeral.last).dep not in ("nsubj", "nsubjpass", "dobj")
    return before.lower == "," and earlier.pos in ("PROPN", "NOUN") and closed and apart


def _joined(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Part of a longer code, a date or a vote: "2013-06-05", "15-0", "P5+1", "12/3"."""
    before, after = _at(tokens, numeral.first - 1), _at(tokens, numeral.last + 1)
    first, last = tokens[numeral.first], tokens[numeral.last]
    if before is not None and before.end == first.start and (before.text in "-/:.#" or before.text[-1:] in "-/:"):
        earlier = _at(tokens, numeral.first - 2)
        joined = earlier is not None and earlier.end == before.start and earlier.text[-1:].isalnum()
        return before.text == "#" or joined
    if after is not None and after.start == last.end and after.text in ("-", "/", ":"):
        later = _at(tokens, numeral.last + 2)
        return later is not None and later.start == after.end and later.text[:1].isdigit()
    return False


def _compound(tokens: Sequence[Token], numeral: Numeral, unit: str | None) -> bool:
    """ "two-state solution", "five-member commission"; units and large bodies stay ("5,000-strong force")."""
    after, part = _at(tokens, numeral.last + 1), _at(tokens, numeral.last + 2)
    if after is None or part is None or after.lower != "-" or after.start != tokens[numeral.last].end:
        return False
    if unit is not None or part.lower in ("odd", "plus"):
        return False
    return part.lemma not in COMPOUNDS or ((numeral.high or 0) < SMALL_COMPOUND and part.lemma != "strong")


def _listed(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """ "1. The army …", "(3) …", "[4]"."""
    if numeral.words:
        return False
    before, after = _lower(tokens, numeral.first - 1), _lower(tokens, numeral.last + 1)
    if before in ("(", "[") and after in (")", "]"):
        return True
    return numeral.first == 0 and after in LIST_MARKS


def _dated(tokens: Sequence[Token], numeral: Numeral, counted: Token | None) -> bool:
    """A day or year beside a month: "5 June", "June 4 and 5", "4 APR 89"; "In June 12 people died" counts."""
    value = numeral.high or 0
    if value > 31 and not (value < 100 or 1000 < value < 2200):
        return False
    later = numeral.last + 1
    if _lower(tokens, later) in ("and", "or", "-", ",", "to") and _lower(tokens, later + 1).isdigit():
        later += 2
    if _capital(tokens, later) and is_month(tokens, later):
        return True
    if _lower(tokens, later) == "of" and _capital(tokens, later + 1) and is_month(tokens, later + 1):
        return True
    earlier = numeral.first - 1
    if _lower(tokens, earlier) in ("and", "or", "-", "to", ",") and _lower(tokens, earlier - 1).isdigit():
        earlier -= 2
    close = counted is not None and counted.i > tokens[numeral.last].i and counted.tag in ("NNS", "NNPS")
    return _capital(tokens, earlier) and is_month(tokens, earlier) and not close


def _capital(tokens: Sequence[Token], at: int) -> bool:
    return 0 <= at < len(tokens) and tokens[at].text[:1].isupper()


def _year(tokens: Sequence[Token], numeral: Numeral, counted: Token | None, book: Measures) -> bool:
    """Four plain digits from 1800 to 2100, unless they clearly count: "2000 soldiers", not "the 2011 protests"."""
    shown = tokens[numeral.first].text
    if _lower(tokens, numeral.first) in ("between", "from"):
        shown = tokens[numeral.first + 1].text
    year = shown[:4]
    if not (year.isdecimal() and 1800 <= int(year) <= 2100) or (len(shown) > 4 and shown[4] not in "-–"):
        return False
    if counted is None or counted.i < tokens[numeral.last].i or counted.tag not in ("NNS", "NNPS"):
        return True
    before = _at(tokens, numeral.first - 1)
    pointed = before is not None and (before.pos in ("DET", "PRON") or before.lower in SINCE)
    somebody = counted.lemma in book.persons or counted.lemma in book.concrete
    return pointed or not (int(year) % 100 == 0 or (somebody and counted.i == tokens[numeral.last].i + 1))


def _named(tokens: Sequence[Token], numeral: Numeral, counted: Token | None, book: Measures) -> bool:
    """A number that belongs to the name before it: "Resolution 242", "Geneva 2 talks", "Group of 8"."""
    before = _at(tokens, numeral.first - 1)
    if before is None:
        return False
    close = counted is not None and counted.i > tokens[numeral.last].i
    if before.lower == "of" and _lower(tokens, numeral.first - 2) in ("group", "gang"):
        return not close and _capital(tokens, numeral.first - 2)
    listed = before.lemma in book.designations or before.lower in book.designations
    if not listed and before.tag not in ("NNP", "NNPS"):
        return False
    if not close:
        return listed or (before.pos == "PROPN" and _hangs(tokens, numeral, before))
    if counted is None or not _hangs(tokens, numeral, before):
        return False
    return listed or not (counted.lemma in book.persons and counted.tag == "NNS")


def _hangs(tokens: Sequence[Token], numeral: Numeral, name: Token) -> bool:
    """Whether the parser ties the number and the name before it together."""
    top = top_of(tokens, numeral.first, numeral.last)
    if top.head is name or (name.head is top and name.dep in ("compound", "nmod", "amod")):
        return True
    return top.head is name.head and name.dep in ("compound", "nmod")
