"""What another reader cost, and what of its answers was kept, left out or dropped, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """Counts of one run: requests, tokens as the server told them, and what became of the claims that came back."""

    documents: int = 0
    requests: int = 0
    again: int = 0  # requests that were tried once more
    tokens_in: int = 0
    tokens_out: int = 0
    untold: int = 0  # answers without a usable count of tokens
    cut: int = 0  # answers that were cut short, also where the text was asked about again in smaller pieces
    told: int = 0
    kept: int = 0
    careful: int = 0  # claims whose voice or status our own grammar made more careful
    dropped: Counter[str] = field(default_factory=Counter)  # claims, by reason
    left_out: Counter[str] = field(default_factory=Counter)  # details of claims that were kept, by reason

    def count(self, drafts: int, claims: int) -> None:
        """Count the claims of a document that are kept, of so many that could be made."""
        self.kept += claims
        if drafts > claims:
            self.dropped["the same as another once settled, or none by the contract"] += drafts - claims

    def in_words(self) -> str:
        """The counts for people, one line."""
        parts = [f"{_count(self.documents, 'document')}, {_count(self.requests, 'request')}"]
        if self.again:
            parts[0] += f" ({self.again:,} tried again)"
        tokens = f"{self.tokens_in:,} tokens in, {self.tokens_out:,} out"
        parts.append(f"{tokens} ({_count(self.untold, 'answer')} did not say)" if self.untold else tokens)
        parts.append(f"{_count(self.told, 'claim')} told, {self.kept:,} kept")
        if self.cut:
            parts.append(f"{_count(self.cut, 'answer')} cut short")
        if self.dropped:
            parts.append(f"dropped: {_listed(self.dropped)}")
        if self.left_out:
            parts.append(f"details left out: {_listed(self.left_out)}")
        if self.careful:
            parts.append(f"made more careful by the grammar: {self.careful:,}")
        return "; ".join(parts)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _listed(counts: Counter[str]) -> str:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{number:,} {reason}" for reason, number in ordered)
