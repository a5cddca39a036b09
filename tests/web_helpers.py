"""A case for tests of the web application: a toy language, several sources, an incident that they dispute, and hostile names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import html as tree
from starlette.applications import Starlette
from starlette.testclient import TestClient

from strife import engine
from strife.casefile import Case
from strife.errors import BadInput
from strife.incidents import blocks, merge
from strife.records import Code, Date, Document, Event, Frame, Incident, Party, Place, Reading, Span, Told
from strife.views.web.app import application
from tests.case_helpers import toy, toy_chunk, toy_reading

HOST = "http://127.0.0.1:8001"
EVIL = '"><img src=x onerror="window.pwned=1"><script>window.pwned=1</script>\u202eevil\u2066\u200b=1+1'
FORMULA = "=HYPERLINK(1)"
TEXTS = {
    "one": (
        "Daily",
        "2013-06-06",
        "Rebels seized bridges in Harem on 2013-06-05. Army attacked Rebels in Nawa on 2013-06-04."
        " Ministry said that Army held hills in Zintan on 2013-06-01. Rebels killed 25 in Harem on 2013-06-05.",
    ),
    "two": (
        "Evening",
        "2013-06-07",
        "Ministry denied that Army attacked Rebels in Nawa on 2013-06-04. Farmers aided Rebels in Zintan."
        " Union expects that Army seized bridges in Harem on 2013-07-01. Union backed Rebels.",
    ),
    "three": (
        "Daily",
        "2013-06-08",
        "Army attacked Rebels in Nawa on 2013-06-04. Army lost hills in Harem on 2013-06-07. Rebels attacked Farmers.",
    ),
    "folder/four.json": ("Weekly", "2013-05-02", "Union attacked Army in Harem on 2013-05-01."),
}


class ToyReader:
    """Reads the toy language at once."""

    warm = True

    def start(self) -> None:
        """Nothing to load."""

    def stop(self) -> None:
        """Nothing to end."""

    def read(self, document: Document) -> Reading:
        """The claims of a text; "Crash" cannot be read."""
        if "Crash" in document.text:
            raise BadInput("the reader ended in the midst of this text")
        return toy_reading(document)


def made_case(path: Path) -> Path:
    """Write the case; its path."""
    with pytest.MonkeyPatch.context() as patch, Case.open(path, create=True) as case:
        patch.setattr(engine, "_read_chunk", toy_chunk)
        documents = [toy(name, text, source=source, published=day) for name, (source, day, text) in TEXTS.items()]
        case.add(documents)
        patch.setattr(engine, "_read_chunk", lambda documents, _rules_only: [hostile(one) for one in documents])
        case.add([Document(id=EVIL, text=f"{EVIL} struck.", title=EVIL, source=EVIL, url="javascript:window.pwned=1")])
        case.put_incidents(one for block in blocks(case.testimonies()) for one in merge(block, case.kept()))
        case.imported([foreign()])
    return path


def hostile(document: Document) -> Reading:
    """A document whose claim has markup in every field that can hold words."""
    span = Span(start=0, end=len(EVIL), quote=document.text[: len(EVIL)])
    party = Party(quote=EVIL, start=0, end=len(EVIL), name=EVIL, id=EVIL)
    place = Place(
        quote=EVIL, start=0, end=len(EVIL), name=FORMULA, id=EVIL, country="SY", lat=35.0, lon=37.0, precision="settlement"
    )  # fmt: skip
    event = Event(
        id="evil-claim",
        document=document.id,
        evidence=(span,),
        frame=Frame(voice=party),
        status="claimed",
        by=EVIL,
        where=place,
        when=Date(start="2013-06-08", end="2013-06-08", precision="day", quote=EVIL, basis="explicit"),
        trigger=span,
        code=Code(plover="ASSAULT", mode=EVIL),
        actors=(party,),
        recipients=(party,),
    )
    return Reading(document=document, claims=(event,))


def foreign() -> Incident:
    """A row of another dataset."""
    party = Party(quote="Militia", start=0, end=0, name="Militia")
    return Incident(
        id="other-0001",
        code=Code(plover="ASSAULT"),
        where=Place(quote="Harem", start=0, end=0, country="SY", lat=36.2, lon=36.5, precision="settlement"),
        when=Date(start="2013-06-02", end="2013-06-02", precision="day", quote="2013-06-02", basis="explicit"),
        status="reported",
        sources=1,
        actors=(Told(party=party),),
        dataset="ucdp:test",
        row="1",
    )


def made_app(path: Path | None) -> Starlette:
    """The application over that case, with the toy reader."""
    return application(path, by="tester", reader=ToyReader())


def page_of(client: TestClient, url: str) -> Any:
    """A page as a tree."""
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.text)
    return tree.fromstring(answer.text)


def rows_of(client: TestClient, url: str) -> list[dict[str, Any]]:
    """The rows of a page's JSON."""
    found: list[dict[str, Any]] = client.get(url).json()["rows"]
    return found


def token_of(client: TestClient) -> str:
    """What proves that a post comes from a page."""
    found = page_of(client, "/documents/one").xpath("//form[@id='decide']/input[@name='token']/@value")
    return str(found[0])
