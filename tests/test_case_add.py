"""Adding to a case: what is new, the same, changed, repeated or cannot be read; near copies; workers; interruption."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strife import engine
from strife.casefile import Case, add
from strife.casefile.copies import shingles, signature, similarity
from strife.casefile.incoming import Incoming, Step, Unreadable
from strife.errors import BadCase
from strife.records import Document, Reading
from tests.case_helpers import LONG, dying_chunk, toy

FIRST = (
    "Rebels seized bridges in Harem on 2013-06-05. Ministry denied that Army attacked Farmers in Nawa on 2013-06-04."
)
OTHER = "Army attacked Rebels in Harem on 2013-07-01."


def dump(case: Case) -> list[tuple[object, ...]]:
    """What a case holds, but for times and the numbers of runs."""
    rows: list[tuple[object, ...]] = []
    for table, columns in {
        "documents": "number, id, given, title, published, sha256, digest, version, claims, story, text",
        "claims": "number, id, document, position, words, record",
        "resolved": "claim, document, type, status, place, date_start, decision, record",
        "parties": "claim, role, position, name",
        "near_copies": "document, other, similarity",
        "document_versions": "document, version, text, claims",
    }.items():
        rows += [(table, *row) for row in case.store.rows(f"SELECT {columns} FROM {table} ORDER BY 1, 2, 3")]
    return rows


def test_documents_are_added_once(case: Case) -> None:
    added = case.add([toy("a", FIRST, source="One"), toy("b", OTHER)])
    assert (added.new, added.same) == (2, 0)
    before = dump(case)
    again = case.add([toy("b", OTHER), toy("a", FIRST, source="One"), toy("a", FIRST, source="One")])
    assert (again.new, again.same, again.changed) == (0, 3, 0)
    assert dump(case) == before
    assert len(case.claims()) == 3
    assert case.check() == []


def test_nothing_is_parsed_again(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    case.add([toy("a", FIRST)])
    monkeypatch.setattr(engine, "_read_chunk", None)  # calling it would fail
    assert case.add([toy("a", FIRST)]).same == 1


def test_a_changed_text_replaces_its_claims_and_keeps_the_old_version(case: Case) -> None:
    case.add([toy("a", FIRST), toy("b", OTHER)])
    assert case.add([toy("a", "Rebels lost bridges in Harem on 2013-08-01.")]).changed == 1
    assert [one.evidence[0].quote for one in case.claims(document="a")] == [
        "Rebels lost bridges in Harem on 2013-08-01."
    ]
    shown = case.show("a")
    assert [(one.version, one.why, one.claims) for one in shown.versions] == [(1, "text", 2)]
    assert case.store.one("SELECT text FROM document_versions") == FIRST
    assert case.claims(text="Ministry") == []
    assert case.check() == []


def test_changed_details_are_a_change(case: Case) -> None:
    case.add([toy("a", FIRST)])
    assert case.add([toy("a", FIRST, published="2013-06-07")]).changed == 1
    assert case.document("a").published == "2013-06-07"
    assert case.show("a").versions[0].why == "details"
    assert case.store.one("SELECT text FROM document_versions") is None


def test_another_reader_reads_again(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    case.add([toy("a", FIRST)])
    monkeypatch.setattr(add, "reader_version", lambda **_: "a new one")
    assert case.add([toy("a", FIRST)]).changed == 1
    assert case.show("a").reader == "a new one"
    assert case.add([toy("a", FIRST)]).same == 1


def test_two_texts_under_one_id_in_one_input_are_two_documents(case: Case) -> None:
    heard: list[str] = []
    documents = [toy("a", FIRST), toy("a", OTHER), toy("a~2", "Rebels held hills in Nawa."), toy("a", FIRST)]
    added = case.add(documents, notice=heard.append)
    assert (added.new, added.same, added.renamed) == (3, 1, [("a", "a~2"), ("a~2", "a~2~2")])
    assert "'a'" in heard[0]
    assert "'a~2'" in heard[0]
    assert case.document("a").text == FIRST
    assert case.document("a~2").text == OTHER
    assert case.document("a~2~2").text == "Rebels held hills in Nawa."
    before = dump(case)
    assert case.add(documents).same == 4
    assert case.add(documents[1:2]).same == 1
    assert dump(case) == before


def test_what_cannot_be_read_is_kept_with_its_reason(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[Step] = []
    inputs: list[Document | Incoming | Unreadable] = [
        toy("a", FIRST),
        toy("b", "Crash."),
        Unreadable("lost.txt", "lost.txt", "lost.txt: no such file"),
        toy("c", OTHER),
    ]
    added = case.add(inputs, progress=steps.append)
    assert (added.new, added.failed) == (2, 2)
    assert [(step.state, step.id) for step in steps if step.state != "failed"] == [("new", "a"), ("new", "c")]
    failures = {failure.place: failure.reason for failure in case.failures()}
    assert failures == {"b": "reading failed: ValueError: the reader fell over", "lost.txt": "lost.txt: no such file"}
    case.add(inputs)
    assert len(case.failures()) == 2  # not told twice
    monkeypatch.setattr(
        engine, "_read_chunk", lambda documents, _: [Reading(document=one, claims=()) for one in documents]
    )
    assert case.add(inputs[:2]).new == 1
    assert [failure.place for failure in case.failures()] == ["lost.txt"]


def test_order_and_memory(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are written in their order, and only a few are taken ahead of what is written."""
    taken = written = ahead = 0

    def documents() -> Iterator[Document]:
        nonlocal taken, ahead
        for number in range(100):
            taken += 1
            ahead = max(ahead, taken - written)
            yield toy(f"d{number}", OTHER)

    def step(_step: Step) -> None:
        nonlocal written
        written += 1

    case.add(documents(), progress=step)
    assert [name for (name,) in case.store.rows("SELECT id FROM documents ORDER BY number")] == [
        f"d{n}" for n in range(100)
    ]
    assert ahead <= engine.CHUNK * (engine.AHEAD + 1)


