"""One place for what several sources list: by GeoNames id first, then by name, kind and nearness."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from strife.gazetteer.names import bare, fold_once
from strife.gazetteer.packages import Row, without_type
from strife.gazetteer.packs import PackRow, spellings

NEAR = {"settlement": 5.0, "district": 15.0, "point": 5.0, "region": 50.0}  # km within which one name is one place
TWICE = 2.0  # km for two places that GeoNames keeps apart
KM_A_DEGREE = 111.2


@dataclass(slots=True)
class Tally:
    """What became of a pack's rows."""

    rows: int = 0
    new: int = 0
    merged: int = 0


class Merger:
    """Holds back the places of the countries that packs speak of, takes in the packs, and gives all of them back."""

    def __init__(self, countries: set[str]) -> None:
        self.countries = countries
        self.held: list[Row] = []
        self._ids: dict[str, Row] = {}
        self._names: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self._provinces: dict[tuple[str, str], str] = {}  # country and folded name or code: the name that is used

    def sift(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Pass on the places of other countries, hold back the others."""
        for row in rows:
            if row.country in self.countries:
                self._hold(row, row.kind != "country")
            else:
                yield row

    def take(self, rows: Iterable[PackRow]) -> Tally:
        """Merge in the places of a pack: provinces first, since the others name them."""
        tally = Tally()
        listed = [
            one for one in rows if one.row.kind != "country"
        ]  # what countries are called is not a pack's business
        for one in sorted(listed, key=lambda one: one.level != 1):
            tally.rows += 1
            known = self._same(one.row)
            if one.level == 1:
                self._name_province(one.row, known or one.row)
            else:
                one.row.admin1 = self._province(one.row)
            if known is None:
                tally.new += 1
                self._hold(one.row, new=True)
            else:
                tally.merged += 1
                self._join(known, one.row)
        return tally

    def _hold(self, row: Row, named: bool = True, *, new: bool = False) -> None:
        if new:
            row.names = [name for name in spellings(row) if name != row.name]
        self.held.append(row)
        self._ids[row.id] = row
        if not named:
            return
        for key in {bare(fold_once(name)) for name in (row.name, *row.names)}:
            self._names[row.country, key].append(row)
        if row.kind == "province" and not new:
            self._name_province(row, row)

    def _name_province(self, row: Row, known: Row) -> None:
        known.admin1 = known.name
        row.admin1 = known.name
        for name in (row.name, *row.names):
            self._provinces.setdefault((row.country, _plain(name)), known.name)
        if row.code:
            self._provinces[row.country, f".{row.code}"] = known.name

    def _province(self, row: Row) -> str:
        """The name by which the gazetteer knows the province that a row names; a code that it does not know is dropped."""
        if row.admin1.startswith("."):
            return self._provinces.get((row.country, row.admin1), "")
        return self._provinces.get((row.country, _plain(row.admin1)), row.admin1) if row.admin1 else ""

    def _same(self, row: Row) -> Row | None:
        known = self._ids.get(row.id)
        if known is not None:
            return known
        best: tuple[float, Row] | None = None
        for key in {bare(fold_once(name)) for name in (row.name, *row.names)}:
            for other in self._names.get((row.country, key), ()):
                if other.kind != row.kind:
                    continue
                away = kilometres(row, other)
                if away <= _limit(row, other) and (best is None or away < best[0]):
                    best = away, other
        return best[1] if best else None

    def _join(self, known: Row, row: Row) -> None:
        """Add what a pack knows of a place to what is known already."""
        have = {known.name, *known.names}
        added = [name for name in spellings(row) if name not in have]
        known.names = [*known.names, *added]
        known.admin1 = known.admin1 or row.admin1
        known.population = known.population or row.population
        if known.rough:
            known.lat, known.lon, known.rough = row.lat, row.lon, row.rough
        self._ids.setdefault(row.id, known)
        for key in {bare(fold_once(name)) for name in added}:
            if known not in self._names[known.country, key]:
                self._names[known.country, key].append(known)


def _plain(name: str) -> str:
    return bare(fold_once(without_type(name)))


def _limit(one: Row, other: Row) -> float:
    if one.kind == "province":
        return math.inf  # a country has one province of a name
    both = one.id.startswith("geonames:") and other.id.startswith("geonames:")
    return TWICE if both else NEAR.get(one.kind, 0.0)


def kilometres(one: Row, other: Row) -> float:
    """The distance of two places, flat: right for near ones."""
    east = (one.lon - other.lon + 180) % 360 - 180
    return KM_A_DEGREE * math.hypot(one.lat - other.lat, east * math.cos(math.radians(one.lat)))
