"""JSON Lines -> Documents, one line at a time: a bad line is named and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from strife.errors import BadInput
from strife.sources.fields import item_of
from strife.sources.item import Item, Options, too_large
from strife.sources.lines import Line, lines

SHAPE = '{"id": …, "text": …, "published": "YYYY-MM-DD"}'


def read_jsonl(stream: BinaryIO, name: str, place: str, options: Options) -> Iterator[Item | BadInput]:
    """The document on each line that is not blank, as the line has it (line ends in the text are kept)."""
    for line in lines(stream, place, options.notice, blank=False):
        try:
            item = _item(line, name, f"{place} line {line.number}", options)
        except BadInput as error:
            yield error
        else:
            if item is not None:
                yield item


def _item(line: Line, name: str, place: str, options: Options) -> Item | None:
    if line.text is None:
        raise too_large(place, line.size)
    if not line.text.strip():
        return None
    try:
        row = json.loads(line.text)
    except ValueError as error:
        raise BadInput(f"{place}: is not JSON ({error}); each line must be one object, as {SHAPE}") from error
    except RecursionError as error:
        raise BadInput(f"{place}: is nested too deeply; each line must be one flat object, as {SHAPE}") from error
    if not isinstance(row, dict):
        raise BadInput(f"{place}: is no JSON object; each line must be one, as {SHAPE}")
    return item_of(row, f"{name}:{line.number}", place, options, line.size)
