"""Events: who does what to whom, from a trigger's grammatical slots and its frame's roles."""

from __future__ import annotations

from dataclasses import dataclass

from strife.claims.blame import NOBODY, who_answers
from strife.claims.cast import DOCUMENTS, Cast
from strife.claims.doubles import singled
from strife.claims.draft import EventDraft
from strife.claims.evidence import evidence_of
from strife.claims.framing import Framing
from strife.claims.modality import Found
from strife.claims.own import no_outlets, own_men
from strife.claims.scene import Scene
from strife.claims.sharing import extend, share, without_credits
from strife.claims.triggers import Trigger
from strife.codebook.frames import Role
from strife.language.analysis import Analysis, Token, child, conjuncts, subtree
from strife.language.grammar import has_to, is_predicate, noun_slots, particle_slots, surface_subject, verb_slots
from strife.mentions.mention import PlaceMention
from strife.records import Party

Slots = dict[str, list[Token]]
VIOLENT = {"ASSAULT", "COERCE"}
SUFFERING = frozenset(
    """
    suffer face undergo experience sustain survive come escape witness receive endure see flee withstand
    """.split()
)
NOT_DOING = frozenset(
    """
    condemn report deny denounce describe criticise criticize say call claim fear expect mourn repel stop halt
    end prevent discuss investigate praise welcome reject oppose follow accuse blame cite see cause trigger
    demand urge avoid thwart foil film watch mark repulse be become seem have observe monitor cover confirm
    recall remember hear fight
    """.split()
)
STRIKING = {"hit", "target", "strike", "pound", "rock", "batter", "pummel", "damage", "destroy", "rattle"}
SUPPORT_VERBS = {"back", "support", "assist", "aid", "help", "arm", "accompany", "sponsor", "finance", "fund", "equip"}
TALKING = frozenset(
    """
    ACCUSE REQUEST REJECT THREATEN AGREE CONSULT SUPPORT CONCEDE COOPERATE AID SANCTION RETREAT
    """.split()
)
HELPFUL = {"AID", "RETREAT", "CONCEDE", "CONSULT", "COOPERATE", "SUPPORT", "AGREE"}
ASIDE = frozenset(
    """
    after during amid since before following despite until till while as because near when
    """.split()
)
TOWARD = (
    "with",
    "to",
    "toward",
    "towards",
    "on",
    "against",
    "upon",
    "from",
    "for",
    "between",
    "among",
    "over",
    "at",
    "of",
    "about",
    "by",
    "in",
)


@dataclass(frozen=True, slots=True)
class Stage:
    """What the claim finders share for one document."""

    analysis: Analysis
    cast: Cast
    framing: Framing
    scene: Scene


def find_events(stage: Stage, triggers: list[Trigger]) -> list[EventDraft]:
    """One draft for each trigger and place, in text order."""
    cast_lists = {trigger.head.i: without_credits(trigger, _arguments(stage, trigger)) for trigger in triggers}
    share(triggers, cast_lists)
    drafts = [draft for trigger in triggers for draft in _drafts(stage, trigger, *cast_lists[trigger.head.i])]
    acting = {trigger.head.i: trigger for trigger in triggers}
    return singled([draft for draft in drafts if not _passing(draft, acting) and not _absorbed(draft, acting)])


STANDING = {"back", "support"}


def _passing(draft: EventDraft, acting: dict[int, Trigger]) -> bool:
    """A noun with nobody and nowhere beside it is mentioned in passing ("amid talks"); violence counts even so."""
    trigger = draft.trigger
    if trigger.frame.type == "SUPPORT" and trigger.head.dep == "acl" and trigger.head.lemma in STANDING:
        return True  # "troops backed by X" tells how X stands, which is a relation and no act
    if not trigger.noun or trigger.frame.type == "ASSAULT" or trigger.frame.control:
        return False
    over = _governing(trigger.head, acting)
    if trigger.frame.mode in ("ceasefire", "seize", "martial-law", "curfew", "riot"):
        return False  # a feared coup, a truce that held: worth a record though nobody is named
    if trigger.head.dep in ("nsubj", "nsubjpass", "ROOT") or over is not None and over.frame.type == "REQUEST":
        return False
    return not (draft.actors or draft.recipients or draft.supporters or draft.where)


