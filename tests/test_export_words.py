"""Exports that mark the words of documents: W3C annotations and BRAT standoff, each read by others."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from strife.errors import StrifeError
from strife.exchange.writers import (
    write_annotation,
    write_brat,
)
from strife.exchange.writers.happening import STATUSES
from strife.records import (
    Claim,
    Incident,
)
from tests.test_export import GOLDEN, TEXT, golden, pairs

TERMS = """first items partOf target source selector body via generator""".split()
WORDS = """label motivation purpose format language value exact prefix suffix start end total startIndex name""".split()
TYPES = """Annotation AnnotationCollection AnnotationPage TextualBody SpecificResource TextQuoteSelector TextPositionSelector
Text Software""".split()


def context() -> dict[str, Any]:
    """What the terms we use mean in the context of the Web Annotation vocabulary."""
    oa = "http://www.w3.org/ns/oa#"
    terms: dict[str, Any] = {"id": "@id", "type": "@type"}
    terms |= {name: {"@id": oa + name, "@type": "@id"} for name in TERMS} | {
        name: oa + name for name in (*WORDS, *TYPES)
    }
    return {"@context": terms}


def test_annotations_by_a_json_ld_processor(tmp_path: Path) -> None:
    from pyld import jsonld

    everything = [*golden(), *pairs()]
    texts = {document.id: document.text for document, _ in everything if document}
    write_annotation(tmp_path / "out.jsonld", everything, STATUSES)
    found = json.loads((tmp_path / "out.jsonld").read_text(encoding="utf-8"))
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"

    def load(url: str, _options: object) -> dict[str, Any]:
        assert url == found["@context"]
        return {"contextUrl": None, "documentUrl": url, "document": context()}

    oa = "http://www.w3.org/ns/oa#"
    [collection] = jsonld.expand(found, {"documentLoader": load})
    assert collection[f"{oa}total"] == [{"@value": len(everything)}]
    annotations = collection[f"{oa}first"][0][f"{oa}items"]
    assert len(annotations) == len(everything)
    assert {one["@type"][0] for one in annotations} == {f"{oa}Annotation"}
    by_id = {f"urn:strife:claim:{claim.id}": claim for _, claim in everything}
    for one in found["first"]["items"]:
        claim = by_id[one["id"]]
        targets = one["target"] if isinstance(one["target"], list) else [one["target"]]
        for target, evidence in zip(targets, claim.evidence, strict=True):
            quotation, position = target["selector"]
            text = texts[claim.document]
            start, end = position["start"], position["end"]
            assert text[start:end] == quotation["exact"] == evidence.quote
            assert text[:start].endswith(quotation["prefix"])
            assert text[end:].startswith(quotation["suffix"])
        assert msgspec.json.decode(one["body"][-1]["value"], type=Claim) == claim


@pytest.mark.filterwarnings("ignore:Support for class-based:DeprecationWarning")  # bratly's own
def test_brat_by_its_reader(tmp_path: Path) -> None:
    from bratly.annotation_types import AttributeAnnotation, EntityAnnotation, EventAnnotation
    from bratly.io.file_read_src import read_and_load_ann_file

    write_brat(tmp_path / "out", [pairs()[0]])
    [path] = (tmp_path / "out").glob("*.ann")
    assert path.name == "a_b_1.ann"
    assert path.with_suffix(".txt").read_text(encoding="utf-8") == TEXT
    found = read_and_load_ann_file(str(path), renumerotize=False, grammar_check=False)
    assert found is not None
    [event] = [one for one in found.annotations if isinstance(one, EventAnnotation)]
    assert event.label == "ASSAULT"
    assert event.event_trigger.content == "shelled the"
    assert [(one.start, one.end) for one in event.event_trigger.fragments] == [(28, 35), (36, 39)]
    assert {name: one.content for name, one in event.args.items()} == {
        "Actor": "Rebels", "Recipient": "village", "Where": "Tal Wadi",
    }  # fmt: skip
    [attribute] = [one for one in found.annotations if isinstance(one, AttributeAnnotation)]
    assert (attribute.label, attribute.values) == ("Status", ["reported"])
    assert len([one for one in found.annotations if isinstance(one, EntityAnnotation)]) == 4


LINE = re.compile(
    r"T\d+\t\w+ \d+ \d+(;\d+ \d+)*\t.+|E\d+\t\w+:T\d+( \w+:T\d+)*|A\d+\t\w+ E\d+ [\w-]+|#\d+\tAnnotatorNotes E\d+\t.+"
)


def test_brat_spans_are_the_words(tmp_path: Path) -> None:
    write_brat(tmp_path / "out", golden(), STATUSES)
    configuration = (tmp_path / "out" / "annotation.conf").read_text(encoding="utf-8")
    files = list((tmp_path / "out").glob("*.ann"))
    assert len(files) == len(list(GOLDEN.glob("*.jsonl")))
    for path in files:
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        for line in path.read_text(encoding="utf-8").splitlines():
            assert LINE.fullmatch(line), line
            if line.startswith("T"):
                _, where, words = line.split("\t")
                kind, *numbers = re.split(r"[ ;]", where)
                pieces = [text[int(a) : int(b)] for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
                assert " ".join(pieces) == words
                assert re.search(rf"^{kind}\b", configuration, re.MULTILINE)


def test_words_need_claims_and_texts(tmp_path: Path) -> None:
    incident = Incident(id="i" * 16, code=None, where=None, when=None, status="reported", sources=1)
    with pytest.raises(StrifeError, match="annotations are of the words of claims; export claims"):
        write_annotation(tmp_path / "x", [incident])
    with pytest.raises(StrifeError, match="its text is not given"):
        write_brat(tmp_path / "y", [(None, pairs()[0][1])])
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").touch()
    with pytest.raises(StrifeError, match="is there already; name a new or an empty folder"):
        write_brat(tmp_path / "full", pairs())
    assert sorted(one.name for one in tmp_path.iterdir()) == ["full"]
