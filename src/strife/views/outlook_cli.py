"""Commands that look ahead: outlook, with its baseline and track record, and backtest, the score card behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from strife.exchange.problems import Options
    from strife.outlook.expected import Outlook
    from strife.outlook.source import Source

PATH = click.Path(path_type=Path)
MONTHS, WEEKS, LONGEST = 6, 8, 24
RANGE = re.compile(r"(\d+)(?:-(\d+))?")


def register(group: click.Group) -> None:
    """Put the commands on the program."""
    group.add_command(outlook)
    group.add_command(backtest)


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no ISO date; write it as 2024-05-31") from None


def _horizons(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[int, ...]:
    found = RANGE.fullmatch(value.strip())
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= first <= last <= LONGEST:
        raise click.BadParameter(f"{value!r}: write 1-6, or one number; at most {LONGEST}")
    return tuple(range(first, last + 1))


def _counting(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say what of a case or a file of events is counted."""
    options = [
        click.option(
            "--by", type=click.Choice(["country", "admin1", "place"]), default="country", help="Units of events."
        ),
        click.option("--every", type=click.Choice(["month", "week"]), help="Periods of events; default month."),
        click.option(
            "--count", type=click.Choice(["events", "deaths"]), default="events", help="What of events is counted."
        ),
        click.option("--type", "code", metavar="PLOVER", help="Only events of a PLOVER type, as ASSAULT."),
        click.option("--dataset", help="Of a case: the dataset of its incidents; own for ours."),
        click.option(
            "--at-least", multiple=True, metavar="N", type=click.IntRange(1), help="Probability of so many; 1 and 25."
        ),
        click.option(
            "--vintages", metavar="FOLDER", type=PATH, help="Older states of the table, each with its day in its name."
        ),
        click.option(
            "--today", metavar="DATE", callback=_day, help="The day that ends the past; default: the machine's."
        ),
        click.option(
            "--boosting",
            is_flag=True,
            help="Put gradient boosting into the pool (pip install 'strife[boosting]'); slow.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.argument("source", metavar="CASE|PANEL.csv", type=PATH)
@click.option("--for", "unit", metavar="UNIT", required=True, help="The unit: its name, or a country's ISO code.")
@click.option("--months", metavar="N", type=click.IntRange(1, LONGEST), help="Months ahead; default 6.")
@click.option(
    "--weeks", metavar="N", type=click.IntRange(1, LONGEST), help="Weeks ahead, of what is counted by week; default 8."
)
@_counting
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV: a row for each period and model.")
@click.option("-o", "--output", metavar="FILE", type=PATH, help="Write to a file.")
def outlook(
    source: Path,
    unit: str,
    months: int | None,
    weeks: int | None,
    as_json: bool,
    as_csv: bool,
    output: Path | None,
    **given: Any,
) -> None:
    """Say what to expect of a unit, beside the distribution of its last 12 periods, and how well that did before.

    Takes a case, a file of UCDP events, or a table of counts: months (or weeks) by units, or columns unit, date, value and, where
    figures have several states, known_at. No claim is made where the back-test shows none. Counts cannot tell whether violence
    begins where there was none.
    """
    from strife.outlook.expected import outlook as expect
    from strife.records import to_json
    from strife.views.cli import say
    from strife.views.outlook_text import outlook_lines
    from strife.views.output import open_output

    if as_json and as_csv:
        raise click.UsageError("choose one of --json and --csv")
    read = _source(source, {**given, "every": given["every"] or ("week" if weeks else "month")})
    steps = _steps(read.panel.frequency, months, weeks)
    for note in read.panel.notes if as_json or as_csv else ():  # the text has them in it
        say(note)
    found = expect(
        read.panel, unit, steps, numbers=given["at_least"] or (1, 25), bounds=read.bounds, boosting=given["boosting"]
    )
    with open_output(output) as out:
        if as_json:
            out.write(to_json(found) + "\n")
        elif as_csv:
            out.write("".join(_csv(found)))
        else:
            out.write("".join(f"{line}\n" for line in outlook_lines(found)))


def _steps(frequency: str, months: int | None, weeks: int | None) -> int:
    asked = {"month": months, "week": weeks}
    other = "week" if frequency == "month" else "month"
    if asked[frequency] is None and asked[other] is not None:
        raise click.UsageError(f"the counts are by {frequency}: give --{frequency}s in place of --{other}s")
    return asked[frequency] or (MONTHS if frequency == "month" else WEEKS)


def _source(path: Path, given: dict[str, Any]) -> Source:
    from dataclasses import replace

    from strife.outlook.series import Choice
    from strife.outlook.source import read_source

    choice = Choice(by=given["by"], frequency=given["every"] or "month", what=given["count"], code=given["code"])
    options = _options(given["today"])
    source = read_source(path, choice, options, given["dataset"])
    if given["vintages"] is not None:
        from strife.outlook.vintages import vintage_files, with_vintages

        source = replace(source, panel=with_vintages(source.panel, vintage_files(given["vintages"]), options))
    return source


def _options(today: date | None) -> Options:
    from strife.exchange.problems import Options
    from strife.views.cli import say

    return Options(notice=say) if today is None else Options(notice=say, today=today)


def _csv(found: Outlook) -> Iterator[str]:
    from strife.views.outlook_text import outlook_cells, outlook_columns
    from strife.views.sheet import csv_line

    yield csv_line(outlook_columns(found))
    yield from map(csv_line, outlook_cells(found))


@click.command()
@click.argument("source", metavar="CASE|PANEL.csv", type=PATH)
@click.option(
    "--unit", "units", multiple=True, metavar="UNIT", help="Score only this unit; models still learn from all."
)
@click.option("--horizons", metavar="FROM-TO", default="1-6", callback=_horizons, help="Periods ahead; default 1-6.")
@click.option("--origins", metavar="N", type=click.IntRange(1), default=120, help="The newest N origins; default 120.")
@click.option("--since", metavar="DATE", callback=_day, help="Only origins from this period on.")
@click.option("--until", metavar="DATE", callback=_day, help="Only origins up to this period.")
@_counting
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("-o", "--output", metavar="FILE", type=PATH, help="Write to a file.")
def backtest(
    source: Path,
    units: tuple[str, ...],
    horizons: tuple[int, ...],
    origins: int,
    since: date | None,
    until: date | None,
    as_json: bool,
    output: Path | None,
    **given: Any,
) -> None:
    """Test all models at past origins, each with what was known then: scores, and skill over the last 12 periods with its interval.

    Skills are shares: 0.06 is 6 % better than the baseline.
    """
    from strife.outlook.backtest import backtest as test
    from strife.outlook.backtest import origins_of
    from strife.outlook.card import card_of
    from strife.records import to_json
    from strife.views.cli import say
    from strife.views.outlook_text import card_lines
    from strife.views.output import open_output

    panel = _source(source, given).panel
    for note in panel.notes if as_json else ():
        say(note)
    columns = [panel.column(unit) for unit in units] or None
    whole = len(panel) if since or until else origins
    rows = [
        row for row in origins_of(panel, horizons, whole) if _between(panel.begins(row), panel.ends(row), since, until)
    ]
    result = test(
        panel,
        horizons,
        units=columns,
        origins=rows[-origins:],
        numbers=given["at_least"] or (1, 25),
        boosting=given["boosting"],
    )
    card = card_of(result)
    with open_output(output) as out:
        out.write(to_json(card) + "\n" if as_json else "".join(f"{line}\n" for line in card_lines(card)))


def _between(first: date, last: date, since: date | None, until: date | None) -> bool:
    return (since is None or last >= since) and (until is None or first <= until)
