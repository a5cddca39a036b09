"""The reference of formats and filters: what is read, what is written, and by what a case is searched."""

from __future__ import annotations

import tomllib
from pathlib import Path

import click

from strife.exchange.layouts import LAYOUTS
from strife.exchange.writers.acled import COLUMNS as ACLED
from strife.exchange.writers.fields import FIELDS
from strife.exchange.writers.ucdp import COLUMNS as UCDP
from strife.sources.files import KINDS
from strife.views.exchange_cli import DATASETS, FORMATS
from strife.views.find_cli import NAMES, filtered
from tools.docs.commands import meaning_of, names_of
from tools.docs.markdown import code, codes, plain, table

TEXTS = Path(__file__).parent / "formats.toml"
HEAD = """# Formats and filters
What strife reads and writes, column by column, and the filters by which a case is searched. More on each: [exchange](../exchange.md),
[the case file](../casefile.md).

"""


def filters() -> list[click.Option]:
    """The filters of a case, as options of `strife find`."""
    holder = click.command("filters")(filtered(lambda **_: None))
    return [one for one in holder.params if isinstance(one, click.Option)]


def page() -> str:
    """The page of formats and filters."""
    said = tomllib.loads(TEXTS.read_text("utf-8"))
    context = click.Context(click.Command("find"))
    several = {f"--{name}" for name, _ in NAMES}
    suffixes = ((code(suffix), plain(said["input"].get(kind, kind))) for suffix, kind in KINDS.items())
    exports = ((code(one), plain(said["export"].get(one, ""))) for one in FORMATS)
    found = ((names_of(one), meaning_of(one, context)) for one in filters())
    return "".join(
        (
            HEAD,
            "## Inputs\nWhat `strife read` and `strife add` take, by the ending of a file's name. `-` is standard input.\n\n",
            table(("ending", "is"), suffixes),
            "## Outputs of reading\n\n",
            table(("format", "is"), ((code(name), plain(text)) for name, text in said["output"].items())),
            "## Export\n`strife export CASE FORMAT -o PATH`\n\n",
            table(("format", "is"), exports),
            "### Columns of csv, parquet and geojson\n\n",
            table(("column", "kind", "is"), ((code(one.name), one.kind, plain(one.meaning)) for one in FIELDS)),
            f"### Columns of acled\n{codes(ACLED)}\n\n### Columns of ucdp\n{codes(UCDP)}\n\n",
            "## Import\n`strife import CASE DATASET FILE`; the columns that must be there are those in bold.\n\n",
            *(_layout(name) for name in DATASETS),
            "## Filters\nOf `find`, `timeline`, `incidents`, `actors`. Filters of different kinds must all hold; of one kind "
            f"given several times ({codes(sorted(several))}), any.\n\n",
            table(("filter", "is"), found),
        )
    )


def _layout(name: str) -> str:
    layout = LAYOUTS[name]
    columns = ", ".join(
        f"**{code(one)}**" if one in layout.required and layout.header else code(one) for one in layout.columns
    )
    how = (
        ""
        if layout.header
        else f" Without a header, {' or '.join(map(str, layout.widths))} columns, tabs between them."
    )
    return f"### {name}\n{plain(layout.title)}.{how}\n\n{columns}\n\n"
