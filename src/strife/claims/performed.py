"""Acts of speech that a text performs itself: "the communiqué said that the envoy was urged to leave" urges him.

A speech act whose doer nobody names, told by a statement, letter or communiqué, is that text's own act: it happened in
the telling (J. L. Austin's performatives), so that it is reported of the speaker and no longer a claim in the speaker's voice."""

from __future__ import annotations

import copy

from strife.claims.modality import Found
from strife.claims.trigger import Trigger
from strife.language.analysis import Token, ancestors
from strife.language.grammar import is_passive, is_predicate
from strife.records import Party

ACTS = {"ACCUSE", "REQUEST", "REJECT", "THREATEN"}
TEXTS = frozenset("statement communiqué communique declaration letter manifesto resolution petition leaflet".split())


def performed(
    trigger: Trigger, found: Found, actors: list[Party], voices: tuple[Party, ...]
) -> tuple[Found, list[Party], tuple[Party, ...]]:
    """The frame, actors and voices of an event; those of a text's own act where it is one."""
    if actors or len(voices) != 1 or trigger.frame.type not in ACTS or found.stance != "asserts" or found.negated:
        return found, actors, voices
    if not _by_a_text(found.voices) or not _agentless(trigger.head, found.voice_cue):
        return found, actors, voices
    own = copy.copy(found)
    own.voices = []
    return own, list(voices), ()


def _by_a_text(speakers: list[Token]) -> bool:
    return len(speakers) == 1 and speakers[0].lemma in TEXTS


def _agentless(verb: Token, saying: Token | None) -> bool:
    """Whether it is a passive without a doer, in the very clause that is said."""
    verb = verb if is_predicate(verb) else verb.head
    if not is_passive(verb) or any(one.dep == "agent" for one in verb.children):
        return False
    above = next((one for one in ancestors(verb) if is_predicate(one) and verb.dep in ("ccomp", "conj")), None)
    return saying is not None and (above is saying or above is not None and above.head is saying)
