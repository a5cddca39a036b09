"""Place names -> places: which Tripoli it is, from the countries, towns and divisions that the document speaks of.

The ranker weighs the candidates (`ranking.py`); here its choices become records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import structs

from strife.errors import BadInput
from strife.gazetteer import Gazetteer
from strife.language.analysis import Analysis
from strife.mentions.mention import PlaceMention
from strife.mentions.placewords import (
    AROUND,
    DIRECTIONS,
    DISTRICTS,
    INSTALLATIONS,
    LANDSCAPE,
    PROVINCES,
    SETTLEMENTS,
    SITES,
)
from strife.records import Document, Place, PlacePrecision
from strife.resolve import spots
from strife.resolve.asked import Asked
from strife.resolve.phrase import asked_at, of_list
from strife.resolve.ranker import Choice, ranker_of

DIVISIONS: dict[str, PlacePrecision] = {**dict.fromkeys(PROVINCES, "province"), **dict.fromkeys(DISTRICTS, "district")}
SHORTEST = 12  # characters of the shortest "between X and Y" or "9 km east of X"


def resolve_places(
    mentions: Sequence[PlaceMention],
    analysis: Analysis,
    gazetteer: Gazetteer,
    *,
    context_countries: Mapping[str, float] | None = None,
) -> dict[int, Place]:
    """The place of each mention by the index of its head token; what the gazetteer does not hold keeps only its quote.

    `context_countries` weighs countries (alpha-2) known from outside the text, 1.0 as much as the one it names most."""
    document = analysis.document
    asked = [asked_of(mention, document.text) for mention in mentions]
    choices = ranker_of(gazetteer).rank(asked, document, context_countries or {})
    text, found = (
        document.text,
        [place_of(document.text, one, choice) for one, choice in zip(asked, choices, strict=True)],
    )
    for number, (one, choice) in enumerate(zip(asked, choices, strict=True)):
        offset = spots.offset_before(text, one.start)
        if offset is not None:
            wider = _quoted(text, offset.start, one.end)
            found[number] = spots.moved(wider, choice.entry, offset) or found[number]
    for start, number in spots.pairs(mentions, analysis):
        end = asked[number + 1].end
        both = choices[number].entry, choices[number + 1].entry
        middle = spots.halfway(_quoted(text, start, end), *both)
        if middle is not None:
            found[number] = found[number + 1] = middle
    return {mention.head.i: place for mention, place in zip(mentions, found, strict=True)}


def asked_of(mention: PlaceMention, text: str) -> Asked:
    """What a mention asks for; the grammar does not tell that a list's last word shapes all its names."""
    start, end = mention.first.start, mention.last.end
    return Asked(start, end, mention.name, mention.cue or of_list(text, end))


def resolve_span(
    start: int,
    end: int,
    document: Document,
    gazetteer: Gazetteer,
    *,
    context_countries: Mapping[str, float] | None = None,
) -> Place:
    """The place of one span of a document. BadInput where the span does not lie in the text."""
    return resolve_spans([(start, end)], document, gazetteer, context_countries=context_countries)[0]


def resolve_spans(
    spans: Sequence[tuple[int, int]],
    document: Document,
    gazetteer: Gazetteer,
    *,
    context_countries: Mapping[str, float] | None = None,
) -> list[Place]:
    """The places of given spans, one each, in order. BadInput where a span does not lie in the text."""
    text = document.text
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            raise BadInput(
                f"{document.id}: the span {start}-{end} does not lie in the text (0-{len(text)}); "
                "give the offsets of a name in it"
            )
    groups = asked_in(text, spans, gazetteer)
    asked = [one for group in groups for one in group]
    choices = ranker_of(gazetteer).rank(asked, document, context_countries or {})
    answers = iter(zip(asked, choices, strict=True))
    return [_at_span(text, span, [next(answers) for _ in group]) for span, group in zip(spans, groups, strict=True)]


