"""The case file under load: memory and adding again, a million claims, and runs that are killed.

  python benchmarks/casefile.py add TEXTS.jsonl [--workers 2] [--rules-only]   memory at 200 and at all documents, adding again
  python benchmarks/casefile.py million [--claims 1000000] [--keep FILE]        opening, finding, counting, full text: medians
  python benchmarks/casefile.py kill [--times 60] [--parse]                    SIGKILL at random moments while adding
Without a command: a million with 20,000 claims and three kills, to see that they run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from killing import COMMAND, killing

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
TOWNS = 2000
DAYS = 4000


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["add", "million", "kill"])
    parser.add_argument("texts", nargs="?", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rules-only", action="store_true")
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--parse", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if args.what == "add":
            adding(args.texts, Path(folder), args.workers, ["--rules-only"] if args.rules_only else [])
        elif args.what == "kill":
            killing(Path(folder), args.times, args.seed, parse=args.parse)
        elif args.what == "million":
            million(args.keep or Path(folder, "million.strife"), args.claims)
        else:
            million(Path(folder, "million.strife"), 20_000)
            killing(Path(folder), 3, args.seed, parse=False)


# Adding: memory, and adding again.


def adding(texts: Path, folder: Path, workers: int, options: list[str]) -> None:
    """Peak memory of all processes while adding the first 200 documents and all; then the whole once more."""
    lines = texts.read_text(encoding="utf-8").splitlines(keepends=True)
    part = folder / "part.jsonl"
    part.write_text("".join(lines[:200]), encoding="utf-8")
    peaks = []
    for name, source in (("200", part), ("all", texts)):
        case = folder / f"{name}.strife"
        start = time.monotonic()
        peak = watched([*COMMAND, "add", str(case), str(source), "--workers", str(workers), *options])
        peaks.append(peak)
        print(f"{name:>4} documents: {time.monotonic() - start:7.1f} s, peak {peak / 1e6:,.0f} MB in all processes")
    print(f"peak at all / at 200: {peaks[1] / peaks[0]:.3f}")
    start = time.monotonic()
    again = subprocess.run(
        [*COMMAND, "add", str(folder / "all.strife"), str(texts), *options], capture_output=True, text=True, check=False
    )
    print(f"adding again: {time.monotonic() - start:.2f} s, {again.stderr.strip().splitlines()[-1]}")
    checked = subprocess.run(
        [*COMMAND, "check", str(folder / "all.strife")], capture_output=True, text=True, check=False
    )
    print(f"check: exit {checked.returncode}, {checked.stderr.strip()}")
    with sqlite3.connect(folder / "all.strife") as plain:
        (documents,) = plain.execute("SELECT count(*) FROM documents").fetchone()
        (copies,) = plain.execute("SELECT count(*) FROM documents WHERE story <> number").fetchone()
        (failures,) = plain.execute("SELECT count(*) FROM failures").fetchone()
    print(f"{len(lines)} lines, {documents} documents, {failures} failures, {copies} near copies")


def watched(command: list[str]) -> int:
    """Run a command; the peak of the memory that it and its children hold, shared pages once (PSS), in bytes."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    peak, ended = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not ended.wait(0.3):
            peak = max(peak, sum(map(memory, family(process.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, errors = process.communicate()
    ended.set()
    watcher.join()
    print(errors.strip().splitlines()[-1] if errors.strip() else "", file=sys.stderr)
    return peak


def family(pid: int) -> list[int]:
    """A process and its descendants."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [one for child in task.read_text().split() for one in family(int(child))]
        except OSError:
            continue
    return found


def memory(pid: int) -> int:
    """Proportional set size in bytes; 0 for a process that has ended."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)


# A million claims, made from real readings of the texts in examples/.


def million(path: Path, number: int) -> None:
    """Make a case of that many claims, if it is not there, and take the medians of typical questions."""
    from strife.casefile import Case

    if not path.exists():
        start = time.monotonic()
        generate(path, number)
        print(f"made {number:,} claims in {time.monotonic() - start:.0f} s, {path.stat().st_size / 1e6:,.0f} MB")
    opening = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        case = Case.open(path)
        case.claims(limit=1)
        opening.append(time.perf_counter() - start)
        case.close()
    print(f"{'open and first claim':46} {statistics.median(opening) * 1000:8.1f} ms")
    with Case.open(path) as case:
        finds: dict[str, Callable[[], object]] = {
            "find country, status, month (100)": lambda: case.claims(
                country="SY", status="reported", since="2014-03-01", until="2014-03-31", limit=100
            ),
            "find code, country (100)": lambda: case.claims(code="COERCE", country="LY", limit=100),
            "find actor, recipient (100)": lambda: case.claims(actor="Actor 7", recipient="Actor 9", limit=100),
            "find place, type (100)": lambda: case.claims(place="Town 77", type="control", limit=100),
            "find within 25 km, dates (100)": lambda: case.claims(near=(35.0, 38.0, 25), since="2015-01-01", limit=100),
            "find source, voice, status (100)": lambda: case.claims(
                source="Outlet 3", voice="Actor 5", status="claimed", limit=100
            ),
            "find by date, country, year (100)": lambda: case.claims(
                country="IQ", since="2016-01-01", until="2016-12-31", order="date", limit=100
            ),
            "count of country, status": lambda: case.count(country="SY", status="reported"),
            "facet country": lambda: case.count_by("country"),
            "facet code": lambda: case.count_by("code"),
            "facet status": lambda: case.count_by("status"),
            "facet month": lambda: case.count_by("month"),
            "facet source": lambda: case.count_by("source"),
            "facet actor": lambda: case.count_by("actor", limit=50),
            "facet code in one country": lambda: case.count_by("code", country="SY"),
            "facet place of one actor": lambda: case.count_by("place", actor="Actor 7", limit=50),
            "full text, two words (100)": lambda: case.claims(text="town residents", limit=100),
            "full text, a phrase (100)": lambda: case.claims(text='"the town of"', limit=100),
            "full text and filters (100)": lambda: case.claims(text="kill*", country="SY", status="claimed", limit=100),
        }
        for name, ask in finds.items():
            taken = []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                ask()
                taken.append(time.perf_counter() - start)
            print(f"{name:46} {statistics.median(taken) * 1000:8.1f} ms")


def generate(path: Path, number: int) -> None:
    """Write copies of real readings with other ids, places, days, parties and outlets; each document with its own text."""
    from strife.casefile import Case, copies
    from strife.casefile.incoming import Incoming
    from strife.casefile.write import write_reading

    # All texts are of a few, which would make one story of thousands of documents; and the index is made at the end.
    mark = copies.signature("")
    copies.signature = lambda _text: mark
    copies.link = lambda store, document, _text, mark: store.run(
        "INSERT INTO signatures VALUES (?, ?)", (document, mark)
    )

    chance = random.Random(7)
    towns = [
        (f"Town {n}", chance.choice(("SY", "SY", "IQ", "LY", "YE")), chance.gauss(35, 2), chance.gauss(38, 3))
        for n in range(TOWNS)
    ]
    with Case.open(path, create=True) as case:
        case.store.run("PRAGMA synchronous = OFF")
        run = case.store.run("INSERT INTO runs (started, ended, reader) VALUES ('2026', '2026', 'generated')")
        indexes = case.store.rows(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('resolved', 'parties') AND sql NOT NULL"
        )
        for name, _ in indexes:
            case.store.run(f"DROP INDEX {name}")
        made = serial = 0
        templates = readings()
        while made < number:
            with case.store.transaction():
                for _ in range(200):
                    reading = varied(chance.choice(templates), serial, towns, chance)
                    document = reading.document
                    write_reading(case.store, run, reading, Incoming(document, "generated", document.id), "generated")
                    made, serial = made + len(reading.claims), serial + 1
        for _, statement in indexes:
            case.store.run(statement)
        case.store.run("ANALYZE")
        case.store.run("PRAGMA wal_checkpoint(TRUNCATE)")


def readings() -> list:  # type: ignore[type-arg]
    """Real readings, of the texts in examples/, by the rules alone."""
    from strife.reading import read_all
    from strife.records import Document
    from strife.sources import read_sources

    texts = [one for one in read_sources([ROOT / "examples"]) if isinstance(one, Document)]
    return [one for one in read_all(texts, rules_only=True) if one.claims]


def varied(reading, serial: int, towns: list[tuple[str, str, float, float]], chance: random.Random):  # type: ignore[no-untyped-def]
    """The reading with other ids, places, days and parties. The text stays, so that all quotes still hold."""
    import msgspec

    from strife.records import Claim, Document, Reading

    name = f"doc-{serial}"
    days = [time.strftime("%Y-%m-%d", time.gmtime(1.3e9 + 86400 * chance.randrange(DAYS))) for _ in range(2)]
    document: Document = msgspec.structs.replace(
        reading.document, id=name, published=days[0], source=f"Outlet {chance.randrange(40)}", title=f"Report {serial}"
    )
    claims = []
    for position, claim in enumerate(reading.claims):
        record = json.loads(msgspec.json.encode(claim))
        record["id"] = hashlib.sha256(f"{serial} {position}".encode()).hexdigest()[:16]
        record["document"] = name
        if record.get("about"):
            record["about"] = None
        rename(record, chance)
        if record["where"] is not None:
            town, country, lat, lon = chance.choice(towns)
            record["where"] |= {
                "name": town,
                "id": f"made:{town}",
                "country": country,
                "lat": lat,
                "lon": lon,
                "precision": "settlement",
            }
        if record["when"] is not None or chance.random() < 0.5:
            day = days[1]
            record["when"] = {"start": day, "end": day, "precision": "day", "quote": None, "basis": "explicit"}
        claims.append(msgspec.convert(record, Claim))
    return Reading(document=document, claims=tuple(claims))


def rename(record: object, chance: random.Random) -> None:
    """Give every party the name of one of 3,000 actors, some far commoner than others."""
    if isinstance(record, dict):
        if "sectors" in record:
            record["name"], record["id"] = f"Actor {int(chance.paretovariate(0.6)) % 3000}", None
        for value in record.values():
            rename(value, chance)
    elif isinstance(record, list):
        for value in record:
            rename(value, chance)


if __name__ == "__main__":
    main()
