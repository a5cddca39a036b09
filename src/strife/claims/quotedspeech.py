"""Who speaks in each quotation: the verb of saying around it, or the quotation beside it."""

from __future__ import annotations

from strife.claims.attributions import closing_attributions, opening_attributions
from strife.claims.introduced import introduced
from strife.claims.modality import classes_of
from strife.claims.speaker import OBJECTS, SPEECH_ACTS, Speaker, Speakers, deep_subject
from strife.codebook.cues import Cues
from strife.language.analysis import Analysis, Quotation, Token, conjuncts, subtree


def find_speakers(analysis: Analysis, cues: Cues) -> Speakers:
    """Who speaks in each quotation: the verb of saying around it, else the speaker of the quotation just before it."""
    found: list[tuple[Quotation, Speaker]] = []
    for quotation in analysis.quotations:
        speaker = _around(analysis, quotation, cues)
        speaker = speaker or _beside_another(quotation, found, analysis)
        if speaker is None and found and _follows(analysis, found[-1][0], quotation):
            speaker = found[-1][1]
        if speaker is not None:
            found.append((quotation, speaker))
    found += introduced(analysis, cues)
    return Speakers(tuple(found), dict(closing_attributions(analysis, cues)), dict(opening_attributions(analysis)))


def _follows(analysis: Analysis, before: Quotation, quotation: Quotation) -> bool:
    """Whether a quotation goes on where another ended: nothing but a few words stand between, and it is whole sentences."""
    first = analysis.tokens[quotation.first]
    starts = analysis.sentences[first.sentence]
    return (
        quotation.first - before.last < 14
        and quotation.first - starts.first <= 2
        and quotation.last - quotation.first > 3
    )


def _around(analysis: Analysis, quotation: Quotation, cues: Cues) -> Speaker | None:
    first, last = analysis.tokens[quotation.first].sentence, analysis.tokens[quotation.last].sentence
    best: tuple[int, Token] | None = None
    for number in dict.fromkeys((first, last)):
        sentence = analysis.sentences[number]
        for token in analysis.tokens[sentence.first : sentence.last + 1]:
            if quotation.first <= token.i <= quotation.last or token.pos != "VERB":
                continue
            if not classes_of(token, cues.verbs) & {"says", "denies", "demands"} and token.lemma not in SPEECH_ACTS:
                continue
            distance = quotation.first - token.i if token.i < quotation.first else token.i - quotation.last
            if (best is None or distance < best[0]) and distance < 25 and deep_subject(token):
                best = (distance, token)
    if best is None and last + 1 < len(analysis.sentences):
        best = _in_next(analysis, quotation, last + 1, cues)
    if best is None:
        return _according(analysis, quotation)
    short = quotation.last - quotation.first < 2
    if short and best[0] > 6:
        return None
    return Speaker(deep_subject(best[1]), best[1])


def _in_next(analysis: Analysis, quotation: Quotation, number: int, cues: Cues) -> tuple[int, Token] | None:
    """The verb of saying that the parser cut off behind "!" or "?": "Release them!" the crowd shouted."""
    sentence = analysis.sentences[number]
    first, root = analysis.tokens[sentence.first], sentence.root
    near = first.i - quotation.last <= 3 and first.text[:1].islower()
    says = "says" in classes_of(root, cues.verbs) and not any(one.dep in OBJECTS for one in root.children)
    return (root.i - quotation.last, root) if near and says and deep_subject(root) else None


def _beside_another(quotation: Quotation, found: list[tuple[Quotation, Speaker]], analysis: Analysis) -> Speaker | None:
    """A second fragment in a sentence whose first one has a speaker is that speaker's too."""
    here = analysis.tokens[quotation.first].sentence
    return next((speaker for other, speaker in reversed(found) if analysis.tokens[other.first].sentence == here), None)


def _according(analysis: Analysis, quotation: Quotation) -> Speaker | None:
    sentence = analysis.sentences[analysis.tokens[quotation.first].sentence]
    for token in analysis.tokens[sentence.first : sentence.last + 1]:
        if token.lower == "according":
            given = next((one for one in subtree(token) if one.dep == "pobj"), None)
            if given is not None:
                return Speaker(conjuncts(given), token)
    return None
