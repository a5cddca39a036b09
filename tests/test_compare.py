"""A case beside a dataset: what is taken for one, what is left out and why, and pairs one to one."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from strife.casefile import Case
from strife.errors import BadInput
from strife.exchange.intake import layout_of
from strife.measure.compare import Compared, Windows, compare
from strife.measure.pairing import paired
from strife.records import Code, Date, Incident, IncidentFigure, Party, Place, Told
from strife.views.cli import cli

DATA = Path(__file__).parent / "data" / "exchange"
YEAR = (date(2020, 1, 1), date(2020, 12, 31))
TOWNS = {"Arun": (10.0, 20.0), "Belo": (10.1, 20.0), "Cado": (12.0, 21.0)}


def strife(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments], catch_exceptions=False)


def event(name: str, town: str | None = "Arun", start: str | None = "2020-05-03", **given: Any) -> Incident:
    lat, lon = TOWNS.get(town or "", (None, None))
    where = None
    if town is not None:
        where = Place(
            quote=town, start=0, end=0, name=town, country=given.get("country", "ET"), admin1=given.get("admin1", "North"),
            lat=lat, lon=lon, precision=given.get("precision", "settlement"),
        )  # fmt: skip
    when = None
    if start is not None:
        when = Date(start=start, end=given.get("end", start), precision="day", quote="then", basis="explicit")
    deaths = given.get("deaths")
    figures = (IncidentFigure(measure="deaths", low=deaths, best=deaths, high=deaths),) if deaths else ()
    party = Party(quote="x", start=0, end=0, name=given["party"]) if "party" in given else None
    return Incident(
        id=name, code=Code(plover=given.get("type", "ASSAULT")), where=where, when=when, status=given.get("status", "reported"),
        sources=1, figures=figures, actors=(Told(party=party),) if party else (), dataset=given.get("dataset"), row=name,
    )  # fmt: skip


def row(name: str, *rest: Any, **given: Any) -> Incident:
    return event(name, *rest, dataset="ucdp:ged251", **given)


def wide(*rows: Incident) -> list[Incident]:
    """Rows with two more, far away, that give the dataset its period."""
    return [*rows, row("row-first", "Cado", "2020-01-01"), row("row-last", "Cado", "2020-12-31")]


def pairs(found: Compared) -> list[tuple[str, str]]:
    return sorted((one.incident, one.row) for one in found.matches)


@pytest.mark.parametrize(
    ("ours", "theirs", "windows", "one"),
    [
        ({}, {}, Windows(), True),
        ({"town": "Belo"}, {}, Windows(km=25.0), True),
        ({"town": "Belo"}, {}, Windows(km=10), False),
        ({"town": "Belo", "precision": "surroundings"}, {}, Windows(km=10), True),
        ({"start": "2020-05-04"}, {}, Windows(days=1), True),
        ({"start": "2020-05-04"}, {}, Windows(days=0), False),
        ({"start": "2020-05-01", "end": "2020-05-20"}, {}, Windows(days=0), True),
        ({}, {"start": "2020-04-30", "end": "2020-05-02"}, Windows(days=1), True),
        ({}, {"start": "2020-04-30", "end": "2020-05-02"}, Windows(days=0), False),
        ({"type": "PROTEST", "deaths": 2.0}, {}, Windows(), True),
        ({"type": "PROTEST"}, {}, Windows(any_type=True), True),
        ({"party": "Army"}, {"party": "army"}, Windows(parties=True), True),
        ({"party": "Army"}, {"party": "Front"}, Windows(parties=True), False),
        ({"party": "Army"}, {"party": "Front"}, Windows(), True),
    ],
)
def test_windows(ours: dict[str, Any], theirs: dict[str, Any], windows: Windows, one: bool) -> None:
    found = compare([event("ours-one", **ours)], wide(row("row-one", **theirs)), windows, YEAR)
    assert pairs(found) == ([("ours-one", "row-one")] if one else [])
    assert [each.id for each in found.alone] == ([] if one else ["ours-one"])
    assert "row-one" in [each.id for each in found.rows_alone] or one


@pytest.mark.parametrize(
    ("ours", "reason"),
    [
        ({"status": "expected"}, "only expected, or denied"),
        ({"start": None}, "no date"),
        ({"start": "2020-01-01", "end": "2020-12-31"}, "no date finer than 31 days"),
        ({"town": None}, "no place on the map"),
        ({"town": "Nowhere"}, "no place on the map"),
        ({"precision": "country"}, "only a country or region for a place"),
        ({"start": "2021-06-01"}, "outside the shared period"),
        ({"country": "SD"}, "in another country"),
        ({"type": "AGREE"}, "of a type that the dataset does not have"),
    ],
)
def test_what_cannot_be_compared_is_told(ours: dict[str, Any], reason: str) -> None:
    found = compare([event("ours-one", **ours), event("ours-two")], wide(row("row-one")), Windows())
    assert found.summary.case.left_out == {reason: 1}
    assert pairs(found) == [("ours-two", "row-one")]


def test_figures_and_groups() -> None:
    ours = [event("ours-one", deaths=3.0, admin1="Homs"), event("ours-two", "Cado", "2020-09-09", admin1="Homs")]
    theirs = wide(row("row-one", deaths=30.0, admin1="Homs Governorate"), row("row-two", deaths=1.0, admin1="Idlib"))
    summary = compare(ours, theirs, Windows()).summary
    assert (summary.case.compared, summary.case.covered, summary.rows.compared, summary.rows.covered) == (2, 1, 2, 2)
    assert (summary.matched, summary.period, summary.countries) == (1, ("2020-05-03", "2020-09-09"), ("ET",))
    assert summary.rows.left_out == {"outside the shared period": 2}
    assert summary.chance == 0.0
    told = {
        (one.by, one.value): (one.case, one.case_covered, one.dataset, one.dataset_covered) for one in summary.groups
    }
    assert told["admin1", "Homs"] == (2, 1, 1, 1)
    assert told["deaths", "25 deaths and more"] == (0, 0, 1, 1)
    assert told["deaths", "no deaths told"] == (1, 0, 0, 0)
    assert told["year", "2020"] == (2, 1, 2, 2)


def test_nothing_in_common_is_said() -> None:
    for theirs, words in (
        ([row("row-one", country="SD")], "no country in common"),
        ([row("row-one", start="2021-05-03")], "no day in common"),
        ([row("row-one", start=None)], "the dataset has nothing"),
    ):
        with pytest.raises(BadInput, match=words):
            compare([event("ours-one")], theirs, Windows())


@given(
    st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.sampled_from([0.2, 0.5, 0.9]), max_size=12),
    st.randoms(use_true_random=False),
)
def test_as_many_pairs_as_there_can_be(scores: dict[tuple[int, int], float], chance: Any) -> None:
    edges = [(score, one, other) for (one, other), score in scores.items()]
    found = paired(edges)
    assert len(set(found.values())) == len(found)
    assert all((one, other) in scores for one, other in found.items())
    best = max(sum((one, other) in scores for one, other in enumerate(order)) for order in permutations(range(5)))
    assert len(found) == best
    chance.shuffle(edges)
    assert paired(edges) == found


@pytest.mark.parametrize(
    ("name", "layout"),
    [("GEDEvent_v25_1.csv", "ucdp"), ("acled.csv", "acled"), ("gdelt2.CSV", "gdelt2"), ("icews.tab", "icews")],
)
def test_formats_are_known_by_their_first_line(name: str, layout: str) -> None:
    assert layout_of(DATA / name).name == layout


def test_a_file_of_no_layout(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b,c\n1,2,3\n")
    with pytest.raises(BadInput, match="say which by --format"):
        layout_of(tmp_path / "x.csv")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A case whose incidents are the rows of a UCDP file, and one more."""
    path = tmp_path / "a.strife"
    strife("import", path, "ucdp", DATA / "GEDEvent_v25_1.csv")
    with Case.open(path) as case:
        rows = case.incidents()
        own = [
            Incident(id=f"incident-{n}", code=one.code, where=one.where, when=one.when, status="reported", sources=1)
            for n, one in enumerate(rows)
        ]
        case.put_incidents(own)
    return path


