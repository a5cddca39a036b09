"""Who can stand in a relation: parties that act, not victims, things or the crowd."""

from __future__ import annotations

from strife.claims.modality import Found
from strife.claims.stage import Stage
from strife.codebook.words import load_words
from strife.language.analysis import Token, child, conjuncts
from strife.language.grammar import is_passive, is_predicate
from strife.language.slots import verb_slots
from strife.records import Party
from strife.registry.registry import fold

MOST = 6  # parties taken from one slot
ARMED = {"GOV", "MIL", "REB", "UAF", "PRM", "SPY", "IMG", "OPP"}  # sectors of those who fight
PASSIVE = {"CVL", "MED", "JRN", "REF", "EDU", "NGO", "SOC", "REL", "AGR", "BUS", "LAB", "MNC", "ELI"}
BODIES = frozenset("coalition alliance group faction bloc movement organisation organization wing enemy".split())
EMPTY = {"itself", "himself", "herself", "themselves", "one", "ones", "another", "each", "other"}
NOMINAL = {"nsubj", "nsubjpass", "dobj", "pobj"}
APART = frozenset("after before since from amid despite over during following like than".split())  # tell no doer
THINGS = frozenset("vehicle vehicles tank tanks truck trucks equipment weapons missile missiles rocket rockets".split())
PREPOSITIONS = {"near", "in", "at", "on", "from", "outside", "around", "inside", "across", "against", "between"}


def parties_of(stage: Stage, tokens: list[Token], *, owners: bool = True) -> list[Party]:
    """The parties that slots name, in order, at most `MOST`; "we" is whoever speaks."""
    found: list[Party] = []
    for token in tokens:
        for party in speakers_of(stage, token) or stage.cast.parties(token, owners=owners):
            if is_somebody(party) and all(party.start != other.start or party.id != other.id for other in found):
                found.append(party)
    return found[:MOST]


def speakers_of(stage: Stage, token: Token) -> list[Party]:
    """The party behind "we" and "us": who speaks, where a party speaks."""
    if token.lower not in ("we", "us", "our", "ours"):
        return []
    found: Found = stage.framing.work_out(token)
    if not found.voices:
        return []
    span = stage.analysis.span_of(token, token)
    return [
        Party(
            quote=span.quote,
            start=span.start,
            end=span.end,
            name=one.name or one.quote,
            id=one.id,
            country=one.country,
            sectors=one.sectors,
        )
        for one in (stage.cast.speaker(voice) for voice in found.voices[:1])
        if set(one.sectors) & (ARMED | {"IGO"}) or one.country
    ]


def is_somebody(party: Party) -> bool:
    """Whether a party is more than a reflexive or a prepositional phrase that the recogniser took for a name."""
    words = party.quote.lower().split()
    return bool(words) and words[0] not in PREPOSITIONS and party.quote.lower() not in EMPTY


def identity(stage: Stage, party: Party) -> str:
    """What tells a party from others: its id, that of the name its words begin with, else its name."""
    if party.id:
        return party.id
    words = [fold(word) for word in party.quote.replace("-", " ").split()]
    for size in (3, 2, 1):
        entries = stage.cast.coreference.registry.names.get(tuple(words[:size]), [])
        if entries and entries[0].kind == "organisation" and party.quote[0].isupper():
            return entries[0].id
    return party.name or party.quote


def is_state(party: Party) -> bool:
    """Whether a party is a state itself, not one of its parts."""
    return bool(party.country) and not party.sectors


def acts(party: Party) -> bool:
    """Whether a party can be fought or backed as a side: a state, an armed group, a government, an alliance."""
    sectors, last = set(party.sectors), party.quote.lower().split()[-1]
    if last in THINGS and not (party.id or party.country or party.name):
        return False
    if sectors & ARMED or is_state(party):
        return True
    if "IGO" in sectors:
        return bool(sectors & {"MIL"}) or last in BODIES
    return bool(sectors & {"UNK"}) and last in BODIES or bool(sectors & {"PTY"})


def is_named(party: Party) -> bool:
    """Whether the words tell who it is: a name, a country, a known sector of one side; not "the gunmen"."""
    return bool(party.id or party.country or party.name) or not set(party.sectors) <= {"UAF", "UNK", "OPP"}


def takes_side(party: Party) -> bool:
    """Whether a party can back, oppose or join another: anybody but bystanders."""
    sectors = set(party.sectors)
    return not sectors or bool(sectors - PASSIVE) or bool(party.id)


def is_side(party: Party) -> bool:
    """Whether a party can be backed or opposed: known, and no bystander."""
    sectors = set(party.sectors)
    if sectors and sectors <= PASSIVE:
        return False
    return bool(party.id or party.country or sectors - {"UNK"}) or party.quote.lower().split()[-1] in BODIES


