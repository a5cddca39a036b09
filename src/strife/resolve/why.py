"""Why a name was taken for one place and not for another: the candidates, and what told them apart. Only where asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from strife.gazetteer import Gazetteer, PlaceEntry
from strife.language.analysis import Analysis
from strife.mentions.mention import PlaceMention
from strife.records import Candidate, Document, Place, PlaceWhy
from strife.resolve.asked import Asked
from strife.resolve.options import Floats
from strife.resolve.places import asked_in, asked_of, located, resolve_places, resolve_spans
from strife.resolve.ranker import Choice, ranker_of
from strife.resolve.ranking import FEATURES, beliefs_of, weighed
from strife.resolve.scene import Block

TOP = 3  # candidates shown for a name
TELLING = 4  # features shown for a choice
KIND_AND_SIZE = "kind and size"
KINDRED = frozenset(
    map(
        FEATURES.index,
        (
            "size",
            "size of a province",
            "size of a district",
            "size of a country",
            "a city of more than 100,000",
            "population unknown",
            "a province",
            "a district",
            "a country",
            "a region",
            "a point",
        ),
    )
)
FAINT = 0.05  # a difference in score that is not worth telling


def explain_places(
    document: Document, spans: Sequence[tuple[int, int]] | None = None
) -> list[tuple[Place, tuple[PlaceWhy, ...]]]:
    """The places of a document as `read_places` gives them, each with what decided: one answer a name it rests on."""
    gazetteer = Gazetteer.shared()
    if spans is not None:
        places = resolve_spans(spans, document, gazetteer)
        groups = asked_in(document.text, spans, gazetteer)
    else:
        analysis, mentions = located(document, gazetteer)
        by_head = resolve_places(mentions, analysis, gazetteer)
        places = [by_head[mention.head.i] for mention in mentions]
        groups = [[asked_of(mention, document.text)] for mention in mentions]
    whys = iter(reasons([one for group in groups for one in group], document, gazetteer))
    each = [(place, tuple(next(whys) for _ in group)) for place, group in zip(places, groups, strict=True)]
    if spans is not None:
        return each
    merged: dict[Place, tuple[PlaceWhy, ...]] = {}
    for place, why in each:
        merged[place] = merged.get(place, ()) + why
    return list(merged.items())


def reasons_by_head(
    mentions: Sequence[PlaceMention], analysis: Analysis, gazetteer: Gazetteer
) -> dict[int, tuple[str, ...]]:
    """For the head token of each mention what decided, in words."""
    asked = [asked_of(mention, analysis.document.text) for mention in mentions]
    whys = reasons(asked, analysis.document, gazetteer)
    return {mention.head.i: tuple(in_words(why)) for mention, why in zip(mentions, whys, strict=True)}


def in_words(why: PlaceWhy) -> list[str]:
    """A line for each candidate, and one for what decided."""
    lines = []
    for one in why.candidates:
        label = ", ".join(filter(None, (one.name, one.admin1, one.country, one.kind)))
        lines.append(f"place “{why.asked}”: {label}, {one.id}: {one.share:.2f}")
    return [*lines, f"place “{why.asked}”: {why.decided}"]


def reasons(asked: Sequence[Asked], document: Document, gazetteer: Gazetteer) -> list[PlaceWhy]:
    """What decided for each name."""
    ranker = ranker_of(gazetteer)
    choices = ranker.rank(asked, document, {})
    scene, _ = ranker.scene(asked, document, {})
    found = {number: _unknown(one, choices[number]) for number, one in enumerate(asked)}
    if scene is not None:
        parts, scores = weighed(scene, ranker.weights)
        shares = beliefs_of(scene, scores)
        for start, block in zip(scene.starts.tolist(), scene.blocks, strict=True):
            rows = slice(start, start + len(block.options.entries))
            for member in block.members:
                found[member] = _why(asked[member], choices[member], block, parts[rows], shares[rows])
    return [found[number] for number in range(len(asked))]


def _unknown(asked: Asked, choice: Choice) -> PlaceWhy:
    held = f"; the words or the document's other names put it in {choice.country}" if choice.country else ""
    return PlaceWhy(asked=asked.name, start=asked.start, end=asked.end, decided=f"no place of that name is known{held}")


def _why(asked: Asked, choice: Choice, block: Block, parts: Floats, shares: Floats) -> PlaceWhy:
    entries = block.options.entries
    order = np.argsort(-shares, kind="stable")[:TOP].tolist()
    return PlaceWhy(
        asked=asked.name,
        start=asked.start,
        end=asked.end,
        cue=asked.cue,
        candidates=tuple(_candidate(entries[row], float(shares[row])) for row in order),
        decided=_decided(choice, parts, order),
    )


def _candidate(entry: PlaceEntry, share: float) -> Candidate:
    return Candidate(
        name=entry.name,
        admin1=entry.admin1 or None,
        country=entry.country or None,
        kind=entry.kind,
        id=entry.id,
        share=round(share, 3),
    )


def _decided(choice: Choice, parts: Floats, order: Sequence[int]) -> str:
    """What speaks for the first candidate and against the second, and what the other way round; the weightiest first."""
    if choice.entry is not None and len(order) == 1:
        return "the only place of that name"
    first = dict(_grouped(parts[order[0]]))
    second = dict(_grouped(parts[order[1]])) if len(order) > 1 else {}
    apart = {words: first.get(words, 0.0) - second.get(words, 0.0) for words in {**first, **second}}
    ranked = sorted((words for words in apart if abs(apart[words]) > FAINT), key=lambda words: -abs(apart[words]))
    told = {
        True: _listed([one for one in ranked if apart[one] > 0], apart, first),
        False: _listed([one for one in ranked if apart[one] < 0], apart, first),
    }
    if choice.entry is None:
        return "none of them: the document gives no ground for a place there"
    against = f"; against it: {told[False]}" if told[False] else ""
    return f"the first before the second by: {told[True] or 'the order of the gazetteer'}{against}"


def _grouped(parts: Floats) -> Iterator[tuple[str, float]]:
    """The parts of a score in words; what a place's kind and size make together is one of them."""
    yield KIND_AND_SIZE, float(sum(parts[column] for column in KINDRED))
    for column, words in enumerate(FEATURES):
        if column not in KINDRED:
            yield words, float(parts[column])


def _listed(ranked: Sequence[str], apart: dict[str, float], first: dict[str, float]) -> str:
    """The weightiest differences in words; what only the second has is told as its own."""
    return "; ".join(
        f"{words if abs(first[words]) > FAINT else f'(the second) {words}'} {apart[words]:+.1f}"
        for words in ranked[:TELLING]
    )
