"""W3C Web Annotations (JSON-LD): each claim on the words that make it, by their position and as a quotation.

Positions count code points of the document's text as strife holds it; the annotation's source is that text (`urn:strife:…`),
and `via` the page it came from."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from strife.errors import StrifeError
from strife.exchange.target import text_file
from strife.exchange.writers.happening import REPORTED, Pair, Written, checked, voice_of
from strife.records import Claim, Control, Document, Event, Figure, Incident, Relation, Span, to_json

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # characters of prefix and suffix, which find the quotation again where the text has changed


def write_annotation(
    path: str | Path, items: Iterable[Pair] | Iterable[Incident], statuses: Collection[str] = REPORTED
) -> Written:
    """Write an AnnotationCollection of the claims of the statuses asked for."""
    wanted, written = checked(statuses), Written()
    with text_file(Path(path)) as stream:
        stream.write(f'{{"@context":"{CONTEXT}","id":"urn:strife:annotations","type":"AnnotationCollection",\n')
        stream.write(
            '"label":"Claims read by strife",\n"first":{"id":"urn:strife:annotations:1","type":"AnnotationPage",'
        )
        stream.write('"partOf":"urn:strife:annotations","startIndex":0,"items":[')
        for document, claim in pairs_of(items, "annotations"):
            if claim.status not in wanted:
                written.leave(f"status {claim.status}")
                continue
            stream.write(",\n" if written.rows else "\n")
            stream.write(msgspec.json.encode(annotation_of(document, claim)).decode())
            written.rows += 1
        stream.write(f']}},\n"total":{written.rows}}}\n')
    return written


def pairs_of(items: Iterable[Pair] | Iterable[Incident], what: str) -> Iterable[Pair]:
    """Claims with their documents; StrifeError where there are incidents, which have no place in a text."""
    for item in items:
        if isinstance(item, Incident):
            raise StrifeError(f"incident {item.id}: {what} are of the words of claims; export claims, not incidents")
        yield item


def annotation_of(document: Document | None, claim: Claim) -> dict[str, Any]:
    """The annotation of one claim; its record stands whole in the last body."""
    targets = [_target(document, claim.document, span) for span in claim.evidence]
    tags = [*_tags(claim), f"status: {claim.status}", f"voice: {voice_of(claim)}"]
    bodies: list[dict[str, Any]] = [{"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in tags]
    record = {"type": "TextualBody", "value": to_json(claim), "format": "application/json", "purpose": "describing"}
    return {
        "id": f"urn:strife:claim:{quote(claim.id, safe='')}",
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"id": "urn:strife", "type": "Software", "name": f"strife ({claim.by})"},
        "body": [*bodies, record],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _tags(claim: Claim) -> list[str]:
    if isinstance(claim, Event):
        return [claim.code.plover, *([claim.code.mode] if claim.code.mode else [])]
    if isinstance(claim, Control):
        return ["control", claim.change]
    if isinstance(claim, Relation):
        return ["relation", claim.predicate]
    return ["figure", claim.measure] if isinstance(claim, Figure) else ["statement"]


def _target(document: Document | None, id_: str, span: Span) -> dict[str, Any]:
    quotation: dict[str, Any] = {"type": "TextQuoteSelector", "exact": span.quote}
    source: dict[str, Any] = {
        "id": f"urn:strife:document:{quote(id_, safe='')}",
        "type": "Text",
        "format": "text/plain",
    }
    if document is not None:
        quotation["prefix"] = document.text[max(0, span.start - AROUND) : span.start]
        quotation["suffix"] = document.text[span.end : span.end + AROUND]
        source["language"] = document.language
        if document.url:
            source["via"] = document.url
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {"type": "SpecificResource", "source": source, "selector": [quotation, position]}
