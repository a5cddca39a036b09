"""What another reader tells -> drafts of claims on our own grammar: its words become tokens, parties, places and times of ours.

Its frame is weighed against the one that the grammar shows: what either takes for unreal does not come out as a fact."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from strife.claims.draft import ControlDraft, Draft, EventDraft, FigureClaimDraft, RelationDraft, StatementDraft
from strife.claims.ground import Ground
from strife.claims.modality import Found
from strife.claims.stage import voices_of
from strife.claims.trigger import Trigger
from strife.codebook.crosswalk import acled_of, cameo_of
from strife.codebook.frames import EventFrame
from strife.language.analysis import Token
from strife.mentions.coreference import governor
from strife.mentions.mention import PlaceMention, QuantityMention, TimeMention
from strife.mentions.quantities import find_quantities
from strife.readers.named import Mentions, Namer, top_of
from strife.readers.tally import Tally
from strife.readers.told import Told, ToldControl, ToldEvent, ToldFigure, ToldRelation, ToldStatement
from strife.records import Party, Span


@dataclass(slots=True)
class Heard(Found):
    """A frame that another reader told: its cue is the word that it quoted, or none."""

    word: Token | None = None

    @property
    def cue(self) -> Token | None:
        """The word that tells."""
        return self.word


@dataclass(frozen=True, slots=True)
class Bound:
    """Drafts, and the places and times of the document with those that only the other reader has seen, in text order."""

    drafts: list[Draft]
    places: list[PlaceMention]
    times: list[TimeMention]


def bind(told: Sequence[Told], base: Ground, tally: Tally) -> Bound:
    """The drafts of what was told; what no words of the text carry is dropped and counted."""
    binder = _Binder(base, tally, Namer(base))
    drafts: list[Draft] = []
    figures = [one for one in told if isinstance(one, ToldFigure)]
    for one in [*(one for one in told if not isinstance(one, ToldFigure)), *figures]:  # figures point at events
        draft = binder.draft(one)
        if draft is not None:
            drafts.append(draft)
    return Bound(drafts, binder.namer.all_places, binder.namer.all_times)


@dataclass(slots=True)
class _Binder:
    base: Ground
    tally: Tally
    namer: Namer
    starts: list[int] = field(init=False)
    ends: list[int] = field(init=False)
    frames: dict[int, list[EventFrame]] = field(default_factory=dict)  # of our own triggers, by head
    events: dict[int, EventDraft] = field(default_factory=dict)  # by anchor
    quantities: Mentions[QuantityMention] = field(init=False)

    def __post_init__(self) -> None:
        tokens = self.base.stage.analysis.tokens
        self.starts, self.ends = [one.start for one in tokens], [one.end for one in tokens]
        self.quantities = Mentions(find_quantities(self.base.stage.analysis))
        for one in self.base.triggers:
            self.frames.setdefault(one.head.i, []).append(one.frame)

    def draft(self, told: Told) -> Draft | None:
        """The draft of one claim, None where it cannot be made."""
        makers: dict[type[Told], Callable[..., Draft | str]] = {
            ToldEvent: self._event,
            ToldRelation: self._relation,
            ToldControl: self._control,
            ToldFigure: self._figure,
            ToldStatement: self._statement,
        }
        made = makers[type(told)](told)
        if isinstance(made, str):
            self.tally.dropped[made] += 1
            return None
        return made

    def _tokens(self, span: Span) -> list[Token]:
        """The words of a span."""
        first, last = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
        return self.base.stage.analysis.tokens[first:last]

    def _parties(self, spans: Sequence[Span], slot: str) -> list[Party]:
        found: list[Party] = []
        for span in spans:
            parties = self.namer.parties(span, self._tokens(span))
            if not parties:
                self.tally.left_out[f"{slot} that names nobody"] += 1
            found += [one for one in parties if one not in found]
        return found

    def _place(self, told: Told) -> PlaceMention | None:
        if told.where is None:
            return None
        found = self.namer.place(told.where, self._tokens(told.where))
        if found is None and not isinstance(told, ToldControl):
            self.tally.left_out["place that is none"] += 1
        return found

    def _time(self, told: Told) -> TimeMention | None:
        if told.when is None:
            return None
        found = self.namer.time(told.when, self._tokens(told.when))
        if found is None:
            self.tally.left_out["time that is none"] += 1
        return found

    def _event(self, told: ToldEvent) -> EventDraft | str:
        tokens = [one for one in self._tokens(told.trigger) if one.pos not in ("PUNCT", "SPACE", "SYM")]
        if not tokens:
            return "trigger without a word"
        head = top_of(tokens)
        actors, recipients = self._parties(told.actors, "actor"), self._parties(told.recipients, "recipient")
        trigger = Trigger(
            head, tuple(tokens), self._frame(told, head, actors, recipients), noun=head.pos in ("NOUN", "PROPN")
        )
        found, voices = self._framed(told, head)
        draft = EventDraft(
            anchor=head,
            found=found,
            voices=voices,
            evidence=told.evidence,
            where=self._place(told),
            when=self._time(told),
            rule="event",
            trigger=trigger,
            actors=actors,
            recipients=recipients,
            supporters=self._parties(told.supporters, "supporter"),
        )
        self.events.setdefault(head.i, draft)
        return draft

    def _frame(self, told: ToldEvent, head: Token, actors: list[Party], recipients: list[Party]) -> EventFrame:
        """The codebook's own entry where its words say the same, for its finer codes; else what follows from the type and mode."""
        for frame in self.frames.get(head.i, ()):
            if frame.type == told.plover and told.mode in (None, frame.mode):
                return frame
        sectors = [{sector for party in side for sector in party.sectors} for side in (actors, recipients)]
        return EventFrame(
            id=f"told-{told.plover.lower()}",
            type=told.plover,
            mode=told.mode,
            contexts=told.contexts,
            cameo=cameo_of(told.plover, told.mode, told.contexts),
            acled=acled_of(told.plover, told.mode, told.contexts, actors=sectors[0], recipients=sectors[1]),
        )

    def _relation(self, told: ToldRelation) -> RelationDraft | str:
        subjects, objects = self._parties((told.subject,), "subject"), self._parties((told.object,), "object")
        if not subjects or not objects:
            return "party that names nobody"
        anchor = self._anchor(told.subject, told)
        found, voices = self._framed(told, anchor)
        return RelationDraft(
            anchor=anchor,
            found=found,
            voices=voices,
            evidence=told.evidence,
            where=self._place(told),
            when=self._time(told),
            rule="relation",
            predicate=told.predicate,
            subject=subjects[0],
            object=objects[0],
        )

    def _control(self, told: ToldControl) -> ControlDraft | str:
        holders, where = self._parties((told.holder,), "holder"), self._place(told)
        kind = self.namer.kind_of(self._tokens(told.where)) if told.where is not None else None
        if not holders:
            return "party that names nobody"
        if where is None and kind is None:
            return "place that is none"
        anchor = self._anchor(told.holder, told)
        found, voices = self._framed(told, anchor)
        return ControlDraft(
            anchor=anchor,
            found=found,
            voices=voices,
            evidence=told.evidence,
            where=where,
            when=self._time(told),
            rule="control",
            holder=holders[0],
            change=told.change,
            extent=told.extent,
            said=told.where if kind is not None else None,
            precision=kind,
        )

    def _figure(self, told: ToldFigure) -> FigureClaimDraft | str:
        quantity = self._quantity(told)
        if quantity is None:
            return "number that cannot be read"
        about = self._about(told)
        found, voices = self._framed(told, about.anchor if about is not None else quantity.head)
        return FigureClaimDraft(
            anchor=quantity.head,
            found=found,
            voices=voices,
            evidence=told.evidence,
            where=self._place(told) or (about.where if about is not None else None),
            when=self._time(told) or (about.when if about is not None else None),
            rule="figure",
            measure=told.measure,
            quantity=quantity,
            of=told.of,
            unit=quantity.unit,
            about=about.anchor.i if about is not None else None,
        )

    def _quantity(self, told: ToldFigure) -> QuantityMention | None:
        """The quantity that our own grammar reads at the number's place, else the one nearest to what is counted."""
        near = told.number or told.evidence[0]
        return min(self.quantities.at(near), key=lambda one: abs(one.first.start - told.of.start), default=None)

    def _about(self, told: ToldFigure) -> EventDraft | None:
        tokens = self._tokens(told.about) if told.about is not None else []
        return next((self.events[one.i] for one in tokens if one.i in self.events), None)

    def _statement(self, told: ToldStatement) -> StatementDraft | str:
        tokens = self._tokens(told.content)
        if not tokens:
            return "content without a word"
        anchor = top_of(tokens)
        found, voices = self._framed(told, anchor)
        marks = self.base.stage.analysis.quotations
        return StatementDraft(
            anchor=anchor,
            found=found,
            voices=voices,
            evidence=told.evidence,
            where=self._place(told),
            when=self._time(told),
            rule="statement",
            content=told.content,
            quoted=any(one.first <= anchor.i <= one.last for one in marks),
        )

    def _anchor(self, span: Span, told: Told) -> Token:
        """The verb that tells of a party, if it stands in the evidence, else the party's own word."""
        token = top_of(self._tokens(span))
        verb = governor(token)
        evidence = told.evidence[0]
        return verb if evidence.start <= verb.start < evidence.end else token

    def _framed(self, told: Told, anchor: Token) -> tuple[Found, tuple[Party, ...]]:
        """The more careful of what was told and what the grammar shows: unreal rather than real, somebody's rather than the author's."""
        stage = self.base.stage
        own = stage.framing.work_out(anchor)
        voices: tuple[Party, ...] = ()
        if told.voice is not None:
            voices = tuple(self.namer.voices(told.voice, self._tokens(told.voice)))
        overheard = voices_of(stage, own) if not voices else ()
        unreal = told.plain and (own.negated or own.stance != "asserts")
        self.tally.careful += bool(unreal or overheard)
        if unreal:
            return own, voices or overheard
        found = Heard(likelihood=told.likelihood, word=self._cue(told, own, anchor, heard=bool(overheard)))
        if told.stance != "asserts":
            found.add(told.stance, anchor)
        if told.negated:
            found.negate(anchor)
        return found, voices or overheard

    def _cue(self, told: Told, own: Found, anchor: Token, *, heard: bool) -> Token | None:
        """The word that was quoted, else the one that makes the grammar see the same."""
        tokens = self._tokens(told.cue) if told.cue is not None else []
        if tokens:
            return top_of(tokens)
        agreed = (own.stance, own.negated) == (told.stance, told.negated)
        return own.cue if heard or (agreed and own.cue is not anchor) else None
