"""What pronouns, definite descriptions, short names and acronyms refer to, by rules over the mentions of one document.

Agreement and recency with a preference for subjects, after the classic salience accounts (Lappin & Leass 1994), kept small.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field, replace

from strife.language.analysis import Analysis, Token, ancestors, child, subtree
from strife.language.grammar import surface_subject
from strife.mentions.localnames import NOUNS
from strife.mentions.mention import PartyKind, PartyMention
from strife.registry.registry import Registry

HE = {"he", "him", "his", "she", "her", "hers", "himself", "herself"}
THEY = {"they", "them", "their", "theirs", "themselves"}
IT = {"it", "its", "itself"}
BUILDINGS = frozenset(
    """
    mosque church hospital school clinic university monastery temple embassy synagogue cathedral college
    """.split()
)
PERSONAL = frozenset(  # nouns for one person, which are taken up by "he" or "she"
    """
    rebel insurgent militant guerrilla jihadist separatist fighter soldier attacker gunman assailant bomber protester
    demonstrator activist refugee prisoner hostage detainee official minister president premier chancellor king emir ruler
    dictator leader chief chairman commander general colonel spokesman spokeswoman spokesperson envoy ambassador diplomat
    mediator judge prosecutor cleric ayatollah pope bishop politician candidate senator lawmaker mayor governor man woman
    victim
    """.split()
)
FIGHTERS = {"guerrilla", "guerilla", "rebel", "insurgent", "subversive", "separatist", "jihadist", "jihadi", "militant"}
COMMON = {"armed", "alleged", "suspected", "presumed", "several", "many", "other", "leftist", "urban", "heavily"}
BANDS = {"group", "movement", "organization", "organisation", "militia", "faction", "party"}
CIVIL = {"NGO", "SOC", "MED", "EDU", "BUS", "MNC"}  # "the militant group" is none of these
WINDOW = 4  # sentences looked back


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
        self.mentions = _told_once(self.mentions)
        names = _Names(self.mentions)
        names.band = self._only_band()
        linked: list[PartyMention] = []
        for mention in self.mentions:
            linked.append(self._linked(mention, linked, names))
            names.add(linked[-1])
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
        if wanted is None or wanted == "it" and (_expletive(token) or self._of_a_place(token)):
            return None
        if token.dep == "poss" and token.head.dep == "conj" and token.head.head.i in self.by_head and wanted != "he":
            return self.by_head[token.head.head.i]  # "the parties and their supporters"
        if (same := self._parallel(token)) is not None:
            return self.antecedent(same)
        best: tuple[float, PartyMention] | None = None
        for place in range(bisect_left(self.heads, token.i) - 1, -1, -1):
            mention = self.mentions[place]
            distance = token.sentence - mention.head.sentence
            if distance >= WINDOW:
                break
            if not self._agrees(mention, wanted) or self._bound(token, mention):
                continue
            score = -1.5 * distance - 0.01 * (token.i - mention.head.i) + self._salience(mention, wanted)
            if best is None or score > best[0]:
                best = (score, mention)
        return best[1] if best else None

    def _of_a_place(self, token: Token) -> bool:
        """Whether the sentence is about a place, which then is "it": "Homs is proud of its walls"."""
        first = self.analysis.sentences[token.sentence].first
        subjects = [one for one in self.analysis.tokens[first : token.i] if one.dep in ("nsubj", "nsubjpass")]
        return bool(subjects) and subjects[-1].ent == "GPE" and subjects[-1].i not in {m.head.i for m in self.mentions}

    def _parallel(self, token: Token) -> Token | None:
        """The same pronoun as subject of the sentence before: "They claimed the raid. They kidnapped six people." """
        here = self.analysis.sentences[token.sentence]
        if token.dep != "nsubj" or token.head is not here.root or not here.index or token.i - here.first > 1:
            return None
        before = self.analysis.sentences[here.index - 1]
        other = child(before.root, "nsubj") if before.paragraph == here.paragraph else None
        return other if other is not None and other.lower == token.lower else None

    def _agrees(self, mention: PartyMention, wanted: str) -> bool:
        if wanted == "he":
            return mention.kind == "person" or (
                mention.kind == "described" and not mention.plural and self._human(mention)
            )
        if wanted == "they":
            return (
                mention.plural
                or mention.kind in ("name", "metonym")
                or any(one.dep == "conj" for one in mention.head.children)
            )
        return not mention.plural and mention.kind in ("name", "metonym", "described") and not self._human(mention)

    def _human(self, mention: PartyMention) -> bool:
        """Whether a described party is one person: a singular noun of a role, not a body or a building."""
        if mention.head.lemma in BUILDINGS:
            return False
        body = mention.head.lemma in self.registry.collective and mention.head.lemma not in PERSONAL
        return mention.kind == "described" and not body and mention.head.tag == "NN"

    def _bound(self, token: Token, mention: PartyMention) -> bool:
        """Whether grammar forbids it: an object pronoun cannot stand for the subject of its own verb."""
        if token.dep == "poss" or token.lower.endswith(("self", "selves")):
            return False
        if token.dep == "nsubj" and _told_by(token.head, mention.head):
            return True
        if token.dep == "dobj" and surface_subject(token.head) is mention.head:
            return True  # "militants took the town and executed them"
        return mention.head.head is token.head and mention.head.dep in ("nsubj", "nsubjpass", "dobj")

    def _salience(self, mention: PartyMention, wanted: str) -> float:
        score = (
            1.0 if mention.head.dep in ("nsubj", "nsubjpass") else 0.3 if mention.head.dep in ("dobj", "agent") else 0.0
        )
        if mention.head.dep in ("compound", "amod", "poss", "nmod"):
            score -= 1.0
        if mention.id is not None and mention.id == mention.country and wanted == "they":
            score -= 0.7  # a state is "it" before it is "they"
        return score + (0.3 if mention.id or mention.name else 0.0)

    # --- names and descriptions that repeat ----------------------------------------------------------------------
    def _linked(self, mention: PartyMention, before: list[PartyMention], names: _Names) -> PartyMention:
        if mention.kind in ("person", "name") and mention.id is None and mention.name:
            full = names.full(mention.name)
            return _as(mention, full, kind=full.kind) if full is not None else mention
        if mention.kind == "described" and mention.name is None and self._repeats(mention):
            mention = self._definite(mention, before, names)
        if (
            mention.name is None
            and mention.id is None
            and names.band is not None
            and self._of_band(mention, names.band)
        ):
            return _as(mention, names.band)
        return mention

    def _only_band(self) -> PartyMention | None:
        """The one rebel organisation of which the document tells, if it is one."""
        bands = {
            (mention.id or "").partition("@")[0]: mention
            for mention in reversed(self.mentions)
            if mention.kind == "name" and mention.id and mention.sectors[:1] == ("REB",)
        }
        if len(bands) != 1:
            return None
        band = next(iter(bands.values()))
        others = [mention for mention in self.mentions if mention.country and mention.name != band.name]
        countries = Counter(mention.country for mention in others)
        most = countries.most_common(1)[0][0] if countries else band.country
        return band if band.country in (None, most) else None  # a neighbour's group is not the rebels here

    def _of_band(self, mention: PartyMention, band: PartyMention) -> bool:
        """Whether "the guerrillas" are those of the one band: nothing tells them apart from its men."""
        if not mention.plural or mention.head.lemma not in FIGHTERS or "REB" not in mention.sectors:
            return False
        if mention.country not in (None, band.country):
            return False
        own = [one for one in mention.head.children if one.dep in ("amod", "compound", "nmod", "poss", "relcl", "acl")]
        return all(one.lower in COMMON for one in own)

    def _repeats(self, mention: PartyMention) -> bool:
        """Whether a description is definite and stands alone: not about to be named, nobody's own."""
        following = next(iter(self.analysis.tokens[mention.last.i + 1 : mention.last.i + 2]), None)
        if child(mention.head, "appos") is not None or (
            following is not None and following.text in ('"', "\u201c", "(", "[")
        ):
            return False
        determiner = child(mention.head, "det", "poss")
        return (
            determiner is not None and determiner.dep == "det" and determiner.lower in ("the", "this", "these", "both")
        )

    def _definite(self, mention: PartyMention, before: list[PartyMention], names: _Names) -> PartyMention:
        """ "the regime" is the regime named before; "the group" the last armed group; else the regime named later."""
        other = names.described_before(mention)
        if other is not None and _told_apart(mention, other):
            other = None
        if other is None and mention.head.lower in BANDS and mention.head.text.islower():
            for one in reversed(before):
                if mention.head.sentence - one.head.sentence > 3:
                    break
                if (
                    one.kind == "name"
                    and ((one.id or "").startswith(("org:", "own:")) or not one.id and one.head.lower in NOUNS)
                    and not {"JRN", "IGO", "GOV"} & set(one.sectors)
                    and not ("MIL" in one.sectors and one.country)  # no state's army is "the group"
                    and not (mention.sectors and CIVIL & set(one.sectors))
                ):
                    return _as(mention, one, sectors=one.sectors or mention.sectors)
        other = other or names.described_after(mention)
        return _as(mention, other) if other is not None else mention


