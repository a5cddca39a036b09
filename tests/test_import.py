"""Reading the event datasets of others: each layout, and what is wrong with files."""

from __future__ import annotations

import csv
import gzip
import json
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strife.errors import BadInput
from strife.exchange.countries import countries
from strife.exchange.layouts import LAYOUTS, looks_like
from strife.exchange.problems import Options, Problem
from strife.exchange.readers import read_acled, read_gdelt, read_icews, read_phoenix, read_polecat, read_ucdp
from strife.records import Incident, to_json

DATA = Path(__file__).parent / "data" / "exchange"
TODAY = date(2026, 1, 1)
Reader = Callable[[Path, Options], Iterator[Incident]]


def read_gdelt1(path: Path, options: Options) -> Iterator[Incident]:
    return read_gdelt(path, 1, options)


def read_gdelt2(path: Path, options: Options) -> Iterator[Incident]:
    return read_gdelt(path, 2, options)


FILES: dict[str, Reader] = {
    "GEDEvent_v25_1.csv": read_ucdp,
    "GEDEvent_v25_0_9.csv": read_ucdp,
    "ged41.csv": read_ucdp,
    "acled.csv": read_acled,
    "gdelt1.CSV": read_gdelt1,
    "gdelt2.CSV": read_gdelt2,
    "icews.tab": read_icews,
    "polecat.txt": read_polecat,
    "polecat_variant.txt": read_polecat,
    "phoenix.txt": read_phoenix,
}


def expected() -> dict[str, list[Incident]]:
    """The incidents of each file, checked by hand when they were pinned."""
    lines = (DATA / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    found: dict[str, list[Incident]] = {}
    for line in lines:
        row = json.loads(line)
        found.setdefault(row["file"], []).append(msgspec.convert(row["incident"], Incident))
    return found


def ucdp_rows(tmp_path: Path, *changes: dict[str, str]) -> Path:
    """A UCDP file whose rows are the first example row, each with some cells changed."""
    with (DATA / "GEDEvent_v25_1.csv").open(encoding="utf-8", newline="") as stream:
        row = next(csv.DictReader(stream))
    path = tmp_path / "GEDEvent_v25_1.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, list(row))
        out.writeheader()
        out.writerows({**row, **change} for change in changes)
    return path


def reading(path: Path, reader: Reader) -> tuple[list[Incident], list[Problem], list[str]]:
    """Incidents, problems and notices of a file."""
    problems: list[Problem] = []
    notices: list[str] = []
    options = Options(on_problem=problems.append, notice=notices.append, today=TODAY)
    return list(reader(path, options)), problems, notices


@pytest.mark.parametrize("name", FILES)
def test_each_layout(name: str) -> None:
    found, problems, _ = reading(DATA / name, FILES[name])
    assert found == expected()[name]
    assert problems == []
    assert len({one.id for one in found}) == len(found)


@pytest.mark.parametrize("name", FILES)
def test_no_name_of_a_victim_comes_in(name: str) -> None:
    found, _, _ = reading(DATA / name, FILES[name])
    assert not any("Invented Person" in to_json(one) for one in found)


@pytest.mark.parametrize("name", FILES)
def test_what_comes_in_keeps_the_contract(name: str) -> None:
    for one in reading(DATA / name, FILES[name])[0]:
        assert msgspec.json.decode(to_json(one), type=Incident) == one
        assert one.dataset is not None
        assert one.row is not None
        assert one.claims == one.documents == ()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("pack", ["gz", "zip"])
def test_packed_files(tmp_path: Path, name: str, pack: str) -> None:
    data = (DATA / name).read_bytes()
    path = tmp_path / f"{name}.{pack}"
    if pack == "gz":
        path.write_bytes(gzip.compress(data))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, data)
            archive.writestr("README.pdf", b"%PDF-")
    found, problems, _ = reading(path, FILES[name])
    assert [one.row for one in found] == [one.row for one in expected()[name]]
    assert problems == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be-bom", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_encodings(tmp_path: Path, encoding: str, ends: str) -> None:
    text = (DATA / "acled.csv").read_text(encoding="utf-8").replace("\n", ends)
    data = b"\xfe\xff" + text.encode("utf-16-be") if encoding == "utf-16-be-bom" else text.encode(encoding)
    (tmp_path / "acled.csv").write_bytes(data)
    found, problems, notices = reading(tmp_path / "acled.csv", read_acled)
    assert found == expected()["acled.csv"]
    assert problems == []
    assert len(notices) == (0 if encoding == "utf-8-sig" else 1)


