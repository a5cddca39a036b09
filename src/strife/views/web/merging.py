"""Incidents that are not of today's claims: merged anew in the background at the start, and when somebody asks (POST /merge)."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from strife.errors import StrifeError
from strife.views.web.forms import own_form
from strife.views.web.site import case_of, site_of

if TYPE_CHECKING:
    from strife.casefile import Case


class Merger:
    """Merges a case anew, one run at a time; `trouble` says why the last one failed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.trouble = ""
        self._thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """Whether incidents are being merged now."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Merge in a thread of its own, where that is needed and nobody adds to the case."""
        if not self.running:
            self._thread = threading.Thread(target=self._merge, daemon=True, name="strife merging")
            self._thread.start()

    def wait(self, seconds: float) -> None:
        """Wait for the run that goes on."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _merge(self) -> None:
        from strife.casefile import Case
        from strife.casefile.merging import can_merge

        try:
            with Case.open(self.path) as case:
                if case.merged().stale and can_merge(case.store):
                    case.merge()
            self.trouble = ""
        except StrifeError as error:  # told on the pages: nobody reads what a thread raises
            self.trouble = str(error)


@dataclass(frozen=True, slots=True)
class Freshness:
    """How the incidents stand, in words; empty where they are of today's claims. `running`: they are being merged now."""

    words: str
    running: bool
    token: str


def freshness(request: Request, case: Case) -> Freshness:
    """How the incidents of the case stand."""
    site = site_of(request)
    state = case.merged()
    words = (site.merger.trouble if site.merger else "") or (str(state) if state.stale else "")
    return Freshness(words, site.merger is not None and site.merger.running, site.token)


async def merge(request: Request) -> Response:
    """Merge the incidents anew, and go back to them."""
    await own_form(request)
    with case_of(request):
        merger = site_of(request).merger
        if merger is not None:
            merger.start()
    return RedirectResponse("/incidents", 303)


routes = [Route("/merge", merge, methods=["POST"])]
