"""A brief as a document: sections of sentences, and the notes they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field

from strife.records import Claim
from strife.views.brief.material import Material, Source
from strife.views.words import excerpt, one_line, standing

LONG = 320  # characters of a passage in a note


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and the numbers of its notes."""

    text: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a brief. `rule` says in a line how it was made; `charts` are SVG; `left_out` counts what is not told."""

    key: str
    title: str
    rule: str
    paragraphs: tuple[Paragraph, ...]
    charts: tuple[str, ...] = ()
    left_out: int = 0

    @property
    def left(self) -> str:
        """How many are not told, in words."""
        return f"{self.left_out:,} more {'is' if self.left_out == 1 else 'are'} not told here."


@dataclass(frozen=True, slots=True)
class Note:
    """A passage: what it says word for word, how it is put, and where it stands."""

    number: int
    quote: str
    standing: str
    source: Source
    claim: str


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole: `facts` say in a few sentences what it rests on."""

    title: str
    facts: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]


@dataclass(slots=True)
class Notes:
    """The notes in the making; a claim has one, however often it is cited."""

    material: Material
    numbers: dict[str, int] = field(default_factory=dict)
    made: list[Note] = field(default_factory=list)

    def sentence(self, text: str, *claims: Claim) -> Sentence:
        """A sentence with the notes for its claims."""
        return Sentence(text, tuple(dict.fromkeys(self._number(claim) for claim in claims)))

    def _number(self, claim: Claim) -> int:
        if claim.id not in self.numbers:
            number = self.numbers[claim.id] = len(self.made) + 1
            quote = excerpt(one_line(" … ".join(span.quote for span in claim.evidence)), LONG)[0]
            source = self.material.sources[claim.document]
            self.made.append(Note(number, quote, standing(claim.frame, claim.status), source, claim.id))
        return self.numbers[claim.id]
