"""The mention: a named or described thing in the text. Frozen; what it means is decided later, in `resolve`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from strife.language.analysis import Token
from strife.mentions.timewords import TimeExpression

PartyKind = Literal["name", "described", "demonym", "metonym", "person", "pronoun", "definite"]


@dataclass(frozen=True, slots=True)
class PartyMention:
    """Somebody: the words from token `first` to `last` with their `head`, and what the words alone tell.

    `name`, `id`, `country` (alpha-3) and `sectors` come from the registry or from the grammar of described parties;
    pronouns and definite descriptions get theirs through coreference."""

    head: Token
    first: Token
    last: Token
    kind: PartyKind
    name: str | None = None
    id: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    plural: bool = False


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in the text; `cue` is the word that shapes it ("near", "province", "countryside"), if any.

    `locative` says that the grammar makes it a location ("in X", "X province"), not a party ("X said")."""

    head: Token
    first: Token
    last: Token
    name: str  # the name to look up, without "the city of" and the like
    cue: str | None = None
    locative: bool = False


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression by token, `first` to `last`; `head` is the token it hangs on in the tree.

    `says` is what the grammar read there, None where somebody else found the words; `anchor` the time that "two days
    after the town fell" is counted from."""

    head: Token
    first: Token
    last: Token
    says: TimeExpression | None = None
    anchor: TimeMention | None = None


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A number with its bounds: "at least 43" is low 43, best 43, high None; "dozens" is low 24, best None, high 99.

    `head` is the token of the number, `counted` the noun that is counted (None where the number stands alone),
    `unit` a currency code, "%" or a unit of measure, else None."""

    head: Token
    first: Token
    last: Token
    low: float | None
    best: float | None
    high: float | None
    counted: Token | None = None
    unit: str | None = None
    share: bool = False  # a proportion: "60 per cent of", "half of"
