"""Actors that users add: found by reading from then on, refused with file, line, field and remedy, kept whole or not at all."""

import json
import multiprocessing
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import strife
from strife.errors import BadData, BadInput, StrifeError, Unknown
from strife.gazetteer.build import gazetteer_file
from strife.registry.actor import Actor, actor_of
from strife.registry.incoming import add_actors, read_actors, sector_codes
from strife.registry.lookup import find_actors
from strife.registry.own import Adding, adding, own_actors, own_file
from strife.registry.registry import load_registry, shipped_registry
from strife.views.registry_group import registry_group

ROWS = [json.loads(line) for line in (Path(__file__).parent / "data" / "actors.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    built = gazetteer_file()
    folder = tmp_path / "home"
    folder.mkdir()
    if built.is_file():
        (folder / built.name).symlink_to(built)
    monkeypatch.setenv("STRIFE_HOME", str(folder))
    return folder


def write(folder: Path, content: str | bytes, name: str = "actors.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_refused_with_place_and_remedy(row: dict[str, str], home: Path, tmp_path: Path) -> None:
    add_actors(write(tmp_path, "name,country\nHarbour Watch,YEM\n", "first.csv"))
    before = own_actors(own_file())
    path = write(tmp_path, row["content"], row.get("file", "actors.csv"))
    with pytest.raises(BadInput) as caught:
        add_actors(path)
    for said in (str(path), *row["says"]):
        assert said in str(caught.value)
    assert own_actors(own_file()) == before


def test_reading_finds_what_was_added(home: Path, tmp_path: Path) -> None:
    text = "Fighters of the Copper Gate Legion attacked a convoy near Homs on 3 May 2013."
    assert all(party.id is None for party in strife.read(text).claims[0].actors)
    add_actors(write(tmp_path, "name;aliases;country;sectors\nCopper Gate Legion;CGL|Gate Legion;syr;reb\n"))
    event = strife.read(text).claims[0]
    assert [(one.id, one.country, one.sectors) for one in event.actors] == [("own:copper-gate-legion", "SYR", ("REB",))]
    with adding(own_file()) as store:
        store.drop(["own:copper-gate-legion"])
    assert strife.read(text).claims[0].actors[0].id is None


def test_two_of_one_name_are_told_apart_by_the_years(home: Path, tmp_path: Path) -> None:
    rows = [
        {"name": "Salt Road Front", "country": "MLI", "sectors": ["REB"], "end": "1996"},
        {"name": "Salt Road Front", "country": "MLI", "sectors": ["PTY"], "start": "1997-02"},
    ]
    add_actors(write(tmp_path, "\n".join(map(json.dumps, rows)), "actors.jsonl"))
    text = "The Salt Road Front attacked the town of Kidal."
    for year, sector in (("1994", "REB"), ("2005", "PTY")):
        event = strife.read(strife.Document(id="d", text=text, published=f"{year}-05-01")).claims[0]
        assert event.actors[0].sectors == (sector,)


def test_adding_again_changes_nothing_and_replacing_does(home: Path, tmp_path: Path) -> None:
    path = write(tmp_path, "id,name,country\nx:1,Harbour Watch,YEM\n")
    assert (add_actors(path).new, add_actors(path).same) == (1, 1)
    other = write(tmp_path, "id,name,country\nx:1,Harbour Watch,OMN\n")
    with pytest.raises(BadInput, match="--replace"):
        add_actors(other)
    assert add_actors(other, replace=True).changed == 1
    assert [one.country for one in own_actors(own_file())] == ["OMN"]


def _add(job: tuple[str, str]) -> int:
    return add_actors(Path(job[1])).new


def test_processes_adding_at_once_lose_nothing(home: Path, tmp_path: Path) -> None:
    jobs = [
        ("", str(write(tmp_path, "name\n" + "".join(f"Band {n} of Kass {i}\n" for i in range(50)), f"{n}.csv")))
        for n in range(4)
    ]
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert pool.map(_add, jobs) == [50] * 4
    assert len(own_actors(own_file())) == 200


def _clear_and_stop(store: Adding) -> None:
    store.clear()
    raise KeyboardInterrupt


def test_an_interrupted_adding_is_undone(home: Path, tmp_path: Path) -> None:
    add_actors(write(tmp_path, "name\nHarbour Watch\n"))
    with pytest.raises(KeyboardInterrupt), adding(own_file()) as store:
        _clear_and_stop(store)
    assert [one.name for one in own_actors(own_file())] == ["Harbour Watch"]


def test_undone_in_a_new_home_leaves_no_trouble(home: Path) -> None:
    with pytest.raises(RuntimeError), adding(own_file()):
        raise RuntimeError
    assert own_actors(own_file()) == []
    assert load_registry().names.keys() == shipped_registry().names.keys()


def test_a_damaged_file_is_named_and_left_alone(home: Path, tmp_path: Path) -> None:
    own_file().write_bytes(b"no database at all, but long enough to be taken for one" * 50)
    with pytest.raises(BadData, match=r"actors\.sqlite.*add them again"):
        load_registry()
    with pytest.raises(BadData, match=r"actors\.sqlite.*add them again"):
        add_actors(write(tmp_path, "name\nHarbour Watch\n"))
    assert own_file().read_bytes().startswith(b"no database")


def test_a_later_format_is_not_touched(home: Path) -> None:
    with sqlite3.connect(own_file()) as store:
        store.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(BadData, match="later strife"):
        own_actors(own_file())


def test_a_home_that_cannot_be_written(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = write(tmp_path, "a file, no folder", "blocked")
    monkeypatch.setenv("STRIFE_HOME", str(blocked))
    with pytest.raises(StrifeError, match="STRIFE_HOME"):
        add_actors(write(tmp_path, "name\nHarbour Watch\n"))


def test_removing_what_is_not_there(home: Path, tmp_path: Path) -> None:
    add_actors(write(tmp_path, "name\nHarbour Watch\n"))
    with pytest.raises(Unknown, match="own:nobody"), adding(own_file()) as store:
        store.drop(["own:harbour-watch", "own:nobody"])
    assert len(own_actors(own_file())) == 1


def test_many_names(home: Path, tmp_path: Path) -> None:
    rows = "".join(f"Kassar Band {number},Kassari Band {number},YEM,REB\n" for number in range(5_000))
    assert add_actors(write(tmp_path, "name,aliases,country,sectors\n" + rows)).names == 10_000
    assert find_actors(load_registry(), "Kassari Band 4999")[0].entry.country == "YEM"


TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=30)
NAMES = TEXTS.map(lambda text: f"Zu{text}".replace("|", " "))


@given(
    NAMES,
    st.lists(NAMES, max_size=3),
    st.sampled_from(["SYR", "yem", "ML", ""]),
    st.lists(st.sampled_from(["REB", "GOV"])),
)
def test_rows_round_trip(name: str, aliases: list[str], country: str, sectors: list[str]) -> None:
    row = {"name": name, "aliases": aliases, "country": country, "sectors": sectors, "start": "2001", "end": "2004-05"}
    actor = actor_of(row, shipped_registry(), sector_codes())
    told = {field: getattr(actor, field) for field in ("id", "name", "country", "start", "end", "kind")}
    again = actor_of(
        {**told, "aliases": list(actor.aliases), "sectors": "|".join(actor.sectors)}, shipped_registry(), sector_codes()
    )
    assert again == actor


def test_lines_are_counted_through_quoted_cells(tmp_path: Path) -> None:
    path = write(tmp_path, 'name,aliases\n"Harbour Watch","A b|\nC d"\nSalt Road Front,\n')
    with pytest.raises(BadInput, match=r"line 2, aliases.*U\+000A"):
        read_actors(path, shipped_registry())


def test_the_commands(home: Path, tmp_path: Path) -> None:
    path = write(tmp_path, "name,country,sectors,start\nHarbour Watch,YEM,NGO,1990\n")
    run = CliRunner().invoke
    assert "1 new" in run(registry_group, ["add", str(path)]).output
    assert "own:harbour-watch@1990" in run(registry_group, ["find", "harbour", "watch"]).output
    found = json.loads(run(registry_group, ["find", "--json", "Harbour Watch"]).output)
    assert (found["country"], found["sectors"], found["start"], found["match"]) == ("YEM", ["NGO"], 1990, "same")
    assert "Hezbollah" in run(registry_group, ["find", "Hezbolah"]).output
    assert "Hafez al-Assad" in run(registry_group, ["find", "--year", "1985", "Assad"]).output
    nobody = run(registry_group, ["find", "Qwrtzuio"])
    assert nobody.exit_code == 1
    assert "nobody" in nobody.output
    assert str(own_file()) in run(registry_group, ["info"]).output
    assert run(registry_group, ["remove"]).exit_code == 2
    assert "1 removed" in run(registry_group, ["remove", "own:harbour-watch@1990"]).output
    assert own_actors(own_file()) == []


def test_the_record_is_an_entry() -> None:
    actor = Actor(id="own:x", name="Ana Kessel", kind="person", sectors=("GOV",), start="2003-05-02")
    assert actor.entry().terms == (("GOV", "", 2003, 9999),)