def _absorbed(draft: EventDraft, acting: dict[int, Trigger]) -> bool:
    """What the act above it says already: the request that is refused, the visit that is cancelled, the ban that is lifted."""
    over = _governing(draft.trigger.head, acting)
    if over is None:
        return False
    kind = draft.trigger.frame.type
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
    found = stage.framing.work_out(trigger.head)
    answer = who_answers(trigger.head) if trigger.noun and trigger.frame.type in VIOLENT and not actors else NOBODY
    if blamed := [party for token in answer.tokens for party in stage.cast.parties(token, owners=False)]:
        actors, recipients = blamed, [party for party in recipients if not _same(party, blamed)]
        if answer.doubt is not None and found.stance == "asserts" and not found.voices:
            found.add("supposes", answer.doubt)
            found.rate("possible")
        if answer.avowal is not None and found.stance == "asserts" and not found.voices:
            found.voices, found.voice_cue = list(answer.tokens), answer.avowal
    voices = voices_of(stage, found)
    if trigger.frame.type in VIOLENT:
        actors = own_men(no_outlets(stage.cast, trigger, actors), voices)
    evidence = evidence_of(stage.analysis, trigger.head)
    slots = slots_of(trigger)
    objects = [one for name in ("object", "of", "on", "against") if name in slots for one in slots[name]]
    objects = objects if trigger.noun or "object" not in slots else slots["object"]
    if trigger.frame.control and not objects:
        objects = slots.get("subject", [])  # "Qusayr fell"
    places = stage.scene.places_of(trigger.head, [one for given in objects for one in conjuncts(given)])
    places = places or stage.scene.owner_of(trigger.head, lambda token: _head_of(stage, token))
    spots: list[PlaceMention | None] = [*places] or [None]
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
        for place in spots
    ]


def _head_of(stage: Stage, pronoun: Token) -> Token | None:
    mention = stage.cast.coreference.antecedent(pronoun)
    return mention.head if mention is not None else None


def voices_of(stage: Stage, found: Found) -> tuple[Party, ...]:
    """The parties behind the voices that the frame found."""
    made: list[Party] = []
    for token in found.voices:
        extend(made, stage.cast.speakers(token))
    return tuple(made)


# --- arguments --------------------------------------------------------------------------------------------------
def slots_of(trigger: Trigger) -> Slots:
    """A trigger's slots; a noun takes those of its light verb too ("launched an attack on")."""
    slots: Slots = {}
    inside = set(trigger.tokens)
    for token in trigger.tokens:
        if token is trigger.head or not trigger.noun:
            given = (
                noun_slots(token)
                if trigger.noun or (token is not trigger.head and token.pos in ("NOUN", "PROPN"))
                else verb_slots(token)
            )
            if not trigger.noun and token is not trigger.head and token.pos not in ("NOUN", "PROPN"):
                given = particle_slots(token)
            elif not trigger.noun and token is not trigger.head:
                given = (
                    _doers(given) if trigger.frame.type == "ASSAULT" and child(trigger.head, "agent") is None else given
                )
            for name, tokens in given.items():
                slots.setdefault(name, []).extend(
                    one for one in tokens if one not in inside and one not in slots.get(name, [])
                )
    if not trigger.noun and trigger.frame.type in VIOLENT:
        slots["of"] = [
            one for one in slots.get("of", []) if one.head.head.lower != "out"
        ]  # "dropped bombs out of helicopters"
    return {name: tokens for name, tokens in slots.items() if tokens}


def _doers(given: Slots) -> Slots:
    """Of a noun that a verb's pattern holds, who did it is the subject: "hurt in strikes carried out by the coalition"."""
    by = [*given.get("by", []), *given.get("possessive", [])]
    return {
        **{name: tokens for name, tokens in given.items() if name not in ("by", "possessive")},
        "by": by,
        "subject": by,
    }


