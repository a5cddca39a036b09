"""The command line: what goes where, with which exit status; the rooms behind it have their own tests."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strife import engine
from strife.errors import StrifeError
from strife.records import Code as EventCode
from strife.records import Document, Event, Frame, Place, Reading, Span, Why
from strife.views import cli as command
from strife.views.output import Output, OutputClosed, open_output
from strife.views.progress import Progress

TEXT = "Rebel fighters seized the bridge at Harem on Tuesday, residents of the town said.\n"
LAUNCH = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are started deaf to Ctrl-C
from strife import engine
from strife.records import Reading
engine.run = lambda documents, **options: (Reading(document=document, claims=()) for document in documents)
from strife.views.cli import main
main()
"""  # the program without the parser
HELP = """
import sys
from strife.views.cli import main
sys.argv[1:] = ["--help"]
try:
    main()
finally:
    heavy = {"spacy", "rich", "numpy", "scipy", "trafilatura", "starlette", "jinja2", "strife.sources"} & set(sys.modules)
    assert not heavy, heavy
    assert len(sys.modules) < 250, len(sys.modules)  # what starting costs is the number of files that are read
"""


def reading_of(document: Document) -> Reading:
    """A reading with one claim, made up without reading."""
    span = Span(start=0, end=5, quote=document.text[:5])
    event = Event(
        id=f"{document.id:0>8}",
        document=document.id,
        evidence=(span,),
        frame=Frame(),
        status="reported",
        by="test",
        trigger=span,
        code=EventCode(plover="ASSAULT"),
    )
    return Reading(document=document, claims=(event,), whys=(Why(claim=event.id, rule="test"),))


@pytest.fixture
def fake_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands without the parser."""

    def run(documents: Iterable[Document], **_options: object) -> Iterator[Reading]:
        return map(reading_of, documents)

    monkeypatch.setattr(engine, "run", run)


def strife(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(command.cli, [str(one) for one in arguments], input=stdin, catch_exceptions=False)


def put(path: Path, text: str) -> Path:
    """Write a file."""
    path.write_text(text, encoding="utf-8")
    return path


def launch(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """Start the program as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", LAUNCH, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,  # what has been sent can be told from what has been read
    )


