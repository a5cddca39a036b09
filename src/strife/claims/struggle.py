"""Who fights whom: nouns of struggle ("the war on X"), deeds of war between two armed sides, "the anti-X coalition"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from strife.claims.draft import EventDraft
from strife.claims.sides import acts, doers, is_named, is_state, objects_behind, parties_of
from strife.claims.stage import Stage
from strife.codebook.words import load_words
from strife.language.analysis import Token
from strife.records import Party
from strife.registry.registry import fold

Sides = tuple[Party, Party]
AGAINST = {"anti", "counter"}
WAR = {"REB", "UAF", "IMG", "MIL", "PRM"}
SITES = {
    "palace",
    "building",
    "buildings",
    "parliament",
    "ministry",
    "office",
    "offices",
    "station",
    "headquarters",
    "embassy",
}
MOST = 4  # parties of one side that a deed is told of


def by_event(event: EventDraft) -> Iterator[Sides]:
    """The two sides of an attack, a battle or a capture, where both are sides of a war."""
    if event.trigger.frame.type != "ASSAULT" and not (
        event.trigger.frame.control and event.trigger.frame.type == "COERCE"
    ):
        return
    setting = event.where.first.start if event.where is not None else -1
    actors = [one for one in event.actors if _wages(one)]
    taken = event.trigger.frame.type == "COERCE"  # what is captured is a place: the state that it lies in is no foe
    recipients = [
        one for one in event.recipients if _wages(one) and one.start != setting and not (taken and _is_ground(one))
    ]
    both = not recipients or bool({one.start for one in actors} & {one.start for one in recipients})
    if event.trigger.frame.mutual and both:
        yield from combinations(recipients or actors, 2)
    else:
        pairs = product(actors[:MOST], recipients[:MOST])
        yield from (pair for pair in pairs if _apart(*pair) and at_arms(*pair))


def _is_ground(party: Party) -> bool:
    """Whether a party is but the place that is taken: a state, "a government stronghold"."""
    last = party.quote.lower().split()[-1]
    return is_state(party) or last in load_words("control")["ground"] or last in SITES


def _wages(party: Party) -> bool:
    """Whether a deed of or against this party tells of a war: no police, no crowd, no unknown gunmen."""
    return (
        acts(party) and is_named(party) and not {"CVL", "COP", "CRM", "EDU", "MED", "JRN", "REF"} & set(party.sectors)
    )


def at_arms(one: Party, other: Party) -> bool:
    """Whether an attack between the two is one with arms: "the minister attacked the opposition" is not."""
    return bool(WAR & {*one.sectors, *other.sectors}) or is_state(one) or is_state(other)


def _apart(one: Party, other: Party) -> bool:
    """Whether two parties can be of two sides: "army units" and "artillery positions" are both just the army's."""
    told = bool(other.id or other.country or other.name)
    return told or set(one.sectors) != set(other.sectors)


def by_noun(stage: Stage, noun: Token) -> Iterator[Sides]:
    """ "the campaign against X", "the war between X and Y", "the defeat of X", "X's enemies in the battle with Y"."""
    words = load_words("relations")
    label = words["struggles"].get(noun.lemma)
    if label is None:
        return
    behind = objects_behind(noun, *_prepositions(label))
    foes = [one for one in parties_of(stage, behind, owners=label != "end") if acts(one)]
    if label == "blow":  # "attacks on Syria's coast": where, not against whom
        places = parties_of(stage, objects_behind(noun, "on"))
        foes = [one for one in foes if not (is_state(one) and any(one.start == other.start for other in places))]
    if foes:
        yield from product([one for one in doers(stage, noun) if takes_part(one)], foes)
    sides = [one for one in parties_of(stage, objects_behind(noun, "between")) if acts(one)]
    yield from combinations(sides, 2)


def _prepositions(label: str) -> tuple[str, ...]:
    """What leads to the foe: "on" and "with" a war, "on" an attack (often to a place), "of" a defeat."""
    return {"war": ("against", "on", "with"), "blow": ("against", "on"), "end": ("of",)}[label]


def takes_part(party: Party) -> bool:
    """Whether a party can be told to fight: anybody but lone civilians and the press."""
    sectors = set(party.sectors)
    return acts(party) or "IGO" in sectors or not sectors or bool(party.country)


def by_prefix(stage: Stage, token: Token) -> Iterator[Sides]:
    """ "the anti-X coalition", "counter-X forces"."""
    found = prefixed(stage, token) if token.lower in AGAINST else None
    if found is None or found[0].lemma not in load_words("relations")["against"]:
        return
    head, party = found
    yield from ((bearer, party) for bearer in parties_of(stage, [head], owners=False) or doers(stage, head))


def prefixed(stage: Stage, token: Token) -> tuple[Token, Party] | None:
    """The noun and the party of a compound such as "anti-X coalition", from its first part."""
    tokens = stage.analysis.tokens
    if token.i + 2 >= len(tokens) or tokens[token.i + 1].text != "-":
        return None
    other = tokens[token.i + 2]
    party = _named(stage, other)
    head = other.head if other.dep in ("amod", "compound", "nmod", "poss", "npadvmod") else token.head
    for _ in range(2):
        head = head.head if head.i in (token.i, other.i) else head
    return (head, party) if party is not None and head.i > other.i else None


def _named(stage: Stage, token: Token) -> Party | None:
    """The party of a bare name that stands in a compound with "anti-"."""
    mention = stage.cast.coreference.by_head.get(token.i)
    if mention is not None:
        party = stage.cast.party(mention)
        return party if party is not None and acts(party) else None
    entries = stage.cast.coreference.registry.names.get((fold(token.text),))
    if not entries or not token.text[0].isupper():
        return None
    span, entry = stage.analysis.span_of(token, token), entries[0]
    return Party(
        quote=span.quote,
        start=span.start,
        end=span.end,
        name=entry.name,
        id=entry.id,
        country=entry.country,
        sectors=entry.sectors,
    )


def hostile(subjects: list[Party], objects: list[Party]) -> Iterator[Sides]:
    """The pairs of a verb of war whose object is a side that acts."""
    foes = [one for one in objects if acts(one)]
    yield from (pair for pair in product([one for one in subjects if takes_part(one)], foes) if _apart(*pair))
