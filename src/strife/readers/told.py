"""What another reader tells of a text once it has been checked: every word stands at its place, every code exists."""

from __future__ import annotations

from dataclasses import dataclass

from strife.records import Change, Extent, Likelihood, Measure, PloverType, Predicate, Span, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What every claim tells: its evidence, in whose voice (None: the author's) and how firmly, place and time as quoted."""

    evidence: tuple[Span, ...]
    voice: Span | None
    cue: Span | None
    stance: Stance
    negated: bool
    likelihood: Likelihood | None
    where: Span | None
    when: Span | None

    @property
    def plain(self) -> bool:
        """Whether it is told as having happened."""
        return self.stance == "asserts" and not self.negated


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEvent(Told):
    """An event."""

    trigger: Span
    plover: PloverType
    mode: str | None
    contexts: tuple[str, ...]
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    supporters: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRelation(Told):
    """How one party stands to another."""

    predicate: Predicate
    subject: Span
    object: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldControl(Told):
    """Who holds the place in `where`, which is never None here."""

    holder: Span
    change: Change
    extent: Extent


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFigure(Told):
    """A number; what it amounts to is read from its words by our own grammar. None where only what is counted was told."""

    number: Span | None
    of: Span
    measure: Measure
    about: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStatement(Told):
    """Something said or expected."""

    content: Span


def same(one: Told) -> tuple[object, ...]:
    """What tells one claim from another, so that pieces that overlap do not tell it twice."""
    place = one.where.start if one.where is not None else None
    match one:
        case ToldEvent():
            return "event", one.trigger.start, one.plover, place
        case ToldRelation():
            return "relation", one.predicate, one.subject.start, one.object.start
        case ToldControl():
            return "control", one.change, one.holder.start, place
        case ToldFigure():
            return "figure", (one.number or one.of).start, one.measure
        case ToldStatement():
            return "statement", one.content.start
    raise TypeError(f"{type(one).__name__} is no kind of claim")
