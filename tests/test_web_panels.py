"""The outlook and the ledger of the web application: what they tell, what they say where nothing can be told, decisions."""

from __future__ import annotations

import csv
import io
import random
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from strife import engine
from strife.casefile import Case
from strife.records import Code, Date, Incident, Place
from strife.views.ledger_text import COLUMNS
from strife.views.web import worker
from tests.case_helpers import toy, toy_chunk
from tests.web_helpers import HOST, made_app, made_case, page_of, rows_of, token_of

SAID = "Ministry expects that Army attacked Rebels in Harem on 2013-06-10."
OTHER = "Union expects that Rebels aided Farmers in Nawa on 2013-06-08."
DONE = "Army attacked Rebels in Harem on 2013-06-10."
WEEKS = 130


def incident(number: int, day: date) -> Incident:
    """A row of a dataset."""
    where = Place(quote="Harem", start=0, end=0, name="Harem", country="SY", lat=36.2, lon=36.5, precision="settlement")
    when = Date(start=day.isoformat(), end=day.isoformat(), precision="day", quote="", basis="explicit")
    return Incident(
        id=f"row-{number:05}", code=Code(plover="ASSAULT"), where=where, when=when, status="reported", sources=1,
        dataset="test:rows", row=str(number),
    )  # fmt: skip


