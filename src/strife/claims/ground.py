"""What all finders of claims stand on: a document's parties, places and times, its stage, and the triggers that the rules propose."""

from __future__ import annotations

from dataclasses import dataclass, field

from strife.claims.cast import Cast
from strife.claims.framing import Framing
from strife.claims.hints import hints_of
from strife.claims.overheard import Overheard
from strife.claims.quotedspeech import find_speakers
from strife.claims.scene import Scene
from strife.claims.stage import Stage
from strife.claims.trigger import Trigger
from strife.claims.triggers import find_triggers
from strife.codebook.book import Codebook, load_codebook
from strife.codebook.frames import Kind
from strife.gazetteer import Gazetteer
from strife.language.analysis import Analysis, Token
from strife.mentions.coreference import Coreference
from strife.mentions.grounds import surnames
from strife.mentions.mention import PartyMention, PlaceMention, TimeMention
from strife.mentions.parties import find_parties, without_places
from strife.mentions.places import find_places
from strife.mentions.times import find_times
from strife.model.verdicts import Hints
from strife.registry.registry import load_registry

ARMED = {"MIL", "REB", "PRM", "UAF", "COP", "CRM"}
IRREGULAR = {"REB", "PRM", "UAF", "CRM", "IMG"}  # armed, and no state's
HUMAN = {"person", "people", "man", "woman", "child", "him", "her", "them", "us", "me", "victim"}


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of a document before claims are made."""

    parties: list[PartyMention]
    places: list[PlaceMention]
    times: list[TimeMention]
    stage: Stage
    triggers: list[Trigger]
    hints: Hints
    closed: set[int]  # tokens inside names, and words that tell of such acts in general: nobody may add them
    heard: list[Overheard] = field(default_factory=list)  # attributions that the model has found


def ground(analysis: Analysis, book: Codebook | None = None) -> Ground:
    """The ground of a document, by a codebook (by default the one that strife ships)."""
    book = book or load_codebook()
    registry = load_registry()
    parties = find_parties(analysis, registry)
    named = [party for party in surnames(parties, registry) if party.id or party.first is not party.last]
    places = find_places(analysis, Gazetteer.shared(), named)
    parties = without_places(parties, places)
    times = find_times(analysis)
    coreference = Coreference(analysis, parties, registry)
    scene = Scene({place.head.i: place for place in places}, {time.head.i: time for time in times})
    framing = Framing(analysis, book.cues, find_speakers(analysis, book.cues))
    stage = Stage(analysis, Cast(analysis, coreference), framing, scene)
    taken = _inside_names(parties)
    triggers, general = find_triggers(analysis, book.events, lambda token: _kinds(token, coreference, scene), taken)
    return Ground(
        parties, places, times, stage, triggers, hints_of(stage, triggers, book.events, taken), taken | general
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
