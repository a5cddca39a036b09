"""How long reading and writing event data takes: a UCDP file (given, or generated) and 100,000 generated incidents to each format.

  python benchmarks/exchange.py [UCDP.csv] [--rows 16566] [--incidents 100000] [--folder DIR] [--case]
With --case all goes through a case file and the commands, as users have it; else readers and writers alone are measured.
Prints wall and processor seconds, rows a second, the size of each file, and the peak of memory so far.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

import msgspec

from strife.casefile import Case
from strife.exchange.layouts import UCDP_COLUMNS
from strife.exchange.problems import Options, Problem
from strife.exchange.readers import read_ucdp
from strife.exchange.writers import (
    write_acled,
    write_annotation,
    write_brat,
    write_csv,
    write_geojson,
    write_parquet,
    write_plover,
    write_ucdp,
)
from strife.records import (
    Code,
    Date,
    Document,
    Event,
    Frame,
    Incident,
    IncidentFigure,
    Party,
    Place,
    Reading,
    SourceFigure,
    Span,
    Told,
)

ROWS = {
    "acled": write_acled,
    "csv": write_csv,
    "geojson": write_geojson,
    "parquet": write_parquet,
    "plover": write_plover,
    "ucdp": write_ucdp,
}
SENTENCE = "Gunmen of the Upper Valley Militia attacked the village of Tal Wadi on Sunday. "
BY_DOCUMENT = 20  # claims in one generated document
OWN_WORDS = 100  # words in a generated document of a case that no other has


def main() -> None:
    """Measure, and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ucdp", nargs="?", type=Path)
    parser.add_argument("--rows", type=int, default=16_566)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--case", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as name:
        folder = Path(name)
        print(f"{'':24}{'rows':>9}{'wall s':>9}{'cpu s':>8}{'rows/s':>9}{'MB':>8}{'peak MB':>9}")
        imported(args.ucdp or generated_file(folder / "GEDEvent_v25_1.csv", args.rows))
        if args.case:
            commands(folder, args.ucdp or folder / "GEDEvent_v25_1.csv", args.incidents)
            return
        for format_, write in ROWS.items():
            path = folder / f"out.{format_}"
            timed(f"export {format_}", path, lambda: write(path, incidents(args.incidents)).rows)  # noqa: B023
        for format_, write_claims in {"annotation": write_annotation, "brat": write_brat}.items():
            path = folder / f"out.{format_}"
            timed(f"export {format_}", path, lambda: write_claims(path, claims(args.incidents)).rows)  # noqa: B023


def imported(path: Path) -> None:
    """Read a UCDP file twice: the first time with the registry and the tables to load."""
    problems: list[Problem] = []
    options = Options(on_problem=problems.append)
    for what in ("import ucdp (cold)", "import ucdp (warm)"):
        timed(what, path, lambda: sum(1 for _ in read_ucdp(path, options)))
    if problems:
        print(f"{len(problems)} problems, the first: {problems[0]}")


def commands(folder: Path, ucdp: Path, count: int) -> None:
    """The same by `strife import` and `strife export` of a case, each in a process of its own."""
    theirs, ours, told = (folder / f"{name}.strife" for name in ("ucdp", "incidents", "claims"))
    command("strife import ucdp", theirs, "import", theirs, "ucdp", ucdp)
    with Case.open(ours, create=True) as case:
        case.put_incidents(incidents(count))
    for format_ in ROWS:
        command(
            f"strife export {format_}",
            folder / f"case.{format_}",
            "export",
            ours,
            format_,
            "-o",
            folder / f"case.{format_}",
        )
    with_claims(told, count)
    for format_ in ("annotation", "brat"):
        command(
            f"strife export {format_}",
            folder / f"case.{format_}",
            "export",
            told,
            format_,
            "-o",
            folder / f"case.{format_}",
        )


def command(what: str, path: Path, *arguments: object) -> None:
    """Run a command and print what it took; its processor seconds are those of all children so far, less those before."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = time.perf_counter()
    line = [sys.executable, "-c", "from strife.views.cli import main; main()", *map(str, arguments)]
    done = subprocess.run(line, check=True, capture_output=True, text=True)
    wall = time.perf_counter() - wall
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told = re.search(r"([\d,]+) [\w ]+ (?:imported|written)", done.stderr)
    rows = int(told[1].replace(",", "")) if told else 0
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    size = sum(one.stat().st_size for one in files) / 1e6
    print(f"{what:24}{rows:>9,}{wall:>9.2f}{cpu:>8.2f}{rows / wall:>9,.0f}{size:>8.1f}{after.ru_maxrss / 1024:>9.0f}")


def with_claims(path: Path, count: int) -> None:
    """A case of invented claims, twenty a document."""
    from strife.casefile.incoming import Incoming
    from strife.casefile.write import write_reading

    chance = random.Random(4)
    with Case.open(path, create=True) as case, case.store.transaction():
        run = case.store.run("INSERT INTO runs (started, ended, reader) VALUES ('2026', '2026', 'generated')")
        for _, group in groupby(claims(count), key=lambda pair: pair[0].id):
            pairs = list(group)
            words = " ".join(
                f"w{chance.randrange(10**6)}" for _ in range(OWN_WORDS)
            )  # else all were copies of one another
            document = msgspec.structs.replace(pairs[0][0], text=f"{SENTENCE * BY_DOCUMENT}{words}")
            reading = Reading(document=document, claims=tuple(claim for _, claim in pairs))
            write_reading(case.store, run, reading, Incoming(document, "", ""), "generated")


def timed(what: str, path: Path, job: object) -> None:
    """Run a job that gives a number of rows, and print what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    rows = job()  # type: ignore[operator]
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    size = sum(one.stat().st_size for one in files) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:24}{rows:>9,}{wall:>9.2f}{cpu:>8.2f}{rows / wall:>9,.0f}{size:>8.1f}{peak:>9.0f}")