def _told_once(mentions: list[PartyMention]) -> list[PartyMention]:
    """Local parties with what any mention tells of them: "the Lions of the Valley, a rebel group in Chad"."""
    by_head = {mention.head.i: mention for mention in mentions}
    sectors: dict[str, tuple[str, ...]] = {}
    countries: dict[str, str] = {}
    for mention in mentions:
        if mention.kind == "name" and mention.id is None and mention.name:
            beside = [one for one in mention.head.children if one.dep == "appos"]
            beside += [mention.head.head] if mention.head.dep == "appos" else []
            for other in [mention, *(by_head[one.i] for one in beside if one.i in by_head)]:
                if (
                    other.sectors
                    and other.sectors != ("UNK",)
                    and (other is not mention or mention.name not in sectors)
                ):
                    sectors[mention.name] = other.sectors
                if other.country:
                    countries.setdefault(mention.name, other.country)
    return [
        replace(
            mention,
            sectors=sectors.get(mention.name or "", mention.sectors),
            country=mention.country or countries.get(mention.name or ""),
        )
        if mention.kind == "name" and mention.id is None
        else mention
        for mention in mentions
    ]


def _as(
    mention: PartyMention, other: PartyMention, *, sectors: tuple[str, ...] | None = None, kind: PartyKind | None = None
) -> PartyMention:
    """The mention with what another one told."""
    return replace(
        mention,
        name=other.name,
        id=other.id,
        country=other.country,
        sectors=other.sectors if sectors is None else sectors,
        kind=kind or mention.kind,
    )


