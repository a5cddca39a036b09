"""The page in a real browser: Debian's chromium, driven by playwright. Without either the tests are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from strife.records import STATUS_OF, Code, Control, Document, Event, Figure, Frame, Party, Place, Reading, Span
from strife.views.html import fragment, page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
STYLES = {
    "reported": "solid",
    "claimed": "double",
    "expected": "dashed",
    "intended": "dashed",
    "demanded": "dashed",
    "possible": "dotted",
    "conditional": "dotted",
    "asked": "dotted",
    "negated": "wavy",
    "denied": "wavy",
}
FIRST = "Government troops took Harem, killing 25 militiamen"
COUNCIL = Party(quote="council", start=4, end=11, name="Harem Council")


def frame_of(status: str) -> Frame:
    """A frame with that status."""
    if status == "negated":
        return Frame(negated=True)
    stances: dict[str, Any] = {name: stance for stance, name in STATUS_OF.items()}
    return Frame(voice=COUNCIL if status in ("claimed", "denied") else "author", stance=stances.get(status, "asserts"))


def made_reading(name: str = "harem", copies: int = 1) -> Reading:
    """A reading with three claims on one sentence, then a sentence for each status."""
    parts, claims = [f"{FIRST}.\n"], []
    text = parts[0]

    def span(quote: str, after: int = 0) -> Span:
        start = text.index(quote, after)
        return Span(start=start, end=start + len(quote), quote=quote)

    base: dict[str, Any] = {"document": name, "by": "test"}
    taking: dict[str, Any] = {**base, "evidence": (span(FIRST),), "frame": Frame(), "status": "reported"}
    troops = Party(quote="Government troops", start=0, end=17, name="Syrian Army")
    place = Place(quote="Harem", start=23, end=28, name="Ḩārim", country="SY", precision="settlement")
    seize = Code(plover="COERCE", mode="seize")
    claims += [
        Event(**taking, id="event-0", trigger=span("took"), code=seize, actors=(troops,), where=place),
        Control(**taking, id="control-0", holder=troops, change="gains", where=place),
    ]
    count: dict[str, Any] = {**taking, "evidence": (span("killing 25 militiamen"),)}
    claims.append(Figure(**count, id="figure-0", measure="deaths", of=span("militiamen"), low=25, best=25, high=25))
    for number, status in enumerate(list(STYLES) * copies):
        start = len(text)
        text += f"\nThe council of town {number} shelled a village, which is {status}.\n"
        frame = frame_of(status)
        evidence = (span(f"council of town {number} shelled a village", start),)
        fields: dict[str, Any] = {**base, "evidence": evidence, "frame": frame, "status": frame.status}
        code = Code(plover="ASSAULT", mode="heavy-weapons")
        claims.append(Event(**fields, id=f"event-{number + 1}", trigger=span("shelled", start), code=code))
    document = Document(id=name, text=text, title="Harem falls", published="2013-06-07", url="https://example.org/a")
    return Reading(document=document, claims=tuple(claims))


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


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens HTML in a fresh window; afterwards it has neither logged an error nor asked for anything else."""
    troubles: list[str] = []
    contexts = []

    def open_(made: str, anchor: str = "", **options: Any) -> Page:
        file = tmp_path / "page.html"
        file.write_text(made, encoding="utf-8")
        address = file.as_uri() + anchor
        contexts.append(browser.new_context(**{"viewport": DESK, **options}))
        window: Page = contexts[-1].new_page()
        window.on("console", lambda message: troubles.append(message.text))
        window.on("pageerror", lambda error: troubles.append(str(error)))
        window.on("request", lambda request: request.url in (address, file.as_uri()) or troubles.append(request.url))
        window.goto(address)
        return window

    yield open_
    for context in contexts:
        context.close()
    assert [one for one in troubles if not one.startswith("data:image/svg+xml")] == []


def style(window: Page, selector: str, name: str) -> str:
    """A computed style of the first element that fits."""
    found: str = window.locator(selector).first.evaluate("(node, name) => getComputedStyle(node)[name]", name)
    return found


