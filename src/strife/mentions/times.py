"""Times in the text: what the grammar of time expressions reads, less the readings that the parse rules out.

No modal "may", no verb "march", no "second", no bare durations ("for three weeks"), no counts that look like years.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import replace

from strife.language.analysis import Analysis, Token
from strife.mentions.mention import TimeMention
from strife.mentions.tense import direction
from strife.mentions.timeanchors import counted_from
from strife.mentions.timegrammar import Match, join, lists, longest, scan
from strife.mentions.timenames import is_name
from strife.mentions.timereading import Reading
from strife.mentions.timewords import MONTHS, WEEKDAYS

# as the parser's copy has them, so that one pattern serves every kind of dash and apostrophe; the
# length stays. A long dash parts, a short one joins
_SAME = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": ";", "‑": "-", "\u00a0": " ", "\r": " ", "\u2028": "\n"})

_BEFORE_MONTH = frozenset(
    """
    in of since until till by during through throughout from to and or before after for between around about
    into late early mid - ( , as on but
    """.split()
)
_BEFORE_YEAR = _BEFORE_MONTH - {"for", "on", "but", "about", "around", "to", "-", ",", "("} | {
    "circa",
    "the",
    "'s",
    "year",
    "like",
}
_STRONG = {
    "in",
    "since",
    "until",
    "till",
    "by",
    "during",
    "through",
    "throughout",
    "early",
    "late",
    "mid",
    "last",
    "this",
}
_SERIES = frozenset(
    """
    conference expo olympics games cup summit festival congress forum convention championship championships
    elections election
    """.split()
)
_NO_DAY = {"good", "palm", "ash", "maundy", "holy", "every", "each"}  # feasts, and what comes again and again
_ERAS = {"bc", "bce", "b.c.", "b.c.e.", "ah", "a.h."}
_COUNTED = frozenset(
    """
    people person man woman child fighter troop soldier refugee civilian family house home dollar euro pound
    kilometer kilometre mile meter metre ton tonne prisoner detainee rebel militant police officer member
    resident protester demonstrator worker hectare acre hour day vehicle tank rocket missile shell bomb death
    body village
    """.split()
)
_ALSO_WORDS = {"may", "march", "august", "april", "june"}  # verbs, nouns and given names too
_NOUNS = ("NOUN", "PROPN", "NUM")
_AT = {"at", "around", "by", "before", "after", "until", "till", "since", "about", "from", "between"}


def find_times(analysis: Analysis) -> list[TimeMention]:
    """The dates and times of day of a document, in text order; not durations, not frequencies."""
    text = analysis.document.text.translate(_SAME)
    starts = [token.start for token in analysis.tokens]
    ends = [token.end for token in analysis.tokens]
    readings, names, hanging = [], [], []
    for match in (*(found := list(scan(text))), *lists(text, found)):
        first, last = bisect_right(ends, match.start), bisect_left(starts, match.end) - 1
        if first > last:
            continue
        reading = Reading(analysis, match.expression, analysis.tokens[first : last + 1])
        if is_name(reading):
            names.append(match)
        elif _plausible(reading):
            readings.append(match)
        elif match.expression.kind in ("shift", "anchored"):
            hanging.append(reading)
    # in "the October 7 Brigade" October is no month either
    readings = [one for one in readings if not any(one.start < name.end and name.start < one.end for name in names)]
    matches = join(text, longest(readings))
    mentions = [
        replace(
            _mention(analysis, bisect_right(ends, one.start), bisect_left(starts, one.end) - 1), says=one.expression
        )
        for one in matches
    ]
    return counted_from(mentions, hanging)


def mention_of(analysis: Analysis, start: int, end: int) -> TimeMention | None:
    """The mention that stretches over two offsets; None where no word stands there."""
    tokens = [token for token in analysis.tokens if token.start < end and token.end > start]
    return _mention(analysis, tokens[0].i, tokens[-1].i) if tokens else None


def words_of(analysis: Analysis, start: int, end: int) -> str:
    """The text between two offsets, with plain dashes and apostrophes, as the grammar of times reads it."""
    return analysis.document.text[start:end].translate(_SAME)


def _mention(analysis: Analysis, first: int, last: int) -> TimeMention:
    tokens = analysis.tokens[first : last + 1]
    tops = [token for token in tokens if token.head is token or not first <= token.head.i <= last]
    # "between May and July" hangs on by its preposition, "late on Friday" by two words: the noun below is meant
    heads = [_noun_below(top, first, last) for top in tops]
    head = next((token for token in heads if token.pos in _NOUNS), heads[0])
    return TimeMention(head=head, first=tokens[0], last=tokens[-1])


def _noun_below(token: Token, first: int, last: int) -> Token:
    """The token itself if it is a noun or number, else the object that its preposition has within the expression."""
    while token.pos not in _NOUNS:
        below = next((one for one in token.children if one.dep in ("prep", "pobj") and first <= one.i <= last), None)
        if below is None:
            break
        token = below
    return token


def _plausible(reading: Reading) -> bool:
    """Whether the parse allows the reading."""
    check = _CHECKS.get(reading.expression.kind)
    return check is None or check(reading)


def _calendar(reading: Reading) -> bool:
    expression = reading.expression
    if expression.month is None:
        return _year_range_ok(reading) if expression.until else _bare_year(reading)
    month = reading.named(*MONTHS)
    if month is None:
        return expression.word != "listed" or not _counts(reading, reading.tokens[-1])
    if not reading.capital(month) or month.tag.startswith(("VB", "MD")):
        return False
    if expression.day is not None:
        return not _day_is_count(reading, month)
    whole = expression.year or expression.year_which or expression.which or expression.until
    return bool(whole) or _bare_month(reading, month)


def _bare_month(reading: Reading, month: Token) -> bool:
    """A month with nothing beside it: "in July", no name; May and March only behind "in" and its like."""
    before, after = reading.before, reading.after
    if month.ent == "PERSON" and not (before and before.lower in ("in", "since", "until", "by")):
        return False
    if reading.tokens[0] is not month:
        return True  # "early May"
    surname = after is not None and after.tag == "NNP" and month.dep == "compound" and month.head.i > month.i
    if surname and month.lower in _ALSO_WORDS and (before is None or before.lower not in _STRONG):
        return False
    if month.lower in _ALSO_WORDS and (before is None or before.lower not in _BEFORE_MONTH):
        named = before is not None and (before.lower == "the" or before.tag == "POS")  # "the May elections"
        return named and after is not None and after.pos == "NOUN" and month.dep in ("compound", "nmod")
    return not (before and before.tag == "NNP" and before.dep == "compound" and before.head is month)


def _day_is_count(reading: Reading, month: Token) -> bool:
    """ "In June 20 people were killed": the number belongs to what follows."""
    last = reading.tokens[-1]
    if len(last.text) > 2 or not last.text.isdigit() or month.i > last.i:
        return False
    return _counts(reading, last)


def _counts(reading: Reading, last: Token) -> bool:
    after = reading.after
    if after is None:
        return False
    behind = after.lemma in _COUNTED or (last.head.i > last.i and last.head.tag == "NNS" and last.dep == "nummod")
    return behind and not (reading.before and reading.before.tag in ("DT", "POS"))


def _year_range_ok(reading: Reading) -> bool:
    after = reading.after
    return not (after and after.lemma in _COUNTED and not (reading.before and reading.before.lower in ("the", "'s")))


def _bare_year(reading: Reading) -> bool:
    """Four digits alone: a year behind "in", "the" and the like, never where people or things are counted."""
    year, before, after = reading.tokens[-1], reading.before, reading.after
    expression = reading.expression
    if after and (after.lemma in _COUNTED or after.tag == "$" or after.lower in _ERAS):
        return False
    if not 1800 <= (expression.year or 0) <= 2100:
        return _early_year(reading)
    if year.text.startswith("'"):
        return True  # "since '82": the pattern has looked in front of it
    if before and after and (before.lower, after.lower) in (("from", "to"), ("between", "and")):
        following = reading.analysis.tokens[after.i + 1 : after.i + 2]  # not "from 2000 to a few hundred"
        return any(one.lower in ("the", "now", "this", "last", "today", "early", "late", "mid") for one in following)
    if len(reading.tokens) > 1:
        return True  # "early 2014"
    if year.dep == "nummod" and year.head.tag in ("NNS", "NNPS") and year.head.i > year.i:
        return bool(before and (before.lower in ("the", "'s") or before.tag in ("PRP$", "POS")))
    if before is None:
        return year.dep.startswith(("nsubj", "ROOT")) or bool(after and after.text in (",", ":"))
    if before.text == "," and before.i:  # "in 2012, 2013 and 2014"
        earlier = reading.analysis.tokens[before.i - 1].text
        return earlier.isdecimal() and len(earlier) == 4 and 1800 <= int(earlier) <= 2100
    if before.lower in _SERIES and before.tag.startswith("NNP"):  # "Expo 2010"
        return True
    in_brackets = before.text in ("(", "[") and after is not None and after.text in (")", "]", ",", ";", "-", ":")
    return before.lower in _BEFORE_YEAR or before.tag == "POS" or in_brackets


def _early_year(reading: Reading) -> bool:
    """A year before 1800 looks like any other number: only "in 1402", where nothing behind it can be counted."""
    before, after = reading.before, reading.after
    if (
        before is None
        or before.lower not in ("in", "since", "until")
        or reading.tokens[-1].dep not in ("pobj", "npadvmod")
    ):
        return False
    return after is None or after.pos in ("PUNCT", "VERB", "AUX", "CCONJ", "DET", "PRON") or after.lower == "when"


def _weekday(reading: Reading) -> bool:
    day = reading.named(*WEEKDAYS)
    if day is None or not reading.capital(day):
        return False
    return not (reading.before and reading.before.lower in _NO_DAY)


def _deictic(reading: Reading) -> bool:
    """Not the newspaper: "USA Today"."""
    word, before = reading.tokens[0], reading.before
    if reading.expression.word == "overnight":
        return word.dep not in ("amod", "compound", "nmod") and word.tag != "JJ"
    if reading.expression.word != "today" or reading.analysis.capitals or not reading.capital(word):
        return True
    return before is None or before.tag not in ("NNP", "NNPS")


def _without_object(reading: Reading) -> bool:
    """ "The day before", not "the day before the attack"; "three days earlier", not "earlier than planned"."""
    side, after = reading.tokens[-1], reading.after
    if after and after.lower in ("than", "that"):
        return False
    if side.lower not in ("before", "after", "prior", "following", "previous", "back"):
        return True
    if side.dep == "mark" or any(one.dep in ("pobj", "pcomp", "prep") for one in side.children):
        return False
    return after is None or after.pos in ("PUNCT", "VERB", "AUX", "CCONJ", "SCONJ", "ADV", "PRON") or side.tag == "RB"


def _anchored(reading: Reading) -> bool:
    """ "That day", where "that" is no conjunction."""
    if reading.tokens[0].lower == "that" and reading.tokens[0].tag != "DT":
        return False
    if reading.expression.which == "this" and reading.after and reading.after.lower in ("of", "that", "when"):
        return False  # "earlier in the day of wrath"
    return _without_object(reading)


def _window(reading: Reading) -> bool:
    """ "The past two weeks"; not "will last two weeks", "following weeks of fire", "the last days of the siege"."""
    if reading.after and reading.after.lower == "of":
        return False
    words = [one for one in reading.tokens if one.lower in ("last", "past", "following", "coming", "next", "recent")]
    if any(one.tag.startswith("VB") and one.lower == "last" for one in words):
        return False
    has_article = any(one.lower in ("the", "these") for one in reading.tokens)
    return has_article or not any(one.lower in ("following", "last", "previous", "preceding") for one in reading.tokens)


def _ahead(reading: Reading) -> bool:
    """ "Will meet in two weeks"; elsewhere the same words tell how long something took."""
    last = reading.tokens[-1]
    if last.lower == "time":
        return True
    if reading.after and reading.after.lower in ("of", "after", "before", "ago", "earlier", "later", "from"):
        return False
    return direction(reading.tokens[0]) == "future" or direction(last) == "future"


def _season(reading: Reading) -> bool:
    expression = reading.expression
    token = next((one for one in reading.tokens if one.lower == expression.word), reading.tokens[-1])
    before, after = reading.before, reading.after
    if token.tag.startswith("VB") or (before and before.lower in ("arab", "prague", "damascus")):
        return False
    if expression.year or expression.which or expression.year_which:
        return True
    cues = {"in", "by", "during", "until", "since", "through", "throughout", "early", "late", "mid", "end", "beginning"}
    cued = (before is not None and before.lower in cues) or any(one.lower in cues for one in reading.tokens)
    return cued and not (after and (after.lower == "of" or after.pos in ("NOUN", "PROPN")))


def _quarter(reading: Reading) -> bool:
    """Not a part of a town."""
    expression, after = reading.expression, reading.after
    return bool(expression.year or expression.year_which) or not (after and after.lower in ("of", "in"))


def _clock(reading: Reading) -> bool:
    """A bare 5:30 only where "at" or its like stands in front."""
    return len(reading.tokens) > 1 or bool(reading.before and reading.before.lower in _AT)


def _feast(reading: Reading) -> bool:
    written = any(reading.capital(one) or one.text[0].isdigit() for one in reading.tokens)
    return written and (len(reading.tokens) > 1 or reading.tokens[-1].ent != "PERSON")


_CHECKS: dict[str, Callable[[Reading], bool]] = {
    "calendar": _calendar,
    "range": _calendar,
    "weekday": _weekday,
    "deictic": _deictic,
    "anchored": _anchored,
    "shift": _without_object,
    "window": _window,
    "ahead": _ahead,
    "season": _season,
    "quarter": _quarter,
    "clock": _clock,
    "feast": _feast,
    "week": _calendar,
}

__all__ = ["Match", "find_times", "mention_of", "words_of"]
