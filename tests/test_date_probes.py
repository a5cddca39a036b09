"""Dates in the wording of many genres: sentences, their publication dates and what a careful reader would note.

Rows of `probes/dates.jsonl`: `dates` as [words, start, end, precision], with "a|b" where either can be defended and
"*" where nobody can be held to it. Written before their author had seen the rules; the rules were then worked on by
their misses too. `python tests/test_date_probes.py` prints the misses and the score; before the first rule was changed
it was found .935, right .810, exact .792, false .083.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from strife.records import Date, Document
from strife.resolve.dates import read_dates

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "probes" / "dates.jsonl").read_text("utf-8").splitlines()
]
FOUND, RIGHT, FALSE = 0.98, 0.95, 0.02  # shares that no change may make worse


@dataclass(frozen=True)
class Answer:
    """A date that was wanted, the one found there, and whether start and precision, and its end too, are right."""

    row: dict[str, Any]
    wanted: list[str | None] | None
    got: Date | None
    right: bool = False
    exact: bool = False

    def __str__(self) -> str:
        got = self.got and (self.got.quote, self.got.start, self.got.end, self.got.precision)
        return (
            f"{self.row['id']} ({self.row['published']}) {self.row['text']}\n    wanted {self.wanted}\n    got    {got}"
        )


def _fits(got: str | None, wanted: str | None) -> bool:
    return got is None if wanted is None else wanted == "*" or got in wanted.split("|")


def read_row(row: dict[str, Any]) -> list[Answer]:
    """An answer for each date wanted, and one for each that was found where none is."""
    found = read_dates(Document(id=row["id"], text=row["text"], published=row["published"]))
    answers, used, here = [], set(), 0
    for wanted in row["dates"]:
        start = row["text"].lower().index(wanted[0].lower(), here)
        here = end = start + len(wanted[0])
        met = [one for one in found if one[0] < end and start < one[1]]
        used.update(one[:2] for one in met)
        got = max(met, key=lambda one: min(end, one[1]) - max(start, one[0]))[2] if met else None
        right = got is not None and _fits(got.start, wanted[1]) and _fits(got.precision, wanted[3])
        answers.append(Answer(row, wanted, got, right, got is not None and right and _fits(got.end, wanted[2])))
    return answers + [Answer(row, None, one[2]) for one in found if one[:2] not in used]


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    return [answer for row in ROWS for answer in read_row(row)]


def shares(answers: list[Answer]) -> dict[str, float]:
    """Of the dates wanted: how many are found, right, exact; and how many false ones there are for one wanted."""
    wanted = [one for one in answers if one.wanted]
    return {
        "found": sum(one.got is not None for one in wanted) / len(wanted),
        "right": sum(one.right for one in wanted) / len(wanted),
        "exact": sum(one.exact for one in wanted) / len(wanted),
        "false": sum(one.wanted is None for one in answers) / len(wanted),
    }


def test_shares(answers: list[Answer]) -> None:
    got = shares(answers)
    misses = "\n".join(str(one) for one in answers if not one.exact)
    assert got["found"] >= FOUND, misses
    assert got["right"] >= RIGHT, misses
    assert got["false"] <= FALSE, misses


def main() -> None:
    """Write out the misses and the score."""
    answers = [answer for row in ROWS for answer in read_row(row)]
    sys.stdout.writelines(f"{one}\n" for one in answers if not one.exact)
    sys.stdout.write(" ".join(f"{name} {share:.3f}" for name, share in shares(answers).items()) + "\n")


if __name__ == "__main__":
    main()
