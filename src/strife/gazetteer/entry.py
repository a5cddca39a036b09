"""The record of a place in the gazetteer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["settlement", "province", "district", "country", "region", "point"]
MAIN, ALTERNATE, ARTICLE, SOUND = 0, 1, 2, 3  # how a name met the one looked up, best first


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place: `country` is ISO 3166-1 alpha-2 or "", `admin1` a name or "", WGS84 degrees, `population` 0 if unknown.

    `match` says how the name met the one looked up: 0 its own name, 1 another name of it, 2 but for the article,
    3 by its consonants alone. `capital` marks the capital of a country."""

    id: str
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    kind: Kind
    capital: bool = False
    match: int = MAIN
