"""The web application in a real browser: every page, wide and narrow, light and dark, and what people do there.

Screenshots of every page are left in the folder screenshots/. No page may ask for anything outside the server."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from strife.casefile import Case
from strife.views.web.query import address
from tests.web_helpers import EVIL, made_app, made_case

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SHOTS = Path(__file__).parents[1] / "screenshots"
DESK: Any = {"width": 1280, "height": 800}
PAGES = {
    "overview": "/?on=2013-06-08",
    "documents": "/documents",
    "document": "/documents/one",
    "hostile": address("documents", EVIL),
    "claims": "/claims?status=claimed&status=reported",
    "claim": "/claims/evil-claim",
    "incidents": "/incidents",
    "control": "/control?on=2013-06-07",
    "actors": "/actors",
    "actor": "/actors/toy:army",
    "voices": "/voices",
    "voice": "/voices/Ministry",
    "ledger": "/ledger",
    "ledger-voices": "/ledger?show=voices",
    "outlook": "/outlook",
    "outlook-none": "/outlook?for=Nowhere",
    "search": "/search?text=army",
    "refusal": "/claims?colour=red",
}
TEXT = "Army attacked Rebels in Nawa on 2013-06-04. Ministry denied that Rebels lost hills in Harem on 2013-06-07."
LOOKS = [(1600, "light"), (360, "dark"), (1600, "dark"), (360, "light"), (3840, "light")]


class Served:
    """A server in a thread of this process."""

    def __init__(self, path: Path | None) -> None:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.server = uvicorn.Server(uvicorn.Config(made_app(path), log_level="error"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listener]}, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    def stop(self) -> None:
        """End it."""
        self.server.should_exit = True
        self.thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this file."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install playwright")
    if CHROMIUM is None:
        pytest.skip("needs chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server over the case of these tests."""
    found = Served(made_case(tmp_path_factory.mktemp("browser") / "test.strife"))
    yield found
    found.stop()


@pytest.fixture(scope="module")
def bare() -> Iterator[Served]:
    """A server without a case."""
    found = Served(None)
    yield found
    found.stop()


