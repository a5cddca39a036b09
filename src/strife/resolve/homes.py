"""Which country a described party belongs to, where its own words do not tell: "the police" of the place and the sentence.

A claim's party gets a country only from the text: the place in its own phrase, the place of the event, the one country of which
the sentence tells, the one country of which the whole document does. Whoever may well be a foreigner gets none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from strife.language.analysis import Analysis, Token, ancestors, subtree
from strife.mentions.mention import PartyMention
from strife.mentions.names import year_of
from strife.records import Claim, Control, Event, Party, Place, Relation
from strife.registry.registry import load_registry
from strife.resolve.offices import holder

# Bodies of one state, which act at home; people of a place; armed men who fight at home. Others may come from anywhere.
BODIES = {"GOV", "COP", "JUD", "LEG", "OPP", "PTY", "LAB", "EDU", "SPY"}
PEOPLE = {"CVL", "REL", "BUS", "AGR", "MED", "SOC", "JRN", "ELI", "CRM"}
BANDS = {"REB", "UAF", "PRM"}
ABROAD = {"IGO", "NGO", "MNC", "IMG", "REF", "UNO", "EUR", "ISM"}
FORCES = {"army", "military", "forces", "force"}  # with these words a state's soldiers are those of the place
FOREIGN = frozenset(
    """
    foreign foreigner foreigners western westerners international overseas expatriate expatriates tourist tourists
    migrant migrants ambassador ambassadors diplomat diplomats envoy envoys consul embassy delegation visitor visitors
    pilgrim pilgrims peacekeeper peacekeepers mercenary mercenaries jihadi jihadis jihadist jihadists ally allies
    troops soldiers coalition allied invaders occupation exile exiles exiled humanity neighbour neighbours neighbor
    neighbors neighbouring neighboring settler settlers passengers passenger crew crewmen
    """.split()
)
OUTWARD = {
    "CONSULT",
    "COOPERATE",
    "AID",
    "SANCTION",
    "SUPPORT",
    "MOBILIZE",
}  # mostly between states: the other side is no home
GOING = {"MOBILIZE", "ASSAULT", "SANCTION"}  # done in another's country they are done to it; so is going away
LEAVING = re.compile(r"withdr|pull|evacuat|leav|left|retreat|depart|vacat|remov", re.IGNORECASE)
CLOSING = {"restrict", "curfew", "ban", "censor"}  # modes of COERCE that bear upon a place
TELLING = {"say", "report", "tell", "announce", "add", "note", "quote", "claim", "state", "write", "disclose", "accord"}
WITHIN = {"in", "of", "from", "at", "near", "throughout", "across", "outside", "around", "inside"}
SHARE = 0.8  # of what a document tells of countries: then it is about one of them
LEAST = 4  # mentions that make a document one about a country


@dataclass(frozen=True, slots=True)
class Sign:
    """A word that tells of a country: a place, a body of that state, or the state itself (`rank`); `teller`: of the source."""

    country: str
    token: Token
    rank: str
    teller: bool


@dataclass(slots=True)
class Homes:
    """The countries of which a document's sentences tell."""

    analysis: Analysis
    mentions: Mapping[int, PartyMention]
    places: Mapping[int, Place]
    signs: dict[int, list[Sign]] = field(default_factory=dict)  # by sentence
    known: dict[tuple[str | None, tuple[str, ...]], str] = field(default_factory=dict)  # by name, for pronouns
    about: str | None = None  # the one country of the document

    def __post_init__(self) -> None:
        """Gather the signs."""
        codes = load_registry().countries
        for index, place in self.places.items():
            token = self.analysis.tokens[index]
            if place.country and (code := codes.get(place.country)):
                self.signs.setdefault(token.sentence, []).append(Sign(code, token, "place", _teller(token)))
        for mention in self.mentions.values():
            if mention.country and mention.kind != "pronoun":
                inner = bool(set(mention.sectors) & (BODIES | PEOPLE | BANDS)) and mention.id != mention.country
                sign = Sign(mention.country, mention.head, "inner" if inner else "state", _teller(mention.head))
                self.signs.setdefault(mention.head.sentence, []).append(sign)
        counted = Counter(sign.country for signs in self.signs.values() for sign in signs if not sign.teller)
        if counted:
            country, count = counted.most_common(1)[0]
            self.about = country if count >= LEAST and count >= SHARE * counted.total() else None

    def sole(self, sentence: int, without: set[int], *, told: bool = False) -> tuple[str, set[str]] | None:
        """The one country of which a sentence tells (`told`: counting its source), and by what; None where several or none."""
        here = self.signs.get(sentence, [])
        signs = [sign for sign in here if sign.token.i not in without and (told or not sign.teller)]
        countries = {sign.country for sign in signs}
        return (countries.pop(), {sign.rank for sign in signs}) if len(countries) == 1 else None


