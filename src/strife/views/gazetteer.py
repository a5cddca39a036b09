"""The commands `strife gazetteer`: build it, add packs, say what it holds, look a name up."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from strife.gazetteer import Gazetteer, PlaceEntry
    from strife.gazetteer.summary import Summary

MATCHES = ("its name", "another name", "but for the article", "by its consonants")
COUNTRIES = 12  # named by `info`, the others counted
Say = Callable[[str], None]
Step = Callable[[float], None]


def _say(text: str) -> None:
    from strife.views.cli import say

    say(text)


@contextmanager
def building(title: str = "building the gazetteer") -> Iterator[tuple[Say | None, Step | None]]:
    """What a build tells of itself: a progress bar on a terminal, else a line on standard error."""
    if not sys.stderr.isatty():
        yield _say, None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn()
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(title, total=1.0, visible=False)

    def step(done: float) -> None:
        bar.start()  # a second start does nothing; without a build there is no bar
        bar.update(task, completed=done, visible=True)

    try:
        yield None, step
    finally:
        bar.stop()


def open_gazetteer() -> Gazetteer:
    """The user's gazetteer; where it is built first, that is shown."""
    from strife.gazetteer import Gazetteer

    with building() as (say, step):
        return Gazetteer.open(say, step)


@click.group(name="gazetteer")
def group() -> None:
    """The list of places: build it, add packs of villages to it, look a name up."""


@group.command()
@click.option("--force", is_flag=True, help="Build it even if a sound one is there.")
def build(force: bool) -> None:
    """Build the gazetteer, if it is not there or damaged; reading does so by itself."""
    from strife.gazetteer.build import ensure, gazetteer_file, rebuild, sound

    path = gazetteer_file()
    there = path.is_file()
    whole = there and sound(path)
    if there and not whole:
        _say(f"{path} is damaged; it is built anew")
    with building() as (say, step):
        path = ensure(say, step) if not force and (whole or not there) else rebuild(say, step)
    click.echo(f"{path} ({_megabytes(path.stat().st_size)}{', was there' if whole and not force else ''})")


@group.command()
@click.argument("packs", metavar="PACK...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--country", metavar="CODE", default="", help="Country (ISO 3166-1 alpha-2) of rows that name none.")
@click.option("--name", help="What to call the pack; default: its file's name. A pack of the same name is replaced.")
@click.option("--licence", metavar="TEXT", help="Source and licence of the pack, for `info`.")
def add(packs: tuple[Path, ...], country: str, name: str | None, licence: str | None) -> None:
    """Add places from files: GeoNames country dumps, Who's On First extracts, tables with name, lat and lon.

    A file is .txt, .tsv, .csv, .gz or .zip; its name tells its country (SY.tsv.gz) unless a column or --country does.
    """
    from strife.gazetteer.build import add as add_packs

    if name is not None and len(packs) > 1:
        raise click.UsageError("--name is for one pack; add them one by one")
    with building(f"adding {', '.join(path.name for path in packs)}") as (say, step):
        added = add_packs(packs, name=name, country=country, licence=licence, progress=say, step=step)
    told = {one.pack.name: one for one in _summary().packs}
    for pack in added:
        one = told[pack.name]
        click.echo(
            f"{pack.name}: {one.rows:,} places, {one.new:,} new, {one.merged:,} merged with places that were there"
        )


@group.command()
@click.argument("pack")
def remove(pack: str) -> None:
    """Take a pack away again; PACK is its name as `info` shows it."""
    from strife.gazetteer.build import remove as remove_pack

    with building() as (say, step):
        remove_pack(pack, progress=say, step=step)
    click.echo(f"{pack}: removed")


