"""What the claim finders share for one document, and the parties behind the voices of a frame."""

from __future__ import annotations

from dataclasses import dataclass

from strife.claims.cast import Cast
from strife.claims.framing import Framing
from strife.claims.modality import Found
from strife.claims.scene import Scene
from strife.claims.sharing import extend
from strife.language.analysis import Analysis
from strife.records import Party


@dataclass(frozen=True, slots=True)
class Stage:
    """What the claim finders share for one document."""

    analysis: Analysis
    cast: Cast
    framing: Framing
    scene: Scene


def voices_of(stage: Stage, found: Found) -> tuple[Party, ...]:
    """The parties behind the voices that the frame found."""
    made: list[Party] = []
    for token in found.voices:
        extend(made, stage.cast.speakers(token))
    return tuple(made)
