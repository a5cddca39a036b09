"""Which of the places of one name is meant: each candidate is weighed by what is known of it and of the document.

Two passes: the first weighs each name by itself and by the countries that the document names; the second also by the
towns and divisions that the first has chosen. One sense a document, unless the words beside a name say otherwise
("Tripoli, Lebanon")."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from strife.gazetteer import Gazetteer, PlaceEntry
from strife.gazetteer.entry import ALTERNATE, ARTICLE, MAIN, SOUND
from strife.gazetteer.names import fold
from strife.mentions.placewords import DISTRICTS, PROVINCES, SETTLEMENTS

MATCH = {MAIN: 0.4, ALTERNATE: 0.0, ARTICLE: -0.8, SOUND: -2.0}
KIND = {"country": 5.0, "province": 0.4, "region": 0.0, "point": 0.0, "settlement": 0.0, "district": -2.0}
UNPEOPLED = {"region": 6.0, "point": 5.0}  # stands for the logarithm of the population
CAPITAL = 2.8
SEATS = {  # cities that reports of talks and courts name without their country: Geneva, The Hague, New York
    "geonames:2660646",
    "geonames:2747373",
    "geonames:5128581",
}
SAME_COUNTRY, SAME_PROVINCE, NEARBY, INSIDE, CUED, TWIN = 4.0, 5.0, 3.0, 9.0, 5.0, 3.0
NEAR_KM = 150.0
ABOUT = 0.3  # a country with this weight is one that the document is about
WELL_KNOWN = 100_000  # people; a town that may be named out of the blue
SMALL = 15_000  # a town smaller than this is chosen only where the document gives some ground for it
MOST = 40  # candidates weighed in the second pass
SPOTS = ("settlement", "district", "point")
PASSES = 3
SMOOTH = 2.0  # a single name is not the whole document: so much speaks for no place in particular
NEIGHBOURS = 40  # names before and behind that bear on one
LEAST = 0.04  # candidates less likely than this do not speak for others
TAIL = re.compile(
    r"(?:(?:\s+[a-z]+)?,\s*|\s+\(\s*)((?:[A-Z][\w.'’-]*|of|and|the)(?:\s+(?:[A-Z][\w.'’-]*|of|and|the)){0,3})"
)
WITHIN = re.compile(
    r"\s+in\s+(?:the\s+)?(?:(?:[a-z]+(?:ern|-east|-west)?|state|province)\s+(?:of\s+)?)?((?:[A-Z][\w.'’-]*)(?:\s+[A-Z][\w.'’-]*){0,2})"
)
OWNED = re.compile(r"((?:[A-Z][\w.-]*)(?:\s+[A-Z][\w.-]*){0,2})[’']s\s+(?:[a-z-]+\s+){0,3}$")
WORDS = re.compile(r"[^\W\d_][\w.'’-]*")


@dataclass(frozen=True, slots=True)
class Asked:
    """A name to resolve: where it stands, the name to look up, and the word that shapes it ("near", "province")."""

    start: int
    end: int
    name: str
    cue: str | None = None


@dataclass(slots=True)
class Group:
    """All mentions of one name in a document, its candidates, and what was chosen for it so far."""

    candidates: list[PlaceEntry]
    members: list[int] = field(default_factory=list)
    hints: dict[int, PlaceEntry] = field(default_factory=dict)  # by member: what the words beside it put it into
    elsewhere: bool = False  # the words beside it put it where no candidate lies
    cued: list[float] = field(default_factory=list)  # what the words beside all mentions add, by candidate
    base: list[float] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    beliefs: list[tuple[PlaceEntry, float]] = field(default_factory=list)


def rank(
    asked: Sequence[Asked], text: str, gazetteer: Gazetteer, context: Mapping[str, float]
) -> list[PlaceEntry | None]:
    """The entry meant by each name, or None where the gazetteer has none or nothing speaks for it."""
    groups = _groups(asked, text, gazetteer)
    countries = _countries(text, gazetteer, context)
    for group in groups:
        _by_sound(group, asked[group.members[0]].name, gazetteer, countries)
        _first(group, asked, countries)
    for _ in range(PASSES):
        for group in groups:
            _again(group, groups, countries)
        for group in groups:
            _beliefs(group)
    weights = _weights(groups, countries)
    found: list[PlaceEntry | None] = [None] * len(asked)
    for group in groups:
        for member in group.members:
            found[member] = _settle(group, member, asked[member].cue, weights)
    return found


def _groups(asked: Sequence[Asked], text: str, gazetteer: Gazetteer) -> list[Group]:
    """Names gathered by their folded spelling, in order of first mention."""
    groups: dict[str, Group] = {}
    for number, one in enumerate(asked):
        key = fold(one.name)
        group = groups.get(key)
        if group is None:
            group = groups[key] = Group(
                _candidates(one.name, gazetteer, text[max(0, one.start - 2) : one.start] == ", ")
            )
        group.members.append(number)
        hint, elsewhere = container(text, one, gazetteer, group.candidates)
        group.elsewhere = group.elsewhere or elsewhere
        if hint is not None:
            group.hints[number] = hint
    return list(groups.values())


def _by_sound(group: Group, name: str, gazetteer: Gazetteer, countries: Mapping[str, float]) -> None:
    """Let likeness of sound decide where no town of that name lies in the countries of the document, and only there."""
    subject = {country for country, weight in countries.items() if weight > ABOUT}
    written = [entry for entry in group.candidates if entry.match != SOUND]
    if all(
        entry.population < WELL_KNOWN and entry.country not in subject for entry in written if entry.kind != "region"
    ):
        subject |= {hint.country for hint in group.hints.values()}
        alike = [entry for entry in gazetteer.by_sound(name) if entry.country in subject]
        group.candidates = written + alike
    else:
        group.candidates = written


def _candidates(name: str, gazetteer: Gazetteer, behind_comma: bool) -> list[PlaceEntry]:
    """What a name may stand for: places, the country of a people's name ("Syrian"), a division by its abbreviation."""
    people = gazetteer.people(name) or gazetteer.people(re.sub(r"[’']s?$", "", name))
    if people is not None:
        return [people]
    found = gazetteer.candidates(name)
    short = gazetteer.abbreviation(name) if "." in name or name.isupper() or behind_comma else None
    if short is not None and not any(entry.kind == "country" for entry in found):
        return [short]
    return found or gazetteer.candidates(re.sub(r"^[Tt]he\s+|[’']s$", "", name))


