"""The reference tables: what the codes of PLOVER, CAMEO and ACLED and the words of the output mean."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, get_args

import msgspec
from msgspec import Struct

from strife.codebook.cues import listed
from strife.errors import BadData
from strife.records import Code, Likelihood, PloverType


class Mode(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How it was done, within a type; `cameo` and `acled` are what it becomes where no closer code is known."""

    name: str
    meaning: str
    example: str
    cameo: str
    acled: str | None = None
    acled_civilians: str | None = None
    acled_armed: str | None = None


class EventType(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of PLOVER's sixteen types, with its modes."""

    name: PloverType
    quad: str
    covers: str
    beware: str
    example: str
    cameo: str
    acled: str | None = None
    acled_civilians: str | None = None
    acled_armed: str | None = None
    mode: tuple[Mode, ...] = ()

    def mode_called(self, name: str) -> Mode | None:
        """The mode of this name, None where the type has none."""
        return next((mode for mode in self.mode if mode.name == name), None)


class CameoCode(Struct, frozen=True):
    """A CAMEO code; `parent` is the next more general code, None for the twenty roots."""

    code: str
    parent: str | None
    meaning: str
    example: str | None


class SubEvent(Struct, frozen=True):
    """An ACLED sub-event type, its event type, and the PLOVER code it becomes (None: it has no single one)."""

    type: str
    name: str
    meaning: str
    code: Code | None
    example: str


class Term(Struct, frozen=True):
    """A value of a field of the output."""

    field: str
    word: str
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class Reference:
    """All reference tables. `plover`: each CAMEO code's PLOVER codes, the foremost first; `ranges`: per cent."""

    types: dict[str, EventType]
    contexts: dict[str, str]
    cameo: dict[str, CameoCode]
    plover: dict[str, tuple[Code, ...]]
    acled: dict[str, SubEvent]
    sectors: dict[str, str]
    sides: dict[str, frozenset[str]]
    terms: tuple[Term, ...]
    ranges: dict[str, tuple[int, int]]
    forms: dict[str, str]


@functools.cache
def load_reference() -> Reference:
    """The reference tables that strife ships."""
    plover, sectors, terms, scale = (_table(name) for name in ("plover", "sectors", "terms", "likelihood"))
    likelihood: dict[str, dict[str, Any]] = scale["likelihood"]
    if missing := set(get_args(Likelihood)) - set(likelihood):
        raise BadData(f"likelihood.toml: lacks [likelihood.…] for {', '.join(sorted(missing))}; add what they mean")
    try:
        types: dict[str, EventType] = {row.name: row for row in msgspec.convert(plover["type"], list[EventType])}
        acled = {row["sub_event"]: _sub_event(row) for row in _rows("acled")}
        codes = [(row["cameo"], _code(row)) for row in _rows("crosswalk")]
    except msgspec.ValidationError as error:
        raise BadData(f"plover.toml, acled.tsv or crosswalk.tsv: {error}; see CONTRIBUTING") from error
    return Reference(
        types=types,
        contexts={row["name"]: row["meaning"] for row in plover["context"]},
        cameo={
            row["code"]: CameoCode(row["code"], row["parent"] or None, row["meaning"], row["example"] or None)
            for row in _rows("cameo")
        },
        plover={cameo: tuple(code for other, code in codes if other == cameo) for cameo, _ in codes},
        acled=acled,
        sectors={**sectors["sector"], **sectors["international"]},
        sides={side: frozenset(listed(words)) for side, words in sectors["side"].items()},
        terms=_terms(terms, likelihood),
        ranges={name: (low, high) for name, (low, high) in scale["scale"].items()}
        | {name: tuple(row["range"]) for name, row in likelihood.items()},
        forms={form: lemma for lemma, forms in terms["tense"].items() for form in listed(forms)},
    )


def _terms(table: dict[str, Any], likelihood: dict[str, dict[str, Any]]) -> tuple[Term, ...]:
    found = [
        Term(field, word, *(part.strip() for part in text.split("|", 1)))
        for field, words in table.items()
        if field != "tense"
        for word, text in words.items()
    ]
    return (*found, *(Term("likelihood", word, row["meaning"], row["example"]) for word, row in likelihood.items()))


def _sub_event(row: dict[str, str]) -> SubEvent:
    return SubEvent(
        row["type"], row["sub_event"], row["meaning"], _code(row) if row["plover"] else None, row["example"]
    )


def _code(row: dict[str, str]) -> Code:
    """The PLOVER code in the columns plover, mode and contexts of a row, with the row's CAMEO code if it has one."""
    contexts = tuple(context.strip() for context in row["contexts"].split(";") if context.strip())
    fields = {"plover": row["plover"], "mode": row["mode"] or None, "contexts": contexts, "cameo": row.get("cameo")}
    return msgspec.convert({**fields, "acled": row.get("sub_event")}, Code)


def _table(name: str) -> dict[str, Any]:
    text = (files("strife.codebook") / "data" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _rows(name: str) -> list[dict[str, str]]:
    """The rows of a tab-separated file: comments, a line of column names, and the rows."""
    text = (files("strife.codebook") / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    columns, rows = lines[0], lines[1:]
    for row in rows:
        if len(row) != len(columns):
            raise BadData(
                f"{name}.tsv: the row {row[0]!r} has {len(row)} columns, not {len(columns)}; separate them by tabs"
            )
    return [dict(zip(columns, row, strict=True)) for row in rows]
