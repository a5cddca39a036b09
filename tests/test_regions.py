"""Our own layer of regions and features: each row where it says it is."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter

import pytest

from strife.gazetteer import Gazetteer
from strife.gazetteer.layer import Layer
from strife.gazetteer.merge import kilometres
from strife.gazetteer.names import fold
from strife.gazetteer.packages import Row, region_rows, table

FAR = {
    "point": 400.0,
    "settlement": 250.0,
    "district": 250.0,
    "province": 400.0,
    "region": 500.0,
}  # km to a town of its country
EMPTY = {"IO", "GS", "AQ", "BV", "HM", "TF", "UM"}  # territories without a town
LONELY = {"region:franz-josef-land"}  # lands of a country that are far from all its towns


def rows() -> list[Row]:
    return list(region_rows())


def test_there_are_enough() -> None:
    assert len(rows()) >= 900
    assert Counter(row.kind for row in rows())["point"] >= 200


@pytest.fixture(scope="module")
def towns() -> dict[str, set[tuple[float, float]]]:
    """Where each country has towns, to half a degree."""
    found: dict[str, set[tuple[float, float]]] = {}
    with sqlite3.connect(Gazetteer.shared().path) as store:
        for country, lat, lon in store.execute("SELECT country, lat, lon FROM place WHERE kind = 'settlement'"):
            found.setdefault(country, set()).add((round(2 * lat) / 2, round(2 * lon) / 2))
    return found


def test_each_lies_near_a_town_of_its_country(towns: dict[str, set[tuple[float, float]]]) -> None:
    wrong = []
    for row in rows():
        if not row.country or row.country in EMPTY or row.id in LONELY:
            continue
        narrow = math.cos(math.radians(row.lat))
        near = 111.2 * math.sqrt(
            min((lat - row.lat) ** 2 + ((lon - row.lon) * narrow) ** 2 for lat, lon in towns[row.country])
        )
        if near > FAR[row.kind]:
            wrong.append((row.id, round(near)))
    assert wrong == []


def test_names_are_told_once_a_country() -> None:
    names = Counter((row.country, key) for row in rows() for key in {fold(name) for name in (row.name, *row.names)})
    assert [name for name, times in names.items() if times > 1] == []


def test_words_for_people_lead_to_one_place() -> None:
    words = Counter(word for row in table("regions.tsv") for word in row[7].split("|") if word)
    words.update(word for row in table("countries.tsv") for word in set(row[4].split("|")) if word)
    assert [word for word, times in words.items() if times > 1] == []


def test_a_people_is_not_called_as_a_place() -> None:
    names = {name for row in rows() for name in (row.name, *row.names)}
    assert [word for row in table("regions.tsv") for word in row[7].split("|") if word in names] == []


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Bab al-Mandab", "", "region"),
        ("Rafah crossing", "", "point"),
        ("Dahiyeh", "LB", "district"),
        ("Sadr City", "IQ", "settlement"),
        ("Zamzam camp", "SD", "point"),
        ("Durand Line", "", "region"),
        ("Czechoslovakia", "", "region"),
        ("Zaire", "CD", "country"),
        ("Upper Volta", "BF", "country"),
        ("Belgian Congo", "CD", "country"),
        ("Saigon", "VN", "settlement"),
        ("Leningrad", "RU", "settlement"),
        ("Stalingrad", "RU", "settlement"),
        ("South Yemen", "YE", "country"),
    ],
)
def test_finds(name: str, country: str, kind: str) -> None:
    assert any((entry.country, entry.kind) == (country, kind) for entry in Gazetteer.shared().candidates(name))


def test_the_lists_take_the_names_of_the_layer() -> None:
    own = [
        Row("region:a", "Wideland", "SY", "province", 35.5, 38.5, names=["Land of Width"]),
        Row("region:b", "Old Fort", "SY", "point", 35.001, 38.0),
        Row("region:c", "Old Fort", "IQ", "point", 35.001, 38.0),
        Row("region:d", "Far Fort", "SY", "point", 36.0, 38.0),
    ]
    layer = Layer(own)
    listed = [
        Row("geonames:1", "Wideland Governorate", "SY", "province", 35.0, 38.0, names=["Wide"]),
        Row("geonames:2", "Old Fort", "SY", "settlement", 35.0, 38.0),
        Row("geonames:3", "Far Fort", "SY", "settlement", 35.0, 38.0),
    ]
    joined = list(layer.join(listed))
    assert [row.id for row in joined] == ["geonames:1", "geonames:2", "geonames:3"]
    assert joined[0].names == ["Land of Width", "Wide", "Wideland"]
    assert layer.aliases == {"region:a": "geonames:1", "region:b": "geonames:2"}
    assert [row.id for row in layer.rest()] == ["region:c", "region:d"]
    assert kilometres(own[0], own[0]) == 0
