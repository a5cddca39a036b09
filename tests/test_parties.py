"""Who is meant: parties resolved over the document, local parties, offices at a date, countries from the context."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import strife
from strife.records import Claim, Control, Event, Party, Relation
from strife.registry.registry import load_registry

ROWS = [json.loads(line) for line in (Path(__file__).parent / "data" / "parties.jsonl").read_text("utf-8").splitlines()]


def parties(claims: tuple[Claim, ...]) -> Iterator[Party]:
    for claim in claims:
        if isinstance(claim.frame.voice, Party):
            yield claim.frame.voice
        match claim:
            case Event():
                yield from (*claim.actors, *claim.recipients, *claim.supporters)
            case Relation():
                yield from (claim.subject, claim.object)
            case Control():
                yield claim.holder


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_who_is_meant(row: dict[str, object]) -> None:
    document = strife.Document(id="d", text=str(row["text"]), published=row.get("published"))  # type: ignore[arg-type]
    found = list(parties(strife.read(document, rules_only=True).claims))
    wanted = row["parties"]
    assert isinstance(wanted, dict)
    for quote, fields in wanted.items():
        named = [party for party in found if party.quote == quote]
        assert named, (quote, [party.quote for party in found])
        for party in named:
            for field, value in fields.items():
                told = getattr(party, field)
                assert (list(told) if isinstance(told, tuple) else told) == value, (party, field)
    assert not {party.quote for party in found} & set(row.get("nobody", []))  # type: ignore[call-overload]


@pytest.mark.parametrize("place", ["Ethopia", "Afganistan", "Phillippines", "Morrocco"])
def test_a_misspelt_state(place: str) -> None:
    meant = load_registry().near(place.lower())
    assert meant is not None
    assert load_registry().names[(meant,)][0].country in ("ETH", "AFG", "PHL", "MAR")


@pytest.mark.parametrize(
    "word", ["siberia", "indiana", "germania", "romain", "albany", "ethiopia", "iran", "columbian"]
)
def test_another_word_is_no_misspelt_state(word: str) -> None:
    assert load_registry().near(word) in (None, word)
