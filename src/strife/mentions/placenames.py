"""Runs of words that may be the name of a place: known to the gazetteer, or where the words around leave no doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from strife.gazetteer import Gazetteer, PlaceEntry
from strife.language.analysis import Analysis, Sentence, Token
from strife.language.mending import DEEDS
from strife.mentions.placegrammar import evidence, is_dateline
from strife.mentions.placesigns import is_placed, of_what
from strife.mentions.placewords import ARTICLES, DIRECTIONS, FUNCTION, INNER, ORDINARY, PLACE_NOUNS, PLACED, TITLES

LONGEST = 8  # tokens in a name; hyphens count
MOST = 3  # capitalised words in a name that only the grammar shows to be a place
JOINING = frozenset({"of", "and", "the", "by", "upon"})
BIG = 100_000  # a town that is a place by its size alone, where nothing speaks against it


@dataclass(slots=True)
class Found:
    """A possible mention with the witnesses for it."""

    first: Token
    last: Token
    head: Token
    name: str
    entries: list[PlaceEntry]
    strength: int  # 2 the grammar makes it a place, 1 it may, 0 it does not
    accepted: bool = False
    qualifies: bool = False  # part of the name of a body: "Aleppo Police"


def names(analysis: Analysis, sentence: Sentence, gazetteer: Gazetteer) -> Iterator[Found]:
    """Capitalised runs of a sentence that the gazetteer knows, or that stand where only a place can, longest first."""
    index = sentence.first
    while index <= sentence.last:
        one = _name_at(analysis, sentence, index, gazetteer)
        if one is None:
            index += 1
            continue
        yield one
        index = one.last.i + 1


def _name_at(analysis: Analysis, sentence: Sentence, index: int, gazetteer: Gazetteer) -> Found | None:
    tokens = analysis.tokens
    first = tokens[index]
    if not _opens(tokens, index, sentence.last):
        return None
    if _abbreviated(tokens, index, gazetteer):
        entry = gazetteer.abbreviation(first.text)
        return Found(first, first, first, first.text, [entry] if entry else [], 2)
    end = _run_end(tokens, index, sentence.last)
    for last in range(end, index - 1, -1):
        if not _closes(tokens[last]):
            continue
        name = words(analysis, first, tokens[last])
        if first.tag in FUNCTION and not _worth_an_article(first, name, gazetteer):
            continue
        if gazetteer.has(name) and not (last == index and is_people(name, gazetteer)):
            longer = _longer(analysis, sentence, index, last, end, gazetteer)
            return longer or _found(analysis, first, tokens[last], name, gazetteer.candidates(name), sentence)
        if name.endswith("s") and _lost_apostrophe(name, gazetteer):
            return _found(analysis, first, tokens[last], name[:-1], gazetteer.candidates(name[:-1]), sentence)
    return _unknown(analysis, sentence, index, end, gazetteer)


def _longer(
    analysis: Analysis, sentence: Sentence, index: int, last: int, end: int, gazetteer: Gazetteer
) -> Found | None:
    """The whole of a name of which the gazetteer knows only the beginning: "Jisr" of "Jisr al-Shughur".

    "The settlement of Samara Creek" leaves no doubt that "Creek" belongs to the name."""
    tokens = analysis.tokens
    if last + 1 <= end and tokens[last + 1].tag == "NNP" and tokens[last + 1].text[:1].isupper():
        whole = _found(analysis, tokens[index], tokens[end], "", [], sentence)
        if whole.head.i <= last or of_what(whole.head) is None or not _one_name(tokens[index : end + 1], gazetteer):
            return None
    elif last + 1 >= end or tokens[last + 1].lower not in ARTICLES or not tokens[last + 1].text.islower():
        return None
    return _unknown(analysis, sentence, index, end, gazetteer)


def _one_name(run: list[Token], gazetteer: Gazetteer) -> bool:
    """Whether a run of unknown words is one name, not several whose commas were lost, nor one with a date behind it."""
    written = [token for token in run if token.text[:1].isupper() and token.lower not in ARTICLES]
    return len(written) <= MOST and not any(
        token.ent == "DATE" or token.lower in ORDINARY or well_known(token.text, gazetteer) for token in written[1:]
    )


def _lost_apostrophe(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is a well-known place's genitive without its apostrophe, as web texts have it: "Syrias army"."""
    if len(name) < 6 or is_people(name, gazetteer):
        return False
    return well_known(name[:-1], gazetteer)


