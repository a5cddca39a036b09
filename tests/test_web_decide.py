"""Texts that are pasted into the web application, and decisions made there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html as tree
from starlette.testclient import TestClient

from tests.web_helpers import HOST, made_app, made_case, page_of, rows_of, token_of

TEXT = "Army attacked Rebels in Nawa on 2013-06-04. Ministry said that Rebels lost hills in Harem on 2013-06-07."


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case that these tests read."""
    return made_case(tmp_path_factory.mktemp("web") / "test.strife")


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    """A client of the application over it."""
    with TestClient(made_app(path), base_url=HOST, follow_redirects=False) as found:
        yield found


@pytest.fixture
def own(tmp_path: Path) -> Iterator[TestClient]:
    """A client over a case of its own, to decide in."""
    with TestClient(made_app(made_case(tmp_path / "own.strife")), base_url=HOST, follow_redirects=False) as found:
        yield found


def test_a_pasted_text_comes_back_as_a_reading(client: TestClient) -> None:
    answer = client.post("/", data={"text": TEXT, "published": "2013-06-08", "source": "me"})
    assert answer.status_code == 303
    where = answer.headers["location"]
    page = page_of(client, where)
    assert "".join(page.xpath("//article//text()")).strip() == TEXT
    assert len(page.xpath("//li[contains(@class, 'claim')]")) == 2
    assert not page.xpath("//button[@name='do']")  # nothing to decide: it is in no case
    assert len(rows_of(client, f"{where}.json")) == 2
    assert client.get(f"{where}.json").json()["document"]["published"] == "2013-06-08"
    assert client.get(f"{where}.geojson").json()["features"][0]["geometry"]["type"] == "Point"
    assert client.post("/", data={"text": TEXT, "published": "2013-06-08", "source": "me"}).headers["location"] == where


def test_a_dropped_file_comes_back_as_a_reading(client: TestClient) -> None:
    page = f"<html><head><title>News</title></head><body><article><h1>News</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
    for name, data in (("a.txt", TEXT.encode()), ("b.html", page.encode()), ("../../c.md", TEXT.encode("utf-16"))):
        answer = client.post("/", files={"file": (name, data)}, data={"text": ""})
        assert answer.status_code == 303, answer.text
        assert client.get(answer.headers["location"]).status_code == 200


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"data": {"text": "  \n "}}, "there is no text"),
        ({"data": {}}, "there is no text"),
        ({"data": {"text": "x " * 150_000}}, "at most 200,000"),
        ({"data": {"text": TEXT, "published": "tomorrow"}}, "is no date"),
        (
            {
                "data": {
                    "text": "Les rebelles ont pris la ville mercredi soir après de longs combats avec l'armée du régime. "
                    * 5
                }
            },
            "French",
        ),
        ({"data": {"text": "Crash it."}}, "the reader ended"),
        ({"files": {"file": ("x.exe", b"MZ\x00\x01")}}, ".txt"),
        ({"files": {"file": ("x.txt", b"")}}, "empty"),
        ({"files": {"file": ("x.txt", bytes(range(256)) * 50)}}, ""),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_box(client: TestClient, sent: dict[str, Any], said: str) -> None:
    answer = client.post("/", **sent)
    assert answer.status_code == 400
    trouble = tree.fromstring(answer.text).xpath("string(//p[@class='trouble'])")
    assert trouble
    assert said in trouble


def test_without_a_case_texts_can_be_read_and_nothing_else(tmp_path: Path) -> None:
    with TestClient(made_app(None), base_url=HOST, follow_redirects=False) as client:
        page = page_of(client, "/")
        assert page.xpath("//textarea[@name='text']")
        assert not page.xpath("//nav")
        assert client.post("/", data={"text": TEXT}).status_code == 303
        for url in ("/claims", "/claims.json", "/control", "/documents/one", "/search?text=a", "/ledger", "/outlook"):
            answer = client.get(url)
            assert answer.status_code == 404
            assert "strife serve CASE" in answer.text


