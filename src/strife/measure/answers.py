"""What a claim says in each slot, and whether that is what was wanted."""

from __future__ import annotations

import re
import unicodedata

from strife.gazetteer import Gazetteer
from strife.measure.wanted import Names, Slots, Wanted
from strife.records import Claim, Control, Date, Event, Figure, Frame, Party, Place, Relation, Span, Statement

Answers = dict[str, tuple[Names, ...]]  # slot -> what it holds, each entry with all its names, the surest first
NAMED = {"actors", "recipients", "supporters", "holder", "subject", "object", "voice"}  # compared as names of parties
NEAR = 0.05  # by how much a number may be off in gold that is not exact
EMPTY_WORDS = {"the", "a", "an", "of", "and", "in", "s"}
FIRMNESS = {"possible": "possible", "expected": "likely", "intended": "likely"}  # of a claim that has no likelihood
COMPATIBLE = {
    "possible": {"possible", "likely", "unlikely"},
    "unlikely": {"unlikely", "possible"},
    "likely": {"likely", "certain", "possible"},
    "expected": {"likely", "certain", "scheduled"},
    "certain": {"certain", "likely"},
    "scheduled": {"scheduled", "certain", "likely"},
}


def point_of(claim: Claim) -> Span:
    """The words that a claim stands on: trigger, content, what is counted, else its clause."""
    match claim:
        case Event():
            return claim.trigger
        case Statement():
            return claim.content
        case Figure():
            return claim.of
        case _:
            return claim.evidence[0]


def answers_of(claim: Claim) -> Answers:
    """All that a claim says, slot by slot; a slot without an answer is empty."""
    answers: Answers = {
        "status": ((claim.status,),),
        "voice": _voices(claim.frame),
        "place": (_place(claim.where),) if claim.where else (),
        # the day of publication is no answer of the text's
        "date": (_date(claim.when),) if claim.when and claim.when.basis != "publication" else (),
        "likelihood": ((claim.frame.likelihood,),) if claim.frame.likelihood else (),
    }
    match claim:
        case Event():
            code = claim.code
            answers |= {
                "plover": ((code.plover,),),
                "mode": ((code.mode,),) if code.mode else (),
                "actors": tuple(map(_names, claim.actors)),
                "recipients": tuple(map(_names, claim.recipients)),
                "supporters": tuple(map(_names, claim.supporters)),
            }
        case Relation():
            answers |= {"predicate": ((claim.predicate,),), "subject": (_names(claim.subject),)}
            answers |= {"object": (_names(claim.object),)}
        case Control():
            answers |= {"holder": (_names(claim.holder),), "change": ((claim.change,),), "extent": ((claim.extent,),)}
        case Figure():
            answers |= {"measure": ((claim.measure,),), "unit": ((claim.unit,),) if claim.unit else ()}
    return answers


def _voices(frame: Frame) -> tuple[Names, ...]:
    return (("author",),) if frame.voice == "author" else tuple(map(_names, (frame.voice, *frame.co_voices)))


def _names(party: Party) -> Names:
    return tuple(name for name in (party.name, party.quote) if name)


def _place(place: Place) -> Names:
    return tuple(name for name in (place.id, place.name, place.quote, place.country) if name)


def _date(date: Date) -> Names:
    span = "/".join(dict.fromkeys(filter(None, (date.start, date.end))))
    return tuple(part for part in (span, date.quote) if part)


# --- comparing --------------------------------------------------------------------------------------------------
def wrong_slots(wanted: Wanted, claim: Claim) -> list[str]:
    """The slots in which a claim is not what was wanted, by the reading that it is closest to."""
    answers = answers_of(claim)
    readings = [wrong_in(slots, answers, claim, exact=wanted.exact) for slots in wanted.readings]
    wrong = min(readings, key=len)
    if wanted.number is not None and isinstance(claim, Figure):
        wrong = [*wrong, *([] if right_number(wanted.number, claim, exact=wanted.exact) else ["number"])]
    return wrong


def wrong_in(slots: Slots, answers: Answers, claim: Claim, *, exact: bool) -> list[str]:
    """The slots of one reading that the answers do not meet."""
    if exact:
        return [slot for slot, wanted in slots.items() if [one[:1] for one in answers.get(slot, ())] != list(wanted)]
    if isinstance(claim, Event) and claim.code.plover in {
        "CONSULT",
        "AGREE",
        "COOPERATE",
    }:  # either side may be named first
        both = answers["actors"] + answers["recipients"]
        answers = {**answers, "actors": both, "recipients": both}
    if "likelihood" in slots and not answers["likelihood"]:
        answers = {**answers, "likelihood": ((FIRMNESS.get(claim.status, ""),),)}
    return [
        slot for slot, wanted in slots.items() if not all(_met(slot, names, answers.get(slot, ())) for names in wanted)
    ]


def _met(slot: str, names: Names, given: tuple[Names, ...]) -> bool:
    if slot == "likelihood":
        return any(one[0] in COMPATIBLE.get(name, {name}) | {""} for name in names for one in given)
    if slot in NAMED:
        return any(same_name(name, other) for name in names for one in given for other in one)
    if slot == "place":
        return any(same_place(name, one) for name in names for one in given)
    if slot == "date":
        return any(same_date(name, other) for name in names for one in given for other in one)
    return any(name in one for name in names for one in given)


def same_name(name: str, other: str) -> bool:
    """Whether two names may be the same party's: the words of one are all in the other."""
    one, two = (set(plain(text).split()) - EMPTY_WORDS for text in (name, other))
    return bool(one and two) and (one <= two or two <= one)


def same_place(name: str, given: Names) -> bool:
    """Whether a place has this name, and the country that may stand behind a comma."""
    place, _, country = (part.strip() for part in name.rpartition(","))
    code = Gazetteer.shared().nation(country) if place else None
    where = next((one for one in given if re.fullmatch("[A-Z]{2}", one)), None)
    if code and where and code != where:
        return False
    asked = plain(place or name)
    return any(asked in plain(one) or plain(one) in asked for one in given if one != where and ":" not in one)


def same_date(date: str, given: str) -> bool:
    """Whether a date begins as the other (2013-06 and 2013-06-05), or its words are the other's."""
    return given.startswith(date.split("/")[0]) or plain(date) in plain(given)


def right_number(wanted: tuple[float | None, float | None, float | None], claim: Figure, *, exact: bool) -> bool:
    """Whether a figure has the number; in gold that is not exact within 5 %, in a range where that is wanted."""
    given = (claim.low, claim.best, claim.high)
    if exact:
        return given == wanted
    low, best, high = wanted
    told = [number for number in given if number is not None]
    if best is not None:
        return any(abs(number - best) <= NEAR * abs(best) for number in told)
    above = low is None or all(number >= low * (1 - NEAR) for number in told)
    below = high is None or all(number <= high * (1 + NEAR) for number in told)
    return bool(told) and above and below


def plain(text: str) -> str:
    """Lower case, without accents and marks."""
    spread = unicodedata.normalize("NFKD", text.casefold().replace("'s", " ").replace("’s", " "))
    letters = "".join(char for char in spread if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w]+", " ", letters).split())
