"""Packs of places: how they are read, merged, kept and taken away."""

from __future__ import annotations

import errno
import gzip
import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from strife.errors import BadData, BadInput, StrifeError, Unknown
from strife.gazetteer import Gazetteer, build, shelf, tables
from strife.gazetteer.merge import Merger, kilometres
from strife.gazetteer.packages import Division, Row, middle
from strife.gazetteer.packs import PackRow, pack_format, read_pack
from strife.gazetteer.summary import summary
from strife.views.cli import cli

HEADER = "id\tname\talternates\tlat\tlon\tplacetype\tadmin1\tadmin2\tpopulation\n"
TABLE = HEADER + (
    "geonames:1\tMidtown Province\tMidtown\t35.0\t38.0\tadmin1\t\t\t\n"
    "geonames:11\tUpper Farm\tTell Upper|تل العليا\t35.21\t38.01\tlocality\tMidtown Province\t\t120\n"
    "\tLower Farm\t\t35.19\t38.02\tlocality\tMidtown\t\t\n"
    "x7\tOld Quarter\t\t35.0\t38.1\tneighbourhood\tMidtown\t\t\n"
)
DUMP = (
    "21\tEl Pueblo\tEl Pueblo\tPueblo Viejo,ELP\t35.4\t38.4\tP\tPPL\tSY\t\t01\t\t\t\t900\t\t300\tAsia/Damascus\t2020-01-01\n"
    "22\tPlace Hotel\tPlace Hotel\t\t35.4\t38.4\tS\tHTL\tSY\t\t01\t\t\t\t0\t\t300\tAsia/Damascus\t2020-01-01\n"
    "23\tMidtown\tMidtown\t\t35.1\t38.1\tA\tADM1\tSY\t\t01\t\t\t\t5000\t\t300\tAsia/Damascus\t2020-01-01\n"
    "24\tWadi Wide\tWadi Wide\t\t35.5\t38.5\tH\tWAD\tSY\t\t00\t\t\t\t0\t\t300\tAsia/Damascus\t2020-01-01\n"
)


@pytest.fixture(scope="module")
def base() -> Iterator[pytest.MonkeyPatch]:
    """A base of a few places in place of the packages: building takes no time."""
    division = Division("SY.01", "1", "Midtown", ["Midtown"], 1, "SY", 35.0, 38.0, towns=[(35.0, 38.0)])

    def cities(admin1: dict[str, str]) -> Iterator[Row]:
        yield Row("geonames:10", "Bigtown", "SY", "settlement", 35.0, 38.0, "Midtown", 100_000, ["Kabira"])
        yield Row("geonames:12", "Lower Farm", "SY", "settlement", 35.20, 38.02, "", 0, [])
        yield Row("geonames:13", "Farville", "IQ", "settlement", 33.0, 44.0, "", 500, [])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "divisions", lambda: {1: division})
        patch.setattr(tables, "city_rows", cities)
        patch.setattr(tables, "region_rows", lambda: iter(()))
        yield patch


