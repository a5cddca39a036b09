"""Bytes -> Document: text, Markdown, web pages, JSON Lines, tables, folders and standard input."""

from strife.sources.read import read_sources

__all__ = ["read_sources"]
