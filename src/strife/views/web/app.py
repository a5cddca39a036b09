"""The application: routes by page, what guards them, and what is said where something goes wrong."""

from __future__ import annotations

import getpass
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from strife.errors import BadCase, StrifeError
from strife.views.web import (
    actors,
    claims,
    control,
    decide,
    documents,
    home,
    incidents,
    ledger,
    merging,
    outlook,
    search,
    static,
    timeline,
    voices,
)
from strife.views.web import map as maps
from strife.views.web.guard import HEADERS, Guard
from strife.views.web.merging import Merger
from strife.views.web.reader import Reader, Reads
from strife.views.web.render import page
from strife.views.web.site import Cases, Site
from strife.views.web.worker import Worker

PAGES = (
    home,
    documents,
    claims,
    incidents,
    control,
    actors,
    voices,
    search,
    ledger,
    outlook,
    merging,
    maps,
    timeline,
    decide,
    static,
)  # each with its routes; the first that fits answers


def application(
    case_path: str | Path | None = None,
    *,
    hosts: Sequence[str] = (),
    by: str | None = None,
    reader: Reads | None = None,
) -> Starlette:
    """The web application over a case file, or without one to read single texts. BadCase where the file cannot be opened.

    `hosts` are names it answers to besides those of this machine ("*": any IP address), `by` is who decides."""
    cases = Cases(Path(case_path)) if case_path is not None else None
    if cases is not None:
        with cases.taken():
            pass  # opened once: what is wrong with it is said at the start
    known = frozenset(host.lower() for host in hosts)
    merger = Merger(cases.path) if cases is not None else None
    site = Site(cases=cases, reader=reader or Reader(), by=by or _user(), hosts=known, worker=Worker(), merger=merger)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        site.reader.start()
        if site.merger is not None:
            site.merger.start()
        yield
        await run_in_threadpool(site.reader.stop)
        if cases is not None:
            cases.close()

    routes: list[BaseRoute] = [route for module in PAGES for route in module.routes]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=known), Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)],
        exception_handlers={StrifeError: refused, HTTPException: missing, Exception: broken},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # it would be built from the Host header
    app.state.site = site
    return app


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no name for this user
        return "web"


def refused(request: Request, error: Exception) -> Response:
    """What cannot be asked (400), or a case that cannot be used now (503)."""
    return _said(request, 503 if isinstance(error, BadCase) else 400, str(error))


def missing(request: Request, error: Exception) -> Response:
    """What does not exist, and other refusals."""
    assert isinstance(error, HTTPException)
    text = "There is no such page." if error.detail == "Not Found" else error.detail
    response = _said(request, error.status_code, text)
    response.headers.update(error.headers or {})
    return response


def broken(request: Request, _error: Exception) -> Response:
    """A mistake of ours; the traceback goes to the server's log, not to the page."""
    response = _said(request, 500, "Something is wrong in strife itself. The server's log says what.")
    response.headers.update(HEADERS)  # it is made outside of the guard
    return response


def _said(request: Request, status: int, text: str) -> Response:
    wants_data = request.url.path.endswith((".json", ".csv", ".geojson")) or "json" in request.headers.get("accept", "")
    if wants_data:
        return Response(msgspec.json.encode({"error": text, "status": status}), status, media_type="application/json")
    return page(request, "error.html", status, text=text, code=status)
