"""Faults of the machine around us: files that may not grow, network file systems, a clock that goes back, an extra that is missing."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from strife.casefile import Case, mounts
from strife.casefile.mounts import network_of
from strife.errors import BadInput
from strife.sources.read import read_sources
from tests.case_helpers import toy

MOUNTS = r"""22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
40 22 0:40 / /data rw - nfs4 server:/data rw
41 40 8:2 / /data/local rw - xfs /dev/sdb1 rw
42 22 0:41 / /team\040share rw shared:1 - cifs //server/share rw
43 22 0:42 / /remote rw - fuse.sshfs host: rw
short line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/a.strife", None),
        ("/data/a.strife", "nfs4"),
        ("/data/deep/a.strife", "nfs4"),
        ("/data/local/a.strife", None),
        ("/database/a.strife", None),
        ("/team share/a.strife", "cifs"),
        ("/remote/a.strife", "fuse.sshfs"),
    ],
)
def test_network_file_systems_are_told_from_disks(tmp_path: Path, path: str, kind: str | None) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTS)
    assert network_of(Path(path), table) == kind
    assert network_of(Path(path), tmp_path / "none") is None


def test_adding_to_a_case_on_a_network_file_system_says_so(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mounts, "network_of", lambda _: "nfs4")
    heard: list[str] = []
    case.add([toy("a", "Army attacked Rebels in Harem on 2013-07-01.")], notice=heard.append)
    assert any("network file system (nfs4)" in one and "local disk" in one for one in heard)


def test_a_clock_that_goes_back_changes_nothing(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    from strife.casefile import writers

    case.add([toy("a", "Army attacked Rebels in Harem on 2013-07-01.")])
    monkeypatch.setattr(writers.time, "time", lambda: 1_000_000_000.0)
    assert case.add([toy("b", "Army attacked Rebels in Nawa on 2013-07-02.")], patience=0).new == 1
    assert case.add([toy("b", "Army attacked Rebels in Nawa on 2013-07-02.")], patience=0).same == 1
    assert case.check() == []


GROW = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from strife import engine
from strife.casefile import Case
from strife.errors import BadCase
from tests.case_helpers import toy, toy_chunk
engine._read_chunk = toy_chunk
path = Path(sys.argv[1])
text = "Army attacked Rebels in Harem on 2013-07-01. "
with Case.open(path, create=True) as case:
    case.add([toy("a", text)])
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 200_000,) * 2)
    try:
        case.add(toy(f"b{n}", text + "and so on " * 900 + str(n)) for n in range(200))
    except BadCase as error:
        print(error)
"""


def test_a_file_that_may_not_grow_keeps_what_was_saved(tmp_path: Path) -> None:
    """RLIMIT_FSIZE, as a quota: the system refuses to write, in the middle of a run."""
    path = tmp_path / "a.strife"
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", GROW, str(path)], capture_output=True, text=True, check=True, cwd=root)
    assert str(path) in done.stdout
    assert any(words in done.stdout for words in ("disk is full", "the disk failed"))
    with Case.open(path) as case:
        assert case.check() == []
        assert case.store.one("SELECT count(*) FROM documents") >= 1
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 200_000  # only the other process was limited


@pytest.mark.parametrize(("module", "suffix"), [("feedparser", ".rss"), ("warcio.archiveiterator", ".warc")])
def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, suffix: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"<rss/>")
    (bad,) = read_sources([path])
    assert isinstance(bad, BadInput)
    assert "pip install 'strife[feeds]'" in str(bad)
