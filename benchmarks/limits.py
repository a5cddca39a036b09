"""What inputs made to hurt cost: bombs, deep nesting, endless sentences. Seconds, peak memory and the last words of each.

`python benchmarks/limits.py [WORD…]` runs those whose name contains a word, else all; each in a process of its own, which
may take 300 seconds of the processor and 4 GB. It fails where one is ended by these limits, or dies of anything but a refusal in words.
"""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

SECONDS, MEMORY = 300, 4 << 30  # of the processor, and of address space in bytes
LIMITED = f"""
import resource
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
from strife.views.cli import main
main()
"""
COMMAND = [sys.executable, "-c", LIMITED]
READ = ["read", "--rules-only", "--format", "jsonl"]
UCDP = (
    "id,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,"
    "dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
    "source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,"
    "where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
)
SENTENCE = "Rebels attacked the town of Harem on Monday and the army shelled Homs. "
Maker = Callable[[Path], list[str]]
ATTACKS: dict[str, Maker] = {}


def attack(name: str) -> Callable[[Maker], Maker]:
    """Keep a maker of an input under a name; it gives the arguments of the command."""

    def kept(make: Maker) -> Maker:
        ATTACKS[name] = make
        return make

    return kept


def text(name: str, suffix: str, content: Callable[[], str], *, model: bool = False) -> None:
    """An attack that is one file to be read."""

    def make(folder: Path) -> list[str]:
        path = folder / f"a{suffix}"
        path.write_text(content(), encoding="utf-8")
        return ["read", "--format", "jsonl", str(path)] if model else [*READ, str(path)]

    ATTACKS[name] = make


def packed(path: Path, piece: bytes, times: int) -> None:
    """A gzip file of a piece said so many times."""
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(times):
            file.write(piece)


@attack("gzip bomb of one line (1 GB)")
def _one_line(folder: Path) -> list[str]:
    packed(folder / "a.jsonl.gz", b"0" * (1 << 20), 1024)
    return [*READ, str(folder / "a.jsonl.gz")]


@attack("gzip bomb of empty lines (1 GB)")
def _empty_lines(folder: Path) -> list[str]:
    packed(folder / "a.jsonl.gz", b"\n" * (1 << 20), 1024)
    return [*READ, str(folder / "a.jsonl.gz")]


@attack("gzip bomb of nonsense lines (300 MB)")
def _bad_lines(folder: Path) -> list[str]:
    packed(folder / "a.jsonl.gz", b"{\n" * (1 << 19), 30)
    return [*READ, str(folder / "a.jsonl.gz")]


@attack("web archive with a page of 1 GB")
def _archive(folder: Path) -> list[str]:
    size = 1 << 30
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    with gzip.open(folder / "a.warc.gz", "wb", compresslevel=1) as file:
        file.write(
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % (size + len(head))
        )
        file.write(head)
        for _ in range(1024):
            file.write(b"x" * (1 << 20))
        file.write(b"\r\n\r\n")
    return [*READ, str(folder / "a.warc.gz")]


@attack("web archive whose page is itself packed (1 GB)")
def _packed_page(folder: Path) -> list[str]:
    packed(folder / "body.gz", b"<p>" * (1 << 18), 1300)
    body = (folder / "body.gz").read_bytes()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    (folder / "a.warc").write_bytes(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
        % (len(head) + len(body))
        + head
        + body
        + b"\r\n\r\n"
    )
    return [*READ, str(folder / "a.warc")]


@attack("web archive with a head of 500 MB")
def _archive_head(folder: Path) -> list[str]:
    with (folder / "a.warc").open("wb") as file:
        file.write(b"WARC/1.0\r\nWARC-Type: response\r\n")
        for _ in range(500):
            file.write(b"X-A: " + b"y" * 1_000_000 + b"\r\n")
    return [*READ, str(folder / "a.warc")]


