"""What the pages of a built site would fetch from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

AWAY = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
IN_STYLE = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""", re.IGNORECASE)
LOADED = {"src", "srcset", "data", "poster", "background", "action", "formaction"}
HARMLESS = {"canonical", "alternate", "next", "prev"}  # links that browsers do not follow by themselves
# The theme's script names two more addresses: it fetches a library for diagrams, and the facts of a repository, where a page has these.


class _Page(HTMLParser):
    """Collects what a page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element: what its attributes load."""
        given = {name: value or "" for name, value in attrs}
        self.style = tag == "style"
        self.found += [given[name] for name in LOADED & set(given)]
        self.found += IN_STYLE.findall(given.get("style", ""))
        if tag == "link" and not HARMLESS & set(given.get("rel", "").split()):
            self.found.append(given.get("href", ""))
        if "mermaid" in given.get("class", "").split():
            self.found.append("https://a-diagram/")
        if given.get("data-md-component") == "source":
            self.found.append("https://facts-of-a-repository/")

    def handle_data(self, data: str) -> None:
        """Text: of a style sheet, what it loads."""
        if self.style:
            self.found += IN_STYLE.findall(data)


def requests_in(site: Path) -> list[str]:
    """What the pages and style sheets of a site load from another address: `file: address`, sorted."""
    return sorted(
        f"{path.relative_to(site)}: {address}"
        for path in site.rglob("*")
        if path.suffix in {".html", ".css", ".svg"}
        for address in set(_loads(path))
        if AWAY.match(address)
    )


def _loads(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    if path.suffix == ".css":
        yield from IN_STYLE.findall(text)
        return
    page = _Page()
    page.feed(text)
    yield from page.found
