"""The map and the timeline: what their pages and their script are given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from strife.casefile import Case
from strife.casefile.filters import Filters
from strife.casefile.spots import spots
from strife.views.svg.basemap import base_map
from strife.views.svg.outline import decoded
from tests.web_helpers import EVIL, HOST, made_app, made_case


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case of these tests."""
    return made_case(tmp_path_factory.mktemp("map") / "test.strife")


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    """Asks the application over that case."""
    with TestClient(made_app(path), base_url=HOST) as asking:
        yield asking


def test_spots_are_the_placed_ones_newest_first(path: Path) -> None:
    with Case.open(path) as case:
        found = list(spots(case.store, Filters(), incidents=True, placed=True))
        claims = list(spots(case.store, Filters(type="event", place="Nawa"), incidents=False, dated=True, limit=2))
        assert {one.id for one in found} == {
            one.id for one in case.incidents() if one.where and one.where.lat is not None
        }
        days = [one.start for one in found if one.start]
        assert days == sorted(days, reverse=True)
        assert [(one.code, one.place, one.start) for one in claims] == [("ASSAULT", "Nawa", "2013-06-04")] * 2
        assert {one.code for one in spots(case.store, Filters(type="control"), incidents=False)} == {"control"}


@pytest.mark.parametrize("layer", ["incidents", "claims", "control"])
def test_the_page_names_what_is_on_it_without_a_script(client: TestClient, layer: str) -> None:
    answer = client.get(f"/map?layer={layer}")
    assert answer.status_code == 200
    assert "Harem" in answer.text
    assert f'href="/map?layer={layer}" aria-current="page"' in answer.text
    assert "style=" not in answer.text.split("</head>")[1]
    assert "<img" not in answer.text


def test_marks_come_in_columns_of_one_length(client: TestClient) -> None:
    data = client.get("/map/points.json?layer=incidents").json()
    number = len(data["id"])
    assert number > 3
    assert data["total"] >= number
    for name in ("family", "filling", "lat", "lon", "precision", "start", "end", "place", "what"):
        assert len(data[name]) == number
    assert set(data["places"]) >= {"Harem", "Nawa"}
    first = data["id"].index("other-0001")
    assert data["start"][first] == 15858  # 2013-06-02, counted from 1970
    assert data["families"][data["family"][first]] == "violence"
    narrowed = client.get("/map/points.json?layer=claims&type=control").json()
    assert {data["families"][one] for one in narrowed["family"]} == {"control"}


def test_the_data_of_the_layers(client: TestClient) -> None:
    features = client.get("/map.geojson?layer=incidents&place=Harem").json()["features"]
    assert {one["properties"]["place"] for one in features} == {"Harem"}
    rows = client.get("/map.json?layer=control&on=2013-06-07").json()["rows"]
    assert rows
    assert client.get("/map.csv?layer=claims&type=event").text.startswith("id,")


@pytest.mark.parametrize(
    "url", ["/map.svg", "/map.svg?layer=control&on=2013-06-06", "/timeline.svg", "/timeline.svg?by=actor&layer=claims"]
)
def test_drawings_are_files_by_themselves(client: TestClient, url: str) -> None:
    answer = client.get(url)
    assert answer.headers["content-type"].startswith("image/svg+xml")
    tree = ElementTree.fromstring(answer.content)
    tags = {element.tag.split("}")[1] for element in tree.iter()}
    assert tags <= {"svg", "g", "a", "title", "desc", "path", "rect", "circle", "text", "style"}
    assert "\u202e" not in answer.text


def test_who_holds_what_comes_with_its_evidence(client: TestClient) -> None:
    found = client.get("/map/control.json?on=2013-06-06").json()
    harem = next(one for one in found["rows"] if one["place"] == "Harem")
    assert (harem["state"], harem["holders"], harem["since"]) == ("holds", ["Rebels"], "2013-06-05")
    assert harem["said"][0]["words"].startswith("Rebels seized bridges in Harem")
    assert harem["said"][0]["link"].startswith("/documents/one#")
    zintan = next(one for one in found["rows"] if one["place"] == "Zintan")
    assert zintan["state"] == "claimed"


def test_outlines_are_those_of_the_base_map(client: TestClient) -> None:
    world = client.get("/map/base/world.json").json()
    assert "Natural Earth" in world["source"]
    syria = next(one for one in world["fine"] if one["iso"] == "SY")
    found = client.get(f"/map/base/{syria['number']}.json").json()
    assert "Aleppo" in {one["name"] for one in found["divisions"]}
    ring = decoded(found["divisions"][0]["rings"][0])
    own = next(base_map("fine").divisions_of(syria["number"])).rings[0]
    assert [(x / world["grid"], y / world["grid"]) for x, y in ring] == own
    for name in ("9999", "x", "world.json", "-1"):
        assert client.get(f"/map/base/{name}.json").status_code == 404


def test_towns_are_the_largest_in_the_box(client: TestClient) -> None:
    rows = client.get("/map/towns.json?box=36,35,38,37").json()["rows"]
    assert rows[0][0] == "Aleppo"
    assert [row[3] for row in rows] == sorted((row[3] for row in rows), reverse=True)
    assert client.get("/map/towns.json").status_code == 400


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/map?layer=weather", "incidents, claims, control"),
        ("/map?at=here", "latitude, longitude and zoom"),
        ("/map?layer=control&on=June", "no date"),
        ("/map?layer=incidents&voice=x", "no filter"),
        ("/map/points.json?colour=red", "no filter"),
        ("/map/points.json?layer=control", "incidents, claims"),
        ("/timeline?by=colour", "type, actor"),
        ("/timeline?layer=control", "incidents, claims"),
    ],
)
def test_what_cannot_be_asked_is_refused(client: TestClient, url: str, said: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 400
    assert said in answer.text


def test_the_timeline_has_lanes_and_a_list(client: TestClient) -> None:
    page = client.get("/timeline?layer=incidents&by=type").text
    assert "<svg" in page
    assert "Violence" in page
    assert "/incidents/" in page
    by_actor = client.get("/timeline?layer=claims&by=actor").text
    for name in ("Rebels", "Army", "Union"):
        assert name in by_actor
    narrowed = client.get("/timeline?layer=claims&since=2013-07-01").text
    assert "2013-06-04" not in narrowed
    assert "Nothing fulfils" in client.get("/timeline?layer=claims&place=Nowhere").text


def test_hostile_names_stay_text(client: TestClient) -> None:
    for url in ("/map?layer=claims", "/timeline?layer=claims&by=actor", "/map?layer=control"):
        assert "<img" not in client.get(url).text
    data = client.get("/map/points.json?layer=claims").text
    assert json.loads(data)
    assert EVIL not in client.get("/timeline.svg?layer=claims&by=actor").text
