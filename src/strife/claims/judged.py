"""Triggers as the model sees them: what it takes for no event is dropped, another type replaces the rule's, and words are added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from strife.claims.ground import Ground
from strife.claims.trigger import Trigger
from strife.codebook.crosswalk import acled_of, cameo_of
from strife.codebook.frames import EventFrame, EventLexicon
from strife.language.analysis import Token, child
from strife.model.session import Model
from strife.model.verdicts import Verdict, ask
from strife.model.words import masks

MAY_TELL = {"VERB", "NOUN", "PROPN", "ADJ"}


def judged(base: Ground, lexicon: EventLexicon, model: Model) -> list[Trigger]:
    """The triggers of a text after the model has read its sentences, in text order."""
    analysis = base.stage.analysis
    sentences = {analysis.tokens[i].sentence for i in base.hints.types}
    verdicts = ask(model, analysis, masks(analysis, base.parties, base.places), base.hints, sentences)
    threshold = model.manifest.threshold
    kept = [_weighed(trigger, verdicts.get(trigger.head.i), lexicon, threshold) for trigger in base.triggers]
    found = [trigger for trigger in kept if trigger is not None]
    used = {token.i for trigger in base.triggers for token in trigger.tokens} | base.taken
    added = [
        trigger
        for i, verdict in verdicts.items()
        if i not in used and (trigger := _added(analysis.tokens[i], verdict, lexicon, threshold)) is not None
    ]
    return sorted([*found, *added], key=lambda one: one.head.i)


def _weighed(
    trigger: Trigger, verdict: Verdict | None, lexicon: EventLexicon, threshold: Mapping[str, float]
) -> Trigger | None:
    """A rule's trigger, with another frame where the model is sure of another type; None where it is sure that it is no event."""
    if verdict is None:
        return trigger
    if verdict.event < threshold["keep"]:
        return None
    (best, likely), *_ = verdict.best
    other = best != trigger.frame.type and likely >= threshold["retype"] + verdict.types[trigger.frame.type]
    frame = _frame(trigger.head, best, verdict, lexicon, noun=trigger.noun) if other else trigger.frame
    return replace(trigger, frame=frame, verdict=verdict, proposed=trigger.frame.type)


def _added(token: Token, verdict: Verdict, lexicon: EventLexicon, threshold: Mapping[str, float]) -> Trigger | None:
    """A trigger that no rule proposes."""
    (best, likely), *_ = verdict.best
    if token.pos not in MAY_TELL or token.dep in ("aux", "auxpass") or likely < threshold["add"]:
        return None
    noun = token.pos in ("NOUN", "PROPN")
    particle = child(token, "prt") if not noun else None
    frame = _frame(token, best, verdict, lexicon, noun=noun)
    tokens = (token, particle) if particle is not None else (token,)
    return Trigger(token, tokens, frame, noun=noun, verdict=verdict)


def _frame(token: Token, type_: str, verdict: Verdict, lexicon: EventLexicon, *, noun: bool) -> EventFrame:
    """The frame of this type that lists the word by itself, else one made of the type and the likeliest mode."""
    patterns = (lexicon.nouns if noun else lexicon.verbs).get(token.lemma, ())
    known = next((one.frame for one in patterns if one.frame.type == type_ and len(one.words) == 1), None)
    if known is not None and not known.background:
        return known
    labels = {label: logit for label, logit in verdict.modes.items() if label.startswith(f"{type_}/")}
    mode = max(labels, key=lambda label: labels[label]).partition("/")[2] if labels else "-"
    return made_frame(type_, None if mode == "-" else mode)


def made_frame(type_: str, mode: str | None) -> EventFrame:
    """The frame of a type and mode for words that no frame lists: general codes, and the roles that most words have."""
    return EventFrame(
        id=f"model-{type_.lower()}" + (f"-{mode}" if mode else ""),
        type=type_,  # type: ignore[arg-type]  # the labels are those of the codebook: tested
        mode=mode,
        cameo=cameo_of(type_, mode),
        acled=acled_of(type_, mode),
        mutual=type_ in ("CONSULT", "AGREE", "COOPERATE"),
    )
