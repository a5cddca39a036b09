"""All claims of a document as drafts: the one place where the finders meet."""

from __future__ import annotations

from strife.claims.acts import announced
from strife.claims.cast import Cast
from strife.claims.control import find_control
from strife.claims.draft import Draft, EventDraft, FigureClaimDraft
from strife.claims.events import find_events
from strife.claims.evidence import evidence_of
from strife.claims.figures import FigureDraft, find_figures
from strife.claims.framing import Framing
from strife.claims.quotedspeech import find_speakers
from strife.claims.relations import find_relations
from strife.claims.scene import Scene
from strife.claims.stage import Stage, voices_of
from strife.claims.statements import find_statements
from strife.claims.triggers import find_triggers
from strife.codebook.book import Codebook
from strife.codebook.frames import Kind
from strife.language.analysis import Analysis, Token
from strife.mentions.coreference import Coreference
from strife.mentions.mention import PartyMention, PlaceMention, QuantityMention, TimeMention
from strife.registry.registry import Registry

ARMED = {"MIL", "REB", "PRM", "UAF", "COP", "CRM"}
IRREGULAR = {"REB", "PRM", "UAF", "CRM", "IMG"}  # armed, and no state's
HUMAN = {"person", "people", "man", "woman", "child", "him", "her", "them", "us", "me", "victim"}


def find_claims(
    analysis: Analysis,
    parties: list[PartyMention],
    places: list[PlaceMention],
    times: list[TimeMention],
    quantities: list[QuantityMention],
    book: Codebook,
    registry: Registry,
) -> list[Draft]:
    """The drafts of every claim in the text, in no particular order."""
    coreference = Coreference(analysis, parties, registry)
    cast = Cast(analysis, coreference)
    scene = Scene({place.head.i: place for place in places}, {time.head.i: time for time in times})
    stage = Stage(analysis, cast, Framing(analysis, book.cues, find_speakers(analysis, book.cues)), scene)
    taken = _inside_names(parties)
    triggers = find_triggers(analysis, book.events, lambda token: _kinds(token, coreference, scene), taken)
    events = find_events(stage, triggers)
    counts = {trigger.head.i: trigger.frame.counts for trigger in triggers}
    by_anchor = {index: event for event in reversed(events) for index in (*event.absorbed, event.anchor.i)}
    figures = [_figure(stage, draft, by_anchor) for draft in find_figures(analysis, quantities, counts)]
    drafts: list[Draft] = [
        *events,
        *announced(stage, book.events, events),
        *find_control(stage, events),
        *find_relations(stage, events),
        *figures,
    ]
    made = {token.i for event in events for token in _predicates(event)}
    made |= {index for event in events for index in event.absorbed}
    return [*drafts, *find_statements(stage, made)]


def _predicates(event: EventDraft) -> list[Token]:
    """The predicates that an event is told by: its trigger, and the light verb over a noun."""
    head = event.anchor
    return (
        [*event.trigger.tokens, head.head] if head.dep in ("dobj", "nsubjpass", "attr") else list(event.trigger.tokens)
    )


def _inside_names(parties: list[PartyMention]) -> set[int]:
    """Tokens inside names, which name no event: "Front for the Liberation of …"."""
    return {
        index
        for party in parties
        if party.kind == "name" and party.id
        for index in range(party.first.i, party.last.i + 1)
        if party.last.i > party.first.i
    }


def _kinds(token: Token, coreference: Coreference, scene: Scene) -> set[Kind]:
    """What kinds of thing a token names: party, place, person, and whether a party is armed or an irregular force."""
    kinds: set[Kind] = set()
    mention = coreference.by_head.get(token.i)
    if mention is not None:
        kinds.add("party")
        if ARMED & set(mention.sectors):
            kinds.add("armed")
        if IRREGULAR & set(mention.sectors) and not {"MIL", "COP", "GOV"} & set(mention.sectors):
            kinds.add("irregular")
        if mention.kind in ("person", "described", "demonym"):
            kinds.add("person")
    if token.pos == "PRON" or token.lemma in HUMAN or token.pos == "NUM" or token.ent == "PERSON":
        kinds |= {"party", "person"}
    if token.i in scene.places or token.lemma in (
        "town",
        "city",
        "village",
        "area",
        "province",
        "region",
        "district",
        "territory",
        "base",
    ):
        kinds.add("place")
    return kinds


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
