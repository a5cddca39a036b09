"""Drafts: claims before their places and dates are resolved and their ids are made."""

from __future__ import annotations

from dataclasses import dataclass, field

from strife.claims.modality import Found
from strife.claims.trigger import Trigger
from strife.language.analysis import Token
from strife.mentions.mention import PlaceMention, QuantityMention, TimeMention
from strife.records import Change, Extent, Measure, Party, PlacePrecision, Predicate, Span


@dataclass(kw_only=True, slots=True)
class Draft:
    """What every draft has: the word that makes it, how it is framed, its evidence, place and time as mentioned."""

    anchor: Token
    found: Found
    evidence: tuple[Span, ...]
    voices: tuple[Party, ...] = ()
    where: PlaceMention | None = None
    when: TimeMention | None = None
    rule: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(kw_only=True, slots=True)
class EventDraft(Draft):
    """An event with its parties."""

    trigger: Trigger
    actors: list[Party] = field(default_factory=list)
    recipients: list[Party] = field(default_factory=list)
    supporters: list[Party] = field(default_factory=list)
    absorbed: tuple[int, ...] = ()  # head tokens of the nouns that tell the same deed


@dataclass(kw_only=True, slots=True)
class RelationDraft(Draft):
    """How one party stands to another."""

    predicate: Predicate
    subject: Party
    object: Party


@dataclass(kw_only=True, slots=True)
class ControlDraft(Draft):
    """Who holds, gains, loses or contests the place in `where`."""

    holder: Party
    change: Change
    extent: Extent = "whole"
    said: Span | None = None  # the words that tell the place, where they are no name: "the town", "a hill"
    precision: PlacePrecision | None = None  # how closely those words place


@dataclass(kw_only=True, slots=True)
class FigureClaimDraft(Draft):
    """A figure, with the head token of the event trigger it belongs to."""

    measure: Measure
    quantity: QuantityMention
    of: Span
    unit: str | None
    about: int | None


@dataclass(kw_only=True, slots=True)
class StatementDraft(Draft):
    """Something said or expected."""

    content: Span
    quoted: bool
