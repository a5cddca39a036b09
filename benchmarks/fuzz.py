"""Inputs bent at random against sources, imports, the case file and reading: what fails, and how many were tried.

`python benchmarks/fuzz.py [-n 1000] [--seed 1] [TARGET…]` bends our own examples; with `--guided` atheris does, led by the code
that each input reaches (`pip install atheris`). What must hold: nothing but a StrifeError comes out, no input takes more than
10 seconds of the processor, quotes are slices of the text, ids are unique and stable, JSON goes there and back.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec

from strife.casefile import Case
from strife.casefile.check import spans_of
from strife.errors import StrifeError
from strife.exchange import readers
from strife.exchange.layouts import LAYOUTS
from strife.exchange.problems import Options
from strife.records import Claim, Document, Incident, Reading, to_json
from strife.sources.read import read_sources

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 10.0
WORDS = (
    b'"', b"'", b"\n", b"\n\n", b"\r", b"\0", b",", b"\t", b";", b"<", b"</p>", b"<p>", b"<!--", b"]]>", b"&#0;",
    b"&#xD800;", b"{", b"}", b"[", b"\\ud800", b"\\u0000", b"null", b"1e999", b"-1", b"9" * 40, b"9" * 5000, b"0000-00-00",
    b"2013-02-30", b"31 February", b"NaN", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xa8",
    b"\xf0\x9f\x98\x80", b" said", b" not ", b"according to ", b"May ", b"%", b"*", b"' OR 1=1 --", b"NEAR(", b"(" * 30,
    b"the ", b"-" * 20, b"a" * 300, b"\xcc\x81" * 20, b"\xd9\x82", b"\xe2\x80\x8f", b"\x85", b"\xc2\xb2", b"\x1f\x8b",
    b"PK\x03\x04", b"WARC/1.0\r\n",
)  # fmt: skip
Check = Callable[[bytes], object]


class Slow(Exception):
    """An input that took too long."""


def bent(seeds: list[bytes], chance: random.Random) -> bytes:
    """One of the seeds after a few random changes."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        a = chance.randrange(len(data) + 1)
        b = min(len(data), a + chance.choice((1, 2, 5, 20, 100)))
        kind = chance.randrange(7)
        if kind == 0 and data:
            data[min(a, len(data) - 1)] = chance.randrange(256)
        elif kind == 1:
            data[a:b] = b""
        elif kind == 2:
            data[a:a] = chance.choice(WORDS)
        elif kind == 3:
            data[a:a] = data[a:b] * chance.choice((1, 2, 50))
        elif kind == 4:
            data[a:b] = chance.choice(WORDS)
        elif kind == 5:
            other = chance.choice(seeds)
            start = chance.randrange(len(other) + 1)
            data[a:b] = other[start : start + chance.choice((5, 50, 500))]
        else:
            data = data[:a] if chance.random() < 0.3 else data
    return bytes(data[:200_000])


# --- what is tried -------------------------------------------------------------------------------------------------
def of_sources(folder: Path, suffix: str) -> Check:
    """Reading a file of this name gives documents or refusals."""
    path = folder / f"a{suffix}"

    def check(data: bytes) -> None:
        path.write_bytes(data)
        for one in read_sources([path]):
            if isinstance(one, Document):
                assert one.text.strip(), "an empty text"
                assert msgspec.json.decode(to_json(one), type=Document) == one, "JSON does not go there and back"

    return check


def of_packed(folder: Path) -> Check:
    """The same with the input packed."""
    inner = of_sources(folder, ".jsonl.gz")
    return lambda data: inner(gzip.compress(data, 1))


def of_import(folder: Path, name: str) -> Check:
    """Importing a file of this layout gives incidents or problems."""
    path = folder / "a.csv"

    def rows() -> Iterator[Incident]:
        options = Options(on_problem=lambda _: None, notice=lambda _: None)
        if name.startswith("gdelt"):
            return readers.read_gdelt(path, int(name[-1]), options)
        found: Iterator[Incident] = getattr(readers, f"read_{name}")(path, options)
        return found

    def check(data: bytes) -> None:
        path.write_bytes(data)
        try:
            found = list(rows())
        except StrifeError:
            return
        assert found == list(rows()), "twice the same file, two results"
        for one in found:
            assert msgspec.json.decode(to_json(one), type=Incident) == one, "JSON does not go there and back"

    return check


def of_filters(case: Case) -> Check:
    """Any words as filters find something or are refused; what is found is in the case."""
    names = (
        "type code actor recipient party place country admin1 since until status voice source document measure dataset text"
    ).split()
    known = {one.id for one in case.claims()}

    def check(data: bytes) -> None:
        parts = data.decode("utf-8", "surrogateescape").split("\n")
        filters: dict[str, Any] = {names[ord(one[0]) % len(names)]: one[1:] for one in parts[:5] if one}
        for ask in (case.claims, case.count):
            try:
                found = ask(**filters)
            except StrifeError:
                continue
            if isinstance(found, list):
                assert {one.id for one in found} <= known, "a claim that is not in the case"

    return check


