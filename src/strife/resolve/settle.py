"""Drafts -> claims: places and dates resolved, frames closed, ids made, order restored."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from msgspec import structs

from strife.claims.draft import ControlDraft, Draft, EventDraft, FigureClaimDraft, RelationDraft, StatementDraft
from strife.claims.trigger import Trigger
from strife.language.analysis import Analysis
from strife.mentions.mention import PlaceMention
from strife.model.session import Model
from strife.records import (
    Claim,
    Control,
    Date,
    Event,
    Figure,
    Frame,
    Place,
    PlacePrecision,
    Relation,
    Span,
    Statement,
    Why,
)
from strife.resolve.setting import Setting, inferred_places
from strife.resolve.timing import inferred_dates

SCORE_PLACES = 3


@dataclass(frozen=True, slots=True)
class Settled:
    """What drafts are settled with: resolved places and dates by head token, and the version that signs each claim."""

    analysis: Analysis
    places: Mapping[int, Place]
    dates: Mapping[int, Date]
    by: str
    mentions: Sequence[PlaceMention] = ()
    inferred: Mapping[int, Date] = field(default_factory=dict)  # dates of events that name none
    settings: Mapping[int, Setting] = field(default_factory=dict)  # places of events that name none
    model: Model | None = None  # signs beside it, and scores, what it has read; None where the rules work alone
    reasons: Mapping[int, tuple[str, ...]] = field(default_factory=dict)  # why a place, by head token; where asked for


def settle(drafts: Sequence[Draft], settled: Settled) -> tuple[tuple[Claim, ...], tuple[Why, ...]]:
    """The claims in text order, each id once, and what lies behind each."""
    settled = replace(
        settled,
        inferred=inferred_dates(drafts, settled.analysis, settled.dates),
        settings=inferred_places(drafts, settled.analysis, settled.mentions, settled.places),
    )
    events: dict[int, str] = {}
    claims: dict[str, tuple[Claim, Why]] = {}
    for draft in sorted(drafts, key=lambda one: isinstance(one, FigureClaimDraft)):  # figures point at events
        claim = _claim(draft, settled, events)
        if claim is None or claim.id in claims:
            continue
        if isinstance(draft, EventDraft):
            events.setdefault(draft.anchor.i, claim.id)
        claims[claim.id] = (claim, _why(draft, claim, settled))
    ordered = sorted(claims.values(), key=lambda pair: (pair[0].evidence[0].start, _point(pair[0]), pair[0].id))
    return tuple(claim for claim, _ in ordered), tuple(why for _, why in ordered)


def _point(claim: Claim) -> int:
    if isinstance(claim, Event):
        return claim.trigger.start
    if isinstance(claim, Figure):
        return claim.of.start
    return claim.content.start if isinstance(claim, Statement) else claim.evidence[0].start


def _frame(draft: Draft, analysis: Analysis) -> Frame:
    found = draft.found
    cue = found.cue
    return Frame(
        voice=draft.voices[0] if draft.voices else "author",
        co_voices=draft.voices[1:],
        cue=analysis.span_of(cue, cue) if cue is not None else None,
        stance=found.stance,
        negated=found.negated,
        likelihood=found.likelihood if found.stance in ("supposes", "expects", "intends", "conditions") else None,
    )


def _id(document: str, kind: str, *content: object) -> str:
    return hashlib.sha256(
        "\x1f".join([document, kind, *map(repr, content)]).encode("utf-8", "surrogatepass")
    ).hexdigest()[:16]


def _claim(draft: Draft, settled: Settled, events: Mapping[int, str]) -> Claim | None:
    where = settled.places.get(draft.where.head.i) if draft.where is not None else _set(draft, settled)
    if isinstance(draft, ControlDraft) and draft.said is not None:
        where = _said(draft.said, draft.precision, where)
    common = partial(_common, draft, settled, where)
    match draft:
        case EventDraft():
            trigger = settled.analysis.span_of(*draft.trigger.words(settled.analysis))
            return _event(draft, trigger, common("event", trigger.start, draft.trigger.frame.id), settled.model)
        case RelationDraft():
            base = common("relation", draft.predicate, draft.subject.start, draft.object.start)
            return Relation(**base, predicate=draft.predicate, subject=draft.subject, object=draft.object)
        case ControlDraft():
            if where is None or (draft.change == "loses" and where.precision == "country"):
                return None  # leaving a country loses no town that one held
            base = common("control", draft.change, draft.holder.start)
            return Control(**base, holder=draft.holder, change=draft.change, extent=draft.extent)
        case FigureClaimDraft():
            return _figure(draft, common("figure", draft.quantity.first.start, draft.measure), events)
        case StatementDraft():
            base = common("statement", draft.content.start, draft.content.end)
            return Statement(**base, content=draft.content, quoted=draft.quoted)
    raise TypeError(f"no claim is made of a {type(draft).__name__}")


def _set(draft: Draft, settled: Settled) -> Place | None:
    """The place that the words around an event, or around what a figure is about, set it in."""
    anchor = (
        draft.about
        if isinstance(draft, FigureClaimDraft)
        else draft.anchor.i
        if isinstance(draft, EventDraft)
        else None
    )
    setting = settled.settings.get(anchor) if anchor is not None else None
    return setting.place if setting is not None else None


def _common(draft: Draft, settled: Settled, where: Place | None, kind: str, *content: object) -> dict[str, Any]:
    """The fields that claims of every kind have; `content` tells this one from others of its kind in the same words."""
    document, frame = settled.analysis.document.id, _frame(draft, settled.analysis)
    spans = tuple((span.start, span.end) for span in draft.evidence)
    place = (where.start, where.end) if where else None
    return {
        "id": _id(document, kind, spans, place, frame.status, *content),
        "document": document,
        "evidence": draft.evidence,
        "frame": frame,
        "status": frame.status,
        "where": where,
        "when": _when(draft, settled),
        "by": f"{settled.by}:{draft.rule}",
    }


def _when(draft: Draft, settled: Settled) -> Date | None:
    """The date that a draft names, else the one worked out for its event."""
    if draft.when is not None:
        return settled.dates.get(draft.when.head.i)
    if isinstance(draft, FigureClaimDraft) and draft.about is not None:
        return settled.inferred.get(draft.about)
    return settled.inferred.get(draft.anchor.i) if isinstance(draft, EventDraft | ControlDraft) else None


def _event(draft: EventDraft, trigger: Span, base: dict[str, Any], model: Model | None) -> Event:
    verdict = draft.trigger.verdict
    if verdict is not None and model is not None:
        type_ = draft.trigger.frame.type
        score = model.score(verdict.types[type_], agreed=draft.trigger.proposed == type_)
        signed = f"{base['by']};model/{model.manifest.version}"
        base = {**base, "by": signed, "score": round(score, SCORE_PLACES)}
    return Event(
        **base,
        trigger=trigger,
        code=draft.trigger.frame.code,
        actors=tuple(draft.actors),
        recipients=tuple(draft.recipients),
        supporters=tuple(draft.supporters),
    )


def _said(said: Span, precision: PlacePrecision | None, like: Place | None) -> Place:
    """A place told by its kind ("the town", "a hill"): in the text's own words, and what it is called if that was told before."""
    if like is None:
        return Place(quote=said.quote, start=said.start, end=said.end, precision=precision or "region")
    return structs.replace(like, quote=said.quote, start=said.start, end=said.end)


