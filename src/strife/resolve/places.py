"""Place names -> places: which Tripoli it is, from the countries, towns and divisions that the document speaks of.

The ranker weighs the candidates (`ranking.py`); here its choices become records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from strife.errors import BadInput
from strife.gazetteer import Gazetteer
from strife.language.analysis import Analysis
from strife.mentions.mention import PlaceMention
from strife.mentions.placewords import AROUND, DIRECTIONS, DISTRICTS, INSTALLATIONS, PROVINCES
from strife.records import Document, Place, PlacePrecision
from strife.resolve.asked import Asked
from strife.resolve.phrase import asked_at
from strife.resolve.ranker import Choice, ranker_of

DIVISIONS: dict[str, PlacePrecision] = {**dict.fromkeys(PROVINCES, "province"), **dict.fromkeys(DISTRICTS, "district")}


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
    asked = [Asked(mention.first.start, mention.last.end, mention.name, mention.cue) for mention in mentions]
    choices = ranker_of(gazetteer).rank(asked, document, context_countries or {})
    return {
        mention.head.i: place_of(document.text, one, choice)
        for mention, one, choice in zip(mentions, asked, choices, strict=True)
    }


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
    asked = [asked_at(text, start, end, gazetteer) for start, end in spans]
    choices = ranker_of(gazetteer).rank(asked, document, context_countries or {})
    return [place_of(text, one, choice) for one, choice in zip(asked, choices, strict=True)]


def read_places(document: Document, spans: Sequence[tuple[int, int]] | None = None) -> list[Place]:
    """The places of a document in text order; with spans, exactly one for each of them, in their order."""
    gazetteer = Gazetteer.shared()
    if spans is not None:
        return resolve_spans(spans, document, gazetteer)
    from strife.language.parse import analyse  # spaCy: only where the text is to be parsed
    from strife.mentions.parties import find_parties
    from strife.mentions.places import find_places
    from strife.registry.registry import load_registry

    analysis = analyse(document)
    mentions = find_places(analysis, gazetteer, find_parties(analysis, load_registry()))
    found = resolve_places(mentions, analysis, gazetteer)
    return [found[mention.head.i] for mention in mentions]


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
            precision=_precision(asked.cue, "settlement"),
        )
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
        precision=_precision(asked.cue, entry.kind),
    )


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