@pytest.fixture
def home(base: pytest.MonkeyPatch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STRIFE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def write(path: Path, text: str) -> Path:
    data = text.encode()
    if path.suffix == ".gz":
        data = gzip.compress(data)
    if path.suffix == ".zip":
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("readme.txt", "about")
            archive.writestr(path.stem + ".txt", text)
        data = stream.getvalue()
    path.write_bytes(data)
    return path


def found(name: str) -> list[tuple[str, str]]:
    with Gazetteer.open() as gazetteer:
        return [(entry.id, entry.admin1) for entry in gazetteer.candidates(name)]


@pytest.mark.parametrize("name", ["SY.tsv", "SY.tsv.gz", "sy.txt", "SY.zip"])
def test_a_table_is_added(home: Path, tmp_path: Path, name: str) -> None:
    pack = write(tmp_path / name, TABLE)
    (added,) = build.add([pack])
    assert (added.country, added.format) == ("SY", "table")
    assert found("Upper Farm") == [("geonames:11", "Midtown")]
    assert found("تل العليا") == [("geonames:11", "Midtown")]
    assert found("Lower Farm") == [("geonames:12", "Midtown")]  # the base's, with the province that the pack knows
    ((quarter, province),) = found("Old Quarter")
    assert (quarter, province) == (f"{added.name}:x7", "Midtown")
    assert found("Farville") == [("geonames:13", "")]


@pytest.mark.parametrize("name", ["SY.txt", "SY.zip", "SY.txt.gz"])
def test_a_geonames_dump_is_added(home: Path, tmp_path: Path, name: str) -> None:
    (added,) = build.add([write(tmp_path / name, DUMP)])
    assert added.format == "geonames"
    assert "CC BY 4.0" in added.licence
    assert found("Pueblo Viejo") == [("geonames:21", "Midtown")]
    assert found("Place Hotel") == []
    with Gazetteer.open() as gazetteer:
        (province,) = (entry for entry in gazetteer.candidates("Midtown") if entry.kind == "province")
        assert (province.id, province.lat) == ("geonames:1", 35.1)  # a listed position is better than one worked out
        (valley,) = gazetteer.candidates("Wadi Wide")
        assert (valley.kind, valley.admin1) == ("region", "")


def test_a_whos_on_first_list_is_added(home: Path, tmp_path: Path) -> None:
    text = (
        "id,name,geom_latitude,geom_longitude,placetype,iso,wof_country,superseded_by,deprecated\n"
        '7,"Farm, Upper",35.2,38.0,locality,SY,SY,,\n8,Gone,35.2,38.0,locality,SY,SY,9,\n'
    )
    (added,) = build.add([write(tmp_path / "places.csv", text)])
    assert (added.format, added.country) == ("whosonfirst", "")
    assert found("Farm, Upper") == [("wof:7", "")]
    assert found("Gone") == []


def test_adding_twice_changes_nothing(home: Path, tmp_path: Path) -> None:
    pack = write(tmp_path / "SY.tsv", TABLE)
    build.add([pack])
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    build.add([pack])
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_a_newer_pack_replaces_the_older(home: Path, tmp_path: Path) -> None:
    build.add([write(tmp_path / "SY.tsv", TABLE)])
    build.add([write(tmp_path / "SY.tsv", TABLE.replace("Upper Farm", "Highest Farm"))])
    assert found("Upper Farm") == []
    assert found("Highest Farm") == [("geonames:11", "Midtown")]
    assert len(shelf.read_index().packs) == 1
    assert len(list(shelf.pack_folder().iterdir())) == 2  # the index and one pack
    assert len(list(home.glob("gazetteer-*.sqlite"))) == 1


def test_packs_outlive_the_gazetteer(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = write(tmp_path / "SY.tsv", TABLE)
    build.add([pack])
    pack.unlink()
    monkeypatch.setattr(build, "FORMAT", 1_000)  # as after an upgrade
    assert found("Upper Farm") == [("geonames:11", "Midtown")]


def test_removing(home: Path, tmp_path: Path) -> None:
    build.add([write(tmp_path / "SY.tsv", TABLE)])
    with pytest.raises(Unknown, match="there are: SY"):
        build.remove("XX")
    build.remove("SY")
    assert found("Upper Farm") == []
    assert found("Bigtown") == [("geonames:10", "Midtown")]
    assert [path.name for path in shelf.pack_folder().iterdir()] == ["index.json"]


def row(change: str) -> str:
    return HEADER + "geonames:11\tUpper Farm\t\t35.2\t38.0\tlocality\t\t\t\n" + change + "\n"


MALFORMED = {
    "empty": (b"", "is empty"),
    "blank": (b"\n\n", "is empty"),
    "binary": (b"id\tname\tlat\tlon\n\x00\x01\x02\n", "line 2.*binary"),
    "not UTF-8": ("name\tlat\tlon\nMalm\xf6\t1\t2\n".encode("latin-1"), r"line 2: byte 5 is not UTF-8"),
    "no header": (b"Farm\t1\t2\n", r"line 1: neither a GeoNames dump \(19 columns, 3 found\) nor a header"),
    "doubled": (b"name\tlat\tlon\tname\n", "line 1: the column name comes twice"),
    "short row": (row("geonames:12\tX").encode(), "line 3: 2 columns where the header has 9"),
    "latitude": (row("1\tX\t\t95\t38\tlocality\t\t\t").encode(), "line 3, column lat: 95 is not between -90 and 90"),
    "longitude": (row("1\tX\t\t5\t-181\tlocality\t\t\t").encode(), "line 3, column lon: -181 is not between"),
    "not a number": (row("1\tX\t\t35,2\t38\tlocality\t\t\t").encode(), "line 3, column lat: '35,2' is no number"),
    "NaN": (row("1\tX\t\tnan\t38\tlocality\t\t\t").encode(), "line 3, column lat: nan is not between"),
    "population": (row("1\tX\t\t35\t38\tlocality\t\t\t12k").encode(), "line 3, column population: '12k'"),
    "negative": (row("1\tX\t\t35\t38\tlocality\t\t\t-5").encode(), "line 3, column population"),
    "control": (
        row("1\tX\x1b[31m\t\t35\t38\tlocality\t\t\t").encode(),
        r"line 3, column name: control character U\+001B",
    ),
    "no name": (row("1\t -\t\t35\t38\tlocality\t\t\t").encode(), "line 3, column name: ' -' is no name"),
    "placetype": (row("1\tX\t\t35\t38\tplanet\t\t\t").encode(), "line 3, column placetype: 'planet' is not known"),
    "id": (row("geonames:abc\tX\t\t35\t38\tlocality\t\t\t").encode(), "line 3, column id: 'geonames:abc'"),
    "quotes": (b'name,lat,lon\n"Farm,1,2\n', "line 2: unexpected end of data"),
    "dump, columns": (DUMP.encode() + b"25\tX\n", "line 5: 2 columns where a GeoNames dump has 19"),
    "dump, latitude": (DUMP.replace("\t35.4\t", "\t935.4\t", 1).encode(), "line 1, column latitude"),
    "dump, country": (DUMP.replace("\tSY\t", "\tQQ\t", 1).encode(), "line 1, column country: 'QQ'"),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_malformed_packs_are_refused_and_nothing_is_lost(home: Path, tmp_path: Path, case: str) -> None:
    content, message = MALFORMED[case]
    build.add([write(tmp_path / "SY.tsv", TABLE)])
    bad = tmp_path / "LB.tsv"
    bad.write_bytes(content)
    with pytest.raises(BadInput, match=r"LB\.tsv.*" + message):
        build.add([bad])
    bad.rename(tmp_path / "SY.tsv")  # nor where it would replace one
    with pytest.raises(BadInput, match=message):
        build.add([tmp_path / "SY.tsv"])
    assert found("Upper Farm") == [("geonames:11", "Midtown")]
    assert len(list(shelf.pack_folder().iterdir())) == 2


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("SY.tsv.gz", b"name\tlat\tlon\n", "is not gzip"),
        ("SY.tsv.gz", gzip.compress(TABLE.encode())[:-20], "damaged or not whole"),
        ("SY.zip", b"name\tlat\tlon\n", "is not a zip archive"),
        ("SY.zip", b"PK\x03\x04 and no more", "damaged or not whole"),
    ],
)
def test_archives_that_are_none(home: Path, tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput, match=message):
        build.add([tmp_path / name])


def test_a_file_that_is_not_there(home: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none\.tsv cannot be read: No such file"):
        build.add([tmp_path / "none.tsv"])


def test_the_country_must_be_told(home: Path, tmp_path: Path) -> None:
    pack = write(tmp_path / "villages.tsv", "name\tlat\tlon\nFarm\t35\t38\n")
    with pytest.raises(BadInput, match=r"villages\.tsv, line 2: no country; give --country"):
        build.add([pack])
    with pytest.raises(BadInput, match="'XY' is no ISO"):
        build.add([pack], country="XY")
    build.add([pack], country="sy")
    ((key, _),) = found("Farm")
    assert key.startswith("villages:")


def test_two_of_one_name_are_refused(home: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    packs = [write(tmp_path / "SY.tsv", TABLE), write(tmp_path / "other" / "SY.txt", DUMP)]
    with pytest.raises(BadInput, match="would both be the pack SY"):
        build.add(packs)
    build.add(packs[:1])
    build.add(packs[1:], name="SY-geonames", country="SY")
    assert found("El Pueblo")
    assert found("Upper Farm")


@pytest.mark.parametrize("where", ["keep", "_build", "write_index"])
def test_a_full_disk_leaves_the_old(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    build.add([write(tmp_path / "SY.tsv", TABLE)])

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(build, where, full)
        with pytest.raises(StrifeError, match=r"No space left on device.*STRIFE_HOME"):
            build.add([write(tmp_path / "LB.tsv", TABLE.replace("Upper", "Cedar"))])
    assert found("Upper Farm") == [("geonames:11", "Midtown")]
    assert [pack.name for pack in shelf.read_index().packs] == ["SY"]
    assert len(list(shelf.pack_folder().iterdir())) == 2


def test_sqlite_on_a_full_disk(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, *_: object) -> None:
        with sqlite3.connect(path) as store:
            store.execute("PRAGMA max_page_count = 2")
            store.executescript(tables.TABLES)

    monkeypatch.setattr(build, "_write", full)
    with pytest.raises(StrifeError, match="full"):
        build.ensure()


def test_a_damaged_pack_is_named(home: Path, tmp_path: Path) -> None:
    (added,) = build.add([write(tmp_path / "SY.tsv", TABLE)])
    (shelf.pack_folder() / added.file).write_bytes(b"else")
    build.gazetteer_file().unlink()
    with pytest.raises(BadData, match=r"the pack SY .* damaged; add SY\.tsv again"):
        build.ensure()
    build.add([tmp_path / "SY.tsv"])
    assert found("Upper Farm")


def test_a_damaged_index_is_named(home: Path) -> None:
    shelf.pack_folder().mkdir(parents=True)
    (shelf.pack_folder() / "index.json").write_text('{"packs": 3}', encoding="utf-8")
    with pytest.raises(BadData, match=r"index\.json is damaged.*add your packs again"):
        build.ensure()


def test_merging_by_id_then_by_name_and_distance() -> None:
    merger = Merger({"SY"})
    town = Row("geonames:1", "Ar Rastan", "SY", "settlement", 34.93, 36.73, "Homs", 0, ["Rastan"])
    other = Row("geonames:2", "Elsewhere", "IQ", "settlement", 34.93, 36.73)
    assert list(merger.sift([town, other])) == [other]

    def pack(key: str, name: str, lat: float, population: int = 0) -> PackRow:
        return PackRow(Row(key, name, "SY", "settlement", lat, 36.73, "", population, ["الرستن"]))

    tally = merger.take(
        [pack("geonames:1", "Rastane", 34.0, 9), pack("wof:3", "Al-Rastan", 34.95), pack("wof:4", "Rastan", 35.5)]
    )
    assert (tally.rows, tally.new, tally.merged) == (3, 1, 2)
    assert town.names == ["Rastan", "Rastane", "الرستن", "Al-Rastan"]
    assert (town.population, town.lat, town.admin1) == (9, 34.93, "Homs")
    assert [row.id for row in merger.held] == ["geonames:1", "wof:4"]


@given(st.floats(-80, 80), st.floats(-180, 180), st.floats(-0.1, 0.1), st.floats(-0.1, 0.1))
def test_distances(lat: float, lon: float, north: float, east: float) -> None:
    one = Row("a", "A", "", "point", lat, lon)
    other = Row("b", "B", "", "point", lat + north, (lon + east + 180) % 360 - 180)
    assert kilometres(one, one) == 0
    assert kilometres(one, other) <= 111.2 * (abs(north) + abs(east)) + 1e-6


@given(st.lists(st.tuples(st.floats(-80, 80), st.floats(-170, 170)), min_size=1, max_size=40))
def test_the_middle_lies_among_the_towns(towns: list[tuple[float, float]]) -> None:
    lat, lon = middle(towns)
    assert min(lat for lat, _ in towns) - 1e-9 <= lat <= max(lat for lat, _ in towns) + 1e-9
    assert min(lon for _, lon in towns) - 1e-9 <= lon <= max(lon for _, lon in towns) + 1e-9


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.tsv"
    path.write_bytes(data)
    with suppress(BadInput):  # and nothing else
        list(read_pack(path, "bytes", "SY"))


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["gazetteer", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_commands(home: Path, tmp_path: Path) -> None:
    pack = write(tmp_path / "SY.tsv.gz", TABLE)
    assert str(home) in run("build")
    assert "was there" in run("build")
    assert "SY: 4 places, 2 new, 2 merged" in run("add", str(pack))
    told = run("info")
    assert all(words in told for words in ("pack SY", "GeoNames, CC BY 4.0", "settlement 4"))
    data = json.loads(run("info", "--json"))
    assert (data["packs"][0]["rows"], data["kinds"]["settlement"]) == (4, 4)
    table = run("find", "Kabira")
    assert all(words in table for words in ("Bigtown", "another name", "100,000"))
    line = json.loads(run("find", "upper", "farm", "--json"))
    assert (line["id"], line["admin1"], line["population"], line["matched"]) == (
        "geonames:11",
        "Midtown",
        120,
        "its name",
    )
    assert "its people" in run("find", "Syrian")
    assert "removed" in run("remove", "SY")
    with pytest.raises(Unknown, match="no place is called 'Upper Farm'"):
        run("find", "Upper", "Farm")


def test_a_damaged_gazetteer_is_built_by_the_command(home: Path) -> None:
    path = build.ensure()
    path.write_bytes(path.read_bytes()[:-4096])
    run("build")
    assert build.sound(path)
    assert summary(path, ()).names > 0


def test_the_packs_beside_the_repository(home: Path, shared: Path, tmp_path: Path) -> None:
    packs = sorted((shared / "corpora" / "gazetteer").glob("*.tsv.gz"))
    assert packs
    copies = [Path(shutil.copy(pack, tmp_path)) for pack in packs]
    assert {pack_format(pack) for pack in copies} == {"whosonfirst"}
    added = build.add(copies)
    counted = summary(build.gazetteer_file(), tuple(added))
    assert all(one.rows == one.new + one.merged > 500 for one in counted.packs)
