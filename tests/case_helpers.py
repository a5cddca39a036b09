"""A reader of a toy language for tests of the case file, so that they need no parser: one sentence, one claim."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence

from strife.records import (
    Claim,
    Code,
    Control,
    Date,
    Document,
    Event,
    Figure,
    Frame,
    Party,
    Place,
    Reading,
    Relation,
    Span,
    Why,
)

SENTENCE = re.compile(
    r"(?:(?P<voice>[A-Z]\w+) (?P<said>said|denied|expects) that )?(?P<who>[A-Z]\w+) (?P<does>attacked|aided|seized|held|lost|backed|killed)"
    r" (?P<whom>\w+)(?: in (?P<place>[A-Z]\w+))?(?: on (?P<day>\d{4}-\d\d-\d\d))?\."
)
PLACES = {
    "Harem": ("geonames:1", "SY", "Idlib", 36.21, 36.52),
    "Nawa": ("geonames:2", "SY", "Daraa", 32.89, 36.04),
    "Zintan": ("geonames:3", "LY", "Nafusa", 31.93, 12.25),
}
STANCES = {"said": "asserts", "denied": "denies", "expects": "expects"}
CHANGES = {"seized": "gains", "held": "holds", "lost": "loses"}


def toy_chunk(documents: Sequence[Document], _rules_only: bool) -> list[Reading]:
    """What stands in for the engine's reading of a chunk."""
    return [toy_reading(document) for document in documents]


def dying_chunk(documents: Sequence[Document], rules_only: bool) -> list[Reading]:
    """A worker that dies of one document, as where the memory runs out."""
    if any("Fatal" in document.text for document in documents):
        os._exit(1)
    return toy_chunk(documents, rules_only)


def toy_reading(document: Document) -> Reading:
    """The claims of all sentences of the toy language; "Crash" cannot be read."""
    if "Crash" in document.text:
        raise ValueError("the reader fell over")
    claims = tuple(toy_claim(document, match) for match in SENTENCE.finditer(document.text))
    whys = tuple(Why(claim=claim.id, rule="toy", candidates=("one", "two")) for claim in claims)
    return Reading(document=document, claims=claims, whys=whys)


def toy_claim(document: Document, match: re.Match[str]) -> Claim:
    """The claim of one sentence."""

    def span(name: str) -> Span:
        return Span(start=match.start(name), end=match.end(name), quote=match[name])

    def party(name: str) -> Party:
        quote = match[name]
        return Party(
            quote=quote, start=match.start(name), end=match.end(name), name=quote.title(), id=f"toy:{quote.lower()}"
        )

    voice = party("voice") if match["voice"] else "author"
    frame = Frame(voice=voice, stance=STANCES[match["said"]] if match["said"] else "asserts")  # type: ignore[arg-type]
    where = None
    if match["place"]:
        known = PLACES.get(match["place"], (None, None, None, None, None))
        where = Place(
            quote=match["place"], start=match.start("place"), end=match.end("place"), name=match["place"] if known[0] else None,
            id=known[0], country=known[1], admin1=known[2], lat=known[3], lon=known[4], precision="settlement",
        )  # fmt: skip
    day = match["day"]
    common = {
        "id": hashlib.sha256(f"{document.id}\x1f{match.start()}\x1f{match[0]}".encode()).hexdigest()[:16],
        "document": document.id,
        "evidence": (Span(start=match.start(), end=match.end(), quote=match[0]),),
        "frame": frame,
        "status": frame.status,
        "where": where,
        "when": Date(start=day, end=day, precision="day", quote=day, basis="explicit") if day else None,
        "by": "toy/1",
    }
    does = match["does"]
    if does == "backed":
        return Relation(**common, predicate="supports", subject=party("who"), object=party("whom"))
    if does in CHANGES and where is not None:
        return Control(**common, holder=party("who"), change=CHANGES[does])  # type: ignore[arg-type]
    if does == "killed" and match["whom"].isdigit():
        number = float(match["whom"])
        return Figure(**common, measure="deaths", of=span("whom"), low=number, best=number, high=number)
    code = Code(plover="AID" if does == "aided" else "ASSAULT", cameo="07" if does == "aided" else "190")
    return Event(**common, trigger=span("does"), code=code, actors=(party("who"),), recipients=(party("whom"),))


def toy(name: str, text: str, **details: str) -> Document:
    """A document."""
    return Document(id=name, text=text, **details)


LONG = (
    "Farmers aided Townsfolk in Nawa on 2014-02-0{day}. The road that leads from the river to the mill was closed for the"
    " whole of the winter, and the carts that used to bring grain from the villages along the valley had to go round by the old"
    " bridge, where the keeper of the toll house counted them one by one and wrote their number into a book that nobody reads."
)