def of_decisions(case: Case) -> Check:
    """Any decision is taken or refused, and once undone the case is what it was."""
    before = list(case.claims())
    actions = ("correct", "reject", "confirm", "note", "merge", "split", "odd")
    fields = ("status", "code", "place", "date", "actor", "recipient", "voice", "low", "best", "number", "")

    def check(data: bytes) -> None:
        if len(data) < 3:
            return
        value = data[3:].decode("utf-8", "surrogateescape")
        name = before[data[2] % len(before)].id
        try:
            done = case.decide(
                name, actions[data[0] % len(actions)], fields[data[1] % len(fields)] or None, value, by="fuzz"
            )
        except StrifeError:
            return
        case.undo(done.number)
        assert list(case.claims()) == before, "undone and yet changed"

    return check


def of_reading(*, rules_only: bool) -> Check:
    """A text gives claims that quote it, twice the same."""
    from strife.reading import read_all

    def once(text: str) -> Reading:
        return next(read_all([Document(id="fuzz", text=text, published="2013-06-05")], rules_only=rules_only))

    def check(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        if not text.strip():
            return
        reading = once(text[:3000])
        sound(reading)
        if len(data) % 8 == 0:
            assert once(text[:3000]) == reading, "twice the same text, two readings"

    return check


def sound(reading: Reading) -> None:
    """What must hold of every reading."""
    text = reading.document.text
    ids = [claim.id for claim in reading.claims]
    assert len(ids) == len(set(ids)), "an id that came twice"
    for claim in reading.claims:
        assert claim.evidence, "a claim without evidence"
        for span in spans_of(claim):
            assert text[span.start : span.end] == span.quote, "a quote that is no slice of the text"
        assert msgspec.json.decode(to_json(claim), type=Claim) == claim, "JSON does not go there and back"


# --- what it starts from -------------------------------------------------------------------------------------------
TEXTS = [path.read_bytes() for path in sorted((ROOT / "examples").glob("*.txt"))]
PARTS = [part for text in TEXTS for part in text.split(b"\n\n") if 40 < len(part) < 1500]
ROW = json.dumps({"id": "a", "text": "Rebels seized Nawa on Monday.", "published": "2013-06-05", "title": "T"}).encode()
PAGE = (
    b'<html><head><meta charset="utf-8"><title>Valley</title><meta property="article:published_time" content="2013-06-05">'
    b"</head><body><nav><a href=/>home</a></nav><article><h1>Valley</h1><p>Troops seized the bridge of Harem on Tuesday,"
    b" officials said.</p><p>The rebels denied that they had left the town.</p></article><footer>2019</footer></body></html>"
)
FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Valley</title><item><title>A</title><link>http://a.example/1'
    b"</link><pubDate>Wed, 05 Jun 2013 10:00:00 GMT</pubDate><description>&lt;p&gt;Troops left Nawa.&lt;/p&gt;</description>"
    b"</item></channel></rss>"
)
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
ARCHIVE = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: http://a.example/\r\n"
    b"WARC-Date: 2013-06-05T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: "
    + str(len(HTTP)).encode() + b"\r\n\r\n" + HTTP + b"\r\n\r\n"
)  # fmt: skip
FILES = {  # our own rows of each layout
    "ucdp": "GEDEvent_v25_1.csv", "acled": "acled.csv", "gdelt1": "gdelt1.CSV", "gdelt2": "gdelt2.CSV", "icews": "icews.tab",
    "polecat": "polecat.txt", "phoenix": "phoenix.txt",
}  # fmt: skip
ASKED = [
    b"\x00event\n\x02Army\n\x08 2013-07-01", b"\x05Harem\n\x0areported", b"\x10attacked -\"the rebels\"", b"\x01ASSAULT\n\x06SY",
    b"\x02A*\n\x09 2014-01-01", b"\x0fown", b"\x0bOfficials", b"\x0cd1\n\x0edeaths",
]  # fmt: skip
DECIDED = [
    b"\x00\x00\x00denied",
    b"\x00\x01\x01ASSAULT",
    b"\x00\x03\x022013-07-01",
    b"\x01\x0a\x00no",
    b"\x00\x02\x01Harem",
]


