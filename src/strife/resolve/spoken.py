"""Which countries and first-level divisions a text speaks of: by name, by their people's name, by abbreviation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from strife.gazetteer import Gazetteer
from strife.gazetteer.entry import ALTERNATE
from strife.gazetteer.names import fold
from strife.resolve.names import GENITIVE
from strife.resolve.options import Numbers

CAPITALISED = re.compile(r"[A-Z](?:\w|[.'’-](?=\w))*\.?")
COMPOUND = frozenset(
    "New North South West East Northern Southern Western Eastern Central Rhode Nova British Prince Saudi United Sri El "
    "Costa Puerto Papua Sierra Burkina Ivory Czech Dominican Equatorial Hong San Sao São Cape Great Bosnia Trinidad Cote "
    "Côte Islamic Democratic Marshall Solomon Cayman Vatican American French Guinea Timor Isle".split()
)
KEPT = 100_000

Land = tuple[str, int, int]  # the folded name, the number of its country, that of its division or 0


class Lands:
    """Finds names of countries and divisions in texts; what a word means is looked up once."""

    def __init__(self, gazetteer: Gazetteer, numbers: Numbers) -> None:
        """Nothing looked up yet."""
        self._gazetteer = gazetteer
        self._numbers = numbers
        self._known: dict[str, Land | None] = {}

    def named(self, text: str) -> Counter[Land]:
        """How often a text names each country and division."""
        found: Counter[Land] = Counter()
        for land in self._each(text):
            found[land] += 1
        return found

    def _each(self, text: str) -> Iterator[Land]:
        known = self._known
        previous, end = "", -1
        for match in CAPITALISED.finditer(text):
            word = match[0]
            if previous and match.start() == end + 1 and text[end] == " ":
                pair = f"{previous} {word}"
                land = known[pair] if pair in known else self._look_up(pair)
                if land is not None:
                    yield land
                    previous = ""
                    continue
            end = match.end()
            land = known[word] if word in known else self._look_up(word)
            if word in COMPOUND:
                previous = word
                if land is None:
                    continue
            else:
                previous = ""
            if land is not None:
                yield land

    def _look_up(self, word: str) -> Land | None:
        if len(self._known) >= KEPT:
            self._known.clear()
        land = self._known[word] = self._meaning(word)
        return land

    def _meaning(self, word: str) -> Land | None:
        """The country or division that a word names first of all, if it does."""
        gazetteer, numbers = self._gazetteer, self._numbers
        bare = GENITIVE.sub("", word).rstrip(".") if not word.count(".") > 1 else word
        nation = gazetteer.nation(word) or gazetteer.nation(bare)
        if nation:
            return fold(bare), numbers.country(nation), 0
        if len(bare) < 4 and not word.endswith("."):
            return None
        short = gazetteer.abbreviation(word) if word.endswith(".") else None
        if short is not None:
            return fold(bare), numbers.country(short.country), numbers.admin(short.country, short.admin1)
        best = max(gazetteer.candidates(bare), key=lambda entry: entry.population, default=None)
        if best is None or best.kind != "province" or best.match > ALTERNATE or len(bare) < 4:
            return None
        return fold(bare), numbers.country(best.country), numbers.admin(best.country, best.admin1)
