"""Another reader whose server misbehaves: busy, broken, hanging, huge; what it is asked, where and with which key."""

from __future__ import annotations

import re

import jsonschema
import msgspec
import pytest

from strife.engine import Unread, read_each
from strife.errors import StrifeError
from strife.readers import calls, prompt
from strife.readers.anchors import Window
from strife.readers.check import Checker
from strife.readers.endpoint import endpoint_of
from strife.readers.reader import Reader, Unreadable
from strife.readers.tally import Tally
from tests.reader_stub import (
    DEAD,
    DOCUMENT,
    HELD,
    SEIZED,
    SENT,
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
)

# The server misbehaves


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 529])
def test_a_busy_server_is_asked_again(status: int) -> None:
    reading, reader = read_with(
        Answer(status=status), Answer(status=status, headers={"Retry-After": "0"}), claims(SENT)
    )
    assert (len(reading.claims), reader.tally.again) == (1, 2)


def test_a_broken_connection_is_tried_again() -> None:
    reading, reader = read_with(Answer(status=0), claims(SENT))
    assert (len(reading.claims), reader.tally.again) == (1, 1)


def test_tries_end() -> None:
    with pytest.raises(Unreadable, match=r"a: http://127.0.0.1:\d+: status 503 \(come back\), after 4 tries"):
        read_with(Answer(b"come back", status=503))


@pytest.mark.parametrize(
    ("header", "seconds"), [("3", 3), ("9999", 60), ("-1", 0), ("soon", None), ("nan", None), (None, None)]
)
def test_the_server_may_ask_for_a_pause(header: str | None, seconds: float | None) -> None:
    assert calls._seconds(header) == seconds


def test_pauses_grow_and_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []
    monkeypatch.setattr(calls.time, "sleep", rests.append)
    with serving(
        lambda _asked, number: Answer(status=429, headers={"Retry-After": "3"}) if number == 2 else Answer(status=503)
    ) as stub:
        reader = Reader(endpoint_of(f"openai:{stub.url}", "toy", key=""))
        with pytest.raises(Unreadable):
            reader.tell(DOCUMENT)
    assert rests == [1, 2, 4]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"x" * 20, parts=20, pause=0.3),  # drips
        Answer(b"{}", pause=30.0),  # hangs
    ],
)
def test_a_server_that_hangs_is_left(answer: Answer) -> None:
    beats: list[int] = []
    with serving(lambda _asked, _number: answer) as stub:
        reader = reader_of(stub, timeout=0.5)
        with pytest.raises(Unreadable, match=r"no answer within 0\.5 s"):
            reader.tell(DOCUMENT, pulse=lambda: beats.append(1))
    assert len(stub.asked) == calls.HANGING


def test_whoever_waits_gives_signs_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    beats: list[int] = []
    monkeypatch.setattr(calls, "PULSE", 0.05)
    late = claims(SENT)
    late.pause = 0.5
    with serving(lambda _asked, _number: late) as stub:
        assert len(reader_of(stub).tell(DOCUMENT, pulse=lambda: beats.append(1))) == 1
    assert beats


def test_a_huge_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "LARGEST", 2_000_000)
    with pytest.raises(Unreadable, match="longer than 2 MB"):
        read_with(said("x" * 3_000_000))


def test_a_compressed_answer_is_not_unpacked() -> None:
    with pytest.raises(Unreadable, match="compressed"):
        read_with(Answer(b"\x1f\x8b", headers={"Content-Encoding": "gzip"}))


@pytest.mark.parametrize(("status", "words"), [(401, "STRIFE_API_KEY"), (403, "STRIFE_API_KEY"), (404, "model's name")])
def test_what_every_document_would_get_ends_the_run(status: int, words: str) -> None:
    with pytest.raises(StrifeError, match=words) as caught:
        read_with(Answer(status=status))
    assert not isinstance(caught.value, Unreadable)


def test_text_is_not_sent_on_to_another_address() -> None:
    with serving(shelled) as other:
        with pytest.raises(StrifeError, match="sends on to another address"):
            read_with(Answer(status=307, headers={"Location": other.url + "/chat/completions"}))
        assert other.asked == []


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(shelled) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url.removesuffix("/v1"))
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/v1"))
        reading, _ = read_with(claims(SENT))
        assert len(reading.claims) == 1
        assert proxy.asked == []


@pytest.mark.parametrize(("refused", "form"), [(1, "json_schema"), (2, "json_object"), (3, None), (4, None)])
def test_the_surest_form_that_the_server_takes(refused: int, form: str | None) -> None:
    def picky(_asked: Asked, number: int) -> Answer:
        return Answer(b"unknown field", status=400) if number < refused else claims(SENT)

    with serving(picky) as stub:
        reader = reader_of(stub)
        assert len(reader.tell(DOCUMENT)) == len(reader.tell(DOCUMENT)) == 1
    assert len(stub.asked) == refused + 2  # it is not tried again with the second document
    assert stub.asked[0]["response_format"]["type"] == "json_schema"
    assert stub.asked[-1].get("response_format", {}).get("type") == form
    assert ("temperature" in stub.asked[-1]) == (refused in (2, 3))


