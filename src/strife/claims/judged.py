"""Triggers as the model sees them: what it takes for no event is dropped, another type replaces the rule's, and words are added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from strife.claims.ground import Ground
from strife.claims.overheard import overheard
from strife.claims.trigger import Trigger
from strife.codebook.crosswalk import acled_of, cameo_of
from strife.codebook.frames import EventFrame, EventLexicon
from strife.language.analysis import Token, child
from strife.model.session import Model
from strife.model.verdicts import MAYBE, Verdict, ask
from strife.model.words import masks

VOICED = {"says", "denies"}  # classes of verbs
MAY_TELL = {"VERB", "NOUN", "PROPN", "ADJ"}


def judged(base: Ground, lexicon: EventLexicon, model: Model) -> Ground:
    """The ground of a text after the model has read its sentences: with its triggers, and the attributions that it hears."""
    analysis = base.stage.analysis
    sentences = {trigger.head.sentence for trigger in base.triggers} | _telling(base)
    answer = ask(model, analysis, masks(analysis, base.parties, base.places), base.hints, sentences)
    verdicts, threshold = answer.verdicts, model.manifest.threshold
    kept = [_weighed(trigger, verdicts.get(trigger.head.i), lexicon, threshold) for trigger in base.triggers]
    found = [trigger for trigger in kept if trigger is not None]
    used = {token.i for trigger in base.triggers for token in trigger.tokens} | base.closed
    fresh = [
        trigger
        for i, verdict in sorted(verdicts.items())
        if i not in used and (trigger := _added(analysis.tokens[i], verdict, base, lexicon, threshold)) is not None
    ]
    triggers = sorted([*found, *_apart(fresh, found)], key=lambda one: one.head.i)
    return replace(base, triggers=triggers, heard=list(overheard(analysis, answer.tags)))


def _telling(base: Ground) -> set[int]:
    """The sentences in which somebody says or means something; without one, and without a trigger, a sentence is not worth the time."""
    verbs = base.stage.framing.cues.verbs
    tokens = base.stage.analysis.tokens
    return {one.sentence for one in tokens if one.pos == "VERB" and VOICED & verbs.get(one.lemma, frozenset())}


def _apart(fresh: list[Trigger], found: list[Trigger]) -> list[Trigger]:
    """The new triggers that do not tell once more what a word beside them in the tree tells: "imposed restrictions" is one event."""
    kept: list[Trigger] = []
    for trigger in sorted(fresh, key=lambda one: -one.sure):
        if not any(_beside(trigger.head, other.head) and _alike(trigger, other) for other in [*found, *kept]):
            kept.append(trigger)
    return kept


def _beside(one: Token, other: Token) -> bool:
    """Whether one word hangs on the other, straight or by a preposition."""
    return any(
        low.head is high or (low.head.dep in ("prep", "agent") and low.head.head is high)
        for low, high in ((one, other), (other, one))
        if low.dep not in ("conj", "advcl", "ccomp", "relcl", "parataxis")
    )


def _alike(one: Trigger, other: Trigger) -> bool:
    return one.frame.type == other.frame.type


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


def _added(
    token: Token, verdict: Verdict, base: Ground, lexicon: EventLexicon, threshold: Mapping[str, float]
) -> Trigger | None:
    """A trigger that no rule proposes; of nouns, and of verbs that the codebook does not list for this type, the model must be surer."""
    (best, likely), *_ = verdict.best
    noun = token.pos in ("NOUN", "PROPN")
    listed = base.hints.types.get(token.i) == MAYBE + best
    needed = threshold["add" if listed and not noun else "add rare"]
    if token.pos not in MAY_TELL or token.dep in ("aux", "auxpass") or likely < needed:
        return None
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
