"""What a row of an export tells: an incident, or the event that one claim reports, in one shape for all formats."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import get_args

from strife.errors import Unknown
from strife.records import Claim, Code, Date, Document, Event, Figure, Incident, IncidentStatus, Party, Place, Status

Bounds = tuple[float | None, float | None, float | None]
Pair = tuple[Document | None, Claim]
Items = Iterable[Incident] | Iterable[Pair]
Voices = Callable[[Incident], Sequence[str]]
REPORTED: tuple[str, ...] = ("reported",)
STATUSES: tuple[str, ...] = tuple(dict.fromkeys((*get_args(Status), *get_args(IncidentStatus))))
MEASURES = ("deaths", "injuries", "detained", "displaced")


@dataclass(frozen=True, slots=True)
class Happening:
    """One event with its status and the voice it rests on; `figures` are (low, best, high) by measure.

    `voice` is "author", the names of those who say it, or the dataset whose coders say it; "" where it was not given."""

    id: str
    status: str
    voice: str
    code: Code | None
    where: Place | None
    when: Date | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    figures: dict[str, Bounds]
    sources: int
    outlets: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    dataset: str | None = None
    row: str | None = None
    quote: str | None = None
    published: str | None = None

    def comes_from(self, dataset: str) -> bool:
        """Whether this is a row of a dataset ("ucdp"), of whatever release."""
        return self.dataset is not None and self.dataset.split(":")[0] == dataset

    @property
    def victims(self) -> tuple[Party, ...]:
        """The recipients who are not actors too: in a fight of two sides both are both."""
        return tuple(one for one in self.recipients if one not in self.actors)


@dataclass(slots=True)
class Written:
    """What an export wrote, and how many it left out, by reason."""

    rows: int = 0
    left_out: dict[str, int] = field(default_factory=dict)

    def leave(self, reason: str) -> None:
        """Count one that the format cannot hold."""
        self.left_out[reason] = self.left_out.get(reason, 0) + 1


def whole(value: float | None) -> int | None:
    """A figure as datasets count: in whole people."""
    return None if value is None else round(value)


def name_of(party: Party) -> str:
    """What a party is called: its name where it was resolved, else the words."""
    return party.name or party.quote


def checked(statuses: Collection[str]) -> frozenset[str]:
    """The statuses asked for; Unknown where one does not exist."""
    for one in statuses:
        if one not in STATUSES:
            raise Unknown(f"{one!r} is no status; they are {', '.join(STATUSES)}")
    return frozenset(statuses)


def happenings(
    items: Items, written: Written, statuses: Collection[str] = REPORTED, voices: Voices | None = None
) -> Iterator[Happening]:
    """What is to be exported of incidents or claims: those of the statuses asked for, by default only what is reported.

    Claims come with their documents, those of a document together: a figure then joins the event it is about."""
    wanted = checked(statuses)
    mixed: Iterable[Incident | Pair] = items
    for _, group in groupby(mixed, key=lambda item: item.id if isinstance(item, Incident) else item[1].document):
        for happening in _group(list(group), voices):
            if happening.status in wanted:
                yield happening
            else:
                written.leave(f"status {happening.status}")


def _group(group: list[Incident | Pair], voices: Voices | None) -> Iterator[Happening]:
    pairs = [item for item in group if not isinstance(item, Incident)]
    yield from (of_incident(item, voices) for item in group if isinstance(item, Incident))
    figures: dict[str, list[Figure]] = {}
    for _, claim in pairs:
        if isinstance(claim, Figure) and claim.about:
            figures.setdefault(claim.about, []).append(claim)
    yield from (
        of_event(document, claim, figures.get(claim.id, ())) for document, claim in pairs if isinstance(claim, Event)
    )


def of_incident(incident: Incident, voices: Voices | None = None) -> Happening:
    """An incident as a row of an export."""
    said = tuple(dict.fromkeys(voices(incident))) if voices else ()
    return Happening(
        id=incident.id,
        status=incident.status,
        voice="; ".join(said) or incident.dataset or ("author" if incident.status == "reported" else ""),
        code=incident.code,
        where=incident.where,
        when=incident.when,
        actors=tuple(one.party for one in incident.actors),
        recipients=tuple(one.party for one in incident.recipients),
        figures={one.measure: (one.low, one.best, one.high) for one in incident.figures},
        sources=incident.sources,
        outlets=tuple(dict.fromkeys(told.source for one in incident.figures for told in one.by_source)),
        documents=incident.documents,
        claims=incident.claims,
        disputed=incident.disputed,
        dataset=incident.dataset,
        row=incident.row,
    )


def of_event(document: Document | None, event: Event, figures: Iterable[Figure] = ()) -> Happening:
    """The event of a claim as a row of an export; of its figures those that are told as firmly as itself."""
    counted: dict[str, Bounds] = {}
    for figure in figures:
        before = counted.get(figure.measure)
        # of two counts of the dead the greater is the toll, the other a part of it
        if figure.status == event.status and (before is None or _best(figure) > (before[1] or 0)):
            counted[figure.measure] = (figure.low, figure.best, figure.high)
    return Happening(
        id=event.id,
        status=event.status,
        voice=voice_of(event),
        code=event.code,
        where=event.where,
        when=event.when,
        actors=event.actors,
        recipients=event.recipients,
        figures=counted,
        sources=1,
        outlets=(document.source,) if document and document.source else (),
        documents=(event.document,),
        claims=(event.id,),
        quote=event.evidence[0].quote,
        published=document.published if document else None,
    )


def _best(figure: Figure) -> float:
    return figure.best or figure.low or 0


def voice_of(claim: Claim) -> str:
    """Who says it: "author", or the names of those in whose voice it is."""
    voice = claim.frame.voice
    if isinstance(voice, str):
        return voice
    return "; ".join(name_of(one) for one in (voice, *claim.frame.co_voices))
