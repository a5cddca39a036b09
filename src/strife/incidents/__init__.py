"""Claims -> incidents: what several claims together amount to. Pure."""

from strife.incidents.testimony import Testimony

__all__ = ["Testimony"]