def test_hovering_shows_the_record_and_lights_the_entry(opened: Callable[..., Page]) -> None:
    window = opened(page([made_reading()]))
    card = window.locator("#card")
    assert not card.is_visible()
    window.get_by_role("link", name="took", exact=True).hover()
    assert card.is_visible()
    assert "Syrian Army" in card.inner_text()
    assert "PLOVER COERCE seize" in card.inner_text()
    assert "2 claims here" in card.inner_text()
    assert "on" in (window.locator("#d1c1").get_attribute("class") or "").split()
    assert "".join(window.locator("a.passage.on").all_inner_texts()) == FIRST
    assert window.locator("a.passage.core").all_inner_texts() == ["took "]
    card.hover()
    window.wait_for_timeout(300)
    assert card.is_visible()
    window.mouse.move(2, 2)
    card.wait_for(state="hidden")


def test_the_keyboard_reaches_the_record(opened: Callable[..., Page]) -> None:
    window = opened(page([made_reading()]))
    window.locator("a.passage").first.focus()
    window.keyboard.press("Tab")
    window.keyboard.press("Shift+Tab")
    card = window.locator("#card")
    assert card.is_visible()
    assert window.evaluate("document.activeElement.getAttribute('aria-describedby')") == "card"
    window.keyboard.press("Enter")
    first = card.inner_text()
    window.keyboard.press("Enter")
    assert card.inner_text() != first
    assert window.locator("li.claim.on").get_attribute("id") == "d1c2"
    window.keyboard.press("Escape")
    assert not card.is_visible()
    assert window.locator(".on").count() == 0


def test_every_claim_can_be_tabbed_to(opened: Callable[..., Page]) -> None:
    window = opened(page([made_reading()]))
    seen = set()
    for _ in range(60):
        window.keyboard.press("Tab")
        seen |= set(window.evaluate("(document.activeElement.dataset.n || '').split(' ')"))
    assert {str(number) for number in range(1, 14)} <= seen


def test_text_and_list_keep_in_step(opened: Callable[..., Page]) -> None:
    window = opened(page([made_reading(copies=12)]))
    window.locator("a.passage[data-n='103']").click()
    entry = window.locator("#d1c103")
    assert "on" in (entry.get_attribute("class") or "").split()
    box = entry.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < DESK["height"]
    window.keyboard.press("Escape")
    window.locator("#d1c40 summary").click()
    assert window.locator("#d1c40 .record").is_visible()
    passages = window.locator("a.passage.on")
    assert passages.count() == 3
    box = passages.first.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < DESK["height"]


@pytest.mark.parametrize("media", ["screen", "print"])
def test_every_status_has_its_line(opened: Callable[..., Page], media: Any) -> None:
    window = opened(page([made_reading()]))
    window.emulate_media(media=media)
    for status, line in STYLES.items():
        assert style(window, f"article u.event.{status}", "textDecorationStyle") == line
        assert style(window, f"article u.event.{status}", "textDecorationLine") == "underline"
    colours = {style(window, f"article u.{kind}", "textDecorationColor") for kind in ("event", "control", "figure")}
    assert len(colours) == 3


def test_paper_has_numbers_in_place_of_the_card(opened: Callable[..., Page]) -> None:
    window = opened(page([made_reading()]))
    number = "node => getComputedStyle(node, '::before').content"
    passage = window.locator("a.passage[data-n='1 2']")
    assert passage.evaluate(number) == "none"
    window.emulate_media(media="print")
    assert "1 2" in passage.evaluate(number)
    assert window.locator("#d1c1 .number").inner_text() == "1"


def test_overlapping_claims_have_lines_of_their_own(opened: Callable[..., Page]) -> None:
    window = opened(page([made_reading()]))
    lines = window.locator("a.passage", has_text="militiamen").locator("u")
    offsets = lines.evaluate_all("nodes => nodes.map(node => getComputedStyle(node).textUnderlineOffset)")
    assert len(offsets) == 3
    assert len(set(offsets)) == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 414, 768, 1024, 1600])
