"""Whose men act in what an armed party tells: "the Front reports that commando units attacked" are the Front's."""

from __future__ import annotations

import msgspec

from strife.claims.cast import Cast
from strife.claims.trigger import Trigger
from strife.language.slots import noun_slots, verb_slots
from strife.records import Party

ARMED = {"REB", "MIL", "PRM", "CRM", "COP"}
MEN = frozenset(
    """
    unit units column columns commando commandos detachment detachments combatants fighters patrol squad squads
    patrols militants troops soldiers guerrillas forces brigades gunners snipers
    """.split()
)
OF_STATE = {"troops", "soldiers"}
THEIRS = frozenset(
    """
    army government military national police regime state enemy security special foreign
    """.split()
)


def no_outlets(cast: Cast, trigger: Trigger, actors: list[Party]) -> list[Party]:
    """The actors without the news agency of a dateline run into the sentence: "SANA Members of ISIS executed three"."""
    kept = [party for party in actors if party.id is None or "JRN" not in party.sectors]
    if len(kept) == len(actors) or kept or trigger.noun:
        return kept
    behind = [one for token in verb_slots(trigger.head).get("subject", []) for one in noun_slots(token).get("of", [])]
    return [party for token in behind for party in cast.parties(token)]


def own_men(actors: list[Party], voices: tuple[Party, ...]) -> list[Party]:
    """The actors, with the speaker's name and id where they are armed men of no other name."""
    if len(voices) != 1 or voices[0].id is None or not ARMED & set(voices[0].sectors):
        return actors
    return [_named(one, voices[0]) for one in actors]


def _named(actor: Party, voice: Party) -> Party:
    word = actor.quote.split()[-1].casefold()
    foreign = actor.country is not None and actor.country != voice.country
    plain = actor.sectors in ((), ("UAF",), ("MIL",)) and not THEIRS & set(actor.quote.casefold().split())
    other = not plain and not set(actor.sectors) & set(voice.sectors)
    if actor.id is not None or foreign or other or word not in MEN or word in OF_STATE and "REB" in voice.sectors:
        return actor
    return msgspec.structs.replace(
        actor, name=voice.name or voice.quote, id=voice.id, country=voice.country, sectors=voice.sectors
    )
