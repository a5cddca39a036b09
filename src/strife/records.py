"""The records that pass between the rooms and out to the user: frozen, typed, JSON on request.

`Claim` is a tagged union on `type`; field names and values are those of the output contract. All offsets count
Unicode code points of the document's text, and `text[start:end] == quote` holds for everything with a quote.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

Stance = Literal["asserts", "supposes", "expects", "conditions", "intends", "demands", "denies", "asks"]
Likelihood = Literal["certain", "likely", "possible", "unlikely", "scheduled"]
Status = Literal[
    "reported", "claimed", "denied", "possible", "expected", "conditional", "demanded", "intended", "asked", "negated"
]
PloverType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
Predicate = Literal["supports", "opposes", "fights", "allied_with", "part_of", "leads"]
Change = Literal["holds", "gains", "loses", "contests"]
Extent = Literal["whole", "most", "part", "surroundings"]
Measure = Literal[
    "deaths", "injuries", "detained", "displaced", "fighters", "participants", "money", "weapons", "states", "other"
]
IncidentStatus = Literal["reported", "claimed", "disputed", "expected"]
PlacePrecision = Literal["point", "settlement", "surroundings", "district", "province", "country", "region"]
DatePrecision = Literal["day", "week", "month", "season", "year", "decade", "unknown"]
Basis = Literal["explicit", "relative", "publication"]

STATUS_OF: dict[Stance, Status] = {
    "denies": "denied",
    "conditions": "conditional",
    "demands": "demanded",
    "intends": "intended",
    "asks": "asked",
    "expects": "expected",
    "supposes": "possible",
}


class Document(Struct, frozen=True, kw_only=True):
    """A text and where it came from; `published` is an ISO 8601 date."""

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    language: str = "en"


class DocumentLine(Struct, frozen=True, kw_only=True):
    """A document as it appears in the output: everything but the text."""

    record: Literal["document"] = "document"
    id: str
    title: str | None
    published: str | None
    source: str | None
    url: str | None
    language: str
    length: int
    sha256: str


class Span(Struct, frozen=True, kw_only=True):
    """A stretch of a document's text."""

    start: Annotated[int, Meta(ge=0)]
    end: Annotated[int, Meta(ge=0)]
    quote: Annotated[str, Meta(min_length=1)]


class Party(Struct, frozen=True, kw_only=True):
    """Somebody who acts, is acted on or speaks: the words as written, and what they were resolved to.

    `country` is ISO 3166-1 alpha-3, `sectors` are PLOVER sector codes; unresolved is null."""

    quote: str
    start: int
    end: int
    name: str | None = None
    id: str | None = None
    country: Annotated[str, Meta(pattern="^[A-Z]{3}$")] | None = None
    sectors: tuple[str, ...] = ()


class Place(Struct, frozen=True, kw_only=True):
    """Where: the words as written, and what they were resolved to. `country` is ISO 3166-1 alpha-2, WGS84 degrees."""

    quote: str
    start: int
    end: int
    name: str | None = None
    id: str | None = None
    country: Annotated[str, Meta(pattern="^[A-Z]{2}$")] | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision


class Date(Struct, frozen=True, kw_only=True):
    """When: ISO 8601 dates with the precision the text gives, the words, and what the dates rest on."""

    start: str | None
    end: str | None
    precision: DatePrecision
    quote: str | None
    basis: Basis


class Frame(Struct, frozen=True, kw_only=True):
    """In whose voice, and how firmly, a claim is made."""

    voice: Party | Literal["author"] = "author"
    co_voices: tuple[Party, ...] = ()
    cue: Span | None = None
    stance: Stance = "asserts"
    negated: bool = False
    likelihood: Likelihood | None = None

    @property
    def status(self) -> Status:
        """The status that follows from the frame, first that fits."""
        if self.negated:
            return "negated"
        if self.stance != "asserts":
            return STATUS_OF[self.stance]
        return "reported" if self.voice == "author" else "claimed"


class Code(Struct, frozen=True, kw_only=True):
    """What kind of event: PLOVER type always, the others where they can be told."""

    plover: PloverType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: Annotated[str, Meta(pattern="^[0-9]{2,4}$")] | None = None
    acled: str | None = None


class ClaimBase(Struct, frozen=True, kw_only=True, tag_field="type"):
    """What every claim has; see the output contract."""

    record: Literal["claim"] = "claim"
    id: Annotated[str, Meta(min_length=8)]
    document: str
    evidence: Annotated[tuple[Span, ...], Meta(min_length=1)]
    frame: Frame
    status: Status
    where: Place | None = None
    when: Date | None = None
    by: str
    score: Annotated[float, Meta(ge=0, le=1)] | None = None

    def _repr_html_(self) -> str:
        """The card of the claim, for notebooks."""
        from strife.views.notebook import shown  # a view, imported only when a notebook asks for it

        return shown(self)