def _arguments(stage: Stage, trigger: Trigger) -> tuple[list[Party], list[Party], list[Party]]:
    lists: dict[Role, list[Party]] = {"actor": [], "recipient": [], "supporter": [], "both": []}
    slots = slots_of(trigger)
    for name, tokens in slots.items():
        role = trigger.frame.role(name, noun=trigger.noun)
        if name == "by" and not trigger.noun and any(one.lower == "by" for one in trigger.tokens):
            role = "recipient"  # "stands by an ally"
        if role != "none" and not (name == "object" and role == "actor" and lists["actor"]):
            told = stage.cast.modifying if name == "modifier" and trigger.frame.type in VIOLENT else stage.cast.parties
            extend(lists[role], [party for token in tokens for party in told(token)])
    if trigger.noun:
        _light_verb(stage, trigger, lists)
    if trigger.frame.mutual:
        _both_sides(lists, facing="between" not in slots and bool({"against", "with", "on"} & set(slots)))
    if (
        not lists["recipient"]
        and len(lists["actor"]) > 1
        and trigger.head.lemma in ("agree", "sign")
        and not trigger.noun
    ):
        lists["recipient"] = list(lists["actor"])  # "A and B agreed": each with the other
        return lists["actor"], lists["recipient"], _supporters(stage, slots)
    if not lists["recipient"] and _speaks(trigger, lists["actor"]):
        extend(lists["recipient"], _beyond(stage, trigger, slots, lists["actor"]))
    lists["supporter"] += _supporters(stage, slots)
    if not lists["actor"] and not trigger.noun and trigger.head.dep == "acl" and has_to(trigger.head):
        extend(lists["actor"], stage.cast.parties(trigger.head.head, owners=False))
    if trigger.noun:
        _victims(stage, trigger, lists)
    _by_words(stage, trigger, slots, lists)
    actors = lists["actor"]
    recipients = [party for party in lists["recipient"] if trigger.frame.mutual or not _same(party, actors)]
    return actors, recipients, lists["supporter"]


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
        extend(lists["recipient"], _protested(stage, trigger, lists["actor"]))
    if trigger.noun and trigger.frame.type in TALKING and not lists["recipient"] and not trigger.frame.mutual:
        clause = next((one for one in trigger.head.children if one.dep in ("acl", "ccomp") and is_predicate(one)), None)
        extend(lists["recipient"], _first_party(stage, clause, lists["actor"]) if clause is not None else [])
    if lists["recipient"] or trigger.frame.mutual:
        return
    for name, tokens in slots.items():
        if trigger.frame.role(name, noun=trigger.noun) == "recipient" and not lists["recipient"]:
            tokens = [token for token in tokens if not (trigger.frame.control and token.i in stage.scene.places)]
            given = [
                party for token in tokens for party in stage.cast.unnamed(token, things=trigger.frame.type in VIOLENT)
            ]
            extend(lists["recipient"], [party for party in given if not _same(party, lists["actor"])])


def _protested(stage: Stage, trigger: Trigger, actors: list[Party]) -> list[Party]:
    """Against whom a protest is: whoever its purpose names first ("staged a strike to demand reforms from", "in protest at")."""
    verb = trigger.head if not trigger.noun else trigger.head.head
    for one in [*trigger.head.children, *(verb.children if trigger.noun and is_predicate(verb) else ())]:
        aim = (
            one.dep in ("advcl", "xcomp", "acl")
            and one.i > trigger.head.i
            or one.dep == "prep"
            and one.lower in ("in", "over", "at", "against")
        )
        within = (
            one
            if one.dep != "prep" or one.lower != "in"
            else next((c for c in one.children if c.lemma in ("protest", "opposition")), None)
        )
        if aim and within is not None and (found := _first_party(stage, within, actors)):
            return found
    return []


def _issuer(token: Token) -> Token | None:
    """Who put out a report: "issued a statement condemning"."""
    if token.lemma in DOCUMENTS and token.dep == "nsubjpass":
        agent = child(token.head, "agent")
        return child(agent, "pobj") if agent is not None else None
    if token.lemma in DOCUMENTS and token.dep in ("dobj", "pobj"):
        verb = token.head if token.dep == "dobj" else token.head.head
        return surface_subject(verb) if is_predicate(verb) else None
    return None


def _same(party: Party, others: list[Party]) -> bool:
    return any(party.start == other.start for other in others)


def _both_sides(lists: dict[Role, list[Party]], *, facing: bool) -> None:
    """In what both sides do each is actor and recipient of the other; "A and B met" names the same two in both lists.

    Where those named only face somebody unnamed (`facing`: "the battle against A and B") they do not face each other."""
    if facing and not lists["actor"]:
        extend(lists["recipient"], lists["both"])
        return
    sides = [*lists["actor"], *(party for party in lists["both"] if not _same(party, lists["actor"]))]
    if lists["both"] and lists["actor"]:
        extend(lists["recipient"], lists["both"])
    elif len(sides) > 1 and not lists["recipient"]:
        lists["actor"], lists["recipient"] = sides, list(sides)
    elif lists["both"]:
        lists["actor"] = sides


