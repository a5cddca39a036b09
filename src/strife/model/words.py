"""From the tokens of a sentence to the word pieces that the model reads, names masked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from strife.language.analysis import Analysis, Sentence, Token
from strife.mentions.mention import PartyMention, PlaceMention

LONGEST = 128  # word pieces: what stands behind them is left to the rules
STATE, GROUP, PERSON, PLACE = "nation", "organization", "someone", "somewhere"
NAMED = {"name", "demonym", "metonym", "person"}  # kinds of mention whose words are a name
ENTITIES = {"PERSON": PERSON, "ORG": GROUP, "GPE": PLACE, "LOC": PLACE, "NORP": STATE, "FAC": PLACE}
Pieces = Callable[[str], list[int]]  # a word -> the ids of its pieces


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence as the model reads it: piece ids, and for each piece that opens a word the token it stands for (else -1)."""

    ids: tuple[int, ...]
    tokens: tuple[int, ...]


def masks(analysis: Analysis, parties: Iterable[PartyMention], places: Iterable[PlaceMention]) -> dict[int, str]:
    """What stands in for the names of a text, by token index; "" for the words of a name that are left out."""
    found: dict[int, str] = {}
    for token in analysis.tokens:
        if token.ent in ENTITIES and token.pos == "PROPN":
            follows = token.i > 0 and analysis.tokens[token.i - 1].ent == token.ent
            found[token.i] = "" if follows and analysis.tokens[token.i - 1].i in found else ENTITIES[token.ent]
    for place in places:
        _cover(found, place.head, place.first, place.last, PLACE)
    for party in parties:
        if party.kind in NAMED:
            _cover(found, party.head, party.first, party.last, _kind(party))
    return found


def _kind(party: PartyMention) -> str:
    if party.kind == "person":
        return PERSON
    state = party.kind in ("demonym", "metonym") or (party.id is not None and party.id == party.country)
    return STATE if state else GROUP


def _cover(found: dict[int, str], head: Token, first: Token, last: Token, word: str) -> None:
    for index in range(first.i, last.i + 1):
        found[index] = word if index == head.i else ""


def masked(
    analysis: Analysis, sentence: Sentence, names: Mapping[int, str], pieces: Pieces, ends: tuple[int, int]
) -> Masked:
    """The pieces of one sentence between the model's opening and closing piece (`ends`), cut off after `LONGEST`."""
    ids, tokens = [ends[0]], [-1]
    for token in analysis.tokens_of(sentence):
        word = names.get(token.i, token.lower).strip()
        if not word:
            continue
        given = pieces(word)
        if not given:  # U+FFFD and the like, of which the tokenizer makes nothing
            continue
        if len(ids) + len(given) >= LONGEST:
            break
        ids += given
        tokens += [token.i, *[-1] * (len(given) - 1)]
    return Masked((*ids, ends[1]), (*tokens, -1))
