"""Incidents against gold: B-cubed (Bagga and Baldwin 1998) over the words that tell an incident, one file of reports at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from strife.errors import BadInput
from strife.incidents import Outline, Testimony, blocks, merge, outline_of
from strife.reading import read_all
from strife.records import Claim, Document, Event, Incident

OTHER = "other"  # keys that begin so are of events that the file is not about


class Telling(msgspec.Struct, frozen=True):
    """A word that tells an incident: where it starts in the text, and the incident's key."""

    quote: str
    start: int
    incident: str
    occurrence: int = 1


class Report(msgspec.Struct, frozen=True):
    """A report with its tellings marked."""

    id: str
    text: str
    tellings: tuple[Telling, ...]
    title: str | None = None
    published: str | None = None
    source: str | None = None


class IncidentScore(msgspec.Struct, frozen=True, kw_only=True):
    """Shares 0 to 1. `found` are the tellings that the reader has an event for; `precision`, `recall` and `f1` are B-cubed over
    those, `f1_all` counts what was not found as standing alone; `mixed` names merges of two incidents that should stay apart."""

    record: str = "incidents"
    file: str
    reports: int
    tellings: int
    incidents: int
    found: float
    precision: float
    recall: float
    f1: float
    f1_all: float
    mixed: tuple[str, ...]

    def as_text(self) -> str:
        """The score in a few lines."""
        lines = [
            f"{self.file}: {self.reports} reports, {self.tellings} tellings of {self.incidents} incidents",
            f"  events found for {self.found:.3f} of the tellings",
            f"  B-cubed of those: precision {self.precision:.3f}, recall {self.recall:.3f}, F1 {self.f1:.3f}",
            f"  F1 with what was not found standing alone: {self.f1_all:.3f}",
        ]
        return "\n".join([*lines, *(f"  merged: {pair}" for pair in self.mixed)])


def tells_incidents(path: Path) -> bool:
    """Whether a file holds reports with marked tellings: its first line has them."""
    with path.open("rb") as lines:
        return b'"tellings"' in lines.readline()


def read_reports(path: Path) -> list[Report]:
    """The reports of a file. BadInput names the line that is none, and a telling that does not stand where it should."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            report = msgspec.json.decode(line, type=Report)
        except msgspec.MsgspecError as error:
            raise BadInput(f"{path} line {number}: {error}; a report has id, text and tellings") from error
        for telling in report.tellings:
            if not report.text.startswith(telling.quote, telling.start):
                raise BadInput(f"{path} line {number}: {telling.quote!r} does not stand at {telling.start}")
        found.append(report)
    return found


def measure_incidents(path: Path, *, rules_only: bool = False) -> IncidentScore:
    """How well the incidents of a file's reports come out of the texts."""
    reports = read_reports(path)
    testimonies, events = heard_in(reports, rules_only=rules_only)
    incidents = [incident for block in blocks(testimonies) for incident in merge(block)]
    return score(path.name, reports, events, incidents)


def heard_in(reports: Sequence[Report], *, rules_only: bool = False) -> tuple[list[Testimony], dict[str, list[Event]]]:
    """What the reader makes of the reports: all claims for merging, and the events by report."""
    documents = [
        Document(id=one.id, text=one.text, title=one.title, published=one.published, source=one.source)
        for one in reports
    ]
    testimonies: list[Testimony] = []
    events: dict[str, list[Event]] = {}
    for reading in read_all(documents, rules_only=rules_only):
        document = reading.document
        outline = outline_of(document.text, document.title)
        testimonies += [_testimony(claim, document, outline) for claim in reading.claims]
        events[document.id] = [claim for claim in reading.claims if isinstance(claim, Event)]
    return testimonies, events


def keys_of(reports: Sequence[Report], events: dict[str, list[Event]]) -> dict[str, str]:
    """The gold incident of each event that lies on a marked word."""
    found: dict[str, str] = {}
    for report in reports:
        for telling in report.tellings:
            for event in _over(telling, events[report.id]):
                found.setdefault(event.id, telling.incident)
    return found


def _over(telling: Telling, events: Sequence[Event]) -> list[Event]:
    end = telling.start + len(telling.quote)
    return [one for one in events if one.trigger.start < end and one.trigger.end > telling.start]


def _testimony(claim: Claim, document: Document, outline: Outline) -> Testimony:
    return Testimony(claim, document.id, document.source or document.id, document.published, outline)


def score(
    name: str, reports: Sequence[Report], events: dict[str, list[Event]], incidents: Sequence[Incident]
) -> IncidentScore:
    """The score of incidents made of these events."""
    cluster = {claim: incident.id for incident in incidents for claim in incident.claims}
    gold: dict[tuple[str, int], str] = {}
    said: dict[tuple[str, int], str] = {}
    for report in reports:
        for telling in report.tellings:
            item = report.id, telling.start
            gold[item] = telling.incident
            told = [cluster[one.id] for one in _over(telling, events[report.id]) if one.id in cluster]
            if told:
                said[item] = told[0]
    main = {item for item, key in gold.items() if not key.startswith(OTHER)}
    precision, recall = _b_cubed({item: key for item, key in gold.items() if item in said}, said, main)
    whole = {item: said.get(item, f"alone {item}") for item in gold}
    precision_all, recall_all = _b_cubed(gold, whole, main)
    keys = {gold[item] for item in main}
    return IncidentScore(
        file=name,
        reports=len(reports),
        tellings=len(main),
        incidents=len(keys),
        found=len(main & set(said)) / max(1, len(main)),
        precision=precision,
        recall=recall,
        f1=_f1(precision, recall),
        f1_all=_f1(precision_all, recall_all),
        mixed=tuple(_mixed(gold, said, main)),
    )


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _b_cubed(
    gold: dict[tuple[str, int], str], said: dict[tuple[str, int], str], counted: set[tuple[str, int]]
) -> tuple[float, float]:
    """Precision and recall, averaged over the counted items."""
    both = Counter((gold[item], said[item]) for item in gold)
    keys, clusters = Counter(gold.values()), Counter(said[item] for item in gold)
    items = [item for item in gold if item in counted]
    precision = sum(both[gold[item], said[item]] / clusters[said[item]] for item in items)
    recall = sum(both[gold[item], said[item]] / keys[gold[item]] for item in items)
    return precision / max(1, len(items)), recall / max(1, len(items))


def _mixed(
    gold: dict[tuple[str, int], str], said: dict[tuple[str, int], str], counted: set[tuple[str, int]]
) -> list[str]:
    """Two incidents told in one cluster by at least two words each."""
    told: dict[str, Counter[str]] = {}
    for item, cluster in said.items():
        if item in counted:
            told.setdefault(cluster, Counter())[gold[item]] += 1
    firm = [sorted(key for key, count in counts.items() if count > 1) for counts in told.values()]
    return sorted(" + ".join(keys) for keys in firm if len(keys) > 1)