@pytest.mark.usefixtures("fake_run")
def test_jsonl_has_the_document_then_its_claims(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", TEXT)
    result = strife("read", path, "--published", "2013-06-05T10:00", "--title", "T", "--source", "S")
    assert (result.exit_code, result.stderr) == (0, "")
    document, claim = map(json.loads, result.stdout.splitlines())
    assert document == {
        "record": "document",
        "id": "a",
        "title": "T",
        "published": "2013-06-05",
        "source": "S",
        "url": None,
        "language": "en",
        "length": len(TEXT),
        "sha256": document["sha256"],
    }
    assert (claim["record"], claim["type"], claim["document"]) == ("claim", "event", "a")


@pytest.mark.usefixtures("fake_run")
def test_why_adds_lines(tmp_path: Path) -> None:
    result = strife("read", put(tmp_path / "a.txt", TEXT), "--why")
    assert [json.loads(line)["record"] for line in result.stdout.splitlines()] == ["document", "claim", "why"]


@pytest.mark.usefixtures("fake_run")
def test_failures_go_to_stderr_and_the_rest_is_read(tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", json.dumps({"id": "a", "text": TEXT}) + "\nbad\n")
    result = strife("read", tmp_path / "none.txt", path)
    assert result.exit_code == 1
    assert [json.loads(line).get("id") for line in result.stdout.splitlines()] == ["a", "0000000a"]
    none, bad = result.stderr.splitlines()
    assert none.startswith(f"strife: {tmp_path / 'none.txt'}: no such file")
    assert bad.startswith(f"strife: {path} line 2: is not JSON")


@pytest.mark.usefixtures("fake_run")
def test_standard_input_and_other_columns() -> None:
    assert json.loads(strife("read", "-", stdin=TEXT).stdout.splitlines()[0])["id"] == "stdin"
    result = strife("read", "-", "--text-column", "body", stdin=json.dumps({"id": "a", "body": TEXT}))
    assert (result.exit_code, json.loads(result.stdout.splitlines()[0])["id"]) == (0, "a")


@pytest.mark.usefixtures("fake_run")
def test_a_notice_is_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(("The café: " + TEXT).encode("cp1252"))
    result = strife("read", path)
    assert result.exit_code == 0
    assert "not UTF-8" in result.stderr


@pytest.mark.usefixtures("fake_run")
def test_messages_cannot_command_the_terminal(tmp_path: Path) -> None:
    result = strife("read", tmp_path / "a\x1b[2J\n.txt")
    assert "\x1b" not in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["read"], "Missing argument"),
        (["read", "a.txt", "--published", "5 June 2013"], "2013-06-05"),
        (["read", "a.txt", "--format", "xml"], "xml"),
        (["read", "a.txt", "--colour"], "--colour"),
        (["raed", "a.txt"], "raed"),
    ],
)
def test_wrong_usage(arguments: list[str], words: str) -> None:
    result = strife(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


@pytest.mark.usefixtures("fake_run")
def test_output_to_a_file(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", TEXT)
    result = strife("read", path, "-o", tmp_path / "out.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2
    result = strife("read", path, "-o", path)
    assert result.exit_code == 2
    assert "is an input" in result.stderr
    assert path.read_text() == TEXT


def test_what_cannot_be_written(tmp_path: Path) -> None:
    with launch("read", put(tmp_path / "a.txt", TEXT), "-o", tmp_path / "no" / "out.jsonl") as process:
        out, err = process.communicate()
    assert (process.returncode, out) == (1, b"")
    assert err.startswith(b"strife: ")
    assert b"cannot be written" in err


def test_versions() -> None:
    result = strife("--version")
    assert result.exit_code == 0
    *names, model = result.stdout.splitlines()
    assert [line.rsplit(" ", 1)[0] for line in names] == ["strife", "codebook", "language model en_core_web_sm"]
    assert model.startswith("event model none: ")  # left out here


def test_places_and_dates_resolve_the_spans_they_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    from strife.resolve import places

    def read_places(document: Document, spans: Iterable[tuple[int, int]]) -> list[Place]:
        return [Place(quote=document.text[a:b], start=a, end=b, precision="settlement") for a, b in spans]

    monkeypatch.setattr(places, "read_places", read_places)
    line = json.dumps({"id": "a", "text": TEXT, "mentions": [[36, 41]]})
    place = json.loads(strife("places", "-", "--format", "jsonl", stdin=line).stdout)
    assert list(place)[:2] == ["record", "document"]
    assert (place["record"], place["document"], place["quote"], place["start"]) == ("place", "a", "Harem", 36)
    assert "'Harem': not resolved" in strife("places", "-", "--format", "table", stdin=line).stdout
    line = json.dumps({"id": "a", "text": TEXT, "published": "2013-06-05", "mentions": [[45, 52]]})
    date = json.loads(strife("dates", "-", "--format", "jsonl", stdin=line).stdout)
    assert list(date)[:4] == ["record", "document", "start_char", "end_char"]
    assert (date["start_char"], date["end_char"], date["start"]) == (45, 52, "2013-06-04")
    assert "'Tuesday': 2013-06-04" in strife("dates", "-", "--format", "table", stdin=line).stdout


def test_a_text_is_read_for_real() -> None:
    result = strife("read", "-", "--published", "2013-06-05", stdin=TEXT)
    assert result.exit_code == 0
    document, *claims = map(json.loads, result.stdout.splitlines())
    assert document["record"] == "document"
    assert any(claim["type"] == "event" and claim["status"] == "claimed" for claim in claims)
    for claim in claims:
        for span in claim["evidence"]:
            assert TEXT[span["start"] : span["end"]] == span["quote"]


def test_explain() -> None:
    assert "ASSAULT" in strife("explain", "assault").stdout


# The process


def test_help_starts_fast_and_loads_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", HELP], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_closed_pipe_ends_it_quietly(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"id": str(i), "text": TEXT}) + "\n" for i in range(200))
    with launch("read", put(tmp_path / "a.jsonl", rows), "--format", "jsonl") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(60) == command.CLOSED
        assert process.stderr.read() == b""


def test_ctrl_c_ends_it_quietly_after_whole_lines() -> None:
    with launch("read", "-", "--format", "jsonl") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"".join(json.dumps({"id": str(i), "text": TEXT}).encode() + b"\n" for i in range(400)))
        process.stdin.flush()
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert process.returncode == command.INTERRUPTED
        assert err.strip() == b""
        for line in [first, *out.splitlines()]:
            json.loads(line)


def test_ctrl_c_waits_for_lines_that_are_being_written(tmp_path: Path) -> None:
    row = json.dumps({"id": "a", "title": "t" * 300_000, "text": TEXT}) + "\n"  # more than a pipe holds
    with launch("read", put(tmp_path / "a.jsonl", row + row.replace('"a"', '"b"')), "--format", "jsonl") as process:
        assert process.stdout is not None
        process.stdout.read(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err.strip()) == (command.INTERRUPTED, b"")
        (line,) = out.splitlines()
        assert json.loads(b"{" + line)["id"] == "a"


def test_a_full_disk_is_named() -> None:
    if not os.path.exists("/dev/full"):  # noqa: PTH110
        pytest.skip("needs /dev/full")
    with open("/dev/full", "wb", buffering=0) as full, pytest.raises(StrifeError, match=r"x\.jsonl: cannot be written"):  # noqa: PTH123
        Output(full, "x.jsonl").write("line\n")


def test_a_run_that_breaks_off_spares_the_file_that_was_there(tmp_path: Path) -> None:
    path = put(tmp_path / "out.jsonl", "old\n")

    def broken_off(name: str, text: str) -> None:
        with open_output(tmp_path / name) as out:
            out.write(text)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off("out.jsonl", "new\n")
    (part,) = tmp_path.glob("*.part")
    assert (path.read_text(), part.read_text()) == ("old\n", "new\n")
    with pytest.raises(KeyboardInterrupt):
        broken_off("none.html", "")
    assert sorted(tmp_path.iterdir()) == sorted([path, part])
    with open_output(path) as out:
        out.write("newer\n")
    assert path.read_text() == "newer\n"


def test_a_closed_output() -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb", buffering=0) as stream, pytest.raises(OutputClosed):
        Output(stream, "standard output").write("line\n")


def test_progress_tells_rate_and_remaining_time() -> None:
    class Screen:
        text = ""

        def write(self, text: str) -> int:
            self.text += text
            return len(text)

        def flush(self) -> None:
            pass

    screen, now = Screen(), [100.0]
    progress = Progress(screen, total=1000, clock=lambda: now[0])  # type: ignore[arg-type]
    for _ in range(25):
        progress.take(10)
        now[0] += 1.0
        progress.step()
    assert screen.text.count("documents") == 5
    assert "25 documents, 1.0 a second, about 75 s left" in screen.text
    progress.clear()
    assert screen.text.endswith("\r\033[K")
    assert Progress(None, total=None, documents=40, taken=5, started=1.0).line(11.0) == "40 documents, 4.0 a second"
