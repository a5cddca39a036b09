"""`strife explain`: codes, values and words with meaning, example and crosswalk; the rest gets a suggestion."""

from __future__ import annotations

import pytest

from strife.codebook.explain import explain
from strife.codebook.reference import load_reference
from strife.codebook.wordforms import lemmas
from strife.errors import Unknown

ASKED = [
    ("192", ["Occupy territory", "COERCE seize", "example"]),
    ("012", ["none: PLOVER has no type", "example"]),
    ("19", ["193 Fight with small arms", "ASSAULT"]),
    ("ASSAULT", ["material conflict", "heavy-weapons", "190"]),
    ("heavy weapons", ["mode of PLOVER ASSAULT", "194"]),
    ("religion ethnicity", ["context of PLOVER"]),
    ("armed clash", ["sub-event of ACLED, under Battles", "event frame"]),
    ("riots", ["Violent demonstration; Mob violence"]),
    ("REB", ["sector", "Rebels"]),
    ("claimed", ["value of the field status"]),
    ("supposes", ["value of the field stance"]),
    ("likely", ["55 to 80 per cent"]),
    ("roughly even chance", ["45 to 55 per cent"]),
    ("geo precision", ["ACLED"]),
    ("besieged", ["besiege: verb of the event frame besiege", "COERCE restrict", "191", "subject: actor", "example"]),
    ("an air strike", ["air strike: noun", "ASSAULT aerial", "195", "Air/drone strike"]),
    ("launched an air strike on the town", ["air strike: noun of the event frame"]),
    ("opened fire on", ["firearms"]),
    ("urged", ["cue of voice and status", "demands"]),
    ("if", ["status conditional"]),
    ("ally", ["relations (allied_with)"]),
]


@pytest.mark.parametrize(("asked", "told"), ASKED, ids=[asked for asked, _ in ASKED])
def test_explains(asked: str, told: list[str]) -> None:
    answer = explain(asked)
    for part in told:
        assert part in answer, answer


def test_every_code_has_a_meaning_and_an_example() -> None:
    reference = load_reference()
    for asked in (*reference.cameo, *reference.types, *reference.acled):
        assert "example" in explain(asked), asked
    for asked in (*reference.contexts, *reference.sectors, *reference.ranges, *(term.word for term in reference.terms)):
        assert asked.lower() in explain(asked).lower(), asked


def test_capitals_ask_for_the_code_alone() -> None:
    assert "event frame" not in explain("ASSAULT")
    assert "event frame" in explain("assault")


def test_unknown_words_get_suggestions() -> None:
    with pytest.raises(Unknown, match=r"did you mean .*besiege"):
        explain("beseige")
    with pytest.raises(Unknown, match="none of the codebooks"):
        explain("zzzqqq")
    with pytest.raises(Unknown, match="such as 192"):
        explain(" ")


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("fought", "fight"),
        ("seizing", "seize"),
        ("stabbed", "stab"),
        ("ferries", "ferry"),
        ("clashes", "clash"),
        ("bomb", "bomb"),
    ],
)
def test_lemmas(form: str, lemma: str) -> None:
    assert lemma in lemmas(form, load_reference().forms)
