"""What a year of world news would take on one, ten and a hundred machines, from rates measured here: python benchmarks/scale.py

Times are of the processor, not of the clock, so that a busy machine gives nearly the same. The reading is of 50 short reports of
our own; the questions are put to a dataset of the toy language of the tests, which needs no parser."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))

from strife import engine
from strife.casefile import Case
from strife.casefile.incoming import Incoming
from strife.records import Document, Reading
from strife.scale.job import Job
from strife.scale.manifest import Mark
from strife.scale.merging import merge_dataset
from strife.scale.run import Plan, run
from strife.scale.shards import Dealer
from strife.sources.item import Item, Options
from strife.sources.read import read_inputs
from tests.case_helpers import toy_reading

REPORTS = Path(__file__).parents[1] / "corpus" / "incidents" / "dev.jsonl"
ARTICLES = 100_000_000  # a year of world news
LETTERS = 3_000  # characters of an article
CORES = 16  # of a machine
BUSY = 0.9  # share of the time in which its processors read
DAY = 86_400.0
TOY = 4_000  # documents of the toy language
Result = TypeVar("Result")


def processor(call: Callable[[], Result]) -> tuple[float, Result]:
    """Seconds of the processor, and what came out."""
    begun = time.process_time()
    result = call()
    return time.process_time() - begun, result


def main() -> None:
    """Measure and reckon."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        rates = measured(folder)
        print(f"{'':34}{'one machine':>14}{'ten':>14}{'a hundred':>14}")
        work = ARTICLES * LETTERS / 1000 * (rates["reading"] + rates["writing"])
        for title, seconds, parallel in (
            ("reading and writing", work, True),
            ("dealing out, by one process", ARTICLES * rates["dealing"], False),
        ):
            days = [seconds / DAY / (machines * CORES * BUSY if parallel else 1) for machines in (1, 10, 100)]
            print(f"{title:34}" + "".join(f"{one:>10.2f} days" for one in days))
        print(f"the tables: {ARTICLES * LETTERS / 1000 * rates['bytes'] / 1e12:.1f} TB")
        questions(folder)


def measured(folder: Path) -> dict[str, float]:
    """Processor seconds (and bytes) for 1,000 characters; of dealing for a document."""
    rows = [json.loads(line) for line in REPORTS.read_text(encoding="utf-8").splitlines()]
    documents = [
        Document(**{name: row[name] for name in ("id", "text", "title", "published", "source")}) for row in rows
    ]
    thousands = sum(len(one.text) for one in documents) / 1000
    list(engine.read_each(documents[:4]))  # what is loaded once
    reading, readings = processor(lambda: list(engine.read_each(documents)))
    dealing = dealing_of(folder, documents)
    shards = list(Dealer(10).deal(Incoming(one, "in", "in") for one in documents))
    of = {one.document.id: one for one in readings}
    job = Job(folder / "out", engine.reader_version())

    def write() -> list[Mark]:
        return [job.write(shard, [of[one.document.id] for one in shard.documents]) for shard in shards]

    writing, marks = processor(write)
    merging, incidents = processor(lambda: merge_dataset(folder / "out", marks))
    size = sum(file.size for mark in marks for file in mark.files)
    claims = sum(len(one.claims) for one in readings if isinstance(one, Reading))
    print(f"{len(documents)} reports, {thousands:.0f} thousand characters, {claims} claims, {incidents} incidents")
    for title, seconds in (("reading", reading), ("writing", writing), ("merging", merging)):
        print(
            f"{title:10}{seconds * 1000 / len(documents):>10.2f} ms a report{seconds * 1000 / thousands:>10.2f} ms for 1,000 characters"
        )
    print(f"{'dealing':10}{dealing * 1000:>10.3f} ms a report of {LETTERS:,} characters")
    return {
        "reading": reading / thousands,
        "writing": writing / thousands,
        "dealing": dealing,
        "bytes": size / thousands,
    }


def dealing_of(folder: Path, documents: Sequence[Document]) -> float:
    """Seconds for taking an article from a JSON line and dealing it out."""
    text = "\n\n".join(one.text for one in documents)
    path, number = folder / "in.jsonl", 2_000
    with path.open("w", encoding="utf-8") as out:
        for n in range(number):
            start = n * 97 % (len(text) - LETTERS)
            out.write(
                json.dumps({"id": f"d{n}", "text": text[start : start + LETTERS], "published": "2022-01-01"}) + "\n"
            )

    def deal() -> int:
        items = (item for _, item in read_inputs([path], Options(repeats=True)) if isinstance(item, Item))
        return sum(
            len(one.digest("")) > 0
            for one in Dealer(500).deal(Incoming(one.document, "in", one.place) for one in items)
        )

    return processor(deal)[0] / number


def questions(folder: Path) -> None:
    """Seconds by the clock for questions to a dataset of the toy language, and for packing it."""
    engine._read_chunk = lambda documents, _rules_only: [toy_reading(one) for one in documents]  # noqa: SLF001
    towns = ("Harem", "Nawa", "Zintan")
    made = [
        Document(
            id=f"t{n}",
            text=f"Side{n} attacked Army{n % 97} in {towns[n % 3]} on 20{10 + n % 12}-0{1 + n % 9}-11."
            f" Rebels{n % 31} seized mills in {towns[n % 3]}.",
            published=f"20{10 + n % 12}-0{1 + n % 9}-12",
        )
        for n in range(TOY)
    ]
    begun = time.perf_counter()
    run([Incoming(one, "in", "in") for one in made], folder / "toy", Plan(shard=500))
    print(f"toy dataset of {TOY:,} documents, 108 months: run and merged in {time.perf_counter() - begun:.1f} s")
    asked: dict[str, Callable[[Case], object]] = {
        "open": lambda _case: None,
        "find --limit 50": lambda case: case.claims(limit=50),
        "find --place nawa --since": lambda case: case.claims(place="nawa", since="2015-01-01", limit=50),
        "find --text": lambda case: case.claims(text="mills", limit=50),
        "find --count-by code": lambda case: case.count_by("code"),
        "incidents": lambda case: case.incidents(limit=50),
        "info": lambda case: case.info(),
    }
    for title, ask in asked.items():
        begun = time.perf_counter()
        with Case.open(folder / "toy") as case:
            ask(case)
        print(f"{title:28}{time.perf_counter() - begun:>8.3f} s")


if __name__ == "__main__":
    main()
