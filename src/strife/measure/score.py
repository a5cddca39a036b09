"""Readings against gold: align what was found with what was wanted, and count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from strife.codebook.book import Codebook
from strife.measure.answers import answers_of, point_of, wrong_slots
from strife.measure.gold import load_gold
from strife.measure.golden import claim_type
from strife.measure.scores import Miss, Score, Scores
from strife.measure.wanted import Gold, GoldDocument, Wanted
from strife.reading import read_all
from strife.records import Claim, Control, Event, Figure, Reading, Span

SAME_WORDS = 0.3  # statements and expectations must lie on the passage by this intersection over union
BY_VALUE = ("plover", "status")  # slots that are also told value by value
SLOTS = (
    "status",
    "voice",
    "place",
    "date",
    "plover",
    "mode",
    "actors",
    "recipients",
    "supporters",
    "holder",
    "change",
    "extent",
    "subject",
    "predicate",
    "object",
    "number",
    "measure",
    "unit",
    "likelihood",
)
FACTS = ("reported", "claimed")


@dataclass(slots=True)
class Tally:
    """Counts by (facet, value): right, wanted and given; `complete` while all of the gold tells everything."""

    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    wanted: Counter[tuple[str, str]] = field(default_factory=Counter)
    given: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    complete: bool = True


def measure(
    gold: Path, *, texts: Path | None = None, published: str | None = None, book: Codebook | None = None
) -> Scores:
    """Read the texts of a gold file and score the readings; see load_gold for where the texts stand."""
    loaded = load_gold(gold, texts=texts, published=published)
    return score(loaded, read_all((one.document for one in loaded.documents), book))


def score(gold: Gold, readings: Iterable[Reading]) -> Scores:
    """The scores of readings, one for each document of the gold and in its order."""
    tally = Tally(complete=all(one.complete for one in gold.documents))
    for one, reading in zip(gold.documents, readings, strict=True):
        _score_document(one, reading.claims, tally)
    return Scores(
        name=gold.name,
        sha256=gold.sha256,
        documents=len(gold.documents),
        scores=tuple(_rows(tally)),
        misses=tuple(tally.misses),
    )


def _rows(tally: Tally) -> Iterator[Score]:
    """The scores of a tally: claims first, then slots, each whole facet before its values."""
    facets = ["claims", "spotted", "kept apart", *SLOTS]
    keys = {*tally.wanted, *tally.given}
    for facet, value in sorted(keys, key=lambda key: (facets.index(key[0]), key[1] != "all", key[1])):
        key = (facet, value)
        judged = tally.complete and facet != "kept apart"
        given = tally.given[key] if judged else None
        yield Score(facet=facet, value=value, right=tally.right[key], wanted=tally.wanted[key], given=given)


def _score_document(gold: GoldDocument, claims: tuple[Claim, ...], tally: Tally) -> None:
    positive = [one for one in gold.wanted if one.actual]
    pairs = _aligned(positive, claims)
    for place, wanted in enumerate(positive):
        _count(wanted, claims[pairs[place]] if place in pairs else None, gold, tally)
    for wanted in gold.wanted:
        if not wanted.actual:
            _count_unreal(wanted, claims, gold, tally)
    taken = set(pairs.values())
    for place, claim in enumerate(claims):
        if gold.complete:
            _count_given(claim, tally)
            if place not in taken:
                tally.misses.append(_miss(gold, claim.id, "extra", told(claim)))


def _count(wanted: Wanted, claim: Claim | None, gold: GoldDocument, tally: Tally) -> None:
    """Count one wanted thing and what was found for it."""
    wrong = wrong_slots(wanted, claim) if claim else []
    for facet, right in (("claims", claim is not None and not wrong), ("spotted", claim is not None)):
        for value in ("all", wanted.kind):
            tally.wanted[facet, value] += 1
            tally.right[facet, value] += right
    slots = {slot: names for slot, names in wanted.readings[0].items() if names}
    for slot in [*slots, *(["number"] if wanted.number else [])]:
        for value in ("all", *(slots[slot][0][:1] if slot in BY_VALUE else ())):
            tally.wanted[slot, value] += 1
            tally.right[slot, value] += claim is not None and slot not in wrong
    if claim is None:
        tally.misses.append(_miss(gold, wanted.id, "lost", f"{wanted.kind} “{_short(wanted.passages[0])}”"))
    elif wrong:
        tally.misses.append(_miss(gold, wanted.id, "changed", told(claim), _difference(wanted, claim, wrong)))


def _count_unreal(wanted: Wanted, claims: Iterable[Claim], gold: GoldDocument, tally: Tally) -> None:
    """Count whether something that did not happen comes out as a fact in the author's voice."""
    passage = wanted.passages[0]
    guilty = [
        claim
        for claim in claims
        if isinstance(claim, Event) and claim.status == "reported" and _meet(claim.trigger, passage)
    ]
    tally.wanted["kept apart", "all"] += 1
    tally.right["kept apart", "all"] += not guilty
    tally.misses += [
        _miss(gold, wanted.id, "told as fact", told(claim), f"in “{_short(passage)}”") for claim in guilty[:1]
    ]


