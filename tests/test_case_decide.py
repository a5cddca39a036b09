"""People's decisions: on top of what was read, undoable, kept when a document is read again, exported as gold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from strife.casefile import Case
from strife.errors import Unknown
from strife.measure.gold import load_gold
from strife.records import Control, Event
from tests.case_helpers import toy

TEXT = "Ministry denied that Army attacked Farmers in Nawa on 2013-06-04. Rebels seized bridges in Harem on 2013-06-05."


@pytest.fixture
def pair(case: Case) -> tuple[Case, Event, Control]:
    """A case with an event and a control claim."""
    case.add([toy("a", TEXT)])
    event, control = case.claims()
    assert isinstance(event, Event)
    assert isinstance(control, Control)
    return case, event, control


def test_reject_and_undo(pair: tuple[Case, Event, Control]) -> None:
    case, event, control = pair
    decision = case.decide(event.id, "reject", by="Ada", note="misread")
    assert case.claims() == [control]
    assert case.claims(text="Ministry") == []
    assert dict(case.count_by("type")) == {"control": 1}
    shown = case.show(event.id)
    assert shown.decision == "rejected"
    assert shown.decisions[0].note == "misread"
    case.undo(decision.number, by="Bo")
    assert case.claims() == [event, control]
    assert case.decisions()[0].undone_by == "Bo"
    with pytest.raises(Unknown, match="taken back by Bo"):
        case.undo(decision.number, by="Bo")
    assert case.check() == []


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("status", "reported", {"status": "reported", "voice": "author"}),
        ("status", "claimed", {"status": "claimed", "voice": "Ministry"}),
        ("status", "negated", {"status": "negated"}),
        ("frame.stance", "supposes", {"status": "possible"}),
        ("frame.voice", "Army", {"voice": "army"}),
        ("where.name", "Harem", {"place": "Harem"}),
        ("where", "Farmers", {"place": "Farmers"}),
        ("where.lat", 33.5, {"box": (30.0, 33.4, 40.0, 33.6)}),
        ("when", "2013-07", {"since": "2013-07-01", "until": "2013-07-31"}),
        ("when", "2012", {"until": "2012-12-31"}),
        ("when", "2013-08-01/2013-08-03", {"since": "2013-08-03"}),
        ("when", "2013-09-01", {"since": "2013-09-01", "until": "2013-09-01"}),
        ("code.plover", "COERCE", {"code": "COERCE"}),
        ("actors", "Army; Ministry", {"actor": "ministry"}),
        ("actors.0.name", "Third Division", {"actor": "third division"}),
    ],
)
def test_corrections_are_found_by_search(
    pair: tuple[Case, Event, Control], field: str, value: object, found: dict[str, object]
) -> None:
    case, event, _ = pair
    assert event.id not in [claim.id for claim in case.claims(**found)]
    decision = case.decide(event.id, "correct", field, value, by="Ada")
    assert event.id in [claim.id for claim in case.claims(**found)]
    shown = case.show(event.id)
    assert shown.read == event
    assert shown.claim != event
    assert shown.decision == "corrected"
    case.undo(decision.number, by="Ada")
    assert case.claims()[0] == event


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("status", "true-ish", "there are reported, claimed"),
        ("id", "x", "tells where the claim comes from"),
        ("colour", "red", "events have no such field"),
        ("where.colour", "red", "no 'colour' in this claim"),
        ("where.precision", "exact", "Invalid enum value"),
        ("code.plover", "NONSENSE", "Invalid enum value"),
        ("when", "last June", "write 2013-06-05"),
        ("when", "2013-13", "no month 13"),
        ("actors.7.name", "x", "no '7' in this claim"),
    ],
)
def test_wrong_corrections_are_refused(pair: tuple[Case, Event, Control], field: str, value: str, words: str) -> None:
    case, event, _ = pair
    with pytest.raises(Unknown, match=words):
        case.decide(event.id, "correct", field, value, by="Ada")
    assert case.decisions() == []


def test_wrong_decisions_are_refused(pair: tuple[Case, Event, Control]) -> None:
    case, event, _ = pair
    for arguments, words in (
        (("nothing", "accept"), "no claim or incident"),
        ((event.id, "forget"), "there are accept"),
        ((event.id, "correct"), "needs FIELD=VALUE"),
        ((event.id, "apart", None, event.id), "id of another claim"),
    ):
        with pytest.raises(Unknown, match=words):
            case.decide(*arguments, by="Ada")
    with pytest.raises(Unknown, match="--by NAME"):
        case.decide(event.id, "accept", by=" ")
    with pytest.raises(Unknown, match="no decision 9"):
        case.undo(9, by="Ada")


def test_decisions_outlive_reading_again(pair: tuple[Case, Event, Control]) -> None:
    """The text moves: claims get other ids, and decisions find them by their words."""
    case, event, control = pair
    case.decide(event.id, "correct", "when", "2013-06-03", by="Ada")
    case.decide(control.id, "reject", by="Ada")
    case.add([toy("a", f"Corrected on Friday. {TEXT}")])
    (moved,) = case.claims()
    assert moved.id != event.id
    assert moved.when is not None
    assert moved.when.start == "2013-06-03"
    case.add([toy("a", "Ministry denied that Army attacked Farmers in Nawa on 2013-06-04.")])
    assert case.info().waiting == 1
    assert "waits" not in str(case.decisions()[0].applies)
    case.add([toy("a", TEXT)])
    assert [claim.id for claim in case.claims()] == [event.id]
    assert case.info().waiting == 0
    assert case.check() == []


def test_pairs_hold_from_both_sides(pair: tuple[Case, Event, Control]) -> None:
    case, event, control = pair
    decision = case.decide(event.id, "apart", value=control.id, by="Ada")
    assert case.pairs() == ([], [(event.id, control.id)])
    case.add([toy("a", f"Once more. {TEXT}")])
    assert case.pairs() == ([], [tuple(claim.id for claim in case.claims())])
    case.undo(decision.number, by="Ada")
    assert case.pairs() == ([], [])


def test_gold(pair: tuple[Case, Event, Control], tmp_path: Path) -> None:
    case, event, control = pair
    case.add([toy("b", "Rebels held hills in Nawa. Army lost hills in Nawa.")])
    case.decide(event.id, "correct", "status", "reported", by="Ada")
    case.decide(control.id, "reject", by="Ada")
    case.decide(case.claims(document="b")[0].id, "accept", by="Ada")
    readings = [json.loads(line) for line in case.gold()]
    assert [(line["record"], line["id"]) for line in readings] == [("document", "a"), ("claim", event.id)]
    assert readings[1]["status"] == "reported"
    assert readings[0]["text"] == TEXT
    for name, lines, wanted in (("readings", case.gold(), 1), ("notes", case.notes(), 1)):
        file = tmp_path / f"{name}.jsonl"
        file.write_text("".join(f"{line}\n" for line in lines))
        gold = load_gold(file)
        assert [len(one.wanted) for one in gold.documents] == [wanted]
        assert gold.documents[0].complete is (name == "readings")
