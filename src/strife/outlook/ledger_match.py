"""Whether what is told is what was expected: kind of act, place against its precision, parties. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from strife.casefile.control import alike
from strife.gazetteer.names import fold
from strife.incidents.places import FINE, place_relation
from strife.outlook.ledger_clauses import MAYBE, clause_of
from strife.outlook.ledger_sentences import NEGATED
from strife.outlook.ledger_terms import terms
from strife.outlook.ledger_told import Report, Told, names_of
from strife.outlook.ledger_words import Rarity, stems
from strife.records import Control, Event, Party, Place

Bearing = Literal["for", "against"]
WORD = re.compile(r"[^\W\d_]{4,}")
FAILURE = re.compile(
    r"\b(?:fail|ignore|refuse|come to nothing|impossible|put off|call(?:ed)? (?:the )?.*off"
    r"|postpone|cancel)\b",
    re.IGNORECASE,
)
NOT = re.compile(r"\b(?:has|have|had|did|does|do|was|were|is|are) not\b|n[’']t\b|\b(?:none|nobody) ", re.IGNORECASE)
NONE = re.compile(r"^\W*(?:no|neither|nor)\b|\b(?:so that|that|and) no\b|\bnot (?:one|a single)\b", re.IGNORECASE)
STILL = re.compile(
    r"\b(?:still|as before|yet to|remains? (?:in|under|with)|(?:has|have) (?:stayed|remained|not changed|been quiet)"
    r"|(?:has|have) stood still|is frozen|has frozen)\b",
    re.IGNORECASE,
)
FAILING = re.compile(
    r"\b(?:called off|cancell?ed|postponed|put off|shelved|scrapped|never|neither|no longer|thrown back|driven back|beaten back|"
    r"repell?ed|repulsed|thwarted|foiled|fail(?:s|ed)?|fails? to|without result|refus(?:e|es|ed|al)"
    r"|turned down|rejected|declined|ignor(?:e|ed|es)"
    r"|come to nothing|came to nothing|impossible|empty-handed|spared|contradicted|missing|out of reach)\b",
    re.IGNORECASE,
)
IDLE = frozenset(
    """
    army forces force troops soldiers government rebels rebel militants militant fighters fighter police people civilians
    officials president minister military group groups units unit the their would which from with
    """.split()
)
FREE_MODES = frozenset({"ASSAULT", "CONSULT", "AGREE", "MOBILIZE", "SUPPORT", "PROTEST"})  # one act by several modes
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})  # acts of which both sides are doers
COUNTRYWIDE = frozenset({"country", "region"})
SEIZING = frozenset({"seize"})
LEAVING = frozenset({"withdraw", "retreat"})
COARSE = frozenset({"province", "country", "region"})
OFFICES = stems("presidents ministers ambassadors envoys deputies mayors generals")
IDLE_NAMES = stems(
    "Army Forces Force Government Republic Movement United National People Front Group Party Council Ministry"
)
LEAST = 2  # words in common
MOST = 0.4  # of the weight of an expectation's words that a passage of the same thing has
PLAIN = 0.55  # of the weight of a condition where a denial shares no name
LENT = 0.5  # what words around the expectation count for, at most as much as its own
SAME_DAY = 0.2  # added where both name the same day
CONTRARY = (("~open", "~shut"),)
NAMED_ALONE = 0.4  # and of one that denies something of its place
SOME = 0.3  # and of one that denies it, or has three of them


def likeness(
    words: frozenset[str],
    told: Told,
    rarity: Rarity,
    *,
    change: bool = True,
    around: frozenset[str] = frozenset(),
    contrary: bool = False,
    on_day: bool = False,
    rare: int = 0,
) -> Bearing | None:
    """Whether a passage is of what is expected by its words alone, and which way it speaks.

    Where a `change` is expected, "still" speaks against it; `around` are words that the expectation leans on, `contrary` says that it is
    itself of a failure, `on_day` that both name the same day; a denial that shares one word of at most `rare` reports is enough."""
    shared = words & told.words
    these, those = OFFICES & words, OFFICES & told.words
    if not shared or (these and those and not these & those):
        return None
    quote = told.claim.evidence[0].quote
    near = around & told.words
    lent = min(rarity.weight(near), rarity.weight(shared)) * LENT
    share = (rarity.weight(shared) + lent) / max(rarity.weight(words), 0.1) + (SAME_DAY if on_day else 0)
    count = len(shared) + min(1, len(near)) + on_day
    if share < SOME or (count < LEAST and not rare and not all(word.startswith("^") for word in shared)):
        return None  # whichever way it speaks, and most passages end here
    said = clause_of(quote, shared)
    against = bool(FAILING.search(said) or NOT.search(said) or NONE.search(said)) or told.claim.status == "denied"
    against = against or (
        told.claim.status == "negated" and (told.claim.by != "sentence" or NEGATED.search(said) is not None)
    )
    if not against and MAYBE.search(said):
        return None  # what may come has not happened
    against = (against or (change and STILL.search(said) is not None) or _opposed(words, told.words)) != contrary
    if all(word.startswith("^") for word in shared) and not on_day:  # names alone, of which something is denied
        return "against" if against and share >= NAMED_ALONE else None
    if against and len(shared) == 1 and share >= MOST and max(rarity.counts[word] for word in shared) <= rare:
        return "against"
    if count < LEAST:
        return None
    named = any(word.startswith(("^", "#")) for word in shared | near)
    if against and count == LEAST and not named and not (rare and share >= PLAIN):
        return None  # two common words, and a denial of something
    if share >= MOST or (share >= SOME and (against or count > LEAST)):
        return "against" if against else "for"
    return None


def _opposed(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one tells of an act and the other of its contrary."""
    return any((one in words) != (one in others) and (other in words) != (other in others) for one, other in CONTRARY)


