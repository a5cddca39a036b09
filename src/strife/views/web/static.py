"""Style sheets, scripts and pictures: our own, those of the reading view, and Leaflet's. Only what is listed can be asked for."""

from __future__ import annotations

import functools
import gzip
import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

SHARED = ("reading.css", "page.css", "reading.js", "chart.css")  # of the page that strife read --format html writes
LEAFLET = ("leaflet.js", "leaflet.css", "images/layers.png", "images/layers-2x.png")
YEAR = 31_536_000  # seconds
SMALL = 1_000  # bytes that are not worth packing
PACKED = {"text/css", "text/javascript", "image/svg+xml", "application/json", "application/geo+json"}
TYPES = {".js": "text/javascript", ".css": "text/css", ".geojson": "application/geo+json", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file in memory, as it is and packed ("" where that saves nothing); `mark` changes with its content."""

    body: bytes
    packed: bytes
    media: str
    mark: str


@functools.cache
def assets() -> dict[str, Asset]:
    """All files by their names under /static/."""
    return {name: _asset(path) for name, path in _paths()}


def _paths() -> Iterator[tuple[str, Path]]:
    views = Path(str(files("strife.views")))
    for path in sorted((views / "web" / "static").rglob("*")):
        if path.is_file():
            yield path.relative_to(views / "web" / "static").as_posix(), path
    for name in SHARED:
        yield name, views / "assets" / name
    try:
        leaflet = Path(str(distribution("XStatic-Leaflet").locate_file("xstatic/pkg/leaflet/data")))
    except PackageNotFoundError:
        return  # the map says that it is missing
    for name in LEAFLET:
        if (leaflet / name).is_file():
            yield f"leaflet/{name}", leaflet / name


def _asset(path: Path) -> Asset:
    body = path.read_bytes()
    media = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = gzip.compress(body, 9, mtime=0) if media in PACKED and len(body) > SMALL else b""
    return Asset(body, packed, media, hashlib.sha256(body).hexdigest()[:12])


def static(name: str) -> str:
    """The address of a file; it changes with the content, so that browsers may keep it for ever."""
    return f"/static/{name}?v={assets()[name].mark}"


def serve(request: Request) -> Response:
    """One file."""
    asset = assets().get(request.path_params["name"])
    if asset is None:
        raise HTTPException(404, "There is no such file")
    fresh = request.query_params.get("v") == asset.mark
    headers = {
        "Cache-Control": f"public, max-age={YEAR}, immutable" if fresh else "no-cache",
        "Vary": "Accept-Encoding",
    }
    headers["ETag"] = f'"{asset.mark}"'
    if asset.packed and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(asset.packed, media_type=asset.media, headers=headers)
    return Response(asset.body, media_type=asset.media, headers=headers)


routes = [Route("/static/{name:path}", serve)]
