"""What takes seconds over a whole case is worked out in a thread of its own, one thing at a time, and kept until the file changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request

from strife.views.web.site import Memo, case_of, counted, site_of

T = TypeVar("T")
PATIENCE = 4.0  # seconds that a page waits before it says that it is being worked out
LONGEST = 90.0  # seconds that data waits: a program cannot read "load again"


class Worker:
    """Works things out in the order they are asked for; each is asked for once, however many wait for it."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[tuple[object, Callable[[], Any]]] = SimpleQueue()
        self._waiting: dict[object, Future[Any]] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def ask(self, key: object, make: Callable[[], T]) -> Future[T]:
        """What `make` will give, under a name by which others can wait for the same."""
        with self._lock:
            found = self._waiting.get(key)
            if found is None:
                found = self._waiting[key] = Future()
                self._queue.put((key, make))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, daemon=True, name="strife worker")
                self._thread.start()
        return found

    def _work(self) -> None:
        while True:
            key, make = self._queue.get()
            future = self._waiting[key]
            try:
                future.set_result(make())
            except Exception as error:  # noqa: BLE001 -- raised again where somebody waits for it
                future.set_exception(error)
            with self._lock:
                del self._waiting[key]


def worked_out(request: Request, key: object, make: Callable[[], T], *, page: bool) -> T | None:
    """What `make` gives, kept until the case changes; None where a page should say that it takes a while.

    `make` runs in the worker's thread and takes a connection of its own. 503 where data is not there in time."""
    site = site_of(request)
    with case_of(request):
        pass  # 404 where there is none
    assert site.cases is not None
    memo: Memo = site.cases.memo
    if memo.holds(key):
        return counted(request, key, make)
    try:
        return site.worker.ask(key, lambda: memo.get(key, make)).result(PATIENCE if page else LONGEST)
    except TimeoutError as error:
        if page:
            return None
        raise HTTPException(503, "It is still being worked out; ask again in a while", {"Retry-After": "30"}) from error
