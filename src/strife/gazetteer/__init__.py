"""Places and their names: one SQLite file, built on first use from installed packages and our own layers."""

from strife.gazetteer.entry import PlaceEntry
from strife.gazetteer.store import Gazetteer

__all__ = ["Gazetteer", "PlaceEntry"]
