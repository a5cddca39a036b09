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
    schedule set due slate postpone delay reschedule plan expect adjourn extend
    """.split()
)
LIMITS = {"until", "till", "by"}


def direction(token: Token) -> Direction | None:
    """Whether the clause around a word is about the past or the future; None where the grammar does not tell."""
    limit = any(above.lower in LIMITS for above in _prepositions(token))
    if any(above.lower in ("since", "after", "following") for above in _prepositions(token)):
        return "past"
    verb = next((above for above in ancestors(token) if _verbal(above)), None)
    return _verb_direction(verb, limit) if verb else None


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
    infinitive = any(child.tag == "TO" for child in auxiliaries)
    if infinitive or verb.tag in ("VB", "VBG"):
        above = next((one for one in ancestors(verb) if _verbal(one)), None)
        if infinitive and (above is None or verb.dep in ("relcl", "acl") or above.lemma in PLANNING | {"go"}):
            return "future"  # "to meet on Monday", "a summit to be held in July", "plans to leave"
        return _verb_direction(above, limit) if above else None
    if any(child.tag == "VBD" for child in auxiliaries) or verb.tag in ("VBD", "VBN"):
        return "past"
    return None
