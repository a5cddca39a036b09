"""/: a text box and a file drop, and what the case amounts to; /read/NAME: the reading of a text that was pasted."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from strife.errors import BadInput, StrifeError
from strife.records import Document, document_line
from strife.sources import read_sources
from strife.sources.english import require_english
from strife.sources.item import iso_date
from strife.views.web import overview
from strife.views.web.answers import given, records
from strife.views.web.forms import Sent, sent
from strife.views.web.query import Query, asked, both, name_in
from strife.views.web.reading import reading_view
from strife.views.web.render import page
from strife.views.web.site import site_of

LONGEST = 200_000  # characters of a text that is read while somebody waits
ENDINGS = (".txt", ".md", ".html", ".htm")
EXAMPLE = (
    "Rebel fighters seized the town of Harem on Wednesday after a siege of three weeks, residents said, killing at least 25 soldiers.\n\n"
    "The army denied that it had lost the town and said that its units still held the citadel. The rebels, who are backed by two "
    "neighbouring states, are expected to move on the road to Idlib next. If the road falls, the garrison there would be cut off, an "
    "analyst said."
)


def home(request: Request) -> Response:
    """The first page."""
    if site_of(request).cases is None:
        return page(request, "home.html", query=asked(request, filters=()), **_box(request))
    query = asked(request, filters=(), own=overview.OWN)
    if query.form != "html":
        return overview.data(request, query)
    return page(request, "overview.html", query=query, **_box(request), **overview.overview(request, query))


def _box(request: Request, **fields: str) -> dict[str, Any]:
    site = site_of(request)
    told = {"text": "", "published": "", "source": "", "title": "", "trouble": "", **fields}
    return {"box": told, "warm": site.reader.warm, "example": EXAMPLE, "longest": LONGEST}


async def try_it(request: Request) -> Response:
    """Read what was pasted or dropped, and go to its reading view; what cannot be read is said beside the box."""
    form = await sent(request)
    site = site_of(request)
    try:
        document = await run_in_threadpool(_document, form)
        reading = await run_in_threadpool(site.reader.read, document)
    except StrifeError as error:
        fields = {name: form.fields.get(name, "")[:LONGEST] for name in ("text", "published", "source", "title")}
        context = _box(request, **fields, trouble=str(error))
        return page(request, "home.html", 400, query=Query("/", "html"), **context)
    return RedirectResponse(f"/read/{site.shelf.put(reading)}", 303)


def _document(form: Sent) -> Document:
    """The document in a form. BadInput where there is none, or it is none that can be read here."""
    told = {name: form.fields.get(name, "").strip() or None for name in ("published", "title", "source")}
    if told["published"]:
        try:
            told["published"] = iso_date(told["published"])
        except ValueError as error:
            raise BadInput(f"published {told['published'][:40]!r}: is no date; write it as 2013-06-05") from error
    text = form.fields.get("text", "")
    if form.file is not None and not text.strip():
        return _fitting(_of_file(*form.file, told))
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not text.strip():
        raise BadInput("there is no text: paste one, or choose a file")
    require_english(text, "the text")
    return _fitting(Document(id="text", text=text, **told))  # type: ignore[arg-type]


def _fitting(document: Document) -> Document:
    if len(document.text) > LONGEST:
        raise BadInput(
            f"the text has {len(document.text):,} characters; here at most {LONGEST:,} are read at once. Use: strife read FILE"
        )
    return document


def _of_file(name: str, data: bytes, told: dict[str, str | None]) -> Document:
    """The first document of a file, which is put into a folder of its own for as long as it is read."""
    ending = PurePath(name).suffix.lower()
    if ending not in ENDINGS:
        raise BadInput(
            f"{PurePath(name).name[:80]!r}: files of {', '.join(ENDINGS)} are read here; for others: strife read FILE"
        )
    with tempfile.TemporaryDirectory(prefix="strife-") as folder:
        path = Path(folder) / f"text{ending}"
        path.write_bytes(data)
        found = next(
            read_sources([path], published=told["published"], title=told["title"], source=told["source"]), None
        )
    if isinstance(found, Document):
        return found
    raise BadInput(str(found).partition(": ")[2] or "there is no text in the file")


def read(request: Request) -> Response:
    """The reading of a text that was pasted before."""
    query = asked(request, filters=())
    reading = site_of(request).shelf.get(name_in(request))
    if reading is None:
        raise HTTPException(
            404, "This reading is not kept any more: readings of pasted texts are held in memory only. Paste it again."
        )
    if query.form != "html":
        rows = records(reading.claims, total=len(reading.claims))
        return given(query, replace(rows, about={"document": document_line(reading.document)}))
    return page(
        request, "read.html", query=query, view=reading_view(reading), document=reading.document, claims=reading.claims
    )


routes = [
    *both("/", home, ("json", "csv", "svg")),
    Route("/", try_it, methods=["POST"]),
    Route("/read/{name}", read),
]
