"""The gazetteer: how long it takes to build, how large it is, and how fast names are looked up.

  python benchmarks/gazetteer.py [PACK...] [--names 20000] [--rounds 3]
Builds in a folder of its own, the base first, then with the packs; look-ups are of names in the file, of names with other
accents and hyphens, of transliterations that only sound alike, and of words that are no place.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def main() -> None:
    """Build, look up, print a small table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packs", nargs="*", type=Path)
    parser.add_argument("--names", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["STRIFE_HOME"] = home
        measure(args.packs, args.names, args.rounds)


def measure(packs: Sequence[Path], number: int, rounds: int) -> None:
    """Print the figures of the base and of the base with packs."""
    from strife.gazetteer import Gazetteer, build

    print(f"base           built in {seconds(build.ensure):5.1f} s, {size(build.gazetteer_file())}")
    if packs:
        print(
            f"with {len(packs)} packs   built in {seconds(lambda: build.add(packs)):5.1f} s, {size(build.gazetteer_file())}"
        )
    for label, names in samples(build.gazetteer_file(), number).items():
        rates = []
        for _ in range(rounds):
            with Gazetteer(build.gazetteer_file()) as gazetteer:  # a new one: nothing cached
                rates.append(len(names) / seconds(lambda: [gazetteer.candidates(name) for name in names]))  # noqa: B023
        print(f"{label:14} {statistics.median(rates):8,.0f} look-ups/s")
    print(f"peak memory    {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


def samples(path: Path, number: int) -> dict[str, list[str]]:
    """Names to look up, by how they meet those of the file."""
    import sqlite3

    with sqlite3.connect(path) as store:
        rows = store.execute("SELECT name FROM place ORDER BY number").fetchall()
        spelt = store.execute("SELECT DISTINCT name FROM sound").fetchall()
    chance = random.Random(1)
    plain = [name for (name,) in chance.sample(rows, min(number, len(rows)))]
    alike = [name for (name,) in chance.sample(spelt, min(number, len(spelt)))]
    return {
        "as listed": plain,
        "hyphenated": [name.upper().replace(" ", "-") for name in plain],
        "by sound": [name.replace("e", "i").replace("u", "ou") for name in alike],
        "no place": ["".join(chance.choices("bcdfghjklmnpqrstvwxz", k=9)) for _ in plain],
    }


def size(path: Path) -> str:
    """The size of a file in words."""
    return f"{path.stat().st_size / 1e6:.1f} MB"


def seconds(job: Callable[[], object]) -> float:
    """How long a job takes."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
