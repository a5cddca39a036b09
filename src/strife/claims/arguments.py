"""Who fills the roles of an event: from a trigger's slots, and from the words around them."""

from __future__ import annotations

from strife.claims.cast import DOCUMENTS
from strife.claims.lightverbs import light_verb
from strife.claims.modality import is_negated
from strife.claims.modifiers import modifying
from strife.claims.otherside import beyond, first_party, protested
from strife.claims.sharing import extend, is_among
from strife.claims.stage import Stage
from strife.claims.trigger import VIOLENT, Trigger
from strife.claims.triggerslots import Slots, slots_of
from strife.codebook.frames import Role
from strife.language.analysis import Token, child
from strife.language.grammar import has_to, is_predicate, surface_subject
from strife.language.slots import verb_slots
from strife.records import Party

SUPPORT_VERBS = {"back", "support", "assist", "aid", "help", "arm", "accompany", "sponsor", "finance", "fund", "equip"}
TALKING = frozenset(
    """
    ACCUSE REQUEST REJECT THREATEN AGREE CONSULT SUPPORT CONCEDE COOPERATE AID SANCTION RETREAT
    """.split()
)


GROUND = {"town", "city", "village", "province", "district", "region", "area", "countryside", "neighbourhood", "suburb"}
STATES_OF_WAR = {"war", "conflict", "crisis", "violence", "fighting", "uprising", "revolt"}
SETTINGS = {
    "investigate",
    "demo",
    "ceasefire",
}  # "Syria's uprising", "the Syria investigation": a country is where it is
SHELTERING = {"protect", "defend", "shield", "save", "spare", "shelter", "rescue", "guard"}
SCATTERING = {
    "disperse",
    "scatter",
    "stop",
    "quell",
    "drive",
    "break",
    "repel",
    "push",
    "contain",
    "clear",
    "evict",
    "deter",
}
SUFFERERS = {"victim", "casualty", "survivor", "target", "martyr", "dead", "wounded"}
POWER = {"GOV", "MIL", "REB", "PRM", "COP", "SPY"}


def arguments_of(stage: Stage, trigger: Trigger) -> tuple[list[Party], list[Party], list[Party]]:
    """The actors, recipients and supporters of a trigger's event."""
    slots = slots_of(trigger)
    lists = _by_slots(stage, trigger, slots)
    if trigger.noun:
        light_verb(stage, trigger, lists)
    if trigger.frame.mutual:
        _both_sides(lists, facing="between" not in slots and bool({"against", "with", "on"} & set(slots)))
    if _agreed(trigger, lists):
        lists["recipient"] = list(lists["actor"])  # "A and B agreed": each with the other
        return lists["actor"], lists["recipient"], _supporters(stage, slots)
    if not lists["recipient"] and _speaks(trigger, lists["actor"]):
        extend(lists["recipient"], beyond(stage, trigger, slots, lists["actor"]))
    lists["supporter"] += _supporters(stage, slots)
    if not lists["actor"] and not trigger.noun and trigger.head.dep == "acl" and has_to(trigger.head):
        extend(lists["actor"], stage.cast.parties(trigger.head.head, owners=False))
    if trigger.noun:
        _victims(stage, trigger, lists)
    _by_words(stage, trigger, slots, lists)
    if not lists["recipient"] and trigger.frame.type == "ASSAULT" and not trigger.noun:
        extend(lists["recipient"], _aimed_at(stage, trigger))
    if not lists["actor"] and not trigger.noun:
        extend(lists["actor"], _first_person(stage, slots))
    actors = _equated(stage, trigger) or lists["actor"]
    recipients = [party for party in lists["recipient"] if trigger.frame.mutual or not is_among(party, actors)]
    if trigger.frame.type in VIOLENT and not trigger.frame.mutual:
        recipients = [party for party in recipients if not _of_the_doers(party, actors)]
    return actors, recipients, lists["supporter"]


def _first_person(stage: Stage, slots: Slots) -> list[Party]:
    """ "We" in the words of somebody who speaks for others: the organisation, or of a person the country and the office."""
    found: list[Party] = []
    for token in slots.get("subject", []):
        speaker = stage.framing.speakers.of(token.i) if token.lower == "we" else None
        for party in stage.cast.speakers(speaker.tokens[0]) if speaker is not None and speaker.tokens else ():
            body = (party.id or "").startswith("org:") or party.id is not None and party.id == party.country
            if body or party.country and party.sectors:
                name, id_ = (party.name, party.id) if body else (None, None)
                made = stage.cast.told(token, token, name=name, id_=id_, country=party.country, sectors=party.sectors)
                extend(found, [made])
    return found


