"""Incidents: what the claims of many documents together amount to. Pure: claims in, incidents out."""

from strife.incidents.merge import blocks, merge
from strife.incidents.outline import Outline, outline_of
from strife.incidents.testimony import Decisions, Testimony

__all__ = ["Decisions", "Outline", "Testimony", "blocks", "merge", "outline_of"]
