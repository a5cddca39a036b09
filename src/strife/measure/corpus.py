"""Readings against the corpus: its passages tell everything, so what is found beside what is marked counts as wrong."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from strife.codebook.reference import load_reference
from strife.measure.passages import MarkedEvent, Passage, read_corpus
from strife.measure.scores import Miss, Score, Scores
from strife.reading import read_all
from strife.records import Control, Document, Event, Figure, Party, Place, Reading, Span

CONFLICT = "material conflict"  # the quad class of what counts as a false alarm
BINS = 10
Pair = tuple[MarkedEvent, Event]


class Reliability(Struct, frozen=True, kw_only=True):
    """Of the scores in one tenth of their range: how many, their mean, and the share whose type is right."""

    low: float
    count: int
    mean: float
    right: float


class CorpusScores(Struct, frozen=True, kw_only=True):
    """The scores of one part by the full reader and by the rules alone, and how reliable the full reader's scores are."""

    full: Scores
    rules: Scores
    reliability: tuple[Reliability, ...]

    @property
    def calibration_error(self) -> float:
        """The expected calibration error: mean distance of score and share right, weighted by count."""
        total = sum(one.count for one in self.reliability)
        return sum(one.count * abs(one.mean - one.right) for one in self.reliability) / total if total else 0.0

    def as_text(self, misses: int = 0) -> str:
        """Both tables, the reliability and the first misses, for people."""
        rows = [
            f"  {one.low:.1f}–{one.low + 1 / BINS:.1f} {one.count:6} {one.mean:8.3f} {one.right:8.3f}"
            for one in self.reliability
        ]
        head = f"scores of events against the share whose type is right, expected calibration error {self.calibration_error:.3f}"
        return "\n".join(
            [self.full.as_text(misses), "", self.rules.as_text(), "", head, "  score   count     mean    right", *rows]
        )


def measure_corpus(folder: Path, part: str = "test") -> CorpusScores:
    """Read the passages of one part with the model and by rules alone, and score both."""
    passages = read_corpus(folder)[part]
    documents = [Document(id=one.id, text=one.text) for one in passages]
    full = list(read_all(documents))
    rules = list(read_all(documents, rules_only=True))
    return CorpusScores(
        full=score_corpus(f"{folder.name}/{part}", passages, full),
        rules=score_corpus(f"{folder.name}/{part}, rules alone", passages, rules),
        reliability=tuple(reliability(passages, full)),
    )


def score_corpus(name: str, passages: Sequence[Passage], readings: Iterable[Reading]) -> Scores:
    """The scores of readings, one for each passage and in the same order.

    trigger: events by overlapping trigger words. type, mode, status, voice, actors and recipients: an event counts where its trigger is
    found and the slot is right; the same "where found" are the shares of the found triggers. false alarms: passages without a marked
    event on which an event of material conflict is reported."""
    count: dict[str, Counter[str]] = {}
    misses: list[Miss] = []
    for passage, reading in zip(passages, readings, strict=True):
        found = events_of(reading)
        pairs = align(passage.events, found)
        for facet, right in _rights(pairs).items():
            tally = count.setdefault(facet, Counter())
            tally.update(right=right, wanted=len(passage.events), given=len(found))
            if facet != "trigger":
                count.setdefault(f"{facet} where found", Counter()).update(
                    right=right, wanted=len(pairs), given=len(pairs)
                )
        for facet, (right, wanted, given) in _other(passage, reading).items():
            count.setdefault(facet, Counter()).update(right=right, wanted=wanted, given=given)
        if not passage.events:
            alarm = any(_alarming(one) for one in found)
            count.setdefault("false alarms", Counter()).update(right=alarm, wanted=1)
        misses += _misses(passage, found, pairs)
    digest = hashlib.sha256("\n".join(one.text for one in passages).encode()).hexdigest()
    scores = tuple(_score(facet, tally) for facet, tally in sorted(count.items(), key=_order))
    return Scores(name=name, sha256=digest, documents=len(passages), scores=scores, misses=tuple(misses))


def _score(facet: str, tally: Counter[str]) -> Score:
    given = None if facet == "false alarms" else tally["given"]
    return Score(facet=facet, value="all", right=tally["right"], wanted=tally["wanted"], given=given)


def _order(one: tuple[str, Counter[str]]) -> tuple[bool, int]:
    names = ("trigger", "type", "status", "voice", "mode", "actors", "recipients", "figures", "control", "attributions")
    first = one[0].removesuffix(" where found")
    return one[0].endswith("found"), names.index(first) if first in names else len(names)


def events_of(reading: Reading) -> list[Event]:
    """The events of a reading, each trigger once: an event at two places is one."""
    return list(
        {(one.trigger.start, one.trigger.end): one for one in reading.claims if isinstance(one, Event)}.values()
    )


