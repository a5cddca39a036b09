"""What pronouns, definite descriptions, short names and acronyms refer to, by rules over the mentions of one document.

Agreement and recency with a preference for subjects, after the classic salience accounts (Lappin & Leass 1994), kept small.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from strife.language.analysis import Analysis, Token, ancestors, child, subtree
from strife.mentions.mention import PartyMention
from strife.registry.registry import Registry

HE = {"he", "him", "his", "she", "her", "hers", "himself", "herself"}
THEY = {"they", "them", "their", "theirs", "themselves"}
IT = {"it", "its", "itself"}
BUILDINGS = {"mosque", "church", "hospital", "school", "clinic", "university", "monastery", "temple", "embassy", "synagogue", "cathedral", "college"}
WINDOW = 4  # sentences looked back
COLLECTIVE_SECTORS = {"GOV", "MIL", "REB", "IGO", "NGO", "PTY", "COP", "LEG", "JUD", "UAF", "OPP", "PRM", "JRN"}


@dataclass(slots=True)
class Coreference:
    """Looks up, for a token, the mention it refers to."""

    analysis: Analysis
    mentions: list[PartyMention]
    registry: Registry
    heads: list[int] = field(default_factory=list)
    by_head: dict[int, PartyMention] = field(default_factory=dict)
    known: dict[int, PartyMention | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Link short names and definite descriptions to what they repeat, in text order."""
        linked: list[PartyMention] = []
        for mention in self.mentions:
            linked.append(self._linked(mention, linked))
        self.mentions = linked
        self.heads = [mention.head.i for mention in linked]
        self.by_head = {mention.head.i: mention for mention in linked}

    def antecedent(self, token: Token) -> PartyMention | None:
        """Whom a pronoun stands for, or None."""
        if token.i not in self.known:
            self.known[token.i] = None  # a pronoun cannot stand for itself
            self.known[token.i] = self._search(token)
        return self.known[token.i]

    def _search(self, token: Token) -> PartyMention | None:
        wanted = "he" if token.lower in HE else "they" if token.lower in THEY else "it" if token.lower in IT else None
        if wanted is None:
            return None
        best: tuple[float, PartyMention] | None = None
        for place in range(bisect_left(self.heads, token.i) - 1, -1, -1):
            mention = self.mentions[place]
            distance = token.sentence - mention.head.sentence
            if distance >= WINDOW:
                break
            if not self._agrees(mention, wanted) or self._bound(token, mention):
                continue
            score = -1.5 * distance - 0.01 * (token.i - mention.head.i) + self._salience(mention)
            if best is None or score > best[0]:
                best = (score, mention)
        return best[1] if best else None

    def _agrees(self, mention: PartyMention, wanted: str) -> bool:
        if wanted == "he":
            return mention.kind == "person" or (mention.kind == "described" and not mention.plural and self._human(mention))
        if wanted == "they":
            return mention.plural or mention.kind in ("name", "metonym") or any(one.dep == "conj" for one in mention.head.children)
        return not mention.plural and mention.kind in ("name", "metonym", "described") and not self._human(mention)

    def _human(self, mention: PartyMention) -> bool:
        """Whether a described party is one person: a singular noun of a role, not a body or a building."""
        if mention.head.lemma in BUILDINGS:
            return False
        return mention.kind == "described" and mention.head.lemma not in self.registry.collective and mention.head.tag == "NN"

    def _bound(self, token: Token, mention: PartyMention) -> bool:
        """Whether grammar forbids it: an object pronoun cannot stand for the subject of its own verb."""
        if token.dep == "poss" or token.lower.endswith(("self", "selves")):
            return False
        if token.dep == "nsubj" and _told_by(token.head, mention.head):
            return True
        return mention.head.head is token.head and mention.head.dep in ("nsubj", "nsubjpass", "dobj")

    def _salience(self, mention: PartyMention) -> float:
        score = 1.0 if mention.head.dep in ("nsubj", "nsubjpass") else 0.3 if mention.head.dep in ("dobj", "agent") else 0.0
        if mention.head.dep in ("compound", "amod", "poss", "nmod"):
            score -= 1.0
        return score + (0.3 if mention.id or mention.name else 0.0)

    # --- names and descriptions that repeat ----------------------------------------------------------------------
    def _linked(self, mention: PartyMention, before: list[PartyMention]) -> PartyMention:
        if mention.kind in ("person", "name") and mention.id is None and mention.name:
            return self._same_name(mention, before)
        if mention.kind == "described" and mention.name is None:
            return self._definite(mention, before)
        return mention

    def _same_name(self, mention: PartyMention, before: list[PartyMention]) -> PartyMention:
        """A surname or an acronym takes over what the full name told."""
        short = mention.name or ""
        for other in reversed(before):
            name = other.name or ""
            if other.kind not in ("person", "name") or len(name) <= len(short) or " " not in name:
                continue
            if name.split()[-1] == short.split()[-1] and other.kind == "person" or _initials(name) == short:
                return replace(mention, name=name, id=other.id, country=other.country, sectors=other.sectors, kind=other.kind)
        return mention

    def _definite(self, mention: PartyMention, before: list[PartyMention]) -> PartyMention:
        """ "the regime" is the regime named before; "the group" the last armed group or organisation."""
        following = next(iter(self.analysis.tokens[mention.last.i + 1 : mention.last.i + 2]), None)
        if child(mention.head, "appos") is not None or (following is not None and following.text in ('"', "\u201c", "(", "[")):
            return mention  # it is about to be named
        determiner = child(mention.head, "det", "poss")
        if determiner is None:
            return mention
        if determiner.dep == "poss":
            return mention
        if determiner.lower not in ("the", "this", "these", "both"):
            return mention
        later = [one for one in self.mentions if one.head.i > mention.head.i and one.head.lemma == mention.head.lemma]
        for other in [*reversed(before), *later]:
            if other.head.lemma == mention.head.lemma and other.name and other.kind == "described" and other.plural == mention.plural:
                return replace(mention, name=other.name, id=other.id, country=other.country, sectors=other.sectors)
            if mention.head.lemma in ("group", "movement", "organization", "organisation", "militia", "faction", "party") and (
                other.kind == "name" and other.id and other.id.startswith("org:") and mention.head.sentence - other.head.sentence <= 3
                and not {"JRN", "IGO", "GOV"} & set(other.sectors)
            ):  # fmt: skip
                return replace(mention, name=other.name, id=other.id, country=other.country, sectors=other.sectors or mention.sectors)
        return mention


def _told_by(verb: Token, token: Token) -> bool:
    """Whether a token stands in what the verb's subject says: "a soldier was hurt, he said" is said by somebody else."""
    below = token
    for above in ancestors(token):
        if above is verb:
            return below.dep in ("ccomp", "parataxis") or (below.dep == "xcomp" and below.i < verb.i)
        below = above
    return False


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())


def governor(token: Token) -> Token:
    """The nearest verb above a token."""
    return next((one for one in ancestors(token) if one.pos in ("VERB", "AUX")), token)


def mentions_below(token: Token, by_head: dict[int, PartyMention]) -> list[PartyMention]:
    """The mentions headed anywhere in a token's subtree, in text order."""
    return [by_head[index] for index in sorted(one.i for one in subtree(token)) if index in by_head]