def asked_in(text: str, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> list[list[Asked]]:
    """What each span asks for: one name, or the two of "between X and Y"."""
    return [[asked_at(text, *name, gazetteer) for name in _names_in(text, start, end)] for start, end in spans]


def _names_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The names to look up for a span: itself, or what it is measured from ("20 km south of X", "between X and Y")."""
    if end - start < SHORTEST:
        return [(start, end)]
    pair = spots.pair_in(text, start, end)
    if pair is not None:
        return [pair[:2], pair[2:]]
    offset = spots.offset_in(text, start, end)
    return [(offset.end, end) if offset is not None else (start, end)]


def _at_span(text: str, span: tuple[int, int], answers: Sequence[tuple[Asked, Choice]]) -> Place:
    """The place of a span from the names in it."""
    asked, choice = answers[0]
    plain = place_of(text, asked, choice)
    if (asked.start, asked.end) == tuple(span):
        return plain
    whole = _quoted(text, *span)
    if len(answers) > 1:
        found = spots.halfway(whole, choice.entry, answers[1][1].entry)
    else:
        offset = spots.offset_before(text, asked.start)
        found = spots.moved(whole, choice.entry, offset) if offset is not None else None
    return found or structs.replace(whole, country=plain.country, admin1=plain.admin1)


def _quoted(text: str, start: int, end: int) -> Place:
    """A place told by where it lies from others, not worked out yet."""
    return Place(quote=text[start:end], start=start, end=end, precision="surroundings")


def read_places(document: Document, spans: Sequence[tuple[int, int]] | None = None) -> list[Place]:
    """The places of a document in text order; with spans, exactly one for each of them, in their order."""
    gazetteer = Gazetteer.shared()
    if spans is not None:
        return resolve_spans(spans, document, gazetteer)
    analysis, mentions = located(document, gazetteer)
    found = resolve_places(mentions, analysis, gazetteer)
    return list(dict.fromkeys(found[mention.head.i] for mention in mentions))  # "between X and Y" is one place


def located(document: Document, gazetteer: Gazetteer) -> tuple[Analysis, list[PlaceMention]]:
    """A document's grammar, and the places that it names."""
    from strife.language.parse import analyse  # spaCy: only where the text is to be parsed
    from strife.mentions.parties import find_parties
    from strife.mentions.places import find_places
    from strife.registry.registry import load_registry

    analysis = analyse(document)
    return analysis, find_places(analysis, gazetteer, find_parties(analysis, load_registry()))


def place_of(text: str, asked: Asked, choice: Choice) -> Place:
    """The record of a mention and what it was resolved to."""
    start, end, entry = asked.start, asked.end, choice.entry
    if entry is None:
        return Place(
            quote=text[start:end],
            start=start,
            end=end,
            country=choice.country or None,
            admin1=choice.admin1 or None,
            precision=_of_unknown(asked.cue),
        )
    precision = _precision(asked.cue, entry.kind)
    if precision in ("settlement", "point") and spots.directed(text, start):
        precision = "surroundings"
    return Place(
        quote=text[start:end],
        start=start,
        end=end,
        name=entry.name,
        id=entry.id,
        country=entry.country or None,
        admin1=entry.admin1 or None,
        lat=entry.lat,
        lon=entry.lon,
        precision=precision,
    )


def _of_unknown(cue: str | None) -> PlacePrecision:
    """How closely an unknown name places it, by the noun beside it: "X pass" a point, "X valley" a region."""
    if cue in SITES:
        return "point"
    if cue in LANDSCAPE and cue not in SETTLEMENTS and cue not in DIVISIONS:
        return "region"
    return _precision(cue, "settlement")


def _precision(cue: str | None, kind: PlacePrecision) -> PlacePrecision:
    """How closely the words place it: "near Homs" surroundings, "northern Syria" a region, "Homs airport" a point."""
    if cue is None:
        return kind
    if kind in ("settlement", "point", "district"):
        if cue in AROUND:
            return "surroundings"
        if cue in INSTALLATIONS:
            return "point"
        return DIVISIONS.get(cue, kind) if kind == "settlement" else kind
    return "region" if kind == "country" and cue in DIRECTIONS | AROUND else kind
