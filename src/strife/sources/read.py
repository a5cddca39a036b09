"""Any input -> documents, streaming and in order; what cannot be read comes out in its place as a BadInput."""

from __future__ import annotations

import dataclasses
import gzip
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from strife.errors import BadInput
from strife.records import Document
from strife.sources.archive import read_archive
from strife.sources.english import require_english
from strife.sources.feed import read_feed
from strife.sources.files import STDIN, Source, find_sources, unreadable
from strife.sources.item import BYTES_LIMIT, TEXT_LIMIT, Item, Notice, Options, iso_date, too_large
from strife.sources.jsonl import read_jsonl
from strife.sources.lines import peekable
from strife.sources.parquet import read_parquet
from strife.sources.plain import read_markdown, read_plain
from strife.sources.table import read_table
from strife.sources.webpage import read_webpage
from strife.unpacking import unpacked

GZIP = b"\x1f\x8b"
ROWS = {"table": read_table, "archive": read_archive}
WHOLE: dict[str, Callable[[bytes, str, str, Options], Item]] = {
    "plain": read_plain,
    "markdown": read_markdown,
    "webpage": read_webpage,
}


def read_sources(
    paths: Sequence[str | Path],
    *,
    published: str | None = None,
    title: str | None = None,
    source: str | None = None,
    columns: Mapping[str, str] | None = None,
    notice: Notice | None = None,
) -> Iterator[Document | BadInput]:
    """The documents in files, folders and "-" (standard input), in order; failures are yielded, not raised.

    `published` (ISO date), `title` and `source` hold for documents that do not say it themselves; `columns` maps
    text, id, published, title, source, url to other names in tables and JSON lines; `notice` is told of what was
    read in spite of a doubt. ValueError where `published` is no ISO date."""
    options = Options(
        published=iso_date(published) if published else None, title=title, source=source, columns=columns or {}
    )
    if notice:
        options = dataclasses.replace(options, notice=notice)
    for item in read_items(paths, options):
        yield item.document if isinstance(item, Item) else item


def read_items(paths: Sequence[str | Path], options: Options) -> Iterator[Item | BadInput]:
    """The same with what else a command wants to know: spans asked about, bytes taken."""
    for _, item in read_inputs(paths, options):
        yield item


def read_inputs(paths: Sequence[str | Path], options: Options) -> Iterator[tuple[str, Item | BadInput]]:
    """The same, each with the file it came from."""
    places: dict[str, str] | None = None if options.repeats else {}
    for source in find_sources(paths, options.notice):
        if isinstance(source, BadInput):
            yield str(source).partition(": ")[0], source
            continue
        for item in _read(source, options):
            yield str(source.path), _checked(item, places) if isinstance(item, Item) else item


def total_size(paths: Sequence[str | Path]) -> int | None:
    """The bytes that reading these paths will take, None where that cannot be told (a pipe, a packed file)."""
    sources = [one for one in find_sources(paths, Options().notice) if isinstance(one, Source)]
    if any(one.kind in {"stream", "jsonl.gz", "archive"} for one in sources):
        return None
    return sum(one.path.stat().st_size for one in sources)


def _checked(item: Item, places: dict[str, str] | None) -> Item | BadInput:
    """The item, or why it is refused; `places` tells where each id was met, None where an id may come again."""
    document, place = item.document, item.place
    if not document.text.strip():
        return BadInput(f"{place}: is empty; there is no text to read")
    if len(document.text) > TEXT_LIMIT:
        return too_large(place, len(document.text), "characters")
    if places is not None and document.id in places:
        return BadInput(f"{place}: the id {document.id!r} is already that of {places[document.id]}; this is not read")
    try:
        require_english(document.text, place)
    except BadInput as error:
        return error
    if places is not None:
        places[document.id] = place
    return item


def _read(source: Source, options: Options) -> Iterator[Item | BadInput]:
    """The items of one source; any failure of the file as such ends it and comes out as its last."""
    try:
        if source.kind == "stream":
            yield from _read_stream(source, options)
        elif source.kind in WHOLE:
            size = source.path.stat().st_size
            if size > BYTES_LIMIT:
                raise too_large(source.place, size)
            yield WHOLE[source.kind](source.path.read_bytes(), source.name, source.place, options)
        elif source.kind == "feed":
            yield from _read_feed(source, options)
        elif source.kind == "parquet":
            yield from read_parquet(source.path, source.name, source.place, options)
        else:
            yield from _read_rows(source, options)
    except BadInput as error:
        yield error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield BadInput(f"{source.place}: broken gzip file ({error}); what came before is read, pack it again")
    except OSError as error:
        yield unreadable(source.place, error)


def _read_feed(source: Source, options: Options) -> Iterator[Item | BadInput]:
    """The entries of a feed. Other XML in a folder is none of ours, and is passed over."""
    size = source.path.stat().st_size
    if size > BYTES_LIMIT:
        raise too_large(source.place, size)
    try:
        yield from read_feed(source.path.read_bytes(), source.name, source.place, options)
    except BadInput as error:
        if source.folder is None or source.path.suffix.lower() != ".xml":
            raise
        options.notice(f"{error}; passed over")


def _read_rows(source: Source, options: Options) -> Iterator[Item | BadInput]:
    read = ROWS.get(source.kind, read_jsonl)
    with _opened(source) as stream:
        empty = True
        for item in read(stream, source.name, source.place, options):
            empty = False
            yield item
    if empty:
        yield BadInput(f"{source.place}: is empty; there is no document in it")


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked where it is gzip."""
    with source.path.open("rb") as raw:
        if source.kind == "jsonl.gz" or (source.kind == "archive" and raw.peek(2).startswith(GZIP)):
            size = source.path.stat().st_size
            with gzip.GzipFile(fileobj=raw) as packed, unpacked(packed, size, source.place) as stream:
                yield stream
        else:
            yield raw


def _read_stream(source: Source, options: Options) -> Iterator[Item | BadInput]:
    """Standard input or a pipe: JSON Lines where it starts with "{", a page where it starts as one, else text."""
    if str(source.path) == STDIN:
        yield from _sniffed(sys.stdin.buffer, source, options)
    else:
        with source.path.open("rb") as stream:
            yield from _sniffed(stream, source, options)


def _sniffed(stream: BinaryIO, source: Source, options: Options) -> Iterator[Item | BadInput]:
    reader = peekable(stream)
    head = reader.peek(512)[:512].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{") and not head.startswith(b"{\\rtf"):
        yield from read_jsonl(reader, source.name, source.place, options)
        return
    data = reader.read(BYTES_LIMIT + 1)
    if len(data) > BYTES_LIMIT:
        raise BadInput(f"{source.place}: more than {BYTES_LIMIT:,} bytes in one document, which is the limit; split it")
    page = head[:14].lower().startswith((b"<!doctype html", b"<html"))
    yield (read_webpage if page else read_plain)(data, source.name, source.place, options)
