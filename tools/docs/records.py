"""The reference of records: every field of every record, from the types."""

from __future__ import annotations

import functools
import importlib
import pkgutil
import tomllib
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

import strife
from strife import records
from strife.codebook.reference import load_reference
from tools.docs.markdown import code, codes, plain, table

MEANINGS = Path(__file__).parent / "fields.toml"
HEAD = """# Records
What strife puts out: typed, frozen records in Python (`strife.records`), JSON lines elsewhere. Field names and values are the same in
both. `null` means: not known, or not told. Offsets count Unicode code points of the document's text, and `text[start:end] == quote`
holds for everything that has a quote.

Only claims whose status is `reported` or `claimed` may be counted as having happened, and `claimed` only with its voice beside it.

"""


def own() -> list[type[msgspec.Struct]]:
    """The records of `strife.records`, in the order of the file."""
    return [one for one in vars(records).values() if _is_record(one) and one.__module__ == records.__name__]


@functools.cache
def further() -> list[type[msgspec.Struct]]:
    """Records of other rooms that come out as JSON lines: all that say in `record` what they are, and their parts."""
    found: dict[type[msgspec.Struct], None] = {}
    for module in _modules():
        for one in vars(module).values():
            if _is_record(one) and one.__module__ == module.__name__ and "record" in one.__struct_fields__:
                for part in _with_parts(one):
                    found.setdefault(part)
    known = set(own())
    return [one for one in found if one not in known]


def fields_of(record: type[msgspec.Struct]) -> Iterator[tuple[str, Any]]:
    """The fields of a record with their types, the tag of a union first."""
    tag = record.__struct_config__.tag
    if isinstance(tag, str):
        yield str(record.__struct_config__.tag_field), Literal[tag]
    hints = get_type_hints(record, include_extras=True)
    for name in record.__struct_fields__:
        yield name, hints[name]


def page() -> str:
    """The page of all records."""
    more = further()
    parts = [HEAD, *(section(one) for one in own())]
    if more:
        parts.append("## Further lines\nWhat some commands print by `--json`.\n\n")
        parts += [section(one, "###") for one in more]
    return "".join(parts)


def section(record: type[msgspec.Struct], level: str = "##") -> str:
    """A record with its fields."""
    rows = [(code(name), in_words(kind), meaning(record, name)) for name, kind in fields_of(record)]
    known = any(text for *_, text in rows)
    cells = rows if known else [row[:2] for row in rows]
    heading = ("field", "type", "is") if known else ("field", "type")
    return f"{level} {record.__name__}\n{plain(record.__doc__ or '')}\n\n" + table(heading, cells)


def meaning(record: type[msgspec.Struct], name: str) -> str:
    """What a field holds: said of the record, of one it is built on, or of all records; empty where nothing is said."""
    said = _meanings()
    for one in (base.__name__ for base in record.__mro__):
        if name in said.get(one, {}):
            return said[one][name]
    return {"record": "what the line is", record.__struct_config__.tag_field: "what kind of record"}.get(name, "")


def in_words(kind: Any) -> str:
    """A type for people: text, number, a list of parties, one of these words."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind is type(None):
        return "null"
    if origin is Annotated:
        limits = [f"matches {code(one.pattern)}" for one in inner[1:] if getattr(one, "pattern", None)]
        return " ".join([in_words(inner[0]), *limits])
    if origin is Literal:
        return codes(str(one) for one in inner)
    if origin in (Union, types.UnionType):
        return " or ".join(in_words(one) for one in inner)
    if origin in (tuple, list, frozenset, set):
        parts = [one for one in inner if one is not Ellipsis]
        return "list of " + " and ".join(dict.fromkeys(in_words(one) for one in parts))
    if origin is dict:
        return f"{in_words(inner[0])} to {in_words(inner[1])}"
    names = {str: "text", float: "number", int: "whole number", bool: "true or false"}
    return names.get(kind) or (f"[{kind.__name__}](#{kind.__name__.lower()})" if _is_record(kind) else plain(str(kind)))


def _is_record(thing: Any) -> bool:
    return isinstance(thing, type) and issubclass(thing, msgspec.Struct) and thing is not msgspec.Struct


def _modules() -> Iterator[types.ModuleType]:
    for found in pkgutil.walk_packages(strife.__path__, "strife."):
        try:
            yield importlib.import_module(found.name)
        except ImportError:  # a module of an extra that is not installed: its records are of no use without it
            continue


def _with_parts(record: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    """A record, and the records its fields hold."""
    yield record
    for _, kind in fields_of(record):
        for part in _records_in(kind):
            if part is not record:
                yield from _with_parts(part)


def _records_in(kind: Any) -> Iterator[type[msgspec.Struct]]:
    if _is_record(kind):
        yield kind
    for one in get_args(kind):
        yield from _records_in(one)


def _meanings() -> dict[str, dict[str, str]]:
    return tomllib.loads(MEANINGS.read_text("utf-8"))


def words_page() -> str:
    """The page of the words that fields hold: statuses, stances, precisions, sectors, likelihoods."""
    reference = load_reference()
    parts = [
        "# Words of the output\nWhat the values of the fields mean, each with an example. `strife explain WORD` prints the same.\n\n"
    ]
    for field in dict.fromkeys(term.field for term in reference.terms):
        rows = (
            (code(one.word), plain(one.meaning), plain(one.example)) for one in reference.terms if one.field == field
        )
        parts.append(f"## {field}\n\n" + table(("value", "means", "example"), rows))
    parts.append("## Likelihood in per cent\nWhat words of likelihood stand for.\n\n")
    parts.append(
        table(
            ("word", "per cent"), ((code(word), f"{low} to {high}") for word, (low, high) in reference.ranges.items())
        )
    )
    parts.append("## Sectors\nWho a party is: the sector codes of PLOVER.\n\n")
    parts.append(table(("code", "means"), ((code(one), plain(text)) for one, text in reference.sectors.items())))
    return "".join(parts)