def test_columns_are_found_by_name(tmp_path: Path) -> None:
    with (DATA / "GEDEvent_v25_1.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    turned = tmp_path / "GEDEvent_v25_1.csv"
    with turned.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([["a column of their own", *reversed(row)] for row in rows])
    assert reading(turned, read_ucdp)[0] == expected()["GEDEvent_v25_1.csv"]


@pytest.mark.parametrize("name", [name for name in FILES if name != "gdelt1.CSV"])
@pytest.mark.parametrize("other", ["read_ucdp", "read_acled", "read_icews", "read_gdelt1", "read_phoenix"])
def test_another_dataset_is_named(name: str, other: str) -> None:
    reader: Reader = globals()[other]
    if reader is FILES[name]:
        return
    kind = looks_like((DATA / name).read_text(encoding="cp1252").splitlines()[0])
    assert kind is not None
    with pytest.raises(BadInput, match=f"it looks like {kind.title}: import it as {kind.name}"):
        reading(DATA / name, reader)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"name,age\nx,3\n", "lacks .*check that the file is whole; known layouts"),
        (b"%PDF-1.4", "is a PDF"),
        (b"PK\x03\x04 no archive", "is a damaged zip archive"),
        (b"\x1f\x8b broken", "is damaged from its beginning"),
        (b"id,year\n", "lacks best"),
    ],
)
def test_what_is_no_dataset(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "x.csv").write_bytes(data)
    with pytest.raises(BadInput, match=words):
        reading(tmp_path / "x.csv", read_ucdp)


def test_missing_file_and_workbooks(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        reading(tmp_path / "none.csv", read_ucdp)
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "")
    with pytest.raises(BadInput, match="Excel workbook; save its sheet as CSV"):
        reading(tmp_path / "x.xlsx", read_ucdp)
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", "x")
        archive.writestr("b.csv", "x")
    with pytest.raises(BadInput, match=r"holds 2 tables \(a.csv, b.csv\)"):
        reading(tmp_path / "two.zip", read_ucdp)


def test_numbers_that_lost_their_zero(tmp_path: Path) -> None:
    text = (DATA / "icews.tab").read_text(encoding="utf-8").replace("\t040\t", "\t40\t")
    (tmp_path / "icews.tab").write_text(text, encoding="utf-8")
    _, problems, _ = reading(tmp_path / "icews.tab", read_icews)
    assert "is it 040, with its 0 lost in a spreadsheet?" in problems[0].reason


def test_icews_ids_come_twice_but_rows_are_told_apart() -> None:
    assert [one.row for one in reading(DATA / "icews.tab", read_icews)[0]][:2] == [
        "30001@2018-01-05",
        "30001@2018-01-06",
    ]


def test_old_gdelt_files_have_no_url_and_some_copies_have_a_header(tmp_path: Path) -> None:
    lines = (DATA / "gdelt1.CSV").read_text(encoding="utf-8").splitlines()
    (tmp_path / "1979.csv").write_text("".join(line.rpartition("\t")[0] + "\n" for line in lines), encoding="utf-8")
    assert reading(tmp_path / "1979.csv", read_gdelt1)[0] == expected()["gdelt1.CSV"]
    rows = [list(LAYOUTS["gdelt1"].columns), *(line.split("\t") for line in lines)]
    with (tmp_path / "query.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    assert reading(tmp_path / "query.csv", read_gdelt1)[0] == expected()["gdelt1.CSV"]


@pytest.mark.parametrize(
    ("role", "sector"), [("MED", "JRN"), ("HLH", "MED"), ("INS", "REB"), ("GOV", "GOV"), ("???", None)]
)
def test_roles_of_cameo_become_sectors_of_plover(role: str, sector: str | None) -> None:
    from strife.exchange.cameo import actor

    found = actor("", "CHE", (role,))
    assert found is not None
    assert found.sectors == ((sector,) if sector else ())


@pytest.mark.parametrize(
    ("actors", "inters", "event", "sub_event", "expected_"),
    [
        # (actor1, actor2), their kinds, event and sub-event -> (actors, recipients)
        (("Army", "Militia"), ("1", "3"), "Battles", "Armed clash", ("Army Militia", "")),
        (("Militia", "Villagers"), ("3", "7"), "Violence against civilians", "Attack", ("Militia", "Villagers")),
        (("Villagers", "Militia"), ("7", "3"), "Violence against civilians", "Attack", ("Militia", "Villagers")),
        (("", "Villagers"), ("", "7"), "Violence against civilians", "Attack", ("", "Villagers")),
        (("Army", ""), ("1", "0"), "Strategic developments", "Arrests", ("Army", "")),
        (("Marchers", "Police"), ("6", "1"), "Protests", "Excessive force against protesters", ("Police", "Marchers")),
        (("Marchers", "Police"), ("6", "1"), "Protests", "Protest with intervention", ("Marchers Police", "")),
    ],
)
def test_who_did_it_in_acled(
    tmp_path: Path,
    actors: tuple[str, str],
    inters: tuple[str, str],
    event: str,
    sub_event: str,
    expected_: tuple[str, str],
) -> None:
    with (DATA / "acled.csv").open(encoding="utf-8", newline="") as stream:
        row = next(csv.DictReader(stream))
    row |= {"actor1": actors[0], "actor2": actors[1], "inter1": inters[0], "inter2": inters[1]}
    row |= {"event_type": event, "sub_event_type": sub_event}
    with (tmp_path / "acled.csv").open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, list(row))
        out.writeheader()
        out.writerow(row)
    [found], _, _ = reading(tmp_path / "acled.csv", read_acled)
    sides = tuple(" ".join(told.party.quote for told in side) for side in (found.actors, found.recipients))
    assert sides == expected_


