"""Inputs made to hurt: bombs, deep nesting, endless lines. Small here; `python benchmarks/limits.py` has the large ones."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strife import unpacking
from strife.casefile import Case
from strife.casefile.check import spans_of
from strife.errors import BadInput, StrifeError
from strife.exchange.readers import read_ucdp
from strife.gazetteer.packfile import opened as pack_opened
from strife.language import bounds, normalise
from strife.language.analysis import Token
from strife.language.bounds import DEEPEST, batches
from strife.language.parse import analyse
from strife.reading import read_all
from strife.records import Document
from strife.sources.read import read_sources
from strife.unpacking import Unpacked


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small allowance, so that a small bomb is one."""
    monkeypatch.setattr(unpacking, "ALLOWANCE", 10_000)


LINE = '{"id": "%d", "text": "Rebels attacked Harem on Monday."}\n'


def zipped(path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def test_a_gzip_bomb_is_refused_and_what_came_before_is_read(tmp_path: Path, strict: None) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(LINE.encode() % 1 + b" " * 3_000_000))
    *_, last = read_sources([path])
    assert isinstance(last, BadInput)
    assert str(last).startswith(f"{path}: unpacks to more than 64 times")
    assert "unpack it first" in str(last)


def test_an_honest_gzip_file_is_read(tmp_path: Path, strict: None) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b"".join(LINE.encode() % number for number in range(2000))))
    assert len([one for one in read_sources([path]) if isinstance(one, Document)]) == 2000


def test_a_web_archive_that_is_a_bomb(tmp_path: Path, strict: None) -> None:
    size = 3_000_000
    head = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % size
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(head + b"x" * size + b"\r\n\r\n"))
    assert any("unpacks to more than" in str(one) for one in read_sources([path]))


@pytest.mark.parametrize("pack", [gzip.compress, None], ids=["gzip", "zip"])
def test_an_import_that_is_a_bomb(tmp_path: Path, strict: None, pack: Callable[[bytes], bytes] | None) -> None:
    data = b"1," * 2_000_000
    if pack is None:
        path = zipped(tmp_path / "a.zip", "a.csv", data)
    else:
        path = tmp_path / "a.csv.gz"
        path.write_bytes(pack(data))
    with pytest.raises(BadInput, match=r"a\.(zip|csv).*unpacks to more than"):
        list(read_ucdp(path))


