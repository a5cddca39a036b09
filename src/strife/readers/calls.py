"""One question to a server and its answer: bounded in time and size, tried again where that may help.

httpx is imported only here, and only where something is asked."""

from __future__ import annotations

import json
import math
import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from strife.errors import StrifeError
from strife.readers.endpoint import KEY, Endpoint

BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})  # answers after which the same question may do better
BROKEN = 500
CLOSED = frozenset({401, 403, 404, 405, 407})  # answers that every document would get
LARGEST = 4_000_000  # bytes of the longest answer
ATTEMPTS = 4  # times that one question is asked
HANGING = 2  # times that it is asked where no answer comes in time
PAUSE = 1.0  # seconds before it is asked again, doubled each time
LONGEST = 60.0  # seconds: no longer pause, whatever the server asks for
PULSE = 5.0  # seconds between two signs of life while waiting
CONNECT = 10.0  # seconds until a connection stands
EXCERPT = 200  # characters of a server's own message that are shown


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the HTTP status and the body, or why there is none (`trouble`); `wait` seconds that the server asks for."""

    status: int = 0
    body: bytes = b""
    trouble: str = ""
    late: bool = False
    hopeless: bool = False  # no use to ask the same again
    wait: float | None = None


class Unanswered(Exception):
    """A question that got no answer however often it was asked; `broken` where the server failed at it (500)."""

    def __init__(self, told: str, *, broken: bool = False) -> None:
        super().__init__(told)
        self.broken = broken


class Refused(Exception):
    """A question that the server does not take in this form (400 and its like)."""


@dataclass(slots=True)
class Caller:
    """Asks one endpoint, one question at a time. `pause` scales the waiting, `again` is told of each further try."""

    endpoint: Endpoint
    again: Callable[[], None]
    pause: float = PAUSE

    def ask(self, question: dict[str, Any], pulse: Callable[[], None] | None = None) -> bytes:
        """The body of the answer. Unanswered or Refused where this question has none, StrifeError where none ever will."""
        tried = hanging = 0
        while True:
            tried += 1
            reply = self._reply(question, pulse)
            hanging += reply.late
            if reply.status == 200:
                return reply.body
            told = reply.trouble or f"status {reply.status}{self._excerpt(reply.body)}"
            if reply.status in CLOSED:
                raise StrifeError(f"{self.endpoint.host}: {told}; {_remedy(reply.status, self.endpoint)}")
            if 300 <= reply.status < 400:
                raise StrifeError(f"{self.endpoint.host}: sends on to another address; give that one as the reader")
            if reply.status and reply.status not in BUSY:
                raise Refused(told)
            if tried >= ATTEMPTS or hanging >= HANGING or reply.hopeless:
                told += f", after {tried} tries" if tried > 1 else ""
                raise Unanswered(told, broken=reply.status == BROKEN)
            self.again()
            self._rest(tried, reply.wait, pulse)

    def _rest(self, tried: int, asked: float | None, pulse: Callable[[], None] | None) -> None:
        left = min(LONGEST, max(self.pause * 2 ** (tried - 1), asked or 0.0))
        while left > 0:
            time.sleep(min(left, PULSE))
            left -= PULSE
            if pulse is not None:
                pulse()

    def _excerpt(self, body: bytes) -> str:
        """The beginning of a server's own message, without our key."""
        text = " ".join(body[: 4 * EXCERPT].decode("utf-8", "replace").split())
        if self.endpoint.key:
            text = text.replace(self.endpoint.key, "***")
        return f" ({text[:EXCERPT]})" if text else ""

    def _reply(self, question: dict[str, Any], pulse: Callable[[], None] | None) -> Reply:
        """Ask in a thread that may be left behind: a server that sends a byte now and then must not hold us."""
        future: Future[Reply] = Future()
        body = json.dumps(question, ensure_ascii=True).encode()

        def work() -> None:
            try:
                future.set_result(_asked(self.endpoint, body))
            except BaseException as error:  # noqa: BLE001  # handed over to the thread that waits for it
                future.set_exception(error)

        threading.Thread(target=work, daemon=True, name="strife-reader").start()
        until = time.monotonic() + self.endpoint.timeout
        while (left := until - time.monotonic()) > 0:
            try:
                return future.result(timeout=min(left, PULSE))
            except Late:
                if pulse is not None:
                    pulse()
        return Reply(trouble=f"no answer within {self.endpoint.timeout:g} s (--timeout gives it more)", late=True)


def _asked(endpoint: Endpoint, body: bytes) -> Reply:
    """One request. No proxy, no password file and no redirection: text goes to the address that was given and nowhere else."""
    httpx = _httpx()
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    limit = httpx.Timeout(endpoint.timeout, connect=min(CONNECT, endpoint.timeout))
    try:
        with (
            httpx.Client(timeout=limit, trust_env=False, follow_redirects=False, verify=_trusted(endpoint)) as client,
            client.stream("POST", endpoint.url, content=body, headers=headers) as response,
        ):
            return _taken(response)
    except httpx.TimeoutException:
        return Reply(trouble=f"no answer within {endpoint.timeout:g} s (--timeout gives it more)", late=True)
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError) as error:
        return Reply(trouble=f"cannot be reached: {str(error) or type(error).__name__}")


def _taken(response: Any) -> Reply:
    """The answer as it comes in, given up where it grows too large."""
    if response.headers.get("content-encoding", "identity") != "identity":
        return Reply(trouble="the answer is compressed, which was not asked for", hopeless=True)
    taken = bytearray()
    for part in response.iter_raw():
        taken += part
        if len(taken) > LARGEST:
            return Reply(trouble=f"the answer is longer than {LARGEST // 1_000_000} MB", hopeless=True)
    return Reply(status=response.status_code, body=bytes(taken), wait=_seconds(response.headers.get("retry-after")))


def _trusted(endpoint: Endpoint) -> ssl.SSLContext:
    """The machine's own certificates, and those that $SSL_CERT_FILE names; none are loaded where none are needed."""
    if endpoint.url.startswith("https:"):
        return ssl.create_default_context()
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # which trusts nobody


def _seconds(header: str | None) -> float | None:
    """The pause that a Retry-After asks for, in seconds or as a date; None where it says nothing that can be read."""
    if header is None:
        return None
    try:
        seconds = float(header)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(header).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            return None
    return None if math.isnan(seconds) else min(max(seconds, 0.0), LONGEST)


def _remedy(status: int, endpoint: Endpoint) -> str:
    if status in (401, 403):
        return f"set ${KEY} to a key that it takes"
    return f"check the address ({endpoint.url}) and the model's name ({endpoint.model})"


def _httpx() -> Any:
    try:
        import httpx
    except ImportError as error:
        raise StrifeError("another reader needs httpx; run: pip install 'strife[llm]'") from error
    return httpx
