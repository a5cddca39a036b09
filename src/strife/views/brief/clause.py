"""The words of an event as they stand in its text, where they make a clause by themselves: "captured Qusayr"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from strife.records import Event, Party, Place
from strife.views.words import one_line

FAR = 70  # characters between the words of one clause
PASTS = frozenset(
    """
    took shot struck hit fought drove broke met led gave sent set put cut blew swept overran withdrew brought caught held laid
    lost won left threw tore stole hung flew fled began
    """.split()
)  # of verbs that are not regular
NOT_ACTIVE = re.compile(
    r"\b(was|were|been|be|being|is|are|to|not|never|will|would|may|might|could|can|should|must|shall|nor|neither|by|after|before"
    r"|when|while|if|whether|because|since|said|says|told|and|but|or)\b|n't|[.;:!?\n“”\"()]",
    re.IGNORECASE,
)
ENDS = re.compile(r"[.;:!?\n“”\"()]|,.*,| that | which | who | after | before | when | while | as ")
POINTING = frozenset(
    "it he she we i you who which it them him her they us me this that these those itself himself themselves".split()
)
JOINS = re.compile(r" (?:and|in|near|at|of|on|from|inside|around)(?: the| a| an)?(?: [a-z-]+){0,2} ")
NEXT = re.compile(r" ([a-z]{3,})\b")
STOPS = frozenset(
    """
    about above after against all along also amid among and are around because been before behind between but during each for from
    had has have his into last late later near next not off one out over said since than that the their then there they this
    though through till two under until upon was were what when where which while who whom will with within without would yesterday
    today tonight earlier early this
    """.split()
)
WEEKDAY = re.compile(r" (?:on |last )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
PASSIVE = re.compile(r"\b(was|were|has been|have been|had been)(?: \w+ly)? $", re.IGNORECASE)
MODAL = re.compile(r"\b(will|would|may|might|could|can|shall)(?: \w+ly)? $", re.IGNORECASE)
PURPOSE = re.compile(r"\bto(?: \w+ly)? $", re.IGNORECASE)
COUNT = re.compile(
    r"\b((?:at least|about|some|more than|around|up to|over|nearly|almost|another) )?"
    r"((?!(?:19|20)\d\d )\d[\d,]*|an?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens of|hundreds of"
    r"|scores of|several|many)"
    r" (?:[a-z-]+ ){0,2}$",
    re.IGNORECASE,
)


def active(event: Event, text: str) -> str:
    """What the actor did, in the past and in the words of the text; empty where they make no clause."""
    words = text[event.trigger.start : event.trigger.end].split()
    verb = words[0].lower() if words else ""
    actor = _before(event.actors, event.trigger.start)
    if actor is None or not (verb in PASTS or (verb.endswith("ed") and len(verb) > 4)):
        return ""
    between = text[actor.end : event.trigger.start]
    if len(between) > FAR or NOT_ACTIVE.search(_without_aside(between)) or text[event.trigger.end :].startswith(" by "):
        return ""
    end = _end(event, text)
    return one_line(text[event.trigger.start : end]) if end > event.trigger.end else ""


def passive(event: Event, text: str) -> str:
    """What was done to the recipient, in the words of the text: "at least 25 soldiers were killed"."""
    aux = PASSIVE.search(text[max(0, event.trigger.start - 24) : event.trigger.start])
    if aux is None:
        return ""
    start = event.trigger.start - len(aux[0])
    recipient = _before(event.recipients, start)
    if recipient is None or recipient.quote.lower() in POINTING or len(text[recipient.end : start].strip()) > 0:
        return ""
    count = COUNT.search(text[max(0, recipient.start - 50) : recipient.start])
    first = recipient.start - (len(count[0]) if count else 0)
    end = event.trigger.end
    actor = next((one for one in event.actors if one.start >= end), None)
    if actor is not None and re.fullmatch(r" by (?:[\w'-]+ ){0,3}", text[end : actor.start]):
        end = actor.end
    return one_line(text[first:end])


def modal(event: Event, text: str) -> str:
    """What the actor will or may do, in the words of the text: "will meet with the regime"."""
    return _after(MODAL, event, text)


def purpose(event: Event, text: str) -> str:
    """What somebody is to do or means to do, in the words of the text: "to retake Aleppo"."""
    return _after(PURPOSE, event, text)


def _after(lead: re.Pattern[str], event: Event, text: str) -> str:
    found = lead.search(text[max(0, event.trigger.start - 20) : event.trigger.start])
    end = _end(event, text)
    if found is None or end <= event.trigger.end:
        return ""
    return one_line(text[event.trigger.start - len(found[0]) : end])


def _end(event: Event, text: str) -> int:
    """Where the clause ends: behind what it is done to, else behind its place; else where the verb does."""
    end = event.trigger.end
    things: list[Party | Place] = [*event.recipients, *([event.where] if event.where else [])]
    for one in sorted(things, key=lambda thing: thing.start):
        between = text[end : one.start]
        if one.start < end or one.quote.lower() in POINTING or len(between) > FAR or ENDS.search(between):
            continue
        if end == event.trigger.end or JOINS.fullmatch(between):
            end = one.end + _further(one, text)
    return end


def _further(thing: Party | Place, text: str) -> int:
    """How much of what follows a name belongs to it: "the Turkish border"."""
    if not thing.quote[:1].isupper():
        return 0
    after = NEXT.match(text, thing.end)
    if after is None or after[1] in STOPS or after[1].endswith(("ing", "ed", "ly")):
        return 0
    return len(after[0])


def _before(parties: Iterable[Party], start: int) -> Party | None:
    """The last party that stands before a place in the text."""
    return max((one for one in parties if 0 < one.end <= start), key=lambda one: one.end, default=None)


def _without_aside(between: str) -> str:
    """What stands between actor and verb, without an aside between commas."""
    return re.sub(r"^\s*,[^,.;:!?]*(?:,|-)\s*", " ", between)
