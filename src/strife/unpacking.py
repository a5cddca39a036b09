"""Compressed files: what is unpacked is counted, and a file that grows beyond all measure is refused before it fills memory or days."""

from __future__ import annotations

import io
from typing import IO, cast

from strife.errors import BadInput

RATIO = 64  # times its size on disk that a file may unpack to; reports and tables come to 3 to 20, a bomb to 1,000
ALLOWANCE = 32_000_000  # bytes that any file may unpack to, however small it is


class Unpacked(io.RawIOBase):
    """The unpacked bytes of a stream; BadInput once there are more than a file of `packed` bytes can honestly hold."""

    def __init__(self, stream: IO[bytes], packed: int, place: str) -> None:
        self._stream = stream
        self._place = place
        self._packed = packed
        self._left = ALLOWANCE + RATIO * packed

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # of what BufferedReader hands over
        """The next bytes; BadInput where there are too many."""
        data = self._stream.read(min(len(buffer), 1 << 16))
        self._left -= len(data)
        if self._left < 0:
            raise BadInput(
                f"{self._place}: unpacks to more than {RATIO} times its {self._packed:,} bytes, as a zip bomb does; "
                "if you trust it, unpack it first"
            )
        buffer[: len(data)] = data
        return len(data)


def unpacked(stream: object, packed: int, place: str) -> io.BufferedReader:
    """A stream of unpacked bytes (of gzip or a member of a zip), buffered and bounded."""
    return io.BufferedReader(Unpacked(cast("IO[bytes]", stream), packed, place), 1 << 16)
