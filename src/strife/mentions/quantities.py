"""Analysis -> quantities: numbers with their bounds, units and what they count.

Dates, ages, clock times, durations, list numbers and numbers that are names ("Resolution 242") are no quantities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from strife.codebook.measures import Measures, load_measures
from strife.language.analysis import Analysis, Token, ancestors
from strife.mentions.counted import SAID_OF, counted_by, top_of
from strife.mentions.mention import QuantityMention
from strife.mentions.notcounts import is_name
from strife.mentions.numerals import Numeral, digits, read_numeral

ROUND = 10  # "over 100" is a hedge even where the parser takes "over" for a preposition; "over 43" is not
JOINTS = ("to", "-", "or", "and")
PERCENT = ("%", "percent", "pct", "percentage", "per-cent")


def find_quantities(analysis: Analysis) -> list[QuantityMention]:
    """The quantities of a document in text order; none overlaps another."""
    book = load_measures()
    found: list[QuantityMention] = []
    for sentence in analysis.sentences:
        tokens = analysis.tokens_of(sentence)
        found.extend(_in_sentence(tokens, book))
    return found


def _in_sentence(tokens: Sequence[Token], book: Measures) -> list[QuantityMention]:
    found: list[QuantityMention] = []
    at = 0
    while at < len(tokens):
        numeral = read_numeral(tokens, at)
        if numeral is None:
            at += 1
            continue
        numeral = _range(tokens, numeral, book)
        mention, last = _mention(tokens, numeral, book)
        if mention is not None and (not found or found[-1].last.i < mention.first.i):
            found.append(mention)
        at = max(last, numeral.last) + 1
    return sorted([*found, *_single(tokens, found, book)], key=lambda mention: mention.first.i)


def _lower(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def _range(tokens: Sequence[Token], low: Numeral, book: Measures) -> Numeral:
    """The numeral with what follows it in "20 to 30", "20-30", "43 or 44", "between 20 and 30"."""
    joint, before = _lower(tokens, low.last + 1), _lower(tokens, low.first - 1)
    if joint not in JOINTS or (joint == "and" and before != "between") or low.share or low.low is None:
        return low
    step = low.last + 2
    if _lower(tokens, step) in book.symbols:
        step += 1
    high = read_numeral(tokens, step) if step < len(tokens) else None
    if high is None or high.high is None or high.share:
        return low
    if joint == "to" and before == "from":
        above = [one.lemma for one in ancestors(tokens[low.first - 1])]
        if book.change.intersection(above[:5]):
            return low  # "rose from 20 to 30": two numbers
    factor = high.scale if low.scale == 1 and low.low < high.high / high.scale else 1.0
    if low.low * factor >= high.high:
        return low
    first = low.first - (before in ("between", "from"))
    return replace(high, first=first, low=low.low * factor, best=None, words=low.words and high.words)


def _mention(tokens: Sequence[Token], numeral: Numeral, book: Measures) -> tuple[QuantityMention | None, int]:
    """The quantity that a numeral makes together with its hedges and unit, and its last token; or None."""
    unit, last = _unit(tokens, numeral, book)
    first = numeral.first
    if _lower(tokens, first - 1) in book.symbols:
        first -= 1
    first, last, bounds = _hedged(tokens, first, last, numeral, book)
    if numeral.first == 0 and last == len(tokens) - 1:
        return None, last  # a number and nothing else: a page, a list, a table
    core = (numeral.first, numeral.last)
    counted = counted_by(tokens, core[0], last, book)
    if unit is not None and unit != "%" and numeral.first > 0 and tokens[numeral.first - 1].lower in book.symbols:
        counted = _paid_for(tokens, last, counted)
    unit, counted = _measured(counted, unit, book)
    if is_name(tokens, numeral, counted, hedged=first < numeral.first, unit=unit, book=book):
        return None, last
    head = top_of(tokens, *core)
    if numeral.words and numeral.best == 1 and not numeral.share and not _one(tokens, numeral, counted, book):
        return None, last
    share = numeral.share or unit == "%"
    mention = QuantityMention(
        head=head,
        first=tokens[first],
        last=tokens[last],
        low=bounds[0],
        best=bounds[1],
        high=bounds[2],
        counted=counted,
        unit="%" if share else unit,
        share=share,
    )
    return mention, last


def _unit(tokens: Sequence[Token], numeral: Numeral, book: Measures) -> tuple[str | None, int]:
    """The unit told by a currency sign or a per cent sign, and the last token that belongs to it."""
    after = _lower(tokens, numeral.last + 1)
    if after in PERCENT:
        return "%", numeral.last + 1
    if after == "-" and _lower(tokens, numeral.last + 2) in PERCENT:
        return "%", numeral.last + 2
    if after == "per" and _lower(tokens, numeral.last + 2) == "cent":
        return "%", numeral.last + 2
    sign = _lower(tokens, numeral.first - 1)
    if sign in book.symbols:
        return book.symbols[sign], numeral.last
    if after in book.symbols and tokens[numeral.last + 1].tag in ("$", "NN", "NNP", "SYM"):
        return book.symbols[after], numeral.last + 1
    return None, numeral.last


def _paid_for(tokens: Sequence[Token], last: int, counted: Token | None) -> Token | None:
    """What a sum with a currency sign buys: "$3bn in aid", "a $20m package"; never a noun that only stands near."""
    if _lower(tokens, last + 1) in ("in", "of"):
        return next((one for one in tokens[last + 1].children if one.dep == "pobj" and one.pos == "NOUN"), None)
    if counted is None or counted.pos != "NOUN" or counted.i < tokens[last].i:
        return None
    return counted if counted in ancestors(tokens[last]) else None


def _measured(counted: Token | None, unit: str | None, book: Measures) -> tuple[str | None, Token | None]:
    """Unit and counted noun where the noun itself is a unit: "20 km", "2 million euros", "5 tonnes of explosives"."""
    if counted is None or unit is not None:
        return unit, counted
    of = next((one for one in counted.children if one.lower == "of"), None)
    within = next((one for one in of.children if one.dep == "pobj"), None) if of is not None else None
    heavy = {one.lemma for one in (within, counted.head) if one is not None} & book.weighed
    if counted.lemma == "pound" and heavy:
        return "lb", within or counted
    if counted.lemma in book.currencies and counted.tag in ("NNS", "NN", "NNPS"):
        before = (one.lower for one in counted.children if one.dep in ("amod", "compound", "nmod"))
        named = (book.currencies_of.get(f"{word} {counted.lemma}") for word in before)
        return next((code for code in named if code), book.currencies[counted.lemma]), counted
    if counted.lemma in book.units or counted.lower in book.units:
        square = any(one.lower in ("square", "sq", "sq.") for one in counted.children)
        symbol = book.units.get(counted.lemma) or book.units[counted.lower]
        return symbol + ("2" if square else ""), within or counted
    return None, counted


def _hedged(
    tokens: Sequence[Token], first: int, last: int, numeral: Numeral, book: Measures
) -> tuple[int, int, tuple[float | None, float | None, float | None]]:
    """First and last token with the hedges around a numeral, and the bounds that they leave of it."""
    kinds: set[str] = set()
    while (hit := _before(tokens, first, numeral, book)) is not None:
        kinds.add(hit[0])
        first -= hit[1]
    for kind in ("low", "high", "about"):
        for words in book.hedges[f"{kind}_after"]:
            step = last + 1 + (_lower(tokens, last + 1) == "-" and words in (("odd",), ("plus",)))
            if tuple(_lower(tokens, step + place) for place in range(len(words))) == words:
                kinds.add(kind)
                last = step + len(words) - 1
    if _lower(tokens, last + 1) == "+":
        last += 1
    if tokens[last].text.endswith("+"):
        kinds.add("low")
    low, best, high = numeral.low, numeral.best, numeral.high
    spread = best is None
    if "low" in kinds:
        return first, last, (low, best, high if spread and _is_range(tokens, numeral) else None)
    if "high" in kinds:
        return first, last, (low if spread and _is_range(tokens, numeral) else None, best, high)
    if "about" in kinds and not spread:
        return first, last, (None, best, None)
    return first, last, (low, best, high)


def _is_range(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether both bounds were named."""
    return any(tokens[at].lower in JOINTS for at in range(numeral.first, numeral.last)) or (
        numeral.first == numeral.last and digits(tokens[numeral.first].text) is None and not numeral.words
    )


