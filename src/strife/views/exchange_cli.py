"""Commands that exchange data with others: import rows of their datasets into a case, export a case in their formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from strife.errors import StrifeError

if TYPE_CHECKING:
    from strife.casefile import Case
    from strife.exchange.problems import Options, Problem
    from strife.exchange.writers.happening import Pair, Voices, Written
    from strife.records import Incident

DATASETS = ("ucdp", "acled", "gdelt1", "gdelt2", "icews", "polecat", "phoenix")
FORMATS = ("plover", "acled", "ucdp", "geojson", "annotation", "csv", "parquet", "brat")
OF_WORDS = ("annotation", "brat")  # formats that mark words of documents: of claims only
SHOWN = 20  # bad rows that are printed; --problems takes all
PATH = click.Path(path_type=Path)
CASE = click.argument("case", metavar="CASE", type=PATH)


def register(group: click.Group) -> None:
    """Put the commands on the program."""
    group.add_command(import_)
    group.add_command(export)


@click.command("import")
@CASE
@click.argument("dataset", metavar="DATASET", type=click.Choice(DATASETS))
@click.argument("file", metavar="FILE", type=PATH)
@click.option("--release", metavar="NAME", help="Release of the dataset, where the file does not tell it.")
@click.option("--problems", "list_", metavar="FILE", type=PATH, help="Write all rows that were left out to a CSV file.")
def import_(case: Path, dataset: str, file: Path, release: str | None, list_: Path | None) -> None:
    """Take rows of an event dataset into CASE as incidents coded by others: strife import CASE ucdp GEDEvent_v25_1.csv.

    DATASET is ucdp, acled, gdelt1, gdelt2, icews, polecat or phoenix; FILE may be packed (.gz, .zip). A row with the id of one that
    is there replaces it. Rows that cannot be read are named on standard error, the rest comes in; exit status 1 then.
    """
    from strife.casefile import Case
    from strife.exchange.problems import Options
    from strife.views.cli import say

    with _listing(list_) as bad:
        options = Options(release=release, on_problem=bad.take, notice=say)
        rows = rows_of(dataset, file, options)
        first = list(islice(rows, 1))  # a file of another layout is refused before there is a case
        with Case.open(case, create=True) as opened:
            count = opened.imported(chain(first, rows))
    click.echo(f"{count:,} rows of {dataset} imported", err=True)
    if bad.count:
        more = bad.count - SHOWN
        if more > 0:
            say(f"{more:,} more rows were left out" + ("" if list_ else "; --problems FILE lists them all"))
        say(f"{file}: {bad.count:,} of {count + bad.count:,} rows were left out")
        click.get_current_context().exit(1)


def rows_of(dataset: str, file: Path, options: Options) -> Iterator[Incident]:
    """The rows of a dataset's file as incidents."""
    from strife.exchange import readers

    if dataset.startswith("gdelt"):
        return readers.read_gdelt(file, int(dataset[-1]), options)
    reader: Any = getattr(readers, f"read_{dataset}")
    rows: Iterator[Incident] = reader(file, options)
    return rows


@dataclass(slots=True)
class BadRows:
    """Prints the first bad rows and writes all of them, where a file was named."""

    out: Any = None
    count: int = 0

    def take(self, problem: Problem) -> None:
        """One more."""
        from strife.views.cli import say

        self.count += 1
        if self.count <= SHOWN:
            say(str(problem))
        if self.out is not None:
            self.out.writerow([problem.line, problem.field, problem.reason])


@contextmanager
def _listing(path: Path | None) -> Iterator[BadRows]:
    if path is None:
        yield BadRows()
        return
    import csv

    from strife.exchange.target import text_file

    with text_file(path) as stream:
        out = csv.writer(stream)
        out.writerow(["line", "field", "reason"])
        yield BadRows(out)


