"""Events: who does what to whom, from a trigger's grammatical slots and its frame's roles."""

from __future__ import annotations

from strife.claims.arguments import arguments_of
from strife.claims.blame import NOBODY, who_answers
from strife.claims.doubles import singled
from strife.claims.draft import EventDraft
from strife.claims.evidence import evidence_of
from strife.claims.modality import Found
from strife.claims.nominal import definite
from strife.claims.own import no_outlets, own_men
from strife.claims.performed import performed
from strife.claims.reframed import reframed
from strife.claims.sharing import is_among, one_doing, share, without_credits
from strife.claims.stage import Stage, voices_of
from strife.claims.trigger import VIOLENT, Trigger
from strife.claims.triggerslots import slots_of
from strife.language.analysis import Token, conjuncts
from strife.mentions.mention import PlaceMention
from strife.records import Party

HELPFUL = {"AID", "RETREAT", "CONCEDE", "CONSULT", "COOPERATE", "SUPPORT", "AGREE"}


STANDING = {"back", "support"}


def find_events(stage: Stage, triggers: list[Trigger]) -> list[EventDraft]:
    """One draft for each trigger and place, in text order."""
    cast_lists = {trigger.head.i: without_credits(trigger, arguments_of(stage, trigger)) for trigger in triggers}
    share(triggers, cast_lists)
    one_doing(triggers, cast_lists)
    drafts = [draft for trigger in triggers for draft in _drafts(stage, trigger, *cast_lists[trigger.head.i])]
    acting = {trigger.head.i: trigger for trigger in triggers}
    return singled([draft for draft in drafts if not _passing(draft, acting) and not _absorbed(draft, acting)])


def _passing(draft: EventDraft, acting: dict[int, Trigger]) -> bool:
    """A noun with nobody and nowhere beside it is mentioned in passing ("amid talks"); violence counts even so."""
    trigger = draft.trigger
    if trigger.verdict is not None and not trigger.proposed and not (draft.actors or draft.recipients):
        return True  # what only the model takes for an event, and nobody does or suffers
    if trigger.noun and trigger.frame.type == "ACCUSE" and trigger.head.dep == "appos":
        beside = (one for one in acting.values() if one.head.sentence == trigger.head.sentence and not one.noun)
        return any(one.frame.type == "ACCUSE" for one in beside)  # "accused X of fraud, an accusation that"
    if trigger.frame.type == "SUPPORT" and trigger.head.dep == "acl" and trigger.head.lemma in STANDING:
        return True  # "troops backed by X" tells how X stands, which is a relation and no act
    if not trigger.noun or trigger.frame.type == "ASSAULT" or trigger.frame.control:
        return False
    over = _governing(trigger.head, acting)
    if trigger.frame.mode in ("ceasefire", "seize", "martial-law", "curfew", "riot"):
        # a feared coup, a truce that held: worth a record though nobody is named; not "violators of the truce"
        behind = trigger.head.dep == "pobj" and trigger.head.head.lower == "of" and definite(trigger.head)
        return trigger.frame.mode == "ceasefire" and behind
    if trigger.head.dep in ("nsubj", "nsubjpass", "ROOT") or over is not None and over.frame.type == "REQUEST":
        return False
    return not (draft.actors or draft.recipients or draft.supporters or draft.where)


def _absorbed(draft: EventDraft, acting: dict[int, Trigger]) -> bool:
    """What the act above it says already: the request that is refused, the visit that is cancelled, the ban that is lifted."""
    over = _governing(draft.trigger.head, acting)
    if over is None:
        return False
    kind = draft.trigger.frame.type
    if over.frame.id == "end-truce":
        return draft.trigger.noun and kind == "RETREAT"
    if over.frame.type == "REJECT":
        undone = draft.found.negated or draft.trigger.noun and draft.found.stance == "denies"
        return undone and draft.trigger.noun and (kind in HELPFUL or kind in ("REQUEST", "PROTEST"))
    return over.frame.type in ("RETREAT", "CONCEDE", "AGREE") and draft.trigger.noun and kind in ("COERCE", "SANCTION")


def _governing(token: Token, acting: dict[int, Trigger]) -> Trigger | None:
    """The verb trigger whose object, complement or prepositional object the token is, straight or through the words between."""
    for _ in range(4):
        if (
            token.dep not in ("dobj", "nsubjpass", "pobj", "prep", "xcomp", "conj", "pcomp", "acl")
            or token.head is token
        ):
            return None
        token = token.head
        trigger = acting.get(token.i)
        if trigger is not None:
            return None if trigger.noun else trigger
    return None


def _drafts(
    stage: Stage, trigger: Trigger, actors: list[Party], recipients: list[Party], supporters: list[Party]
) -> list[EventDraft]:
    found = reframed(stage.framing.work_out(trigger.head), trigger.verdict)
    actors, recipients = _blamed(stage, trigger, found, actors, recipients)
    found, actors, voices = performed(trigger, found, actors, voices_of(stage, found))
    if trigger.frame.type in VIOLENT:
        actors = own_men(no_outlets(stage.cast, trigger, actors), voices)
    evidence = evidence_of(stage.analysis, trigger.head)
    return [
        EventDraft(
            anchor=trigger.head,
            found=found,
            evidence=(evidence,),
            voices=voices,
            where=place,
            when=stage.scene.time_of(trigger.head),
            rule=f"event:{trigger.frame.id}",
            trigger=trigger,
            actors=actors,
            recipients=recipients,
            supporters=supporters,
        )
        for place in _spots(stage, trigger, [*actors, *recipients])
    ]


def _blamed(
    stage: Stage, trigger: Trigger, found: Found, actors: list[Party], recipients: list[Party]
) -> tuple[list[Party], list[Party]]:
    """Actors and recipients of violence that names no doer where the words around it tell who is blamed or answers for it."""
    answer = who_answers(trigger.head) if trigger.noun and trigger.frame.type in VIOLENT and not actors else NOBODY
    blamed = [party for token in answer.tokens for party in stage.cast.parties(token, owners=False)]
    if not blamed:
        return actors, recipients
    if answer.doubt is not None and found.stance == "asserts" and not found.voices:
        found.add("supposes", answer.doubt)
        found.rate("possible")
    if answer.avowal is not None and found.stance == "asserts" and not found.voices:
        found.voices, found.voice_cue = list(answer.tokens), answer.avowal
    return blamed, [party for party in recipients if not is_among(party, blamed)]


WORDS = {
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "SANCTION",
    "AID",
    "COOPERATE",
}


def _spots(stage: Stage, trigger: Trigger, parties: list[Party]) -> list[PlaceMention] | list[None]:
    """The places of an event, one draft each; a single None where no place is told.

    Who is spoken to is no place of the speaking: "called on Turkey and Qatar" happened in neither."""
    slots = slots_of(trigger)
    objects = [one for name in ("object", "of", "on", "against") if name in slots for one in slots[name]]
    objects = objects if trigger.noun or "object" not in slots else slots["object"]
    if trigger.frame.control and not objects:
        objects = slots.get("subject", [])  # "Qusayr fell"
    places = stage.scene.places_of(trigger.head, [one for given in objects for one in conjuncts(given)])
    if trigger.frame.type in WORDS:
        places = [one for one in places if all(party.start != one.first.start for party in parties)]
    return places or stage.scene.owner_of(trigger.head, lambda token: _head_of(stage, token)) or [None]


def _head_of(stage: Stage, pronoun: Token) -> Token | None:
    mention = stage.cast.coreference.antecedent(pronoun)
    return mention.head if mention is not None else None