@attack("zip bomb in an import (1 GB)")
def _zip(folder: Path) -> list[str]:
    with (
        zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("a.csv", "w", force_zip64=True) as file,
    ):
        file.write(UCDP.encode() + b"\n")
        for _ in range(1024):
            file.write(b"1" * (1 << 20))
    return ["import", str(folder / "a.strife"), "ucdp", str(folder / "a.zip")]


@attack("zip bomb whose first line never ends")
def _zip_head(folder: Path) -> list[str]:
    with (
        zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("a.csv", "w", force_zip64=True) as file,
    ):
        for _ in range(1024):
            file.write(b",1" * (1 << 19))
    return ["import", str(folder / "a.strife"), "ucdp", str(folder / "a.zip")]


@attack("import with a million bad rows")
def _bad_rows(folder: Path) -> list[str]:
    with (folder / "a.csv").open("w") as file:
        file.write(UCDP + "\n")
        for number in range(1_000_000):
            file.write(f"{number},x\n")
    return ["import", str(folder / "a.strife"), "ucdp", str(folder / "a.csv")]


@attack("import with a quotation mark in each of a million rows")
def _quotes(folder: Path) -> list[str]:
    with (folder / "a.csv").open("w") as file:
        file.write(UCDP + "\n")
        for number in range(1_000_000):
            file.write(f'{number},"x" "\n')
    return ["import", str(folder / "a.strife"), "ucdp", str(folder / "a.csv")]


