"""Readings as a web page of its own, or as a piece of one for notebooks: the text underlined, the claims beside it."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files

from strife.records import Claim, Document, Reading, Why
from strife.views.article import Mark, Segment, paragraphs, segments
from strife.views.card import Numbers, entry, esc, esc_lines, look
from strife.views.groups import TITLES, grouped, likeliest_first
from strife.views.words import focus, harmless, short

ADDRESS = re.compile(r"https?://[^\s\\<>\"]+", re.IGNORECASE)
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 4h12M2 8h9' "
    "stroke='%231c1d21' stroke-width='2'/%3E%3Cpath d='M2 13h12' stroke='%23b3261e' stroke-width='2.5' "
    "stroke-dasharray='3 1.5'/%3E%3C/svg%3E"
)
TYPES = {"event": "event", "control": "control", "relation": "relation", "figure": "figure", "statement": "statement"}
LINES = (
    ("reported", "reported"),
    ("claimed", "claimed by somebody"),
    ("expected", "expected, intended, demanded"),
    ("possible", "possible, conditional, asked"),
    ("negated", "negated, denied"),
)
NAMED = 6  # claims that a passage names where no script can show the card


def page(readings: Sequence[Reading], *, why: bool = False) -> str:
    """One self-contained page: no outside resource, a strict content security policy, all text of documents escaped."""
    style, script = _asset("reading.css") + _asset("page.css"), _asset("reading.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    title = _title(readings[0].document) if len(readings) == 1 else f"{len(readings):,} readings"
    level = 1 if len(readings) == 1 else 2
    body = "".join(section(reading, f"d{number}", why=why, level=level) for number, reading in enumerate(readings, 1))
    contents = "" if len(readings) == 1 else f"<h1>{title}</h1>{_contents(readings)}"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<title>{title} – strife</title>\n<link rel="icon" href="{ICON}">\n<style>{style}</style>\n</head>\n'
        f'<body>\n<div class="strife page">{contents}{legend()}<main>{body}</main></div>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def fragment(reading: Reading) -> str:
    """The same view of one reading as a piece of HTML without script, its styles kept to itself."""
    document = reading.document
    mark = hashlib.sha256(f"{document.id}\n{document.text}".encode("utf-8", "surrogatepass")).hexdigest()[:8]
    style = f"<style>{_asset('reading.css')}</style>"
    return f'<div class="strife">{style}{legend()}{section(reading, f"s{mark}", level=3)}</div>'


@functools.cache
def _asset(name: str) -> str:
    return (files("strife.views") / "assets" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _title(document: Document) -> str:
    return esc(document.title or document.id) or "Untitled"


def _count(number: int) -> str:
    return "no claims" if not number else "1 claim" if number == 1 else f"{number:,} claims"


def _contents(readings: Sequence[Reading]) -> str:
    rows = "".join(
        f'<li><a href="#d{number}" dir=auto>{_title(reading.document)}</a> '
        f"<small>{_facts(reading, link=False)}</small></li>"
        for number, reading in enumerate(readings, 1)
    )
    return f'<nav class="contents" aria-label="Contents"><ol>{rows}</ol></nav>'


def _facts(reading: Reading, *, link: bool) -> str:
    document = reading.document
    facts = [document.source, document.published, document.id if document.title else None]
    parts = [f"<bdi>{esc(fact)}</bdi>" for fact in facts if fact]
    if document.url and link:
        parts.append(_link(document.url))
    counts = Counter(claim.status for claim in reading.claims)
    statuses = ", ".join(f"{number:,} {status}" for status, number in counts.most_common())
    return " · ".join([*parts, _count(len(reading.claims)) + (f": {statuses}" if statuses and link else "")])


def _link(url: str) -> str:
    """A link where the address is one of the web; any other is only text."""
    if not ADDRESS.fullmatch(url):
        return f"<bdi>{esc(url)}</bdi>"
    return f'<a href="{esc(url)}" rel="noopener noreferrer nofollow"><bdi>{esc(url)}</bdi></a>'


def legend() -> str:
    """What colours and lines mean; each box hides what it names, without a script."""
    types = "".join(_box(name, f'<u class="{name} reported">{word}</u>') for name, word in TYPES.items())
    lines = "".join(_box(name, f'<u class="{name}">{words}</u>') for name, words in LINES)
    return (
        f'<div class="legend"><div role="group" aria-label="Show types">{types}</div>'
        f'<div role="group" aria-label="Show statuses">{lines}</div></div>'
    )


def _box(name: str, words: str) -> str:
    return f'<label><input type="checkbox" class="show-{name}" checked> {words}</label> '


def section(
    reading: Reading, prefix: str, *, why: bool = False, level: int = 1, more: Callable[[Claim], str] | None = None
) -> str:
    """A document with its claims, its ids beginning with `prefix`, its heading of that level.

    `more` gives what else stands in the record of a claim, as HTML; then the entries can be reached by the claims' ids too."""
    numbers = Numbers(reading, prefix)
    article, passages = _article(reading, prefix)
    whys = {one.claim: one for one in reading.whys} if why else {}
    found = [likeliest_first(one) for one in grouped(reading.claims)]
    jumps = " · ".join(f'<a href="#{prefix}-{one.key}">{TITLES[one.key]} {len(one.claims):,}</a>' for one in found)
    groups = "".join(
        f'<section class="group {group.key}" id="{prefix}-{group.key}">'
        f"<h{level + 1}>{group.title} <small>{len(group.claims)}</small></h{level + 1}>"
        f"<ol>{_entries(group.claims, numbers, passages, whys, more)}</ol></section>"
        for group in found
    )
    return (
        f'<section class="doc" id="{prefix}"><header><h{level} dir=auto>{_title(reading.document)}</h{level}>'
        f'<p class="about">{_facts(reading, link=True)}</p>'
        f'<p class="skip"><a href="#{prefix}claims">Skip to the claims</a></p><p class="jumps">{jumps}</p></header>'
        f'<div class="columns">'
        f'<article lang="en">{article}</article>'
        f'<aside id="{prefix}claims" tabindex="-1" aria-label="Claims">{groups}</aside></div></section>\n'
    )


