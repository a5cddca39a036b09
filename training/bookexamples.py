"""The codebook's own example sentences as examples to learn from: only the word of the frame is labelled."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from strife.claims.ground import Ground, ground
from strife.codebook.book import load_codebook
from strife.codebook.frames import EventFrame
from strife.codebook.frames import Example as Sentence
from strife.language.parse import analyse_all
from strife.model.verdicts import MAYBE, Hints
from strife.model.words import masked, masks
from strife.records import Document
from training.examples import Example


def book_examples(pieces: Callable[[str], list[int]], ends: tuple[int, int]) -> Iterable[Example]:
    """An example for each sentence of the codebook whose frame the rules find, and for its near misses.

    What the rules propose becomes a word that they merely list: here they are always right, and must not seem so."""
    rows = [(frame, one, True) for frame in load_codebook().events.frames.values() for one in frame.examples]
    rows += [(frame, one, False) for frame in load_codebook().events.frames.values() for one in frame.near_misses]
    documents = [Document(id=str(n), text=_text(one)) for n, (_, one, _) in enumerate(rows)]
    for (frame, one, real), analysis in zip(rows, analyse_all(documents), strict=True):
        base = ground(analysis)
        labelled = _trigger(base, frame) if real else _misread(base, frame)
        if not labelled:
            continue
        types = dict.fromkeys(labelled, frame.type if real else "NONE")
        status = one.status if isinstance(one, Sentence) else None
        statuses = {i: status or base.hints.statuses[i] for i in labelled} if real else {}
        modes = dict.fromkeys(labelled, f"{frame.type}/{frame.mode or '-'}") if real else {}
        listed = {i: MAYBE + type_.removeprefix(MAYBE) for i, type_ in base.hints.types.items()}
        names = masks(analysis, base.parties, base.places)
        for sentence in analysis.sentences:
            if any(sentence.first <= i <= sentence.last for i in labelled):
                read = masked(analysis, sentence, names, pieces, ends)
                hints = Hints(listed, base.hints.statuses)
                yield Example(f"codebook:{frame.id}", read, hints, types, modes, statuses, {})


def _text(one: str | Sentence) -> str:
    return one if isinstance(one, str) else one.text


def _trigger(base: Ground, frame: EventFrame) -> list[int]:
    return [trigger.head.i for trigger in base.triggers if trigger.frame.id == frame.id]


def _misread(base: Ground, frame: EventFrame) -> list[int]:
    """The words that the frame lists and that mean something else here."""
    return [i for i, type_ in base.hints.types.items() if type_ == MAYBE + frame.type]
