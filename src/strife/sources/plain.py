"""Plain text and Markdown -> Document; the text is kept as it is, but for line ends, which become a line feed.

Offsets count in the text after that: without byte order mark, with LF for CR LF and CR."""

from __future__ import annotations

import re

from strife.records import Document
from strife.sources.decode import decode
from strife.sources.item import Item, Options

HEADING = re.compile(r"\s*# +(.+?) *#* *(?:\n|$)")


def read_plain(data: bytes, name: str, place: str, options: Options) -> Item:
    """The document in a .txt file."""
    text = _text(data, place, options)
    return _item(text, name, place, options.title, options, len(data))


def read_markdown(data: bytes, name: str, place: str, options: Options) -> Item:
    """The document in a .md file; its title is its first line where that is a heading."""
    text = _text(data, place, options)
    heading = HEADING.match(text)
    title = options.title or (heading[1] if heading else None)
    return _item(text, name, place, title, options, len(data))


def _text(data: bytes, place: str, options: Options) -> str:
    return decode(data, place, options.notice).replace("\r\n", "\n").replace("\r", "\n")


def _item(text: str, name: str, place: str, title: str | None, options: Options, size: int) -> Item:
    document = Document(id=name, text=text, title=title, published=options.published, source=options.source)
    return Item(document=document, place=place, size=size)
