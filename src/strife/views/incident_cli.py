"""Commands on what several reports amount to: incidents."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from strife.views.find_cli import AS_JSON, CASE, LISTED, OUTPUT, filtered, filters_of, written

if TYPE_CHECKING:
    from strife.casefile import Case
    from strife.casefile.filters import Filters

HAPPENED = ("reported", "claimed", "disputed")


def register(group: click.Group) -> None:
    """Put the commands on the program."""
    group.add_command(incidents)


@click.command()
@CASE
@filtered
@click.option("--happened", is_flag=True, help="Only what is reported or claimed to have happened, or disputed.")
@click.option("--by-number", is_flag=True, help="In the order of the case; default by date.")
@click.option("--limit", metavar="N", type=click.IntRange(0), help="At most so many; of a table 50 unless said.")
@click.option("--offset", metavar="N", type=click.IntRange(0), default=0, help="Pass over so many.")
@click.option("--merge", "force", is_flag=True, help="Merge anew even where nothing came since.")
@click.option("--no-merge", "as_is", is_flag=True, help="Incidents as they were last merged.")
@AS_JSON
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@click.option("--geojson", is_flag=True, help="Print GeoJSON: those with a point.")
@OUTPUT
def incidents(
    case: Path,
    happened: bool,
    by_number: bool,
    limit: int | None,
    offset: int,
    force: bool,
    as_is: bool,
    as_json: bool,
    as_csv: bool,
    geojson: bool,
    output: Path | None,
    **given: Any,
) -> None:
    """List what the claims of a case together amount to; merged anew where documents or decisions came since.

    Of other datasets only what --dataset names is listed. --source, --voice, --document, --measure and --text find incidents by
    one of their claims. A line a person draws stays: strife decide CASE INCIDENT merge OTHER, and split CLAIM.
    """
    from strife.casefile import Case
    from strife.casefile.filters import with_own
    from strife.views.freshness import bring_up_to_date
    from strife.views.output import open_output

    if as_json + as_csv + geojson > 1:
        raise click.UsageError("choose one of --json, --csv and --geojson")
    if force and as_is:
        raise click.UsageError("--merge and --no-merge cannot both be")
    if happened:
        given["status"] = HAPPENED
    given["dataset"] = given["dataset"] or ("own",)
    filters = filters_of(given)
    table = not (as_json or as_csv or geojson)
    order: Literal["case", "date"] = "case" if by_number else "date"
    with Case.open(case) as opened:
        if force or with_own(filters.dataset):
            bring_up_to_date(opened, merging=not as_is, force=force)
        limit = LISTED if limit is None and table else limit
        with open_output(output) as out:
            if table:
                lines = _table(opened, filters, order, limit, offset)
            else:
                records = opened.records(filters, incidents=True, order=order, limit=limit, offset=offset)
                lines = written(records, incidents=True, as_json=as_json, as_csv=as_csv)
            for line in lines:
                out.write(line)


def _table(
    case: Case, filters: Filters, order: Literal["case", "date"], limit: int | None, offset: int
) -> Iterator[str]:
    from strife.casefile.find import count
    from strife.casefile.rows import INCIDENT
    from strife.views.cli import columns_shown, say
    from strife.views.incident_text import incident_table

    records = case.records(filters, incidents=True, order=order, limit=limit, offset=offset)
    found = map(INCIDENT.decode, records)
    first = next(found, None)
    number = 0
    if first is not None:
        listed = list(chain([first], found))
        number = len(listed)
        yield incident_table(listed, columns_shown() if sys.stdout.isatty() else None)
    total = count(case.store, filters, incidents=True)
    if number < total:
        say(f"{number:,} of {total:,}, from number {offset + 1:,}; --limit and --offset show others")
    elif not total:
        say("no incident fulfils this")
