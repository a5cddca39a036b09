"""All claims of a document as drafts: the one place where the finders meet."""

from __future__ import annotations

from strife.claims.acts import announced
from strife.claims.control import find_control
from strife.claims.draft import Draft, EventDraft, FigureClaimDraft
from strife.claims.events import find_events
from strife.claims.evidence import evidence_of
from strife.claims.figures import FigureDraft, find_figures
from strife.claims.ground import Ground
from strife.claims.relations import find_relations
from strife.claims.stage import Stage, voices_of
from strife.claims.statements import find_statements
from strife.codebook.book import Codebook
from strife.language.analysis import Token
from strife.mentions.quantities import find_quantities


def find_claims(base: Ground, book: Codebook) -> list[Draft]:
    """The drafts of every claim in the text, in no particular order."""
    stage, triggers = base.stage, base.triggers
    events = find_events(stage, triggers)
    counts = {trigger.head.i: trigger.frame.counts for trigger in triggers}
    by_anchor = {index: event for event in reversed(events) for index in (*event.absorbed, event.anchor.i)}
    found = find_figures(stage.analysis, find_quantities(stage.analysis), counts)
    drafts: list[Draft] = [
        *events,
        *announced(stage, book.events, events),
        *find_control(stage, events),
        *find_relations(stage, events),
        *(_figure(stage, draft, by_anchor) for draft in found),
    ]
    made = {token.i for event in events for token in _predicates(event)}
    made |= {index for event in events for index in event.absorbed}
    return [*drafts, *find_statements(stage, made, base.heard)]


def _predicates(event: EventDraft) -> list[Token]:
    """The predicates that an event is told by: its trigger, and the light verb over a noun."""
    head = event.anchor
    return (
        [*event.trigger.tokens, head.head] if head.dep in ("dobj", "nsubjpass", "attr") else list(event.trigger.tokens)
    )


def _flight(draft: FigureDraft) -> Token | None:
    """The verb that tells where and whether people fled or were driven out, which is no event of its own."""
    noun = draft.anchor
    while noun.dep in ("quantmod", "nummod", "pobj", "prep", "amod", "npadvmod") and noun.head is not noun:
        noun = noun.head
    fled = draft.measure == "displaced" and noun.dep in ("nsubj", "nsubjpass", "dobj") and noun.head.pos == "VERB"
    return noun.head if fled else None


def _figure(stage: Stage, draft: FigureDraft, events: dict[int, EventDraft]) -> FigureClaimDraft:
    """A figure is framed like the event it belongs to, if it has one, else like its own clause."""
    event = events.get(draft.about) if draft.about is not None else None
    told = _flight(draft) if event is None else None
    found = event.found if event is not None else stage.framing.work_out(told or draft.anchor)
    places = stage.scene.places_of(told, []) if told is not None else []
    first, last = draft.quantity.first, draft.quantity.last
    span = evidence_of(stage.analysis, draft.quantity.head)
    number = stage.analysis.span_of(first, last)
    covers = span.start <= number.start and number.end <= span.end
    return FigureClaimDraft(
        anchor=draft.anchor,
        found=found,
        evidence=(span,) if covers else (number,),
        voices=voices_of(stage, found),
        where=event.where if event else next(iter(places), None),
        when=event.when if event else stage.scene.time_of(draft.anchor),
        rule=f"figure:{draft.measure}",
        measure=draft.measure,
        quantity=draft.quantity,
        of=stage.analysis.span_of(*draft.of),
        unit=draft.unit,
        about=event.anchor.i if event else None,
    )
