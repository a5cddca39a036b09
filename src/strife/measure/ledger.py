"""The ledger against gold: which marked expectations it has, and whether it resolves them as a person did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from strife.errors import BadInput
from strife.records import Document

SHARED = 0.5  # of the shorter of two passages that must lie in the other
NONE = "not found"


class Judged(Protocol):
    """An expectation of the ledger, as far as it is scored."""

    @property
    def document(self) -> str: ...  # noqa: D102
    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def state(self) -> str: ...  # noqa: D102
    @property
    def why(self) -> str: ...  # noqa: D102


class Marked(msgspec.Struct, frozen=True):
    """An expectation as a person marked it, and the state that a person gives it."""

    quote: str
    start: int
    state: str


class Report(msgspec.Struct, frozen=True):
    """A report with its expectations marked."""

    id: str
    text: str
    expectations: tuple[Marked, ...]
    title: str | None = None
    published: str | None = None
    source: str | None = None

    def document(self) -> Document:
        """The report as the reader takes it."""
        return Document(id=self.id, text=self.text, title=self.title, published=self.published, source=self.source)


class LedgerScore(msgspec.Struct, frozen=True, kw_only=True):
    """Shares 0 to 1: expectations `found`, of those the right ones (`agreed`), and the right ones of all. `unfounded` counts what is
    called not borne out where a person cannot tell or waits. `confusion` has "gold > ledger"."""

    record: str = "ledger"
    file: str
    reports: int
    expectations: int
    entries: int
    found: float
    agreed: float
    agreed_all: float
    unfounded: int
    confusion: dict[str, int]
    misses: tuple[str, ...]

    def as_text(self, misses: int = 0) -> str:
        """The score in a few lines, with the first misses."""
        lines = [
            f"{self.file}: {self.expectations} expectations in {self.reports} reports; the ledger has {self.entries}",
            f"  found {self.found:.3f}; of those resolved as a person does {self.agreed:.3f}, of all {self.agreed_all:.3f}",
            f"  called not borne out where a person cannot tell: {self.unfounded}",
            *(f"  {count:4}  {pair}" for pair, count in self.confusion.items()),
        ]
        return "\n".join([*lines, *(f"  {miss}" for miss in self.misses[:misses])])


def tells_expectations(path: Path) -> bool:
    """Whether a file holds reports with marked expectations: its first line has them."""
    with path.open("rb") as lines:
        return b'"expectations"' in lines.readline()


def read_marked(path: Path) -> list[Report]:
    """The reports of a file. BadInput names the line that is none, and an expectation that does not stand where it should."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            report = msgspec.json.decode(line, type=Report)
        except msgspec.MsgspecError as error:
            raise BadInput(f"{path} line {number}: {error}; a report has id, text and expectations") from error
        for one in report.expectations:
            if not report.text.startswith(one.quote, one.start):
                raise BadInput(f"{path} line {number}: {one.quote!r} does not stand at {one.start}")
        found.append(report)
    return found


def measure_ledger(path: Path, judge: Callable[[Sequence[Document]], Iterable[Judged]]) -> LedgerScore:
    """How the expectations of a file's reports come out; `judge` makes the ledger of documents."""
    reports = read_marked(path)
    return score(path.name, reports, list(judge([one.document() for one in reports])))


def score(name: str, reports: Sequence[Report], entries: Sequence[Judged]) -> LedgerScore:
    """The score of these entries."""
    confusion: Counter[str] = Counter()
    misses = []
    total = found = agreed = unfounded = 0
    for report in reports:
        own = [one for one in entries if one.document == report.id]
        paired = _paired(report.expectations, own)
        for marked in report.expectations:
            entry = paired.get(marked.start)
            state = entry.state if entry is not None else NONE
            total += 1
            found += entry is not None
            agreed += state == marked.state
            unfounded += state == "not_borne_out" and marked.state in ("cannot_tell", "open")
            confusion[f"{marked.state} > {state}"] += 1
            if state != marked.state:
                why = f": {entry.why}" if entry is not None else ""
                misses.append(f"{report.id} “{marked.quote}” {marked.state} > {state}{why}")
    return LedgerScore(
        file=name,
        reports=len(reports),
        expectations=total,
        entries=len(entries),
        found=found / max(1, total),
        agreed=agreed / max(1, found),
        agreed_all=agreed / max(1, total),
        unfounded=unfounded,
        confusion=dict(sorted(confusion.items())),
        misses=tuple(misses),
    )


def _paired(marked: Sequence[Marked], entries: Sequence[Judged]) -> dict[int, Judged]:
    """The entry of each marked passage by its start: those that share most first, each once."""
    pairs = [
        (_shared(one, entry), -entry.start, one.start, number)
        for one in marked
        for number, entry in enumerate(entries)
        if _shared(one, entry) > 0
    ]
    found: dict[int, Judged] = {}
    taken: set[int] = set()
    for _, _, start, number in sorted(pairs, reverse=True):
        if start not in found and number not in taken:
            found[start] = entries[number]
            taken.add(number)
    return found


def _shared(marked: Marked, entry: Judged) -> int:
    """The characters that two passages share; 0 where that is less than half of the shorter."""
    end = marked.start + len(marked.quote)
    shared = min(end, entry.end) - max(marked.start, entry.start)
    return shared if shared >= SHARED * min(len(marked.quote), entry.end - entry.start) else 0
