"""The corpus: annotated passages, one JSON line each, checked as they are read."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from strife.codebook.reference import load_reference
from strife.errors import BadInput
from strife.records import Change, Measure, PloverType, Span, Status

PARTS = ("train", "dev", "test")
PLURAL = ("actors", "recipients", "supporters")
SINGLE = ("trigger", "where", "when", "cue")


class MarkedEvent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event as marked: `voice` is "author" or the words of the party that tells it."""

    trigger: Span
    plover: PloverType
    mode: str | None = None
    status: Status
    actors: tuple[Span, ...] = ()
    recipients: tuple[Span, ...] = ()
    supporters: tuple[Span, ...] = ()
    where: Span | None = None
    when: Span | None = None
    voice: Span | str = "author"
    cue: Span | None = None


class MarkedFigure(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number of people or things: the words with what is counted, and its bounds."""

    of: Span
    measure: Measure
    low: float | None = None
    best: float | None = None
    high: float | None = None


class MarkedControl(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who holds, gains, loses or contests a place; the holder may be unstated."""

    holder: Span | None = None
    change: Change
    where: Span
    status: Status


class MarkedAttribution(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who says (`source`), by which word (`cue`), what (`content`)."""

    source: Span | None = None
    cue: Span | None = None
    content: Span


class Passage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One to three sentences with all that is marked in them."""

    id: str
    conflict: str
    register: str
    text: str
    events: tuple[MarkedEvent, ...] = ()
    figures: tuple[MarkedFigure, ...] = ()
    control: tuple[MarkedControl, ...] = ()
    attributions: tuple[MarkedAttribution, ...] = ()


def read_corpus(folder: Path, parts: tuple[str, ...] = PARTS) -> dict[str, list[Passage]]:
    """The passages of a corpus by part. BadInput names file, line and field of the first thing that is wrong."""
    missing = [part for part in parts if not (folder / part).is_dir()]
    if missing:
        raise BadInput(f"{folder}: no folder {missing[0]!r} in it; a corpus has the folders {', '.join(PARTS)}")
    found = {
        part: [one for file in sorted((folder / part).glob("*.jsonl")) for one in read_passages(file)] for part in parts
    }
    seen: set[str] = set()
    for passage in (one for passages in found.values() for one in passages):
        if passage.id in seen:
            raise BadInput(f"{folder}: two passages are called {passage.id!r}; rename one")
        seen.add(passage.id)
    return found


def read_passages(file: Path) -> Iterator[Passage]:
    """The passages of one file, each checked: labels, modes, and that every span says what stands at its offsets."""
    try:
        lines = file.read_bytes().splitlines()
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}") from error
    for number, line in enumerate(lines, start=1):
        try:
            passage = msgspec.json.decode(line, type=Passage)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise BadInput(f"{file}, line {number}: {error}") from error
        for field, complaint in complaints(passage):
            raise BadInput(f"{file}, line {number}, {field}: {complaint}")
        yield passage


def complaints(passage: Passage) -> Iterator[tuple[str, str]]:
    """What is wrong in a passage, as (field, complaint)."""
    for field, span in spans_in(passage):
        told = passage.text[span.start : span.end]
        if told != span.quote:
            yield (
                field,
                f"text[{span.start}:{span.end}] is {told!r}, not the quote {span.quote!r}{_remedy(passage.text, span)}",
            )
    for number, event in enumerate(passage.events):
        if event.mode is not None and event.mode not in _modes()[event.plover]:
            known = ", ".join(sorted(_modes()[event.plover])) or "none"
            yield f"events[{number}].mode", f"{event.plover} has no mode {event.mode!r}; it has {known}"
        if isinstance(event.voice, str) and event.voice != "author":
            yield f"events[{number}].voice", f'a voice is "author" or a span, not {event.voice!r}'
        if event.status == "claimed" and event.voice == "author":
            yield f"events[{number}].voice", "what is claimed is in somebody's voice; mark it"


def spans_in(passage: Passage) -> Iterator[tuple[str, Span]]:
    """Every span of a passage with the name of its field."""
    for number, event in enumerate(passage.events):
        for name in SINGLE:
            if (span := getattr(event, name)) is not None:
                yield f"events[{number}].{name}", span
        for name in PLURAL:
            for place, span in enumerate(getattr(event, name)):
                yield f"events[{number}].{name}[{place}]", span
        if isinstance(event.voice, Span):
            yield f"events[{number}].voice", event.voice
    groups = {"figures": passage.figures, "control": passage.control, "attributions": passage.attributions}
    for group, marked in groups.items():
        for number, one in enumerate(marked):
            for name in one.__struct_fields__:
                if isinstance(span := getattr(one, name), Span):
                    yield f"{group}[{number}].{name}", span


def _remedy(text: str, span: Span) -> str:
    at = text.find(span.quote)
    return f"; it stands at {at}" if at >= 0 else "; it stands nowhere in the text"


@functools.cache
def _modes() -> dict[str, set[str]]:
    return {name: {mode.name for mode in kind.mode} for name, kind in load_reference().types.items()}