def _countries(text: str, gazetteer: Gazetteer, context: Mapping[str, float]) -> dict[str, float]:
    """How much the document speaks of each country (alpha-2), the most named 1.0: by name or by its people's name."""
    counted: Counter[str] = Counter()
    words = WORDS.findall(text)
    skip = -1
    for place, word in enumerate(words):
        if place <= skip or not word[0].isupper():
            continue
        pair = f"{word} {words[place + 1]}" if place + 1 < len(words) and words[place + 1][0].isupper() else ""
        nation = gazetteer.nation(pair) if pair else None
        skip = place + 1 if nation else skip
        nation = nation or gazetteer.nation(word) or gazetteer.nation(re.sub(r"[’']s?$|\.$", "", word))
        if nation:
            counted[nation] += 1
    most = max(counted.values(), default=1)
    weights = {country: math.sqrt(number / most) for country, number in counted.items()}
    for country, weight in context.items():
        weights[country] = max(weights.get(country, 0.0), weight)
    return weights


def container(
    text: str, one: Asked, gazetteer: Gazetteer, candidates: Sequence[PlaceEntry]
) -> tuple[PlaceEntry | None, bool]:
    """The country or division that the words beside a name put it into: "X, Lebanon", "X in Texas", "Syria's X".

    None with True where they put it where no candidate lies."""
    if not candidates or all(entry.kind == "country" for entry in candidates):
        return None, False
    after = text[one.end : one.end + 60]
    before = text[max(0, one.start - 60) : one.start]
    elsewhere = False
    for match in (TAIL.match(after), WITHIN.match(after), OWNED.search(before)):
        words = match[1].split() if match else []
        for length in range(len(words), 0, -1):
            options = _containers(" ".join(words[:length]), gazetteer, match is not None and match.re is TAIL)
            for option in options:
                if any(_inside(entry, option) for entry in candidates):
                    return option, False
            if options:  # behind a comma a division may be the next of a list, a country hardly ever
                told = match is not None and (match.re is WITHIN or (match.re is TAIL and options[0].kind == "country"))
                elsewhere = elsewhere or told
                break
    return None, elsewhere


