"""Speech that a line with a colon brings in: "The Foreign Secretary said:", and whole paragraphs without quotation marks."""

from __future__ import annotations

from collections.abc import Iterator

from strife.claims.modality import classes_of
from strife.claims.speaker import Speaker, deep_subject
from strife.codebook.cues import Cues
from strife.language.analysis import Analysis, Quotation, Sentence
from strife.language.grammar import is_predicate

FIRST_PERSON = {"i", "we", "my", "our", "me", "us"}
END = {"ends", "end", "notes", "note", "contact", "background", "media", "further"}
MOST = 40  # sentences


def introduced(analysis: Analysis, cues: Cues) -> Iterator[tuple[Quotation, Speaker]]:
    """The paragraphs that follow a paragraph ending in "… said:", up to one that tells of somebody's saying itself."""
    sentences = analysis.sentences
    for sentence in sentences:
        following = sentences[sentence.index + 1 : sentence.index + 1 + MOST]
        if analysis.tokens[sentence.last].text != ":" or not following or following[0].paragraph == sentence.paragraph:
            continue
        speaker = _speaker(sentence, cues)
        end = _end(analysis, following, cues) if speaker is not None else None
        if speaker is not None and end is not None:
            yield Quotation(following[0].first, end), speaker


def _speaker(sentence: Sentence, cues: Cues) -> Speaker | None:
    """Who says what follows the colon."""
    root = sentence.root
    if not is_predicate(root) or not classes_of(root, cues.verbs) & {"says", "demands", "denies"}:
        return None
    tokens = deep_subject(root)
    return Speaker(tokens, root) if tokens and tokens[0].lower not in FIRST_PERSON else None


def _end(analysis: Analysis, following: list[Sentence], cues: Cues) -> int | None:
    """The last token of the speech, if anybody speaks for himself in it or it is one paragraph."""
    last: Sentence | None = None
    personal = False
    for sentence in following:
        first = analysis.tokens[sentence.first]
        if first.lower in END or last is not None and sentence.paragraph != last.paragraph and _told(sentence, cues):
            break
        personal = personal or any(token.lower in FIRST_PERSON for token in analysis.tokens_of(sentence))
        last = sentence
    single = last is not None and last.paragraph == following[0].paragraph
    return last.last if last is not None and (personal or single) else None


def _told(sentence: Sentence, cues: Cues) -> bool:
    """Whether a sentence reports what somebody else says."""
    root = sentence.root
    speaks = is_predicate(root) and "says" in classes_of(root, cues.verbs)
    return speaks and any(token.lower not in FIRST_PERSON for token in deep_subject(root))
