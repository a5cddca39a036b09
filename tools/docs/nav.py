"""The navigation: sections in a fixed order, and in each whatever pages are there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

FIRST = ("index.md", "tutorial.md")
LAST = ("evaluation.md", "limits.md")
# Pages on single parts in the order in which one meets them; others follow by name.
PARTS = "casefile incidents map web brief ledger outlook exchange actors gazetteer places model reader scale security".split()
SECTIONS = {"guides": "How to", "": "In depth", "reference": "Reference", "repository": "More"}


def navigation(uris: Sequence[str]) -> list[Any]:
    """The navigation over pages by their addresses; a page that nobody foresaw is in it too."""
    rest = [uri for uri in uris if uri not in (*FIRST, *LAST)]
    sections = {name: [uri for uri in rest if _section(uri) == name] for name in dict.fromkeys(map(_section, rest))}
    order = sorted(sections, key=lambda name: list(SECTIONS).index(name) if name in SECTIONS else len(SECTIONS))
    made = [{SECTIONS.get(name, name.capitalize()): _ordered(name, sections[name])} for name in order]
    before_last = [one for one in made if "More" not in one]
    return [
        *(uri for uri in FIRST if uri in uris),
        *before_last,
        *(uri for uri in LAST if uri in uris),
        *(one for one in made if "More" in one),
    ]


def _section(uri: str) -> str:
    return uri.rpartition("/")[0].split("/")[0]


def _ordered(section: str, uris: list[str]) -> list[Any]:
    if section == "reference":
        frames = [uri for uri in uris if uri.startswith("reference/frames/")]
        return [uri for uri in uris if uri not in frames] + ([{"Event frames": frames}] if frames else [])
    if section == "":
        return sorted(uris, key=lambda uri: (PARTS.index(uri[:-3]) if uri[:-3] in PARTS else len(PARTS), uri))
    return sorted(uris)
