"""A brief as Markdown, with footnotes; charts are only in the page."""

from __future__ import annotations

import html
import re

from strife.views.brief.document import Brief, Note, Section, Sentence
from strife.views.words import one_line

SPECIAL = re.compile(r"([\\`*_{}\[\]#|~!$])")
BLOCK = re.compile(r"^(\s*)(\d*)([-+=.)])")


def markdown(brief: Brief) -> str:
    """The text; nothing of a document is read as markup."""
    parts = [f"# {esc(brief.title)}", *map(esc, brief.facts), *map(_section, brief.sections)]
    if brief.notes:
        parts += ["## Notes", "\n".join(map(_note, brief.notes))]
    return "\n\n".join(parts) + "\n"


def esc(text: str) -> str:
    """Text on one line in which no letter is markup."""
    escaped = SPECIAL.sub(r"\\\1", html.escape(one_line(text), quote=False)).replace("://", ":\\//")
    return BLOCK.sub(r"\1\2\\\3", escaped)


def _section(section: Section) -> str:
    items = "\n".join(f"- {' '.join(map(_sentence, one.sentences))}" for one in section.paragraphs)
    left = f"\n\n{section.left}" if section.left_out else ""
    return f"## {esc(section.title)}\n\n*{esc(section.rule)}*\n\n{items}{left}"


def _sentence(sentence: Sentence) -> str:
    return esc(sentence.text) + "".join(f"[^{number}]" for number in sentence.notes)


def _note(note: Note) -> str:
    source = note.source
    facts = (
        [source.source, source.title, source.published, source.url]
        if source.source or source.title
        else [source.id, source.url]
    )
    said = ", ".join(esc(fact) for fact in facts if fact)
    return f"[^{note.number}]: “{esc(note.quote)}” {said} ({esc(note.standing)}; claim {note.claim})"
