"""The parties, places and times that quoted words name: those that our own grammar sees there, else the words alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from msgspec import structs

from strife.claims.ground import Ground
from strife.codebook.words import load_words
from strife.gazetteer import Gazetteer
from strife.language.analysis import Token
from strife.mentions.mention import PlaceMention, QuantityMention, TimeMention
from strife.records import Party, PlacePrecision, Span
from strife.resolve.phrase import asked_at

NOMINAL = ("PROPN", "NOUN", "PRON", "ADJ", "NUM", "DET")
NOUNS = ("PROPN", "NOUN", "NUM")
WIDEST = 400  # characters of the longest mention

Thing = TypeVar("Thing", PlaceMention, TimeMention, QuantityMention)


def top_of(tokens: Sequence[Token]) -> Token:
    """The first word of a run that hangs on none of the others."""
    inside = {token.i for token in tokens}
    return next((one for one in tokens if one.head is one or one.head.i not in inside), tokens[0])


@dataclass(slots=True)
class Mentions(Generic[Thing]):
    """Mentions in text order, found by where they stand without going through them all."""

    known: list[Thing]
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Put them in order."""
        self.known = sorted(self.known, key=lambda one: (one.first.start, one.last.end))
        self.starts = [one.first.start for one in self.known]

    def at(self, span: Span) -> list[Thing]:
        """Those that share words with a span."""
        near = self.known[bisect_left(self.starts, span.start - WIDEST) : bisect_left(self.starts, span.end)]
        return [one for one in near if one.last.end > span.start]

    def best(self, span: Span) -> Thing | None:
        """The one that shares most with a span."""
        return max(self.at(span), key=lambda one: _shared(one, span), default=None)


def _shared(one: PlaceMention | TimeMention | QuantityMention, span: Span) -> int:
    return min(one.last.end, span.end) - max(one.first.start, span.start)


@dataclass(slots=True)
class Namer:
    """Finds what quoted words name in one document, and keeps the places and times that nobody had seen."""

    base: Ground
    seen: Mentions[PlaceMention] = field(init=False)
    timed: Mentions[TimeMention] = field(init=False)
    hours: set[int] = field(init=False)  # heads of our times
    spots: set[int] = field(init=False)  # heads of our places
    places: dict[int, PlaceMention] = field(default_factory=dict)  # seen by the other reader alone, by head
    times: dict[int, TimeMention] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Put our own mentions in order."""
        self.seen, self.timed = Mentions(self.base.places), Mentions(self.base.times)
        self.hours = {one.head.i for one in self.base.times}
        self.spots = {one.head.i for one in self.base.places}

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
        if not nominal or any(one.i in self.hours for one in nominal):
            return []
        cast_ = self.base.stage.cast
        head = self._head(span, tokens, nominal)
        found = [one for one in cast_.parties(head, owners=owners) if span.start <= one.start and one.end <= span.end]
        if len(found) > 1:
            return found
        known = next(iter(found or cast_.unnamed(head)), None)
        if known is None:
            return [Party(quote=span.quote, start=span.start, end=span.end)]
        return [structs.replace(known, quote=span.quote, start=span.start, end=span.end)]

    def _head(self, span: Span, tokens: Sequence[Token], nominal: Sequence[Token]) -> Token:
        """The word that a phrase is about: that of our own mention which is the same phrase, else the one it hangs on."""
        for one in tokens:
            mention = self.base.stage.cast.coreference.by_head.get(one.i)
            if mention is not None and (mention.first.start, mention.last.end) == (span.start, span.end):
                return one
        top = top_of(tokens)
        return top if top in nominal else top_of(nominal)

    def voices(self, span: Span, tokens: Sequence[Token]) -> list[Party]:
        """The parties behind a voice, never none: words that nobody knows are a voice too."""
        parties = self.parties(span, tokens, owners=False)
        return parties or [Party(quote=span.quote, start=span.start, end=span.end)]

    def place(self, span: Span, tokens: Sequence[Token]) -> PlaceMention | None:
        """The place that quoted words name, None where they are a time or no name that a place could have.

        "The town" is the one named before; a place that our grammar has not seen is looked up like any other."""
        known = self.seen.best(span)
        if known is not None or not tokens:
            return known
        head = _noun_of(tokens)
        if head.i in self.hours:
            return None
        if not _is_name(tokens):
            kind = self.kind_of(tokens)
            return self.base.stage.scene.repeated(head, kind) if kind is not None else None
        asked = asked_at(self.base.stage.analysis.document.text, span.start, span.end, Gazetteer.shared())
        made = PlaceMention(head, tokens[0], tokens[-1], asked.name, asked.cue)
        return self.places.setdefault(head.i, made)

    def kind_of(self, tokens: Sequence[Token]) -> PlacePrecision | None:
        """How closely words place that are no name: "the town", "a hill"; None where they are a name or tell no place."""
        if not tokens or _is_name(tokens):
            return None
        return cast(PlacePrecision | None, load_words("control")["ground"].get(_noun_of(tokens).lemma))

    def time(self, span: Span, tokens: Sequence[Token]) -> TimeMention | None:
        """The time that quoted words name, None where they are a place or no words."""
        known = self.timed.best(span)
        if known is not None or not tokens:
            return known
        made = TimeMention(_noun_of(tokens), tokens[0], tokens[-1])
        return None if made.head.i in self.spots else self.times.setdefault(made.head.i, made)


def _noun_of(tokens: Sequence[Token]) -> Token:
    """The noun that a run of words is about."""
    return top_of([one for one in tokens if one.pos in NOUNS] or tokens)


def _is_name(tokens: Sequence[Token]) -> bool:
    return any(one.text[:1].isupper() and one.pos != "DET" for one in tokens)
