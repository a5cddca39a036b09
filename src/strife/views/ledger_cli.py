"""The command that keeps the ledger: what people said would happen, and whether it did."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from strife.views.find_cli import AS_JSON, CASE, OUTPUT

if TYPE_CHECKING:
    from strife.outlook.ledger_record import Expectation

STATES = ("open", "borne_out", "not_borne_out", "condition_not_met", "cannot_tell")


def register(group: click.Group) -> None:
    """Put the command on the program."""
    group.add_command(ledger)


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    from strife.views.cli import iso_date  # the program imports this file

    return iso_date(context, parameter, value)


@click.command()
@CASE
@click.option("--voice", metavar="NAME", help="Who says so, by name, words or id; author, or an outlet, for authors.")
@click.option("--about", metavar="WORDS", help="What stands in its words, its parties or its place.")
@click.option(
    "--state", "states", multiple=True, type=click.Choice(STATES), help="What became of it; several may be given."
)
@click.option("--open", "only_open", is_flag=True, help="The same as --state open.")
@click.option(
    "--on", metavar="DATE", callback=_day, help="As it stood on that day; default the day of the last report."
)
@click.option("--voices", is_flag=True, help="How the voices fared, in place of the expectations.")
@click.option("--no-merge", "as_is", is_flag=True, help="Incidents as they were last merged.")
@AS_JSON
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@OUTPUT
def ledger(
    case: Path,
    voice: str | None,
    about: str | None,
    states: tuple[str, ...],
    only_open: bool,
    on: str | None,
    voices: bool,
    as_is: bool,
    as_json: bool,
    as_csv: bool,
    output: Path | None,
) -> None:
    """List what people said would happen, with what became of it by the day of the last report.

    Silence settles nothing unless the reports cover place and time. A person's word goes before: strife decide CASE CLAIM settle
    borne_out --by NAME, with the id in the first column. --voices scores those with enough forecasts that were resolved.
    """
    from strife.casefile import Case
    from strife.outlook.ledger import Asked, ledger_of, state_named
    from strife.views.freshness import bring_up_to_date
    from strife.views.output import open_output

    if as_json and as_csv:
        raise click.UsageError("choose one of --json and --csv")
    wanted = frozenset(map(state_named, [*states, *(["open"] if only_open else [])]))
    with Case.open(case) as opened:
        bring_up_to_date(opened, merging=not as_is)
        opened.up_to_date = False  # it was brought up to date, or is asked for as it is
        found = ledger_of(opened, Asked(voice, about, wanted), date.fromisoformat(on) if on else None)
    lines = _scores(found, as_json, as_csv) if voices else _listed(found, as_json, as_csv)
    with open_output(output) as out:
        for line in lines:
            out.write(line)


def _listed(found: list[Expectation], as_json: bool, as_csv: bool) -> Iterator[str]:
    from strife.records import to_json
    from strife.views.cli import say
    from strife.views.ledger_text import COLUMNS, expectation_cells, expectation_lines
    from strife.views.sheet import csv_line

    if as_json:
        yield from (f"{to_json(one)}\n" for one in found)
        return
    if as_csv:
        yield csv_line(COLUMNS)
        yield from (csv_line(expectation_cells(one)) for one in found)
        return
    for one in found:
        text = "\n".join(expectation_lines(one)) + "\n"
        yield text if sys.stdout.isatty() else click.unstyle(text)
    states = {state: sum(one.state == state for one in found) for state in STATES}
    told = ", ".join(f"{number} {state.replace('_', ' ')}" for state, number in states.items() if number)
    say(f"{len(found)} expectations: {told}" if found else "no expectation fulfils this")


def _scores(found: list[Expectation], as_json: bool, as_csv: bool) -> Iterator[str]:
    from strife.outlook.ledger_record import VoiceScore
    from strife.outlook.ledger_voices import voice_scores
    from strife.records import to_json
    from strife.views.ledger_text import voice_lines
    from strife.views.sheet import csv_line

    scores = voice_scores(found)
    if as_json:
        yield from (f"{to_json(one)}\n" for one in scores)
    elif as_csv:
        names = [name for name in VoiceScore.__struct_fields__ if name != "record"]
        yield csv_line(names)
        yield from (csv_line(getattr(one, name) for name in names) for one in scores)
    else:
        yield from (f"{line}\n" for line in voice_lines(scores))
