"""What notebooks show, and the example notebook, run as a reader would run it."""

from __future__ import annotations

from pathlib import Path

import pytest

from strife.casefile import Case
from strife.casefile.found import Found
from strife.records import Date, Event, Incident, Reading
from strife.views.notebook import shown
from tests.case_helpers import toy, toy_reading

EXAMPLE = Path(__file__).parents[1] / "examples" / "qusayr.ipynb"
TEXT = (
    "Rebels attacked Troops in Harem on 2013-06-05. Army seized Base in Harem on 2013-06-06. Rebels killed 25 in Harem."
)
EVIL = '<img src=x onerror="alert(1)"><script>alert(1)</script>'


@pytest.fixture
def filled(case: Case) -> Case:
    """A case with a few claims and incidents."""
    case.add(
        [toy("one", TEXT, published="2013-06-07", source="A"), toy("two", TEXT, published="2013-06-08", source="B")]
    )
    return case


def test_a_claim_shows_its_record(filled: Case) -> None:
    html = filled.claims(type="event")[0]._repr_html_()
    assert "Rebels" in html
    assert "geonames:1" in html
    assert "<script" not in html


def test_lists_show_tables(filled: Case) -> None:
    claims, incidents, held = filled.claims(), filled.incidents(), filled.control("2013-07-01")
    assert claims._repr_html_().count("<tr>") == len(claims) + 1
    assert ("<svg" in incidents._repr_html_()) == (len(incidents) > 1)
    assert "Harem" in held._repr_html_()
    assert 'class="chart atlas"' in held._repr_html_()
    assert "Rebels" in filled.actors()._repr_html_()
    assert "Nothing was found" in filled.claims(place="Nowhere")._repr_html_()


def test_long_lists_say_how_many_are_left(filled: Case) -> None:
    found = Found(list(filled.claims()) * 30)
    assert f"{len(found) - 20} more" in found._repr_html_()


def test_hostile_names_stay_text() -> None:
    document = toy("evil", "Rebels attacked Troops in Harem.")
    reading = toy_reading(document)
    event = reading.claims[0]
    assert isinstance(event, Event)
    import msgspec

    party = msgspec.structs.replace(event.actors[0], name=EVIL, quote=EVIL)
    claim = msgspec.structs.replace(event, actors=(party,), by=EVIL)
    date = Date(start="2013-06-05", end="2013-06-05", precision="day", quote=EVIL, basis="explicit")
    incident = Incident(
        id="incident-1",
        code=event.code,
        where=event.where,
        when=date,
        status="reported",
        sources=1,
        dataset=EVIL,
        row=EVIL,
    )
    for thing in (claim, incident, Found([claim]), Found([incident]), Reading(document=document, claims=(claim,))):
        html = shown(thing)
        assert "<img" not in html
        assert "<script" not in html


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(TypeError, match="notebook shows"):
        shown(3)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::RuntimeWarning")
def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbclient = pytest.importorskip("nbclient", reason="needs nbclient and ipykernel: pip install -e '.[dev]'")
    pytest.importorskip("ipykernel", reason="needs ipykernel: pip install -e '.[dev]'")
    import nbformat

    for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    notebook = nbformat.read(EXAMPLE, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells)  # the example is kept without what it gave
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(EXAMPLE.parent)}}).execute()
    pages = [
        output["data"]["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "text/html" in output.get("data", {})
    ]
    assert len(pages) == 5
    assert all(page.startswith('<div class="strife">') for page in pages)
    assert "Qusayr" in pages[0]
    assert "atlas" in pages[-1]
