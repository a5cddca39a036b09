"""The ranker at work: from the names of a document to the places they mean, with what decided."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

import msgspec
import numpy as np

from strife.errors import BadData
from strife.gazetteer import Gazetteer, PlaceEntry
from strife.gazetteer.entry import ARTICLE
from strife.records import Document
from strife.resolve.asked import Asked, Hint
from strife.resolve.options import Catalogue, Floats
from strife.resolve.ranking import FEATURES, Weights, beliefs_of, score
from strife.resolve.scene import ABOUT, Scene, blocks_of, inside, scene_of
from strife.resolve.spoken import Land, Lands

SMALL = 15_000  # a town smaller than this is chosen only where the document gives some ground for it
GROUND = 0.15  # what share of the document its country must have for that
SURE = 0.8  # from this share on a document speaks of one country, where a place lies that no gazetteer knows
ENOUGH = 2.0  # names that such a share must rest on


@dataclass(frozen=True, slots=True)
class Choice:
    """What a name was taken for: an entry, or where none is known the country and first-level division it must lie in."""

    entry: PlaceEntry | None = None
    country: str = ""
    admin1: str = ""
    belief: float = 0.0


class Ranker:
    """Resolves the names of documents against one gazetteer; what was looked up once is kept."""

    def __init__(self, gazetteer: Gazetteer, weights: Weights | None = None) -> None:
        """With the weights that strife ships, unless told others."""
        self.catalogue = Catalogue(gazetteer)
        self.lands = Lands(gazetteer, self.catalogue.numbers)
        self.weights = weights or load_weights()

    def spoken(self, document: Document, context: Mapping[str, float]) -> dict[Land, float]:
        """How much a document speaks of each country and division, `context` (weights of countries, alpha-2) included."""
        text = "\n".join(filter(None, (document.title, document.text, document.source)))
        found: dict[Land, float] = dict(self.lands.named(text))
        most = max(found.values(), default=1.0)
        numbers = self.catalogue.numbers
        for code, weight in context.items():
            found[f"from outside: {code}", numbers.country(code), 0] = weight * weight * most
        return found

    def scene(
        self, asked: Sequence[Asked], document: Document, context: Mapping[str, float]
    ) -> tuple[Scene | None, list[Hint | None]]:
        """The candidates of a document side by side, or None where there are none; and the hint of each name."""
        spoken = self.spoken(document, context)
        most = max(spoken.values(), default=1.0)
        about = {
            self.catalogue.numbers.code(land[1])
            for land, number in spoken.items()
            if not land[2] and math.sqrt(number / most) > ABOUT
        }
        blocks, hints = blocks_of(asked, document.text, self.catalogue, about)
        if not blocks:
            return None, hints
        return scene_of(blocks, asked, document.text, spoken, self.catalogue), hints

    def rank(self, asked: Sequence[Asked], document: Document, context: Mapping[str, float]) -> list[Choice]:
        """What each name means."""
        scene, hints = self.scene(asked, document, context)
        found = [Choice(country=country, admin1=admin1) for country, admin1 in map(_told, hints)]
        if scene is None:
            return found
        scores = score(scene, self.weights)
        beliefs = beliefs_of(scene, scores)
        shares = _shares(scene, beliefs)
        home = max(shares, key=lambda code: shares[code], default="")
        sole = home if home and shares[home] >= SURE and scene.shares.sum() >= ENOUGH else ""
        for start, block in zip(scene.starts.tolist(), scene.blocks, strict=True):
            place = int(np.argmax(scores[start : start + len(block.options.entries)]))
            entry = block.options.entries[place]
            told = bool(scene.beside[start + place, -5:-2].any())
            if _grounded(entry, block.hint, told=told, share=shares.get(entry.country, 0.0), alone=not shares):
                choice = Choice(entry, entry.country, entry.admin1, float(beliefs[start + place]))
                for member in block.members:
                    found[member] = choice
        return [choice if choice.entry or choice.country else Choice(country=sole) for choice in found]


def _told(hint: Hint | None) -> tuple[str, str]:
    """The country and first-level division that the words beside a name put it into."""
    if hint is None or hint.how == "owned" or (hint.how == "tail" and not hint.told and len(hint.outer) > 1):
        return "", ""
    outer = hint.outer[0]
    return outer.country, outer.admin1


def _shares(scene: Scene, beliefs: Floats) -> dict[str, float]:
    """How much of the document's names lie in each country."""
    found: dict[str, float] = {}
    weights = beliefs * scene.shares[scene.name]
    row = 0
    for block in scene.blocks:
        for entry in block.options.entries:
            if entry.country and weights[row] > 0.01:
                found[entry.country] = found.get(entry.country, 0.0) + float(weights[row])
            row += 1
    total = sum(found.values())
    return {code: weight / total for code, weight in found.items()}


def _grounded(entry: PlaceEntry, hint: Hint | None, *, told: bool, share: float, alone: bool) -> bool:
    """Whether a choice stands: a small town needs its country in the document, or words that place it."""
    if entry.kind not in ("settlement", "district") or told:
        return True
    if hint is not None and hint.told and not any(inside(entry, outer) for outer in hint.outer):
        return entry.population >= SMALL and hint.how != "tail"
    return share > GROUND or alone or (entry.population >= SMALL and entry.match < ARTICLE)


@functools.cache
def load_weights() -> Weights:
    """The weights that strife ships. BadData where the file does not fit the features."""
    path = resources.files("strife.resolve").joinpath("data", "places.json")
    listed = msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, tuple[float, float]]])["weights"]
    if list(listed) != list(FEATURES):
        raise BadData(
            "resolve/data/places.json does not list the features of the ranker; run: python -m training.places"
        )
    return Weights(np.array([pair[0] for pair in listed.values()]), np.array([pair[1] for pair in listed.values()]))


@functools.lru_cache(maxsize=4)
def ranker_of(gazetteer: Gazetteer) -> Ranker:
    """The one ranker of a gazetteer."""
    return Ranker(gazetteer)
