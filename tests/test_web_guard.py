"""What guards the web application: hosts, other sites, sizes, headers, files; and a fuzzer over all routes."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from strife.views.web.app import PAGES, application
from strife.views.web.guard import LARGEST, POLICY
from strife.views.web.query import FORMS
from strife.views.web.static import assets
from tests.web_helpers import EVIL, HOST, TEXTS, ToyReader, made_app, made_case

FUZZED = 1_500  # requests in the test; run `python -m tests.test_web_guard 10000` for more
OWN_SCRIPTS = 60_000  # bytes of all our own scripts


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case that these tests ask."""
    return made_case(tmp_path_factory.mktemp("guard") / "test.strife")


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    """A client of the application over it."""
    with TestClient(made_app(path), base_url=HOST, follow_redirects=False) as found:
        yield found


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8001", 200),
        ("localhost", 200),
        ("LOCALHOST:80", 200),
        ("[::1]:8001", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("evil.example:127.0.0.1", 421),
        ("localhost@evil.example", 421),
        ("10.0.0.1", 421),
        ("[::1", 421),
        ("", 421),
    ],
)
def test_only_our_own_names_are_answered(client: TestClient, host: str, status: int) -> None:
    assert client.get("/claims", headers={"Host": host}).status_code == status
    assert client.get("/static/app.css", headers={"Host": host}).status_code == status


def test_a_server_for_all_addresses_answers_to_numbers_alone(path: Path) -> None:
    with TestClient(application(path, hosts=("*",), reader=ToyReader()), base_url="http://10.1.2.3:8001") as client:
        assert client.get("/claims").status_code == 200
        assert client.get("/claims", headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Origin": HOST}, 303),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_other_sites_cannot_post(client: TestClient, headers: dict[str, str], status: int) -> None:
    text = {"text": "Army attacked Rebels."}
    assert client.post("/", data=text, headers=headers).status_code == status


def test_every_answer_has_the_headers(client: TestClient) -> None:
    for answer in (
        client.get("/"),
        client.get("/claims.json"),
        client.get("/nothing"),
        client.get("/claims?x=1"),
        client.get("/static/app.css"),
        client.get("/", headers={"Host": "evil.example"}),
        client.post("/decide", data={}),
        client.options("/claims"),
        client.put("/claims"),
    ):
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store" or answer.request.url.path.startswith("/static")
    assert "unsafe" not in POLICY
    assert "script" not in client.get("/.svg").headers["content-security-policy"]


@pytest.mark.parametrize(
    "url",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fcase_cli.py",
        "/static//etc/passwd",
        "/static/",
        "/static/leaflet/../../x",
    ],
)
def test_only_listed_files_are_given(client: TestClient, url: str) -> None:
    assert client.get(url).status_code == 404


def test_files_may_be_kept_and_come_packed(client: TestClient) -> None:
    address = next(one for one in client.get("/").text.split('"') if one.startswith("/static/app.css"))
    answer = client.get(address)
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.get(address, headers={"Accept-Encoding": "identity"}).headers
    assert client.get("/static/app.css").headers["cache-control"] == "no-cache"


def test_our_own_scripts_stay_small() -> None:
    own = {
        name: len(one.body)
        for name, one in assets().items()
        if name.endswith(".js") and not name.startswith("leaflet/")
    }
    assert own
    assert sum(own.values()) < OWN_SCRIPTS


def test_what_is_too_large_is_refused(client: TestClient) -> None:
    assert client.post("/", data={"text": "a" * (LARGEST + 1)}).status_code == 413
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/", content=(b"a" * 1_000_000 for _ in range(13)), headers=form).status_code == 413
    assert client.post("/", content=b"", headers={"Content-Length": "1e9"}).status_code == 413
    ten = client.post("/", data={"text": "word " * 2_000_000})
    assert ten.status_code == 400
    assert "at most 200,000" in ten.text
    assert len(ten.content) < 1_000_000
    assert client.get("/claims?text=" + "a" * 9000).status_code == 414
    assert client.get("/documents/" + "a" * 9000).status_code == 414


