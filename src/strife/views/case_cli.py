"""Commands that write a case or look after it: add, info, check, decide, undo."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from strife.errors import BadInput, StrifeError
from strife.views import find_cli
from strife.views.reader_option import reader_of, reader_options, told_of

if TYPE_CHECKING:
    from strife.casefile import Case
    from strife.casefile.add import Added
    from strife.casefile.incoming import Incoming, Step, Unreadable

ACTIONS = ("accept", "reject", "correct", "together", "apart", "merge", "split", "settle")
COLUMNS = ("text", "id", "published", "title", "source", "url")
GIVEN = ("published", "title", "source", *(f"{name}_column" for name in COLUMNS))
CASE = click.argument("case", metavar="CASE", type=click.Path(path_type=Path))


def register(group: click.Group) -> None:
    """Put the commands on the program."""
    for command in (add, info, check, decide, undo):
        group.add_command(command)
    find_cli.register(group)


def _input_options(command: Callable[..., None]) -> Callable[..., None]:
    for name in reversed(COLUMNS):
        command = click.option(f"--{name}-column", metavar="NAME", help=f"Column or field that holds the {name}.")(
            command
        )
    command = click.option("--source", help="Outlet, for documents that do not name it.")(command)
    command = click.option("--title", help="Title, for documents that have none.")(command)
    return click.option("--published", metavar="DATE", help="Day of publication, for documents that do not say it.")(
        command
    )


@click.command()
@CASE
@click.argument("paths", metavar="INPUT...", nargs=-1)
@_input_options
@click.option("--workers", metavar="N", type=click.IntRange(1, 256), default=1, help="Processes that read; default 1.")
@click.option("--rules-only", is_flag=True, help="Read without the trained model.")
@reader_options
@click.option("--retry", is_flag=True, help="Try again what could not be read before.")
@click.option(
    "--wait", metavar="SECONDS", type=click.FloatRange(0), help="Wait so long for another writer; default 20."
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON line for each document once it is saved.")
def add(
    case: Path,
    paths: tuple[str, ...],
    workers: int,
    rules_only: bool,
    reader: str | None,
    model: str | None,
    timeout: float | None,
    retry: bool,
    wait: float | None,
    as_json: bool,
    **given: str | None,
) -> None:
    """Read files, folders or - (standard input) into a case, which is made where it does not exist.

    Takes all that strife read takes, and saved feeds (.rss .atom .xml) and web archives (.warc .warc.gz). What is in the case
    already is passed over, so the same command goes on where it was stopped. Exit status 1 where some input could not be read.

    With --reader the documents' text is sent to that server, one document at a time; a key comes from $STRIFE_API_KEY.
    """
    from strife.casefile import Case
    from strife.views.cli import say

    if not paths and not retry:
        raise click.UsageError("name what to add, or --retry")
    if str(case) in paths:
        raise click.UsageError(f"{case} is the case; name the inputs after it")
    other = reader_of(reader, model, timeout, rules_only=rules_only)
    if other is not None and workers > 1:
        raise click.UsageError("with --reader one document is read at a time; leave --workers out")
    with Case.open(case, create=not retry) as opened:
        telling = _Telling(paths, as_json)
        incoming = _incoming(paths, given, telling)
        if retry:
            incoming = _chained(_again(opened, telling), incoming)
        with told_of(other, telling.notice):
            added = opened.add(
                incoming,
                workers,
                telling.step,
                rules_only=rules_only,
                notice=telling.notice,
                patience=wait,
                reader=other,
            )
        telling.progress.clear()
        say(_summary(added, case))
    click.get_current_context().exit(1 if added.failed else 0)


class _Telling:
    """What goes to the terminal while documents are added."""

    def __init__(self, paths: Iterable[str], as_json: bool) -> None:
        from strife.sources.read import total_size
        from strife.views.progress import Progress

        visible = sys.stderr.isatty() and not (as_json and sys.stdout.isatty())
        self.progress = Progress(sys.stderr, total_size(tuple(paths))) if visible else Progress(None)
        self.as_json = as_json

    def notice(self, text: object) -> None:
        """Something the user should know."""
        from strife.views.cli import say

        self.progress.clear()
        say(str(text))

    def step(self, step: Step) -> None:
        """A document that has been dealt with, and saved."""
        if step.state == "failed":
            self.notice(step.reason if step.reason.startswith(step.id) else f"{step.id}: {step.reason}")
        if self.as_json:
            import msgspec

            line = {"record": "added", "id": step.id, "state": step.state, "claims": step.claims}
            sys.stdout.write(msgspec.json.encode(line).decode() + "\n")
            sys.stdout.flush()
        self.progress.take(step.size)
        self.progress.step()


def _incoming(paths: tuple[str, ...], given: dict[str, Any], telling: _Telling) -> Iterator[Incoming | Unreadable]:
    """The documents in files and folders; what cannot be read comes out in its place."""
    import logging

    import msgspec

    from strife.casefile.incoming import Incoming, Unreadable
    from strife.sources.item import Options, iso_date
    from strife.sources.read import read_inputs

    logging.getLogger().addHandler(logging.NullHandler())  # what libraries log, our own messages say better
    try:
        published = iso_date(given["published"]) if given.get("published") else None
    except ValueError:
        raise click.BadParameter(f"--published {given['published']!r} is no ISO date; write it as 2013-06-05") from None
    columns = {name: column for name in COLUMNS if (column := given.get(f"{name}_column"))}
    options = Options(
        published=published,
        title=given.get("title"),
        source=given.get("source"),
        columns=columns,
        notice=telling.notice,
        repeats=True,
    )
    said = {name: value for name, value in given.items() if value is not None}
    kept = msgspec.json.encode(said).decode() if said else None
    for file, item in read_inputs(paths, options):
        if isinstance(item, BadInput):
            yield Unreadable(file, str(item).partition(": ")[0], str(item), kept)
        else:
            yield Incoming(item.document, file, item.place, kept, item.size)


def _again(case: Case, telling: _Telling) -> Iterator[Incoming | Unreadable]:
    """What failed before: documents that are at hand, and files to be looked at again, each with what was said about it."""
    import msgspec

    from strife.casefile.incoming import Incoming
    from strife.records import Document

    files: dict[tuple[str, str | None], None] = {}
    for failure in case.failures():
        if failure.document:
            document = msgspec.json.decode(failure.document, type=Document)
            yield Incoming(document, failure.input, failure.place, failure.options)
        elif failure.input == "-":
            telling.notice("standard input cannot be read again; give it once more")
        else:
            files[failure.input, failure.options] = None
    for file, options in files:
        given = dict.fromkeys(GIVEN) | (msgspec.json.decode(options) if options else {})
        yield from _incoming((file,), given, telling)


def _chained(*parts: Iterable[Incoming | Unreadable]) -> Iterator[Incoming | Unreadable]:
    for part in parts:
        yield from part


def _summary(added: Added, case: Path) -> str:
    parts = [f"{added.new:,} new", f"{added.same:,} already in", f"{added.changed:,} changed"]
    if added.failed:
        parts.append(f"{added.failed:,} not read (strife add {case} --retry tries again)")
    return f"{case}: {', '.join(parts)}"


@click.command()
@CASE
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def info(case: Path, as_json: bool) -> None:
    """Say what a case holds: documents, claims, sources, dates, versions of what read it, failures."""
    from strife.casefile import Case
    from strife.records import to_json
    from strife.views.case_text import info_lines

    with Case.open(case) as opened:
        found = opened.info()
        click.echo(to_json(found) if as_json else "\n".join(info_lines(found)))
        if not as_json:
            for failure in opened.failures()[:20]:
                click.echo(f"not read: {failure.reason}")


@click.command()
@CASE
def check(case: Path) -> None:
    """Check a case: the file, its links, every quote against its text, the search index. Exit status 0 where all is sound."""
    from strife.casefile import Case
    from strife.views.cli import say

    with Case.open(case) as opened:
        troubles = opened.check()
        for trouble in troubles:
            say(trouble)
        number = opened.info().documents if not troubles else 0
    if not troubles:
        say(f"{case}: sound ({number:,} documents)")
    click.get_current_context().exit(1 if troubles else 0)


@click.command()
@CASE
@click.argument("name", metavar="[ID]", required=False)
@click.argument("action", required=False, type=click.Choice(ACTIONS))
@click.argument("what", metavar="[FIELD=VALUE | OTHER-ID...]", nargs=-1)
@click.option("--by", metavar="NAME", help="Who decides.")
@click.option("--note", help="Why.")
@click.option("--list", "listing", is_flag=True, help="List all decisions.")
@click.option(
    "--export-gold", metavar="FOLDER", type=click.Path(path_type=Path), help="Write what was decided as gold."
)
def decide(
    case: Path,
    name: str | None,
    action: str | None,
    what: tuple[str, ...],
    by: str | None,
    note: str | None,
    listing: bool,
    export_gold: Path | None,
) -> None:
    """Decide on a claim or an incident: strife decide CASE ID accept --by NAME; it is kept beside what was read.

    correct takes FIELD=VALUE (status=denied, when=2013-06-05, where.name=Homs, actors="A; B"), together and apart the id of
    another claim. Of an incident, merge takes the ids of others that are the same one, split the ids of its events that are
    another one. settle says what became of an expectation, by the claim that strife ledger names: borne_out, not_borne_out,
    condition_not_met, open or cannot_tell. --export-gold writes readings.jsonl (documents of which every claim was decided)
    and notes.jsonl (the rest), both for strife measure.
    """
    from strife.casefile import Case
    from strife.views.case_text import decision_line

    with Case.open(case) as opened:
        if export_gold is not None:
            _export_gold(opened, export_gold)
            return
        if listing:
            for decision in opened.decisions():
                click.echo(decision_line(decision))
            return
        if name is None or action is None:
            raise click.UsageError("say on what and how: strife decide CASE ID accept --by NAME")
        field, value = _meant(action, what)
        click.echo(decision_line(opened.decide(name, action, field, value, by=by or "", note=note)))


def _meant(action: str, what: tuple[str, ...]) -> tuple[str | None, object]:
    """The field and the value of a decision."""
    if action in ("merge", "split"):
        return None, list(what)
    if len(what) > 1:
        raise click.UsageError(f"{action}: takes one thing, not {len(what)}; quote what has blanks in it")
    said = what[0] if what else None
    if action != "correct":
        return None, said
    field, equals, value = (said or "").partition("=")
    if not equals:
        raise click.UsageError("correct needs FIELD=VALUE, as status=denied")
    return field, value


def _export_gold(case: Case, folder: Path) -> None:
    from strife.views.cli import say
    from strife.views.output import open_output

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StrifeError(f"{folder}: cannot be made ({error.strerror}); choose another folder") from error
    for file, lines in (("readings.jsonl", list(case.gold())), ("notes.jsonl", list(case.notes()))):
        if lines:
            with open_output(folder / file) as out:
                out.write("".join(f"{line}\n" for line in lines))
        say(f"{folder / file}: {len(lines):,} lines" if lines else f"{file}: nothing decided for it")


@click.command()
@CASE
@click.argument("decision", type=int)
@click.option("--by", metavar="NAME", required=True, help="Who takes it back.")
def undo(case: Path, decision: int, by: str) -> None:
    """Take a decision back, by its number: strife undo CASE 3 --by NAME. It stays on record."""
    from strife.casefile import Case
    from strife.views.case_text import decision_line

    with Case.open(case) as opened:
        click.echo(decision_line(opened.undo(decision, by)))
