"""The command that scores readings: against an analyst's notes, golden readings, or our own corpus."""

from __future__ import annotations

from pathlib import Path

import click


def register(group: click.Group) -> None:
    """Put the command on the program."""
    group.add_command(measure)


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    from strife.views.cli import iso_date  # the program imports this file

    return iso_date(context, parameter, value)


@click.command()
@click.argument("gold", metavar="GOLD...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--texts", metavar="PATH", type=click.Path(exists=True, path_type=Path), help="Where the texts of the gold are."
)
@click.option("--published", metavar="DATE", callback=_day, help="Day of publication, for texts that do not say it.")
@click.option("--misses", metavar="N", type=click.IntRange(min=0), default=0, help="Name the first N misses.")
@click.option("--part", type=click.Choice(["train", "dev", "test"]), default="test", help="Of a corpus: default test.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one line a gold file.")
@click.option(
    "--pin", metavar="FILE", type=click.Path(path_type=Path), help="Write the scores as floors to this gate file."
)
@click.option("--allow-lower", is_flag=True, help="Let --pin lower a floor.")
def measure(
    gold: tuple[Path, ...],
    texts: Path | None,
    published: str | None,
    misses: int,
    part: str,
    as_json: bool,
    pin: Path | None,
    allow_lower: bool,
) -> None:
    """Score readings against gold: an analyst's notes or golden readings, as JSON lines, or folders of them, or a corpus; or
    reports whose words for each incident, or whose expectations are marked."""
    from strife.measure import gate, measure
    from strife.measure.corpus import measure_corpus
    from strife.measure.incidents import measure_incidents, tells_incidents
    from strife.measure.ledger import measure_ledger, tells_expectations
    from strife.model.session import shared
    from strife.records import to_json
    from strife.views.cli import say
    from strife.views.gazetteer import open_gazetteer
    from strife.views.ledger_score import ledger_of_documents

    open_gazetteer()
    corpora = [path for path in gold if (path / part).is_dir()]
    if corpora and (missing := shared()[1]):
        say(f"reading by the rules alone: {missing}")
    for path in corpora:
        found = measure_corpus(path, part)
        click.echo(to_json(found) if as_json else found.as_text(misses) + "\n")
    gold = tuple(path for path in gold if path not in corpora)
    files = [file for path in gold for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])]
    told = [file for file in files if tells_incidents(file)]
    for file in told:
        incidents = measure_incidents(file)
        click.echo(to_json(incidents) if as_json else incidents.as_text() + "\n")
    ahead = [file for file in files if tells_expectations(file)]
    for file in ahead:
        ledger = measure_ledger(file, ledger_of_documents)
        click.echo(to_json(ledger) if as_json else ledger.as_text(misses) + "\n")
    rest = [file for file in files if file not in told and file not in ahead]
    scores = [measure(file, texts=texts, published=published) for file in rest]
    for one in scores:
        click.echo(to_json(one) if as_json else one.as_text(misses) + "\n")
    if pin is not None:
        for change in gate.pin(pin, scores, allow_lower=allow_lower):
            say(change)
