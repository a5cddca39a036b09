"""Runs with several processes of which one is killed: the claims are those of a local reading, byte for byte after sorting."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from strife.engine import read_each
from strife.records import Document, Reading, to_json
from strife.scale.manifest import marks, read_manifest
from strife.scale.sound import troubles

pq = pytest.importorskip("pyarrow.parquet", reason="datasets need pyarrow")
pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes by /proc")

REPORTS = Path(__file__).parents[1] / "corpus" / "incidents" / "dev.jsonl"
NUMBER = 16  # reports: eight shards, some seconds of reading
TASK = "ray::call"  # in the title of a process of Ray that is at work on one of our tasks
LONG = 400.0  # seconds after which something hangs
needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="Ray is not installed: pip install 'strife[ray]'"
)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of our own."""
    path = tmp_path_factory.mktemp("killed") / "in.jsonl"
    path.write_text("".join(REPORTS.read_text(encoding="utf-8").splitlines(keepends=True)[:NUMBER]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def local(inputs: Path) -> list[str]:
    """The claims of a reading in this process, as JSON lines."""
    fields = ("id", "text", "title", "published", "source")
    rows = [json.loads(line) for line in inputs.read_text(encoding="utf-8").splitlines()]
    documents = [Document(**{name: row[name] for name in fields}) for row in rows]
    readings = [one for one in read_each(documents, rules_only=True) if isinstance(one, Reading)]
    assert len(readings) == NUMBER
    return sorted(to_json(claim) for reading in readings for claim in reading.claims)


def begun(inputs: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    """strife run in a process of its own."""
    command = "from strife.views.cli import main; main()"
    arguments = ["run", str(inputs), str(out), "--rules-only", "--shard", "2", "--workers", "2", *options]
    return subprocess.Popen([sys.executable, "-c", command, *arguments], stderr=subprocess.PIPE, text=True)


def below(parent: int) -> Iterator[tuple[int, str]]:
    """The processes that hang on another, each with its command."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            above = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):  # it has just ended
            continue
        parents.setdefault(above, []).append(int(stat.parent.name))
    for child in parents.get(parent, ()):
        try:
            words = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            words = ""
        yield child, words
        yield from below(child)


def once(condition: Callable[[], bool], run: subprocess.Popen[str]) -> None:
    """Wait until something is so while a run goes on."""
    end = time.monotonic() + LONG
    while not condition():
        assert run.poll() is None, f"ended before it was killed: {run.stderr and run.stderr.read()}"
        assert time.monotonic() < end, "hangs"
        time.sleep(0.02)


def claims_of(out: Path) -> list[str]:
    """All claims of a dataset as JSON lines, sorted."""
    files = sorted(out.glob("claims/*/*.parquet"))
    tables = [pq.read_table(path, columns=["record"], partitioning=None) for path in files]
    return sorted(record for table in tables for record in table["record"].to_pylist())


def ended(run: subprocess.Popen[str]) -> str:
    """What a run said; it must end well."""
    _, said = run.communicate(timeout=LONG)
    assert run.returncode == 0, said
    return said


def test_a_pool_killed_in_mid_run_goes_on(tmp_path: Path, inputs: Path, local: list[str]) -> None:
    out = tmp_path / "out"
    run = begun(inputs, out)
    once(lambda: any(marks(out)), run)
    os.kill(run.pid, signal.SIGKILL)
    run.communicate(timeout=LONG)
    before = dict(marks(out))
    assert 0 < len(before) < NUMBER // 2
    assert not read_manifest(out).done
    said = ended(begun(inputs, out))
    assert f"{NUMBER:,} documents" in said
    assert all(mark == before.get(path, mark) for path, mark in marks(out))
    assert claims_of(out) == local
    assert list(troubles(out, thorough=True)) == []


def test_a_pool_outlives_its_workers(tmp_path: Path, inputs: Path, local: list[str]) -> None:
    out = tmp_path / "out"
    run = begun(inputs, out)
    once(lambda: any(marks(out)), run)
    worker = next(pid for pid, words in below(run.pid) if "spawn_main" in words)
    os.kill(worker, signal.SIGKILL)
    ended(run)
    assert claims_of(out) == local
    assert list(troubles(out, thorough=True)) == []


@needs_ray
def test_a_cluster_outlives_its_workers(tmp_path: Path, inputs: Path, local: list[str]) -> None:
    out = tmp_path / "out"
    run = begun(inputs, out, "--on", "ray")
    once(lambda: any(marks(out)), run)
    busy: list[int] = []
    once(lambda: bool(busy.extend(pid for pid, words in below(run.pid) if TASK in words) or busy), run)
    os.kill(busy[0], signal.SIGKILL)
    ended(run)
    assert claims_of(out) == local
    assert list(troubles(out, thorough=True)) == []


@needs_ray
def test_a_cluster_goes_on_where_another_was_killed(tmp_path: Path, inputs: Path, local: list[str]) -> None:
    out = tmp_path / "out"
    run = begun(inputs, out, "--on", "ray")
    once(lambda: any(marks(out)), run)
    cluster = [pid for pid, _ in below(run.pid)]
    for pid in (run.pid, *cluster):  # Ray's own processes may outlive who started them
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    run.communicate(timeout=LONG)
    before = dict(marks(out))
    ended(begun(inputs, out))  # the rest by a pool: the files are the same
    assert len(before) < NUMBER // 2
    assert claims_of(out) == local
    assert list(troubles(out, thorough=True)) == []
