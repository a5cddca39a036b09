"""What an event is called: a noun for each type and mode."""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files

from strife.records import Code


@functools.cache
def _nouns() -> dict[str, dict[str, str | dict[str, str]]]:
    text = (files("strife.views.brief") / "data" / "nouns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def noun_of(code: Code) -> tuple[str, str]:
    """The noun for an event with its article, and the preposition before those it is done to."""
    kind = _nouns()[code.plover]
    own = kind.get(code.mode or "")
    row = own if isinstance(own, dict) else kind
    return str(row["noun"]), str(row["link"])
