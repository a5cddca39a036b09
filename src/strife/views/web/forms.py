"""What a page sends -> plain fields and at most one file; what is malformed or too large is refused."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from strife.sources.item import without_surrogates
from strife.views.web.site import site_of

FIELDS = 20  # of one form
LARGEST = 12_000_000  # bytes of one field


@dataclass(frozen=True, slots=True)
class Sent:
    """The fields of a form, and the file that came with it, if any."""

    fields: dict[str, str]
    file: tuple[str, bytes] | None = None


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form; of one that is there twice the first. 400 where it is malformed."""
    return (await sent(request)).fields


async def sent(request: Request) -> Sent:
    """The fields of a form and its file. 400 where it is malformed."""
    fields: dict[str, str] = {}
    file = None
    try:
        async with request.form(max_files=2, max_fields=FIELDS, max_part_size=LARGEST) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    if value.filename and file is None:
                        file = (value.filename, await value.read())
                else:
                    fields.setdefault(name, without_surrogates(value))
    except UnicodeDecodeError as error:
        raise HTTPException(400, "The form is not in UTF-8") from error
    return Sent(fields, file)


async def own_form(request: Request) -> dict[str, str]:
    """The fields of a form of one of our own pages; 403 where the token is not that of this server."""
    form = await form_of(request)
    token = form.get("token") or request.headers.get("x-strife-token", "")
    if not secrets.compare_digest(token.encode(), site_of(request).token.encode()):
        raise HTTPException(403, "This page is older than the server; load it again")
    return form
