"""A golden reading, that is our own output checked by a person -> Wanted: every claim, with all it says."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from strife.measure.answers import answers_of, point_of
from strife.measure.wanted import Wanted
from strife.records import Claim, Figure, Reading, document_line, to_json


def wanted_of_claims(claims: Iterable[Claim]) -> tuple[Wanted, ...]:
    """What a golden reading asks for: exactly its claims."""
    return tuple(
        Wanted(
            id=claim.id,
            kind=claim_type(claim),
            passages=(point_of(claim),),
            types=(claim_type(claim),),
            readings=({slot: tuple(names[:1] for names in said) for slot, said in answers_of(claim).items()},),
            number=(claim.low, claim.best, claim.high) if isinstance(claim, Figure) else None,
            exact=True,
        )
        for claim in claims
    )


def claim_type(claim: Claim) -> str:
    """The claim's type as the output names it."""
    return str(claim.__struct_config__.tag)


def golden_lines(reading: Reading) -> list[str]:
    """The lines of a golden reading: the document's line with its text in it, then the claims."""
    head = msgspec.structs.asdict(document_line(reading.document)) | {"text": reading.document.text}
    return [msgspec.json.encode(head).decode(), *map(to_json, reading.claims)]
