"""Claims in plain words, alike in every view: who does what to whom, where, when, how firmly and in whose voice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from strife.records import Claim, Control, Date, Event, Figure, Frame, Party, Place, Relation, Span, Statement, Status

LONG = 90  # characters after which the words of a statement are cut in a line
VAGUE = {"the", "this", "that", "these", "those", "there", "here", "it", "its", "their", "his", "her", "a", "an"}
UNITS = ((1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million"))
VOICED: dict[Status, str] = {
    "claimed": "claimed by",
    "denied": "denied by",
    "expected": "expected by",
    "demanded": "demanded by",
    "intended": "intended by",
    "asked": "asked by",
}  # the others: "possible, according to"


def _harmless() -> dict[int, int]:
    table = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}  # pictures of the control characters
    table |= dict.fromkeys([*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD)
    table |= dict.fromkeys([*range(0xD800, 0xE000), *range(0xE0000, 0xE0080)], 0xFFFD)
    table |= dict.fromkeys([*range(0x200B, 0x2010), *range(0x2060, 0x2065), 0x061C, 0xFEFF], 0x2423)
    return table | {0x0A: 0x0A, 0x09: 0x20, 0x0D: 0x20, 0x85: 0x0A, 0x2028: 0x0A, 0x2029: 0x0A}


HARMLESS = _harmless()


def harmless(text: str) -> str:
    """The text at the same length, with nothing that a terminal obeys or that turns the order of other text around.

    Control characters become pictures of them, bidi embeddings, overrides and half surrogates become U+FFFD, letters without
    width an open box."""
    return text.translate(HARMLESS)


def one_line(text: str) -> str:
    """The text harmless and on one line."""
    return " ".join(harmless(text).split())


def excerpt(text: str, limit: int, start: int = 0, end: int = 0) -> tuple[str, int, int]:
    """At most about `limit` characters of a text around `start:end`, cut between words, and where that lies in it.

    What is left out is marked by an ellipsis; a stretch longer than the limit keeps its beginning and its end."""
    if len(text) <= limit:
        return text, start, end
    if end - start > limit:
        return _without_middle(text[start:end], limit), 0, 0
    room = limit - (end - start)
    first = max(0, min(start - room // 2, len(text) - limit))
    last = min(len(text), first + limit)
    if first > 0:
        space = text.find(" ", first, start)
        first = space + 1 if space >= 0 else first
    if last < len(text):
        space = text.rfind(" ", end, last)
        last = space if space >= 0 else last
    head, tail = "… " if first > 0 else "", " …" if last < len(text) else ""
    return f"{head}{text[first:last]}{tail}", start - first + len(head), end - first + len(head)


def _without_middle(text: str, limit: int) -> str:
    head, tail = text[: limit * 2 // 3], text[-(limit // 3) :]
    return f"{head.rsplit(' ', 1)[0]} … {tail.split(' ', 1)[-1]}"


@dataclass(frozen=True, slots=True)
class Wording:
    """A claim in words, for one line; what is not known is empty, and `place` where control already names it."""

    who: str
    does: str
    whom: str
    place: str
    when: str
    standing: str
    code: str

    @property
    def deed(self) -> str:
        """Who → what → whom."""
        return " → ".join(filter(None, (self.who, self.does, self.whom)))

    def __str__(self) -> str:
        standing = "" if self.standing == "reported" else self.standing
        return " · ".join(filter(None, (self.deed, self.place, self.when, standing, self.code)))


def wording(claim: Claim) -> Wording:
    """The words for a claim."""
    who, does, whom = _deed(claim)
    return Wording(
        who=who,
        does=does,
        whom=whom,
        place=place_words(claim.where) if claim.where and not isinstance(claim, Control) else "",
        when=date_words(claim.when) if claim.when else "",
        standing=standing(claim.frame, claim.status),
        code=code_words(claim),
    )


def short(claim: Claim) -> str:
    """A claim in one short line: "Syrian Army → captured · Qusayr (SY) · COERCE seize"."""
    return str(wording(claim))


def _deed(claim: Claim) -> tuple[str, str, str]:
    match claim:
        case Event():
            who = party_list(claim.actors)
            if claim.supporters:
                who = f"{who} (with {party_list(claim.supporters)})".strip()
            return who, one_line(claim.trigger.quote), party_list(claim.recipients)
        case Relation():
            return party_words(claim.subject), claim.predicate.replace("_", " "), party_words(claim.object)
        case Control():
            return party_words(claim.holder), _control(claim), place_words(claim.where) if claim.where else ""
        case Figure():
            return "", figure_words(claim), ""
        case Statement():
            words = excerpt(one_line(claim.content.quote), LONG)[0]
            return "", f"“{words}”" if claim.quoted else words, ""


def _control(claim: Control) -> str:
    if claim.extent == "whole":
        return claim.change
    return f"{claim.change} {'the surroundings' if claim.extent == 'surroundings' else claim.extent} of"


def figure_words(figure: Figure) -> str:
    """A figure with its bounds and what it counts: "at least 25 soldiers", "12 km (10 to 15)"."""
    low, best, high = figure.low, figure.best, figure.high
    of = one_line(figure.of.quote)
    unit = figure.unit if figure.unit and figure.unit.casefold() != of.casefold() else ""
    if best is not None:
        bounds = {low, high} - {None, best}
        number = (
            f"{number_words(best)} ({_range(low, high)})" if bounds else _hedge(low, best, high) + number_words(best)
        )
    else:
        number = _range(low, high) or "an unstated number of"
    return " ".join(filter(None, (number, unit, of)))


def _hedge(low: float | None, best: float, high: float | None) -> str:
    """How a number without a range is bounded: at least, up to, about, or exactly."""
    if low == best and high is None:
        return "at least "
    if high == best and low is None:
        return "up to "
    return "about " if low is None and high is None else ""


def _range(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"{number_words(low)} to {number_words(high)}"
    if low is not None:
        return f"at least {number_words(low)}"
    return f"at most {number_words(high)}" if high is not None else ""


def number_words(number: float) -> str:
    """A number as people write it, never rounded: 1,200 · 2.5 · 3.4 million."""
    for size, name in UNITS:
        scaled = f"{number / size:.6g}"
        if abs(number) >= size and float(scaled) * size == number:
            return f"{scaled} {name}"
    return f"{int(number):,}" if float(number).is_integer() else f"{number:,}"


def party_words(party: Party) -> str:
    """The name a party was resolved to, else the words for it."""
    return one_line(party.name or party.quote)


def party_list(parties: Iterable[Party]) -> str:
    """Parties by name, each once."""
    return ", ".join(dict.fromkeys(map(party_words, parties)))


def place_words(place: Place) -> str:
    """A place as written with its country, "Qusayr (SY)"; the resolved name where the words do not name it."""
    quote = one_line(place.quote)
    named = quote[:1].isupper() and quote.split()[0].lower() not in VAGUE
    name = quote if named or not place.name else one_line(place.name)
    return f"{name} ({place.country})" if place.country and place.precision != "country" else name


def date_words(date: Date) -> str:
    """A date at its own precision: 2013-06-05 · 2013-06 · 2013 · week of 2013-06-03; unresolved, the words for it."""
    if date.start is None:
        return f"“{one_line(date.quote)}”" if date.quote else ""
    start, end = date.start, date.end or date.start
    if date.precision in ("month", "year") and start[:4] == end[:4]:
        same = start[:7] == end[:7]
        return start[:4] if date.precision == "year" else start[:7] if same else f"{start[:7]} – {end[:7]}"
    if date.precision == "decade":
        return f"{start[:4]} – {end[:4]}"
    if date.precision == "week":
        return f"week of {start}"
    return start if start == end else f"{start} – {end}"


def standing(frame: Frame, status: Status) -> str:
    """How firmly and by whom: "reported", "claimed by Hezbollah", "expected, scheduled"."""
    words: str = status
    if frame.voice != "author":
        voices = party_list((frame.voice, *frame.co_voices))
        words = f"{VOICED[status]} {voices}" if status in VOICED else f"{status}, according to {voices}"
    likelihood = frame.likelihood
    return f"{words}, {likelihood}" if likelihood and likelihood != status else words


def code_words(claim: Claim) -> str:
    """What kind of claim: "COERCE seize", "control", "figure: deaths"."""
    match claim:
        case Event():
            return f"{claim.code.plover} {claim.code.mode or ''}".strip()
        case Figure():
            return f"figure: {claim.measure}"
        case Statement():
            return "quotation" if claim.quoted else "statement"
        case Relation():
            return "relation"
        case Control():
            return "control"


def focus(claim: Claim) -> Span | Place | Party:
    """The words that a claim turns on: an event's trigger, a figure's noun, the place of control."""
    match claim:
        case Event():
            return claim.trigger
        case Figure():
            return claim.of
        case Statement():
            return claim.content
        case Relation():
            return claim.object
        case Control():
            return claim.where or claim.holder