def test_command(file: Path) -> None:
    text = strife("compare", file, DATA / "GEDEvent_v25_1.csv")
    assert text.exit_code == 0, text.output
    assert "beside ucdp:ged251" in text.stdout
    assert "Neither share is a rate of errors" in text.stdout
    in_case = strife("compare", file, "--dataset", "ucdp*", "--json", "--matched", "--unmatched")
    summary, *rest = map(json.loads, in_case.stdout.splitlines())
    assert summary["record"] == "comparison"
    assert summary["matched"] == summary["case"]["compared"] > 0
    assert len(rest) == summary["matched"]
    assert {one["record"] for one in rest} == {"match"}
    listed = strife("compare", file, DATA / "GEDEvent_v25_1.csv", "--csv", "--unmatched", "--matched", "--km", "0")
    lines = list(csv.DictReader(io.StringIO(listed.stdout)))
    assert [one["side"] for one in lines] == ["both"] * summary["matched"]
    assert strife("compare", file, DATA / "GEDEvent_v25_1.csv", "--csv").stdout.startswith("by,value,case,")
    with pytest.raises(BadInput, match="no day in common"):
        strife("compare", file, DATA / "acled.csv")
    assert strife("compare", file).exit_code == 2
    assert strife("compare", file, "--dataset", "x", "--since", "June").exit_code == 2
    with pytest.raises(BadInput, match="it has ucdp:ged251"):
        strife("compare", file, "--dataset", "acled")
    with pytest.raises(BadInput, match="no such file"):
        strife("compare", file, file.parent / "none.csv")
