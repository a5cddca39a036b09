"""A row of fields, from a JSON line or a table, -> Item; each wrong field is named."""

from __future__ import annotations

from collections.abc import Mapping

from strife.errors import BadInput
from strife.records import Document
from strife.sources.item import FIELDS, Item, Options, iso_date, without_surrogates


def item_of(row: Mapping[str, object], fallback_id: str, place: str, options: Options, size: int) -> Item:
    """The item of one row; `options` fill in what the row does not say, `fallback_id` where it has no id."""
    values = {name: _value(row, name, place, options) for name in FIELDS}
    text = values["text"]
    if text is None:
        key = options.column("text")
        raise BadInput(f'{place}: no "{key}"; each document needs its text there; name another field by --text-column')
    document = Document(
        id=values["id"] or fallback_id,
        text=text,
        title=values["title"] or options.title,
        published=_published(values["published"], place, options) or options.published,
        source=values["source"] or options.source,
        url=values["url"],
    )
    return Item(document=document, place=place, mentions=_mentions(row, len(text), place), size=size)


def _value(row: Mapping[str, object], name: str, place: str, options: Options) -> str | None:
    """A field as text, None where it is missing, null or (but for the text) blank."""
    key = options.column(name)
    value = row.get(key)
    if value is None:
        return None
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise BadInput(f'{place}: "{key}" must be a string, not {_kind(value)}')
    clean = without_surrogates(value)
    if name == "text" and clean != value:
        options.notice(f'{place}: "{key}" has half of a surrogate pair, read as U+FFFD; offsets hold')
    return clean if name == "text" else clean.strip() or None


def _published(value: str | None, place: str, options: Options) -> str | None:
    """The ISO date of a row; anything else is told and taken as not given, since the text can be read without it."""
    if value is None:
        return None
    try:
        return iso_date(value)
    except ValueError:
        options.notice(f'{place}: "published" is {value[:40]!r} and is left out; write an ISO date, as 2013-06-05')
        return None


def _mentions(row: Mapping[str, object], length: int, place: str) -> tuple[tuple[int, int], ...] | None:
    """The spans that the row asks about, None where it asks about none in particular."""
    spans = row.get("mentions")
    if not isinstance(spans, list):
        return None
    found = []
    for span in spans:
        start, end = span if isinstance(span, list) and len(span) == 2 else (None, None)
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
            raise BadInput(
                f'{place}: "mentions" holds {span!r}; write [start, end] within the text ({length} characters)'
            )
        found.append((start, end))
    return tuple(found)


def _kind(value: object) -> str:
    """What JSON calls a value."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list) else "an object"
