"""Who holds what on a day: rows in a file, and the statements of a case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from strife.casefile import Case
from strife.casefile.control import Said, holding
from strife.errors import Unknown
from strife.records import Control, Frame, Party, Place, Span
from tests.case_helpers import toy

ROWS = [json.loads(line) for line in (Path(__file__).parent / "data" / "held.jsonl").read_text().splitlines()]
SECTORS = {"Army": ("MIL",), "Government": ("GOV",), "Rebels": ("REB",)}
PLACE = Place(quote="Harem", start=0, end=5, precision="settlement")


def said(number: int, day: str, holder: str, change: str, extent: str, status: str) -> Said:
    """A statement."""
    country = "SYR" if holder != "Rebels" else None
    voice: Any = Party(quote="Spokesman", start=0, end=9) if status == "claimed" else "author"
    frame = Frame(voice=voice, stance="denies" if status == "denied" else "asserts")
    claim = Control(
        id=f"control-{number}",
        document="a",
        evidence=(Span(start=0, end=5, quote="Harem"),),
        frame=frame,
        status=frame.status,
        where=PLACE,
        by="test",
        holder=Party(quote=holder, start=0, end=1, country=country, sectors=SECTORS[holder]),
        change=change,  # type: ignore[arg-type]
        extent=extent,  # type: ignore[arg-type]
    )
    assert claim.status == status
    return Said(claim, day)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_held(row: dict[str, Any]) -> None:
    found = holding(PLACE, [said(number, *one) for number, one in enumerate(row["said"])], row["on"])
    assert {
        "holders": [party.quote for party in found.holders],
        "contested": found.contested,
        "claimed_only": found.claimed_only,
        "since": found.since,
        "for": len(found.claims_for),
        "against": len(found.claims_against),
    } == {name: row[name] for name in ("holders", "contested", "claimed_only", "since", "for", "against")}


def test_control_of_a_case(case: Case) -> None:
    case.add(
        [
            toy(
                "a",
                "Army held hills in Harem on 2013-01-01. Rebels seized hills in Harem on 2013-06-05.",
                published="2013-06-07",
            ),
            toy(
                "b",
                "Union expects that Army seized hills in Harem on 2013-07-01. Army held roads in Nawa.",
                published="2013-02-01",
            ),
        ]
    )
    found = {one.place.quote: [party.quote for party in one.holders] for one in case.control("2013-08-01")}
    assert found == {"Harem": ["Rebels"], "Nawa": ["Army"]}
    (harem,) = case.control("2013-03-01", place="harem")
    assert [party.quote for party in harem.holders] == ["Army"]
    assert case.show(harem.claims_for[0]).claim is not None
    assert [one.holders for one in case.control("2013-08-01", place="Zintan")] == [()]
    assert [one.place.quote for one in case.control("2013-01-15")] == ["Harem"]  # that on Nawa was published later
    case.decide(case.claims(actor="Rebels")[0].id, "reject", by="Ada")
    (harem,) = case.control("2013-08-01", place="Harem")
    assert [party.quote for party in harem.holders] == ["Army"]
    with pytest.raises(Unknown, match="is no date"):
        case.control("yesterday")


def test_a_place_that_is_only_described_is_not_listed(case: Case) -> None:
    case.add([toy("a", "Army held hills in Harem on 2013-01-01. Army held roads in Nawa on 2013-01-02.")])
    (claim,) = case.claims(place="Harem")
    villages = Place(quote="villages", start=19, end=24, precision="settlement")
    case.decide(claim.id, "correct", field="where", value=villages, by="Ada")
    assert [one.place.quote for one in case.control("2013-02-01")] == ["Nawa"]
