"""Runs of adding that are killed at random moments: what `python benchmarks/casefile.py kill` does."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-c", "from strife.views.cli import main; main()"]
ROUNDS = 5
TOWNS = 2000
DAYS = 4000
OPTIONS = ["--rules-only", "--json"]
READ_BEFORE = """
import sys, msgspec
from strife import engine
from strife.records import Reading
with open(sys.argv.pop(1), "rb") as file:
    known = {(one.document.id, one.document.text): one for one in msgspec.json.decode(file.read(), type=list[Reading])}
engine._read_chunk = lambda documents, _: [known[one.id, one.text] for one in documents]
from strife.views.cli import main
main()
"""
TABLES = (
    "SELECT id, given, title, sha256, digest, version, claims, story, text FROM documents ORDER BY number",
    "SELECT id, position, words, record FROM claims ORDER BY number",
    "SELECT claim, type, status, place_key, date_start FROM resolved ORDER BY claim",
    "SELECT claim, role, position, key FROM parties ORDER BY claim, role, position",
    "SELECT document, other, similarity FROM near_copies ORDER BY document, other",
)


def killing(folder: Path, times: int, seed: int, *, parse: bool) -> None:
    """Kill a run of adding at a random moment, again and again; what must hold after each, and when it has gone on to its end.

    The texts are read once; the runs that are killed take their readings from a file, so that most of their time is writing.
    With `parse` they read for themselves, in two workers."""
    chance = random.Random(seed)
    source = folder / "in.jsonl"
    source.write_text("".join(f"{json.dumps(one)}\n" for one in reports(60)), encoding="utf-8")
    whole = folder / "whole.strife"
    subprocess.run(
        [*COMMAND, "add", str(whole), str(source), *OPTIONS, "--workers", "2"], check=True, capture_output=True
    )
    wanted = contents(whole)
    start = (
        [*COMMAND, "add"]
        if parse
        else [sys.executable, "-c", READ_BEFORE, kept(whole, folder / "readings.json"), "add"]
    )
    options = [*OPTIONS, "--workers", "2"] if parse else OPTIONS
    first, rest = timed([*start, str(folder / "timed.strife"), str(source), *options])
    good = begun = 0
    for number in range(1, times + 1):
        command = [*start, str(folder / f"killed-{number}.strife"), str(source), *options]
        early = number % 6 == 0  # before anything is saved; else from the first document on
        said = killed(command, chance.uniform(0, first if early else rest), early=early)
        begun += 0 < len(said) < 60
        good += judged(folder / f"killed-{number}.strife", command, said, wanted)
        print(f"{good} of {number} good, {begun} in the midst of writing", file=sys.stderr, flush=True)
        for one in folder.glob(f"killed-{number}.strife*"):
            one.unlink()
    print(
        f"{good} of {times} sound, nothing lost, and in the end equal to a run that nobody stopped ({begun} killed between documents)"
    )


def kept(case: Path, path: Path) -> str:
    """The readings of a case in a file; its name."""
    import msgspec

    from strife.casefile import Case
    from strife.records import Reading

    with Case.open(case) as opened:
        readings = [Reading(document=one, claims=tuple(opened.claims(document=one.id))) for one in opened.documents()]
    path.write_bytes(msgspec.json.encode(readings))
    return str(path)


def timed(command: list[str]) -> tuple[float, float]:
    """Seconds to the first document that is saved, and from there to the end."""
    start = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        process.stdout.readline()
        first = time.monotonic()
        process.stdout.read()
    return first - start, time.monotonic() - first


def killed(command: list[str], seconds: float, *, early: bool) -> set[str]:
    """Run a command and kill it so many seconds after its start or its first document; the ids that it said were saved."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        lines = [] if early else [process.stdout.readline()]
        timer = threading.Timer(seconds, process.send_signal, [signal.SIGKILL])
        timer.start()
        lines += process.stdout.read().splitlines(keepends=True)
        process.wait()
        timer.cancel()
    return {json.loads(line)["id"] for line in lines if line.endswith(b"\n")}


def judged(case: Path, command: list[str], said: set[str], wanted: list[list[tuple[object, ...]]]) -> bool:
    """Whether a killed case is sound, holds once each what was said to be saved, and is whole after going on."""
    from strife.casefile import Case

    if said:
        with Case.open(case) as opened:
            troubles = opened.check()
            stored = [document.id for document in opened.documents()]
        if troubles or len(set(stored)) != len(stored) or not said <= set(stored):
            return False
    again = subprocess.run(command, check=False, capture_output=True)
    with Case.open(case) as opened:
        return again.returncode == 0 and not opened.check() and contents(case) == wanted


def contents(case: Path) -> list[list[tuple[object, ...]]]:
    """What a case holds, but for times."""
    with sqlite3.connect(case) as plain:
        return [plain.execute(query).fetchall() for query in TABLES]


def reports(number: int) -> Iterator[dict[str, str]]:
    """Short reports; some are copies, and some ids come twice with another text."""
    for n in range(number):
        text = (
            f"Rebel fighters seized the village of Qalat {n} on {n % 27 + 1} June 2013, residents said. At least {n + 3} soldiers"
            f" were killed. The army denied that it had lost the bridge on the road to the mill. Farmer number {n} was not hurt."
        )
        yield {
            "id": f"r{n if n % 10 else 0}",
            "text": text if n % 7 else text.replace("residents", "witnesses"),
            "published": "2013-07-01",
        }
