"""All names of one document with their candidates, as arrays: what the ranker weighs."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from strife.gazetteer import PlaceEntry
from strife.mentions.placewords import AROUND, DIRECTIONS, DISTRICTS, INSTALLATIONS, PROVINCES, SETTLEMENTS
from strife.resolve.asked import Asked, Hint, hint_of, is_list
from strife.resolve.names import folded
from strife.resolve.options import (
    COUNTRY,
    DISTRICT,
    POINT,
    PROVINCE,
    REGION,
    SETTLEMENT,
    Catalogue,
    Floats,
    Ints,
    Options,
)
from strife.resolve.spoken import Land

AREAS = frozenset("area region territory sector zone".split())  # of a town as well as of a division
ABOUT = 0.3  # a country with this weight is one that the document is about
WELL_KNOWN = 100_000  # people; a town that may be named out of the blue
CLOSE = 60.0  # kilometres: what lies so near the middle of a district may lie in it
HOW = ("tail", "within", "owned")
SHAPED = ("area", "province", "district", "settlement", "spot", "direction", "around")
NEARBY = math.cos(60 / 6371)
BESIDE = (  # what the words beside a name say of a candidate
    *(f"{shape} said beside a {kind}" for shape in SHAPED for kind in ("town", "province", "district", "country")),
    "inside what a comma or bracket puts it into",
    "inside what 'in' puts it into",
    "inside what owns it",
    "not inside them",
    "holds the name before it",
)
HINTED = 4 * len(SHAPED)  # the first column for what the words beside it put it into


@dataclass(slots=True)
class Block:
    """The mentions of one name with the same words beside them: what is decided at once."""

    name: int  # the number of the name in the document
    options: Options
    shape: str
    hint: Hint | None
    members: list[int]


@dataclass(slots=True)
class Scene:
    """The candidates of all blocks in rows, one block after the other."""

    blocks: list[Block]
    starts: Ints  # the first row of each block
    block: Ints  # by row
    name: Ints  # by row
    country: Ints  # by row, numbered from 0 within the document
    admin: Ints
    countries: int  # how many there are, "none" (number 0) among them
    admins: int
    kind: Ints
    point: Floats
    static: Floats
    beside: Floats
    spoken_country: Floats  # names by countries: how often the text names them, that name itself left out
    spoken_admin: Floats
    said_country: Floats  # names by countries: the same as shares of names
    said_admin: Floats
    said: Floats  # by name, the sum over all countries
    close: Floats  # by row: for how many other names some namesake lies close by, each by its rarity
    shared: Floats  # by row: the same for the first-level division
    abroad: Floats  # by row: how close the middle of a country is that the text speaks of
    links: Floats  # names by names: 1 where they stand in one list
    shares: Floats  # by name: how much it counts
    hinted: Floats  # by block: 1 where the words beside it put it somewhere


def shape_of(cue: str | None) -> str:
    """The kind of place that a word beside a name speaks of; "" where it says nothing."""
    if cue is None:
        return ""
    for shape, words in zip(
        SHAPED, (AREAS, PROVINCES, DISTRICTS, SETTLEMENTS, INSTALLATIONS, DIRECTIONS, AROUND), strict=True
    ):
        if cue in words:
            return shape
    return ""


def blocks_of(
    asked: Sequence[Asked], text: str, catalogue: Catalogue, subject: AbstractSet[str]
) -> tuple[list[Block], list[Hint | None]]:
    """The names of a document that have candidates, by spelling and the words beside them; and the hint of each mention.

    `subject` are the countries (alpha-2) that the text is about."""
    names: dict[str, int] = {}
    found: dict[tuple[int, str, tuple[str, ...]], Block] = {}
    hints: list[Hint | None] = []
    written = [
        catalogue.options(one.name, *one.also, behind_comma=text[max(0, one.start - 2) : one.start] == ", ")
        for one in asked
    ]
    about = subject | {
        best.country
        for options in written
        for best in options.entries[:1]
        if best.population >= WELL_KNOWN or best.kind == "country"
    }
    for number, (one, plainly) in enumerate(zip(asked, written, strict=True)):
        options = _with_sounds(one, catalogue, about, plainly)
        hint = hint_of(text, one, catalogue.gazetteer) if not options.entries or _spot(options) else None
        hints.append(hint)
        if not options.entries:
            continue
        name = names.setdefault(folded(one.name), len(names))
        shape = shape_of(one.cue)
        key = (name, shape, tuple(entry.id for entry in hint.outer) if hint else ())
        block = found.get(key)
        if block is None:
            found[key] = Block(name, options, shape, hint, [number])
        else:
            block.members.append(number)
    return list(found.values()), hints


def _spot(options: Options) -> bool:
    """Whether the words beside a name can tell anything: not where it is a country or region and nothing else."""
    return len(options.entries) > 1 or options.entries[0].kind not in ("country", "region")


def _with_sounds(one: Asked, catalogue: Catalogue, about: AbstractSet[str], written: Options) -> Options:
    """The candidates; likeness of sound counts only where no large place and none of the document's countries is meant."""
    if any(
        entry.population >= WELL_KNOWN or entry.country in about or entry.kind == "region" for entry in written.entries
    ):
        return written
    return catalogue.sounding(one.name, frozenset(about), written)


