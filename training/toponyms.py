"""Corpora of toponyms in the layout of LGL and TR-News: XML articles, spans with a GeoNames id and coordinates."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zlib
from dataclasses import dataclass
from pathlib import Path

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Toponym:
    """A span of a text and the place it means; `id` as strife writes it, or ""."""

    start: int
    end: int
    id: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its toponyms; `fold` is the same for all articles of one outlet."""

    id: str
    text: str
    toponyms: tuple[Toponym, ...]
    fold: int


def load_articles(path: Path) -> list[Article]:
    """The articles of a corpus; toponyms without coordinates are left out."""
    found = []
    for number, article in enumerate(ET.parse(path).getroot().iter("article")):  # noqa: S314  a local file of one's own
        text = article.findtext("text") or ""
        outlet = article.findtext("domain") or article.findtext("url") or ""
        toponyms = tuple(filter(None, (_toponym(entry, text) for entry in article.iter("toponym"))))
        found.append(Article(article.get("docid") or str(number), text, toponyms, zlib.crc32(outlet.encode()) % FOLDS))
    return found


def _toponym(entry: ET.Element, text: str) -> Toponym | None:
    tag = entry.find("gaztag")
    words = entry.findtext("phrase") or ""
    if tag is None or not tag.findtext("lat") or not words:
        return None
    raw = int(entry.findtext("start") or 0)
    starts = [match.start() for match in re.finditer(re.escape(words), text)]  # the files' offsets are off now and then
    if not starts:
        return None
    start = min(starts, key=lambda each: abs(each - raw))
    number = tag.get("geonameid")
    return Toponym(
        start,
        start + len(words),
        f"geonames:{number}" if number and number != "0" else "",
        float(tag.findtext("lat") or 0),
        float(tag.findtext("lon") or 0),
    )
