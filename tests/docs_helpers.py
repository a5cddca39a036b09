"""Blocks of code in the documentation, and what their marks say.

Before a block stands `<!-- run -->` (it is run), `<!-- run: NAME … -->` (it is run where the program has these commands),
`<!-- shown: REASON -->` (it is not), or `<!-- output -->`: each of its lines stands in what the block before printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
GUIDES = (DOCS / "tutorial.md", *sorted((DOCS / "guides").glob("*.md")))
BLOCK = re.compile(
    r"^(?:<!-- (?P<mark>\w+)(?:: (?P<said>[^\n]*?))? -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A block of code: where it stands, its language and text, its mark and what the mark says."""

    place: str
    language: str
    text: str
    mark: str
    said: str


def blocks(page: Path) -> list[Block]:
    """The blocks of a page, in its order."""
    text = page.read_text("utf-8")
    return [
        Block(
            f"{page.name}:{text.count(chr(10), 0, found.start()) + 1}",
            found["language"],
            found["text"],
            found["mark"] or "",
            found["said"] or "",
        )
        for found in BLOCK.finditer(text)
    ]
