"""Commands that ask a case: find, show, timeline, control, actors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from strife.casefile.filters import Filters
    from strife.records import Claim, Incident

CASE = click.argument("case", metavar="CASE", type=click.Path(path_type=Path))
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
OUTPUT = click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to a file.")
LISTED = 50  # rows of a table where no limit is given
NAMES = (  # filters that may be given several times: any of them
    ("type", "event, relation, control, figure or statement."),
    ("code", "PLOVER type, mode, CAMEO code or its beginning, ACLED sub-event."),
    ("actor", "Who acts, by name, words or id; * stands for any letters."),
    ("recipient", "Who is acted on."),
    ("party", "Who acts or is acted on or speaks."),
    ("place", "Place, by name, words or id."),
    ("country", "ISO code of two letters."),
    ("admin1", "First division of the country."),
    ("status", "reported, claimed, denied …"),
    ("voice", "Who says so; author for the author."),
    ("source", "Outlet."),
    ("document", "Id of a document."),
    ("measure", "What a figure measures."),
    ("dataset", "Of incidents: the dataset they come from; own for ours."),
)


def register(group: click.Group) -> None:
    """Put the commands on the program."""
    for command in (find, show, timeline, control, actors):
        group.add_command(command)


def _numbers(count: int) -> Callable[[click.Context, click.Parameter, str | None], tuple[float, ...] | None]:
    """Reads that many numbers between commas."""

    def parse(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[float, ...] | None:
        if value is None:
            return None
        try:
            found = tuple(float(part) for part in value.split(","))
        except ValueError:
            found = ()
        if len(found) != count:
            raise click.BadParameter(f"{value!r}: write {count} numbers between commas")
        return found

    return parse


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """The filters as options; all that are given must hold."""
    options = [
        *(click.option(f"--{name}", multiple=True, metavar=name.upper(), help=text) for name, text in NAMES),
        click.option("--box", metavar="W,S,E,N", callback=_numbers(4), help="Within these degrees."),
        click.option(
            "--near", metavar="LAT,LON,KM", callback=_numbers(3), help="Within so many kilometres of a point."
        ),
        click.option("--since", metavar="DATE", help="On or after this day."),
        click.option("--until", metavar="DATE", help="On or before this day."),
        click.option("--text", metavar="WORDS", help='Words of the evidence; "in a row", begin*, -without.'),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def filters_of(given: dict[str, Any]) -> Filters:
    """The filters that the options of `filtered` give."""
    from strife.casefile.filters import Filters

    return Filters(**{name: value for name, value in given.items() if value not in (None, ())})


@click.command()
@CASE
@filtered
@click.option("--incidents", is_flag=True, help="Find incidents in place of claims.")
@click.option("--no-merge", "as_is", is_flag=True, help="Incidents as they were last merged.")
@click.option("--by-date", is_flag=True, help="In the order of dates.")
@click.option("--limit", metavar="N", type=click.IntRange(0), help="At most so many; of a table 50 unless said.")
@click.option("--offset", metavar="N", type=click.IntRange(0), default=0, help="Pass over so many.")
@click.option("--count-by", metavar="FIELD", help="Count them by a field: code, country, actor, month, source …")
@AS_JSON
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@click.option("--geojson", is_flag=True, help="Print GeoJSON: those with a point.")
@OUTPUT
def find(
    case: Path,
    incidents: bool,
    as_is: bool,
    by_date: bool,
    limit: int | None,
    offset: int,
    count_by: str | None,
    as_json: bool,
    as_csv: bool,
    geojson: bool,
    output: Path | None,
    **given: Any,
) -> None:
    """Find claims (or incidents) in a case; filters of different kinds must all hold, of one kind any."""
    from strife.casefile import Case
    from strife.casefile.filters import with_own
    from strife.casefile.find import count
    from strife.casefile.find import count_by as counts
    from strife.views.freshness import bring_up_to_date
    from strife.views.output import open_output

    if as_json + as_csv + geojson > 1:
        raise click.UsageError("choose one of --json, --csv and --geojson")
    filters = filters_of(given)
    with Case.open(case) as opened, open_output(output) as out:
        if incidents and with_own(filters.dataset):
            bring_up_to_date(opened, merging=not as_is)
        if count_by is not None:
            rows = counts(opened.store, filters, count_by, incidents=incidents, limit=limit)
            lines: Iterable[str] = _counted(rows, count_by, as_json=as_json, as_csv=as_csv)
        else:
            table = not (as_json or as_csv or geojson)
            limit = LISTED if limit is None and table else limit
            order: Literal["case", "date"] = "date" if by_date else "case"
            records = opened.records(filters, incidents=incidents, order=order, limit=limit, offset=offset)
            if table:
                total = count(opened.store, filters, incidents=incidents)
                lines = _listed(_decoded(records, incidents), total, offset)
            else:
                lines = written(records, incidents, as_json=as_json, as_csv=as_csv)
        for line in lines:
            out.write(line)


def _decoded(records: Iterator[str], incidents: bool) -> Iterator[Claim | Incident]:
    from strife.casefile.rows import INCIDENT, claim_of

    return map(INCIDENT.decode if incidents else claim_of, records)


def written(records: Iterator[str], incidents: bool, *, as_json: bool, as_csv: bool) -> Iterator[str]:
    """Records as JSON lines, CSV or (the default) GeoJSON."""
    from strife.views.cli import say
    from strife.views.sheet import csv_lines, geojson_lines

    if as_json:
        yield from (f"{record}\n" for record in records)
        return
    if as_csv:
        yield from csv_lines(_decoded(records, incidents), incidents=incidents)
        return
    placeless: list[int] = []
    yield from geojson_lines(_decoded(records, incidents), placeless, incidents=incidents)
    if placeless:
        say(f"{len(placeless):,} without a point on the map were left out")


def _listed(found: Iterator[Claim | Incident], total: int, offset: int) -> Iterator[str]:
    from strife.records import Incident
    from strife.views.case_text import claim_lines, incident_lines
    from strife.views.cli import say

    number = 0
    for one in found:
        number += 1
        lines = incident_lines(one) if isinstance(one, Incident) else claim_lines(one)
        yield _plain("\n".join(lines) + "\n")
    if number < total:
        say(f"{number:,} of {total:,}, from number {offset + 1:,}; --limit and --offset show others")


def _counted(rows: list[tuple[str | None, int]], field: str, *, as_json: bool, as_csv: bool) -> Iterator[str]:
    import msgspec

    from strife.views.case_text import count_lines
    from strife.views.sheet import csv_line

    if as_json:
        yield from (msgspec.json.encode({"record": "count", field: v, "count": n}).decode() + "\n" for v, n in rows)
    elif as_csv:
        yield from map(csv_line, chain([(field, "count")], rows))
    else:
        yield from (f"{line}\n" for line in count_lines(rows))


def _plain(text: str) -> str:
    """Text without colour where the output is no terminal."""
    import sys

    return text if sys.stdout.isatty() else click.unstyle(text)


@click.command()
@CASE
@click.argument("name", metavar="ID")
@AS_JSON
def show(case: Path, name: str, as_json: bool) -> None:
    """Show a claim, an incident or a document: its words in the text, the rule, what it was resolved to, decisions."""
    from strife.casefile import Case
    from strife.records import to_json
    from strife.views.case_text import shown_lines
    from strife.views.cli import columns_shown
    from strife.views.freshness import bring_up_to_date
    from strife.views.incident_text import shown_incident

    with Case.open(case) as opened:
        if not opened.is_read(name):
            bring_up_to_date(opened)
        shown = opened.show(name)
        if shown.incidents:
            bring_up_to_date(opened, merging=False)
    if as_json:
        click.echo(to_json(shown))
        return
    if shown.id != name:
        click.echo(f"{name} is now part of {shown.id}", err=True)
    lines = shown_incident(shown, columns_shown()) if shown.incident else shown_lines(shown)
    click.echo("\n".join(lines))


@click.command()
@CASE
@filtered
@click.option("--incidents", is_flag=True, help="Incidents in place of claims.")
@click.option("--happened", is_flag=True, help="Only what is reported or claimed to have happened.")
@click.option("--by", type=click.Choice(["day", "month", "year"]), help="Only how many there were in each.")
@click.option("--limit", metavar="N", type=click.IntRange(0), help="At most so many.")
@AS_JSON
def timeline(
    case: Path, incidents: bool, happened: bool, by: str | None, limit: int | None, as_json: bool, **given: Any
) -> None:
    """List dated events (or incidents) in the order of their dates, or count them by day, month or year."""
    from strife.casefile import Case
    from strife.casefile.find import count_by as counts
    from strife.views.freshness import bring_up_to_date

    if happened:
        given["status"] = ("reported", "claimed", *(("disputed",) if incidents else ()))
    if not incidents and not given["type"]:
        given["type"] = ("event",)
    given["since"] = given["since"] or "0001-01-01"  # what has no date is in no place of a timeline
    filters = filters_of(given)
    with Case.open(case) as opened:
        if incidents:
            bring_up_to_date(opened)
        if by is not None:
            rows = counts(opened.store, filters, by, incidents=incidents, limit=limit)
            click.echo("".join(_counted(rows, by, as_json=as_json, as_csv=False)), nl=False)
            return
        records = opened.records(filters, incidents=incidents, order="date", limit=limit)
        if as_json:
            for record in records:
                click.echo(record)
            return
        click.echo("".join(_dated(_decoded(records, incidents))), nl=False)


def _dated(found: Iterable[Claim | Incident]) -> Iterator[str]:
    """The lines of a timeline, each month under its name."""
    from strife.records import Incident
    from strife.views.case_text import claim_lines, incident_lines

    month = ""
    for one in found:
        start = one.when.start if one.when and one.when.start else ""
        if start[:7] != month:
            month = start[:7]
            yield _plain(click.style(f"{month}\n", bold=True))
        lines = incident_lines(one) if isinstance(one, Incident) else claim_lines(one)
        yield _plain("".join(f"  {line}\n" for line in lines))


@click.command()
@CASE
@click.option("--on", metavar="DATE", required=True, help="The day that is asked about.")
@click.option("--place", help="Only this place, by name, words or id.")
@click.option(
    "--sure", is_flag=True, help="Add how likely the holder still holds it: less surely the older the evidence."
)
@AS_JSON
def control(case: Path, on: str, place: str | None, sure: bool, as_json: bool) -> None:
    """Say who holds what on a day, since when, and what speaks for and against it."""
    from strife.casefile import Case
    from strife.records import to_json
    from strife.views.case_text import holding_line

    with Case.open(case) as opened:
        if sure:
            from strife.views.outlook_text import sure_lines

            click.echo("".join(sure_lines(opened, on, place, as_json=as_json)), nl=False)
            return
        for holding in opened.control(on, place):
            click.echo(to_json(holding) if as_json else holding_line(holding))


@click.command()
@CASE
@click.argument("name", metavar="[NAME]", required=False)
@filtered
@click.option("--limit", metavar="N", type=click.IntRange(0), default=LISTED, help="At most so many; default 50.")
@AS_JSON
def actors(case: Path, name: str | None, limit: int, as_json: bool, **given: Any) -> None:
    """List who acts, is acted on and speaks; of one actor, what it does to others and they to it, by year, with evidence."""
    from strife.casefile import Case
    from strife.casefile.summary import actors as all_actors
    from strife.casefile.summary import links
    from strife.records import to_json
    from strife.views.case_text import actor_line, link_line

    filters = filters_of(given)
    with Case.open(case) as opened:
        if name is not None:
            for link in links(opened.store, name, filters):
                click.echo(to_json(link) if as_json else link_line(link))
            return
        if not as_json:
            click.echo("   acts  target  speaks  name")
        for actor in all_actors(opened.store, filters, limit=limit):
            click.echo(to_json(actor) if as_json else actor_line(actor))
