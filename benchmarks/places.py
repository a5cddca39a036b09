"""Speed of resolving places: documents a second in this process, spans given, gazetteer warm.

  python benchmarks/places.py TEXTS.jsonl [--rounds 5]

A line is a document as for `strife places`: {"id", "text", "mentions": [[start, end], ...]}. Without mentions strife finds them
first, which is not timed. Prints documents and names a second by processor time, the median and best of the rounds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path

from strife.gazetteer import Gazetteer
from strife.records import Document
from strife.resolve.places import read_places, resolve_spans


def main() -> None:
    """Run the rounds and print a small table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    gazetteer = Gazetteer.shared()
    work = []
    for line in args.texts.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        row = json.loads(line)
        document = Document(id=row["id"], text=row["text"])
        spans = row.get("mentions")
        if spans is None:
            spans = [(place.start, place.end) for place in read_places(document)]
        work.append((document, [(start, end) for start, end in spans]))
    rates = []
    for number in range(args.rounds + 1):
        start = time.process_time()
        for document, spans in work:
            resolve_spans(spans, document, gazetteer)
        if number:  # the first warms the gazetteer
            rates.append(len(work) / (time.process_time() - start))
    names = sum(len(spans) for _, spans in work) / len(work)
    print(f"documents {len(work)}  names a document {names:.1f}")
    print(f"documents a second: median {statistics.median(rates):.0f}, best {max(rates):.0f}")


if __name__ == "__main__":
    main()