def swelling() -> Iterator[Incident]:
    """Incidents whose number rises and falls slowly, so that the last weeks tell of the next better than the last twelve do."""
    chance, number, level = random.Random(3), 0, 30.0
    for week in range(WEEKS):
        level = min(90.0, max(2.0, level * chance.choice((0.6, 0.8, 1.25, 1.6))))
        for _ in range(round(level)):
            number += 1
            yield incident(number, date(2011, 1, 3) + timedelta(days=7 * week + chance.randrange(7)))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with a long series of another dataset, and an expectation that was borne out."""
    found = tmp_path_factory.mktemp("panels") / "panels.strife"
    with pytest.MonkeyPatch.context() as patch, Case.open(found, create=True) as case:
        patch.setattr(engine, "_read_chunk", toy_chunk)
        case.add([toy("a", f"{SAID} {OTHER}", published="2013-06-01"), toy("b", DONE, published="2013-06-11")])
        case.merge()
        case.imported(swelling())
    return found


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    """A client of the application over it."""
    with TestClient(made_app(path), base_url=HOST, follow_redirects=False) as found:
        yield found


def test_the_outlook_has_its_baseline_and_its_record(client: TestClient) -> None:
    url = "/outlook?dataset=test:rows&for=SY&every=week&horizon=4"
    record = rows_of(client, url.replace("?", ".json?"))[0]
    assert record["record"] == "outlook"
    assert len(record["ahead"]) == 4
    page = page_of(client, url)
    assert record["verdict"] in page.xpath("string(//p[@class='said'])")
    assert page.xpath("//figure//*[local-name()='svg']")
    rows = page.xpath("//div[@aria-label='The periods to come']//tbody/tr/th/text()")
    assert rows == [one["period"] for one in record["ahead"]]
    words = " ".join(page.xpath("string(//section[h2='How it did before'])").split())
    assert "90 % interval" in words
    assert f"{record['track']['origins']} past weeks" in words
    past = page.xpath("//section[h2='What it rests on']//a/@href")
    period = record["seen"][-1]
    assert client.get(str(past[0])).status_code == 200
    listed = rows_of(client, str(past[0]).replace("?", ".json?") + "&limit=1000")
    assert len(listed) == period["count"]
    table = list(csv.DictReader(io.StringIO(client.get(url.replace("?", ".csv?")).text)))
    assert [row["model"] for row in table] == ["pool", "conflictology"] * 4
    assert client.get(url.replace("?", ".svg?")).headers["content-type"] == "image/svg+xml"


def test_where_nothing_can_be_claimed_the_outlook_says_so(client: TestClient) -> None:
    words = page_of(client, "/outlook").xpath("string(//p[@class='said'])")  # two incidents of our own
    assert "nothing better than the last 12 months can be claimed" in words


@pytest.mark.parametrize(
    ("query", "said"), [("?for=Nowhere", "Nowhere"), ("?by=admin1&dataset=test:rows", "nothing to count by admin1")]
)
def test_what_has_no_outlook_is_told_with_the_reason(client: TestClient, query: str, said: str) -> None:
    page = page_of(client, f"/outlook{query}")
    assert said in page.xpath("string(//p[@class='trouble'])")
    assert page.xpath("//form[@class='filters']//button")
    answer = client.get(f"/outlook.json{query}").json()
    assert answer["rows"] == []
    assert said in answer["why"]
    assert client.get(f"/outlook.csv{query}").text.startswith("unit,period")
    assert "Nothing to go by" in client.get(f"/outlook.svg{query}").text


def test_a_case_without_incidents_has_no_outlook(tmp_path: Path) -> None:
    with Case.open(tmp_path / "empty.strife", create=True):
        pass
    with TestClient(made_app(tmp_path / "empty.strife"), base_url=HOST) as empty:
        assert "holds no incidents" in page_of(empty, "/outlook").xpath("string(//p[@class='trouble'])")
        assert "Nobody in this case" in page_of(empty, "/ledger").xpath("string(//main)")
        assert rows_of(empty, "/ledger.json") == []


def test_what_takes_long_is_said_and_comes_later(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from strife.outlook import ledger

    going, whole = threading.Event(), ledger.ledger_of

    def slow(*given: object) -> object:
        going.wait(30)
        return whole(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(worker, "PATIENCE", 0.05)
    monkeypatch.setattr(ledger, "ledger_of", slow)
    page = page_of(client, "/ledger?on=2013-06-09")
    assert "being worked out" in page.xpath("string(//p[@role='status'])")
    assert page.xpath("//p[@role='status']/a/@href") == ["/ledger?on=2013-06-09"]
    assert client.get("/claims").status_code == 200
    monkeypatch.setattr(worker, "LONGEST", 0.05)
    answer = client.get("/ledger.json?on=2013-06-09")
    assert (answer.status_code, "retry-after" in answer.headers) == (503, True)
    going.set()
    monkeypatch.setattr(worker, "LONGEST", 30.0)
    assert {row["state"] for row in rows_of(client, "/ledger.json?on=2013-06-09")} <= {"open", "cannot_tell"}
    assert not page_of(client, "/ledger?on=2013-06-09").xpath("//p[@role='status']")


def test_entries_tell_what_decided_them(client: TestClient) -> None:
    rows = {row["state"]: row for row in rows_of(client, "/ledger.json")}
    assert set(rows) == {"borne_out", "cannot_tell"}
    entry = page_of(client, "/ledger?state=borne_out").xpath("//ol[@class='list ledger']/li")
    assert len(entry) == 1
    words = " ".join(entry[0].text_content().split())
    assert SAID.rstrip(".") in words
    assert "due 2013-06-10" in words
    links = entry[0].xpath(".//p[b='for']/a/@href")
    assert links
    assert all(client.get(str(one)).status_code == 200 for one in links)
    assert client.get("/ledger.csv").text.splitlines()[0] == ",".join(COLUMNS)


@pytest.mark.parametrize(
    ("query", "number"), [("", 2), ("?voice=union", 1), ("?about=Harem", 1), ("?about=Zintan", 0), ("?open=yes", 0)]
)
def test_the_ledger_is_filtered(client: TestClient, query: str, number: int) -> None:
    assert len(rows_of(client, f"/ledger.json{query}")) == number
    assert len(page_of(client, f"/ledger{query}").xpath("//ol[@class='list ledger']/li")) == number


def test_voices_are_scored_only_where_enough_is_resolved(client: TestClient) -> None:
    scores = {row["voice"]: row for row in rows_of(client, "/ledger.json?show=voices")}
    assert scores["Ministry"]["borne_out"] == 1
    page = page_of(client, "/ledger?show=voices")
    assert "from 10 resolved forecasts" in " ".join(page.text_content().split())
    assert page.xpath("//table//span[text()='too few']")


def test_people_settle_entries_and_take_it_back(tmp_path: Path) -> None:
    with TestClient(made_app(made_case(tmp_path / "own.strife")), base_url=HOST, follow_redirects=False) as own:
        token = token_of(own)
        entry = rows_of(own, "/ledger.json")[0]
        fields = {
            "do": f"settle:{entry['claim']}",
            "value": "not_borne_out",
            "note": "seen",
            "back": "/ledger?open=yes",
        }
        assert own.post("/decide", data={**fields, "token": "wrong"}).status_code == 403
        assert own.post("/decide", data={**fields, "token": token, "value": "won"}).status_code == 400
        answer = own.post("/decide", data={**fields, "token": token})
        assert answer.headers["location"].replace("%23", "#") == f"/ledger?open=yes#{entry['claim']}"
        settled = next(row for row in rows_of(own, "/ledger.json") if row["claim"] == entry["claim"])
        assert (settled["state"], settled["decided_by"]) == ("not_borne_out", "tester")
        page = page_of(own, "/ledger?state=not_borne_out")
        assert "decided by tester" in page.xpath("string(//ol[@class='list ledger'])")
        back = page.xpath("//button[starts-with(@value, 'unsettle:')]/@value")[0]
        assert own.post("/decide", data={"token": token, "do": back}).status_code == 303
        again = next(row for row in rows_of(own, "/ledger.json") if row["claim"] == entry["claim"])
        assert again["state"] == entry["state"]
        assert own.post("/decide", data={"token": token, "do": back}).status_code == 400
