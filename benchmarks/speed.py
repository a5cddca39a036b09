"""Throughput of `strife` beside the bare spaCy pipeline (tagger, parser, NER) on the same texts, in one run, in one process.

  python benchmarks/speed.py TEXTS.jsonl [--documents 200] [--rounds 3]     texts as for `strife read`; default: examples/
Prints words a second of both, their ratio (median over rounds that alternate), peak memory, and the time of a cold start.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def main() -> None:
    """Run the comparison and print a small table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", default=str(Path(__file__).resolve().parents[1] / "examples"))
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()

    from strife.language.parse import pipeline
    from strife.reading import read_all
    from strife.records import Document
    from strife.sources import read_sources

    documents = [one for one in read_sources([args.texts]) if isinstance(one, Document)][: args.documents]
    words = sum(len(one.text.split()) for one in documents)
    nlp = pipeline()

    def bare() -> None:
        for _ in nlp.pipe([one.text for one in documents], batch_size=64):
            pass

    def strife() -> None:
        for _ in read_all(documents):
            pass

    next(read_all(documents[:1]))  # both warm
    ratios, rates = compare(strife, bare, args.rounds, words)
    print(f"documents {len(documents)}  words {words}  rounds {args.rounds}")
    print(f"bare spaCy   {rates[1]:8.0f} words/s")
    print(f"strife read  {rates[0]:8.0f} words/s")
    print(f"ratio        {statistics.median(ratios):8.2f}  (each round: {', '.join(f'{one:.2f}' for one in ratios)})")
    print(f"peak memory  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
    print(f"cold start   {cold_start():8.1f} s  (a new process, one short report)")


def compare(
    one: Callable[[], None], other: Callable[[], None], rounds: int, words: int
) -> tuple[Sequence[float], tuple[float, float]]:
    """Alternate two jobs; the ratio of their speeds each round, and the median rates in words a second."""
    times = [(seconds(one), seconds(other)) for _ in range(rounds)]
    ratios = [b / a for a, b in times]
    return ratios, (words / statistics.median(a for a, _ in times), words / statistics.median(b for _, b in times))


def seconds(job: Callable[[], None]) -> float:
    """Processor time of a job: what else the machine does counts less than with the clock."""
    start = time.process_time()
    job()
    return time.process_time() - start


def cold_start() -> float:
    """Wall seconds from starting the command to its end, for one short report."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder, "report.txt")
        text.write_text("Rebels captured the town of Nawa on Sunday, activists said.", encoding="utf-8")
        start = time.monotonic()
        subprocess.run(
            [sys.executable, "-c", "from strife.views.cli import main; main()", "read", str(text), "--format", "jsonl"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return time.monotonic() - start


if __name__ == "__main__":
    main()
