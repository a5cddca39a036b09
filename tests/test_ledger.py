"""The ledger: expectations out of claims, what later reports make of them, the scores of voices, what people decide."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strife.casefile import Case
from strife.errors import BadInput, Unknown
from strife.outlook.ledger import Asked, ledger_of, state_named
from strife.outlook.ledger_entries import entries
from strife.outlook.ledger_record import STATES, Expectation, VoiceScore
from strife.outlook.ledger_resolve import resolve
from strife.outlook.ledger_source import record_of, sayings_of
from strife.outlook.ledger_told import Record
from strife.outlook.ledger_voices import LEAST, voice_scores
from strife.reading import read
from strife.records import Document, to_json
from tests.case_helpers import LONG, toy

DATA = Path(__file__).parent / "data"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in (DATA / "ledger.jsonl").read_text().splitlines()]
TERMS: list[dict[str, Any]] = [json.loads(line) for line in (DATA / "ledger_terms.jsonl").read_text().splitlines()]
SAID = "Ministry expects that Army attacked Rebels in Harem on 2013-06-10."
DONE = "Army attacked Rebels in Harem on 2013-06-10."


def filled(case: Case, reports: list[list[str | None]]) -> list[Expectation]:
    """The ledger of a case of toy reports: id, day, text."""
    case.add(
        Document(id=str(name), text=str(text), published=day, source=f"paper {name}") for name, day, text in reports
    )
    return ledger_of(case)


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_states(case: Case, row: dict[str, Any]) -> None:
    (one,) = filled(case, row["reports"])
    assert one.state == row["state"], one.why
    assert one.why
    claims = {claim.id: claim.document for claim in case.claims()}
    incidents = {incident.id: incident.documents for incident in case.incidents()}
    found = {doc for name in one.evidence.supporting for doc in incidents.get(name, (claims.get(name, name),))}
    assert found >= set(row["for"])
    assert bool(found) == bool(row["for"])
    if one.state == "not_borne_out":
        assert one.evidence.against or len(one.evidence.coverage) > 1


def test_earlier_day_leaves_later_reports_out(case: Case) -> None:
    filled(case, [["a", "2013-06-01", SAID], ["b", "2013-06-11", DONE]])
    assert [one.state for one in ledger_of(case, on=date(2013, 6, 5))] == ["open"]
    assert ledger_of(case, on=date(2013, 5, 1)) == []
    assert [one.state for one in ledger_of(case, on=date(2013, 6, 30))] == ["borne_out"]


def test_near_copies_count_once_for_a_voice(case: Case) -> None:
    text = LONG.format(day=1)
    found = filled(
        case, [["a", "2013-06-01", f"{SAID} {text}"], ["b", "2013-06-02", f"{text} {SAID}"], ["c", "2013-06-02", SAID]]
    )
    assert [(one.document, len(one.copies)) for one in found] == [("a", 1), ("c", 0)]


def test_filters(case: Case) -> None:
    other = "Union expects that Rebels aided Farmers in Nawa on 2013-06-08."
    filled(case, [["a", "2013-06-01", f"{SAID} {other}"], ["b", "2013-06-11", DONE]])
    assert [one.what.words for one in ledger_of(case, Asked(voice="union"))] == ["aided"]
    assert [one.what.words for one in ledger_of(case, Asked(about="harem"))] == ["attacked"]
    assert [one.what.words for one in ledger_of(case, Asked(states=frozenset({"cannot_tell"})))] == ["aided"]
    assert state_named("Borne out") == "borne_out"
    with pytest.raises(Unknown, match="not_borne_out"):
        state_named("won")


def test_people_decide_and_take_back(case: Case) -> None:
    (one,) = filled(
        case, [["a", "2013-06-01", SAID], ["b", "2013-07-11", "Farmers aided Townsfolk in Zintan on 2013-07-10."]]
    )
    assert one.state == "cannot_tell"
    decision = case.decide(one.claim, "settle", value="not_borne_out", by="Ada", note="was there")
    (settled,) = ledger_of(case)
    assert (settled.state, settled.decided_by) == ("not_borne_out", "Ada")
    assert "was there" in settled.why
    case.undo(decision.number, by="Bo")
    assert ledger_of(case) == [one]
    with pytest.raises(Unknown, match="borne_out"):
        case.decide(one.claim, "settle", value="won", by="Ada")
    with pytest.raises(Unknown, match="settle is for"):
        case.decide(case.claims(status="reported")[0].id, "settle", value="open", by="Ada")
    with pytest.raises(Unknown, match="of an incident"):
        case.decide(case.incidents()[0].id, "settle", value="open", by="Ada")


def test_record_of_the_contract(case: Case) -> None:
    (one,) = filled(case, [["a", "2013-06-01", SAID], ["b", "2013-06-11", DONE]])
    line = json.loads(to_json(one))
    asked = "record claim document said voice what where likelihood range from due condition state evidence"
    assert set(asked.split()) <= set(line)
    assert line["record"] == "expectation"
    assert set(line["evidence"]) == {"for", "against", "coverage"}
    assert (line["from"], line["due"], line["state"]) == ("2013-06-10", "2013-06-10", "borne_out")
    assert msgspec.json.decode(to_json(one), type=Expectation) == one


@given(order=st.permutations(range(4)))
def test_any_order_of_the_record_gives_the_same(order: list[int]) -> None:
    row = RECORD
    told, reports = row
    shuffled = Record([told[n] for n in order], reports, date(2013, 6, 30))
    entry = ENTRY
    assert resolve(entry, shuffled) == resolve(entry, Record(told, reports, date(2013, 6, 30)))


def _made() -> tuple[Any, Any]:
    """An entry and a record of four claims, made once without a case file."""
    from tempfile import TemporaryDirectory
    from unittest.mock import patch

    from tests.case_helpers import toy_chunk

    texts = [SAID, DONE, "Ministry denied that Army attacked Rebels in Harem on 2013-06-10.", f"{DONE} {DONE}"]
    with (
        TemporaryDirectory() as folder,
        patch("strife.engine._read_chunk", toy_chunk),
        Case.open(Path(folder) / "made.strife", create=True) as case,
    ):
        case.add(toy(f"d{n}", text, published=f"2013-06-{n + 1:02}") for n, text in enumerate(texts))
        record = record_of(case)
        told = [one for kind in ("ASSAULT", "other") for one in record.of([kind], date.min)]
        return entries(sayings_of(case))[0], (told, record.reports)


ENTRY, RECORD = _made()


@pytest.mark.parametrize("row", TERMS, ids=[row["text"] for row in TERMS])
def test_terms(tmp_path: Path, row: dict[str, Any]) -> None:
    document = Document(id="a", text=row["text"], published=row["published"])
    assert any(claim.status in ("expected", "possible", "intended") for claim in read(document).claims)
    with Case.open(tmp_path / "terms.strife", create=True) as case:
        case.add([document])
        one = ledger_of(case)[0]
    assert (one.due, one.due_basis) == (row["due"], row["basis"])
    assert one.range == tuple(row["range"])


def test_conditions_and_suppositions_of_real_sentences(tmp_path: Path) -> None:
    texts = [
        (
            "2015-03-02",
            "If the rebels attack Tabqa, the army will shell Harem, the general warned. The rebels may have fled.",
        ),
        ("2015-04-20", "The rebels did not attack Tabqa. Farmers in Tabqa brought in wheat."),
        ("2015-07-20", "Harem is quiet."),
    ]
    with Case.open(tmp_path / "real.strife", create=True) as case:
        case.add(Document(id=f"d{n}", text=text, published=day) for n, (day, text) in enumerate(texts))
        found = ledger_of(case)
    assert [one.state for one in found] == ["condition_not_met"], found
    assert found[0].condition is not None
    assert "attack Tabqa" in found[0].condition.quote
    assert found[0].condition.met is False


def scored(states: list[str], status: str = "expected") -> list[VoiceScore]:
    """The scores of one voice with expectations in these states."""
    with_state = [msgspec.structs.replace(ENTRY.expectation, state=state, status=status) for state in states]
    return voice_scores(with_state)


def test_no_score_below_the_minimum() -> None:
    (few,) = scored(["borne_out"] * (LEAST - 1) + ["open"] * 20)
    assert (few.brier, few.interval, few.scored, few.resolved) == (None, None, LEAST - 1, LEAST - 1)
    assert str(LEAST) in (few.why or "")
    (plans,) = scored(["borne_out"] * LEAST, status="intended")
    assert (plans.scored, plans.brier, plans.resolved) == (0, None, LEAST)


def test_brier_against_the_base_rate() -> None:
    low, high = ENTRY.expectation.range
    middle = (low + high) / 2
    (one,) = scored(["borne_out"] * 9 + ["not_borne_out"] * 3)
    assert one.brier == pytest.approx((9 * (middle - 1) ** 2 + 3 * middle**2) / 12, abs=1e-4)
    assert one.base_brier == pytest.approx((9 * (8 / 11 - 1) ** 2 + 3 * (9 / 11) ** 2) / 12, abs=1e-4)
    assert one.interval is not None
    assert one.interval[0] < one.brier < one.interval[1]
    assert scored(["borne_out"] * 9 + ["not_borne_out"] * 3) == [one]


def test_states_are_those_that_people_may_set() -> None:
    from strife.casefile.decisions import SETTLED
    from strife.views.ledger_cli import STATES as OFFERED

    assert set(SETTLED) == set(STATES) == set(OFFERED)


def test_gold_that_does_not_fit(tmp_path: Path) -> None:
    from strife.measure.ledger import read_marked

    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "a", "text": "Nothing.", "expectations": [{"quote": "No", "start": 3, "state": "open"}]}\n')
    with pytest.raises(BadInput, match=r"line 1.*does not stand at 3"):
        read_marked(gold)
    gold.write_text('{"id": "a", "expectations": []}\n')
    with pytest.raises(BadInput, match=r"line 1.*text"):
        read_marked(gold)


def test_measure(case: Case) -> None:
    from strife.measure.ledger import Marked, Report, score

    found = filled(case, [["a", "2013-06-01", SAID], ["b", "2013-06-11", DONE]])
    rest = "Ministry expects that Army"
    reports = [
        Report("a", SAID, (Marked(SAID, 0, "cannot_tell"),)),
        Report("b", DONE, (Marked("Army", 0, "open"),)),
    ]
    told = score("x", reports, found)
    assert (told.found, told.agreed_all, told.unfounded) == (0.5, 0.0, 0)
    assert told.confusion == {"cannot_tell > borne_out": 1, "open > not found": 1}
    right = score("x", [Report("a", SAID, (Marked(rest, 0, "borne_out"),))], found)
    assert (right.agreed, right.agreed_all) == (1.0, 1.0)
    wrong = [msgspec.structs.replace(found[0], state="not_borne_out")]
    assert score("x", reports, wrong).unfounded == 1
