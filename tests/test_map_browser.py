"""The map, the timeline and a brief in a real browser: marks, brush, slider, polygons; light and dark, wide and narrow."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from strife.casefile import Case
from strife.records import Code, Date, Incident, Party, Place, Told
from strife.views.brief.compose import compose
from strife.views.brief.material import Material
from strife.views.brief.page import page
from tests.test_web_browser import SHOTS, Served, axe, browser, serious, window_of  # noqa: F401 -- fixtures
from tests.web_helpers import EVIL, made_case

if TYPE_CHECKING:
    from playwright.sync_api import Page

LOOKS = [(1600, "light"), (360, "dark"), (1600, "dark"), (360, "light")]
READY = "#map[data-ready]"
SHAPE = {
    "type": "Feature",
    "properties": {"name": "<b>Zone</b>"},
    "geometry": {"type": "Polygon", "coordinates": [[[36, 35], [37, 35], [37, 36], [36, 35]]]},
}


def town(number: int, precision: str = "settlement") -> Incident:
    """One of many incidents, in a few towns over a year."""
    spot = number % 12
    day = f"2013-{number % 11 + 1:02}-{number % 27 + 1:02}"
    where = Place(
        quote=f"Town {spot}", start=0, end=0, name=EVIL if spot == 3 else f"Town {spot}", country="SY", lat=33.0 + spot * 0.3,
        lon=36.0 + (spot * 7 % 12) * 0.4, precision=precision,  # type: ignore[arg-type]
    )  # fmt: skip
    return Incident(
        id=f"made-{number:05}", code=Code(plover=("ASSAULT", "PROTEST", "CONSULT", "COERCE")[number % 4]), where=where,
        when=Date(start=day, end=day, precision="day", quote=day, basis="explicit"), status=("reported", "claimed", "disputed")[number % 3],
        sources=1, actors=(Told(party=Party(quote="Army", start=0, end=0, name="Army")),), dataset="made", row=str(number),
    )  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case of the web tests with 400 incidents more, some in a province."""
    made = made_case(tmp_path_factory.mktemp("map") / "test.strife")
    with Case.open(made) as case:
        case.imported([*map(town, range(400)), *(town(number, "province") for number in range(400, 420))])
    return made


@pytest.fixture(scope="module")
def served(path: Path) -> Iterator[Served]:
    """The server over it."""
    found = Served(path)
    yield found
    found.stop()


def opened(window: Page, address: str) -> Page:
    """A page with a map on it, once all is drawn."""
    window.goto(address)
    window.wait_for_selector(READY, state="attached", timeout=60_000)
    return window


def until(window: Page, said: str) -> None:
    """Wait until an expression holds on the page, whose policy allows no evaluation of its own."""
    for _ in range(300):
        if window.evaluate(said):
            return
        window.wait_for_timeout(50)
    pytest.fail(f"never: {said}")


def pulled(window: Page, name: str, day: str) -> None:
    """A slider drawn to a day."""
    window.locator(name).evaluate(
        "(node, day) => { node.value = Math.floor(Date.parse(day) / 864e5); node.dispatchEvent(new Event('input')); }",
        day,
    )


def in_sight(window: Page) -> int:
    """The number that the page gives."""
    return int(window.locator("#count").inner_text().split()[0].replace(",", ""))


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_it_looks_right(
    served: Served, window_of: Callable[..., Page], axe: str, path: Path, tmp_path: Path, width: int, scheme: str  # noqa: F811
) -> None:  # fmt: skip
    SHOTS.mkdir(exist_ok=True)
    window = window_of(served, viewport={"width": width, "height": 1000}, color_scheme=scheme)
    pages = {
        "map": "/map?layer=incidents",
        "map-claims": "/map?layer=claims",
        "map-control": "/map?layer=control&on=2013-06-07",
    }
    lanes = {"timeline": "/timeline", "timeline-actors": "/timeline?by=actor&layer=claims"}
    for name, address in {**pages, **lanes}.items():
        if name in pages:
            opened(window, address)
        else:
            window.goto(address)
        assert window.evaluate("document.documentElement.scrollWidth") <= width, name
        assert window.evaluate("window.pwned") is None, name
        assert "could not" not in window.locator("main").inner_text()
        window.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
        assert serious(window, axe) == [], name


@pytest.mark.parametrize(("width", "scheme"), LOOKS[:2])
def test_a_brief_looks_right(browser: object, axe: str, path: Path, tmp_path: Path, width: int, scheme: str) -> None:  # noqa: F811
    SHOTS.mkdir(exist_ok=True)
    file = tmp_path / "brief.html"
    with Case.open(path) as case:
        file.write_text(page(compose(Material(case), "Brief: test")), encoding="utf-8")
    asked: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 1000}, color_scheme=scheme, bypass_csp=True)  # type: ignore[attr-defined]
    window = context.new_page()
    window.on("request", lambda request: request.url.startswith(("file:", "data:")) or asked.append(request.url))
    window.on("console", lambda message: asked.append(message.text))
    window.goto(file.as_uri())
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    assert window.evaluate("window.pwned") is None
    window.screenshot(path=SHOTS / f"brief-{width}-{scheme}.png", full_page=True)
    assert serious(window, axe) == []
    window.locator("sup a").first.click()
    assert window.url.endswith("#note1")
    context.close()
    assert asked == []