def inside(entry: PlaceEntry, outer: PlaceEntry) -> bool:
    """Whether a place lies in a country, region or division, and is not that itself; for a district by the distance."""
    if entry.id == outer.id or (outer.country and entry.country != outer.country):
        return False
    if outer.kind == "country" or (outer.kind == "region" and outer.country):
        return True
    if outer.kind == "province":
        return entry.admin1 == outer.admin1
    return outer.kind == "district" and entry.admin1 == outer.admin1 and kilometres(entry, outer) < CLOSE


def kilometres(one: PlaceEntry, other: PlaceEntry) -> float:
    """The distance of two places, good to a per cent over short ways."""
    east = abs(one.lon - other.lon)
    east = min(east, 360 - east) * math.cos(math.radians((one.lat + other.lat) / 2))
    return 111.2 * math.hypot(one.lat - other.lat, east)


def beside_of(block: Block) -> Floats:
    """What the words beside a name say of its candidates, in the order of `BESIDE`."""
    options, hint = block.options, block.hint
    found = np.zeros((len(options.entries), len(BESIDE)))
    if block.shape:
        column = 4 * SHAPED.index(block.shape)
        for step, kind in enumerate((SETTLEMENT, PROVINCE, DISTRICT, COUNTRY)):
            found[:, column + step] = options.kind == kind
        found[:, column + 3] += options.kind == REGION
    if hint is not None:
        within = np.array([any(inside(entry, outer) for outer in hint.outer) for entry in options.entries], dtype=bool)
        if within.any():
            found[within, HINTED + HOW.index(hint.how)] = 1.0
            found[~within, HINTED + 3] = 1.0
    return found


def scene_of(
    blocks: list[Block], asked: Sequence[Asked], text: str, spoken: Mapping[Land, float], catalogue: Catalogue
) -> Scene:
    """Put the candidates of a document side by side."""
    sizes = np.array([len(block.options.entries) for block in blocks])
    rows = np.repeat(np.arange(len(blocks)), sizes)
    names = np.array([block.name for block in blocks])
    together = [block.options for block in blocks]
    countries, country = np.unique(np.concatenate([[0], *(each.country for each in together)]), return_inverse=True)
    admins, admin = np.unique(np.concatenate([[0], *(each.admin for each in together)]), return_inverse=True)
    beside = np.concatenate([beside_of(block) for block in blocks])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    kind = np.concatenate([each.kind for each in together])
    point = np.concatenate([each.point for each in together])
    _holders(blocks, asked, starts, beside)
    count = int(names.max()) + 1
    of_country, said_country = _spoken(blocks, asked, count, spoken, countries, 1)
    of_admin, said_admin = _spoken(blocks, asked, count, spoken, admins, 2)
    shares = np.zeros(count)
    np.add.at(shares, names, [len(block.members) for block in blocks])
    return Scene(
        blocks=blocks,
        starts=starts,
        block=rows,
        name=names[rows],
        country=country[1:],
        admin=admin[1:],
        countries=len(countries),
        admins=len(admins),
        kind=kind,
        point=point,
        static=np.concatenate([each.static for each in together]),
        beside=beside,
        spoken_country=of_country,
        spoken_admin=of_admin,
        said_country=said_country,
        said_admin=said_admin,
        said=said_country.sum(axis=1),
        close=_close(point, kind, starts, names, sizes),
        shared=_shared(admin[1:], starts, names, rows, sizes, len(admins)),
        abroad=_abroad(point, kind, spoken, catalogue),
        links=_links(blocks, asked, text, count),
        shares=1.0 + np.log(shares),
        hinted=np.array([float(block.hint is not None) for block in blocks]),
    )