def _before(tokens: Sequence[Token], first: int, numeral: Numeral, book: Measures) -> tuple[str, int] | None:
    """Kind and length of the hedge that ends right before a token, the longest there is."""
    best: tuple[str, int] | None = None
    for kind in ("low", "high", "about", "plain"):
        for words in book.hedges[kind]:
            start = first - len(words)
            if start < 0 or (best is not None and len(words) <= best[1]):
                continue
            if tuple(token.lower for token in tokens[start:first]) != words:
                continue
            if len(words) > 1 or words[0] not in book.doubtful or _true_hedge(tokens[start], numeral):
                best = kind, len(words)
    return best


def _true_hedge(token: Token, numeral: Numeral) -> bool:
    """Whether "over", "about", "some" modify the number: "over 100 people", not "a dispute over 43 islands"."""
    if token.dep != "prep":
        return True
    value = numeral.best or numeral.low or 1.0
    governs = token.head.pos in ("NOUN", "PROPN") and token.head.i == token.i - 1
    return value >= ROUND and value % ROUND == 0 and not governs


def _one(tokens: Sequence[Token], numeral: Numeral, counted: Token | None, book: Measures) -> bool:
    """Whether "one" counts somebody: "killing one soldier", "one was wounded", never "one of the sides", "no one"."""
    before = _lower(tokens, numeral.first - 1)
    if before in ("no", "this", "the", "which", "every", "any", "each", "another"):
        return False
    if before == "that" and tokens[numeral.first - 1].tag == "DT":
        return False
    if _lower(tokens, numeral.last + 1) in ("of", "another", "-", "day", "side"):
        return False
    if counted is not None:
        return counted.lemma in book.persons or counted.lower in SAID_OF
    casualty = book.by_measure["deaths"].verbs | book.by_measure["injuries"].verbs | book.by_measure["detained"].verbs
    return _told_of(top_of(tokens, numeral.first, numeral.last), casualty)


