"""Incidents in a case: when they are merged anew, ids that stay, what people merge and split, what each source says."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strife.casefile import Case, merging
from strife.casefile.merging import successors, with_ids
from strife.errors import Unknown
from strife.records import Incident
from strife.views.cli import cli
from tests.case_helpers import LONG, toy

HAREM = "Rebels attacked Army in Harem on 2013-06-05."
NAWA = "Army attacked Farmers in Nawa on 2013-06-09."


def strife(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments], catch_exceptions=False)


@pytest.fixture
def told(case: Case) -> Case:
    """Two reports of one attack, and one of another."""
    case.add(
        [
            toy("a", HAREM, source="Daily", published="2013-06-06"),
            toy("b", f"{HAREM} Army seized bridges in Harem.", source="Evening", published="2013-06-06"),
            toy("c", NAWA, source="Daily", published="2013-06-10"),
        ]
    )
    return case


def places(case: Case) -> dict[str, Incident]:
    """The incidents by the place and day."""
    return {
        f"{one.where.name if one.where else None} {one.when.start if one.when else None}": one
        for one in case.incidents(dataset="own")
    }


def documents(case: Case) -> list[tuple[str, ...]]:
    return sorted(one.documents for one in case.incidents(dataset="own"))


def test_incidents_are_of_todays_claims(told: Case) -> None:
    assert str(told.merged()) == "never merged, 3 documents came since"
    assert documents(told) == [("a", "b"), ("c",)]
    assert not told.merged().stale
    assert told.info().incidents == told.info().merged.incidents == 2
    told.add([toy("d", NAWA, source="Evening", published="2013-06-10")])
    assert (told.merged().documents, told.merged().stale) == (1, True)
    told.up_to_date = False
    assert documents(told) == [("a", "b"), ("c",)]
    told.up_to_date = True
    assert documents(told) == [("a", "b"), ("c", "d")]
    told.decide(told.claims(document="d")[0].id, "reject", by="Ada")
    assert (told.merged().documents, told.merged().decisions) == (0, 1)
    assert documents(told) == [("a", "b"), ("c",)]
    told.undo(2 - 1, by="Ada")
    assert documents(told) == [("a", "b"), ("c", "d")]
    assert told.check() == []


def test_nothing_is_merged_twice(told: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "merge", None)  # whoever calls it falls over
    assert told.incidents(dataset="ucdp*") == []  # of others only
    monkeypatch.undo()
    told.incidents()
    monkeypatch.setattr(merging, "merge", None)
    assert told.count(incidents=True) == 2
    told.add([toy("a", HAREM, source="Daily", published="2013-06-06")])  # in already
    assert told.count(incidents=True) == 2
    with pytest.raises(TypeError):
        told.merge()


def test_another_program_merges_anew(told: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    told.merge()
    monkeypatch.setattr(merging, "program", lambda: "another")
    assert told.merged().program
    told.incidents()
    assert not told.merged().stale


def test_what_is_broken_off_leaves_the_old_incidents(told: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    before = told.incidents()
    told.add([toy("d", "Army aided Farmers in Zintan on 2013-07-01.")])
    shown: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        shown.append((done, total))
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        told.merge(progress)
    assert shown[0][0] == 0
    assert shown[1][1] == 4
    told.up_to_date = False
    assert told.incidents() == before
    assert told.merged().documents == 1
    monkeypatch.setattr(merging, "write_stamp", None)
    with pytest.raises(TypeError):
        told.merge()  # the last step fails: nothing of it is there
    assert told.incidents() == before


def test_a_case_that_cannot_be_written_gives_what_it_has(told: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    told.merge()
    told.add([toy("d", NAWA, source="Evening", published="2013-06-10")])
    monkeypatch.setattr(told.store, "writable", False)
    assert told.bring_up_to_date().documents == 1
    assert documents(told) == [("a", "b"), ("c",)]


def test_an_incident_keeps_its_id_when_earlier_reports_come(told: Case) -> None:
    before = {key: one.id for key, one in places(told).items()}
    told.add([toy("0", HAREM, source="Morning", published="2013-06-05")])
    after = places(told)
    assert {key: one.id for key, one in after.items()} == before
    assert after["Harem 2013-06-05"].documents == ("0", "a", "b")


def one(name: str, *claims: str) -> Incident:
    return Incident(id=name, code=None, where=None, when=None, status="reported", sources=1, claims=claims)


@pytest.mark.parametrize(
    ("before", "found", "ids", "heirs"),
    [
        ({}, [one("incident-a", "1"), one("incident-b", "2")], ["incident-a", "incident-b"], {}),
        ({"old-one": {"1", "2", "3"}}, [one("incident-a", "1"), one("incident-b", "2", "3")], ["incident-a", "old-one"], {}),
        ({"old-one": {"1"}, "old-two": {"2", "3"}}, [one("incident-a", "1", "2", "3")], ["old-two"], {"old-one": "old-two"}),
        ({"old-one": {"9"}}, [one("incident-a", "1")], ["incident-a"], {}),
        ({"old-one": {"1"}, "old-two": {"2"}}, [one("incident-a", "1", "2")], ["old-one"], {"old-two": "old-one"}),
    ],
)  # fmt: skip
def test_ids_follow_the_claims(
    before: dict[str, set[str]], found: list[Incident], ids: list[str], heirs: dict[str, str]
) -> None:
    named = with_ids(found, before)
    assert [each.id for each in named] == ids
    assert successors(before, named) == heirs


def test_an_id_that_went_to_another_is_not_given_twice() -> None:
    named = with_ids([one("incident-a", "1"), one("incident-b", "2", "3")], {"incident-a": {"1", "2", "3"}})
    assert named[1].id == "incident-a"
    assert named[0].id not in ("incident-a", "incident-b")
    assert len({each.id for each in named}) == 2


def test_people_merge_and_take_it_back(told: Case) -> None:
    found = places(told)
    harem, nawa = found["Harem 2013-06-05"].id, found["Nawa 2013-06-09"].id
    decision = told.decide(nawa, "merge", value=[harem], by="Ada", note="one offensive")
    assert documents(told) == [("a", "b", "c")]
    (joined,) = told.incidents()
    assert joined.id in (harem, nawa)
    gone = harem if joined.id == nawa else nawa
    assert told.show(gone).id == joined.id  # the old id leads on
    assert [each.number for each in told.show(gone).decisions] == [decision.number]
    told.add([toy("d", NAWA, source="Evening", published="2013-06-10")])
    told.add([toy("a", f"Corrected. {HAREM}", source="Daily", published="2013-06-06")])  # its claims have other ids now
    assert any({"a", "b", "c"} <= set(each) for each in documents(told))
    told.undo(decision.number, by="Ada")
    assert documents(told) == [("a", "b"), ("c", "d")]
    assert {each.id for each in told.incidents()} >= {joined.id}
    assert told.check() == []


def test_people_merge_across_countries(told: Case) -> None:
    """Blocks of claims that are merged by themselves are put together first."""
    told.add([toy("z", "Rebels attacked Army in Zintan on 2013-06-05.", published="2013-06-06")])
    found = places(told)
    told.decide(found["Zintan 2013-06-05"].id, "merge", value=found["Harem 2013-06-05"].id, by="Ada")
    assert documents(told) == [("a", "b", "z"), ("c",)]


def test_people_split_and_the_later_word_counts(told: Case) -> None:
    incident = places(told)["Harem 2013-06-05"]
    event = told.claims(document="b", type="event")[0]
    first = told.decide(incident.id, "split", value=[event.id], by="Ada")
    assert documents(told) == [("a",), ("b",), ("c",)]
    told.add([toy("d", HAREM, source="Morning", published="2013-06-07")])
    told.add([toy("b", f"Mended. {HAREM}", source="Evening", published="2013-06-06")])
    assert not any({"a", "b"} <= set(each) for each in documents(told))
    a, b = (told.show(told.claims(document=name)[0].id).incidents[0] for name in "ab")
    second = told.decide(a, "merge", value=[b], by="Bo")
    assert any({"a", "b"} <= set(each) for each in documents(told))
    told.undo(second.number, by="Bo")
    assert not any({"a", "b"} <= set(each) for each in documents(told))
    told.undo(first.number, by="Ada")
    assert documents(told) == [("a", "b", "d"), ("c",)]


def test_a_rejected_incident_is_gone_until_that_is_undone(told: Case) -> None:
    incident = places(told)["Nawa 2013-06-09"]
    decision = told.decide(incident.id, "reject", by="Ada", note="a drill")
    assert not told.merged().stale
    assert documents(told) == [("a", "b")]
    told.add([toy("d", NAWA, source="Evening", published="2013-06-10")])
    assert documents(told) == [("a", "b")]
    told.undo(decision.number, by="Ada")
    assert places(told)["Nawa 2013-06-09"].id == incident.id


def test_wrong_decisions_on_incidents_are_refused(told: Case) -> None:
    harem = places(told)["Harem 2013-06-05"]
    told.imported(
        [
            Incident(
                id="ucdp:1-row", code=None, where=None, when=None, status="reported", sources=1, dataset="ucdp", row="1"
            )
        ]
    )
    for target, action, value, words in (
        (harem.id, "merge", [], "at least one other"),
        (harem.id, "merge", ["nothing"], "no incident of this id"),
        (harem.id, "merge", ["ucdp:1-row"], "only our own"),
        (harem.id, "split", [], "some of its events, not none"),
        (harem.id, "split", list(harem.claims), "some of its events, not all"),
        (harem.id, "split", ["x'; DROP TABLE claims; --"], "no event that"),
        (harem.id, "together", harem.id, "merge or split it"),
        (harem.claims[0], "split", [harem.claims[0]], "is a claim"),
    ):
        with pytest.raises(Unknown, match=words):
            told.decide(target, action, value=value, by="Ada")
    assert told.decisions() == []


def test_near_copies_are_one_account(case: Case) -> None:
    text = LONG.format(day=3)
    case.add(
        [
            toy("a", text, source="Wire"),
            toy("b", f"{text} Copied.", source="Post"),
            toy("c", LONG.format(day=4), source="Own"),
        ]
    )
    case.add([toy("d", "Wire denied that Farmers aided Townsfolk in Nawa on 2014-02-03.", source="Own")])
    (incident,) = [each for each in case.incidents() if "a" in each.documents]
    shown = case.show(incident.id)
    assert shown.accounts[0].source == "Wire"
    assert "b" in shown.accounts[0].copies
    assert incident.sources == len(shown.accounts)


def test_commands(told: Case) -> None:
    told.close()
    path = told.path
    listed = strife("incidents", path)
    assert "2 incidents merged anew" in listed.stderr
    assert "ASSAULT · Harem (SY)" in listed.stdout
    assert "Rebels → Army" in listed.stdout
    again = strife("incidents", path, "--json")
    assert again.stderr == ""
    records = [json.loads(line) for line in again.stdout.splitlines()]
    assert [(each["record"], each["when"]["start"]) for each in records] == [
        ("incident", "2013-06-05"),
        ("incident", "2013-06-09"),
    ]
    assert strife("incidents", path, "--csv", "--source", "Evening").stdout.count("\n") == 2
    assert len(json.loads(strife("incidents", path, "--geojson", "--voice", "author").stdout)["features"]) == 2
    assert "no incident fulfils this" in strife("incidents", path, "--country", "LY").stderr
    shown = strife("show", path, records[0]["id"]).stdout
    for words in ("2 independent sources", "Daily", "Evening", "“Rebels attacked Army in Harem", "reported"):
        assert words in shown
    assert json.loads(strife("show", path, records[0]["id"], "--json").stdout)["accounts"][0]["source"] == "Daily"
    decided = strife("decide", path, records[0]["id"], "merge", records[1]["id"], "--by", "Ada")
    assert f"merge with {records[1]['id']}" in decided.stdout
    assert "1 decision came since" in strife("find", path, "--incidents", "--no-merge").stderr
    assert "1 incidents merged anew" in strife("find", path, "--incidents").stderr
    assert "1 incidents, merged" in strife("info", path).stdout
    assert "1 incidents merged anew" in strife("incidents", path, "--merge").stderr
    assert strife("incidents", path, "--merge", "--no-merge").exit_code == 2


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="this user may write everything")
def test_a_read_only_case_says_how_old_its_incidents_are(told: Case) -> None:
    told.merge()
    told.add([toy("d", NAWA)])
    told.close()
    told.path.chmod(0o444)
    found = strife("incidents", told.path, "--json")
    assert len(found.stdout.splitlines()) == 2
    assert "1 document came since; the case cannot be written here" in found.stderr


def test_while_somebody_adds_documents_nothing_is_merged(told: Case) -> None:
    told.merge()
    told.add([toy("d", NAWA)])
    told.store.run(
        "INSERT INTO runs (started, reader, doing, pid, host, user, beat)"
        " VALUES ('now', 'x', 'strife add', 1, 'elsewhere', 'Bo', unixepoch())"
    )
    told.close()
    found = strife("find", told.path, "--incidents", "--json")
    assert len(found.stdout.splitlines()) == 2
    assert "1 document came since" in found.stderr
    plain = sqlite3.connect(told.path)
    assert plain.execute("SELECT count(*) FROM incidents").fetchone() == (2,)
    plain.close()


def test_a_case_without_documents_has_nothing_to_merge(tmp_path: Path) -> None:
    with Case.open(tmp_path / "x.strife", create=True) as case:
        assert case.incidents() == []
        assert str(case.merged()) == "never merged, nothing came since"


def test_check_names_incidents_without_their_claims(told: Case) -> None:
    told.merge()
    told.store.run(
        "UPDATE incident_claims SET claim = 'gone' WHERE claim IN (SELECT claim FROM incident_claims LIMIT 1)"
    )
    assert told.check() == [
        "incidents rest on 1 claims that are not in the case; merge them anew: strife incidents CASE --merge"
    ]