class Event(ClaimBase, frozen=True, kw_only=True, tag="event"):
    """Somebody does something to somebody."""

    trigger: Span
    code: Code
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    supporters: tuple[Party, ...] = ()


class Relation(ClaimBase, frozen=True, kw_only=True, tag="relation"):
    """How one party stands to another."""

    predicate: Predicate
    subject: Party
    object: Party


class Control(ClaimBase, frozen=True, kw_only=True, tag="control"):
    """Who holds, gains, loses or contests a place; `where` is never null."""

    holder: Party
    change: Change
    extent: Extent = "whole"


class Figure(ClaimBase, frozen=True, kw_only=True, tag="figure"):
    """A number with its bounds, what it counts (`of`), and the id of the event claim it belongs to (`about`)."""

    measure: Measure
    of: Span
    low: float | None
    best: float | None
    high: float | None
    unit: str | None = None
    about: str | None = None


class Statement(ClaimBase, frozen=True, kw_only=True, tag="statement"):
    """Something said or expected that no other type can hold."""

    content: Span
    quoted: bool


Claim = Event | Relation | Control | Figure | Statement


class Told(Struct, frozen=True, kw_only=True):
    """A party of an incident, and the ids of the claims that name it."""

    party: Party
    claims: tuple[str, ...] = ()


class SourceFigure(Struct, frozen=True, kw_only=True):
    """What one source counts; `claims` are the ids of its figure claims."""

    source: str
    low: float | None
    best: float | None
    high: float | None
    claims: tuple[str, ...] = ()


class IncidentFigure(Struct, frozen=True, kw_only=True):
    """A measure over all sources, and what each says."""

    measure: Measure
    low: float | None
    best: float | None
    high: float | None
    by_source: tuple[SourceFigure, ...] = ()


class Incident(Struct, frozen=True, kw_only=True):
    """What several claims together amount to, or a row of another dataset (`dataset` and `row` in place of claims).

    `sources` counts independent ones; `disputed` names the fields on which they differ. The place and the date of a row of
    another dataset have its words as their quote and no offsets (0, 0)."""

    record: Literal["incident"] = "incident"
    id: Annotated[str, Meta(min_length=8)]
    code: Code | None
    where: Place | None
    when: Date | None
    status: IncidentStatus
    claims: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    sources: int
    actors: tuple[Told, ...] = ()
    recipients: tuple[Told, ...] = ()
    figures: tuple[IncidentFigure, ...] = ()
    disputed: tuple[str, ...] = ()
    dataset: str | None = None
    row: str | None = None

    def _repr_html_(self) -> str:
        """The incident with its figures, for notebooks."""
        from strife.views.notebook import shown  # a view, imported only when a notebook asks for it

        return shown(self)


class Why(Struct, frozen=True, kw_only=True):
    """What lies behind one claim, for people: the rule, its cue, and the candidates it chose from."""

    claim: str
    rule: str
    cue: str | None = None
    candidates: tuple[str, ...] = ()


class Candidate(Struct, frozen=True, kw_only=True):
    """A place that a name may mean; `share` is how likely it is by the ranker's weights, of 1 for all places of the name."""

    name: str
    admin1: str | None
    country: str | None
    kind: PlacePrecision
    id: str
    share: float


class PlaceWhy(Struct, frozen=True, kw_only=True):
    """What lies behind one place, for people: the name looked up and where it stands, the likeliest places, what decided.

    `cue` is the word beside the name that shapes it ("province", "near")."""

    asked: str
    start: int
    end: int
    cue: str | None = None
    candidates: tuple[Candidate, ...] = ()
    decided: str


class Reading(Struct, frozen=True, kw_only=True):
    """A document with its claims in text order."""

    document: Document
    claims: tuple[Claim, ...]
    whys: tuple[Why, ...] = ()

    def _repr_html_(self) -> str:
        """The reading view, for notebooks."""
        from strife.views.notebook import shown  # a view, imported only when a notebook asks for it

        return shown(self)


def to_json(record: Struct) -> str:
    """One JSON line for a record, keys in the order of the contract."""
    return msgspec.json.encode(record).decode()


def document_line(document: Document) -> DocumentLine:
    """The output line of a document: everything about it but its text."""
    import hashlib

    return DocumentLine(
        id=document.id,
        title=document.title,
        published=document.published,
        source=document.source,
        url=document.url,
        language=document.language,
        length=len(document.text),
        sha256=hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
    )
