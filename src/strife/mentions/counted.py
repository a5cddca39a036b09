"""What a number counts: the noun, the "of" phrase, "43 dead", or the toll that it puts a figure on."""

from __future__ import annotations

from collections.abc import Sequence

from strife.codebook.measures import Measures
from strife.language.analysis import Token, ancestors, child

NOUNS = ("NOUN", "PROPN")
MORE = frozenset({"more", "other", "others", "additional", "further", "new", "still", "-"})
SAID_OF = frozenset({"dead", "wounded", "injured", "missing", "hurt", "unaccounted", "homeless", "slain"})
THINGS = frozenset({"nation", "country", "vehicle", "truck", "ship", "bed"})
COMPOUNDS = THINGS | {"strong", "man", "woman", "person", "member"}
NUMBERS = frozenset({"number", "total", "figure", "count", "estimate", "tally", "amount", "sum"})
ACTS = frozenset({"death", "fatality", "arrest", "injury", "loss"})
SINGULAR = frozenset({"one", "1", "a", "an", "half", "%", "percent", "cent", "third", "thirds", "quarter", "quarters"})
BELOW_NUMBER = ("nummod", "quantmod", "amod", "compound", "nmod", "det", "npadvmod", "advmod", "predet", "poss")


def top_of(tokens: Sequence[Token], first: int, last: int) -> Token:
    """The token of a numeral through which it hangs on the rest of the sentence."""
    inside = {token.i for token in tokens[first : last + 1]}
    outward = [token for token in tokens[first : last + 1] if token.head.i not in inside or token.head is token]
    numbers = [token for token in outward if token.pos in ("NUM", "NOUN", "PROPN")]
    return (numbers or outward or [tokens[last]])[-1]


def counted_by(tokens: Sequence[Token], first: int, last: int, book: Measures) -> Token | None:
    """The noun that the numeral `first` to `last` (positions in `tokens`) counts, None where it stands alone."""
    top = top_of(tokens, first, last)
    step = last + 1
    if _lower(tokens, step) == "-" and tokens[step].start == tokens[last].end:
        return _hyphened(tokens, step)
    while _lower(tokens, step) in MORE - {"others", "-"} and not _is_noun(tokens, step):
        step += 1
    if _lower(tokens, step) == "of":
        return _of(tokens, step)
    beside = _beside(tokens, step, top, book)
    return beside or tally(top, book)


