"""What is gathered about one trigger, and what a verb's or a noun's own words add: modals, adverbs, negation, adjectives."""

from __future__ import annotations

from dataclasses import dataclass, field

from strife.codebook.cues import Cues
from strife.language.analysis import Token
from strife.records import STATUS_OF, Likelihood, Stance, Status

STANCE_OF: dict[Status, Stance] = {status: stance for stance, status in STATUS_OF.items()}
PRIORITY: tuple[Stance, ...] = ("denies", "conditions", "demands", "intends", "asks", "expects", "supposes")
PARTICLES = {"back", "off", "away", "out", "up", "down", "forward", "ahead"}
TIMES = frozenset(
    """
    day days week weeks month months year years spring summer autumn fall winter weekend monday tuesday
    wednesday thursday friday saturday sunday january february march april may june july august september
    october november december morning evening session hours
    """.split()
)
CERTAINTY = {"certain": 3, "likely": 2, "unlikely": 2, "scheduled": 2, "possible": 1}


@dataclass(slots=True)
class Found:
    """What the walk has gathered for one trigger."""

    stances: dict[Stance, Token] = field(default_factory=dict)  # stance -> its cue
    negations: list[Token] = field(default_factory=list)
    voices: list[Token] = field(default_factory=list)  # heads of the speakers' noun phrases
    voice_cue: Token | None = None
    likelihood: Likelihood | None = None
    heard: bool = False  # taken for given, but in the words of whoever governs it
    twisted: bool = False  # left open by a denial that is itself negated ("did not rule out")
    settled: Status | None = None  # what the model makes of it, where that overrules the walk

    def add(self, stance: Stance, cue: Token) -> None:
        """Note a stance; the innermost cue of each kind stays."""
        self.stances.setdefault(stance, cue)

    def negate(self, cue: Token) -> None:
        """Note a negation; two cancel out ("did not fail to"), but the same word counts once."""
        if cue not in self.negations:
            self.negations.append(cue)

    def rate(self, likelihood: Likelihood | None) -> None:
        """Note a likelihood; the firmer word wins ("will inevitably")."""
        if likelihood and (self.likelihood is None or CERTAINTY[likelihood] > CERTAINTY[self.likelihood]):
            self.likelihood = likelihood

    @property
    def stance(self) -> Stance:
        """The stance that decides, in the contract's order of statuses."""
        if self.settled is not None:
            return STANCE_OF.get(self.settled, "asserts")
        return next((one for one in PRIORITY if one in self.stances), "asserts")

    @property
    def negated(self) -> bool:
        """Whether the content is negated in the end."""
        if self.settled is not None:
            return self.settled == "negated"
        return len(self.negations) % 2 == 1

    @property
    def cue(self) -> Token | None:
        """The word that tells."""
        if self.negated:
            return next(iter(self.negations), None)
        return self.stances.get(self.stance) or self.voice_cue


def classes_of(verb: Token, table: dict[str, frozenset[str]], extra: str = "") -> frozenset[str]:
    """The cue classes of a verb, with its particle or a preposition where the list asks for one."""
    particle = next(
        (one.lower for one in verb.children if one.dep == "prt" or (one.dep == "advmod" and one.lower in PARTICLES)), ""
    )
    for key in (f"{verb.lemma} {particle} {extra}", f"{verb.lemma} {extra}", f"{verb.lemma} {particle}"):
        if key.strip() != verb.lemma and " ".join(key.split()) in table:
            return table[" ".join(key.split())]
    return table.get(verb.lemma, frozenset()) if not extra else frozenset()


def governing_preposition(token: Token, head: Token) -> str:
    """The preposition of "called for the army to withdraw" or "called on them to leave", wherever the parser hangs it."""
    if any(one.lower == "for" and one.dep in ("mark", "prep") for one in token.children):
        return "for"
    return next(
        (
            one.lower
            for one in head.children
            if one.dep == "prep" and one.lower in ("for", "on", "upon", "to") and one.i < token.i
        ),
        "",
    )


