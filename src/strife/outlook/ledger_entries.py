"""Claims about what is ahead -> entries of the ledger: one for each thing expected, with its condition, near copies once. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from strife.gazetteer.names import fold
from strife.outlook.ledger_match import Way
from strife.outlook.ledger_record import Condition, Content, Expectation
from strife.outlook.ledger_terms import Window, likelihood_of, window_of
from strife.outlook.ledger_words import stems
from strife.records import Claim, Control, Event, Figure, Place, Relation, Stance, Statement, Status

AHEAD = frozenset({"expected", "possible", "conditional", "intended"})
SAYS = frozenset({"reported", "claimed"})  # of statements, whose own words may look ahead
IF = re.compile(
    r"\W*(?:(?:but|and|or|only|even|especially|particularly)\s+)?"
    r"(if|unless|provided|providing|should|in case|in the event|once|as long as|until)\b",
    re.IGNORECASE,
)
HANGS = re.compile(r"\b(if|unless|provided that|on condition that|as long as|in the event|once)\b[^.;]*", re.IGNORECASE)
HAVE = re.compile(
    r"\b(?:may|might|could|must|would|should)(?: not| also| already)* have (?:\w+ly )?"
    r"(?:been|\w+(?:ed|en|wn|ne|ught|eft|ost|old|ut|un))\b"
    r"|\b(?:believed|thought|suspected|feared) to have\b",
    re.IGNORECASE,
)
OPEN = frozenset(
    """
    may might could likely unlikely possible possibility risk chance danger prospect threat potential fear fears feared worry
    worries concern concerns doubt doubtful improbable remote prospects risks chances likelihood
    """.split()
)  # cues of what may still come; others suppose something of what is or was
NEXT = 5  # characters between a condition and what hangs on it
PRESENT = frozenset({"will", "shall", "imminent", "likely", "unlikely", "inevitable"})  # cues of today's expectation
SET = re.compile(
    r"\b(?:is|are)(?: \w+ly| now| still)? (?:to|due to|set to|likely to|expected to|scheduled to|slated to|going to|about to|bound to"
    r"|ready to|certain to|poised to|imminent|coming)\b|\btakes? effect\b|\bis (?:due|scheduled|set|planned) for\b",
    re.IGNORECASE,
)
MEANS = re.compile(r"\b(?:intend|plan|vow|threaten|promise|aim|mean|want)s? to\b", re.IGNORECASE)
FAILS = frozenset({"unless", "until"})  # what must not come about
RANK = {"control": 0, "event": 0, "relation": 1, "figure": 2, "statement": 3}


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim and where it stands: document, day of publication, outlet, the number its near copies share, the place its report
    lends it where it names none, and the sentence around it."""

    claim: Claim
    document: str
    published: date | None
    source: str | None
    story: int
    lent: Place | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An expectation before it is judged: `ways` are the claims any of which bears it out, `conditions` those it
    hangs on; `words` and `hanging` are the stems of both."""

    expectation: Expectation
    ways: tuple[Way, ...]
    conditions: tuple[Way, ...]
    words: frozenset[str]
    hanging: tuple[frozenset[str], ...]
    window: Window | None
    story: int


def entries(sayings: Iterable[Saying]) -> list[Entry]:
    """The entries, in the order of the claims; what near copies repeat in one voice comes once, by its first report."""
    documents: dict[str, list[Saying]] = {}
    for one in map(_opened, sayings):
        if one.claim.status in AHEAD and not _of_what_was(one):
            documents.setdefault(one.document, []).append(one)
    found: dict[tuple[object, ...], Entry] = {}
    for said in documents.values():
        for entry in _of_document(said):
            key = (entry.story, voice_key(entry.expectation), *_gist(entry))
            if (first := found.get(key)) is not None and first.expectation.document != entry.expectation.document:
                copies = (*first.expectation.copies, *entry.expectation.claims)
                found[key] = replace(first, expectation=msgspec.structs.replace(first.expectation, copies=copies))
            else:
                found[(*key, len(found)) if first else key] = entry
    return list(found.values())


def _opened(one: Saying) -> Saying:
    """A statement that somebody makes, and whose words look ahead ("the talks are to open on Friday"): expected or intended."""
    claim = one.claim
    if not isinstance(claim, Statement) or claim.status not in SAYS:
        return one
    status: Status | None = (
        "intended" if MEANS.search(claim.content.quote) else "expected" if SET.search(claim.content.quote) else None
    )
    if status is None:
        return one
    stance: Stance = "intends" if status == "intended" else "expects"
    frame = msgspec.structs.replace(claim.frame, stance=stance)
    return replace(one, claim=msgspec.structs.replace(claim, frame=frame, status=status))


def voice_key(expectation: Expectation) -> str:
    """What stands for the one who expects it: a party's id or name; an author goes by the outlet."""
    voice = expectation.voice
    if isinstance(voice, str):
        return f"author of {expectation.source or expectation.document}"
    return voice.id or fold(voice.name or voice.quote)


