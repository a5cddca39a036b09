"""The web application without a browser: every page and form, filters, what is refused, decisions, pasted texts."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as tree
from starlette.testclient import TestClient

from strife.casefile import Case
from strife.casefile.found import CLAIM_COLUMNS, INCIDENT_COLUMNS
from strife.views.web.query import Query, address
from tests.web_helpers import EVIL, FORMULA, HOST, TEXTS, made_app, made_case, page_of, rows_of

PAGES = (
    "/ /documents /claims /incidents /control /actors /voices /ledger /outlook /search /map /timeline /search?text=Rebels"
    " /claims?type=event&actor=Army /incidents?place=Nawa&order=date /control?on=2013-06-07&place=Harem /?window=month&on=2013-06-08"
    " /outlook?for=Harem&by=place&every=week&count=deaths&horizon=3 /ledger?state=borne_out&voice=Union /ledger?show=voices"
).split()
FORMS = {
    "/": ("json", "csv", "svg"),
    "/documents": ("json", "csv"),
    "/claims": ("json", "csv", "geojson"),
    "/incidents": ("json", "csv", "geojson"),
    "/control": ("json", "csv", "geojson"),
    "/actors": ("json", "csv"),
    "/voices": ("json", "csv"),
    "/ledger": ("json", "csv", "geojson"),
    "/outlook": ("json", "csv", "svg"),
    "/search": ("json", "csv", "geojson"),
    "/map": ("json", "csv", "geojson", "svg"),
    "/timeline": ("json", "csv", "svg"),
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case that these tests read."""
    return made_case(tmp_path_factory.mktemp("web") / "test.strife")


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    """A client of the application over it."""
    with TestClient(made_app(path), base_url=HOST, follow_redirects=False) as found:
        yield found


@pytest.mark.parametrize("url", PAGES)
def test_every_page_is_whole_and_says_what_it_is(client: TestClient, url: str) -> None:
    page = page_of(client, url)
    assert page.xpath("//html/@lang") == ["en"]
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//title/text()")[0].endswith("test.strife")
    assert page.xpath("//header//nav//a[@aria-current='page']/@href") == [url.partition("?")[0]]
    assert not page.xpath("//@style | //style | //script[not(@src)] | //@onclick")
    assert all(str(src).startswith("/static/") for src in page.xpath("//script/@src | //link/@href"))


def test_every_link_of_every_page_leads_somewhere(client: TestClient) -> None:
    seen: set[str] = set()
    waiting = deque(["/", *PAGES])
    while waiting:
        url = waiting.popleft()
        if url in seen or len(seen) > 400:
            continue
        seen.add(url)
        answer = client.get(url)
        assert answer.status_code == 200, url
        if "text/html" in answer.headers["content-type"]:
            links = {str(one).partition("#")[0] for one in tree.fromstring(answer.text).xpath("//a/@href")}
            waiting += sorted(one for one in links if one.startswith("/"))
    assert {"/documents/one", "/documents/folder%2Ffour.json.html"} <= seen


@pytest.mark.parametrize(("url", "form"), [(url, form) for url, forms in FORMS.items() for form in forms])
def test_every_page_comes_as_data(client: TestClient, url: str, form: str) -> None:
    answer = client.get(f"{url}.{form}")
    assert answer.status_code == 200
    kind = {"json": "application/json", "csv": "text/csv; charset=utf-8", "geojson": "application/geo+json"}
    assert answer.headers["content-type"] == kind.get(form, "image/svg+xml")
    if form == "csv":
        rows = list(csv.reader(io.StringIO(answer.text)))
        assert all(len(row) == len(rows[0]) for row in rows)
    if form == "json":
        assert {"page", "query", "total", "rows", "next"} <= answer.json().keys()
    if form == "geojson":
        assert answer.json()["type"] == "FeatureCollection"
    if url == "/search":
        return  # without words there is nothing to take along
    linked = page_of(client, url).xpath("//p[@class='forms']//a/@href | //figcaption//a/@href")
    assert f"{url}.{form}" in linked


def test_forms_that_a_page_has_not_are_not_found(client: TestClient) -> None:
    for url in (
        "/documents.geojson",
        "/actors.geojson",
        "/claims.svg",
        "/claims.xml",
        "/nothing",
        "/claims/",
        "/documents/one.svg",
    ):
        assert client.get(url).status_code == 404, url


def test_the_forms_hold_the_same_rows(client: TestClient, path: Path) -> None:
    with Case.open(path) as case:
        wanted = [one.id for one in case.claims(type="event", place="Nawa")]
    query = "?type=event&place=Nawa"
    assert [row["id"] for row in rows_of(client, f"/claims.json{query}")] == wanted
    table = list(csv.DictReader(io.StringIO(client.get(f"/claims.csv{query}").text)))
    assert [row["id"] for row in table] == wanted
    assert list(table[0]) == CLAIM_COLUMNS
    features = client.get(f"/claims.geojson{query}").json()["features"]
    assert [one["properties"]["id"] for one in features] == wanted
    assert features[0]["geometry"]["coordinates"] == [36.04, 32.89]
    listed = page_of(client, f"/claims{query}").xpath("//ol[@class='list']//a[contains(@href, '/claims/')]/@href")
    assert [str(one).rsplit("/", 1)[1] for one in listed] == wanted


