"""The crosswalks between PLOVER, CAMEO and ACLED: complete both ways, and sound where they go back."""

from __future__ import annotations

from typing import get_args

import pytest

from strife.codebook.crosswalk import acled_of, cameo_of, plover_of, plover_of_acled, plovers_of
from strife.codebook.reference import load_reference
from strife.errors import Unknown
from strife.records import PloverType

REFERENCE = load_reference()
MODES = [(kind.name, mode) for kind in REFERENCE.types.values() for mode in (None, *(mode.name for mode in kind.mode))]


def test_all_types_with_their_quad_classes() -> None:
    assert set(REFERENCE.types) == set(get_args(PloverType))
    quads = [kind.quad for kind in REFERENCE.types.values()]
    assert {quad: quads.count(quad) for quad in quads} == {
        "verbal cooperation": 4,
        "material cooperation": 3,
        "verbal conflict": 4,
        "material conflict": 5,
    }


def test_all_of_cameo_and_acled_is_there() -> None:
    roots = [code for code, entry in REFERENCE.cameo.items() if entry.parent is None]
    assert roots == [f"{number:02}" for number in range(1, 21)]
    assert len(REFERENCE.cameo) > 300
    for code, entry in REFERENCE.cameo.items():
        assert entry.parent is None or entry.parent in REFERENCE.cameo, code
        assert entry.parent is None or code.startswith(entry.parent), code
    assert len(REFERENCE.acled) == 25
    assert len({sub_event.type for sub_event in REFERENCE.acled.values()}) == 6


@pytest.mark.parametrize("cameo", REFERENCE.cameo)
def test_cameo_to_plover(cameo: str) -> None:
    codes = plovers_of(cameo)
    if cameo.startswith(("01", "02")):
        assert codes == ()
        return
    assert plover_of(cameo) == codes[0]
    for code in codes:
        assert (code.plover, code.mode) in MODES
        assert set(code.contexts) <= set(REFERENCE.contexts)
        assert cameo_of(code.plover, code.mode, code.contexts) in REFERENCE.cameo


@pytest.mark.parametrize(("plover", "mode"), MODES)
def test_plover_to_cameo_and_back(plover: str, mode: str | None) -> None:
    cameo = cameo_of(plover, mode)
    assert plover in {code.plover for code in plovers_of(cameo)}, (
        f"{plover} {mode} becomes {cameo} and does not come back"
    )


@pytest.mark.parametrize("sub_event", REFERENCE.acled)
def test_acled_to_plover_and_back(sub_event: str) -> None:
    code = plover_of_acled(sub_event)
    if sub_event == "Other":
        assert code is None
        return
    assert code is not None
    assert (code.plover, code.mode) in MODES
    assert set(code.contexts) <= set(REFERENCE.contexts)
    assert code.cameo in REFERENCE.cameo


@pytest.mark.parametrize(("plover", "mode"), MODES)
def test_plover_to_acled(plover: str, mode: str | None) -> None:
    for recipients in ((), ("CVL",), ("REB",)):
        assert acled_of(plover, mode, recipients=recipients) in {None, *REFERENCE.acled}


def test_contexts_choose_the_closer_code() -> None:
    assert cameo_of("AID") == "070"
    assert cameo_of("AID", None, ["economic"]) == "071"
    assert cameo_of("AID", None, ["economic", "gender"]) == "071"
    assert cameo_of("AGREE", None, ["diplomatic"]) == "030"  # many codes are diplomatic: none is chosen


def test_sides_choose_the_sub_event() -> None:
    assert acled_of("ASSAULT", "firearms", recipients=["CVL"]) == "Attack"
    assert acled_of("ASSAULT", "firearms", recipients=["REB", "CVL"]) == "Armed clash"
    assert acled_of("ASSAULT", "firearms") is None
    assert acled_of("ASSAULT", "aerial", recipients=["CVL"]) == "Air/drone strike"
    assert acled_of("COERCE", "seize", ["territory"], actors=["MIL"]) == "Government regains territory"
    assert acled_of("COERCE", "seize", ["territory"], actors=["REB"]) == "Non-state actor overtakes territory"


def test_an_announced_truce_and_a_kept_one_share_a_code() -> None:
    assert [code.plover for code in plovers_of("0871")] == ["RETREAT", "CONCEDE"]


def test_what_does_not_exist_is_said() -> None:
    with pytest.raises(Unknown, match="CAMEO"):
        plover_of("999")
    with pytest.raises(Unknown, match="AGREE"):
        cameo_of("FIGHT")
    with pytest.raises(Unknown, match="aerial"):
        cameo_of("ASSAULT", "magic")
    with pytest.raises(Unknown, match="Armed clash"):
        plover_of_acled("Skirmish")


def test_every_field_of_the_output_has_its_terms() -> None:
    from strife import records

    fields = {
        "status": records.Status,
        "stance": records.Stance,
        "likelihood": records.Likelihood,
        "predicate": records.Predicate,
        "change": records.Change,
        "extent": records.Extent,
        "measure": records.Measure,
        "basis": records.Basis,
    }
    for field, values in fields.items():
        assert {term.word for term in REFERENCE.terms if term.field == field} == set(get_args(values)), field
    precision = {*get_args(records.PlacePrecision), *get_args(records.DatePrecision)} - {"unknown"}
    assert {term.word for term in REFERENCE.terms if term.field == "precision"} == precision