def _aimed_at(stage: Stage, trigger: Trigger) -> list[Party]:
    """Whom a purpose names: "used tear gas to disperse marchers"."""
    verbs = [one for one in trigger.head.children if one.dep in ("xcomp", "advcl") and one.lemma in SCATTERING]
    objects = [token for verb in verbs for token in verb_slots(verb).get("object", [])]
    return [party for token in objects for party in stage.cast.parties(token, owners=False)]


def _no_doer(stage: Stage, token: Token) -> bool:
    """Whether "the assault of X" is one on X: a place, or a name that nobody knows for a party."""
    mention = stage.cast.coreference.by_head.get(token.i)
    unknown = mention is not None and mention.kind in ("name", "person") and not (mention.id or mention.sectors)
    return token.i in stage.scene.places or token.pos == "PROPN" and (mention is None or unknown)


def _of_the_doers(party: Party, actors: list[Party]) -> bool:
    """Whether "their" was taken for the doers themselves: who kills "many of their members" kills others'."""
    whose = party.quote.lower() in ("their", "its", "them", "they", "it", "his")
    return whose and any(party.name in (one.name, one.quote) for one in actors if party.name)


def _equated(stage: Stage, trigger: Trigger) -> list[Party]:
    """ "those who fired on the crowd are members of the police": whom the main clause says that the doers are."""
    noun = trigger.head.head
    told = trigger.head.dep == "relcl" and not trigger.noun and noun.dep == "nsubj" and noun.head.lemma == "be"
    doers = child(trigger.head, "nsubj")
    if not told or doers is None or doers.lower not in ("who", "that", "which") or is_negated(noun.head):
        return []
    same = child(noun.head, "attr")
    parties = stage.cast.parties(same, owners=False) if same is not None else []
    return [party for party in parties if party.id or party.sectors]


def _by_slots(stage: Stage, trigger: Trigger, slots: Slots) -> dict[Role, list[Party]]:
    """The parties in the slots to which the frame gives a role, by role."""
    lists: dict[Role, list[Party]] = {"actor": [], "recipient": [], "supporter": [], "both": []}
    for name, tokens in slots.items():
        role = trigger.frame.role(name, noun=trigger.noun)
        if (
            name == "by"
            and not trigger.noun
            and trigger.frame.type not in VIOLENT
            and any(one.lower == "by" for one in trigger.tokens)
        ):
            role = "recipient"  # "stands by an ally"
        if role != "none" and not (name == "object" and role == "actor" and lists["actor"]):
            before = name == "modifier" and (trigger.frame.type in VIOLENT or trigger.frame.mode in SETTINGS)
            for token in tokens:
                place = name == "of" and role == "actor" and trigger.noun and _no_doer(stage, token)
                role = "recipient" if place else role
                held = not (
                    trigger.frame.type in VIOLENT and token.lemma in GROUND | STATES_OF_WAR
                )  # "two Syrian towns" are no Syria
                extend(lists[role], modifying(stage.cast, token) if before else stage.cast.parties(token, owners=held))
    if trigger.noun and trigger.frame.type == "ASSAULT" and not lists["actor"]:  # "shelling from government forces"
        sources = [party for token in slots.get("from", []) for party in stage.cast.parties(token, owners=False)]
        extend(lists["actor"], [party for party in sources if POWER & set(party.sectors)])
        beside = trigger.head.head if trigger.head.dep == "conj" else None  # "Coalition advisers and air strikes"
        owners = [one for one in beside.children if one.dep == "compound"] if beside is not None else []
        named = [party for one in owners for party in stage.cast.parties(one)]
        extend(lists["actor"], [party for party in named if (party.id or "").startswith("org:") and not lists["actor"]])
    for token in trigger.tokens if not trigger.noun else ():
        known = token.i in stage.cast.coreference.by_head and token.dep != "oprd"
        if token is not trigger.head and known:  # "fell to government forces"
            name = token.head.lower if token.dep == "pobj" else "object" if token.dep in ("dobj", "nsubjpass") else ""
            role = trigger.frame.role(name, noun=False)
            extend(lists[role] if role != "none" else [], stage.cast.parties(token))
    return lists


def _agreed(trigger: Trigger, lists: dict[Role, list[Party]]) -> bool:
    """Whether several agree or sign with nobody named as the other side."""
    several = not lists["recipient"] and len(lists["actor"]) > 1
    return several and not trigger.noun and trigger.head.lemma in ("agree", "sign")


def _speaks(trigger: Trigger, actors: list[Party]) -> bool:
    """Whether the verb is one of speaking to somebody, with somebody to speak: not "talks stalled"."""
    if trigger.noun or trigger.frame.mutual or trigger.frame.type not in TALKING:
        return False
    return bool(actors) or trigger.frame.role("subject", noun=False) == "actor"


