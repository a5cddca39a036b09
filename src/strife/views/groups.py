"""A reading's claims sorted for people: what happened, who claims what, who holds what, what is expected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from strife.records import Claim, Control, Figure, Relation, Statement

TITLES = {
    "happened": "What happened",
    "claimed": "Claimed, and by whom",
    "control": "Who holds what",
    "relations": "Who backs whom",
    "expected": "What is expected",
    "figures": "Figures",
    "negated": "Said not to have happened",
}  # in the order of the page
LIKELIEST = ("expected", "intended", "demanded", "conditional", "possible", "asked")
SURE = {"certain": 0, "scheduled": 0, "likely": 1, None: 2, "possible": 3, "unlikely": 4}
AHEAD = {"expected", "possible", "conditional", "intended", "demanded", "asked"}


@dataclass(frozen=True, slots=True)
class Group:
    """Claims of one kind, in text order."""

    key: str
    title: str
    claims: tuple[Claim, ...]


def grouped(claims: Iterable[Claim]) -> list[Group]:
    """The groups that are not empty; every claim stands in exactly one."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[group_of(claim)].append(claim)
    return [Group(key, title, tuple(found[key])) for key, title in TITLES.items() if key in found]


def group_of(claim: Claim) -> str:
    """The group of a claim: what is negated, ahead or denied first, whatever its type; then by type.

    Control, relations and figures that somebody claims stay with their like: the voice stands beside them."""
    if claim.status == "negated":
        return "negated"
    if claim.status in AHEAD:
        return "expected"
    if claim.status == "denied" or isinstance(claim, Statement):
        return "claimed"
    if isinstance(claim, Control):
        return "control"
    if isinstance(claim, Relation):
        return "relations"
    if isinstance(claim, Figure):
        return "figures"
    return "happened" if claim.status == "reported" else "claimed"


def likeliest_first(group: Group) -> Group:
    """What is expected in the order of how likely the words make it, deeds before mere statements; other groups stay in text order."""
    if group.key != "expected":
        return group
    ranked = sorted(
        group.claims,
        key=lambda one: (LIKELIEST.index(one.status), SURE[one.frame.likelihood], isinstance(one, Statement)),
    )
    return Group(group.key, f"{group.title}, likeliest first", tuple(ranked))