def test_an_abbreviation_is_not_another_countrys_army() -> None:
    [party] = [
        one.party
        for incident in reading(DATA / "GEDEvent_v25_1.csv", read_ucdp)[0]
        for one in incident.actors
        if one.party.quote == "SNA"
    ]
    assert (party.id, party.country) == (None, None)


@pytest.mark.parametrize(
    ("name", "dataset"),
    [
        ("GEDEvent_v25_1.csv", "ucdp:ged251"),
        ("ged231.csv", "ucdp:ged231"),
        ("GEDEvent_v24_0_11.csv", "ucdp:candidate24.0.11"),
        ("gedevent_v24_01_24_09.csv.gz", "ucdp:candidate24.01.24.09"),
        ("my events.csv", "ucdp:ged"),
    ],
)
def test_release_by_file_name(tmp_path: Path, name: str, dataset: str) -> None:
    (tmp_path / name).write_bytes((DATA / "ged41.csv").read_bytes())
    found, _, notices = reading(tmp_path / name, read_ucdp)
    assert found[0].dataset == dataset
    assert len(notices) == (dataset == "ucdp:ged")


def test_a_release_that_is_given(tmp_path: Path) -> None:
    found = list(read_ucdp(DATA / "ged41.csv", Options(release="ged201-syria")))
    assert found[0].id == "ucdp:ged201-syria:500001"


def test_memory_stays_flat(tmp_path: Path) -> None:
    peaks = []
    for count in (2_000, 8_000):
        path = ucdp_rows(tmp_path, *({"id": str(n)} for n in range(count)))
        sum(1 for _ in read_ucdp(path))  # caches are warm
        tracemalloc.start()
        assert sum(1 for _ in read_ucdp(path)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.15 * peaks[0]


def test_countries_by_every_code() -> None:
    table = countries()
    assert table.fips["SZ"].iso2 == "CH"  # FIPS: Switzerland; ISO: Eswatini
    assert table.cameo["ROM"].iso3 == "ROU"
    assert table.gw["652"].iso2 == "SY"
    assert table.gw["345"] is table.gw["340"] is table.iso2["RS"]
    assert table.numeric["466"].iso2 == "ML"
    for name, code in {"Yemen (North Yemen)": "YE", "dr congo (zaire)": "CD", "Russian Federation": "RU"}.items():
        found = table.by_name(name)
        assert found is not None
        assert found.iso2 == code
    assert table.by_name("Atlantis") is None


def test_layouts_have_the_columns_that_are_documented() -> None:
    widths = {"ucdp": 49, "acled": 31, "gdelt1": 58, "gdelt2": 61, "icews": 20, "polecat": 40, "phoenix": 26}
    assert {name: len(layout.columns) for name, layout in LAYOUTS.items()} == widths
    for layout in LAYOUTS.values():
        assert layout.required <= set(layout.columns)


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "x.csv"
    header = (DATA / "GEDEvent_v25_1.csv").read_bytes().splitlines(keepends=True)[0]
    for content in (data, header + data):
        path.write_bytes(content)
        try:
            found, _, _ = reading(path, read_ucdp)
        except BadInput:
            continue
        assert len(found) <= data.count(b"\n") + 1


def test_real_syrian_events(shared: Path) -> None:
    path = shared / "corpora" / "ucdp" / "ucdp_ged_syria_2016_2019.csv.gz"
    found, problems, _ = reading(path, read_ucdp)
    assert (len(found), problems) == (16_566, [])
    assert len({one.id for one in found}) == 16_566
    assert {one.where.country for one in found if one.where} == {"SY"}
    sample, problems, _ = reading(path.with_name("ucdp_ged231_sample1000.csv"), read_ucdp)
    assert (len(sample), problems) == (1_000, [])
    assert all(one.where and one.where.country for one in sample)
