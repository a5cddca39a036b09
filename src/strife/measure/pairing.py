"""Pairs, one to one: as many as there can be, the better ones before the worse. The same input gives the same pairs."""

from __future__ import annotations

from collections.abc import Sequence

Edge = tuple[float, int, int]  # how good (more is better), one, other


def paired(edges: Sequence[Edge]) -> dict[int, int]:
    """A greatest set of pairs in which each number stands once on its side: one -> other.

    The best pairs are taken first; then who is left gets a partner where others can be moved to their next best."""
    ordered = sorted(edges, key=lambda edge: (-edge[0], edge[1], edge[2]))
    options: dict[int, list[int]] = {}
    for _, one, other in ordered:
        options.setdefault(one, []).append(other)
    partner: dict[int, int] = {}  # other -> one
    given: dict[int, int] = {}
    for _, one, other in ordered:
        if one not in given and other not in partner:
            given[one], partner[other] = other, one
    for one in options:
        if one not in given:
            _move_up(one, options, given, partner)
    return given


def _move_up(start: int, options: dict[int, list[int]], given: dict[int, int], partner: dict[int, int]) -> None:
    """Find a partner for one, by a chain of others who take their next best; nothing where there is no such chain."""
    came_from: dict[int, int] = {}  # other -> the one who asks for it
    waiting = [start]
    for one in waiting:  # grows while it is gone through: breadth first, so the shortest chain
        for other in options[one]:
            if other in came_from:
                continue
            came_from[other] = one
            if other in partner:
                waiting.append(partner[other])
                continue
            while True:
                asking = came_from[other]
                before = given.get(asking)
                given[asking], partner[other] = other, asking
                if before is None:
                    return
                other = before  # noqa: PLW2901  # back along the chain
