"""What all requests share: the case that is served, its open connections, who decides, and what proves a request is ours."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request

from strife.records import Reading

if TYPE_CHECKING:
    from strife.casefile import Case
    from strife.views.web.merging import Merger
    from strife.views.web.reader import Reads
    from strife.views.web.worker import Worker

READINGS = 30  # of pasted texts that are kept
COUNTED = 100  # counts over the whole case that are kept
KEPT = 4  # connections that wait for the next request

T = TypeVar("T")


class Cases:
    """Open connections to one case file: a request takes one for itself and gives it back."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.memo = Memo(path)
        self._idle: deque[Case] = deque()

    @contextmanager
    def taken(self) -> Iterator[Case]:
        """A connection nobody else uses. BadCase where the file cannot be opened."""
        from strife.casefile import Case

        try:
            case = self._idle.pop()
        except IndexError:
            case = Case.open(self.path)
            case.up_to_date = False  # merging takes too long for a page: see merging
        try:
            yield case
        finally:
            if len(self._idle) < KEPT:
                self._idle.append(case)
            else:
                case.close()

    def close(self) -> None:
        """Close what is open."""
        while self._idle:
            self._idle.pop().close()


class Memo:
    """What was counted over the whole case, as long as its file does not change: counting again would give the same."""

    def __init__(self, path: Path) -> None:
        self._files = (path, path.with_name(f"{path.name}-wal"))
        self._state: object = None
        self._known: OrderedDict[object, Any] = OrderedDict()
        self._lock = threading.Lock()

    def holds(self, key: object) -> bool:
        """Whether something is kept under a key, of the case as it is now."""
        state = tuple(_state(file) for file in self._files)
        with self._lock:
            return state == self._state and key in self._known

    def get(self, key: object, make: Callable[[], T]) -> T:
        """What `make` gave for this key, asked again only where the case has changed."""
        state = tuple(_state(file) for file in self._files)
        with self._lock:
            if state != self._state:
                self._known.clear()
                self._state = state
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]  # type: ignore[no-any-return]
        found = make()
        with self._lock:
            if state == self._state:
                self._known[key] = found
            while len(self._known) > COUNTED:
                self._known.popitem(last=False)
        return found


def _state(file: Path) -> tuple[int, int]:
    try:
        facts = file.stat()
    except OSError:
        return (0, 0)
    return (facts.st_mtime_ns, facts.st_size)


class Shelf:
    """The readings of texts that were pasted, the latest of them, in memory only; by a name that follows from the text."""

    def __init__(self) -> None:
        self._readings: OrderedDict[str, Reading] = OrderedDict()

    def put(self, reading: Reading) -> str:
        """Keep a reading; its name."""
        document = reading.document
        told = "\0".join((document.text, document.published or "", document.title or "", document.source or ""))
        name = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self._readings[name] = reading
        self._readings.move_to_end(name)
        while len(self._readings) > READINGS:
            self._readings.popitem(last=False)
        return name

    def get(self, name: str) -> Reading | None:
        """The reading of a name, None where it is not kept any more."""
        return self._readings.get(name)


@dataclass(slots=True)
class Site:
    """The application's state; `by` is the name under which decisions are written, `hosts` the names it answers to."""

    cases: Cases | None
    reader: Reads
    by: str
    hosts: frozenset[str]
    worker: Worker
    merger: Merger | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    shelf: Shelf = field(default_factory=Shelf)

    @property
    def name(self) -> str:
        """The case in one word, "" where none is served."""
        return self.cases.path.name if self.cases else ""


def site_of(request: Request) -> Site:
    """The state of the application that serves a request."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site


@contextmanager
def case_of(request: Request) -> Iterator[Case]:
    """The case that is served; 404 where the application runs without one."""
    cases = site_of(request).cases
    if cases is None:
        raise HTTPException(404, "No case is open here. Start the server with one: strife serve CASE")
    with cases.taken() as case:
        yield case


def counted(request: Request, key: object, make: Callable[[], T]) -> T:
    """What was counted over the whole case, kept until its file changes; `key` says what was counted, with all filters."""
    cases = site_of(request).cases
    return cases.memo.get(key, make) if cases else make()