@dataclass(frozen=True, slots=True)
class Way:
    """One claim of an expectation, and its place: its own, or the one that its report lends (`here` is false)."""

    claim: Event | Control
    place: Place | None
    here: bool

    @property
    def quote(self) -> str:
        """Its words."""
        return self.claim.evidence[0].quote


def bearing(way: Way, told: Told) -> Bearing | None:
    """Whether something told bears an expectation out, speaks against it, or is of something else (None)."""
    expected, claim = way.claim, told.claim
    if not isinstance(claim, Event | Control):
        return None
    if isinstance(expected, Control):
        return _of_control(way, told, claim)
    if isinstance(claim, Control):
        return _control_of_event(way, told, claim)
    strength = _kind(expected, claim)
    place = tie(way, told)
    if not strength or place is None or _other_office(way, told):
        return None
    actors, recipients = _sides(expected, claim)
    if actors < 0 or (recipients < 0 and place < 3):
        return None
    bonus = min(2, len(stems(way.quote) & told.words))
    parties = actors + max(recipients, 0) + bonus
    if strength == 1 and not parties:
        return None  # of another type, and by nobody known
    if place + parties + strength < 4 or (place < 2 and parties < 3):
        return None
    if not (way.here and told.here) and parties < (1 if way.here else 2):
        return None
    if claim.status not in ("denied", "negated"):
        return "for"
    return "against" if place != 2 else None  # what did not happen in one town may have in another of the province


def _other_office(way: Way, told: Told) -> bool:
    """Whether both name holders of an office, and not the same one: presidents are not ministers."""
    these, those = (OFFICES & stems(text) for text in (way.quote, told.claim.evidence[0].quote))
    return bool(these) and bool(those) and not these & those


def tie(way: Way, told: Told) -> int | None:
    """How firmly two places are one, 3 to 0; None where they are apart."""
    if way.place is None or told.place is None:
        return 0
    if way.here and _names(way.place) & told.words:
        return 3
    if way.place.precision in COUNTRYWIDE or told.place.precision in COUNTRYWIDE:
        same = way.place.country == told.place.country
        return (1 if told.place.precision in COUNTRYWIDE else 2) if same else None
    relation = place_relation(way.place, told.place)
    if relation in ("apart", "namesake"):
        return None if way.here and told.here else 0
    coarser = FINE.index(told.place.precision) > FINE.index(way.place.precision)
    firm = {"spot": 3, "within": 1 if coarser else 2}.get(relation, 0)
    return firm - (0 if way.here and told.here else 1) if firm else 0


def _names(place: Place) -> frozenset[str]:
    """The stems of a place's name as the text has it, for those too fine to hold many places."""
    return frozenset() if place.precision in COARSE else stems(place.quote)


def _kind(expected: Event, claim: Event) -> int:
    """How much two acts are of one kind, 3 to 0."""
    one, other = expected.code, claim.code
    if other.plover not in terms().kin.get(one.plover, frozenset()):
        return 0
    if (one.mode in SEIZING) != (other.mode in SEIZING) and one.plover == "COERCE":
        return 3 if _taking(expected) and _taking(claim) else 0
    if fold(expected.trigger.quote) == fold(claim.trigger.quote) and one.plover == other.plover:
        return 3
    if one.plover != other.plover:
        return 1
    if one.mode == other.mode:
        return 3 if one.mode else 2
    return 2 if one.plover in FREE_MODES or None in (one.mode, other.mode) else 0


