"""The case file as its users see it: one object over one SQLite file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from strife.casefile import check, decisions, find, gold, incidents, joined, show, summary
from strife.casefile.control import Holding
from strife.casefile.corrections import value_of
from strife.casefile.decisions import Decision
from strife.casefile.filters import Filters, Some, with_own
from strife.casefile.found import Found
from strife.casefile.held import holdings
from strife.casefile.incoming import Incoming, Unreadable, incoming_of
from strife.casefile.rows import INCIDENT, claim_of
from strife.casefile.show import Failure, Shown
from strife.casefile.store import Store, opened
from strife.casefile.summary import Actor, Info, Link
from strife.errors import Unknown
from strife.records import Claim, Document, Incident

if TYPE_CHECKING:
    from strife.casefile.add import Added, Notice, Progress
    from strife.casefile.merging import Merged
    from strife.casefile.merging import Progress as MergeProgress
    from strife.incidents import Decisions, Testimony
    from strife.readers.reader import Reader


class Case:
    """A case file: documents, their claims, what people decided on them, incidents. Close it, or use it in a `with`."""

    up_to_date = (
        True  # whether asking for incidents merges them anew where something came since; else they are as they were
    )

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False) -> Case:
        """The case at a path, made where it does not exist if `create` is true. BadCase where it is none or cannot be used."""
        return cls(opened(Path(path), create=create))

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def __enter__(self) -> Case:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.store.path

    def add(
        self,
        documents: Iterable[Document | Incoming | Unreadable],
        workers: int = 1,
        progress: Progress | None = None,
        *,
        rules_only: bool = False,
        notice: Notice | None = None,
        patience: float | None = None,
        reader: Reader | None = None,
    ) -> Added:
        """Read documents and write what they say, one transaction each; those that are in already are passed over.

        `reader` is another reader to read with, one document at a time; then their text leaves the process.
        `progress` is told of each after it was saved, `notice` of what the user should know."""
        from strife.casefile.add import PATIENCE, add  # the parser's rooms: only where something is read

        return add(
            self.store,
            incoming_of(documents),
            workers=workers,
            rules_only=rules_only,
            progress=progress,
            notice=notice,
            patience=PATIENCE if patience is None else patience,
            other=reader,
        )

    def claims(
        self, *, limit: int | None = None, offset: int = 0, order: find.Order = "case", **filters: Any
    ) -> Found[Claim]:
        """The claims that fulfil all filters (see Filters), decisions applied."""
        rows = find.records(self.store, _filters(filters), order=order, limit=limit, offset=offset)
        return Found(map(claim_of, rows))

    def incidents(
        self, *, limit: int | None = None, offset: int = 0, order: find.Order = "case", **filters: Any
    ) -> Found[Incident]:
        """The incidents that fulfil all filters, our own and those of other datasets (`dataset="own"` for ours alone)."""
        self._merge_for(filters.get("dataset"))
        rows = find.records(self.store, _filters(filters), incidents=True, order=order, limit=limit, offset=offset)
        return Found(map(INCIDENT.decode, rows))

    def _merge_for(self, dataset: Some) -> None:
        """Bring our incidents up to date where they are asked for."""
        if with_own(dataset):
            self.bring_up_to_date()

    def records(
        self,
        filters: Filters,
        *,
        incidents: bool = False,
        order: find.Order = "case",
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[str]:
        """The same as JSON lines, one by one: nothing is held in memory."""
        if incidents:
            self._merge_for(filters.dataset)
        return find.records(self.store, filters, incidents=incidents, order=order, limit=limit, offset=offset)

    def count(self, *, incidents: bool = False, **filters: Any) -> int:
        """How many claims or incidents fulfil all filters."""
        if incidents:
            self._merge_for(filters.get("dataset"))
        return find.count(self.store, _filters(filters), incidents=incidents)

    def count_by(
        self, field: str, *, incidents: bool = False, limit: int | None = None, **filters: Any
    ) -> list[tuple[str | None, int]]:
        """The values of a field with the number of claims or incidents that have each; None for those without."""
        if incidents:
            self._merge_for(filters.get("dataset"))
        return find.count_by(self.store, _filters(filters), field, incidents=incidents, limit=limit)

    def show(self, name: str) -> Shown:
        """Everything about a claim, an incident or a document by its id. Unknown where there is none."""
        if not self.is_read(name):
            self.bring_up_to_date()
        return show.shown(self.store, name)

    def is_read(self, name: str) -> bool:
        """Whether this is the id of a claim or a document, and not an incident's."""
        query = "SELECT 1 FROM claims WHERE id = ? UNION ALL SELECT 1 FROM documents WHERE id = ?"
        return self.store.row(query, (name, name)) is not None

    def control(self, on: str, place: str | None = None) -> Found[Holding]:
        """Who holds what on a day (ISO date), by place; all places of that name where one is given."""
        return Found(holdings(self.store, on, place))

    def actors(self, *, limit: int | None = None, **filters: Any) -> Found[Actor]:
        """Who acts in the claims that fulfil all filters, those of most claims first."""
        return Found(summary.actors(self.store, _filters(filters), limit=limit))

    def links(self, name: str, **filters: Any) -> Found[Link]:
        """What an actor does to others and others to it, by year, with claims as evidence."""
        return Found(summary.links(self.store, name, _filters(filters)))

    def info(self) -> Info:
        """The case in figures."""
        return summary.info(self.store)

    def check(self) -> list[str]:
        """What is wrong with the case; empty where it is sound."""
        return list(check.check(self.store))

    def decide(
        self,
        name: str,
        action: str,
        field: str | None = None,
        value: object = None,
        by: str = "",
        note: str | None = None,
    ) -> Decision:
        """Write a decision on a claim or an incident: accept, reject, correct (a field to a value), together, apart (another claim).

        Of an incident also merge (a list of others that are the same) and split (a list of its events that are another one).
        A text is taken as typed on the command line: "2013-06" for `when`, a name for a party."""
        return decisions.decide(self.store, name, action, field, _value(action, value), by, note)

    def undo(self, decision: int, by: str = "") -> Decision:
        """Take a decision back."""
        return decisions.undo(self.store, decision, by)

    def decisions(self, name: str | None = None) -> Found[Decision]:
        """All decisions, or those on one claim or incident, also those taken back."""
        return Found(decisions.decisions(self.store, target=name))

    def kept(self) -> Decisions:
        """The pairs of claim ids that people put together, and those they put apart, as merging takes them."""
        from strife.incidents import Decisions

        together, apart = joined.pairs(self.store)
        return Decisions(together=frozenset(together), apart=frozenset(apart))

    def gold(self) -> Iterator[str]:
        """The documents of which every claim was decided, as golden readings."""
        return gold.gold(self.store)

    def notes(self) -> Iterator[str]:
        """The claims that were accepted or corrected in documents of which others are undecided, as an analyst's notes."""
        return gold.notes(self.store)

    def failures(self) -> Found[Failure]:
        """The inputs that could not be read."""
        return Found(show.failures(self.store))

    def documents(self) -> Iterator[Document]:
        """All documents with their texts, one by one."""
        return show.documents(self.store)

    def document(self, name: str) -> Document:
        """A document by its id. Unknown where there is none."""
        return show.document(self.store, name)

    def testimonies(self) -> Iterator[Testimony]:
        """The claims that may be merged into incidents, with their sources, decisions applied."""
        return incidents.testimonies(self.store)

    def put_incidents(self, found: Iterable[Incident]) -> int:
        """Write our own incidents in place of those that were there, as merged from the claims that stand now; their number."""
        from strife.casefile.merging import stamp, write_stamp

        with self.store.transaction():
            mark = stamp(self.store)
            number = incidents.put_incidents(self.store, found)
            write_stamp(self.store, mark, number)
        return number

    def merge(self, progress: MergeProgress | None = None) -> int:
        """Merge all claims into incidents anew; their number. `progress` is told of claims merged so far, and of all.

        Whoever asks for incidents has that done where documents or decisions came since (see `up_to_date`)."""
        from strife.casefile.merging import merge_case

        return merge_case(self.store, progress)

    def merged(self) -> Merged:
        """How the incidents stand: when they were merged, and what came since."""
        from strife.casefile.merging import merged

        return merged(self.store)

    def bring_up_to_date(self, progress: MergeProgress | None = None) -> Merged:
        """Merge anew where that is needed, `up_to_date` asks for it, and the case can be written and nobody adds to it; how the
        incidents stand then."""
        from strife.casefile.merging import can_merge

        found = self.merged()
        if not (found.stale and self.up_to_date and can_merge(self.store)):
            return found
        self.merge(progress)
        return self.merged()

    def imported(self, rows: Iterable[Incident]) -> int:
        """Write rows of another dataset; their number."""
        return incidents.imported(self.store, rows)


def _filters(given: dict[str, Any]) -> Filters:
    unknown = [name for name in given if name not in Filters.__dataclass_fields__]
    if unknown:
        raise Unknown(f"no filter {unknown[0]!r}: there are {', '.join(Filters.__dataclass_fields__)}")
    return Filters(**given)


def _value(action: str, value: object) -> str | None:
    """A value as it is kept; Unknown where it is no text."""
    try:
        return _kept(action, value)
    except UnicodeEncodeError as error:
        raise Unknown(f"{error.object[:40]!r}: holds bytes that are not UTF-8; type it anew") from error


def _kept(action: str, value: object) -> str | None:
    if value is None and action != "correct":
        return None
    if action in ("together", "apart"):
        return str(value)
    if action in ("merge", "split"):
        listed = [value] if isinstance(value, str) else value
        return msgspec.json.encode(listed).decode()
    if isinstance(value, str):
        return value_of(value)
    return msgspec.json.encode(msgspec.to_builtins(value) if isinstance(value, Struct) else value).decode()
