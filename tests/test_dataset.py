"""A dataset in place of a case file: every question has the answer that a case of the same documents gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from click.testing import CliRunner

from strife.casefile import Case
from strife.casefile.find import COUNTABLE, OF_INCIDENTS
from strife.errors import BadCase, StrifeError
from strife.exchange.problems import Options
from strife.outlook.series import Choice
from strife.outlook.source import read_source
from strife.records import Document
from strife.scale.manifest import marks
from strife.scale.run import Plan, run
from strife.views.cli import cli
from tests.case_helpers import LONG, toy
from tests.test_scale import incoming, reports

duckdb = pytest.importorskip("duckdb", reason="datasets are read by DuckDB: pip install 'strife[scale]'")

ASKED: list[dict[str, Any]] = [
    {},
    {"type": "event"},
    {"code": "ASSAULT", "status": ["reported", "denied"]},
    {"code": "19"},
    {"code": "aid"},
    {"actor": "Rebels"},
    {"actor": "REB*", "recipient": "Army"},
    {"party": "toy:army", "voice": "Ministry"},
    {"voice": "author"},
    {"voice": ["author", "Min*"]},
    {"place": "nawa"},
    {"place": ["geonames:1", "zin*"]},
    {"country": "SY", "since": "2014-02-01", "until": "2014-03-31"},
    {"admin1": "idlib"},
    {"box": (30.0, 30.0, 40.0, 40.0)},
    {"near": (36.2, 36.5, 25.0)},
    {"since": "2014-03-02"},
    {"source": "paper 1"},
    {"source": "Paper*"},
    {"document": "r3"},
    {"measure": "deaths"},
    {"text": "attacked farmers"},
    {"text": '"army attacked" -rebels'},
    {"text": "brid*", "place": "Harem"},
    {"text": "nowhere"},
]
COMMANDS = [
    ["find", "--by-date", "--limit", "7", "--offset", "2", "--json"],
    ["find", "--csv"],
    ["find", "--geojson"],
    ["find", "--incidents", "--json", "--no-merge", "--count-by", "country"],
    ["timeline", "--json"],
    ["timeline", "--by", "month", "--happened"],
    ["control", "--on", "2014-03-20", "--json"],
    ["control", "--on", "2014-03-20", "--place", "Harem"],
    ["actors", "--json"],
    ["actors", "Rebels", "--json"],
]


def stack() -> list[Document]:
    """Reports, two of them near copies, in the order in which a dataset has them: by month, those of no month first."""
    copies = [toy(f"c{n}", LONG.format(day=1), published=f"2014-02-0{n}", source=f"Copy {n}") for n in (1, 2)]
    return sorted([*reports(), *copies], key=lambda one: (one.published or "")[:7])


@pytest.fixture
def both(tmp_path: Path, toy_reader: None) -> Iterator[tuple[Case, Case]]:
    """A case and a dataset of the same documents."""
    run(incoming(stack()), tmp_path / "out", Plan(shard=2))
    with Case.open(tmp_path / "local.strife", create=True) as case, Case.open(tmp_path / "out") as dataset:
        case.add(incoming(stack()))
        case.merge()
        yield case, dataset


def test_searches_find_the_same(both: tuple[Case, Case]) -> None:
    case, dataset = both
    found = 0
    for filters in ASKED:
        claims = list(case.claims(**filters))
        found += len(claims)
        assert list(dataset.claims(**filters)) == claims, filters
        assert list(dataset.claims(order="date", limit=3, offset=1, **filters)) == list(
            case.claims(order="date", limit=3, offset=1, **filters)
        )
        assert dataset.count(**filters) == len(claims)
        assert list(dataset.actors(**filters)) == list(case.actors(**filters))
    assert found > 150


def test_incidents_are_the_same(both: tuple[Case, Case]) -> None:
    case, dataset = both
    for filters in ASKED:
        if "type" not in filters and filters.get("status") is None:
            assert list(dataset.incidents(**filters)) == list(case.incidents(**filters)), filters
    assert case.count(incidents=True) > 3
    assert not dataset.merged().stale


def test_counts_are_the_same(both: tuple[Case, Case]) -> None:
    case, dataset = both
    for field in COUNTABLE:
        assert dataset.count_by(field) == case.count_by(field), field
        assert dataset.count_by(field, place="Nawa", limit=2) == case.count_by(field, place="Nawa", limit=2), field
    for field in (*OF_INCIDENTS, "month", "actor"):
        assert dataset.count_by(field, incidents=True) == case.count_by(field, incidents=True), field


def test_whatever_has_an_id_is_shown_alike(both: tuple[Case, Case]) -> None:
    case, dataset = both
    ids = [one.id for one in (*case.claims(), *case.incidents(), *case.documents())]
    for name in ids:
        assert dataset.show(name) == case.show(name), name
    assert dataset.show("c1").copies == ("c2",)
    assert list(dataset.documents()) == list(case.documents())
    assert list(dataset.testimonies()) == list(case.testimonies())


def test_information_is_the_same(both: tuple[Case, Case]) -> None:
    case, dataset = both
    own = {"path", "size", "merged"}
    mine, its = (msgspec.structs.asdict(one.info()) for one in (dataset, case))
    assert {k: v for k, v in mine.items() if k not in own} == {k: v for k, v in its.items() if k not in own}
    assert mine["merged"].documents == 0
    assert mine["size"] > 1000


def test_panels_of_the_outlook_are_the_same(both: tuple[Case, Case]) -> None:
    sources = [read_source(one.path, Choice(), Options()) for one in both]
    assert sources[0].panel.units == sources[1].panel.units
    assert np.array_equal(sources[0].panel.values, sources[1].panel.values, equal_nan=True)
    assert np.nansum(sources[0].panel.values) > 0


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_commands_print_the_same(both: tuple[Case, Case], command: list[str]) -> None:
    printed = [CliRunner().invoke(cli, [command[0], str(one.path), *command[1:]]) for one in both]
    assert printed[0].exit_code == printed[1].exit_code == 0, printed[1].exception
    assert printed[0].stdout
    assert printed[0].stdout == printed[1].stdout


@pytest.mark.parametrize("layout", ["plover", "acled", "ucdp", "geojson", "annotation", "csv", "parquet", "brat"])
def test_exports_are_the_same(both: tuple[Case, Case], tmp_path: Path, layout: str) -> None:
    written = []
    for name, one in zip(("case", "dataset"), both, strict=True):
        (tmp_path / name).mkdir()
        target = (
            tmp_path / name / ("t.parquet" if layout == "parquet" else "t" if layout in ("csv", "brat") else "t.txt")
        )
        result = CliRunner().invoke(cli, ["export", str(one.path), layout, "-o", str(target)])
        assert result.exit_code == 0, result.exception
        files = [path for path in sorted((tmp_path / name).rglob("*")) if path.is_file()]
        written.append([(path.relative_to(tmp_path / name), path.read_bytes()) for path in files])
    assert written[0] == written[1]
    assert written[0]


def test_a_dataset_is_not_written(both: tuple[Case, Case]) -> None:
    _, dataset = both
    for write in (
        lambda: dataset.add([toy("x", "Rebels attacked Army.")]),
        lambda: dataset.decide(dataset.claims()[0].id, "accept", by="Ada"),
        dataset.merge,
        lambda: dataset.imported([]),
    ):
        with pytest.raises(BadCase, match="strife pack"):
            write()
    assert "strife open --check" in dataset.check()[0]


def test_of_a_run_that_goes_on_only_what_is_done_is_seen(tmp_path: Path, toy_reader: None) -> None:
    def breaking(mark: object, new: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(incoming(stack()), tmp_path / "out", Plan(shard=2, progress=breaking))
    (_, mark), *rest = marks(tmp_path / "out")
    half = tmp_path / "out" / "documents" / "month=2014-09" / "000000.parquet"
    half.parent.mkdir()
    half.write_bytes(b"of a shard that is being written")
    assert rest == []
    with Case.open(tmp_path / "out") as dataset:
        assert (dataset.info().documents, len(dataset.claims())) == (mark.documents, mark.claims)
        assert list(dataset.incidents()) == []
    packed = CliRunner().invoke(cli, ["pack", str(tmp_path / "out"), str(tmp_path / "a.strife")])
    assert isinstance(packed.exception, BadCase)


@pytest.mark.parametrize(("filters", "documents"), [([], 11), (["--place", "Harem"], 3), (["--text", "nowhere"], 0)])
def test_a_selection_is_packed_into_a_case(
    both: tuple[Case, Case], tmp_path: Path, filters: list[str], documents: int
) -> None:
    case, dataset = both
    target = tmp_path / "packed.strife"
    for _ in range(2):  # the second time nothing is left to do
        result = CliRunner().invoke(cli, ["pack", str(dataset.path), str(target), *filters])
        assert (result.exit_code, f"{documents} of 11 documents" in result.stderr) == (0, True)
        with Case.open(target) as packed:
            assert packed.check() == []
            own = {one.id for one in packed.documents()}
            assert len(own) == documents
            assert [one.id for one in packed.claims()] == [one.id for one in case.claims() if one.document in own]
            if not filters:
                assert list(packed.incidents()) == list(case.incidents())
                assert packed.show("r1") == case.show("r1")


def test_without_duckdb_the_extra_is_named(tmp_path: Path, toy_reader: None, monkeypatch: pytest.MonkeyPatch) -> None:
    run(incoming(stack()), tmp_path, Plan(shard=2))
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(StrifeError, match=r"strife\[scale\]"):
        Case.open(tmp_path)
