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
