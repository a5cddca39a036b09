"""The one visible composition: document -> analysis -> mentions -> claims -> reading. Pure: the same text, the same reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from strife.claims.find import find_claims
from strife.codebook.book import Codebook, load_codebook
from strife.gazetteer import Gazetteer
from strife.language.analysis import Analysis
from strife.language.normalise import sound
from strife.language.parse import analyse_all
from strife.mentions.parties import find_parties, without_places
from strife.mentions.places import find_places
from strife.mentions.quantities import find_quantities
from strife.mentions.times import find_times
from strife.records import Document, Reading
from strife.registry.registry import load_registry
from strife.resolve.dates import resolve_dates
from strife.resolve.places import resolve_places
from strife.resolve.settle import Settled, settle

VERSION = "rules/0.1"


def read(document: Document | str, book: Codebook | None = None) -> Reading:
    """What a document says: its claims, each with its evidence, voice and status. A bare text is a document called "text"."""
    if isinstance(document, str):
        document = Document(id="text", text=document)
    return next(read_all([msgspec.structs.replace(document, text=sound(document.text))], book))


def read_all(documents: Iterable[Document], book: Codebook | None = None) -> Iterator[Reading]:
    """The reading of each document, in order, parsed in batches."""
    book = book or load_codebook()
    for analysis in analyse_all(documents):
        yield interpret(analysis, book)


def interpret(analysis: Analysis, book: Codebook) -> Reading:
    """The reading of a document whose grammar is known."""
    document, registry, gazetteer = analysis.document, load_registry(), Gazetteer.shared()
    parties = find_parties(analysis, registry)
    places = find_places(analysis, gazetteer, [party for party in parties if party.id or party.first is not party.last])
    parties = without_places(parties, places)
    times = find_times(analysis)
    drafts = find_claims(analysis, parties, places, times, find_quantities(analysis), book, registry)
    dates = dict(zip((time.head.i for time in times), resolve_dates(times, analysis, document.published), strict=True))
    settled = Settled(analysis, resolve_places(places, analysis, gazetteer), dates, VERSION)
    claims, whys = settle(drafts, settled)
    return Reading(document=document, claims=claims, whys=whys)