def targets(folder: Path) -> dict[str, tuple[list[bytes], Callable[[], Check], float]]:
    """What can be tried: seeds, the check, and how many inputs of a thousand."""
    case = None

    def kept() -> Case:
        nonlocal case
        case = case or toy_case(folder)
        return case

    made: dict[str, tuple[list[bytes], Callable[[], Check], float]] = {
        "text": (TEXTS, lambda: of_sources(folder, ".txt"), 60),
        "jsonl": ([ROW, ROW + b"\n" + ROW.replace(b'"a"', b'"b"')], lambda: of_sources(folder, ".jsonl"), 150),
        "gzip": ([ROW], lambda: of_packed(folder), 60),
        "table": ([b"id,text,published\na,Rebels seized Nawa.,2013-06-05\n"], lambda: of_sources(folder, ".csv"), 150),
        "page": ([PAGE], lambda: of_sources(folder, ".html"), 12),
        "feed": ([FEED], lambda: of_sources(folder, ".rss"), 35),
        "archive": ([ARCHIVE], lambda: of_sources(folder, ".warc"), 12),
        "filters": (ASKED, lambda: of_filters(kept()), 240),
        "decisions": (DECIDED, lambda: of_decisions(kept()), 10),
        "rules": (PARTS, lambda: of_reading(rules_only=True), 6),
        "model": (PARTS, lambda: of_reading(rules_only=False), 1),
    }
    data = ROOT / "tests" / "data" / "exchange"
    for name in LAYOUTS:
        if name in FILES:
            seed = b"".join((data / FILES[name]).read_bytes().splitlines(keepends=True)[:4])
            made[name] = ([seed], lambda name=name: of_import(folder, name), 35)  # type: ignore[misc]  # bound now
    return made


def toy_case(folder: Path) -> Case:
    """A small case, read from our examples."""
    case = Case.open(folder / "fuzz.strife", create=True)
    case.add([Document(id=f"d{n}", text=text.decode()) for n, text in enumerate(TEXTS[:3])], rules_only=True)
    return case


# --- trying --------------------------------------------------------------------------------------------------------
def late(_signal: int, _frame: FrameType | None) -> None:
    """What the clock does."""
    raise Slow


def tried(check: Check, data: bytes) -> str | None:
    """None where all holds, else what went wrong and where."""
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        check(data)
    except StrifeError as error:
        return f"{type(error).__name__} was raised, not yielded: {error}"
    except Exception as error:  # noqa: BLE001 -- to find them is what this is for
        frames = traceback.extract_tb(error.__traceback__)[-3:]
        where = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(frames))
        return f"{type(error).__name__}: {str(error)[:80]} at {where}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return None


def at_random(name: str, seeds: list[bytes], check: Check, times: int, chance: random.Random, kept: Path) -> int:
    """Try so many bent inputs, print a line; how many kinds of failure there were."""
    found: Counter[str] = Counter()
    slowest, start = 0.0, time.process_time()
    for _ in range(times):
        data = bent(seeds, chance)
        before = time.process_time()
        wrong = tried(check, data)
        slowest = max(slowest, time.process_time() - before)
        if wrong is None:
            continue
        key = wrong.rpartition(" at ")[2] or wrong
        if not found[key]:
            (kept / f"{name}-{len(found)}").write_bytes(data)
            print(f"  {name}: {wrong} ({kept / f'{name}-{len(found)}'})", flush=True)
        found[key] += 1
    spent = time.process_time() - start
    print(
        f"{name:10} {times:7,} inputs {spent:6.0f} s, slowest {slowest:5.2f} s, {sum(found.values())} failed",
        flush=True,
    )
    return len(found)


def guided(seeds: list[bytes], check: Check, times: int, folder: Path) -> None:
    """The same by atheris, which looks for inputs that reach new code. It ends the process."""
    import atheris

    corpus = folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds):
        (corpus / str(number)).write_bytes(seed)

    def one(data: bytes) -> None:
        wrong = tried(check, data)
        if wrong is not None:
            raise AssertionError(wrong)

    atheris.instrument_all()
    atheris.Setup(
        [sys.argv[0], f"-runs={times}", "-max_len=20000", "-verbosity=0", "-print_final_stats=1", str(corpus)], one
    )
    atheris.Fuzz()


def main() -> None:
    """Try, and tell what failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("-n", type=int, default=1000, help="inputs in all; with --guided, of each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--guided", action="store_true", help="by atheris; names one target")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()), help="folder for inputs that fail")
    parser.add_argument("targets", nargs="*", help="default: all, by their weights")
    options = parser.parse_args()
    signal.signal(signal.SIGVTALRM, late)
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name:
        known = targets(Path(name))
        chosen = {one: known[one] for one in options.targets or known}
        if options.guided:
            seeds, make, _ = next(iter(chosen.values()))
            guided(seeds, make(), options.n, Path(name))
            return
        weight = sum(share for _, _, share in chosen.values())
        kinds = 0
        for target, (seeds, make, share) in chosen.items():
            times = max(1, round(options.n * share / weight))
            kinds += at_random(target, seeds, make(), times, random.Random(f"{options.seed} {target}"), options.keep)
        print(f"{options.n:,} inputs, {kinds} kinds of failure")
    sys.exit(kinds > 0)


if __name__ == "__main__":
    main()
