"""The measure room: what counts as found, what is told of a miss, and that a floor holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from strife.errors import BadInput
from strife.gazetteer import Gazetteer
from strife.measure import Scores, gate, measure, score
from strife.measure.answers import same_date, same_name, same_place
from strife.measure.gold import load_gold
from strife.measure.golden import golden_lines
from strife.measure.scores import Score
from strife.records import Claim, Code, Date, Document, Event, Figure, Frame, Party, Place, Reading, Relation, Span
from strife.views.cli import cli

TEXT = "Rebels shelled the port of Harem on 5 June 2013, killing nine sailors. The navy denied it was a threat."


@pytest.fixture(scope="module", autouse=True)
def _gazetteer() -> None:
    Gazetteer.open(None)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words), quote=words)


def party(words: str, name: str | None = None) -> Party:
    place = span(words)
    return Party(quote=words, start=place.start, end=place.end, name=name)


def shelling(**changes: Any) -> Event:
    where = span("Harem")
    event = Event(
        id="event-01",
        document="d",
        evidence=(span("Rebels shelled the port of Harem on 5 June 2013"),),
        frame=Frame(),
        status="reported",
        by="test",
        trigger=span("shelled"),
        code=Code(plover="ASSAULT", mode="heavy-weapons"),
        actors=(party("Rebels"),),
        recipients=(party("the port"),),
        where=Place(
            quote="Harem",
            start=where.start,
            end=where.end,
            name="Harem",
            country="SY",
            id="g:1",
            precision="settlement",
        ),
        when=Date(start="2013-06-05", end="2013-06-05", precision="day", quote="5 June 2013", basis="explicit"),
    )
    return msgspec.structs.replace(event, **changes)


def deaths(best: float = 9, **changes: Any) -> Figure:
    figure = Figure(
        id="figure-01",
        document="d",
        evidence=(span("killing nine sailors"),),
        frame=Frame(),
        status="reported",
        by="test",
        measure="deaths",
        of=span("sailors"),
        low=best,
        best=best,
        high=best,
    )
    return msgspec.structs.replace(figure, **changes)


def reading(*claims: Claim) -> Reading:
    return Reading(document=Document(id="d", text=TEXT), claims=claims)


def golden(folder: Path, *claims: Claim) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("".join(f"{line}\n" for line in golden_lines(reading(*claims))), encoding="utf-8")
    return path


def notes(folder: Path, *items: dict[str, Any]) -> Path:
    """An analyst's gold file with its text beside it; `on` are the words of the passage."""
    lines = []
    for number, item in enumerate(items):
        passage = span(item.pop("on"))
        evidence = {"start": passage.start, "end": passage.end, "text": passage.quote}
        lines.append(json.dumps({"id": f"N{number}", "evidence": evidence, **item}))
    (folder / "d.txt").write_text(TEXT, encoding="utf-8")
    (folder / "d.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder / "d.jsonl"


def rated(gold: Path, *claims: Claim) -> Scores:
    return score(load_gold(gold), [reading(*claims)])


def right(scores: Scores, facet: str, value: str = "all") -> tuple[int, int, int | None]:
    one = scores.score(facet, value)
    assert one is not None
    return one.right, one.wanted, one.given


# --- golden readings --------------------------------------------------------------------------------------------
def test_a_reading_fits_itself(tmp_path: Path) -> None:
    scores = rated(golden(tmp_path, shelling(), deaths()), shelling(), deaths())
    assert all(one.right == one.wanted == one.given for one in scores.scores)
    assert not scores.misses
    assert scores.documents == 1


def test_a_lost_and_an_extra_claim(tmp_path: Path) -> None:
    scores = rated(golden(tmp_path, shelling(), deaths()), shelling(), shelling(id="event-02", trigger=span("threat")))
    assert right(scores, "claims") == (1, 2, 2)
    assert right(scores, "claims", "figure") == (0, 1, 0)
    assert right(scores, "plover", "ASSAULT") == (1, 1, 2)
    assert [(miss.how, miss.id) for miss in scores.misses] == [("lost", "figure-01"), ("extra", "event-02")]


@pytest.mark.parametrize(
    ("slot", "change"),
    [
        ("status", {"status": "claimed"}),
        ("voice", {"frame": Frame(voice=party("The navy"))}),
        ("place", {"where": None}),
        ("date", {"when": Date(start="2013-06-06", end="2013-06-06", precision="day", quote=None, basis="explicit")}),
        ("plover", {"code": Code(plover="COERCE", mode="heavy-weapons")}),
        ("mode", {"code": Code(plover="ASSAULT", mode="aerial")}),
        ("actors", {"actors": (party("The navy"),)}),
        ("actors", {"actors": (party("Rebels"), party("The navy"))}),
        ("recipients", {"recipients": ()}),
    ],
)
def test_a_changed_slot_is_named(tmp_path: Path, slot: str, change: dict[str, Any]) -> None:
    scores = rated(golden(tmp_path, shelling()), shelling(**change))
    assert right(scores, slot)[0] == 0
    assert right(scores, "claims")[0] == 0
    assert right(scores, "spotted")[0] == 1
    [miss] = scores.misses
    assert miss.how == "changed"
    assert slot in miss.why


def test_a_changed_number(tmp_path: Path) -> None:
    scores = rated(golden(tmp_path, deaths()), deaths(10))
    assert right(scores, "number") == (0, 1, 1)
    assert "number 10 instead of 9" in str(scores.misses[0])


def test_claims_on_one_spot_are_told_apart(tmp_path: Path) -> None:
    here = shelling()
    there = shelling(id="event-02", where=None)
    assert not rated(golden(tmp_path, here, there), there, here).misses


# --- an analyst's notes -----------------------------------------------------------------------------------------
def test_notes_ask_only_for_what_they_say(tmp_path: Path) -> None:
    gold = notes(
        tmp_path,
        {"kind": "event", "on": "shelled the port", "plover": ["ASSAULT", "COERCE"], "agents": "rebel fighters"},
    )
    scores = rated(gold, shelling(actors=(party("Rebels", "rebel"),)))
    assert right(scores, "claims", "event") == (1, 1, None)
    assert scores.score("claims", "event").precision is None  # type: ignore[union-attr]


def test_each_place_is_wanted(tmp_path: Path) -> None:
    gold = notes(tmp_path, {"kind": "event", "on": "shelled", "place": ["Harem, Syria", "Salqin, Syria"]})
    assert right(rated(gold, shelling()), "claims") == (1, 2, None)


def test_what_is_inferred_is_not_asked_for(tmp_path: Path) -> None:
    gold = notes(tmp_path, {"kind": "event", "on": "shelled", "place": "Idlib, Syria", "inferred": ["place"]})
    assert right(rated(gold, shelling()), "claims") == (1, 1, None)


def test_other_modalities_and_readings_are_right(tmp_path: Path) -> None:
    gold = notes(
        tmp_path,
        {"kind": "event", "on": "shelled", "modality": "possible", "modality_also": ["actual"]},
        {"kind": "figure", "on": "nine sailors", "value": 90, "or": [{"measure": "deaths"}]},
    )
    assert right(rated(gold, shelling(), deaths(92)), "claims") == (2, 2, None)


def test_figures_within_a_range(tmp_path: Path) -> None:
    gold = notes(tmp_path, {"kind": "figure", "on": "nine sailors", "low": 5, "high": 9})
    assert right(rated(gold, deaths(9)), "number") == (1, 1, None)
    assert right(rated(gold, deaths(12)), "number") == (0, 1, None)


def test_relations_need_their_polarity(tmp_path: Path) -> None:
    def relation(*, negated: bool) -> Relation:
        return Relation(
            id="relation",
            document="d",
            evidence=(span("The navy denied it"),),
            frame=Frame(negated=negated),
            status="negated" if negated else "reported",
            by="test",
            predicate="supports",
            subject=party("The navy"),
            object=party("Rebels"),
        )

    item = {"kind": "relation", "subject": "navy", "predicate": ["supports", "allied_with"], "object": "rebels"}
    gold = notes(tmp_path, {**item, "on": "The navy denied", "polarity": "negative"})
    assert right(rated(gold, relation(negated=True)), "claims", "relation") == (1, 1, None)
    assert right(rated(gold, relation(negated=False)), "claims", "relation") == (0, 1, None)


def test_what_did_not_happen(tmp_path: Path) -> None:
    gold = notes(tmp_path, {"kind": "not_actual", "on": "it was a threat"})
    threat = shelling(trigger=span("threat"))
    assert right(rated(gold, threat), "kept apart") == (0, 1, None)
    assert "told as fact" in str(rated(gold, threat).misses[0])
    assert right(rated(gold, msgspec.structs.replace(threat, status="denied")), "kept apart") == (1, 1, None)


def test_an_expectation_is_any_claim_ahead(tmp_path: Path) -> None:
    gold = notes(tmp_path, {"kind": "expectation", "on": "was a threat", "likelihood": "expected"})
    ahead = shelling(trigger=span("threat"), status="expected", frame=Frame(stance="expects", likelihood="scheduled"))
    assert right(rated(gold, ahead), "claims") == (1, 1, None)
    assert right(rated(gold, shelling(trigger=span("threat"))), "claims") == (0, 1, None)


# --- comparing names --------------------------------------------------------------------------------------------
def test_names() -> None:
    assert same_name("Syrian Army", "the Syrian army")
    assert same_name("ETA fighters", "ETA")
    assert not same_name("Syrian Army", "Syrian Navy")
    assert same_place("Qusayr, Syria", ("geonames:1", "Al Quşayr", "SY"))
    assert not same_place("Tripoli, Libya", ("geonames:2", "Tripoli", "LB"))
    assert same_date("2013-06", "2013-06-05")
    assert same_date("2013-06-05/2013-06-06", "2013-06-05/2013-06-06")
    assert not same_date("2013-06", "2013-07-05")


def test_rates_without_a_base_are_none() -> None:
    empty = Score(facet="claims", value="all", right=0, wanted=0, given=0)
    assert (empty.precision, empty.recall, empty.f1) == (None, None, None)
    assert Score(facet="claims", value="all", right=3, wanted=4, given=6).f1 == pytest.approx(0.6)


# --- files ------------------------------------------------------------------------------------------------------
def test_gold_without_text_says_what_to_do(tmp_path: Path) -> None:
    path = golden(tmp_path, shelling())
    head, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([json.dumps({**json.loads(head), "text": None}), *rest]), encoding="utf-8")
    with pytest.raises(BadInput, match=r"put d\.txt beside it"):
        load_gold(path)


