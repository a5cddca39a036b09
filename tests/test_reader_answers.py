"""What another reader answers, and how: JSON in any wrapping, quotes with other marks, long documents in pieces."""

from __future__ import annotations

import dataclasses
import json
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strife.readers.anchors import Window
from strife.readers.answers import NoClaims, claims_in
from strife.readers.check import Checker
from strife.readers.chunks import OVERLAP, PIECE, pieces
from strife.readers.endpoint import endpoint_of
from strife.readers.reader import Reader, Unreadable
from strife.readers.tally import Tally
from strife.reading import read_by
from strife.records import Document, Span
from tests.reader_stub import (
    DEAD,
    DOCUMENT,
    HELD,
    SEIZED,
    SENT,
    TEXT,
    Answer,
    Asked,
    claims,
    long_document,
    passages,
    read_with,
    reader_of,
    said,
    serving,
    shelled,
    sound,
)

SHAPES = [
    '{"claims": [%s]}',
    "[%s]",
    "%s",
    '```json\n{"claims": [%s]}\n```',
    "Sure! Here are the claims:\n\n```\n[%s]\n```\nLet me know {if} you need more.",
    'Of course [1]. {"claims": [%s]} I hope this {helps}.',
    '<think>The user wants {"claims": []} … or so.</think>{"claims": [%s]}',
    "The only one is %s as asked.",
    '  \n{"note": 1, "claims": [%s]}\n\n',
]


@pytest.mark.parametrize("shape", SHAPES)
def test_json_is_found_wherever_it_stands(shape: str) -> None:
    reading, reader = read_with(said(shape % json.dumps(SENT)))
    assert [claim.status for claim in reading.claims] == ["possible"]
    assert reader.tally.again == 0


BROKEN = [
    "",
    "I am sorry, I cannot help with that.",
    "{",
    '{"claim": 1}',
    "[1, 2, 3]",
    '"claims"',
    "NaN",
    '{"answer": NaN}',
    "[" * 5000,
    '{"a":' * 5000,
    "null",
]


@pytest.mark.parametrize("content", BROKEN)
def test_an_answer_without_claims_is_asked_for_once_more(content: str) -> None:
    with pytest.raises(NoClaims):
        claims_in(content)
    reading, reader = read_with(said(content), claims(SENT))
    assert (len(reading.claims), reader.tally.again) == (1, 1)
    with pytest.raises(Unreadable, match="no claims that can be read"):
        read_with(said(content))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>oops</html>",
        b"{}",
        b"[]",
        b"\xff\xfe",
        b'{"choices": []}',
        b'{"choices": [{}]}',
        b'{"choices": 7}',
        b'{"choices": [{"message": {"content": 7}}]}',
        b'{"choices": [{"message": {"content": null}}]}',
        b"[" * 100_000,
    ],
)
def test_a_body_that_is_no_completion_fails_the_document(body: bytes) -> None:
    with pytest.raises(Unreadable, match="no claims that can be read"):
        read_with(Answer(body))


@given(st.text(max_size=200))
def test_any_answer_is_taken_or_refused(content: str) -> None:
    try:
        found = claims_in(content)
    except NoClaims:
        return
    assert isinstance(found.claims, tuple)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
fields = st.sampled_from([*SEIZED, *DEAD, *HELD, "predicate", "subject", "object", "content", "frame", "code"])


odd = st.dictionaries(
    fields, json_values | st.sampled_from([TEXT[:50], "Harem", "the town", "We", "“", "on", "12"]), max_size=4
)


@given(st.sampled_from([SEIZED, DEAD, HELD, SENT]), odd)
def test_any_field_may_hold_anything(told: Asked, changed: Asked) -> None:
    """Whatever stands in a claim, it is dropped or its quotes stand in the text."""
    tally = Tally()
    for one in Checker(Window(TEXT, 0, len(TEXT)), {1: 0}, tally).kept((told | changed,)):
        for field in dataclasses.fields(one):
            value = getattr(one, field.name)
            for span in value if isinstance(value, tuple) else (value,):
                assert not isinstance(span, Span) or TEXT[span.start : span.end] == span.quote
    assert tally.told == 1


