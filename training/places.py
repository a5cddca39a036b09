"""Fit the weights of the ranker of places and print how well they do.

  python -m training.places LGL.xml TR-News.xml [--l2 0.3] [--write]

The first corpus weighs once, the others three times a toponym, being smaller. Figures: fitted on all, cross-validated over
outlets (five folds), and by leaving a corpus out. Nothing is random. With --write the shipped weights are replaced.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from strife.gazetteer import Gazetteer
from strife.records import Document
from strife.resolve.phrase import asked_at
from strife.resolve.ranker import Ranker
from strife.resolve.ranking import COMPANY, FEATURES, Weights, beliefs_of, features_of, score
from strife.resolve.scene import SHAPED, Scene
from training.listwise import Sample, fit, joined
from training.toponyms import FOLDS, Article, load_articles

NEAR = 0.0157  # radians, 100 km: where the right entry is not among the candidates, one so near is right
COUNTED = 0.0253  # radians, 161 km: what counts as right in the figures
ROUNDS = 3
SPOKEN = 4  # features of `COMPANY` that are known before the first pass
KINDS = ("town", "province", "district", "country")
# What the corpora hold too little of, or tell only of the United States, is set by hand
SHAPES = {
    "area": (0, 0, 0, 0),
    "province": (-2, 3, 0, 0),
    "district": (-1.5, 0, 3, -1),
    "settlement": (2, -3, -1, -2),
    "spot": (1, -1, 0, -1),
    "direction": (0, 0, 0, 0.5),
    "around": (1, -1.5, 0, 0),
}
FIXED = {
    "a province with a large town of its name": -2.0,
    "a district with a town of its name": -2.0,
    "its name but for the article": -1.5,
    "another spelling of its name": -1.0,
    "a seat of world politics": 3.5,
    "a capital": 2.5,
    "a city of more than 100,000": 0.0,
    **{f"{shape} said beside a {kind}": SHAPES[shape][place] for shape in SHAPED for place, kind in enumerate(KINDS)},
}
PRIOR = FIXED | {  # where the weights are drawn to
    "alike by sound only": -2.5,
    "a point": 4.0,
    "a region": 3.0,
    "a namesake of a well-known region": -3.0,
    "inside what owns it": 2.0,
    "inside what a comma or bracket puts it into": 2.0,
    "inside what 'in' puts it into": 1.5,
}
Case = tuple[Article, Scene, np.ndarray, np.ndarray]


def cases_of(articles: Sequence[Article], ranker: Ranker, weight: float) -> list[Case]:
    """The scene of each article, the rows that are right, and the weight of each block."""
    found = []
    for article in articles:
        spans = [(each.start, each.end) for each in article.toponyms]
        asked = [asked_at(article.text, *span, ranker.catalogue.gazetteer) for span in spans]
        scene = ranker.scene(asked, Document(id=article.id, text=article.text), {})[0]
        if scene is not None:
            right = right_rows(article, scene, NEAR)
            found.append((article, scene, right, np.array([weight * len(block.members) for block in scene.blocks])))
    return found


def right_rows(article: Article, scene: Scene, radius: float) -> np.ndarray:
    """1 for each candidate that is the place meant, or lies near it where that is no candidate."""
    right = np.zeros(len(scene.block))
    for start, block in zip(scene.starts, scene.blocks, strict=True):
        for member in block.members:
            gold = article.toponyms[member]
            rows = slice(start, start + len(block.options.entries))
            same = np.array([entry.id == gold.id for entry in block.options.entries])
            right[rows] = np.maximum(
                right[rows], same if same.any() else _near(scene, rows, gold.lat, gold.lon, radius)
            )
    return right


def _near(scene: Scene, rows: slice, lat: float, lon: float, radius: float) -> np.ndarray:
    one, other = np.radians([lat, lon])
    point = np.array([np.cos(one) * np.cos(other), np.cos(one) * np.sin(other), np.sin(one)])
    return scene.point[rows] @ point > np.cos(radius)


def train(cases: Sequence[Case], l2: float) -> Weights:
    """Fit the first pass, then the later ones on what the pass before believes, a few times over."""
    prior = np.array([float(PRIOR.get(name, 0.0)) for name in FEATURES])
    free = np.array([float(name not in FIXED) for name in FEATURES])
    early = free.copy()
    early[len(FEATURES) - len(COMPANY) + SPOKEN :] = 0.0

    def sample(features: Sequence[np.ndarray]) -> Sample:
        return joined(
            [
                Sample(each, scene.starts, scene.block, right, weight)
                for each, (_, scene, right, weight) in zip(features, cases, strict=True)
            ]
        )

    alone = [features_of(scene, None) for _, scene, _, _ in cases]
    first = fit(sample(alone), prior, early, l2)
    later = first.copy()
    for number in range(ROUNDS):
        features = []
        for each, (_, scene, _, _) in zip(alone, cases, strict=True):
            beliefs = beliefs_of(scene, each @ first)
            if number:
                beliefs = beliefs_of(scene, features_of(scene, beliefs) @ later)
            features.append(features_of(scene, beliefs))
        later = fit(sample(features), prior, free, l2, later)
    return Weights(first, later)


def hits(cases: Sequence[Case], weights: Weights) -> int:
    """How many toponyms get the right id, or a place within 161 km."""
    found = 0
    for article, scene, _, _ in cases:
        scores = score(scene, weights)
        for start, block in zip(scene.starts, scene.blocks, strict=True):
            row = int(start) + int(np.argmax(scores[start : start + len(block.options.entries)]))
            for member in block.members:
                gold = article.toponyms[member]
                same = block.options.entries[row - start].id == gold.id
                found += bool(same or _near(scene, slice(row, row + 1), gold.lat, gold.lon, COUNTED)[0])
    return found


def main() -> None:
    """Fit, print the figures, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--l2", type=float, default=0.3)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    zeros = np.zeros(len(FEATURES))
    ranker = Ranker(Gazetteer.open(), Weights(zeros, zeros))
    corpora = [load_articles(path) for path in args.corpora]
    sizes = [sum(len(article.toponyms) for article in articles) for articles in corpora]
    sets = [cases_of(articles, ranker, 1.0 if place == 0 else 3.0) for place, articles in enumerate(corpora)]
    every = [case for cases in sets for case in cases]
    weights = train(every, args.l2)
    folds = [train([case for case in every if case[0].fold != fold], args.l2) for fold in range(FOLDS)]
    for place, (path, cases, size) in enumerate(zip(args.corpora, sets, sizes, strict=True)):
        crossed = sum(hits([case for case in cases if case[0].fold == fold], each) for fold, each in enumerate(folds))
        others = [case for number, each in enumerate(sets) if number != place for case in each]
        left = f"{hits(cases, train(others, args.l2)) / size:.3f}" if others else "-"
        print(
            f"{path.name}: fitted {hits(cases, weights) / size:.3f}  crossed {crossed / size:.3f}  left out {left}  n {size}"
        )
    if args.write:
        listed = {
            name: [round(float(one), 3), round(float(two), 3)]
            for name, one, two in zip(FEATURES, weights.first, weights.later, strict=True)
        }
        target = Path(__file__).parents[1] / "src/strife/resolve/data/places.json"
        target.write_text(json.dumps({"weights": listed}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
