"""Files, folders, lines and tables become documents; what cannot be read says why, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
import os
from datetime import date
from pathlib import Path

import pytest

from strife.errors import BadInput
from strife.records import Document
from strife.sources import read_sources
from strife.sources.item import Item, Options, iso_date
from strife.sources.read import read_items, total_size

REPORT = (
    "Rebel fighters seized the bridge at Harem on Tuesday, residents said. "
    "The army said that its soldiers had withdrawn from the town in good order and denied losses.\n"
)
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bridge falls | The Ledger</title>
{date}<meta property="og:site_name" content="The Ledger"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Bridge falls</h1><p>Rebel fighters seized the bridge at Harem on Tuesday, residents said.</p>
<p>The army said that its soldiers had <b>withdrawn</b> in good order &amp; denied losses.</p></article>
<footer>All rights reserved. Page last built 3 March 2024.</footer></body></html>"""
DATED = '<meta property="article:published_time" content="2013-06-05T10:00:00Z">'


def put(path: Path, content: str | bytes) -> Path:
    """Write a file, its folders with it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def lines(*rows: object) -> str:
    """JSON Lines; a string is taken as it is."""
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def read_one(path: Path, **options: str) -> Document:
    """The one document in a file."""
    (document,) = read_sources([path], **options)
    assert isinstance(document, Document), document
    return document


def split(*paths: Path | str, notices: list[str] | None = None) -> tuple[list[Document], list[str]]:
    """The documents, and the messages about the rest."""
    found = list(read_sources(paths, notice=(notices if notices is not None else []).append))
    return [one for one in found if isinstance(one, Document)], [str(one) for one in found if isinstance(one, BadInput)]


def refused(path: Path) -> str:
    """The message about a file of which nothing can be read."""
    documents, errors = split(path)
    assert documents == []
    (error,) = errors
    assert error.startswith(str(path))
    return error


# Kinds of files


def test_text_is_kept_but_for_line_ends(tmp_path: Path) -> None:
    path = put(
        tmp_path / "harem.txt", b"\xef\xbb\xbfFirst line.\r\nSecond  line.\rThird \xe2\x80\x9cline\xe2\x80\x9d.\n"
    )
    document = read_one(path, published="2013-06-05", title="Harem", source="Ledger")
    assert document == Document(
        id="harem",
        text="First line.\nSecond  line.\nThird “line”.\n",
        published="2013-06-05",
        title="Harem",
        source="Ledger",
    )


def test_markdown_has_its_title_from_the_first_heading(tmp_path: Path) -> None:
    document = read_one(put(tmp_path / "a.md", "\n# The bridge #\n\n" + REPORT))
    assert (document.title, document.text) == ("The bridge", "\n# The bridge #\n\n" + REPORT)
    assert read_one(put(tmp_path / "b.md", REPORT + "\n# Later\n")).title is None


@pytest.mark.parametrize(
    ("date", "published"),
    [
        (DATED, "2013-06-05"),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2013-06-05"}</script>',
            "2013-06-05",
        ),
        ("", None),
    ],
)
def test_a_page_gives_article_title_site_and_date_only_if_found(
    tmp_path: Path, date: str, published: str | None
) -> None:
    document = read_one(put(tmp_path / "page.html", PAGE.format(date=date)))
    assert document.text.split("\n\n")[-2:] == [
        "Rebel fighters seized the bridge at Harem on Tuesday, residents said.",
        "The army said that its soldiers had withdrawn in good order & denied losses.",
    ]
    assert "Home" not in document.text
    assert (document.title, document.source, document.published) == ("Bridge falls", "The Ledger", published)


def test_a_page_with_its_date_in_the_byline(tmp_path: Path) -> None:
    page = PAGE.format(date="").replace("</h1>", '</h1><p class="byline">By A. Writer, <span>June 5, 2013</span></p>')
    assert read_one(put(tmp_path / "page.html", page)).published == "2013-06-05"


def test_what_the_caller_says_of_a_page_goes_before_what_is_found(tmp_path: Path) -> None:
    document = read_one(put(tmp_path / "page.htm", PAGE.format(date=DATED)), published="2013-06-04", source="Herald")
    assert (document.published, document.source) == ("2013-06-04", "Herald")


def test_a_page_in_its_declared_encoding(tmp_path: Path) -> None:
    page = PAGE.format(date="").replace("utf-8", "windows-1252").replace("Harem", "Hårem")
    assert "Hårem" in read_one(put(tmp_path / "page.html", page.encode("cp1252"))).text


def test_a_page_without_an_article(tmp_path: Path) -> None:
    assert "no article" in refused(put(tmp_path / "page.html", "<html><body><script>go()</script></body></html>"))


def test_json_lines(tmp_path: Path) -> None:
    rows = lines(
        {"id": "a", "text": REPORT, "published": "2013-06-05T08:00:00Z", "title": "T", "source": "S", "url": "U"},
        "",
        {"id": 7, "text": "Two\r\nlines.", "published": None},
        {"text": REPORT},
    )
    for path in (put(tmp_path / "x.jsonl", rows), put(tmp_path / "x.jsonl.gz", gzip.compress(rows.encode()))):
        assert list(read_sources([path], source="Wire")) == [
            Document(id="a", text=REPORT, published="2013-06-05", title="T", source="S", url="U"),
            Document(id="7", text="Two\r\nlines.", source="Wire"),
            Document(id="x:4", text=REPORT, source="Wire"),
        ]


def test_json_lines_stream(tmp_path: Path) -> None:
    path = put(tmp_path / "x.jsonl", lines({"id": "a", "text": REPORT}, "not JSON"))
    stream = read_sources([path])
    assert isinstance(next(stream), Document)


def test_spans_asked_about(tmp_path: Path) -> None:
    rows = lines(
        {"id": "a", "text": REPORT, "mentions": [[0, 5], [6, 14]]},
        {"id": "b", "text": REPORT, "mentions": []},
        {"id": "c", "text": REPORT},
        {"id": "d", "text": REPORT, "mentions": [[5, 5]]},
        {"id": "e", "text": REPORT, "mentions": [[0, 9999]]},
        {"id": "f", "text": REPORT, "mentions": ["Harem"]},
    )
    items = list(read_items([put(tmp_path / "x.jsonl", rows)], Options()))
    assert [item.mentions for item in items if isinstance(item, Item)] == [((0, 5), (6, 14)), (), None]
    assert all("mentions" in str(item) for item in items[3:])


@pytest.mark.parametrize(("suffix", "mark"), [(".csv", ","), (".csv", ";"), (".tsv", "\t")])
def test_tables(tmp_path: Path, suffix: str, mark: str) -> None:
    rows = [
        ["id", "text", "published"],
        ["a", '"Harem, fell.\nIt ""burned""."', "2013-06-05"],
        ["", REPORT.strip(), ""],
    ]
    if mark == ",":
        rows[2][1] = f'"{rows[2][1]}"'
    path = put(tmp_path / f"t{suffix}", "\r\n".join(mark.join(row) for row in rows))
    assert list(read_sources([path])) == [
        Document(id="a", text='Harem, fell.\nIt "burned".', published="2013-06-05"),
        Document(id="t:3", text=REPORT.strip()),
    ]


def test_columns_of_other_names(tmp_path: Path) -> None:
    path = put(tmp_path / "t.csv", "Body,When\nHarem fell.,2013-06-05\n")
    assert list(read_sources([path], columns={"text": "Body", "published": "When"})) == [
        Document(id="t:2", text="Harem fell.", published="2013-06-05")
    ]
    message = refused(path)
    assert "no column 'text'" in message
    assert "Body, When" in message
    assert "--text-column" in message


def test_a_cell_longer_than_the_usual_limit(tmp_path: Path) -> None:
    assert len(read_one(put(tmp_path / "t.csv", 'text\n"' + REPORT * 2000 + '"\n')).text) > 200_000


def test_folders_are_searched_in_order(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a/three.txt", "a/one.md", ".git/x.txt", "c.pdf", "B.TXT"):
        put(tmp_path / name, REPORT)
    notices: list[str] = []
    documents, errors = split(tmp_path, notices=notices)
    assert [document.id for document in documents] == ["B", "one", "three", "two"]
    assert errors == []
    assert "1 files of other kinds" in notices[0]


def test_ids_where_stems_collide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("x/a.txt", "x/deep/a.txt", "x/b.txt", "y/a.txt"):
        put(tmp_path / name, REPORT)
    monkeypatch.chdir(tmp_path)
    documents, _ = split("x", "y")
    assert [document.id for document in documents] == ["x/a.txt", "b", "deep/a.txt", "y/a.txt"]


def test_standard_input_is_text_a_page_or_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, expected in (
        (REPORT, [("stdin", REPORT)]),
        ("\ufeff" + lines({"id": "a", "text": REPORT}), [("a", REPORT)]),
        ("<!DOCTYPE html>" + PAGE.format(date=""), [("stdin", None)]),
    ):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
        documents, errors = split("-")
        assert errors == []
        assert [
            (one.id, one.text if text else None) for one, (_, text) in zip(documents, expected, strict=True)
        ] == expected


def test_a_named_pipe_is_a_stream(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.write(write, REPORT.encode())
    os.close(write)
    (document,) = read_sources([f"/dev/fd/{read}"])
    os.close(read)
    assert isinstance(document, Document)
    assert document.text == REPORT


def test_size_of_what_will_be_read(tmp_path: Path) -> None:
    plain = put(tmp_path / "a.txt", REPORT)
    assert total_size([plain]) == len(REPORT)
    assert total_size([plain, "-"]) is None


@pytest.mark.parametrize(("text", "day"), [("2013-06-05", "2013-06-05"), (" 2013-06-05T23:00:00+02:00", "2013-06-05")])
def test_iso_dates(text: str, day: str) -> None:
    assert iso_date(text) == day


@pytest.mark.parametrize("text", ["", "2013", "2013-06", "05/06/2013", "2013-13-01", "June"])
def test_what_is_no_iso_date(text: str) -> None:
    with pytest.raises(ValueError):
        iso_date(text)


def test_parquet_is_read_row_by_row(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    text = "The army seized the village on Monday, and the farmers who live there fled to the town."
    rows = {
        "id": ["a", None, "c"],
        "body": [text, text + " They came back.", None],
        "published": [date(2013, 6, 5), None, None],
        "n": [1, 2, 3],
    }
    pq.write_table(pa.table(rows), tmp_path / "x.parquet")
    found = list(read_sources([tmp_path / "x.parquet"], columns={"text": "body"}))
    first, second, third = found
    assert (first.id, first.published, first.text) == ("a", "2013-06-05", text)
    assert (second.id, second.published) == ("x:2", None)
    assert isinstance(third, BadInput)
    assert 'row 3: no "body"' in str(third)
    (tmp_path / "y.parquet").write_bytes(b"PAR1 or so")
    (broken,) = read_sources([tmp_path / "y.parquet"])
    assert "is no Parquet file" in str(broken)