@click.command()
@CASE
@click.argument("format", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option("-o", "--output", metavar="PATH", type=PATH, required=True, help="File; for csv and brat a folder.")
@click.option(
    "--status",
    "statuses",
    metavar="STATUS",
    multiple=True,
    help="Which to export, may be repeated; default reported. all: every one.",
)
@click.option(
    "--of", "what", type=click.Choice(["incidents", "claims"]), help="Default: incidents, where there are any."
)
@click.option(
    "--dataset", metavar="NAME", help="Incidents imported from this dataset (ucdp:ged251), own: only our own."
)
def export(
    case: Path,
    format: str,
    output: Path,
    statuses: tuple[str, ...],
    what: str | None,
    dataset: str | None,
) -> None:
    """Write what CASE holds in a format of others: strife export CASE geojson -o incidents.geojson.

    FORMAT is plover, acled, ucdp, geojson, csv or parquet, or annotation or brat for the words of claims. Only what is reported
    counts as having happened: what is claimed, denied or expected is written only where --status asks for it, and says so.
    """
    from strife.casefile import Case
    from strife.exchange import writers
    from strife.exchange.writers.happening import REPORTED, STATUSES

    wanted = STATUSES if "all" in statuses else statuses or REPORTED
    with Case.open(case) as opened:
        source = _source(opened, format, what, dataset)
        if format in OF_WORDS:
            write_words: Any = getattr(writers, f"write_{format}")
            written: Written = write_words(output, source.pairs(), wanted)
        else:
            write: Any = getattr(writers, f"write_{format}")
            items = source.pairs() if source.claims else source.incidents()
            written = write(output, items, wanted, source.voices())
    _report(written, format, "claims" if source.claims else "incidents")


def _report(written: Written, format_: str, what: str) -> None:
    from strife.views.cli import say

    click.echo(f"{written.rows:,} {what} written as {format_}", err=True)
    for reason, count in sorted(written.left_out.items(), key=lambda item: -item[1]):
        say(f"{count:,} left out: {reason}")


@dataclass(slots=True)
class Source:
    """What of a case is exported: its claims, or its incidents (`dataset`: those of one, "own", or None for all)."""

    case: Case
    claims: bool
    dataset: str | None

    def incidents(self) -> Iterator[Incident]:
        """The incidents, one by one."""
        import msgspec

        from strife.casefile.filters import Filters
        from strife.records import Incident

        decoder = msgspec.json.Decoder(Incident)
        for line in self.case.records(Filters(dataset=self.dataset), incidents=True):
            yield decoder.decode(line)

    def pairs(self) -> Iterator[Pair]:
        """The claims with their documents, those of a document together."""
        for document in self.case.documents():
            for claim in self.case.claims(document=document.id):
                yield document, claim

    def voices(self) -> Voices:
        """Who says what an incident rests on, for those that are not simply reported."""
        from strife.casefile.incidents import voices_of

        def said(incident: Incident) -> Sequence[str]:
            if incident.status == "reported" or incident.dataset is not None:
                return ()
            return voices_of(self.case.store, incident.id)

        return said


def _source(case: Case, format_: str, what: str | None, dataset: str | None) -> Source:
    """What to export where the user leaves it open: our own incidents, else imported ones, else claims."""
    from strife.views.cli import say
    from strife.views.freshness import bring_up_to_date

    if format_ in OF_WORDS:
        if what == "incidents" or dataset:
            raise StrifeError(
                f"{format_} marks the words of documents, which incidents have not; leave out --of and --dataset"
            )
        return Source(case, claims=True, dataset=None)
    if what == "claims":
        return Source(case, claims=True, dataset=None)
    if dataset is not None:
        if dataset == "own":
            bring_up_to_date(case)
        return Source(case, claims=False, dataset=dataset)
    bring_up_to_date(case)
    own, every = case.count(incidents=True, dataset="own"), case.count(incidents=True)
    if own and every > own:
        say(
            f"{every - own:,} incidents imported from other datasets are not exported; --dataset NAME exports those of one"
        )
    if own or what == "incidents":
        return Source(case, claims=False, dataset="own" if own else None)
    if case.count():
        say("this case has no incidents of its own: exporting its claims one by one")
        return Source(case, claims=True, dataset=None)
    return Source(case, claims=False, dataset=None)
