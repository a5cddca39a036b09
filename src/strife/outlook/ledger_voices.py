"""How the expectations of each voice fared: Brier score against the base rate of the case. Pure and deterministic."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from statistics import fmean

from strife.outlook.ledger_entries import voice_key
from strife.outlook.ledger_record import RESOLVED, Expectation, VoiceScore

LEAST = 10  # scored expectations below which no score is shown
DRAWS, SEED = 2000, 1950  # of the bootstrap; the year of Brier's paper
LOW, HIGH = 0.05, 0.95
FORECASTS = frozenset({"expected", "possible"})  # plans, threats and what hangs on conditions state no probability

Pair = tuple[float, float]


def voice_scores(found: Iterable[Expectation]) -> list[VoiceScore]:
    """A line for each voice, those of most expectations first. Brier: mean squared distance of the middle of the stated range from
    what happened (1 or 0); the base rate is that of all other resolved forecasts of the case."""
    listed = list(found)
    by_voice: dict[str, list[Expectation]] = {}
    for one in listed:
        by_voice.setdefault(voice_key(one), []).append(one)
    outcomes = [outcome for one in listed if (outcome := _outcome(one)) is not None]
    scores = [_score(own, outcomes) for own in by_voice.values()]
    return sorted(scores, key=lambda one: (-one.expectations, one.voice))


def voice_name(one: Expectation) -> str:
    """The voice in words: its name, else the author of the outlet."""
    if isinstance(one.voice, str):
        return f"author of {one.source or one.document}"
    return one.voice.name or one.voice.quote


def _outcome(one: Expectation) -> float | None:
    """1 where what is forecast happened, 0 where not, None where it is no forecast or not resolved."""
    if one.state not in RESOLVED or one.status not in FORECASTS or one.range is None:
        return None
    right = one.state == "borne_out"
    return float(right != (one.likelihood == "unlikely" or one.what.negated))


def _score(own: Sequence[Expectation], outcomes: Sequence[float]) -> VoiceScore:
    resolved = [one for one in own if one.state in RESOLVED]
    total, count = sum(outcomes), len(outcomes)
    pairs: list[Pair] = []
    for one in own:
        outcome = _outcome(one)
        if outcome is None or one.range is None:
            continue
        base = (total - outcome) / (count - 1) if count > 1 else 0.5
        pairs.append(((sum(one.range) / 2 - outcome) ** 2, (base - outcome) ** 2))
    kept = VoiceScore(
        voice=voice_name(own[0]),
        expectations=len(own),
        resolved=len(resolved),
        borne_out=sum(one.state == "borne_out" for one in resolved),
        scored=len(pairs),
        why=f"fewer than {LEAST} resolved forecasts" if len(pairs) < LEAST else None,
    )
    return kept if len(pairs) < LEAST else _with_brier(kept, pairs)


def _with_brier(kept: VoiceScore, pairs: Sequence[Pair]) -> VoiceScore:
    brier, base = fmean(one for one, _ in pairs), fmean(other for _, other in pairs)
    draw = random.Random(SEED)  # noqa: S311 - a bootstrap, no secret
    means = sorted(fmean(one for one, _ in draw.choices(pairs, k=len(pairs))) for _ in range(DRAWS))
    return VoiceScore(
        voice=kept.voice,
        expectations=kept.expectations,
        resolved=kept.resolved,
        borne_out=kept.borne_out,
        scored=kept.scored,
        brier=round(brier, 4),
        interval=(round(means[int(LOW * DRAWS)], 4), round(means[int(HIGH * DRAWS) - 1], 4)),
        base_brier=round(base, 4),
        skill=round(1 - brier / base, 4) if base > 0 else None,
    )
