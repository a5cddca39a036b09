"""Scores against gold: `measure(path)` reads the texts of a gold file and counts what was found of it."""

from strife.measure.score import measure, score
from strife.measure.scores import Miss, Score, Scores

__all__ = ["Miss", "Score", "Scores", "measure", "score"]