def _sides(expected: Event, claim: Event) -> tuple[int, int]:
    """How well doers and those done to agree, each 2 to -1."""
    quote = claim.evidence[0].quote
    if expected.code.plover in MUTUAL:
        these, those = (*expected.actors, *expected.recipients), (*claim.actors, *claim.recipients)
        return _best(these, those, quote), 0
    return _best(expected.actors, claim.actors, quote), _best(expected.recipients, claim.recipients, quote)


def _best(these: Sequence[Party], those: Sequence[Party], quote: str) -> int:
    """The best that two lists agree; a party whose name stands in the other's words is taken to be there."""
    if any(_proper(one) & stems(quote) for one in these):
        return 2
    pairs = [same(one, other) for one in these for other in those]
    return max(pairs, default=0)


def _proper(party: Party) -> frozenset[str]:
    """The stems of a party's names that are no common words."""
    named = stems(f"{party.name or ''} {party.quote}")
    return frozenset(word for word in named if word.startswith("^") or any(one.isdigit() for one in word)) - IDLE_NAMES


def same(one: Party, other: Party) -> int:
    """2 for one party, 1 where they may be one side, 0 where nothing tells, -1 for two different ones."""
    if one.id and one.id == other.id:
        return 2
    if _words(one) & _words(other):
        return 2
    if one.country and other.country and one.country != other.country:
        return -1
    known = [party for party in (one, other) if party.id or party.sectors]
    if len(known) < 2:
        return 0
    if alike(one, other):
        return 1
    if bool(one.country) and one.country == other.country and set(one.sectors) & set(other.sectors):
        return 1
    return -1


def _words(party: Party) -> set[str]:
    words = {word for text in (party.name or "", party.quote) for word in WORD.findall(fold(text))}
    return words - IDLE


def _of_control(way: Way, told: Told, claim: Event | Control) -> Bearing | None:
    """An expected change of hands, or that somebody holds on, against what is told."""
    expected = way.claim
    assert isinstance(expected, Control)
    place = tie(way, told)
    if place is None or place < 2:
        return None
    change, party = _change(claim)
    if change is None or claim.status == "denied":
        return None
    own = _best([expected.holder], [party] if party is not None else [], claim.evidence[0].quote)
    if claim.status == "negated":
        return "against" if change == expected.change and own >= 0 else None
    if expected.change == "gains":
        return _gained(change, own)
    if expected.change == "loses":
        return _lost(change, own)
    if expected.change == "holds":
        outcome = _lost(change, own)
        return None if outcome is None else "against" if outcome == "for" else "for"
    return "for" if change == "contests" else None


def _change(claim: Event | Control) -> tuple[str | None, Party | None]:
    """What a claim says of who has the place: the change and whose it is."""
    if isinstance(claim, Control):
        return claim.change, claim.holder
    party = claim.actors[0] if claim.actors else None
    if _taking(claim):
        return "gains", party
    if claim.code.plover == "RETREAT" and claim.code.mode in LEAVING:
        return "loses", party
    return None, None


def _taking(event: Event) -> bool:
    """Whether an event is the taking of a place; one who "captures" a town arrests nobody."""
    if event.code.plover != "COERCE":
        return False
    place = event.where.quote if event.where is not None else None
    return event.code.mode in SEIZING or (
        event.code.mode == "arrest" and place is not None and any(one.quote == place for one in event.recipients)
    )


def _gained(change: str, own: int) -> Bearing | None:
    if own > 0:
        return "for" if change in ("gains", "holds") else None
    if change == "gains" and own == 0:
        return "for"
    return "against" if change in ("gains", "holds") and own < 0 else None


def _lost(change: str, own: int) -> Bearing | None:
    if own > 0:
        return "for" if change == "loses" else "against" if change in ("holds", "gains") else None
    return "for" if change == "gains" and own < 0 else None


def _control_of_event(way: Way, told: Told, claim: Control) -> Bearing | None:
    """An expected seizure or withdrawal against a statement on control."""
    expected = way.claim
    assert isinstance(expected, Event)
    change, party = _change(expected)
    place = tie(way, told)
    if change is None or place is None or place < 2 or claim.status == "denied":
        return None
    own = _best([party], [claim.holder], claim.evidence[0].quote) if party is not None else 0
    if claim.status == "negated":
        return "against" if change == claim.change and own >= 0 else None
    return _gained(claim.change, own) if change == "gains" else _lost(claim.change, own)


def covers(way: Way, report: Report) -> bool:
    """Whether a report tells of the very place of what is expected, and of one of its parties."""
    place = way.place
    if place is None or not way.here or place.precision in COUNTRYWIDE:
        return False
    at_place = any(
        place_relation(place, other) in ("spot", "within") and other.precision not in COUNTRYWIDE
        for other in report.places
    )
    named = set(names_of(way.claim))
    return at_place and bool(named & report.parties)
