"""Writing event data: each format is read back by a program of others, and by our own readers where the layout is theirs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from strife.errors import StrifeError, Unknown
from strife.exchange.cells import text_of
from strife.exchange.layouts import ACLED_COLUMNS, UCDP_COLUMNS
from strife.exchange.sheet import cell
from strife.exchange.target import part_of, text_file
from strife.exchange.writers import (
    Written,
    write_acled,
    write_annotation,
    write_brat,
    write_csv,
    write_geojson,
    write_parquet,
    write_plover,
    write_ucdp,
)
from strife.exchange.writers.fields import FIELDS
from strife.exchange.writers.happening import STATUSES, Pair
from strife.exchange.writers.ucdp import priogrid
from strife.records import (
    Claim,
    Code,
    Date,
    Document,
    Event,
    Figure,
    Frame,
    Party,
    Place,
    Span,
)

GOLDEN = Path(__file__).parent / "golden"
ROWS = {
    "acled": write_acled,
    "csv": write_csv,
    "geojson": write_geojson,
    "parquet": write_parquet,
    "plover": write_plover,
    "ucdp": write_ucdp,
}
TEXT = "Rebels — so “sources” say — shelled\nthe village of Tal Wadi on Sunday, killing 7. =SUM(A1)"


def golden() -> Iterator[Pair]:
    """The claims of the golden readings with their documents: all types, all statuses."""
    for path in sorted(GOLDEN.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        document = Document(**{key: rows[0][key] for key in Document.__struct_fields__ if key in rows[0]})
        for row in rows[1:]:
            yield document, msgspec.convert(row, Claim)


def party(quote: str, **more: Any) -> Party:
    start = TEXT.index(quote) if quote in TEXT else 0
    return Party(quote=quote, start=start, end=start + len(quote) if quote in TEXT else 0, **more)


def span(quote: str) -> Span:
    return Span(start=TEXT.index(quote), end=TEXT.index(quote) + len(quote), quote=quote)


def pairs(status: str = "reported", **frame: Any) -> list[Pair]:
    """An event and its figure in a text with line ends, dashes and what a spreadsheet would run."""
    document = Document(id="../a b:1", text=TEXT, published="2016-05-02", source="=cmd()", url="http://example.org/a")
    words = span(TEXT[TEXT.index("shelled") : TEXT.index(",")])
    event = Event(
        id="e" * 16,
        document=document.id,
        evidence=(words, span("killing 7")),
        frame=Frame(**frame),
        status=status,  # type: ignore[arg-type]
        where=Place(
            quote="Tal Wadi", start=TEXT.index("Tal"), end=TEXT.index("Tal") + 8, name="Tal Wadi", country="SY",
            admin1="Homs", lat=34.5, lon=-0.25, precision="settlement",
        ),
        when=Date(start="2016-05-01", end="2016-05-01", precision="day", quote="Sunday", basis="relative"),
        by="test",
        trigger=span("shelled\nthe"),
        code=Code(plover="ASSAULT", mode="heavy-weapons", cameo="194", acled="Shelling/artillery/missile attack"),
        actors=(party("Rebels", sectors=("REB",)),),
        recipients=(party("village", sectors=("CVL",)),),
    )  # fmt: skip
    figure = Figure(
        id="f" * 16, document=document.id, evidence=(span("killing 7"),), frame=Frame(**frame), status=event.status, by="test",
        measure="deaths", of=span("7"), low=7, best=7, high=9, about=event.id,
    )  # fmt: skip
    return [(document, event), (document, figure)]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_only_what_is_reported_counts(tmp_path: Path) -> None:
    everything = list(golden())
    events = [claim for _, claim in everything if isinstance(claim, Event)]
    reported = sum(claim.status == "reported" for claim in events)
    for name in ("plover", "csv", "geojson", "parquet"):
        written = ROWS[name](tmp_path / name, everything)
        assert written.rows == reported < len(events)
        assert sum(written.left_out.values()) == len(events) - reported
        assert ROWS[name](tmp_path / f"{name}-all", everything, STATUSES) == Written(rows=len(events))
    assert write_annotation(tmp_path / "a", everything).rows == sum(c.status == "reported" for _, c in everything)
    assert write_brat(tmp_path / "b", everything, ["claimed"]).rows == sum(c.status == "claimed" for _, c in everything)
    with pytest.raises(Unknown, match="'rumoured' is no status; they are reported"):
        write_plover(tmp_path / "x", everything, ["rumoured"])
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("name", [*ROWS, "annotation", "brat"])
def test_status_and_voice_travel_along(tmp_path: Path, name: str) -> None:
    claims = pairs("claimed", voice=party("sources", name="Sources of the sheikh"), co_voices=(party("Rebels"),))
    path = tmp_path / "out"
    voice = "Sources of the sheikh; Rebels"
    if name in ROWS:
        assert ROWS[name](path, claims, ["claimed"]).rows == 1
    else:
        write = write_annotation if name == "annotation" else write_brat
        assert write(path, claims, ["claimed"]).rows == 2
    if name in ("acled", "ucdp"):
        [row] = rows_of(path)
    elif name == "csv":
        [row] = rows_of(path / "incidents.csv")
    elif name == "parquet":
        import pandas

        row = pandas.read_parquet(path).to_dict("records")[0]
    else:
        files = sorted(path.glob("*.ann")) if path.is_dir() else [path]
        text = files[0].read_text(encoding="utf-8")
        assert voice in text
        assert "claimed" in text
        return
    assert (row["status"], row["voice"]) == ("claimed", voice)


def test_plover_records(tmp_path: Path) -> None:
    write_plover(tmp_path / "out.jsonl", pairs("expected"), ["expected"])
    [record] = map(json.loads, (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines())
    assert (record["event"], record["mode"], record["auxiliaryMode"]) == ("ASSAULT", "heavy-weapons", "future")
    assert record["source"] == [{"actorText": "Rebels", "sector": "REB"}]
    assert record["date"] == "2016-05-01"
    assert record["figures"] == {"deaths": {"low": 7.0, "best": 7.0, "high": 9.0}}


def test_geojson_by_a_validator(tmp_path: Path) -> None:
    from geojson_validator import validate_geometries, validate_structure
    from loguru import logger

    logger.disable("geojson_validator")
    write_geojson(tmp_path / "out.geojson", golden(), STATUSES)
    found = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))
    assert validate_structure(found) == {}
    checked = validate_geometries(found)
    assert (checked["invalid"], checked["problematic"]) == ({}, {})
    assert any(feature["geometry"] is None for feature in found["features"])
    write_geojson(tmp_path / "one.geojson", pairs())
    [feature] = json.loads((tmp_path / "one.geojson").read_text(encoding="utf-8"))["features"]
    assert feature["geometry"]["coordinates"] == [-0.25, 34.5]  # longitude first
    write_geojson(tmp_path / "none.geojson", [])
    assert json.loads((tmp_path / "none.geojson").read_text(encoding="utf-8"))["features"] == []


def test_csv_by_frictionless_and_pandas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import frictionless
    import pandas

    written = write_csv(tmp_path / "out", [*golden(), *pairs()], STATUSES)
    monkeypatch.chdir(tmp_path / "out")
    report = frictionless.validate("datapackage.json")
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])
    table = pandas.read_csv("incidents.csv", dtype={"cameo": str})
    assert len(table) == written.rows
    assert list(table.columns) == [field.name for field in FIELDS]
    assert table["lat"].dtype == table["deaths_best"].dtype == "float64"
    assert "040" in set(table["cameo"]) or all(str(code).isdigit() for code in table["cameo"].dropna())
    last = table.iloc[-1]
    assert (last["outlets"], last["deaths_best"]) == ("'=cmd()", 7)


def test_csv_beside_another_description(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", pairs())
    write_csv(tmp_path / "a.csv", pairs())  # again: its own
    with pytest.raises(StrifeError, match=r"describes another table \(a.csv\); choose another folder"):
        write_csv(tmp_path / "b.csv", pairs())
    with pytest.raises(StrifeError, match="cannot be made a folder"):
        write_csv(tmp_path / "a.csv" / "b", pairs())


def test_parquet_by_pyarrow(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    written = write_parquet(tmp_path / "out.parquet", [*golden(), *pairs()], STATUSES)
    table = pq.read_table(tmp_path / "out.parquet")
    assert table.num_rows == written.rows
    row = table.to_pylist()[-1]
    assert row["start"] == date(2016, 5, 1)
    assert row["actors"] == ["Rebels"]
    assert row["actor_sectors"] == ["REB"]
    assert row["outlets"] == ["=cmd()"]  # no spreadsheet opens Parquet: words are kept as they are
    assert (row["deaths_low"], row["deaths_high"], row["sources"]) == (7.0, 9.0, 1)


def test_parquet_without_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(StrifeError, match=r"install it by: pip install 'strife\[parquet\]'"):
        write_parquet(tmp_path / "out.parquet", pairs())


def test_what_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(StrifeError, match="is a folder; name the file"):
        write_plover(tmp_path, pairs())
    with pytest.raises(StrifeError, match="cannot be written"):
        write_plover(tmp_path / "none" / "x", pairs())


def test_an_export_that_fails_leaves_what_stood_there(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("before", encoding="utf-8")

    def failing() -> Iterator[Pair]:
        yield from pairs()
        raise StrifeError("the case is damaged")

    for write in (write_plover, write_acled, write_parquet, write_geojson):
        with pytest.raises(StrifeError, match="damaged"):
            write(tmp_path / "out", failing())
    assert [(one.name, one.read_text(encoding="utf-8")) for one in tmp_path.iterdir()] == [("out", "before")]


def test_the_layouts_of_others_with_two_more_columns(tmp_path: Path) -> None:
    import pandas

    for write, columns in ((write_acled, ACLED_COLUMNS), (write_ucdp, UCDP_COLUMNS)):
        assert write(tmp_path / "out.csv", pairs()).rows == 1
        table = pandas.read_csv(tmp_path / "out.csv")
        assert list(table.columns) == [*columns, "status", "voice"]
        row = table.iloc[0]
        assert row["latitude"] == 34.5
        assert row["longitude"] == -0.25  # a number below 0 is no formula
    assert (row["best"], row["high"], row["type_of_violence"], row["country_id"]) == (7, 9, 3, 652)
    assert row["geom_wkt"] == "POINT (-0.25 34.5)"


def test_what_a_layout_cannot_hold_is_counted(tmp_path: Path) -> None:
    document, event = pairs()[0]
    assert isinstance(event, Event)
    changed = [
        replace(event, where=None),
        replace(event, when=None),
        replace(event, code=Code(plover="CONSULT")),
        event,
    ]
    claims: list[Pair] = [(document, one) for one in changed]
    assert write_acled(tmp_path / "a", claims) == Written(
        rows=1, left_out={"no place": 1, "no date": 1, "no ACLED sub-event for CONSULT": 1}
    )
    assert write_ucdp(tmp_path / "u", claims).left_out == {"no death is counted": 3, "no violence": 1}


@pytest.mark.parametrize(
    ("lat", "lon", "expected"), [(35.763369, 36.558974, 181154), (-9.65, 20.4, 115601), (90, 180, 259200)]
)
def test_priogrid(lat: float, lon: float, expected: int) -> None:
    assert priogrid(lat, lon) == expected  # the first two: rows of UCDP's own


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_cells_come_back_and_run_nothing(text: str) -> None:
    written = cell(text)
    assert not written[:1] or written[0] not in "=+-@\t\r\n＝＋－＠"
    stripped = text.strip(" ")
    if stripped == text and text not in {"", "NA", "N/A", "NaN", "nan", "None", "NULL", "null"}:
        assert text_of({"a": written}, "a") == text


@pytest.mark.parametrize(
    ("value", "expected"), [(3, "3"), (-3.0, "-3"), (-0.25, "-0.25"), (None, ""), ("-3", "'-3"), ("a=b", "a=b")]
)
def test_numbers_stay_numbers(value: str | float | None, expected: str) -> None:
    assert cell(value) == expected


def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    device = Path("/dev/full")
    if not device.exists():
        pytest.skip("needs /dev/full")
    with pytest.raises(StrifeError, match=r"/dev/full: cannot be written"), text_file(device) as stream:
        stream.write("x" * 100_000)
    with pytest.raises(StrifeError, match=r"/dev/full: is a device"), part_of(device):
        pass
    assert device.is_char_device()
    with text_file(tmp_path / "a.txt") as stream:
        stream.write("whole")
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]
