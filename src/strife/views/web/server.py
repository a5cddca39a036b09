"""The application behind uvicorn."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from strife.errors import StrifeError

HEAD = 65_536  # bytes of a request's head
BACKLOG = 128  # connections that wait


def run(app: ASGIApp, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C; `ready` is told the address. StrifeError where the port is taken or the address is not ours."""
    listener = _listening(host, port)
    name = f"[{host}]" if ":" in host else host
    ready(f"http://{name}:{listener.getsockname()[1]}/ (Ctrl-C ends)")
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=HEAD,
        proxy_headers=False,
    )
    with suppress(KeyboardInterrupt):  # which uvicorn raises again once it has ended in order
        uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)  # so that whoever is told the address can connect at once
    except OSError as error:
        listener.close()
        remedy = "choose another with --port" if error.errno == errno.EADDRINUSE else "choose another with --host"
        raise StrifeError(f"{host} port {port}: cannot be listened on ({error.strerror or error}); {remedy}") from error
    return listener