def doers(stage: Stage, noun: Token, depth: int = 0) -> list[Party]:
    """Who does what a noun names: its owner or modifier, else whoever the words above it make its doer ("joined the
    fight", "support X in its campaign", "as part of efforts")."""
    own = [one for one in noun.children if one.dep == "poss"]
    own += [one for one in noun.children if one.dep in ("amod", "compound", "nmod") and one.tag != "VBN"]
    own += [one for one in noun.children if one.dep == "nsubj" and noun.dep in NOMINAL]  # a noun taken for a verb
    own += [
        given
        for one in noun.children
        if one.dep in ("prep", "agent") and one.lower == "by" and (given := child(one, "pobj")) is not None
    ]
    for one in noun.children:
        if (
            one.dep == "acl"
            and (agent := child(one, "agent")) is not None
            and (given := child(agent, "pobj")) is not None
        ):
            own.append(given)
    if (
        noun.dep == "pobj"
        and noun.head.lower == "in"
        and any(one.dep == "poss" and one.pos == "PRON" for one in noun.children)
    ):
        if backed := above(stage, noun, depth):  # "support X in its fight": its is X's, whatever stands nearer
            return backed
    found = [*parties_of(stage, own, owners=False), *led_by(stage, noun)]
    return found or (above(stage, noun, depth) if depth < 5 else [])


def led_by(stage: Stage, noun: Token) -> list[Party]:
    """ "the US-led campaign": whoever leads it."""
    tokens = stage.analysis.tokens
    led = [
        one
        for one in noun.children
        if one.lower in load_words("relations")["led"] and one.i > 1 and tokens[one.i - 1].text == "-"
    ]
    return [party for one in led for party in hyphened(stage, tokens[one.i - 2])]


def hyphened(stage: Stage, token: Token) -> list[Party]:
    """The party in "rebel-held" and "Iran-backed": a name, or a word for a kind of party."""
    mention = stage.cast.coreference.by_head.get(token.i)
    if mention is not None:
        party = stage.cast.party(mention)
        return [party] if party else []
    registry = stage.cast.coreference.registry
    sector = registry.modifiers.get(token.lower) or registry.agents.get(token.lemma)
    span = stage.analysis.span_of(token, token)
    return [Party(quote=span.quote, start=span.start, end=span.end, sectors=(sector,))] if sector else []


def above(stage: Stage, noun: Token, depth: int) -> list[Party]:
    """The doer that the words over a noun tell."""
    here = noun
    while here.dep == "conj" and here.head.pos in ("NOUN", "PROPN"):
        here = here.head
    governor, through = here.head, ""
    if here.dep == "pobj":
        prep = here.head
        while prep.dep == "conj" and prep.head.dep == "prep":
            prep = prep.head
        governor, through = prep.head, here.head.lower
    if here.dep not in ("dobj", "pobj", "nsubjpass", "attr", "pcomp") or governor is here:
        return []
    if is_predicate(governor):
        return _over_verb(stage, here, governor, through, depth)
    if governor.pos in ("NOUN", "PROPN", "ADJ") and through in ("in", "of", "to", "for", "with", "including"):
        if governor.i in stage.cast.coreference.by_head and through in ("in", "of"):
            return parties_of(stage, [governor], owners=False)
        given = objects_behind(governor, "for", "to", "of") if through != "including" else []
        return parties_of(stage, [one for one in given if one is not here], owners=False) or doers(
            stage, governor, depth + 1
        )
    return []


def _over_verb(stage: Stage, noun: Token, verb: Token, through: str, depth: int) -> list[Party]:
    """The doer of a noun under a verb: its subject; X in "helped X in its fight"; nobody under "condemned"."""
    words, slots = load_words("relations"), verb_slots(verb)
    if through in APART or (noun.dep == "dobj" and words["bystanding"].get(verb.lemma)):
        return []
    if through in ("in", "with") and verb.lemma in words["backing"]:
        return parties_of(stage, slots.get("object", []), owners=False)
    backed = [one for one in slots.get("object", []) if one.lemma in words["backing_nouns"]]
    if through == "in" and backed:
        return parties_of(stage, objects_behind(backed[0], "for", "to", "of"), owners=False)
    if noun.dep == "pobj" and words["bystanding"].get(verb.lemma):
        return []
    if verb.dep == "acl" and verb.tag == "VBN" and depth < 4:
        return doers(stage, verb.head, depth + 1)
    name = "object" if is_passive(verb) and noun.dep == "pobj" else "subject"
    return parties_of(stage, slots.get(name, []), owners=False)


def objects_behind(noun: Token, *words: str) -> list[Token]:
    """The objects of a noun's prepositions, also of those that hang on one another ("in the war against X")."""
    found: list[Token] = []
    for one in noun.children:
        if one.dep == "prep":
            for each in conjuncts(one):
                given = child(each, "pobj")
                if each.lower in words and given is not None:
                    found.append(given)
                found += [
                    deeper
                    for prep in each.children
                    if prep.dep == "prep" and prep.lower in words and (deeper := child(prep, "pobj")) is not None
                ]
    return found
