"""Who is writing: one run of adding at a time, so that a second waits, and then can say who holds the case."""

from __future__ import annotations

import getpass
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from strife.casefile.store import Store, described, now
from strife.errors import BadCase

SILENT = 60.0  # seconds without a sign of life after which a writer on another machine is taken for dead
PAUSE = 0.5  # seconds between two looks


@contextmanager
def turn(store: Store, doing: str, reader: str, *, patience: float) -> Iterator[int]:
    """The number of a run that is this process's alone; BadCase naming the writer where it does not end in `patience` seconds."""
    run = _begun(store, doing, reader, time.monotonic() + patience)
    try:
        yield run
    except BaseException:
        with suppress(BadCase):  # the first error counts; a run without an end is passed over once its process is gone
            _ended(store, run)
        raise
    _ended(store, run)


def beat(store: Store, run: int) -> None:
    """Give a sign of life."""
    with store.transaction():
        store.run("UPDATE runs SET beat = ? WHERE number = ?", (time.time(), run))


def _begun(store: Store, doing: str, reader: str, until: float) -> int:
    while True:
        with store.transaction():
            other = holder(store)
            if other is None:
                return store.run(
                    "INSERT INTO runs (started, reader, doing, pid, host, user, beat) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (now(), reader, doing, os.getpid(), socket.gethostname(), _user(), time.time()),
                )
        if time.monotonic() > until:
            raise BadCase(f"{store.path}: is being written by {other}; wait until that has ended, or stop it")
        time.sleep(PAUSE)


def _ended(store: Store, run: int) -> None:
    with store.transaction():
        store.run("UPDATE runs SET ended = ?, pid = NULL WHERE number = ?", (now(), run))


def holder(store: Store) -> str | None:
    """The living writer in words, None where there is none."""
    query = "SELECT pid, host, user, started, doing, beat FROM runs WHERE ended IS NULL AND pid IS NOT NULL"
    for pid, host, user, started, doing, last in store.rows(query):
        if time.time() - last < SILENT and (host != socket.gethostname() or _alive(pid)):
            return described(pid, host, user, started, doing)
    return None


def _alive(pid: int) -> bool:
    """Whether a process of this machine exists; taken for granted where that cannot be asked without harm."""
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "an unnamed user"
