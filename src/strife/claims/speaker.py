"""The speaker of a clause or a quotation: what is kept of one, and whom the grammar of a verb of saying gives."""

from __future__ import annotations

from dataclasses import dataclass

from strife.language.analysis import Quotation, Token, child, conjuncts, edges
from strife.language.grammar import is_passive, surface_subject
from strife.language.slots import verb_slots

SAYING = {"says", "denies", "supposes", "expects", "demands", "asks"}
SPEECH_ACTS = {"threaten", "vow", "pledge", "promise", "swear", "offer", "propose", "hope", "agree", "decide"}
OBJECTS = {"dobj", "ccomp", "xcomp", "attr"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words: the heads of the speakers' noun phrases, and the word that tells."""

    tokens: list[Token]
    cue: Token | None


@dataclass(frozen=True, slots=True)
class Speakers:
    """The speaker of each quotation, looked up by token index, and those named at the very start or end of a sentence."""

    spans: tuple[tuple[Quotation, Speaker], ...]
    trailing: dict[int, tuple[int, Speaker]]  # sentence -> (where the attribution begins, who)
    leading: dict[int, tuple[int, Speaker]]  # sentence -> (where the attribution ends, who)

    def behind(self, token: Token) -> Speaker | None:
        """Who is named at the end of the word's sentence as having said all of it."""
        start, speaker = self.trailing.get(token.sentence, (0, None))
        end, leader = self.leading.get(token.sentence, (0, None))
        return speaker if token.i < start else leader if leader is not None and token.i > end else None

    def of(self, index: int) -> Speaker | None:
        """Who speaks the word at this index, if it is quoted and the speaker is known."""
        return next((speaker for quotation, speaker in self.spans if quotation.first <= index <= quotation.last), None)


def deep_subject(verb: Token) -> list[Token]:
    """Who says it: the heads of the verb's subject, or of its by-agent; nobody for an "it" that stands for nothing."""
    if is_passive(verb):
        return [one for given in verb_slots(verb).get("subject", []) for one in conjuncts(given)]
    subject = surface_subject(verb) or _inverted(verb)
    if subject is None:
        return []
    subject = _nearer(subject, verb)
    return conjuncts(subject) if subject.lower != "it" or _personal_it(verb) else []


def _nearer(subject: Token, verb: Token) -> Token:
    """The name right before the verb, which the parser, for want of a comma, has put beside what was told."""
    for one in subject.children:
        bare = one.dep == "appos" and any(c.dep == "det" for c in one.children) and edges(one)[1] == verb.i - 1
        if bare and not any(c.dep == "punct" and subject.i < c.i < one.i for c in (*subject.children, *one.children)):
            return one
    return subject


def _inverted(verb: Token) -> Token | None:
    """The speaker behind the verb, which the parser may take for its object: "… ," warned the leader."""
    given = child(verb, "dobj")
    fronted = any(one.dep == "ccomp" and one.i < verb.i for one in verb.children)
    return given if fronted and given is not None and given.i - verb.i <= 6 else None


def _personal_it(verb: Token) -> bool:
    """ "it" is a speaker where the verb takes a that-clause actively ("It said …"), not in "it seems"."""
    subject = surface_subject(verb)
    return (
        subject is not None
        and subject.lower == "it"
        and subject.dep == "nsubj"
        and subject.head is verb
        and verb.lemma not in ("seem", "appear", "be", "look")
    )
