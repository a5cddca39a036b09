"""A server that answers as OpenAI-compatible ones do, or misbehaves as the test says; on this machine, at a free port."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec

from strife.readers.endpoint import endpoint_of
from strife.readers.reader import Reader
from strife.reading import read_by
from strife.records import Claim, Control, Document, Event, Figure, Reading, Relation, Statement, to_json


@dataclass
class Answer:
    """What the server does with one request: a status, headers, and the body in parts with a pause before each."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    parts: int = 1
    pause: float = 0.0


Asked = dict[str, Any]
Behaviour = Callable[[Asked, int], Answer]


def said(content: object, *, finish: str = "stop", usage: object = None) -> Answer:
    """A completion with this content; what is no text is put into JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    told = {"prompt_tokens": 100, "completion_tokens": 20} if usage is None else usage
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return Answer(json.dumps({"id": "x", "choices": [choice], "usage": told}).encode())


def claims(*given: object) -> Answer:
    """A completion that holds these claims."""
    return said({"claims": list(given)})


def passages(asked: Asked) -> list[Asked]:
    """The passages that a request shows."""
    found: list[Asked] = json.loads(asked["messages"][-1]["content"])["passages"]
    return found


@dataclass
class Stub:
    """A running server: its address, what it was asked, and with which headers."""

    url: str
    asked: list[Asked] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[Stub]:
    """A server that does as `behaviour` says, given the request and how many came before it."""
    stub = Stub("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            stub.asked.append(json.loads(body))
            stub.headers.append(dict(self.headers))
            stub.paths.append(self.path)
            answer = behaviour(stub.asked[-1], len(stub.asked) - 1)
            try:
                self._send(answer)
            except OSError:
                self.close_connection = True  # whoever asked has gone

        def _send(self, answer: Answer) -> None:
            if not answer.status:
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            size = -(-len(answer.body) // answer.parts) or 1
            for at in range(0, len(answer.body), size):
                if answer.pause:
                    time.sleep(answer.pause)
                self.wfile.write(answer.body[at : at + size])
                self.wfile.flush()

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    stub.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


TEXT = (
    "Rebel fighters seized the town of Harem on Tuesday, killing at least 12 soldiers.\n\n"
    "The Syrian army denied that the rebels had taken the town. “We hold Harem”, a spokesman said.\n\n"
    "Turkey may send troops to Idlib next week, according to diplomats."
)
DOCUMENT = Document(id="a", text=TEXT, published="2013-06-07")
SEIZED: Asked = {
    "type": "event",
    "passage": 1,
    "evidence": "Rebel fighters seized the town of Harem on Tuesday",
    "voice": "author",
    "cue": None,
    "stance": "asserts",
    "negated": False,
    "likelihood": None,
    "where": "Harem",
    "when": "on Tuesday",
    "trigger": "seized",
    "plover": "COERCE",
    "mode": "seize",
    "contexts": ["territory"],
    "actors": ["Rebel fighters"],
    "recipients": [],
    "supporters": [],
}
COMMON = {"voice": "author", "cue": None, "stance": "asserts", "negated": False, "likelihood": None} | {
    "where": None,
    "when": None,
}
DEAD: Asked = COMMON | {
    "type": "figure",
    "passage": 1,
    "evidence": "killing at least 12 soldiers",
    "number": "at least 12",
    "of": "soldiers",
    "measure": "deaths",
    "about": None,
}
HELD: Asked = COMMON | {
    "type": "control",
    "passage": 2,
    "evidence": "We hold Harem",
    "voice": "a spokesman",
    "cue": "said",
    "where": "Harem",
    "holder": "We",
    "change": "holds",
    "extent": "whole",
}
SENT: Asked = SEIZED | {
    "passage": 3,
    "evidence": "Turkey may send troops to Idlib next week",
    "voice": "diplomats",
    "cue": "may",
    "stance": "supposes",
    "likelihood": "possible",
    "where": "Idlib",
    "when": "next week",
    "trigger": "send troops",
    "plover": "MOBILIZE",
    "mode": "troops",
    "contexts": [],
    "actors": ["Turkey"],
}


def reader_of(stub: Stub, *, timeout: float = 20.0) -> Reader:
    """A reader that asks the stub and does not rest between tries."""
    return Reader(endpoint_of(f"openai:{stub.url}", "toy", timeout=timeout, key=""), pause=0.0)


def read_with(*answers: Answer, document: Document = DOCUMENT) -> tuple[Reading, Reader]:
    """The reading where the server gives these answers, the last one over and over."""
    with serving(lambda _asked, number: answers[min(number, len(answers) - 1)]) as stub:
        reader = reader_of(stub)
        return read_by(reader, document), reader


def sound(reading: Reading) -> None:
    """What holds for every claim, whoever told it."""
    text = reading.document.text

    def look(value: Any) -> None:
        if isinstance(value, dict):
            if {"quote", "start", "end"} <= set(value) and "basis" not in value:
                assert text[value["start"] : value["end"]] == value["quote"]
            for inner in value.values():
                look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)

    assert len({claim.id for claim in reading.claims}) == len(reading.claims)
    for claim in reading.claims:
        look(json.loads(to_json(claim)))
        assert claim.frame.status == claim.status
        assert msgspec.json.decode(to_json(claim), type=Claim) == claim


def long_document() -> Document:
    """A document of several pieces, in which one town after another is shelled."""
    lines = [
        f"On day {number} of the siege the army shelled quarter Q{number}, killing {number} people."
        for number in range(1, 120)
    ]
    return Document(id="long", text="\n\n".join(lines))


def shelled(asked: Asked, _number: int) -> Answer:
    """Tell of every passage that is shown."""
    return claims(
        *(
            SEIZED
            | {
                "passage": one["passage"],
                "evidence": one["text"],
                "trigger": "shelled",
                "plover": "ASSAULT",
                "mode": None,
            }
            | {"actors": ["the army"], "where": None, "when": None}
            for one in passages(asked)
        )
    )


def told_back(claim: Claim, claims: dict[str, Claim]) -> Asked:
    """A claim of ours as another reader would tell it: its words and codes, nothing resolved or derived."""
    frame, when = claim.frame, claim.when
    told: Asked = {
        "type": type(claim).__name__.lower(),
        "evidence": [{"quote": span.quote, "start": span.start} for span in claim.evidence],
        "voice": frame.voice if isinstance(frame.voice, str) else frame.voice.quote,
        "cue": frame.cue and frame.cue.quote,
        "stance": frame.stance,
        "negated": frame.negated,
        "likelihood": frame.likelihood,
        "where": claim.where and claim.where.quote,
        "when": when.quote if when is not None and when.basis != "publication" else None,
    }
    match claim:
        case Event():
            parties = {
                slot: [one.quote for one in getattr(claim, slot)] for slot in ("actors", "recipients", "supporters")
            }
            code = {"plover": claim.code.plover, "mode": claim.code.mode, "contexts": claim.code.contexts}
            return told | parties | code | {"trigger": {"quote": claim.trigger.quote, "start": claim.trigger.start}}
        case Relation():
            return told | {
                "predicate": claim.predicate,
                "subject": claim.subject.quote,
                "object": claim.object.quote,
            }
        case Control():
            return told | {"holder": claim.holder.quote, "change": claim.change, "extent": claim.extent}
        case Figure():
            event = claims.get(claim.about or "")
            about = event.trigger.quote if isinstance(event, Event) else None
            return told | {"of": claim.of.quote, "measure": claim.measure, "about": about}
        case Statement():
            return told | {"content": claim.content.quote}
    raise AssertionError(claim)
