"""The charts: well-formed whatever the names, the same every time, and readable without colour."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strife.views.svg.atlas import Held, Pin, atlas
from strife.views.svg.axis import Days, nice
from strife.views.svg.bars import Bar, Month, bars, months
from strife.views.svg.basemap import Box, base_map
from strife.views.svg.fan import Ahead, fan
from strife.views.svg.frame import exported, style
from strife.views.svg.lanes import Lane, Moment, lanes
from strife.views.svg.look import FAMILIES, FAMILY_OF, FILLINGS, form
from strife.views.svg.mark import el, esc, lines, words
from strife.views.svg.network import Tie, network
from strife.views.svg.outline import decoded, encoded
from strife.views.svg.ranges import Range, ranges, told
from strife.views.svg.strip import Stretch, Strip, strips

SVG = "{http://www.w3.org/2000/svg}"
EVIL = "\"><img src=x onerror=alert(1)>\u202e<script>alert(1)</script>\x00\ufffe\ud800 & 'x' ]]>"
DAY = date(2013, 6, 5)
QUANTILES = {0.05: 1.0, 0.1: 2.0, 0.25: 4.0, 0.5: 7.0, 0.75: 11.0, 0.9: 20.0, 0.95: 40.0}


def every(name: str) -> dict[str, str]:
    """Each chart with this name wherever a name can stand."""
    moments = [
        Moment("a", DAY + timedelta(days=number * 9), DAY + timedelta(days=number * 10), family, filling, name, name)
        for number, (family, filling) in enumerate((family, filling) for family in FAMILIES for filling in FILLINGS)
    ]
    pin = Pin(36.2, 37.16, "settlement", name, "violence", "solid", name, name)
    rough = [Pin(35.5, 38.0, one, name, "words", "open", name) for one in ("province", "country", "region", "district")]
    held = [Held(36.2, 37.16, name, (name, "B"), "contested", name, name), Held(33.5, 36.3, "D", ("B",), "held", name)]
    stretches = (Stretch(DAY, DAY + timedelta(days=90), name, "contested", name, name),)
    return {
        "bars": bars([Bar(name, 3, name, name), Bar("b", 0)], title=name, unit=name),
        "months": months([Month("2013-06", 4, name), Month(name, 2)], title=name, unit=name, norm=2.5),
        "lanes": lanes([Lane("a", name, name)], moments, title=name, more="/timeline?a={lane}&since={since}&until={until}"),
        "network": network([Tie(name, "b", 1, 3, name, name), Tie("b", name, -1, 1, name)], title=name, middle=name),
        "atlas": atlas([pin, pin, *rough], held, title=name),
        "ranges": ranges([Range(name, 1, None, None, name), Range("b", None, 3, None, strong=True)], title=name, unit=name),
        "strips": strips([Strip(name, stretches, name)], title=name),
        "fan": fan([(name, 3.0), ("2013-02", 9.0)], [Ahead(name, QUANTILES, QUANTILES)], title=name, unit=name),
    }  # fmt: skip


@pytest.mark.parametrize("kind", list(every("x")))
def test_hostile_names_stay_text(kind: str) -> None:
    svg = every(EVIL)[kind]
    tree = ElementTree.fromstring(svg)
    tags = {element.tag for element in tree.iter()}
    allowed = {f"{SVG}{name}" for name in ("svg", "g", "a", "title", "desc", "path", "rect", "circle", "text")}
    assert tags <= allowed
    for element in tree.iter():
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
    assert tree[0].tag == f"{SVG}title"
    assert "<img" in (tree[0].text or "")
    assert "\u202e" not in svg


@given(st.text(max_size=40))
def test_any_text_is_well_formed(text: str) -> None:
    for svg in (el("text", text, class_=text), words(0, 0, text, room=50), lines(0, 0, text, room=90)[0], esc(text)):
        ElementTree.fromstring(f"<svg>{svg}</svg>")
    ElementTree.fromstring(str(network([Tie(text, "x", 1, 1, text)], title=text)))
    ElementTree.fromstring(str(bars([Bar(text, 1)], title=text)))


@pytest.mark.parametrize("kind", list(every("x")))
def test_a_chart_tells_what_it_shows_and_is_the_same_every_time(kind: str) -> None:
    svg = every("Harem")[kind]
    assert svg == every("Harem")[kind]
    tree = ElementTree.fromstring(svg)
    assert [tree[0].tag, tree[1].tag] == [f"{SVG}title", f"{SVG}desc"]
    assert tree[1].text
    assert tree.get("role") == ("group" if tree.find(f".//{SVG}a") is not None else "img")
    assert "id=" not in svg  # several charts stand on one page
    assert not re.search(r"NaN|inf|None", svg)


def test_an_exported_chart_is_a_file_by_itself() -> None:
    file = exported(every("Harem")["ranges"])
    tree = ElementTree.fromstring(file)
    assert file.startswith("<?xml")
    assert tree.findtext(f"{SVG}style") == style()
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", file)


EMPTY: list[Callable[[], str]] = [
    lambda: bars([], title="t"),
    lambda: months([], title="t"),
    lambda: lanes([Lane("a", "A")], [], title="t"),
    lambda: network([], title="t"),
    lambda: atlas([], title="t"),
    lambda: ranges([Range("a", None, None, None)], title="t"),
    lambda: strips([Strip("a", ())], title="t"),
    lambda: fan([], [], title="t"),
]


@pytest.mark.parametrize("made", EMPTY)
def test_nothing_to_show_says_so(made: Callable[[], str]) -> None:
    tree = ElementTree.fromstring(made())
    assert tree[1].text == tree.findtext(f"{SVG}text")


def test_forms_and_fillings_differ_without_colour() -> None:
    def shape(family: str, filling: str) -> str:
        drawn = form(10, 10, family, filling)  # type: ignore[arg-type]
        return re.sub(r' (class|color)="[^"]*"', "", drawn)

    assert len({shape(family, "solid") for family in FAMILIES}) == len(FAMILIES)
    assert len({shape("violence", filling) for filling in FILLINGS}) == len(FILLINGS)
    assert set(FAMILY_OF.values()) <= set(FAMILIES)


def test_golden_form() -> None:
    assert form(10, 10, "violence", "dot", 5) == (
        '<g class="violence" color="#b3261e"><circle cx="10" cy="10" r="5" stroke="currentColor" stroke-width="1.5" class="form"'
        ' fill="none"/><circle cx="10" cy="10" r="1.8" fill="currentColor"/></g>'
    )


@pytest.mark.parametrize(
    ("low", "best", "high", "expected"),
    [
        (25, 25, 25, "25"),
        (25, 25, None, "at least 25"),
        (None, 30, 30, "at most 30"),
        (20, 25, 30, "20 to 30 (best 25)"),
        (20, None, 30, "20 to 30"),
        (None, 1500, None, "about 1,500"),
    ],
)
def test_ranges_in_words(low: float | None, best: float | None, high: float | None, expected: str) -> None:
    assert told(Range("x", low, best, high)) == expected


@given(st.dates(date(1900, 1, 1)), st.integers(0, 40_000))
def test_ticks_lie_within_and_are_not_crowded(first: date, days: int) -> None:
    last = date.fromordinal(min(first.toordinal() + days, date.max.toordinal()))
    axis = Days(first, last, 0, 500)
    ticks = [day for day, _ in axis.ticks()]
    assert all(first <= day <= last for day in ticks)
    assert len(ticks) <= 19
    assert ticks == sorted(set(ticks))


@given(st.floats(0, 1e12))
def test_nice_is_round_and_not_below(value: float) -> None:
    found = nice(value)
    assert found >= value * 0.999
    assert str(found).rstrip("0") in {"1", "2", "5"}


@given(st.lists(st.tuples(st.integers(-80_000, 80_000), st.integers(-40_000, 40_000))))
def test_outlines_come_back(points: list[tuple[int, int]]) -> None:
    text = encoded(points)
    assert decoded(text) == points
    assert not set(text) & set("\"\\<>&'")


@pytest.mark.parametrize(
    ("lat", "lon", "country", "division"),
    [
        (36.2, 37.16, "SY", "Aleppo"),
        (15.6, 32.5, "SD", "Khartoum"),
        (50.45, 30.52, "UA", "Kiev City"),
        (13.48, 39.47, "ET", "Tigray"),
        (6.25, -75.57, "CO", "Antioquia"),
        (0.0, -30.0, None, None),
    ],
)
def test_points_lie_in_their_division(lat: float, lon: float, country: str | None, division: str | None) -> None:
    area = base_map("fine").division_at(lat, lon)
    assert (area.country if area else None, area.name if area else None) == (country, division)


def test_the_base_map_is_whole() -> None:
    world = Box(-180, -90, 180, 90)
    for level in ("coarse", "fine"):
        areas = list(base_map(level).countries(world))
        assert {"SY", "LY", "UA", "SS", "XK", "PS", "ET", "CO", "MM"} <= {area.country for area in areas}
        assert all(len(ring) > 3 and ring[0] == ring[-1] for area in areas for ring in area.rings)
        assert "Natural Earth" in base_map(level).source
        assert list(base_map(level).disputed(world))
    assert base_map("coarse").country("sy") is not None
    assert base_map("coarse").country("ZZ") is None


def test_a_rough_place_is_an_area_and_no_pin_of_its_own() -> None:
    def drawn(precision: str) -> ElementTree.Element:
        pin = Pin(36.2, 37.16, precision, "Aleppo", "violence", "solid", "shelled")  # type: ignore[arg-type]
        return ElementTree.fromstring(str(atlas([pin], title="t")))

    areas = {
        name: drawn(name).findall(".//*[@class='axis area']") for name in ("point", "settlement", "province", "country")
    }
    assert [len(found) for found in areas.values()] == [0, 0, 1, 1]
    assert "Aleppo" in "".join(areas["province"][0].itertext())
    assert "Syria" in "".join(areas["country"][0].itertext())
