"""From a token in a grammatical slot to the parties it names: coordination, apposition, partitives, pronouns, owners."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from strife.language.analysis import Analysis, Token, child, conjuncts
from strife.mentions.coreference import Coreference
from strife.mentions.mention import PartyMention
from strife.records import Party
from strife.registry.registry import fold

PARTITIVE = frozenset(
    """
    group number dozen hundred thousand score some many most all both one two several rest majority part lot
    crowd wave half couple handful each any none member variety series million few other others remainder bulk
    pair mob band gang kind type three four five ten array coalition
    """.split()
)
POWERS = ("GOV", "MIL", "REB", "PRM", "COP", "OPP")
OWNING = ("poss", "compound", "amod", "nmod", "nounmod")
DOCUMENTS = frozenset(
    """
    statement report letter communique communiqué document release resolution declaration
    """.split()
)
NOT_THINGS = frozenset(
    """
    attack strike war conflict fighting clash battle operation raid assault violence death time day week month
    year night morning way power control effort decision policy life peace fire toll order crime law right case
    action siege state curfew ban restriction sanction measure damage casualty number part hundred thousand
    dozen score sentence term emergency rule blow weapon arm bomb rocket missile shell gas grenade shot round
    mortar ceasefire truce agreement jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun
    """.split()
)
SHELTERS = {
    "camp",
    "shelter",
    "centre",
    "center",
    "home",
    "settlement",
    "school",
    "hospital",
    "hostel",
}  # for whom they are
MOUTHPIECES = frozenset(  # they speak for whoever owns them
    """
    statement report spokesman letter communique source media document release member
    """.split()
)
PRONOUNS = {"he", "him", "she", "her", "they", "them", "it", "himself", "themselves", "itself", "his", "their", "its"}


@dataclass(slots=True)
class Cast:
    """Turns tokens into parties."""

    analysis: Analysis
    coreference: Coreference
    made: dict[int, Party | None] = field(default_factory=dict)

    def parties(self, token: Token, *, owners: bool = True) -> list[Party]:
        """The parties that a slot's token names, coordinated ones each; `owners` lets "Syrian positions" stand for Syria."""
        found: list[Party] = []
        for one in conjuncts(token):
            for party in self._of(one, owners=owners):
                if all((party.start, party.end, party.id) != (other.start, other.end, other.id) for other in found):
                    found.append(party)
        return found

    def told(
        self,
        first: Token,
        last: Token,
        *,
        name: str | None = None,
        id_: str | None = None,
        country: str | None = None,
        sectors: tuple[str, ...] = (),
    ) -> Party:
        """The record of a party that the words from `first` to `last` tell."""
        span = self.analysis.span_of(first, last)
        return Party(
            quote=span.quote, start=span.start, end=span.end, name=name, id=id_, country=country, sectors=sectors
        )

    def _of(self, token: Token, *, owners: bool, depth: int = 0) -> list[Party]:
        if (
            token.lower in ("one", "ones")
            and token.dep == "attr"
            and (subject := child(token.head, "nsubj")) is not None
            and depth < 2
        ):
            return [party for one in conjuncts(subject) for party in self._of(one, owners=owners, depth=depth + 1)]
        mention = self.coreference.by_head.get(token.i)
        if mention is not None:
            return self._pair(mention) or self._with_coordinated(mention)
        if token.lower in PRONOUNS:
            party = self._pronoun(token)
            return [party] if party else []
        if depth > 3:
            return []
        inner = self._partitive(token, depth)
        if inner:
            return inner
        renamed = child(token, "appos")
        if (
            renamed is not None
            and token.lemma not in NOT_THINGS
            and (named := self._of(renamed, owners=False, depth=depth + 1))
        ):
            return named
        return self._owners(token, depth) if owners else []

    def _pair(self, mention: PartyMention) -> list[Party]:
        """ "the two countries", "both sides": the last two parties named side by side, with the words written here."""
        counted = any(one.lower in ("two", "both") for one in mention.head.children)
        if not counted or mention.id or not any(one.lower in ("the", "these", "both") for one in mention.head.children):
            return []
        for other in reversed([one for one in self.coreference.mentions if one.last.i < mention.first.i]):
            first = self.coreference.by_head.get(other.head.head.i) if other.head.dep == "conj" else None
            if first is not None and other.id and first.id and mention.head.sentence - other.head.sentence <= 3:
                parties = [self.party(first), self.party(other)]
                return [
                    self.told(
                        mention.first, mention.last, name=one.name, id_=one.id, country=one.country, sectors=one.sectors
                    )
                    for one in parties
                    if one is not None
                ]
        return []

    def _with_coordinated(self, mention: PartyMention) -> list[Party]:
        """ "Hungarian and Romanian officials" are two parties: the adjective of the first stands for it."""
        party = self.party(mention)
        more = []
        for one in mention.head.children:
            if one.dep in ("amod", "compound", "nmod") and mention.kind in ("described", "person"):
                for other in one.children:
                    adjective = self.coreference.by_head.get(other.i)
                    if (
                        other.dep == "conj"
                        and adjective is not None
                        and adjective.country
                        and adjective.country != mention.country
                    ):
                        more.append(self._like(adjective, mention))
            if one.dep == "compound" and self._state(one) and self._state(mention.head):
                more += [other for other in [self.party(self.coreference.by_head[one.i])] if other]
            if one.dep == "prep" and one.lower == "of" and mention.plural and (given := child(one, "pobj")) is not None:
                for other in conjuncts(given)[1:]:
                    owner = self.coreference.by_head.get(other.i)
                    if (
                        owner is not None
                        and owner.country
                        and owner.country != mention.country
                        and owner.kind == "name"
                    ):
                        more.append(self._like(owner, mention))
        return [party, *more] if party else more

    def _state(self, token: Token) -> bool:
        """Whether the token ends a state's own name: side by side, in "Russia Turkey and Iran", a comma was lost."""
        mention = self.coreference.by_head.get(token.i)
        return (
            mention is not None and mention.kind == "name" and mention.id is not None and mention.id == mention.country
        )

    def _like(self, adjective: PartyMention, mention: PartyMention) -> Party:
        return self.told(
            adjective.first,
            adjective.last,
            name=f"{adjective.head.text} {mention.head.text}",
            country=adjective.country,
            sectors=mention.sectors,
        )

    def _partitive(self, token: Token, depth: int) -> list[Party]:
        """ "dozens of rebels", "43 of the soldiers", "some in the opposition"."""
        if token.lemma not in PARTITIVE and token.pos not in ("NUM", "DET", "PRON"):
            return []
        for one in token.children:
            if one.dep == "prep" and one.lower in ("of", "from", "in", "among"):
                given = child(one, "pobj")
                if given is not None:
                    return [
                        party for each in conjuncts(given) for party in self._of(each, owners=False, depth=depth + 1)
                    ]
        return []

    def _owners(self, token: Token, depth: int) -> list[Party]:
        """Whose thing it is: "Turkish ship", "Iran's airspace", "the positions of the SDF"."""
        for one in token.children:
            if one.dep in OWNING and one.i in self.coreference.by_head:
                if (armed := self._armed(token, one)) is not None:
                    return [armed]
                return [party for party in [self.party(self.coreference.by_head[one.i])] if party]
            if one.dep == "poss" and one.lower in PRONOUNS:
                party = self._pronoun(one)
                return [party] if party else []
        for one in token.children:
            if one.dep in OWNING and (
                deeper := next((c for c in one.children if c.dep in OWNING and c.i in self.coreference.by_head), None)
            ):
                return [party for party in [self.party(self.coreference.by_head[deeper.i])] if party]
        for one in token.children:
            agent = (
                child(one, "agent")
                if one.dep == "acl"
                else one
                if one.dep == "prep"
                and (
                    one.lower in ("of", "from")
                    or one.lower == "for"
                    and token.lemma in SHELTERS
                    or (one.lower == "by" and token.head.lower != "of")
                )
                else None
            )
            if agent is not None and (given := child(agent, "pobj")) is not None:
                return self._of(given, owners=depth < 1, depth=depth + 1)
        return []

    def _armed(self, thing: Token, demonym: Token) -> Party | None:
        """In "a Syrian regime airbase" the regime of the demonym's country, whose the thing is."""
        following = self.analysis.tokens[demonym.i + 1]
        mention = self.coreference.by_head[demonym.i]
        sector = self.coreference.registry.agents.get(following.lemma)
        known = following.i in self.coreference.by_head or mention.kind != "demonym"
        if sector not in POWERS or following.dep not in OWNING or following.i >= thing.i or known:
            return None
        name = f"{demonym.text} {following.text}"
        return self.told(mention.first, following, name=name, country=mention.country, sectors=(sector,))

    def _pronoun(self, token: Token) -> Party | None:
        mention = self.coreference.antecedent(token)
        party = self.party(mention) if mention is not None else None
        return self._named_as(token, party) if party is not None else None

    def _named_as(self, token: Token, party: Party) -> Party:
        """The party that a word stands for, with the word as its quote."""
        return self.told(
            token,
            token,
            name=party.name or party.quote,
            id_=party.id,
            country=party.country,
            sectors=party.sectors,
        )

    def party(self, mention: PartyMention) -> Party | None:
        """The record of a mention; what "its army" or an apposition tells is filled in."""
        if mention.head.i not in self.made:
            self.made[mention.head.i] = self._party(mention)
        return self.made[mention.head.i]

    def _party(self, mention: PartyMention) -> Party:
        name, id_, country, sectors = mention.name, mention.id, mention.country, mention.sectors
        if id_ is None and (other := self._apposed(mention)) is not None:
            name, id_ = (other.name if other.id else name or other.name), other.id
            known = other.country if other.id and other.id == other.country else None  # "Assad ally Russia" is Russia
            country, sectors = known or country or other.country, sectors or other.sectors
        if country is None and mention.kind == "described":
            owner = child(mention.head, "poss")
            if (
                owner is not None
                and owner.lower in PRONOUNS
                and (whose := self.coreference.antecedent(owner)) is not None
            ):
                country = whose.country
                name = name or (f"{whose.name} {mention.head.text}" if whose.name else None)
        return self.told(mention.first, mention.last, name=name, id_=id_, country=country, sectors=sectors)

    def _apposed(self, mention: PartyMention) -> PartyMention | None:
        """The name that an apposition gives: "its ally, Hezbollah"."""
        for one in mention.head.children:
            if one.dep == "appos" and one.i in self.coreference.by_head:
                return self.coreference.by_head[one.i]
        if mention.head.dep == "appos" and mention.kind != "name":
            return self.coreference.by_head.get(mention.head.head.i)
        return None

    def _document_owner(self, token: Token) -> Party | None:
        """Whose "the statement" is: the one by whom a statement was just told of."""
        if not any(one.lower in ("the", "this") for one in token.children):
            return None
        for index in range(token.i - 1, max(-1, token.i - 200), -1):
            other = self.analysis.tokens[index]
            if other.lemma == token.lemma and (owners := self._owners(other, 0)):
                return owners[0]
        return None

    def speakers(self, token: Token) -> list[Party]:
        """The parties behind a voice: "the two countries" are two."""
        several = self._of(token, owners=False)
        return several if len(several) > 1 or token.lower in ("one", "ones") and several else [self.speaker(token)]

    def unnamed(self, token: Token, *, things: bool = False) -> list[Party]:
        """Names that no list knows, as their words alone; with `things`, what common nouns name too ("the power plant")."""
        found = []
        for one in (_counted(each) for each in conjuncts(token)):
            thing = things and one.pos == "NOUN" and one.lemma not in NOT_THINGS
            named = one.pos == "PROPN" and one.ent not in ("DATE", "TIME") and one.lemma not in NOT_THINGS
            if named or thing:
                before = (below for below in one.children if below.i < one.i and below.dep in OWNING)
                first = opening_word(self.analysis, min(before, key=lambda below: below.i, default=one))
                party = self.told(first, one, country=self._land(one) or self._owning_country(one))
                found.append(msgspec.structs.replace(party, name=party.quote) if one.pos == "PROPN" else party)
        return found

    def _owning_country(self, token: Token) -> str | None:
        """The country of the party that modifies a noun."""
        by_head = self.coreference.by_head
        return next((by_head[c.i].country for c in token.children if c.dep in OWNING and c.i in by_head), None)

    def _land(self, token: Token) -> str | None:
        """The country of a capital's or a state's name."""
        entries = self.coreference.registry.names.get((fold(token.text),), [])
        return next((entry.country for entry in entries if entry.kind in ("capital", "state")), None)

    def speaker(self, token: Token) -> Party:
        """The party behind a voice; where no list or grammar knows it, its words alone."""
        if token.lower in PRONOUNS and (party := self._pronoun(token)) is not None:
            return party
        mention = self.coreference.by_head.get(token.i)
        if mention is not None and (party := self.party(mention)) is not None:
            return party
        if token.lemma in DOCUMENTS and (owner := self._document_owner(token)) is not None:
            return self._named_as(token, owner)
        if token.lemma in MOUTHPIECES and (behind := self._of(token, owners=True)):
            return behind[0]
        before = (one for one in token.children if one.dep in ("amod", "compound", "nmod", "poss") and one.i < token.i)
        return self.told(min(before, key=lambda one: one.i, default=token), token)


def opening_word(analysis: Analysis, token: Token) -> Token:
    """The first word of "US-led"."""
    hyphened = token.i > 1 and analysis.tokens[token.i - 1].text == "-"
    return analysis.tokens[token.i - 2] if hyphened else token


def _counted(token: Token) -> Token:
    """What "a number of houses" is a number of."""
    of = next((one for one in token.children if one.dep == "prep" and one.lower == "of"), None)
    given = child(of, "pobj") if of is not None and token.lemma in PARTITIVE else None
    return given if given is not None and given.pos == "NOUN" else token
