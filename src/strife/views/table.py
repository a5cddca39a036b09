"""A reading as text for the terminal: the claims in groups, each with its evidence."""

from __future__ import annotations

import io

from rich.console import Console, RenderableType
from rich.console import Group as Stack
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from strife.records import Claim, Reading, Statement, Why
from strife.views.groups import Group, grouped
from strife.views.words import Wording, excerpt, focus, harmless, one_line, wording

WIDTH = 80  # columns where the output is no terminal
LEAST = 30
BESIDE = 64  # columns from which standing and code have a column of their own
WHEN, STANDING, INDENT = 10, 22, 2  # columns
COLOUR = {"Event": "red", "Control": "green", "Relation": "magenta", "Figure": "yellow", "Statement": "blue"}


def show(reading: Reading, *, why: bool = False, width: int | None = None) -> str:
    """The reading in `width` columns; plain text without colour where the width is None, that is, no terminal."""
    console = Console(
        file=io.StringIO(),
        width=max(width or WIDTH, LEAST),
        height=25,  # unused, but without it a dumb terminal always has 80 columns
        force_terminal=width is not None,
        color_system="auto" if width is not None else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(_heading(reading))
    whys = {one.claim: one for one in reading.whys} if why else {}
    for group in grouped(reading.claims):
        console.print()
        console.print(Text(f"{group.title} · {len(group.claims)}", style="bold"))
        console.print(_rows(group, whys, console.width))
    text: str = console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO from above
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _heading(reading: Reading) -> Text:
    document = reading.document
    text = Text(one_line(document.title or document.id), style="bold")
    facts = (document.id if document.title else None, document.source, document.published, document.url)
    number = len(reading.claims)
    count = "no claims" if not number else "1 claim" if number == 1 else f"{number:,} claims"
    line = " · ".join([*(one_line(fact) for fact in facts if fact), count])
    return text.append(f"\n{line}", style="not bold dim")


def _rows(group: Group, whys: dict[str, Why], width: int) -> Table:
    beside = width >= BESIDE
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=WHEN, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    if beside:
        table.add_column(width=STANDING, overflow="fold")
    inner = width - WHEN - 4 - (STANDING + 2 if beside else 0) - INDENT
    for claim in group.claims:
        words = wording(claim)
        parts: list[RenderableType] = [] if _is_its_quote(claim) else [_deed(claim, words)]
        if not beside:
            parts.append(_standing(words, ", "))
        parts.append(Padding(_quote(claim, max(2 * inner - 6, 40)), (0, 0, 0, INDENT if parts else 0)))
        if claim.id in whys:
            parts.append(Padding(_why(whys[claim.id]), (0, 0, 0, INDENT)))
        cells: list[RenderableType] = [Text(words.when), Stack(*parts)]
        table.add_row(*cells, *([_standing(words, "\n")] if beside else []))
    return table


def _is_its_quote(claim: Claim) -> bool:
    """Whether the words for a claim would only repeat its evidence."""
    return isinstance(claim, Statement) and claim.content in claim.evidence


def _deed(claim: Claim, words: Wording) -> Text:
    text = Text()
    if words.who:
        text.append(words.who, style="bold").append(" → ")
    text.append(words.does, style=f"bold {COLOUR[type(claim).__name__]}")
    if words.whom:
        text.append(" → ").append(words.whom, style="bold")
    if words.place:
        text.append(" · ").append(words.place)
    return text


def _standing(words: Wording, between: str) -> Text:
    text = Text(words.standing, style="" if words.standing == "reported" else "bold")
    return text.append(between, style="not bold").append(words.code, style="not bold dim")


def _quote(claim: Claim, limit: int) -> Text:
    """The evidence on about two lines around the words it turns on."""
    text = Text(style="dim")
    for number, span in enumerate(claim.evidence):
        centre = focus(claim)
        inside = span.start <= centre.start and centre.end <= span.end and len(span.quote) == span.end - span.start
        start, end = (centre.start - span.start, centre.end - span.start) if inside else (0, 0)
        words, start, end = excerpt(harmless(span.quote).replace("\n", " "), limit, start, end)
        text.append(" / “" if number else "“")
        before, after = words[:start], words[end:]
        text.append(before).append(words[start:end], style="not dim" if end - start < len(words) else "").append(after)
        text.append("”")
    return text


def _why(why: Why) -> Text:
    parts = [f"rule {one_line(why.rule)}"]
    if why.cue:
        parts.append(f"cue “{one_line(why.cue)}”")
    if why.candidates:
        parts.append("candidates " + "; ".join(map(one_line, why.candidates)))
    return Text("why: " + " · ".join(parts), style="italic")
