"""What comes out is what the contract says: the records, their schema and their JSON agree."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, get_args

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strife import records
from strife.records import (
    Claim,
    Code,
    Control,
    Date,
    Document,
    Event,
    Figure,
    Frame,
    Party,
    Place,
    Reading,
    Relation,
    Span,
    Statement,
    Why,
    document_line,
    to_json,
)
from strife.views.jsonl import date_lines, place_lines, reading_lines

TYPES = {"event": Event, "relation": Relation, "control": Control, "figure": Figure, "statement": Statement}
SHARED_PARTS = {"span": Span, "party": Party, "place": Place, "date": Date}

words = st.text(min_size=1, max_size=12)
offsets = st.integers(0, 10**6)
maybe = st.none() | words
days = st.none() | st.dates().map(str)
numbers = st.none() | st.integers(0, 10**9).map(float) | st.floats(0, 1e12)
spans = st.builds(Span, start=offsets, end=offsets, quote=words)


def one_of(values: Any) -> st.SearchStrategy[Any]:
    """One of the values of a Literal."""
    return st.sampled_from(get_args(values))


def tuples(values: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    """A few values."""
    return st.lists(values, min_size=least, max_size=3).map(tuple)


def code(letters: int) -> st.SearchStrategy[str | None]:
    """A country code or none."""
    return st.none() | st.text("ABCXYZ", min_size=letters, max_size=letters)


parties = st.builds(
    Party, quote=words, start=offsets, end=offsets, name=maybe, id=maybe, country=code(3), sectors=tuples(words)
)
places = st.builds(
    Place,
    quote=words,
    start=offsets,
    end=offsets,
    name=maybe,
    id=maybe,
    country=code(2),
    admin1=maybe,
    lat=st.none() | st.floats(-90, 90),
    lon=st.none() | st.floats(-180, 180),
    precision=one_of(records.PlacePrecision),
)
dates = st.builds(
    Date, start=days, end=days, precision=one_of(records.DatePrecision), quote=maybe, basis=one_of(records.Basis)
)
frames = st.builds(
    Frame,
    voice=st.just("author") | parties,
    co_voices=tuples(parties),
    cue=st.none() | spans,
    stance=one_of(records.Stance),
    negated=st.booleans(),
    likelihood=st.none() | one_of(records.Likelihood),
)
codes = st.builds(
    Code,
    plover=one_of(records.PloverType),
    mode=maybe,
    contexts=tuples(words),
    cameo=st.none() | st.text("0123456789", min_size=2, max_size=4),
    acled=maybe,
)


def claims_of(kind: Any, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Claims of one type: the fields that every claim has, and its own."""
    common: dict[str, st.SearchStrategy[Any]] = {
        "id": st.text("0123456789abcdef", min_size=8, max_size=16),
        "document": words,
        "evidence": tuples(spans, least=1),
        "frame": frames,
        "status": one_of(records.Status),
        "where": st.none() | places,
        "when": st.none() | dates,
        "by": words,
        "score": st.none() | st.floats(0, 1),
    }
    return st.builds(kind, **(common | fields))


claims: st.SearchStrategy[Claim] = st.one_of(
    claims_of(
        Event, trigger=spans, code=codes, actors=tuples(parties), recipients=tuples(parties), supporters=tuples(parties)
    ),
    claims_of(Relation, predicate=one_of(records.Predicate), subject=parties, object=parties),
    claims_of(Control, holder=parties, change=one_of(records.Change), extent=one_of(records.Extent), where=places),
    claims_of(
        Figure,
        measure=one_of(records.Measure),
        of=spans,
        low=numbers,
        best=numbers,
        high=numbers,
        unit=maybe,
        about=maybe,
    ),
    claims_of(Statement, content=spans, quoted=st.booleans()),
)


@given(claims)
def test_claims_survive_their_json(claim: Claim) -> None:
    line = to_json(claim)
    assert "\n" not in line
    assert msgspec.json.decode(line, type=Claim) == claim


@given(st.builds(Document, id=words, text=st.text(), title=maybe, published=days, source=maybe, url=maybe))
def test_document_lines_survive_their_json(document: Document) -> None:
    line = document_line(document)
    assert msgspec.json.decode(to_json(line), type=records.DocumentLine) == line
    assert line.length == len(document.text)
    assert line.sha256 == hashlib.sha256(document.text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("frame", "status"),
    [
        (Frame(), "reported"),
        (Frame(voice=Party(quote="army", start=0, end=4)), "claimed"),
        (Frame(stance="supposes"), "possible"),
        (Frame(stance="expects"), "expected"),
        (Frame(stance="conditions"), "conditional"),
        (Frame(stance="intends"), "intended"),
        (Frame(stance="demands"), "demanded"),
        (Frame(stance="denies"), "denied"),
        (Frame(stance="asks"), "asked"),
        (Frame(stance="denies", negated=True), "negated"),
        (Frame(voice=Party(quote="army", start=0, end=4), stance="denies"), "denied"),
    ],
)
def test_status_follows_from_the_frame(frame: Frame, status: str) -> None:
    assert frame.status == status