def _holders(blocks: Sequence[Block], asked: Sequence[Asked], starts: Ints, beside: Floats) -> None:
    """Mark what holds the name before it: in "Rome, Georgia" the Georgia that has a Rome."""
    ends = {one.start: number for number, one in enumerate(asked)}
    block_of = {member: number for number, block in enumerate(blocks) for member in block.members}
    for block in blocks:
        if block.hint is None:
            continue
        holds = {outer.id for outer in block.hint.outer if any(inside(entry, outer) for entry in block.options.entries)}
        number = block_of.get(ends.get(block.hint.start, -1))
        if number is None or not holds:
            continue
        for place, entry in enumerate(blocks[number].options.entries):
            beside[starts[number] + place, HINTED + 4] = entry.id in holds


def _spoken(
    blocks: Sequence[Block],
    asked: Sequence[Asked],
    count: int,
    spoken: Mapping[Land, float],
    numbers: Ints,
    part: int,
) -> tuple[Floats, Floats]:
    """By name, how much the text speaks of each country (`part` 1) or division (2), the name itself left out.

    First against the most named one, then as what words there are for it, each of them the heavier the oftener it comes."""
    keys: dict[str, list[int]] = {}
    for block in blocks:
        keys.setdefault(folded(asked[block.members[0]].name), []).append(block.name)
    place = {number: column for column, number in enumerate(numbers.tolist())}
    table, shares = np.zeros((2, count, len(numbers)))
    for land, number in spoken.items():
        column = place.get(int(land[part]), 0)
        if column:
            share = 1.0 + math.log(max(number, 1.0))
            table[:, column] += number
            shares[:, column] += share
            for name in set(keys.get(land[0], ())):
                table[name, column] -= number
                shares[name, column] -= share
    most = table.max(axis=1, initial=1.0)
    return np.sqrt(np.maximum(table, 0.0) / most[:, None]), np.maximum(shares, 0.0)


def _links(blocks: Sequence[Block], asked: Sequence[Asked], text: str, count: int) -> Floats:
    """Names by names: 1 where two stand in one list, half where one follows the other closely."""
    name_of = {member: block.name for block in blocks for member in block.members}
    held = {(block.hint.start) for block in blocks if block.hint is not None and block.hint.how != "owned"}
    links = np.zeros((count, count))
    order = sorted(name_of, key=lambda number: asked[number].start)
    for one, other in itertools.pairwise(order):
        gap = text[asked[one].end : asked[other].start]
        first, second = name_of[one], name_of[other]
        if first != second and asked[other].start not in held and is_list(gap):
            links[first, second] = links[second, first] = 1.0
    return links


def _close(point: Floats, kind: Ints, starts: Ints, names: Ints, sizes: Ints) -> Floats:
    """By row, for how many other names some candidate lies within 60 km; the fewer candidates it has, the more it counts."""
    spots = (kind == SETTLEMENT) | (kind == DISTRICT) | (kind == POINT)
    near = (point @ point.T > NEARBY) & spots[None, :] & spots[:, None]
    held = np.logical_or.reduceat(near, starts, axis=1) / np.sqrt(sizes)
    rows = np.repeat(names, sizes)
    held *= rows[:, None] != names[None, :]
    found: Floats = np.minimum(held.sum(axis=1), 2.0)
    return found


def _shared(admin: Ints, starts: Ints, names: Ints, rows: Ints, sizes: Ints, admins: int) -> Floats:
    """By row, for how many other names some candidate lies in the same first-level division, weighed likewise."""
    table = np.zeros((len(starts), admins))
    table[rows, admin] = 1.0
    table[:, 0] = 0.0
    table /= np.sqrt(np.maximum(table.sum(axis=1, keepdims=True), 1.0))
    by_name = np.zeros((int(names.max()) + 1, admins))
    np.maximum.at(by_name, names, table)
    others = (by_name.sum(axis=0) - by_name) / max(1, len(by_name) - 1)
    found: Floats = others[np.repeat(names, sizes), admin]
    return found


def _abroad(point: Floats, kind: Ints, spoken: Mapping[Land, float], catalogue: Catalogue) -> Floats:
    """By row, how close a town or division is to the middle of a country that the text speaks of, 0 to 1."""
    counts: dict[int, float] = {}
    for land, number in spoken.items():
        counts[land[1]] = counts.get(land[1], 0.0) + number
    found: Floats = np.zeros(len(point))
    most = max(counts.values(), default=0.0)
    for number, count in counts.items():
        middle = catalogue.middle(number)
        if middle is not None:
            chord = np.sqrt(np.maximum(0.0, 2.0 - 2.0 * (point @ middle)))
            found = np.maximum(found, np.exp(chord * -8.0) * math.sqrt(count / most))
    found[kind == COUNTRY] = 0.0
    return found
