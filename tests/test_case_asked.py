"""What pages ask a case: changes against the norm, voices and what became of their claims, documents as a list, words found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from strife.casefile import Case
from strife.casefile.annotated import annotated
from strife.casefile.changes import changes, verdict
from strife.casefile.filters import Filters
from strife.casefile.listing import by_month, counted, listed, outlets
from strife.casefile.search import AFTER, BEFORE, papers, passages
from strife.casefile.sources import origins, quotes
from strife.casefile.voices import count, sayings, voices
from tests.case_helpers import toy
from tests.web_helpers import made_case


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """The case of the web tests."""
    with Case.open(made_case(tmp_path_factory.mktemp("asked") / "x.strife")) as case:
        yield case


@pytest.mark.parametrize(
    ("now", "norm", "stretches", "said"),
    [
        (4, 4.9, 12, "too few to tell"),
        (5, 4.0, 12, "as usual"),
        (6, 4.0, 12, "more"),
        (0, 5.0, 12, "fewer"),
        (125, 100.0, 12, "as usual"),
        (126, 100.0, 12, "more"),
        (75, 100.0, 12, "as usual"),
        (74, 100.0, 12, "fewer"),
        (50, 0.0, 3, "more"),
        (50, 1.0, 2, "no norm yet"),
    ],
)
def test_a_change_is_judged_by_the_stated_rule(now: int, norm: float, stretches: int, said: str) -> None:
    assert verdict(now, norm, stretches) == said


def test_changes_count_dated_events_of_the_days(case: Case) -> None:
    for week in range(6):
        day = (date(2013, 6, 1) + timedelta(weeks=week)).isoformat()
        once = f"Army attacked Rebels in Nawa on {day}. Union said that Army attacked Farmers in Harem on {day}. "
        words = once * (8 if week == 5 else 2)
        case.add([toy(f"d{week}", f"{words}Union expects that Army attacked Rebels in Nawa on {day}.", published=day)])
    found = changes(case.store, "week", "2013-07-06")
    assert (found.since, found.until, found.counted, found.stretches) == ("2013-06-30", "2013-07-06", "events", 5)
    (kind,) = found.kinds
    assert (kind.name, kind.now, kind.norm, kind.verdict) == ("ASSAULT", 16, 4.0, "more")
    assert {(one.name, one.now, one.norm) for one in found.places} == {("Nawa", 8, 2.0), ("Harem", 8, 2.0)}
    assert (found.documents, found.documents_before) == (1, 1.0)
    early = changes(case.store, "month", "2013-06-08")
    assert {one.verdict for one in (*early.kinds, *early.places)} == {"no norm yet"}


def test_voices_are_confirmed_and_denied_by_others_alone(full: Case) -> None:
    found = {one.name: one for one in voices(full.store, Filters())}
    ministry, union = found["Ministry"], found["Union"]
    assert (ministry.claims, ministry.claimed, ministry.denies) == (2, 1, 1)
    assert (union.ahead, union.placed) == (1, 0)
    assert count(full.store, Filters()) == len(found)
    assert count(full.store, Filters(source="Daily")) == 1
    said = {(one.about, one.role, one.status) for one in sayings(full.store, "ministry", Filters())}
    assert {("Army", "acts", "denied"), ("Rebels", "undergoes", "denied"), ("Army", "acts", "claimed")} <= said
    assert not list(sayings(full.store, "Nobody", Filters()))


def test_a_claimed_event_that_another_story_reports_is_confirmed(case: Case) -> None:
    case.add(
        [
            toy("one", "Union said that Army attacked Rebels in Nawa on 2013-06-04. The road was closed all week.", published="2013-06-04"),
            toy("two", "Army attacked Rebels in Nawa on 2013-06-04. Nobody from the mill was hurt there.", published="2013-06-05"),
            toy("three", "Ministry denied that Army attacked Rebels in Nawa on 2013-06-04. It rained for days.", published="2013-06-05"),
        ]
    )  # fmt: skip
    case.merge()
    found = {one.name: one for one in voices(case.store, Filters())}
    assert (found["Union"].placed, found["Union"].confirmed, found["Union"].denied) == (1, 1, 1)
    assert found["Ministry"].placed == 0


def test_documents_are_listed_with_filters(full: Case) -> None:
    assert [one.id for one in listed(full.store, Filters())][:4] == ["three", "two", "one", "folder/four.json"]
    for filters, wanted in (
        (Filters(source="daily"), {"one", "three"}),
        (Filters(since="2013-06-07", until="2013-06-07"), {"two"}),
        (Filters(text='"lost hills"'), {"three"}),
        (Filters(source=["Daily", "Weekly"], until="2013-06-06"), {"one", "folder/four.json"}),
    ):
        assert {one.id for one in listed(full.store, filters)} == wanted
        assert counted(full.store, filters) == len(wanted)
    assert outlets(full.store, Filters(), 1) == [("Daily", 2)]
    assert by_month(full.store, Filters()) == [("2013-05", 1), ("2013-06", 3)]


def test_words_are_found_and_marked(full: Case) -> None:
    (hit,) = passages(full.store, Filters(text="lost"))
    assert f"{BEFORE}lost{AFTER}" in hit.words
    assert len(list(passages(full.store, Filters(text="army", status="denied")))) == 1
    assert [one.id for one in papers(full.store, Filters(text="lost"), limit=5)] == ["three"]
    assert not papers(full.store, Filters(text="lost", source="Evening"), limit=5)


def test_a_document_is_told_with_what_is_known_of_its_claims(full: Case) -> None:
    found = annotated(full.store, "three")
    first = found.claims[0]
    (telling,) = found.notes[first.id].tellings
    assert telling.documents == 2
    assert {one.document for one in telling.elsewhere} == {"one", "two"}
    assert {one.claim for one in found.whys} == {one.id for one in found.claims}


def test_origins_and_quotes_are_those_of_the_case(full: Case) -> None:
    claim = full.claims(document="two", status="denied")[0]
    assert origins(full.store, ["two", "nothing"])["two"].witness == "Evening"
    quoted = quotes(full.store, [claim.id, "nothing"])
    assert quoted.keys() == {claim.id}
    assert (quoted[claim.id].voice, quoted[claim.id].source) == ("Ministry", "Evening")


def test_a_case_is_listed_whatever_its_path(tmp_path: Path) -> None:
    with Case.open(made_case(tmp_path / "odd name?#%.strife")) as case:
        assert counted(case.store, Filters()) == 5