def _figure(draft: FigureClaimDraft, base: dict[str, Any], events: Mapping[int, str]) -> Figure:
    quantity = draft.quantity
    about = events.get(draft.about) if draft.about is not None else None
    return Figure(
        **base,
        measure=draft.measure,
        of=draft.of,
        low=quantity.low,
        best=quantity.best,
        high=quantity.high,
        unit=draft.unit,
        about=about,
    )


def _why(draft: Draft, claim: Claim, settled: Settled) -> Why:
    cue = claim.frame.cue.quote if claim.frame.cue else None
    seen = _seen(draft.trigger) if isinstance(draft, EventDraft) else ()
    setting = settled.settings.get(draft.anchor.i) if isinstance(draft, EventDraft) and draft.where is None else None
    basis = (f"place: from {setting.basis}",) if setting is not None else ()
    where = settled.reasons.get(draft.where.head.i, ()) if draft.where is not None and claim.where is not None else ()
    return Why(claim=claim.id, rule=draft.rule, cue=cue, candidates=(*draft.candidates, *seen, *basis, *where))


def _seen(trigger: Trigger) -> tuple[str, ...]:
    """What the model made of a trigger, and what the rules would have."""
    if trigger.verdict is None:
        return ()
    best = ", ".join(f"{type_} {likely:.2f}" for type_, likely in trigger.verdict.best)
    return f"model: {best}", f"rules: {trigger.proposed or 'no event'}"


def spans_of(claims: Sequence[Claim]) -> list[Span]:
    """The first evidence of each claim."""
    return [claim.evidence[0] for claim in claims]
