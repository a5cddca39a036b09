"""How firmly, and in whose voice, a passage tells of something: the walk from a trigger up its sentence's tree.

Each step looks at one arc (this word under that head) and adds what the head's cue says of what lies below it. `open`
modality flows on ("may launch an attack"); a presupposed part ("the attack", "after attacking") lets only the voice through.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from strife.claims.modality import Found, clause_modality, noun_modality
from strife.claims.nominal import nominal_step
from strife.claims.speaker import Speakers
from strife.claims.steps import clausal_step
from strife.claims.voices import voice_at
from strife.codebook.cues import Cues
from strife.language.analysis import Analysis, Token, child
from strife.language.grammar import has_subject, has_to, is_predicate


def _siblings(token: Token) -> Iterator[Token]:
    """The predicates that a coordinated one follows, nearest first."""
    while token.dep == "conj" and is_predicate(token.head):
        token = token.head
        yield token


@dataclass(slots=True)
class Framing:
    """What the walk needs of a document: its grammar, the cue lists, and who speaks in each quotation."""

    analysis: Analysis
    cues: Cues
    speakers: Speakers

    def work_out(self, trigger: Token) -> Found:
        """The frame of the event, relation or figure that this token tells."""
        found = Found()
        token, flows = trigger, True
        if is_predicate(trigger):
            clause_modality(trigger, found, self.cues)
        else:
            noun_modality(trigger, found, self.cues)
        while token.head is not token:
            voice_at(token, found, self.cues, self.speakers, flows=flows or found.heard)
            for sibling in _siblings(token):  # the step below goes past them
                voice_at(sibling, found, self.cues, self.speakers, flows=flows or found.heard)
            step = clausal_step if is_predicate(token) else nominal_step
            following, flows = step(token, found, self.cues) if flows else (token.head, False)
            token = following
        voice_at(token, found, self.cues, self.speakers, flows=flows or found.heard)
        if flows:
            self._at_root(token, found)
        self._quotation(trigger, found)
        return found

    def _at_root(self, root: Token, found: Found) -> None:
        """Questions, orders and headlines are told by the main clause."""
        sentence = self.analysis.sentences[root.sentence]
        tail = self.analysis.tokens[max(sentence.first, sentence.last - 2) : sentence.last + 1]
        question = next((token for token in tail if token.text.startswith("?")), None)
        if question is not None:
            found.add("asks", question)
            modal = found.stances.get("demands")
            subject = child(root, "nsubj", "nsubjpass")
            if modal is not None and modal.tag == "MD" and subject is not None and modal.i < subject.i:
                del found.stances["demands"]  # "Should they withdraw?"
        if (
            root.tag == "VB"
            and not has_subject(root)
            and not any(one.dep == "aux" and one.tag != "TO" for one in root.children)
        ):
            if has_to(root):
                found.add("intends", root)
            elif root.pos == "VERB":
                found.add("demands", root)
        elif (
            root.pos == "VERB"
            and has_subject(root)
            and has_to(root)
            and not any(c.dep == "aux" and c.tag == "MD" for c in root.children)
        ):
            found.add("expects", root)  # headline: "Russia to send troops"

    def _quotation(self, trigger: Token, found: Found) -> None:
        """Words within quotation marks are their speaker's, if one is known and no nearer voice is."""
        if found.voices:
            return
        speaker = self.speakers.of(trigger.i) or self.speakers.behind(trigger)
        if speaker is not None:
            found.voices = speaker.tokens
            found.voice_cue = found.voice_cue or speaker.cue
