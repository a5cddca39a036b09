"""What of a case a brief tells: what says most, once, and not all of one document."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from strife.records import Claim, Control, Event, Figure, Incident, Party, Relation, Statement
from strife.views.brief.english import is_named, is_placed
from strife.views.brief.material import Material

SHORT, LONG = 40, 230  # characters between which a statement says something and can be quoted whole
OPENING = frozenset(
    """
    the a an it he she they we i you there this that these those his her its their our my no any all some many most several each
    both one two three four five six seven eight nine ten at about only more
    """.split()
)  # words that a sentence begins with
EACH = 2  # of one document in one section, where there are several


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with its sentence, and others that say the same."""

    claim: Claim
    text: str
    others: tuple[Claim, ...] = ()


def weight(claim: Claim) -> float:
    """How much a claim says: who, whom, where, when, by whom; unnamed parties count little."""
    voice = claim.frame.voice
    found = 1.0 * is_placed(claim.where) + 0.7 * (claim.when is not None and claim.when.start is not None)
    found += 0.5 if voice == "author" else _party(voice)
    match claim:
        case Event():
            found += max(map(_party, claim.actors), default=0) + max(map(_party, claim.recipients), default=0)
        case Relation():
            found += _party(claim.subject) + _party(claim.object)
        case Control():
            found += _party(claim.holder)
        case Figure():
            found += 0.5 * (claim.measure != "other") + 0.3 * math.log10(1 + (claim.best or claim.low or 0))
        case Statement():
            length = len(claim.content.quote)
            found += 1.2 if SHORT <= length <= LONG else -1
            found -= 1.5 * _is_fragment(claim.content.quote)
            found += 0.3 if claim.quoted else 0
    return found


def _is_fragment(quote: str) -> bool:
    """Whether a statement begins as no sentence does: "how he came", "type, location and flight patterns"."""
    words = quote.strip('“”" ').removeprefix("that ").split()
    return not words or not (words[0][:1].isupper() or words[0][:1].isdigit() or words[0].lower() in OPENING)


def _party(party: Party) -> float:
    if not is_named(party):
        return -0.5
    return 1.2 if party.id else 0.5


def chosen(material: Material, claims: Iterable[Claim], most: int) -> tuple[list[Told], int]:
    """The claims that say most, at most so many, in the order of their texts' days; and how many are left out.

    Claims with the same sentence, or on the same words of a text, are one."""
    found: dict[object, Told] = {}
    for claim in sorted(claims, key=lambda one: -weight(one)):
        text = material.sentence(claim)
        mark = _mark(claim)
        same = next((key for key in (text.casefold(), mark) if key in found), None)
        if same is None:
            found[text.casefold()] = Told(claim, text)
            if mark is not None:
                found[mark] = found[text.casefold()]
        elif isinstance(same, str):
            one = found[same]
            if claim.document not in {one.claim.document, *(other.document for other in one.others)}:
                found[same] = Told(one.claim, one.text, (*one.others, claim))
    unique = [one for key, one in found.items() if isinstance(key, str)]
    unique.sort(key=lambda one: (-weight(one.claim) - 0.8 * len(one.others), -_recent(material, one.claim)))
    several = len({one.claim.document for one in unique}) > EACH
    picked = _spread(unique, most, several=several)
    order = {claim: number for number, claim in enumerate(material.claims)}
    picked.sort(key=lambda one: (material.published(one.claim), order.get(one.claim.id, 0)))
    return picked, len(unique) - len(picked)


def _mark(claim: Claim) -> object:
    """What two claims on the same words of a text share: "bombed A, B and C" is told once."""
    if isinstance(claim, Event):
        return claim.document, claim.trigger.start
    return None


def _recent(material: Material, claim: Claim) -> int:
    return int(material.published(claim).replace("-", "") or 0)


def _spread(told: list[Told], most: int, *, several: bool) -> list[Told]:
    """The first, but only so many of one document and one voice while there are others."""
    picked: list[Told] = []
    counts: Counter[str] = Counter()
    for one in told:
        if len(picked) == most:
            break
        if several and counts[one.claim.document] >= EACH:
            continue
        counts[one.claim.document] += 1
        picked.append(one)
    return picked


def most_told(incidents: Iterable[Incident], material: Material, most: int) -> tuple[list[Incident], int]:
    """The incidents that most sources tell of and that say most, in the order of their days; and how many are left out."""
    known = [
        one for one in incidents if one.code is not None and one.status != "expected" and lead_claim(one, material)
    ]
    known.sort(key=lambda one: (-_importance(one, material), one.id))
    picked = known[:most]
    order = {claim: number for number, claim in enumerate(material.claims)}
    dated = sum(one.when is not None and one.when.start is not None for one in picked) * 2 >= len(picked)

    def place(incident: Incident) -> tuple[str, int]:
        day = incident.when.start if incident.when else None
        return (day or "9999") if dated else "", min(order.get(name, len(order)) for name in incident.claims)

    picked.sort(key=place)
    return picked, len(known) - len(picked)


def _importance(incident: Incident, material: Material) -> float:
    lead = lead_claim(incident, material)
    deaths = next((one for one in incident.figures if one.measure == "deaths"), None)
    dead = (deaths.best or deaths.low or 0) if deaths else 0
    clear = 1.0 if isinstance(lead, Event) and material.writer(lead).clause(lead) else 0
    known = lead is not None and (is_placed(lead.where) or any(map(is_named, (*lead.actors, *lead.recipients))))
    return 2 * incident.sources + 0.4 * math.log10(1 + dead) + clear + (weight(lead) if lead else 0) - 2 * (not known)


def lead_claim(incident: Incident, material: Material) -> Event | None:
    """The claim that tells an incident best: that it happened, in a clause of its own, with the most slots filled."""
    kind = incident.code.plover if incident.code else None
    events = [
        one
        for one in material.of(incident)
        if isinstance(one, Event) and one.status in ("reported", "claimed") and one.code.plover == kind
    ]
    return max(events, key=_telling(incident, material), default=None)


def _telling(incident: Incident, material: Material) -> Callable[[Event], tuple[float, str]]:
    def key(event: Event) -> tuple[float, str]:
        clear = 1.5 if material.writer(event).clause(event) else 0
        return weight(event) + clear + 0.5 * (event.status == "reported") + _likeness(event, incident), event.id

    return key


def _likeness(event: Event, incident: Incident) -> float:
    """How far a claim tells what all claims of its incident together do: kind, place, day and parties."""
    mode = incident.code.mode if incident.code else None
    found = 2.0 * (event.code.mode == mode)
    found += 1.5 * (event.where is not None and incident.where is not None and event.where.id == incident.where.id)
    found += 1.5 * (event.when is not None and incident.when is not None and event.when.start == incident.when.start)
    for own, everyone in ((event.actors, incident.actors), (event.recipients, incident.recipients)):
        most = max((len(one.claims) for one in everyone), default=0)
        shares = [len(one.claims) / most for one in everyone if most and event.id in one.claims]
        found += max(shares, default=0) if own else 0
    return found
