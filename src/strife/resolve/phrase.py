"""How a place is put into words: the name to look up in "the outskirts of X", "X military airbase", "X/Y town" or "X (Y)"."""

from __future__ import annotations

import re

from strife.gazetteer import Gazetteer
from strife.mentions.placewords import AROUND, DIRECTIONS, DISTRICTS, FACILITIES, INSTALLATIONS, PROVINCES, SETTLEMENTS
from strife.resolve.asked import Asked
from strife.resolve.names import LAST, plain

SHAPES = (
    PROVINCES
    | DISTRICTS
    | SETTLEMENTS
    | INSTALLATIONS
    | FACILITIES
    | AROUND
    | frozenset(
        {
            "suburb",
            "mountain",
            "hill",
            "farm",
            "farms",
            "valley",
            "locality",
            "field",
            "fields",
            "island",
            "plain",
            "crossroad",
            "crossroads",
        }
    )
)
FURTHER = frozenset(
    "international military air army naval civil oil gas power electricity thermal water railway train bus police "
    "general national central old new regional".split()
)  # words before such a word that belong to it: "X military airbase"
PLURALS = {
    **{word: word.removesuffix("s") for word in "towns villages districts areas provinces states regions".split()},
    "cities": "city",
    "counties": "county",
    "governorates": "governorate",
    "municipalities": "municipality",
    "oblasts": "oblast",
    "parishes": "parish",
    "neighbourhoods": "neighbourhood",
    "neighborhoods": "neighborhood",
    "departments": "department",
    "prefectures": "prefecture",
    "townships": "township",
    "suburbs": "suburb",
}
MAKERS = "|".join(sorted(SHAPES | {"near"}, key=len, reverse=True))
NAME = r"(?:[A-Z][\w.'’-]*|al|el|de|la|of|the)(?:[ -](?:[A-Z][\w.'’-]*|al|el|de|la))*"
BEHIND = re.compile(r"(?:['’]s)?\s+(?:(international|military|air)\s+)?([\w-]+)")
LISTED = re.compile(rf"(?:,\s+{NAME})*,?\s+(?:and|or|&)\s+(?:the\s+)?(?!the\s|of\s){NAME}\s+({'|'.join(PLURALS)})\b")
JOINED = re.compile(r"(?:ies|s)\b")  # a plural, without which the longer pattern need not be tried
SAME_LIST = re.compile(rf"\b({'|'.join(PLURALS)})\s+of\s+(?:the\s+)?(?:{NAME},\s+)*(?:{NAME},?\s+(?:and|or)\s+)?$")
LEADING = re.compile(rf"^(?:the\s+)?({MAKERS})\s+of\s+(?:the\s+)?(?=\S)", re.IGNORECASE)
BRACKETED = re.compile(r"^(.*?\S)\s*\(([^()]+)\)\s*(.*)$")
LOOK = 90  # characters on either side of a name that are looked at


def asked_at(text: str, start: int, end: int, gazetteer: Gazetteer) -> Asked:
    """What a span asks for, without a parse: its name, and the word in it or beside it that shapes it."""
    name, also, cue = taken_apart(" ".join(text[start:end].split()), gazetteer)
    return Asked(start, end, name, cue or beside(text, start, end), also)


def taken_apart(name: str, gazetteer: Gazetteer) -> tuple[str, tuple[str, ...], str | None]:
    """A phrase's name, other names that it gives ("Palmyra" of "Tadmur/Palmyra"), and the word in it that shapes it."""
    if known(name, gazetteer) or " " not in name and "/" not in name:
        return name, (), None
    bracketed = BRACKETED.match(name)
    if bracketed:
        name, also, cue = taken_apart(f"{bracketed[1]} {bracketed[3]}".strip(), gazetteer)
        return name, (*also, bracketed[2]), cue
    cue = None
    leading = LEADING.match(name)
    if leading:
        name, cue = name[leading.end() :], leading[1].lower()
    words = name.split()
    while len(words) > 1 and not known(" ".join(words), gazetteer):
        last = words[-1].lower().rstrip(".")
        last = LAST.get(last, last)
        if last in SHAPES or last in PLURALS or (last in FURTHER and cue is not None):
            cue = cue or PLURALS.get(last, last)
            words = words[:-1]
        else:
            break
    while len(words) > 1 and words[0].lower() in DIRECTIONS and not known(" ".join(words), gazetteer):
        cue = cue or words[0].lower()
        words = words[1:]
    first, *others = " ".join(words).split("/")
    return first.strip() or name, tuple(each.strip() for each in others if each.strip()), cue


def known(name: str, gazetteer: Gazetteer) -> bool:
    """Whether the gazetteer has a name as it stands: of a place or of a people."""
    return gazetteer.has(name) or gazetteer.people(plain(name)) is not None


def beside(text: str, start: int, end: int) -> str | None:
    """The word beside a span that shapes it: "province" behind it, "outskirts of" or "near" before it, "districts" of a list."""
    after = text[end : end + LOOK]
    behind = BEHIND.match(after)
    if behind and behind[2].lower() in SHAPES:
        return behind[2].lower()
    if behind and behind[2].lower() in PLURALS:
        return PLURALS[behind[2].lower()]
    listed = of_list(text, end)
    if listed is not None:
        return listed
    before = text[max(0, start - LOOK) : start]
    shaped = _before(before)
    if shaped is not None:
        return shaped
    same = SAME_LIST.search(before) if " of " in before else None
    return PLURALS[same[1]] if same else None


def of_list(text: str, end: int) -> str | None:
    """The word for the kind of places behind a list that a name begins: "province" of "Homs" in "Homs and Hama provinces"."""
    after = text[end : end + LOOK]
    listed = LISTED.match(after) if JOINED.search(after) else None
    return PLURALS[listed[1]] if listed else None


def _before(before: str) -> str | None:
    """The word right before a name that shapes it: "outskirts of (the)", "village of", "near", "the city", "northern"."""
    words = before.lower().split()[-4:]
    if not words or not before[-1:].isspace():
        return None
    if words[-1] == "the":
        words.pop()
    if words and words[-1] == "of":
        words.pop()
        return words[-1] if words and words[-1] in SHAPES else None
    return words[-1] if words and (words[-1] in SHAPES or words[-1] in DIRECTIONS or words[-1] == "near") else None
