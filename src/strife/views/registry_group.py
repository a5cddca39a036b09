"""The commands of `strife registry`: who strife knows, and actors of one's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from strife.registry.lookup import Hit


@click.group("registry")
def registry_group() -> None:
    """Find actors and add your own."""


@registry_group.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--year", type=click.IntRange(1, 9999), help="Only actors of that time.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one line an actor.")
def find(name: tuple[str, ...], year: int | None, as_json: bool) -> None:
    """Say who goes by NAME: id, name, country, sectors and years. Exit status 1 where nobody does."""
    from strife.registry.lookup import find_actors
    from strife.registry.registry import load_registry

    hits = find_actors(load_registry(), " ".join(name), year=year)
    for hit in hits:
        click.echo(json.dumps(_record(hit), ensure_ascii=False) if as_json else _line(hit))
    if not hits:
        click.echo(f"strife: nobody is known as {' '.join(name)!r}; strife registry add FILE adds actors", err=True)
        click.get_current_context().exit(1)


def _record(hit: Hit) -> dict[str, object]:
    entry = hit.entry
    return {
        "record": "actor",
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "country": entry.country,
        "sectors": list(entry.sectors),
        "start": entry.start or None,
        "end": entry.end if entry.end != 9999 else None,
        "terms": [{"sector": one[0], "title": one[1], "start": one[2], "end": one[3]} for one in entry.terms if one[1]],
        "matched": hit.name,
        "match": hit.how,
    }


def _line(hit: Hit) -> str:
    entry = hit.entry
    years = f"{entry.start or ''}-{entry.end if entry.end != 9999 else ''}" if entry.start or entry.end != 9999 else ""
    offices = "; ".join(
        f"{title} {start}-{end if end != 9999 else ''}" for _, title, start, end in entry.terms if title
    )
    matched = "" if hit.how == "same" else f'known as "{hit.name}"'
    shown = (entry.id, entry.name, entry.kind, entry.country, " ".join(entry.sectors), years, offices, matched)
    return "  ".join(part for part in shown if part)


@registry_group.command()
@click.argument("file", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Change actors that were added before.")
def add(file: tuple[Path, ...], replace: bool) -> None:
    """Add the actors of FILE, to be found by all reading from then on.

    CSV with the columns name, aliases (a|b), country (SYR), sectors (REB), start, end, kind (organisation, person), id;
    or JSON lines with these fields. Only name is needed. A file is added whole or not at all.
    """
    from strife.registry.incoming import add_actors

    for path in file:
        done = add_actors(path, replace=replace)
        parts = [f"{done.new} new", f"{done.changed} changed", f"{done.same} known already"]
        click.echo(f"{path}: {', '.join(parts)}; {done.names} names")


@registry_group.command()
@click.argument("ids", metavar="ID...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Remove every actor that was added.")
def remove(ids: tuple[str, ...], everything: bool) -> None:
    """Remove actors that were added; those that strife ships stay."""
    from strife.registry.own import adding, own_file

    if bool(ids) == everything:
        raise click.UsageError("name the actors to remove, or give --all")
    with adding(own_file()) as store:
        count = store.clear() if everything else len(set(ids))
        store.drop(dict.fromkeys(ids))
    click.echo(f"{count} removed")


@registry_group.command()
def info() -> None:
    """Say how many actors are known, and where your own are kept."""
    from collections import Counter

    from strife.registry.own import own_actors, own_file
    from strife.registry.registry import shipped_registry

    shipped = shipped_registry()
    kinds = Counter(entry.kind for entry in shipped.entries.values())
    for kind, count in kinds.most_common():
        click.echo(f"{kind:14}{count:>7}")
    click.echo(f"{'names':14}{len(shipped.names):>7}")
    own = own_actors(own_file())
    where = f" in {own_file()}" if own else "; strife registry add FILE adds some"
    click.echo(f"{'your own':14}{len(own):>7}{where}")