def test_malformed_forms_are_refused(client: TestClient) -> None:
    kinds: tuple[tuple[str, bytes], ...] = (
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=text\r\n\r\n\xff\xfe\r\n--x--\r\n",
        ),
        (
            "multipart/form-data; boundary=x",
            b"".join(b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' for _ in range(500)),
        ),
        ("application/x-www-form-urlencoded", b"text=%ff%00&&&=&%"),
        ("application/x-www-form-urlencoded", b"a=1&" * 5000),
        ("text/plain", b"text=hello"),
        ("application/json", b'{"text": "hello"}'),
    )
    for kind, body in kinds:
        for url in ("/", "/decide"):
            answer = client.post(url, content=body, headers={"Content-Type": kind})
            assert answer.status_code in (303, 400, 403), (kind, body[:60], answer.status_code)


def test_an_error_of_ours_says_nothing_of_the_inside(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("secret of the inside")

    monkeypatch.setattr("strife.views.web.claims.faceted", fail)
    with TestClient(made_app(path), base_url=HOST, raise_server_exceptions=False) as client:
        answer = client.get("/claims")
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert answer.headers["content-security-policy"] == POLICY


def test_a_case_that_vanishes_is_said(tmp_path: Path) -> None:
    path = made_case(tmp_path / "gone.strife")
    with TestClient(made_app(path), base_url=HOST) as client:
        client.app.state.site.cases.close()  # type: ignore[attr-defined]
        for file in tmp_path.glob("gone.strife*"):
            file.unlink()
        answer = client.get("/claims.json")
        assert answer.status_code == 503
        assert "no such case" in answer.json()["error"]


# The fuzzer: addresses made of routes, names, filters, values that are odd in many ways.

NAMES = [
    *TEXTS,
    EVIL,
    "toy:army",
    "toy:ministry",
    "evil-claim",
    "other-0001",
    "Army",
    "..",
    ".",
    "%00",
    "a/../b",
    "x.json",
    "x.json.html",
    "",
]
WORDS = (
    "type code actor recipient party place country admin1 box near since until status voice source document measure dataset text limit"
    " offset order on window holder q layer by lane brush from to bbox zoom x token v"
    " for every count horizon state about open show"
).split()
VALUES = [
    "event", "ASSAULT", "190", "assault", "Army", "Army*", "*", "**", "toy:*", "Harem", "SY", "sy", "1,2,3",
    "-180,-90,180,90", "180,-90,-180,90", "36,37,25", "nan,nan,nan", "inf,0,1", "0,0,inf", "90,0,20000",
    "1e308,1e308,1e308", "2013-06-05", "0001-01-01", "9999-12-31", "2013-02-30", "reported", "claimed", "author",
    "Daily", "daily", "one", "deaths", "own", "ucdp:test", '"in a row"', "beg*", "-not", "- -", '"', '""""', "AND",
    "NEAR(a b)", "a OR b", "'; DROP TABLE claims; --", "%' OR 1=1", "\\", "\x00", "\x00\x00a", "a\nb", "\r\nX: y",
    "\u202e", "\u200b", "\ud800", "é", "e\u0301", "中文", "🏴\u200d☠\ufe0f", "0", "1", "-1", "1e3", "9" * 30, "0x10",
    "null", "None", "true", "[]", "{}", "{{7*7}}", "${7*7}", "<script>", EVIL, "a" * 499, "a" * 600, " ", "", "case",
    "date", "newest", "week", "month", "day", "events", "control", "?", "[a-z]", "[", "]", "#", "&", "=", "+", ";",
    "%", "%zz", "../../etc/passwd", "file:///etc/passwd",
]  # fmt: skip


GOOD = [
    ("type", "event"), ("code", "ASSAULT"), ("actor", "Army*"), ("recipient", "toy:rebels"), ("party", "Army"),
    ("place", "Nawa"), ("country", "SY"), ("box", "30,30,45,40"), ("near", "36,37,500"), ("since", "2013-06-01"),
    ("until", "2014-01-01"), ("status", "claimed"), ("voice", "Ministry"), ("source", "Daily"), ("text", "Rebels"),
    ("limit", "2"), ("offset", "1"), ("order", "newest"), ("on", "2013-06-07"), ("window", "month"), ("q", "hills"),
    ("for", "SY"), ("by", "place"), ("every", "week"), ("count", "deaths"), ("horizon", "3"), ("state", "open"), ("about", "Harem"),
    ("show", "voices"), ("open", "yes"), ("dataset", "own"),
]  # fmt: skip


def routes() -> list[tuple[str, str]]:
    """The methods and paths of all routes."""
    found = [(method, route.path) for module in PAGES for route in module.routes for method in route.methods or ()]
    return sorted({(method, path) for method, path in found if method != "HEAD"})


def odd(chance: random.Random) -> str:
    """A value: a known odd one, pieces of two, or letters of all sorts."""
    kind = chance.random()
    if kind < 0.6:
        return chance.choice(VALUES)
    if kind < 0.8:
        return chance.choice(VALUES)[: chance.randrange(12)] + chance.choice(VALUES)
    return "".join(chance.choice(string.printable + "äß\u0000\u2028\ufeff𝔘") for _ in range(chance.randrange(30)))


def escaped(text: str, chance: random.Random) -> str:
    """A text in an address, escaped as a browser does or as little as can be."""
    safe = "" if chance.random() < 0.7 else "/:;,*'\"<>()[]{}|\\^`"
    return quote(text.encode("utf-8", "surrogatepass"), safe=safe)


def request_of(chance: random.Random, known: list[tuple[str, str]]) -> tuple[str, str, dict[str, Any]]:
    """A request: method, address, and what is sent."""
    method, path = chance.choice(known)
    if chance.random() < 0.05:
        method = chance.choice(("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"))
    for slot in ("{name:path}", "{name}"):
        if slot in path:
            name = chance.choice(NAMES) if chance.random() < 0.8 else odd(chance)
            path = path.replace(slot, escaped(name, chance))
    if chance.random() < 0.2:
        path += f".{chance.choice((*FORMS, 'xml', 'JSON', ''))}"
    pairs = [(chance.choice(WORDS), odd(chance)) for _ in range(chance.choice((0, 1, 1, 2, 3)))]
    if chance.random() < 0.5:
        pairs = chance.sample(GOOD, chance.randrange(4))
    query = "&".join(f"{name}={escaped(value, chance)}" for name, value in pairs)
    sent: dict[str, Any] = {}
    if method == "POST":
        fields = ("text", "published", "source", "title", "do", "field", "value", "note", "back", "token")
        body = "&".join(
            f"{name}={quote(odd(chance).encode('utf-8', 'surrogatepass'))}" for name in chance.sample(fields, 4)
        )
        sent = {"content": body.encode(), "headers": {"Content-Type": "application/x-www-form-urlencoded"}}
    return method, f"{path}?{query}" if query else path, sent


def fuzz(client: TestClient, number: int, seed: int) -> dict[int, int]:
    """Send requests; how many answers there were of each status. AssertionError where one is an error of ours."""
    import httpx2

    chance, known = random.Random(seed), routes()
    token = client.app.state.site.token  # type: ignore[attr-defined]
    counts: dict[int, int] = {}
    for _ in range(number):
        method, url, sent = request_of(chance, known)
        if "content" in sent and chance.random() < 0.5:
            sent["content"] += f"&token={token}".encode()
        try:
            answer = client.request(method, url, **sent)
        except httpx2.InvalidURL:
            continue  # no client could send it
        assert answer.status_code < 500, (method, url, sent, answer.text[-400:])
        for mark in ("<script>window", "<script>alert", "<img src"):
            assert mark not in answer.text or "text/html" not in answer.headers.get("content-type", ""), (method, url)
        counts[answer.status_code] = counts.get(answer.status_code, 0) + 1
    return counts


def test_no_request_makes_an_error_of_ours(tmp_path: Path) -> None:
    path = made_case(tmp_path / "fuzz.strife")
    with TestClient(made_app(path), base_url=HOST, follow_redirects=False, raise_server_exceptions=False) as client:
        counts = fuzz(client, FUZZED, 1)
    assert counts[200] > 100
    assert counts[400] > 100


if __name__ == "__main__":
    import sys
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        made = made_app(made_case(Path(folder) / "fuzz.strife"))
        with TestClient(made, base_url=HOST, follow_redirects=False, raise_server_exceptions=False) as one:
            print(fuzz(one, int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))  # noqa: T201
