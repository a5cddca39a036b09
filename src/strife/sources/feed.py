"""A saved RSS or Atom feed -> Documents, one for each entry that has a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from time import struct_time
from typing import Any

from strife.errors import BadInput
from strife.records import Document
from strife.sources.item import Item, Options

BLOCKS = "p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote tr table section article figcaption".split()
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")  # what no XML may hold
INSTALL = "run: pip install 'strife[feeds]'"


def read_feed(data: bytes, name: str, place: str, options: Options) -> Iterator[Item | BadInput]:
    """The entries of a feed, each with its own id, title, day and address. BadInput where the file is no feed.

    Many feeds carry only the first sentences of each report; then these are the text."""
    try:
        import feedparser
    except ImportError as error:
        raise BadInput(f"{place}: feeds need the package feedparser; {INSTALL}") from error
    try:
        feed = feedparser.parse(data, sanitize_html=True, resolve_relative_uris=False)
    except (ValueError, OverflowError) as error:  # a reference to a character that does not exist
        raise BadInput(f"{place}: is a broken feed ({error}); fetch it again") from error
    entries = feed.get("entries") or []
    if not feed.get("version") and not entries:  # an empty file has neither
        raise BadInput(f"{place}: is no RSS or Atom feed; strife reads no other XML")
    source = options.source or _text(feed.get("feed") or {}, "title")
    for number, entry in enumerate(entries, 1):
        where = f"{place} entry {number}"
        text = _body(entry)
        if not text:
            yield BadInput(f"{where}: has no text; save the page it links to instead")
            continue
        document = Document(
            id=_text(entry, "id") or _text(entry, "link") or f"{name}:{number}",
            text=text,
            title=_text(entry, "title") or options.title,
            published=_day(entry) or options.published,
            source=source,
            url=_text(entry, "link"),
        )
        yield Item(document=document, place=where, size=len(data) // len(entries))


def _body(entry: Mapping[str, Any]) -> str:
    """The longest of what the entry gives as its text."""
    parts = [part.get("value", "") for part in entry.get("content", ())]
    return max((plain(part) for part in [*parts, entry.get("summary", "")]), key=len)


def plain(markup: str) -> str:
    """A piece of HTML as text: paragraphs kept apart by an empty line."""
    from lxml import html

    if "<" not in markup and "&" not in markup:
        return _tidy(markup)
    if not markup.strip():
        return ""
    tree = html.fromstring(f"<div>{CONTROLS.sub(' ', markup)}</div>")
    for element in tree.iter(*BLOCKS):
        element.tail = "\n\n" + CONTROLS.sub(" ", element.tail or "")
        element.text = "\n\n" + CONTROLS.sub(" ", element.text or "")
    return _tidy(str(tree.text_content()))


def _tidy(text: str) -> str:
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", re.sub(r"[ \t\u00a0]+", " ", text)).strip()


def _text(entry: Mapping[str, Any], name: str) -> str | None:
    value = entry.get(name)
    return plain(value) or None if isinstance(value, str) else None


def _day(entry: Mapping[str, Any]) -> str | None:
    """The day of publication in UTC, else of the last change."""
    for name in ("published_parsed", "updated_parsed"):
        day = entry.get(name)
        if isinstance(day, struct_time):
            return f"{day.tm_year:04}-{day.tm_mon:02}-{day.tm_mday:02}"
    return None
