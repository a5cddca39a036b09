"""Runs into a Parquet dataset: shards, going on, what is done again, the merging. With the toy reader, which needs no parser."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from strife import engine
from strife.casefile import Case
from strife.casefile.incoming import Incoming, Unreadable
from strife.errors import BadCase
from strife.records import Document, to_json
from strife.scale import merging
from strife.scale.manifest import Manifest, marks, read_manifest
from strife.scale.run import Plan, run
from strife.scale.shards import Dealer, month_of
from strife.scale.sound import troubles
from strife.views.cli import cli
from tests.case_helpers import LONG, toy, toy_reading

pq = pytest.importorskip("pyarrow.parquet", reason="datasets need pyarrow")
pytestmark = pytest.mark.usefixtures("toy_reader")

PLACES = ("Harem", "Nawa", "Zintan")


def reports(number: int = 9) -> list[Document]:
    """Reports over four months and of one that does not say."""
    made = []
    for n in range(number):
        month, place = 1 + n % 4, PLACES[n % 3]
        text = (
            f"Rebels attacked Army in {place} on 2014-0{month}-0{1 + n % 5}. Ministry denied that Army attacked Farmers in Nawa on"
            f" 2014-0{month}-03. Army killed {n + 1} in {place} on 2014-0{month}-03. Rebels seized bridges in {place} on 2014-0{month}-05."
        )
        details = {"published": f"2014-0{month}-1{n}"} if n % 5 < 4 else {}
        made.append(toy(f"r{n}", text, source=f"Paper {n % 3}", title=f"Report {n}", **details))
    return made


def incoming(documents: Sequence[Document]) -> list[Incoming | Unreadable]:
    return [Incoming(one, "in.jsonl", f"in.jsonl line {n}") for n, one in enumerate(documents, 1)]


def ran(folder: Path, documents: Sequence[Document], **plan: Any) -> tuple[Manifest, list[str]]:
    """The manifest of a run, and the shards that were read in it."""
    read: list[str] = []
    settings = {"shard": 2, "progress": lambda mark, new: read.append(f"{mark.month}/{mark.name}") if new else None}
    return run(incoming(documents), folder, Plan(**settings | plan)), sorted(read)


def claims_of(folder: Path) -> list[str]:
    """All claims of a dataset as JSON lines, sorted."""
    files = sorted(folder.glob("claims/*/*.parquet"))
    return sorted(
        record
        for path in files
        for record in pq.read_table(path, columns=["record"], partitioning=None)["record"].to_pylist()
    )


def hashes(folder: Path) -> dict[str, str]:
    return {
        file.path: file.sha256
        for kind in ("shards", "merged")
        for _, mark in marks(folder, kind)
        for file in mark.files
    }


def expected(documents: Sequence[Document]) -> list[str]:
    return sorted(to_json(claim) for one in documents for claim in toy_reading(one).claims)


def test_a_run_writes_what_reading_gives_by_month(tmp_path: Path) -> None:
    documents = reports()
    manifest, read = ran(tmp_path / "out", documents)
    assert claims_of(tmp_path / "out") == expected(documents)
    assert [one.month for one in manifest.partitions] == ["2014-01", "2014-02", "2014-03", "2014-04", "unknown"]
    assert (manifest.done, manifest.documents, manifest.claims) == (True, 9, 36)
    assert manifest.incidents == merging_of(tmp_path, documents)
    assert len(read) == sum(one.shards for one in manifest.partitions)
    assert read_manifest(tmp_path / "out") == manifest
    assert list(troubles(tmp_path / "out", thorough=True)) == []


def merging_of(tmp_path: Path, documents: Sequence[Document]) -> int:
    with Case.open(tmp_path / "local.strife", create=True) as case:
        case.add(documents)
        return case.count(incidents=True)


def test_the_same_run_again_reads_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran(tmp_path, reports())
    before = hashes(tmp_path)
    monkeypatch.setattr(engine, "_read_chunk", None)  # calling it would fail
    monkeypatch.setattr(merging, "merge_part", None)
    assert ran(tmp_path, reports())[1] == []
    assert hashes(tmp_path) == before


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_run_that_broke_off_goes_on(tmp_path: Path, after: int) -> None:
    done = 0

    def breaking(_mark: object, _new: object) -> None:
        nonlocal done
        if done == after:
            raise KeyboardInterrupt
        done += 1

    with pytest.raises(KeyboardInterrupt):
        ran(tmp_path / "out", reports(), progress=breaking)
    broken = read_manifest(tmp_path / "out")
    assert not broken.done
    assert sum(one.shards for one in broken.partitions) == after + 1  # what was written counts
    _, read = ran(tmp_path / "out", reports())
    ran(tmp_path / "whole", reports())
    assert len(read) == len(list(marks(tmp_path / "whole"))) - after - 1
    assert hashes(tmp_path / "out") == hashes(tmp_path / "whole")


def test_a_file_without_its_mark_is_written_again(tmp_path: Path) -> None:
    ran(tmp_path, reports())
    before = hashes(tmp_path)
    path, mark = next(marks(tmp_path))
    path.unlink()
    (tmp_path / mark.files[0].path).write_bytes(b"cut off")
    (tmp_path / "claims" / "month=2014-01" / "000000.parquet.0a1b.part").write_bytes(b"of a process that was killed")
    assert list(troubles(tmp_path))
    assert ran(tmp_path, reports())[1] == [f"{mark.month}/{mark.name}"]
    assert hashes(tmp_path) == before
    assert not list(tmp_path.glob("**/*.part"))


def test_a_file_that_is_gone_or_short_is_named_and_written_again(tmp_path: Path) -> None:
    ran(tmp_path, reports())
    (_, one), (_, other), *_ = marks(tmp_path)
    (tmp_path / one.files[0].path).unlink()
    (tmp_path / other.files[1].path).write_bytes(b"short")
    assert [trouble.partition(": ")[2][:12] for trouble in troubles(tmp_path)] == ["is missing; ", "has 5 bytes,"]
    assert ran(tmp_path, reports())[1] == sorted(f"{mark.month}/{mark.name}" for mark in (one, other))
    assert list(troubles(tmp_path, thorough=True)) == []


def test_what_came_to_the_inputs_is_read_and_the_rest_is_not(tmp_path: Path) -> None:
    ran(tmp_path, reports(8))
    more = [*reports(8), toy("new", "Army attacked Rebels in Harem on 2014-09-01.", published="2014-09-02")]
    manifest, read = ran(tmp_path, more)
    assert read == ["2014-09/000000"]
    assert (manifest.documents, claims_of(tmp_path)) == (9, expected(more))


def test_what_went_from_the_inputs_goes_from_the_dataset(tmp_path: Path) -> None:
    ran(tmp_path, reports())
    fewer = [one for one in reports() if one.published and one.published < "2014-04"]
    ran(tmp_path, fewer)
    assert claims_of(tmp_path) == expected(fewer)
    assert not list(tmp_path.glob("*/month=2014-04/*"))


def test_another_reader_reads_all_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, first = ran(tmp_path, reports())
    monkeypatch.setattr("strife.scale.run.reader_version", lambda **_: "a new one")
    manifest, second = ran(tmp_path, reports())
    assert (manifest.reader, second) == ("a new one", first)


def test_copies_come_once_and_a_second_text_of_an_id_has_one_of_its_own(tmp_path: Path) -> None:
    heard: list[str] = []
    one, other = reports(2)
    documents = [one, toy("r0", other.text, published=one.published), one, other]
    ran(tmp_path, documents, notice=heard.append)
    files = sorted(tmp_path.glob("documents/*/*.parquet"))
    rows = [row for path in files for row in pq.read_table(path, partitioning=None).to_pylist()]
    assert sorted((row["id"], row["given"]) for row in rows) == [("r0", "r0"), ("r0~2", "r0"), ("r1", "r1")]
    assert len(heard) == 1


def test_what_cannot_be_read_is_kept_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [*reports(3), toy("bad", "Crash.", published="2014-01-01")]
    given = [*incoming(documents), Unreadable("lost.txt", "lost.txt", "lost.txt: no such file")]
    manifest = run(given, tmp_path, Plan(shard=2))
    assert [one.place for one in manifest.failures] == ["lost.txt", "in.jsonl line 4"]
    assert (manifest.documents, claims_of(tmp_path)) == (3, expected(documents[:3]))
    monkeypatch.setattr(
        engine,
        "_read_chunk",
        lambda some, _: [toy_reading(toy(one.id, one.text.replace("Crash", "Fine"))) for one in some],
    )
    assert len(run(given, tmp_path, Plan(shard=2)).failures) == 2  # not tried again unasked
    assert [one.place for one in run(given, tmp_path, Plan(shard=2, retry=True)).failures] == ["lost.txt"]


def test_a_folder_of_something_else_or_of_other_inputs_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("Dear")
    with pytest.raises(BadCase, match="no dataset"):
        ran(tmp_path / "letters", reports())
    ran(tmp_path / "out", reports(), inputs=("one.jsonl",))
    with pytest.raises(BadCase, match=r"other inputs.*one\.jsonl"):
        ran(tmp_path / "out", reports(), inputs=("other.jsonl",))
    with pytest.raises(BadCase, match="shards of 2"):
        ran(tmp_path / "out", reports(), inputs=("one.jsonl",), shard=3)


def test_two_runs_do_not_write_at_once(tmp_path: Path) -> None:
    from filelock import FileLock

    ran(tmp_path, reports(2))
    with FileLock(tmp_path / ".lock"), pytest.raises(BadCase, match="another run"):
        ran(tmp_path, reports(2))


def test_large_datasets_are_merged_by_country_and_month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran(tmp_path, reports())
    monkeypatch.setattr(merging, "WHOLE", 10)
    manifest, _ = ran(tmp_path, reports(), workers=2)
    names = sorted(mark.name for _, mark in marks(tmp_path, "merged"))
    assert len(names) > 4
    assert "2014-01.SY" in names
    assert "all" not in names
    numbers = [
        n for path in sorted(tmp_path.glob("incidents/*.parquet")) for n in pq.read_table(path)["number"].to_pylist()
    ]
    assert len(set(numbers)) == len(numbers) == manifest.incidents
    assert sum(mark.documents for _, mark in marks(tmp_path, "merged")) == 9


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 3), st.sampled_from(["2013-01-01", "2013-02", "2014", "", None]))
    ),
    st.integers(1, 4),
)
def test_every_document_is_dealt_once_under_a_number_of_its_own(
    rows: list[tuple[int, int, str | None]], size: int
) -> None:
    documents = [toy(f"d{name}", f"Text {text}.", published=day) for name, text, day in rows]
    shards = list(Dealer(size).deal(incoming(documents)))
    dealt = [(one.given, one.document.text, one.document.published) for shard in shards for one in shard.documents]
    assert sorted(dealt, key=repr) == sorted({(one.id, one.text, one.published) for one in documents}, key=repr)
    numbers = [shard.first + n for shard in shards for n in range(len(shard.documents))]
    assert len(set(numbers)) == len(numbers)
    ids = [one.document.id for shard in shards for one in shard.documents]
    assert len(set(ids)) == len(ids)
    assert all(month_of(one.document.published) == shard.month for shard in shards for one in shard.documents)
    assert all(len(shard.documents) <= size for shard in shards)


def test_the_commands(tmp_path: Path) -> None:
    lines = [{"id": one.id, "text": one.text + LONG.format(day=1), "published": one.published} for one in reports(4)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    out = str(tmp_path / "out")
    result = CliRunner().invoke(cli, ["run", str(tmp_path / "in.jsonl"), out, "--shard", "2", "--rules-only"])
    assert (result.exit_code, "4 documents in 4 months" in result.stderr) == (0, True)
    result = CliRunner().invoke(cli, ["open", out, "--check"])
    assert (result.exit_code, result.stdout.splitlines()[1].split()[:2]) == (0, ["2014-01", "1"])
    assert json.loads(CliRunner().invoke(cli, ["open", out, "--json"]).stdout)["done"] is True
    assert CliRunner().invoke(cli, ["run", str(tmp_path / "no.jsonl"), str(tmp_path / "o2")]).exit_code == 1
    assert isinstance(CliRunner().invoke(cli, ["open", str(tmp_path)]).exception, BadCase)
    assert CliRunner().invoke(cli, ["run", "x", "y", "--address", "z"]).exit_code == 2