def test_decisions_are_written_and_taken_back(own: TestClient) -> None:
    token = token_of(own)
    claim = rows_of(own, "/claims.json?document=one&type=event")[0]["id"]

    def decide(**fields: str) -> dict[str, Any]:
        answer = own.post(
            "/decide", data={"token": token, **fields}, headers={"Accept": "application/json", "Origin": HOST}
        )
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    assert decide(do=f"accept:{claim}") == {
        "claim": claim,
        "did": "accept",
        "state": "accepted",
        "undo": True,
        "undone": False,
    }
    assert decide(do=f"correct:{claim}", field="where", value="Elsewhere")["state"] == "corrected"
    assert rows_of(own, f"/claims/{claim}.json")[0]["where"]["name"] == "Elsewhere"
    assert decide(do=f"reject:{claim}")["state"] == "rejected"
    assert claim not in [row["id"] for row in rows_of(own, "/claims.json")]
    entry = page_of(own, "/documents/one").xpath(f"//p[@data-claim='{claim}']")[0]
    assert entry.get("data-state") == "rejected"
    assert entry.xpath(".//button[starts-with(@value, 'undo') and not(@hidden)]")
    for _ in range(3):
        last = decide(do=f"undo:{claim}")
    assert last["state"] == ""
    assert not last["undo"]
    assert rows_of(own, f"/claims/{claim}.json")[0]["where"]["name"] == "Nawa"
    words = page_of(own, f"/claims/{claim}").xpath("string(//ol[@class='decisions'])")
    assert "by tester" in words
    assert "taken back" in words


def test_without_a_script_a_decision_leads_back_to_its_page(own: TestClient) -> None:
    claim = rows_of(own, "/claims.json?document=one&type=event")[0]["id"]
    fields = {"token": token_of(own), "do": f"accept:{claim}"}
    for back, where in (
        ("/documents/one", f"/documents/one#{claim}"),
        ("//evil.example", "/claims"),
        ("https://evil.example", "/claims"),
        ("/\\evil.example", "/claims"),
        ("/a\r\nSet-Cookie: b=c", "/claims"),
        ("", "/claims"),
    ):
        answer = own.post("/decide", data={**fields, "back": back})
        assert answer.status_code == 303
        assert answer.headers["location"].replace("%23", "#") == where
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"do": "accept:CLAIM", "token": "wrong"}, 403, "older than the server"),
        ({"do": "accept:CLAIM", "token": "é"}, 403, "older than the server"),
        ({"do": "burn:CLAIM"}, 400, "accept, reject, correct, undo"),
        ({"do": "accept"}, 400, "accept, reject, correct, undo"),
        ({}, 400, "accept, reject, correct, undo"),
        ({"do": "accept:no-such"}, 400, "no claim or incident"),
        ({"do": "undo:CLAIM"}, 400, "no decision to take back"),
        ({"do": "correct:CLAIM", "field": "id", "value": "x"}, 400, "not corrected"),
        ({"do": "correct:CLAIM", "field": "status", "value": "odd"}, 400, "there are reported"),
        ({"do": "correct:CLAIM"}, 400, "FIELD=VALUE"),
    ],
)
def test_decisions_that_cannot_be_meant_are_refused(
    client: TestClient, fields: dict[str, str], status: int, said: str
) -> None:
    claim = rows_of(client, "/claims.json?document=one&type=event")[0]["id"]
    sent = {"token": token_of(client), **{name: value.replace("CLAIM", claim) for name, value in fields.items()}}
    answer = client.post("/decide", data=sent, headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert said in answer.json()["error"]
    assert client.get("/.json").json()["case"]["decisions"] == 0


def test_incidents_are_merged_anew_when_asked(own: TestClient) -> None:
    merger = own.app.state.site.merger  # type: ignore[attr-defined]
    merger.wait(30)
    assert not page_of(own, "/incidents").xpath("//form[@class='fresh']")
    token = token_of(own)
    claims = rows_of(own, "/claims.json?place=Nawa&status=reported")
    for claim in claims:
        own.post("/decide", data={"token": token, "do": f"reject:{claim['id']}"})
    before = rows_of(own, "/incidents.json?place=Nawa")
    assert before
    for url in ("/incidents", "/"):
        assert "came since" in page_of(own, url).xpath("string(//form[@class='fresh'])")
    assert own.post("/merge", data={"token": "wrong"}).status_code == 403
    assert own.post("/merge", data={"token": token}).status_code == 303
    merger.wait(30)
    assert not merger.trouble
    assert not page_of(own, "/incidents").xpath("//form[@class='fresh']")
    assert rows_of(own, "/incidents.json?place=Nawa") != before
    assert len(page_of(own, f"/claims/{claims[0]['id']}").xpath("//ol[@class='decisions']/li")) == 1
