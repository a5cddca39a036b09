"""The options --reader, --model and --timeout, what is said before text leaves the process, and what it cost afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from strife.errors import StrifeError

if TYPE_CHECKING:
    from strife.readers.reader import Reader

Command = TypeVar("Command", bound=Callable[..., Any])


def reader_options(command: Command) -> Command:
    """Put the options on a command, which gets `reader`, `model` and `timeout`."""
    command = click.option(
        "--timeout",
        metavar="SECONDS",
        type=click.FloatRange(0, 86_400, min_open=True),
        help="Wait so long for an answer of that reader; default 120.",
    )(command)
    command = click.option("--model", metavar="NAME", help="The model's name, as that server knows it.")(command)
    return click.option(
        "--reader",
        metavar="openai:URL",
        help="Read with a language model behind an OpenAI-compatible endpoint: the text leaves this process.",
    )(command)


def reader_of(reader: str | None, model: str | None, timeout: float | None, *, rules_only: bool) -> Reader | None:
    """The reader that the options ask for, None for our own; wrong usage where they do not fit together."""
    if reader is None:
        if model is not None or timeout is not None:
            raise click.UsageError("--model and --timeout belong to --reader")
        return None
    if model is None:
        raise click.UsageError("--reader needs --model NAME, as that server knows it")
    if rules_only:
        raise click.UsageError("--rules-only and --reader exclude each other")
    from strife.readers.endpoint import TIMEOUT, endpoint_of
    from strife.readers.reader import Reader

    try:
        return Reader(endpoint_of(reader, model, timeout=TIMEOUT if timeout is None else timeout))
    except StrifeError as error:
        raise click.BadParameter(str(error), param_hint="--reader") from error


@contextmanager
def told_of(reader: Reader | None, say: Callable[[str], None]) -> Iterator[None]:
    """Say where text goes before any goes there, and what it cost and what was dropped, also where the run breaks off."""
    if reader is None:
        yield
        return
    say(reader.endpoint.notice)
    try:
        yield
    finally:
        say(f"{reader.endpoint.model} at {reader.endpoint.host}: {reader.tally.in_words()}")
