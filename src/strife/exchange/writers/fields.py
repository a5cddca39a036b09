"""The columns of our own table of incidents: the same in CSV, Parquet and the properties of GeoJSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from strife.exchange.writers.happening import MEASURES, Happening, name_of
from strife.records import Code, Date, Party, Place

Kind = Literal["text", "number", "count", "day", "list"]
Value = str | int | float | list[str] | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, its kind, what it holds, and how to get it."""

    name: str
    kind: Kind
    meaning: str
    get: Callable[[Happening], Value]


def record_of(happening: Happening) -> dict[str, Value]:
    """All columns of a happening."""
    return {field.name: field.get(happening) for field in FIELDS}


def _of_code(name: str) -> Callable[[Happening], Value]:
    get: Callable[[Code], Value] = attrgetter(name)
    return lambda one: get(one.code) if one.code else None


def _of_where(name: str) -> Callable[[Happening], Value]:
    get: Callable[[Place], Value] = attrgetter(name)
    return lambda one: get(one.where) if one.where else None


def _of_when(name: str) -> Callable[[Happening], Value]:
    get: Callable[[Date], Value] = attrgetter(name)
    return lambda one: get(one.when) if one.when else None


def _place(one: Happening) -> Value:
    return (one.where.name or one.where.quote) if one.where else None


def _parties(side: str, meaning: str) -> list[Field]:
    """The columns of one side; the lists of a row are equally long, with "" for what is not known."""
    get: Callable[[Happening], Sequence[Party]] = attrgetter(f"{side}s")

    def column(name: str, what: str, of: Callable[[Party], str]) -> Field:
        return Field(name, "list", what, lambda one: [of(party) for party in get(one)])

    return [
        column(f"{side}s", f"{meaning}: names", name_of),
        column(f"{side}_ids", f"{meaning}: ids in strife's registry", lambda party: party.id or ""),
        column(f"{side}_countries", f"{meaning}: ISO 3166-1 alpha-3", lambda party: party.country or ""),
        column(f"{side}_sectors", f"{meaning}: PLOVER sectors, joined by +", lambda party: "+".join(party.sectors)),
    ]


def _figures() -> list[Field]:
    def column(measure: str, place: int, bound: str) -> Field:
        def get(one: Happening) -> Value:
            found = one.figures.get(measure)
            return found[place] if found else None

        return Field(f"{measure}_{bound}", "number", f"{measure}: {bound} figure", get)

    return [
        column(measure, place, bound) for measure in MEASURES for place, bound in enumerate(("low", "best", "high"))
    ]


FIELDS: tuple[Field, ...] = (
    Field("id", "text", "Id of the incident or claim", lambda one: one.id),
    Field(
        "status", "text", "How firmly it is known; only 'reported' counts as having happened", lambda one: one.status
    ),
    Field("voice", "text", "Who says so: author, the names of others, or a dataset", lambda one: one.voice or None),
    Field("plover", "text", "PLOVER type", _of_code("plover")),
    Field("mode", "text", "PLOVER mode", _of_code("mode")),
    Field("contexts", "list", "PLOVER contexts", lambda one: list(one.code.contexts) if one.code else []),
    Field("cameo", "text", "CAMEO code, as text", _of_code("cameo")),
    Field("acled", "text", "ACLED sub-event", _of_code("acled")),
    Field("start", "day", "First day on which it may have been", _of_when("start")),
    Field("end", "day", "Last day on which it may have been", _of_when("end")),
    Field("date_precision", "text", "day, week, month, season, year, decade or unknown", _of_when("precision")),
    Field("place", "text", "Name of the place", _place),
    Field("place_id", "text", "Id of the place, such as geonames:172955", _of_where("id")),
    Field("country", "text", "ISO 3166-1 alpha-2", _of_where("country")),
    Field("admin1", "text", "First-level region", _of_where("admin1")),
    Field("lat", "number", "Latitude, degrees, WGS84", _of_where("lat")),
    Field("lon", "number", "Longitude, degrees, WGS84", _of_where("lon")),
    Field(
        "place_precision",
        "text",
        "point, settlement, surroundings, district, province, country or region",
        _of_where("precision"),
    ),
    *_parties("actor", "Who did it"),
    *_parties("recipient", "To whom"),
    *_figures(),
    Field("sources", "count", "Independent sources", lambda one: one.sources),
    Field("outlets", "list", "Outlets or datasets", lambda one: list(one.outlets)),
    Field("documents", "list", "Ids of the documents it rests on", lambda one: list(one.documents)),
    Field("claims", "list", "Ids of the claims it rests on", lambda one: list(one.claims)),
    Field("disputed", "list", "Fields on which the sources differ", lambda one: list(one.disputed)),
    Field("dataset", "text", "Dataset and release it was imported from", lambda one: one.dataset),
    Field("row", "text", "Id of the row in that dataset", lambda one: one.row),
    Field("published", "text", "Day of publication of the document", lambda one: one.published),
    Field("quote", "text", "The words of the document", lambda one: one.quote),
)