def _entries(
    claims: Sequence[Claim],
    numbers: Numbers,
    passages: dict[int, str],
    whys: dict[str, Why],
    more: Callable[[Claim], str] | None,
) -> str:
    return "".join(
        entry(claim, numbers, passages.get(numbers.of[claim.id]), whys.get(claim.id), more and more(claim))
        for claim in claims
    )


def _article(reading: Reading, prefix: str) -> tuple[str, dict[int, str]]:
    """The text as HTML, and the id of the passage where each claim begins."""
    text = harmless(reading.document.text)
    names = [short(claim) for claim in reading.claims]
    parts: list[str] = []
    passages: dict[int, str] = {}
    count = 0
    for block in segments(paragraphs(text), _marks(reading.claims, text)):
        lanes = max((lane for one in block for lane, line in enumerate(one.lines, 1) if line), default=0)
        parts.append(f'<p class="lanes{lanes}" dir=auto>')
        for segment in block:
            count += 1
            address = f"{prefix}t{count}"
            passages |= dict.fromkeys(segment.begins, address)
            parts.append(_segment(names, segment, text, prefix, address))
        parts.append("</p>\n")
    return "".join(parts), passages


def _marks(claims: Sequence[Claim], text: str) -> list[Mark]:
    marks: list[Mark] = []
    for number, claim in enumerate(claims, 1):
        centre = focus(claim)
        for span in claim.evidence:
            last = min(span.end, len(text))
            marks.append(Mark(number, span.start, last, look(claim)))
            if span.start <= centre.start < centre.end < last or span.start < centre.start < centre.end == last:
                end = centre.end + (text[centre.end : centre.end + 1] == " ")  # no segment of a mere space
                marks.append(Mark(number, centre.start, min(end, last), look(claim), core=True))
    return marks


def _segment(names: Sequence[str], segment: Segment, text: str, prefix: str, address: str) -> str:
    words = esc_lines(text[segment.start : segment.end])
    if not segment.claims:
        return words
    lines = [f'<u class="{line} lane{lane}">' for lane, line in enumerate(segment.lines) if line]
    title = "\n".join(names[number - 1] for number in segment.claims[:NAMED])
    attributes = f'id="{address}" href="#{prefix}c{segment.claims[0]}" title="{esc_lines(title)}"'
    attributes += f' data-claims="{_listed(segment.claims)}"'
    if segment.cores:
        attributes += f' data-core="{_listed(segment.cores)}"'
    attributes += f' data-n="{_listed(sorted(segment.begins))}"' if segment.begins else ' tabindex="-1"'
    return f'<a class="passage" {attributes}>{"".join(lines)}{words}{"</u>" * len(lines)}</a>'


def _listed(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))