def test_a_server_that_breaks_at_a_schema_is_asked_without() -> None:
    def breaks(asked: Asked, _number: int) -> Answer:
        return Answer(status=500) if "response_format" in asked else claims(SENT)

    with serving(breaks) as stub:
        assert len(reader_of(stub).tell(DOCUMENT)) == 1


def test_a_server_that_takes_no_form_ends_the_run() -> None:
    with pytest.raises(StrifeError, match="does not take the question: status 422") as caught:
        read_with(Answer(status=422))
    assert not isinstance(caught.value, Unreadable)


def test_a_piece_that_is_too_long_for_the_server_is_halved() -> None:
    def small(asked: Asked, number: int) -> Answer:
        if number and len(passages(asked)) > 15:
            return Answer(b"context length exceeded", status=400)
        return shelled(asked, number)

    with serving(small) as stub:
        assert len(reader_of(stub).tell(long_document())) == 119


def test_a_server_that_is_gone_ends_the_run() -> None:
    with serving(lambda _asked, _number: Answer(status=502)) as stub:
        reader = reader_of(stub)
        documents = [msgspec.structs.replace(DOCUMENT, id=str(number)) for number in range(5)]
        outcomes = read_each(documents, reader=reader)
        assert [isinstance(next(outcomes), Unread) for _ in range(2)] == [True, True]
        with pytest.raises(StrifeError, match="gave up after 3 documents in a row"):
            next(outcomes)


@pytest.mark.parametrize(
    "usage", [{}, {"prompt_tokens": "many"}, {"prompt_tokens": -1, "completion_tokens": True}, [1], 7]
)
def test_a_cost_that_is_not_told_is_said(usage: object) -> None:
    _, reader = read_with(said({"claims": []}, usage=usage))
    assert "(1 answer did not say)" in reader.tally.in_words()


# What is asked, and with which key


def test_all_codes_are_in_the_question() -> None:
    told = prompt.instructions()
    assert "@" not in told
    for word in (
        "ASSAULT",
        "CONSULT",
        "mode seize",
        "displaced",
        "surroundings",
        "scheduled",
        "human_security",
        "part_of",
    ):
        assert word in told
    jsonschema.Draft202012Validator.check_schema(prompt.schema())
    good = jsonschema.Draft202012Validator(prompt.schema())
    good.validate({"claims": [SEIZED, DEAD, HELD, SENT]})
    good.validate(prompt.EXAMPLES)
    assert list(good.iter_errors({"claims": [SEIZED | {"plover": "WAR"}]}))


def test_the_example_passes_our_own_checks() -> None:
    text = re.search(r'Passage 4: "(.*)"', prompt.instructions())
    assert text is not None
    tally = Tally()
    told = list(Checker(Window(text[1], 0, len(text[1])), {4: 0}, tally).kept(tuple(prompt.EXAMPLES["claims"])))
    assert (len(told), tally.dropped, tally.left_out) == (2, {}, {})


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("", "/v1/chat/completions"),
        ("/", "/v1/chat/completions"),
        ("/v1/", "/v1/chat/completions"),
        ("/api/v3", "/api/v3/chat/completions"),
        ("/v1/chat/completions", "/v1/chat/completions"),
    ],
)
def test_the_path_follows_from_the_address(address: str, path: str) -> None:
    with serving(shelled) as stub:
        url = stub.url.removesuffix("/v1") + address
        Reader(endpoint_of(f"openai:{url}", "toy", key="")).tell(DOCUMENT)
    assert stub.paths == [path]
    assert stub.asked[0]["model"] == "toy"
    assert "Authorization" not in stub.headers[0]


@pytest.mark.parametrize(
    "reader",
    [
        "openai:",
        "openai:ftp://h/v1",
        "gemini:http://h",
        "http://h/v1",
        "openai:http://",
        "openai:http://h:port/v1",
        "openai:http://me:secret@h/v1",
        "openai:http://h/v1?key=secret",
        "openai:http://[::1/v1",
        "x",
    ],
)
def test_addresses_that_cannot_be_used_are_refused_without_their_secrets(reader: str) -> None:
    with pytest.raises(StrifeError) as caught:
        endpoint_of(reader, "toy")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://localhost:1/v1", "on this machine"),
        ("http://[::1]:1", "on this machine"),
        ("https://example.org/v1", "ANOTHER MACHINE"),
        ("http://10.0.0.2/v1", "unencrypted"),
    ],
)
def test_where_text_goes_is_said(url: str, words: str) -> None:
    notice = endpoint_of(f"openai:{url}", "toy", key="k").notice
    assert words in notice
    assert "leaves this process" in notice
    assert ("unencrypted" in notice) == (url.startswith("http://10"))
