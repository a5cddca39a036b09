"""The records of the ledger: an expectation and what became of it, and how a voice's expectations fared."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from strife.records import Change, Code, Likelihood, Party, Place, Status

State = Literal["open", "borne_out", "not_borne_out", "condition_not_met", "cannot_tell"]
STATES: tuple[State, ...] = ("open", "borne_out", "not_borne_out", "condition_not_met", "cannot_tell")
RESOLVED = frozenset({"borne_out", "not_borne_out"})


class Content(Struct, frozen=True, kw_only=True):
    """What is expected: the type of the claim, its words, and what that type has; `negated` where it is expected not to happen."""

    type: Literal["event", "control", "relation", "figure", "statement"]
    words: str
    code: Code | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    holder: Party | None = None
    change: Change | None = None
    negated: bool = False


class Condition(Struct, frozen=True, kw_only=True):
    """What an expectation hangs on: the words, the claims they make, and whether it must fail ("unless")."""

    quote: str
    claims: tuple[str, ...] = ()
    unless: bool = False
    met: bool | None = None


class Evidence(Struct, frozen=True, kw_only=True):
    """What decided: ids of incidents, or of claims that no incident holds, for and against it, and the reports that cover it."""

    supporting: tuple[str, ...] = field(default=(), name="for")
    against: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()


class Expectation(Struct, frozen=True, kw_only=True):
    """An expectation: who said when that what would happen, how likely, by when, and what became of it.

    `said`, `since` (in JSON `from`) and `due` are ISO dates; `range` is the probability that the words stand for, as two shares,
    `range_basis` where that comes from: the words of likelihood, or only the stance (nothing published covers it). `due_basis` is
    `text` or `default`. `claim` is the id of the claim that leads, `claims` are all that say the same in the same words, `copies`
    those of near copies. `quote` stands at `start` to `end`. `decided_by` names the
    person where one settled it."""

    record: Literal["expectation"] = "expectation"
    claim: str
    document: str
    said: str | None
    voice: Party | Literal["author"]
    what: Content
    where: Place | None
    status: Status
    likelihood: Likelihood | None
    words: str | None
    range: tuple[float, float] | None
    range_basis: Literal["words", "stance"] | None
    since: str | None = field(name="from")
    due: str | None
    due_basis: Literal["text", "default"] | None
    condition: Condition | None = None
    state: State = "open"
    evidence: Evidence = Evidence()
    why: str = ""
    decided_by: str | None = None
    quote: str
    start: int
    end: int
    source: str | None = None
    claims: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


class VoiceScore(Struct, frozen=True, kw_only=True):
    """How the expectations of a voice fared. `brier` and its 90 % `interval` only where enough of them are resolved, `base_brier`
    is the score of the case's base rate on the same ones; `skill` is 1 - brier / base_brier."""

    record: Literal["voice"] = "voice"
    voice: str
    expectations: int
    resolved: int
    borne_out: int
    scored: int
    brier: float | None = None
    interval: tuple[float, float] | None = None
    base_brier: float | None = None
    skill: float | None = None
    why: str | None = None
