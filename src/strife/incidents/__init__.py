"""Incidents: what the claims of many documents together amount to. Pure: claims in, incidents out."""

from strife.incidents.testimony import Decisions, Testimony

__all__ = ["Decisions", "Testimony"]
