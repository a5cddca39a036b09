"""What is asked of the gazetteer: the names of a text with the words beside them that shape or place them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from strife.gazetteer import Gazetteer, PlaceEntry
from strife.gazetteer.entry import SOUND
from strife.resolve.names import plain

CONTAINERS = ("country", "province", "district", "region")
CAPITALS = r"(?:[A-Z][\w.'’-]*|of|and|the)(?:\s+(?:[A-Z][\w.'’-]*|of|and|the)){0,3}"
TAIL = re.compile(rf"(?:(?:\s+[a-z]+)?,\s*(?:in\s+|(?:the\s+)?[a-z]+ern\s+)?|\s+\(\s*)({CAPITALS})")
WITHIN = re.compile(
    r"\s+in\s+(?:the\s+)?(?:(?:[a-z]+(?:ern|-east|-west)?|state|province)\s+(?:of\s+)?)?((?:[A-Z][\w.'’-]*)(?:\s+[A-Z][\w.'’-]*){0,2})"
)
OWNED = re.compile(r"((?:[A-Z][\w.-]*)(?:\s+[A-Z][\w.-]*){0,2})[’']s\s+(?:[a-z-]+\s+){0,3}$")
REACH = 60  # characters on either side in which such words are looked for


@dataclass(frozen=True, slots=True)
class Asked:
    """A name to resolve: where it stands, the name to look up, and the word that shapes it ("near", "province")."""

    start: int
    end: int
    name: str
    cue: str | None = None
    also: tuple[str, ...] = ()  # other names that the words give it


@dataclass(frozen=True, slots=True)
class Hint:
    """What the words beside a name put it into: "X, Lebanon", "X in Texas", "Syria's X".

    `how` is "tail", "within" or "owned"; `start` and `end` tell where those words stand; `told` is False where they may as
    well be the next name of a list."""

    outer: tuple[PlaceEntry, ...]
    how: str
    start: int
    end: int
    told: bool


def hint_of(text: str, one: Asked, gazetteer: Gazetteer) -> Hint | None:
    """The countries or divisions that the words beside a name may put it into, of the nearest such words."""
    after = text[one.end : one.end + REACH]
    before = text[max(0, one.start - REACH) : one.start]
    for how, match, offset in (
        ("tail", TAIL.match(after), one.end),
        ("within", WITHIN.match(after), one.end),
        ("owned", OWNED.search(before) if "s " in before else None, one.start - len(before)),
    ):
        if match is None:
            continue
        words = match[1].split()
        for length in range(len(words), 0, -1):
            name = " ".join(words[:length])
            outer = containers(name, gazetteer, how == "tail")
            if outer:
                told = how == "within" or (how == "tail" and (outer[0].kind == "country" or name.endswith(".")))
                start = offset + match.start(1)
                return Hint(outer, how, start, start + len(name), told)
    return None


def containers(name: str, gazetteer: Gazetteer, behind_comma: bool) -> tuple[PlaceEntry, ...]:
    """Countries and divisions of a name, countries first; abbreviations only behind a comma."""
    short = gazetteer.abbreviation(name.rstrip(".")) if behind_comma else None
    if short is not None:
        return (short,)
    found = [
        entry
        for entry in gazetteer.candidates(plain(name.rstrip(".")))
        if entry.kind in CONTAINERS and entry.match < SOUND
    ]
    return tuple(sorted(found, key=lambda entry: CONTAINERS.index(entry.kind)))


def is_list(gap: str) -> bool:
    """Whether the words between two names only join them: "A, B and C"."""
    return len(gap) < 16 and LISTED.fullmatch(gap) is not None


LISTED = re.compile(
    r"(?:\s+(?:[a-z]+ies|[a-z]+s))?\s*(?:,|;|/|&|–|—|-|\band\b|\bor\b|\bto\b|\bfrom\b|\bthe\b|\bin\b|\s)+"
)


def spans_inside(asked: Sequence[Asked], start: int, end: int) -> list[int]:
    """The names that lie within a span."""
    return [number for number, one in enumerate(asked) if start <= one.start and one.end <= end + 1]
