"""Event types and dyads on PLOVER's gold standard records, beside what PETRARCH2 reaches on them.

  python benchmarks/peers.py PLOVER_GSR_CAMEO.txt     of openeventdata/PLOVER, gold_standard_records/ (CC BY-SA 4.0), as it is shipped

label: for each sentence the PLOVER types of our event claims, whatever their status, against its one gold category; a sentence may tell
of a second event that is not graded, so precision is a little low for everybody. dyad: of the records with a coded source and target,
those with one event of the gold category whose actors have a gold source and whose recipients have a gold target, by country or, for
international bodies, by sector. The file's eighteen categories of PLOVER 0.5 become today's sixteen as the PLOVER manual does it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from strife.reading import read_all
from strife.records import Document, Event, Party

TODAY = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
MISTYPED = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}  # codes of the file that are no country's
# PETRARCH2 (commit of 2019-03-18, Python 2.7, its shipped dictionaries) on the same sentences; see docs/evaluation.md.
PEER = (
    "PETRARCH2      label P 0.574  R 0.314  F1 0.406   dyad 0.254   (trees made from spaCy's parse: a bound from below)"
)


def main() -> None:
    """Read the sentences and print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
    file = parser.parse_args().file
    if file is None:
        print("nothing to do: name the file PLOVER_GSR_CAMEO.txt, see --help")
        return
    records = [one for one in json.loads(file.read_text("utf-8")) if "text" in one]
    documents = [Document(id=str(number), text=one["text"]) for number, one in enumerate(records)]
    print_scores(records, [[c for c in reading.claims if isinstance(c, Event)] for reading in read_all(documents)])


def print_scores(records: list[dict[str, Any]], found: list[list[Event]]) -> None:
    """Print label and dyad scores of the events found in each record's sentence."""
    types = [{event.code.plover for event in events} for events in found]
    wanted: list[Any] = [TODAY.get(one["event"], one["event"]) for one in records]
    right = sum(want in said for want, said in zip(wanted, types, strict=True))
    given = sum(map(len, types))
    sides = [(codes(one.get("source")), codes(one.get("target"))) for one in records]
    graded = [row for row in zip(wanted, sides, found, strict=True) if all(row[1])]
    dyads = sum(
        any(
            event.code.plover == want and meets(event.actors, source) and meets(event.recipients, target)
            for event in events
        )
        for want, (source, target), events in graded
    )
    precision, recall = right / given, right / len(records)
    f1 = 2 * precision * recall / (precision + recall)
    print(
        f"{len(records)} sentences, {sum(map(bool, types))} with an event; {len(graded)} with a coded source and target"
    )
    print(f"strife         label P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}   dyad {dyads / len(graded):.3f}")
    print(PEER)


def codes(parties: Any) -> set[str]:
    """The codes of a record's parties: a country's three letters, or the kind of an international body."""
    found = {one["code"][:3].upper() for one in parties or [] if isinstance(one, dict) and one.get("code")}
    return {MISTYPED.get(code, code) for code in found}


def meets(parties: Iterable[Party], gold: set[str]) -> bool:
    """Whether a party has one of the codes as its country or among its sectors."""
    return any(gold & {party.country, *party.sectors} for party in parties)


if __name__ == "__main__":
    main()