def test_marks_are_clusters_that_open(served: Served, window_of: Callable[..., Page]) -> None:  # noqa: F811
    window = opened(window_of(served), "/map?layer=incidents&dataset=made")
    assert in_sight(window) > 300
    counts = [int(text) for text in window.locator(".mark text").all_text_contents()]
    assert sum(counts) > 300
    opened(window, "/map?layer=incidents&dataset=made&at=33,36,13")
    window.locator(".leaflet-marker-icon[title*=Town]").first.click()
    popup = window.locator(".leaflet-popup-content")
    assert popup.locator("li").count() > 5
    popup.locator("a").first.click()
    window.wait_for_url("**/incidents/made-*")


def test_a_mark_shows_its_words_by_key(served: Served, window_of: Callable[..., Page]) -> None:  # noqa: F811
    window = opened(window_of(served), "/map?layer=claims&text=bridges&at=36.2,36.5,9")
    window.locator(".leaflet-marker-icon.mark").first.focus()
    window.keyboard.press("Enter")
    popup = window.locator(".leaflet-popup-content")
    popup.wait_for()
    assert "Harem" in popup.inner_text()


def test_the_brush_narrows_map_list_and_counts_and_is_in_the_address(
    served: Served, window_of: Callable[..., Page]  # noqa: F811
) -> None:  # fmt: skip
    window = opened(window_of(served), "/map?layer=incidents&dataset=made")
    before = in_sight(window)
    pulled(window, "#from", "2013-08-01")
    until(window, "location.search.includes('since=2013-08-01')")
    assert 0 < in_sight(window) < before
    assert "2013-07" not in window.locator("#list").inner_text()
    narrowed = in_sight(window)
    address = window.url
    assert "since=2013-08-01" in window.locator(".forms a").first.get_attribute("href")  # type: ignore[operator]
    opened(window, address)
    assert in_sight(window) == narrowed
    window.locator("#all").click()
    until(window, "!location.search.includes('since=')")
    assert in_sight(window) == before


def test_the_day_of_control_can_be_drawn_back(served: Served, window_of: Callable[..., Page]) -> None:  # noqa: F811
    window = opened(window_of(served), "/map?layer=control&on=2013-06-08")
    harem = window.locator("#list li", has_text="Harem")
    assert "Rebels" in harem.inner_text()
    pulled(window, "#day", "2013-06-02")
    until(window, "location.search.includes('on=2013-06-02')")
    until(window, "!document.querySelector('#list').textContent.includes('Harem: held')")
    assert "on 2013-06-02" in window.locator("#count").inner_text()


def test_polygons_of_ones_own_are_drawn_and_bad_ones_refused(
    served: Served, window_of: Callable[..., Page], tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    window = opened(window_of(served), "/map?layer=incidents")
    window.locator(".legend-box summary").click()
    good, bad = tmp_path / "zone.geojson", tmp_path / "bad.geojson"
    good.write_text(json.dumps(SHAPE), encoding="utf-8")
    bad.write_text("{", encoding="utf-8")
    window.set_input_files("#own", good)
    until(window, "document.querySelector('#ownsaid').textContent.includes('1 shapes')")
    window.set_input_files("#own", bad)
    until(window, "document.querySelector('#ownsaid').textContent.includes('no GeoJSON')")


def test_towns_come_with_nearness_and_finer_outlines(served: Served, window_of: Callable[..., Page]) -> None:  # noqa: F811
    asked: list[str] = []
    window = window_of(served)
    window.on("request", lambda request: asked.append(request.url))
    opened(window, "/map?layer=incidents&at=36.2,37.2,8")
    until(window, "[...document.querySelectorAll('.town')].some((one) => one.textContent === 'Aleppo')")
    assert any("/map/base/" in one and "world" not in one for one in asked)
    assert window.locator(".leaflet-control-attribution").inner_text().startswith("Natural Earth")
    assert "sovereignty" in window.locator("#source").inner_text()


def test_without_a_script_there_is_a_list_and_a_picture(served: Served, window_of: Callable[..., Page]) -> None:  # noqa: F811
    window = window_of(served, java_script_enabled=False)
    window.goto("/map?layer=incidents")
    assert window.locator("#list li").count() == 30
    window.get_by_role("link", name="map as a picture").first.click()
    assert window.url.endswith(".svg?layer=incidents")
    window.goto("/timeline?layer=incidents&by=type")
    window.locator("svg.chart a").first.click()
    assert "/timeline?" in window.url or "/incidents/" in window.url
