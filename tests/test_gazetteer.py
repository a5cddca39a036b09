"""The gazetteer: how it is built, and what it finds."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strife.errors import BadData, StrifeError
from strife.gazetteer import Gazetteer, build, tables
from strife.gazetteer.names import alike, bare, fold, skeleton, usable
from strife.gazetteer.packages import region_rows, table
from strife.home import home_folder


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.shared()


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Aleppo", "SY", "settlement"),
        ("Halab", "SY", "settlement"),
        ("aleppo", "SY", "settlement"),
        ("حلب", "SY", "settlement"),
        ("Киев", "UA", "settlement"),
        ("Kiev", "UA", "settlement"),
        ("Kyiv", "UA", "settlement"),
        ("Al-Hasakah", "SY", "settlement"),
        ("Hasakah", "SY", "settlement"),
        ("Deir ez Zor", "SY", "settlement"),
        ("Deir-ez-Zor", "SY", "settlement"),
        ("Jisr al-Shughur", "SY", "settlement"),
        ("Raqa", "SY", "settlement"),
        ("Sao Paulo", "BR", "settlement"),
        ("São Paulo", "BR", "settlement"),
        ("Damascus Governorate", "SY", "province"),
        ("Donetsk Oblast", "UA", "province"),
        ("Texas", "US", "province"),
        ("Syria", "SY", "country"),
        ("Ivory Coast", "CI", "country"),
        ("Burma", "MM", "country"),
        ("U.S.", "US", "country"),
        ("Golan Heights", "SY", "region"),
        ("Donbass", "UA", "region"),
        ("Sahel", "", "region"),
    ],
)
def test_finds(gazetteer: Gazetteer, name: str, country: str, kind: str) -> None:
    assert any(entry.country == country and entry.kind == kind for entry in gazetteer.candidates(name))


@pytest.mark.parametrize("name", ["THE", "I", "the", "", "-", "'", "Qwrtzxv"])
def test_finds_nothing(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.candidates(name) == []
    assert not gazetteer.has(name)


def test_an_entry_is_whole(gazetteer: Gazetteer) -> None:
    entry = next(one for one in gazetteer.candidates("Damascus") if one.kind == "settlement")
    assert (entry.id, entry.name, entry.country, entry.admin1, entry.capital) == (
        "geonames:170654",
        "Damascus",
        "SY",
        "Damascus",
        True,
    )
    assert abs(entry.lat - 33.5) < 0.1
    assert abs(entry.lon - 36.3) < 0.1
    assert entry.population > 1_000_000


def test_peoples_and_abbreviations(gazetteer: Gazetteer) -> None:
    people = gazetteer.people("Syrian")
    assert people is not None
    assert people.id == "geonames:163843"
    assert gazetteer.nation("North Korean") == "KP"
    assert gazetteer.nation("Ukraine") == "UA"
    assert gazetteer.nation("European") is None
    texas = gazetteer.abbreviation("Tex.")
    assert texas is not None
    assert texas.name == "Texas"
    assert gazetteer.people("syrian") is None


def test_our_tables_are_sound(gazetteer: Gazetteer) -> None:
    regions = list(region_rows())
    assert len(regions) >= 150
    assert len({row.id for row in regions}) == len(regions)
    assert all(-90 <= row.lat <= 90 and -180 <= row.lon <= 180 for row in regions)
    codes = [row[0] for row in table("countries.tsv")]
    assert len(codes) == len(set(codes))
    assert all(row.country in {*codes, ""} for row in regions)
    assert all(gazetteer.abbreviation(word) for _, words in table("abbreviations.tsv") for word in words.split("|"))


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert bare(fold(name)) in fold(name)
    skeleton(fold(name))
    usable(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kharkiv", "Harkiv"),
        ("Jisr al-Shughur", "Jisr ash Shughur"),
        ("Khan Sheikhoun", "Khan Shaykhun"),
        ("Saraqeb", "Saraqib"),
        ("Raqa", "Raqqah"),
        ("Maaret al-Numan", "Ma‘arrat an Nu‘mān"),
        ("Qalamoun", "Kalamun"),
    ],
)
def test_transliterations_meet(one: str, other: str) -> None:
    if one != "Kharkiv":
        assert skeleton(fold(one)) == skeleton(fold(other)) != ""
        assert alike(fold(one), fold(other)) or fold(one)[0] != fold(other)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الرقة", "الرقه"),
        ("الرَّقَّة", "الرقة"),
        ("إدلب", "ادلب"),
        ("أريحا", "اريحا"),
        ("آمرلي", "امرلي"),
        ("الحســكة", "الحسكة"),
        ("صنعاء", "صنعا"),
        ("منبی", "منبي"),
        ("كركوك", "کرکوک"),
        ("مبنى", "مبني"),
        ("Лисичанськ", "лисичанск"),
        ("Ірпінь", "Ирпин"),
        ("Орёл", "Орел"),
        ("Донецьк", "Донецк"),
        ("Слов’янськ", "Словянск"),
    ],
)
def test_spellings_of_one_script_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("الرقة", "geonames:172955"),
        ("رقة", "geonames:172955"),
        ("حماه", "geonames:170017"),
        ("حماة", "geonames:170017"),
        ("الخرطوم", "geonames:379252"),
        ("بغداد", "geonames:98182"),
        ("Харків", "geonames:706483"),
        ("Харьков", "geonames:706483"),
        ("Маріуполь", "geonames:701822"),
        ("Мариуполь", "geonames:701822"),
    ],
)
def test_other_scripts_are_found(gazetteer: Gazetteer, name: str, key: str) -> None:
    assert key in [entry.id for entry in gazetteer.candidates(name)]


@pytest.mark.parametrize(("word", "key"), [("الرقة", "رقه"), ("الب", "الب"), ("ال", "ال"), ("al raqqah", "raqqah")])
def test_articles(word: str, key: str) -> None:
    assert bare(fold(word)) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Homs", "Hama"),
        ("Aleppo", "Alaba"),
        ("Damascus", "Domodossola"),
        ("Tartus", "Tirat"),
        ("Manbij", "Mombasa"),
        ("Kharkiv", "Karak"),
        ("Sirte", "Surat"),
        ("Mosul", "Masila"),
    ],
)
def test_false_friends_stay_apart(one: str, other: str) -> None:
    keys = fold(one), fold(other)
    assert skeleton(keys[0]) != skeleton(keys[1]) or not alike(*keys)


def small(path: Path, *_: object) -> None:
    with sqlite3.connect(path) as store:
        store.executescript(tables.TABLES)
        store.execute("INSERT INTO place VALUES (1, 'geonames:1', 'Qa', 'SY', '', 1, 2, 3, 'settlement', 0)")
        store.execute("INSERT INTO name VALUES ('qa', 1, 0)")
        store.execute("INSERT INTO fact VALUES ('whole', 'yes')")
    store.close()


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".gazetteer.lock")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STRIFE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(build, "_write", small)
    return tmp_path / "home"


def test_built_once_and_told(home: Path) -> None:
    told: list[str] = []
    Gazetteer.open(told.append).close()
    Gazetteer.open(told.append).close()
    assert len(told) == 1
    assert files(home) == [build.gazetteer_file().name]


def test_built_by_one_of_several(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Path] = []

    def slowly(path: Path, *_: object) -> None:
        time.sleep(0.05)
        built.append(path)
        small(path)

    monkeypatch.setattr(build, "_write", slowly)
    threads = [threading.Thread(target=build.ensure) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(built) == 1
    assert files(home) == [build.gazetteer_file().name]
    assert Gazetteer(build.gazetteer_file()).has("Qa")


def test_built_by_one_of_several_processes(tmp_path: Path) -> None:
    script = (
        "import sys, time\n"
        "from strife.gazetteer import build\n"
        "def write(path, *_):\n"
        "    time.sleep(0.2)\n"
        "    path.write_bytes(b'whole')\n"
        "    print('written')\n"
        "build._write = write\n"
        "print(build.ensure())\n"
    )
    environment = {**os.environ, "STRIFE_HOME": str(tmp_path)}
    processes = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=environment)
        for _ in range(2)
    ]
    said = "".join(process.communicate()[0] for process in processes)
    assert [process.returncode for process in processes] == [0, 0]
    assert said.count("written") == 1


def test_a_process_that_is_killed_leaves_no_lock(home: Path) -> None:
    script = (
        "import time\n"
        "from strife.gazetteer import build\n"
        "def write(path, *_):\n"
        "    path.write_bytes(b'half')\n"
        "    print('writing', flush=True)\n"
        "    time.sleep(60)\n"
        "build._write = write\n"
        "build.ensure()\n"
    )
    environment = {**os.environ, "STRIFE_HOME": str(home)}
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        process.kill()
    assert not build.gazetteer_file().exists()
    Gazetteer.open().close()
    assert files(home) == [build.gazetteer_file().name]


def test_disk_full_leaves_nothing_behind(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, *_: object) -> None:
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(build, "_write", full)
    with pytest.raises(StrifeError, match=r"No space left on device.*STRIFE_HOME"):
        build.ensure()
    assert files(home) == []


def test_what_a_killed_process_left_is_not_used(home: Path) -> None:
    home.mkdir()
    (home / ".gazetteer-dead").write_bytes(b"half")
    Gazetteer.open().close()
    assert files(home) == [build.gazetteer_file().name]


@pytest.mark.parametrize(
    "damage", [lambda data: b"", lambda data: data[: len(data) // 2], lambda data: b"x" * len(data)]
)
def test_damaged_file_is_built_anew(home: Path, damage: Callable[[bytes], bytes]) -> None:
    Gazetteer.open().close()
    path = build.gazetteer_file()
    path.write_bytes(damage(path.read_bytes()))
    assert not build.sound(path)
    with Gazetteer.open() as gazetteer:
        assert gazetteer.has("Qa")
    assert build.sound(path)


def test_half_a_file_is_never_used(home: Path) -> None:
    Gazetteer.open().close()
    path = build.gazetteer_file()
    with sqlite3.connect(path) as store:
        store.execute("DELETE FROM fact")
    store.close()
    with pytest.raises(BadData, match="not whole"):
        Gazetteer(path)
    Gazetteer.open().close()
    assert build.sound(path)


def test_damage_inside_is_set_aside(home: Path) -> None:
    with sqlite3.connect(build.ensure()) as store:
        store.execute("DROP TABLE name")
        store.execute("CREATE TABLE name (key TEXT, place INTEGER, match INTEGER)")
    store.close()
    gazetteer = Gazetteer.open()
    with sqlite3.connect(gazetteer.path) as store:
        store.execute("DROP TABLE sound")
    store.close()
    damaged = Gazetteer(gazetteer.path, own=True)
    with pytest.raises(BadData, match="built anew"):
        damaged.by_sound("Saraqeb")
    assert not gazetteer.path.exists()


def test_folder_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("STRIFE_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(StrifeError, match="STRIFE_HOME"):
        Gazetteer.open()


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to be looked at" * 20])
def test_damaged_file_names_the_remedy(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "gazetteer.sqlite"
    path.write_bytes(content)
    with pytest.raises(BadData, match="delete it"):
        Gazetteer(path)


def test_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STRIFE_HOME", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert home_folder() == tmp_path / "strife"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert home_folder() == Path.home() / ".cache" / "strife"
    monkeypatch.setenv("STRIFE_HOME", str(tmp_path / "own"))
    assert home_folder() == tmp_path / "own"
