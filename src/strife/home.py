"""Where strife keeps what it builds and what users add."""

from __future__ import annotations

import os
from pathlib import Path


def home_folder() -> Path:
    """Where strife keeps what it builds: $STRIFE_HOME, else $XDG_CACHE_HOME/strife, else ~/.cache/strife."""
    own = os.environ.get("STRIFE_HOME")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME")
    return Path(base) / "strife" if base else Path.home() / ".cache" / "strife"
