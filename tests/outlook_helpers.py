"""Panels made up for tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from strife.exchange.problems import Options
from strife.outlook.panel import Panel
from strife.outlook.panelfile import read_panel
from strife.outlook.periods import Frequency, number_of

TODAY = date(2026, 1, 15)
UNITS = ("Avaria", "Borduria", "Carpania", "Drusia", "Elbonia", "Florin", "Graustark", "Herzoslovakia")


def made(periods: int = 150, units: int = 8, frequency: Frequency = "month", seed: int = 4) -> Panel:
    """Counts that swell and fade: a negative binomial around a level that wanders, and, of several, one unit without any event."""
    random = np.random.default_rng(seed)
    level = random.normal(1.0, 1.5, units)
    rows = []
    for _ in range(periods):
        level = 0.9 * level + random.normal(0.15, 0.6, units)
        mean = np.exp(np.minimum(level, 5.0))
        rows.append(random.negative_binomial(1.5, 1.5 / (1.5 + mean)))
    values = np.array(rows, dtype=float)
    values[:, -1] *= units == 1
    first = number_of(date(2012, 1, 2), frequency)
    return Panel("made.csv", UNITS[:units], frequency, first, values)


def written(panel: Panel, path: Path) -> Path:
    """The panel as a file of periods by units."""
    lines = [",".join(["", *panel.units])]
    for label, row in zip(panel.labels, panel.values, strict=True):
        lines.append(",".join([label, *("" if np.isnan(value) else f"{value:.0f}" for value in row)]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read(path: Path, text: str, today: date = TODAY) -> Panel:
    """The panel in a text."""
    path.write_text(text, encoding="utf-8")
    return read_panel(path, Options(today=today))