def _light_verb(stage: Stage, trigger: Trigger, lists: dict[Role, list[Party]]) -> None:
    """Arguments that the verb over an event noun gives: its subject does or suffers it, its prepositions say to whom."""
    noun = trigger.head
    while noun.dep == "conj" and noun.head.pos in ("NOUN", "PROPN"):
        noun = noun.head
    verb, through = (noun.head.head, noun.head.lower) if noun.dep == "pobj" else (noun.head, "")
    if noun.dep not in ("dobj", "nsubjpass", "nsubj", "pobj", "attr") or not is_predicate(verb):
        return
    if noun.dep == "pobj" and (verb.lemma, through) not in LIGHT_PHRASES and verb.lemma not in ("come",):
        return
    slots = verb_slots(verb)
    if trigger.frame.role("between", noun=True) == "both":
        extend(lists["both"], [party for token in slots.get("between", []) for party in stage.cast.parties(token)])
    if noun.dep == "nsubj":
        own = {"on", "against", "of"} & set(noun_slots(trigger.head))
        if verb.lemma in STRIKING and trigger.frame.type == "ASSAULT" and not own:
            extend(lists["recipient"], _struck(stage, slots.get("object", [])))
        return
    if verb.lemma not in NOT_DOING:
        role: Role = "recipient" if verb.lemma in SUFFERING else "both" if trigger.frame.mutual else "actor"
        if not lists["actor"] or role != "actor":
            extend(
                lists[role],
                [party for token in slots.get("subject", []) for party in stage.cast.parties(token, owners=False)],
            )
    for name in ("against", "on", "with", "to", "at"):
        role = trigger.frame.role(name, noun=True)
        if role != "none" and verb.lemma not in NOT_DOING:
            extend(lists[role], [party for token in slots.get(name, []) for party in stage.cast.parties(token)])


def _struck(stage: Stage, objects: list[Token]) -> list[Party]:
    """Who or what was hit: the party, the party whose it is, else the thing."""
    found: list[Party] = []
    for token in objects:
        pronoun = any(one.dep == "poss" and one.pos == "PRON" for one in token.children)
        found += stage.cast.parties(token, owners=not pronoun) or stage.cast.unnamed(token, things=True)
    return found


def _victims(stage: Stage, trigger: Trigger, lists: dict[Role, list[Party]]) -> None:
    """ "the victims of the massacre" suffer it; "the massacres of the late ruler" are his deeds: many acts of one in power."""
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
            lists["actor"], lists["recipient"] = parties, [one for one in lists["recipient"] if not _same(one, parties)]


SHELTERING = {"protect", "defend", "shield", "save", "spare", "shelter", "rescue", "guard"}
SUFFERERS = {"victim", "casualty", "survivor", "target", "martyr", "dead", "wounded"}
POWER = {"GOV", "MIL", "REB", "PRM", "COP", "SPY"}
LIGHT_PHRASES = {
    ("engage", "in"),
    ("take", "in"),
    ("participate", "in"),
    ("come", "under"),
    ("subject", "to"),
    ("go", "on"),
    ("go", "to"),
    ("enter", "into"),
    ("involve", "in"),
    ("hold", "on"),
    ("meet", "for"),
    ("gather", "for"),
    ("resort", "to"),
    ("join", "in"),
}


def _beyond(stage: Stage, trigger: Trigger, slots: Slots, actors: list[Party]) -> list[Party]:
    """The other side of a speech act where no slot holds it: behind a preposition, or inside the complement."""
    for name in TOWARD:
        if trigger.frame.role(name, noun=False) == "none" and name not in trigger.frame.roles:
            found = [
                party
                for token in slots.get(name, [])
                for party in stage.cast.parties(token)
                if not _same(party, actors)
            ]
            if found:
                return found
    for one in trigger.head.children:
        aside = (
            any(c.dep in ("mark", "advmod") and c.lower in ASIDE for c in one.children)
            if one.dep == "advcl"
            else one.lower in ASIDE
        )
        if one.dep in ("ccomp", "xcomp", "dobj", "advcl", "prep") and one.i > trigger.head.i and not aside:
            found = _first_party(stage, one, actors)
            if found:
                return found
    given = child(trigger.head, "dobj", "nsubjpass")
    within = noun_slots(given) if given is not None and trigger.frame.type in ("REJECT", "CONSULT", "AGREE") else {}
    return [party for name in ("to", "with") for token in within.get(name, []) for party in stage.cast.unnamed(token)]


def _first_party(stage: Stage, token: Token, actors: list[Party]) -> list[Party]:
    """The first party below a complement that is not the actor: its subject before its objects."""
    subject = (
        surface_subject(token)
        if is_predicate(token) and any(c.dep in ("nsubj", "nsubjpass") for c in token.children)
        else None
    )
    names = {(party.name or party.quote) for party in actors} | {party.id for party in actors if party.id}
    if subject is not None:
        found = [
            one
            for one in stage.cast.parties(subject)
            if not _same(one, actors) and (one.name or one.quote) not in names
        ]
        if found:
            return found
    for index in sorted(one.i for one in subtree(token)):
        mention = stage.cast.coreference.by_head.get(index)
        if mention is not None and (party := stage.cast.party(mention)) is not None:
            if (
                not _same(party, actors)
                and (party.name or party.quote) not in names
                and (party.id is None or party.id not in names)
            ):
                return [party]
    return []


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
