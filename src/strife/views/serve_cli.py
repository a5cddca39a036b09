"""The command that shows a case in the browser: serve."""

from __future__ import annotations

from pathlib import Path

import click

HERE = frozenset({"127.0.0.1", "localhost", "::1"})
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 -- named to warn of them


def register(group: click.Group) -> None:
    """Put the command on the program."""
    group.add_command(serve)


@click.command()
@click.argument("case", metavar="[CASE]", required=False, type=click.Path(path_type=Path))
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0: any.")
@click.option("--by", metavar="NAME", help="Name under which decisions are written; default: yours on this machine.")
def serve(case: Path | None, host: str, port: int, by: str | None) -> None:
    """Show CASE in the browser; without one, read texts that are pasted or dropped there.

    Listens on this machine only. There are no accounts: whoever reaches the address can see the case and decide on its claims.
    """
    from strife.views.cli import say
    from strife.views.web.app import application
    from strife.views.web.server import run

    if host not in HERE:
        say(f"warning: others can reach {host}: whoever does can see this case and decide on its claims")
    hosts = ("*",) if host in EVERYWHERE else (host,)
    run(application(case, hosts=hosts, by=by), host, port, lambda address: click.echo(f"strife: {address}", err=True))
