"""Files of actors: CSV or JSON lines -> actors, every fault named by file, line and field before anything is kept."""

from __future__ import annotations

import csv
import functools
import io
import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from strife.errors import BadInput
from strife.registry.actor import FIELDS, Actor, Fault, actor_of
from strife.registry.own import adding, own_file
from strife.registry.registry import Registry, fold, shipped_registry, split

LARGEST = 200_000_000  # bytes
SHOWN = 10  # faults named before the rest is counted
Row = tuple[int, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a file came to: actors that are new, changed, and known already; and how many names they have."""

    new: int
    changed: int
    same: int
    names: int


def add_actors(path: Path, *, replace: bool = False) -> Added:
    """Add a file's actors to the user's own; with `replace`, one with a known id takes its place.

    BadInput names what is wrong, and then nothing of the file is kept."""
    shipped = shipped_registry()
    actors = read_actors(path, shipped)
    with adding(own_file()) as store:
        known = {actor.id: actor for actor in store.known()}
        _refuse_clashes(path, actors, known, shipped, replace=replace)
        fresh = [actor for _, actor in actors if known.get(actor.id) != actor]
        store.put(fresh)
    changed = sum(actor.id in known for actor in fresh)
    names = sum(len(actor.names) for _, actor in actors)
    return Added(len(fresh) - changed, changed, len(actors) - len(fresh), names)


def read_actors(path: Path, registry: Registry) -> list[tuple[int, Actor]]:
    """A file's actors with their lines; BadInput names up to ten faults, each with its line and field."""
    faults, found = [], []
    known = sector_codes()
    for line, row in _rows(path):
        try:
            found.append((line, actor_of(row, registry, known)))
        except Fault as fault:
            faults.append(f"line {line}, {fault}")
    _raise(path, faults)
    if not found:
        raise BadInput(f"{path}: no actors in it; {_form()}")
    return found


def _raise(path: Path, faults: list[str]) -> None:
    if faults:
        more = f"\n  and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        lines = "".join(f"\n  {fault}" for fault in faults[:SHOWN]) if len(faults) > 1 else f" {faults[0]}"
        raise BadInput(f"{path}:{lines}{more}" + ("\nnothing was added" if len(faults) > 1 else "; nothing was added"))


@functools.cache
def sector_codes() -> frozenset[str]:
    """The codes that `sectors` may hold."""
    table = tomllib.loads((files("strife.codebook") / "data" / "sectors.toml").read_text(encoding="utf-8"))
    return frozenset({*table["sector"], *table["international"]})


# --- the file -----------------------------------------------------------------------------------------------------
def _rows(path: Path) -> Iterator[Row]:
    text = _content(path)
    first = text.lstrip()[:1]
    if path.suffix.lower() in (".jsonl", ".json", ".ndjson") or first in ("{", "["):
        yield from _json_rows(path, text)
    else:
        yield from _csv_rows(path, text)


def _content(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(f"{path}: larger than {LARGEST // 1_000_000} MB; cut it into several files")
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}") from error
    if not raw.strip():
        raise BadInput(f"{path}: the file is empty; {_form()}")
    if b"\0" in raw:
        raise BadInput(f"{path}: a binary file; {_form()}")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{path}: line {line} is not UTF-8; save the file as UTF-8") from error


def _form() -> str:
    return f"write CSV with the columns {', '.join(FIELDS)}, or JSON lines with these fields (only name is needed)"


def _json_rows(path: Path, text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadInput(f"{path}: line {number} is no JSON: {error}; write one object a line") from error
        if not isinstance(row, dict):
            raise BadInput(f"{path}: line {number} is no JSON object; {_form()}")
        yield number, row


def _csv_rows(path: Path, text: str) -> Iterator[Row]:
    head = text.split("\n", 1)[0]
    mark = max("\t;,", key=head.count)  # a comma where none occurs
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        columns = [cell.strip().lower() for cell in next(reader)]
        if "name" not in columns:
            raise BadInput(f"{path}: line 1, name: the column is missing; {_form()}")
        if strange := [column for column in columns if column not in FIELDS or columns.count(column) > 1]:
            raise BadInput(f"{path}: line 1, {strange[0] or 'a column without a name'}: unknown or double; {_form()}")
        before = reader.line_num
        for cells in reader:
            first, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                raise BadInput(
                    f"{path}: line {first} has {len(cells)} cells, the heading {len(columns)}; "
                    'put "quotes" around cells that hold the separator'
                )
            yield first, dict(zip(columns, cells, strict=True))
    except csv.Error as error:
        raise BadInput(f"{path}: line {reader.line_num}: {error}; {_form()}") from error


# --- clashes ------------------------------------------------------------------------------------------------------
Key = tuple[str, ...]
Holder = tuple[str, str, int, int]  # id, name, first year, last year


def _refuse_clashes(
    path: Path, actors: list[tuple[int, Actor]], known: dict[str, Actor], shipped: Registry, *, replace: bool
) -> None:
    """BadInput where an id or a name belongs to somebody else at the same time."""
    faults: list[str] = []
    lines: dict[str, int] = {}
    for line, actor in actors:
        if actor.id in lines:
            faults.append(f"line {line}, id: {actor.id!r} stands on line {lines[actor.id]} too; give each its own")
        elif actor.id in shipped.entries or actor.id in shipped.countries:
            faults.append(f"line {line}, id: {actor.id!r} is strife's own; leave the id out or choose another")
        elif actor.id in known and known[actor.id] != actor and not replace:
            faults.append(f"line {line}, id: {actor.id!r} was added before and differs; use --replace to change it")
        lines.setdefault(actor.id, line)
    holders: dict[Key, list[Holder]] = {}
    for other in known.values():
        if other.id not in lines:
            _hold(holders, other)
    for line, actor in actors:
        faults += [f"line {line}, {fault}" for fault in _taken(actor, holders, shipped)]
        _hold(holders, actor)
    _raise(path, faults)


def _key(name: str) -> Key:
    return tuple(fold(word) for word in split(name))


def _hold(holders: dict[Key, list[Holder]], actor: Actor) -> None:
    for name in actor.names:
        holders.setdefault(_key(name), []).append((actor.id, actor.name, *actor.years))


def _taken(actor: Actor, holders: dict[Key, list[Holder]], shipped: Registry) -> Iterator[str]:
    first, last = actor.years
    for name in actor.names:
        key = _key(name)
        others: Iterable[Holder] = [
            *holders.get(key, ()),
            *((one.id, one.name, one.start, one.end) for one in shipped.names.get(key, ())),
        ]
        for id_, other, start, end in others:
            if id_ != actor.id and start <= last and first <= end:
                field = "name" if name == actor.name else "aliases"
                yield (
                    f"{field}: {name!r} is a name of {other} ({id_}) at the same time; "
                    "leave it out, or give start and end years that do not overlap"
                )
                break
