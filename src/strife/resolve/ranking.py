"""Which of the places of one name is meant: each candidate is weighed by what is known of it and of the document.

The weights of the features are learned (`data/places.json` says from what). The first pass weighs each name by itself, by the
words beside it and by the countries that the text speaks of; the later ones also by what the other names of the document
were taken for. One sense a document, unless the words beside a name say otherwise ("Tripoli, Lebanon")."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from strife.resolve.options import COUNTRY, POINT, PROVINCE, REGION, STATIC, Floats
from strife.resolve.scene import BESIDE, Scene

COMPANY = (  # what the rest of the document says of a candidate
    "the text speaks of its country",
    "the text speaks of it, a country, by other words",
    "no country that the text speaks of most",
    "the text speaks of its division",
    "its country's share of the other names",
    "its division's share of the other names",
    "a country, by the share of names in it",
    "a province, by the share of names in it",
    "another name has a namesake close by",
    "another name has a namesake in its division",
    "close to the middle of a country that the text speaks of",
    "other places within 50 km or so",
    "other places within 250 km or so",
    "a country that no other name lies in, by size",
    "a place in a country that no other name lies in",
    "such a place, by size",
    "a place in a division that no other name lies in",
    "a place in such a division, by size",
    "its country in the same list",
    "its division in the same list",
    "its kind and country in the same list",
    "countries in the same list",
    "chosen where the words beside the name place it",
)
FEATURES = STATIC + BESIDE + COMPANY
TWIN = STATIC.index("a province with a large town of its name")
CAPITAL = STATIC.index("a capital")
FAMED = 0.6  # capitals are named in reports from anywhere, so they tell the less where a report is from
SMOOTH = 2.0  # a single name is not the whole document: so much speaks for no place in particular
FIRM = 0.15  # candidates more likely than this are company for others
RADIUS = 6371.0
PASSES = 3


@dataclass(frozen=True, slots=True)
class Weights:
    """One number for each of `FEATURES`: for the first pass, and for the later ones."""

    first: Floats
    later: Floats


def beliefs_of(scene: Scene, scores: Floats) -> Floats:
    """How likely each candidate is by its score: a softmax over each block."""
    best = np.maximum.reduceat(scores, scene.starts)
    raw = np.exp(scores - best[scene.block])
    return raw / np.add.reduceat(raw, scene.starts)[scene.block]


def company_of(scene: Scene, beliefs: Floats | None) -> Floats:
    """What the rest of the document says of each candidate, in the order of `COMPANY`; without beliefs what the text says."""
    found = np.zeros((len(scene.block), len(COMPANY)), order="F")
    text = scene.spoken_country[scene.name, scene.country]
    country, province = scene.kind == COUNTRY, scene.kind == PROVINCE
    found[:, 0] = text
    found[:, 1] = text * country
    found[:, 2] = text < 1.0
    found[:, 3] = scene.spoken_admin[scene.name, scene.admin]
    if beliefs is None:
        return found
    local = ((scene.kind != COUNTRY) & (scene.kind != REGION)).astype(float)
    size = scene.static[:, :3].sum(axis=1) * local  # of towns, provinces and districts
    by_country, by_admin, by_kind = _masses(scene, beliefs)
    said, parts = scene.said_country[scene.name, scene.country], scene.said_admin[scene.name, scene.admin]
    total = (scene.shares.sum() + SMOOTH - scene.shares + scene.said)[scene.name]
    in_country = ((by_country.sum(axis=0) - by_country)[scene.name, scene.country] + said) / total
    in_admin = ((by_admin.sum(axis=0) - by_admin)[scene.name, scene.admin] + parts) / total
    in_admin[scene.admin == 0] = 0.0
    in_country[scene.country == 0] = 0.0
    found[:, 4] = in_country
    found[:, 5] = in_admin
    found[:, 6] = in_country * country
    found[:, 7] = in_admin * province * (1.0 - scene.static[:, TWIN])  # both Aleppos have the towns around it
    found[:, 8], found[:, 9], found[:, 10] = scene.close, scene.shared, scene.abroad
    found[:, 11], found[:, 12] = _near(scene, beliefs)
    stranger = np.exp(-8.0 * np.maximum(in_country, text)) * (
        1.0 - scene.static[:, CAPITAL]
    )  # capitals are named anywhere
    outlying = np.exp(-8.0 * in_admin)
    found[:, 13] = stranger * scene.static[:, 3]
    found[:, 14] = stranger * local
    found[:, 15] = stranger * size
    found[:, 16] = outlying * local
    found[:, 17] = outlying * size
    if scene.links.any():
        links = scene.links / np.maximum(scene.links.sum(axis=1, keepdims=True), 1.0)
        found[:, 18] = (links @ by_country)[scene.name, scene.country] * (scene.country > 0)
        found[:, 19] = (links @ by_admin)[scene.name, scene.admin] * (scene.admin > 0)
        kinds = (links @ by_kind)[scene.name, scene.kind * scene.countries + scene.country]
        found[:, 20] = kinds * (scene.country > 0) * (scene.kind != COUNTRY)
        every = links @ by_kind[:, COUNTRY * scene.countries : (COUNTRY + 1) * scene.countries].sum(axis=1)
        found[:, 21] = every[scene.name] * country
    found[:, 22] = _told_elsewhere(scene, beliefs)
    return found


def _masses(scene: Scene, beliefs: Floats) -> tuple[Floats, Floats, Floats]:
    """By name, how much it speaks for each country, division, and kind of place in a country; sums to the share of a name."""
    names = len(scene.shares)
    counts = np.array([len(block.members) for block in scene.blocks], dtype=float)
    of_name = np.array([block.name for block in scene.blocks])
    totals = np.bincount(of_name, weights=counts, minlength=names)
    weights = beliefs * (counts / totals[of_name])[scene.block] * scene.shares[scene.name]
    weights = weights * (1.0 - FAMED * scene.static[:, CAPITAL])
    found = []
    for values, width in (
        (scene.country, scene.countries),
        (scene.admin, scene.admins),
        (scene.kind * scene.countries + scene.country, scene.countries * (POINT + 1)),
    ):
        table = np.bincount(scene.name * width + values, weights=weights, minlength=names * width)
        found.append(table.reshape(names, width).astype(np.float64))
    return found[0], found[1], found[2] / scene.shares[:, None]


def _near(scene: Scene, beliefs: Floats) -> tuple[Floats, Floats]:
    """How much company a candidate has around it, 0 to 1, over a short and a longer distance; of towns and districts."""
    spots = (scene.kind != COUNTRY) & (scene.kind != REGION) & (scene.kind != PROVINCE)
    firm = np.flatnonzero((beliefs > FIRM) & spots)
    near, far = np.zeros(len(beliefs)), np.zeros(len(beliefs))
    rows = np.flatnonzero(spots)
    if len(firm) and len(rows):
        chord = np.sqrt(np.maximum(0.0, 2.0 - 2.0 * (scene.point[rows] @ scene.point[firm].T))) * RADIUS
        weight = beliefs[firm] * (scene.name[rows][:, None] != scene.name[firm][None, :])
        near[rows] = 1.0 - np.exp(-(np.exp(chord / -50.0) * weight).sum(axis=1))
        far[rows] = 1.0 - np.exp(-(np.exp(chord / -250.0) * weight).sum(axis=1))
    return near, far


def _told_elsewhere(scene: Scene, beliefs: Floats) -> Floats:
    """How likely a candidate is where the same name stands with words that place it."""
    found = np.zeros(len(beliefs))
    for number, block in enumerate(scene.blocks):
        if not scene.hinted[number]:
            continue
        start = scene.starts[number]
        told = {entry.id: beliefs[start + place] for place, entry in enumerate(block.options.entries)}
        for other, each in enumerate(scene.blocks):
            if each.name == block.name and other != number:
                for place, entry in enumerate(each.options.entries):
                    row = scene.starts[other] + place
                    found[row] = max(found[row], told.get(entry.id, 0.0))
    return found


def features_of(scene: Scene, beliefs: Floats | None) -> Floats:
    """All features of all candidates, rows by `FEATURES`."""
    return np.concatenate([scene.static, scene.beside, company_of(scene, beliefs)], axis=1)


def score(scene: Scene, weights: Weights) -> Floats:
    """The scores of all candidates after the last pass."""
    fixed = len(STATIC) + len(BESIDE)
    scores = (
        scene.static @ weights.first[: len(STATIC)]
        + scene.beside @ weights.first[len(STATIC) : fixed]
        + company_of(scene, None) @ weights.first[fixed:]
    )
    base = scene.static @ weights.later[: len(STATIC)] + scene.beside @ weights.later[len(STATIC) : fixed]
    for _ in range(PASSES - 1):
        scores = base + company_of(scene, beliefs_of(scene, scores)) @ weights.later[fixed:]
    return scores


def weighed(scene: Scene, weights: Weights) -> tuple[Floats, Floats]:
    """Every feature times its weight in the last pass, rows by `FEATURES`, and the scores they sum to: as `score`, but slower."""
    scores = features_of(scene, None) @ weights.first
    parts = np.zeros((len(scores), len(FEATURES)))
    for _ in range(PASSES - 1):
        parts = features_of(scene, beliefs_of(scene, scores)) * weights.later
        scores = parts.sum(axis=1)
    return parts, scores