def _count_given(claim: Claim, tally: Tally) -> None:
    for facet in ("claims", "spotted"):
        tally.given.update([(facet, "all"), (facet, claim_type(claim))])
    for slot, names in answers_of(claim).items():
        if names:
            tally.given.update([(slot, "all"), *((slot, names[0][0]) for _ in range(slot in BY_VALUE))])
    if isinstance(claim, Figure):
        tally.given["number", "all"] += 1


# --- which claim is meant ---------------------------------------------------------------------------------------
def _aligned(wanted: list[Wanted], claims: tuple[Claim, ...]) -> dict[int, int]:
    """For each wanted thing the claim that tells it, each claim once: those that agree most and lie closest first."""
    ranked = sorted(
        (len(wrong_slots(one, claim)) / (1 + nearness), -nearness, n, m)
        for n, one in enumerate(wanted)
        for m, claim in enumerate(claims)
        if (nearness := _nearness(one, claim)) > 0
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, n, m in ranked:
        if n not in pairs and m not in taken:
            pairs[n] = m
            taken.add(m)
    return pairs


def _nearness(wanted: Wanted, claim: Claim) -> float:
    """How well a claim lies on the wanted passage: 0 not at all, above 1 by the very words it stands on."""
    if wanted.types and claim_type(claim) not in wanted.types:
        return 0.0
    return max(_lies(wanted, claim, passage) for passage in wanted.passages)


def _lies(wanted: Wanted, claim: Claim, passage: Span) -> float:
    point = point_of(claim)
    if wanted.exact:
        return 1 + _union(point, passage) if _meet(point, passage) else 0.0
    if not wanted.types:  # anybody's words: they must be about the same
        inside = isinstance(claim, Event) and passage.start <= point.start and point.end <= passage.end
        about = max(_union(point, passage), _union(claim.evidence[0], passage))
        return 1.0 + inside if inside or about >= SAME_WORDS else 0.0
    if _meet(point, passage):
        return 1 + _union(point, passage)
    return float(any(_meet(span, passage) for span in claim.evidence)) / 2


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _union(one: Span, other: Span) -> float:
    """Intersection over union of two spans, in characters."""
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return shared / (one.end - one.start + other.end - other.start - shared)


# --- for people -------------------------------------------------------------------------------------------------
def told(claim: Claim) -> str:
    """A claim in one line."""
    label = claim.code.plover if isinstance(claim, Event) else claim.change if isinstance(claim, Control) else ""
    where = f" at {claim.where.name or claim.where.quote}" if claim.where else ""
    return " ".join(f"{claim_type(claim)} {label} {claim.status} “{_short(point_of(claim))}”{where}".split())


def _difference(wanted: Wanted, claim: Claim, wrong: list[str]) -> str:
    answers = answers_of(claim)
    parts = []
    for slot in wrong:
        asked, given = wanted.readings[0].get(slot, ()), answers.get(slot, ())
        if slot == "number" and isinstance(claim, Figure):
            parts.append(f"number {_number((claim.low, claim.best, claim.high))} instead of {_number(wanted.number)}")
        else:
            parts.append(f"{slot} {_words(given)} instead of {_words(asked)}")
    return "; ".join(parts)


def _number(number: tuple[float | None, ...] | None) -> str:
    """Low, best and high in a few characters: 9, or 5/?/9."""
    told = dict.fromkeys("?" if one is None else f"{one:g}" for one in number or ())
    return "/".join(told if len(told) == 1 else ["?" if one is None else f"{one:g}" for one in number or ()])


def _words(entries: tuple[tuple[str, ...], ...]) -> str:
    return " + ".join(" or ".join(names[:3]) for names in entries) or "nothing"


def _miss(gold: GoldDocument, name: str, how: str, what: str, why: str = "") -> Miss:
    return Miss(document=gold.document.id, id=name, how=how, what=what, why=why)


def _short(span: Span) -> str:
    words = " ".join(span.quote.split())
    return words if len(words) <= 60 else words[:59] + "…"