def _teller(token: Token) -> bool:
    """Whether a word stands in the phrase that names the source: "officials in Nairobi said", "the Thai army reported"."""
    below = token
    for above in ancestors(token):
        if above.lemma in TELLING:
            return below.dep in ("nsubj", "prep", "npadvmod", "agent") or above.lemma == "accord"
        if above.pos in ("VERB", "AUX"):
            return False
        below = above
    return False


def at_home(
    claims: Sequence[Claim], analysis: Analysis, mentions: Mapping[int, PartyMention], places: Mapping[int, Place]
) -> tuple[Claim, ...]:
    """The claims with the countries of their described parties, as far as the text tells them."""
    homes = Homes(analysis, mentions, places)
    heads = {mention.first.start: mention for mention in mentions.values()}
    tokens = {token.start: token for token in analysis.tokens}
    return tuple(_Claim(homes, heads, tokens, claim).settled() for claim in claims)


@dataclass(slots=True)
class _Claim:
    """One claim, whose parties are looked at."""

    homes: Homes
    heads: Mapping[int, PartyMention]
    tokens: Mapping[int, Token]
    claim: Claim

    def settled(self) -> Claim:
        """The claim with its parties at home."""
        claim = self.claim
        changed: dict[str, object] = {}
        if isinstance(claim, Event):
            actors = tuple(self._placed(one, claim.recipients) for one in claim.actors)
            recipients = tuple(self._placed(one, claim.actors) for one in claim.recipients)
            changed = {
                "actors": actors,
                "recipients": recipients or self._host(claim, actors),
                "supporters": tuple(self._placed(one, ()) for one in claim.supporters),
            }
        elif isinstance(claim, Relation):
            changed = {"subject": self._placed(claim.subject, ()), "object": self._placed(claim.object, ())}
        elif isinstance(claim, Control):
            changed = {"holder": self._placed(claim.holder, ())}
        voice = claim.frame.voice
        if isinstance(voice, Party) and (placed := self._placed(voice, ())) is not voice:
            changed["frame"] = msgspec.structs.replace(claim.frame, voice=placed)
        return msgspec.structs.replace(claim, **changed) if changed else claim

    def _host(self, claim: Event, actors: Sequence[Party]) -> tuple[Party, ...]:
        """The country, in the words of the place, in which somebody from another one acts: "sent troops to Panama"."""
        where = claim.where
        homes = {one.country for one in actors if one.country or not set(one.sectors) & ABROAD}
        country = load_registry().countries.get(where.country) if where is not None and where.country else None
        type_, mode = claim.code.plover, claim.code.mode
        leaving = type_ == "RETREAT" and LEAVING.search(claim.trigger.quote)
        borne = type_ in GOING or leaving or type_ == "COERCE" and mode in CLOSING
        if where is None or country is None or not actors or not borne or homes & {None, country}:
            return ()
        if where.precision not in ("country", "region", "province"):
            return ()  # a town is no party
        return (Party(quote=where.quote, start=where.start, end=where.end, name=where.name, country=country),)

    def _placed(self, party: Party, others: Iterable[Party]) -> Party:
        placed = self._at_home(party, others)
        when = self.claim.when
        told = when.start if when is not None and when.basis != "publication" else None
        return holder(placed, year_of(told or self.homes.analysis.document.published), load_registry())

    def _at_home(self, party: Party, others: Iterable[Party]) -> Party:
        token = self.tokens.get(party.start)
        ethnic = token is not None and self._ethnic(party, token)
        if token is None or (party.id and not ethnic):
            return party
        if party.country and not party.id and not ethnic:
            self.homes.known.setdefault((party.name or party.quote, party.sectors), party.country)
            return party
        if ethnic and party.country:
            return self._living(party, token)
        sectors = set(party.sectors)
        if (mention := self.heads.get(party.start)) and any(one.dep == "poss" for one in mention.head.children):
            return party  # "its military" is that of whoever "it" is
        if not sectors & (BODIES | PEOPLE | BANDS | {"MIL"}) or sectors & ABROAD:
            return party
        words = {word.lower() for word in party.quote.replace("-", " ").split()}
        if words & FOREIGN or sectors <= {"MIL"} and not words & FORCES:
            return party
        own = self._own(party)
        if len(own) > 1:
            return party  # "fighters from Iraq, Lebanon and Iran"
        country = own.pop() if own else self._around(party, token, others)
        country = country or self.homes.known.get((party.name or party.quote, party.sectors))
        if country is None and sectors & (BODIES | BANDS | {"MIL"}):
            country = self.homes.about
        return self._kept(party, country) if country else party

    def _kept(self, party: Party, country: str) -> Party:
        self.homes.known.setdefault((party.name or party.quote, party.sectors), country)
        return msgspec.structs.replace(party, country=country)

    def _own(self, party: Party) -> set[str]:
        """The countries of the places in the party's own phrase: "police in Sivas", "the mayor of Kayes"."""
        mention = self.heads.get(party.start)
        if mention is None:
            return set()
        preps = [one for one in mention.head.children if one.dep == "prep" and one.lower in WITHIN]
        below = {token.i for prep in preps for token in subtree(prep)}
        below |= set(range(mention.first.i, mention.last.i + 1)) - {mention.head.i}
        signs = [one for one in self.homes.signs.get(mention.head.sentence, []) if one.token.i in below]
        return {sign.country for sign in signs if not self._hyphened(sign.token)}

    def _hyphened(self, token: Token) -> bool:
        """ "Iranian-backed militias" need not be Iran's."""
        beside = self.homes.analysis.tokens[max(0, token.i - 1) : token.i + 2]
        return any(one.text == "-" for one in beside)

    def _around(self, party: Party, token: Token, others: Iterable[Party]) -> str | None:
        """The country of the event's place, else the one country of the sentence."""
        codes = load_registry().countries
        where = self.claim.where
        outward = isinstance(self.claim, Event) and self.claim.code.plover in OUTWARD
        if (
            where is not None
            and where.country
            and not (isinstance(self.claim, Relation) or outward and "GOV" in party.sectors)
        ):
            return codes.get(where.country)
        beside = {
            mention.head.i for one in others if (mention := self.heads.get(one.start)) and (outward or _state(one))
        }
        beside |= {mention.head.i for mention in [self.heads.get(party.start)] if mention}
        found = self.homes.sole(token.sentence, beside) or self.homes.sole(token.sentence, beside, told=True)
        if found is None:
            return None
        country, ranks = found
        return country if ranks & {"place", "inner"} or set(party.sectors) & BODIES else None

    def _ethnic(self, party: Party, token: Token) -> bool:
        """Whether these are the "ethnic Albanians" of some country."""
        before = self.homes.analysis.tokens[token.i - 1].lower if token.i else ""
        return (before == "ethnic" or token.lower == "ethnic") and not (party.id or "").startswith("org:")

    def _living(self, party: Party, token: Token) -> Party:
        """ "ethnic Albanians" of where they live, which need not be where most of them do."""
        own = self._own(party)
        where = own.pop() if len(own) == 1 else self._around(party, token, ())
        if where is None or where == party.country:
            return party
        return msgspec.structs.replace(
            party, id=None, name=f"ethnic {party.quote.removeprefix('ethnic ')}", country=where
        )


def _state(party: Party) -> bool:
    return party.id is not None and party.id == party.country
