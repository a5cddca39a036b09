"""What people see: the words for a claim, the groups, the table and the page, from records made by hand."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as tree
from rich.cells import cell_len

from strife.records import (
    Claim,
    Code,
    Control,
    Date,
    Document,
    Event,
    Figure,
    Frame,
    Party,
    Place,
    Reading,
    Relation,
    Span,
    Statement,
    Why,
)
from strife.views.article import LANES, Mark, paragraphs, segments
from strife.views.groups import TITLES, group_of, grouped
from strife.views.html import fragment, page
from strife.views.table import show
from strife.views.words import (
    wording,
)

TEXT = (
    "Army units captured Harem on 5 June, killing at least 25 fighters.\n\n"
    "The Harem council said that shells had hit the market. It may ask for a truce."
)
HOSTILE = (
    "Army <script>window.pwned = 1</script> units\x1b[2J\x1b]0;owned\x07 shelled \u202eemaN\u202c & 'Harem' \x9b31m"
    ' <img src=x onerror="window.pwned = 1"> at dawn\ud800.\r\nNext.'
)


def span(quote: str, text: str = TEXT) -> Span:
    start = text.index(quote)
    return Span(start=start, end=start + len(quote), quote=quote)


def party(quote: str, name: str | None = None, text: str = TEXT) -> Party:
    one = span(quote, text)
    return Party(quote=quote, start=one.start, end=one.end, name=name)


HAREM = Place(**msgspec.structs.asdict(span("Harem")), name="Ḩārim", country="SY", precision="settlement")
JUNE_5 = Date(start="2013-06-05", end="2013-06-05", precision="day", quote="5 June", basis="relative")
COUNCIL = party("The Harem council", "Harem Council")


def claim(kind: type[Any] = Event, evidence: str = "Army units captured Harem on 5 June", **fields: Any) -> Any:
    """A claim with what matters to a test; the status follows from the frame."""
    own: dict[type[Any], dict[str, Any]] = {
        Event: {"trigger": span("captured"), "code": Code(plover="COERCE", mode="seize")},
        Relation: {"predicate": "allied_with", "subject": party("Army units"), "object": COUNCIL},
        Control: {"holder": party("Army units"), "change": "gains", "where": HAREM},
        Figure: {"measure": "deaths", "of": span("fighters"), "low": 25.0, "best": None, "high": None},
        Statement: {"content": span("shells had hit the market"), "quoted": True},
    }
    frame = fields.pop("frame", Frame())
    base = {"id": f"{kind.__name__.lower()}-{frame.status}", "document": "doc", "by": "test", "status": frame.status}
    return kind(**{**base, "evidence": (span(evidence),), "frame": frame, **own[kind], **fields})


CAPTURE = claim(actors=(party("Army units", "Syrian Army"),), where=HAREM, when=JUNE_5)
CLAIMS: tuple[Claim, ...] = (
    CAPTURE,
    claim(Control),
    claim(Figure, "killing at least 25 fighters", about=CAPTURE.id),
    claim(Statement, "shells had hit the market", frame=Frame(voice=COUNCIL, cue=span("said"))),
    claim(
        Event, "It may ask for a truce", trigger=span("truce"), frame=Frame(stance="supposes", likelihood="possible")
    ),
)
READING = Reading(
    document=Document(id="doc", text=TEXT, title="Harem <falls>", published="2013-06-07", source="The Wire"),
    claims=CLAIMS,
    whys=(Why(claim=CAPTURE.id, rule="event:capture-place", cue="captured", candidates=("Ḩārim SY", "Harem NL")),),
)


def hostile(url: str = "javascript:alert(1)") -> Reading:
    """A document that would like to be obeyed."""
    evil = Party(quote="x", start=0, end=1, name='"><script>window.pwned = 1</script>')
    event = claim(evidence="Army", actors=(evil,))
    words = span(
        "Army <script>window.pwned = 1</script> units\x1b[2J\x1b]0;owned\x07 shelled \u202eemaN\u202c", HOSTILE
    )
    event = msgspec.structs.replace(event, evidence=(words,), trigger=span("shelled", HOSTILE), id='"><b>&\x1b')
    document = Document(id="</title><script>", text=HOSTILE, title="\x1b]0;x\x07<b>", url=url, source="</style>")
    return Reading(document=document, claims=(event,), whys=(Why(claim=event.id, rule="<i>", cue="\u202e"),))


# --- groups ---------------------------------------------------------------------------------------------------------

VOICED = Frame(voice=COUNCIL)


@pytest.mark.parametrize(
    ("one", "group"),
    [
        (claim(), "happened"),
        (claim(frame=VOICED), "claimed"),
        (claim(frame=Frame(voice=COUNCIL, stance="denies")), "claimed"),
        (claim(Statement), "claimed"),
        (claim(Control, frame=VOICED), "control"),
        (claim(Relation), "relations"),
        (claim(Figure, frame=VOICED), "figures"),
        (claim(Figure, frame=Frame(stance="demands")), "expected"),
        (claim(Control, frame=Frame(stance="intends")), "expected"),
        (claim(Statement, frame=Frame(stance="asks")), "expected"),
        (claim(Relation, frame=Frame(negated=True, stance="expects")), "negated"),
    ],
)
def test_every_claim_has_its_group(one: Claim, group: str) -> None:
    assert group_of(one) == group


def test_groups_keep_their_order_and_lose_nothing() -> None:
    groups = grouped(reversed(CLAIMS))
    assert [group.title for group in groups] == [
        title for title in TITLES.values() if title in {g.title for g in groups}
    ]
    assert {one.id for group in groups for one in group.claims} == {one.id for one in CLAIMS}


# --- table ----------------------------------------------------------------------------------------------------------


def test_the_table_shows_what_every_claim_says_and_rests_on() -> None:
    text = show(READING)
    assert "\x1b" not in text
    for words in ("What happened · 1", "Syrian Army → captured · Harem (SY)", "2013-06-05", "COERCE seize"):
        assert words in text
    assert "claimed by Harem" in text
    assert "possible" in text
    assert "“Army units captured Harem on 5 June”" in text
    assert "why:" not in text


def test_why_adds_rule_cue_and_candidates() -> None:
    text = " ".join(show(READING, why=True).split())
    assert "rule event:capture-place · cue “captured”" in text
    assert "Harem NL" in text


@pytest.mark.parametrize("width", [None, 24, 40, 63, 64, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    lines = show(READING, why=True, width=width).splitlines()
    assert max(map(cell_len, lines)) <= max(width or 80, 30)


def test_a_terminal_gets_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1;31mcaptured" in show(READING, width=80)


def test_the_terminal_obeys_no_document() -> None:
    text = show(hostile(), why=True)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    assert "␛[2J" in text


def test_a_document_without_claims() -> None:
    empty = Reading(document=Document(id="doc", text=""), claims=())
    assert show(empty) == "doc\nno claims\n"
    assert "no claims" in page([empty])
    assert "no claims" in fragment(empty)


# --- page -----------------------------------------------------------------------------------------------------------


def test_the_page_keeps_the_text_and_names_every_claim() -> None:
    root = tree.document_fromstring(page([READING]))
    words = " ".join(" ".join(p.text_content() for p in root.findall(".//article/p")).split())
    assert words == " ".join(TEXT.split())
    for number, one in enumerate(CLAIMS, 1):
        evidence = "".join(
            passage.text_content()
            for passage in root.iterfind(".//a[@class='passage']")
            if str(number) in passage.get("data-claims").split()
        )
        assert evidence == one.evidence[0].quote
        (entry,) = root.xpath(f"//li[@id='d1c{number}']")
        assert wording(one).does in entry.text_content()
    targets = [link.get("href")[1:] for link in root.iterfind(".//a[@href]") if link.get("href").startswith("#")]
    assert set(targets) <= {one.get("id") for one in root.iterfind(".//*[@id]")}


def test_several_readings_make_a_page_with_contents() -> None:
    root = tree.document_fromstring(page([READING, READING]))
    ids = [one.get("id") for one in root.iterfind(".//*[@id]")]
    assert len(ids) == len(set(ids))
    assert [link.get("href") for link in root.iterfind(".//nav//a")] == ["#d1", "#d2"]


def test_the_record_is_in_the_entry() -> None:
    root = tree.document_fromstring(page([READING], why=True))
    facts = root.get_element_by_id("d1c1").text_content()
    for words in ("Syrian Army", "“Army units”", "Ḩārim", "“Harem”", "PLOVER COERCE seize", "relative", "Harem NL"):
        assert words in facts
    assert "claim 1" in root.get_element_by_id("d1c3").text_content()
    assert "Harem NL" not in page([READING])


@pytest.mark.parametrize("made", [page([hostile()], why=True), fragment(hostile())], ids=["page", "fragment"])
def test_no_markup_of_a_document_survives(made: str) -> None:
    root = tree.document_fromstring(made)
    assert len(root.findall(".//script")) == ("<!doctype" in made)
    assert not root.findall(".//img")
    assert not [link for link in root.iterfind(".//a") if not link.get("href").startswith("#")]
    assert "javascript:alert(1)" in root.text_content()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", made)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("HTTP://example.org/", True),
        ("ftp://example.org/", False),
        ("data:text/html,x", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ('https://example.org/" onclick="alert(1)', False),
        ("//example.org", False),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str, linked: bool) -> None:
    links = [link.get("href") for link in tree.document_fromstring(page([hostile(url)])).iterfind(".//a")]
    assert [link for link in links if not link.startswith("#")] == ([url] if linked else [])


def test_a_fragment_needs_nothing_and_leaves_the_notebook_alone() -> None:
    made = fragment(READING)
    assert "<script" not in made
    assert READING._repr_html_() == made
    style = re.sub(r"/\*.*?\*/", "", re.search("<style>(.*?)</style>", made, re.DOTALL)[1], flags=re.DOTALL)  # type: ignore[index]
    selectors = re.findall(r"([^{};]+)\{", re.sub(r"@[^{]+\{", "", style))
    assert selectors
    assert all(
        part.strip().startswith((".strife", ":is(")) for one in selectors for part in re.split(r",(?![^(]*\))", one)
    )


def test_the_script_is_small() -> None:
    assert len((files("strife.views") / "assets" / "reading.js").read_bytes()) < 8192


def test_contrast_is_enough_in_light_and_dark() -> None:
    style = (files("strife.views") / "assets" / "reading.css").read_text(encoding="utf-8")
    blocks = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block)) for block in re.findall(r"\{[^{}]*--paper: #[^}]*\}", style)
    ]
    assert len(blocks) >= 2
    for colours in blocks[:2]:
        for ground in ("paper", "tint"):
            assert _contrast(colours["ink"], colours[ground]) >= 7
            assert _contrast(colours["soft"], colours[ground]) >= 4.5
        for ground in ("lit", "core"):
            assert _contrast(colours["ink"], colours[ground]) >= 4.5
        for line in ("event", "control", "relation", "figure", "statement"):
            assert _contrast(colours[line], colours["paper"]) >= 4.5
            assert _contrast(colours[line], colours["lit"]) >= 3


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 has it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


# --- the text in segments -------------------------------------------------------------------------------------------


@given(
    st.text("ab \n", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from("xyz")))
)
def test_segments_cover_the_text_and_every_mark(text: str, spans: list[tuple[int, int, str]]) -> None:
    marks = [
        Mark(number, min(start, end), min(max(start, end), len(text)), look)
        for number, (start, end, look) in enumerate(spans, 1)
    ]
    blocks = paragraphs(text)
    made = list(segments(blocks, marks))
    for (start, end), block in zip(blocks, made, strict=True):
        assert [one.start for one in block] + [end] == [start, *(one.end for one in block)]
        for one in block:
            inside = {mark.claim for mark in marks if mark.start <= one.start and one.end <= mark.end}
            assert set(one.claims) == inside
            looks = {mark.look for mark in marks if mark.claim in inside}
            assert {line for line in one.lines if line} == looks
    begun = [claim for block in made for one in block for claim in one.begins]
    assert len(begun) == len(set(begun))


def test_what_finds_no_lane_is_still_named() -> None:
    marks = [Mark(number, 0, 5, f"look{number}") for number in range(1, LANES + 3)]
    ((segment,),) = segments([(0, 5)], marks)
    assert len([line for line in segment.lines if line]) == LANES
    assert len(segment.claims) == LANES + 2
