"""A saved web page -> Document: the article's text without menus and footers, with title, date and site if found."""

from __future__ import annotations

import re

from strife.errors import BadInput
from strife.records import Document
from strife.sources.decode import decode
from strife.sources.item import Item, Options, iso_date

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# Where pages say when they were published. Any other date in a page (in its text, its footer, a list of other
# articles) is a guess, and a wrong day of publication makes every "on Tuesday" wrong.
DATED = """//head | //body//script[@type="application/ld+json"]
  | //body//*[self::time or @itemprop="datePublished" or contains(@class, "date") or contains(@class, "publish")
    or contains(@class, "posted") or contains(@class, "byline")]
    [not(ancestor-or-self::footer or ancestor-or-self::aside or ancestor-or-self::nav)]"""


def read_webpage(data: bytes, name: str, place: str, options: Options) -> Item:
    """The document in an HTML page; what `options` say goes before what the page says.

    Paragraphs are kept apart by an empty line; offsets count in this text."""
    from trafilatura import bare_extraction

    markup = _markup(data, place, options)
    page = bare_extraction(markup, with_metadata=True, include_comments=False)
    if page is None or isinstance(page, dict) or not (page.text or "").strip():
        raise BadInput(f"{place}: no article found in this page; copy its text into a .txt file")
    document = Document(
        id=name,
        text=re.sub(r"\s*\n\s*", "\n\n", (page.text or "").strip()),
        title=options.title or page.title or None,
        published=options.published or _published(markup),
        source=options.source or page.sitename or None,
        url=page.url or None,
    )
    return Item(document=document, place=place, size=len(data))


def _markup(data: bytes, place: str, options: Options) -> str:
    """The page as text, in the encoding it declares if it is true, else in the one that fits."""
    declared = CHARSET.search(data[:4096])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # an encoding that does not exist or does not fit: go by the bytes
    return decode(data, place, options.notice)


def _published(markup: str) -> str | None:
    """The day of publication, if the page states it where such things are stated."""
    from htmldate import find_date
    from lxml.html import tostring
    from trafilatura import load_html

    tree = load_html(markup)
    if tree is None:
        return None
    parts = "".join(tostring(part, encoding="unicode", with_tail=False) for part in tree.xpath(DATED))
    day = find_date(f"<html>{parts}</html>", extensive_search=False, original_date=True) if parts else None
    return iso_date(day) if day else None
