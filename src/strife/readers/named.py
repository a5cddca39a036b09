"""The parties, places and times that quoted words name: those that our own grammar sees there, else the words alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from msgspec import structs

from strife.claims.ground import Ground
from strife.codebook.words import load_words
from strife.gazetteer import Gazetteer
from strife.language.analysis import Token
from strife.mentions.mention import PlaceMention, TimeMention
from strife.mentions.times import mention_of
from strife.records import Party, PlacePrecision, Span
from strife.resolve.phrase import asked_at

NOMINAL = ("PROPN", "NOUN", "PRON", "ADJ", "NUM", "DET")


def top_of(tokens: Sequence[Token]) -> Token:
    """The first word of a run that hangs on none of the others."""
    inside = {token.i for token in tokens}
    return next((one for one in tokens if one.head is one or one.head.i not in inside), tokens[0])


@dataclass(slots=True)
class Namer:
    """Finds what quoted words name in one document, and keeps the places and times that nobody had seen."""

    base: Ground
    places: dict[int, PlaceMention] = field(default_factory=dict)  # seen by the other reader alone, by head
    times: dict[int, TimeMention] = field(default_factory=dict)

    @property
    def all_places(self) -> list[PlaceMention]:
        """Our places and those of the other reader, in text order."""
        return sorted([*self.base.places, *self.places.values()], key=lambda one: (one.first.i, one.last.i))

    @property
    def all_times(self) -> list[TimeMention]:
        """Our times and those of the other reader, in text order."""
        return sorted([*self.base.times, *self.times.values()], key=lambda one: (one.first.i, one.last.i))

    def parties(self, span: Span, tokens: Sequence[Token], *, owners: bool = True) -> list[Party]:
        """The parties of a phrase, in its own words where it names one; none where it is no phrase that could name one."""
        nominal = [one for one in tokens if one.pos in NOMINAL]
        if not nominal or any(time.head in nominal for time in self.base.times):
            return []
        head = top_of(nominal)
        found = [
            one
            for one in self.base.stage.cast.parties(head, owners=owners)
            if span.start <= one.start and one.end <= span.end
        ]
        if len(found) > 1:
            return found
        known = next(iter(found or self.base.stage.cast.unnamed(head)), None)
        if known is None:
            return [Party(quote=span.quote, start=span.start, end=span.end)]
        return [structs.replace(known, quote=span.quote, start=span.start, end=span.end)]

    def voices(self, span: Span, tokens: Sequence[Token]) -> list[Party]:
        """The parties behind a voice, never none: words that nobody knows are a voice too."""
        parties = self.parties(span, tokens, owners=False)
        return parties or [Party(quote=span.quote, start=span.start, end=span.end)]

    def place(self, span: Span | None) -> PlaceMention | None:
        """The place that quoted words name, None where they are a time or no words."""
        if span is None:
            return None
        near = [one for one in self.all_places if one.first.start < span.end and span.start < one.last.end]
        if near:
            return max(near, key=lambda one: min(one.last.end, span.end) - max(one.first.start, span.start))
        run = mention_of(self.base.stage.analysis, span.start, span.end)  # the words of a span, whatever it is
        if run is None or run.head.i in {one.head.i for one in self.base.times}:
            return None
        if not self._is_name(run):
            kind = self.kind_of(span)
            return self.base.stage.scene.repeated(run.head, kind) if kind is not None else None
        text = self.base.stage.analysis.document.text
        asked = asked_at(text, span.start, span.end, Gazetteer.shared())
        made = PlaceMention(run.head, run.first, run.last, asked.name, asked.cue)
        return self.places.setdefault(run.head.i, made)

    def kind_of(self, span: Span) -> PlacePrecision | None:
        """How closely words place that are no name: "the town", "a hill"; None where they are a name or tell no place."""
        run = mention_of(self.base.stage.analysis, span.start, span.end)
        if run is None or self._is_name(run):
            return None
        return cast(PlacePrecision | None, load_words("control")["ground"].get(run.head.lemma))

    def _is_name(self, run: TimeMention) -> bool:
        tokens = self.base.stage.analysis.tokens[run.first.i : run.last.i + 1]
        return any(one.text[:1].isupper() and one.pos != "DET" for one in tokens)

    def time(self, span: Span | None) -> TimeMention | None:
        """The time that quoted words name, None where they are a place or no words."""
        if span is None:
            return None
        near = [one for one in self.all_times if one.first.start < span.end and span.start < one.last.end]
        if near:
            return max(near, key=lambda one: min(one.last.end, span.end) - max(one.first.start, span.start))
        made = mention_of(self.base.stage.analysis, span.start, span.end)
        if made is None or made.head.i in {one.head.i for one in self.base.places}:
            return None
        return self.times.setdefault(made.head.i, made)
