"""The reading view as a part of pages: the text with its claims, and what can be done with each."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from strife.casefile.annotated import Note, Telling
from strife.records import Claim, Reading
from strife.views.card import esc
from strife.views.html import legend, section
from strife.views.web.query import address

PLAIN = Note()


def reading_view(reading: Reading, notes: Mapping[str, Note] | None = None) -> Markup:
    """The legend and the reading. With `notes` (by claim id) each claim can be decided on; a form `decide` must be on the page."""

    def more(claim: Claim) -> str:
        return "" if notes is None else _known(claim, notes.get(claim.id, PLAIN))

    return Markup(legend() + section(reading, "d", why=True, more=more))  # noqa: S704 -- made of escaped parts


def _known(claim: Claim, note: Note) -> str:
    return _elsewhere(note) + _acts(claim.id, note)


def _elsewhere(note: Note) -> str:
    return "".join(map(_told, note.tellings))


def _told(telling: Telling) -> str:
    incident = f'<a href="{esc(address("incidents", telling.incident))}">One incident</a>'
    if not telling.elsewhere:
        return f'<p class="told">{incident}, told by this document alone</p>'
    links = "".join(
        f'<li><a href="{esc(address("documents", one.document))}#{esc(one.claim)}">'
        f"<bdi>{esc(one.title or one.document)}</bdi></a>{_small(one.source)}</li>"
        for one in telling.elsewhere
    )
    rest = telling.documents - len(telling.elsewhere)
    more = f"<li>and {rest:,} more</li>" if rest else ""
    others = "another document" if telling.documents == 1 else f"{telling.documents:,} other documents"
    return f'<div class="told"><p>{incident}, told by {others}:</p><ul>{links}{more}</ul></div>'


def _small(source: str | None) -> str:
    return f" <small><bdi>{esc(source)}</bdi></small>" if source else ""


def _acts(claim: str, note: Note) -> str:
    """The buttons; without a script they send the form, with it the keys a, x, c and u do the same."""
    name = esc(claim)
    state = f'<span class="state">{note.decision}</span>' if note.decision else '<span class="state"></span>'
    undo = f'<button form="decide" name="do" value="undo:{name}"{"" if note.number else " hidden"}>undo <kbd>u</kbd></button>'
    return (
        f'<p class="acts" data-claim="{name}" data-state="{note.decision or ""}">{state} '
        f'<button form="decide" name="do" value="accept:{name}">accept <kbd>a</kbd></button> '
        f'<button form="decide" name="do" value="reject:{name}">reject <kbd>x</kbd></button> '
        f'<a class="button" href="{esc(address("claims", claim))}#correct">correct <kbd>c</kbd></a> {undo}</p>'
    )