def _lower(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def _is_noun(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].pos in NOUNS


def _hyphened(tokens: Sequence[Token], at: int) -> Token | None:
    """ "5,000-strong force", "16-nation bloc", "20-kilometre zone": what the compound counts."""
    if at + 1 >= len(tokens):
        return None
    part = tokens[at + 1]
    if part.lemma not in COMPOUNDS or part.lemma in THINGS:
        return part
    heads = [head for head in ancestors(part) if head.pos in NOUNS and head.i > part.i]
    return heads[0] if heads else part


def _of(tokens: Sequence[Token], at: int) -> Token | None:
    """ "43 of the soldiers", "dozens of trucks"; "15 of them children" counts children."""
    noun = child(tokens[at], "pobj")
    if noun is None:
        noun = next((one for one in tokens[at + 1 : at + 6] if one.pos in (*NOUNS, "PRON")), None)
    if noun is None or noun.pos != "PRON":
        return noun
    after = next((one for one in tokens if one.i == noun.i + 1), None)
    if after is not None and after.pos == "AUX":  # "20 of whom were women"
        after = child(after, "attr")
    if after is not None and after.pos == "ADJ" and after.head.pos in NOUNS and after.head.i > after.i:
        after = after.head
    return after if after is not None and (after.pos in NOUNS or after.lower in SAID_OF) else None


def _beside(tokens: Sequence[Token], at: int, top: Token, book: Measures) -> Token | None:
    """The noun to the right that the numeral modifies, or "dead", "wounded" right beside it."""
    head = top.head
    if top.dep in BELOW_NUMBER and head.i > top.i and head.pos in (*NOUNS, "SYM") and not _cut(tokens, at, head):
        return _noun_of(tokens, at, head, book)
    if _lower(tokens, at) in book.units and tokens[at].pos not in ("VERB", "ADP") and not _modifies(tokens[at]):
        return tokens[at]
    if _lower(tokens, at) in SAID_OF:
        after = tokens[at]
        return after.head if after.dep == "amod" and after.head.i == after.i + 1 else after
    here = at
    while here < len(tokens) and (tokens[here].pos == "ADJ" or _modifies(tokens[here])):
        here += 1
    if _is_noun(tokens, here) and tokens[here].tag in ("NNS", "NNPS") and tokens[here].i != top.i:
        return tokens[here]
    if _lower(tokens, at) in ("people", "others", "police", "personnel"):
        return tokens[at]
    return None


def _modifies(token: Token) -> bool:
    return token.dep in ("compound", "amod") and token.head.i > token.i


def _cut(tokens: Sequence[Token], at: int, head: Token) -> bool:
    """Whether a comma or a verb parts the number from the word that the parser hangs it on."""
    between = [token for token in tokens[at:] if token.i < head.i]
    return any(token.tag in (",", ":", "VBD", "IN") or token.pos == "AUX" for token in between)


def _noun_of(tokens: Sequence[Token], at: int, head: Token, book: Measures) -> Token | None:
    """The head, but "people" in "43 people dead", and nothing in "kills six state TV": more than one is plural."""
    within = (one for one in tokens[at:] if one.i < head.i and one.dep in ("compound", "nmod"))
    plural = next((one for one in within if one.tag == "NNS"), None)
    if plural is not None and head.tag != "NNS":
        return plural
    known = head.lemma in book.persons or head.lemma in book.units or head.lemma in book.not_counted
    known = known or head.lemma in book.by_measure["weapons"].strong or head.lemma in book.currencies
    single = tokens[at - 1].lower in SINGULAR
    return head if known or single or head.tag != "NN" or head.lower.endswith(("s", "craft")) else None


def tally(top: Token, book: Measures) -> Token | None:
    """The noun that the number puts a figure on: "the death toll rose to 43", "put the number of dead at 70"."""
    preposition = top.head if top.dep in ("pobj", "npadvmod", "nummod") and top.head.dep == "prep" else None
    if preposition is not None and preposition.lower == "by":
        return None
    above = preposition.head if preposition is not None else top.head
    if above.pos in ("ADJ", "ADV"):  # "may be as high as 400"
        above = above.head
    if above.pos == "NOUN" and above.lemma in book.tallies and above.i < top.i:
        return None if above.lemma in ACTS else _tallied(above)  # "the death of eight" counts no deaths but eight
    if above.pos not in ("VERB", "AUX") or above.lemma not in book.tally_verbs:
        return None
    for one in above.children:
        nouns = (word for word in [one, *_nouns_below(one)] if word.pos == "NOUN")
        noun = next((word for word in nouns if word.lemma in book.tallies), None)
        if noun is not None and one.dep in ("nsubj", "nsubjpass", "dobj") and one is not top:
            return _tallied(noun)
    holder = above.head if above.dep in ("relcl", "acl", "advcl") else None  # "the death toll, which stood at 43"
    return _tallied(holder) if holder is not None and holder.lemma in book.tallies else None


def _nouns_below(token: Token) -> list[Token]:
    return [one for one in token.children if one.dep in ("conj", "compound") and one.pos == "NOUN"]


def _tallied(noun: Token) -> Token:
    """ "number of dead" counts the dead; a "death toll" is counted itself."""
    of = next((one for one in noun.children if one.lower == "of"), None)
    within = child(of, "pobj") if of is not None else None
    return within if within is not None and noun.lemma in NUMBERS else noun
