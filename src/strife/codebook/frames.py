"""Event frames: what a word of conflict and diplomacy means, as data, and the patterns that find it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

import msgspec
from msgspec import Struct

from strife.errors import BadData
from strife.records import Change, Code, PloverType

Role = Literal["actor", "recipient", "supporter", "both", "none"]
Kind = Literal["party", "place", "person", "armed", "irregular", "any", "none"]
VERB_ROLES: dict[str, Role] = {"subject": "actor", "object": "recipient", "against": "recipient"}
NOUN_ROLES: dict[str, Role] = {
    "possessive": "actor",
    "modifier": "actor",
    "by": "actor",
    "of": "recipient",
    "against": "recipient",
    "on": "recipient",
    "between": "both",
}
PREPOSITIONS = frozenset(
    """
    of on for in to with against from at over into by between among behind through before about toward towards
    """.split()
)


class Example(Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence that a frame must find, and what it must find in it."""

    text: str
    trigger: str | None = None
    actor: str | None = None
    recipient: str | None = None
    supporter: str | None = None
    place: str | None = None
    status: str | None = None


class EventFrame(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of event: the words for it, what each grammatical slot means, and its codes in PLOVER, CAMEO and ACLED."""

    id: str
    type: PloverType
    what: str = ""
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    acled: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    roles: dict[str, Role] = {}
    mutual: bool = False
    background: bool = (
        False  # a state: an event only where it is asserted or has a place, time, number or parties of its own
    )
    counts: str = ""
    control: Change | None = None
    control_holder: Literal["actor", "recipient"] = "actor"
    control_place: str = ""
    object_words: tuple[str, ...] = ()
    subject_words: tuple[str, ...] = ()
    not_object_words: tuple[str, ...] = ()
    not_subject_words: tuple[str, ...] = ()
    object: tuple[Kind, ...] = ()
    subject: tuple[Kind, ...] = ()
    not_words: tuple[str, ...] = ()
    examples: tuple[str | Example, ...] = ()
    near_misses: tuple[str, ...] = ()

    @property
    def code(self) -> Code:
        """The frame's code as a claim carries it."""
        return Code(plover=self.type, mode=self.mode, contexts=self.contexts, cameo=self.cameo, acled=self.acled)

    def role(self, slot: str, *, noun: bool) -> Role:
        """What the party in a grammatical slot is: actor, recipient, supporter, both sides, or none."""
        if slot in self.roles:
            return self.roles[slot]
        if self.mutual and slot == "with":
            return "both"
        if slot == "against" and self.type in ("SUPPORT", "AID", "COOPERATE"):
            return "none"  # "support for the army against the rebels" is not given to the rebels
        return (NOUN_ROLES if noun else VERB_ROLES).get(slot, "none")


@dataclass(frozen=True, slots=True)
class Pattern:
    """The words that name a frame: for verbs the head first, for nouns a contiguous run with its `head` position."""

    words: tuple[frozenset[str], ...]
    frame: EventFrame
    order: int
    head: int = 0

    @property
    def weight(self) -> tuple[int, int, int]:
        """Longer first, then more limits, then file order."""
        frame = self.frame
        limits = (
            bool(frame.object_words)
            + bool(frame.subject_words)
            + bool(frame.object)
            + bool(frame.subject)
            + bool(frame.not_object_words)
        )
        return (-len(self.words), -limits, self.order)


@dataclass(slots=True)
class EventLexicon:
    """All frames, and their patterns by head lemma."""

    frames: dict[str, EventFrame] = field(default_factory=dict)
    verbs: dict[str, list[Pattern]] = field(default_factory=dict)
    nouns: dict[str, list[Pattern]] = field(default_factory=dict)

    def add(self, frame: EventFrame) -> None:
        """Take a frame in; its id must be new."""
        if frame.id in self.frames:
            raise BadData(f"codebook: two event frames are called {frame.id!r}; rename one")
        self.frames[frame.id] = frame
        for entry in frame.verbs:
            words = tuple(frozenset(word.split("|")) for word in entry.split())
            for head in words[0]:
                self._put(self.verbs, head, Pattern(words, frame, len(self.frames)))
        for entry in frame.nouns:
            words = tuple(frozenset(word.split("|")) for word in entry.replace("-", " - ").split())
            place = next(
                (n - 1 for n, word in enumerate(words) if n and word & PREPOSITIONS and "-" not in words[n - 1]),
                len(words) - 1,
            )
            for head in words[place]:
                self._put(self.nouns, head, Pattern(words, frame, len(self.frames), place))

    def _put(self, index: dict[str, list[Pattern]], head: str, pattern: Pattern) -> None:
        known = index.setdefault(head, [])
        known.append(pattern)
        known.sort(key=lambda one: one.weight)


def load_frames(folder: Traversable | None = None) -> EventLexicon:
    """The event frames of the codebook, or of another folder of TOML files in the same form."""
    folder = folder or files("strife.codebook") / "data" / "frames"
    lexicon = EventLexicon()
    for file in sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name):
        for frame in _frames_in(file):
            lexicon.add(frame)
    return lexicon


def _frames_in(file: Traversable) -> list[EventFrame]:
    try:
        table: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        return [msgspec.convert({"type": table["type"], **row}, EventFrame) for row in table.get("frame", [])]
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, KeyError) as error:
        raise BadData(f"{file.name}: {error}; see CONTRIBUTING for the form of a frame") from error
