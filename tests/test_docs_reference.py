"""The generated reference is complete: set beside the program, the types and the codebook, nothing is missing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import click
import msgspec
import pytest

from strife import records
from strife.codebook.reference import load_reference
from strife.exchange.writers.fields import FIELDS
from strife.records import Event, Incident, PloverType
from strife.sources.files import KINDS
from strife.views.cli import cli
from strife.views.exchange_cli import DATASETS, FORMATS
from tools.docs import codes, commands, formats
from tools.docs import records as fields
from tools.docs.markdown import plain
from tools.docs.nav import navigation
from tools.docs.outside import requests_in
from tools.docs.reference import pages


def sections(text: str) -> dict[str, str]:
    """What stands under each heading of a page."""
    parts = re.split(r"^#{1,3} (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def tree(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for word, inner in command.commands.items():
            yield from tree(inner, f"{name} {word}")


COMMANDS = dict(tree(cli, "strife"))


def test_every_command_and_option() -> None:
    told = sections(commands.page())
    assert set(COMMANDS) == set(told) - {"Commands"}
    for name, command in COMMANDS.items():
        for param in command.params:
            if isinstance(param, click.Option):
                for word in (*param.opts, *param.secondary_opts):
                    assert f"`{word}`" in told[name], (name, word)
                assert plain(param.help or "") in told[name], (name, param.name)
                assert param.help, f"strife {name}: {param.opts[0]} has no help"
            else:
                assert param.make_metavar(click.Context(command)).split("...")[0] in told[name], (name, param.name)


def test_a_command_that_comes_is_in_the_reference() -> None:
    @click.command()
    @click.option("--deep", is_flag=True, help="Dig | dig <deep>.")
    def dig(deep: bool) -> None:
        """Look for `roots`, *all* of them."""

    group = click.Group("more", {"dig": dig})
    found = dict(commands.commands(click.Group("all", {"more": group})))
    assert list(found) == [("more",), ("more", "dig")]
    text = commands.section(("more", "dig"), dig)
    assert "### strife more dig" in text
    assert "| `--deep` | Dig \\| dig &lt;deep&gt;. |" in text
    assert "Look for `roots`, \\*all\\* of them." in text


RECORDS = [
    one
    for one in vars(records).values()
    if isinstance(one, type) and issubclass(one, msgspec.Struct) and one.__module__ == "strife.records"
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_of_every_record(record: type[msgspec.Struct]) -> None:
    told = sections(fields.page())[record.__name__]
    rows = dict(re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", told, flags=re.MULTILINE))
    assert set(record.__struct_fields__) <= set(rows)
    silent = [name for name, meaning in rows.items() if not meaning]
    assert not silent, f"say what {record.__name__}.{', '.join(silent)} is in tools/docs/fields.toml"


def test_records_of_the_contract() -> None:
    told = sections(fields.page())
    contract = {name for name in ("Holding", "Incident", "DocumentLine") if name in told}
    assert contract == {"Holding", "Incident", "DocumentLine"}
    assert "`event`" in told["Event"]
    for value in get_args(PloverType):
        assert f"`{value}`" in told["Code"]
    assert "[Place](#place) or null" in told["Event"]
    assert "list of [Party](#party)" in told["Event"]


def test_lines_of_other_rooms_are_found() -> None:
    names = {one.__name__ for one in fields.further()}
    text = "\n".join(
        path.read_text("utf-8") for path in Path(str(files("strife"))).rglob("*.py") if path.name != "records.py"
    )
    says = re.findall(
        r"^class (\w+)\(Struct[^\n]*\n(?:(?!^class ).)*?^    record: Literal", text, re.MULTILINE | re.DOTALL
    )
    assert says
    assert set(says) <= names


def test_meanings_name_fields_that_are_there() -> None:
    said = tomllib.loads(fields.MEANINGS.read_text("utf-8"))
    known: dict[str, set[str]] = {one.__name__: {name for name, _ in fields.fields_of(one)} for one in RECORDS}
    known["ClaimBase"] |= {"type"}
    known["Control"] |= {"where"}
    for name, meanings in said.items():
        assert name not in known or set(meanings) <= known[name], name


def test_types_in_words() -> None:
    assert fields.in_words(tuple[str, ...]) == "list of text"
    assert fields.in_words(dict[str, int]) == "text to whole number"
    assert fields.in_words(Event | None) == "[Event](#event) or null"
    assert fields.in_words(list[Incident]) == "list of [Incident](#incident)"


def test_every_code() -> None:
    reference = load_reference()
    plover, cameo, acled = sections(codes.plover_page()), codes.cameo_page(), codes.acled_page()
    assert set(get_args(PloverType)) == set(reference.types) <= set(plover)
    for name, kind in reference.types.items():
        assert plain(kind.covers) in plover[name]
        for mode in kind.mode:
            assert f"| `{mode.name}` | {plain(mode.meaning)} | `{mode.cameo}` |" in plover[name], (name, mode.name)
    for context, meaning in reference.contexts.items():
        assert f"| `{context}` | {plain(meaning)} |" in plover["Contexts"]
    for code, entry in reference.cameo.items():
        assert f"| `{code}` | {plain(entry.meaning)} |" in cameo
    for name, sub_event in reference.acled.items():
        assert f"| {plain(name)} | {plain(sub_event.meaning)} |" in acled
    assert len(re.findall(r"^\| `\d+` ", cameo, re.MULTILINE)) == len(reference.cameo)
    assert len(re.findall(r"^\| [A-Z]", acled, re.MULTILINE)) == len(reference.acled) == 25


def test_every_word_of_the_output() -> None:
    reference = load_reference()
    told = sections(fields.words_page())
    for term in reference.terms:
        assert f"| `{term.word}` | {plain(term.meaning)} |" in told[term.field]
    assert all(f"| `{sector}` |" in told["Sectors"] for sector in reference.sectors)
    for name in ("Status", "Stance", "Likelihood"):
        values: Any = getattr(records, name)
        assert all(f"| `{value}` |" in told[name.lower()] for value in get_args(values))


def test_every_event_frame() -> None:
    folder = files("strife.codebook") / "data" / "frames"
    told = codes.frame_pages()
    for file in folder.iterdir():
        table = tomllib.loads(file.read_text("utf-8"))
        found = sections(told[table["type"]])
        for frame in table["frame"]:
            assert plain(frame["what"]) in found[frame["id"]]
            for word in (*frame.get("verbs", ()), *frame.get("nouns", ())):
                assert plain(word) in found[frame["id"]]


def test_every_format_and_filter() -> None:
    told = sections(formats.page())
    assert all(f"| `{suffix}` |" in told["Inputs"] for suffix in KINDS)
    assert all(f"| `{name}` |" in told["Export"] for name in FORMATS)
    assert set(DATASETS) <= set(told)
    assert all(f"| `{field.name}` |" in told["Columns of csv, parquet and geojson"] for field in FIELDS)
    find = {param.name: param for param in cli.commands["find"].params}
    for name in ("type", "code", "box", "near", "since", "text", "dataset"):
        assert f"`{find[name].opts[0]}`" in told["Filters"]


def test_pages_have_one_title_each() -> None:
    for address, text in pages().items():
        assert text.startswith("# "), address
        assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1, address


def test_navigation_takes_pages_that_nobody_foresaw() -> None:
    uris = [
        "index.md",
        "tutorial.md",
        "zebra.md",
        "casefile.md",
        "guides/b.md",
        "guides/a.md",
        "evaluation.md",
        "new/one.md",
    ]
    uris += ["reference/commands.md", "reference/frames/aid.md", "repository/card.md", "limits.md"]
    assert navigation(uris) == [
        "index.md",
        "tutorial.md",
        {"How to": ["guides/a.md", "guides/b.md"]},
        {"In depth": ["casefile.md", "zebra.md"]},
        {"Reference": ["reference/commands.md", {"Event frames": ["reference/frames/aid.md"]}]},
        {"New": ["new/one.md"]},
        "evaluation.md",
        "limits.md",
        {"More": ["repository/card.md"]},
    ]


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<img src="//img.example/x.png">',
        '<link rel="stylesheet" href="https://fonts.example/css">',
        '<link rel="preconnect" href="https://fonts.example">',
        "<style>@import 'https://fonts.example/a.css';</style>",
        '<p style="background: url(https://img.example/x.png)">x</p>',
        '<pre class="mermaid">graph</pre>',
        '<a href="https://git.example" data-md-component="source">x</a>',
    ],
)
def test_outside_requests_are_found(page: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page)
    assert requests_in(tmp_path)


def test_links_are_no_requests(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        '<a href="https://there.example">there</a><link rel="canonical" href="https://us.example/"><img src="a/b.png">'
        '<code>src="https://x.example"</code><style>p { background: url("data:image/svg+xml;utf8,x") }</style>'
    )
    (tmp_path / "page.css").write_text("p { background: url(../x.png) }")
    assert not requests_in(tmp_path)