@pytest.fixture
def window_of(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens windows on a server; afterwards none has logged an error or asked for anything but the server."""
    troubles: list[str] = []
    contexts: list[BrowserContext] = []

    def open_(served: Served, **options: Any) -> Page:
        context = browser.new_context(base_url=served.address, **{"viewport": DESK, **options})
        contexts.append(context)
        window = context.new_page()
        window.set_default_timeout(10_000)
        window.on("pageerror", lambda error: troubles.append(str(error)))
        window.on("console", lambda message: message.type in ("error", "warning") and troubles.append(message.text))
        context.on("request", lambda request: request.url.startswith(served.address) or troubles.append(request.url))
        return window

    yield open_
    for context in contexts:
        context.close()
    assert [one for one in troubles if "status of 40" not in one] == []


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core."""
    package = pytest.importorskip("axe_playwright_python", reason="needs axe-core: pip install axe-playwright-python")
    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def serious(window: Page, axe: str) -> list[str]:
    """What axe-core finds that keeps people out."""
    window.evaluate(axe)
    found = window.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


def claim_of(served_case: Served, window: Page, document: str) -> str:
    """The id of the first event of a document."""
    found: str = window.request.get(f"/claims.json?document={document}&type=event").json()["rows"][0]["id"]
    return found


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_looks_right(
    served: Served, window_of: Callable[..., Page], axe: str, width: int, scheme: str
) -> None:
    SHOTS.mkdir(exist_ok=True)
    window = window_of(served, viewport={"width": width, "height": 1000}, color_scheme=scheme)
    incident = window.request.get("/incidents.json?place=Nawa").json()["rows"][0]["id"]
    for name, path in {**PAGES, "incident": f"/incidents/{incident}"}.items():
        window.goto(path)
        assert window.evaluate("document.documentElement.scrollWidth") <= width, name
        assert window.evaluate("window.pwned") is None, name
        window.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
        if (width, scheme) in LOOKS[:2]:
            assert serious(window, axe) == [], name


def test_a_text_is_pasted_and_read(bare: Served, window_of: Callable[..., Page], axe: str) -> None:
    window = window_of(bare)
    window.goto("/")
    assert serious(window, axe) == []
    window.screenshot(path=SHOTS / "box.png")
    window.get_by_label("Text", exact=True).fill(TEXT)
    window.get_by_role("button", name="Read it").click()
    window.wait_for_url("**/read/*")
    assert window.locator("article").inner_text().strip() == TEXT
    assert window.locator("li.claim").count() == 2
    window.get_by_role("link", name="attacked", exact=True).hover()
    assert "Army" in window.locator("#card").inner_text()
    assert serious(window, axe) == []
    window.get_by_role("link", name="Read another text").click()
    assert window.locator("textarea").is_visible()


def test_a_file_is_dropped_and_read(bare: Served, window_of: Callable[..., Page]) -> None:
    window = window_of(bare)
    window.goto("/")
    data = window.evaluate_handle(
        "text => { const data = new DataTransfer(); data.items.add(new File([text], 'a.txt', {type: 'text/plain'})); return data; }",
        TEXT,
    )
    window.dispatch_event("#box", "drop", {"dataTransfer": data})
    window.wait_for_url("**/read/*")
    assert window.locator("li.claim").count() == 2


def test_the_example_can_be_tried(bare: Served, window_of: Callable[..., Page]) -> None:
    window = window_of(bare)
    window.goto("/")
    window.get_by_role("button", name="Try an example").click()
    assert "Harem" in window.get_by_label("Text", exact=True).input_value()
    window.keyboard.press("Control+Enter")
    window.wait_for_url("**/read/*")


def test_keys_accept_reject_correct_and_undo(served: Served, window_of: Callable[..., Page]) -> None:
    window = window_of(served)
    claim = claim_of(served, window, "one")
    window.goto(f"/documents/one#{claim}")
    acts = window.locator(f"li.claim .acts[data-claim='{claim}']")
    said = window.locator("#said")

    def press(key: str, state: str) -> None:
        window.keyboard.press(key)
        window.wait_for_function(
            "([claim, state]) => document.querySelector(`li.claim .acts[data-claim='${claim}']`)?.dataset.state === state",
            arg=[claim, state],
        )

    press("a", "accepted")
    assert "Press u to undo" in said.inner_text()
    press("x", "rejected")
    assert (
        window.evaluate("getComputedStyle(document.querySelector('li.claim.on .deed')).textDecorationLine")
        == "line-through"
    )
    press("u", "accepted")
    press("u", "")
    window.keyboard.press("u")
    assert "no decision" in said.inner_text()
    window.keyboard.press("c")
    dialog = window.locator("dialog#correct")
    assert dialog.is_visible()
    assert "attacked" in dialog.inner_text()
    dialog.get_by_label("What").select_option("where")
    dialog.get_by_label("It should be").fill("Elsewhere")
    window.screenshot(path=SHOTS / "correct.png")
    with window.expect_navigation():
        window.keyboard.press("Enter")
    acts.wait_for()
    assert acts.get_attribute("data-state") == "corrected"
    assert "Elsewhere" in window.locator(f"li.claim:has([data-claim='{claim}'])").inner_text()
    with window.expect_response("**/decide"):
        window.keyboard.press("u")


def test_buttons_in_the_card_decide_too(served: Served, window_of: Callable[..., Page]) -> None:
    window = window_of(served)
    claim = claim_of(served, window, "three")
    window.goto("/documents/three")
    window.get_by_role("link", name="attacked", exact=True).first.hover()
    with window.expect_response("**/decide"):
        window.locator("#card").get_by_role("button", name="accept").click()
    window.locator(f"li.claim .acts[data-claim='{claim}'][data-state='accepted']").wait_for(state="attached")
    with window.expect_response("**/decide"):
        window.locator("#card").get_by_role("button", name="undo").click()


def test_a_claim_leads_to_the_same_incident_elsewhere(served: Served, window_of: Callable[..., Page]) -> None:
    window = window_of(served)
    window.goto(f"/documents/one#{claim_of(served, window, 'one')}")
    entry = window.locator("li.claim.on")
    entry.locator(".told").wait_for()
    link = entry.locator(".told li a").first
    target = (link.get_attribute("href") or "").rpartition("#")[2]
    link.click()
    lit = window.locator("li.claim.on")
    lit.wait_for()
    assert lit.locator(".anchor").get_attribute("id") == target
    assert lit.locator(".record").is_visible()
    assert window.locator("article a.passage.on").first.is_visible()


def test_boxes_filter_by_type_and_by_status(served: Served, window_of: Callable[..., Page]) -> None:
    window = window_of(served)
    window.goto("/documents/two")
    count = window.locator("li.claim:visible").count()
    window.get_by_label("negated, denied").uncheck()
    assert window.locator("li.claim.denied:visible").count() == 0
    assert window.locator("li.claim:visible").count() == count - 1
    window.get_by_label("relation").uncheck()
    assert window.locator("li.claim.relation:visible").count() == 0


def test_facets_narrow_and_filters_are_taken_out(served: Served, window_of: Callable[..., Page]) -> None:
    window = window_of(served)
    window.goto("/claims")
    window.locator(".facet").get_by_role("link", name="claimed").click()
    window.locator(".facet").get_by_role("link", name="control").first.click()
    assert "status=claimed" in window.url
    assert "type=control" in window.url
    assert window.locator("ol.list > li").count() == 1
    window.get_by_role("link", name="status claimed").click()
    assert "status=claimed" not in window.url
    window.get_by_label("Place").fill("Harem")
    window.get_by_role("button", name="Show").click()
    assert "type=control" in window.url
    assert "place=Harem" in window.url


def test_a_day_is_chosen_for_control(served: Served, window_of: Callable[..., Page]) -> None:
    window = window_of(served)
    window.goto("/control")
    window.get_by_label("As of").fill("2013-06-05")
    window.get_by_role("button", name="Show").click()
    assert "2013-06-05" in window.locator("h1").inner_text()
    assert "Rebels" in window.locator("tbody").inner_text()


def test_words_are_searched(served: Served, window_of: Callable[..., Page]) -> None:
    window = window_of(served)
    window.goto("/")
    window.get_by_role("link", name="Search").click()
    window.get_by_label("Words").fill("hills")
    window.keyboard.press("Enter")
    window.wait_for_url("**text=hills**")
    assert {one.lower() for one in window.locator("mark").all_inner_texts()} == {"hills"}


def test_the_keyboard_leads_through_a_page(served: Served, window_of: Callable[..., Page]) -> None:
    window = window_of(served)
    window.goto("/claims")
    window.keyboard.press("Tab")
    assert window.evaluate("document.activeElement.textContent") == "Skip to the page"
    window.keyboard.press("Enter")
    assert window.evaluate("document.activeElement.id") == "main"
    window.goto("/documents/one")
    for _ in range(60):
        window.keyboard.press("Tab")
        if window.evaluate("document.activeElement.matches('a.passage')"):
            break
    assert window.locator("#card").is_visible()
    outlined = "getComputedStyle(document.activeElement).outlineStyle"
    assert window.evaluate(outlined) != "none"


def test_all_works_without_javascript(served: Served, window_of: Callable[..., Page]) -> None:
    window = window_of(served, java_script_enabled=False)
    window.goto("/")
    window.locator("textarea").fill(TEXT)
    window.get_by_role("button", name="Read it").click()
    assert window.locator("li.claim").count() == 2
    claim = claim_of(served, window, "two")
    window.goto(f"/documents/two#{claim}")
    entry = window.locator(f"li.claim:has([id='{claim}'])")
    assert entry.locator(".record").is_visible()
    entry.get_by_role("button", name="accept").click()
    assert window.url.endswith(f"/documents/two#{claim}")
    assert "accepted" in entry.locator(".state").inner_text()
    entry.get_by_role("button", name="undo").click()
    assert entry.locator(".state").inner_text() == ""
    entry.get_by_role("link", name="correct").click()
    assert window.get_by_label("It should be").is_visible()


def test_what_another_says_meanwhile_is_told(
    served: Served, window_of: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = window_of(served)
    window.goto(f"/documents/one#{claim_of(served, window, 'one')}")
    window.evaluate("document.getElementById('decide').elements.token.value = 'old'")
    window.keyboard.press("a")
    window.locator("#said.bad").wait_for()
    assert "load it again" in window.locator("#said").inner_text()


def test_paper_has_the_text_and_no_buttons(served: Served, window_of: Callable[..., Page]) -> None:
    window = window_of(served)
    for path in ("/documents/one", "/claims", "/control?on=2013-06-07"):
        window.goto(path)
        window.emulate_media(media="print")
        assert not window.locator("nav").first.is_visible()
        assert window.locator("button:visible").count() == 0
        window.screenshot(path=SHOTS / f"print{path.split('?')[0].replace('/', '-')}.png")


def test_two_windows_see_the_same_case(served: Served, window_of: Callable[..., Page]) -> None:
    one, other = window_of(served), window_of(served)
    path = Path(one.request.get("/.json").json()["case"]["path"])
    with Case.open(path) as case:
        claim = case.claims(document="two", type="event")[0].id
        decision = case.decide(claim, "reject", by="somebody else")
        one.goto(f"/claims/{claim}")
        assert "rejected" in one.locator("p.facts").first.inner_text()
        case.undo(decision.number, by="somebody else")
    other.goto(f"/claims/{claim}")
    assert "rejected" not in other.locator("p.facts").first.inner_text()
