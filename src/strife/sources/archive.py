"""A web archive (WARC) -> Documents, one for each page that was fetched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from strife.errors import BadInput
from strife.sources.feed import INSTALL
from strife.sources.item import BYTES_LIMIT, Item, Options, too_large
from strife.sources.plain import read_plain
from strife.sources.webpage import read_webpage

READERS = {"text/html": read_webpage, "application/xhtml+xml": read_webpage, "text/plain": read_plain}
FETCHED = ("response", "resource", "conversion")


def read_archive(stream: BinaryIO, name: str, place: str, options: Options) -> Iterator[Item | BadInput]:
    """The pages of an archive under their addresses; pictures, failed requests and the like are passed over.

    The day of fetching is no day of publication: a page that does not state one has none."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise BadInput(f"{place}: web archives need the package warcio; {INSTALL}") from error
    number = others = 0
    try:
        for record in _records(ArchiveIterator(stream)):
            number += 1
            kind = _kind(record)
            if kind in READERS:
                yield _page(record, kind, f"{name}:{number}", f"{place} record {number}", options)
            else:
                others += 1
    except (ArchiveLoadFailed, _Stumbled) as error:
        what = "is no web archive" if not number else f"is broken after record {number}, what came before is read"
        raise BadInput(f"{place}: {what} ({str(error).strip()[:80]}); fetch it again") from error
    if others:
        options.notice(f"{place}: {others} of {number} records are no pages and were passed over")


class _Stumbled(Exception):
    """The reader of archives fell over a record that is none."""


def _records(archive: Iterator[Any]) -> Iterator[Any]:
    """The records. The reader trusts their heads: one without an address, or with a length that is no number, makes it fall over."""
    while True:
        try:
            record = next(archive)
        except StopIteration:
            return
        except (AttributeError, ValueError, TypeError, IndexError, KeyError, OverflowError) as error:
            raise _Stumbled(str(error)) from error
        yield record


def _kind(record: Any) -> str:
    """The media type of a page that was fetched; empty for anything else."""
    if record.rec_type not in FETCHED:
        return ""
    headers = record.http_headers
    if headers is not None and headers.get_statuscode() != "200":
        return ""
    kind = (headers or record.rec_headers).get_header("Content-Type") or ""
    return str(kind).partition(";")[0].strip().lower()


def _page(record: Any, kind: str, name: str, place: str, options: Options) -> Item | BadInput:
    address = record.rec_headers.get_header("WARC-Target-URI")
    where = f"{place} ({address})" if address else place
    try:
        data = record.content_stream().read(BYTES_LIMIT + 1)
    except (ValueError, OverflowError) as error:  # lengths that are none
        return BadInput(f"{where}: is broken ({error}); fetch it again")
    if len(data) > BYTES_LIMIT:
        return too_large(where, len(data))
    try:
        item = READERS[kind](data, name, where, options)
    except BadInput as error:
        return error
    document = msgspec.structs.replace(item.document, id=address or name, url=address or item.document.url)
    return Item(document=document, place=where, size=len(data))