def align(marked: Sequence[MarkedEvent], found: Sequence[Event]) -> list[Pair]:
    """Pairs of events whose triggers share words, each in one pair, those that share most first."""
    shared = sorted(
        (
            (_shared(one.trigger, other.trigger), -m, -f)
            for m, one in enumerate(marked)
            for f, other in enumerate(found)
        ),
        reverse=True,
    )
    pairs: list[Pair] = []
    used: set[tuple[str, int]] = set()
    for length, m, f in shared:
        if length > 0 and not {("m", m), ("f", f)} & used:
            used |= {("m", m), ("f", f)}
            pairs.append((marked[-m], found[-f]))
    return pairs


def _rights(pairs: Sequence[Pair]) -> dict[str, int]:
    """How many pairs are right, by facet."""
    return {
        "trigger": len(pairs),
        "type": sum(one.plover == other.code.plover for one, other in pairs),
        "mode": sum((one.plover, one.mode) == (other.code.plover, other.code.mode) for one, other in pairs),
        "status": sum(one.status == other.status for one, other in pairs),
        "voice": sum(_same_voice(one.voice, other) for one, other in pairs),
        "actors": sum(_same(one.actors, other.actors) for one, other in pairs),
        "recipients": sum(_same(one.recipients, other.recipients) for one, other in pairs),
    }


def _other(passage: Passage, reading: Reading) -> dict[str, tuple[int, int, int]]:
    """Right, wanted and given of what is no event. An attribution is found where a claim in its content has its source for a voice."""
    figures = [one for one in reading.claims if isinstance(one, Figure)]
    held = [one for one in reading.claims if isinstance(one, Control)]
    right_figures = sum(
        any(_shared(one.of, other.of) and one.measure == other.measure and one.best == other.best for other in figures)
        for one in passage.figures
    )
    right_control = sum(
        any(_shared(one.where, other.where) and one.change == other.change for other in held if other.where)
        for one in passage.control
    )
    sourced = [one for one in passage.attributions if one.source is not None]
    told = [one for one in reading.claims if isinstance(one.frame.voice, Party)]
    heard = sum(
        any(
            _shared(one.content, other.evidence[0]) and one.source and _shares(one.source, other.frame.voice)
            for other in told
        )
        for one in sourced
    )
    return {
        "figures": (right_figures, len(passage.figures), len(figures)),
        "control": (right_control, len(passage.control), len(held)),
        "attributions": (heard, len(sourced), len(sourced)),
    }


def _same_voice(voice: Span | str, event: Event) -> bool:
    said = event.frame.voice
    if isinstance(voice, str) or isinstance(said, str):
        return isinstance(voice, str) and isinstance(said, str)
    return any(_shares(voice, one) for one in (said, *event.frame.co_voices))


def _shares(span: Span, party: Party | str) -> bool:
    if isinstance(party, str):
        return False
    words = set(span.quote.casefold().split()) & set((party.name or party.quote).casefold().split()) - {
        "the",
        "of",
        "a",
        "and",
    }
    return span.start < party.end and party.start < span.end or bool(words)


def _same(marked: Sequence[Span], parties: Sequence[Party]) -> bool:
    """Whether each marked party is named, and nobody else."""
    named = all(any(_shares(one, party) for party in parties) for one in marked)
    return named and all(any(_shares(one, party) for one in marked) for party in parties)


def _shared(one: Span, other: Span | Place) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _alarming(event: Event) -> bool:
    return event.status == "reported" and load_reference().types[event.code.plover].quad == CONFLICT


def _misses(passage: Passage, found: Sequence[Event], pairs: Sequence[Pair]) -> Iterator[Miss]:
    """What was not found, found beside, or found otherwise."""
    met = {id(one) for pair in pairs for one in pair}
    for one in passage.events:
        if id(one) not in met:
            yield Miss(
                document=passage.id, id="", how="lost", what=f"{one.plover} “{one.trigger.quote}”", why=passage.text
            )
    for other in found:
        if id(other) not in met:
            what = f"{other.code.plover} “{other.trigger.quote}”"
            yield Miss(document=passage.id, id=other.id, how="extra", what=what, why=passage.text)
    for one, other in pairs:
        wrong = [
            f"{was} for {wanted}"
            for was, wanted in ((other.code.plover, one.plover), (other.status, one.status))
            if was != wanted
        ]
        if wrong:
            yield Miss(
                document=passage.id,
                id=other.id,
                how="changed",
                what=f"“{one.trigger.quote}” {', '.join(wrong)}",
                why=passage.text,
            )


def reliability(passages: Sequence[Passage], readings: Sequence[Reading]) -> Iterator[Reliability]:
    """How often an event's type is right, by tenths of its score; events without a score are left out."""
    given: list[tuple[float, bool]] = []
    for passage, reading in zip(passages, readings, strict=True):
        found = events_of(reading)
        right = {id(other) for one, other in align(passage.events, found) if one.plover == other.code.plover}
        given += [(one.score, id(one) in right) for one in found if one.score is not None]
    for n in range(BINS):
        inside = [(score, right) for score, right in given if n == min(int(score * BINS), BINS - 1)]
        if inside:
            mean = sum(score for score, _ in inside) / len(inside)
            yield Reliability(
                low=n / BINS, count=len(inside), mean=mean, right=sum(right for _, right in inside) / len(inside)
            )
