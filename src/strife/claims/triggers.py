"""Which words of a text name an event: the codebook's patterns matched on the tree."""

from __future__ import annotations

from strife.claims.incidents import tells_incident
from strife.claims.limits import modifiers, within_limits
from strife.claims.means import with_means
from strife.claims.modality import classes_of
from strife.claims.patterns import match_noun, match_verb
from strife.claims.trigger import Kinds, Trigger
from strife.claims.unlisted import by_armed, by_unknown
from strife.codebook.cues import load_cues
from strife.codebook.frames import EventLexicon
from strife.language.analysis import Analysis, Token, child
from strife.language.mending import DEEDS

SPEECH = {
    "THREATEN",
    "REQUEST",
    "AGREE",
    "REJECT",
    "ACCUSE",
    "CONCEDE",
    "RETREAT",
}  # their content is a claim of its own


def find_triggers(
    analysis: Analysis, lexicon: EventLexicon, kinds: Kinds, taken: set[int]
) -> tuple[list[Trigger], set[int]]:
    """The triggers of a text in text order; a word serves one trigger, verbs of several words come first.

    `taken` are tokens inside names, which are no events ("the Battle of …" stays, "Army of Conquest" does not). Beside the triggers: the
    heads of what has the words of an event but tells of no incident ("go on killing each other")."""
    found: list[Trigger] = []
    general: set[int] = set()
    used: set[int] = set()
    spoken: dict[int, str] = {}  # words that a speech act's frame asks for, which may be its content
    for token in analysis.tokens:
        if (
            token.pos == "VERB"
            and not _sufferers(token)
            and token.i not in taken
            and token.dep not in ("aux", "auxpass", "amod", "compound")
        ):
            trigger = _verb(token, lexicon, kinds)
            if trigger is not None and not tells_incident(trigger, kinds):
                general.add(token.i)
            elif trigger is not None:
                found.append(trigger)
                speech = trigger.frame.type in SPEECH or "fails" in classes_of(token, load_cues().objects)
                used.update(one.i for one in trigger.tokens if not speech or one is token)
                spoken.update({one.i: trigger.frame.type for one in trigger.tokens if speech})
    for token in analysis.tokens:
        if token.i not in used and token.i not in taken and _nominal(token):
            trigger = _noun(analysis, token, lexicon)
            if (
                trigger is not None
                and not used & {one.i for one in trigger.tokens}
                and spoken.get(token.i) != trigger.frame.type
            ):
                if not tells_incident(trigger, kinds):
                    general.add(token.i)
                    continue
                found.append(trigger)
                used.update(one.i for one in trigger.tokens)
    return with_means(sorted(found, key=lambda one: one.head.i)), general - used


def _sufferers(token: Token) -> bool:
    """ "the wounded", "the dead": people, no event."""
    return token.lower in ("wounded", "injured", "dead", "maimed") and child(token, "det") is not None


def _nominal(token: Token) -> bool:
    if token.pos not in ("NOUN", "PROPN", "VERB") or token.dep in ("aux", "auxpass") or _sufferers(token):
        return False
    if token.pos == "VERB" and not (
        token.tag == "VBG" and token.dep in ("pobj", "dobj", "nsubj", "compound", "conj", "nsubjpass")
    ):
        return False
    return not (
        token.dep in ("compound", "nmod", "amod")
        and token.head.pos in ("NOUN", "PROPN", "ADJ")
        and token.head.i > token.i
    )


def _verb(token: Token, lexicon: EventLexicon, kinds: Kinds) -> Trigger | None:
    for pattern in lexicon.verbs.get(token.lemma, ()):
        words = match_verb(pattern, token)
        if pattern.frame.type == "AID" and token.dep == "acl" and token.head.lemma in DEEDS:
            continue  # "strikes delivering tons of munitions"
        if pattern.frame.type == "REQUEST" and _own_wish(token):
            continue
        if words is not None and within_limits(pattern.frame, token, words, kinds):
            return Trigger(token, tuple(words), pattern.frame, noun=False)
    return by_armed(token, lexicon, kinds) or by_unknown(token, lexicon, kinds)


def _own_wish(verb: Token) -> bool:
    """ "want to end the rule": what they would do themselves, and ask of nobody."""
    aim = child(verb, "xcomp")
    wishes = verb.lemma in ("want", "wish", "hope") and aim is not None and child(verb, "dobj") is None
    return wishes and child(aim, "nsubj", "nsubjpass") is None if aim is not None else False


def _generic(token: Token) -> bool:
    """A bare singular behind a preposition names no event: "a shift to defence", "a means of attack"."""
    bare = all(one.dep in ("punct", "cc", "conj") for one in token.children)
    return (
        bare
        and token.tag == "NN"
        and token.dep == "pobj"
        and token.head.lower in ("to", "from", "of", "for", "as", "into", "on")
    )


def _document(token: Token) -> bool:
    """ "The release said", "according to the release": a paper, and nobody is let go."""
    if token.lemma != "release":
        return False
    speaks = token.dep == "nsubj" and token.head.lemma in ("say", "add", "note", "read", "quote", "state")
    quoted = token.dep == "pobj" and token.head.lower == "to" and token.head.head.lower == "according"
    return speaks or quoted or any(one.lower in ("news", "press") for one in token.children)


def _noun(analysis: Analysis, token: Token, lexicon: EventLexicon) -> Trigger | None:
    patterns = [*lexicon.nouns.get(token.lemma, ())]
    if token.lower != token.lemma:
        patterns += lexicon.nouns.get(token.lower, ())
    if _generic(token) or _document(token):
        return None
    for pattern in sorted(patterns, key=lambda one: one.weight):
        words = match_noun(analysis, token, pattern)
        if words is not None:
            if not (pattern.frame.not_words and modifiers(words) & set(pattern.frame.not_words)):
                return Trigger(token, tuple(words), pattern.frame, noun=True)
    return None
