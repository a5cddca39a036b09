"""Whether two places can be one, by id, name, distance and how precisely each is known."""

from __future__ import annotations

import functools
import math

from strife.gazetteer.names import alike, bare, fold, skeleton
from strife.records import Place

LEVEL = {"district", "province"}  # two of one level with different names are two places, however near
NAMED = {"point", "settlement", "surroundings"}
RADIUS = {
    "point": 3,
    "settlement": 6,
    "surroundings": 15,
    "district": 30,
    "province": 90,
    "country": 600,
    "region": 250,
}
FINE = ("point", "settlement", "surroundings", "district", "province", "region", "country")
APART_KM = 12  # two named spots farther apart than this are two places


@functools.lru_cache(maxsize=200_000)  # the same few places come again and again
def place_relation(one: Place, other: Place) -> str:
    """How two places lie to each other: `spot` for one and the same, `within`, `apart`, or `no place` where nothing tells."""
    if one.id is not None and one.id == other.id:
        return "within" if one.precision == "province" else "spot"
    both = one.precision in NAMED and other.precision in NAMED
    if both and same_name(one, other):
        return (
            "spot"
            if kilometres(one, other) <= 2 * APART_KM
            else "namesake"
            if one.country == other.country
            else "apart"
        )
    if both:
        located = one.lat is not None and other.lat is not None
        return "spot" if located and kilometres(one, other) <= APART_KM / 6 else "apart"
    if one.country and other.country and one.country != other.country:
        return "apart"
    if (
        one.precision == other.precision
        and one.precision in LEVEL
        and one.id
        and other.id
        and not same_name(one, other)
    ):
        return "apart"
    coarse = max(one, other, key=lambda place: FINE.index(place.precision)).precision
    if one.lat is None or other.lat is None:
        return "no place"
    same = bool(one.admin1) and one.admin1 == other.admin1
    reach = RADIUS[one.precision] + RADIUS[other.precision]
    return "within" if kilometres(one, other) <= reach or (same and coarse == "province") else "apart"


def same_name(one: Place, other: Place) -> bool:
    """Whether two places bear one name, in whatever spelling."""
    for here in {one.quote, one.name or one.quote}:
        for there in {other.quote, other.name or other.quote}:
            (first, sound), (second, echo) = _forms(here), _forms(there)
            if first == second or (sound and sound == echo and alike(first, second)):
                return True
    return False


@functools.lru_cache(maxsize=50_000)
def _forms(name: str) -> tuple[str, str]:
    """A name without accents and articles, and its consonants."""
    plain = bare(fold(name))
    return plain, skeleton(plain)


def kilometres(one: Place, other: Place) -> float:
    """The distance of two places in kilometres; 0 where one has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0
    east = abs(one.lon - other.lon)
    east = min(east, 360 - east) * math.cos(math.radians((one.lat + other.lat) / 2))
    return 111.2 * math.hypot(one.lat - other.lat, east)
