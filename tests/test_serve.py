"""The command `strife serve`, and the process that reads what is pasted."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from strife.errors import BadInput
from strife.records import Document
from strife.views.cli import cli
from strife.views.web import server
from strife.views.web.reader import Reader
from tests.web_helpers import made_case

STRIFE = [sys.executable, "-c", "from strife.views.cli import main; main()"]
TEXT = "Rebel fighters seized the town of Harem on 5 June 2013, killing 25 soldiers."


def test_a_case_is_served_until_the_end(tmp_path: Path) -> None:
    path = made_case(tmp_path / "test.strife")
    process = subprocess.Popen([*STRIFE, "serve", str(path), "--port", "0"], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        line = process.stderr.readline()
        assert "warning" not in line
        address = line.split()[1]
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(f"{address}claims.json", timeout=30) as answer:
            assert answer.status == 200
            assert "server" not in answer.headers
            assert b'"rows"' in answer.read()
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "Traceback" not in rest


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])
def test_another_address_is_warned_of(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    asked: list[object] = []
    monkeypatch.setattr(server, "run", lambda app, *rest: asked.extend((app.state.site.hosts, *rest[:2])))
    result = CliRunner().invoke(cli, ["serve", "--host", host, "--port", "8123"])
    assert result.exit_code == 0, result.output
    assert "warning: others can reach" in result.output
    assert asked == [frozenset({host if host == "192.0.2.1" else "*"}), host, 8123]


def test_this_machine_alone_is_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(server, "run", lambda _app, *rest: asked.extend(rest[:2]))
    result = CliRunner().invoke(cli, ["serve"])
    assert "warning" not in result.output
    assert asked == ["127.0.0.1", 8001]


def test_what_is_no_case_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("no case")
    for name, said in (("missing.strife", "no such case"), ("x.txt", "is not a case file")):
        result = subprocess.run([*STRIFE, "serve", str(tmp_path / name)], capture_output=True, text=True, check=False)
        assert result.returncode == 1
        assert said in result.stderr


def test_a_port_that_is_taken_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = subprocess.run([*STRIFE, "serve", "--port", str(port)], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "choose another with --port" in result.stderr


def test_the_reader_reads_and_outlives_what_ends_it() -> None:
    reader = Reader()
    reader.start()
    try:
        document = Document(id="text", text=TEXT)
        reading = reader.read(document)
        assert reader.warm
        assert {claim.status for claim in reading.claims} == {"reported"}
        assert reading.whys
        process = reader._process
        assert process is not None
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join(10)
        assert reader.read(document) == reading
        reader.patience = 0.0
        with pytest.raises(BadInput, match="takes longer"):
            reader.read(document)
        assert not reader.warm
    finally:
        reader.stop()
