"""What cannot be read says which file, which place and what to do, and the rest goes on."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strife.errors import BadInput, NotEnglish
from strife.records import Document
from strife.sources import read_sources
from strife.sources.english import other_language
from strife.sources.item import BYTES_LIMIT, TEXT_LIMIT, without_surrogates

REPORT = (
    "Rebel fighters seized the bridge at Harem on Tuesday, residents said. "
    "The army said that its soldiers had withdrawn from the town in good order and denied losses.\n"
)
OTHERS = {
    "fr": "Les combattants ont pris le pont mardi matin, selon des habitants de la ville. L'armée affirme que ses "
    "soldats se sont retirés en bon ordre et nie toute perte dans les combats.",
    "es": "Los combatientes tomaron el puente el martes por la mañana, según los vecinos de la ciudad. El ejército "
    "afirma que sus soldados se retiraron en orden y niega haber sufrido bajas.",
    "de": "Die Kämpfer haben die Brücke am Dienstag eingenommen, wie Bewohner der Stadt berichten. Die Armee erklärte, "
    "ihre Soldaten hätten sich geordnet zurückgezogen, und bestreitet Verluste.",
    "ru": "Боевики захватили мост во вторник утром, сообщили жители города. Армия заявила, что солдаты отошли в полном "
    "порядке, и отрицает потери в этих боях.",
    "ar": "سيطر المقاتلون على الجسر صباح الثلاثاء كما قال سكان المدينة "
    "وقال الجيش إن جنوده انسحبوا بانتظام ونفى وقوع خسائر",
    "zh": "居民称，武装人员星期二上午占领了大桥。军队表示其士兵已有序撤离该镇，并否认在战斗中有任何损失。",
}


def put(path: Path, content: str | bytes) -> Path:
    """Write a file, its folders with it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def lines(*rows: object) -> str:
    """JSON Lines; a string is taken as it is."""
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


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


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl", "a.csv"])
def test_empty_files(tmp_path: Path, name: str) -> None:
    assert "is empty" in refused(put(tmp_path / name, ""))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl"])
def test_blank_files(tmp_path: Path, name: str) -> None:
    assert "is empty" in refused(put(tmp_path / name, " \n\n\t \n"))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        (b"PK\x03\x04" + bytes(100), "docx"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x00" * 500, "binary"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.csv", "noname"])
def test_what_is_no_text(tmp_path: Path, data: bytes, kind: str, name: str) -> None:
    message = refused(put(tmp_path / name, data))
    assert kind in message
    assert "plain text" in message


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-32"])
def test_other_encodings_are_read_with_a_notice(tmp_path: Path, encoding: str) -> None:
    text = "The café owner said: “We’re leaving the town”, and the people left. " * 3
    notices: list[str] = []
    documents, errors = split(put(tmp_path / "a.txt", text.encode(encoding)), notices=notices)
    assert errors == []
    assert documents[0].text == text
    assert len(notices) == 1
    assert "not UTF-8" in notices[0]


def test_one_line_that_is_not_utf8_leaves_the_others_alone(tmp_path: Path) -> None:
    good, bad = ({"id": key, "text": f"The café “Ömer” in the town was {key}."} for key in ("hit", "burned"))
    data = [json.dumps(row, ensure_ascii=False) for row in (good, bad)]
    notices: list[str] = []
    path = put(tmp_path / "a.jsonl", data[0].encode() + b"\n" + data[1].encode("cp1252") + b"\n")
    documents, errors = split(path, notices=notices)
    assert errors == []
    assert [document.text for document in documents] == [good["text"], bad["text"]]
    assert "line 2: not UTF-8, read as cp1252" in notices[0]


def test_lines_in_utf16(tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", lines({"id": "a", "text": REPORT}).encode("utf-16"))
    assert split(path)[0][0].text == REPORT


@pytest.mark.parametrize("code", OTHERS)
def test_other_languages_are_named(tmp_path: Path, code: str) -> None:
    (error,) = read_sources([put(tmp_path / "a.txt", OTHERS[code])])
    assert isinstance(error, NotEnglish)
    assert f"({code})" in str(error)
    assert "translate" in str(error)


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        REPORT.upper(),
        REPORT.lower(),
        "Halep ve Humus.",
        "123",
        "Les forces ont pris la ville.",
        "Abu Kamal: 3 killed. Deir Hafir: 2 killed. Tal Rifaat: 7 injured. Maarat Misrin: 1 killed. Kafr Nabl: 4 hurt.",
        "The statement, in full: "
        + OTHERS["fr"][:60]
        + " The spokesman for the rebels said that they would not accept it.",
    ],
)
def test_english_short_and_strange_texts_pass(text: str) -> None:
    assert other_language(text) is None


def test_other_languages_in_capitals() -> None:
    assert other_language(OTHERS["es"].upper()) == "es"