def is_negated(verb: Token) -> bool:
    """Whether a verb stands with a negation: "not", "never", "neither … nor", "nobody"."""
    if any(one.dep == "neg" or one.lower in ("nobody", "none", "never", "nor", "neither") for one in verb.children):
        return True
    if verb.dep != "conj" or any(one.dep in ("nsubj", "nsubjpass", "aux") for one in verb.children):
        return verb.dep == "conj" and any(one.lower in ("nor", "neither") for one in verb.head.children)
    joined = {one.lower for one in verb.head.children if one.dep in ("cc", "preconj")}
    return bool(joined & {"nor", "neither"}) or "or" in joined and is_negated(verb.head)  # "did not fight or flee"


def apart(token: Token, head: Token) -> bool:
    """Whether the parser hung an independent clause before another ("A refuses; B insists that …") as its complement."""
    if token.dep != "ccomp" or token.i > head.i:
        return False
    if any(one.text == ";" and token.i < one.i < head.i for one in [*head.children, *token.children]):
        return True
    later = [one for one in head.children if one.i > head.i]
    if head.lemma in ("say", "add", "report", "state", "tell"):  # "…, activists said, keeping up the pressure"
        later = [one for one in later if one.tag != "VBG"]
    return any(
        one.dep in ("ccomp", "xcomp") or (one.dep == "dobj" and one.lower in ("it", "this", "that")) for one in later
    )


def clause_modality(verb: Token, found: Found, cues: Cues, *, negation: bool = True) -> None:
    """What a verb's own auxiliaries, adverbs and negations say."""
    for one in verb.children:
        if one.dep == "aux" and one.tag == "MD":
            _modal(verb, one, found)
        elif one.dep == "neg" or (one.dep in ("advmod", "preconj") and "negates" in cues.adverbs.get(one.lower, ())):
            if negation and not _not_only(one, verb):
                found.negate(one)
        elif one.dep == "advmod" or one.dep == "npadvmod":
            _adverb(verb, one, found, cues, negation=negation)
        elif one.dep in ("nsubj", "nsubjpass", "dobj", "attr") and negation and (empty := _empty(one)) is not None:
            found.negate(empty)
        elif (
            one.dep == "intj"
            and one.lower == "please"
            and verb.tag in ("VB", "VBP")
            and not any(c.dep == "nsubj" for c in verb.children)
        ):
            found.add("demands", one)
        elif one.dep == "cc" and one.lower == "nor" and negation:
            found.negate(one)
    _nor(verb, found, negation)
    _tense(verb, found)


def _nor(verb: Token, found: Found, negation: bool) -> None:
    """ "neither shelled nor …" and "… nor did they shell": the negation stands beside the conjunct."""
    if negation and verb.dep == "conj" and any(one.lower == "nor" and one.i < verb.i for one in verb.head.children):
        if not any(one.dep == "neg" for one in verb.children):
            found.negate(next(one for one in verb.head.children if one.lower == "nor"))


def _not_only(negation: Token, verb: Token) -> bool:
    following = next((one for one in verb.children if one.i == negation.i + 1), None)
    inside = any(one.lower in ("only", "just", "merely", "simply") for one in negation.children)
    return inside or (following is not None and following.lower in ("only", "just", "merely", "simply"))


def _empty(token: Token) -> Token | None:
    """The word that empties a noun phrase: "no soldiers", "none of the", "nobody"."""
    if token.lower in ("none", "nobody", "nothing", "neither", "no-one"):
        return token
    for one in token.children:
        if one.lower == "not" and one.dep in ("neg", "advmod", "preconj", "det") and token.dep != "attr":
            return one  # "not a shot was fired"
        if (
            one.dep in ("nummod", "det", "amod")
            and (word := next((c for c in one.children if c.lower == "not"), None)) is not None
        ):
            return word  # "not one soldier"
    return next(
        (one for one in token.children if one.lower in ("no", "neither") and one.dep in ("det", "neg", "preconj")), None
    )


