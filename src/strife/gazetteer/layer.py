"""Our own layer of regions and features beside the lists: one place where both have it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from strife.gazetteer.merge import kilometres
from strife.gazetteer.names import bare, fold_once
from strife.gazetteer.packages import Row, without_type

# kind in a list: the kinds of our layer that may be the same place, with the km within which one name is one place
SAME = {
    "province": {"province": 600.0, "region": 150.0},
    "district": {"district": 60.0},
    "settlement": {"settlement": 15.0, "district": 6.0, "point": 3.0},
}


class Layer:
    """The rows of our layer; those that a list has too only give it their names, and their ids lead to it."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.aliases: dict[str, str] = {}  # id in the layer: id in the list
        self._rows = list(rows)
        self._names: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self._rows:
            self._names[row.country, _plain(row.name)].append(row)

    def join(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Pass the rows of a list on, with the further names that the layer has for them."""
        for row in rows:
            near = SAME.get(row.kind, {})
            for key in {(row.country, _plain(name)) for name in (row.name, *row.names)} & self._names.keys():
                for own in self._names[key]:
                    if own.id not in self.aliases and kilometres(own, row) <= near.get(own.kind, -1.0):
                        self.aliases[own.id] = row.id
                        row.names = sorted({*row.names, own.name, *own.names} - {row.name})
            yield row

    def rest(self) -> Iterator[Row]:
        """The rows that no list has."""
        return (row for row in self._rows if row.id not in self.aliases)


def _plain(name: str) -> str:
    return bare(fold_once(without_type(name)))