@settings(max_examples=40)
@given(st.sampled_from([SEIZED, DEAD, HELD, SENT]), odd)
def test_any_field_may_hold_anything_to_the_end(told: Asked, changed: Asked) -> None:
    tally = Tally()
    found = list(Checker(Window(TEXT, 0, len(TEXT)), {1: 0}, tally).kept((told | changed, SENT)))
    reader = Reader(endpoint_of("openai:http://127.0.0.1:9/v1", "toy", key=""), tally=tally)
    with patch.object(Reader, "tell", lambda _reader, _document, _pulse: found):
        sound(read_by(reader, DOCUMENT))
    assert tally.told == tally.kept + tally.dropped.total()


@given(st.text(alphabet="ab \n\t“”\"'’—-\u200b\u202e.", max_size=40), st.integers(0, 40), st.integers(1, 20))
def test_words_of_a_text_are_found_at_their_place(text: str, start: int, length: int) -> None:
    quote = text[start : start + length]
    found = Window(text, 0, len(text)).find(quote, near=start)
    if found is not None:
        assert text[found.start : found.end] == found.quote
    before, after = text[start - 1 : start] if start else "", text[start + length : start + length + 1]
    if quote and quote[0].isalnum() and quote[-1].isalnum() and not before.isalnum() and not after.isalnum():
        assert found is not None
        assert (found.start, found.quote) == (start, quote)


def test_the_nearest_of_several_places_counts() -> None:
    text = "The army left. The army came. The army stayed."
    window = Window(text, 0, len(text))
    for near, at in ((0, 0), (16, 15), (45, 30), (15, 15)):
        found = window.find("The army", near=near)
        assert found is not None
        assert found.start == at
    assert window.find("the army", near=0) is None
    assert window.find("arm", near=0) is None
    assert window.find("The army", near=0, inside=Span(start=20, end=40, quote="x")) == Span(
        start=30, end=38, quote="The army"
    )


# Long documents


@given(st.lists(st.text("ab .\n", max_size=300), max_size=8), st.integers(50, 500), st.integers(0, 100))
def test_pieces_hold_all_of_a_text(parts: list[str], size: int, overlap: int) -> None:
    text = "\n\n".join(parts)
    found = pieces(text, size=size, overlap=overlap)
    covered = {place for piece in found for one in piece.passages for place in range(one.start, one.end)}
    assert {place for place, char in enumerate(text) if not char.isspace()} <= covered
    for piece in found:
        halves = piece.halves(text)
        if halves is not None:
            assert (halves[0].start, halves[1].end) == (piece.start, piece.end)
            assert halves[0].start < halves[0].end <= halves[1].start < halves[1].end


def test_long_documents_go_in_pieces_that_overlap() -> None:
    document = long_document()
    with serving(shelled) as stub:
        reader = reader_of(stub)
        reading = read_by(reader, document)
    sound(reading)
    assert len(reading.claims) == 119
    assert len(stub.asked) == 3
    assert reader.tally.dropped["told twice"] > 0  # in what overlaps
    sizes = [sum(len(one["text"]) for one in passages(asked)) for asked in stub.asked]
    assert max(sizes) <= PIECE + OVERLAP


def test_where_an_answer_is_cut_short_the_halves_are_asked_about() -> None:
    def short(asked: Asked, number: int) -> Answer:
        if len(passages(asked)) <= 10:
            return shelled(asked, number)
        whole = json.loads(shelled(asked, number).body)["choices"][0]["message"]["content"]
        return said(whole[: len(whole) // 2], finish="length")

    with serving(short) as stub:
        reader = reader_of(stub)
        reading = read_by(reader, long_document())
    assert len(reading.claims) == 119
    assert reader.tally.cut > 0
    assert "cut short" in reader.tally.in_words()


def test_of_a_short_text_the_complete_claims_of_a_cut_answer_are_kept() -> None:
    whole = json.dumps({"claims": [SENT | {"passage": 1}, SENT]})
    text = "Turkey may send troops to Idlib next week, according to diplomats."
    reading, reader = read_with(said(whole[:-30], finish="length"), document=Document(id="d", text=text))
    assert (len(reading.claims), reader.tally.told, reader.tally.cut) == (1, 1, 1)


def test_too_long_a_document_is_not_sent() -> None:
    with serving(shelled) as stub, pytest.raises(Unreadable, match="more than 1,000,000 are not sent"):
        read_by(reader_of(stub), Document(id="e", text="The army left. " * 70_000))
    assert stub.asked == []


def test_more_claims_than_an_answer_may_hold_are_dropped() -> None:
    reading, reader = read_with(claims(*[SENT] * 500))
    assert len(reading.claims) == 1
    assert reader.tally.dropped == {"beyond the 400 of one answer": 100, "told twice": 399}