def _told_of(token: Token, verbs: frozenset[str]) -> bool:
    while token.dep == "conj" and token.head is not token:
        token = token.head
    passive = token.dep == "nsubjpass" or (token.dep == "nsubj" and token.head.tag == "VBN")
    return token.head.lemma in verbs and (passive or token.dep in ("dobj", "npadvmod"))


def _single(tokens: Sequence[Token], found: list[QuantityMention], book: Measures) -> list[QuantityMention]:
    """ "a" where it clearly counts: a casualty told of beside counted ones ("killed a soldier and wounded two")."""
    if not any(mention.counted is None or mention.counted.lemma in book.persons for mention in found):
        return []
    verbs = book.by_measure["deaths"].verbs | book.by_measure["injuries"].verbs
    taken = {token.i for mention in found for token in tokens if mention.first.i <= token.i <= mention.last.i}
    singles = []
    for token in tokens:
        noun = token.head
        if token.lower not in ("a", "an") or token.dep != "det" or token.i in taken or noun.lemma not in book.persons:
            continue
        if noun.lemma not in ("family", "couple", "number", "staff") and noun.tag == "NN" and _told_of(noun, verbs):
            singles.append(QuantityMention(head=token, first=token, last=token, low=1, best=1, high=1, counted=noun))
    return singles