def _gist(entry: Entry) -> tuple[object, ...]:
    what, where = entry.expectation.what, entry.expectation.where
    return what.type, fold(what.words), what.change, where.id or fold(where.name or where.quote) if where else None


def _of_what_was(one: Saying) -> bool:
    """Whether a claim only supposes something of what is or was, or is the very word that looks ahead."""
    claim = one.claim
    cue = claim.frame.cue
    if isinstance(claim, Event) and cue is not None and claim.trigger.start == cue.start:
        return True
    if isinstance(claim, Event) and not any(_within(claim.trigger, span) for span in claim.evidence):
        return True
    if HAVE.search(claim.evidence[0].quote):
        return True
    end = claim.when.end if claim.when and claim.when.basis != "publication" else None
    if end is not None and one.published is not None and date.fromisoformat(end) < one.published:
        return cue is None or cue.quote.casefold() not in PRESENT  # the past day is of another clause
    return claim.status == "possible" and (cue is None or cue.quote.casefold() not in OPEN)


def _within(inner: object, outer: object) -> bool:
    return bool(outer.start <= inner.start and inner.end <= outer.end)  # type: ignore[attr-defined]


def _of_document(said: Sequence[Saying]) -> list[Entry]:
    """The entries of one report."""
    hanging = [one for one in said if _is_condition(one.claim)]
    groups: list[list[Saying]] = []
    for one in sorted((one for one in said if one not in hanging), key=_order):
        group = next((group for group in groups if _belongs(one.claim, group[0].claim)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return [_entry(group, hanging) for group in groups]


def _order(one: Saying) -> tuple[object, ...]:
    """Events and control first, the longest passage of them, then where they stand."""
    span = one.claim.evidence[0]
    return RANK[type_of(one.claim)], span.start - span.end, span.start, one.claim.id


def type_of(claim: Claim) -> str:
    """The type of a claim by its name."""
    return type(claim).__name__.lower()


def _is_condition(claim: Claim) -> bool:
    quote = claim.evidence[0].quote
    return claim.status == "conditional" and IF.match(quote) is not None and "," not in quote.rstrip(", ")


def _belongs(claim: Claim, lead: Claim) -> bool:
    """Whether a claim says the same as a leading one, or stands within it."""
    one, other = claim.evidence[0], lead.evidence[0]
    if one.end <= other.start or other.end <= one.start:
        return False
    if isinstance(claim, Statement | Figure | Relation):
        return True
    if (one.start, one.end) == (other.start, other.end):
        return type_of(claim) != type_of(lead) or claim.where is None or claim.where == lead.where or lead.where is None
    return _within(one, other) and one.end - one.start < other.end - other.start


def _entry(group: Sequence[Saying], hanging: Sequence[Saying]) -> Entry:
    lead = group[0]
    claim = lead.claim
    span = claim.evidence[0]
    ways = tuple(_way(one) for one in group if isinstance(one.claim, Event | Control) and one.claim.evidence[0] == span)
    conditions = [one for one in hanging if _hangs(one.claim, lead)]
    window = window_of(claim, lead.published) if lead.published is not None else None
    words, shares, basis = likelihood_of(claim)
    where = claim.where or next((way.claim.where for way in ways if way.claim.where is not None), None)
    return Entry(
        expectation=Expectation(
            claim=claim.id,
            document=lead.document,
            said=lead.published.isoformat() if lead.published else None,
            voice=claim.frame.voice,
            what=content_of(claim),
            where=where,
            status=claim.status,
            likelihood=claim.frame.likelihood,
            words=words,
            range=shares,
            range_basis=basis if shares else None,
            since=window.first.isoformat() if window else None,
            due=window.last.isoformat() if window else None,
            due_basis=window.basis if window else None,
            condition=_condition(lead, conditions),
            quote=span.quote,
            start=span.start,
            end=span.end,
            source=lead.source,
            claims=tuple(one.claim.id for one in group),
        ),
        ways=ways,
        conditions=tuple(_way(one) for one in conditions if isinstance(one.claim, Event | Control)),
        words=_words(lead, conditions),
        hanging=tuple(stems(one.claim.evidence[0].quote) for one in conditions) or _inside(lead),
        window=window,
        story=lead.story,
    )


def _way(one: Saying) -> Way:
    assert isinstance(one.claim, Event | Control)
    return Way(one.claim, one.claim.where or one.lent, one.claim.where is not None)


def _hangs(condition: Claim, lead: Saying) -> bool:
    """Whether a condition stands beside or inside what is expected, in one sentence."""
    one, other = condition.evidence[0], lead.claim.evidence[0]
    gap = max(one.start, other.start) - min(one.end, other.end)
    return gap <= NEXT and one.quote in lead.sentence


def _condition(lead: Saying, conditions: Sequence[Saying]) -> Condition | None:
    if conditions:
        quote = conditions[0].claim.evidence[0].quote
        opened = IF.match(quote)
        return Condition(
            quote=quote,
            claims=tuple(one.claim.id for one in conditions),
            unless=opened is not None and opened.group(1).casefold() in FAILS,
        )
    words = _told_condition(lead)
    return Condition(quote=words, unless=words.split()[0].casefold() in FAILS) if words else None


def _told_condition(lead: Saying) -> str | None:
    """The words of a condition of which the reader made no claim: in what is expected, else in its sentence."""
    quote = lead.claim.evidence[0].quote
    inside = re.match(r"[^,]*", quote) if IF.match(quote) and "," in quote else HANGS.search(quote)
    if inside is None and lead.claim.status == "conditional":
        opens = IF.match(lead.sentence) is not None
        inside = re.match(r"[^,]*", lead.sentence) if opens else HANGS.search(lead.sentence)
    return " ".join(inside.group().split()).strip(" \"“”'") if inside is not None else None


def _inside(lead: Saying) -> tuple[frozenset[str], ...]:
    """The stems of such a condition."""
    words = _told_condition(lead)
    return (stems(words),) if words else ()


def _words(lead: Saying, conditions: Sequence[Saying]) -> frozenset[str]:
    """The stems of what is expected, without those of its condition and of who says so."""
    claim = lead.claim
    hanging = {word for one in conditions for word in stems(one.claim.evidence[0].quote)}
    for words in _inside(lead):
        hanging |= words
    found = stems(claim.evidence[0].quote)
    found = found - hanging if len(found - hanging) > 1 else found
    voice = claim.frame.voice
    return found if isinstance(voice, str) or len(found) <= 2 else found - stems(voice.quote)


def content_of(claim: Claim) -> Content:
    """What a claim expects, as the ledger shows it."""
    negated = claim.frame.negated
    match claim:
        case Event():
            words, actors, recipients = claim.trigger.quote, claim.actors, claim.recipients
            return Content(
                type="event", words=words, code=claim.code, actors=actors, recipients=recipients, negated=negated
            )
        case Control():
            words = claim.evidence[0].quote
            return Content(type="control", words=words, holder=claim.holder, change=claim.change, negated=negated)
        case Relation():
            actors = (claim.subject,)
            return Content(type="relation", words=claim.predicate, actors=actors, recipients=(claim.object,))
        case Figure():
            return Content(type="figure", words=f"{claim.measure}: {claim.of.quote}", negated=negated)
        case Statement():
            return Content(type="statement", words=claim.content.quote, negated=negated)
