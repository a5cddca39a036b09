"""The file itself: making, opening, migrating, and everything that can be wrong with it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

import strife
from strife.casefile import Case, store
from strife.casefile.store import SCHEMA, explanations, opened
from strife.errors import BadCase
from tests.case_helpers import toy

OLDER = Path(__file__).parent / "data" / "case_1.sql"
TEXT = "Rebels seized bridges in Harem on 2013-06-05. Army attacked Farmers in Nawa on 2013-06-04."


@pytest.fixture
def file(case: Case) -> Path:
    """A case with one document, closed."""
    case.add([toy("a", TEXT)])
    case.close()
    return case.path


def test_a_case_is_one_file_that_others_can_read(file: Path) -> None:
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    plain = sqlite3.connect(file)
    assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert plain.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    assert plain.execute("SELECT who, what, whom, place FROM claim_list").fetchall() == [
        ("Rebels", "gains", None, "Harem"),
        ("Army", "ASSAULT", "Farmers", "Nawa"),
    ]
    for view in "source_list copy_list control_list incident_list decision_list".split():
        plain.execute(f"SELECT * FROM {view}").fetchall()
    assert plain.execute("SELECT meaning FROM explained WHERE thing = 'claims' AND name = 'record'").fetchone()
    plain.close()


def test_every_table_view_and_column_is_explained(file: Path) -> None:
    told = {(thing, name) for thing, name, _ in explanations()}
    plain = sqlite3.connect(file)
    tables = [
        name
        for name, kind in plain.execute("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')")
        if "_text" not in name and not name.startswith("sqlite_")
    ]
    docs = (Path(__file__).parents[1] / "docs" / "casefile.md").read_text()
    for table in tables:
        assert (table, "") in told, table
        assert f"`{table}`" in docs, table
        if not table.endswith("_list"):
            missing = [row[1] for row in plain.execute(f"PRAGMA table_info({table})") if (table, row[1]) not in told]
            assert not missing, (table, missing)
    for thing, name, meaning in explanations():
        assert (f"`{name}` {meaning}" if name else f"**`{thing}`** {meaning}") in docs, (thing, name)
    plain.close()


def test_open_is_a_public_name(file: Path) -> None:
    with strife.open(file) as case:
        assert [claim.document for claim in case.claims()] == ["a", "a"]


def test_an_older_case_is_brought_forward(tmp_path: Path, toy_reader: None) -> None:
    path = tmp_path / "old.strife"
    plain = sqlite3.connect(path)
    plain.executescript(OLDER.read_text())
    plain.close()
    with Case.open(path) as case:
        assert case.store.one("PRAGMA user_version") == SCHEMA
        assert case.document("old").text == "Rebels seized bridges in Harem on 2013-06-05."
        assert [claim.status for claim in case.claims(place="harem")] == ["reported"]
        assert case.check() == []
        assert case.add([toy("b", TEXT)]).new == 1
        columns = {
            table: [row[1] for row in case.store.rows(f"PRAGMA table_info({table})")] for table in ("runs", "failures")
        }
    with Case.open(tmp_path / "new.strife", create=True) as new:
        for table, names in columns.items():
            assert sorted(names) == sorted(row[1] for row in new.store.rows(f"PRAGMA table_info({table})"))


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.strife"
    plain = sqlite3.connect(path)
    plain.executescript(OLDER.read_text())
    read = store._sql
    monkeypatch.setattr(
        store,
        "_sql",
        lambda name: read(name) + "INSERT INTO nowhere VALUES (1);\n" if "migrations" in name else read(name),
    )
    with pytest.raises(BadCase, match="nowhere"):
        Case.open(path)
    assert plain.execute("PRAGMA user_version").fetchone() == (1,)
    assert "beat" not in [row[1] for row in plain.execute("PRAGMA table_info(runs)")]
    plain.close()


def wrong_text(path: Path) -> None:
    path.write_text("Rebels seized bridges.")


def wrong_program(path: Path) -> None:
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE claims (id)")
    plain.commit()
    plain.close()


def newer(path: Path) -> None:
    Case.open(path, create=True).close()
    plain = sqlite3.connect(path)
    plain.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    plain.close()


def truncated(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + bytes(20))


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (wrong_text, "is not a case file; give the case first"),
        (wrong_program, "SQLite file of another program"),
        (newer, f"newer strife .schema {SCHEMA + 1}.*upgrade"),
        (truncated, "another program"),
        (folder, "is a folder"),
        (lambda path: None, "no such case; make one by"),
    ],
)
def test_what_is_no_case_is_refused_and_left_alone(tmp_path: Path, make: object, words: str) -> None:
    path = tmp_path / "x.strife"
    make(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(BadCase, match=words) as caught:
        Case.open(path)
    assert str(path) in str(caught.value)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_case_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(BadCase, match="does not exist; make it first"):
        Case.open(tmp_path / "none" / "x.strife", create=True)


def test_a_making_that_was_cut_off_is_made_again(tmp_path: Path) -> None:
    empty, begun = tmp_path / "empty.strife", tmp_path / "begun.strife"
    empty.touch()
    plain = sqlite3.connect(begun)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.close()
    for path in (empty, begun):
        with Case.open(path, create=True) as case:
            assert case.check() == []


def test_damaged_pages_are_told(file: Path) -> None:
    data = bytearray(file.read_bytes())
    size = 4096
    for page in range(8, len(data) // size, 3):  # the first pages hold the schema
        data[page * size : page * size + 200] = b"\xa5" * 200
    file.write_bytes(data)
    try:
        with Case.open(file) as case:
            troubles = case.check()
    except BadCase as error:
        troubles = [str(error)]
    assert troubles
    assert any("damaged" in trouble for trouble in troubles)


def test_quotes_are_checked_against_the_text(file: Path) -> None:
    plain = sqlite3.connect(file)
    plain.execute("UPDATE documents SET text = replace(text, 'seized', 'SEIZED')")
    plain.commit()
    plain.close()
    with Case.open(file) as case:
        troubles = case.check()
    assert any("is not the one that was added" in trouble for trouble in troubles)
    assert any("does not quote its text" in trouble for trouble in troubles)


def test_links_and_search_are_checked(file: Path) -> None:
    plain = sqlite3.connect(file)
    plain.execute("INSERT INTO claims_text (claims_text, rowid, words) VALUES ('delete', 1, 'something else')")
    plain.execute("DELETE FROM resolved WHERE claim = 2")
    plain.execute("UPDATE claims SET document = 77 WHERE number = 1")
    plain.commit()
    plain.close()
    with Case.open(file) as case:
        troubles = " ".join(case.check())
    for words in (
        "claims_text is out of step",
        "neither rejected nor found",
        "belongs to a row of documents",
        "another number of claims",
    ):
        assert words in troubles


def test_a_read_only_case_can_be_read(file: Path) -> None:
    file.chmod(0o444)
    file.parent.chmod(0o555)
    try:
        if os.access(file, os.W_OK):
            pytest.skip("this user may write everything")
        with Case.open(file) as case:
            assert len(case.claims()) == 2
            assert case.check() == []
            with pytest.raises(BadCase, match="read-only"):
                case.add([toy("b", TEXT)])
            with pytest.raises(BadCase, match="read-only"):
                case.decide(case.claims()[0].id, "accept", by="me")
    finally:
        file.parent.chmod(0o755)


def test_what_may_not_be_written_is_opened_to_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for users who may write everything: the answer of the system is made up."""
    monkeypatch.setattr(store.os, "access", lambda *_: False)
    before = file.read_bytes()
    with Case.open(file) as case:
        assert len(case.claims(text="bridges")) == 1
        with pytest.raises(BadCase, match="read-only"):
            case.add([toy("b", TEXT)])
    assert file.read_bytes() == before
    plain = sqlite3.connect(file)
    plain.execute("PRAGMA user_version = 1")
    plain.close()
    with pytest.raises(BadCase, match=r"older schema .1. and read-only"):
        Case.open(file)


def test_a_case_opened_to_read_only_is_refused_for_writing(file: Path) -> None:
    case = Case(opened(file))
    case.store.writable = False
    with pytest.raises(BadCase, match=r"test.strife: is read-only here; copy it"):
        case.add([toy("b", TEXT)])
    assert case.check() == []
    case.close()


@pytest.mark.filterwarnings("error")
def test_rows_that_nobody_fetched_are_let_go_after_the_case_is_closed(tmp_path: Path) -> None:
    with Case.open(tmp_path / "a.strife", create=True) as case:
        rows = case.store.each("SELECT 1 UNION SELECT 2")
        assert next(rows)[0] == 1
    rows.close()