def _by_words(stage: Stage, trigger: Trigger, slots: Slots, lists: dict[Role, list[Party]]) -> None:
    """Where no list knows who fills a role: who issued the report that accuses, else the name or the thing in the slot itself."""
    if not lists["actor"] and not trigger.noun:
        for token in slots.get("subject", []):
            issuer = _issuer(token)
            known = [] if token.i in stage.scene.places else stage.cast.unnamed(token)
            extend(lists["actor"], stage.cast.parties(issuer) if issuer is not None else known)
    if trigger.frame.type == "PROTEST" and not lists["recipient"]:
        extend(lists["recipient"], protested(stage, trigger, lists["actor"]))
    if trigger.noun and trigger.frame.type in TALKING and not lists["recipient"] and not trigger.frame.mutual:
        clause = next((one for one in trigger.head.children if one.dep in ("acl", "ccomp") and is_predicate(one)), None)
        extend(lists["recipient"], first_party(stage, clause, lists["actor"]) if clause is not None else [])
    if lists["recipient"] or trigger.frame.mutual:
        return
    for name, tokens in slots.items():
        if trigger.frame.role(name, noun=trigger.noun) == "recipient" and not lists["recipient"]:
            standing = [token for token in tokens if not (trigger.frame.control and token.i in stage.scene.places)]
            things = trigger.frame.type in VIOLENT
            given = [party for token in standing for party in stage.cast.unnamed(token, things=things)]
            extend(lists["recipient"], [party for party in given if not is_among(party, lists["actor"])])


def _issuer(token: Token) -> Token | None:
    """Who put out a report: "issued a statement condemning"."""
    if token.lemma in DOCUMENTS and token.dep == "nsubjpass":
        agent = child(token.head, "agent")
        return child(agent, "pobj") if agent is not None else None
    if token.lemma in DOCUMENTS and token.dep in ("dobj", "pobj"):
        verb = token.head if token.dep == "dobj" else token.head.head
        return surface_subject(verb) if is_predicate(verb) else None
    return None


def _both_sides(lists: dict[Role, list[Party]], *, facing: bool) -> None:
    """In what both sides do each is actor and recipient of the other; "A and B met" names the same two in both lists.

    Where those named only face somebody unnamed (`facing`: "the battle against A and B") they do not face each other."""
    if facing and not lists["actor"]:
        extend(lists["recipient"], lists["both"])
        return
    sides = [*lists["actor"], *(party for party in lists["both"] if not is_among(party, lists["actor"]))]
    if lists["both"] and lists["actor"]:
        extend(lists["recipient"], lists["both"])
    elif len(sides) > 1 and not lists["recipient"]:
        lists["actor"], lists["recipient"] = sides, list(sides)
    elif lists["both"]:
        lists["actor"] = sides


def _victims(stage: Stage, trigger: Trigger, lists: dict[Role, list[Party]]) -> None:
    """ "the victims of the massacre" suffer it; "the massacres of a dictator" are his deeds: many acts of one in power."""
    noun = trigger.head
    if noun.dep == "pobj" and noun.head.lower == "of" and noun.head.head.lemma in SUFFERERS and not lists["recipient"]:
        extend(lists["recipient"], stage.cast.parties(noun.head.head, owners=False))
    if noun.dep == "pobj" and noun.head.lower == "from" and noun.head.head.lemma in SHELTERING:
        lists["recipient"] = [
            party for one in verb_slots(noun.head.head).get("object", []) for party in stage.cast.parties(one)
        ] or lists["recipient"]
    behind = [one for prep in noun.children if prep.lower == "of" and (one := child(prep, "pobj")) is not None]
    if (
        noun.tag == "NNS"
        and not lists["actor"]
        and len(behind) == 1
        and behind[0].tag in ("NN", "NNP")
        and trigger.frame.type == "ASSAULT"
    ):
        parties = stage.cast.parties(behind[0], owners=False)
        if parties and POWER & set(parties[0].sectors):
            lists["actor"], lists["recipient"] = (
                parties,
                [one for one in lists["recipient"] if not is_among(one, parties)],
            )


def _supporters(stage: Stage, slots: Slots) -> list[Party]:
    """Who stands behind the doers: "backed by X", "with the support of X"."""
    found: list[Party] = []
    for token in slots.get("subject", []):
        for one in token.children:
            if (
                one.dep in ("acl", "relcl")
                and one.lemma in SUPPORT_VERBS
                and (agent := child(one, "agent")) is not None
            ):
                given = child(agent, "pobj")
                extend(found, stage.cast.parties(given) if given is not None else [])
    for token in slots.get("with", []):
        if token.lemma in ("support", "help", "backing", "assistance", "aid"):
            extend(found, stage.cast.parties(token))
    return found
