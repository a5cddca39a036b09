"""What a search found: a list of records that becomes a table on request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from strife.casefile.rows import code_values, date_values, parties_of, place_values, type_of
from strife.errors import StrifeError
from strife.records import Claim, Control, Event, Figure, Incident, Relation, Statement, Told

if TYPE_CHECKING:
    import pandas
    import polars

Record = TypeVar("Record")
CLAIM_COLUMNS = (
    "id document type status voice code mode cameo acled who what whom low best high unit place place_id country admin1 lat lon"
    " place_precision date_start date_end date_precision date_basis start end quote by score"
).split()
INCIDENT_COLUMNS = (
    "id status code mode cameo acled who whom place place_id country admin1 lat lon place_precision date_start date_end"
    " date_precision date_basis deaths_low deaths_best deaths_high sources claims documents disputed dataset row"
).split()


class Found(list[Record], Generic[Record]):
    """Records in the order of the case; `to_pandas` and `to_polars` make a table with one row for each."""

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas table; StrifeError where pandas is not installed."""
        try:
            import pandas
        except ImportError as error:
            raise StrifeError("pandas is not installed; run: pip install pandas") from error
        return pandas.DataFrame(self.rows(), columns=self.columns())

    def to_polars(self) -> polars.DataFrame:
        """A polars table; StrifeError where polars is not installed."""
        try:
            import polars
        except ImportError as error:
            raise StrifeError("polars is not installed; run: pip install polars") from error
        return polars.DataFrame(self.rows(), schema=self.columns(), orient="row", infer_schema_length=None)

    def _repr_html_(self) -> str:
        """The first rows as a table, with a chart where one says more, for notebooks."""
        from strife.views.notebook import shown  # a view, imported only when a notebook asks for it

        return shown(self)

    def columns(self) -> list[str]:
        """The names of the columns of the table."""
        first = self[0] if self else None
        if isinstance(first, Incident):
            return list(INCIDENT_COLUMNS)
        if first is None or isinstance(first, Event | Relation | Control | Figure | Statement):
            return list(CLAIM_COLUMNS)
        return [name for name in getattr(first, "__struct_fields__", ()) if name != "record"]

    def rows(self) -> list[list[Any]]:
        """The rows of the table."""
        return [list(row_of(one)) for one in self]


def row_of(record: Any) -> Iterable[Any]:
    """The cells of a record, in the order of its columns; several parties stand in one cell, between semicolons."""
    match record:
        case Incident():
            return incident_cells(record)
        case Event() | Relation() | Control() | Figure() | Statement():
            return claim_cells(record)
    return [getattr(record, name) for name in record.__struct_fields__ if name != "record"]


def claim_cells(claim: Claim) -> list[Any]:
    """The cells of a claim under CLAIM_COLUMNS."""
    parties: dict[str, list[str]] = {}
    for role, _, party in parties_of(claim):
        parties.setdefault(role, []).append(party.name or party.quote)
    who = parties.get("actor") or parties.get("subject") or parties.get("holder") or []
    whom = parties.get("recipient") or parties.get("object") or []
    values = dict.fromkeys(CLAIM_COLUMNS)
    values |= place_values(claim.where) | date_values(claim.when)
    values |= {
        "id": claim.id,
        "document": claim.document,
        "type": type_of(claim),
        "status": claim.status,
        "voice": (parties.get("voice") or ["author"])[0],
        "who": "; ".join(who),
        "whom": "; ".join(whom),
        "start": claim.evidence[0].start,
        "end": claim.evidence[0].end,
        "quote": claim.evidence[0].quote,
        "by": claim.by,
        "score": claim.score,
        **_own(claim),
    }
    return [values[name] for name in CLAIM_COLUMNS]


def _own(claim: Claim) -> dict[str, Any]:
    """What only claims of one type have."""
    match claim:
        case Event():
            return {**code_values(claim.code), "what": claim.trigger.quote}
        case Relation():
            return {"what": claim.predicate}
        case Control():
            return {"what": f"{claim.change} {claim.extent}"}
        case Figure():
            numbers = {"low": claim.low, "best": claim.best, "high": claim.high, "unit": claim.unit}
            return {**numbers, "what": f"{claim.measure}: {claim.of.quote}"}
        case Statement():
            return {"what": claim.content.quote}


def incident_cells(incident: Incident) -> list[Any]:
    """The cells of an incident under INCIDENT_COLUMNS."""
    deaths = next((one for one in incident.figures if one.measure == "deaths"), None)
    values = dict.fromkeys(INCIDENT_COLUMNS)
    values |= code_values(incident.code) | place_values(incident.where) | date_values(incident.when)
    values |= {
        "id": incident.id,
        "status": incident.status,
        "who": _told(incident.actors),
        "whom": _told(incident.recipients),
        "deaths_low": deaths.low if deaths else None,
        "deaths_best": deaths.best if deaths else None,
        "deaths_high": deaths.high if deaths else None,
        "sources": incident.sources,
        "claims": len(incident.claims),
        "documents": "; ".join(incident.documents),
        "disputed": "; ".join(incident.disputed),
        "dataset": incident.dataset,
        "row": incident.row,
    }
    return [values[name] for name in INCIDENT_COLUMNS]


def _told(parties: Iterable[Told]) -> str:
    return "; ".join(one.party.name or one.party.quote for one in parties)