def test_a_pack_of_places_that_is_a_bomb(tmp_path: Path, strict: None) -> None:
    path = zipped(tmp_path / "SY.zip", "SY.txt", b"1\t" * 2_000_000)
    with pytest.raises(BadInput, match="unpacks to more than"), pack_opened(path, "SY.zip") as stream:
        stream.read()


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        (".html", "<html><body>" + "<div>" * 20_000 + "Rebels fled."),
        (".html", "<html><body><p " + "a=b " * 50_000 + ">Rebels fled."),
        (".html", "<html><head><script type='application/ld+json'>" + "[" * 50_000 + "</script></head><body>"),
        (".rss", "<rss version='2.0'><channel><item><description>" + "<a>" * 5_000),
        (".rss", "<rss version='2.0'><channel><item><description>" + "&lt;div&gt;" * 5_000 + "Rebels fled."),
        (".rss", "<!DOCTYPE x [<!ENTITY a 'lol'><!ENTITY b '&a;&a;'>]><rss version='2.0'><channel><item><title>&b;"),
        (".jsonl", '{"text":' * 50_000),
        (".csv", "text," + "a," * 50_000 + "\nRebels fled."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_deep_and_wide_files_are_read_or_refused(tmp_path: Path, suffix: str, content: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text(content, encoding="utf-8")
    assert all(isinstance(one, Document | BadInput) for one in read_sources([path]))


def test_bytes_are_handed_on_as_they_are() -> None:
    data = bytes(range(256)) * 1000
    assert io.BufferedReader(Unpacked(io.BytesIO(data), len(data), "a")).read() == data


# --- texts ---------------------------------------------------------------------------------------------------------
def depth(token: Token) -> int:
    steps = 0
    while token.head is not token:
        token, steps = token.head, steps + 1
    return steps


@pytest.mark.parametrize(
    "text",
    [
        "THE REBELS ATTACKED HOMS AND THE ARMY FLED " * 150,
        "the leader of " * 600 + "Syria fled.",
        "He said that " * 600 + "they fled.",
        "the army killed " + "9" * 5000 + " people.",
        "in the year " + "9" * 5000 + " and " + "5" * 5000 + " months ago the army killed ² people in 201².",
        '"the rebels" (' * 400,
        "a-" * 3000,
        "5 June 2013 " * 300,
    ],
    ids=lambda text: text[:16],
)
def test_sentences_without_end_are_read(text: str) -> None:
    """Long chains once took time that grows with their square, or more calls than Python allows."""
    reading = next(read_all([Document(id="a", text=text)], rules_only=True))
    assert all(text[one.start : one.end] == one.quote for claim in reading.claims for one in spans_of(claim))


def test_no_tree_is_deep_and_every_token_is_in_one() -> None:
    analysis = analyse(Document(id="a", text="the leader of " * 150 + "Syria fled."))
    assert max(map(depth, analysis.tokens)) <= DEEPEST
    assert all(token in token.head.children for token in analysis.tokens if token.head is not token)


@given(st.lists(st.text(max_size=40), max_size=60), st.integers(1, 5), st.integers(1, 60))
def test_batches_keep_all_pieces_in_order(texts: list[str], pieces: int, letters: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds, "PIECES", pieces)
        patch.setattr(bounds, "LETTERS", letters)
        made = list(batches((text, number) for number, text in enumerate(texts)))
    assert [one for batch in made for one in batch] == [(text, number) for number, text in enumerate(texts)]
    assert all(len(batch) <= pieces and (len(batch) == 1 or sum(len(t) for t, _ in batch) <= letters) for batch in made)


@given(st.text(alphabet="ab .\n", max_size=300), st.integers(2, 30))
def test_pieces_of_a_paragraph_are_the_whole_of_it(text: str, longest: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(normalise, "LONGEST", longest)
        patch.setattr(normalise, "STRETCH", re.compile(rf"[^.!?\n]{{{longest},}}"))
        pieces = normalise._without_end(text, 0, len(text))
    assert "".join(text[a:b] for a, b in pieces) == text
    assert all(a <= b for a, b in pieces)


def test_words_of_which_the_tokenizer_makes_nothing(with_model: None) -> None:
    """A replacement character, as bytes of another encoding leave behind, is no piece of the model."""
    text = "Rebels attacked the \ufffd \u200b town of Harem on Monday, officials said."
    assert next(read_all([Document(id="a", text=text)])).claims


# --- found by bending files at random: python benchmarks/fuzz.py ----------------------------------------------------
WARC = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n"


@pytest.mark.parametrize(
    ("suffix", "content", "words"),
    [
        (".csv", b"text\r,id\nRebels fled.,a\n", "no row of a table"),
        (".warc", WARC, "is no web archive"),
        (".warc", WARC.replace(b": 4", b": " + b"9" * 40), "is no web archive"),
        (".rss", b"", "is no RSS or Atom feed"),
        (".rss", b"<rss version='2.0'><channel><item><description>&#xD800;", "is a broken feed"),
        (".rss", b"<rss version='2.0'><channel><item><description>&#99999999999;", "is a broken feed"),
    ],
)
def test_what_was_found_is_refused_in_words(tmp_path: Path, suffix: str, content: bytes, words: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    (bad,) = read_sources([path])
    assert isinstance(bad, BadInput)
    assert words in str(bad)
    assert str(path) in str(bad)


def test_a_feed_with_control_characters_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.rss"
    item = b"<item><description>Troops &lt;p&gt;left&lt;/p&gt; Nawa &amp;#2; &amp;lt;.\x02</description></item>"
    path.write_bytes(b"<rss version='2.0'><channel>" + item + b"</channel></rss>")
    assert [type(one) for one in read_sources([path])] == [Document]


def test_filters_and_decisions_that_are_no_text(case: Case) -> None:
    """What a shell hands over for bytes that are not UTF-8."""
    case.add([Document(id="a", text="Army attacked Rebels in Harem on 2013-07-01.")])
    claim = case.claims()[0].id
    for name in ("text", "actor", "place", "source", "document"):
        with pytest.raises(StrifeError, match="not UTF-8"):
            case.claims(**{name: "Har\udce9m"})
    with pytest.raises(StrifeError, match="not UTF-8"):
        case.decide(claim, "correct", "place", "Har\udce9m", by="Ann")
    with pytest.raises(StrifeError, match="not UTF-8"):
        case.decide(claim, "merge", value="Har\udce9m", by="Ann")
    with pytest.raises(StrifeError, match="not UTF-8"):
        case.decide(claim, "reject", by="Ann", note="\udce9")
    assert case.check() == []
