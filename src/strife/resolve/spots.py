"""Places told by where they lie from others: "20 km south of X", "halfway between X and Y". Text and arithmetic only."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from strife.gazetteer import PlaceEntry
from strife.language.analysis import Analysis, Token
from strife.mentions.mention import PlaceMention
from strife.records import Place
from strife.resolve.scene import kilometres

KM_A_DEGREE = 111.2
FURTHEST = 300.0  # kilometres: beyond that "south of X" tells too little for a point
APART = 150.0  # kilometres between two places that something can lie between
POINTS = ("north", "east", "south", "west")
BEARINGS = {point: 90.0 * number for number, point in enumerate(POINTS)} | {
    "northeast": 45.0,
    "southeast": 135.0,
    "southwest": 225.0,
    "northwest": 315.0,
}
FINE = {"northnortheast": 22.5, "eastnortheast": 67.5, "eastsoutheast": 112.5, "southsoutheast": 157.5} | {
    "southsouthwest": 202.5,
    "westsouthwest": 247.5,
    "westnorthwest": 292.5,
    "northnorthwest": 337.5,
}
WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
NUMBERS = {word: float(number) for number, word in enumerate(WORDS, 1)} | {
    "a": 1.0,
    "fifteen": 15.0,
    "twenty": 20.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "hundred": 100.0,
}
COMPASS = r"(?:(?:north|south|east|west)[- ]?){1,3}"
AMOUNT = rf"(?P<amount>\d[\d,.]*(?:\s*(?:-|–|to)\s*\d[\d,.]*)?|\b(?:{'|'.join(NUMBERS)}))"
UNIT = r"(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\b\.?(?:\s*\([^()]{1,20}\))?"
KIND = r"(?:the\s+)?(?:[\w-]+\s+)?(?:city|town|village|port|capital)(?:\s+of)?\s+"
OFFSET = re.compile(
    rf"(?<![\w.,$€£]){AMOUNT}[\s-]*{UNIT}\s+(?:to\s+the\s+|due\s+)?(?P<compass>{COMPASS})\s*of\s+(?:{KIND}|the\s+)?",
    re.IGNORECASE,
)
DIRECTED = re.compile(rf"(?:\bto\s+the\s+|(?<!the)\s|^){COMPASS}\s*of\s+(?:{KIND})?$", re.IGNORECASE)
BETWEEN = re.compile(rf"\bbetween\s+(?:{KIND})?(?:both\s+)?", re.IGNORECASE)
OPENED = re.compile(rf"{BETWEEN.pattern}$", re.IGNORECASE)
JOIN = re.compile(rf"\s+and\s+(?:{KIND})?", re.IGNORECASE)
MILE = 1.609344  # kilometres
LOOK = 80  # characters before a name in which such words are looked for
LINES = frozenset(  # what lies between two places
    "road highway motorway route way area village town hamlet settlement point checkpoint roadblock corridor land stretch "
    "line frontline front crossing hill mountain valley place junction railway territory district zone desert "
    "countryside forest bridge trench position pass outpost base camp section strip somewhere ambush halfway midway".split()
)
LYING = frozenset(
    "locate lie situate ambush intercept crash kill attack explode die shell bomb strike find abduct".split()
)


@dataclass(frozen=True, slots=True)
class Offset:
    """How far (kilometres) and which way (degrees from north) from a name, in words ("20 km south of"), and where they begin."""

    start: int
    end: int
    km: float
    bearing: float
    words: str


def offset_before(text: str, start: int) -> Offset | None:
    """The distance and direction right before a name: "20 km south of (the town of)"."""
    if not text[:start].endswith((" ", "\n")) or " of " not in f"{text[max(0, start - 40) : start].lower()} ":
        return None
    begin = max(0, start - LOOK)
    for match in OFFSET.finditer(text[begin:start]):
        if begin + match.end() == start:
            return _offset(match, begin)
    return None


def offset_in(text: str, start: int, end: int) -> Offset | None:
    """The distance and direction in a span with a name behind it: "a village 20 km south of X"."""
    match = OFFSET.search(text[start:end]) if " of " in text[start:end] else None
    return _offset(match, start) if match is not None and start + match.end() < end else None


def _offset(match: re.Match[str], shift: int) -> Offset | None:
    numbers = [_number(part) for part in re.split(r"\s*(?:-|–|to)\s*", match["amount"])]
    toward = re.sub(r"[\s-]", "", match["compass"].lower())
    bearing = BEARINGS.get(toward, FINE.get(toward))
    known = [number for number in numbers if number is not None]
    if bearing is None or len(known) < len(numbers):
        return None
    amount = sum(known) / len(known)
    miles = match["unit"].lower().startswith("mi")
    unit = ("mile" if amount == 1 else "miles") if miles else "km"
    compass = "-".join(match["compass"].lower().replace("-", " ").split())
    km = amount * (MILE if miles else 1.0)
    if not 0 < km <= FURTHEST:
        return None
    return Offset(shift + match.start(), shift + match.end(), km, bearing, f"{amount:g} {unit} {compass} of")


def _number(words: str) -> float | None:
    plain = words.lower().rstrip(".,")
    if plain in NUMBERS:
        return NUMBERS[plain]
    plain = re.sub(r",(?=\d{3})", "", plain)
    return float(plain) if re.fullmatch(r"\d{1,6}(?:\.\d+)?", plain) else None


def directed(text: str, start: int) -> bool:
    """Whether a name stands behind "south of" or "to the south of", so that the place lies outside it."""
    before = text[max(0, start - LOOK) : start]
    return ("th of " in before or "st of " in before) and DIRECTED.search(before) is not None


def moved(place: Place, entry: PlaceEntry | None, offset: Offset) -> Place | None:
    """The point that far from a place; None where that is no town or spot, for from a province one cannot measure."""
    if entry is None or entry.kind not in ("settlement", "point", "district"):
        return None
    north, east = offset.km * math.cos(math.radians(offset.bearing)), offset.km * math.sin(math.radians(offset.bearing))
    lat = entry.lat + north / KM_A_DEGREE
    lon = entry.lon + east / (KM_A_DEGREE * max(0.1, math.cos(math.radians(entry.lat))))
    return Place(
        quote=place.quote,
        start=place.start,
        end=place.end,
        name=f"{offset.words} {entry.name}",
        country=entry.country or None,
        admin1=entry.admin1 or None,
        lat=round(max(-90.0, min(90.0, lat)), 5),
        lon=_around(lon),
        precision="surroundings",
    )


def halfway(place: Place, one: PlaceEntry | None, other: PlaceEntry | None) -> Place | None:
    """The point in the middle of two towns that lie within 150 km of each other; None where they do not."""
    if one is None or other is None or one.id == other.id or kilometres(one, other) > APART:
        return None
    if not {one.kind, other.kind} <= {"settlement", "point", "district"}:
        return None
    east = (other.lon - one.lon + 180) % 360 - 180
    same = one.country if one.country == other.country else ""
    return Place(
        quote=place.quote,
        start=place.start,
        end=place.end,
        name=f"between {one.name} and {other.name}",
        country=same or None,
        admin1=(one.admin1 or None) if same and one.admin1 == other.admin1 else None,
        lat=round((one.lat + other.lat) / 2, 5),
        lon=_around(one.lon + east / 2),
        precision="surroundings",
    )


def _around(lon: float) -> float:
    return round((lon + 180) % 360 - 180, 5)


def pair_in(text: str, start: int, end: int) -> tuple[int, int, int, int] | None:
    """The two names of a span "between X and Y": the offsets of both."""
    words = text[start:end]
    opening = BETWEEN.search(words) if "etween " in words else None
    joining = JOIN.search(words, opening.end() + 1) if opening is not None else None
    if opening is None or joining is None or joining.end() >= len(words):
        return None
    return start + opening.end(), start + joining.start(), start + joining.end(), end


def pairs(mentions: Sequence[PlaceMention], analysis: Analysis) -> Iterator[tuple[int, int]]:
    """The mentions of "between X and Y", where that says where something lies: the offset of "between", the number of the first."""
    text = analysis.document.text
    for number, (one, other) in enumerate(itertools.pairwise(mentions)):
        begin = max(0, one.first.start - LOOK)
        opening = OPENED.search(text[begin : one.first.start])
        if opening is None or JOIN.fullmatch(text[one.last.end : other.first.start]) is None:
            continue
        before = analysis.tokens[max(0, one.first.i - 6) : one.first.i][::-1]
        word = next((token for token in before if token.lower == "between"), None)
        if word is not None and _lies(word, analysis):
            yield begin + opening.start(), number


def _lies(word: Token, analysis: Analysis) -> bool:
    """Whether "between" says where something is, not who deals with whom."""
    before = analysis.tokens[word.i - 1] if word.i else None
    near = {word.head.lemma, *([before.lemma, before.lower] if before is not None else [])}
    return bool(near & (LINES | LYING))
