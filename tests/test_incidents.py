"""Merging: what belongs together, what never does, and that order makes no difference."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strife.errors import BadInput
from strife.incidents import Decisions, blocks, merge
from strife.incidents import Testimony as Heard
from strife.incidents.cluster import clusters
from strife.measure.incidents import measure_incidents, tells_incidents
from strife.records import Code, Date, Event, Figure, Frame, Party, Place, Span

TOWNS = {"Arun": (10.0, 20.0), "Belo": (10.3, 20.0), "Cado": (12.0, 21.0)}
ARMY = Party(quote="the army", start=0, end=8, name="Arunian army", id="org:army", country="ETH", sectors=("MIL",))
FRONT = Party(quote="the Front", start=0, end=9, name="Northern Front", id="org:front", country="ETH", sectors=("REB",))


def place(name: str, at: int = 0) -> Place:
    lat, lon = TOWNS[name]
    return Place(
        quote=name, start=at, end=at + len(name), name=name, id=f"t:{name}", country="ET", admin1="North", lat=lat, lon=lon,
        precision="settlement",
    )  # fmt: skip


def day(iso: str) -> Date:
    return Date(start=iso, end=iso, precision="day", quote="on the day", basis="explicit")


def told(claim: str, document: str, **given: Any) -> Heard:
    """An attack as a document tells it; `words`, `town`, `on`, `by`, `voice`, `stance`, `negated` and `published` vary."""
    quote = given.get("words", "gunmen attacked a market")
    voice = given.get("voice")
    frame = Frame(voice=voice or "author", stance=given.get("stance", "asserts"), negated=given.get("negated", False))
    at = given.get("at", 0)
    event = Event(
        id=claim, document=document, evidence=(Span(start=at, end=at + len(quote), quote=quote),), frame=frame,
        status=frame.status, where=place(given["town"], at) if given.get("town") else None,
        when=day(given["on"]) if given.get("on") else None, by="test", trigger=Span(start=at, end=at + 6, quote="attack"),
        code=Code(plover=given.get("type", "ASSAULT"), mode=given.get("mode")), actors=given.get("by", ()),
    )  # fmt: skip
    return Heard(event, document, given.get("source", document), given.get("published"))


def toll(claim: str, about: str, document: str, best: float, published: str) -> Heard:
    quote = f"{best:.0f} dead"
    span = Span(start=0, end=len(quote), quote=quote)
    figure = Figure(
        id=claim, document=document, evidence=(span,), frame=Frame(), status="reported", by="test", measure="deaths",
        of=span, low=best, best=best, high=best, about=about,
    )  # fmt: skip
    return Heard(figure, document, document, published)


def groups(block: list[Heard], kept: Decisions | None = None) -> list[tuple[str, ...]]:
    return sorted(incident.claims for incident in merge(block, kept))


def test_two_reports_of_one_attack_are_one_incident() -> None:
    block = [
        told("claim-01", "a", town="Arun", on="2020-05-03", by=(FRONT,), published="2020-05-04"),
        told("claim-02", "b", town="Arun", on="2020-05-03", by=(ARMY,), published="2020-05-05"),
    ]
    (incident,) = merge(block)
    assert (incident.claims, incident.documents, incident.sources) == (("claim-01", "claim-02"), ("a", "b"), 2)
    assert incident.where is not None
    assert incident.where.name == "Arun"
    assert [one.party.name for one in incident.actors] == ["Northern Front", "Arunian army"]
    assert incident.disputed == ("actors",)


def test_two_villages_or_two_weeks_are_two_incidents() -> None:
    block = [
        told("claim-01", "a", town="Arun", on="2020-05-03", by=(FRONT,)),
        told("claim-02", "b", town="Belo", on="2020-05-03", by=(FRONT,)),
        told("claim-03", "c", town="Arun", on="2020-05-17", by=(FRONT,)),
    ]
    assert len(groups(block)) == 3


def test_a_place_is_carried_on_within_a_report() -> None:
    block = [
        told("claim-01", "a", town="Arun", on="2020-05-03"),
        told("claim-02", "a", words="the attack on the market", at=300),
        told("claim-03", "b", town="Arun", on="2020-05-03"),
    ]
    assert groups(block) == [("claim-01", "claim-02", "claim-03")]


def test_denied_and_claimed_is_disputed_and_expected_alone_is_expected() -> None:
    claimed = told("claim-01", "a", town="Arun", on="2020-05-03", voice=FRONT)
    denied = told("claim-02", "b", town="Arun", on="2020-05-03", voice=ARMY, stance="denies")
    assert [one.status for one in merge([claimed])] == ["claimed"]
    assert [one.status for one in merge([claimed, denied])] == ["disputed"]
    assert [one.status for one in merge([told("claim-03", "c", town="Arun", stance="expects")])] == ["expected"]
    both = [claimed, told("claim-04", "d", town="Arun", on="2020-05-03", voice=ARMY)]
    assert [one.status for one in merge(both)] == ["reported"]


def test_demands_make_no_incident() -> None:
    assert merge([told("claim-01", "a", town="Arun", stance="demands")]) == []


def test_ten_outlets_on_one_monitor_are_one_source() -> None:
    block = [told(f"claim-{n:02}", f"d{n}", town="Arun", on="2020-05-03", voice=FRONT) for n in range(10)]
    (incident,) = merge(block)
    assert (incident.sources, len(incident.documents)) == (1, 10)


def test_a_rising_toll_is_no_conflict_and_two_counts_of_one_day_are() -> None:
    events = [
        told("claim-01", "a", town="Arun", on="2020-05-03", published="2020-05-03"),
        told("claim-02", "b", town="Arun", on="2020-05-03", published="2020-05-04"),
    ]
    rising = [toll("toll-0001", "claim-01", "a", 5, "2020-05-03"), toll("toll-0002", "claim-02", "b", 9, "2020-05-04")]
    (incident,) = merge([*events, *rising])
    assert [(one.measure, one.low, one.best, one.high) for one in incident.figures] == [("deaths", 5, 5, 9)]
    assert "deaths" not in incident.disputed
    falling = [rising[0], toll("toll-0002", "claim-02", "b", 3, "2020-05-04")]
    assert "deaths" in merge([*events, *falling])[0].disputed


def test_the_toll_of_a_war_is_none_of_an_attack() -> None:
    event = told("claim-01", "a", town="Arun", on="2020-05-03", published="2020-05-04")
    war = toll("toll-0002", "claim-01", "b", 90_000, "2020-05-04")
    span = Span(start=0, end=35, quote="90,000 have died since the war began")
    said = Heard(msgspec.structs.replace(war.claim, evidence=(span,)), "b", "b", "2020-05-04")
    small = [toll("toll-0001", "claim-01", "a", 5, "2020-05-04"), toll("toll-0003", "claim-01", "c", 7, "2020-05-04")]
    assert [one.high for one in merge([event, small[0], said])[0].figures] == [5]
    assert [one.high for one in merge([event, *small, war])[0].figures] == [7]
    assert [one.high for one in merge([event, war])[0].figures] == [90_000]


def test_people_decide() -> None:
    one = told("claim-01", "a", town="Arun", on="2020-05-03", by=(FRONT,))
    other = told("claim-02", "b", town="Arun", on="2020-05-03", by=(FRONT,))
    third = told("claim-03", "c", town="Cado", on="2020-06-03")
    assert len(groups([one, other], Decisions(apart=frozenset({("claim-01", "claim-02")})))) == 2
    assert len(groups([one, third], Decisions(together=frozenset({("claim-01", "claim-03")})))) == 1


@st.composite
def stacks(draw: st.DrawFn) -> list[Heard]:
    """A stack of reports about a few towns and days."""
    size = draw(st.integers(1, 12))
    return [
        told(
            f"claim-{n:02}",
            f"d{draw(st.integers(0, 4))}",
            town=draw(st.sampled_from([*TOWNS, None])),
            on=draw(st.sampled_from(["2020-05-03", "2020-05-04", "2020-05-20", None])),
            by=draw(st.sampled_from([(), (ARMY,), (FRONT,)])),
            type=draw(st.sampled_from(["ASSAULT", "COERCE", "AGREE"])),
            published="2020-05-05",
            at=draw(st.integers(0, 900)),
        )
        for n in range(size)
    ]


@given(stacks(), st.integers(0, 1000))
@settings(max_examples=60, deadline=None)
def test_any_order_gives_the_same_incidents(stack: list[Heard], seed: int) -> None:
    shuffled = random.Random(seed).sample(stack, len(stack))
    assert merge(stack) == merge(shuffled)
    claims = [claim for incident in merge(stack) for claim in incident.claims]
    assert sorted(claims) == sorted(one.claim.id for one in stack)


@given(stacks())
@settings(max_examples=60, deadline=None)
def test_two_named_towns_are_never_one_incident(stack: list[Heard]) -> None:
    town = {one.claim.id: one.claim.where.name for one in stack if one.claim.where is not None}
    for incident in merge(stack):
        assert len({town[claim] for claim in incident.claims if claim in town}) <= 1


@given(stacks())
@settings(max_examples=40, deadline=None)
def test_blocks_lose_no_event(stack: list[Heard]) -> None:
    assert sorted(one.claim.id for block in blocks(stack) for one in block) == sorted(one.claim.id for one in stack)


@dataclass(frozen=True)
class Kinds:
    """Traits for tests: members of two kinds clash."""

    kinds: frozenset[int]

    def clashes(self, other: Kinds) -> bool:
        return len(self.kinds | other.kinds) > 1

    def joined(self, other: Kinds) -> Kinds:
        return Kinds(self.kinds | other.kinds)


PAIRS = st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1])


@given(
    st.dictionaries(PAIRS, st.sampled_from([2.0, 0.5, -1.0]), max_size=20),
    st.lists(st.sampled_from([frozenset(), frozenset({1}), frozenset({2})]), min_size=8, max_size=8),
    st.sets(PAIRS, max_size=2),
)
def test_what_clashes_is_in_no_cluster_together(
    scores: dict[tuple[int, int], float], kinds: list[frozenset[int]], apart: set[tuple[int, int]]
) -> None:
    found = clusters(scores, [Kinds(one) for one in kinds], (), apart)
    assert sorted(member for cluster in found for member in cluster) == list(range(8))
    for cluster in found:
        assert len(frozenset().union(*(kinds[member] for member in cluster))) <= 1
        assert not any(set(pair) <= set(cluster) for pair in apart)


def test_people_join_what_clashes() -> None:
    assert clusters({}, [Kinds(frozenset({1})), Kinds(frozenset({2}))], [(0, 1)]) == [[0, 1]]


REPORTS = [
    {
        "id": "a",
        "published": "2020-05-04",
        "text": "Gunmen attacked a market in Kassala on 3 May 2020.",
        "tellings": [("attacked", 7, "x")],
    },
    {
        "id": "b",
        "published": "2020-05-05",
        "text": "Raiders attacked a market in Kassala on 3 May 2020.",
        "tellings": [("attacked", 8, "x")],
    },
    {
        "id": "c",
        "published": "2020-05-05",
        "text": "Troops seized an airfield near Juba on 4 May 2020.",
        "tellings": [("seized", 7, "y")],
    },
]


def test_incidents_are_scored_against_gold(tmp_path: Path) -> None:
    rows = [
        {
            **one,
            "tellings": [{"quote": quote, "start": start, "incident": key} for quote, start, key in one["tellings"]],
        }
        for one in REPORTS
    ]
    file = tmp_path / "gold.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert tells_incidents(file)
    found = measure_incidents(file, rules_only=True)
    assert (found.reports, found.tellings, found.incidents, found.found, found.f1, found.mixed) == (
        3,
        3,
        2,
        1.0,
        1.0,
        (),
    )
    file.write_text(
        json.dumps({**rows[0], "tellings": [{"quote": "fled", "start": 7, "incident": "x"}]}), encoding="utf-8"
    )
    with pytest.raises(BadInput, match=r"gold\.jsonl line 1: 'fled' does not stand at 7"):
        measure_incidents(file)


def test_who_takes_a_town_decides_the_sub_event() -> None:
    block = [
        told("claim-01", "a", town="Arun", on="2020-05-03", by=(ARMY,), type="COERCE", mode="seize"),
        told("claim-02", "b", town="Arun", on="2020-05-03", by=(ARMY,), type="COERCE", mode="seize"),
        told("claim-03", "c", town="Arun", on="2020-05-03", by=(FRONT,), type="COERCE", mode="seize"),
    ]
    for order in (block, block[::-1]):
        (incident,) = merge([replace(one, claim=_of_territory(one.claim)) for one in order])
        assert incident.code is not None
        assert incident.code.acled == "Government regains territory"


def _of_territory(claim: Any) -> Any:
    return msgspec.structs.replace(claim, code=msgspec.structs.replace(claim.code, contexts=("territory",)))
