"""The one visible composition: document -> analysis -> mentions -> claims -> reading. Pure: the same text, the same reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from strife.claims.find import find_claims
from strife.claims.ground import ground
from strife.claims.judged import judged
from strife.codebook.book import Codebook, load_codebook
from strife.gazetteer import Gazetteer
from strife.language.analysis import Analysis
from strife.language.normalise import sound
from strife.language.parse import analyse, analyse_all
from strife.model.session import Model, shared
from strife.readers.bind import bind
from strife.readers.reader import Pulse, Reader
from strife.records import Document, Reading
from strife.resolve.dates import resolve_dates
from strife.resolve.homes import at_home
from strife.resolve.places import resolve_places
from strife.resolve.settle import Settled, settle
from strife.resolve.why import reasons_by_head

VERSION = "rules/0.1"


def read(document: Document | str, book: Codebook | None = None, *, rules_only: bool = False) -> Reading:
    """What a document says: its claims, each with its evidence, voice and status. A bare text is a document called "text"."""
    if isinstance(document, str):
        document = Document(id="text", text=document)
    sounded = msgspec.structs.replace(document, text=sound(document.text))
    return next(read_all([sounded], book, rules_only=rules_only))


def read_all(
    documents: Iterable[Document], book: Codebook | None = None, *, rules_only: bool = False, why: bool = False
) -> Iterator[Reading]:
    """The reading of each document, in order, parsed in batches; with `rules_only`, or where it cannot be loaded, without the model.

    With `why` the readings also say what decided for each place, which takes some time."""
    book = book or load_codebook()
    model = None if rules_only else shared()[0]
    for analysis in analyse_all(documents):
        yield interpret(analysis, book, model, why=why)


def interpret(analysis: Analysis, book: Codebook, model: Model | None, *, why: bool = False) -> Reading:
    """The reading of a document whose grammar is known."""
    document, base = analysis.document, ground(analysis, book)
    if model is not None:
        base = judged(base, book.events, model)
    drafts = find_claims(base, book)
    resolved = resolve_dates(base.times, analysis, document.published)
    dates = dict(zip((time.head.i for time in base.times), resolved, strict=True))
    places = resolve_places(base.places, analysis, Gazetteer.shared())
    reasons = reasons_by_head(base.places, analysis, Gazetteer.shared()) if why else {}
    found = Settled(analysis, places, dates, VERSION, mentions=base.places, model=model, reasons=reasons)
    claims, whys = settle(drafts, found)
    claims = at_home(claims, analysis, base.stage.cast.coreference.by_head, places)
    return Reading(document=document, claims=claims, whys=whys)


def read_by(reader: Reader, document: Document, book: Codebook | None = None, *, pulse: Pulse | None = None) -> Reading:
    """What another reader tells of a document, on our own grammar and through our own rooms. Not pure: its text leaves the process."""
    told = reader.tell(document, pulse)
    analysis = analyse(document)
    base = ground(analysis, book or load_codebook())
    bound = bind(told, base, reader.tally)
    resolved = resolve_dates(bound.times, analysis, document.published)
    dates = dict(zip((time.head.i for time in bound.times), resolved, strict=True))
    places = resolve_places(bound.places, analysis, Gazetteer.shared())
    claims, whys = settle(bound.drafts, Settled(analysis, places, dates, reader.name, mentions=bound.places))
    reader.tally.count(len(bound.drafts), len(claims))
    claims = at_home(claims, analysis, base.stage.cast.coreference.by_head, places)
    return Reading(document=document, claims=claims, whys=whys)
