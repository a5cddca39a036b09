"""Inputs made to hurt: bombs, deep nesting, endless lines. Small here; `python benchmarks/limits.py` has the large ones."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from strife import unpacking
from strife.errors import BadInput
from strife.exchange.readers import read_ucdp
from strife.gazetteer.packfile import opened as pack_opened
from strife.records import Document
from strife.sources.read import read_sources
from strife.unpacking import Unpacked


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small allowance, so that a small bomb is one."""
    monkeypatch.setattr(unpacking, "ALLOWANCE", 10_000)


LINE = '{"id": "%d", "text": "Rebels attacked Harem on Monday."}\n'


def zipped(path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def test_a_gzip_bomb_is_refused_and_what_came_before_is_read(tmp_path: Path, strict: None) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(LINE.encode() % 1 + b" " * 3_000_000))
    *_, last = read_sources([path])
    assert isinstance(last, BadInput)
    assert str(last).startswith(f"{path}: unpacks to more than 64 times")
    assert "unpack it first" in str(last)


def test_an_honest_gzip_file_is_read(tmp_path: Path, strict: None) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b"".join(LINE.encode() % number for number in range(2000))))
    assert len([one for one in read_sources([path]) if isinstance(one, Document)]) == 2000


def test_a_web_archive_that_is_a_bomb(tmp_path: Path, strict: None) -> None:
    size = 3_000_000
    head = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % size
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(head + b"x" * size + b"\r\n\r\n"))
    assert any("unpacks to more than" in str(one) for one in read_sources([path]))


@pytest.mark.parametrize("pack", [lambda data: gzip.compress(data), None], ids=["gzip", "zip"])
def test_an_import_that_is_a_bomb(tmp_path: Path, strict: None, pack: object) -> None:
    data = b"1," * 2_000_000
    if pack is None:
        path = zipped(tmp_path / "a.zip", "a.csv", data)
    else:
        path = tmp_path / "a.csv.gz"
        path.write_bytes(gzip.compress(data))
    with pytest.raises(BadInput, match=r"a\.(zip|csv).*unpacks to more than"):
        list(read_ucdp(path))


def test_a_pack_of_places_that_is_a_bomb(tmp_path: Path, strict: None) -> None:
    path = zipped(tmp_path / "SY.zip", "SY.txt", b"1\t" * 2_000_000)
    with pytest.raises(BadInput, match="unpacks to more than"), pack_opened(path, "SY.zip") as stream:
        while stream.read(65_536):
            pass


def test_bytes_are_handed_on_as_they_are() -> None:
    data = bytes(range(256)) * 1000
    assert io.BufferedReader(Unpacked(io.BytesIO(data), len(data), "a")).read() == data
