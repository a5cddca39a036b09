"""Gold files -> Gold: an analyst's notes on a text, or a golden reading, that is our own output checked by a person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from strife.errors import BadInput
from strife.measure.analyst import wanted_of_notes
from strife.measure.golden import wanted_of_claims
from strife.measure.wanted import Gold, GoldDocument
from strife.records import Claim, Document

Line = dict[str, Any]
DOCUMENT_FIELDS = ("title", "published", "source", "url")


def load_gold(path: Path, *, texts: Path | None = None, published: str | None = None) -> Gold:
    """A gold file in JSON lines: items with a `kind` and a passage (an analyst's), or a document line with claim lines.

    The text stands in the document line, in `texts` (a JSONL file of documents, a text file, or a folder of both), or
    beside the gold in a .txt file of the same name; `published` is given to texts that do not say it."""
    lines = list(_lines(path))
    if not lines:
        raise BadInput(f"{path}: is empty; gold has one JSON object a line")
    documents = _documents(path, lines, texts or path.with_suffix(".txt"), published)
    notes: dict[str, list[Line]] = {}
    claims: dict[str, list[Claim]] = {}
    for number, line in enumerate(lines, 1):
        if "kind" in line:
            notes.setdefault(str(line.get("document", path.stem)), []).append(line)
        elif line.get("record") == "claim":
            claims.setdefault(line["document"], []).append(_claim(line, f"{path}:{number}"))
        elif line.get("record") not in ("document", "why"):
            raise BadInput(f'{path}:{number}: neither "kind" nor "record"; see CONTRIBUTING for the forms of gold')
    listed = [str(line["id"]) for line in lines if line.get("record") == "document" and not notes]
    found = [
        _gold_document(path, documents, name, notes.get(name), claims.get(name, []))
        for name in dict.fromkeys([*listed, *notes, *claims])
    ]
    digest = hashlib.sha256(path.read_bytes())
    for one in found:
        digest.update(one.document.text.encode("utf-8", "surrogatepass"))
    return Gold(name=path.name, sha256=digest.hexdigest(), documents=tuple(found))


def _gold_document(
    path: Path, documents: dict[str, Document], name: str, notes: list[Line] | None, claims: list[Claim]
) -> GoldDocument:
    document = documents.get(name)
    if document is None:
        raise BadInput(
            f"{path}: no text for the document {name!r}; put {name}.txt beside it, or name the texts by --texts"
        )
    wanted = wanted_of_claims(claims) if notes is None else wanted_of_notes(notes, document, str(path))
    for one in wanted:
        for span in one.passages:
            if document.text[span.start : span.end] != span.quote:
                raise BadInput(
                    f"{path}: {one.id} is not of this text of {name!r}: {span.start} is not {span.quote[:40]!r}"
                )
    return GoldDocument(document=document, wanted=wanted, complete=notes is None)


def _claim(line: Line, place: str) -> Claim:
    try:
        claim: Claim = msgspec.convert(line, Claim)
    except msgspec.ValidationError as error:
        raise BadInput(f"{place}: no claim as strife puts it out: {error}") from error
    return claim


def _documents(path: Path, lines: list[Line], texts: Path, published: str | None) -> dict[str, Document]:
    """The documents whose text is at hand, by id."""
    found: dict[str, Document] = {}
    for place in sorted(texts.iterdir()) if texts.is_dir() else [texts]:
        if place.suffix == ".jsonl":
            found.update(
                (str(row["id"]), _document(row, published)) for row in _lines(place) if "text" in row and "id" in row
            )
        elif place.suffix == ".txt" and place.is_file():
            row = {"id": place.stem, "text": place.read_bytes().decode("utf-8")}
            found[place.stem] = _document(row, published)
    for line in lines:
        if line.get("record") == "document":
            name = str(line["id"])
            if text := line.get("text") or (found[name].text if name in found else None):
                found[name] = _document({**line, "text": text}, published)
    if not any("document" in line for line in lines) and len(found) == 1:  # one text, whatever it is called
        found.setdefault(path.stem, next(iter(found.values())))
    return found


def _document(row: Line, published: str | None) -> Document:
    fields = {name: row[name] for name in DOCUMENT_FIELDS if row.get(name)}
    return msgspec.convert({"published": published, **fields, "id": str(row["id"]), "text": row["text"]}, Document)


def _lines(path: Path) -> Iterator[Line]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: {error}; gold is a file of JSON lines in UTF-8") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = msgspec.json.decode(line)
            except msgspec.DecodeError as error:
                raise BadInput(f"{path}:{number}: {error}; gold has one JSON object a line") from error
            if not isinstance(row, dict):
                raise BadInput(f"{path}:{number}: no JSON object; gold has one a line")
            yield row