def test_near_copies_count_once(case: Case) -> None:
    wire = LONG.format(day=1)
    case.add(
        [
            toy("wire", wire, source="Agency"),
            toy("else", FIRST, source="Daily"),
            toy("copy", f"Our correspondent writes. {wire}", source="Daily"),
            toy("cut", wire[: len(wire) * 3 // 4], source="Evening"),
        ]
    )
    assert case.show("wire").copies == ("copy", "cut")
    assert case.info().stories == 2
    sources = {one.document: one.source for one in case.testimonies()}
    assert sources == {"wire": "Agency", "copy": "Agency", "cut": "Agency", "else": "Daily"}
    case.add([toy("wire", FIRST + " Nothing else.", source="Agency")])
    assert case.show("wire").copies == ()
    assert case.show("copy").copies == ("cut",)
    assert case.check() == []


@given(st.lists(st.sampled_from("abcdefgh"), min_size=60, max_size=90), st.integers(0, 10))
def test_signatures_are_deterministic_and_similarity_is_fair(words: list[str], cut: int) -> None:
    text = " ".join(f"{word}{place}" for place, word in enumerate(words))
    part = " ".join(text.split()[cut:])
    assert signature(text) == signature(text.upper())
    assert similarity(shingles(text), shingles(text)) == 1.0
    alike = similarity(shingles(text), shingles(part))
    assert alike is not None
    assert alike == similarity(shingles(part), shingles(text))
    assert similarity(shingles(text), shingles(text[::-1])) is None


def test_a_stop_loses_nothing_that_was_said_to_be_saved(case: Case, tmp_path: Path) -> None:
    documents = [toy(f"d{n}", f"Army attacked Rebels in Harem on 2013-07-0{n}.") for n in range(1, 9)]
    saved: list[str] = []

    def stop(step: Step) -> None:
        saved.append(step.id)
        if len(saved) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        case.add(documents, progress=stop)
    assert (
        [name for (name,) in case.store.rows("SELECT id FROM documents ORDER BY number")] == saved == ["d1", "d2", "d3"]
    )
    assert case.check() == []
    assert case.add(documents).new == 5
    with Case.open(tmp_path / "whole.strife", create=True) as whole:
        whole.add(documents)
        assert dump(whole) == dump(case)


def test_a_full_disk_loses_nothing(case: Case) -> None:
    case.add([toy("a", FIRST)])
    pages = case.store.one("PRAGMA page_count")
    case.store.run(f"PRAGMA max_page_count = {pages + 4}")
    with pytest.raises(BadCase, match=r"disk is full.*run the same command again"):
        case.add([toy("b", OTHER), *(toy(f"c{n}", f"{OTHER} {n} " + "and so on " * 500) for n in range(50))])
    case.store.run("PRAGMA max_page_count = 1000000")
    assert case.check() == []
    assert len(case.claims(document="a")) == 2
    assert case.add([toy("b", OTHER)]).failed == 0


def test_a_second_writer_waits_and_says_who_holds_the_case(case: Case) -> None:
    def documents() -> Iterator[Document]:
        yield toy("a", FIRST)
        with (
            Case.open(case.path) as second,
            pytest.raises(BadCase, match=r"written by process \d+ of .* since .*strife add"),
        ):
            second.add([toy("b", OTHER)], patience=0.1)
        yield toy("c", OTHER)

    assert case.add(documents()).new == 2
    with Case.open(case.path) as second:
        assert second.add([toy("b", OTHER)], patience=0.1).new == 1


def test_a_writer_that_was_killed_holds_nothing(case: Case) -> None:
    case.store.run(
        "INSERT INTO runs (started, reader, pid, host, user, beat) VALUES ('2013', '', 1, 'elsewhere', 'x', unixepoch() - 100)"
    )
    assert case.add([toy("a", FIRST)], patience=0).new == 1


def test_another_program_that_writes_is_waited_for(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    other = sqlite3.connect(case.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    case.store.run("PRAGMA busy_timeout = 50")
    with pytest.raises(BadCase, match="being written by another program"):
        case.add([toy("a", FIRST)])
    other.execute("ROLLBACK")
    other.close()
    assert case.add([toy("a", FIRST)]).new == 1


def test_ids_that_are_sql_and_texts_of_the_future(case: Case) -> None:
    name = "x'); DROP TABLE claims; --"
    case.add(
        [
            toy(
                name,
                "Rebels seized bridges in Harem on 2999-01-01.",
                published="2999-01-02",
                source="'; DELETE FROM documents",
            )
        ]
    )
    assert case.document(name).source == "'; DELETE FROM documents"
    assert len(case.claims(document=name)) == len(case.claims(source="'; DELETE FROM documents")) == 1
    assert case.claims(place="' OR 1=1 --") == []
    assert case.claims(text='"; DROP TABLE claims') == []
    assert case.control("2013-01-01") == []
    assert [party.name for one in case.control("3000-01-01") for party in one.holders] == ["Rebels"]
    assert case.check() == []


def test_a_worker_that_dies_takes_one_document_with_it(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_read_chunk", dying_chunk)
    added = case.add([toy("a", FIRST), toy("b", "Fatal."), toy("c", OTHER)], workers=2)
    assert (added.new, added.failed) == (2, 1)
    assert [(one.place, "was ended from outside" in one.reason) for one in case.failures()] == [("b", True)]
    assert [name for (name,) in case.store.rows("SELECT id FROM documents ORDER BY number")] == ["a", "c"]


def test_workers_read_the_same_as_one_process(tmp_path: Path) -> None:
    # The real reader, without the model.
    texts = [
        "Rebels captured the town of Nawa on 4 June 2013, residents said.",
        "Troops shelled Harem for two days.",
        "Nothing.",
    ]
    documents = [toy(f"d{n}", text, published="2013-06-07") for n, text in enumerate(texts * 4)]
    found = []
    for workers in (1, 2):
        with Case.open(tmp_path / f"{workers}.strife", create=True) as case:
            assert case.add(documents, workers=workers, rules_only=True).new == 12
            assert case.check() == []
            found.append(dump(case))
    assert found[0] == found[1]
    assert any(row[0] == "claims" for row in found[0])