def _modal(verb: Token, modal: Token, found: Found) -> None:
    word = modal.lower
    perfect = any(one.lemma == "have" and one.dep == "aux" for one in verb.children)
    if word in ("will", "shall", "'ll", "wo", "would", "'d", "sha"):
        if word in ("would", "'d") and perfect:
            found.add("conditions", modal)
        else:
            found.add("expects", modal)
    elif word in ("may", "might", "could", "can", "ca"):
        found.add("supposes", modal)
        found.rate("possible")
    elif word in ("must", "should", "ought", "need"):
        found.add("supposes" if perfect and word == "must" else "conditions" if perfect else "demands", modal)


def _adverb(verb: Token, adverb: Token, found: Found, cues: Cues, *, negation: bool) -> None:
    classes = cues.adverbs.get(adverb.lower, frozenset())
    inner = next((one for one in adverb.children if "negates" in cues.adverbs.get(one.lower, ())), None)
    if inner is not None and negation:
        found.negate(inner)  # "hardly ever"
    if "supposes" in classes:
        found.add("supposes", adverb)
        found.rate("possible")
    elif "likely" in classes:
        if "expects" not in found.stances:
            found.add("supposes", adverb)
        found.rate("likely")
    elif "certain" in classes and "expects" in found.stances:
        found.rate("certain")
    elif "nearly" in classes and negation and adverb.i == verb.i - 1 and verb.tag in ("VBD", "VBN"):
        found.negate(adverb)


def _tense(verb: Token, found: Found) -> None:
    """A present tense with a coming time is a future: "meets tomorrow", "are leaving next week"."""
    if verb.tag not in ("VBZ", "VBP", "VBG"):
        return
    if verb.tag == "VBG" and not any(one.dep == "aux" and one.tag in ("VBZ", "VBP") for one in verb.children):
        return
    for one in verb.children:
        coming = one.lower in TIMES and any(c.lower in ("next", "coming") for c in one.children)
        if one.dep in ("npadvmod", "advmod", "tmod") and (one.lower == "tomorrow" or coming):
            found.add("expects", one)
            found.rate("scheduled")


def noun_modality(noun: Token, found: Found, cues: Cues) -> None:
    """What the words around an event noun say: "no attack", "a possible attack", "the planned withdrawal"."""
    for one in noun.children:
        classes = cues.adjectives.get(one.lower, frozenset())
        if one.dep in ("det", "neg") and one.lower in ("no", "neither"):
            found.negate(one)
        elif one.dep == "det" and one.lower == "any":
            found.add("supposes", one)
        elif (
            one.dep in ("poss", "npadvmod", "nmod")
            and (one.lower in TIMES or one.lower == "tomorrow")
            and any(c.lower in ("next", "coming", "tomorrow") for c in [one, *one.children])
        ):
            found.add("expects", one)
            found.rate("scheduled")
        elif one.dep in ("amod", "compound", "nmod"):
            _adjective(one, classes, found, cues)
            for deeper in one.children:
                if deeper.dep == "advmod":
                    _adverb(one, deeper, found, cues, negation=False)


def _adjective(adjective: Token, classes: frozenset[str], found: Found, cues: Cues) -> None:
    if "supposes" in classes:
        found.add("supposes", adjective)
        found.rate("possible")
    elif "expects" in classes:
        found.add("expects", adjective)
        found.rate(cues.likelihood.get(adjective.lower))
    elif "intends" in classes and adjective.lower not in ("ready", "willing", "committed"):
        found.add("intends", adjective)
    elif "fails" in classes and adjective.lower not in ("impossible", "afraid", "unable"):
        found.negate(adjective)
    elif "unlikely" in classes:
        found.add("supposes", adjective)
        found.rate("unlikely")
