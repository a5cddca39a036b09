"""Commands for stacks that outgrow one case file: run (inputs -> a Parquet dataset), open and pack (dataset -> case)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from strife.views.case_cli import _input_options
from strife.views.find_cli import filtered, filters_of

if TYPE_CHECKING:
    from strife.scale.manifest import Manifest, Mark

PATH = click.Path(path_type=Path)
FOLDER = click.argument("folder", metavar="OUT", type=PATH)


def register(group: click.Group) -> None:
    """Put the commands on the program."""
    for command in (run, open_, pack):
        group.add_command(command)


@click.command()
@click.argument("paths", metavar="INPUT...", nargs=-1, required=True)
@FOLDER
@_input_options
@click.option(
    "--on", type=click.Choice(["pool", "ray"]), default="pool", help="Processes here (default), or a cluster."
)
@click.option("--address", metavar="ADDRESS", help="Of a running Ray cluster; without it one is made on this machine.")
@click.option("--workers", metavar="N", type=click.IntRange(1, 1024), default=1, help="Processes that read; default 1.")
@click.option("--shard", metavar="N", type=click.IntRange(1, 4000), help="Documents of a shard; default 500.")
@click.option("--rules-only", is_flag=True, help="Read without the trained model.")
@click.option("--retry", is_flag=True, help="Read shards again in which a document could not be read.")
def run(
    paths: tuple[str, ...],
    folder: Path,
    on: str,
    address: str | None,
    workers: int,
    shard: int | None,
    rules_only: bool,
    retry: bool,
    **given: str | None,
) -> None:
    """Read files or folders into a dataset at OUT: Parquet tables of documents, claims and incidents, by month of publication.

    Takes all that strife read takes. The same command goes on where it was stopped, and reads what came to the inputs since.
    OUT can then be named in place of a case: strife find OUT, strife export OUT geojson -o FILE. Exit status 1 where some
    input could not be read.
    """
    from strife.scale.run import Plan
    from strife.scale.run import run as run_

    if address and on != "ray":
        raise click.UsageError("--address is for --on ray")
    telling = _Telling(paths)
    said = {name: value for name, value in given.items() if value is not None}
    plan = Plan(
        on=on,  # type: ignore[arg-type]  # one of the two choices
        workers=workers,
        address=address,
        shard=shard,
        rules_only=rules_only,
        retry=retry,
        inputs=paths,
        options=said | ({"rules_only": "yes"} if rules_only else {}),
        progress=telling.mark,
        notice=telling.notice,
    )
    manifest = run_(telling.incoming(given), folder, plan)
    telling.progress.clear()
    click.echo(
        f"strife: {summary(folder, manifest)}; {telling.new:,} of {telling.shards:,} shards were read now", err=True
    )
    click.get_current_context().exit(1 if manifest.failures else 0)


class _Telling:
    """What goes to the terminal during a run."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        from strife.views.progress import Progress

        self.paths = paths
        self.progress = Progress(sys.stderr if sys.stderr.isatty() else None)
        self.shards = self.new = 0

    def incoming(self, given: dict[str, Any]) -> Any:
        """The documents in the inputs."""
        from strife.views.case_cli import _incoming

        return _incoming(self.paths, given, self)  # type: ignore[arg-type]  # it asks for notices only

    def notice(self, text: object) -> None:
        """Something the user should know."""
        from strife.views.cli import say

        self.progress.clear()
        say(str(text))

    def mark(self, mark: Mark, new: bool) -> None:
        """A shard that is done."""
        self.shards += 1
        self.new += new
        self.progress.take(0)
        for _ in range(mark.documents if new else 0):
            self.progress.step()


def summary(folder: Path, manifest: Manifest) -> str:
    """A dataset in a line."""
    parts = [
        f"{manifest.documents:,} documents in {len(manifest.partitions):,} months",
        f"{manifest.claims:,} claims",
        "not merged" if manifest.incidents is None else f"{manifest.incidents:,} incidents",
    ]
    if manifest.failures:
        parts.append(f"{len(manifest.failures):,} not read (named in manifest.json)")
    if not manifest.done:
        parts.append("not done: run the same strife run again")
    return f"{folder}: {', '.join(parts)}"


@click.command("open")
@FOLDER
@click.option("--json", "as_json", is_flag=True, help="Print the manifest.")
@click.option("--check", "thorough", is_flag=True, help="Read all files and compare their hashes.")
def open_(folder: Path, as_json: bool, thorough: bool) -> None:
    """Say what a dataset holds, and whether all its files are there. Then name it in place of a case, to read and not to write.

    find, show, incidents, timeline, control, actors, info, compare, outlook and export take it as a case. Exit status 1 where it
    is not done, or a file is not as the run left it.
    """
    from strife.records import to_json
    from strife.scale.manifest import read_manifest
    from strife.scale.sound import troubles
    from strife.views.cli import say

    manifest = read_manifest(folder)
    found = list(troubles(folder, thorough=thorough))
    for trouble in found:
        say(trouble)
    if as_json:
        click.echo(to_json(manifest))
    else:
        click.echo(summary(folder, manifest))
        for one in manifest.partitions:
            click.echo(
                f"{one.month:>8}  {one.documents:>9,} documents  {one.claims:>11,} claims  {one.shards:>6,} shards"
            )
    click.get_current_context().exit(1 if found or not manifest.done else 0)


@click.command()
@FOLDER
@click.argument("case", metavar="CASE", type=PATH)
@filtered
def pack(folder: Path, case: Path, **given: Any) -> None:
    """Make a case file of the documents of a dataset that have a claim the filters let through; without filters, of all.

    Each document comes with all its claims. What is in CASE already is passed over, and decisions there stay.
    """
    from strife.scale.pack import pack_selection
    from strife.views.cli import say

    taken, total = pack_selection(folder, case, filters_of(given))
    say(f"{case}: {taken:,} of {total:,} documents of {folder}")
