"""The command that puts a case beside an event dataset: what each tells that the other does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from strife.errors import BadInput
from strife.views.exchange_cli import DATASETS, BadRows, rows_of
from strife.views.find_cli import AS_JSON, CASE, OUTPUT

if TYPE_CHECKING:
    from strife.casefile import Case
    from strife.measure.compare import Compared, Comparison, Period
    from strife.records import Incident

COLUMNS = "side id row day_first day_last type place admin1 country deaths match km days score".split()
LISTED = 50  # rows of a list on the terminal
COUNTS = {
    "ucdp": "UCDP has only fights and killings with at least one death and organised sides",
    "acled": "ACLED has political violence and protest, with or without deaths",
    "gdelt": "GDELT is coded by machine and tells one event many times",
    "icews": "ICEWS is coded by machine and tells one event many times",
    "polecat": "POLECAT is coded by machine and tells one event many times",
    "phoenix": "Phoenix is coded by machine and tells one event many times",
}


def register(group: click.Group) -> None:
    """Put the command on the program."""
    group.add_command(compare)


@click.command()
@CASE
@click.argument("file", metavar="[DATASET.csv]", required=False, type=click.Path(path_type=Path))
@click.option("--format", "layout", type=click.Choice(DATASETS), help="What FILE is; default by its first line.")
@click.option("--dataset", metavar="NAME", help="Rows that were imported into the case: ucdp:ged251, or ucdp*.")
@click.option("--release", metavar="NAME", help="Release of the dataset, where the file does not tell it.")
@click.option("--km", type=click.FloatRange(0, 500), default=10.0, show_default=True, help="At most so far apart.")
@click.option("--days", type=click.IntRange(0, 60), default=1, show_default=True, help="At most so many days apart.")
@click.option("--any-type", is_flag=True, help="Whatever their types.")
@click.option("--parties", is_flag=True, help="Only where a party is on both sides.")
@click.option("--since", metavar="DATE", help="From this day; default when reports of the case begin.")
@click.option("--until", metavar="DATE", help="To this day; default when reports of the case end.")
@click.option("--country", multiple=True, metavar="CODE", help="Only in these countries (two letters).")
@click.option("--matched", is_flag=True, help="List the pairs.")
@click.option("--unmatched", is_flag=True, help="List what has no like on the other side.")
@AS_JSON
@click.option("--csv", "as_csv", is_flag=True, help="Print the lists (or the table of groups) as CSV.")
@OUTPUT
def compare(
    case: Path,
    file: Path | None,
    layout: str | None,
    dataset: str | None,
    release: str | None,
    km: float,
    days: int,
    any_type: bool,
    parties: bool,
    since: str | None,
    until: str | None,
    country: tuple[str, ...],
    matched: bool,
    unmatched: bool,
    as_json: bool,
    as_csv: bool,
    output: Path | None,
) -> None:
    """Compare the incidents of CASE with an event dataset: coverage both ways, by year, division, type and deaths.

    DATASET.csv is a file that strife import takes; nothing of it goes into the case. Both sides are held to the period of the
    reports, the countries both have, and what has a day and a place; what is left out is told. Exit status 1 where rows of the
    file could not be read.
    """
    from strife.casefile import Case
    from strife.measure.compare import Windows
    from strife.measure.compare import compare as compared
    from strife.views.cli import say
    from strife.views.freshness import bring_up_to_date
    from strife.views.output import open_output

    if (file is None) == (dataset is None):
        raise click.UsageError("name a file, or --dataset NAME for rows that are in the case")
    if as_json and as_csv:
        raise click.UsageError("choose one of --json and --csv")
    bad = BadRows()
    with Case.open(case) as opened:
        period = _period(opened, since, until)
        bring_up_to_date(opened)
        wanted = {one.upper() for one in country}
        ours = _within(opened.incidents(dataset="own"), wanted)
        theirs = _within(_theirs(opened, dataset) if file is None else _read(file, layout, release, bad), wanted)
        windows = Windows(km=km, days=days, any_type=any_type, parties=parties)
        found = compared(ours, theirs, windows, period)
        reports = opened.store.one(
            "SELECT count(*) FROM documents WHERE published BETWEEN ? AND ?", found.summary.period
        )
    with open_output(output) as out:
        for line in _lines(found, reports, matched=matched, unmatched=unmatched, as_json=as_json, as_csv=as_csv):
            out.write(line)
    if bad.count:
        say(
            f"{file}: {bad.count:,} rows could not be read and are not compared; strife import --problems lists such rows"
        )
    click.get_current_context().exit(1 if bad.count else 0)


def _within(incidents: Iterable[Incident], countries: set[str]) -> list[Incident]:
    return [one for one in incidents if not countries or (one.where is not None and one.where.country in countries)]


def _read(file: Path, layout: str | None, release: str | None, bad: BadRows) -> Iterator[Incident]:
    """The rows of a file."""
    from strife.exchange.intake import layout_of
    from strife.exchange.problems import Options
    from strife.views.cli import say

    options = Options(release=release, on_problem=bad.take, notice=say)
    return rows_of(layout or layout_of(file).name, file, options)


def _theirs(case: Case, dataset: str | None) -> list[Incident]:
    """The rows of a dataset that is in the case."""
    found = [one for one in case.incidents(dataset=dataset) if one.dataset is not None]
    if not found:
        known = ", ".join(name for name, _ in case.info().imported) or "none; strife import brings one in"
        raise BadInput(f"{case.path}: has no dataset {dataset!r}; it has {known}")
    return found


def _period(case: Case, since: str | None, until: str | None) -> Period | None:
    """The period of the reports, as far as the user does not say otherwise."""
    days = []
    for name, said in (("since", since), ("until", until)):
        try:
            days.append(date.fromisoformat(said) if said else None)
        except ValueError:
            raise click.BadParameter(f"--{name} {said!r}: is no date; write it as 2013-06-05") from None
    info = case.info()
    first = days[0] or (date.fromisoformat(info.first) if info.first else None)
    last = days[1] or (date.fromisoformat(info.last) if info.last else None)
    return (first, last) if first and last else None


def _lines(
    found: Compared, reports: int, *, matched: bool, unmatched: bool, as_json: bool, as_csv: bool
) -> Iterator[str]:
    from strife.records import to_json
    from strife.views.sheet import csv_line

    rows = list(_rows(found, matched=matched, unmatched=unmatched))
    if as_json:
        import msgspec

        yield to_json(found.summary) + "\n"
        yield from (msgspec.json.encode(row).decode() + "\n" for row in rows)
    elif as_csv and (matched or unmatched):
        yield csv_line(COLUMNS)
        yield from (csv_line(row.get(name) for name in COLUMNS) for row in rows)
    elif as_csv:
        names = list(type(found.summary.groups[0]).__struct_fields__) if found.summary.groups else []
        yield csv_line(names)
        yield from (csv_line(getattr(group, name) for name in names) for group in found.summary.groups)
    else:
        yield from (f"{line}\n" for line in _summary(found.summary, reports))
        yield from (f"{_listed(row)}\n" for row in rows[:LISTED])
        if len(rows) > LISTED:
            yield f"… and {len(rows) - LISTED:,} more; --csv lists all\n"


def _rows(found: Compared, *, matched: bool, unmatched: bool) -> Iterator[dict[str, object]]:
    """What is listed: pairs, and those on either side without a like."""
    if matched:
        for match in found.matches:
            yield {
                "record": "match", "side": "both", "id": match.incident, "match": match.row, "km": match.km, "days": match.days,
                "score": match.score,
            }  # fmt: skip
    if unmatched:
        for side, incidents in (("case", found.alone), ("dataset", found.rows_alone)):
            yield from (_alone(side, one) for one in incidents)


def _alone(side: str, one: Incident) -> dict[str, object]:
    where, deaths = one.where, next((each for each in one.figures if each.measure == "deaths"), None)
    return {
        "record": "unmatched",
        "side": side,
        "id": one.id,
        "row": one.row,
        "day_first": one.when.start if one.when else None,
        "day_last": one.when.end if one.when else None,
        "type": one.code.plover if one.code else None,
        "place": (where.name or where.quote) if where else None,
        "admin1": where.admin1 if where else None,
        "country": where.country if where else None,
        "deaths": deaths.best if deaths else None,
    }


def _listed(row: dict[str, object]) -> str:
    from strife.views.words import one_line

    if row["record"] == "match":
        return f"{row['id']} = {row['match']}  ({row['km']} km, {row['days']} days, {row['score']})"
    deaths = f"{row['deaths']:g} deaths" if isinstance(row["deaths"], float) else ""
    facts = (row["day_first"], row["type"], row["place"], row["admin1"], deaths)
    return f"only in the {row['side']}: {row['id']}  " + " · ".join(one_line(str(fact)) for fact in facts if fact)


def _summary(summary: Comparison, reports: int) -> Iterator[str]:
    windows = summary.windows
    how = f"within {windows.km:g} km and {windows.days} {'day' if windows.days == 1 else 'days'}"
    how += ", of any type" if windows.any_type else ", of one type"
    how += ", with a party in common" if windows.parties else ""
    period, countries = " to ".join(summary.period), ", ".join(summary.countries)
    yield f"incidents of the case beside {summary.dataset}, {period}, {countries}; {reports:,} reports"
    yield f"taken for one: {how} (a district or province is given its size more)"
    yield ""
    case, rows = summary.case, summary.rows
    chance = f"; on other days of the period {summary.chance:.1%} would by chance" if summary.chance is not None else ""
    yield f"{case.covered:,} of {case.compared:,} incidents have a row like them ({_share(case.covered, case.compared)}){chance}"
    yield f"{rows.covered:,} of {rows.compared:,} rows have an incident like them ({_share(rows.covered, rows.compared)})"
    yield f"{summary.matched:,} pairs one to one"
    for name, side in (("incidents", case), ("rows", rows)):
        if side.left_out:
            yield f"{name} left out: " + "; ".join(f"{number:,} {reason}" for reason, number in side.left_out.items())
    by = ""
    for group in summary.groups:
        if group.by == "country" and len(summary.countries) == 1:
            continue
        if group.by != by:
            by = group.by
            yield ""
            yield f"{'by ' + by:<34}{'incidents':>10}{'with row':>10}{'rows':>10}{'with incident':>15}"
        yield (
            f"  {group.value[:31]:<32}{group.case:>10,}{_share(group.case_covered, group.case):>10}{group.dataset:>10,}"
            f"{_share(group.dataset_covered, group.dataset):>15}"
        )
    yield ""
    yield from _meaning(summary)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"


def _meaning(summary: Comparison) -> Iterator[str]:
    """What a missing match means, and what it does not."""
    note = COUNTS.get(summary.dataset.split(":")[0])
    yield "An incident without a row may be wrong here (place, day, type), stand under another day or place there, or be nothing"
    yield f"that the dataset counts{f': {note}' if note else ''}."
    yield "A row without an incident is mostly one that the reports of the case do not tell. Neither share is a rate of errors. A"
    yield "pair says that both have something at the same place and days; how much that means, the share by chance tells."
