"""What the rules say of the words of a text, as the model takes it: the type of a trigger or of what might be one, and its status."""

from __future__ import annotations

from strife.claims.modality import Found
from strife.claims.stage import Stage
from strife.claims.trigger import Trigger
from strife.codebook.frames import EventLexicon
from strife.language.analysis import Token
from strife.model.verdicts import MAYBE, Hints
from strife.records import STATUS_OF, Status


def hints_of(stage: Stage, triggers: list[Trigger], lexicon: EventLexicon, taken: set[int]) -> Hints:
    """The rules' types and statuses by token: of the triggers, and of words that the codebook lists but whose limits are not met.

    `taken` are tokens inside names, of which nothing is said."""
    used = {token.i for trigger in triggers for token in trigger.tokens}
    types: dict[int, str] = {}
    for token in stage.analysis.tokens:
        if token.i not in used and token.i not in taken and (listed := _listed(token, lexicon)):
            types[token.i] = MAYBE + listed
    types |= {trigger.head.i: trigger.frame.type for trigger in triggers}
    tokens = stage.analysis.tokens
    return Hints(types, {i: status_of(stage.framing.work_out(tokens[i])) for i in types})


def _listed(token: Token, lexicon: EventLexicon) -> str:
    """The type of the first frame that lists a word by itself, or else in a phrase; "" where none does."""
    if token.dep in ("aux", "auxpass"):
        return ""
    table = {"VERB": lexicon.verbs, "NOUN": lexicon.nouns, "ADJ": lexicon.verbs}.get(token.pos, {})
    patterns = table.get(token.lemma, [])
    alone = [one for one in patterns if len(one.words) == 1]
    return next((one.frame.type for one in alone or patterns), "")


def status_of(found: Found) -> Status:
    """The status that follows from what the walk has found."""
    if found.negated:
        return "negated"
    if found.stance != "asserts":
        return STATUS_OF[found.stance]
    return "claimed" if found.voices else "reported"
