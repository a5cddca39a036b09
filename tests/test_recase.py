"""Texts in capitals: recasing keeps the length, gives names their capitals back and leaves the other words small."""

from __future__ import annotations

import pytest

from strife.language.parse import words
from strife.language.recase import in_capitals, recase

CASES = [
    # names unknown to any list, given names that are dictionary words, surnames beside them, and their repetition
    (
        "GENERAL RICARDO PALMA ARRIVED. PALMA SAID HE WAS TIRED.",
        "General Ricardo Palma arrived. Palma said he was tired.",
    ),
    ("DEPUTIES MET SENATOR OQUENDO IN LIMA TODAY.", "Deputies met Senator Oquendo in Lima today."),
    # ordinary words that only their endings tell
    (
        "IT WAS THE LARGEST OFFENSIVE BY HEAVILY ARMED CLERGYMEN.",
        "It was the largest offensive by heavily armed clergymen.",
    ),
    ("COUNTERTERRORISM UNITS MACHINEGUNNED THE HOUSE.", "Counterterrorism units machinegunned the house."),
    # organisations: acronyms, names with "of", brackets that do not start a sentence
    (
        "THE FMLN [FARABUNDO MARTI NATIONAL LIBERATION FRONT] WARNED THE IRA.",
        "The FMLN [Farabundo Marti National Liberation Front] warned the IRA.",
    ),
    (
        "GUERRILLAS OF THE REVOLUTIONARY ARMED FORCES OF COLOMBIA (FARC) FLED.",
        "Guerrillas of the Revolutionary Armed Forces of Colombia (FARC) fled.",
    ),
    ("THE MNR AND THE PSD MET.", "The MNR and the PSD met."),
    # marks of a transcript, speakers, quotations, dashes inside a sentence
    (
        "[PASSAGE OMITTED] THE TOWN WAS CALM. [MENDEZ] WE ARE READY.",
        "[passage omitted] The town was calm. [Mendez] We are ready.",
    ),
    ('HE SAID: "THE STREETS WERE EMPTY," AND LEFT.', 'He said: "The streets were empty," and left.'),
    ("THE VILLAGE--ONCE RICH--IS EMPTY.", "The village--once rich--is empty."),
    # ordinals, weapons, initials, dates
    ("THE 1ST BRIGADE SEIZED AN M-16 RIFLE ON 3 MARCH.", "The 1st brigade seized an M-16 rifle on 3 March."),
    ("U.S. TROOPS MAY MARCH ON FRIDAY IN THE U.S. SECTOR.", "U.S. troops may march on Friday in the U.S. sector."),
    # words that are also acronyms of organisations or names of cities
    ("THE CAR WAS READING A MOBILE HUB OF UNITY.", "The car was reading a mobile hub of unity."),
    # titles go with a name, not without one
    ("PRESIDENT VINICIO CEREZO MET THE PRESIDENT OF A BANK.", "President Vinicio Cerezo met the president of a bank."),
    ("BOMBS FELL ON SAN MIGUEL AND EL PARAISO.", "Bombs fell on San Miguel and El Paraiso."),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_recase(text: str, wanted: str) -> None:
    """Each case comes out as ordinary prose would write it."""
    assert recase(text, words()) == wanted


@pytest.mark.parametrize("text", [*(text for text, _ in CASES), "ÜBER İZMIR STRAẞE: ŁÓDŹ’S CASE. 12:30 GMT -- ÉLYSÉE"])
def test_length_and_letters_stay(text: str) -> None:
    """Only case changes: the same length, and the same letters at every place."""
    made = recase(text, words())
    assert len(made) == len(text)
    assert made.casefold() == text.casefold() or made.upper() == text.upper()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("REBELS TOOK THE TOWN OF MARIB AFTER HEAVY FIGHTING.", True),
        ("Rebels took the town of Marib after heavy fighting.", False),
        ("UN: NO", False),  # too short to tell
        ("THE UN AND NATO SAID Rebels took the town of Marib after heavy fighting there.", False),
        ("", False),
    ],
)
def test_in_capitals(text: str, wanted: bool) -> None:
    """Capitals throughout, in a text long enough to tell."""
    assert in_capitals(text) is wanted