def test_gold_of_another_text_is_refused(tmp_path: Path) -> None:
    gold = notes(tmp_path, {"kind": "event", "on": "shelled"})
    (tmp_path / "d.txt").write_text(TEXT.replace("shelled", "stormed"), encoding="utf-8")
    with pytest.raises(BadInput, match="N0 is not of this text"):
        load_gold(gold)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("", "is empty"),
        ("{", r"gold\.jsonl:1"),
        ("[]", "no JSON object"),
        ('{"a": 1}', 'neither "kind" nor "record"'),
        ('{"record": "claim", "document": "d"}', "no claim as strife puts it out"),
        ('{"kind": "rumour", "evidence": {"start": 0, "end": 1}}', "unknown kind 'rumour'"),
        ('{"kind": "event"}', "N|evidence"),
    ],
)
def test_bad_gold_is_named(tmp_path: Path, lines: str, message: str) -> None:
    (tmp_path / "gold.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text(lines, encoding="utf-8")
    with pytest.raises(BadInput, match=message):
        load_gold(tmp_path / "gold.jsonl")


# --- the gate ---------------------------------------------------------------------------------------------------
def test_a_floor_holds(tmp_path: Path) -> None:
    gold, pins = golden(tmp_path, shelling(), deaths()), tmp_path / "gate.json"
    good, bad = rated(gold, shelling(), deaths()), rated(gold, shelling(actors=()), deaths())
    assert "no floors yet" in gate.complaints(good, gate.load_pins(pins))[0]
    assert gate.pin(pins, [bad])
    assert gate.complaints(good, gate.load_pins(pins)) == []
    assert any("actors" in change for change in gate.pin(pins, [good]))
    told = gate.complaints(bad, gate.load_pins(pins))
    assert any("actors has fallen from 1.0000" in line for line in told)
    assert any("changed: event ASSAULT" in line for line in told)
    with pytest.raises(BadInput, match="--allow-lower"):
        gate.pin(pins, [bad])
    gate.pin(pins, [bad], allow_lower=True)
    assert gate.complaints(bad, gate.load_pins(pins)) == []


def test_changed_gold_must_be_pinned_anew(tmp_path: Path) -> None:
    pins = tmp_path / "gate.json"
    gate.pin(pins, [rated(golden(tmp_path, shelling(), deaths()), shelling(), deaths())])
    other = rated(golden(tmp_path, shelling()), shelling())
    assert "has changed since" in gate.complaints(other, gate.load_pins(pins))[0]
    assert gate.pin(pins, [other]) == []


# --- the command ------------------------------------------------------------------------------------------------
def test_measures_what_it_reads(tmp_path: Path) -> None:
    from strife.reading import read

    text = "Rebels shelled the town of Harem on 5 June 2013. The navy denied that it had lost a ship."
    path = tmp_path / "made.jsonl"
    path.write_text("".join(f"{line}\n" for line in golden_lines(read(text))), encoding="utf-8")
    scores = measure(path)
    assert scores.score("claims").f1 == 1.0  # type: ignore[union-attr]
    result = CliRunner().invoke(cli, ["measure", str(tmp_path), "--misses", "3", "--pin", str(tmp_path / "gate.json")])
    assert result.exit_code == 0, result.output
    assert "made.jsonl: 1 document" in result.output
    assert gate.load_pins(tmp_path / "gate.json")["made.jsonl"]["floors"]["claims"] == 1.0
    as_json = CliRunner().invoke(cli, ["measure", str(path), "--json"])
    assert json.loads(as_json.stdout.splitlines()[0])["name"] == "made.jsonl"
