"""BRAT standoff: for each document its text and an .ann file, to look at, correct and annotate further in brat.

Each claim is an event on its words, with its status as an attribute and its voice as an argument and a note."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import get_args

from strife.errors import StrifeError
from strife.exchange.target import folder
from strife.exchange.writers.annotation import pairs_of
from strife.exchange.writers.happening import REPORTED, Pair, Written, checked, voice_of
from strife.records import (
    Change,
    Claim,
    Control,
    Document,
    Event,
    Figure,
    Incident,
    Measure,
    Party,
    Place,
    PloverType,
    Predicate,
    Relation,
    Status,
)

UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
PARTIES = {"Actor": "actors", "Recipient": "recipients", "Supporter": "supporters"}
SINGLE = {"Holder": "holder", "Subject": "subject", "Object": "object"}
KINDS = (*get_args(PloverType), "Control", "Relation", "Figure", "Statement")
ROLES = ", ".join(
    [*(f"{role}*:Party" for role in PARTIES), *(f"{role}?:Party" for role in (*SINGLE, "Voice")), "Where?:Place"]
)


def write_brat(
    path: str | Path, items: Iterable[Pair] | Iterable[Incident], statuses: Collection[str] = REPORTED
) -> Written:
    """Write a folder that brat opens: DOCUMENT.txt, DOCUMENT.ann and annotation.conf. Claims of a document come together."""
    wanted, written, names = checked(statuses), Written(), set[str]()
    with folder(Path(path)) as here:
        (here / "annotation.conf").write_text(configuration(), encoding="utf-8")
        for id_, pairs in groupby(pairs_of(items, "annotations"), key=lambda pair: pair[1].document):
            group = list(pairs)
            document = group[0][0]
            if document is None:
                raise StrifeError(f"document {id_}: its text is not given; brat shows claims on the text")
            sheet = Sheet(document)
            for _, claim in group:
                if claim.status in wanted:
                    sheet.add(claim)
                    written.rows += 1
                else:
                    written.leave(f"status {claim.status}")
            name = _file_name(id_, names)
            (here / f"{name}.txt").write_text(document.text, encoding="utf-8", newline="")
            (here / f"{name}.ann").write_text(
                "".join(f"{line}\n" for line in sheet.lines), encoding="utf-8", newline=""
            )
    return written


def configuration() -> str:
    """annotation.conf: the types, roles and attributes that the files use."""
    events = "\n".join(f"{kind}\t{ROLES}" for kind in KINDS)
    kinds = (("Status", Status), ("Change", Change), ("Predicate", Predicate), ("Measure", Measure))
    values = "\n".join(f"{name}\tArg:<EVENT>, Value:{'|'.join(get_args(kind))}" for name, kind in kinds)
    return f"[entities]\nParty\nPlace\n\n[relations]\n\n[events]\n{events}\n\n[attributes]\n{values}\n"


def _file_name(id_: str, taken: set[str]) -> str:
    """A name for a document's files that every system takes, once only also where case does not count."""
    base = UNSAFE.sub("_", id_).strip("._")[:80] or "document"
    name, number = base, 1
    while name.lower() in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name.lower())
    return name


@dataclass(slots=True)
class Sheet:
    """The annotations of one document, numbered as brat numbers them."""

    document: Document
    lines: list[str] = field(default_factory=list)
    spans: dict[tuple[str, int, int], str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, claim: Claim) -> None:
        """A claim as an event with its parts."""
        kind = claim.code.plover if isinstance(claim, Event) else type(claim).__name__
        start, end = _trigger(claim)
        trigger = self._span(kind, start, end)
        roles = "".join(f" {role}:{self._span(type(one).__name__, one.start, one.end)}" for role, one in _roles(claim))
        event = self._id("E")
        self.lines.append(f"{event}\t{kind}:{trigger}{roles}")
        for name, value in _attributes(claim):
            self.lines.append(f"{self._id('A')}\t{name} {event} {value}")
        self.lines.append(f"{self._id('#')}\tAnnotatorNotes {event}\t{_note(claim)}")

    def _span(self, kind: str, start: int, end: int) -> str:
        """The text-bound annotation of a stretch; line ends part it, since a line of the file is one annotation."""
        key = (kind, start, end)
        if key not in self.spans:
            self.spans[key] = self._id("T")
            pieces = [
                (start + one.start(), start + one.end())
                for one in re.finditer(r"[^\r\n]+", self.document.text[start:end])
            ]
            where = ";".join(f"{first} {last}" for first, last in pieces)
            words = " ".join(self.document.text[first:last] for first, last in pieces)
            self.lines.append(f"{self.spans[key]}\t{kind} {where}\t{words}")
        return self.spans[key]

    def _id(self, letter: str) -> str:
        self.counts[letter] = self.counts.get(letter, 0) + 1
        return f"{letter}{self.counts[letter]}"


def _trigger(claim: Claim) -> tuple[int, int]:
    if isinstance(claim, Event):
        return claim.trigger.start, claim.trigger.end
    if isinstance(claim, Figure):
        return claim.of.start, claim.of.end
    return claim.evidence[0].start, claim.evidence[0].end


def _roles(claim: Claim) -> Iterator[tuple[str, Party | Place]]:
    """The parts of a claim that have a place in the text, a role's second and later ones numbered as brat does."""
    found: list[tuple[str, Party | Place | None]] = []
    for role, slot in PARTIES.items():
        parties: tuple[Party, ...] = getattr(claim, slot, ())
        found += [(f"{role}{number}" if number > 1 else role, party) for number, party in enumerate(parties, 1)]
    found += [(role, getattr(claim, slot, None)) for role, slot in SINGLE.items()]
    voice = claim.frame.voice
    found += [("Voice", None if isinstance(voice, str) else voice), ("Where", claim.where)]
    for role, one in found:
        if one is not None and one.end > one.start:
            yield role, one


def _attributes(claim: Claim) -> Iterator[tuple[str, str]]:
    yield "Status", claim.status
    if isinstance(claim, Control):
        yield "Change", claim.change
    elif isinstance(claim, Relation):
        yield "Predicate", claim.predicate
    elif isinstance(claim, Figure):
        yield "Measure", claim.measure


def _note(claim: Claim) -> str:
    """One line: who says it, when it was, its mode or figures."""
    parts = [f"voice: {voice_of(claim)}"]
    if claim.when is not None and claim.when.start:
        parts.append(f"when: {claim.when.start} to {claim.when.end} ({claim.when.precision})")
    if isinstance(claim, Event) and claim.code.mode:
        parts.append(f"mode: {claim.code.mode}")
    if isinstance(claim, Figure):
        parts.append(f"low {claim.low}, best {claim.best}, high {claim.high}")
    return " ".join("; ".join([*parts, f"claim: {claim.id}"]).split())