def _containers(name: str, gazetteer: Gazetteer, comma: bool) -> list[PlaceEntry]:
    """Countries and divisions of a name, countries first; abbreviations only behind a comma."""
    short = gazetteer.abbreviation(name.rstrip(".")) if comma else None
    if short is not None:
        return [short]
    found = [
        entry
        for entry in gazetteer.candidates(name.rstrip("."))
        if entry.kind in ("country", "province") and entry.match < SOUND
    ]
    return sorted(found, key=lambda entry: entry.kind != "country")


def _inside(entry: PlaceEntry, outer: PlaceEntry) -> bool:
    """Whether a place lies in a country or a first-level division, and is not that itself."""
    if entry.country != outer.country or entry.id == outer.id:
        return False
    return outer.kind == "country" or entry.admin1 == outer.admin1


def _first(group: Group, asked: Sequence[Asked], countries: Mapping[str, float]) -> None:
    """Weigh the candidates of a name by themselves, the document's countries, and the words beside the name."""
    cues = {asked[member].cue for member in group.members}
    twins: dict[tuple[str, str], int] = {}
    for entry in group.candidates:
        if entry.kind == "settlement" and entry.match <= ALTERNATE:
            twins[entry.country, entry.admin1] = max(entry.population, twins.get((entry.country, entry.admin1), 0))
    for entry in group.candidates:
        size = UNPEOPLED.get(entry.kind, 0.0) or math.log10(entry.population + 10)
        score = size + MATCH[entry.match] + KIND[entry.kind] + CAPITAL * (entry.capital + 2 * (entry.id in SEATS))
        if entry.kind == "province" and twins.get((entry.country, entry.admin1), 0) > entry.population / 10:
            score -= TWIN  # a bare "Aleppo" is the city, but "Quebec" the province
        group.cued.append(max((_cued(entry, cue) for cue in cues), default=0.0))
        score += group.cued[-1]
        score += INSIDE * any(_inside(entry, hint) for hint in group.hints.values())
        group.base.append(score)
    group.scores = [
        score + SAME_COUNTRY * countries.get(entry.country, 0.0)
        for score, entry in zip(group.base, group.candidates, strict=True)
    ]
    if len(group.candidates) > MOST:
        best = sorted(range(len(group.scores)), key=lambda place: -group.scores[place])
        kept = (
            best[: MOST // 2] + sorted(best[MOST // 2 :], key=lambda place: group.candidates[place].match)[: MOST * 4]
        )
        group.candidates = [group.candidates[place] for place in kept]
        group.base = [group.base[place] for place in kept]
        group.cued = [group.cued[place] for place in kept]
        group.scores = [group.scores[place] for place in kept]
    _beliefs(group)


def _cued(entry: PlaceEntry, cue: str | None) -> float:
    """What a word such as "province" or "village" beside the name says for a candidate."""
    if cue in PROVINCES:
        return CUED if entry.kind in ("province", "region") else 0.0
    if cue in DISTRICTS:
        return CUED if entry.kind == "district" else CUED / 2 if entry.kind == "province" else 0.0
    return CUED if cue in SETTLEMENTS and entry.kind == "settlement" else 0.0


def _beliefs(group: Group) -> None:
    """How likely each candidate is by its score (a softmax; the unlikely ones are left out)."""
    if not group.candidates:
        return
    best = max(group.scores)
    raw = [math.exp(score - best) for score in group.scores]
    total = sum(raw)
    group.beliefs = [
        (entry, share / total) for entry, share in zip(group.candidates, raw, strict=True) if share / total > LEAST
    ]


def _weights(
    groups: Sequence[Group], countries: Mapping[str, float], leaving: Group | None = None
) -> dict[tuple[str, str], float]:
    """How much the names but one speak for each country (with "") and each first-level division, 0 to 1."""
    counted: dict[tuple[str, str], float] = defaultdict(float)
    total = SMOOTH
    for group in groups:
        if group is leaving or not group.beliefs or group.beliefs[0][0].kind == "country":
            continue
        share = (1.0 + math.log(len(group.members))) * (2.0 if group.hints else 1.0)
        total += share
        for entry, belief in group.beliefs:
            counted[entry.country, ""] += share * belief
            if entry.admin1:
                counted[entry.country, entry.admin1] += share * belief * (2.0 if entry.kind == "province" else 1.0)
    weights = {key: min(weight / total, 1.0) for key, weight in counted.items()}
    for country, weight in countries.items():
        weights[country, ""] = max(weights.get((country, ""), 0.0), weight)
    return weights


def _again(group: Group, groups: Sequence[Group], countries: Mapping[str, float]) -> None:
    """Weigh the candidates of a name by the other names of the document too."""
    weights = _weights(groups, countries, group)
    anchors = _anchors(group, groups)
    group.scores = [
        base
        + SAME_COUNTRY * weights.get((entry.country, ""), 0.0)
        + (SAME_PROVINCE * weights.get((entry.country, entry.admin1), 0.0) if entry.admin1 else 0.0)
        + (NEARBY * _company(entry, anchors.get(entry.country, ())) if entry.kind in SPOTS else 0.0)
        for base, entry in zip(group.base, group.candidates, strict=True)
    ]


def _anchors(group: Group, groups: Sequence[Group]) -> dict[str, list[tuple[PlaceEntry, float]]]:
    """The likely towns of the other names, by country; in long documents only the names nearest to this one."""
    place = next((number for number, other in enumerate(groups) if other is group), 0)
    around = groups[max(0, place - NEIGHBOURS) : place + NEIGHBOURS]
    anchors: dict[str, list[tuple[PlaceEntry, float]]] = defaultdict(list)
    for other in around:
        if other is not group:
            for entry, belief in other.beliefs:
                if entry.kind in SPOTS:
                    anchors[entry.country].append((entry, belief))
    return anchors


def _company(entry: PlaceEntry, anchors: Sequence[tuple[PlaceEntry, float]]) -> float:
    """How much a place has other places of the document around it, 0 to 1."""
    return 1 - math.exp(-sum(belief * _closeness(entry, anchor) for anchor, belief in anchors))


def _closeness(entry: PlaceEntry, anchor: PlaceEntry) -> float:
    """1 for the same spot, falling to 0 with the distance."""
    return math.exp(-kilometres(entry, anchor) / NEAR_KM)


def kilometres(one: PlaceEntry, other: PlaceEntry) -> float:
    """The distance of two places, good to a per cent over short ways."""
    east = abs(one.lon - other.lon)
    east = min(east, 360 - east) * math.cos(math.radians((one.lat + other.lat) / 2))
    return 111.2 * math.hypot(one.lat - other.lat, east)


def _settle(group: Group, member: int, cue: str | None, weights: Mapping[tuple[str, str], float]) -> PlaceEntry | None:
    """The choice for one mention: that of its name, unless the words beside this mention say otherwise."""
    if not group.candidates:
        return None
    hint = group.hints.get(member)
    scores = [
        score - cued + _cued(entry, cue) + (INSIDE if hint is not None and _inside(entry, hint) else 0.0)
        for score, cued, entry in zip(group.scores, group.cued, group.candidates, strict=True)
    ]
    entry = group.candidates[max(range(len(scores)), key=lambda place: scores[place])]
    grounded = (
        not group.elsewhere and (weights.get((entry.country, ""), 0.0) > 0.15 or not weights) or bool(group.hints)
    )
    large = entry.population >= SMALL and entry.match < ARTICLE
    return entry if grounded or large or entry.kind not in ("settlement", "district") else None
