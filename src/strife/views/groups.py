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