def test_a_text_over_the_limit(tmp_path: Path) -> None:
    message = refused(put(tmp_path / "a.txt", "word " * (TEXT_LIMIT // 5 + 1)))
    assert f"the limit is {TEXT_LIMIT:,}" in message


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)  # sparse: takes no room
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("was read"))
    assert f"the limit is {BYTES_LIMIT:,}" in refused(path)


def test_a_line_over_the_limit_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w") as file:
        file.write('{"id": "long", "text": "')
        for _ in range(50):
            file.write("word " * 200_000)
        file.write('"}\n' + lines({"id": "next", "text": REPORT}))
    tracemalloc.start()
    documents, errors = split(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [document.id for document in documents] == ["next"]
    assert "line 1" in errors[0]
    assert "limit" in errors[0]
    assert peak < 5 * BYTES_LIMIT


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('{"id": "a", "text": "cut', "is not JSON"),
        ("[1, 2]", "no JSON object"),
        ('"text"', "no JSON object"),
        ('{"id": "a"}', 'no "text"'),
        ('{"id": "a", "text": null}', 'no "text"'),
        ('{"id": "a", "text": 12}', '"text" must be a string, not a number'),
        ('{"id": "a", "text": ["x"]}', '"text" must be a string, not a list'),
        ('{"id": {}, "text": "x"}', '"id" must be a string, not an object'),
        ('{"id": "a", "text": " "}', "is empty"),
        ('{"id": "a", "text": "x", "title": true}', '"title" must be a string'),
        ('{"id": "a", "text": "x", "published": 2013}', '"published" must be a string'),
        ("[" * 100_000, "nested too deeply"),
        ('{"id": ' + "9" * 5000 + ', "text": "x"}', "is not JSON"),
    ],
)
def test_bad_lines_are_named_and_the_rest_goes_on(tmp_path: Path, row: str, words: str) -> None:
    path = put(tmp_path / "a.jsonl", lines({"id": "x", "text": REPORT}, row, {"id": "y", "text": REPORT}))
    documents, (error,) = split(path)
    assert [document.id for document in documents] == ["x", "y"]
    assert error.startswith(f"{path} line 2: ")
    assert words in error


def test_bad_rows_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = put(tmp_path / "t.csv", "id,text,published\na,,2013-06-05\nb,,\n,,\nc,Harem burned.,2013-06-05\n")
    documents, errors = split(path)
    assert [document.id for document in documents] == ["c"]
    assert [error.removeprefix(f"{path} ")[:5] for error in errors] == ["row 2", "row 3"]


def test_quoting_that_never_ends(tmp_path: Path) -> None:
    path = put(tmp_path / "t.csv", 'text\nHarem fell.\n"open ' + ("word " * 10 + "\n") * (BYTES_LIMIT // 50))
    documents, (error,) = split(path)
    assert len(documents) == 1
    assert "limit" in error


def test_ids_that_come_twice(tmp_path: Path) -> None:
    first = put(tmp_path / "a.jsonl", lines(*({"id": key, "text": REPORT} for key in "aba")))
    second = put(tmp_path / "c.jsonl", lines({"id": "b", "text": REPORT}))
    documents, errors = split(first, second)
    assert [document.id for document in documents] == ["a", "b"]
    assert errors[0].startswith(f"{first} line 3: ")
    assert f"{first} line 1" in errors[0]
    assert errors[1].startswith(f"{second} line 1: ")
    assert f"{first} line 2" in errors[1]


def test_surrogates_and_nulls_in_json(tmp_path: Path) -> None:
    row = r'{"id": "a\ud800", "text": "Harem\ud83d fell.\u0000 The \ud83d\ude00 army left.", "title": "\udfff"}'
    notices: list[str] = []
    (document,), _ = split(put(tmp_path / "a.jsonl", row), notices=notices)
    assert document.text == "Harem\ufffd fell.\0 The \U0001f600 army left."
    assert (document.id, document.title) == ("a\ufffd", "\ufffd")
    assert "line 1" in notices[0]


def test_missing_files_and_links(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "none.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    assert "link" in refused(tmp_path / "link.txt")
    (tmp_path / "void").mkdir()
    assert ".jsonl" in refused(tmp_path / "void")
    assert "jq" in refused(put(tmp_path / "a.json", "[]"))


def test_files_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path / "a.txt", REPORT)

    def denied(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", denied)  # the user who runs the tests may be allowed everything
    assert "no permission" in refused(path)


@pytest.mark.parametrize("cut", [40, 100])
def test_broken_gzip(tmp_path: Path, cut: int) -> None:
    packed = gzip.compress(lines(*({"id": str(i), "text": REPORT + str(i * 7919)} for i in range(100))).encode())
    _, errors = split(put(tmp_path / "a.jsonl.gz", packed[:cut]))
    assert "broken gzip" in errors[-1]
    assert "broken gzip" in refused(put(tmp_path / "b.jsonl.gz", b"not packed"))


def test_wrong_date_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="5 June"):
        next(read_sources([put(tmp_path / "a.txt", REPORT)], published="5 June"))


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name in ("a.txt", "a.jsonl", "a.csv"):
        for one in read_sources([put(folder / name, data)]):
            assert isinstance(one, Document | BadInput)


@given(st.text(alphabet=st.characters(), max_size=50))
def test_json_lines_carry_any_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = put(tmp_path_factory.mktemp("any") / "a.jsonl", lines({"id": "a", "text": "Said: " + text}))
    (document,) = read_sources([path])
    assert isinstance(document, Document)
    assert document.text == "Said: " + without_surrogates(text)


def test_a_date_that_is_none_is_told_and_left_out(tmp_path: Path) -> None:
    told: list[str] = []
    path = put(tmp_path / "a.jsonl", lines({"id": "a", "text": REPORT, "published": "5 June 2013"}))
    (document,) = read_sources([str(path)], notice=told.append)
    assert isinstance(document, Document)
    assert document.published is None
    assert len(told) == 1
    assert "line 1" in told[0]
    assert "ISO date" in told[0]
