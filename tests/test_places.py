"""Names of places in texts, and the places they mean. The rows lie in data/places*.jsonl."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strife.errors import BadInput
from strife.gazetteer import Gazetteer
from strife.language.analysis import Analysis, Token
from strife.language.parse import analyse
from strife.mentions.mention import PartyMention
from strife.mentions.places import find_places
from strife.reading import read_all
from strife.records import Document
from strife.resolve.phrase import asked_at
from strife.resolve.places import read_places, resolve_places, resolve_span, resolve_spans
from strife.resolve.ranker import ranker_of
from strife.resolve.ranking import score, weighed
from strife.resolve.why import explain_places

DATA = Path(__file__).with_name("data")


def rows(name: str) -> list[Any]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [pytest.param(json.loads(line), id=json.loads(line)["text"][:40]) for line in lines]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.shared()


def parsed(text: str) -> Analysis:
    return analyse(Document(id="test", text=text))


@pytest.mark.parametrize("row", rows("places.jsonl"))
def test_finds_and_resolves(row: dict[str, Any], gazetteer: Gazetteer) -> None:
    analysis = parsed(row["text"])
    mentions = find_places(analysis, gazetteer, ())
    places = resolve_places(mentions, analysis, gazetteer)
    quotes = [places[mention.head.i].quote for mention in mentions]
    assert quotes == [wanted["quote"] for wanted in row["places"]]
    for mention, wanted in zip(mentions, row["places"], strict=True):
        place = places[mention.head.i]
        got = {key: getattr(mention if key in ("cue", "locative") else place, key) for key in wanted}
        assert got == wanted
        assert row["text"][place.start : place.end] == place.quote


@pytest.mark.parametrize("row", rows("places_spans.jsonl"))
def test_given_spans(row: dict[str, Any], gazetteer: Gazetteer) -> None:
    document = Document(id="test", text=row["text"])
    places = resolve_spans([tuple(span) for span in row["spans"]], document, gazetteer)
    for place, span, wanted in zip(places, row["spans"], row["places"], strict=True):
        assert (place.start, place.end) == tuple(span)
        assert {key: getattr(place, key) for key in wanted} == wanted


def test_one_place_a_span_in_their_order() -> None:
    document = Document(id="test", text="From Kyiv to Minsk, from Minsk to Kyiv.")
    spans = [(34, 38), (5, 9), (5, 9), (13, 18)]
    assert [(place.start, place.end) for place in read_places(document, spans)] == spans
    assert read_places(document, []) == []


def test_places_without_spans_come_in_text_order() -> None:
    places = read_places(Document(id="test", text="Shells hit Kharkiv. Two days later they hit Sumy and Izium."))
    assert [place.quote for place in places] == ["Kharkiv", "Sumy", "Izium"]


def test_span_outside_the_text_is_named(gazetteer: Gazetteer) -> None:
    with pytest.raises(BadInput, match="report-7: the span 3-99"):
        resolve_span(3, 99, Document(id="report-7", text="Aleppo fell."), gazetteer)


def test_names_of_parties_are_no_places(gazetteer: Gazetteer) -> None:
    analysis = parsed("The Friends of Syria met in Marrakesh.")

    def token(word: str) -> Token:
        return next(one for one in analysis.tokens if one.text == word)

    party = PartyMention(token("Friends"), token("Friends"), token("Syria"), "name", id="org:friends-of-syria")
    assert [mention.name for mention in find_places(analysis, gazetteer, [party])] == ["Marrakesh"]
    state = PartyMention(token("Syria"), token("Syria"), token("Syria"), "name", id="SYR")
    assert [mention.name for mention in find_places(analysis, gazetteer, [state])] == ["Syria", "Marrakesh"]


def test_context_from_outside_the_text_decides(gazetteer: Gazetteer) -> None:
    document = Document(id="test", text="Tripoli was quiet.")
    place = resolve_span(0, 7, document, gazetteer, context_countries={"LB": 1.0})
    assert place.country == "LB"


def test_one_sense_a_document(gazetteer: Gazetteer) -> None:
    text = "Tripoli, Lebanon, was shelled. Later Tripoli was calm."
    first, second = resolve_spans([(0, 7), (37, 44)], Document(id="test", text=text), gazetteer)
    assert first.id == second.id
    assert first.country == "LB"


def test_why_names_the_candidates_and_what_decided(gazetteer: Gazetteer) -> None:
    text = "Militias in Libya shelled Tripoli. A clinic 20 km south of Xyzzyville burned."
    document = Document(id="test", text=text)
    explained = explain_places(document)
    assert [place for place, _ in explained] == read_places(document)
    (why,) = next(whys for place, whys in explained if place.quote == "Tripoli")
    assert why.candidates[0].country == "LY"
    assert {one.country for one in why.candidates} >= {"LY", "LB"}
    assert why.decided.startswith("the first before the second by: ")
    assert all(0 <= one.share <= 1 for one in why.candidates)
    spans = [(26, 33), (44, 69)]
    given_spans = explain_places(document, spans)
    assert [place for place, _ in given_spans] == read_places(document, spans)
    assert [whys[0].asked for _, whys in given_spans] == ["Tripoli", "Xyzzyville"]
    assert given_spans[1][1][0].candidates == ()


def test_why_adds_up(gazetteer: Gazetteer) -> None:
    text = "In Lebanon, Tripoli and Beirut were calm; Homs was not."
    asked = [asked_at(text, start, end, gazetteer) for start, end in [(3, 10), (12, 19), (24, 30), (42, 46)]]
    ranker = ranker_of(gazetteer)
    scene, _ = ranker.scene(asked, Document(id="test", text=text), {})
    assert scene is not None
    parts, scores = weighed(scene, ranker.weights)
    assert parts.sum(axis=1) == pytest.approx(scores)
    assert scores == pytest.approx(score(scene, ranker.weights))


def test_a_reading_tells_why_only_when_asked() -> None:
    document = Document(id="test", text="Militias in Libya shelled Tripoli.")
    told, untold = (next(read_all([document], rules_only=True, why=why)) for why in (True, False))
    assert told.claims == untold.claims
    assert any("geonames:2210247" in line for one in told.whys for line in one.candidates)
    assert not any("geonames:" in line for one in untold.whys for line in one.candidates)


@given(st.text(alphabet=st.sampled_from("AleppoHoms '’-.,\n\t()al-éʿЖ中\u200b1"), min_size=1, max_size=60), st.data())
def test_any_span_of_any_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    place = resolve_span(start, end, Document(id="test", text=text), Gazetteer.shared())
    assert (place.start, place.end, place.quote) == (start, end, text[start:end])


@given(
    st.lists(st.sampled_from("Aleppo Homs in near the al-Bab of , . and fell Smith said US-led Syria province".split()))
)
def test_finding_never_fails(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for place in read_places(Document(id="test", text=text)):
        assert text[place.start : place.end] == place.quote
