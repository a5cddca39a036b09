"""Times that stand in a clause and yet do not date what it tells: "the worst attack since 2001", "the 2008 law"."""

from __future__ import annotations

from strife.language.analysis import Token, ancestors

_RANKED = {"first", "only", "second", "third", "fourth", "fifth", "time", "record"}
_WITHIN = {"in", "during", "at", "amid", "by", "with"}
_PREMODIFIERS = ("compound", "nummod", "amod", "nmod", "poss")
_EVENTFUL = frozenset(
    """
    attack bombing blast explosion raid massacre clash protest coup war uprising invasion offensive vote election
    strike killing assault battle siege revolt crackdown rebellion genocide riot shooting ambush revolution
    """.split()
)
_BESIDE = {"after", "before", "since", "until", "till", "following", "despite", "under", "of"}


def is_backdrop(time: Token, head: Token) -> bool:
    """Whether the time (by its head) belongs to something else than what `head` tells of."""
    return _compared(time) or _names_its_noun(time, head)


def _compared(time: Token) -> bool:
    """ "The deadliest attack since March 2011": so many since then were less."""
    since = next((one for one in ancestors(time) if one.dep in ("prep", "mark")), None)
    if since is None or since.lower != "since":
        return False
    above = since.head
    phrase = [above, *above.children] if above.pos in ("NOUN", "ADJ", "NUM", "ADV") else []
    beside = (
        [one for one in above.children if one.dep in ("attr", "dobj", "oprd")] if above.pos in ("VERB", "AUX") else []
    )
    words = phrase + [below for one in beside for below in (one, *one.children)]
    return any(one.tag in ("JJS", "RBS") or one.lower in _RANKED for one in words)


def _names_its_noun(time: Token, head: Token) -> bool:
    """ "Clashed after Monday's vote", "breaks the 2008 law": the noun's own time."""
    noun = time.head
    if time.dep not in _PREMODIFIERS or noun.pos not in ("NOUN", "PROPN") or noun is head:
        return False
    behind, year = _behind(noun), time.text.isdigit()
    if behind is None:
        return year and noun.lemma not in _EVENTFUL
    return behind in _BESIDE or (year and behind not in _WITHIN)


def _behind(noun: Token) -> str | None:
    return noun.head.lower if noun.dep == "pobj" else None