class _Names:
    """Mentions by last name, by initials and by head noun, so that looking back costs the same in long texts."""

    def __init__(self, mentions: list[PartyMention]) -> None:
        self.by_name: dict[str, PartyMention] = {}
        self.band: PartyMention | None = None  # the only rebel organisation of the document
        self.told: dict[tuple[str, bool], PartyMention] = {}  # (head lemma, plural) -> the last description with a name
        self.coming: dict[tuple[str, bool], list[PartyMention]] = {}
        for mention in mentions:
            if mention.kind == "described" and mention.name:
                self.coming.setdefault((mention.head.lemma, mention.plural), []).append(mention)

    def add(self, mention: PartyMention) -> None:
        """Take in the next mention of the text."""
        name = mention.name or ""
        if mention.kind in ("person", "name") and " " in name:
            self.by_name[_initials(name)] = mention
            if mention.kind == "person":
                self.by_name[name.split()[-1]] = mention
        if mention.kind == "name" and name and mention.id is None and mention.head.lower in NOUNS:
            self.told[mention.head.lower, mention.plural] = mention
        if mention.kind == "described" and name:
            self.told[mention.head.lemma, mention.plural] = mention

    def full(self, short: str) -> PartyMention | None:
        """The mention whose full name a surname or an acronym shortens."""
        other = self.by_name.get(short.split()[-1]) or self.by_name.get(short)
        return other if other is not None and len(other.name or "") > len(short) else None

    def described_before(self, mention: PartyMention) -> PartyMention | None:
        """The last description with the same head noun that tells whose it is."""
        return self.told.get((mention.head.lemma, mention.plural))

    def described_after(self, mention: PartyMention) -> PartyMention | None:
        """The next such description."""
        coming = self.coming.get((mention.head.lemma, mention.plural), [])
        return next((one for one in coming if one.head.i > mention.head.i), None)


def _expletive(token: Token) -> bool:
    """ "it appears that", "it is likely that": nobody."""
    return token.dep == "nsubj" and token.head.lemma in ("appear", "seem") and child(token.head, "ccomp") is not None


def _told_apart(mention: PartyMention, other: PartyMention) -> bool:
    """Whether a word before the noun tells of another party: "the terror group" is not "the Lebanese group"."""
    own = {one.lower for one in mention.head.children if one.dep in ("amod", "compound", "nmod")}
    theirs = {one.lower for one in other.head.children if one.dep in ("amod", "compound", "nmod")}
    return bool(own - theirs) and mention.head.lemma in BANDS


def _told_by(verb: Token, token: Token) -> bool:
    """Whether a token stands in what the verb's subject says: "a soldier was hurt, he said" is another's word."""
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
