"""Where and when a clause is set: the place and time mentions nearest to a word in its own clause, then above it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from strife.claims.evidence import clause_of, clause_tokens
from strife.language.analysis import Token, conjuncts, subtree
from strife.language.grammar import is_predicate
from strife.mentions.mention import PlaceMention, TimeMention

LOCATIVE = {"in", "at", "near", "on", "outside", "around", "inside", "across", "along", "throughout", "toward", "towards", "into", "over",
            "from", "to", "between", "within", "off", "by", "through", "against", "of", "around", "north", "south", "east", "west"}  # fmt: skip
SETTING = LOCATIVE - {"from", "to", "of", "against", "by"}
HEIGHT = 3  # clauses looked up from the word


@dataclass(frozen=True, slots=True)
class Scene:
    """The place and time mentions of a document, by head token."""

    places: dict[int, PlaceMention]
    times: dict[int, TimeMention]

    def places_of(self, head: Token, objects: list[Token]) -> list[PlaceMention]:
        """The places where something happens; several where they are coordinated, none where none is told."""
        own = self._behind(head, LOCATIVE - {"from"})
        if own:
            return own
        named = [place for token in objects for place in self._in_phrase(token)]
        if named:
            return named
        for one in head.children:
            if one.dep in ("compound", "nmod", "amod", "poss") and one.i in self.places:
                return [self.places[one.i]]
        return self._in_clauses(head)

    def owner_of(self, head: Token, antecedent: Callable[[Token], Token | None]) -> list[PlaceMention]:
        """The country that an event is called its own of: "Turkey … its own uprising"."""
        for one in head.children:
            if one.dep == "poss" and one.lower in ("its", "their"):
                whose = antecedent(one)
                return [self.places[whose.i]] if whose is not None and whose.i in self.places else []
        return []

    def _in_clauses(self, head: Token) -> list[PlaceMention]:
        here: Token | None = clause_of(head)
        for _ in range(HEIGHT):
            if here is None:
                return []
            own = self._behind(here, SETTING) or [p for one in here.children if one.dep in ("dobj", "nsubjpass") and one.i in self.places for p in self._all(one)]
            if own:
                return own
            for token in clause_tokens(here):
                if token.dep == "prep" and token.lower in SETTING and (found := self._objects(token)):
                    return found
            here = self._above(here)
        return []

    def _above(self, clause: Token) -> Token | None:
        """The clause that shares its setting with this one: over a participle, an infinitive or a conjunct, not over "said"."""
        if clause.dep in ("xcomp", "conj", "advcl", "acl", "relcl") and clause.head is not clause:
            above = clause_of(clause.head)
            return above if above is not clause else None
        return None

    def _all(self, token: Token) -> list[PlaceMention]:
        return [self.places[one.i] for one in conjuncts(token) if one.i in self.places]

    def _behind(self, head: Token, words: set[str]) -> list[PlaceMention]:
        found: list[PlaceMention] = []
        for one in head.children:
            if one.dep in ("prep", "agent") and one.lower in words:
                found = found or self._objects(one)
        return found

    def _objects(self, prep: Token) -> list[PlaceMention]:
        found: list[PlaceMention] = []
        for each in conjuncts(prep):
            for one in each.children:
                if one.dep in ("pobj", "prep", "pcomp"):
                    found += self._objects(one) if one.dep == "prep" else [p for token in conjuncts(one) for p in self._in_phrase(token)]
        return found

    def _in_phrase(self, token: Token) -> list[PlaceMention]:
        """The place that a noun phrase names: its head, else what stands behind "of", "in", "near" or in apposition."""
        if token.i in self.places:
            return [self.places[token.i]]
        if token.pos not in ("NOUN", "PROPN"):
            return []
        for one in token.children:
            if one.dep == "appos" and one.i in self.places:
                return [self.places[one.i]]
        for one in token.children:
            if one.dep == "prep" and one.lower in LOCATIVE and (found := self._objects(one)):
                return found
        return [self.places[one.i] for one in token.children if one.dep in ("compound", "nmod", "poss") and one.i in self.places][:1]

    def time_of(self, head: Token) -> TimeMention | None:
        """The time of what a word tells: in its own phrase, its clause, the clauses above, else the only one of the sentence."""
        own = self._times_below(head)
        if own:
            return own[0]
        here: Token | None = clause_of(head)
        for _ in range(HEIGHT):
            if here is None:
                break
            tokens = {token.i for token in clause_tokens(here)}
            found = [time for index, time in self.times.items() if index in tokens]
            if found:
                return min(found, key=lambda time: abs(time.head.i - head.i))
            here = self._above(here)
        return None

    def _times_below(self, head: Token) -> list[TimeMention]:
        if is_predicate(head):
            return []
        return [self.times[one.i] for one in subtree(head) if one.i in self.times]
