"""Searching a case: every filter against a plain reading of all claims, counts, tables, and incidents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strife import engine
from strife.casefile import Case
from strife.casefile.filters import Filters, match_of
from strife.casefile.rows import parties_of, type_of
from strife.casefile.store import key_of, kilometres
from strife.errors import Unknown
from strife.records import (
    Claim,
    Code,
    Date,
    Event,
    Incident,
    IncidentFigure,
    Party,
    Place,
    Relation,
    SourceFigure,
    Told,
)
from tests.case_helpers import toy, toy_chunk

TEXTS = {
    "one": (
        "Daily",
        "Rebels seized bridges in Harem on 2013-06-05. Army attacked Rebels in Nawa on 2013-06-04."
        " Ministry said that Army held hills in Zintan on 2014-01-01. Rebels killed 25 in Harem on 2013-06-05.",
    ),
    "two": (
        "Evening",
        "Ministry denied that Army attacked Farmers in Nawa on 2013-06-04. Farmers aided Rebels in Zintan."
        " Union expects that Army seized bridges in Harem on 2013-07-01. Union backed Rebels.",
    ),
    "three": ("Daily", "Army lost hills in Harem on 2015-03-03. Rebels attacked Farmers."),
}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """A case with ten claims of all kinds."""
    with (
        pytest.MonkeyPatch.context() as patch,
        Case.open(tmp_path_factory.mktemp("c") / "x.strife", create=True) as case,
    ):
        patch.setattr(engine, "_read_chunk", toy_chunk)
        case.add([toy(name, text, source=source, published="2013-06-06") for name, (source, text) in TEXTS.items()])
        yield case


def fits(claim: Claim, filters: dict[str, str]) -> bool:
    """The filters, said in plain Python."""
    parties: dict[str, set[str]] = {}
    for role, _, party in parties_of(claim):
        parties.setdefault(role, set()).add(party.quote.lower())
    acting = parties.get("actor", set()) | parties.get("subject", set()) | parties.get("holder", set())
    receiving = parties.get("recipient", set()) | parties.get("object", set())
    said = {
        "type": lambda value: type_of(claim) == value,
        "status": lambda value: claim.status == value,
        "code": lambda value: (
            isinstance(claim, Event) and value in (claim.code.plover, (claim.code.cameo or "")[: len(value)])
        ),
        "actor": lambda value: value.lower() in acting,
        "recipient": lambda value: value.lower() in receiving,
        "place": lambda value: claim.where is not None and key_of(claim.where.quote) == key_of(value),
        "country": lambda value: claim.where is not None and claim.where.country == value,
        "voice": lambda value: value.lower() in parties.get("voice", {"author"}),
        "source": lambda value: TEXTS[claim.document][0] == value,
        "since": lambda value: claim.when is not None and claim.when.end >= value,
        "until": lambda value: claim.when is not None and claim.when.start <= value,
        "text": lambda value: value.lower() in claim.evidence[0].quote.lower().replace(".", "").split(),
    }
    return all(said[name](value) for name, value in filters.items())


VALUES = {
    "type": ["event", "control", "figure", "relation"],
    "status": ["reported", "claimed", "denied", "expected"],
    "code": ["ASSAULT", "AID", "19", "07"],
    "actor": ["Army", "rebels", "Union"],
    "recipient": ["Farmers", "Rebels"],
    "place": ["Harem", "hárem", "Nawa", "Zintan"],
    "country": ["SY", "LY"],
    "voice": ["author", "Ministry"],
    "source": ["Daily", "Evening"],
    "since": ["2013-06-05", "2014-01-01"],
    "until": ["2013-06-05", "2013-06-30"],
    "text": ["bridges", "army"],
}


@given(st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()}))
def test_filters_find_what_they_say(full: Case, filters: dict[str, str]) -> None:
    everything = full.claims()
    wanted = [claim.id for claim in everything if fits(claim, filters)]
    assert [claim.id for claim in full.claims(**filters)] == wanted
    assert full.count(**filters) == len(wanted)
    types = Counter(type_of(claim) for claim in everything if claim.id in wanted)
    assert dict(full.count_by("type", **filters)) == dict(types)


def test_space(full: Case) -> None:
    assert {claim.where.quote for claim in full.claims(near=(36.2, 36.5, 10)) if claim.where} == {"Harem"}
    assert {claim.where.quote for claim in full.claims(box=(30, 32, 40, 37)) if claim.where} == {"Harem", "Nawa"}
    assert full.claims(box=(170, -10, -170, 10)) == []
    assert kilometres(0, 0, 0, 180) == pytest.approx(20015, abs=1)


def test_several_values_stars_and_order(full: Case) -> None:
    assert len(full.claims(country=["SY", "LY"])) == len(full.claims(country="SY")) + len(full.claims(country="LY"))
    assert {one.document for one in full.claims(actor="reb*")} == {"one", "three"}
    assert full.claims(actor="[a-z]*") == []
    assert [claim.when.start for claim in full.claims(order="date", limit=2) if claim.when] == ["2013-06-04"] * 2
    assert len(full.claims(limit=3)) == 3
    assert full.claims(limit=3, offset=2)[0] == full.claims()[2]


def test_counts(full: Case) -> None:
    assert full.count_by("month") == [("2013-06", 4), ("2013-07", 1), ("2014-01", 1), ("2015-03", 1), (None, 3)]
    assert full.count_by("actor", limit=1) == [("Army", 5)]
    assert dict(full.count_by("document", country="SY")) == {"one": 3, "two": 2, "three": 1}
    assert full.count_by("source") == [("Daily", 6), ("Evening", 4)]


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"type": "evnt"}, "there are event, relation"),
        ({"since": "June"}, "is no date"),
        ({"since": "2013-6-5"}, "is no date"),
        ({"near": (95.0, 0.0, 5.0)}, "latitude, longitude and kilometres"),
        ({"box": (0.0, 10.0, 5.0, 5.0)}, "west, south, east, north"),
        ({"colour": "red"}, "no filter 'colour'"),
        ({"text": "--"}, "no word to look for"),
        ({"dataset": "ucdp"}, "claims are not found by that"),
    ],
)
def test_wrong_filters_are_named(full: Case, filters: dict[str, object], words: str) -> None:
    with pytest.raises(Unknown, match=words):
        full.claims(**filters)


def test_wrong_fields_are_named(full: Case) -> None:
    with pytest.raises(Unknown, match="there are type, status"):
        full.count_by("claim FROM resolved; --")


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ("rebel army", '"rebel" AND "army"'),
        ('"Syrian army" -rebel*', '("Syrian army") NOT ("rebel"*)'),
        ("NEAR(a b) OR", '"NEAR(a" AND "b)" AND "OR"'),
        ("army'; DROP", '"army\';" AND "DROP"'),
    ],
)
def test_words_are_never_syntax(full: Case, asked: str, query: str) -> None:
    assert match_of(asked) == query
    full.claims(text=asked)


@given(st.text(max_size=40))
def test_any_text_can_be_looked_for(full: Case, asked: str) -> None:
    try:
        full.claims(text=asked, limit=1)
    except Unknown as error:
        assert "no word" in str(error)  # noqa: PT017


def test_show_tells_the_trail(full: Case) -> None:
    claim = full.claims(type="figure")[0]
    shown = full.show(claim.id)
    assert (shown.claim, shown.record) == (claim, "claim")
    assert shown.why is not None
    assert shown.why.candidates == ("one", "two")
    assert shown.document is not None
    assert shown.document.text == TEXTS["one"][1]
    assert len(full.show("one").claims) == 4
    with pytest.raises(Unknown, match="no claim, incident or document"):
        full.show("nothing")


def test_actors_and_links(full: Case) -> None:
    actors = {one.name: one for one in full.actors()}
    army = actors["Army"]
    assert (army.acts, army.undergoes, army.speaks, army.first, army.last) == (5, 0, 0, "2013-06-04", "2015-03-03")
    assert actors["Ministry"].speaks == 2
    links = [(one.actor, one.what, one.other, one.status, one.year) for one in full.links("rebels")]
    assert ("Army", "ASSAULT", "Rebels", "reported", "2013") in links
    assert ("Union", "supports", "Rebels", "reported", "2013") in links
    relation = full.claims(type="relation")[0]
    assert isinstance(relation, Relation)
    assert relation.id in [name for one in full.links("Union") for name in one.evidence]


def test_info(full: Case) -> None:
    info = full.info()
    assert (info.documents, info.claims, info.sources) == (3, 10, (("Daily", 2), ("Evening", 1)))
    assert dict(info.types) == {"event": 4, "control": 4, "figure": 1, "relation": 1}


def test_tables(full: Case) -> None:
    rows = [dict(zip(full.claims().columns(), row, strict=True)) for row in full.claims().rows()]
    assert rows[0]["who"] == "Rebels"
    assert rows[0]["what"] == "gains whole"
    assert rows[0]["place"] == "Harem"
    assert rows[3]["best"] == 25.0
    pandas = pytest.importorskip("pandas")
    assert isinstance(full.claims().to_pandas(), pandas.DataFrame)
    assert list(full.claims(type="figure").to_pandas()["best"]) == [25.0]


def test_polars(full: Case) -> None:
    pytest.importorskip("polars")
    assert full.claims().to_polars().height == 10


def incident(name: str, **values: object) -> Incident:
    """An incident at Harem."""
    harem = Place(quote="Harem", start=0, end=0, name="Harem", country="SY", lat=36.2, lon=36.5, precision="settlement")
    army = Told(party=Party(quote="Army", start=0, end=0))
    day = Date(start="2013-06-05", end="2013-06-05", precision="day", quote=None, basis="explicit")
    figure = SourceFigure(source="Daily", low=1.0, best=2.0, high=3.0)
    deaths = IncidentFigure(measure="deaths", low=1.0, best=2.0, high=3.0, by_source=(figure,))
    fields = {"code": Code(plover="ASSAULT"), "where": harem, "when": day, "status": "reported", "sources": 1}
    return Incident(**{"id": name, "actors": (army,), "figures": (deaths,), **fields, **values})  # type: ignore[arg-type]


def test_incidents(case: Case) -> None:
    case.add([toy("one", TEXTS["one"][1])])
    claims = [claim.id for claim in case.claims()]
    ours = incident("incident-1", claims=tuple(claims[:2]), documents=("one",))
    rows = [incident(f"ucdp:{n}-row", dataset="ucdp:ged", row=str(n)) for n in range(3)]
    assert case.put_incidents([ours, incident("incident-2")]) == 2
    assert case.imported(rows) == case.imported(rows) == 3
    assert case.put_incidents([ours]) == 1
    assert case.incidents() == [*rows, ours]
    assert case.incidents(dataset="own", actor="army", place="Harem", since="2013-06-05") == [ours]
    assert case.incidents(text="seized") == [ours]
    assert case.count_by("dataset", incidents=True) == [("ucdp:ged", 3), (None, 1)]
    assert case.show(claims[0]).incidents == ("incident-1",)
    assert [claim.id for claim in case.show("incident-1").claims] == claims[:2]
    with pytest.raises(Unknown, match="is of no dataset"):
        case.imported([ours])
    with pytest.raises(Unknown, match="incidents are not found by that"):
        case.incidents(type="event")
    assert case.incidents(voice="author", source="nobody") == []
    assert case.incidents(voice="author", document="one", dataset="own") == [ours]
    assert case.check() == []


def test_filters_have_docs() -> None:
    docs = (Path(__file__).parents[1] / "docs" / "casefile.md").read_text()
    for name in Filters.__dataclass_fields__:
        assert f"`--{name}" in docs