def test_records_are_those_of_the_contract(client: TestClient, path: Path) -> None:
    with Case.open(path) as case:
        claims = [json.loads(record) for record in case.records(Query("/", "html").filters)]
    assert rows_of(client, "/claims.json") == claims
    incident = rows_of(client, "/incidents.json?order=case")[0]
    assert list(incident)[:2] == ["record", "id"]
    assert client.get("/incidents.csv").text.splitlines()[0] == ",".join(INCIDENT_COLUMNS)
    holding = rows_of(client, "/control.json?on=2013-06-07&place=Harem")[0]
    wanted = {"record", "place", "on", "holders", "contested", "claimed_only", "since", "claims_for", "claims_against"}
    assert holding.keys() == wanted


def test_rows_come_in_parts(client: TestClient) -> None:
    whole = rows_of(client, "/claims.json")
    first = client.get("/claims.json?limit=4").json()
    assert first["next"] == "/claims.json?limit=4&offset=4"
    rest = client.get(first["next"]).json()
    assert first["rows"] + rest["rows"] == whole[:8]
    assert client.get(f"/claims.json?offset={len(whole)}").json()["next"] is None
    page = page_of(client, "/claims?limit=4&offset=4")
    assert page.xpath("//nav[@class='pager']/a/@href") == ["/claims?limit=4", "/claims?limit=4&offset=8"]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/claims?colour=red", "type, code, actor"),
        ("/claims?dataset=own", "no filter"),
        ("/incidents?voice=author", "no filter"),
        ("/documents?actor=Army", "source, since, until, text"),
        ("/claims?type=thing", "event, relation, control"),
        ("/claims?status=maybe", "reported, claimed"),
        ("/claims?since=June", "is no date"),
        ("/claims?since=2013-06-05&since=2013-06-06", "given twice"),
        ("/claims?box=1,2,3", "4 numbers"),
        ("/claims?near=1,2,x", "3 numbers"),
        ("/claims?near=1,2,nan", "near"),
        ("/claims?limit=-1", "whole number"),
        ("/claims?limit=%D9%A3", "whole number"),
        ("/claims?offset=99999999999999999999", "whole number"),
        ("/claims?order=random", "case, date, newest"),
        ("/claims?text=%2B%2B", "no word"),
        ("/claims?actor=" + "*a" * 40, "stars"),
        ("/claims?actor=" + "a" * 600, "500 characters"),
        ("/claims?" + "&".join(f"actor=a{n}" for n in range(150)), "150 values"),
        ("/control?on=yesterday", "is no date"),
        ("/control?on=2013-02-31", "is no date"),
        ("/?window=year", "week, month"),
        ("/?on=0001-01-01", "our time"),
        ("/search?x=1", "no filter"),
        ("/outlook?by=street", "country, admin1, place"),
        ("/outlook?horizon=25", "24"),
        ("/outlook?dataset=none", "own, ucdp:test"),
        ("/ledger?state=won", "open, borne_out"),
        ("/ledger?on=soon", "is no date"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(client: TestClient, url: str, said: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 400
    assert said in tree.fromstring(answer.text).xpath("string(//p[@class='said'])")
    path, _, query = url.partition("?")
    data = client.get(f"{path}.json?{query}")
    assert data.status_code == 400
    assert said in data.json()["error"]


@pytest.mark.parametrize(
    "url", ["/documents/no", "/claims/no", "/incidents/no", "/actors/no", "/voices/no", "/read/no", "/claims/one"]
)
def test_what_is_not_there_is_not_found(client: TestClient, url: str) -> None:
    assert client.get(url).status_code == 404
    assert client.get(f"{url}.json").status_code == 404 or url == "/actors/no" or url == "/voices/no"


def test_any_id_has_an_address(client: TestClient) -> None:
    for name in (*TEXTS, EVIL):
        assert page_of(client, address("documents", name)).xpath("//article")
        found = client.get(address("documents", name, "json")).json()
        assert found["document"]["id"] == name
        assert found["rows"]
    assert address("documents", "..") == "/documents/...html"


def test_the_reading_view_has_every_claim_and_what_is_known_of_it(client: TestClient, path: Path) -> None:
    page = page_of(client, "/documents/three")
    with Case.open(path) as case:
        claims = case.claims(document="three")
    anchors = page.xpath("//li[contains(@class, 'claim')]/span[@class='anchor']/@id")
    assert {str(one) for one in anchors} == {one.id for one in claims}
    assert "".join(page.xpath("//article//text()")).strip() == TEXTS["three"][2]
    for claim in claims:
        entry = page.xpath(f"//li[span/@id='{claim.id}']")[0]
        assert entry.xpath(".//dt[text()='Rule']")
        assert {str(one).partition(":")[0] for one in entry.xpath(".//button/@value")} == {"accept", "reject", "undo"}
    elsewhere = page.xpath(f"//li[span/@id='{claims[0].id}']//div[@class='told']//li/a/@href")
    assert any(str(one).startswith("/documents/one#") for one in elsewhere)


def test_an_incident_has_a_column_for_each_source(client: TestClient) -> None:
    found = next(row for row in rows_of(client, "/incidents.json?place=Nawa") if len(row["documents"]) > 1)
    page = page_of(client, f"/incidents/{found['id']}")
    columns = page.xpath("//table[@class='versions']//th[@scope='col']//text()")
    assert columns[:2] == ["Field", "All together"]
    assert set(columns[2:]) == {"Daily", "Evening"}
    assert found["status"] == "disputed"
    assert page.xpath("//tr[@class='differs']/th//b/text()") == ["disputed"]
    assert len(page.xpath("//ol[@class='list']/li")) == len(found["claims"])
    assert (
        page_of(client, "/incidents/other-0001").xpath("//p[@class='facts']")[0].text_content().count("ucdp:test") == 1
    )


def test_voices_are_told_with_what_became_of_their_claims(client: TestClient) -> None:
    voices = {row["name"]: row for row in rows_of(client, "/voices.json")}
    assert voices["Ministry"]["denies"] == 1
    assert voices["Union"]["ahead"] == 1
    page = page_of(client, "/voices/Ministry")
    assert "denied" in page.xpath("string(//p[@class='facts'])")
    assert page.xpath("//h2[text()='Denied or negated']")


def test_an_actor_is_told_by_its_relations(client: TestClient) -> None:
    page = page_of(client, "/actors/toy:army")
    assert page.xpath("string(//h1)") == "Army"
    rows = [[" ".join(cell.split()) for cell in row.xpath("./td//text()")] for row in page.xpath("//tbody/tr")]
    assert any("Rebels" in row and "– " + "assault" in " ".join(row) for row in rows)
    assert page.xpath("//*[local-name()='svg']")
    assert client.get("/actors/toy:army.svg").headers["content-type"] == "image/svg+xml"
    assert client.get("/actors/toy:army.csv").text.startswith("actor,other,what,status,year")


def test_control_tells_the_state_of_each_place(client: TestClient) -> None:
    early = rows_of(client, "/control.json?on=2013-06-06&place=Harem")[0]
    late = rows_of(client, "/control.json?on=2013-06-08&holder=Rebels")
    assert [one["name"] for one in early["holders"]] == ["Rebels"]
    assert {one["place"]["name"] for one in late} >= {"Harem"}
    assert page_of(client, "/control?on=2013-06-08").xpath("//span[contains(@class, 'hold claimed')]")


def test_search_marks_what_it_finds(client: TestClient) -> None:
    page = page_of(client, "/search?q=army+hills")
    assert {str(one).lower() for one in page.xpath("//mark/text()")} == {"army", "hills"}
    assert page.xpath("//h2[text()='Documents']")
    assert page.xpath("//div[@class='facets']//a[contains(@href, 'status=claimed')]")
    assert all("hills" in row["evidence"][0]["quote"] for row in rows_of(client, "/search.json?text=hills"))
    assert page_of(client, '/search?text="no such phrase"').xpath("//p[@class='none']")


def test_the_overview_states_its_rule_and_its_norm(client: TestClient) -> None:
    page = page_of(client, "/")
    words = page.xpath("string(//section[@aria-labelledby='changed'])")
    assert "25 %" in words
    assert "Where both are below 5" in words
    found = client.get("/.json?on=2013-06-08").json()
    assert found["until"] == "2013-06-08"
    assert {row["verdict"] for row in found["rows"]} <= {"more", "fewer", "as usual", "too few to tell", "no norm yet"}


@pytest.mark.parametrize(
    "url", [*PAGES, address("documents", EVIL), address("actors", EVIL), address("voices", EVIL), "/claims/evil-claim"]
)
def test_hostile_words_stay_words(client: TestClient, url: str) -> None:
    made = client.get(url).text
    assert "<script>window" not in made
    assert "<img" not in made
    assert "\u202e" not in made
    assert "\u2066" not in made
    assert "\u200b" not in made
    assert not tree.fromstring(made).xpath("//*[@onerror or @onload] | //a[starts-with(@href, 'javascript')]")


def test_no_cell_of_a_table_is_a_formula(client: TestClient) -> None:
    for url in (
        "/claims.csv",
        "/incidents.csv",
        "/documents.csv",
        "/actors.csv",
        "/voices.csv",
        "/control.csv",
        "/ledger.csv",
        "/outlook.csv",
    ):
        for row in csv.reader(io.StringIO(client.get(url).text)):
            assert not any(re.match(r"[=+@\t\r]|-[^\d.]", cell) for cell in row), (url, row)
    assert f"'{FORMULA}" in client.get("/claims.csv").text
