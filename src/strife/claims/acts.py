"""Announced acts: "said it would lift the ban" is an undertaking, "will not talk" a refusal, "must leave" a demand.

The act stands beside the deed that is only announced, as PLOVER wants it: future cooperation is AGREE, future harm
THREATEN, cooperation that will not be is REJECT, what another "must" do is REQUEST."""

from __future__ import annotations

import copy
from dataclasses import dataclass

import msgspec

from strife.claims.draft import EventDraft
from strife.claims.evidence import evidence_of
from strife.claims.modality import Found
from strife.claims.stage import Stage, voices_of
from strife.claims.trigger import Trigger
from strife.codebook.frames import EventLexicon
from strife.language.analysis import Token, child
from strife.language.grammar import is_passive, is_predicate, surface_subject
from strife.records import Party

HELPING = {
    "AID": "033",
    "RETREAT": "035",
    "CONCEDE": "035",
    "CONSULT": "036",
    "COOPERATE": "031",
    "SUPPORT": "032",
    "AGREE": "030",
}
REFUSING = {
    "AID": "122",
    "RETREAT": "124",
    "CONCEDE": "124",
    "CONSULT": "125",
    "COOPERATE": "121",
    "SUPPORT": "120",
    "AGREE": "120",
}
HARMING = {
    "ASSAULT": "138",
    "COERCE": "137",
    "SANCTION": "131",
    "MOBILIZE": "138",
    "PROTEST": "133",
    "REJECT": "131",
}
WILL = {"will", "shall", "would", "'ll", "wo", "'d"}
READY = {"ready", "willing", "prepared", "poised"}
PLANNING = {"plan", "intend", "prepare"}
SAYING = frozenset(
    """
    say announce declare state confirm tell warn insist reveal add stress indicate reiterate signal conclude
    repeat claim maintain argue remind write swear disclose
    """.split()
)
SPEAKER_ONLY = {"i", "we", "you", "it", "there", "one"}


@dataclass(frozen=True, slots=True)
class _Announcement:
    """What makes a deed an announced one: the modal, adjective or verb, and the verb of saying above, if any."""

    cue: Token
    saying: Token | None


def announced(stage: Stage, lexicon: EventLexicon, events: list[EventDraft]) -> list[EventDraft]:
    """The undertakings, threats, refusals and demands that the events' clauses amount to."""
    acting = {token.i for event in events for token in event.trigger.tokens}
    found: dict[int, EventDraft] = {}
    for event in events:
        draft = _act(stage, lexicon, event, acting)
        if draft is not None:
            found.setdefault(draft.trigger.head.i, draft)
    for token in stage.analysis.tokens:
        if (
            token.lower in ("must", "should")
            and token.dep == "aux"
            and (draft := _demand(stage, lexicon, token, acting)) is not None
        ):
            found.setdefault(token.i, draft)
    return [found[index] for index in sorted(found)]


def _act(stage: Stage, lexicon: EventLexicon, event: EventDraft, acting: set[int]) -> EventDraft | None:
    """The act that announcing this event is, or None."""
    if event.trigger.noun or not event.actors or event.found.stance not in ("expects", "intends", "asserts"):
        return None
    given = _announcement(event.trigger.head)
    if given is None or given.cue.i in acting or (given.saying is not None and given.saying.i in acting):
        return None
    if given.cue.lower in ("would", "'d") and given.saying is None:
        return None
    kind = event.trigger.frame.type
    table, frame = (REFUSING, "announce-refusal") if event.found.negated else (HELPING, "announce-help")
    if kind in HARMING and kind not in table:
        table, frame = ({}, "") if event.found.negated else (HARMING, "announce-harm")
    if kind not in table:
        return None
    trigger = Trigger(
        given.cue, (given.cue,), msgspec.structs.replace(lexicon.frames[frame], cameo=table[kind]), noun=False
    )
    act_found, speakers = _found(stage, event, given)
    return EventDraft(
        anchor=given.cue,
        found=act_found,
        evidence=event.evidence,
        voices=voices_of(stage, act_found),
        where=event.where,
        when=None,
        rule=f"event:{frame}",
        trigger=trigger,
        actors=speakers,
        recipients=event.recipients,
        supporters=[],
    )