def test_nothing_scrolls_sideways(opened: Callable[..., Page], width: int, scheme: Any) -> None:
    reading = made_reading("a-very-long-name-" * 20)
    window = opened(page([reading, made_reading()]), viewport={"width": width, "height": 740}, color_scheme=scheme)
    for one in window.locator("summary").all()[:3]:
        one.click()
    assert window.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_card_lies_at_the_foot(opened: Callable[..., Page]) -> None:
    window = opened(page([made_reading()]), viewport=PHONE, has_touch=True)
    window.locator("a.passage[data-n='8']").tap()
    card, passage = window.locator("#card").bounding_box(), window.locator("a.passage[data-n='8']").bounding_box()
    assert card is not None
    assert passage is not None
    assert card["x"] == 0
    assert card["width"] == PHONE["width"]
    assert card["y"] + card["height"] == pytest.approx(PHONE["height"], abs=1)
    assert passage["y"] + passage["height"] <= card["y"]


def test_dark_and_light_differ(opened: Callable[..., Page]) -> None:
    light = style(opened(page([made_reading()]), color_scheme="light"), ".strife", "backgroundColor")
    dark = style(opened(page([made_reading()]), color_scheme="dark"), ".strife", "backgroundColor")
    assert light != dark


def test_without_javascript_the_links_lead_to_the_records(opened: Callable[..., Page]) -> None:
    window = opened(page([made_reading()]), java_script_enabled=False)
    passage = window.get_by_role("link", name="took", exact=True)
    assert "Syrian Army → took · Harem (SY) · COERCE seize" in (passage.get_attribute("title") or "")
    passage.click()
    assert window.url.endswith("#d1c1")
    assert window.locator("#d1c1").is_visible()
    assert window.locator("#d1c1 .record").is_visible()
    window.locator("#d1c3 summary").click()
    assert window.locator("#d1c3 .record").is_visible()


def test_an_address_opens_its_claim(opened: Callable[..., Page]) -> None:
    window = opened(page([made_reading()]), anchor="#d1c5")
    assert window.locator("#d1c5 details").get_attribute("open") is not None


def test_the_boxes_hide_a_type(opened: Callable[..., Page]) -> None:
    window = opened(page([made_reading()]))
    assert window.locator("#d1c3").is_visible()
    window.get_by_label("figure").uncheck()
    assert not window.locator("#d1c3").is_visible()
    assert style(window, "article u.figure", "textDecorationColor") == "rgba(0, 0, 0, 0)"
    assert window.locator("#d1c2").is_visible()


def test_a_hostile_document_does_nothing(opened: Callable[..., Page]) -> None:
    evil = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>\u202e"><svg onload="window.pwned=1">'
    span = Span(start=0, end=len(evil), quote=evil)
    party = Party(quote=evil, start=0, end=len(evil), name=evil)
    event = Event(
        id=evil,
        document=evil,
        evidence=(span,),
        frame=Frame(voice=party),
        status="claimed",
        by=evil,
        trigger=span,
        code=Code(plover="ASSAULT", mode=evil),
        actors=(party,),
    )
    document = Document(id=evil, text=evil, title=evil, source=evil, url="javascript:window.pwned=1", published=evil)
    window = opened(page([Reading(document=document, claims=(event,))], why=True))
    window.locator("a.passage").first.hover()
    window.locator("summary").first.click()
    assert window.evaluate("window.pwned") is None
    assert window.locator("img, svg, article script, aside script").count() == 0
    assert window.locator("a[href^='javascript']").count() == 0


def test_a_fragment_changes_nothing_around_it(opened: Callable[..., Page]) -> None:
    around = '<!doctype html><meta charset="utf-8"><h1 id="h">Notebook</h1><p id="p"><u>before</u></p>'
    bare, both = opened(around), opened(around + fragment(made_reading()))
    for selector in ("#h", "#p", "#p u", "body"):
        for name in ("color", "fontFamily", "fontSize", "margin", "textDecoration", "backgroundColor"):
            assert style(both, selector, name) == style(bare, selector, name)
    assert style(both, ".strife article u.event.claimed", "textDecorationStyle") == "double"
    assert both.evaluate("document.documentElement.scrollWidth") <= DESK["width"]
