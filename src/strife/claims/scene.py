"""Where and when a clause is set: the place and time mentions nearest to a word in its own clause, then above it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from strife.claims.backdrop import is_backdrop
from strife.claims.evidence import clause_of, clause_tokens
from strife.language.analysis import Token, child, conjuncts, subtree
from strife.language.grammar import has_subject, is_predicate
from strife.mentions.mention import PlaceMention, TimeMention
from strife.mentions.placewords import GOVERNING, SETTLEMENTS
from strife.registry.registry import fold, load_registry

LOCATIVE = frozenset(
    "in at near on outside around inside across along throughout toward towards into over from to between within "
    "off through against of north south east west".split()
)
SETTING = LOCATIVE - {"from", "to", "of", "against"}
BETWEEN = {"between", "against", "to"}  # lead to parties as often as to places: states do not count
ABSTRACT = frozenset(
    "support response retaliation addition coordination cooperation revenge favour favor line exchange return "
    "case light spite defiance protest relation connection behalf suspicion charge reference solidarity".split()
)
DEFINITE = {"the", "this", "that"}
DIVISIONS = {"province", "governorate", "oblast", "region", "state"}
BACK = 4  # sentences looked back for the town that "the town" repeats
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
        named = named or [
            place
            for token in objects
            if token.lemma in SETTLEMENTS
            for place in [self.repeated(token)]
            if place is not None
        ]
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
        below = ""
        for _ in range(HEIGHT):
            if here is None:
                return []
            own = self._behind(here, SETTING)
            if not own and below != "xcomp":  # "pushed X to strike": X does it
                own = [p for one in here.children if one.dep in ("dobj", "nsubjpass") for p in self._struck(one)]
            if own:
                return own
            for token in clause_tokens(here):
                if (
                    token.dep == "prep"
                    and (token.lower in SETTING or _pointing(token))
                    and not _inside(token, here)
                    and (found := self._objects(token))
                ):
                    return found
            below, here = here.dep, self._above(here)
        return []

    def repeated(self, token: Token, kind: str = "settlement") -> PlaceMention | None:
        """The place that "the town" or "the province" repeats: the last one of that kind named before, no state."""
        if token.tag not in ("NN", "NNP") or not any(
            one.dep == "det" and one.lower in DEFINITE for one in token.children
        ):
            return None
        for index in sorted((i for i in self.places if i < token.i), reverse=True):
            place = self.places[index]
            if token.sentence - place.head.sentence > BACK:
                return None
            if place.head.dep in ("amod", "nmod") or self.is_state(place):
                continue
            division = place.cue in DIVISIONS or place.head.lemma in DIVISIONS
            if division != (kind == "settlement"):
                return place
        return None

    def is_state(self, place: PlaceMention) -> bool:
        """Whether a place is a state of the registry, by name or adjective."""
        entries = load_registry().names.get(tuple(fold(word) for word in place.name.split()), [])
        return any(one.kind in ("state", "adjective") for one in entries)

    def _above(self, clause: Token) -> Token | None:
        """The clause that shares its setting with this one: over a participle or a conjunct, not over "said"."""
        if (
            clause.dep == "advcl"
            and has_subject(clause)
            and not any(one.dep in ("mark", "advmod") and one.lower == "when" for one in clause.children)
        ):
            return None
        if clause.dep == "conj" and has_subject(clause) and any(_sets_elsewhere(one) for one in clause.children):
            return None  # "…, and in the south soldiers seized two lorries"
        if clause.dep in ("xcomp", "conj", "advcl", "acl", "relcl") and clause.head is not clause:
            above = clause_of(clause.head)
            return above if above is not clause else None
        return None

    def _all(self, token: Token) -> list[PlaceMention]:
        return [self.places[one.i] for one in conjuncts(token) if one.i in self.places]

    def _struck(self, token: Token) -> list[PlaceMention]:
        """The place that is itself what a deed is done to: "shelled Martuni", "shelled the town of Martuni"."""
        return self._in_phrase(token) if token.lemma in SETTLEMENTS else self._all(token)

    def _behind(self, head: Token, words: frozenset[str]) -> list[PlaceMention]:
        found: list[PlaceMention] = []
        for one in head.children:
            if one.dep == "prep" and one.lower in words:
                found = found or self._objects(one)
        return found

    def _objects(self, prep: Token) -> list[PlaceMention]:
        found: list[PlaceMention] = []
        for each in conjuncts(prep):
            for one in each.children:
                if one.dep in ("pobj", "prep", "pcomp"):
                    found += (
                        self._objects(one)
                        if one.dep == "prep"
                        else [
                            p for token in conjuncts(one) if token.lemma not in ABSTRACT for p in self._in_phrase(token)
                        ]
                    )
        return [one for one in found if not self.is_state(one)] if prep.lower in BETWEEN else found

    def _in_phrase(self, token: Token) -> list[PlaceMention]:
        """The place that a noun phrase names: its head, else what stands behind "of", "in", "near" or in apposition."""
        if token.i in self.places:
            finer = [
                one
                for one in token.children
                if one.i == token.i - 1 and one.dep in ("compound", "nmod") and one.i in self.places
            ]
            finer = finer if self.is_state(self.places[token.i]) else []  # "in Aleppo Syria"
            return [self.places[one.i] for one in finer] or [self.places[token.i]]
        if token.pos not in ("NOUN", "PROPN") or token.lemma in GOVERNING:
            return []
        for one in token.children:
            if one.dep == "appos" and one.i in self.places:
                return [self.places[one.i]]
        for one in token.children:
            if one.dep == "prep" and one.lower in LOCATIVE and (found := self._objects(one)):
                return found
        return [
            self.places[one.i]
            for one in reversed(token.children)
            if one.dep in ("compound", "nmod", "amod", "poss") and one.i in self.places
        ][:1]

    def time_of(self, head: Token) -> TimeMention | None:
        """The time of what a word tells: in its own phrase, in its clause, in the clauses above."""
        inside = next((one for one in self.times.values() if one.anchor and one.first.i <= head.i <= one.last.i), None)
        if inside is not None:  # the deed that "two days after the deed" is counted from
            return inside.anchor
        own = self._times_below(head)
        if own:
            return own[0]
        here: Token | None = clause_of(head)
        fronted = False
        for _ in range(HEIGHT):
            if here is None:
                break
            found = [self.times[token.i] for token in clause_tokens(here) if token.i in self.times]
            found = [time for time in found if not is_backdrop(time.head, head)]
            if fronted:  # "they agreed to disarm within a month and soldiers will enter": not within a month
                found = [time for time in found if time.head.i < here.i]
            if found:
                return min(found, key=lambda time: abs(time.head.i - head.i))
            fronted = here.dep == "conj" and has_subject(here) and any(one.tag == "MD" for one in here.children)
            here = self._above(here)
        return None

    def _times_below(self, head: Token) -> list[TimeMention]:
        if is_predicate(head):
            return []
        return [self.times[one.i] for one in subtree(head) if one.i in self.times and not is_backdrop(one, head)]


def _pointing(prep: Token) -> bool:
    """Whether an "of" tells what a place lies to one side of: "20 km south of Homs"."""
    return prep.lower == "of" and prep.head.lower.endswith(("north", "south", "east", "west"))


def _sets_elsewhere(prep: Token) -> bool:
    """Whether a phrase sets its clause somewhere, though at no place of a name: "in the south", "at the border"."""
    held = child(prep, "pobj")
    return (
        prep.dep == "prep"
        and prep.lower in ("in", "at", "near", "outside")
        and held is not None
        and held.ent
        not in (
            "DATE",
            "TIME",
        )
    )


def _inside(prep: Token, clause: Token) -> bool:
    """Whether a preposition belongs to a clause within the clause: "the talks being held in X"."""
    here = prep.head
    while here is not clause and here.head is not here:
        if (
            here.dep in ("acl", "relcl", "advcl", "pcomp")
            and is_predicate(here)
            and any(one.dep in ("prep", "agent", "dobj") for one in here.children)
        ):
            return here.dep in ("acl", "relcl")
        here = here.head
    return False
