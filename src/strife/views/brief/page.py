"""A brief as one self-contained page: no script, nothing from elsewhere, everything of documents escaped."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Iterable
from importlib.resources import files

from strife.views.brief.document import Brief, Note, Section, Sentence
from strife.views.card import esc
from strife.views.html import ADDRESS, ICON
from strife.views.svg.frame import style


def page(brief: Brief) -> str:
    """The page."""
    sheet = _sheet()
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    facts = "".join(f"<p>{esc(fact)}</p>" for fact in brief.facts)
    contents = "".join(f'<li><a href="#{one.key}">{esc(one.title)}</a></li>' for one in brief.sections)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<title>{esc(brief.title)} – strife</title>\n<link rel="icon" href="{ICON}">\n<style>{sheet}</style>\n</head>\n'
        f'<body class="brief"><header><h1 dir="auto">{esc(brief.title)}</h1>{facts}'
        f'<nav aria-label="Contents"><ul>{contents}<li><a href="#notes">Notes</a></li></ul></nav></header>\n'
        f"<main>{''.join(map(_section, brief.sections))}</main>\n{_notes(brief.notes)}</body>\n</html>\n"
    )


@functools.cache
def _sheet() -> str:
    return (files("strife.views") / "assets" / "brief.css").read_text(encoding="utf-8") + style()


def _section(section: Section) -> str:
    items = "".join(f"<li>{' '.join(map(_sentence, one.sentences))}</li>" for one in section.paragraphs)
    charts = "".join(
        f'<figure tabindex="0" role="group" aria-label="Chart">{chart}</figure>' for chart in section.charts
    )
    left = (
        f'<p class="left">{section.left_out:,} more {"is" if section.left_out == 1 else "are"} not told here.</p>'
        if section.left_out
        else ""
    )
    return (
        f'<section id="{section.key}"><h2>{esc(section.title)}</h2><p class="rule">{esc(section.rule)}</p>'
        f"{charts}<ul>{items}</ul>{left}</section>\n"
    )


def _sentence(sentence: Sentence) -> str:
    notes = ", ".join(f'<a href="#note{number}" aria-label="Note {number}">{number}</a>' for number in sentence.notes)
    return f'<span dir="auto">{esc(sentence.text)}</span><sup>{notes}</sup>'


def _notes(notes: Iterable[Note]) -> str:
    return f'<section id="notes"><h2>Notes</h2><ol>{"".join(map(_note, notes))}</ol></section>\n'


def _note(note: Note) -> str:
    source = note.source
    facts = [source.source, source.title, source.published]
    said = [f"<bdi>{esc(fact)}</bdi>" for fact in facts if fact] or [f"<bdi>{esc(source.id)}</bdi>"]
    if source.url and ADDRESS.fullmatch(source.url):
        said.append(f'<a href="{esc(source.url)}" rel="noopener noreferrer nofollow"><bdi>{esc(source.url)}</bdi></a>')
    said.append(f"<small>{esc(note.standing)} · claim {esc(note.claim)}</small>")
    return f'<li id="note{note.number}"><q dir="auto">{esc(note.quote)}</q> {", ".join(said)}</li>'