def generated_file(path: Path, rows: int) -> Path:
    """A UCDP file of invented events."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, UCDP_COLUMNS)
        out.writeheader()
        for number in range(rows):
            day = (date(2016, 1, 1) + timedelta(days=chance.randrange(1400))).isoformat()
            out.writerow(
                {
                    "id": number,
                    "year": day[:4],
                    "type_of_violence": 1 + number % 3,
                    "side_a": "Government of Syria" if number % 3 == 0 else f"Militia {chance.randrange(60)}",
                    "side_b": "Civilians" if number % 3 == 2 else f"Brigade {chance.randrange(60)}",
                    "number_of_sources": 1,
                    "where_prec": 1 + chance.randrange(4),
                    "where_coordinates": f"Village {chance.randrange(3000)}",
                    "adm_1": "Upper province",
                    "latitude": round(chance.uniform(33, 37), 5),
                    "longitude": round(chance.uniform(36, 42), 5),
                    "country": "Syria",
                    "country_id": 652,
                    "date_prec": 1,
                    "date_start": day,
                    "date_end": day,
                    "best": chance.randrange(1, 20),
                    "low": 1,
                    "high": 20,
                }
            )
    return path


def incidents(count: int) -> Iterator[Incident]:
    """Invented incidents that every layout can hold."""
    chance = random.Random(2)
    code = Code(plover="ASSAULT", mode="heavy-weapons", contexts=("military",), cameo="194")
    for number in range(count):
        day = (date(2016, 1, 1) + timedelta(days=chance.randrange(3000))).isoformat()
        deaths = float(chance.randrange(1, 30))
        figure = SourceFigure(source=f"outlet {number % 40}", low=deaths, best=deaths, high=deaths + 3)
        yield Incident(
            id=f"i{number:015x}",
            code=code,
            where=place(chance),
            when=Date(start=day, end=day, precision="day", quote="Sunday", basis="relative"),
            status="reported",
            claims=(f"c{number:015x}", f"d{number:015x}"),
            documents=(f"report-{number % 5000}", f"report-{number % 7001}"),
            sources=2,
            actors=(Told(party=party("Syrian army", "MIL")),),
            recipients=(Told(party=party(f"Brigade {number % 300}", "REB")),),
            figures=(IncidentFigure(measure="deaths", low=deaths, best=deaths, high=deaths + 3, by_source=(figure,)),),
            disputed=("figures",),
        )


def claims(count: int) -> Iterator[tuple[Document, Event]]:
    """Invented claims, twenty a document."""
    chance = random.Random(3)
    code = Code(plover="ASSAULT", cameo="190")
    text = SENTENCE * BY_DOCUMENT
    for number in range(count):
        start = number % BY_DOCUMENT * len(SENTENCE)
        if start == 0:
            document = Document(
                id=f"report-{number // BY_DOCUMENT}", text=text, published="2016-05-02", source="Valley Post"
            )
        yield (
            document,
            Event(
                id=f"{number:016x}",
                document=document.id,
                evidence=(Span(start=start, end=start + len(SENTENCE) - 2, quote=SENTENCE[:-2]),),
                frame=Frame(),
                status="reported",
                where=place(chance, start),
                when=Date(start="2016-05-01", end="2016-05-01", precision="day", quote="Sunday", basis="relative"),
                by="generated",
                trigger=Span(start=start + 35, end=start + 43, quote="attacked"),
                code=code,
                actors=(party("Gunmen of the Upper Valley Militia", "UAF", start),),
            ),
        )


def place(chance: random.Random, start: int = 0) -> Place:
    """An invented village in Syria."""
    return Place(
        quote="Tal Wadi",
        start=start + 59,
        end=start + 67,
        name="Tal Wadi",
        id=f"geonames:{chance.randrange(10**6)}",
        country="SY",
        admin1="Homs",
        lat=round(chance.uniform(33, 37), 5),
        lon=round(chance.uniform(36, 42), 5),
        precision="settlement",
    )


def party(name: str, sector: str, start: int = 0) -> Party:
    """An invented party."""
    return Party(quote=name, start=start, end=start + len(name), name=name, country="SYR", sectors=(sector,))


if __name__ == "__main__":
    main()