@attack("gazetteer pack that is a zip bomb (1 GB)")
def _pack(folder: Path) -> list[str]:
    with (
        zipfile.ZipFile(folder / "SY.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("SY.txt", "w", force_zip64=True) as file,
    ):
        for _ in range(1024):
            file.write(b"1\t" * (1 << 19))
    return ["gazetteer", "add", str(folder / "SY.zip")]


text("JSON nested a million deep", ".jsonl", lambda: '{"id": "a", "text": ' + "[" * 1_000_000 + "\n")
text("JSON objects nested a million deep", ".jsonl", lambda: '{"text":' * 1_000_000 + "\n")
text("HTML nested 100,000 deep", ".html", lambda: "<html><body>" + "<div>" * 100_000 + SENTENCE * 20)
text(
    "HTML nested 1,000,000 deep, mixed",
    ".html",
    lambda: "<html><body>" + "<p><b><table><tr><td>" * 200_000 + SENTENCE * 20,
)
text("HTML of 4,000,000 open angles", ".html", lambda: "<html><body>" + "<" * 4_000_000 + SENTENCE * 20)
text("HTML of 1,000,000 attributes", ".html", lambda: "<html><body><p " + "a=b " * 1_000_000 + ">" + SENTENCE * 20)
text("HTML of 300,000 paragraphs", ".html", lambda: "<html><body><article>" + "<p>x y z.</p>" * 300_000)
text("HTML of 300,000 links", ".html", lambda: "<html><body><article>" + "<a href=b>x</a> " * 300_000 + SENTENCE * 20)
text(
    "HTML of 300,000 dates in a byline",
    ".html",
    lambda: "<html><body><p>" + SENTENCE * 20 + "<div class=date>" + "1 May 2013 " * 300_000,
)
text(
    "feed with entities that grow (billion laughs)",
    ".rss",
    lambda: (
        "<!DOCTYPE x [<!ENTITY a0 'lol'>"
        + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
        + "]><rss version='2.0'><channel><item><title>&a11;</title><description>&a11;</description></item></channel></rss>"
    ),
)
text("feed nested 100,000 deep", ".rss", lambda: "<rss version='2.0'><channel><item><description>" + "<a>" * 100_000)
text(
    "feed whose markup is nested 100,000 deep",
    ".rss",
    lambda: (
        "<rss version='2.0'><channel><item><description>"
        + "&lt;div&gt;" * 100_000
        + SENTENCE
        + "</description></item></channel></rss>"
    ),
)
text(
    "feed of 100,000 entries",
    ".rss",
    lambda: "<rss version='2.0'><channel>" + f"<item><description>{SENTENCE}</description></item>" * 100_000,
)
text("CSV of 1,000,000 columns", ".csv", lambda: "text," + "a," * 1_000_000 + "\n" + SENTENCE)
text("CSV of 300,000 quotation marks", ".csv", lambda: "text\n" + '"a" "\n' * 300_000)
text("1,000,000 short lines", ".txt", lambda: "the a\n" * 800_000)
text("1,000,000 empty lines", ".txt", lambda: SENTENCE + "\n" * 4_000_000)
text("1,000,000 short list items", ".txt", lambda: "- a\n" * 1_000_000)
text("a sentence of 100,000 words", ".txt", lambda: "the rebels and " * 33_000 + "fled.")
text(
    "a sentence of 100,000 words with events",
    ".txt",
    lambda: "rebels attacked Homs and the army killed 3 and " * 11_000 + "fled.",
)
text(
    "the same with the model",
    ".txt",
    lambda: "rebels attacked Homs and the army killed 3 and " * 11_000 + "fled.",
    model=True,
)
text("100,000 names in a row", ".txt", lambda: "Aleppo Homs Damascus Hezbollah " * 25_000)
text("100,000 words in capitals", ".txt", lambda: "THE REBELS ATTACKED HOMS AND THE ARMY FLED " * 12_500)
text("100,000 quotation marks", ".txt", lambda: '"the rebels" "' * 33_000)
text("100,000 brackets", ".txt", lambda: "(the rebels [" * 33_000)
text("100,000 semicolons", ".txt", lambda: "the army killed; and " * 50_000)
text("100,000 numbers", ".txt", lambda: "12,345 " * 100_000)
text("100,000 dates", ".txt", lambda: "5 June 2013 " * 33_000)
text("one word of 5,000,000 letters", ".txt", lambda: "the " + "a" * 4_900_000)
text("one number of 1,000,000 digits", ".txt", lambda: "the army killed " + "9" * 1_000_000 + " people.")
text("1,000,000 hyphens", ".txt", lambda: "the army " + "a-" * 1_000_000)
text("1,000,000 full stops", ".txt", lambda: "the army " + "." * 1_000_000)
text("1,000,000 spaces in a sentence", ".txt", lambda: "the army" + " " * 1_000_000 + "fled Homs.")
text("1,000,000 tabs and line ends", ".txt", lambda: "the army" + "\n \t" * 1_000_000 + "fled Homs.")
text("1,000,000 combining marks", ".txt", lambda: "the army fled e" + "\u0301" * 1_000_000)
text("A capital and a comma 400,000 times", ".txt", lambda: "A, " * 400_000)
text("a document of 5 MB", ".txt", lambda: (SENTENCE * 8 + "\n\n") * 8_700)


def run(name: str, make: Maker, folder: Path) -> bool:
    """Run one attack and print its line; whether it ended within the limits and in words."""
    arguments = make(folder)
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        process = subprocess.Popen([*COMMAND, *arguments], stdout=out, stderr=err, cwd=folder)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = usage.ru_utime + usage.ru_stime
    words = (folder / "err").read_text(encoding="utf-8", errors="replace").strip().splitlines()
    claims = (folder / "out").read_bytes().count(b"\n")
    bad = process.returncode < 0 or any("Traceback" in one for one in words)
    mark = "BAD " if bad else "    "
    last = (words[-1] if words else "").replace(str(folder), "…")[:110]
    print(
        f"{mark}{name:52} {seconds:6.1f} s {usage.ru_maxrss / 1024:6.0f} MB  {process.returncode:3} {claims:7} {last}",
        flush=True,
    )
    return not bad


def main() -> None:
    """All attacks, or those named."""
    good = True
    for name, make in ATTACKS.items():
        if len(sys.argv) > 1 and not any(word in name for word in sys.argv[1:]):
            continue
        with tempfile.TemporaryDirectory() as folder:
            good &= run(name, make, Path(folder))
    sys.exit(not good)


if __name__ == "__main__":
    main()
