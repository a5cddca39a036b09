"""Times counted from something told: "a day before Ashura", "hours after Qusayr fell", where the text dates that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from strife.language.analysis import Token, ancestors, subtree
from strife.mentions.mention import TimeMention
from strife.mentions.timereading import Reading

MEMORY = 6  # sentences that a dated deed stays in mind
_LENGTH = 8  # tokens that the words may take
_SAME = 5  # letters that a verb and its noun share: "withdrew" and "withdrawal" do not, "captured" and "capture" do
_EMPTY = {"be", "have", "do", "begin", "start", "take", "make", "come", "go", "say", "tell", "report", "end"}


def counted_from(mentions: list[TimeMention], hanging: Sequence[Reading]) -> list[TimeMention]:
    """The mentions of a document with those added that hang on a dated deed or feast, which then stands in them."""
    found = list(mentions)
    for reading in sorted(hanging, key=lambda one: -len(one.tokens)):
        if _taken(reading.tokens, found):
            continue
        side = reading.tokens[-1]
        deed = _deed(side)
        inner = _inside(deed, side, found) if deed else None
        anchor = inner or (_told(deed, found) if deed else None)
        if deed is None or anchor is None:
            continue
        last = anchor.last if inner else deed if side.i < deed.i < side.i + _LENGTH else side
        found = [one for one in found if one is not inner]
        # "two days after the town fell, they …" is told of them, not of the town
        head = (
            deed.head if side.dep == "mark" and deed.head is not deed else reading.tokens[max(-2, -len(reading.tokens))]
        )
        new = TimeMention(head=head, first=reading.tokens[0], last=last, says=reading.expression, anchor=anchor)
        found.append(new)
    return sorted(found, key=lambda one: one.first.i)


def _taken(tokens: list[Token], mentions: list[TimeMention]) -> bool:
    return any(one.first.i <= tokens[-1].i and tokens[0].i <= one.last.i for one in mentions)


def _deed(side: Token) -> Token | None:
    """What "after" or "before" leads to: a noun, or the verb of a clause."""
    if side.lower not in ("after", "before"):
        return None
    if side.dep == "mark":
        return side.head
    return next((one for one in side.children if one.dep in ("pobj", "pcomp")), None)


def _inside(deed: Token, side: Token, mentions: list[TimeMention]) -> TimeMention | None:
    """The time that stands in what it is counted from, next to it: "two days before Easter"."""
    below = {one.i for one in subtree(deed) if side.i < one.i < side.i + _LENGTH}
    return next((one for one in mentions if one.head.i in below and one.anchor is None), None)


def _told(deed: Token, mentions: list[TimeMention]) -> TimeMention | None:
    """The time of the last clause before that told of the same deed by the same word."""
    if deed.lemma in _EMPTY or deed.pos not in ("NOUN", "VERB"):
        return None
    before = [one for one in mentions if one.last.i < deed.i and deed.sentence - one.last.sentence <= MEMORY]
    return next((one for one in reversed(before) if any(_alike(deed, word) for word in _governing(one))), None)


def _governing(mention: TimeMention) -> Iterator[Token]:
    """The verb or noun that a time belongs to, with the verb's subject and object."""
    for above in ancestors(mention.head):
        if above.pos in ("VERB", "NOUN"):
            yield above
            if above.pos == "VERB":
                yield from (one for one in above.children if one.dep in ("nsubj", "dobj", "nsubjpass"))
                return


def _alike(deed: Token, word: Token) -> bool:
    if deed.lemma == word.lemma:
        return True
    return len(deed.lemma) > _SAME and deed.lemma[:_SAME] == word.lemma[:_SAME] and deed.pos != word.pos
