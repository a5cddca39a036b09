"""What a name may be called in the gazetteer: without its genitive or article, with abbreviations written out, and the
division or country of a people's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from strife.gazetteer import Gazetteer, PlaceEntry
from strife.gazetteer.entry import ALTERNATE, ARTICLE, SOUND
from strife.gazetteer.names import fold

GENITIVE = re.compile(r"[’']s?$")
ARTICLED = re.compile(r"^[Tt]he\s+|^THE\s+")
SHORT = {
    "st": ("saint", "st"),
    "ste": ("sainte",),
    "mt": ("mount", "mt"),
    "ft": ("fort",),
    "pt": ("point", "port"),
    "n": ("north",),
    "s": ("south",),
    "e": ("east",),
    "w": ("west",),
    "saint": ("st",),
    "mount": ("mt",),
    "fort": ("ft",),
}
LAST = {"co": "county", "twp": "township", "is": "island", "dist": "district", "prov": "province"}
ENDINGS = (  # of the names of peoples, with what the name of their land may end in
    ("ians", ("ia", "y", "i", "e", "")),
    ("ans", ("a", "o", "", "as", "e")),
    ("ers", ("", "e")),
    ("ites", ("", "e")),
    ("ese", ("", "a")),
    ("is", ("",)),
    ("ian", ("ia", "y", "i", "e", "")),
    ("an", ("a", "o", "", "as", "e")),
    ("er", ("", "e")),
    ("ite", ("", "e")),
    ("i", ("",)),
)
LANDS = ("province", "country", "region")


def plain(name: str) -> str:
    """A name without a genitive's ending and a leading "the"."""
    return ARTICLED.sub("", GENITIVE.sub("", name.strip()))


def written_out(name: str) -> Iterator[str]:
    """The name with an abbreviated first or last word in full: "Mt. Hermon", "Greene Co."."""
    words = name.split()
    if len(words) < 2:
        return
    for full in SHORT.get(words[0].rstrip(".").lower(), ()):
        yield " ".join([full, *words[1:]])
    last = LAST.get(words[-1].lower().rstrip("."))
    if last is not None:
        yield " ".join([*words[:-1], last])


def of_people(name: str, gazetteer: Gazetteer) -> list[PlaceEntry]:
    """The country, division or else town whose people a word names: "Texans", "Ohioan", "Londoner"."""
    if not name[:1].isupper() or not name[-2:].isalpha():
        return []
    for ending, lands in ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 2:
            for land in lands:
                named = [
                    entry
                    for entry in gazetteer.candidates(name[: -len(ending)] + land)
                    if entry.match <= ALTERNATE and (entry.kind in LANDS or len(name) > len(ending) + 4)
                ]
                lands_only = [entry for entry in named if entry.kind in LANDS]
                if named:
                    return lands_only or named
    return []


def candidates(name: str, gazetteer: Gazetteer, behind_comma: bool) -> list[PlaceEntry]:
    """What a name may stand for: places, the country of a people's name ("Syrian"), a division by its abbreviation."""
    people = gazetteer.people(name) or gazetteer.people(GENITIVE.sub("", name))
    if people is not None:
        return [people]
    found = gazetteer.candidates(name)
    short = gazetteer.abbreviation(name) if "." in name or name.isupper() or behind_comma else None
    if short is not None and not any(entry.kind == "country" for entry in found):
        return [short]
    known = {entry.id for entry in found if entry.match != SOUND}
    if not known:
        found = gazetteer.candidates(plain(name)) or found
        known = {entry.id for entry in found if entry.match != SOUND}
    further = [
        entry
        for variant in written_out(plain(name))
        for entry in gazetteer.candidates(variant)
        if entry.match <= ARTICLE and entry.id not in known
    ]
    if further and not known:
        return further
    if not known:
        return of_people(name, gazetteer) or found
    if found[0].kind == "country":  # "El Salvador" is no Salvador
        found = [entry for entry in found if entry.match <= ALTERNATE]
    return found + further


def folded(name: str) -> str:
    """The spelling under which the mentions of one name are gathered."""
    return fold(plain(name))
