"""The direction of the clause a word stands in: does it look back or forward? Used to place dates that name no year."""

from __future__ import annotations

from typing import Literal

from strife.language.analysis import Token, ancestors

Direction = Literal["past", "future"]

FORWARD_MODALS = {"will", "'ll", "shall", "wo", "would", "must", "should", "may", "might", "can", "could"}
# verbs (and adjectives) whose complements and time adverbials lie ahead, whatever their own tense
PLANNING = frozenset(
    """
    plan schedule expect set due slate postpone delay reschedule intend hope vow pledge promise threaten want
    seek prepare aim agree ask urge order call warn adjourn extend demand decide
    """.split()
)
SCHEDULING = frozenset(
    """
    schedule set due slate postpone delay reschedule plan expect adjourn extend forecast
    """.split()
)
TIMETABLE = frozenset("begin start end expire open close reconvene resume conclude".split())  # "talks begin on Monday"
LIMITS = {"until", "till", "by"}


def direction(token: Token) -> Direction | None:
    """Whether the clause around a word is about the past or the future; None where the grammar does not tell."""
    above = _prepositions(token)
    if above and above[-1].lower == "of" and above[-1].head.pos in ("NOUN", "PROPN"):
        return None  # "the revolution of 25 January will …": the verb tells of something else
    limit = any(one.lower in LIMITS for one in above)
    if any(above.lower in ("since", "after", "following") for above in _prepositions(token)):
        return "past"
    verb = next((above for above in ancestors(token) if _verbal(above)), None)
    return _verb_direction(verb, limit) if verb else None


def _is_to(verb: Token) -> bool:
    """ "A third round is to start"."""
    if verb.lemma != "be":
        return False
    return any(
        one.dep == "xcomp" and any(below.tag == "TO" and below.dep == "aux" for below in one.children)
        for one in verb.children
    )


def _prepositions(token: Token) -> list[Token]:
    """The prepositions between a word and the verb or noun it hangs on."""
    found = []
    for above in ancestors(token):
        if above.tag not in ("IN", "TO", "RB"):
            break
        found.append(above)
    return found


def _verbal(token: Token) -> bool:
    return token.tag.startswith(("VB", "MD")) or token.lemma == "due"


def _verb_direction(verb: Token, limit: bool) -> Direction | None:
    auxiliaries = [child for child in verb.children if child.dep in ("aux", "auxpass")]
    words = {child.lower for child in auxiliaries}
    perfect = any(child.lemma == "have" for child in auxiliaries)
    if words & FORWARD_MODALS:
        return "past" if perfect else "future"
    if verb.lemma in SCHEDULING and (limit or verb.tag in ("VBN", "JJ")):
        return "future"
    if verb.tag in ("VBZ", "VBP") and (verb.lemma in TIMETABLE or _is_to(verb)):
        return "future"
    infinitive = any(child.tag == "TO" for child in auxiliaries)
    present = any(child.tag in ("VBZ", "VBP") for child in auxiliaries)
    if limit and (infinitive or (present and verb.tag in ("VBN", "VBG"))):
        return "future"  # "remains closed until Friday", "has shut the border until May"
    if infinitive or verb.tag in ("VB", "VBG"):
        above = next((one for one in ancestors(verb) if _verbal(one)), None)
        if infinitive and (above is None or verb.dep in ("relcl", "acl") or above.lemma in PLANNING | {"go"}):
            return "future"  # "to meet on Monday", "a summit to be held in July", "plans to leave"
        return _verb_direction(above, limit) if above else None
    if any(child.tag == "VBD" for child in auxiliaries) or verb.tag in ("VBD", "VBN"):
        return "past"
    return None
