"""The word lists behind quantities and figures: hedges, units, and what a number counts."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from strife.errors import BadData
from strife.records import Measure

FILE = "codebook/data/measures.toml"
HEDGES = ("low", "high", "about", "plain", "low_after", "high_after", "about_after")
MEASURES: tuple[Measure, ...] = (
    "deaths",
    "injuries",
    "detained",
    "displaced",
    "participants",
    "fighters",
    "weapons",
    "states",
)


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """The words that tell one measure; see the file for what each list means."""

    strong: frozenset[str]
    nouns: frozenset[str]
    verbs: frozenset[str]
    does: frozenset[str]
    states: frozenset[str]
    acts: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]  # the verb, then what must stand below it


@dataclass(frozen=True, slots=True)
class Measures:
    """Everything the file holds, ready to look up; all words are lemmas in lower case."""

    hedges: Mapping[str, tuple[tuple[str, ...], ...]]  # by kind, each hedge in words, longest first
    doubtful: frozenset[str]
    symbols: Mapping[str, str]
    currencies: Mapping[str, str]
    currencies_of: Mapping[str, str]
    units: Mapping[str, str]
    weighed: frozenset[str]
    not_counted: frozenset[str]
    designations: frozenset[str]
    ages: frozenset[str]
    trivial: frozenset[str]
    concrete: frozenset[str]
    pointing: frozenset[str]
    people: frozenset[str]
    of_things: frozenset[str]  # verbs that are as often said of things: "claim", "seize", "bury"
    tallies: frozenset[str]
    tally_verbs: frozenset[str]
    change: frozenset[str]
    by_measure: Mapping[Measure, MeasureWords]
    persons: frozenset[str]  # every noun for somebody: people, fighters, detainees, the displaced, demonstrators


@functools.cache
def load_measures() -> Measures:
    """The word lists, read once a process; `BadData` where the file is missing, malformed or lacks a list."""
    try:
        data = tomllib.loads((resources.files("strife") / FILE).read_text("utf-8"))
        return _measures(data)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadData(f"strife/{FILE}: {error}; reinstall strife or mend the file") from error
    except KeyError as error:
        raise BadData(f"strife/{FILE}: the entry {error} is missing; add it, with an empty list if need be") from error


def _measures(data: dict[str, Any]) -> Measures:
    by_measure = {name: _words(data["measures"][name]) for name in MEASURES}
    somebody = [by_measure[name] for name in MEASURES if name not in ("weapons", "states")]
    people = frozenset(data["people"]["nouns"])
    return Measures(
        hedges={kind: _split(data["hedges"][kind]) for kind in HEDGES},
        doubtful=frozenset(data["hedges"]["doubtful"]),
        symbols=data["money"]["symbols"],
        currencies=data["money"]["nouns"],
        currencies_of=data["money"]["of_country"],
        units=data["units"]["nouns"],
        weighed=frozenset(data["units"]["weight_of_pound"]),
        not_counted=frozenset(data["units"]["none"]),
        designations=frozenset(data["designations"]["before"]),
        ages=frozenset(data["designations"]["age"]),
        trivial=frozenset(data["trivial"]["nouns"]),
        concrete=frozenset(data["trivial"]["concrete"]),
        pointing=frozenset(data["trivial"]["pointing"]),
        people=people,
        of_things=frozenset(data["people"]["of_things"]),
        tallies=frozenset(data["tallies"]["any"]),
        tally_verbs=frozenset(data["tallies"]["verbs"]),
        change=frozenset(data["tallies"]["change"]),
        by_measure=by_measure,
        persons=people.union(*(words.nouns | words.strong | words.states for words in somebody)),
    )


def _words(table: dict[str, list[str]]) -> MeasureWords:
    return MeasureWords(
        strong=frozenset(table["strong"]),
        nouns=frozenset(table["nouns"]),
        verbs=frozenset(table["verbs"]),
        does=frozenset(table["does"]),
        states=frozenset(table["states"]),
        acts=frozenset(table["acts"]),
        phrases=_split(table["phrases"]),
    )


def _split(phrases: list[str]) -> tuple[tuple[str, ...], ...]:
    """Each phrase in words, the longest first."""
    return tuple(sorted((tuple(one.split()) for one in phrases), key=len, reverse=True))
