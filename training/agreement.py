"""How far two annotations of the same passages agree: F1 for what is marked, Cohen's kappa for labels of what both mark.

python -m training.agreement [CORPUS]         the second annotation stands in CORPUS/second"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from strife.measure.passages import MarkedEvent, Passage, read_corpus, read_passages
from strife.records import Span

Pair = tuple[MarkedEvent, MarkedEvent]


def main() -> None:
    """Print agreement layer by layer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", type=Path, default=Path("corpus"))
    folder = parser.parse_args().corpus
    second = {one.id: one for file in sorted((folder / "second").glob("*.jsonl")) for one in read_passages(file)}
    first = [one for part in read_corpus(folder).values() for one in part if one.id in second]
    both = [(one, second[one.id]) for one in first]
    print(f"{len(both)} passages marked twice")
    for name, value in agreement(both).items():
        print(f"{name:32} {value:.3f}")


def agreement(both: Sequence[tuple[Passage, Passage]]) -> dict[str, float]:
    """F1 by layer, kappa by label, over passages marked twice."""
    pairs = [pair for one, other in both for pair in _events(one, other)]
    given = sum(len(one.events) + len(other.events) for one, other in both)
    found = {
        "any event in a passage (kappa)": kappa([(bool(one.events), bool(other.events)) for one, other in both]),
        "triggers (F1)": 2 * len(pairs) / given,
        "trigger and type (F1)": 2 * sum(one.plover == other.plover for one, other in pairs) / given,
        "type (kappa)": kappa([(one.plover, other.plover) for one, other in pairs]),
        "mode where types agree (kappa)": kappa([(a.mode, b.mode) for a, b in pairs if a.plover == b.plover]),
        "status (kappa)": kappa([(one.status, other.status) for one, other in pairs]),
        "voice or author (kappa)": kappa([(one.voice == "author", other.voice == "author") for one, other in pairs]),
    }
    for role in ("actors", "recipients", "supporters"):
        found[f"{role} (F1)"] = spans_f1([(getattr(a, role), getattr(b, role)) for a, b in pairs])
    for slot in ("where", "when", "cue"):
        found[f"{slot} (F1)"] = spans_f1([(_listed(getattr(a, slot)), _listed(getattr(b, slot))) for a, b in pairs])
    found["figures (F1)"] = spans_f1([([f.of for f in a.figures], [f.of for f in b.figures]) for a, b in both])
    found["control (F1)"] = spans_f1([([c.where for c in a.control], [c.where for c in b.control]) for a, b in both])
    for part in ("source", "cue", "content"):
        rows = [
            ([getattr(v, part) for v in a.attributions], [getattr(v, part) for v in b.attributions]) for a, b in both
        ]
        found[f"attribution {part} (F1)"] = spans_f1([([s for s in a if s], [s for s in b if s]) for a, b in rows])
    return found


def _listed(span: Span | None) -> list[Span]:
    return [span] if span is not None else []


def _events(one: Passage, other: Passage) -> list[Pair]:
    """Pairs of events on overlapping triggers, each in one pair."""
    pairs, free = [], list(other.events)
    for event in one.events:
        match = next((b for b in free if overlap(event.trigger, b.trigger)), None)
        if match is not None:
            free.remove(match)
            pairs.append((event, match))
    return pairs


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share characters."""
    return one.start < other.end and other.start < one.end


def spans_f1(rows: Sequence[tuple[Sequence[Span], Sequence[Span]]]) -> float:
    """F1 of spans that overlap one of the other list."""
    given = sum(len(a) + len(b) for a, b in rows)
    met = sum(any(overlap(x, y) for y in b) for a, b in rows for x in a)
    met += sum(any(overlap(x, y) for x in a) for a, b in rows for y in b)
    return met / given if given else 0.0


def kappa(pairs: Sequence[tuple[object, object]]) -> float:
    """Cohen's kappa of two labellings of the same things (Cohen 1960)."""
    total = len(pairs)
    seen = sum(a == b for a, b in pairs) / total
    one, other = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(one[label] * other[label] for label in one) / total**2
    return (seen - chance) / (1 - chance) if chance < 1 else 1.0


if __name__ == "__main__":
    main()
