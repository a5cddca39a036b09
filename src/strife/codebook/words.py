"""Small word tables of the codebook: relations and control, each {class: entries} by table."""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files

from strife.codebook.cues import listed

Table = dict[str, str]  # entry -> class


@functools.cache
def load_words(name: str) -> dict[str, Table]:
    """The tables of a word file ("relations", "control"): for each table, every entry with its class."""
    text = (files("strife.codebook") / "data" / f"{name}.toml").read_text(encoding="utf-8")
    return {
        table: {entry: label for label, entries in rows.items() for entry in listed(entries)}
        for table, rows in tomllib.loads(text).items()
    }
