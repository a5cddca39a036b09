"""Speech that a line with a colon brings in: "The Foreign Secretary said:", and whole paragraphs without quotation marks."""

from __future__ import annotations

from collections.abc import Iterator

from strife.claims.modality import classes_of
from strife.claims.speaker import Speaker, deep_subject
from strife.codebook.cues import Cues
from strife.language.analysis import Analysis, Quotation, Sentence, Token, child
from strife.language.grammar import is_predicate

FIRST_PERSON = {"i", "we", "my", "our", "me", "us"}
END = {"ends", "end", "notes", "note", "contact", "background", "media", "further"}
PAPERS = {"statement", "remark", "communique", "communiqué", "declaration", "message", "comment"}
MOST = 40  # sentences


def introduced(analysis: Analysis, cues: Cues) -> Iterator[tuple[Quotation, Speaker]]:
    """What follows a line that ends in "… said:", up to a paragraph that tells of somebody's saying itself."""
    sentences = analysis.sentences
    for colon in analysis.tokens[:-1]:
        inline = colon.text == ":" and not _ends_line(analysis, colon)
        if colon.text != ":" or inline and not _opens_paragraph(analysis, colon):
            continue
        speaker = _speaker(analysis, colon, cues)
        start = analysis.tokens[colon.i + 1].sentence
        end = _end(analysis, sentences[start : start + MOST], cues, inline) if speaker is not None else None
        if speaker is not None and end is not None:
            yield Quotation(colon.i + 1, end), speaker


def _ends_line(analysis: Analysis, colon: Token) -> bool:
    """Whether what follows the colon begins a paragraph or at least a line."""
    return "\n" in analysis.document.text[colon.end : analysis.tokens[colon.i + 1].start]


def _opens_paragraph(analysis: Analysis, colon: Token) -> bool:
    """Whether a paragraph begins "Mary Osei said: …", with no quotation mark behind."""
    here = analysis.sentences[colon.sentence]
    before = analysis.sentences[here.index - 1] if here.index else None
    first = before is None or before.paragraph != here.paragraph
    return first and analysis.tokens[colon.i - 1].pos == "VERB" and analysis.tokens[colon.i + 1].text[0] not in "\"“'‘«"


def _speaker(analysis: Analysis, colon: Token, cues: Cues) -> Speaker | None:
    """Who says what follows the colon: the subject of the last verb of saying before it."""
    first = analysis.sentences[colon.sentence].first
    for verb in reversed(analysis.tokens[first : colon.i]):
        given = child(verb, "dobj")
        issued = verb.lemma in ("release", "issue", "make") and given is not None and given.lemma in PAPERS
        if verb.pos == "VERB" and (issued or classes_of(verb, cues.verbs) & {"says", "demands", "denies"}):
            tokens = [one for one in deep_subject(verb) if one.i < colon.i]
            return Speaker(tokens, verb) if tokens and tokens[0].lower not in FIRST_PERSON else None
    return None


def _end(analysis: Analysis, following: list[Sentence], cues: Cues, inline: bool) -> int | None:
    """The last token of the speech, if anybody speaks for himself in it or, behind a line's end, it is one paragraph."""
    last: Sentence | None = None
    personal = False
    for sentence in following:
        first = analysis.tokens[sentence.first]
        if first.lower in END or last is not None and sentence.paragraph != last.paragraph and _told(sentence, cues):
            break
        personal = personal or any(token.lower in FIRST_PERSON for token in analysis.tokens_of(sentence))
        last = sentence
    single = last is not None and last.paragraph == following[0].paragraph
    return last.last if last is not None and (personal or single and not inline) else None


def _told(sentence: Sentence, cues: Cues) -> bool:
    """Whether a sentence reports what somebody else says."""
    root = sentence.root
    speaks = is_predicate(root) and "says" in classes_of(root, cues.verbs)
    return speaks and any(token.lower not in FIRST_PERSON for token in deep_subject(root))
