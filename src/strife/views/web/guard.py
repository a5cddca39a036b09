"""What every request passes: its host, its size, where it comes from; and the headers that every answer has."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with "no-referrer" browsers would hide from us where our own forms come from
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LONGEST = 8_192  # bytes of a query string, and of a path
LARGEST = 12_000_000  # bytes of what is sent
HOME = frozenset({"127.0.0.1", "localhost", "::1"})
SAFE = frozenset({"GET", "HEAD"})


class Guard:
    """Middleware: refuses other hosts' names (rebinding), other sites' posts and what is too large; sets the headers."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            await refused(scope, receive, headed)
        else:
            await self.app(scope, _limited(receive), headed)

    def _refused(self, scope: Scope) -> PlainTextResponse | None:
        """The answer to a request that goes no further."""
        headers = Headers(scope=scope)
        if not self._known(headers.get("host", "")):
            return _plain(421, "This server answers only to the address it was started with, such as 127.0.0.1.")
        if len(scope["query_string"]) > LONGEST or len(scope.get("raw_path") or b"") > LONGEST:
            return _plain(414, f"The address is too long: at most {LONGEST:,} bytes.")
        length = headers.get("content-length", "0")
        if not length.isdigit() or len(length) > 12 or int(length) > LARGEST:
            return _plain(413, f"Too large: at most {LARGEST // 1_000_000} MB can be sent. Use: strife read FILE")
        if scope["method"] not in SAFE and not self._own(headers):
            return _plain(403, "Only this server's own pages may send that.")
        return None

    def _known(self, host: str) -> bool:
        name = _name(host)
        if name in HOME or name in self.hosts:
            return True
        return "*" in self.hosts and _is_number(name)

    def _own(self, headers: Headers) -> bool:
        """Whether a post comes from one of our pages, as far as the browser says where it comes from."""
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        origin = headers.get("origin")
        return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _limited(receive: Receive) -> Receive:
    """Counts what is sent, where the length was not said before."""
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST:
            raise HTTPException(413, f"Too large: at most {LARGEST // 1_000_000} MB can be sent")
        return message

    return counted


def _name(host: str) -> str:
    """The name in a Host header, without the port; "" where it is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _is_number(name: str) -> bool:
    """Whether a host is an IP address: no name that somebody could point here."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _plain(status: int, text: str) -> PlainTextResponse:
    return PlainTextResponse(f"{text}\n", status)
