"""The other side of an act of speech or protest, where no slot holds it."""

from __future__ import annotations

from strife.claims.sharing import is_among
from strife.claims.stage import Stage
from strife.claims.trigger import Trigger
from strife.claims.triggerslots import Slots
from strife.language.analysis import Token, child, subtree
from strife.language.grammar import is_predicate, surface_subject
from strife.language.mending import CALLING, DEEDS
from strife.language.slots import noun_slots
from strife.mentions.mention import PartyMention
from strife.records import Party

ASIDE = frozenset(
    """
    after during amid since before following despite until till while as because near when
    """.split()
)
CRIMES = DEEDS | {"crime", "killing", "murder", "massacre", "atrocity", "execution", "abduction", "act", "violence"}
TOWARD = tuple(
    """
    with to toward towards on against upon from for between among over at of about by in
    """.split()
)


def protested(stage: Stage, trigger: Trigger, actors: list[Party]) -> list[Party]:
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
        if aim and within is not None and (found := first_party(stage, within, actors)):
            return found
    return []


def beyond(stage: Stage, trigger: Trigger, slots: Slots, actors: list[Party]) -> list[Party]:
    """The other side of a speech act where no slot holds it: behind a preposition, or inside the complement."""
    for name in TOWARD:
        opposed = name == "against" and trigger.frame.type in ("SUPPORT", "AID", "COOPERATE")
        if trigger.frame.role(name, noun=False) == "none" and name not in trigger.frame.roles and not opposed:
            found = [
                party
                for token in slots.get(name, [])
                if not (name == "with" and any(one.dep == "acl" for one in token.children))
                for party in stage.cast.parties(token)
                if not is_among(party, actors)
            ]
            if found:
                return found
    for one in trigger.head.children:
        aside = (
            any(c.dep in ("mark", "advmod") and c.lower in ASIDE for c in one.children)
            or one.tag == "VBG"
            and one.lemma in CALLING
            if one.dep == "advcl"
            else one.lower in ASIDE or one.lower == "with" and _accompanying(one)
        )
        if one.dep in ("ccomp", "xcomp", "dobj", "advcl", "prep") and one.i > trigger.head.i and not aside:
            crime = trigger.frame.type == "ACCUSE" and one.dep == "dobj" and one.lemma in CRIMES
            done = stage.cast.parties(one) if crime else first_party(stage, one, actors)
            found = [party for party in done if not is_among(party, actors)]
            if found:
                return found
    if trigger.frame.type == "THREATEN" and (found := _unless(stage, trigger.head, actors)):
        return found
    given = child(trigger.head, "dobj", "nsubjpass")
    within = noun_slots(given) if given is not None and trigger.frame.type in ("REJECT", "CONSULT", "AGREE") else {}
    return [party for name in ("to", "with") for token in within.get(name, []) for party in stage.cast.unnamed(token)]


def _unless(stage: Stage, verb: Token, actors: list[Party]) -> list[Party]:
    """Who has to give way: "threatened to walk out unless the union backs down"."""
    for one in subtree(verb):
        if one.dep == "advcl" and any(c.dep == "mark" and c.lower in ("unless", "if", "until") for c in one.children):
            subject = surface_subject(one)
            parties = stage.cast.parties(subject) if subject is not None else []
            if found := [party for party in parties if not is_among(party, actors)]:
                return found
    return []


def _accompanying(prep: Token) -> bool:
    """ "with the minister stressing that": what happens beside the act, not to whom it is done."""
    given = child(prep, "pobj", "pcomp")
    return given is not None and (given.dep == "pcomp" or any(one.dep == "acl" for one in given.children))


def _inside(token: Token) -> list[int]:
    """The tokens below a complement, but for what relative clauses and asides tell."""
    below = [
        one
        for one in token.children
        if one.dep not in ("relcl", "advcl", "parataxis") and not (one.lower == "with" and _accompanying(one))
    ]
    return [token.i, *(index for one in below for index in _inside(one))]


def _whole(stage: Stage, index: int) -> PartyMention | None:
    """The party headed at a token, or the one of whose name it is part: "Haitian" of "Haitian police"."""
    by_head, tokens = stage.cast.coreference.by_head, stage.analysis.tokens
    mention = by_head.get(index)
    above = by_head.get(tokens[index].head.i) if tokens[index].dep in ("amod", "compound", "nmod", "poss") else None
    if mention is None or above is None or not above.first.i <= index < above.head.i:
        return mention
    return above


def first_party(stage: Stage, token: Token, actors: list[Party]) -> list[Party]:
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
            if not is_among(one, actors) and (one.name or one.quote) not in names
        ]
        if found:
            return found
    for index in sorted(_inside(token)):
        mention = _whole(stage, index)
        if mention is not None and (party := stage.cast.party(mention)) is not None:
            if (
                not is_among(party, actors)
                and (party.name or party.quote) not in names
                and (party.id is None or party.id not in names)
            ):
                return [party]
    return []
