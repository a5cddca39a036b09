"""A case file, a file of UCDP events or a table of counts -> a panel, with bounds where the source gives them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from strife.casefile.dataset import is_dataset
from strife.errors import BadInput, Unknown
from strife.exchange.problems import Options, Problem
from strife.outlook.panel import Array, Panel
from strife.outlook.panelfile import holds_events, read_panel
from strife.outlook.series import Choice, series

if TYPE_CHECKING:
    from strife.casefile import Case
    from strife.records import Incident

MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Source:
    """A panel and the lower and upper counts in its shape, None where the source has none."""

    panel: Panel
    bounds: tuple[Array, Array] | None = None


def is_case(path: Path) -> bool:
    """Whether a file is a case file, by its first bytes, or a folder a dataset. BadInput where it cannot be opened."""
    if is_dataset(path):
        return True
    try:
        with path.open("rb") as stream:
            return stream.read(len(MAGIC)) == MAGIC
    except OSError as error:
        raise BadInput(f"{path}: cannot be opened ({error.strerror}); check the path") from error


def read_source(path: Path, choice: Choice, options: Options, dataset: str | None = None) -> Source:
    """The panel of a file of any of the three kinds. `choice` says what of events and incidents is counted, `dataset` whose."""
    if is_case(path):
        from strife.casefile import Case

        with Case.open(path) as case:
            return from_case(case, choice, options.today, dataset)
    if holds_events(path):
        return _from_events(path, choice, options)
    return Source(read_panel(path, options))


def from_case(case: Case, choice: Choice, today: date, dataset: str | None = None) -> Source:
    """The panel of a case's incidents: of one dataset, or our own. BadInput where it holds several and none is named."""
    chosen = dataset or _only_dataset(case)
    rows = case.store.each("SELECT id, published FROM documents WHERE published IS NOT NULL")
    known: dict[str, str] = dict(rows)
    return _source(case.incidents(dataset=chosen), choice, str(case.path), today, known)


def _only_dataset(case: Case) -> str:
    case.bring_up_to_date()
    found = [one for (one,) in case.store.each("SELECT DISTINCT coalesce(dataset, 'own') FROM incidents ORDER BY 1")]
    if not found:
        raise BadInput(f"{case.path}: holds no incidents; add reports that tell of some, or import a dataset, first")
    if len(found) > 1:
        names = ", ".join(found)
        raise BadInput(
            f"{case.path}: holds incidents of {names}, which may tell of the same; choose one with --dataset"
        )
    return str(found[0])


def _from_events(path: Path, choice: Choice, options: Options) -> Source:
    from strife.exchange.readers import read_ucdp

    bad: list[Problem] = []
    collecting = replace(options, on_problem=bad.append, release=options.release or "ged")
    source = _source(read_ucdp(path, collecting), choice, path.name, options.today, {})
    if not bad:
        return source
    note = f"{len(bad):,} rows cannot be read and are left out (the first: {bad[0]})"
    return replace(source, panel=replace(source.panel, notes=(*source.panel.notes, note)))


def _source(incidents: Iterable[Incident], choice: Choice, name: str, today: date, known: dict[str, str]) -> Source:
    if choice.by not in ("country", "admin1", "place"):
        raise Unknown(f"by {choice.by!r}: choose country, admin1 or place")
    found = series(incidents, choice, name, today=today, known=known)
    bounds = (found.low, found.high) if choice.what == "deaths" or (found.low != found.high).any() else None
    return Source(found.panel, bounds)