@given(st.builds(Document, id=words, text=st.text()), st.lists(claims, max_size=3))
def test_lines_of_a_reading(document: Document, found: list[Claim]) -> None:
    whys = tuple(Why(claim=claim.id, rule="test", candidates=("a", "b")) for claim in found)
    reading = Reading(document=document, claims=tuple(found), whys=whys)
    lines = [json.loads(line) for line in reading_lines(reading)]
    assert [line["record"] for line in lines] == ["document"] + ["claim"] * len(found)
    kinds = [json.loads(line)["record"] for line in reading_lines(reading, why=True)]
    assert kinds == ["document"] + ["claim", "why"] * len(found)


@given(places, dates)
def test_lines_of_single_stages(place: Place, date: Date) -> None:
    document = Document(id="a", text="x")
    (line,) = place_lines(document, [(place, ())])
    assert json.loads(line) == {"record": "place", "document": "a"} | json.loads(to_json(place))
    (line,) = date_lines(document, [(3, 7, date)])
    assert json.loads(line) == {"record": "date", "document": "a", "start_char": 3, "end_char": 7} | json.loads(
        to_json(date)
    )


# Against the schema of the contract, which lies beside a clone


@pytest.fixture(scope="module")
def schema(shared: Path) -> dict[str, Any]:
    """The schema that other programs go by."""
    loaded: dict[str, Any] = json.loads((shared / "contract" / "claim.schema.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def ours() -> dict[str, Any]:
    """The definitions in the schema that follows from the types."""
    _, definitions = msgspec.json.schema_components(TYPES.values())
    return definitions


def enum_of(part: dict[str, Any], definitions: dict[str, Any]) -> set[Any]:
    """The values that a part of a schema allows, wherever in it they stand."""
    if "$ref" in part:
        return enum_of(definitions.get(part["$ref"].rsplit("/", 1)[1], {}), definitions)
    if "const" in part:
        return {part["const"]}
    if "enum" in part:
        return set(part["enum"])
    return {
        value
        for inner in [*part.get("anyOf", []), *part.get("oneOf", [])]
        if "properties" not in inner and "$ref" not in inner
        for value in (enum_of(inner, definitions) or ({None} if inner.get("type") == "null" else set()))
    }


def agree(theirs: dict[str, Any], name: str, ours: dict[str, Any]) -> None:
    """Our record has every field that theirs requires or describes, with the same values where they are listed."""
    fields = ours[name]["properties"]
    assert set(theirs.get("required", [])) | set(theirs["properties"]) <= set(fields), name
    for key, part in theirs["properties"].items():
        if values := enum_of(part, {}):
            assert enum_of(fields[key], ours) == values, f"{name}.{key}"


@pytest.mark.parametrize("kind", TYPES)
def test_claim_types_agree_with_the_schema(kind: str, schema: dict[str, Any], ours: dict[str, Any]) -> None:
    name = TYPES[kind].__name__
    common = {key: part for key, part in schema["properties"].items() if key != "type"}
    agree({"required": schema["required"], "properties": common}, name, ours)
    own = next(part["then"] for part in schema["allOf"] if part["if"]["properties"]["type"]["const"] == kind)
    agree(own, name, ours)
    assert ours[name]["properties"]["type"]["enum"] == [kind]
    known = set(schema["properties"]) | set(own["properties"])
    assert set(ours[name]["properties"]) == known, "a field that the contract does not have"


def test_types_are_those_of_the_schema(schema: dict[str, Any]) -> None:
    assert set(schema["properties"]["type"]["enum"]) == set(TYPES)


def test_parts_agree_with_the_schema(schema: dict[str, Any], ours: dict[str, Any]) -> None:
    for key, kind in SHARED_PARTS.items():
        agree(schema["$defs"][key], kind.__name__, ours)
        assert set(ours[kind.__name__]["properties"]) == set(schema["$defs"][key]["properties"])
    agree(schema["properties"]["frame"], "Frame", ours)
    event = next(part["then"] for part in schema["allOf"] if part["if"]["properties"]["type"]["const"] == "event")
    agree(event["properties"]["code"], "Code", ours)


@given(claims)
def test_every_claim_is_valid(schema: dict[str, Any], claim: Claim) -> None:
    jsonschema.Draft202012Validator(schema).validate(json.loads(to_json(claim)))
