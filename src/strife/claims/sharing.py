"""What an event's verb and the noun in it know of each other's parties."""

from __future__ import annotations

from strife.claims.trigger import Trigger
from strife.language.analysis import conjuncts
from strife.language.slots import verb_slots
from strife.records import Party

WIRES = frozenset(  # credited beside photos and datelines
    f"org:{name}"
    for name in """
    reuters agence-france-presse associated-press sana anadolu-agency xinhua australian-associated-press
    associated-press-of-pakistan
    """.split()
)
Lists = tuple[list[Party], list[Party], list[Party]]


def extend(given: list[Party], more: list[Party]) -> None:
    """Add the parties that are not in the list yet."""
    given.extend(party for party in more if all((party.start, party.id) != (other.start, other.id) for other in given))


def is_among(party: Party, others: list[Party]) -> bool:
    """Whether the words of a party are already in the list."""
    return any(party.start == other.start for other in others)


def without_credits(trigger: Trigger, lists: Lists) -> Lists:
    """The lists of an act of violence without the news agencies that its text credits."""
    if trigger.frame.type != "ASSAULT":
        return lists
    actors, recipients, supporters = ([one for one in given if one.id not in WIRES] for given in lists)
    return actors, recipients, supporters


def share(triggers: list[Trigger], lists: dict[int, Lists]) -> None:
    """What kills is often an event itself: "air strikes by X killed Y" gives the strikes Y and the killing X."""
    by_head = {trigger.head.i: trigger for trigger in triggers}
    for trigger in triggers:
        if trigger.noun or trigger.frame.type not in ("ASSAULT", "COERCE"):
            continue
        slots = verb_slots(trigger.head)
        for token in [*slots.get("subject", []), *slots.get("in", []), *slots.get("during", [])]:
            for one in conjuncts(token):
                other = by_head.get(one.i)
                if other is not None and other.noun and other.frame.type in ("ASSAULT", "COERCE"):
                    if lists[other.head.i][0] and token in slots.get("subject", []):
                        lists[trigger.head.i][0][:] = []  # whose strikes they are the strikes know best
                    _merge(lists[trigger.head.i], lists[other.head.i])


def one_doing(triggers: list[Trigger], lists: dict[int, Lists]) -> None:
    """ "six were killed and ten wounded in a raid by X": what is told behind the last of coordinated passives is of them all."""
    by_head = {trigger.head.i: trigger for trigger in triggers if trigger.frame.type == "ASSAULT" and not trigger.noun}
    for second in by_head.values():
        first = by_head.get(second.head.head.i) if second.head.dep == "conj" else None
        passive = first is not None and first.head.tag == second.head.tag == "VBN"
        if first is not None and passive and not lists[first.head.i][0] and "subject" not in verb_slots(first.head):
            extend(lists[first.head.i][0], lists[second.head.i][0])


def _merge(verb: Lists, noun: Lists) -> None:
    if not verb[0]:
        extend(verb[0], noun[0])
    if not noun[1] and not noun[0]:
        extend(noun[1], verb[1])