def well_known(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is that of a country or a large town first of all."""
    if not gazetteer.has(name) or name.lower() in ORDINARY:
        return False
    best = gazetteer.candidates(name)[0]
    return best.kind == "country" or (best.population >= BIG and best.kind in ("settlement", "province"))


def _abbreviated(tokens: list[Token], index: int, gazetteer: Gazetteer) -> bool:
    """Whether a token is a division's abbreviation: behind a comma ("Hope, Ark."), or with points inside ("B.C.")."""
    token = tokens[index]
    before = tokens[index - 1] if index else None
    if gazetteer.abbreviation(token.text) is None or before is None or before.text[:1].isdigit():
        return False
    return before.text == "," and index > 1 and tokens[index - 2].text[:1].isupper() or token.text.count(".") > 1


def _worth_an_article(first: Token, name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name with "The" is known as such: "The Hague", not "The City"."""
    if first.tag != "DT" or first.lower != "the" or not gazetteer.has(name):
        return False
    best = gazetteer.candidates(name)[0]
    return best.kind == "country" or (best.kind == "settlement" and best.population >= BIG)


def _opens(tokens: list[Token], index: int, last: int) -> bool:
    """Whether a name may begin here: at a capital, or at an Arabic article joined to one ("al-Bab")."""
    token = tokens[index]
    if (
        index
        and tokens[index - 1].text in ("-", "‑")
        and tokens[index - 1].end == token.start
        and tokens[index - 1].start == tokens[index - 2].end
    ):
        before = tokens[index - 2]
        if before.text[:1].isalpha() and before.lower not in DIRECTIONS and not before.text[0].isupper():
            return False  # the second half of a compound: "anti-Damascus"
    if token.text[:1].isupper():
        return token.tag != "PRP"
    return (
        token.lower in ARTICLES
        and index + 2 <= last
        and tokens[index + 1].text == "-"
        and tokens[index + 2].text[:1].isupper()
    )


def _run_end(tokens: list[Token], index: int, last: int) -> int:
    """The last token that may belong to a name beginning here."""
    end = index
    while end < last and end - index < LONGEST - 1:
        token = tokens[end + 1]
        joined = token.start == tokens[end].end
        if (
            token.text[:1].isupper()
            or token.lower in INNER
            or (joined and token.text in ("-", "‑", "'", "’", "‘", "."))
            or (joined and tokens[end].text in ("-", "‑", "'", "’", "‘"))
        ):
            end += 1
        else:
            break
    return end


def _closes(token: Token) -> bool:
    return (
        token.text[-1:].isalnum()
        and token.tag != "POS"
        and (token.text[:1].isupper() or token.lower not in INNER)
        or token.text.endswith(".")
        and token.text[:1].isupper()
    )


def words(analysis: Analysis, first: Token, last: Token) -> str:
    """The document's words from one token to another, with single spaces."""
    return " ".join(analysis.document.text[first.start : last.end].split())


def is_people(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a word is the name of a people or an adjective, not of a place as well ("Amhara" is both)."""
    land = gazetteer.people(name)
    if land is None or land.kind not in ("province", "region"):
        return land is not None
    return all(entry.id != land.id for entry in gazetteer.candidates(name))


def _found(
    analysis: Analysis, first: Token, last: Token, name: str, entries: list[PlaceEntry], sentence: Sentence
) -> Found:
    inside = range(first.i, last.i + 1)
    run = analysis.tokens[first.i : last.i + 1]
    # a broken parse gives the parts of one name several heads: the one that best makes it a place counts
    heads = [token for token in run if token.text[:1].isalpha() and (token.head.i not in inside or token.head is token)]
    strengths = {token: evidence(token, last, analysis) for token in heads}
    head = max(heads, key=lambda token: (strengths[token], token.i), default=last)
    strength = 2 if is_dateline(analysis, sentence, first, last) else strengths.get(head, 0)
    return Found(first, last, head, name, entries, strength)


def _unknown(analysis: Analysis, sentence: Sentence, index: int, end: int, gazetteer: Gazetteer) -> Found | None:
    """A name that the gazetteer does not hold, where the words around leave no doubt: "the village of Tel Dahab"."""
    tokens = analysis.tokens
    end = next((place - 1 for place in range(index + 1, end + 1) if tokens[place].lower in JOINING), end)
    while end > index and not (_closes(tokens[end]) and tokens[end].text[:1].isupper()):
        end -= 1
    while index < end and tokens[index].lower in PLACE_NOUNS:  # "Province Al-Qaryatayn", where a stop was lost
        index += 1
    first, last = tokens[index], tokens[end]
    run = tokens[index : end + 1]
    if not all(token.tag.startswith("NNP") or not token.text[:1].isupper() for token in run) or not _closes(last):
        return None
    if last.lower in PLACE_NOUNS or (index and tokens[index - 1].text in ("(", "[")):
        return None
    name = words(analysis, first, last)
    if (
        len(name) < 4
        or name.isupper()
        and not analysis.capitals
        or first.lower in ORDINARY
        or is_people(name, gazetteer)
        or first.lower in TITLES
        or last.lemma in DEEDS  # "in Terrorist Attack": a headline's capitals
    ):
        return None
    one = _found(analysis, first, last, name, [], sentence)
    certain = evidence(one.head, last, analysis, named_only=True) == 2
    likely = one.strength == 2 and (any(token.ent in PLACED for token in run) or bool(gazetteer.candidates(name)))
    if not (certain or likely) and _one_name(run, gazetteer) and is_placed(one.head, first, last, analysis):
        one.strength, likely = 2, True
    return one if certain or likely else None
