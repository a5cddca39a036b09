"""The reference of commands: every command, argument and option, from the program's own tree."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from strife.views.cli import cli
from tools.docs.markdown import code, plain, table

PROGRAM = "strife"
HEAD = """# Commands
Every command and option, as the program itself has them; `strife COMMAND --help` prints the same.

Exit status: 0 all was read; 1 some input could not be read, or something that was asked for is not there (standard error names it);
2 wrong usage; 130 stopped by Ctrl-C.

"""


def commands(group: click.Group = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """All commands by the words that call them, a group before its own, in the order of their names."""
    for name, command in sorted(group.commands.items()):
        if command.hidden:
            continue
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def page() -> str:
    """The page of all commands."""
    parts = [section((), cli), *(section(path, command) for path, command in commands())]
    return HEAD + "".join(parts)


def section(path: tuple[str, ...], command: click.Command) -> str:
    """A command: how it is called, what it does, its arguments and options."""
    context = click.Context(command, info_name=" ".join((PROGRAM, *path)), **cli.context_settings)
    usage = command.get_usage(context).removeprefix("Usage: ")
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    told = "\n\n".join(plain(paragraph) for paragraph in paragraphs)
    options = [one for one in command.get_params(context) if isinstance(one, click.Option) and not one.hidden]
    level = "##" if len(path) < 2 else "###"
    return f"{level} {' '.join((PROGRAM, *path))}\n\n```text\n{' '.join(usage.split())}\n```\n\n{told}\n\n" + table(
        ("option", "is"), ((names_of(one), meaning_of(one, context)) for one in options)
    )


def names_of(option: click.Option) -> str:
    """The names of an option, and what follows them."""
    names = sorted((*option.opts, *option.secondary_opts), key=lambda name: not name.startswith("--"))
    if option.is_flag or option.count:
        return ", ".join(code(name) for name in names)
    follows = option.metavar or "\\|".join(choices_of(option)) or (option.name or "").upper()
    return ", ".join(code(name) for name in names) + " " + follows.replace("[", "\\[")


def choices_of(option: click.Parameter) -> list[str]:
    """The words between which an option lets choose."""
    return [str(one) for one in option.type.choices] if isinstance(option.type, click.Choice) else []


def meaning_of(option: click.Option, context: click.Context) -> str:
    """What an option does, with what must be known of its value."""
    parts = [plain(option.help or "")]
    if option.metavar and choices_of(option):
        parts.append("One of " + ", ".join(code(word) for word in choices_of(option)) + ".")
    if option.required:
        parts.append("Must be given.")
    if option.multiple:
        parts.append("May be repeated.")
    default = option.get_default(context)
    if isinstance(default, str | int | float) and not isinstance(default, bool) and "default" not in parts[0].lower():
        parts.append(f"Default: {code(str(default))}.")
    return " ".join(part for part in parts if part)
