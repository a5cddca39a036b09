"""One deed is one claim, and what only speaks of violence in general is none."""

from __future__ import annotations

import pytest

from strife.reading import read
from strife.records import Event


def assaults(text: str) -> list[Event]:
    """The ASSAULT claims of a text."""
    return [claim for claim in read(text).claims if isinstance(claim, Event) and claim.code.plover == "ASSAULT"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A bomb blast killed six people in Kirkuk.", 1),
        ("Nine sailors were killed in an air raid on the port of Latakia.", 1),
        ("Gunmen killed a judge in Cali. The attack shocked the city.", 1),
        ("Four passengers were killed when the train derailed in the crash near Lyon.", 0),
        ("The governor spoke of those who commit violence.", 0),
        ("The clubs were asked to help in the task of fighting drug dealers.", 0),
    ],
)
def test_each_deed_once(text: str, count: int) -> None:
    """A noun and a verb for one deed make one claim; rules, mishaps and echoes make none."""
    assert len(assaults(text)) == count


def test_own_men() -> None:
    """Units that an armed group tells of are its own; an army's are not."""
    told = assaults(
        "The FMLN reports that urban commando units attacked the barracks. The FMLN said army patrols attacked a village."
    )
    assert [event.actors[0].id is not None for event in told] == [True, False]
