"""Saved feeds and web archives -> documents."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from strife.errors import BadInput
from strife.records import Document
from strife.sources import read_sources
from strife.sources.feed import plain
from strife.sources.item import Item, Options
from strife.sources.read import read_inputs

pytest.importorskip("feedparser")
pytest.importorskip("warcio")

RSS = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>Valley News</title>
<item><guid>vn-1</guid><title>Bridge seized</title><link>http://valley.example/1</link>
<pubDate>Wed, 05 Jun 2013 22:30:00 +0300</pubDate>
<description>&lt;p&gt;Rebels seized the bridge at Harem.&lt;/p&gt;
&lt;p&gt;Nobody was hurt &amp;amp; the market opened.&lt;/p&gt;</description></item>
<item><title>Only a heading</title></item>
<item><link>http://valley.example/3</link><description>Troops left the town of Nawa on Monday.</description></item>
</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Hill Post</title><id>urn:h</id><updated>2014-01-02T00:00:00Z</updated>
<entry><id>urn:h:1</id><title>Quiet day</title><updated>2014-01-02T10:00:00Z</updated><link href="http://hill.example/1"/>
<content type="html">&lt;div&gt;The army held the hills above the town.&lt;/div&gt;</content></entry></feed>"""
PAGE = (
    "<html><head><title>Bridge seized</title></head><body><article><h1>Bridge seized</h1><p>Rebel fighters seized the bridge at"
    " Harem on Tuesday, residents of the town said, after a night of shelling that sent many families to the fields.</p><p>Troops"
    " had held the bridge since the spring, and it is the only way to the market for farmers of the valley.</p></article></body></html>"
)


def put(path: Path, text: str) -> Path:
    """Write a file."""
    path.write_text(text, encoding="utf-8")
    return path


def test_rss(tmp_path: Path) -> None:
    one, bad, three = read_sources([put(tmp_path / "news.rss", RSS)])
    assert one == Document(
        id="vn-1",
        text="Rebels seized the bridge at Harem.\n\nNobody was hurt & the market opened.",
        title="Bridge seized",
        published="2013-06-05",
        source="Valley News",
        url="http://valley.example/1",
    )
    assert isinstance(bad, BadInput)
    assert "news.rss entry 2: has no text" in str(bad)
    assert isinstance(three, Document)
    assert (three.id, three.published) == ("http://valley.example/3", None)


def test_atom_in_a_folder_beside_other_xml(tmp_path: Path) -> None:
    put(tmp_path / "hill.xml", ATOM)
    put(tmp_path / "settings.xml", "<settings><colour>red</colour></settings>")
    heard: list[str] = []
    (one,) = read_sources([tmp_path], notice=heard.append, published="2000-01-01", source="Mine")
    assert isinstance(one, Document)
    assert (one.text, one.published, one.source) == ("The army held the hills above the town.", "2014-01-02", "Mine")
    assert "settings.xml" in heard[0]
    assert "passed over" in heard[0]
    (bad,) = read_sources([tmp_path / "settings.xml"])
    assert isinstance(bad, BadInput)
    assert "no RSS or Atom feed" in str(bad)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("plain  words", "plain words"),
        ("", ""),
        ("a &lt; b", "a < b"),
        ("one<br>two", "one\n\ntwo"),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
    ],
)
def test_markup_becomes_paragraphs(markup: str, text: str) -> None:
    assert plain(markup) == text


def archive() -> bytes:
    """A web archive with two fetches of one page, a failed one and a picture."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    made = io.BytesIO()
    writer = WARCWriter(made, gzip=True)
    for address, status, kind, body in (
        ("http://valley.example/1", "200 OK", "text/html; charset=utf-8", PAGE),
        ("http://valley.example/2", "404 Not Found", "text/html", PAGE),
        ("http://valley.example/3.png", "200 OK", "image/png", "x"),
        ("http://valley.example/1", "200 OK", "text/html", PAGE.replace("Tuesday", "Monday")),
        ("http://valley.example/4", "200 OK", "text/plain", "Troops left Nawa."),
    ):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.0")
        writer.write_record(
            writer.create_warc_record(address, "response", payload=io.BytesIO(body.encode()), http_headers=headers)
        )
    return made.getvalue()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the writer leaves its buffers open
def test_web_archive(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(archive())
    heard: list[str] = []
    found = [one for _, one in read_inputs([path], Options(notice=heard.append, repeats=True))]
    documents = [one.document for one in found if isinstance(one, Item)]
    assert [one.id for one in documents] == [
        "http://valley.example/1",
        "http://valley.example/1",
        "http://valley.example/4",
    ]
    assert "on Tuesday" in documents[0].text
    assert "on Monday" in documents[1].text
    assert documents[0].published is None
    assert documents[0].url == "http://valley.example/1"
    assert "2 of 5 records are no pages" in heard[0]
    assert sum(isinstance(one, BadInput) for one in read_sources([path])) == 1  # without repeats the second is refused


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_broken_archives(tmp_path: Path) -> None:
    cut = tmp_path / "cut.warc"
    cut.write_bytes(gzip.decompress(archive())[:-40])
    nothing = put(tmp_path / "no.warc", "Rebels seized the bridge.")
    (bad,) = read_sources([nothing])
    assert isinstance(bad, BadInput)
    assert "is no web archive" in str(bad)
    assert [one for one in read_sources([cut]) if isinstance(one, Document)]
