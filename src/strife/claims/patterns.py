"""The codebook's patterns of several words, matched on the tree."""

from __future__ import annotations

from strife.codebook.frames import Pattern
from strife.language.analysis import Analysis, Token, child, conjuncts

NOT_INSIDE = {"conj", "punct", "advcl", "relcl", "ccomp", "cc", "mark", "aux", "parataxis", "nsubj"}


def match_verb(pattern: Pattern, token: Token) -> list[Token] | None:
    """The tokens of a verb pattern: each further word hangs on one that was matched before."""
    matched = [token]
    for word in pattern.words[1:]:
        following = next((one for one in _hanging(matched) if one.lemma in word or one.lower in word), None)
        if following is None:
            return None
        matched.append(following)
    return matched


def _hanging(matched: list[Token]) -> list[Token]:
    """What hangs on the matched words, nearest to the last one first; coordinated objects included."""
    found: list[Token] = []
    for token in reversed(matched):
        for one in token.children:
            if one.dep in NOT_INSIDE or one in matched or _dated(one):
                continue
            found.append(one)
            if one.dep in ("dobj", "nsubjpass"):
                behind = [prep for prep in one.children if prep.lower == "of"]
                # "canisters of gas were dropped"
                found += [given for prep in behind if (given := child(prep, "pobj")) is not None]
                found += behind  # "accused the chief of atrocities", hung too low
            if one.dep in ("dobj", "pobj", "nsubjpass"):
                found += [other for other in conjuncts(one)[1:] if other not in matched]
    return found


def _dated(token: Token) -> bool:
    """A preposition before a time ("called on Tuesday") belongs to no pattern."""
    given = child(token, "pobj") if token.dep == "prep" else None
    return given is not None and given.ent in ("DATE", "TIME")


def match_noun(analysis: Analysis, token: Token, pattern: Pattern) -> list[Token] | None:
    """The tokens of a noun pattern: what stands before the head word by word, what follows wherever it hangs on the head."""
    first = token.i - pattern.head
    before = analysis.tokens[max(0, first) : token.i]
    if first < 0 or (before and before[0].sentence != token.sentence):
        return None
    if not all(
        one.lemma in word or one.lower in word for one, word in zip(before, pattern.words[: pattern.head], strict=True)
    ):
        return None
    matched = [token]
    for word in pattern.words[pattern.head + 1 :]:
        following = next(
            (one for one in _hanging(matched) if one.i > token.i and (one.lemma in word or one.lower in word)), None
        )
        following = following or _next_to(analysis, matched[-1], word)
        if following is not None and following.dep == "aux" and pattern.frame.type == "CONSULT":
            return None  # "a mission to recapture the town" goes to no place
        if following is None:
            return None
        matched.append(following)
    return [*before, *matched]


def _next_to(analysis: Analysis, token: Token, word: frozenset[str]) -> Token | None:
    """The very next word, hyphens included, where the pattern asks for it ("air-to-air")."""
    following = analysis.tokens[token.i + 1] if token.i + 1 < len(analysis.tokens) else None
    return following if following is not None and (following.lemma in word or following.lower in word) else None
