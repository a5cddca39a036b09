"""The command `strife brief`: what a case or some documents say, as a document one can hand over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from strife.errors import BadInput, StrifeError

if TYPE_CHECKING:
    from strife.casefile import Case

MAGIC = b"SQLite format 3\x00"
FORMS = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md"}


def register(group: click.Group) -> None:
    """Put the command on the program."""
    group.add_command(brief)


@click.command()
@click.argument("paths", metavar="CASE|FILE...", nargs=-1, required=True)
@click.option("--about", metavar="PLACE|ACTOR", help="Only what concerns a place, a province, a country or an actor.")
@click.option("--since", metavar="DATE", help="Only what is of that day or later.")
@click.option("--title", help="Title of the brief.")
@click.option("--published", metavar="DATE", help="Day of publication, for documents that do not say it.")
@click.option("--source", help="Outlet, for documents that do not name it.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where to: a .html or .md file; default Markdown on stdout."
)
def brief(
    paths: tuple[str, ...],
    about: str | None,
    since: str | None,
    title: str | None,
    published: str | None,
    source: str | None,
    output: Path | None,
) -> None:
    """Write a brief: what happened, who holds what, who says otherwise, what is expected; every sentence with its passage.

    Of a case file, or of documents that are read for it.
    """
    form = _form(output)
    from strife.views.brief.compose import compose
    from strife.views.brief.material import Material
    from strife.views.freshness import bring_up_to_date
    from strife.views.output import open_output

    with _case(paths, published, source) as case:
        bring_up_to_date(case)
        made = compose(Material(case, about, since), title or _title(paths, about))
    if form == "html":
        from strife.views.brief.page import page as written
    else:
        from strife.views.brief.markdown import markdown as written
    with open_output(output) as out:
        out.write(written(made))


def _form(output: Path | None) -> str:
    if output is None:
        return "md"
    form = FORMS.get(output.suffix.lower())
    if form is None:
        raise click.UsageError(f"-o {output}: a brief is written as .html or .md")
    return form


def _title(paths: tuple[str, ...], about: str | None) -> str:
    name = about or (Path(paths[0]).stem if len(paths) == 1 and paths[0] != "-" else f"{len(paths)} documents")
    return f"Brief: {name}"


@contextmanager
def _case(paths: tuple[str, ...], published: str | None, source: str | None) -> Iterator[Case]:
    """The case, or one made for the while of the documents."""
    from strife.casefile import Case

    if len(paths) == 1 and _is_case(Path(paths[0])):
        with Case.open(paths[0]) as opened:
            yield opened
        return
    import tempfile

    with (
        tempfile.TemporaryDirectory(prefix="strife-") as folder,
        Case.open(Path(folder) / "brief.strife", create=True) as made,
    ):
        _read(made, paths, published, source)
        yield made


def _is_case(path: Path) -> bool:
    from strife.casefile.dataset import is_dataset

    if is_dataset(path):
        return True
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _read(case: Case, paths: tuple[str, ...], published: str | None, source: str | None) -> None:
    """Read the documents into a case; what cannot be read is told, and nothing at all is an error."""
    from strife.sources.item import Options
    from strife.sources.read import read_items
    from strife.views.cli import say

    documents = []
    for item in read_items(paths, Options(published=published, source=source, notice=say)):
        if isinstance(item, BadInput):
            say(str(item))
        else:
            documents.append(item.document)
    if not documents:
        raise StrifeError("nothing to write a brief of: no document could be read")
    added = case.add(documents)
    if added.failed:
        for failure in case.failures():
            say(f"{failure.input}: {failure.reason}")
