"""Analysis -> place mentions: names that the gazetteer knows, where the grammar lets them be places.

The parser's own entity types are only one witness among several: they are poor on the names of this domain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from strife.gazetteer import Gazetteer
from strife.language.analysis import Analysis, Sentence, Token
from strife.mentions.mention import PartyMention, PlaceMention
from strife.mentions.placegrammar import cue_of, is_byline, is_speaker, qualifies
from strife.mentions.placenames import BIG, Found, is_people, names, well_known, words
from strife.mentions.placesigns import is_titled, noun_of
from strife.mentions.placewords import (
    BODIES,
    DIRECTIONS,
    FACILITIES,
    ORDINARY,
    PAPERS,
    PEOPLED,
    PLACE_NOUNS,
    PLACED,
    SAYING,
    TITLES,
)


def find_places(analysis: Analysis, gazetteer: Gazetteer, taken: Sequence[PartyMention]) -> list[PlaceMention]:
    """The places that a document names, in text order; parties already found (`taken`) keep their names."""
    people = _people(analysis, gazetteer)
    lower = {token.lower for token in analysis.tokens if token.text.islower()}
    parties = _by_token(taken)
    found: list[Found] = []
    for sentence in analysis.sentences:
        titled = is_titled(analysis.tokens_of(sentence))
        for one in names(analysis, sentence, gazetteer):
            if _taken(one, parties) or _in_byline(one, analysis):
                continue
            if not _part_of_name(one, analysis, sentence, gazetteer, titled):
                one.qualifies = one.qualifies or qualifies(one.head, one.last, analysis)
                one.accepted = _accept(one, people, lower, analysis)
                found.append(one)
    _spread(found, people)
    return [_mention(one, analysis) for one in found if one.accepted]


def _by_token(taken: Sequence[PartyMention]) -> dict[int, PartyMention]:
    """The parties with a name of their own, by each token of it."""
    named = [party for party in taken if party.kind in ("name", "person", "metonym")]
    return {index: party for party in named for index in range(party.first.i, party.last.i + 1)}


def _taken(one: Found, parties: Mapping[int, PartyMention]) -> bool:
    """Whether the words belong to the name of a party that is no place: "Friends of Syria", but not "Syria"."""
    party = parties.get(one.first.i)
    if party is None or one.last.i > party.last.i:
        return False
    if party.kind == "metonym":  # "White House", but "Damascus"
        return not any(entry.kind == "country" or entry.capital for entry in one.entries)
    known = (party.id or "").partition(":")[0]
    whole = party.first.i == one.first.i and party.last.i == one.last.i
    if known == "person":
        return not (whole and one.strength == 2)  # "in Churchill"
    return known == "org"  # what only looks like a name, or names a state, may hold a place: "eastern Aleppo"


def _in_byline(one: Found, analysis: Analysis) -> bool:
    return is_byline(analysis, one.last) and not any(entry.kind == "country" for entry in one.entries)


def _part_of_name(one: Found, analysis: Analysis, sentence: Sentence, gazetteer: Gazetteer, titled: bool) -> bool:
    """Whether a capital word beside it makes it part of another name: "Ashton Carter", "Damascus Post"."""
    tokens = analysis.tokens
    before = tokens[one.first.i - 1] if one.first.i > sentence.first else None
    after = tokens[one.last.i + 1] if one.last.i < sentence.last else None
    if before is not None and before.end < one.first.start and before.text[:1].isupper() and _nominal(before, sentence):
        known = (
            before.lower in DIRECTIONS | PLACE_NOUNS
            or is_people(before.text, gazetteer)
            or before.ent in PLACED | {"DATE", "NORP"}
        )
        known = known or well_known(before.text, gazetteer)  # "in Damascus Aleppo and Idlib", where commas were lost
        in_one = before.head is one.head or before.head is before or one.head is before or before.head.i <= one.last.i
        if before.lower.strip(".") in TITLES:
            return True
        if not known and in_one and not titled and before.dep in ("compound", "nmod", "amod", "appos"):
            return True
    return after is not None and not titled and _names_more(one, after, tokens, gazetteer)


def _nominal(token: Token, sentence: Sentence) -> bool:
    """Whether a capital word is part of a name: a proper noun, or inside a sentence any noun or adjective."""
    return token.tag in ("NNP", "NNPS") or (token.i > sentence.first and token.tag in ("NN", "NNS", "JJ", "VBG", "VBN"))


def _names_more(one: Found, after: Token, tokens: list[Token], gazetteer: Gazetteer) -> bool:
    """Whether the capital word behind a name makes it part of another: of a person or a paper (a body it qualifies)."""
    if after.start == one.last.end or not after.text[:1].isupper() or after.tag not in ("NNP", "NNPS"):
        return False
    if after.lower in PLACE_NOUNS or after.lower.strip(".") in TITLES:
        return False
    if one.head.dep not in ("compound", "nmod", "amod") or one.head.head.i < after.i:
        return False
    run = tokens[one.first.i : one.head.head.i + 1]
    best = one.entries[0] if one.entries else None
    last = run[-1]
    if (
        best is None
        or is_people(after.text, gazetteer)
        or last.ent == "PERSON"
        or last.lower in PAPERS
        or after.lower in PAPERS
    ):
        return True
    one.qualifies = last.lower not in FACILITIES
    body = any(token.lower in BODIES for token in run)
    return not (body or best.kind in ("country", "province") or (best.population >= BIG and one.head.ent in PLACED))


def _accept(one: Found, people: set[str], lower: set[str], analysis: Analysis) -> bool:
    """Whether the witnesses make it a place."""
    if not one.entries:
        return True
    best = one.entries[0]
    run = analysis.tokens[one.first.i : one.last.i + 1]
    named = any(token.ent in PLACED for token in run)
    single = one.first is one.last
    if single and (one.first.lower in ORDINARY or one.first.lower in lower or not one.first.tag.startswith("NN")):
        return one.strength == 2 and named and one.first.tag.startswith("NNP")
    if single and (one.first.lower in PLACE_NOUNS | DIRECTIONS | PAPERS or one.first.lower in TITLES):
        return False
    if best.kind == "country" and not (one.name.casefold() in people and not named):
        return not (single and one.name.lower() == one.name) and (
            len(one.name) > 2 or one.name == "US" or one.name == "UK"
        )
    if one.name.isupper() and len(one.name) <= 4 and not analysis.capitals and best.kind != "region":
        return False
    if best.kind == "region" or best.id.startswith("region:"):
        return one.strength > 0 or named or not single
    if one.name.casefold() in people or any(token.text.casefold() in people for token in run):
        return one.strength == 2 and named
    if any(token.ent in PEOPLED for token in run) and one.strength < 2:
        return best.population >= BIG and one.first.i != analysis.sentences[one.first.sentence].first
    if one.strength == 2:
        return True
    if one.head.dep == "nsubj" and one.head.head.lemma in SAYING and not best.capital:
        return named and best.population >= BIG
    return named or (
        best.population >= BIG and all(token.tag.startswith("NNP") for token in run if token.text[:1].isupper())
    )


def _spread(found: Sequence[Found], people: set[str]) -> None:
    """A name that is a place once is one throughout, and so is what is coordinated with a place."""
    sure = {one.name.casefold() for one in found if one.accepted and one.strength == 2}
    heads = {one.head.i: one for one in found if one.accepted}
    for one in found:
        if one.accepted or one.name.casefold() in people or (one.first is one.last and one.first.lower in ORDINARY):
            continue
        partner = heads.get(one.head.head.i) if one.head.dep in ("conj", "appos") else None
        if one.name.casefold() in sure or partner is not None:
            one.accepted = True
            one.strength = max(one.strength, 1)
            heads[one.head.i] = one


def _people(analysis: Analysis, gazetteer: Gazetteer) -> set[str]:
    """First and last words of names of several words that the parser takes for persons and no gazetteer knows."""
    found: set[str] = set()
    for sentence in analysis.sentences:
        run: list[Token] = []
        for token in [*analysis.tokens_of(sentence), None]:
            if token is not None and (
                token.ent == "PERSON"
                and token.tag == "NNP"
                or token.lower.strip(".") in TITLES
                and token.text[0].isupper()
            ):
                run.append(token)
                continue
            if len(run) > 1 and token is not None and run[-1].ent == "PERSON":
                name = words(analysis, run[0], run[-1])
                if not gazetteer.has(name):
                    found |= {one.text.casefold() for one in (run[-1], run[0]) if one.lower.strip(".") not in TITLES}
            run = []
    return found


def _mention(one: Found, analysis: Analysis) -> PlaceMention:
    locative = not one.qualifies and (one.strength == 2 or (one.strength == 1 and not is_speaker(one.head)))
    cue = cue_of(one.head, one.first, one.last, analysis)
    if not one.entries:  # the noun is all that tells what it is
        cue = noun_of(one.head, one.last, analysis) or cue
    return PlaceMention(one.head, one.first, one.last, one.name, cue, locative)