@group.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def info(as_json: bool) -> None:
    """Say what the gazetteer holds: places by kind and country, packs, versions, sources and licences."""
    from strife.gazetteer.summary import SOURCES

    found = _summary()
    if as_json:
        click.echo(json.dumps(_info_json(found), ensure_ascii=False))
        return
    places = sum(found.kinds.values())
    click.echo(f"{found.path}\n{_megabytes(found.size)}, {places:,} places, {found.names:,} names\n")
    click.echo("kinds      " + ", ".join(f"{kind} {number:,}" for kind, number in found.kinds.items()))
    most = [f"{code or 'none'} {number:,}" for code, number in list(found.countries.items())[:COUNTRIES]]
    click.echo(f"countries  {len(found.countries)}: {', '.join(most)} …")
    click.echo("versions   " + ", ".join(f"{package} {version}" for package, version in found.versions.items()) + "\n")
    for name, what in SOURCES:
        click.echo(f"{name:14} {what}")
    for one in found.packs:
        pack = one.pack
        click.echo(
            f"{'pack ' + pack.name:14} {one.rows:,} places ({one.new:,} new), {pack.origin}, added {pack.added}; {pack.licence}"
        )


@group.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--country", metavar="CODE", help="Only places of this country (ISO 3166-1 alpha-2).")
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=1), default=20, show_default=True, help="At most N places."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one line a place.")
def find(name: tuple[str, ...], country: str | None, limit: int, as_json: bool) -> None:
    """Look a name up: every place that may be meant by it, best match first."""
    from strife.errors import Unknown

    words = " ".join(name)
    gazetteer = open_gazetteer()
    found = list(_candidates(gazetteer, words))
    if country:
        found = [(entry, how) for entry, how in found if entry.country == country.upper()]
    if not found:
        raise Unknown(
            f"no place is called {words!r}{' in ' + country.upper() if country else ''}; see strife gazetteer add"
        )
    if as_json:
        for entry, how in found[:limit]:
            click.echo(json.dumps(_entry_json(entry, how), ensure_ascii=False))
        return
    click.echo(_table(found[:limit]), nl=False)
    if len(found) > limit:
        click.echo(f"and {len(found) - limit} more; --limit {len(found)} shows all")


def _candidates(gazetteer: Gazetteer, words: str) -> Iterator[tuple[PlaceEntry, str]]:
    """Places of a name with how it met theirs."""
    people = gazetteer.people(words)
    if people is not None:
        yield people, "its people"
    short = gazetteer.abbreviation(words)
    if short is not None:
        yield short, "abbreviation"
    for entry in gazetteer.candidates(words):
        if entry not in (people, short):
            yield entry, MATCHES[entry.match]


def _summary() -> Summary:
    from strife.gazetteer.shelf import read_index
    from strife.gazetteer.summary import summary

    gazetteer = open_gazetteer()
    gazetteer.close()
    return summary(gazetteer.path, read_index().packs)


def _table(found: list[tuple[PlaceEntry, str]]) -> str:
    """The candidates in columns, as wide as they need."""
    heads = ("name", "kind", "country", "admin1", "population", "lat", "lon", "id", "matched by")
    rows = [
        (
            entry.name + (" *" if entry.capital else ""),
            entry.kind,
            entry.country,
            entry.admin1,
            f"{entry.population:,}" if entry.population else "",
            f"{entry.lat:.4f}",
            f"{entry.lon:.4f}",
            entry.id,
            how,
        )
        for entry, how in found
    ]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    right = {4, 5, 6}
    return "".join(
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        + "\n"
        for row in (heads, *rows)
    )


def _entry_json(entry: PlaceEntry, how: str) -> dict[str, object]:
    return {
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "country": entry.country or None,
        "admin1": entry.admin1 or None,
        "lat": entry.lat,
        "lon": entry.lon,
        "population": entry.population or None,
        "capital": entry.capital,
        "matched": how,
    }


def _info_json(found: Summary) -> dict[str, object]:
    from strife.gazetteer.summary import SOURCES

    return {
        "file": str(found.path),
        "bytes": found.size,
        "names": found.names,
        "kinds": found.kinds,
        "countries": found.countries,
        "versions": found.versions,
        "sources": dict(SOURCES),
        "packs": [
            {
                "name": one.pack.name,
                "file": one.pack.origin,
                "sha256": one.pack.sha256,
                "country": one.pack.country or None,
                "format": one.pack.format,
                "licence": one.pack.licence,
                "added": one.pack.added,
                "rows": one.rows,
                "new": one.new,
                "merged": one.merged,
            }
            for one in found.packs
        ],
    }


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
