"""One claim as HTML: a line that opens to the whole record."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping

from strife.records import Claim, Date, Document, Event, Figure, Party, Place, Reading, Relation, Statement, Why
from strife.views.words import Wording, code_words, date_words, figure_words, harmless, number_words, one_line, wording

INNER = {"Found by", "Claim"}  # what the card beside the text leaves out


def esc(text: str) -> str:
    """Text of a document as HTML, on one line, with nothing in it that could be markup or turn other text around."""
    return html.escape(one_line(text))


def esc_lines(text: str) -> str:
    """The same with its line breaks."""
    return html.escape(harmless(text))


def look(claim: Claim) -> str:
    """The classes that give a claim its colour (type) and the style of its line (status)."""
    return f"{type(claim).__name__.lower()} {claim.status}"


class Numbers:
    """The numbers and addresses of a reading's claims on a page, from 1 in text order."""

    def __init__(self, reading: Reading, prefix: str) -> None:
        self.prefix = prefix
        self.of = {claim.id: number for number, claim in enumerate(reading.claims, 1)}

    def address(self, number: int) -> str:
        """The id of a claim's entry."""
        return f"{self.prefix}c{number}"


def record(claim: Claim, why: Why | None) -> str:
    """The whole record of a claim that stands by itself, as HTML."""
    numbers = Numbers(Reading(document=Document(id=claim.document, text=""), claims=()), "")
    facts = (f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in _facts(claim, numbers, why))
    return f"<dl>{''.join(facts)}</dl>"


def entry(claim: Claim, numbers: Numbers, passage: str | None, why: Why | None, more: str | None = None) -> str:
    """The list entry of a claim; `passage` is the id of the place in the text where it begins.

    `more` is HTML at the end of the record; with it the entry can be reached by the claim's id too."""
    number, words = numbers.of[claim.id], wording(claim)
    back = f' <a class="back" href="#{passage}">in the text</a>' if passage else ""
    quotes = "".join(f"<q dir=auto>{esc(span.quote)}</q> " for span in claim.evidence)
    facts = "".join(
        f"<div{' class=inner' if name in INNER else ''}><dt>{name}</dt><dd>{value}</dd></div>"
        for name, value in _facts(claim, numbers, why)
    )
    anchor = "" if more is None else f'<span class="anchor" id="{esc(claim.id)}"></span>'
    return (
        f'<li class="claim {look(claim)}" id="{numbers.address(number)}">{anchor}<details><summary>'
        f'<span class="number">{number}</span> <span class="deed">{_deed(claim, words)}</span> {_line(words)}'
        f'</summary><div class="record"><p class="quote">{quotes}{back}</p><dl>{facts}</dl>{more or ""}</div></details></li>'
    )


def _deed(claim: Claim, words: Wording) -> str:
    who = f"<b><bdi>{esc(words.who)}</bdi></b> → " if words.who else ""
    whom = f" → <b><bdi>{esc(words.whom)}</bdi></b>" if words.whom else ""
    return f'{who}<u class="{look(claim)}"><bdi>{esc(words.does)}</bdi></u>{whom}'


def _line(words: Wording) -> str:
    parts = [f'<span class="standing">{esc(words.standing)}</span>']
    parts += [f"<bdi>{esc(part)}</bdi>" for part in (words.when, words.place) if part]
    parts.append(f'<span class="code">{esc(words.code)}</span>')
    return f'<span class="facts">{" · ".join(parts)}</span>'


def _facts(claim: Claim, numbers: Numbers, why: Why | None) -> Iterator[tuple[str, str]]:
    yield from _own_facts(claim, numbers.of, numbers)
    if claim.where:
        yield "Where", _place(claim.where)
    if claim.when:
        yield "When", _date(claim.when)
    frame = claim.frame
    if frame.voice == "author":
        yield "Voice", "the author"
    else:
        yield "Voice", _parties((frame.voice, *frame.co_voices))
    if frame.likelihood:
        yield "Likelihood", esc(frame.likelihood)
    if frame.cue:
        yield "Cue", f"<q>{esc(frame.cue.quote)}</q>"
    if claim.score is not None:
        yield "Score", number_words(round(claim.score, 2))
    if why:
        yield "Rule", f"<code>{esc(why.rule)}</code>" + (f" at <q>{esc(why.cue)}</q>" if why.cue else "")
        if why.candidates:
            yield "Candidates", "<br>".join(map(esc, why.candidates))
    yield "Found by", f"<code>{esc(claim.by)}</code>"
    name, number = f"<code>{esc(claim.id)}</code>", numbers.of.get(claim.id)
    yield "Claim", f'<a href="#{numbers.address(number)}">{name}</a>' if number else name


def _own_facts(claim: Claim, known: Mapping[str, int], numbers: Numbers) -> Iterator[tuple[str, str]]:
    """What only claims of this type have."""
    match claim:
        case Event():
            for name, parties in (("Who", claim.actors), ("To whom", claim.recipients), ("With", claim.supporters)):
                if parties:
                    yield name, _parties(parties)
            yield "Code", _code(claim)
        case Relation():
            yield "Who", _parties((claim.subject,))
            yield "Stands", esc(claim.predicate.replace("_", " "))
            yield "To whom", _parties((claim.object,))
        case Figure():
            yield "Figure", f"{esc(figure_words(claim))} ({esc(claim.measure)})"
            if number := known.get(claim.about or ""):
                yield "About", f'<a href="#{numbers.address(number)}">claim {number}</a>'
        case Statement():
            yield "Says", f"<span dir=auto>{esc(claim.content.quote)}</span>"
        case _:
            yield "Holder", _parties((claim.holder,))
            yield "Change", esc(f"{claim.change}, {claim.extent}")


def _code(event: Event) -> str:
    code = event.code
    parts = [f"PLOVER {esc(code_words(event))}"]
    if code.contexts:
        parts[0] += f" <small>({esc(', '.join(code.contexts))})</small>"
    if code.cameo:
        parts.append(f"CAMEO {esc(code.cameo)}")
    if code.acled:
        parts.append(f"ACLED {esc(code.acled)}")
    return "<br>".join(parts)


def _with_small(name: str, facts: list[str]) -> str:
    small = f" <small>{esc(' · '.join(facts))}</small>" if facts else ""
    return f"<bdi>{esc(name)}</bdi>{small}"


def _as_written(name: str, quote: str) -> list[str]:
    return [f"“{quote}”"] if quote.casefold() != name.casefold() else []


def _parties(parties: tuple[Party, ...]) -> str:
    return "<br>".join(map(_party, parties))


def _party(party: Party) -> str:
    name = party.name or party.quote
    facts = [*_as_written(name, party.quote), party.country or "", " ".join(party.sectors), party.id or ""]
    return _with_small(name, [fact for fact in facts if fact])


def _place(place: Place) -> str:
    name = place.name or place.quote
    spot = f"{place.lat:.3f}, {place.lon:.3f}" if place.lat is not None and place.lon is not None else ""
    facts = [
        *_as_written(name, place.quote),
        place.admin1 or "",
        place.country or "",
        place.precision,
        spot,
        place.id or "not resolved",
    ]
    return _with_small(name, [fact for fact in facts if fact])


def _date(date: Date) -> str:
    facts = [f"“{date.quote}”"] if date.quote and date.start else []
    facts += [date.precision] if date.start else ["not resolved"]
    return _with_small(date_words(date) or "unknown", [*facts, date.basis])