def _announcement(verb: Token) -> _Announcement | None:
    """What announces the deed of a verb: "will", "is ready to", "plans to"; coordinated verbs share it."""
    clause = verb
    cue = next((one for one in verb.children if one.dep == "aux" and one.tag == "MD" and one.lower in WILL), None)
    if (
        cue is None
        and verb.dep == "conj"
        and is_predicate(verb.head)
        and not any(one.dep == "nsubj" for one in verb.children)
    ):
        return _announcement(verb.head) if verb.tag in ("VB", "VBN") else None
    if cue is None and verb.dep == "xcomp":
        head = verb.head
        if head.lower in READY and head.head.pos in ("AUX", "VERB"):
            cue, clause = head, head.head
        elif head.lemma in PLANNING and head.pos == "VERB" and not is_passive(head) or head.lower in READY:
            cue, clause = head, head
    return _Announcement(cue, _saying(clause)) if cue is not None else None


def _saying(clause: Token) -> Token | None:
    """The verb of saying over a clause: "said it would", "…, it said"."""
    while clause.dep == "conj" and is_predicate(clause.head):
        clause = clause.head
    if clause.dep in ("ccomp", "parataxis") and clause.head.lemma in SAYING:
        return clause.head
    return next((one for one in clause.children if one.dep in ("ccomp", "parataxis") and one.lemma in SAYING), None)


def _found(stage: Stage, event: EventDraft, given: _Announcement) -> tuple[Found, list[Party]]:
    """Who acts, and how the act is told: who announces his own deed does it in the saying; in the word of
    another, or without a voice, the act stays as expected as the deed."""
    if given.saying is not None and given.saying.i < event.anchor.i:
        speakers = stage.cast.parties(subject) if (subject := surface_subject(given.saying)) is not None else []
        if any(_akin(one, other) for one in speakers for other in event.actors):
            return stage.framing.work_out(given.saying), speakers
    found = copy.copy(event.found)
    found.negations = []
    if any(_akin(voice, actor) for voice in event.voices for actor in event.actors):
        found.stances = {}
    elif found.stance == "asserts":
        found.stances = {"expects": given.cue}
    return found, event.actors


def _akin(one: Party, other: Party) -> bool:
    """Whether a speaker speaks of himself or of his own side."""
    return (
        one.start == other.start
        or (one.id is not None and one.id == other.id)
        or bool(one.country and one.country == other.country)
    )


def _demand(stage: Stage, lexicon: EventLexicon, modal: Token, acting: set[int]) -> EventDraft | None:
    """ "X said that Y must …": a demand of X on Y."""
    verb = modal.head
    saying = _saying(verb)
    subject = surface_subject(verb)
    if saying is None or saying.i in acting or subject is None or subject.lower in SPEAKER_ONLY:
        return None
    speaker = surface_subject(saying)
    actors = stage.cast.parties(speaker) if speaker is not None else []
    recipients = [one for one in stage.cast.parties(subject) if not any(one.start == other.start for other in actors)]
    if is_passive(verb) and (agent := child(verb, "agent")) is not None and (doer := child(agent, "pobj")) is not None:
        recipients = stage.cast.parties(doer) or recipients
    if not actors or not recipients and modal.lower != "must":
        return None
    found = stage.framing.work_out(saying)
    return EventDraft(
        anchor=modal,
        found=found,
        evidence=(evidence_of(stage.analysis, verb),),
        voices=voices_of(stage, found),
        where=None,
        when=None,
        rule="event:say-must",
        trigger=Trigger(modal, (modal,), lexicon.frames["say-must"], noun=False),
        actors=actors,
        recipients=recipients,
        supporters=[],
    )
